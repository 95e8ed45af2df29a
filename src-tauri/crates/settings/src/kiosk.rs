//! How the visitors' screen behaves: times, topics, languages and what it offers.

use crate::SettingsError;

/// Languages that the visitors' screen speaks completely.
pub const VISITOR_LANGUAGES: [&str; 12] =
    ["en", "de", "fr", "es", "it", "nl", "sv", "pl", "pt", "tr", "ar", "he"];

/// Buttons with topics that fit on the screen.
pub const MOST_TOPICS: usize = 8;
/// Characters on such a button.
pub const LONGEST_LABEL: usize = 40;
/// Characters of the question behind it.
pub const LONGEST_QUESTION: usize = 200;

/// Between a topic's label and its question in a saved value.
const WITHIN: char = '\u{1e}';
/// Between topics in a saved value.
const BETWEEN: char = '\u{1f}';

/// How the visitors' screen behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kiosk {
    /// Seconds without a touch until it asks whether somebody is still there.
    pub idle_s: u32,
    /// Seconds from then until everything of the visitor is forgotten.
    pub warning_s: u32,
    /// Buttons that ask a question; none stands for the desk's suggestions.
    pub topics: Vec<Topic>,
    /// Languages that visitors may choose from; none stands for all of them.
    pub languages: Vec<String>,
    /// Everything to touch lies in the lower part of the screen.
    pub low_reach: bool,
    /// Answers can be read aloud where the computer has a voice.
    pub speech: bool,
    /// An answer can be taken along as a picture that a phone reads.
    pub take_along: bool,
    /// The keyboard is shown on the screen.
    pub keyboard: bool,
    /// A tour for presenters is offered.
    pub demo: bool,
    /// The program starts with the visitors' screen.
    pub start_in_kiosk: bool,
}

/// A button that asks a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// On the button.
    pub label: String,
    /// What it asks.
    pub question: String,
}

impl Default for Kiosk {
    fn default() -> Self {
        Self {
            idle_s: 60,
            warning_s: 15,
            topics: Vec::new(),
            languages: Vec::new(),
            low_reach: false,
            speech: true,
            take_along: true,
            keyboard: true,
            demo: false,
            start_in_kiosk: false,
        }
    }
}

impl Kiosk {
    /// The topics that visitors see: those staff wrote, or else these suggestions, shortened.
    pub fn topics_or(&self, suggestions: &[String]) -> Vec<Topic> {
        if !self.topics.is_empty() {
            return self.topics.clone();
        }
        let topic =
            |question: &String| Topic { label: short(question), question: question.clone() };
        suggestions.iter().take(4).map(topic).collect()
    }

    /// The languages that visitors see, the desk's own one first.
    pub fn languages_with(&self, own: &str) -> Vec<String> {
        let own = own.split('-').next().unwrap_or_default();
        let mut languages = match self.languages.is_empty() {
            true => VISITOR_LANGUAGES.map(String::from).to_vec(),
            false => self.languages.clone(),
        };
        // A stable sort: the others stay in the order staff gave them.
        languages.sort_by_key(|language| language != own);
        languages
    }

    /// The same, if every value is one that can be set.
    pub fn checked(self) -> Result<Self, SettingsError> {
        let mut kiosk = Self::default();
        for (key, value) in self.pairs() {
            kiosk.set(key.strip_prefix("kiosk.").unwrap_or(key), &value)?;
        }
        Ok(kiosk)
    }

    /// Sets one value by the part of its saved name after `kiosk.`.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Result<(), SettingsError> {
        let key = || format!("kiosk.{name}");
        let bad = || SettingsError::BadValue { key: key(), value: value.into() };
        let seconds = |least: u32, most: u32| {
            let parsed = value.parse().ok().filter(|seconds| (least..=most).contains(seconds));
            parsed.ok_or_else(bad)
        };
        let switch = || value.parse().map_err(|_| bad());
        match name {
            "idle_s" => self.idle_s = seconds(20, 600)?,
            "warning_s" => self.warning_s = seconds(5, 60)?,
            "topics" => self.topics = topics(value).ok_or_else(bad)?,
            "languages" => self.languages = languages(value).ok_or_else(bad)?,
            "low_reach" => self.low_reach = switch()?,
            "speech" => self.speech = switch()?,
            "take_along" => self.take_along = switch()?,
            "keyboard" => self.keyboard = switch()?,
            "demo" => self.demo = switch()?,
            "start_in_kiosk" => self.start_in_kiosk = switch()?,
            _ => return Err(SettingsError::UnknownKey { key: key() }),
        }
        Ok(())
    }

    /// Every setting by its saved name.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, String)> {
        let topics: Vec<String> = self.topics.iter().map(Topic::saved).collect();
        vec![
            ("kiosk.idle_s", self.idle_s.to_string()),
            ("kiosk.warning_s", self.warning_s.to_string()),
            ("kiosk.topics", topics.join(&BETWEEN.to_string())),
            ("kiosk.languages", self.languages.join(" ")),
            ("kiosk.low_reach", self.low_reach.to_string()),
            ("kiosk.speech", self.speech.to_string()),
            ("kiosk.take_along", self.take_along.to_string()),
            ("kiosk.keyboard", self.keyboard.to_string()),
            ("kiosk.demo", self.demo.to_string()),
            ("kiosk.start_in_kiosk", self.start_in_kiosk.to_string()),
        ]
    }
}

impl Topic {
    fn saved(&self) -> String {
        format!("{}{WITHIN}{}", self.label, self.question)
    }
}

fn topics(value: &str) -> Option<Vec<Topic>> {
    let parts = value.split(BETWEEN).filter(|part| !part.is_empty());
    let topics: Option<Vec<Topic>> = parts.map(topic).collect();
    topics.filter(|topics| topics.len() <= MOST_TOPICS)
}

fn topic(value: &str) -> Option<Topic> {
    let (label, question) = value.split_once(WITHIN)?;
    let fits = |text: &str, longest: usize| {
        let length = text.trim().chars().count();
        (1..=longest).contains(&length) && !text.chars().any(char::is_control)
    };
    let both = fits(label, LONGEST_LABEL) && fits(question, LONGEST_QUESTION);
    both.then(|| Topic { label: label.trim().into(), question: question.trim().into() })
}

fn languages(value: &str) -> Option<Vec<String>> {
    let languages: Vec<String> = value.split_whitespace().map(String::from).collect();
    let known = languages.iter().all(|one| VISITOR_LANGUAGES.contains(&one.as_str()));
    let twice = languages.iter().enumerate().any(|(at, one)| languages[..at].contains(one));
    (known && !twice).then_some(languages)
}

/// The beginning of a question, at most 28 characters, ending with a whole word.
fn short(question: &str) -> String {
    const MOST: usize = 28;
    let question = question.trim();
    if question.chars().count() <= MOST {
        return question.into();
    }
    let beginning: String = question.chars().take(MOST).collect();
    let words = beginning.rsplit_once(char::is_whitespace).map_or(&*beginning, |(words, _)| words);
    format!("{}…", words.trim_end_matches([',', ';', ':', '.', ' ']))
}

#[cfg(test)]
mod tests;
