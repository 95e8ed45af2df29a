//! Domain types to wire types, by hand.

use assistant::Answer;
use engine::Health;
use knowledge::{Faq, FileReport, Hit, SourceSummary};

use crate::wire;

pub(crate) fn route(route: assistant::Route) -> wire::Route {
    match route {
        assistant::Route::SmallTalk => wire::Route::Smalltalk,
        assistant::Route::Faq => wire::Route::Faq,
        assistant::Route::Documents => wire::Route::Documents,
        assistant::Route::Quote => wire::Route::Quote,
        assistant::Route::Cache => wire::Route::Cache,
        assistant::Route::DidYouMean => wire::Route::DidYouMean,
        assistant::Route::Refused => wire::Route::Refused,
        assistant::Route::Order => wire::Route::Order,
        assistant::Route::HandOff => wire::Route::Handoff,
    }
}

pub(crate) fn citation(citation: &assistant::Citation) -> wire::Citation {
    wire::Citation {
        n: citation.n,
        source: citation.source.clone(),
        title: citation.title.clone(),
        locator: citation.locator.clone(),
        passage: citation.passage.clone(),
        score: citation.score,
    }
}

pub(crate) fn event(event: assistant::AnswerEvent) -> wire::TurnEvent {
    match event {
        assistant::AnswerEvent::Waiting(ahead) => wire::TurnEvent::Waiting { ahead: ahead as u32 },
        assistant::AnswerEvent::Routed(r) => wire::TurnEvent::Routed { route: route(r) },
        assistant::AnswerEvent::Sources(sources) => {
            wire::TurnEvent::Sources { citations: sources.iter().map(citation).collect() }
        }
        assistant::AnswerEvent::Text(text) => wire::TurnEvent::Token { text },
        assistant::AnswerEvent::Replaced(text) => wire::TurnEvent::Replaced { text },
    }
}

/// What helps with most files that cannot be read.
const OPEN_AND_SAVE: &str =
    "Open the file, save it again, as PDF, Word or plain text if you can, and import that.";

/// A finished turn; `hand_over` is the desk's way to a person.
pub(crate) fn turn(ask: &wire::Ask, answer: Answer, hand_over: &str) -> wire::Turn {
    let offers_person = answer.offers_person && !hand_over.is_empty();
    wire::Turn {
        id: ask.ask_id.clone(),
        turn_id: answer.turn_id,
        conversation: ask.conversation.clone().unwrap_or_default(),
        question: ask.question.clone(),
        route: route(answer.route),
        answer: answer.text,
        score: answer.score,
        support: answer.support,
        citations: answer.citations.iter().map(citation).collect(),
        suggestions: answer.suggestions,
        order_form: answer.order_form.map(|form| wire::OrderForm { number: form.number }),
        hand_over: offers_person.then(|| hand_over.to_string()),
        timing: wire::Timing {
            retrieve_ms: milliseconds(answer.timing.retrieve),
            first_token_ms: milliseconds(answer.timing.first_token),
            total_ms: milliseconds(answer.timing.total),
        },
        tokens: wire::Tokens {
            prompt: answer.tokens.prompt,
            cached: answer.tokens.cached,
            generated: answer.tokens.generated,
        },
        kb_version: answer.kb_version,
        model: answer.model,
        state: crate::tickets::state(answer.talk.state),
        ticket: answer.talk.ticket,
        interrupted: answer.interrupted,
        error: answer.engine_error.map(wire::ApiError::from),
    }
}

/// Milliseconds with a tenth: more digits are noise.
fn milliseconds(time: std::time::Duration) -> f64 {
    (time.as_secs_f64() * 10_000.0).round() / 10.0
}

pub(crate) fn health(health: Option<Health>) -> wire::Health {
    match health {
        None => wire::Health::Failed { reason: "its model is not here".into() },
        Some(Health::Warming) => wire::Health::Warming,
        Some(Health::Ready) => wire::Health::Ready,
        Some(Health::Busy { waiting }) => wire::Health::Busy { waiting: waiting as u32 },
        Some(Health::Idle) => wire::Health::Idle,
        Some(Health::Failed { reason }) => wire::Health::Failed { reason },
    }
}

