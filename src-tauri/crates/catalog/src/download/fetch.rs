//! One try: asks for what is missing and writes what comes, as long as the answer fits the rules.

use std::time::{Duration, Instant, SystemTime};

use reqwest::Response;
use reqwest::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, ETAG, HeaderMap, HeaderName, RETRY_AFTER,
};
use tokio::time::timeout;

use super::client::{Ask, Client, Trouble, trouble};
use super::part::Part;
use super::{DownloadError, Limits, Shared, State, room};

/// Between two looks at the room on the disk.
const LOOK_EVERY_BYTES: u64 = 16 << 20;

/// Whether parts of the file can be had from this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ranges {
    /// As far as is known.
    Work,
    /// It answered with a wrong part.
    Fail,
}

/// Fetches until the part is whole or something goes wrong. Can be given up at any point where it
/// waits; what was written by then counts.
pub(super) async fn once(
    client: &Client,
    part: &mut Part,
    limits: Limits,
    ranges: &mut Ranges,
    shared: &Shared,
) -> Result<(), Trouble> {
    let from = part.have();
    let etag = part.etag().filter(|_| *ranges == Ranges::Work).map(str::to_string);
    let ask = match &etag {
        Some(etag) if from > 0 => Ask::From(from, etag),
        _ => Ask::All,
    };
    let response = client.ask(ask).await?;
    let host = response.url().host_str().unwrap_or_default().to_string();
    let continues = matches!(ask, Ask::From(..));
    match response.status().as_u16() {
        200 => {
            check_encoding(&response, &host)?;
            check_length(&response, part.wanted().size_bytes, &host)?;
            part.restart(strong_etag(&response)).map_err(Trouble::Final)?;
            shared.set_have(0, 0);
        }
        206 if continues => {
            check_encoding(&response, &host)?;
            let other_etag = header(response.headers(), ETAG).is_some_and(|it| Some(it) != etag);
            if other_etag || !is_the_rest(&response, from, part.wanted().size_bytes) {
                *ranges = Ranges::Fail;
                let reason = "the server sent another part than it was asked for".into();
                let error = DownloadError::Interrupted { host, reason };
                return Err(Trouble::Again(error, Some(Duration::ZERO)));
            }
        }
        416 if continues => {
            *ranges = Ranges::Fail;
            let error = DownloadError::Refused { host, status: 416 };
            return Err(Trouble::Again(error, Some(Duration::ZERO)));
        }
        status => return Err(refused(&response, host, status)),
    }
    receive(response, part, limits, shared, &host).await
}

/// Writes the body, never more than was agreed to.
async fn receive(
    mut response: Response,
    part: &mut Part,
    limits: Limits,
    shared: &Shared,
    host: &str,
) -> Result<(), Trouble> {
    let size = part.wanted().size_bytes;
    let mut window = Window::new(limits);
    let mut noted = Instant::now();
    let mut looked_at = part.have();
    shared.set_state(State::Running);
    loop {
        let piece = match timeout(window.left(), response.chunk()).await {
            Ok(Ok(Some(piece))) => piece,
            Ok(Ok(None)) => break,
            Ok(Err(error)) => return Err(trouble(&error, host.into())),
            Err(_) => {
                let seconds = limits.stall.as_secs();
                let error = DownloadError::Stalled { host: host.into(), seconds };
                return Err(Trouble::Again(error, None));
            }
        };
        if part.have() + piece.len() as u64 > size {
            let reason = format!("more than {size} bytes");
            return Err(Trouble::Final(DownloadError::WrongBytes { host: host.into(), reason }));
        }
        part.write(&piece).map_err(Trouble::Final)?;
        shared.set_have(part.have(), piece.len() as u64);
        window.add(piece.len() as u64);
        if part.have() - looked_at >= LOOK_EVERY_BYTES {
            looked_at = part.have();
            room::check_while_writing(part.folder(), size, part.have()).map_err(Trouble::Final)?;
        }
        if noted.elapsed() >= limits.note_every {
            part.save_note().map_err(Trouble::Final)?;
            noted = Instant::now();
        }
    }
    if part.have() < size {
        let reason = format!("it ended after {} of {size} bytes", part.have());
        return Err(Trouble::Again(DownloadError::Interrupted { host: host.into(), reason }, None));
    }
    Ok(())
}

/// The time in which a least number of bytes has to come.
struct Window {
    limits: Limits,
    began: Instant,
    bytes: u64,
}

impl Window {
    fn new(limits: Limits) -> Self {
        Self { limits, began: Instant::now(), bytes: 0 }
    }

    fn left(&self) -> Duration {
        self.limits.stall.saturating_sub(self.began.elapsed())
    }

    fn add(&mut self, bytes: u64) {
        self.bytes += bytes;
        let enough = self.limits.least_bytes_per_second as f64 * self.limits.stall.as_secs_f64();
        if self.bytes as f64 >= enough {
            *self = Self::new(self.limits);
        }
    }
}

/// Packed bytes are other bytes.
pub(super) fn check_encoding(response: &Response, host: &str) -> Result<(), Trouble> {
    match header(response.headers(), CONTENT_ENCODING) {
        Some(encoding) if !encoding.eq_ignore_ascii_case("identity") => {
            Err(Trouble::Final(DownloadError::Encoded { host: host.into(), encoding }))
        }
        _ => Ok(()),
    }
}

fn check_length(response: &Response, expected_bytes: u64, host: &str) -> Result<(), Trouble> {
    match length(response.headers()) {
        Some(announced_bytes) if announced_bytes != expected_bytes => {
            Err(Trouble::Final(DownloadError::OtherSize {
                host: host.into(),
                expected_bytes,
                announced_bytes,
            }))
        }
        _ => Ok(()),
    }
}

/// Whether the answer is exactly what is missing.
fn is_the_rest(response: &Response, from: u64, size: u64) -> bool {
    let range = header(response.headers(), CONTENT_RANGE);
    range.as_deref().and_then(read_range) == Some((from, size - 1, size))
}

/// Reads `bytes FIRST-LAST/SIZE`.
pub(super) fn read_range(text: &str) -> Option<(u64, u64, u64)> {
    let (part, size) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = part.split_once('-')?;
    Some((number(first)?, number(last)?, number(size)?))
}

/// Digits only: Rust would also read a sign.
fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// What a status that brings no file means.
pub(super) fn refused(response: &Response, host: String, status: u16) -> Trouble {
    let error = DownloadError::Refused { host, status };
    match status {
        408 | 425 | 429 | 500 | 502 | 503 | 504 => {
            let wait = header(response.headers(), RETRY_AFTER);
            Trouble::Again(error, wait.and_then(|wait| read_wait(&wait, SystemTime::now())))
        }
        _ => Trouble::Final(error),
    }
}

/// Reads `Retry-After`: seconds, or a date.
pub(super) fn read_wait(text: &str, now: SystemTime) -> Option<Duration> {
    match number(text.trim()) {
        Some(seconds) => Some(Duration::from_secs(seconds)),
        None => httpdate::parse_http_date(text).ok()?.duration_since(now).ok(),
    }
}

pub(super) fn length(headers: &HeaderMap) -> Option<u64> {
    number(&header(headers, CONTENT_LENGTH)?)
}

/// The ETag, if it stands for exactly these bytes.
fn strong_etag(response: &Response) -> Option<String> {
    header(response.headers(), ETAG).filter(|etag| etag.starts_with('"') && etag.len() > 2)
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_string)
}

#[cfg(test)]
mod tests;
