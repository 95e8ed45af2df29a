//! What visitors asked on several nodes, brought together at the desk that learns from it: each node
//! appends lines to a file, the desk takes each line in once.
//!
//! Lines are masked like everything that staff see. A conversation goes by a hash of its number, for
//! who knows the number may read the conversation on its node.

mod along;

use std::path::PathBuf;

use knowledge::GapReason;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{CitationRow, TurnRow};

use crate::conversations::said;
use crate::core::{Core, unix_seconds};
use crate::errors;
use crate::wire::{ApiError, Code, Route};

pub(crate) use along::Exporter;

/// Lines read at once.
const PAGE: usize = 500;
/// Characters of each text that is taken in.
const LONGEST_TEXT: usize = 20_000;
/// Names this node in its lines; made once.
const NODE_KEY: &str = "node_id";

/// Where this desk appends what visitors asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportTo {
    /// The folder; each node has a file of its own a day.
    pub folder: PathBuf,
    /// Seconds between two looks.
    pub every_seconds: u64,
    /// Only conversations that have been silent for so long.
    pub silent_seconds: u32,
}

impl Default for ExportTo {
    fn default() -> Self {
        Self { folder: PathBuf::new(), every_seconds: 60, silent_seconds: 30 * 60 }
    }
}

/// One turn, as it goes from a node to the desk that learns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportedTurn {
    /// The node.
    pub node: String,
    /// The turn's number there: where the next export goes on.
    pub turn: i64,
    /// Turns with the same one belong together.
    pub conversation: String,
    /// Seconds since 1970.
    pub at: i64,
    /// BCP 47; empty where it is not known.
    pub language: String,
    /// Masked.
    pub question: String,
    /// Masked where a visitor's words may be in it.
    pub answer: String,
    /// The lane that answered.
    pub route: String,
    /// Names of the documents it is from.
    pub sources: Vec<String>,
    /// Fused score of the best evidence.
    pub score: f32,
    /// Share of the answer that the evidence supports.
    pub support: f32,
    /// Version of the knowledge that answered.
    pub kb_version: i64,
    /// The model that phrased it, if one did.
    pub model: Option<String>,
    /// Milliseconds.
    pub total_ms: f64,
    /// The answer was cut short.
    pub interrupted: bool,
    /// The visitor's verdict.
    pub helpful: Option<bool>,
    /// What they wrote beside it, masked.
    pub note: String,
    /// Why it counts as not answered: `refused`, `asked_back`, `unhelpful`, `handed_over`.
    pub gaps: Vec<ExportedGap>,
}

/// One reason why a turn counts as not answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportedGap {
    /// Which.
    pub reason: String,
    /// What could be chosen instead.
    pub choices: Vec<String>,
}

impl Core {
    /// Hands out what visitors asked after a turn, oldest first, where nothing was said since for so
    /// many seconds. Answers how far it came: the place to go on from.
    pub fn export_turns(
        &self,
        after: i64,
        silent_seconds: u32,
        each: &mut dyn FnMut(ExportedTurn) -> Result<(), ApiError>,
    ) -> Result<i64, ApiError> {
        let node = self.node_id()?;
        let silent_since = unix_seconds() - i64::from(silent_seconds);
        let mut at = after;
        loop {
            let ids = self.store.turns_to_export(at, silent_since, PAGE)?;
            let is_last = ids.len() < PAGE;
            for id in ids {
                // A visitor may leave while this goes on, and takes the words along.
                if let Some(row) = self.store.turn(id)? {
                    each(self.exported(&node, row)?)?;
                }
                at = id;
            }
            if is_last {
                return Ok(at);
            }
        }
    }

    /// Takes in what another node exported; false where it is known already.
    pub fn collect_turn(&self, line: ExportedTurn) -> Result<bool, ApiError> {
        let invalid = |what: &str| ApiError {
            code: Code::Invalid,
            message: format!("this is no exported turn: {what}"),
            hint: Some(
                "Use files that `frontdesk-node export` or `serve --export-to` wrote.".into(),
            ),
        };
        let is_name = |text: &str| {
            (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if !is_name(&line.node) || !is_name(&line.conversation) || line.turn < 1 {
            return Err(invalid("its node, its conversation or its number makes no sense"));
        }
        if line.node == self.node_id()? {
            return Ok(false);
        }
        let texts = [&line.question, &line.answer, &line.note];
        if texts.iter().any(|text| text.chars().count() > LONGEST_TEXT) || line.sources.len() > 50 {
            return Err(invalid("it is too long"));
        }
        let route: Result<Route, _> = serde_json::from_value(line.route.as_str().into());
        if route.is_err() {
            return Err(invalid(&format!("there is no route {:?}", line.route)));
        }
        let (question, at) = (line.question.clone(), line.at);
        let cited = line.sources.iter().zip(1..).map(|(title, n)| CitationRow {
            n,
            source: title.clone(),
            title: title.clone(),
            ..CitationRow::default()
        });
        let row = TurnRow {
            conversation: format!("{}-{}", line.node, line.conversation),
            question: line.question,
            answer: line.answer,
            route: line.route,
            score: line.score,
            support: line.support,
            kb_version: line.kb_version,
            model: line.model,
            at,
            total_ms: line.total_ms.clamp(0.0, 1e9),
            interrupted: line.interrupted,
            helpful: line.helpful,
            citations: cited.collect(),
            language: line.language,
            ..TurnRow::default()
        };
        let Some(id) = self.store.collect_turn(&line.node, line.turn, row, &line.note)? else {
            return Ok(false);
        };
        for gap in line.gaps {
            if let Some(reason) = reason_of(&gap.reason) {
                self.knowledge.note_gap(id, &question, reason, &gap.choices, at)?;
            }
        }
        Ok(true)
    }

    fn exported(&self, node: &str, row: TurnRow) -> Result<ExportedTurn, ApiError> {
        let note = self.store.rating_note(row.id)?.unwrap_or_default();
        let gaps = self.store.gaps_of_turn(row.id)?.into_iter();
        let (conversation, route) = (hashed(node, &row.conversation), row.route.clone());
        let (score, support, kb_version) = (row.score, row.support, row.kb_version);
        let (turn, model) = (row.id, row.model.clone());
        let said = said(row, &note);
        Ok(ExportedTurn {
            node: node.to_owned(),
            turn,
            conversation,
            at: said.at,
            language: said.language,
            question: said.question,
            answer: said.answer,
            route,
            sources: said.sources,
            score,
            support,
            kb_version,
            model,
            total_ms: said.total_ms,
            interrupted: said.interrupted,
            helpful: said.helpful,
            note: said.note,
            gaps: gaps.map(|(reason, choices)| ExportedGap { reason, choices }).collect(),
        })
    }

    fn node_id(&self) -> Result<String, ApiError> {
        if let Some(id) = self.store.meta_get(NODE_KEY)? {
            return Ok(id);
        }
        let mut bytes = [0_u8; 8];
        getrandom::fill(&mut bytes).map_err(|error| errors::internal(&error))?;
        let id: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        self.store.meta_set(NODE_KEY, &id)?;
        Ok(id)
    }
}

fn hashed(node: &str, conversation: &str) -> String {
    let hash = Sha256::new().chain_update(node).chain_update(conversation).finalize();
    hash[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn reason_of(name: &str) -> Option<GapReason> {
    let known =
        [GapReason::Refused, GapReason::AskedBack, GapReason::Unhelpful, GapReason::HandedOver];
    known.into_iter().find(|reason| reason.name() == name)
}
