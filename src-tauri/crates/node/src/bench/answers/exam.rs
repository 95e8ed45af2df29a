//! Whether the exam ranks models sensibly: one that always knows the right sentence, one that
//! changes a fact in it, one that goes on with the text like a base model, and the real chat model.
//!
//! A model speaks when it passed: then, and only then, questions asked after the exam are answered
//! by route `documents`. The figure counts such answers to the sample shop's questions.

mod paper;

use std::sync::Arc;

use commands::wire::{Ask, Route, StaffCommand, StaffReply};
use commands::{Core, EngineChoice, NoHost, OpenOptions};
use engine::GenerateRequest;
use engine::scripted::{Script, ScriptedEmbedder, ScriptedEngine};
use serde_json::json;

use super::kit::Kit;
use super::row::{Row, Target};
use crate::ask::answer;
use crate::exit::{Failure, REQUEST};
use crate::open::Empty;

/// Asked after the exam; the sample shop's documents answer each.
const ASKED_AFTER: &[&str] = &[
    "What does an automatic lifejacket service include?",
    "How are waxed jackets cleaned?",
    "When do points expire?",
    "What does a repair evening cost?",
    "How many people make a group for renting?",
];

pub(super) fn measure(kit: &Kit) -> Result<Vec<Row>, Failure> {
    let scripted: [(&str, ScriptedEngine, Target); 3] = [
        (
            "perfect",
            ScriptedEngine::new(|request| says(paper::right_answer(&Asked::of(request)))),
            Target::AtLeast(1.0),
        ),
        (
            "liar",
            ScriptedEngine::new(|request| says(lie(&paper::right_answer(&Asked::of(request))))),
            Target::AtMost(0.0),
        ),
        (
            "base",
            ScriptedEngine::new(|request| says(go_on(&Asked::of(request)))),
            Target::AtMost(0.0),
        ),
    ];
    let mut rows = Vec::new();
    for (name, engine, target) in scripted {
        let core = Core::open(OpenOptions {
            data: kit.folder(&format!("exam-{name}"))?,
            engine: EngineChoice::Given {
                chat: Some(Arc::new(engine)),
                embedder: Some(Arc::new(ScriptedEmbedder::new())),
            },
            sample: true,
            machine: None,
            host: Arc::new(NoHost),
        })?;
        core.settle();
        rows.push(sit(kit, &core, &format!("scripted {name} model"), target)?);
    }
    let core = kit.desk("exam-real", Empty::GetsTheSample)?;
    rows.push(match sit(kit, &core, "chat model of this computer", Target::AtMost(0.0)) {
        Ok(row) => row,
        Err(failure) => Row::failed("exam: chat model of this computer", &failure),
    });
    Ok(rows)
}

fn sit(kit: &Kit, core: &Core, name: &str, target: Target) -> Result<Row, Failure> {
    let session = kit.place.session();
    let StaffReply::Exam(exam) = core.manage(&session, StaffCommand::SitExam)? else {
        return Err(Failure::told(REQUEST));
    };
    let mut spoke = 0;
    for question in ASKED_AFTER {
        let turn = answer(core, &session, Ask { question: (*question).into(), ..Ask::default() })?;
        spoke += usize::from(turn.route == Route::Documents);
    }
    let figure = format!("exam: {name} speaks");
    Ok(Row::value(&figure, "57 questions, then 5 of the sample shop", spoke as f64, target)
        .of(ASKED_AFTER.len())
        .with(json!({ "exam": exam })))
}

/// What a prompt asks, read back out of it.
pub(super) struct Asked {
    question: String,
    /// Heading and text of each passage.
    passages: Vec<(String, String)>,
}

impl Asked {
    fn of(request: &GenerateRequest) -> Self {
        let text = request.messages.last().map(|message| message.text.clone()).unwrap_or_default();
        let (evidence, question) = text.rsplit_once("Question: ").unwrap_or((&text, ""));
        let blocks = evidence.split("\n[").flat_map(|part| part.split_once("] "));
        let passages = blocks.map(|(_, block)| {
            let (heading, text) = block.split_once('\n').unwrap_or(("", block));
            (heading.trim().to_owned(), text.trim_end_matches(['-', '\n']).trim().to_owned())
        });
        Self { question: question.trim().to_owned(), passages: passages.collect() }
    }
}

fn says(text: String) -> Script {
    let pieces = text.split_inclusive(' ').map(String::from).collect();
    Script { pieces, ..Script::default() }
}

/// The right answer with its first number raised, or turned into its opposite.
fn lie(truth: &str) -> String {
    let Some(at) = truth.find(|c: char| c.is_ascii_digit()) else {
        return truth.replacen(" is ", " is not ", 1).replacen(" are ", " are not ", 1)
            + " It was decided by Doctor Lindqvist in 1873.";
    };
    let digit = truth[at..].chars().next().and_then(|c| c.to_digit(10)).unwrap_or_default();
    format!("{}{}{}", &truth[..at], (digit + 3) % 10, &truth[at + 1..])
}

/// A base model does not answer, it writes more of what it sees.
fn go_on(asked: &Asked) -> String {
    let (heading, text) = asked.passages.last().cloned().unwrap_or_default();
    let begun: String = text.split_inclusive(' ').take(6).collect();
    format!(
        "{} And where is it? [4] {heading} > Shop {begun}sells postcards for 3.75 euros.",
        asked.question
    )
}
