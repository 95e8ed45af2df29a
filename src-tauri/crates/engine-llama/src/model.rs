//! A loaded model and what its file says about itself. The only way a file reaches llama.cpp.

pub(crate) mod backends;
pub(crate) mod facts;
mod file;
pub(crate) mod graphics;

use std::path::Path;

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::vocab::LlamaVocab;

use crate::arguments::Purpose;
use crate::ending::Ending;
use crate::error::Error;
use crate::logs::take_last_errors;

/// A context of more tokens takes minutes to set up, and no desk needs one.
const CONTEXT_LIMIT: u32 = 1 << 17;

/// llama.cpp rounds smaller contexts up to this.
const CONTEXT_FLOOR: u32 = 256;

/// More layers than any model has.
const ALL_LAYERS: u32 = 999;

/// What computes a model.
#[derive(Clone, Debug, Default)]
pub(crate) enum Placement {
    /// The processor alone.
    #[default]
    Processor,
    /// A graphics card.
    Card {
        /// Its name.
        name: String,
        /// Layers on it; all if `None`.
        layers: Option<u32>,
    },
}

/// A model in memory.
pub(crate) struct Model {
    // Dropped in this order: the model needs what the other stands for.
    llama: LlamaModel,
    backend: LlamaBackend,
    architecture: String,
    fingerprint: String,
    computes_on: String,
    is_on_card: bool,
}

impl Model {
    /// Loads a file to where it is computed.
    ///
    /// Fails with a sentence for the person who chose the file. Gives up early when the program
    /// is to end.
    pub(crate) fn open(
        path: &Path,
        purpose: Purpose,
        placement: &Placement,
        ending: &Ending,
    ) -> Result<Model, Error> {
        file::check_header(path)?;
        let fingerprint = facts::fingerprint(path)
            .map_err(|source| Error::Unreadable { path: path.to_owned(), source })?;
        backends::load()?;
        let backend = LlamaBackend::init().map_err(load_error)?;
        let ending = ending.clone();
        let (cards, layers, computes_on) = match placement {
            // An empty list keeps llama.cpp from cards that are loaded for something else.
            Placement::Processor => (vec![], 0, processor_in_words()),
            Placement::Card { name, layers } => {
                let card = graphics::find(name)?;
                let words = format!("{}: {}", card.backend.to_lowercase(), card.description);
                (vec![card.index], layers.unwrap_or(ALL_LAYERS), words)
            }
        };
        let parameters = LlamaModelParams::default()
            .with_n_gpu_layers(layers)
            .with_devices(&cards)
            .map_err(load_error)?
            .with_progress_callback(move |_| !ending.has_begun());
        let llama = LlamaModel::load_from_file(&backend, path, &parameters).map_err(load_error)?;
        let architecture = llama.meta_val_str("general.architecture").unwrap_or_default();
        let is_on_card = !cards.is_empty();
        let model = Model { llama, backend, architecture, fingerprint, computes_on, is_on_card };
        model.check_purpose(purpose)?;
        Ok(model)
    }

