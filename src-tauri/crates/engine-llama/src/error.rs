//! What can go wrong, by whom it concerns: a refused model ends the program, a refused request
//! does not.

use std::path::PathBuf;

/// Every failure of this program that the desk hears about.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The model's file cannot be opened.
    #[error("the file {} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is something else.
    #[error("the file {} is not a GGUF model", path.display())]
    NotGguf {
        /// The file.
        path: PathBuf,
    },
    /// llama.cpp is compiled for newer processors.
    #[error("the processor of this machine is too old, it lacks {missing}")]
    Processor {
        /// The instructions it does not know.
        missing: &'static str,
    },
    /// llama.cpp did not take the model.
    #[error("llama.cpp refused the model: {reason}")]
    Load {
        /// Its last words, or what was tried.
        reason: String,
    },
    /// The model is sound and made for something else.
    #[error("the model cannot be used for this: {reason}")]
    WrongPurpose {
        /// What it is.
        reason: String,
    },
    /// A conversation that the model's template does not accept.
    #[error("the conversation does not fit the model's template: {reason}")]
    Template {
        /// What the template said.
        reason: String,
    },
    /// More text than fits.
    #[error("the prompt has {prompt_tokens} tokens and {limit_tokens} fit beside the answer")]
    PromptTooLong {
        /// Tokens of the prompt.
        prompt_tokens: usize,
        /// Tokens left for it.
        limit_tokens: usize,
    },
    /// So much text that counting its tokens is not worth the time.
    #[error("the prompt has {prompt_bytes} bytes and {context_tokens} tokens cannot hold it")]
    PromptHuge {
        /// Bytes of the prompt.
        prompt_bytes: usize,
        /// Tokens of the context.
        context_tokens: usize,
    },
    /// A conversation without a word.
    #[error("the prompt is empty")]
    PromptEmpty,
    /// llama.cpp could not compute a step.
    #[error("llama.cpp could not compute: {reason}")]
    Compute {
        /// What it said.
        reason: String,
    },
}
