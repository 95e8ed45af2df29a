//! What staff do with this computer: its models, its speed and the plan. One file an idea.

mod downloads;
mod log;
mod models;
mod overview;
mod plan;
mod report;
mod speed;
mod suited;

pub use models::BringProgress;
pub(crate) use models::own_entry;
pub use speed::LightCost;
pub(crate) use suited::Suited;

use crate::core::Core;
use crate::wire::{ApiError, ComputerCommand, ComputerReply};

/// The licences of everything that is in the programs.
const LICENCES: &str = include_str!("../../../../THIRD-PARTY.md");

impl Core {
    /// Does one thing with this computer. The caller has been checked.
    pub(crate) fn computer(&self, command: ComputerCommand) -> Result<ComputerReply, ApiError> {
        match command {
            ComputerCommand::Overview => self.overview(),
            ComputerCommand::OfferDownload { id } => self.offer_download(&id),
            ComputerCommand::StartDownload { id, size_bytes } => {
                self.start_download(&id, size_bytes)
            }
            ComputerCommand::PauseDownload { id } => self.pause_download(&id),
            ComputerCommand::ResumeDownload { id } => self.resume_download(&id),
            ComputerCommand::CancelDownload { id } => self.cancel_download(&id),
            ComputerCommand::Downloads => Ok(self.list_downloads()),
            ComputerCommand::ChooseModels
            | ComputerCommand::ImportModels { .. }
            | ComputerCommand::FindModels
            | ComputerCommand::UseModel { .. }
            | ComputerCommand::RollBackModel
            | ComputerCommand::DeleteModel { .. } => self.manage_models(command),
            ComputerCommand::Measure { id } => Ok(ComputerReply::Speed(self.measure(id)?)),
            ComputerCommand::Plan(request) => {
                Ok(ComputerReply::Plan(Box::new(self.plan(&request)?)))
            }
            ComputerCommand::PlanPage(request) => {
                Ok(ComputerReply::Text { text: self.plan_page(&request)? })
            }
            ComputerCommand::Report => Ok(ComputerReply::Text { text: self.report()? }),
            ComputerCommand::Log { lines } => self.log(lines),
            ComputerCommand::Licences => Ok(ComputerReply::Text { text: LICENCES.into() }),
        }
    }
}