pub(crate) fn report(report: &FileReport) -> wire::ImportReport {
    wire::ImportReport {
        path: report.path.display().to_string(),
        kind: report.kind.to_string(),
        state: match report.state {
            knowledge::ImportState::Ready => wire::ImportState::Ready,
            knowledge::ImportState::Partial => wire::ImportState::Partial,
            knowledge::ImportState::Rejected => wire::ImportState::Rejected,
            knowledge::ImportState::Unchanged => wire::ImportState::Unchanged,
        },
        passages: report.passages as u32,
        faqs: report.faqs as u32,
        orders: 0,
        warnings: report.warnings.clone(),
        error: report.error.as_ref().map(|problem| wire::ApiError {
            code: wire::Code::BadFile,
            message: problem.message.clone(),
            hint: Some(problem.hint.clone().unwrap_or_else(|| OPEN_AND_SAVE.into())),
        }),
    }
}

pub(crate) fn source(source: SourceSummary) -> wire::SourceView {
    wire::SourceView {
        id: source.id,
        source: source.source,
        title: source.title,
        kind: source.kind,
        passages: source.passages as u32,
        embedded: source.embedded as u32,
        faqs: source.faqs as u32,
        warnings: source.warnings,
    }
}

pub(crate) fn faq(faq: Faq, waits: bool, used: i64) -> wire::FaqView {
    wire::FaqView {
        id: faq.id,
        question: faq.question,
        answer: faq.answer,
        alternatives: faq.alternatives,
        status: match faq.status {
            store::FaqStatus::Draft => wire::FaqStatus::Draft,
            store::FaqStatus::Approved => wire::FaqStatus::Approved,
            store::FaqStatus::Retired => wire::FaqStatus::Retired,
        },
        waits,
        used: used as u32,
    }
}

pub(crate) fn faq_status(status: wire::FaqStatus) -> store::FaqStatus {
    match status {
        wire::FaqStatus::Draft => store::FaqStatus::Draft,
        wire::FaqStatus::Approved => store::FaqStatus::Approved,
        wire::FaqStatus::Retired => store::FaqStatus::Retired,
    }
}

pub(crate) fn hit(hit: Hit) -> wire::SearchHit {
    wire::SearchHit {
        source: hit.source,
        title: hit.title,
        locator: hit.locator,
        text: hit.text,
        score: hit.score,
        cosine: hit.cosine,
        bm25: hit.bm25,
    }
}

pub(crate) fn settings(settings: &settings::Settings) -> wire::SettingsView {
    wire::SettingsView {
        generation: match settings.generation {
            settings::Generation::WhenProven => wire::Generation::WhenProven,
            settings::Generation::Always => wire::Generation::Always,
            settings::Generation::Never => wire::Generation::Never,
        },
        caution: match settings.caution {
            settings::Caution::Careful => wire::Caution::Careful,
            settings::Caution::Balanced => wire::Caution::Balanced,
            settings::Caution::Talkative => wire::Caution::Talkative,
        },
        language: settings.language.clone(),
        refusal: settings.profile.refusal.clone(),
        hand_over: settings.profile.hand_over.clone(),
        second_person: settings.second_person,
        expert: settings.expert,
    }
}

pub(crate) fn generation(generation: wire::Generation) -> settings::Generation {
    match generation {
        wire::Generation::WhenProven => settings::Generation::WhenProven,
        wire::Generation::Always => settings::Generation::Always,
        wire::Generation::Never => settings::Generation::Never,
    }
}

pub(crate) fn caution(caution: wire::Caution) -> settings::Caution {
    match caution {
        wire::Caution::Careful => settings::Caution::Careful,
        wire::Caution::Balanced => settings::Caution::Balanced,
        wire::Caution::Talkative => settings::Caution::Talkative,
    }
}

/// The desk's caution in the assistant's own word.
pub(crate) fn policy_caution(caution: settings::Caution) -> assistant::Caution {
    match caution {
        settings::Caution::Careful => assistant::Caution::Careful,
        settings::Caution::Balanced => assistant::Caution::Balanced,
        settings::Caution::Talkative => assistant::Caution::Talkative,
    }
}
