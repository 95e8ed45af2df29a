//! How fast this computer is, as far as the plan needs it.

use capacity::Profile;

use crate::core::Core;

impl Core {
    /// The speed of the chat model in use, its id, and whether it was measured here.
    pub(super) fn speed_to_plan_with(&self) -> (Option<Profile>, String, bool) {
        (None, String::new(), false)
    }
}
