//! How long finding the evidence takes on a desk of ten thousand and of a hundred thousand pieces,
//! the question's vector included; and what such a desk costs otherwise.
//!
//! The texts are halves of SQuAD 2 paragraphs under headings of their own, with every eighth word
//! exchanged once all were used. The questions are real, and so is the model that reads them. The
//! vectors of the texts are those of a sample, each turned a little: a scan takes as long.

mod stand_in;
mod texts;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use commands::wire::{StaffCommand, StaffReply};
use commands::{Core, EngineChoice, Llama, NoHost, OpenOptions, Session};
use engine::child::{Child, ChildConfig, Limits, Purpose, Tuning};
use serde_json::{Value, json};

use super::kit::{Dice, Kit};
use super::row::{Row, Target};
use crate::exit::{Failure, REQUEST};
use stand_in::Turned;
use texts::Texts;

const SET: &str = "squad2/dev-v2.0.cs224n.json";
/// Pieces of a desk, and what its slowest twentieth may take.
const SIZES: [(&str, usize, f64); 2] =
    [("retrieval_p95_ms_10k", 10_000, 40.0), ("retrieval_p95_ms_100k", 100_000, 70.0)];
const QUESTIONS: usize = 300;
/// Asked before it counts: the first question waits for the model.
const WARM_UP: usize = 20;
const PIECES_OF_A_FILE: usize = 2_500;
const LARGE_DOCUMENT_BYTES: usize = 7_500_000;
const MOST_DELETE_SECONDS: f64 = 2.0;

pub(super) fn measure(kit: &Kit) -> Result<Vec<Row>, Failure> {
    let Some(set) = kit.set(SET) else {
        return Ok(vec![Row::skipped("retrieval_p95_ms", &format!("{SET} is not here"))]);
    };
    let Some(model) = embedder(&kit.place.data) else {
        return Ok(vec![Row::skipped("retrieval_p95_ms", "the embedding model is not here")]);
    };
    let mut texts = Texts::read(&set, kit.command.seed)?;
    let embedder = Arc::new(Turned::of(model, &texts.sample())?);
    let folder = kit.folder("speed-files")?;
    let desk = kit.place.data.join("speed-desk");
    let session = kit.place.session();
    let mut questions = texts.questions();
    Dice(kit.command.seed).shuffle(&mut questions);

    let mut rows = Vec::new();
    let mut core = open(&desk, &embedder)?;
    let mut files = 0;
    for (figure, size, limit) in SIZES {
        let started = Instant::now();
        while (pieces(&core, &session)? as usize) < size {
            let path = folder.join(format!("{files:03}.md"));
            write(&path, &texts.document(PIECES_OF_A_FILE))?;
            core.import(&session, &[path], false, &mut |_| {})?;
            files += 1;
            kit.progress(figure, pieces(&core, &session)? as usize, size);
        }
        core.settle();
        let filled = started.elapsed().as_secs_f64();
        drop(core);
        let opened = Instant::now();
        core = open(&desk, &embedder)?;
        let load_ms = opened.elapsed().as_secs_f64() * 1_000.0;
        let before = worked_ns();
        let times = ask(&core, &session, &questions)?;
        let own_ms = (worked_ns() - before) as f64 / 1e6 / (WARM_UP + QUESTIONS) as f64;
        let embedding_ms = embedder.p50_ms();
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        let row = Row::value(figure, "SQuAD 2, cut and changed", at(0.95), Target::AtMost(limit));
        rows.push(row.of(times.len()).with(json!({
            "p50_ms": at(0.5), "p99_ms": at(0.99), "pieces": pieces(&core, &session)?,
            "own_processor_ms": own_ms, "embedding_p50_ms": embedding_ms,
            "load_ms": load_ms, "memory_bytes": memory_bytes(), "filled_in_seconds": filled,
        })));
    }
    rows.push(remove_large(&core, &session, &folder, &mut texts)?);
    Ok(rows)
}

