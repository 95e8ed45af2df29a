//! Which models suit a machine and a language: a pure decision with its reasons.
//!
//! [`room`] is how much memory may be used, [`speed`] how fast a model is or might be, [`tier`]
//! the class of the machine. Facts that the machine does not tell never stop the decision; they
//! end up in the reasons.

mod room;
mod speed;
mod tier;
mod words;

use hardware::Machine;

use crate::{Catalog, Entry, Purpose};
use room::Room;
use speed::{Guesser, Pace, Place};
pub use tier::Tier;
use words::{gigabytes, seconds};

/// What was found out about models on this computer. Each belongs to the sha256 of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// How fast they are.
    pub speeds: Vec<(String, Speed)>,
    /// Whether they passed their exam.
    pub exams: Vec<(String, bool)>,
}

/// How fast a model was on this computer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speed {
    /// Tokens of a prompt read in a second.
    pub prefill_per_second: f64,
    /// Seconds of one step, whatever is in it.
    pub step_base_s: f64,
    /// Seconds more for each text in a step.
    pub step_each_s: f64,
}

/// The models a desk should use.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice<'a> {
    /// The class of the machine.
    pub tier: Tier,
    /// Writes text; `None` where no model would do it well, and the desk quotes.
    pub chat: Option<&'a Entry>,
    /// Turns text into vectors.
    pub embedding: &'a Entry,
    /// What was thought of each model, in the order of the catalogue.
    pub verdicts: Vec<Verdict<'a>>,
    /// Why these, one sentence each, in words for the person at the counter.
    pub why: Vec<String>,
}

/// What was thought of one model.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict<'a> {
    /// The model.
    pub entry: &'a Entry,
    /// The result.
    pub suits: Suits,
    /// Why, as a sentence for the person at the counter.
    pub reason: String,
}

/// Whether a model suits a computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suits {
    /// It is the best one for it.
    Recommended,
    /// It runs well.
    Fits,
    /// It fits and is too slow to wait for.
    TooSlow,
    /// It does not fit into the memory that may be used.
    TooLarge,
    /// It failed its exam there.
    FailedExam,
}

impl<'a> Choice<'a> {
    /// What was thought of a model.
    pub fn verdict(&self, id: &str) -> Option<&Verdict<'a>> {
        self.verdicts.iter().find(|verdict| verdict.entry.id == id)
    }

    /// The chat model to use of those whose files are here: the recommended one, else the most
    /// capable that suits, else the most capable of those that merely fit, else the smallest.
    pub fn best_here(&self, mut is_here: impl FnMut(&Entry) -> bool) -> Option<&'a Entry> {
        let here = self
            .verdicts
            .iter()
            .filter(|verdict| verdict.entry.purpose == Purpose::Chat && is_here(verdict.entry));
        let best = here.max_by_key(|verdict| {
            let (order, rank) = match verdict.suits {
                Suits::Recommended => (4, u64::from(verdict.entry.rank)),
                Suits::Fits => (3, u64::from(verdict.entry.rank)),
                Suits::TooSlow => (2, u64::from(verdict.entry.rank)),
                Suits::FailedExam => (1, u64::from(verdict.entry.rank)),
                Suits::TooLarge => (0, u64::MAX - verdict.entry.memory_bytes()),
            };
            (order, rank)
        });
        best.map(|verdict| verdict.entry)
    }
}

/// Picks the models for this machine and the shop's language (BCP 47, as in `sv` or `en-GB`).
///
/// The embedding model is the first that knows the language. The chat model is the most capable
/// of those offered that knows the language, fits beside the other with room for the system, is
/// not too slow, and has not failed its exam on this computer. What was measured decides how fast a model is; without a
/// measurement a guess rules out only what misses the floor twice over. Never fails on an odd
/// machine: where nothing suits there is no chat model, and `why` says so.
pub fn choose<'a>(
    machine: &Machine,
    catalog: &'a Catalog,
    measured: &Measured,
    language: &str,
) -> Choice<'a> {
    let mut why = Vec::new();
    let embedding = find_embedding(catalog, language, &mut why);
    let room = Room::of(machine, embedding);
    let guesser = Guesser::new(machine, catalog, measured);
    let speaks = Speaks::of(catalog, language);
    let mut verdicts: Vec<Verdict<'a>> = catalog
        .models
        .iter()
        .map(|entry| match entry.purpose {
            Purpose::Embedding => judge_embedding(entry, embedding),
            Purpose::Chat => judge(entry, &room, &guesser, measured),
        })
        .collect();
    let may_be_best = |verdict: &Verdict<'_>| {
        let Verdict { entry, suits, .. } = verdict;
        let is_chat = entry.purpose == Purpose::Chat;
        is_chat && entry.offered && *suits == Suits::Fits && speaks.knows(entry)
    };
    // A large card answers so much faster that what fits on it is better than what does not.
    let is_on_card = |entry: &Entry| room.place(entry) == Some(Place::Card);
    let prefers_card = Tier::of(machine) >= Tier::T4
        && verdicts.iter().any(|verdict| may_be_best(verdict) && is_on_card(verdict.entry));
    let best = verdicts
        .iter_mut()
        .filter(|verdict| may_be_best(verdict))
        .filter(|verdict| !prefers_card || is_on_card(verdict.entry))
        .max_by_key(|verdict| verdict.entry.rank);
    let chat = best.map(|verdict| {
        verdict.suits = Suits::Recommended;
        verdict.entry
    });
    let tier = Tier::of(machine);
    why.insert(0, words::about(machine, tier));
    match chat {
        Some(entry) => {
            why.push(format!(
                "{} is the most capable model that fits into {} of memory and answers quickly \
                 enough.",
                entry.name,
                gigabytes(room.for_chat_bytes(entry))
            ));
            if !guesser.is_measured(entry) {
                why.push(
                    "How quickly it answers here is a guess until this computer is measured."
                        .into(),
                );
            }
        }
        None => why.push(words::nothing_suits(machine, &verdicts)),
    }
    why.extend(machine.without_graphics.clone());
    Choice { tier, chat, embedding, verdicts, why }
}

