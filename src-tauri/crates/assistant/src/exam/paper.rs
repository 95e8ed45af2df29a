//! The exam paper: passages of a museum and a library that exist nowhere, and forty questions.

/// What a right reply is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Expected {
    /// One of these facts is in the reply.
    Holds(&'static [&'static str]),
    /// The passages do not answer.
    Unknown,
    /// A neighbouring rule must not be taken for the asked one.
    Trap {
        /// One of these must be said; empty if silence is right too.
        right: &'static [&'static str],
        /// None of these may be said.
        wrong: &'static [&'static str],
    },
}

use Expected::{Holds, Trap, Unknown};

/// Heading and text.
pub(super) const PASSAGES: &[(&str, &str)] = &[
    (
        "Museum > Opening times",
        "The museum opens at 10:00 on Tuesday to Sunday. It closes at 17:30, and at 20:00 on \
         Thursdays. The museum is closed on Mondays and on 25 December.",
    ),
    (
        "Museum > Tickets",
        "An adult ticket costs 12 euros. Children under 14 enter free of charge. A family ticket \
         for two adults and up to four children costs 26 euros. Tickets are valid for one day.",
    ),
    (
        "Museum > Bags and coats",
        "Large bags must be left in the lockers beside the entrance. A locker takes a 1 euro coin, \
         which you get back. Umbrellas are not allowed in the galleries.",
    ),
    (
        "Museum > Photography",
        "You may take photographs without flash in the permanent collection. Photography is not \
         allowed in the special exhibition. Tripods need written permission from the press office.",
    ),
    (
        "Museum > Café",
        "The café on the first floor serves hot meals from 11:30 to 15:00. Cakes and coffee are \
         served until 17:00. The café has eight high chairs.",
    ),
    (
        "Library > Borrowing",
        "Books can be borrowed for four weeks and films for one week. You can borrow up to ten \
         items at a time. Magazines of the current month cannot be borrowed.",
    ),
    (
        "Library > Late returns",
        "For each late day the library charges 20 cents per item. The charge never exceeds 10 \
         euros. Children do not pay late charges.",
    ),
    (
        "Library > Membership",
        "A membership costs 15 euros a year. Students and people over 65 pay 8 euros. Bring an \
         identity card and proof of your address to register.",
    ),
    (
        "Library > Computers and printing",
        "Six computers are free to use for one hour a day. A black and white page costs 10 cents \
         and a colour page 50 cents. Scanning to a memory stick is free.",
    ),
    (
        "Library > Study rooms",
        "Study rooms for up to six people can be booked two weeks ahead. A booking lasts three \
         hours. The room is given away when nobody comes within 15 minutes.",
    ),
];

/// Question, passages it is asked over, what is right.
pub(super) const QUESTIONS: &[(&str, [usize; 3], Expected)] = &[
    ("When does the museum open on Wednesday?", [0, 1, 4], Holds(&["10"])),
    ("How late can I stay on a Thursday?", [0, 4, 9], Holds(&["20"])),
    ("How much is a ticket for an adult?", [1, 7, 0], Holds(&["12"])),
    ("What does a family pay?", [1, 7, 4], Holds(&["26"])),
    ("Where do I put my large bag?", [2, 0, 3], Holds(&["locker"])),
    ("What coin does a locker need?", [2, 1, 8], Holds(&["1 euro"])),
    ("May I photograph the permanent collection?", [3, 2, 0], Holds(&["without flash", "may"])),
    ("Who gives permission for a tripod?", [3, 2, 7], Holds(&["press office"])),
    ("When are hot meals served?", [4, 0, 9], Holds(&["11:30"])),
    ("On which floor is the café?", [4, 2, 0], Holds(&["first"])),
    ("How long can I borrow a book?", [5, 6, 9], Holds(&["four weeks", "4 weeks"])),
    ("How many items can I have at a time?", [5, 8, 9], Holds(&["ten", "10"])),
    ("What is the charge for a late day?", [6, 7, 8], Holds(&["20 cents"])),
    ("What is the most I can be charged for being late?", [6, 7, 1], Holds(&["10 euros"])),
    ("What does a membership cost for a year?", [7, 6, 1], Holds(&["15"])),
    ("What do students pay?", [7, 8, 6], Holds(&["8 euros"])),
    ("What should I bring to register?", [7, 5, 8], Holds(&["identity", "address"])),
    ("How much is a colour page?", [8, 7, 6], Holds(&["50"])),
    ("How far ahead can I book a study room?", [9, 8, 5], Holds(&["two weeks", "2 weeks"])),
    ("How long does a booking of a study room last?", [9, 8, 5], Holds(&["three", "3"])),
    ("Who designed the museum building?", [0, 1, 2], Unknown),
    ("Is there a car park at the museum?", [0, 2, 4], Unknown),
    ("How many paintings are in the collection?", [3, 0, 1], Unknown),
    ("Can I pay for tickets with bitcoin?", [1, 2, 0], Unknown),
    ("What is the name of the café's cook?", [4, 0, 2], Unknown),
    ("Does the library sell old books?", [5, 6, 7], Unknown),
    ("Is the library open at night?", [5, 7, 8], Unknown),
    ("How fast is the library's internet?", [8, 7, 9], Unknown),
    ("Are dogs allowed in the library?", [5, 9, 8], Unknown),
    ("What is the weather tomorrow?", [0, 4, 9], Unknown),
    (
        "Is the museum open on Mondays?",
        [0, 1, 4],
        Trap { right: &["closed", "not"], wrong: &["is open on monday"] },
    ),
    (
        "May I take photographs in the special exhibition?",
        [3, 2, 0],
        Trap { right: &["not"], wrong: &["you may take photographs"] },
    ),
    (
        "What does a ticket cost for a child of ten?",
        [1, 7, 6],
        Trap { right: &["free"], wrong: &["12 euros", "26 euros"] },
    ),
    (
        "How long can I borrow a film?",
        [5, 6, 9],
        Trap { right: &["one week", "1 week"], wrong: &["four weeks"] },
    ),
    (
        "Can I borrow this month's magazine?",
        [5, 6, 9],
        Trap { right: &["cannot", "not"], wrong: &["four weeks"] },
    ),
    (
        "What late charge does a child pay?",
        [6, 7, 1],
        Trap { right: &["not"], wrong: &["20 cents"] },
    ),
    (
        "What does membership cost for somebody of seventy?",
        [7, 6, 1],
        Trap { right: &["8"], wrong: &["15"] },
    ),
    (
        "What does a black and white page cost?",
        [8, 6, 7],
        Trap { right: &["10 cents"], wrong: &["50 cents"] },
    ),
    (
        "Can I bring an umbrella into the galleries?",
        [2, 0, 3],
        Trap { right: &["not"], wrong: &["are allowed"] },
    ),
    (
        "When does the museum close on a Friday?",
        [0, 4, 1],
        Trap { right: &["17:30"], wrong: &["20:00"] },
    ),
];
