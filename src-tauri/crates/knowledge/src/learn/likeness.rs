//! Whether two questions ask the same, as far as words can tell.
//!
//! Meaning alone cannot: "open on Sunday" and "open on Saturday" are closer than most rewordings.
//! So the words must agree by weight, and nothing that tells two questions apart may differ.

use std::collections::BTreeSet;

use crate::concept::Concept;
use crate::index::Index;
use crate::spelling::is_one_slip;
use crate::text;

/// A word that only one side has and that tells this much of what they share makes two questions.
const HEAVY: f32 = 0.8;
/// A desk that knows nothing yet gives no word any weight; all of them count alike then.
const LEAST_WEIGHT: f32 = 0.1;
/// Shorter words are one slip away from too many others.
const SHORTEST_SLIP: usize = 5;

/// A question as it is compared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    concepts: Vec<Concept>,
    terms: Vec<String>,
    marks: Marks,
}

/// What two questions share, by weight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Overlap {
    /// The smaller of the two shares.
    pub(crate) least: f32,
    /// The mean of both.
    pub(crate) mean: f32,
    /// Their most telling word is one they share, but each may have others of its own.
    pub(crate) shares_the_topic: bool,
    /// One of them has a word of its own that tells as much as what they share.
    pub(crate) has_more: bool,
    /// Something tells them apart.
    pub(crate) differs: bool,
}

/// What tells two questions apart however alike they sound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// Days, months and the like, each in its class.
    pub(crate) names: BTreeSet<(usize, usize)>,
    /// Numbers and codes.
    pub(crate) numbers: BTreeSet<String>,
    /// It says "not".
    pub(crate) is_negated: bool,
    /// Names in capitals inside the question.
    proper: BTreeSet<String>,
    /// Sides of opposites.
    sides: BTreeSet<(usize, bool)>,
}

