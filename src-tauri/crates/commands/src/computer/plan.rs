//! The plan for more visitors.

use crate::core::Core;
use crate::wire::{ApiError, Code, PlanRequest, PlanView};

impl Core {
    /// How many people this computer serves, and what more would take.
    pub(super) fn plan(&self, _request: &PlanRequest) -> Result<PlanView, ApiError> {
        Err(ApiError {
            code: Code::Unavailable,
            message: "this part is not built".into(),
            hint: None,
        })
    }

    /// The plan as a page to print.
    pub(super) fn plan_page(&self, _request: &PlanRequest) -> Result<String, ApiError> {
        Err(ApiError {
            code: Code::Unavailable,
            message: "this part is not built".into(),
            hint: None,
        })
    }
}
