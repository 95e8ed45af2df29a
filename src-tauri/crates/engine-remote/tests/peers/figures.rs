//! How fast the same model answers in the desk's own engine and through llama-server.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use engine::child::{Child, ChildConfig, Limits, Purpose, Tuning};
use engine::{Author, Engine, GenerateRequest, Message};

use crate::llama_server::{KEY, LlamaServer, MODEL, THREADS, Written, tell, write};

/// Words of the text that every measurement writes.
const WORDS: usize = 60;
/// Medians of so many.
const ROUNDS: usize = 5;

/// About as long as a question with its evidence, and new each time, so that nothing of it is kept.
fn request(number: usize) -> GenerateRequest {
    let evidence: String = (0..25)
        .map(|line| format!("Shelf {number}-{line} holds boots of size {}. ", 36 + line % 12))
        .collect();
    let text = format!("Delivery {number}. {evidence}\nWhat is on the shelves?");
    GenerateRequest {
        messages: vec![Message { author: Author::User, text }],
        max_tokens: 12 * WORDS as u32,
        // Both write as many words, whatever the model would say.
        grammar: Some(format!("root ::= (\" boots\" | \" shelf\"){{{WORDS}}}")),
        ..GenerateRequest::default()
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Tokens a second after the first one.
fn speed(written: &Written) -> f64 {
    assert_eq!(written.text.split_whitespace().count(), WORDS, "{:?}", written.text);
    f64::from(written.finish.generated_tokens - 1) / written.rest.as_secs_f64()
}

/// What was measured of one engine.
#[derive(Default)]
struct Figures {
    read: u32,
    first_words_ms: Vec<f64>,
    tokens: Vec<f64>,
    tokens_of_two: Vec<f64>,
}

impl Figures {
    fn add(&mut self, engine: &dyn Engine, number: usize) {
        let written = write(engine, request(number));
        self.read = written.finish.prompt_tokens;
        self.first_words_ms.push(written.first_word.as_secs_f64() * 1_000.0);
        self.tokens.push(speed(&written));
        self.tokens_of_two.push(together(engine, number + 1));
    }

    fn tell(self, name: &str) {
        tell(&format!(
            "{name}: {} tokens read, first word after {:.0} ms, then {:.0} tokens a second; two at \
             once, reading included: {:.0} tokens a second in all",
            self.read,
            median(self.first_words_ms),
            median(self.tokens),
            median(self.tokens_of_two)
        ));
    }
}

/// Tokens a second of two texts at once, their reading included.
fn together(engine: &dyn Engine, number: usize) -> f64 {
    let began = Instant::now();
    let tokens: u32 = std::thread::scope(|scope| {
        let tasks = [0, 1].map(|one| scope.spawn(move || write(engine, request(number + one))));
        tasks.map(|task| task.join().unwrap().finish.generated_tokens).into_iter().sum()
    });
    f64::from(tokens) / began.elapsed().as_secs_f64()
}

/// The engine's program, which lies beside the desk's.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let name = format!("frontdesk-engine{}", std::env::consts::EXE_SUFFIX);
    test.parent().and_then(Path::parent).unwrap().join(name)
}

fn own_engine(models: &Path) -> Child {
    Child::new(ChildConfig {
        program: program(),
        model: models.join(MODEL),
        model_id: "small".into(),
        purpose: Purpose::Chat,
        query_prefix: String::new(),
        passage_prefix: String::new(),
        width: 0,
        identity: String::new(),
        tuning: Tuning { threads: THREADS.parse().ok(), without_drafts: true, ..Tuning::default() },
        eager: true,
        limits: Limits { start: Duration::from_secs(60), ..Limits::default() },
    })
}

#[test]
fn both_ways_are_measured() {
    let Some(server) = LlamaServer::start() else { return };
    let (remote, own) = (server.remote(KEY), own_engine(&server.models));
    // The first text loads what has to be loaded.
    write(&remote, request(0));
    write(&own, request(0));
    // In turn, so that what else this computer does slows both.
    let (mut through, mut within) = (Figures::default(), Figures::default());
    for round in 1..=ROUNDS {
        through.add(&remote, 10 * round);
        within.add(&own, 10 * round);
    }
    through.tell("llama-server");
    within.tell("the desk's own engine");
}
