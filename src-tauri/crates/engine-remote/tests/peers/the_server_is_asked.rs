//! A real llama-server understands what it is asked, and is understood.

use std::time::{Duration, Instant};

use engine::{Author, Engine, GenerateRequest, Message, StopReason};
use engine_remote::{Product, Standing, try_out};

use crate::llama_server::{KEY, LlamaServer, tell, write};

fn question(text: &str) -> GenerateRequest {
    let messages = vec![Message { author: Author::User, text: text.into() }];
    GenerateRequest { messages, ..GenerateRequest::default() }
}

#[test]
fn it_is_known_with_its_models_and_counts() {
    let Some(server) = LlamaServer::start() else { return };
    let trial = try_out(&server.remote(KEY)).unwrap();
    assert_eq!(trial.product, Product::LlamaServer);
    assert!(trial.models.iter().any(|model| model.contains("SmolLM2-135M")), "{:?}", trial.models);
    assert!(trial.writer.ends_with("@127.0.0.1") && !trial.said.is_empty(), "{trial:?}");
    // The fixed question has some ten words, around which the model's template stands.
    assert!((15..80).contains(&trial.read_tokens), "{trial:?}");
    assert!((1..=60).contains(&trial.written_tokens), "{trial:?}");
}

#[test]
fn another_key_is_refused_in_a_sentence() {
    let Some(server) = LlamaServer::start() else { return };
    let remote = server.remote("another-key");
    let error = try_out(&remote).unwrap_err().to_string();
    assert_eq!(error, "127.0.0.1 does not accept the key (status 401)");
    assert_eq!(remote.standing(), Standing::Ready);
}

#[test]
fn it_keeps_to_a_grammar_and_to_its_limit() {
    let Some(server) = LlamaServer::start() else { return };
    let remote = server.remote(KEY);
    let grammar = Some("root ::= \"yes\" | \"no\"".into());
    let written = write(&remote, GenerateRequest { grammar, ..question("Is water wet?") });
    assert!(["yes", "no"].contains(&written.text.as_str()), "{:?}", written.text);
    let short = GenerateRequest { max_tokens: 8, ..question("Tell me a long story.") };
    let written = write(&remote, short);
    assert_eq!((written.finish.reason, written.finish.generated_tokens), (StopReason::Length, 8));
}

#[test]
fn the_same_question_again_is_read_from_what_it_keeps() {
    let Some(server) = LlamaServer::start() else { return };
    let remote = server.remote(KEY);
    let request =
        || GenerateRequest { max_tokens: 4, ..question(&"Where is the shop? ".repeat(40)) };
    let first = write(&remote, request()).finish;
    let second = write(&remote, request()).finish;
    assert_eq!(second.prompt_tokens, first.prompt_tokens);
    assert!(second.cached_tokens > 100, "{second:?}");
}

#[test]
fn whoever_goes_frees_the_slot() {
    let Some(server) = LlamaServer::start() else { return };
    let remote = server.remote(KEY);
    // Many seconds of writing, which the model cannot end by itself.
    let grammar = Some("root ::= (\"once \" | \"more \") root".into());
    let request = GenerateRequest { grammar, max_tokens: 3_000, ..question("Say it.") };
    let reply = remote.generate(request).unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    while server.writing() == 0 {
        assert!(Instant::now() < end, "it never begins");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(server.writing(), 1);
    drop(reply);
    let left = Instant::now();
    while server.writing() > 0 {
        assert!(left.elapsed() < Duration::from_secs(3), "the slot is still taken");
        std::thread::sleep(Duration::from_millis(5));
    }
    tell(&format!("the slot was free after {:.0} ms", left.elapsed().as_secs_f64() * 1_000.0));
}
