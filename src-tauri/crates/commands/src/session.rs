//! Who is asking, as the host found out: by the window's label or by the caller's key.

use crate::wire::{ApiError, Code, Role};

/// One caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// What the caller may do.
    pub role: Role,
    /// Tells callers apart: a window's label, a connection's address.
    pub client: String,
    /// Whether this is the visitors' screen of this computer, where a PIN may be tried.
    is_screen: bool,
}

impl Session {
    /// A member of staff.
    pub fn staff(client: &str) -> Self {
        Self { role: Role::Staff, client: client.into(), is_screen: false }
    }

    /// A visitor.
    pub fn visitor(client: &str) -> Self {
        Self { role: Role::Visitor, client: client.into(), is_screen: false }
    }

    /// A visitor at this computer's own screen: the only one that may try the staff PIN. No caller
    /// over HTTP gets such a session.
    pub fn screen(client: &str) -> Self {
        Self { is_screen: true, ..Self::visitor(client) }
    }

    /// Refuses everybody but the visitors' screen of this computer.
    pub(crate) fn must_be_the_screen(&self) -> Result<(), ApiError> {
        if self.is_screen {
            return Ok(());
        }
        Err(ApiError {
            code: Code::Forbidden,
            message: "this can only be done on the visitors' screen itself".into(),
            hint: Some("Type the PIN on the computer that shows the screen.".into()),
        })
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
