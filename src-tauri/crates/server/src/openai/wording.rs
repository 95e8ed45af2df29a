//! What an answer of the desk looks like as one text: the answer, what can be asked instead, how a
//! person is reached, and the numbered sources. Pure.

use commands::wire::{Citation, Route, Turn, TurnEvent};

/// What has been said of an answer while the desk still works on it.
///
/// What went out cannot be taken back, so a text only ever goes on; where the desk thinks again
/// before it has said anything, the new text is what is said.
#[derive(Debug, Default)]
pub(super) struct Told {
    sent: String,
    now: String,
}

impl Told {
    /// Hears what happens and returns what to say.
    pub(super) fn hear(&mut self, event: TurnEvent) -> String {
        match event {
            TurnEvent::Routed { .. } => self.now.clear(),
            TurnEvent::Token { text } => self.now.push_str(&text),
            TurnEvent::Replaced { text } => self.now = text,
            _ => {}
        }
        let more = self.now.strip_prefix(self.sent.as_str()).unwrap_or_default().to_owned();
        self.sent.push_str(&more);
        more
    }

    /// What is left to say of the finished answer.
    pub(super) fn rest(&self, answer: &str) -> String {
        match answer.strip_prefix(self.sent.as_str()) {
            Some(rest) => rest.to_owned(),
            None => format!("\n\n{answer}"),
        }
    }
}

/// What stands below an answer.
pub(super) fn below(turn: &Turn) -> String {
    let mut parts = Vec::new();
    if turn.route == Route::DidYouMean && !turn.suggestions.is_empty() {
        let lines = turn.suggestions.iter().map(|question| format!("- {}", in_one_line(question)));
        parts.push(lines.collect::<Vec<_>>().join("\n"));
    }
    if let Some(person) = &turn.hand_over {
        parts.push(person.clone());
    }
    if !turn.citations.is_empty() {
        parts.push(turn.citations.iter().map(source).collect::<Vec<_>>().join("\n"));
    }
    parts.iter().map(|part| format!("\n\n{part}")).collect()
}

/// `[1] Returns policy, Boots, page 3`
fn source(citation: &Citation) -> String {
    let title = in_one_line(&citation.title);
    let locator = in_one_line(&citation.locator);
    let n = citation.n;
    if locator.is_empty() || locator == title {
        format!("[{n}] {title}")
    } else {
        format!("[{n}] {title}, {locator}")
    }
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str) -> TurnEvent {
        TurnEvent::Token { text: text.into() }
    }

    fn check(events: Vec<TurnEvent>, said: &[&str], answer: &str, rest: &str) {
        let mut told = Told::default();
        let found: Vec<String> = events.into_iter().map(|event| told.hear(event)).collect();
        assert_eq!(found, said);
        assert_eq!(told.rest(answer), rest);
    }

    #[test]
    fn a_text_only_goes_on() {
        let routed = || TurnEvent::Routed { route: Route::Documents };
        let replaced = TurnEvent::Replaced { text: "Quoted.".into() };
        check(
            vec![routed(), token("One."), token(" Two.")],
            &["", "One.", " Two."],
            "One. Two.",
            "",
        );
        check(vec![routed(), routed(), replaced.clone()], &["", "", "Quoted."], "Quoted.", "");
        // The same again, from the start: nothing is said twice.
        let again = vec![token("One."), routed(), token("One."), token(" Two.")];
        check(again, &["One.", "", "", " Two."], "One. Two. Three.", " Three.");
        check(vec![token("One."), replaced], &["One.", ""], "Quoted.", "\n\nQuoted.");
    }

    #[test]
    fn sources_are_one_line_each() {
        let cited = |title: &str, locator: &str| Citation {
            n: 2,
            source: "returns.md".into(),
            title: title.into(),
            locator: locator.into(),
            passage: String::new(),
            score: 1.0,
        };
        assert_eq!(source(&cited("Returns", "")), "[2] Returns");
        assert_eq!(source(&cited("Returns", "Returns")), "[2] Returns");
        assert_eq!(source(&cited("Returns\n", "Boots, page 3")), "[2] Returns, Boots, page 3");
    }
}
