//! The numbers and texts that one desk sets for its turns.

use std::sync::Arc;

use orders::Masks;

/// How sure the desk must be, and whether a model may speak.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Below this fused score the desk refuses.
    pub refuse_below: f32,
    /// From this fused score on the desk answers; between the two it asks back.
    pub answer_from: f32,
    /// How sure staff want the desk to be: what the measured scores were shifted by.
    pub caution: Caution,
    /// Whether a language model may phrase the answer.
    pub may_generate: bool,
    /// Tokens of evidence a prompt may hold.
    pub evidence_tokens: usize,
    /// What the shop's order numbers look like; `None` where there are no orders to look up.
    pub order_masks: Option<Arc<Masks>>,
}

/// How sure the desk must be, in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Caution {
    /// Refuses more, never guesses.
    Careful,
    /// The measured default.
    #[default]
    Balanced,
    /// Answers more, is wrong more often.
    Talkative,
}

/// What one step of caution moves the answering score by: the distance between keeping 95 % and
/// 90 % (or 98 %) of real questions, measured for both embedders.
const CAUTION_STEP: f32 = 0.08;

/// Tokens a small model reads in about two seconds on two cores.
const EVIDENCE_TOKENS: usize = 600;

impl Policy {
    /// A policy from the embedder's calibrated scores, shifted by the desk's caution.
    pub fn new(refuse_below: f32, answer_from: f32, caution: Caution, may_generate: bool) -> Self {
        let shift = match caution {
            Caution::Careful => CAUTION_STEP,
            Caution::Balanced => 0.0,
            Caution::Talkative => -CAUTION_STEP,
        };
        Self {
            refuse_below,
            answer_from: (answer_from + shift).max(refuse_below),
            caution,
            may_generate,
            evidence_tokens: EVIDENCE_TOKENS,
            order_masks: None,
        }
    }

    /// The same for a desk with orders.
    pub fn with_orders(self, masks: Option<Arc<Masks>>) -> Self {
        Self { order_masks: masks, ..self }
    }
}

/// Texts that staff wrote for the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskWords {
    /// The shop's name.
    pub name: String,
    /// What the desk can help with, shown when it cannot.
    pub refusal: String,
    /// Questions to start with.
    pub suggestions: Vec<String>,
}
