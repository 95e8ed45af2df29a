//! The desk's own few sentences, by language. Everything else it says is the shop's.

use crate::route::Lane;

/// One language's sentences.
pub(crate) struct Phrases {
    greeting: &'static str,
    thanks: &'static str,
    goodbye: &'static str,
    who: &'static str,
    /// Before the way to a person.
    pub(crate) person: &'static str,
    /// Before suggestions.
    pub(crate) did_you_mean: &'static str,
    /// Where staff wrote no refusal.
    pub(crate) refusal: &'static str,
}

const ENGLISH: Phrases = Phrases {
    greeting: "Hello! What would you like to know?",
    thanks: "You are welcome. Is there anything else?",
    goodbye: "Goodbye, and thank you for visiting.",
    who: "I am a program, not a person. I answer from the documents and approved answers of this \
          desk, and I show where each answer comes from.",
    person: "Of course. This is how you reach a person:",
    did_you_mean: "I am not sure what you mean. Is it one of these?",
    refusal: "I do not have an answer to that in this desk's documents.",
};

const ARABIC: Phrases = Phrases {
    greeting: "مرحبًا! ماذا تود أن تعرف؟",
    thanks: "على الرحب والسعة. هل هناك شيء آخر؟",
    goodbye: "مع السلامة، وشكرًا لزيارتك.",
    who: "أنا برنامج ولست شخصًا. أجيب من مستندات هذا المكتب وإجاباته المعتمدة، وأبيّن مصدر كل إجابة.",
    person: "بالطبع. هكذا يمكنك الوصول إلى شخص:",
    did_you_mean: "لست متأكدًا مما تقصده. هل هو أحد هذه الأسئلة؟",
    refusal: "لا أجد إجابة عن ذلك في مستندات هذا المكتب.",
};

/// The sentences of a BCP 47 language, English where there are none.
pub(crate) fn phrases(language: &str) -> &'static Phrases {
    match language.split(['-', '_']).next().unwrap_or_default() {
        "ar" => &ARABIC,
        _ => &ENGLISH,
    }
}

impl Phrases {
    /// The reply of a lane that needs no search.
    pub(crate) fn small_talk(&self, lane: Lane) -> Option<&'static str> {
        match lane {
            Lane::Greeting => Some(self.greeting),
            Lane::Thanks => Some(self.thanks),
            Lane::Goodbye => Some(self.goodbye),
            Lane::Who => Some(self.who),
            Lane::Person | Lane::Order | Lane::LookUp => None,
        }
    }
}
