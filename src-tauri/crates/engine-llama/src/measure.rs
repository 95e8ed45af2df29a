//! "Measure this computer": how fast one model is here, in seconds.
//!
//! It computes with the same context as serving does, in the same locks. All of it fits into a
//! time box: slow models get shorter prompts, fewer steps and fewer rounds, and the result says
//! so. [`sizes`] is what to measure, [`threads`] with how many threads, [`bench`] does the work.

mod bench;
mod sizes;
mod threads;

use std::io::Write;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use engine::measure::{Line, Measured, Progress, PromptSpeed, StepTime};

use crate::arguments::{Measure, Purpose};
use crate::ending::Ending;
use crate::error::Error;
use crate::model::{Model, Placement};
use crate::{REFUSED, STACK_BYTES};
use bench::{Bench, Share, median};
use sizes::{Pace, Sizes};
use threads::Trial;

/// Rounds, if they fit.
const ROUNDS: u32 = 3;

/// No round begins that would end later than this after the model was loaded.
const ROUNDS_SECONDS: f64 = 18.0;

/// What one round may take.
const ROUND_SECONDS: f64 = 12.0;

/// After this, counted from the loaded model, whatever is under way is cut short.
const END_SECONDS: f64 = 35.0;

/// Threads that got less of their cores than this are slower than fewer would be.
const DISTURBED_SHARE: f64 = 0.7;

/// What trying numbers of threads may take.
const THREADS_SECONDS: f64 = 4.0;

/// Added to this program's priority, so that an answer under way in another one goes first.
#[cfg(unix)]
const NICE: i32 = 5;

/// Lets other programs go first. Threads that are started later follow.
fn give_way() {
    #[cfg(unix)]
    if let Err(error) = rustix::process::nice(NICE) {
        tracing::info!("the priority stays as it is: {error}");
    }
}

/// Measures and prints the result. Answers the exit code.
pub(crate) fn run(order: Measure, started: Instant) -> ExitCode {
    give_way();
    let worker = thread::Builder::new()
        .name("model".into())
        .stack_size(STACK_BYTES)
        .spawn(move || measure(&order, started));
    let measured = worker.map(|thread| thread.join());
    let (line, code) = match measured {
        Ok(Ok(Ok(measured))) => (Line::Measured(Box::new(measured)), ExitCode::SUCCESS),
        Ok(Ok(Err(error))) => (Line::Refused(error.to_string()), ExitCode::from(REFUSED)),
        Ok(Err(_)) | Err(_) => {
            tracing::error!("the measurement could not run");
            return ExitCode::FAILURE;
        }
    };
    if print(&line) { code } else { ExitCode::FAILURE }
}

/// Loads the model and measures it, from the number of threads to the last round.
fn measure(order: &Measure, started: Instant) -> Result<Measured, Error> {
    tell(0.0, "loading the model");
    let on_card = order.device.is_some();
    let placement = match &order.device {
        Some(name) => Placement::Card { name: name.clone(), layers: None },
        None => Placement::Processor,
    };
    let model = Model::open(&order.model, Purpose::Chat, &placement, &Ending::new())?;
    let usual = crate::threads::choose_threads(order.threads_most);
    let most_texts = Sizes::most_texts(on_card);
    let mut bench = Bench::open(&model, usual, most_texts)?;
    bench.warm_up()?;
    let load_ms = milliseconds(started.elapsed());

    let begun = Instant::now();
    bench.end_at(begun + Duration::from_secs_f64(END_SECONDS));
    let pace = first_look(&mut bench, usual, on_card)?;
    tell(0.15, "trying numbers of threads");
    let candidates = match on_card {
        true => Vec::new(),
        false => threads::candidates(usual, order.fast_cores),
    };
    let mut cut = Vec::new();
    let trials = try_threads(&mut bench, &candidates, pace, &mut cut)?;
    let chosen = threads::choose(usual, &trials);
    bench.set_threads(chosen.threads)?;

    let pace = chosen.pace.unwrap_or(pace);
    let sizes = Sizes::within(ROUND_SECONDS, on_card, pace, bench.cells());
    cut.extend(sizes.cut.iter().cloned());
    let rounds = measure_rounds(&mut bench, &sizes, begun, &mut cut)?;
    let share = rounds.share.of_threads(chosen.threads).filter(|_| !on_card);
    Ok(Measured {
        computes_on: model.computes_on().to_owned(),
        load_ms,
        threads: whole(chosen.threads),
        threads_usual: whole(usual),
        threads_writing: whole(chosen.writing),
        threads_reading: whole(chosen.reading),
        threads_gain: chosen.gain,
        threads_steady: chosen.is_steady,
        prompts: rounds.prompt_speeds(&sizes),
        depth: whole(sizes.depth),
        steps: rounds.step_times(&sizes),
        rounds: whole(rounds.first_steps.len()),
        processor_share: share,
        slowed: rounds.slowed(),
        cut,
        took_ms: milliseconds(started.elapsed()),
    })
}

