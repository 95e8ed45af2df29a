//! What can go wrong with knowledge as a whole; one bad file is a line in its report instead.

/// Why the knowledge could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum KnowledgeError {
    /// The desk's file failed.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// The embedding engine failed; what it had not done stays pending.
    #[error(transparent)]
    Engine(#[from] engine::EngineError),
    /// An FAQ needs a question and an answer.
    #[error("a question and an answer are needed")]
    EmptyFaq,
    /// An answer from a starting kit still waits for the shop's own words.
    #[error("the answer still holds the blank {blank}")]
    Blank {
        /// The first blank, brackets and all.
        blank: String,
    },
    /// The desk wants a second person to approve what somebody wrote.
    #[error("{} wrote this text and cannot approve it", name(.who))]
    SecondPerson {
        /// Who wrote it and tried to approve it.
        who: String,
    },
}

fn name(who: &str) -> &str {
    if who.trim().is_empty() { "whoever" } else { who }
}
