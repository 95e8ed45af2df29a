//! Which lane takes a question before any search. Pure.

use orders::Masks;

use crate::lexicon::{COMPLAINT, EMERGENCY, GOODBYES, GREETINGS, NOT_WANTED, PERSON, THANKS, WHO};
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
    /// I want to complain.
    Complaint,
    /// Somebody is in danger.
    Emergency,
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
    let is_short = plain.split(' ').count() <= SHORT;
    if is_one_of(GREETINGS) {
        Lane::Greeting
    } else if is_one_of(THANKS) {
        Lane::Thanks
    } else if is_one_of(GOODBYES) {
        Lane::Goodbye
    } else if is_one_of(WHO) {
        Lane::Who
    } else if is_short && holds_one_of(&plain, EMERGENCY) {
        Lane::Emergency
    } else if is_short && holds_one_of(&plain, COMPLAINT) {
        Lane::Complaint
    } else if is_short && holds_one_of(&plain, PERSON) && !holds_one_of(&plain, NOT_WANTED) {
        Lane::Person
    } else if masks.is_some_and(|masks| asks_for_an_order(question, masks)) {
        Lane::Order
    } else {
        Lane::LookUp
    }
}

/// Whether whole words of a question are one of these. Arabic writes "and" and "to" onto the word.
fn holds_one_of(plain: &str, phrases: &[&str]) -> bool {
    let spaced = format!(" {plain} ");
    phrases.iter().any(|phrase| match phrase.is_ascii() || phrase.chars().all(is_latin) {
        true => spaced.contains(&format!(" {phrase} ")),
        false => plain.contains(phrase),
    })
}

fn is_latin(character: char) -> bool {
    !matches!(character, '\u{0600}'..='\u{06ff}')
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

    #[test]
    fn complaints_and_danger_are_told_from_questions() {
        check_lane("I want to make a complaint", Lane::Complaint);
        check_lane("Ich möchte mich beschweren", Lane::Complaint);
        check_lane("أريد تقديم شكوى", Lane::Complaint);
        check_lane("Help, there is a fire upstairs", Lane::Emergency);
        check_lane("Someone has collapsed near the door!", Lane::Emergency);
        check_lane("Somebody call an ambulance", Lane::Emergency);
        check_lane("¡Hay un incendio!", Lane::Emergency);
        check_lane("Where is the emergency exit?", Lane::LookUp);
        check_lane("Do you sell fire extinguishers?", Lane::LookUp);
        check_lane("Can I make a fire in the garden?", Lane::LookUp);
        check_lane("My tent has a hole, is that a reason for a complaint form?", Lane::LookUp);
    }

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
        check_lane("Ich möchte mit einem Menschen sprechen", Lane::Person);
        check_lane("Je voudrais parler à quelqu’un", Lane::Person);
        check_lane("Quiero hablar con una persona", Lane::Person);
        check_lane("Vorrei parlare con una persona", Lane::Person);
        check_lane("Kan ik met een medewerker praten?", Lane::Person);
        check_lane("Kan jag få prata med någon?", Lane::Person);
        check_lane("أريد التحدث مع شخص", Lane::Person);
        check_lane("I do not want to talk to a person", Lane::LookUp);
        check_lane(
            "Is a real person on the phone line at weekends or only in the week because I \
                    would like to know",
            Lane::LookUp,
        );
    }
}
