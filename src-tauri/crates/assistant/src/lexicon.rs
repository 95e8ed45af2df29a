//! Words of small talk and of wishes for a person, by language.
//!
//! Whole utterances are matched, so that "thanks, and when do you open?" stays a question.

/// What a whole utterance can be.
pub(crate) const GREETINGS: &[&str] = &[
    "hi", "hello", "hey", "hiya", "good morning", "good afternoon", "good evening", "hello there",
    "hi there", "hey there", "hallo", "guten tag", "guten morgen", "bonjour", "salut", "hola",
    "buenos dias", "buenas tardes", "ciao", "buongiorno", "hej", "marhaba", "مرحبا", "السلام عليكم",
    "اهلا", "أهلا", "صباح الخير", "مساء الخير",
];

/// Thanks.
pub(crate) const THANKS: &[&str] = &[
    "thanks", "thank you", "thank you very much", "thanks a lot", "many thanks", "cheers", "ta",
    "great thanks", "ok thanks", "okay thanks", "perfect thanks", "thanks for your help",
    "thank you so much", "danke", "vielen dank", "merci", "merci beaucoup", "gracias", "grazie",
    "tack", "شكرا", "شكرا لك", "شكرا جزيلا",
];

/// Goodbyes.
pub(crate) const GOODBYES: &[&str] = &[
    "bye", "goodbye", "bye bye", "see you", "see you later", "have a nice day", "thanks bye",
    "tschüss", "auf wiedersehen", "au revoir", "adios", "ciao ciao", "hej då", "مع السلامة",
    "وداعا",
];

/// Questions about the desk itself.
pub(crate) const WHO: &[&str] = &[
    "who are you", "what are you", "are you a robot", "are you a bot", "are you human",
    "are you a human", "are you a real person", "am i talking to a robot", "am i talking to a person",
    "is this a bot", "what can you do", "what can i ask", "what can i ask you", "help",
    "من أنت", "هل أنت إنسان", "ماذا تستطيع أن تفعل",
];

/// Wishes for a person: one of these anywhere in a short utterance.
pub(crate) const PERSON: &[&str] = &[
    "talk to a person", "speak to a person", "talk to a human", "speak to a human",
    "talk to someone", "speak to someone", "speak with someone", "talk with someone",
    "talk to staff", "speak to staff", "speak to a member of staff", "talk to a member of staff",
    "real person", "real human", "a human please", "human please", "talk to an agent",
    "speak to an agent", "speak to the manager", "speak to a manager", "talk to the manager",
    "call someone over", "get me a person", "make a complaint", "i want to complain",
    "mit einem menschen", "mit jemandem sprechen", "parler à quelqu'un", "parler a quelqu'un",
    "hablar con una persona", "parlare con una persona", "التحدث مع شخص", "التحدث إلى موظف",
    "أريد موظف",
];
