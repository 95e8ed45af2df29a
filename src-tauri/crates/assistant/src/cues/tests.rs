//! What questions want and what sentences hold.

use super::*;

fn check_wanted(question: &str, expected: Wanted) {
    assert_eq!(wanted(question), expected, "{question:?}");
}

#[test]
fn questions_tell_what_they_want() {
    check_wanted("When do you open on Sundays?", Wanted::Time);
    check_wanted("what time does the cafe close", Wanted::Time);
    check_wanted("In what year was the shop founded?", Wanted::Time);
    check_wanted("How long does a refund take?", Wanted::Duration);
    check_wanted("what does shipping to Norway cost", Wanted::Price);
    check_wanted("how much is shipping to Norway", Wanted::Amount);
    check_wanted("What's your phone number?", Wanted::Contact);
    check_wanted("How many people fit in a tent?", Wanted::Count);
    check_wanted("Where can I park?", Wanted::Place);
    check_wanted("Who runs the workshop?", Wanted::Name);
    check_wanted("Can I bring my dog?", Wanted::YesNo);
    check_wanted("Tell me about waxed jackets", Wanted::Anything);
    check_wanted("whenever suits", Wanted::Anything);
    check_wanted("Wann öffnet der Laden?", Wanted::Time);
    check_wanted("¿Cuánto tiempo tarda?", Wanted::Duration);
}

fn check_numbers(question: &str, sentence: &str, expected: bool) {
    assert_eq!(holds_numbers(&asked(question), sentence), expected, "{question:?} {sentence:?}");
}

#[test]
fn named_numbers_are_looked_for_whole_or_in_a_range() {
    check_numbers("what is a uk 9 shoe", "UK: 9; EU: 43", true);
    check_numbers("what is a uk 9 shoe", "UK: 19; EU: 9.5", false);
    check_numbers("from 2 to 10 kg", "2 kg cost more than 10.", true);
    check_numbers("from 2 to 10 kg", "2 kg.", false);
    check_numbers("which shoe", "UK: 9", false);
    check_numbers("a 100 cm chest", "Size: M; Chest: 97–103 cm", true);
    check_numbers("a 100 cm chest", "Size: L; Chest: 104–110 cm", false);
    check_numbers("a parcel of 7 kg", "From 2 to 10 kg it costs £5.95.", true);
}

fn check_holds(question: &str, sentence: &str, expected: f32) {
    assert_eq!(holds(&asked(question), sentence), expected, "{question:?} in {sentence:?}");
}

#[test]
fn sentences_hold_facts() {
    check_holds("When?", "We open at 9 am.", 1.0);
    check_holds("When?", "The doors open at 9:30.", 1.0);
    check_holds("When?", "We are closed on Sundays.", 1.0);
    check_holds("When?", "The shop was founded in 1987.", 1.0);
    check_holds("When?", "The jacket is warm.", 0.0);
    check_holds("How long?", "Refunds take five working days.", 1.0);
    check_holds("How long?", "Refunds go back to your card.", 0.0);
    check_holds("What is the price?", "Shipping costs £4.95.", 1.0);
    check_holds("What is the price?", "Returns are free.", 1.0);
    check_holds("What is the price?", "Size 42 is in stock.", 0.0);
    check_holds("How much?", "Size 42 is in stock.", 0.8);
    check_holds("How do I contact you?", "Ring 01632 960 123.", 1.0);
    check_holds("How do I contact you?", "Ask at the till for 2 forms.", 0.0);
    check_holds("How many?", "Each tent sleeps four.", 1.0);
    check_holds("Who runs the workshop?", "The workshop is run by Marta Lind.", 1.0);
    check_holds("Who runs the Workshop?", "It is our Workshop.", 0.0);
}
