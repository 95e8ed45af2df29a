//! What is shown of an order: few fields, allow-listed, without anything personal in them. Pure.

/// Characters of one shown value.
const LONGEST: usize = 200;
/// Digits in a row that could be a telephone, a card or an account.
const PRIVATE_DIGITS: usize = 7;

/// The fields that may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ShownField {
    /// The shop's code or words for how far the order is.
    Status,
    /// When it was ordered.
    OrderedOn,
    /// When it was sent.
    ShippedOn,
    /// When it is expected.
    ExpectedOn,
    /// When it arrived.
    DeliveredOn,
    /// Who carries it.
    Carrier,
    /// What is in it.
    Items,
}

/// Every field that may be shown, with the name it is kept and sent under.
pub const SHOWN_FIELDS: [(ShownField, &str); 7] = [
    (ShownField::Status, "status"),
    (ShownField::OrderedOn, "ordered_on"),
    (ShownField::ShippedOn, "shipped_on"),
    (ShownField::ExpectedOn, "expected_on"),
    (ShownField::DeliveredOn, "delivered_on"),
    (ShownField::Carrier, "carrier"),
    (ShownField::Items, "items"),
];

/// The shown values of one order, in the order of [`SHOWN_FIELDS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownValues(Vec<(ShownField, String)>);

impl ShownValues {
    /// Cleans and keeps what is not empty.
    pub fn of(values: impl IntoIterator<Item = (ShownField, String)>) -> Self {
        let mut kept: Vec<(ShownField, String)> = values
            .into_iter()
            .map(|(field, value)| (field, clean(&value)))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        kept.sort_by_key(|(field, _)| *field);
        kept.dedup_by_key(|(field, _)| *field);
        Self(kept)
    }

    /// One value.
    pub fn get(&self, field: ShownField) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, value)| value.as_str())
    }

    /// Adds the items of another row of the same order.
    pub(crate) fn add_items(&mut self, more: &Self) {
        let Some(more) = more.get(ShownField::Items) else { return };
        match self.0.iter_mut().find(|(field, _)| *field == ShownField::Items) {
            Some((_, items)) if !items.split("; ").any(|item| item == more) => {
                *items = format!("{items}; {more}").chars().take(LONGEST).collect();
            }
            Some(_) => {}
            None => self.0.push((ShownField::Items, more.to_owned())),
        }
    }

    /// Whether both say the same apart from the items.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        SHOWN_FIELDS
            .iter()
            .all(|(field, _)| *field == ShownField::Items || self.get(*field) == other.get(*field))
    }

    /// One line a field, for keeping.
    pub(crate) fn to_text(&self) -> String {
        let line = |(field, value): &(ShownField, String)| format!("{}={value}", name_of(*field));
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Reads what [`ShownValues::to_text`] wrote.
    pub(crate) fn from_text(text: &str) -> Self {
        let pairs = text.lines().filter_map(|line| line.split_once('='));
        Self::of(pairs.filter_map(|(name, value)| {
            let (field, _) = SHOWN_FIELDS.iter().find(|(_, known)| *known == name)?;
            Some((*field, value.to_owned()))
        }))
    }
}

/// A verified order as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The number as the visitor wrote it.
    pub number: String,
    /// How far it is, in a sentence.
    pub status: String,
    /// The other fields.
    pub values: ShownValues,
    /// When the desk learned this, Unix seconds.
    pub as_of: i64,
}

pub(crate) fn name_of(field: ShownField) -> &'static str {
    SHOWN_FIELDS.iter().find(|(known, _)| *known == field).map_or("", |(_, name)| name)
}

/// A number as it may be shown again: what a number is written with, and nothing else.
pub(crate) fn clean_number(text: &str) -> String {
    let kept = text.trim().chars().filter(|c| c.is_alphanumeric() || "-_/#. ".contains(*c));
    kept.flat_map(char::to_uppercase).take(40).collect()
}

/// One line without hidden characters; addresses and long numbers are covered.
fn clean(value: &str) -> String {
    let words: Vec<String> = one_line(value).split(' ').map(cover).collect();
    words.join(" ").trim().chars().take(LONGEST).collect::<String>().trim_end().to_owned()
}

/// A text without hidden characters and line breaks.
pub(crate) fn one_line(text: &str) -> String {
    let spaced = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let visible: String = spaced.filter(|c| !c.is_control() && !is_hidden(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cover(word: &str) -> String {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let is_date = word.len() >= 8 && word.contains(['-', '/', '.', ':']) && digits <= 14;
    if word.contains('@') || (digits >= PRIVATE_DIGITS && !is_date) {
        "•••".into()
    } else {
        word.into()
    }
}

/// Directions, joiners and tags that change what is read without being seen.
fn is_hidden(c: char) -> bool {
    matches!(u32::from(c), 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xE0000..=0xE007F)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        assert_eq!(clean(value), expected, "{value:?}");
    }

    #[test]
    fn nothing_personal_is_shown() {
        check("2 x Sailing gloves (size M)", "2 x Sailing gloves (size M)");
        check("for jane@example.org", "for •••");
        check("card 4111111111111111", "card •••");
        check("2026-11-22T14:05:00", "2026-11-22T14:05:00");
        check("a\u{202e}b\nc\u{0}", "ab c");
        check(&"x ".repeat(300), "x ".repeat(100).trim_end());
    }

    #[test]
    fn values_survive_keeping() {
        let values = ShownValues::of([
            (ShownField::Items, "1 x rope = long".into()),
            (ShownField::Status, "shipped".into()),
            (ShownField::Carrier, " ".into()),
        ]);
        assert_eq!(ShownValues::from_text(&values.to_text()), values);
        assert_eq!(values.get(ShownField::Carrier), None);
    }
}
