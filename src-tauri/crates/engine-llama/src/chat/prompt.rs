//! From messages to the tokens of a prompt.

use engine::protocol::Keep;
use llama_cpp_2::model::{LlamaChatMessage, LlamaChatTemplate};

use crate::error::Error;
use crate::model::Model;
use crate::template::{Jinja, Piece, check_messages, cut_at_marks, fold_system, mark};

/// A token stands for no more bytes than this on average in any text people write.
const TOKEN_BYTES_MAX: usize = 32;

/// A prompt in tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prompt {
    /// The tokens, at least one.
    pub(crate) tokens: Vec<i32>,
    /// Lengths of beginnings that are worth keeping, shortest first.
    pub(crate) keep: Vec<usize>,
}

/// Writes prompts for one model.
pub(crate) struct Prompter<'model> {
    model: &'model Model,
    template: Template,
}

/// Which template writes the prompt.
enum Template {
    /// The one of the model.
    Own(Box<Jinja>),
    /// One that llama.cpp knows by heart: recognised in the model's own, or ChatML.
    Known(LlamaChatTemplate),
}

impl<'model> Prompter<'model> {
    /// Takes the model's own template, or the nearest one if it has none or it does not compile.
    pub(crate) fn new(model: &'model Model) -> Result<Prompter<'model>, Error> {
        let template = choose_template(model)?;
        Ok(Prompter { model, template })
    }

    /// The tokens of a prompt for an answer of `max_tokens` in a context of `context_tokens`.
    ///
    /// Control tokens come from the template only, never from the text of a message.
    pub(crate) fn tokenize(
        &self,
        messages: &[(String, String)],
        keep: &[Keep],
        context_tokens: usize,
        max_tokens: usize,
    ) -> Result<Prompt, Error> {
        let prompt_bytes = messages.iter().map(|(_, words)| words.len()).sum();
        if prompt_bytes > context_tokens * TOKEN_BYTES_MAX {
            return Err(Error::PromptHuge { prompt_bytes, context_tokens });
        }
        let pieces = match &self.template {
            Template::Own(jinja) => jinja.render(messages, keep)?,
            Template::Known(known) => render_known(self.model, known, messages, keep)?,
        };
        let prompt = self.tokenize_pieces(&pieces);
        let (prompt_tokens, limit_tokens) =
            (prompt.tokens.len(), context_tokens.saturating_sub(max_tokens));
        if prompt_tokens == 0 {
            Err(Error::PromptEmpty)
        } else if prompt_tokens > limit_tokens {
            Err(Error::PromptTooLong { prompt_tokens, limit_tokens })
        } else {
            Ok(prompt)
        }
    }

    fn tokenize_pieces(&self, pieces: &[Piece]) -> Prompt {
        let vocab = self.model.vocab();
        let (mut tokens, mut keep) = (Vec::new(), Vec::new());
        for piece in pieces {
            match piece {
                Piece::Frame(text) => tokens.extend(vocab.tokenize(text.as_bytes(), false, true)),
                Piece::Words(text) => tokens.extend(vocab.tokenize(text.as_bytes(), false, false)),
                Piece::Keep => keep.push(tokens.len()),
            }
        }
        // Some templates write the first token themselves and some leave it to the program.
        let first = vocab.bos();
        if vocab.should_add_bos() && self.model.has_token(first) && tokens.first() != Some(&first) {
            tokens.insert(0, first);
            keep.iter_mut().for_each(|end| *end += 1);
        }
        keep.sort_unstable();
        keep.dedup();
        keep.retain(|&end| end > 0 && end < tokens.len());
        Prompt { tokens: tokens.into_iter().map(|token| token.0).collect(), keep }
    }
}

fn choose_template(model: &Model) -> Result<Template, Error> {
    let Some(source) = model.chat_template() else {
        return known_template("chatml").map(Template::Known);
    };
    let vocab = model.vocab();
    let (bos, eos) = (model.token_text(vocab.bos()), model.token_text(vocab.eos()));
    match Jinja::compile(&source, bos, eos) {
        Ok(jinja) => Ok(Template::Own(Box::new(jinja))),
        Err(error) => {
            tracing::warn!("the model's own template is not used: {error}");
            let known = known_template(&source)?;
            let question = [("user".to_owned(), "Hello".to_owned())];
            match render_known(model, &known, &question, &[]) {
                Ok(_) => Ok(Template::Known(known)),
                Err(_) => known_template("chatml").map(Template::Known),
            }
        }
    }
}

fn known_template(name: &str) -> Result<LlamaChatTemplate, Error> {
    LlamaChatTemplate::new(name).map_err(template_error)
}

fn render_known(
    model: &Model,
    template: &LlamaChatTemplate,
    messages: &[(String, String)],
    keep: &[Keep],
) -> Result<Vec<Piece>, Error> {
    check_messages(messages)?;
    let render = |messages: &[(String, String)], keep: &[Keep]| {
        let marked: Result<Vec<_>, _> = messages
            .iter()
            .enumerate()
            .map(|(index, (role, _))| LlamaChatMessage::new(role.clone(), mark(index)))
            .collect();
        let marked = marked.map_err(template_error)?;
        let rendered = model.llama().apply_chat_template(template, &marked, true);
        cut_at_marks(&rendered.map_err(template_error)?, messages, keep)
    };
    render(messages, keep).or_else(|error| match fold_system(messages, keep) {
        Some((folded, keep)) => render(&folded, &keep),
        None => Err(error),
    })
}

fn template_error(error: impl ToString) -> Error {
    Error::Template { reason: error.to_string() }
}
