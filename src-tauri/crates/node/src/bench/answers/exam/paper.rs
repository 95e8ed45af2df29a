//! What a model that knows everything replies to the exam's questions.

use super::Asked;

/// The right sentence, or UNKNOWN where the passages do not answer.
pub(super) fn right_answer(asked: &Asked) -> String {
    let known = ANSWERS.iter().find(|(question, _)| *question == asked.question);
    if let Some((_, answer)) = known {
        return format!("ANSWER: {answer}");
    }
    let same = |heading: &str| heading.eq_ignore_ascii_case(&asked.question);
    match asked.passages.iter().find(|(heading, _)| same(heading)) {
        // The shop's own answers are right as they stand.
        Some((_, text)) => format!("ANSWER: {}", text.replace('\n', " ")),
        None if asked.passages.iter().any(|(heading, _)| is_of_the_exam(heading)) => {
            "UNKNOWN".to_owned()
        }
        // A question of a visitor: the first passage's words.
        None => {
            let text = asked.passages.first().map(|(_, text)| text.clone()).unwrap_or_default();
            format!("ANSWER: {}", text.lines().next().unwrap_or_default())
        }
    }
}

fn is_of_the_exam(heading: &str) -> bool {
    heading.starts_with("Museum > ") || heading.starts_with("Library > ")
}

const ANSWERS: &[(&str, &str)] = &[
    ("When does the museum open on Wednesday?", "The museum opens at 10:00."),
    ("How late can I stay on a Thursday?", "It closes at 20:00 on Thursdays."),
    ("How much is a ticket for an adult?", "An adult ticket costs 12 euros."),
    ("What does a family pay?", "A family ticket costs 26 euros."),
    ("Where do I put my large bag?", "Large bags must be left in the lockers beside the entrance."),
    ("What coin does a locker need?", "A locker takes a 1 euro coin."),
    (
        "May I photograph the permanent collection?",
        "You may take photographs without flash in the permanent collection.",
    ),
    (
        "Who gives permission for a tripod?",
        "Tripods need written permission from the press office.",
    ),
    ("When are hot meals served?", "The café serves hot meals from 11:30 to 15:00."),
    ("On which floor is the café?", "The café is on the first floor."),
    ("How long can I borrow a book?", "Books can be borrowed for four weeks."),
    ("How many items can I have at a time?", "You can borrow up to ten items at a time."),
    (
        "What is the charge for a late day?",
        "The library charges 20 cents per item for each late day.",
    ),
    ("What is the most I can be charged for being late?", "The charge never exceeds 10 euros."),
    ("What does a membership cost for a year?", "A membership costs 15 euros a year."),
    ("What do students pay?", "Students pay 8 euros."),
    (
        "What should I bring to register?",
        "Bring an identity card and proof of your address to register.",
    ),
    ("How much is a colour page?", "A colour page costs 50 cents."),
    ("How far ahead can I book a study room?", "Study rooms can be booked two weeks ahead."),
    ("How long does a booking of a study room last?", "A booking lasts three hours."),
    ("Is the museum open on Mondays?", "The museum is closed on Mondays."),
    (
        "May I take photographs in the special exhibition?",
        "Photography is not allowed in the special exhibition.",
    ),
    ("What does a ticket cost for a child of ten?", "Children under 14 enter free of charge."),
    ("How long can I borrow a film?", "Films can be borrowed for one week."),
    ("Can I borrow this month's magazine?", "Magazines of the current month cannot be borrowed."),
    ("What late charge does a child pay?", "Children do not pay late charges."),
    (
        "What does membership cost for somebody of seventy?",
        "Students and people over 65 pay 8 euros.",
    ),
    ("What does a black and white page cost?", "A black and white page costs 10 cents."),
    ("Can I bring an umbrella into the galleries?", "Umbrellas are not allowed in the galleries."),
    ("When does the museum close on a Friday?", "The museum closes at 17:30."),
];
