//! One question to one server, from the list of its models to the last word.

mod answer;

use std::time::{Duration, SystemTime};

use engine::{Finish, GenerateRequest, ReplySender};
use reqwest::Response;
use reqwest::header::RETRY_AFTER;
use tokio::time::{Instant, sleep, timeout_at};

use crate::client::{Client, trouble};
use crate::offered::{self, Offered};
use crate::remote::Inner;
use crate::said::said;
use crate::veil::Veil;
use crate::{Product, RemoteError};

pub(crate) use answer::Meter;

/// Tries after the first one, and only as long as no byte of an answer has come.
const RETRIES: u32 = 1;
/// A longer wait is not worth it: the next server, or a quote, is quicker.
const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// Fields that are left out one after the other because a server refuses them.
const MOST_CHANGES: usize = 5;
/// Bytes of a refusal that are read.
const LONGEST_REFUSAL: usize = 64 << 10;
/// Bytes of the longest list of models.
const LONGEST_LIST: usize = 2 << 20;
/// How long the words of a refusal are waited for.
const REFUSAL_PATIENCE: Duration = Duration::from_secs(3);

/// Asks and hands over the text as it comes. Dropping this drops the connection.
pub(crate) async fn talk(
    server: &Inner,
    request: &GenerateRequest,
    sender: &ReplySender,
    meter: &mut Meter,
) -> Result<Finish, RemoteError> {
    let limits = server.config.limits;
    let total = request.deadline.map_or(limits.total, |deadline| deadline.min(limits.total));
    let end = Instant::now() + total;
    let answered = timeout_at(end, with_retries(server, request, sender, meter)).await;
    answered.unwrap_or_else(|_| {
        Err(RemoteError::Endless { host: server.host(), seconds: total.as_secs() })
    })
}

async fn with_retries(
    server: &Inner,
    request: &GenerateRequest,
    sender: &ReplySender,
    meter: &mut Meter,
) -> Result<Finish, RemoteError> {
    let mut tries = 0;
    loop {
        let error = match once(server, request, sender, meter).await {
            Ok(finish) => return Ok(finish),
            Err(error) => error,
        };
        let wait = match &error {
            RemoteError::Full { wait: Some(wait), .. } => *wait,
            _ => server.config.limits.retry_wait,
        };
        if meter.has_begun() || tries == RETRIES || !error.may_pass() || wait > LONGEST_WAIT {
            return Err(error);
        }
        tries += 1;
        sleep(wait).await;
    }
}

async fn once(
    server: &Inner,
    request: &GenerateRequest,
    sender: &ReplySender,
    meter: &mut Meter,
) -> Result<Finish, RemoteError> {
    let client = server.client()?;
    let key = server.key();
    let offered = offered(server, client).await?;
    let model = offered.choose(&server.config.model, &server.host())?;
    let (messages, veil) = match server.mask() {
        Some(mask) => Veil::over(mask, &request.messages),
        None => (request.messages.clone(), Veil::default()),
    };
    let patience = server.config.limits.first_byte;
    let began = Instant::now();
    for _ in 0..=MOST_CHANGES {
        let dialect = server.dialect(offered.product);
        let body = dialect.body(&model, request, &messages).to_string().into_bytes();
        meter.asks(body.len());
        let left = patience.saturating_sub(began.elapsed());
        let sent = client.post("/chat/completions", key.as_ref(), body, left).await;
        let response = sent.inspect_err(|error| meter.failed(error))?;
        let status = response.status().as_u16();
        if response.status().is_success() {
            sender.name_writer(&format!("{model}@{}", server.host()));
            let one_line = request.grammar.is_some() && !dialect.has_grammar();
            let reader = answer::Reader::new(server, veil, one_line, request.max_tokens);
            return reader.read(response, began, sender, meter).await;
        }
        meter.refused();
        let wait = retry_after(&response);
        let words = said(&start_of(response).await, key.as_ref().map(|key| key.text()));
        if matches!(status, 400 | 422 | 500)
            && let Some(changed) = dialect.after(&words)
        {
            tracing::info!(host = server.host(), "a server refuses a field; it is left out");
            server.set_dialect(changed);
            continue;
        }
        return Err(refusal(server, &offered, &model, status, words, wait));
    }
    Err(RemoteError::Refused { host: server.host(), status: 400, said: String::new() })
}