/// Names of which each stands for itself.
const CLASSES: &[&[&str]] = &[
    &[
        "monday|mondays",
        "tuesday|tuesdays",
        "wednesday|wednesdays",
        "thursday|thursdays",
        "friday|fridays",
        "saturday|saturdays",
        "sunday|sundays",
        "weekend|weekends",
    ],
    &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    &["spring", "summer", "autumn", "winter"],
    &["morning", "afternoon", "evening", "night"],
    &["christmas", "easter", "halloween"],
    &["today", "tomorrow", "yesterday"],
    &["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"],
    &["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    &["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    &["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
    // What is wanted: a shop that sells umbrellas may still not repair them.
    &[
        "buy|buying|sell|selling|sold|purchase|stock|sale",
        "rent|rental|renting|hire|hiring|borrow",
        "repair|repairs|repairing|repaired|fix|fixed|fixing|mend|mending|mended",
        "clean|cleaning|cleaned|wash|washing",
        "ship|shipping|deliver|delivery|delivered|post",
        "return|returning|refund|exchange",
        "cancel|cancelling|cancellation",
        "lost|lose|found",
        "leave|store|storage|deposit",
        "recycle|recycling|dispose",
    ],
];

/// With more of them, capitals are no names.
const MOST_NAMES: usize = 2;

/// May is a verb more often than a month.
const MAY: &str = "may";

/// Two sides of which a question takes one.
const OPPOSITES: &[(&str, &str)] = &[
    ("open opens opening", "close closes closed closing shut"),
    ("in", "out"),
    ("to", "from"),
    ("before", "after"),
    ("on", "off"),
    ("with", "without"),
    ("buy buying purchase", "rent renting hire hiring"),
    ("cheapest cheaper", "dearest expensive"),
    ("child children kids kid", "adult adults"),
    ("men mens men's", "women womens women's ladies"),
    ("first", "last"),
    ("minimum", "maximum"),
    ("arrive arrival", "leave departure"),
    ("left", "right"),
    ("inside indoors", "outside outdoors"),
];

impl Reading {
    /// Reads a question with the weights of what the desk knows.
    pub(crate) fn of(index: &Index, question: &str) -> Self {
        Self {
            concepts: index.concepts(question),
            terms: text::terms(question, index.question_language(question)),
            marks: Marks::of(question),
        }
    }

    /// What this question shares with another.
    pub(crate) fn overlap(&self, other: &Self) -> Overlap {
        let (there, back) = (self.compared_with(other), other.compared_with(self));
        let shared = there.heaviest_shared.max(back.heaviest_shared);
        let is_heavy = |own: f32| own > 0.0 && own >= HEAVY * shared;
        let (more_here, more_there) = (is_heavy(there.heaviest_own), is_heavy(back.heaviest_own));
        // The same sentence with another word in it asks for another thing.
        let swapped = more_here && more_there && self.rest(&there) == other.rest(&back);
        Overlap {
            least: there.share.min(back.share),
            mean: (there.share + back.share) / 2.0,
            shares_the_topic: shared > 0.0
                && shared >= HEAVY * there.heaviest_own.max(back.heaviest_own),
            has_more: more_here || more_there,
            differs: swapped || self.marks.differ(&other.marks),
        }
    }

    /// Every term but those that only this side has.
    fn rest(&self, compared: &Compared) -> BTreeSet<&str> {
        let own = |term: &&str| !compared.own.iter().any(|own| own == term);
        self.terms.iter().map(String::as_str).filter(own).collect()
    }

    fn compared_with(&self, other: &Self) -> Compared {
        let mut compared = Compared::default();
        let (mut whole, mut found) = (0.0, 0.0);
        for concept in &self.concepts {
            let share = concept.share_in(&other.terms).max(other.nearly_holds(concept));
            let weight = concept.weight.max(LEAST_WEIGHT);
            whole += weight;
            found += weight * share;
            let heaviest = if share > 0.0 {
                &mut compared.heaviest_shared
            } else {
                &mut compared.heaviest_own
            };
            *heaviest = heaviest.max(weight);
        }
        compared.share = if whole > 0.0 { found / whole } else { 0.0 };
        compared
    }

    /// A word that the desk does not know may be misspelt on either side.
    fn nearly_holds(&self, concept: &Concept) -> f32 {
        let Some(word) = concept.wordings.first().and_then(|wording| wording.terms.first()) else {
            return 0.0;
        };
        let is_word =
            word.chars().count() >= SHORTEST_SLIP && word.chars().all(char::is_alphabetic);
        let slips = is_word && self.terms.iter().any(|term| is_one_slip(word, term));
        if slips { 1.0 } else { 0.0 }
    }
}

#[derive(Default)]
struct Compared {
    share: f32,
    heaviest_shared: f32,
    heaviest_own: f32,
    own: Vec<String>,
}

impl Marks {
    /// The marks of a text.
    pub(crate) fn of(question: &str) -> Self {
        let mut marks = Self { proper: proper_names(question), ..Self::default() };
        let lower = text::normalise(question).to_lowercase().replace('\u{2019}', "'");
        let words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'');
        for word in words.filter(|word| !word.is_empty()) {
            if word.chars().any(char::is_numeric) {
                marks.numbers.insert(word.to_owned());
            }
            marks.is_negated |= text::is_negation(word) || word.ends_with("n't");
            if word != MAY {
                marks.names.extend(named(word));
            }
            for (pair, (one, other)) in OPPOSITES.iter().enumerate() {
                for (side, words) in [(true, one), (false, other)] {
                    if words.split(' ').any(|known| known == word) {
                        marks.sides.insert((pair, side));
                    }
                }
            }
        }
        marks
    }

    /// Days, months and seasons, without what is wanted.
    pub(crate) fn dates(&self) -> impl Iterator<Item = &(usize, usize)> {
        self.names.iter().filter(|(class, _)| *class + 1 < CLASSES.len())
    }

    /// Whether something tells two questions apart. What only one of them says does not.
    pub(crate) fn differ(&self, other: &Self) -> bool {
        let numbers = !self.numbers.is_empty()
            && !other.numbers.is_empty()
            && self.numbers.is_disjoint(&other.numbers);
        let names = (0..CLASSES.len()).any(|class| {
            let of = |marks: &Self| -> BTreeSet<usize> {
                let own = marks.names.iter().filter(|(found, _)| *found == class);
                own.map(|(_, name)| *name).collect()
            };
            let (own, others) = (of(self), of(other));
            !own.is_empty() && !others.is_empty() && own.is_disjoint(&others)
        });
        let takes = |marks: &Self, pair, side| {
            marks.sides.contains(&(pair, side)) && !marks.sides.contains(&(pair, !side))
        };
        let sides = (0..OPPOSITES.len()).any(|pair| {
            (takes(self, pair, true) && takes(other, pair, false))
                || (takes(self, pair, false) && takes(other, pair, true))
        });
        let proper = !self.proper.is_empty()
            && !other.proper.is_empty()
            && self.proper.is_disjoint(&other.proper);
        numbers || names || proper || sides || self.is_negated != other.is_negated
    }
}

/// Words in capitals that do not begin a sentence. Where there are many, as in German or in a
/// headline, capitals say nothing.
fn proper_names(question: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut begins = true;
    for word in question.split_whitespace() {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let mut letters = core.chars();
        let is_capital = letters.next().is_some_and(char::is_uppercase)
            && letters.as_str().chars().any(char::is_lowercase);
        if is_capital && !begins && !core.contains('\'') {
            let lower = core.to_lowercase();
            if named(&lower).is_none() {
                names.insert(lower.trim_end_matches('s').to_owned());
            }
        }
        begins = word.ends_with(['.', '?', '!', ':']);
    }
    if names.len() > MOST_NAMES { BTreeSet::new() } else { names }
}

/// The class and the place in it of a name.
fn named(word: &str) -> Option<(usize, usize)> {
    CLASSES.iter().enumerate().find_map(|(class, names)| {
        let at = names.iter().position(|name| name.split('|').any(|form| form == word));
        at.map(|place| (class, place))
    })
}

#[cfg(test)]
mod tests;
