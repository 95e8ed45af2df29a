//! Bringing, finding, switching and deleting models.

mod bring;
mod change;
mod delete;
mod own;
mod trial;

use std::path::PathBuf;

use catalog::Catalog;
use catalog::elsewhere::{self, Found, Surroundings};

use crate::core::Core;
use crate::wire::{ApiError, Code, ComputerCommand, ComputerReply, FoundModelView};

pub use bring::BringProgress;
pub(crate) use own::own_entry;

impl Core {
    /// Imports, finds, switches and deletes models.
    pub(super) fn manage_models(
        &self,
        command: ComputerCommand,
    ) -> Result<ComputerReply, ApiError> {
        match command {
            ComputerCommand::ChooseModels => match self.host.choose_models() {
                Some(paths) => Ok(self.bring(&paths, false)),
                None => Err(ApiError {
                    code: Code::Unavailable,
                    message: "there is no window to choose files in".into(),
                    hint: Some("Name the files by their path instead.".into()),
                }),
            },
            ComputerCommand::ImportModels { paths, in_place } => {
                let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
                Ok(self.bring(&paths, in_place))
            }
            ComputerCommand::FindModels => {
                let found = elsewhere::find(&Surroundings::of_this_computer());
                let models = found.iter().map(|found| view(found, &self.shelf.catalog)).collect();
                Ok(ComputerReply::Found { models })
            }
            ComputerCommand::UseModel { id } => {
                self.use_model(&id)?;
                self.overview()
            }
            ComputerCommand::RollBackModel => {
                self.roll_back_model()?;
                self.overview()
            }
            ComputerCommand::DeleteModel { id } => {
                self.delete_model(&id)?;
                self.overview()
            }
            other => Err(crate::errors::misrouted(&other)),
        }
    }

    fn bring(&self, paths: &[PathBuf], in_place: bool) -> ComputerReply {
        let models = self.bring_models(paths, in_place, &BringProgress::unheard());
        ComputerReply::Imported { models }
    }
}

fn view(found: &Found, catalog: &Catalog) -> FoundModelView {
    FoundModelView {
        program: found.program.into(),
        name: found.name.clone(),
        path: found.path.display().to_string(),
        size_bytes: found.size_bytes,
        id: found.entry(catalog).map(|entry| entry.id.clone()),
    }
}
