//! How fast this computer is, as far as the plan needs it.

use capacity::{Costs, Profile};
use catalog::Catalog;

use crate::computer::speed::{SLOTS, USUAL_LIGHT_S};
use crate::core::Core;
use crate::wire::ApiError;

/// The speed to plan with.
pub(super) struct SpeedHere {
    /// The figures; `None` where the desk knows no chat model at all.
    pub(super) profile: Option<Profile>,
    /// Id of the model they are for.
    pub(super) model: String,
    /// Whether they were measured on this computer.
    pub(super) measured: bool,
}

impl Core {
    /// The speed of the chat model in use, else of the one that would suit best: as measured, else
    /// as guessed from what this computer is.
    pub(super) fn speed_here(&self) -> Result<SpeedHere, ApiError> {
        let models = self.models();
        let now = self.machine_now();
        let in_use = self.chat.taken().map(|chat| chat.id().to_owned());
        let model = in_use.unwrap_or_else(|| self.suited(&models, &now).chat);
        let Some(found) = models.iter().find(|one| one.entry.id == model) else {
            return Ok(SpeedHere { profile: None, model: String::new(), measured: false });
        };
        if let Some(profile) = self.profile_of(&found.entry.sha256)? {
            return Ok(SpeedHere { profile: Some(profile), model, measured: true });
        }
        let catalog = Catalog { models: models.iter().map(|one| one.entry.clone()).collect() };
        let speed =
            catalog::expect_speed(&self.machine, &catalog, &self.measured(&models), &found.entry);
        let profile = Profile {
            prefill_per_second: speed.prefill_per_second,
            step_base_s: speed.step_base_s,
            step_each_s: speed.step_each_s,
            slots: SLOTS,
            costs: Costs::all(USUAL_LIGHT_S),
            cores: self.machine.physical_cores.max(1) as f64,
        };
        Ok(SpeedHere { profile: Some(profile), model, measured: false })
    }
}