/// How fast it is, roughly. Threads that wait for each other while other programs hold their cores
/// say little about the computer, so fewer of them look again then.
fn first_look(bench: &mut Bench<'_>, usual: i32, on_card: bool) -> Result<Pace, Error> {
    let before = Share::now();
    let pace = bench.first_look()?;
    match before.until_now().of_threads(usual) {
        Some(share) if share < DISTURBED_SHARE && usual > 1 && !on_card => {
            bench.set_threads(((share * f64::from(usual)) as i32).clamp(1, usual - 1))?;
            bench.warm_up()?;
            bench.first_look()
        }
        Some(_) | None => Ok(pace),
    }
}

/// Short looks at each number of threads, two of each if there is time for it.
fn try_threads(
    bench: &mut Bench<'_>,
    candidates: &[i32],
    pace: Pace,
    cut: &mut Vec<String>,
) -> Result<Vec<Trial>, Error> {
    if candidates.len() < 2 {
        return Ok(Vec::new());
    }
    if threads::seconds_each(pace) > THREADS_SECONDS {
        cut.push("other numbers of threads were not tried".into());
        return Ok(Vec::new());
    }
    let begun = Instant::now();
    let mut trials: Vec<Trial> = Vec::new();
    for look in 0..2 * candidates.len() {
        // One alone has nothing to be compared with.
        if trials.len() >= 2 && begun.elapsed().as_secs_f64() > THREADS_SECONDS {
            break;
        }
        let index = look % candidates.len();
        bench.set_threads(candidates[index])?;
        bench.warm_up()?;
        let before = Share::now();
        let read = bench.read(threads::PROMPT)?;
        let steps = bench.write(1, threads::PROMPT, threads::STEPS)?;
        let share = before.until_now().of_threads(candidates[index]);
        if index == trials.len() {
            trials.push(Trial::new(candidates[index]));
        }
        trials[index].note(read, &steps, share);
    }
    if trials.len() < candidates.len() {
        cut.push("not every number of threads was tried".into());
    }
    Ok(trials)
}

/// What the rounds found.
#[derive(Default)]
struct Rounds {
    /// Seconds for the short and the long prompt.
    short: Vec<f64>,
    long: Vec<f64>,
    /// Seconds of the steps, for each number of texts.
    steps: Vec<Vec<f64>>,
    /// The median step of one text in each round.
    first_steps: Vec<f64>,
    share: Share,
}

fn measure_rounds(
    bench: &mut Bench<'_>,
    sizes: &Sizes,
    begun: Instant,
    cut: &mut Vec<String>,
) -> Result<Rounds, Error> {
    let mut rounds = Rounds { steps: vec![Vec::new(); sizes.texts.len()], ..Rounds::default() };
    let before = Share::now();
    let mut longest = 0.0_f64;
    for round in 0..ROUNDS {
        let started = Instant::now();
        if round > 0 && begun.elapsed().as_secs_f64() + longest > ROUNDS_SECONDS {
            cut.push(format!("measured {round} of {ROUNDS} times"));
            break;
        }
        let part = |share: f64| 0.3 + 0.7 * (f64::from(round) + share) / f64::from(ROUNDS);
        tell(part(0.0), "reading prompts");
        rounds.short.push(bench.read(sizes.short)?);
        rounds.long.push(bench.read(sizes.long)?);
        for (index, &texts) in sizes.texts.iter().enumerate() {
            if bench.is_late() && index >= 2 {
                cut.push(format!("{texts} texts at once were not measured"));
                break;
            }
            tell(part(0.4 + 0.6 * index as f64 / sizes.texts.len() as f64), "writing texts");
            let times = bench.write(texts, sizes.depth, sizes.steps)?;
            if index == 0 {
                rounds.first_steps.push(median(&times));
            }
            rounds.steps[index].extend(times);
        }
        longest = longest.max(started.elapsed().as_secs_f64());
    }
    rounds.share = before.until_now();
    Ok(rounds)
}

impl Rounds {
    fn prompt_speeds(&self, sizes: &Sizes) -> Vec<PromptSpeed> {
        let speed = |tokens: usize, times: &[f64]| PromptSpeed {
            tokens: whole(tokens),
            per_second: tokens as f64 / median(times),
        };
        vec![speed(sizes.short, &self.short), speed(sizes.long, &self.long)]
    }

    fn step_times(&self, sizes: &Sizes) -> Vec<StepTime> {
        let measured = sizes.texts.iter().zip(&self.steps).filter(|(_, times)| !times.is_empty());
        measured
            .map(|(&texts, times)| StepTime { texts: whole(texts), ms: median(times) * 1e3 })
            .collect()
    }

    fn slowed(&self) -> Option<f64> {
        match self.first_steps.as_slice() {
            [first, .., last] => Some(last / first - 1.0),
            _ => None,
        }
    }
}

fn tell(part: f64, doing: &str) {
    // A desk that does not listen any more ends this program.
    let _heard = print(&Line::Progress(Progress { part, doing: doing.to_owned() }));
}

/// `false` if nobody reads.
fn print(line: &Line) -> bool {
    let mut out = std::io::stdout().lock();
    let text = serde_json::to_string(line).expect("plain numbers and texts can be written");
    writeln!(out, "{text}").and_then(|()| out.flush()).is_ok()
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn whole(count: impl TryInto<u32>) -> u32 {
    count.try_into().unwrap_or(u32::MAX)
}
