//! One visitor: asks over HTTP, reads the answer as it comes, and tells when what came.

use std::io::{BufRead, BufReader};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use commands::wire::{
    Ask, OrderOutcome, OrderReply, StaffCommand, Turn, TurnEvent, VerifyOrder, VisitorCommand,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::broken;
use super::questions::{Kind, Wish};
use crate::exit::Failure;

/// Nobody waits longer.
const PATIENCE: Duration = Duration::from_secs(30);

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
#[derive(Clone, Debug)]
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

/// A way into the program, with a key. A clone keeps a connection of its own.
#[derive(Debug)]
pub(super) struct Door {
    agent: ureq::Agent,
    address: String,
    key: String,
    visits: AtomicU64,
}

impl Clone for Door {
    fn clone(&self) -> Self {
        Self::new(&self.address, &self.key)
    }
}

/// The last line of an answer.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Last {
    Reply(Box<Turn>),
    Error(Value),
}

impl Door {
    pub(super) fn new(address: &str, key: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .proxy(None)
            .build();
        Self {
            agent: config.into(),
            address: address.into(),
            key: key.into(),
            visits: AtomicU64::new(0),
        }
    }

    /// Asks as staff.
    pub(super) fn manage(&self, command: &StaffCommand) -> Result<Value, Failure> {
        let mut response = self.post("manage", command).map_err(broken)?;
        let text = response.body_mut().read_to_string().map_err(broken)?;
        let reply: Value = serde_json::from_str(&text).map_err(broken)?;
        match response.status().is_success() {
            true => Ok(reply),
            false => Err(broken(reply["message"].as_str().unwrap_or("it refused"))),
        }
    }

    /// One whole visit. `meant_at` is when it should have begun: who is held up before asking has
    /// waited all the same.
    pub(super) fn visit(&self, wish: &Wish, name: &str, meant_at: Instant) -> Visited {
        let mut first_words_at = None;
        let came = self.ask(wish, name, &mut first_words_at);
        let came = match (&wish.order, came) {
            (Some((number, proof)), Ok(came)) => self.look_up(number, proof, name).map(|()| came),
            (_, came) => came,
        };
        let since = |at: Instant| (at - meant_at).as_secs_f64() * 1000.0;
        let whole_ms = since(Instant::now());
        Visited {
            kind: wish.kind,
            first_words_ms: first_words_at.map_or(whole_ms, since),
            whole_ms,
            came,
        }
    }

    fn ask(&self, wish: &Wish, name: &str, first: &mut Option<Instant>) -> Result<Came, String> {
        let number = self.visits.fetch_add(1, Ordering::Relaxed);
        let ask = VisitorCommand::Ask(Ask {
            ask_id: format!("{name}-{number}"),
            question: wish.question.clone(),
            conversation: Some(name.into()),
            language: None,
        });
        let response = self.post("visit", &ask).map_err(|error| error.to_string())?;
        let status = response.status();
        if !status.is_success() {
            return Err(format!("status {status}"));
        }
        let mut ended = Err("the answer has no end".into());
        // Read to the very end, or the connection could not be used again.
        for line in BufReader::new(response.into_body().into_reader()).lines() {
            let line = line.map_err(|error| error.to_string())?;
            if let Ok(event) = serde_json::from_str::<TurnEvent>(&line) {
                let shows = matches!(event, TurnEvent::Token { .. } | TurnEvent::Replaced { .. });
                if shows && first.is_none() {
                    *first = Some(Instant::now());
                }
            } else if let Ok(last) = serde_json::from_str::<Last>(&line) {
                ended = match last {
                    Last::Reply(turn) => Ok(came(&turn)),
                    Last::Error(error) => Err(error["message"].as_str().unwrap_or("?").into()),
                };
            }
        }
        ended
    }

    fn look_up(&self, number: &str, proof: &str, conversation: &str) -> Result<(), String> {
        let tried = VisitorCommand::VerifyOrder(VerifyOrder {
            number: number.into(),
            proof: proof.into(),
            conversation: Some(conversation.into()),
            language: None,
        });
        let mut response = self.post("visit", &tried).map_err(|error| error.to_string())?;
        let text = response.body_mut().read_to_string().map_err(|error| error.to_string())?;
        match serde_json::from_str::<OrderReply>(&text).map(|reply| reply.outcome) {
            Ok(OrderOutcome::Found) => Ok(()),
            Ok(outcome) => Err(format!("the order was not shown: {outcome:?}")),
            Err(_) => Err(format!("the order was not shown: {text}")),
        }
    }

    fn post(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
        let body = serde_json::to_string(body).unwrap_or_default();
        let request = self.agent.post(format!("{}/{path}", self.address));
        let request = request.header("authorization", format!("Bearer {}", self.key));
        request.content_type("application/json").send(body)
    }
}

fn came(turn: &Turn) -> Came {
    let route = serde_json::to_value(turn.route).ok();
    let route = route.and_then(|route| route.as_str().map(String::from)).unwrap_or_default();
    let is_written = turn.timing.first_token_ms > 0.0;
    let is_approved = turn.citations.first().is_some_and(|citation| citation.source == "faq");
    Came {
        is_written,
        is_spared: route == "quote" && !is_written && !is_approved,
        read_tokens: turn.tokens.prompt.saturating_sub(turn.tokens.cached),
        written_tokens: turn.tokens.generated,
        route,
    }
}
