//! The report for somebody who helps: text without personal data.

use crate::core::Core;
use crate::wire::{ApiError, Code};

impl Core {
    /// Everything that is needed to help, and nothing about any person.
    pub(super) fn report(&self) -> Result<String, ApiError> {
        Err(ApiError {
            code: Code::Unavailable,
            message: "this part is not built".into(),
            hint: None,
        })
    }
}
