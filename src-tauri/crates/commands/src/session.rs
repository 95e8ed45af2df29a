//! Who is asking, as the host found out: by the window's label or by the caller's key.

use crate::wire::{ApiError, Code, Role};

/// One caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// What the caller may do.
    pub role: Role,
    /// Tells callers apart: a window's label, a connection's address.
    pub client: String,
}

impl Session {
    /// A member of staff.
    pub fn staff(client: &str) -> Self {
        Self { role: Role::Staff, client: client.into() }
    }

    /// A visitor.
    pub fn visitor(client: &str) -> Self {
        Self { role: Role::Visitor, client: client.into() }
    }

    /// Refuses visitors.
    pub(crate) fn must_be_staff(&self) -> Result<(), ApiError> {
        match self.role {
            Role::Staff => Ok(()),
            Role::Visitor => Err(ApiError {
                code: Code::Forbidden,
                message: "this needs a member of staff".into(),
                hint: Some("Open the staff window on this computer.".into()),
            }),
        }
    }
}
