//! Plain HTTP over one connection that is kept, as little work as can be: visitors must not take
//! the processor from the desk they visit.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A connection to one address, made when it is needed.
pub(super) struct Wire {
    address: String,
    key: String,
    patience: Duration,
    reader: Option<BufReader<TcpStream>>,
}

impl Wire {
    /// Nobody waits longer than `patience` for the next piece of a reply.
    pub(super) fn to(address: &str, key: &str, patience: Duration) -> Self {
        Self { address: address.into(), key: key.into(), patience, reader: None }
    }

    /// Sends a document and tells each line of the reply as it comes. Answers the status.
    pub(super) fn post(
        &mut self,
        path: &str,
        body: &str,
        on_line: &mut dyn FnMut(&str),
    ) -> io::Result<u16> {
        let mut reader = match self.reader.take() {
            Some(reader) => reader,
            None => connect(&self.address, self.patience)?,
        };
        let request = format!(
            "POST /{path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            self.key,
            body.len(),
        );
        reader.get_mut().write_all(request.as_bytes())?;
        let status = read_reply(&mut reader, on_line)?;
        // Only a reply that was read to its end leaves a connection that can be used again.
        self.reader = Some(reader);
        Ok(status)
    }
}

fn connect(address: &str, patience: Duration) -> io::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(patience))?;
    Ok(BufReader::new(stream))
}

fn read_reply(reader: &mut impl BufRead, on_line: &mut dyn FnMut(&str)) -> io::Result<u16> {
    let status = line(reader)?;
    let status = status.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(broken)?;
    let (mut length, mut is_chunked) = (0, false);
    loop {
        let header = line(reader)?.to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().map_err(|_| broken())?;
        }
        is_chunked |= header == "transfer-encoding: chunked";
    }
    let mut lines = Lines { pending: Vec::new(), on_line };
    if is_chunked {
        loop {
            let size = usize::from_str_radix(&line(reader)?, 16).map_err(|_| broken())?;
            lines.add(reader, size)?;
            line(reader)?;
            if size == 0 {
                break;
            }
        }
    } else {
        lines.add(reader, length)?;
    }
    lines.end();
    Ok(status)
}

/// One line of the head, without its end.
fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

fn broken() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

/// What has come of a line so far.
struct Lines<'a> {
    pending: Vec<u8>,
    on_line: &'a mut dyn FnMut(&str),
}

impl Lines<'_> {
    fn add(&mut self, reader: &mut impl Read, bytes: usize) -> io::Result<()> {
        let known = self.pending.len();
        self.pending.resize(known + bytes, 0);
        reader.read_exact(&mut self.pending[known..])?;
        while let Some(end) = self.pending.iter().position(|byte| *byte == b'\n') {
            (self.on_line)(&String::from_utf8_lossy(&self.pending[..end]));
            self.pending.drain(..=end);
        }
        Ok(())
    }

    fn end(self) {
        if !self.pending.is_empty() {
            (self.on_line)(&String::from_utf8_lossy(&self.pending));
        }
    }
}

#[cfg(test)]
mod tests;
