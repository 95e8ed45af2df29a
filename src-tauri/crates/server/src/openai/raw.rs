//! The bare model: it writes what it is told to, from nothing but the messages.

use std::net::IpAddr;

use commands::{Said, Speaker, WriteEnd, WriteEvent, WriteRequest};

use super::chat::Wanted;
use super::error::Refusal;
use super::reply::{FinishReason, Usage};
use super::request::Role;
use super::session;
use super::work::{Ending, Piece, Work};
use crate::Server;

/// Starts a text.
pub(super) fn write(server: &Server, asker: IpAddr, wanted: Wanted) -> Result<Work, Refusal> {
    let session = session(asker);
    let request = WriteRequest {
        messages: wanted.talk.into_iter().map(said).collect::<Result<_, _>>()?,
        max_tokens: wanted.most_tokens,
        temperature: wanted.temperature,
        seed: wanted.seed,
        stop: wanted.stop,
        grammar: wanted.grammar,
    };
    let core = server.core.clone();
    Ok(Work::start(server, move |sender, gone| {
        let written = core.write(&session, request, gone, &mut |event| match event {
            WriteEvent::Waiting(ahead) => sender.send(Piece::Waiting(ahead)),
            WriteEvent::Text(text) => sender.say(text),
        });
        sender.send(match written {
            Ok(written) => Piece::Done(Box::new(Ending {
                finish_reason: match written.end {
                    WriteEnd::Done => FinishReason::Stop,
                    WriteEnd::Length => FinishReason::Length,
                },
                usage: Usage::of(
                    written.prompt_tokens,
                    written.cached_tokens,
                    written.generated_tokens,
                ),
                knowledge_version: None,
                citations: None,
                desk: None,
            })),
            Err(error) => Piece::Failed(error.into()),
        });
    }))
}

fn said((role, text): (Role, String)) -> Result<Said, Refusal> {
    let speaker = match role {
        Role::System | Role::Developer => Speaker::System,
        Role::User => Speaker::User,
        Role::Assistant => Speaker::Assistant,
        Role::Tool | Role::Function => {
            let message = "Functions are not called here, so there is no answer of one to read.";
            return Err(Refusal::invalid("messages", message));
        }
    };
    Ok(Said { speaker, text })
}
