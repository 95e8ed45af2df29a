//! The child that does as it is told: the file named by `--model` says how it starts, the last
//! message of each request says how that request goes. Statements are separated by `;`.

use std::collections::{HashSet, VecDeque};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, exit};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use engine::protocol::{
    Done, Ending, Failure, FromChild, Generate, Hello, ToChild, VERSION, read_frame, write_frame,
};

/// Numbers in a vector, unless the model file says otherwise.
pub(crate) const WIDTH: usize = 4;

/// No child outlives a test run that was killed.
const LONGEST_LIFE: Duration = Duration::from_secs(90);

struct Fake {
    log: PathBuf,
    /// Does not end when stdin does.
    stubborn: bool,
    /// Never reads stdin.
    deaf: bool,
    /// Sends vectors of this width, whatever its hello said.
    width: usize,
    cancelled: HashSet<u64>,
    /// Requests that came while another was under way.
    later: VecDeque<ToChild>,
}

/// Plays the child with this model file.
pub(crate) fn live(model: &Path, arguments: &[String]) -> ExitCode {
    thread::spawn(|| {
        thread::sleep(LONGEST_LIFE);
        exit(9);
    });
    let script = std::fs::read_to_string(model).unwrap_or_default();
    let mut fake = Fake {
        log: model.with_extension("log"),
        stubborn: false,
        deaf: false,
        width: WIDTH,
        cancelled: HashSet::new(),
        later: VecDeque::new(),
    };
    fake.note(&format!("start {}", arguments.join(" ")));
    for statement in statements(&script) {
        fake.begin(&statement);
    }
    if fake.deaf {
        rest();
    }
    let (sender, requests) = channel();
    let (stubborn, log) = (fake.stubborn, fake.log.clone());
    thread::spawn(move || listen(&sender, stubborn, &log));
    fake.serve(&requests);
    ExitCode::SUCCESS
}

fn statements(script: &str) -> Vec<(String, String)> {
    let trimmed = script.split(';').map(str::trim).filter(|statement| !statement.is_empty());
    let split = trimmed.map(|statement| statement.split_once(' ').unwrap_or((statement, "")));
    split.map(|(word, rest)| (word.to_string(), rest.to_string())).collect()
}

/// Reads requests. Like the real one, it answers a ping even while the model is at work.
fn listen(requests: &Sender<ToChild>, stubborn: bool, log: &Path) {
    while let Ok(Some(frame)) = read_frame(&mut io::stdin()) {
        if let ToChild::Ping { id } = frame {
            note(log, "ping");
            say(&FromChild::Pong { id });
        } else if requests.send(frame).is_err() {
            return;
        }
    }
    if !stubborn {
        exit(0);
    }
    rest();
}

fn rest() -> ! {
    loop {
        thread::sleep(LONGEST_LIFE);
    }
}

fn say(frame: &FromChild) {
    if write_frame(&mut io::stdout(), frame).is_err() {
        exit(0);
    }
}

fn say_raw(bytes: &[u8]) {
    let mut out = io::stdout();
    out.write_all(bytes).and_then(|()| out.flush()).unwrap();
}

/// Ends the way a crashing program does: words on stderr, then nothing.
fn crash(rest: &str) -> ! {
    let (code, words) = rest.split_once(' ').unwrap_or((rest, ""));
    if !words.is_empty() {
        io::stderr().write_all(format!("{words}\n").as_bytes()).unwrap();
    }
    exit(code.parse().unwrap_or(134));
}

impl Fake {
    fn begin(&mut self, (word, rest): &(String, String)) {
        match word.as_str() {
            "hello" => {
                let told = |key: &str| {
                    let mut words = rest.split(' ').skip_while(|word| *word != key);
                    words.nth(1)
                };
                let number = |key: &str| told(key).map(|number| number.parse().unwrap());
                say(&FromChild::Hello(Hello {
                    version: number("version").unwrap_or(VERSION),
                    embedding_width: number("width").unwrap_or(WIDTH as u32),
                    computes_on: told("on").unwrap_or("cpu: fake").into(),
                    load_ms: 7,
                    ..Hello::default()
                }));
            }
            "wait" => thread::sleep(Duration::from_millis(rest.parse().unwrap())),
            "reject" => {
                say(&FromChild::Rejected { reason: rest.clone() });
                exit(5);
            }
            "exit" => crash(rest),
            "garbage" => say_raw(b"Loading the model, please wait...\n"),
            "half" => {
                say_raw(&[200, 0, 0, 0, 1, 2, 3]);
                exit(0);
            }
            "babble" => io::stderr().write_all(&vec![b'x'; 1 << 20]).unwrap(),
            "deaf" => self.deaf = true,
            "stubborn" => self.stubborn = true,
            "vectors" => self.width = rest.parse().unwrap(),
            "rest" => crate::fake::rest(),
            _ => crash("2 the model file was not understood"),
        }
    }

