//! From the bytes of tokens to text that may be shown: whole characters only, and nothing of a
//! stop string.

/// The text of one answer while it grows.
#[derive(Debug, Default)]
pub(crate) struct TextStream {
    /// Bytes of a character that is not complete yet.
    bytes: Vec<u8>,
    /// Text that may be the beginning of a stop string.
    held: String,
    stops: Vec<String>,
}

/// What a token added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Added {
    /// Text to show, often empty.
    pub(crate) text: String,
    /// A stop string was completed; the answer ends before it.
    pub(crate) is_stopped: bool,
}

impl TextStream {
    /// A stream that ends before any of `stops`. Empty ones would stop everything and are ignored.
    pub(crate) fn new(stops: Vec<String>) -> TextStream {
        let stops = stops.into_iter().filter(|stop| !stop.is_empty()).collect();
        TextStream { stops, ..TextStream::default() }
    }

    /// Takes the bytes of one token.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Added {
        self.bytes.extend_from_slice(bytes);
        self.move_whole_characters();
        let found = self.stops.iter().filter_map(|stop| self.held.find(stop.as_str())).min();
        if let Some(start) = found {
            self.held.truncate(start);
            return Added { text: std::mem::take(&mut self.held), is_stopped: true };
        }
        let keep = self.bytes_to_hold();
        let rest = self.held.split_off(self.held.len() - keep);
        Added { text: std::mem::replace(&mut self.held, rest), is_stopped: false }
    }

    /// The text that was held back when no more tokens come. Half a character is dropped.
    pub(crate) fn finish(&mut self) -> String {
        self.bytes.clear();
        std::mem::take(&mut self.held)
    }

    /// Bytes that can never become a character are shown as U+FFFD.
    fn move_whole_characters(&mut self) {
        loop {
            let (valid, invalid) = match std::str::from_utf8(&self.bytes) {
                Ok(_) => (self.bytes.len(), None),
                Err(error) => (error.valid_up_to(), error.error_len()),
            };
            self.held.push_str(&String::from_utf8_lossy(&self.bytes[..valid]));
            self.bytes.drain(..valid);
            match invalid {
                Some(length) => {
                    self.held.push(char::REPLACEMENT_CHARACTER);
                    self.bytes.drain(..length);
                }
                None => return,
            }
        }
    }

    /// The longest end of the held text that a stop string begins with. Always a whole number
    /// of characters, because the held text is.
    fn bytes_to_hold(&self) -> usize {
        let held = self.held.as_bytes();
        let longest = |stop: &String| {
            let stop = stop.as_bytes();
            (1..stop.len().min(held.len() + 1))
                .rev()
                .find(|&length| held.ends_with(&stop[..length]))
                .unwrap_or(0)
        };
        self.stops.iter().map(longest).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
