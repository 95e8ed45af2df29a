//! The answers: one function a kind of misbehaviour.

use std::io;
use std::net::SocketAddr;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::request::Reader;
use crate::{Asked, Manner, Shared};

/// Bytes written at once.
const PIECE: usize = 16 << 10;
/// Bytes between two rests; small, so that little is under way when somebody stops.
const PACED_PIECE: usize = 2 << 10;
const FIRST: &str = "\"first\"";
const SECOND: &str = "\"second\"";
/// More than a server should send.
const EXTRA: usize = 1000;
/// As long as it takes: nobody waits so long.
const FOR_EVER: Duration = Duration::from_secs(3600);

/// Answers one request and lets the connection end.
pub(crate) fn give(reader: &mut Reader, shared: &Shared) -> io::Result<()> {
    let mut asked = reader.first_line()?;
    // What is left unread makes the system reset the connection when it is closed.
    if asked.manner != Some(Manner::Reset) {
        asked.headers = reader.headers()?;
    }
    let (manner, is_first) = {
        let mut all = shared.asked.lock().unwrap_or_else(PoisonError::into_inner);
        // Who only asks for the size has not begun.
        let same = |earlier: &Asked| earlier.manner == asked.manner && !earlier.is_about_size();
        let is_first = !asked.is_about_size() && !all.iter().any(same);
        all.push(asked.clone());
        (asked.manner, is_first)
    };
    let Some(manner) = manner else { return head(reader, "404 Not Found", &[]) };
    let local = reader.stream.local_addr()?;
    if let Some(target) = target(manner, local, shared) {
        return head(reader, "302 Found", &[("location", &target)]);
    }
    match manner {
        Manner::Gone => return head(reader, "404 Not Found", &[]),
        Manner::Forbidden => return head(reader, "403 Forbidden", &[]),
        Manner::Busy => return busy(reader, "1"),
        Manner::BusyOnce if is_first => return busy(reader, "1"),
        Manner::BusyForADay if is_first => return busy(reader, "86400"),
        Manner::Hang => {
            shared.wait(FOR_EVER);
            return Ok(());
        }
        _ => {}
    }
    if manner.cuts_first() && is_first {
        let etag = if manner == Manner::WeakEtag { "W/\"first\"" } else { FIRST };
        return part_of_all(reader, shared, etag, shared.file.len() / 2);
    }
    misbehave(reader, shared, manner, &asked)
}

fn misbehave(
    reader: &mut Reader,
    shared: &Shared,
    manner: Manner,
    asked: &Asked,
) -> io::Result<()> {
    let file = &shared.file;
    let half = file.len() / 2;
    match manner {
        Manner::NoRange => part_of_all(reader, shared, FIRST, file.len()),
        Manner::Short => part_of_all(reader, shared, FIRST, half),
        Manner::Reset => part_of_all(reader, shared, FIRST, half),
        Manner::WeakEtag => part_of_all(reader, shared, "W/\"first\"", file.len()),
        Manner::HangHalfway => {
            part_of_all(reader, shared, FIRST, half)?;
            shared.wait(FOR_EVER);
            Ok(())
        }
        Manner::WrongRange => match asked.from() {
            None => good(reader, shared, asked, FIRST, file),
            Some(_) => {
                let range = format!("bytes 0-{}/{}", file.len() - 1, file.len());
                partial(reader, shared, &range, FIRST, file)
            }
        },
        Manner::CutAgain => match asked.from() {
            None => good(reader, shared, asked, FIRST, file),
            Some(from) => {
                let rest = file.len() - from as usize;
                let range = range_from(from, file.len());
                let headers = [
                    ("content-range", range.as_str()),
                    ("content-length", &rest.to_string()),
                    ("etag", FIRST),
                ];
                head(reader, "206 Partial Content", &headers)
            }
        },
        Manner::LieLonger => announced(reader, shared, file.len() + EXTRA),
        Manner::LieShorter => announced(reader, shared, file.len() - EXTRA),
        Manner::Long => chunked(reader, shared),
        Manner::WrongHash => good(reader, shared, asked, FIRST, &changed(file)),
        Manner::EtagChange => good(reader, shared, asked, SECOND, file),
        Manner::EtagLie => match asked.from() {
            None => good(reader, shared, asked, SECOND, file),
            Some(from) => {
                let rest = &changed(file)[from as usize..];
                partial(reader, shared, &range_from(from, file.len()), SECOND, rest)
            }
        },
        Manner::Unsatisfiable if asked.from().is_some() => {
            head(reader, "416 Range Not Satisfiable", &[("content-range", "bytes */1")])
        }
        Manner::Gzip => {
            let length = file.len().to_string();
            let headers =
                [("content-encoding", "gzip"), ("content-length", &length), ("etag", FIRST)];
            head(reader, "200 OK", &headers)?;
            body(reader, shared, file, Duration::ZERO)
        }
        Manner::Slow => {
            let length = file.len().to_string();
            head(reader, "200 OK", &[("content-length", &length), ("etag", FIRST)])?;
            for bytes in file.chunks(1) {
                if shared.stops() {
                    break;
                }
                send(reader, shared, bytes)?;
                shared.wait(Duration::from_millis(50));
            }
            Ok(())
        }
        Manner::EvilName => {
            let length = file.len().to_string();
            let name = "attachment; filename=\"../../evil\"; filename*=UTF-8''..%2F..%2Fevil";
            let headers =
                [("content-disposition", name), ("content-length", &length), ("etag", FIRST)];
            head(reader, "200 OK", &headers)?;
            body(reader, shared, file, Duration::ZERO)
        }
        _ => good(reader, shared, asked, FIRST, file),
    }
}

