//! Tries a server out with a fixed question: what it is, what it offers, how fast it writes.

use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

use engine::{Author, Event, GenerateRequest, Message};

use crate::remote::{begin, runtime};
use crate::talk::offered;
use crate::{Product, Remote, RemoteError};

/// Nothing of the shop and nothing of a visitor is in it.
const QUESTION: &str = "In one short sentence: what is a help desk for?";
/// Tokens of the answer.
const MOST_TOKENS: u32 = 60;
/// With fewer tokens after the first, a speed says nothing.
const ENOUGH_TOKENS: u32 = 5;
/// Models that are told.
const MOST_MODELS: usize = 100;
/// Characters of the answer that are told.
const LONGEST_ANSWER: usize = 400;
const TICK: Duration = Duration::from_millis(5);

/// How a server did.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The models it offers.
    pub models: Vec<String>,
    /// Who answered: the model and the host.
    pub writer: String,
    /// What kind of server it is.
    pub product: Product,
    /// What it wrote.
    pub said: String,
    /// Until the first word.
    pub first_word: Duration,
    /// Tokens written a second after it; `None` when there were too few to tell.
    pub tokens_per_second: Option<f64>,
    /// Tokens it says it read.
    pub read_tokens: u32,
    /// Tokens it says it wrote.
    pub written_tokens: u32,
}

/// Asks the server its fixed question, also while it rests. Waits for the answer; must not be called
/// on a thread that drives async work.
pub fn try_out(remote: &Remote) -> Result<Trial, RemoteError> {
    let server = &remote.inner;
    let host = server.host();
    server.forget_models();
    let (tell, told) = sync_channel(1);
    let asking = server.clone();
    runtime(&host)?.spawn(async move {
        let found = match asking.client() {
            Ok(client) => offered(&asking, client).await,
            Err(error) => Err(error),
        };
        let _nobody_waits = tell.try_send(found).is_err();
    });
    let gone = |_| RemoteError::Here { host: host.clone(), reason: "it was given up".into() };
    let offers = told.recv().map_err(gone)??;
    let request = GenerateRequest {
        messages: vec![Message { author: Author::User, text: QUESTION.into() }],
        max_tokens: MOST_TOKENS,
        ..GenerateRequest::default()
    };
    let (ended, end) = sync_channel(1);
    let asked = Instant::now();
    let reply = begin::begin(server, request, Some(ended))?;
    let (mut said, mut first_word) = (String::new(), None);
    loop {
        match reply.next_within(TICK) {
            Some(Ok(Event::Text(text))) => {
                first_word.get_or_insert_with(|| asked.elapsed());
                said.push_str(&text);
            }
            Some(Ok(Event::Done(_)) | Err(_)) => break,
            Some(Ok(Event::Waiting { .. } | Event::Reading { .. })) | None => {}
        }
    }
    let took = asked.elapsed();
    let finish = end.recv().map_err(gone)??;
    let first_word = first_word.unwrap_or(took);
    if let Some(key) = server.key() {
        said = said.replace(key.text(), "…");
    }
    let seconds = took.saturating_sub(first_word).as_secs_f64();
    let after_first = finish.generated_tokens.saturating_sub(1);
    let is_enough = after_first >= ENOUGH_TOKENS && seconds > 0.0;
    Ok(Trial {
        models: offers.models.into_iter().take(MOST_MODELS).collect(),
        writer: reply.writer().unwrap_or_default().to_owned(),
        product: offers.product,
        said: said.trim().chars().take(LONGEST_ANSWER).collect(),
        first_word,
        tokens_per_second: is_enough.then(|| f64::from(after_first) / seconds),
        read_tokens: finish.prompt_tokens,
        written_tokens: finish.generated_tokens,
    })
}
