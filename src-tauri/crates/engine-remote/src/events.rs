//! Reads a stream of server-sent events, with a hard limit on everything. Pure: bytes in, the data
//! of whole events out.

/// Bytes of the longest line and of the longest event: a piece of text has a few hundred.
const LONGEST_EVENT: usize = 256 << 10;
/// Bytes of a whole stream: an answer has a hundred thousand.
const LONGEST_STREAM: usize = 8 << 20;

/// Why a stream is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// Bytes that are no UTF-8.
    NoText,
    /// A line or an event without an end.
    LongEvent,
    /// More than any answer has.
    LongStream,
}

impl Unfit {
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::NoText => "bytes that are no text",
            Self::LongEvent => "a line without an end",
            Self::LongStream => "more than any answer has",
        }
    }
}

/// What was read and is not whole.
#[derive(Debug, Default)]
pub(crate) struct Events {
    line: Vec<u8>,
    data: Option<String>,
    read_bytes: usize,
    /// The last byte was a carriage return: a line feed after it ends nothing more.
    after_return: bool,
    begun: bool,
}

impl Events {
    /// Takes in some bytes and hands over the data of every event that they complete.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<Vec<String>, Unfit> {
        self.read_bytes += bytes.len();
        if self.read_bytes > LONGEST_STREAM {
            return Err(Unfit::LongStream);
        }
        let mut whole = Vec::new();
        for byte in bytes {
            let is_second_half = *byte == b'\n' && self.after_return;
            self.after_return = *byte == b'\r';
            match byte {
                b'\n' if is_second_half => {}
                b'\n' | b'\r' => whole.extend(self.end_line()?),
                other => {
                    self.line.push(*other);
                    if self.line.len() > LONGEST_EVENT {
                        return Err(Unfit::LongEvent);
                    }
                }
            }
        }
        Ok(whole)
    }

    /// The data of an event whose end never came: some servers leave out the last empty line.
    pub(crate) fn rest(mut self) -> Result<Option<String>, Unfit> {
        if !self.line.is_empty() {
            let _incomplete = self.end_line()?;
        }
        Ok(self.data)
    }

    fn end_line(&mut self) -> Result<Option<String>, Unfit> {
        let line = std::mem::take(&mut self.line);
        let line = std::str::from_utf8(&line).map_err(|_| Unfit::NoText)?;
        // A mark of the encoding may stand at the very beginning.
        let line = if self.begun { line } else { line.trim_start_matches('\u{feff}') };
        self.begun = true;
        if line.is_empty() {
            return Ok(self.data.take());
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        if field == "data" {
            let value = value.strip_prefix(' ').unwrap_or(value);
            let data = match self.data.take() {
                None => value.to_owned(),
                Some(before) => format!("{before}\n{value}"),
            };
            if data.len() > LONGEST_EVENT {
                return Err(Unfit::LongEvent);
            }
            self.data = Some(data);
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests;
