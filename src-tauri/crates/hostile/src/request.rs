//! What was asked.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use crate::Manner;

/// A head longer than this is no request of ours.
const LONGEST_HEAD: usize = 8 << 10;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The manner its address names; `None` for any other address.
    pub manner: Option<Manner>,
    /// Its method.
    pub method: String,
    /// Names in lower case and values, in order.
    pub headers: Vec<(String, String)>,
}

impl Asked {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether only the first byte is wanted, to learn the size.
    pub fn is_about_size(&self) -> bool {
        self.header("range") == Some("bytes=0-0")
    }

    /// Where the part that is wanted begins, if only a part is.
    pub fn from(&self) -> Option<u64> {
        self.header("range")?.strip_prefix("bytes=")?.split('-').next()?.parse().ok()
    }
}

/// A connection, read byte by byte: what was not read yet decides how it ends.
pub(crate) struct Reader {
    pub(crate) stream: TcpStream,
}

impl Reader {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self { stream }
    }

    /// The first line, as method and manner. The rest of the head stays unread.
    pub(crate) fn first_line(&mut self) -> io::Result<Asked> {
        let line = self.line()?;
        let mut words = line.split(' ');
        let method = words.next().unwrap_or_default().to_string();
        let path = words.next().unwrap_or_default();
        let name = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        Ok(Asked { manner: Manner::called(name), method, headers: Vec::new() })
    }

    /// The rest of the head.
    pub(crate) fn headers(&mut self) -> io::Result<Vec<(String, String)>> {
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            match line.split_once(':') {
                None => return Ok(headers),
                Some((name, value)) => {
                    headers.push((name.to_ascii_lowercase(), value.trim().to_string()));
                }
            }
        }
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        let mut byte = [0];
        while line.len() < LONGEST_HEAD {
            self.stream.read_exact(&mut byte)?;
            match byte[0] {
                b'\n' => break,
                b'\r' => {}
                other => line.push(other),
            }
        }
        Ok(String::from_utf8_lossy(&line).into_owned())
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)
    }
}