/// Where a redirecting manner leads.
fn target(manner: Manner, local: SocketAddr, shared: &Shared) -> Option<String> {
    Some(match manner {
        Manner::Redirects(0) => return None,
        Manner::Redirects(left) => {
            format!("/{}/model.gguf", Manner::Redirects(left - 1).name())
        }
        Manner::RedirectLoop => format!("http://{local}/redirect-loop/model.gguf"),
        Manner::RedirectFile => "file:///etc/passwd".into(),
        Manner::RedirectHttp => "http://files.example.com/model.gguf".into(),
        Manner::RedirectElsewhere => format!("http://{}/ok/model.gguf", shared.elsewhere?),
        Manner::RedirectLocalhost => format!("http://localhost:{}/ok/model.gguf", local.port()),
        Manner::RedirectMetadata => "http://169.254.169.254/latest/meta-data/".into(),
        _ => return None,
    })
}

/// As a good server answers, about these bytes under this ETag.
fn good(
    reader: &mut Reader,
    shared: &Shared,
    asked: &Asked,
    etag: &str,
    file: &[u8],
) -> io::Result<()> {
    let is_same = asked.header("if-range").is_none_or(|known| known == etag);
    let rest = match asked.header("range").and_then(|range| range.strip_prefix("bytes=")) {
        Some(range) if is_same => range.split_once('-'),
        _ => None,
    };
    let Some((from, to)) = rest else {
        let headers = [("content-length", file.len().to_string()), ("etag", etag.into())];
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        head(reader, "200 OK", &headers)?;
        return body(reader, shared, file, rest_of(asked, shared));
    };
    let last = file.len() - 1;
    let (from, to) = (from.parse().unwrap_or(0), to.parse().unwrap_or(last).min(last));
    if from > to {
        let range = format!("bytes */{}", file.len());
        return head(reader, "416 Range Not Satisfiable", &[("content-range", &range)]);
    }
    let range = format!("bytes {from}-{to}/{}", file.len());
    let length = (to - from + 1).to_string();
    let headers = [("content-range", range.as_str()), ("content-length", &length), ("etag", etag)];
    head(reader, "206 Partial Content", &headers)?;
    body(reader, shared, &file[from..=to], rest_of(asked, shared))
}

fn rest_of(asked: &Asked, shared: &Shared) -> Duration {
    match asked.manner {
        Some(Manner::Paced) => Duration::from_micros(shared.rest_us.load(Ordering::Relaxed)),
        _ => Duration::ZERO,
    }
}

/// Announces everything and sends only the first bytes of it.
fn part_of_all(reader: &mut Reader, shared: &Shared, etag: &str, sent: usize) -> io::Result<()> {
    let length = shared.file.len().to_string();
    head(reader, "200 OK", &[("content-length", &length), ("etag", etag)])?;
    body(reader, shared, &shared.file[..sent], Duration::ZERO)
}

/// Announces a wrong length.
fn announced(reader: &mut Reader, shared: &Shared, length: usize) -> io::Result<()> {
    head(reader, "200 OK", &[("content-length", &length.to_string()), ("etag", FIRST)])?;
    let sent = length.min(shared.file.len());
    body(reader, shared, &shared.file[..sent], Duration::ZERO)
}

fn partial(
    reader: &mut Reader,
    shared: &Shared,
    range: &str,
    etag: &str,
    bytes: &[u8],
) -> io::Result<()> {
    let length = bytes.len().to_string();
    let headers = [("content-range", range), ("content-length", &length), ("etag", etag)];
    head(reader, "206 Partial Content", &headers)?;
    body(reader, shared, bytes, Duration::ZERO)
}

/// Announces nothing and sends too much.
fn chunked(reader: &mut Reader, shared: &Shared) -> io::Result<()> {
    head(reader, "200 OK", &[("transfer-encoding", "chunked"), ("etag", FIRST)])?;
    for bytes in shared.file.chunks(PIECE).chain([[b'x'; EXTRA].as_slice()]) {
        reader.write(format!("{:x}\r\n", bytes.len()).as_bytes())?;
        send(reader, shared, bytes)?;
        reader.write(b"\r\n")?;
    }
    reader.write(b"0\r\n\r\n")
}

fn busy(reader: &mut Reader, seconds: &str) -> io::Result<()> {
    head(reader, "503 Service Unavailable", &[("retry-after", seconds), ("content-length", "0")])
}

fn range_from(from: u64, length: usize) -> String {
    format!("bytes {from}-{}/{length}", length - 1)
}

/// The file with one bit flipped near its end.
fn changed(file: &[u8]) -> Vec<u8> {
    let mut changed = file.to_vec();
    if let Some(byte) = changed.iter_mut().rev().nth(10) {
        *byte ^= 1;
    }
    changed
}

fn head(reader: &mut Reader, status: &str, headers: &[(&str, &str)]) -> io::Result<()> {
    let mut text = format!("HTTP/1.1 {status}\r\nconnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    reader.write(text.as_bytes())
}

fn body(reader: &mut Reader, shared: &Shared, bytes: &[u8], rest: Duration) -> io::Result<()> {
    for piece in bytes.chunks(if rest.is_zero() { PIECE } else { PACED_PIECE }) {
        if shared.stops() {
            break;
        }
        send(reader, shared, piece)?;
        if !rest.is_zero() {
            std::thread::sleep(rest);
        }
    }
    Ok(())
}

fn send(reader: &mut Reader, shared: &Shared, bytes: &[u8]) -> io::Result<()> {
    reader.write(bytes)?;
    shared.sent.fetch_add(bytes.len() as u64, Ordering::Relaxed);
    Ok(())
}
