//! Deleting a model: its file in the desk's own folder, never a file of somebody else's.

use std::fs;
use std::path::{Path, PathBuf};

use catalog::Located;

use crate::core::Core;
use crate::shelf::Model;
use crate::wire::{ApiError, Code, ModelOrigin};

impl Core {
    /// Deletes a model that is not in use; one used in place is only forgotten.
    ///
    /// Fails when it is in use, and when its file belongs to the program or to somebody else.
    pub(super) fn delete_model(&self, id: &str) -> Result<(), ApiError> {
        let _nobody_starts_it_meanwhile = self.begin_change()?;
        let Some(model) = self.shelf.find(id) else {
            return Err(ApiError {
                code: Code::NotFound,
                message: format!("there is no model {id:?}"),
                hint: Some("It may have been deleted in the meantime.".into()),
            });
        };
        if self.is_in_use(&model) {
            return Err(ApiError {
                code: Code::Invalid,
                message: format!("the model {id} is in use"),
                hint: Some("Use another model first, then delete this one.".into()),
            });
        }
        if model.origin != ModelOrigin::InPlace {
            self.delete_file(&model)?;
        }
        self.store.forget_own_model(id)?;
        self.change_settings(|settings| {
            for setting in [&mut settings.chat_model, &mut settings.chat_model_before] {
                if setting == id {
                    setting.clear();
                }
            }
        })?;
        self.delete_states(id);
        tracing::info!(id, "a model was deleted");
        self.models_changed();
        Ok(())
    }

    fn is_in_use(&self, model: &Model) -> bool {
        let writes = self.chat.taken().is_some_and(|chat| chat.id() == model.entry.id);
        writes || self.finders.uses(&model.entry)
    }

    /// Damaged files go too: that is how a good one gets its place.
    fn delete_file(&self, model: &Model) -> Result<(), ApiError> {
        let own = self.shelf.folder().join(&model.entry.file);
        let file = match &model.located {
            Located::Ready { path } if is_same(path, &own) => own,
            Located::Ready { path } => return Err(not_ours(path)),
            Located::Damaged { .. } | Located::Missing if own.exists() => own,
            Located::Damaged { .. } => return Err(not_ours(Path::new(&model.entry.file))),
            // Nothing is there to be deleted; a brought one is forgotten.
            Located::Missing if model.origin == ModelOrigin::Own => return Ok(()),
            Located::Missing => {
                return Err(ApiError {
                    code: Code::NotFound,
                    message: format!("the model {} is not on this computer", model.entry.id),
                    hint: None,
                });
            }
        };
        fs::remove_file(&file).map_err(|source| crate::errors::data_folder(&file, &source))
    }

    /// What was computed with the model and kept can be made again.
    fn delete_states(&self, id: &str) {
        let states: PathBuf = self.store.folder().join("states").join(id);
        if states.is_dir()
            && let Err(error) = fs::remove_dir_all(&states)
        {
            tracing::warn!(id, %error, "kept states of a deleted model stay behind");
        }
    }
}

fn is_same(a: &Path, b: &Path) -> bool {
    match (fs::canonicalize(a), fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

fn not_ours(path: &Path) -> ApiError {
    ApiError {
        code: Code::Forbidden,
        message: format!("{} does not belong to this desk", path.display()),
        hint: Some(
            "It came with the program or lies in a folder of yours; delete it there.".into(),
        ),
    }
}
