//! What staff can change about a desk: documented defaults and saved differences.
//!
//! Only differences from [`Settings::default`] are kept, as pairs of texts; who stores them is not
//! this crate's business. Nothing deep inside reads settings: they are resolved at the rim and
//! handed on as plain values.

#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod engines;
mod kiosk;
mod look;
mod network;
mod privacy;

pub use engines::{Engines, Server, ServerKey, ServerPlace};
pub use kiosk::{Kiosk, LONGEST_LABEL, LONGEST_QUESTION, MOST_TOPICS, Topic, VISITOR_LANGUAGES};
pub use look::Look;
pub use network::Network;
pub use privacy::Privacy;

/// Everything that can be set, complete.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// When a language model may phrase answers.
    pub generation: Generation,
    /// How sure the desk must be before it answers.
    pub caution: Caution,
    /// BCP 47 language of the staff window; empty follows the computer.
    pub language: String,
    /// Whether somebody else must approve what one person wrote.
    pub second_person: bool,
    /// Whether the staff window shows what only experts need.
    pub expert: bool,
    /// The chat model that staff chose; empty lets the desk choose.
    pub chat_model: String,
    /// The chat model before, to go back to; empty stands for the desk's own choice or for none.
    pub chat_model_before: String,
    /// The face of the desk.
    pub profile: Profile,
    /// The shop's own look.
    pub look: Look,
    /// How the visitors' screen behaves.
    pub kiosk: Kiosk,
    /// How long texts are kept.
    pub privacy: Privacy,
    /// Sharing on the local network.
    pub network: Network,
    /// Servers that may phrase answers.
    pub engines: Engines,
}

/// When a language model may phrase answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Generation {
    /// Only a model that passed its exam on this computer.
    #[default]
    WhenProven,
    /// Always, switched on by hand.
    Always,
    /// Never: the desk quotes.
    Never,
}

/// How sure the desk must be before it answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Caution {
    /// Refuses more.
    Careful,
    /// The measured default.
    #[default]
    Balanced,
    /// Answers more, is wrong more often.
    Talkative,
}

/// The face of the desk, written by staff.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The shop's name.
    pub name: String,
    /// One friendly line.
    pub welcome: String,
    /// What the desk can help with, shown when it cannot.
    pub refusal: String,
    /// How to reach a person.
    pub hand_over: String,
    /// Questions to start with.
    pub suggestions: Vec<String>,
}

/// A value that cannot be set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// No setting has this name; a newer version may have written it.
    #[error("there is no setting {key:?}")]
    UnknownKey {
        /// The name.
        key: String,
    },
    /// The setting does not take this value.
    #[error("the setting {key:?} cannot be {value:?}")]
    BadValue {
        /// The name.
        key: String,
        /// The value.
        value: String,
    },
    /// The file with the desk's profile is not what it should be.
    #[error("the desk's profile cannot be read: {reason}")]
    BadProfile {
        /// What is wrong with it.
        reason: String,
    },
}

/// Between suggestions in one saved value; not a character that anybody types.
const SEPARATOR: char = '\u{1f}';

/// Characters of a model's id.
const LONGEST_MODEL_ID: usize = 100;

impl Profile {
    /// Reads a profile from JSON.
    pub fn from_json(json: &str) -> Result<Self, SettingsError> {
        serde_json::from_str(json)
            .map_err(|error| SettingsError::BadProfile { reason: error.to_string() })
    }
}

impl Settings {
    /// The defaults with saved differences applied.
    ///
    /// A difference that makes no sense is skipped and returned: a desk must start with what it
    /// can understand.
    pub fn merged(saved: &[(String, String)]) -> (Self, Vec<SettingsError>) {
        let mut settings = Self::default();
        let problems =
            saved.iter().filter_map(|(key, value)| settings.set(key, value).err()).collect();
        (settings, problems)
    }

