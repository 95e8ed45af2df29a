//! What visitors ask: wordings drawn from the sample shop, none of them twice.
//!
//! Everybody asks in words of their own: another wording of the answer's question, with a greeting,
//! a thank-you, small letters or a slip of the finger. The same seed draws the same questions.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use fastrand::Rng;

use super::broken;
use crate::exit::Failure;

/// Questions whose answers stand in the documents.
const OPEN: &str = include_str!("open.txt");

/// The first so many are mere politeness, which makes no other question of it.
const POLITE_OPENINGS: usize = 7;
const OPENINGS: &[&str] = &[
    "",
    "Hi, ",
    "Hello, ",
    "Good morning, ",
    "Good evening, ",
    "Excuse me, ",
    "Hey, ",
    "Sorry to bother you, ",
    "Quick question: ",
    "One more thing: ",
    "Just to be sure: ",
    "For my next trip: ",
    "I wonder: ",
    "Before I come: ",
];

/// The same for the ends.
const POLITE_CLOSINGS: usize = 4;
const CLOSINGS: &[&str] = &[
    "",
    " Thanks!",
    " Thank you.",
    " Please.",
    " Cheers!",
    " Many thanks.",
    " Thanks a lot.",
    " That would help me.",
];

/// Ways to look for an order; the number goes into the braces.
const LOOK_UPS: &[&str] = &[
    "Where is my order {}?",
    "Has my order {} been sent yet?",
    "When will order {} arrive?",
    "What is the status of order {}?",
    "I am waiting for my order {}, where is it?",
    "Can you look up order {}?",
    "I want to know where order {} is",
    "My order number is {}, when does it come?",
];

/// How often a wording is drawn again before a rare one is taken twice.
const DRAWS: usize = 200;

/// What a visitor wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Something with an approved answer.
    Faq,
    /// To know where an order is.
    Order,
    /// Something that stands in the documents.
    Open,
}

/// Shares of the kinds, which add up to 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shares {
    pub(super) faq: f64,
    pub(super) order: f64,
    pub(super) open: f64,
}

/// One visitor's question.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) kind: Kind,
    pub(super) question: String,
    /// The order's number and what proves it, where it is about one.
    pub(super) order: Option<(String, String)>,
}

/// Draws questions.
pub(super) struct Questions {
    approved: Vec<String>,
    open: Vec<String>,
    orders: Vec<(String, String)>,
    asked: HashSet<String>,
    random: Rng,
}

impl Questions {
    /// Reads the sample shop's answers and orders.
    pub(super) fn read(demo: &Path, seed: u64) -> Result<Self, Failure> {
        Ok(Self {
            approved: wordings(&text(&demo.join("faq.csv"))?)?,
            open: open_questions(OPEN),
            orders: orders(&text(&demo.join("orders.csv"))?)?,
            asked: HashSet::new(),
            random: Rng::with_seed(seed),
        })
    }

    /// A question of a kind drawn by its share.
    pub(super) fn draw(&mut self, shares: &Shares) -> Wish {
        let drawn = self.random.f64();
        let kind = if drawn < shares.faq {
            Kind::Faq
        } else if drawn < shares.faq + shares.order {
            Kind::Order
        } else {
            Kind::Open
        };
        self.of(kind)
    }

    /// A question of this kind that nobody has asked yet.
    pub(super) fn of(&mut self, kind: Kind) -> Wish {
        let (mut wish, mut core) = self.word(kind);
        for _ in 0..DRAWS {
            if self.asked.insert(core) {
                break;
            }
            (wish, core) = self.word(kind);
        }
        wish
    }

    /// Seconds until the next visitor, when so many come in a second on average.
    pub(super) fn pause(&mut self, per_second: f64) -> f64 {
        // Of 1 minus the drawn number, which is never 0, the logarithm exists.
        -(1.0 - self.random.f64()).ln() / per_second
    }

