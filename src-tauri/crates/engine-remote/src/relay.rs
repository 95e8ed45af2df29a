//! Several engines in an order of preference: who cannot answer hands the question on.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use engine::{
    Engine, EngineError, Event, GenerateRequest, Health, Reply, ReplySender, reply_channel,
};

/// How long to wait for the next event before looking whether the reader has gone.
const TICK: Duration = Duration::from_millis(20);

/// Several engines, the preferred one first.
///
/// One is asked as long as it has a free slot, then the one after it. A question is handed on as
/// long as nothing of its answer was shown; what has begun is never begun again elsewhere. When the
/// last one fails too, so does the question, and the desk quotes.
pub struct Relay {
    members: Vec<Member>,
    id: String,
}

/// One engine, and how many texts it writes for this relay.
#[derive(Clone)]
struct Member {
    engine: Arc<dyn Engine>,
    under_way: Arc<AtomicUsize>,
}

/// How well an engine could begin now, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    HasRoom,
    IsFull,
    DoesNotWork,
}

impl Relay {
    /// A relay over these; `None` where there are none.
    pub fn over(engines: Vec<Arc<dyn Engine>>) -> Option<Self> {
        let ids: Vec<&str> = engines.iter().map(|engine| engine.model_id()).collect();
        let id = ids.join(",");
        let members =
            engines.into_iter().map(|engine| Member { engine, under_way: Arc::default() });
        let members: Vec<Member> = members.collect();
        (!members.is_empty()).then_some(Self { members, id })
    }

    /// In the order in which they are asked now: those that have failed or are full come last.
    fn order(&self) -> VecDeque<Member> {
        let mut order: Vec<&Member> = self.members.iter().collect();
        order.sort_by_cached_key(|member| member.shape());
        order.into_iter().cloned().collect()
    }
}

impl Member {
    fn shape(&self) -> Shape {
        let writes = match self.engine.health() {
            Health::Failed { .. } => return Shape::DoesNotWork,
            // One of them is the one that is not waited for.
            Health::Busy { waiting } => waiting + 1,
            Health::Ready | Health::Idle | Health::Warming => 0,
        };
        let writes = writes.max(self.under_way.load(Ordering::Acquire));
        if writes < self.engine.slots().max(1) { Shape::HasRoom } else { Shape::IsFull }
    }
}

impl Engine for Relay {
    fn generate(&self, request: GenerateRequest) -> Result<Reply, EngineError> {
        let mut order = self.order();
        let first = next(&mut order, &request)?;
        let (sender, reply) = reply_channel();
        let work = move || pass_on(first, order, &request, &sender);
        std::thread::Builder::new().name("relay".into()).spawn(work).map_err(|error| {
            EngineError::Remote { reason: format!("no thread can be started: {error}") }
        })?;
        Ok(reply)
    }

    /// That of the one which would be asked; one that works at once counts before one that has to
    /// be loaded first.
    fn health(&self) -> Health {
        let all = self.members.iter().map(|member| (member.shape(), member.engine.health()));
        let is_loaded = |health: &Health| !matches!(health, Health::Idle | Health::Warming);
        let best = all.min_by_key(|(shape, health)| (*shape, !is_loaded(health)));
        best.map_or(Health::Idle, |(_, health)| health)
    }

    fn model_id(&self) -> &str {
        &self.id
    }

    /// Those of all that work.
    fn slots(&self) -> usize {
        let works = |member: &&Member| member.shape() != Shape::DoesNotWork;
        self.members
            .iter()
            .filter(works)
            .map(|member| member.engine.slots().max(1))
            .sum::<usize>()
            .max(1)
    }
}

/// A text that an engine has begun; its slot is free again when this is dropped.
struct Begun {
    reply: Reply,
    name: String,
    under_way: Arc<AtomicUsize>,
}

impl Drop for Begun {
    fn drop(&mut self) {
        self.under_way.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Begins with the next engine that takes the question; fails as the last one did.
fn next(order: &mut VecDeque<Member>, request: &GenerateRequest) -> Result<Begun, EngineError> {
    loop {
        let Some(Member { engine, under_way }) = order.pop_front() else {
            return Err(EngineError::Restarting);
        };
        match engine.generate(request.clone()) {
            Ok(reply) => {
                under_way.fetch_add(1, Ordering::AcqRel);
                return Ok(Begun { reply, name: engine.model_id().to_owned(), under_way });
            }
            Err(error) if order.is_empty() => return Err(error),
            Err(error) => tracing::info!(%error, "a question is handed on"),
        }
    }
}

/// Hands over what one engine writes, and the question to the next one while nothing came.
fn pass_on(
    mut begun: Begun,
    mut order: VecDeque<Member>,
    request: &GenerateRequest,
    sender: &ReplySender,
) {
    let mut has_text = false;
    while !sender.is_cancelled() {
        let event = match begun.reply.next_within(TICK) {
            None => continue,
            Some(Ok(event)) => event,
            Some(Err(error)) => {
                let following = if has_text || order.is_empty() {
                    Err(error)
                } else {
                    tracing::info!(%error, "a question is handed on");
                    // Where nobody takes it, what the one said that had begun tells more.
                    next(&mut order, request).map_err(|_| error)
                };
                match following {
                    Ok(following) => begun = following,
                    Err(error) => {
                        let _nobody_reads = sender.send(Err(error));
                        return;
                    }
                }
                continue;
            }
        };
        if matches!(event, Event::Text(_)) && !has_text {
            has_text = true;
            sender.name_writer(begun.reply.writer().unwrap_or(&begun.name));
        }
        let is_last = matches!(event, Event::Done(_));
        if !sender.send(Ok(event)) || is_last {
            return;
        }
    }
}

#[cfg(test)]
mod tests;
