//! Begins a question, if every limit allows it, and settles what it has cost when it is over.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::SyncSender;
use std::time::{Duration, Instant};

use engine::{Event, Finish, GenerateRequest, Reply, ReplySender, StopReason, reply_channel};

use super::{Inner, lock, runtime};
use crate::RemoteError;
use crate::allowance::{Spending, estimate_tokens};
use crate::talk::{Meter, talk};

/// How often a question looks whether anybody still wants the answer.
const LOOK: Duration = Duration::from_millis(25);
/// Bytes of a request beside its messages, roughly.
const WRAPPING: usize = 400;

/// How a question ended, for whoever wants more than the text.
pub(crate) type Ended = SyncSender<Result<Finish, RemoteError>>;

/// Begins a question and returns at once. With `ended`, a server that rests is asked all the same.
pub(crate) fn begin(
    server: &Arc<Inner>,
    request: GenerateRequest,
    ended: Option<Ended>,
) -> Result<Reply, RemoteError> {
    let host = server.host();
    if ended.is_none()
        && let Some((left, why)) = lock(&server.breaker).rests(Instant::now())
    {
        let (seconds, reason) = (left.as_secs().max(1), why.to_owned());
        return Err(RemoteError::Resting { host, seconds, reason });
    }
    let runtime = runtime(&host)?;
    let permit = Permit::take(server, &request)?;
    lock(&server.breaker).begin();
    let (sender, reply) = reply_channel();
    runtime.spawn(work(permit, request, sender, ended));
    Ok(reply)
}

async fn work(permit: Permit, request: GenerateRequest, sender: ReplySender, ended: Option<Ended>) {
    let server = permit.server.clone();
    let mut meter = Meter::default();
    let result = tokio::select! {
        result = talk(&server, &request, &sender, &mut meter) => result,
        () = gone(&sender) => Ok(Finish { reason: StopReason::Cancelled, ..Finish::default() }),
    };
    learn(&server, &result, &meter);
    if let Some(ended) = ended {
        let _nobody_waits = ended.try_send(result.clone()).is_err();
    }
    let last = result.map(Event::Done).map_err(Into::into);
    let _nobody_reads = sender.send(last);
    // Writing down what it cost may wait for the disk; other answers go on meanwhile.
    let settled = tokio::task::spawn_blocking(move || permit.settle(&meter)).await;
    if settled.is_err() {
        tracing::error!("settling a question ended with a panic");
    }
}

/// Ends when nobody wants the answer any more.
async fn gone(sender: &ReplySender) {
    while !sender.is_cancelled() {
        tokio::time::sleep(LOOK).await;
    }
}

/// Takes in how the server did.
fn learn(server: &Inner, result: &Result<Finish, RemoteError>, meter: &Meter) {
    let mut breaker = lock(&server.breaker);
    let now = Instant::now();
    match result {
        Ok(finish) if finish.reason == StopReason::Cancelled && !meter.has_begun() => {
            breaker.nothing_learned();
        }
        Ok(_) => breaker.succeeded(),
        Err(error @ RemoteError::Full { wait: Some(wait), .. }) => {
            breaker.asked_for_rest(*wait, error.to_string(), now);
        }
        Err(error) if error.counts() || matches!(error, RemoteError::Full { .. }) => {
            breaker.failed(error.to_string(), now);
            drop(breaker);
            // It may come back as another: with other models, or as another program.
            server.forget_models();
        }
        Err(_) => breaker.nothing_learned(),
    }
    if let Err(error) = result {
        tracing::info!(%error, "a server did not answer");
    }
}

/// The right to ask one question. Given back when it is settled or dropped.
struct Permit {
    server: Arc<Inner>,
    reserved_nano: u64,
}

impl Permit {
    fn take(server: &Arc<Inner>, request: &GenerateRequest) -> Result<Self, RemoteError> {
        let allowance = server.config.allowance;
        let most = allowance.at_once.max(1);
        let texts = request.messages.iter().map(|message| message.text.len());
        let read = estimate_tokens(texts.sum::<usize>() + WRAPPING);
        let reserved_nano = allowance.prices.nano(read, u64::from(request.max_tokens));
        // One at a time, so that no two take the last that a month allows.
        let mut minute = lock(&server.minute);
        server.affords(reserved_nano)?;
        let entered = server.under_way.fetch_update(Ordering::AcqRel, Ordering::Acquire, |count| {
            (count < most).then_some(count + 1)
        });
        if entered.is_err() {
            return Err(RemoteError::TooMany { host: server.host(), most });
        }
        server.reserved_nano.fetch_add(reserved_nano, Ordering::AcqRel);
        let permit = Self { server: server.clone(), reserved_nano };
        if !minute.take(allowance.per_minute, Instant::now()) {
            return Err(RemoteError::TooOften { host: server.host(), most: allowance.per_minute });
        }
        Ok(permit)
    }

    /// Writes down what it cost.
    fn settle(self, meter: &Meter) {
        let (read_tokens, written_tokens) = meter.tokens();
        if read_tokens == 0 {
            return;
        }
        let nano = self.server.config.allowance.prices.nano(read_tokens, written_tokens);
        let spending = Spending { asked: 1, read_tokens, written_tokens, nano };
        if let Err(error) = self.server.ledger.add(&self.server.config.id, spending) {
            tracing::warn!(%error, "what a server cost could not be written down");
            // It stays counted as long as the program runs.
            self.server.reserved_nano.fetch_add(nano, Ordering::AcqRel);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.server.reserved_nano.fetch_sub(self.reserved_nano, Ordering::AcqRel);
        self.server.under_way.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Inner {
    pub(crate) fn count_under_way(&self) -> u32 {
        self.under_way.load(Ordering::Acquire)
    }

    /// Whether the month has room for a question that may cost so much; with 0, for any at all.
    pub(crate) fn affords(&self, more_nano: u64) -> Result<(), RemoteError> {
        let allowance = self.config.allowance;
        if allowance.month_limit_milli == 0 {
            return Ok(());
        }
        let host = self.host();
        let spent = self.ledger.spent(&self.config.id);
        let spent = spent.map_err(|reason| RemoteError::NoLedger { host: host.clone(), reason })?;
        let reserved = self.reserved_nano.load(Ordering::Acquire);
        let more = more_nano.max(1).saturating_add(reserved);
        if allowance.affords(spent.nano, more) {
            return Ok(());
        }
        Err(RemoteError::Spent { host, limit: allowance.limit_in_words() })
    }
}