/// Imports a large document into the full desk and takes it out again.
fn remove_large(
    core: &Core,
    session: &Session,
    folder: &Path,
    texts: &mut Texts,
) -> Result<Row, Failure> {
    let path = folder.join("large.md");
    let mut document = String::new();
    while document.len() < LARGE_DOCUMENT_BYTES {
        document.push_str(&texts.document(PIECES_OF_A_FILE));
    }
    write(&path, &document)?;
    let started = Instant::now();
    let reports = core.import(session, &[path], false, &mut |_| {})?;
    let import_seconds = started.elapsed().as_secs_f64();
    core.settle();
    let StaffReply::Sources { sources } = core.manage(session, StaffCommand::Sources)? else {
        return Err(Failure::told(REQUEST));
    };
    let large = sources.iter().find(|source| source.source == "large.md");
    let id = large.map_or(0, |source| source.id);
    let started = Instant::now();
    core.manage(session, StaffCommand::RemoveSource { id })?;
    let seconds = started.elapsed().as_secs_f64();
    let details = json!({
        "document_bytes": document.len(), "import_seconds": import_seconds,
        "passages": reports.first().map(|report| report.passages), "of_pieces": SIZES[1].1,
    });
    let target = Target::AtMost(MOST_DELETE_SECONDS);
    Ok(Row::value("delete_seconds", "7.5 MB of text", seconds, target).of(1).with(details))
}

/// Milliseconds of each question, the quickest first.
fn ask(core: &Core, session: &Session, questions: &[String]) -> Result<Vec<f64>, Failure> {
    let mut times = Vec::new();
    for (number, question) in questions.iter().take(WARM_UP + QUESTIONS).enumerate() {
        let search = StaffCommand::Search { question: question.clone(), top: 5 };
        let started = Instant::now();
        core.manage(session, search)?;
        if number >= WARM_UP {
            times.push((started.elapsed().as_secs_f64() * 10_000.0).round() / 10.0);
        }
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}

fn open(data: &Path, embedder: &Arc<Turned>) -> Result<Arc<Core>, Failure> {
    Ok(Core::open(OpenOptions {
        data: data.to_owned(),
        engine: EngineChoice::Given { chat: None, embedder: Some(embedder.clone()) },
        sample: false,
        machine: None,
        host: Arc::new(NoHost),
    })?)
}

fn pieces(core: &Core, session: &Session) -> Result<u32, Failure> {
    match core.manage(session, StaffCommand::Doctor)? {
        StaffReply::Doctor(doctor) => Ok(doctor.data.passages),
        _ => Ok(0),
    }
}

fn write(path: &PathBuf, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| Failure::file(path, &error))
}

/// The model that English desks use; `None` where its file is not here.
fn embedder(data: &Path) -> Option<Child> {
    let catalog = catalog::Catalog::bundled();
    let entry = catalog::choose_embedding(&catalog, "en");
    let folders = catalog::model_folders(data, None);
    let catalog::Located::Ready { path } = catalog::locate(entry, &folders, None) else {
        return None;
    };
    let embedding = entry.embedding.as_ref()?;
    Some(Child::new(ChildConfig {
        program: Llama::beside_this_program().program,
        model: path,
        model_id: entry.id.clone(),
        purpose: Purpose::Embedding,
        query_prefix: embedding.query_prefix.clone(),
        passage_prefix: embedding.passage_prefix.clone(),
        width: embedding.width as usize,
        identity: entry.sha256.clone(),
        tuning: Tuning::default(),
        eager: true,
        limits: Limits::default(),
    }))
}

/// Nanoseconds this thread has had of a processor: what the search itself costs, on however busy
/// a computer. Nothing where the system does not tell.
fn worked_ns() -> u64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// What this process holds of the memory; nothing where the system does not tell.
fn memory_bytes() -> Value {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or(Value::Null, |kilobytes| json!(kilobytes * 1024))
}
