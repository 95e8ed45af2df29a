//! One visitor: asks over HTTP, reads the answer as it comes, and tells when what came.

use std::time::{Duration, Instant};

use commands::wire::{
    Ask, OrderOutcome, OrderReply, StaffCommand, Timing, Tokens, VerifyOrder, VisitorCommand,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::broken;
use super::questions::{Kind, Wish};
use super::wire::Wire;
use crate::exit::Failure;

/// A visitor waits no longer for the next piece of an answer.
const VISITORS_PATIENCE: Duration = Duration::from_secs(30);
/// Measuring the model takes a while.
const STAFF_PATIENCE: Duration = Duration::from_secs(180);

/// What became of one visit.
#[derive(Clone, Debug)]
pub(super) struct Visited {
    pub(super) kind: Kind,
    /// From the moment the visitor meant to ask until the first words.
    pub(super) first_words_ms: f64,
    /// The same until the whole answer, and the order where one was looked for.
    pub(super) whole_ms: f64,
    /// What answered; why nothing did.
    pub(super) came: Result<Came, String>,
}

/// What answered a visitor.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Came {
    /// As the program names it.
    pub(super) route: String,
    /// A model was asked to write, whatever was shown in the end.
    pub(super) is_written: bool,
    /// The documents were quoted because too many waited for the model.
    pub(super) is_spared: bool,
    /// Tokens of the prompt that had to be read; 0 where the engine did not tell.
    pub(super) read_tokens: u32,
    /// Tokens written.
    pub(super) written_tokens: u32,
}

/// A way into the program, with a key.
#[derive(Clone, Debug)]
pub(super) struct Door {
    address: String,
    key: String,
}

/// Somebody who comes in by a door, and keeps the connection from one visit to the next.
pub(super) struct Visitor {
    wire: Wire,
}

/// What of an answer's last line is looked at.
#[derive(Deserialize)]
struct Last {
    reply: Option<Turned>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Turned {
    route: String,
    #[serde(default)]
    citations: Vec<Cited>,
    timing: Timing,
    tokens: Tokens,
}

#[derive(Deserialize)]
struct Cited {
    source: String,
}

impl Door {
    pub(super) fn new(url: &str, key: &str) -> Self {
        Self { address: url.trim_start_matches("http://").into(), key: key.into() }
    }

    /// Somebody comes in.
    pub(super) fn enter(&self) -> Visitor {
        self.enter_with(VISITORS_PATIENCE)
    }

    fn enter_with(&self, patience: Duration) -> Visitor {
        Visitor { wire: Wire::to(&self.address, &self.key, patience) }
    }

    /// Asks as staff.
    pub(super) fn manage(&self, command: &StaffCommand) -> Result<Value, Failure> {
        let mut reply = String::new();
        let mut staff = self.enter_with(STAFF_PATIENCE);
        let status = staff.send("manage", command, &mut |line| reply.push_str(line));
        let status = status.map_err(broken)?;
        let reply: Value = serde_json::from_str(&reply).map_err(broken)?;
        match status {
            200 => Ok(reply),
            _ => Err(broken(reply["message"].as_str().unwrap_or("it refused"))),
        }
    }
}

impl Visitor {
    /// One whole visit. `meant_at` is when it should have begun: who is held up before asking has
    /// waited all the same.
    pub(super) fn visit(&mut self, wish: &Wish, name: &str, meant_at: Instant) -> Visited {
        let mut first_words_at = None;
        let mut came = self.ask(wish, name, &mut first_words_at);
        if let (Some((number, proof)), Ok(_)) = (&wish.order, &came)
            && let Err(why) = self.look_up(number, proof, name)
        {
            came = Err(why);
        }
        let since = |at: Instant| (at - meant_at).as_secs_f64() * 1000.0;
        let whole_ms = since(Instant::now());
        Visited {
            kind: wish.kind,
            first_words_ms: first_words_at.map_or(whole_ms, since),
            whole_ms,
            came,
        }
    }

    fn ask(
        &mut self,
        wish: &Wish,
        name: &str,
        first: &mut Option<Instant>,
    ) -> Result<Came, String> {
        let ask = VisitorCommand::Ask(Ask {
            ask_id: name.into(),
            question: wish.question.clone(),
            conversation: Some(name.into()),
            language: None,
        });
        let mut ended = Err("the answer has no end".into());
        let status = self.send("visit", &ask, &mut |line| {
            // Events are told apart by how they begin: to read them takes the desk's time.
            let shows = |event: &str| line.starts_with(&format!("{{\"event\":\"{event}\""));
            if first.is_none() && (shows("token") || shows("replaced")) {
                *first = Some(Instant::now());
            }
            if !line.starts_with("{\"event\"") {
                ended = last(line);
            }
        });
        status.map_err(|error| error.to_string())?;
        ended
    }

    fn look_up(&mut self, number: &str, proof: &str, conversation: &str) -> Result<(), String> {
        let tried = VisitorCommand::VerifyOrder(VerifyOrder {
            number: number.into(),
            proof: proof.into(),
            conversation: Some(conversation.into()),
            language: None,
        });
        let mut reply = String::new();
        let status = self.send("visit", &tried, &mut |line| reply.push_str(line));
        status.map_err(|error| error.to_string())?;
        match serde_json::from_str::<OrderReply>(&reply).map(|reply| reply.outcome) {
            Ok(OrderOutcome::Found) => Ok(()),
            Ok(outcome) => Err(format!("the order was not shown: {outcome:?}")),
            Err(_) => Err(format!("the order was not shown: {reply}")),
        }
    }

    fn send(
        &mut self,
        path: &str,
        body: &impl Serialize,
        on_line: &mut dyn FnMut(&str),
    ) -> std::io::Result<u16> {
        let body = serde_json::to_string(body).unwrap_or_default();
        self.wire.post(path, &body, on_line)
    }
}

fn last(line: &str) -> Result<Came, String> {
    match serde_json::from_str::<Last>(line) {
        Ok(Last { reply: Some(turn), .. }) => Ok(came(&turn)),
        Ok(Last { error: Some(error), .. }) => {
            Err(error["message"].as_str().unwrap_or("it was refused").into())
        }
        _ => Err(match serde_json::from_str::<Value>(line) {
            Ok(refusal) => refusal["message"].as_str().unwrap_or("it was refused").into(),
            Err(_) => "the answer cannot be read".into(),
        }),
    }
}

fn came(turn: &Turned) -> Came {
    let is_written = turn.timing.first_token_ms > 0.0;
    let is_approved = turn.citations.first().is_some_and(|citation| citation.source == "faq");
    Came {
        route: turn.route.clone(),
        is_written,
        is_spared: turn.route == "quote" && !is_written && !is_approved,
        read_tokens: turn.tokens.prompt.saturating_sub(turn.tokens.cached),
        written_tokens: turn.tokens.generated,
    }
}
