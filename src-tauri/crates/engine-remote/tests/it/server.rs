//! A server of a test, and what comes of asking it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::{Author, Engine, EngineError, Event, Finish, GenerateRequest, Message};
use engine_remote::{Address, Allowance, Key, Limits, NoLedger, Place, Remote, ServerConfig};
use hostile::{Act, Heard, Talker};

/// No test waits longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came of a question.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) text: String,
    pub(crate) writer: Option<String>,
    pub(crate) end: Result<Finish, EngineError>,
}

/// Short times, so that no test takes long, and long enough for a computer that is busy.
pub(crate) fn limits() -> Limits {
    Limits {
        connect: Duration::from_secs(2),
        first_byte: Duration::from_millis(1_500),
        idle: Duration::from_millis(1_500),
        total: Duration::from_secs(5),
        retry_wait: Duration::from_millis(10),
    }
}

pub(crate) fn config(talker: &Talker) -> ServerConfig {
    let address = format!("http://{}/v1", talker.address());
    ServerConfig {
        id: "test".into(),
        address: Address::read(&address, Place::Computer).unwrap(),
        model: "small".into(),
        allowance: Allowance::default(),
        limits: limits(),
    }
}

pub(crate) fn remote(talker: &Talker) -> Remote {
    Remote::new(config(talker), None, None, Arc::new(NoLedger))
}

/// One that has all the time it needs, for tests of others that have not.
pub(crate) fn unhurried(talker: &Talker) -> Remote {
    let config = ServerConfig { limits: Limits::default(), ..config(talker) };
    Remote::new(config, None, None, Arc::new(NoLedger))
}

pub(crate) fn with_key(talker: &Talker, key: &str) -> Remote {
    Remote::new(config(talker), Some(Key::read(key).unwrap()), None, Arc::new(NoLedger))
}

pub(crate) fn question(text: &str) -> GenerateRequest {
    GenerateRequest {
        messages: vec![Message { author: Author::User, text: text.into() }],
        ..GenerateRequest::default()
    }
}

pub(crate) fn ask(engine: &dyn Engine) -> Told {
    ask_for(engine, question("When are you open?"))
}

pub(crate) fn ask_for(engine: &dyn Engine, request: GenerateRequest) -> Told {
    let reply = match engine.generate(request) {
        Ok(reply) => reply,
        Err(error) => return Told { text: String::new(), writer: None, end: Err(error) },
    };
    let mut text = String::new();
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        let end = match reply.next_within(Duration::from_millis(20)) {
            Some(Ok(Event::Text(more))) => {
                text.push_str(&more);
                continue;
            }
            Some(Ok(Event::Done(finish))) => Ok(finish),
            Some(Err(error)) => Err(error),
            Some(Ok(_)) | None => continue,
        };
        return Told { text, writer: reply.writer().map(String::from), end };
    }
    panic!("no end, only {text:?}");
}

/// The list of models that a good server gives.
pub(crate) fn models(owner: &str) -> Vec<Act> {
    let list = format!(r#"{{"object":"list","data":[{{"id":"small","owned_by":"{owner}"}}]}}"#);
    whole("200 OK", "application/json", &list)
}

/// A whole answer with its length.
pub(crate) fn whole(status: &str, kind: &str, body: &str) -> Vec<Act> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    vec![Act::Send(head.into_bytes()), Act::Send(body.as_bytes().to_vec())]
}

/// The head of a stream.
pub(crate) fn stream_head() -> Act {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
    Act::Send(head.as_bytes().to_vec())
}

/// One event with a piece of text.
pub(crate) fn piece(text: &str) -> Act {
    let text = text.replace('\n', "\\n");
    Act::Send(
        format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{text}\"}}}}]}}\n\n").into(),
    )
}

/// The end of a stream with a count of tokens.
pub(crate) fn end(read: u32, written: u32) -> Act {
    let end = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    let usage = format!(
        "data: {{\"choices\":[],\"usage\":{{\"prompt_tokens\":{read},\"completion_tokens\":{written}}}}}\n\ndata: [DONE]\n\n"
    );
    Act::Send(format!("{end}{usage}").into())
}

/// A stream that says this and ends well.
pub(crate) fn saying(text: &str) -> Vec<Act> {
    vec![stream_head(), piece(text), end(70, 9)]
}

/// A server with a list of models, and this for every question.
pub(crate) fn answering(
    answer: impl Fn(&Heard, usize) -> Vec<Act> + Send + Sync + 'static,
) -> Talker {
    let asked = std::sync::atomic::AtomicUsize::new(0);
    Talker::start(move |heard, _| match heard.path.as_str() {
        "/v1/models" => models("somebody"),
        _ => answer(heard, asked.fetch_add(1, std::sync::atomic::Ordering::AcqRel)),
    })
}

/// The questions that a server was asked, without the lists of models.
pub(crate) fn questions(talker: &Talker) -> Vec<Heard> {
    talker.heard().into_iter().filter(|heard| heard.path.ends_with("/chat/completions")).collect()
}
