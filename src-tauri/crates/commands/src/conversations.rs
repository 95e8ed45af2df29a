//! What visitors and the desk said, with everything personal masked.
//!
//! A search looks at the words as they were typed, so that somebody who asks to be erased can be
//! found by an address; what is shown and written is masked.

mod export;

use store::{Erasure, TranscriptCounts, TranscriptFilter, TranscriptRow, TurnRow};

use crate::core::Core;
use crate::errors;
use crate::tickets::cleaned;
use crate::wire::{
    ApiError, ConversationsCommand, ConversationsReply, Route, SaidView, StaffMessage, TalkCounts,
    TalkDetail, TalkFilter, TalkView,
};

/// Conversations in one list.
const MOST_TALKS: u32 = 200;
/// Turns shown of one conversation.
const MOST_TURNS: usize = 1_000;
/// Characters of a search.
const LONGEST_SEARCH: usize = 200;

impl Core {
    /// Does what staff ask of it.
    pub(crate) fn conversations(
        &self,
        command: ConversationsCommand,
    ) -> Result<ConversationsReply, ApiError> {
        match command {
            ConversationsCommand::State => {
                Ok(ConversationsReply::State(counts(self.store.transcript_counts()?)))
            }
            ConversationsCommand::List { filter, offset, limit } => {
                let limit = limit.min(MOST_TALKS) as usize;
                let wanted = wanted(&filter)?;
                let (rows, total) = self.store.transcripts(&wanted, offset as usize, limit)?;
                Ok(ConversationsReply::Talks {
                    talks: rows.into_iter().map(talk).collect(),
                    total: total as u32,
                    all: counts(self.store.transcript_counts()?),
                })
            }
            ConversationsCommand::One { id } => {
                Ok(ConversationsReply::Talk(Box::new(self.talk_detail(id)?)))
            }
            ConversationsCommand::Export { filter, format, to } => {
                self.export_talks(&filter, format, to)
            }
            ConversationsCommand::Erase { ids } => {
                let erasure = Erasure { conversations: ids, with_gaps: true };
                let erased = self.erase_conversations(erasure)?;
                Ok(ConversationsReply::Erased {
                    conversations: erased.conversations as u32,
                    turns: erased.turns as u32,
                    gaps: erased.gaps as u32,
                    waiting: erased.waiting as u32,
                })
            }
        }
    }

    fn talk_detail(&self, id: String) -> Result<TalkDetail, ApiError> {
        let mut turns = Vec::new();
        for turn_id in self.store.turns_of(&id, MOST_TURNS)? {
            // A visitor may leave while staff read.
            let Some(turn) = self.store.turn(turn_id)? else { continue };
            let note = self.store.rating_note(turn_id)?.unwrap_or_default();
            turns.push(said(turn, &note));
        }
        if turns.is_empty() {
            return Err(errors::gone("conversation"));
        }
        let staff = self.store.staff_lines(&id, 0)?.into_iter();
        let staff = staff
            .map(|line| {
                let text = knowledge::mask_lines(&line.text);
                StaffMessage { id: line.id, at: line.at, text }
            })
            .collect();
        Ok(TalkDetail { id, turns, staff })
    }
}

/// What the store is asked for.
fn wanted(filter: &TalkFilter) -> Result<TranscriptFilter, ApiError> {
    Ok(TranscriptFilter {
        contains: cleaned(filter.contains.as_deref().unwrap_or_default(), LONGEST_SEARCH)?,
        route: filter.route.map(name_of).transpose()?,
        from: filter.from,
        until: filter.until,
    })
}

fn talk(row: TranscriptRow) -> TalkView {
    TalkView {
        id: row.id,
        started_at: row.started_at,
        last_at: row.last_at,
        language: row.language,
        turns: row.turns as u32,
        last_question: knowledge::mask(&row.last_question),
        routes: row.routes.iter().filter_map(|name| route_of(name)).collect(),
        unhappy: row.unhappy,
        erased: row.turns > 0 && row.with_words == 0,
        ticket: row.ticket,
    }
}

pub(crate) fn said(turn: TurnRow, note: &str) -> SaidView {
    let erased = turn.question.is_empty() && turn.answer.is_empty();
    let source = |title: &str, source: &str| {
        if title.is_empty() { source.to_owned() } else { title.to_owned() }
    };
    SaidView {
        turn_id: turn.id,
        at: turn.at,
        language: turn.language,
        question: knowledge::mask_lines(&turn.question),
        answer: shown(&turn.route, turn.answer),
        route: route_of(&turn.route).unwrap_or(Route::Blocked),
        sources: turn.citations.iter().map(|cited| source(&cited.title, &cited.source)).collect(),
        helpful: turn.helpful,
        note: knowledge::mask_lines(note),
        total_ms: turn.total_ms,
        interrupted: turn.interrupted,
        erased,
    }
}

/// What the shop wrote itself is shown as it stands, its own telephone number included. Elsewhere
/// an answer may repeat what a visitor typed.
fn shown(route: &str, answer: String) -> String {
    match route {
        "faq" | "quote" | "smalltalk" | "refused" | "did_you_mean" => answer,
        _ => knowledge::mask_lines(&answer),
    }
}

fn counts(counts: TranscriptCounts) -> TalkCounts {
    TalkCounts {
        conversations: counts.conversations as u32,
        turns: counts.turns as u32,
        waiting: counts.waiting as u32,
        waiting_turns: counts.waiting_turns as u32,
    }
}

/// A lane by the name it is saved under, which is its name on the wire too.
fn route_of(name: &str) -> Option<Route> {
    serde_json::from_value(name.into()).ok()
}

fn name_of(route: Route) -> Result<String, ApiError> {
    let name = serde_json::to_value(route).map_err(|error| errors::internal(&error))?;
    Ok(name.as_str().unwrap_or_default().to_owned())
}
