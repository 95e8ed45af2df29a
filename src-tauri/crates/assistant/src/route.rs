//! Which lane takes a question before any search. Pure.

use orders::Masks;

use crate::lexicon::{GOODBYES, GREETINGS, PERSON, THANKS, WHO};
use crate::order::asks_for_an_order;

/// A lane that needs no search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Hello.
    Greeting,
    /// Thank you.
    Thanks,
    /// Goodbye.
    Goodbye,
    /// Who or what is the desk?
    Who,
    /// A person, please.
    Person,
    /// Where is my order?
    Order,
    /// Everything else is looked up.
    LookUp,
}

/// Words of an utterance that can still be a wish for a person.
const SHORT: usize = 14;

/// Picks the lane by whole utterances, never by a word in the middle of a question.
///
/// `masks` is what order numbers look like; without orders nobody can be looking for one.
pub(crate) fn lane(question: &str, masks: Option<&Masks>) -> Lane {
    let plain = plain(question);
    let is_one_of = |list: &[&str]| list.contains(&plain.as_str());
    if is_one_of(GREETINGS) {
        Lane::Greeting
    } else if is_one_of(THANKS) {
        Lane::Thanks
    } else if is_one_of(GOODBYES) {
        Lane::Goodbye
    } else if is_one_of(WHO) {
        Lane::Who
    } else if plain.split(' ').count() <= SHORT && PERSON.iter().any(|wish| plain.contains(wish)) {
        Lane::Person
    } else if masks.is_some_and(|masks| asks_for_an_order(question, masks)) {
        Lane::Order
    } else {
        Lane::LookUp
    }
}

/// Lower case, no punctuation but apostrophes, single spaces.
fn plain(question: &str) -> String {
    let kept: String = question
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '\'' || c == '’' { c } else { ' ' })
        .collect();
    kept.replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_lane(question: &str, expected: Lane) {
        assert_eq!(lane(question, None), expected, "{question:?}");
    }

    #[test]
    fn whole_utterances_are_small_talk() {
        check_lane("Hi!", Lane::Greeting);
        check_lane("  Good   morning. ", Lane::Greeting);
        check_lane("مرحبا", Lane::Greeting);
        check_lane("Thanks a lot!!", Lane::Thanks);
        check_lane("Bye-bye", Lane::Goodbye);
        check_lane("Are you a robot?", Lane::Who);
    }

    #[test]
    fn a_question_with_a_greeting_stays_a_question() {
        check_lane("Hi, when do you open?", Lane::LookUp);
        check_lane("thanks, and what about Sunday?", Lane::LookUp);
        check_lane("Do you sell hi-vis jackets?", Lane::LookUp);
        check_lane("help with my boots", Lane::LookUp);
    }

    #[test]
    fn a_wish_for_a_person_is_heard() {
        check_lane("Can I speak to a human please?", Lane::Person);
        check_lane("I want to make a complaint", Lane::Person);
        check_lane(
            "Is a real person on the phone line at weekends or only in the week because I \
                    would like to know",
            Lane::LookUp,
        );
    }
}
