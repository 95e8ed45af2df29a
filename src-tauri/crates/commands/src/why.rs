//! Why a turn was answered as it was: kept with the turn, shown to staff only.

use serde_json::{Value, json};

use crate::core::Core;
use crate::errors;
use crate::wire::ApiError;

impl Core {
    /// The reasons of a turn with its numbers and the visitor's verdict.
    pub(crate) fn why(&self, turn_id: i64) -> Result<Value, ApiError> {
        let turn = self.store.turn(turn_id)?;
        let turn = turn.ok_or_else(|| errors::not_found("answer", turn_id))?;
        let mut why = match self.store.why(turn_id)? {
            Some(text) => serde_json::from_str(&text).map_err(|error| errors::internal(&error))?,
            None => json!({}),
        };
        if let Value::Object(fields) = &mut why {
            let numbers = json!({
                "turn_id": turn_id,
                "route": turn.route,
                "question": turn.question,
                "score": turn.score,
                "support": turn.support,
                "kb_version": turn.kb_version,
                "model": turn.model,
                "times_ms": {
                    "search": turn.retrieve_ms,
                    "first_word": turn.first_token_ms,
                    "all": turn.total_ms,
                },
                "tokens": {
                    "prompt": turn.prompt_tokens,
                    "cached": turn.cached_tokens,
                    "generated": turn.generated_tokens,
                },
                "helpful": turn.helpful,
                "helpful_note": self.store.rating_note(turn_id)?,
            });
            if let Value::Object(numbers) = numbers {
                fields.extend(numbers);
            }
        }
        Ok(why)
    }
}
