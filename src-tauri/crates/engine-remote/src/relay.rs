//! Several engines in an order of preference: who cannot answer hands the question on.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use engine::{
    Engine, EngineError, Event, GenerateRequest, Health, Reply, ReplySender, reply_channel,
};

/// How long to wait for the next event before looking whether the reader has gone.
const TICK: Duration = Duration::from_millis(20);
/// With so many texts under way an engine is full: the next one may have room.
const FULL: usize = 8;

/// Several engines, the preferred one first.
///
/// A question is handed on as long as nothing of its answer was shown; what has begun is never
/// begun again elsewhere. When the last one fails too, so does the question, and the desk quotes.
pub struct Relay {
    engines: Vec<Arc<dyn Engine>>,
    id: String,
}

impl Relay {
    /// A relay over these; `None` where there are none.
    pub fn over(engines: Vec<Arc<dyn Engine>>) -> Option<Self> {
        let ids: Vec<&str> = engines.iter().map(|engine| engine.model_id()).collect();
        let id = ids.join(",");
        (!engines.is_empty()).then_some(Self { engines, id })
    }

    /// In the order in which they are asked now: those that have failed or are full come last.
    fn order(&self) -> VecDeque<Arc<dyn Engine>> {
        let mut order: Vec<&Arc<dyn Engine>> = self.engines.iter().collect();
        order.sort_by_key(|engine| rank(&engine.health()));
        order.into_iter().cloned().collect()
    }
}

/// 0 can begin, 1 has no room, 2 does not work.
fn rank(health: &Health) -> u8 {
    match health {
        Health::Ready | Health::Idle | Health::Warming => 0,
        Health::Busy { waiting } if waiting + 1 < FULL => 0,
        Health::Busy { .. } => 1,
        Health::Failed { .. } => 2,
    }
}

impl Engine for Relay {
    fn generate(&self, request: GenerateRequest) -> Result<Reply, EngineError> {
        let mut order = self.order();
        let (first, name) = next(&mut order, &request)?;
        let (sender, reply) = reply_channel();
        let work = move || pass_on(first, name, order, &request, &sender);
        std::thread::Builder::new().name("relay".into()).spawn(work).map_err(|error| {
            EngineError::Remote { reason: format!("no thread can be started: {error}") }
        })?;
        Ok(reply)
    }

    fn health(&self) -> Health {
        let healths = self.engines.iter().map(|engine| engine.health());
        healths.min_by_key(rank).unwrap_or(Health::Idle)
    }

    fn model_id(&self) -> &str {
        &self.id
    }
}

/// Begins with the next engine that takes the question; fails as the last one did.
fn next(
    order: &mut VecDeque<Arc<dyn Engine>>,
    request: &GenerateRequest,
) -> Result<(Reply, String), EngineError> {
    loop {
        let Some(engine) = order.pop_front() else { return Err(EngineError::Restarting) };
        match engine.generate(request.clone()) {
            Ok(reply) => return Ok((reply, engine.model_id().to_owned())),
            Err(error) if order.is_empty() => return Err(error),
            Err(error) => tracing::info!(%error, "a question is handed on"),
        }
    }
}

/// Hands over what one engine writes, and the question to the next one while nothing came.
fn pass_on(
    mut reply: Reply,
    mut name: String,
    mut order: VecDeque<Arc<dyn Engine>>,
    request: &GenerateRequest,
    sender: &ReplySender,
) {
    let mut has_text = false;
    while !sender.is_cancelled() {
        let event = match reply.next_within(TICK) {
            None => continue,
            Some(Ok(event)) => event,
            Some(Err(error)) => {
                if !has_text && !order.is_empty() {
                    tracing::info!(%error, "a question is handed on");
                    match next(&mut order, request) {
                        Ok(following) => (reply, name) = following,
                        Err(error) => {
                            let _nobody_reads = sender.send(Err(error));
                            return;
                        }
                    }
                    continue;
                }
                let _nobody_reads = sender.send(Err(error));
                return;
            }
        };
        if matches!(event, Event::Text(_)) && !has_text {
            has_text = true;
            sender.name_writer(reply.writer().unwrap_or(&name));
        }
        let is_last = matches!(event, Event::Done(_));
        if !sender.send(Ok(event)) || is_last {
            return;
        }
    }
}

#[cfg(test)]
mod tests;