/// How fast a model is on this machine: as measured, else as guessed, which may be wrong by a
/// factor of two.
pub fn expect_speed(
    machine: &Machine,
    catalog: &Catalog,
    measured: &Measured,
    entry: &Entry,
) -> Speed {
    let room = Room::of(machine, choose_embedding(catalog, ""));
    let place = room.place(entry).unwrap_or(Place::Processor);
    Guesser::new(machine, catalog, measured).speed(entry, place)
}

/// Which chat models write in the shop's language.
struct Speaks {
    code: String,
    /// Whether any does; else all of them are as good.
    any: bool,
}

impl Speaks {
    fn of(catalog: &Catalog, language: &str) -> Speaks {
        let code = code(language);
        let mut models = catalog.for_purpose(Purpose::Chat);
        let any = models.any(|entry| entry.languages.contains(&code));
        Speaks { code, any }
    }

    fn knows(&self, entry: &Entry) -> bool {
        !self.any || entry.languages.contains(&self.code)
    }
}

/// The language of a tag, as in `sv` for `sv-FI`.
fn code(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

/// The embedding model for a language alone.
pub fn choose_embedding<'a>(catalog: &'a Catalog, language: &str) -> &'a Entry {
    find_embedding(catalog, language, &mut Vec::new())
}

fn find_embedding<'a>(catalog: &'a Catalog, language: &str, why: &mut Vec<String>) -> &'a Entry {
    let code = code(language);
    let knows = |entry: &&Entry| entry.languages.contains(&code);
    if let Some(entry) = catalog.for_purpose(Purpose::Embedding).find(knows) {
        why.push(format!(
            "For finding passages, {} understands the language \"{code}\".",
            entry.name
        ));
        return entry;
    }
    let widest = catalog
        .for_purpose(Purpose::Embedding)
        .max_by_key(|entry| entry.languages.len())
        .expect("a catalogue has an embedding model");
    why.push(format!(
        "No model is made for the language \"{code}\"; {} knows the most languages.",
        widest.name
    ));
    widest
}

fn judge_embedding<'a>(entry: &'a Entry, chosen: &Entry) -> Verdict<'a> {
    if entry.id == chosen.id {
        let reason = "It finds the passages that answer a question in your language.".into();
        return Verdict { entry, suits: Suits::Recommended, reason };
    }
    let reason = "It finds passages too; another one suits your language better.".into();
    Verdict { entry, suits: Suits::Fits, reason }
}

fn judge<'a>(
    entry: &'a Entry,
    room: &Room,
    guesser: &Guesser<'_>,
    measured: &Measured,
) -> Verdict<'a> {
    let verdict = |suits, reason| Verdict { entry, suits, reason };
    let Some(place) = room.place(entry) else {
        return verdict(Suits::TooLarge, room.why_too_large(entry));
    };
    let failed = measured.exams.iter().any(|(sha256, passed)| *sha256 == entry.sha256 && !passed);
    if failed {
        let reason = "It failed its exam on this computer: it is quick to answer, and not \
                      reliable enough.";
        return verdict(Suits::FailedExam, reason.into());
    }
    let pace = guesser.pace(entry, place);
    match pace {
        Pace::Measured { first_words_s, tokens_per_second } if pace.is_too_slow() => {
            let first = seconds(first_words_s);
            let words = words::per_second(tokens_per_second);
            verdict(
                Suits::TooSlow,
                format!("Measured here, its first words take {first}, then {words} a second."),
            )
        }
        Pace::Guessed { .. } if pace.is_too_slow() => verdict(
            Suits::TooSlow,
            "It would fit, but people would wait too long for its answers here.".into(),
        ),
        Pace::Measured { first_words_s, tokens_per_second } => verdict(
            Suits::Fits,
            format!(
                "Measured here, its first words take {}, then {} a second.",
                seconds(first_words_s),
                words::per_second(tokens_per_second)
            ),
        ),
        Pace::Guessed { .. } => verdict(Suits::Fits, words::fits(entry, place)),
    }
}

#[cfg(test)]
mod tests;
