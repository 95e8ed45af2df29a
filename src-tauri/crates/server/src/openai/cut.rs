//! Where a text ends before its author meant it to: before a stop, or at a number of tokens. Pure.

use super::reply::FinishReason;

/// Lets a text through until it has to end.
#[derive(Debug, Default)]
pub(super) struct Cut {
    stops: Vec<String>,
    /// Quarters of tokens that are left.
    left: Option<u64>,
    /// What may be the beginning of a stop.
    held: String,
    end: Option<FinishReason>,
}

impl Cut {
    pub(super) fn new(stops: Vec<String>, most_tokens: Option<u32>) -> Self {
        let left = most_tokens.map(|tokens| u64::from(tokens) * 4);
        Self { stops, left, ..Self::default() }
    }

    /// Why the text ended, if it had to.
    pub(super) fn end(&self) -> Option<FinishReason> {
        self.end
    }

    /// Takes more of the text and returns what can be shown of it.
    pub(super) fn add(&mut self, text: &str) -> String {
        if self.end.is_some() {
            return String::new();
        }
        self.held.push_str(text);
        let stop = self.stops.iter().filter_map(|stop| self.held.find(stop)).min();
        let shown = match stop {
            Some(at) => {
                self.end = Some(FinishReason::Stop);
                let shown = self.held[..at].to_owned();
                self.held.clear();
                shown
            }
            None => {
                let kept = self.stops.iter().map(|stop| beginning(&self.held, stop)).max();
                let at = self.held.len() - kept.unwrap_or(0);
                self.held.drain(..at).collect()
            }
        };
        self.within(shown)
    }

    /// What was held back, once no more text comes.
    pub(super) fn finish(&mut self) -> String {
        let rest = std::mem::take(&mut self.held);
        if self.end.is_some() { String::new() } else { self.within(rest) }
    }

    fn within(&mut self, mut text: String) -> String {
        let Some(left) = &mut self.left else { return text };
        for (at, letter) in text.char_indices() {
            let weight = weight(letter);
            if weight > *left {
                self.end = Some(FinishReason::Length);
                text.truncate(at);
                break;
            }
            *left -= weight;
        }
        text
    }
}

/// Quarters of a token that a letter takes, about as the usual tokenizers have it.
fn weight(letter: char) -> u64 {
    match letter {
        '\0'..='\u{7f}' => 1,
        '\u{80}'..='\u{2e7f}' => 2,
        _ => 4,
    }
}

/// Bytes at the end of `text` with which `stop` begins.
fn beginning(text: &str, stop: &str) -> usize {
    let starts = stop.char_indices().map(|(at, _)| at).skip(1);
    starts.filter(|at| text.ends_with(&stop[..*at])).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        pieces: &[&str],
        stops: &[&str],
        tokens: Option<u32>,
        shown: &[&str],
        end: Option<FinishReason>,
    ) {
        let stops = stops.iter().map(|stop| (*stop).to_owned()).collect();
        let mut cut = Cut::new(stops, tokens);
        let mut found: Vec<String> = pieces.iter().map(|piece| cut.add(piece)).collect();
        found.push(cut.finish());
        assert_eq!(found, shown, "{pieces:?}");
        assert_eq!(cut.end(), end, "{pieces:?}");
    }

    #[test]
    fn a_text_ends_before_a_stop() {
        let stop = Some(FinishReason::Stop);
        check(&["one ", "two"], &[], None, &["one ", "two", ""], None);
        check(&["one ", "two"], &["two"], None, &["one ", "", ""], stop);
        check(&["one t", "wo three"], &["two"], None, &["one ", "", ""], stop);
        check(&["one t", "ea"], &["two"], None, &["one ", "tea", ""], None);
        check(&["one t"], &["two"], None, &["one ", "t"], None);
        check(&["ab", "abac"], &["abac"], None, &["", "ab", ""], stop);
        check(&["wei", "ß weiß"], &["ß w", "x"], None, &["wei", "", ""], stop);
        check(&["a b c"], &["c", "b"], None, &["a ", ""], stop);
    }

    #[test]
    fn a_text_ends_at_its_tokens() {
        let length = Some(FinishReason::Length);
        check(&["12345678", "9"], &[], Some(2), &["12345678", "", ""], length);
        check(&["12345678"], &[], Some(2), &["12345678", ""], None);
        check(&["你好吗"], &[], Some(2), &["你好", ""], length);
        check(&["12345678"], &["5"], Some(9), &["1234", ""], Some(FinishReason::Stop));
    }
}