    fn serve(&mut self, requests: &Receiver<ToChild>) {
        loop {
            let frame = match self.later.pop_front() {
                Some(frame) => frame,
                None => match requests.recv() {
                    Ok(frame) => frame,
                    Err(_) => return,
                },
            };
            match frame {
                ToChild::Generate(request) => self.write(&request, requests),
                ToChild::Cancel { id } => self.note(&format!("cancel {id}")),
                ToChild::Embed { id, texts } => {
                    self.note(&format!("embed {}", texts.len()));
                    let vectors = texts.iter().map(|text| self.vector(text)).collect();
                    say(&FromChild::Vectors { id, vectors });
                }
                ToChild::Count { id, texts } => {
                    let counts = texts.iter().map(|text| text.split_whitespace().count() as u32);
                    say(&FromChild::Counts { id, counts: counts.collect() });
                }
                ToChild::Ping { id } => say(&FromChild::Pong { id }),
            }
        }
    }

    /// The number at the end of a text, then zeros.
    fn vector(&self, text: &str) -> Vec<f32> {
        let number = text.rsplit(' ').next().and_then(|word| word.parse().ok());
        let mut vector = vec![0.0; self.width];
        vector[0] = number.unwrap_or(-1.0);
        vector
    }

    fn write(&mut self, request: &Generate, requests: &Receiver<ToChild>) {
        let id = request.id;
        let script = request.messages.last().map_or("", |(_, text)| text);
        self.note(&format!("generate {script}"));
        let mut pieces = 0;
        let fail = |failure, reason: &str| {
            say(&FromChild::Failed { id, failure, reason: reason.into() });
        };
        let mut text = |text: &str| {
            pieces += 1;
            say(&FromChild::Text { id, text: text.into() });
        };
        for (word, rest) in statements(script) {
            match word.as_str() {
                "text" => rest.split(' ').for_each(&mut text),
                "many" => (0..rest.parse().unwrap()).for_each(|_| text("x")),
                "pause" => thread::sleep(Duration::from_millis(rest.parse().unwrap())),
                "waiting" => say(&FromChild::Waiting { id, ahead: rest.parse().unwrap() }),
                "reading" => {
                    let (read, prompt) = rest.split_once(' ').unwrap();
                    say(&FromChild::Reading {
                        id,
                        read_tokens: read.parse().unwrap(),
                        prompt_tokens: prompt.parse().unwrap(),
                    });
                }
                "deadline" => text(&request.deadline_ms.to_string()),
                "fail" => return fail(Failure::Refused, &rest),
                "busy" => {
                    return fail(Failure::Busy { waiting: rest.parse().unwrap() }, "too many");
                }
                "late" => return fail(Failure::Late, "too late"),
                "end" => {
                    let reason = if rest == "late" { Ending::Late } else { Ending::Length };
                    return say(&done(id, reason, pieces));
                }
                "die" => crash(&rest),
                "hang" => crate::fake::rest(),
                "garbage" => say_raw(&[3, 0, 0, 0, 250, 250, 250]),
                "raw" => {
                    let bytes = rest.split(' ').map(|byte| byte.parse().unwrap());
                    say_raw(&bytes.collect::<Vec<u8>>());
                }
                "unasked" => say(&FromChild::Pong { id: id + 1000 }),
                "endless" => {
                    while !self.is_cancelled(id, requests) {
                        thread::sleep(Duration::from_millis(5));
                        say(&FromChild::Text { id, text: "x".into() });
                    }
                    return say(&done(id, Ending::Cancelled, 0));
                }
                _ => return fail(Failure::Refused, "not understood"),
            }
        }
        say(&done(id, Ending::Stop, pieces));
    }

    fn is_cancelled(&mut self, id: u64, requests: &Receiver<ToChild>) -> bool {
        for frame in requests.try_iter() {
            match frame {
                ToChild::Cancel { id } => {
                    self.note(&format!("cancel {id}"));
                    self.cancelled.insert(id);
                }
                other => self.later.push_back(other),
            }
        }
        self.cancelled.contains(&id)
    }

    fn note(&self, line: &str) {
        note(&self.log, line);
    }
}

fn note(log: &Path, line: &str) {
    let mut log = OpenOptions::new().create(true).append(true).open(log).unwrap();
    // In one piece, because two threads write.
    log.write_all(format!("{line}\n").as_bytes()).unwrap();
}

fn done(id: u64, reason: Ending, generated_tokens: u32) -> FromChild {
    let done =
        Done { reason, prompt_tokens: 11, cached_tokens: 3, generated_tokens, ..Done::default() };
    FromChild::Done { id, done }
}
