//! How fast the same model answers in the desk's own engine and through llama-server.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use engine::child::{Child, ChildConfig, Limits, Purpose, Tuning};
use engine::{Author, Engine, GenerateRequest, Message};

use crate::llama_server::{KEY, LlamaServer, MODEL, Written, write};

/// Words of the text that every measurement writes.
const WORDS: usize = 120;
/// Medians of so many.
const ROUNDS: usize = 5;

/// As long as a question with its evidence, and new each time, so that nothing of it is kept.
fn request(number: usize) -> GenerateRequest {
    let evidence: String = (0..60)
        .map(|line| format!("Shelf {number}-{line} holds boots of size {}. ", 36 + line % 12))
        .collect();
    let text = format!("Delivery {number}. {evidence}\nWhat is on the shelves?");
    GenerateRequest {
        messages: vec![Message { author: Author::User, text }],
        max_tokens: 2 * WORDS as u32,
        // Both write as many words, whatever the model would say.
        grammar: Some(format!("root ::= (\" boots\" | \" shelf\"){{{WORDS}}}")),
        ..GenerateRequest::default()
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Words a second after the first one.
fn speed(written: &Written) -> f64 {
    let words = written.text.split_whitespace().count();
    assert_eq!(words, WORDS, "{:?}", written.text);
    (words - 1) as f64 / written.rest.as_secs_f64()
}

/// Measures one at a time, then two at once.
fn measure(name: &str, engine: &dyn Engine, first: usize) {
    // The first one loads what has to be loaded.
    write(engine, request(first));
    let alone: Vec<Written> =
        (1..=ROUNDS).map(|number| write(engine, request(first + number))).collect();
    let read = alone[0].finish.prompt_tokens;
    let first_word =
        median(alone.iter().map(|one| one.first_word.as_secs_f64() * 1_000.0).collect());
    let words = median(alone.iter().map(speed).collect());
    let both =
        median((1..=ROUNDS).map(|number| together(engine, first + 100 + 2 * number)).collect());
    eprintln!(
        "{name}: {read} tokens read, first word after {first_word:.0} ms, then {words:.0} words a \
         second; two at once: {both:.0} words a second in all"
    );
}

/// Words a second of two texts together, their reading included.
fn together(engine: &dyn Engine, number: usize) -> f64 {
    let began = Instant::now();
    std::thread::scope(|scope| {
        let tasks = [0, 1].map(|one| scope.spawn(move || write(engine, request(number + one))));
        tasks.into_iter().for_each(|task| drop(task.join().unwrap()));
    });
    (2 * WORDS) as f64 / began.elapsed().as_secs_f64()
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
        tuning: Tuning { without_drafts: true, ..Tuning::default() },
        eager: true,
        limits: Limits { start: Duration::from_secs(60), ..Limits::default() },
    })
}

#[test]
fn both_ways_are_measured() {
    let Some(server) = LlamaServer::start() else { return };
    measure("llama-server", &server.remote(KEY), 1_000);
    let own = own_engine(&server.models);
    measure("the desk's own engine", &own, 2_000);
}