    /// A wording, and what tells it from others: not politeness, capitals or a question mark.
    fn word(&mut self, kind: Kind) -> (Wish, String) {
        let random = &mut self.random;
        let (base, order) = match kind {
            Kind::Faq => (self.approved[random.usize(..self.approved.len())].clone(), None),
            Kind::Open => (self.open[random.usize(..self.open.len())].clone(), None),
            Kind::Order => {
                let order = self.orders[random.usize(..self.orders.len())].clone();
                let way = LOOK_UPS[random.usize(..LOOK_UPS.len())];
                (way.replace("{}", &order.0), Some(order))
            }
        };
        let mut question = base;
        if random.f64() < 0.3 {
            question = small_first(&question);
        }
        if random.f64() < 0.2 {
            question = question.trim_end_matches('?').to_owned();
        }
        if random.f64() < 0.1 && kind != Kind::Order {
            question = with_a_slip(&question, random);
        }
        let (opening, of_core) = part(OPENINGS, POLITE_OPENINGS, random);
        let (closing, to_core) = part(CLOSINGS, POLITE_CLOSINGS, random);
        let core = format!("{of_core}{}{to_core}", question.trim_end_matches('?').to_lowercase());
        (Wish { kind, question: format!("{opening}{question}{closing}"), order }, core)
    }
}

/// One of the parts, and the same again unless it is one of the first, polite ones.
fn part(
    parts: &'static [&'static str],
    polite: usize,
    random: &mut Rng,
) -> (&'static str, &'static str) {
    let at = random.usize(..parts.len());
    (parts[at], if at < polite { "" } else { parts[at] })
}

fn small_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The longest word with two neighbouring letters exchanged.
fn with_a_slip(text: &str, random: &mut Rng) -> String {
    let mut words: Vec<String> = text.split(' ').map(String::from).collect();
    let longest = words.iter_mut().max_by_key(|word| word.len());
    if let Some(word) = longest.filter(|word| word.is_ascii() && word.len() > 6) {
        let at = random.usize(2..word.len() - 3);
        let mut letters: Vec<char> = word.chars().collect();
        letters.swap(at, at + 1);
        *word = letters.into_iter().collect();
    }
    words.join(" ")
}

/// Every wording of every approved answer's question.
fn wordings(table: &str) -> Result<Vec<String>, Failure> {
    let mut all = Vec::new();
    for row in rows(table, &["question", "alternatives"])? {
        all.push(row[0].clone());
        all.extend(row[1].split('|').filter(|text| !text.is_empty()).map(String::from));
    }
    Ok(all)
}

fn orders(table: &str) -> Result<Vec<(String, String)>, Failure> {
    let pair = |row: Vec<String>| (row[0].clone(), row[1].clone());
    Ok(rows(table, &["order_number", "email"])?.into_iter().map(pair).collect())
}

/// The rows of a table with at least one row, reduced to these columns.
fn rows(table: &str, columns: &[&str]) -> Result<Vec<Vec<String>>, Failure> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let headers = reader.headers().map_err(broken)?.clone();
    let places: Option<Vec<usize>> =
        columns.iter().map(|column| headers.iter().position(|name| name == *column)).collect();
    let places = places.ok_or_else(|| broken(format!("a table lacks one of {columns:?}")))?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let field = |at: &usize| record.get(*at).unwrap_or_default().to_owned();
        rows.push(places.iter().map(field).collect());
    }
    if rows.is_empty() { Err(broken("a table of the sample shop is empty")) } else { Ok(rows) }
}

/// The questions of the list, each with every value of its words in braces.
fn open_questions(list: &str) -> Vec<String> {
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (values, questions): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with('{'));
    let mut open: Vec<String> = questions.into_iter().map(String::from).collect();
    for line in values {
        let Some((word, list)) = line.split_once(" = ") else { continue };
        open = open
            .into_iter()
            .flat_map(|question| match question.contains(word) {
                true => list.split(" | ").map(|value| question.replace(word, value)).collect(),
                false => vec![question],
            })
            .collect();
    }
    open
}

fn text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::file(path, &error))
}

#[cfg(test)]
mod tests;
