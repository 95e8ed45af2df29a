//! The whole desk as a model: the user's last question, answered as on the desk's own page.

use std::net::IpAddr;

use commands::wire::{Ask, TurnEvent};

use super::chat::Wanted;
use super::cut::Cut;
use super::reply::{CitedSource, DeskAnswer, FinishReason, Usage};
use super::request::Role;
use super::wording::{Told, below};
use super::work::{Ending, Piece, Work};
use super::{random_id, session};
use crate::Server;

/// Starts an answer. What is not the user's is not read: instructions and earlier answers could
/// say anything, and the desk says only what its own knowledge supports.
pub(super) fn answer(server: &Server, asker: IpAddr, wanted: Wanted) -> Work {
    let session = session(asker);
    let Wanted { talk, most_tokens, stop, language, conversation, .. } = wanted;
    let mut asked = talk.into_iter().filter(|(role, _)| *role == Role::User);
    let question = asked.next_back().map(|(_, text)| text).unwrap_or_default();
    let previous = asked.next_back().map(|(_, text)| text);
    let core = server.core.clone();
    Work::start(server, move |sender, gone| {
        let (mut told, mut cut) = (Told::default(), Cut::new(stop, most_tokens));
        let ask = Ask { ask_id: random_id(""), question, conversation, language };
        let mut has_begun = false;
        let answered = core.answer_after(&session, ask, previous, gone, &mut |event| {
            if let TurnEvent::Waiting { ahead } = event {
                sender.send(Piece::Waiting(ahead));
            } else if !has_begun {
                sender.send(Piece::Begun);
            }
            has_begun = true;
            let more = told.hear(event);
            sender.say(cut.add(&more));
        });
        match answered {
            Ok(turn) => {
                sender.say(cut.add(&told.rest(&turn.answer)));
                sender.say(cut.finish());
                if cut.end().is_none() {
                    sender.say(below(&turn));
                }
                let tokens = turn.tokens;
                sender.send(Piece::Done(Box::new(Ending {
                    finish_reason: cut.end().unwrap_or(FinishReason::Stop),
                    usage: Usage::of(tokens.prompt, tokens.cached, tokens.generated),
                    knowledge_version: Some(turn.kb_version),
                    citations: Some(turn.citations.iter().map(CitedSource::of).collect()),
                    desk: Some(DeskAnswer::of(&turn)),
                })));
            }
            Err(error) => sender.send(Piece::Failed(error.into())),
        }
    })
}