    /// Sets one value by its saved name.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), SettingsError> {
        let bad = || SettingsError::BadValue { key: key.into(), value: value.into() };
        match key {
            "generation" => {
                let known = [Generation::WhenProven, Generation::Always, Generation::Never];
                let found = known.into_iter().find(|known| known.name() == value);
                self.generation = found.ok_or_else(bad)?;
            }
            "caution" => {
                let known = [Caution::Careful, Caution::Balanced, Caution::Talkative];
                let found = known.into_iter().find(|known| known.name() == value);
                self.caution = found.ok_or_else(bad)?;
            }
            "language" => {
                let fits = value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
                if !fits || value.len() > 35 {
                    return Err(bad());
                }
                self.language = value.into();
            }
            "second_person" => self.second_person = value.parse().map_err(|_| bad())?,
            "expert" => self.expert = value.parse().map_err(|_| bad())?,
            "chat_model" | "chat_model_before" => {
                let fits = value.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
                if !fits || value.len() > LONGEST_MODEL_ID {
                    return Err(bad());
                }
                let model = if key == "chat_model" {
                    &mut self.chat_model
                } else {
                    &mut self.chat_model_before
                };
                *model = value.into();
            }
            "profile.name" => self.profile.name = value.into(),
            "profile.welcome" => self.profile.welcome = value.into(),
            "profile.refusal" => self.profile.refusal = value.into(),
            "profile.hand_over" => self.profile.hand_over = value.into(),
            "profile.suggestions" => {
                let parts = value.split(SEPARATOR).filter(|part| !part.is_empty());
                self.profile.suggestions = parts.map(String::from).collect();
            }
            "look.colour" | "look.welcomes" => {
                self.look.set(key, value).ok_or_else(bad)?;
            }
            _ if key.starts_with("network.") => {
                self.network.set(&key["network.".len()..], value).ok_or_else(bad)?;
            }
            _ if key.starts_with("engines.") => {
                self.engines.set(&key["engines.".len()..], value).ok_or_else(bad)?;
            }
            _ if key.starts_with("privacy.") => {
                self.privacy.set(&key["privacy.".len()..], value).ok_or_else(bad)?;
            }
            _ => match key.strip_prefix("kiosk.") {
                Some(name) => self.kiosk.set(name, value)?,
                None => return Err(SettingsError::UnknownKey { key: key.into() }),
            },
        }
        Ok(())
    }

    /// What differs from the defaults, by saved name.
    pub fn differences(&self) -> Vec<(&'static str, String)> {
        let (own, usual) = (self.pairs(), Self::default().pairs());
        let differs = own.into_iter().zip(usual).filter(|(own, usual)| own.1 != usual.1);
        differs.map(|(own, _)| own).collect()
    }

    /// Every setting by its saved name.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![
            ("generation", self.generation.name().into()),
            ("caution", self.caution.name().into()),
            ("language", self.language.clone()),
            ("second_person", self.second_person.to_string()),
            ("expert", self.expert.to_string()),
            ("chat_model", self.chat_model.clone()),
            ("chat_model_before", self.chat_model_before.clone()),
            ("profile.name", self.profile.name.clone()),
            ("profile.welcome", self.profile.welcome.clone()),
            ("profile.refusal", self.profile.refusal.clone()),
            ("profile.hand_over", self.profile.hand_over.clone()),
            ("profile.suggestions", self.profile.suggestions.join(&SEPARATOR.to_string())),
            ("look.colour", self.look.colour.clone()),
            ("look.welcomes", self.look.saved_welcomes()),
        ];
        pairs.extend(self.kiosk.pairs());
        pairs.extend(self.privacy.pairs());
        pairs.extend(self.network.pairs());
        pairs.extend(self.engines.pairs());
        pairs
    }
}

impl Generation {
    /// The saved name.
    pub fn name(self) -> &'static str {
        match self {
            Self::WhenProven => "when_proven",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

impl Caution {
    /// The saved name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Careful => "careful",
            Self::Balanced => "balanced",
            Self::Talkative => "talkative",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_set(key: &str, value: &str, fits: bool) {
        assert_eq!(Settings::default().set(key, value).is_ok(), fits, "{key}={value}");
    }

    #[test]
    fn values_are_checked() {
        check_set("generation", "always", true);
        check_set("generation", "sometimes", false);
        check_set("caution", "careful", true);
        check_set("caution", "Careful", false);
        check_set("language", "pt-BR", true);
        check_set("language", "", true);
        check_set("language", "en; drop", false);
        check_set("second_person", "true", true);
        check_set("second_person", "perhaps", false);
        check_set("chat_model", "smollm2-135m-instruct", true);
        check_set("chat_model", "", true);
        check_set("chat_model", "../model", false);
        check_set("chat_model_before", &"m".repeat(101), false);
        check_set("colour", "red", false);
    }

    #[test]
    fn differences_come_back_as_they_were() {
        let mut settings = Settings { generation: Generation::Never, ..Settings::default() };
        settings.profile.suggestions = vec!["When?".into(), "Where, please?".into()];
        let saved: Vec<_> =
            settings.differences().into_iter().map(|(key, value)| (key.into(), value)).collect();
        assert_eq!(saved.len(), 2);
        assert_eq!(Settings::merged(&saved), (settings, vec![]));
    }

    #[test]
    fn what_makes_no_sense_is_skipped_and_told() {
        let saved = [("from_the_future", "1"), ("caution", "careful"), ("generation", "??")];
        let saved = saved.map(|(key, value)| (key.to_string(), value.to_string()));
        let (settings, problems) = Settings::merged(&saved);
        assert_eq!(settings.caution, Caution::Careful);
        assert_eq!(settings.generation, Generation::default());
        assert_eq!(problems.len(), 2);
    }

    #[test]
    fn a_profile_names_what_is_wrong() {
        let error = Profile::from_json(r#"{"name": 1}"#).unwrap_err().to_string();
        assert!(error.contains("invalid type"), "{error}");
    }
}
