//! The template language of model files, as Hugging Face runs it.

use std::time::SystemTime;

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, ErrorKind, UndefinedBehavior, context};
use minijinja_contrib::pycompat::unknown_method_callback;

use engine::protocol::Keep;

use super::clock::format_time;
use super::{Piece, check_messages, cut_at_marks, fold_system, mark};
use crate::error::Error;

/// Steps a template may take; real ones take hundreds. A hostile one ends here.
const FUEL: u64 = 1_000_000;

/// A compiled template with the texts of the model's two frame tokens.
#[derive(Debug)]
pub(crate) struct Jinja {
    environment: Environment<'static>,
    bos: String,
    eos: String,
}

impl Jinja {
    /// Compiles a template and tries it on a short conversation.
    pub(crate) fn compile(source: &str, bos: String, eos: String) -> Result<Jinja, Error> {
        let mut environment = Environment::new();
        environment.set_trim_blocks(true);
        environment.set_lstrip_blocks(true);
        environment.set_undefined_behavior(UndefinedBehavior::Lenient);
        environment.set_fuel(Some(FUEL));
        environment.set_unknown_method_callback(unknown_method_callback);
        environment.add_function("raise_exception", raise_exception);
        environment.add_function("strftime_now", |pattern: String| {
            format_time(SystemTime::now(), &pattern)
        });
        environment.add_filter("tojson", to_json);
        environment
            .add_template_owned("chat", without_generation_tags(source))
            .map_err(|error| template_error(&error))?;

        let template = Jinja { environment, bos, eos };
        let question = [("user".to_owned(), "Hello".to_owned())];
        template.render(&question, &[])?;
        Ok(template)
    }

    /// The prompt for an answer to `messages`, in pieces.
    ///
    /// Fails when the template refuses the conversation, for instance two questions in a row.
    pub(crate) fn render(
        &self,
        messages: &[(String, String)],
        keep: &[Keep],
    ) -> Result<Vec<Piece>, Error> {
        check_messages(messages)?;
        self.render_as_given(messages, keep).or_else(|error| match fold_system(messages, keep) {
            Some((folded, keep)) => self.render_as_given(&folded, &keep),
            None => Err(error),
        })
    }

    fn render_as_given(
        &self,
        messages: &[(String, String)],
        keep: &[Keep],
    ) -> Result<Vec<Piece>, Error> {
        let marked: Vec<Value> = messages
            .iter()
            .enumerate()
            .map(|(index, (role, _))| context! { role => role, content => mark(index) })
            .collect();
        let rendered = self
            .environment
            .get_template("chat")
            .and_then(|chat| {
                chat.render(context! {
                    messages => marked,
                    add_generation_prompt => true,
                    // Thinking aloud costs a processor minutes before the first word.
                    enable_thinking => false,
                    bos_token => self.bos,
                    eos_token => self.eos,
                })
            })
            .map_err(|error| template_error(&error))?;
        cut_at_marks(&rendered, messages, keep)
    }
}

/// Some models mark what training should count. For us that is a block like any other.
fn without_generation_tags(source: &str) -> String {
    source
        .replace("{%- generation", "{%- if true")
        .replace("{% generation", "{% if true")
        .replace("{%- endgeneration", "{%- endif")
        .replace("{% endgeneration", "{% endif")
}

fn raise_exception(message: String) -> Result<Value, minijinja::Error> {
    Err(minijinja::Error::new(ErrorKind::InvalidOperation, message))
}

/// The filter of the same name in minijinja writes for web pages and would escape `<`.
fn to_json(value: Value, options: Kwargs) -> Result<String, minijinja::Error> {
    let indent: Option<usize> = options.get("indent")?;
    let written = match indent {
        Some(_) => serde_json::to_string_pretty(&value),
        None => serde_json::to_string(&value),
    };
    written.map_err(|error| {
        minijinja::Error::new(ErrorKind::BadSerialization, "not JSON").with_source(error)
    })
}

fn template_error(error: &minijinja::Error) -> Error {
    let reason = error.detail().map_or_else(|| error.kind().to_string(), ToOwned::to_owned);
    Error::Template { reason }
}
