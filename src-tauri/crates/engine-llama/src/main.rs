//! The `frontdesk-engine` program: llama.cpp behind framed messages.
//!
//! One process loads one model and serves one purpose, chat or embedding. It is a program and
//! not a library because llama.cpp ends its process on many mistakes, and so do GPU drivers and
//! files that shrink while they are mapped; none of that can be caught in Rust. It knows neither
//! shops nor prompts, opens no socket, and writes only into the folder of states that it is given.
//! The other side is `engine::child`.
//!
//! Three short tasks print what they found and end: [`probe`], [`self_test`] and [`measure`].
//!
//! Start with [`main`], then [`confine`] for what it may do, [`inbox`] for what comes in, [`chat`]
//! and [`embed`] for the work.
//!
//! Exit codes: 0 the desk closed stdin, or the task is done, 2 stdin was not understood, 5 the
//! model was refused.

#![warn(missing_docs)]
#![deny(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test should stop there"))]

mod arguments;
mod chat;
mod confine;
mod draft;
mod embed;
mod ending;
mod error;
mod grammar;
mod inbox;
mod logs;
mod measure;
mod model;
mod outbox;
mod probe;
mod queue;
mod self_test;
mod states;
mod stream;
mod template;
mod threads;

use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use clap::Parser;
use engine::protocol::{FromChild, Hello, VERSION};

use arguments::{Arguments, CommandLine, Drafts, Purpose, Task};
use chat::{Chat, Settings};
use confine::{Cards, Needs};
use embed::Embed;
use ending::Ending;
use error::Error;
use model::{Model, Placement};
use outbox::Outbox;
use queue::Queue;

/// What the threads of this program share.
struct Desk {
    queue: Queue,
    outbox: Outbox,
    ending: Ending,
}

/// Exit code of a refused model.
const REFUSED: u8 = 5;

/// Tokenizers call themselves for every character of a very long word.
const STACK_BYTES: usize = 64 << 20;

fn main() -> ExitCode {
    let started = Instant::now();
    let CommandLine { task, serve } = CommandLine::parse();
    logs::start();
    if !ending::die_with_parent() {
        return ExitCode::SUCCESS;
    }
    match (task, serve) {
        (Some(Task::Probe), _) => within(needs_of_probe(), probe::run),
        (Some(Task::SelfTest(test)), _) => {
            let cards = Cards::Named(&test.device);
            let needs = Needs { model: Some(&test.model), cards, ..Needs::default() };
            within(needs, || self_test::run(&test))
        }
        (Some(Task::Measure(order)), _) => {
            let cards = order.device.as_deref().map_or(Cards::None, Cards::Named);
            let needs = Needs { model: Some(&order.model), cards, ..Needs::default() };
            within(needs, || measure::run(order.clone(), started))
        }
        (None, Some(arguments)) if arguments.self_test_escape => {
            within(needs_of_serving(&arguments), confine::try_to_escape)
        }
        (None, Some(arguments)) => {
            within(needs_of_serving(&arguments), || start(arguments.clone(), started))
        }
        (None, None) => ExitCode::from(REFUSED),
    }
}

/// Does something behind the locks, or not at all.
fn within(needs: Needs<'_>, work: impl FnOnce() -> ExitCode) -> ExitCode {
    match confine::confine(needs) {
        Ok(report) => {
            tracing::info!("{report}");
            work()
        }
        Err(error) => {
            tracing::error!("the engine does not run unlocked: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What is found behind the same locks that a served model gets can also be used behind them.
fn needs_of_probe() -> Needs<'static> {
    Needs { cards: Cards::Listed, ..Needs::default() }
}

fn needs_of_serving(arguments: &Arguments) -> Needs<'_> {
    Needs {
        model: Some(&arguments.model),
        states: arguments.states.as_deref(),
        cards: arguments.device.as_deref().map_or(Cards::None, Cards::Named),
        memory_bytes: arguments.memory_bytes,
    }
}

/// Serves until the end.
fn start(arguments: Arguments, started: Instant) -> ExitCode {
    let ending = Ending::new();
    let outbox = Outbox::new(std::io::stdout(), ending.clone());
    let desk = Arc::new(Desk { queue: Queue::new(), outbox, ending });
    match start_threads(arguments, started, &desk) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            tracing::error!("the engine could not run: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Starts the reader and the thread that owns the model, and waits for the second.
fn start_threads(arguments: Arguments, started: Instant, desk: &Arc<Desk>) -> io::Result<u8> {
    let (for_reader, purpose) = (desk.clone(), arguments.purpose);
    thread::Builder::new()
        .name("inbox".into())
        .spawn(move || inbox::read_requests(io::stdin(), purpose, &for_reader))?;
    let for_model = desk.clone();
    let model = thread::Builder::new()
        .name("model".into())
        .stack_size(STACK_BYTES)
        .spawn(move || load_and_serve(&arguments, started, &for_model))?;
    model.join().map_err(|_| io::Error::other("the thread of the model panicked"))
}

/// The life of the model. Answers the exit code.
fn load_and_serve(arguments: &Arguments, started: Instant, desk: &Desk) -> u8 {
    let placement = match &arguments.device {
        None => Placement::Processor,
        Some(name) => Placement::Card { name: name.clone(), layers: arguments.gpu_layers },
    };
    let served = Model::open(&arguments.model, arguments.purpose, &placement, &desk.ending)
        .and_then(|model| serve(&model, arguments, started, desk));
    match (desk.ending.code(), served) {
        (Some(code), _) => code,
        (None, Ok(())) => 0,
        (None, Err(error)) => {
            desk.outbox.send(&FromChild::Rejected { reason: error.to_string() });
            REFUSED
        }
    }
}

/// Says hello and works until the end. Fails only before the hello.
fn serve(model: &Model, arguments: &Arguments, started: Instant, desk: &Desk) -> Result<(), Error> {
    let threads = threads::choose_threads(arguments.threads);
    let hello = |facts: Hello| {
        desk.outbox.send(&FromChild::Hello(Hello {
            version: VERSION,
            architecture: model.architecture().to_owned(),
            parameters: model.parameters(),
            vocabulary: model.vocabulary_size(),
            has_chat_template: model.chat_template().is_some(),
            computes_on: model.computes_on().to_owned(),
            load_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            ..facts
        }));
    };
    match arguments.purpose {
        Purpose::Chat => {
            let settings = Settings {
                threads,
                slots: arguments.slots,
                context: arguments.context,
                with_drafts: arguments.drafts == Drafts::Auto,
                states: arguments.states.clone(),
                states_bytes: arguments.states_bytes,
            };
            let mut chat = Chat::start(model, settings)?;
            hello(Hello {
                context_tokens: u32::try_from(chat.context_tokens()).unwrap_or(u32::MAX),
                slots: u32::try_from(chat.slots()).unwrap_or(u32::MAX),
                memory_bytes: chat.memory_bytes(),
                ..Hello::default()
            });
            chat::schedule::serve(&mut chat, desk);
        }
        Purpose::Embedding => {
            let mut embed = Embed::start(model, threads, arguments.context)?;
            hello(Hello {
                context_tokens: u32::try_from(embed.text_tokens()).unwrap_or(u32::MAX),
                embedding_width: u32::try_from(embed.width()).unwrap_or(u32::MAX),
                memory_bytes: embed.memory_bytes(),
                slots: 1,
                ..Hello::default()
            });
            embed.serve(desk);
        }
    }
    Ok(())
}
