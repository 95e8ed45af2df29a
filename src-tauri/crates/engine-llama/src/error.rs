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
    /// Its header says something that no usable model says.
    #[error("the file {} cannot be used: {reason}", path.display())]
    Unsound {
        /// The file.
        path: PathBuf,
        /// What, naming the key or the tensor.
        reason: String,
    },
    /// There is no part of llama.cpp that this processor can run.
    #[error("the processor of this machine is too old, no part of the engine runs on it")]
    Processor,
    /// The program was installed without its parts.
    #[error("the engine's own files are missing, {} is not there; install again", folder.display())]
    NoBackends {
        /// Where they should be.
        folder: PathBuf,
    },
    /// The graphics card that was asked for is not there.
    #[error("there is no graphics card {name}: {reason}")]
    NoDevice {
        /// The name that was asked for.
        name: String,
        /// What there is instead, or what is wrong.
        reason: String,
    },
    /// A lock that this system has did not close.
    #[error("the engine could not be locked up: {reason}")]
    Unlocked {
        /// Which one.
        reason: String,
    },
    /// Not one token fits.
    #[error("the context is too small for a single token")]
    ContextTooSmall,
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
    /// A mark that is not at the edge of a character.
    #[error("byte {bytes} of message {message} is no place to cut at")]
    Keep {
        /// The message.
        message: usize,
        /// Where.
        bytes: u32,
    },
    /// A grammar that cannot be followed.
    #[error("the grammar cannot be used: {reason}")]
    Grammar {
        /// What is wrong with it.
        reason: String,
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