    /// Opens a context. Only one may be opened at a time.
    pub(crate) fn open_context(
        &self,
        parameters: LlamaContextParams,
    ) -> Result<LlamaContext<'_>, Error> {
        self.llama.new_context(&self.backend, parameters).map_err(load_error)
    }

    /// llama.cpp's own handle, for what this type does not wrap.
    pub(crate) fn llama(&self) -> &LlamaModel {
        &self.llama
    }

    /// The tokens of the model.
    pub(crate) fn vocab(&self) -> LlamaVocab<'_> {
        self.llama.vocab()
    }

    /// Entries of the vocabulary.
    pub(crate) fn vocabulary_size(&self) -> u32 {
        u32::try_from(self.vocab().n_tokens()).unwrap_or(0)
    }

    /// `general.architecture` of the file.
    pub(crate) fn architecture(&self) -> &str {
        &self.architecture
    }

    /// What computes, in words.
    pub(crate) fn computes_on(&self) -> &str {
        &self.computes_on
    }

    /// Whether a graphics card computes.
    pub(crate) fn is_on_card(&self) -> bool {
        self.is_on_card
    }

    /// Parameters of the model.
    pub(crate) fn parameters(&self) -> u64 {
        self.llama.n_params()
    }

    /// The chat template of the file.
    pub(crate) fn chat_template(&self) -> Option<String> {
        self.llama.meta_val_str("tokenizer.chat_template").ok().filter(|source| !source.is_empty())
    }

    /// The text of a token, empty for one that the model does not have.
    pub(crate) fn token_text(&self, token: LlamaToken) -> String {
        if !self.has_token(token) {
            return String::new();
        }
        let vocab = self.vocab();
        let text = vocab.text(token);
        text.map(|text| text.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Whether a token is one of the model's. llama.cpp ends the process on others.
    pub(crate) fn has_token(&self, token: LlamaToken) -> bool {
        (0..self.vocab().n_tokens()).contains(&token.0)
    }

    /// Any token, for a first step that only warms up.
    pub(crate) fn some_token(&self) -> LlamaToken {
        let vocab = self.vocab();
        [vocab.bos(), vocab.eos(), vocab.sep()]
            .into_iter()
            .find(|&token| self.has_token(token))
            .unwrap_or(LlamaToken(0))
    }

    /// The tokens of a text that nobody's frame surrounds.
    pub(crate) fn count_tokens(&self, text: &str) -> u32 {
        u32::try_from(self.vocab().tokenize(text.as_bytes(), false, false).len())
            .unwrap_or(u32::MAX)
    }

    /// Tokens to give a context when `asked` for some or for none.
    pub(crate) fn choose_context(&self, asked: Option<u32>, default: u32) -> u32 {
        clamp_context(asked, default, self.llama.n_ctx_train())
    }

    /// A model asked for what it cannot do would end the process at its first step.
    fn check_purpose(&self, purpose: Purpose) -> Result<(), Error> {
        let wrong = |reason: &str| Err(Error::WrongPurpose { reason: reason.to_owned() });
        let tokenizer = self.llama.meta_val_str("tokenizer.ggml.model").unwrap_or_default();
        if matches!(tokenizer.as_str(), "" | "none" | "no_vocab") || self.vocabulary_size() == 0 {
            return wrong("it brings no vocabulary");
        }
        let looks_both_ways = self.fact("attention.causal").as_deref() == Some("false");
        let is_encoder = looks_both_ways
            || self.architecture.contains("bert")
            || self.architecture.starts_with("t5");
        let pooling = self.fact("pooling_type");
        match (purpose, pooling.as_deref()) {
            (Purpose::Chat, _) if is_encoder => wrong("it cannot write, it only makes vectors"),
            (Purpose::Embedding, Some("4")) => wrong("it ranks texts, it makes no vectors"),
            (Purpose::Embedding, None | Some("0")) => {
                wrong("it makes a vector for each word, not for a text")
            }
            (Purpose::Chat | Purpose::Embedding, _) => Ok(()),
        }
    }

    /// A value that the file keeps under its architecture's name.
    fn fact(&self, name: &str) -> Option<String> {
        self.llama.meta_val_str(&format!("{}.{name}", self.architecture)).ok()
    }
}

/// How the processor is named among what can compute.
fn processor_in_words() -> String {
    format!("cpu: {}", backends::processor_library().unwrap_or_else(|| "only one".to_owned()))
}

/// What llama.cpp logged says more than what it returns.
pub(crate) fn load_error(error: impl ToString) -> Error {
    Error::Load { reason: take_last_errors().unwrap_or_else(|| error.to_string()) }
}

/// The same for a step that failed.
pub(crate) fn compute_error(error: impl ToString) -> Error {
    Error::Compute { reason: take_last_errors().unwrap_or_else(|| error.to_string()) }
}

/// Never more than the model was trained for: beyond it some models end the process and all of
/// them write nonsense.
fn clamp_context(asked: Option<u32>, default: u32, trained: u32) -> u32 {
    let ceiling = trained.clamp(1, CONTEXT_LIMIT);
    asked.unwrap_or(default).max(CONTEXT_FLOOR).min(ceiling)
}

#[cfg(test)]
mod tests;
