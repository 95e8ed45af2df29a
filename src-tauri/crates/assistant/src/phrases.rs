//! The desk's own few sentences, by language. Everything else it says is the shop's.

mod tables;

use crate::route::Lane;

/// One language's sentences.
pub(crate) struct Phrases {
    greeting: &'static str,
    thanks: &'static str,
    goodbye: &'static str,
    who: &'static str,
    /// To a wish for a person.
    pub(crate) person: &'static str,
    /// To a complaint.
    pub(crate) sorry: &'static str,
    /// Where somebody may be in danger.
    pub(crate) danger: &'static str,
    /// Staff know; `{n}` is the ticket's number.
    pub(crate) noted: &'static str,
    /// While a person answers.
    pub(crate) silent: &'static str,
    /// Before suggestions.
    pub(crate) did_you_mean: &'static str,
    /// Where staff wrote no refusal.
    pub(crate) refusal: &'static str,
}

/// The sentences of a BCP 47 language, English where there are none.
pub(crate) fn phrases(language: &str) -> &'static Phrases {
    let code = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let found = tables::ALL.iter().find(|(known, _)| *known == code);
    found.map_or(&tables::ENGLISH, |(_, phrases)| phrases)
}

impl Phrases {
    /// The reply of a lane that needs no search.
    pub(crate) fn small_talk(&self, lane: Lane) -> Option<&'static str> {
        match lane {
            Lane::Greeting => Some(self.greeting),
            Lane::Thanks => Some(self.thanks),
            Lane::Goodbye => Some(self.goodbye),
            Lane::Who => Some(self.who),
            Lane::Person | Lane::Complaint | Lane::Emergency | Lane::Order | Lane::LookUp => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_names_the_ticket() {
        for (code, phrases) in tables::ALL {
            assert!(phrases.noted.contains("{n}"), "{code}");
        }
        assert!(std::ptr::eq(phrases("ar-EG"), phrases("ar")));
        assert!(std::ptr::eq(phrases(""), &tables::ENGLISH));
    }
}