/// The models of a server: asked once, and again after each failure.
pub(crate) async fn offered(server: &Inner, client: &Client) -> Result<Offered, RemoteError> {
    if let Some(known) = server.known_models() {
        return Ok(known);
    }
    let host = server.host();
    let key = server.key();
    let limits = server.config.limits;
    let answer = client.get("/models", key.as_ref(), limits.first_byte.min(LIST_PATIENCE)).await;
    let response = match answer {
        Ok(response) => response,
        // Whoever does not know the list may still know the model.
        Err(RemoteError::Redirected { .. }) if !server.config.model.is_empty() => {
            return Ok(Offered { product: Product::of("", &host), ..Offered::default() });
        }
        Err(error) => return Err(error),
    };
    let status = response.status().as_u16();
    if !response.status().is_success() {
        let wait = retry_after(&response);
        let words = said(&start_of(response).await, key.as_ref().map(|key| key.text()));
        // Some have no list, and some want another kind of key for it: whether this one is good for
        // questions, a question tells.
        if matches!(status, 401 | 403 | 404 | 405 | 501) && !server.config.model.is_empty() {
            let offered = Offered { product: Product::of("", &host), ..Offered::default() };
            server.know_models(offered.clone());
            return Ok(offered);
        }
        return Err(refusal(server, &Offered::default(), "", status, words, wait));
    }
    let body = whole(response, LONGEST_LIST, limits.idle, &host).await?;
    let offered = offered::read(&body, &host);
    let unreadable = || RemoteError::Garbage { host, reason: what_it_is(&body) };
    let mut offered = offered.ok_or_else(unreadable)?;
    // A model's name is shown to people, and the server knows the key.
    offered.models.retain(|name| key.as_ref().is_none_or(|key| !name.contains(key.text())));
    server.know_models(offered.clone());
    Ok(offered)
}

/// How long a list of models is waited for.
const LIST_PATIENCE: Duration = Duration::from_secs(10);

/// What a status that brings no answer means.
fn refusal(
    server: &Inner,
    offered: &Offered,
    model: &str,
    status: u16,
    said: String,
    wait: Option<Duration>,
) -> RemoteError {
    let host = server.host();
    match status {
        401 | 403 => RemoteError::Key { host, status },
        404 if !model.is_empty() && said.to_lowercase().contains("model") => {
            server.forget_models();
            offered.no_model(model, &host)
        }
        404 | 405 => RemoteError::Nothing { host, said },
        408 | 425 | 429 | 503 | 529 => RemoteError::Full { host, status, wait },
        500.. => RemoteError::Failed { host, status, said },
        _ => RemoteError::Refused { host, status, said },
    }
}

/// Reads `Retry-After`: seconds, or a date.
fn retry_after(response: &Response) -> Option<Duration> {
    let text = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => text.parse().ok().map(Duration::from_secs),
        false => httpdate::parse_http_date(text).ok()?.duration_since(SystemTime::now()).ok(),
    }
}

/// The beginning of a body, as far as it comes soon; nobody waits for the words of a refusal.
async fn start_of(mut response: Response) -> Vec<u8> {
    let mut body = Vec::new();
    let end = Instant::now() + REFUSAL_PATIENCE;
    while body.len() < LONGEST_REFUSAL {
        match timeout_at(end, response.chunk()).await {
            Ok(Ok(Some(piece))) => body.extend_from_slice(&piece),
            Ok(Ok(None) | Err(_)) | Err(_) => break,
        }
    }
    body
}

/// A whole body, as long as it is no longer than that and keeps coming.
pub(crate) async fn whole(
    mut response: Response,
    most_bytes: usize,
    patience: Duration,
    host: &str,
) -> Result<Vec<u8>, RemoteError> {
    let mut body = Vec::new();
    loop {
        match tokio::time::timeout(patience, response.chunk()).await {
            Err(_) => {
                let seconds = patience.as_secs();
                return Err(RemoteError::Silent { host: host.into(), seconds });
            }
            Ok(Err(error)) => return Err(trouble(&error, host.into())),
            Ok(Ok(None)) => return Ok(body),
            Ok(Ok(Some(piece))) => body.extend_from_slice(&piece),
        }
        if body.len() > most_bytes {
            let reason = "more than any answer has".into();
            return Err(RemoteError::Garbage { host: host.into(), reason });
        }
    }
}

/// A name for bytes that were not asked for.
pub(crate) fn what_it_is(body: &[u8]) -> String {
    let start = String::from_utf8_lossy(&body[..body.len().min(512)]).to_lowercase();
    let start = start.trim_start();
    if start.starts_with("<!doctype") || start.starts_with("<html") || start.starts_with("<head") {
        "a web page".into()
    } else if body.is_empty() {
        "nothing".into()
    } else if std::str::from_utf8(body).is_err() {
        "bytes that are no text".into()
    } else {
        "text in another form".into()
    }
}
