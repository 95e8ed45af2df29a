//! Model files from a stick, a folder or another program: each one becomes a model of this desk or
//! is refused with a sentence.

use std::path::{Path, PathBuf};

use catalog::bring::{Bringing, Brought, Bytes, model_files};
use catalog::{CatalogError, Entry};
use gguf::Inspected;

use super::own;
use crate::core::Core;
use crate::session::Session;
use crate::wire::{ApiError, Code, ImportedModelView};

/// Warned of with every file that nobody vouches for.
const UNVERIFIED: &str = "Nobody has checked this model. It runs locked up and can do no harm, but \
                          what it writes may be worse than from a model of the catalogue, and its \
                          licence is unknown.";

/// Warned of where a file is used where it lies.
const IN_PLACE: &str = "The file is used where it lies. If it is moved, changed or deleted there, \
                        the desk quotes its documents until another model is chosen.";

/// Warned of with a model that was not made for conversations.
const NO_TEMPLATE: &str = "The file says nothing about conversations; it may only go on with texts \
                           instead of answering.";

/// Who hears how far it is, and who may stop it.
pub struct BringProgress<'a> {
    /// Hears the file and how many bytes of how many are done.
    pub tell: &'a dyn Fn(&Path, u64, u64),
    /// Asked often; once it says yes, the file under way is taken back and the rest is left.
    pub stop: &'a dyn Fn() -> bool,
}

impl BringProgress<'_> {
    /// Nobody hears and nobody stops it.
    pub(super) fn unheard() -> Self {
        Self { tell: &|_, _, _| {}, stop: &|| false }
    }
}

impl Core {
    /// Imports model files and tells how far it is; one view for each file.
    pub fn import_models(
        &self,
        session: &Session,
        paths: &[PathBuf],
        in_place: bool,
        progress: &BringProgress<'_>,
    ) -> Result<Vec<ImportedModelView>, ApiError> {
        session.must_be_staff()?;
        Ok(self.bring_models(paths, in_place, progress))
    }

    pub(super) fn bring_models(
        &self,
        paths: &[PathBuf],
        in_place: bool,
        progress: &BringProgress<'_>,
    ) -> Vec<ImportedModelView> {
        let mut views = Vec::new();
        for path in paths {
            match model_files(path) {
                Ok(files) => {
                    for file in files.iter().take_while(|_| !(progress.stop)()) {
                        views.push(self.bring_one(file, in_place, progress));
                    }
                }
                Err(error) => views.push(view(path, Err(error.into()))),
            }
        }
        self.models_changed();
        views
    }

    fn bring_one(
        &self,
        file: &Path,
        in_place: bool,
        progress: &BringProgress<'_>,
    ) -> ImportedModelView {
        let result = self.try_to_bring(file, in_place, progress);
        match &result {
            Ok(model) => tracing::info!(id = model.id, in_place, "a model was brought"),
            Err(error) => tracing::info!(reason = error.message, "a model file was refused"),
        }
        view(file, result)
    }

    fn try_to_bring(
        &self,
        file: &Path,
        in_place: bool,
        progress: &BringProgress<'_>,
    ) -> Result<Arrived, ApiError> {
        let rows = self.store.own_models()?;
        let copies = rows.iter().filter(|row| !row.in_place);
        let brought: Vec<(u64, String)> =
            copies.map(|row| (row.size_bytes, row.sha256.clone())).collect();
        let folder = self.shelf.folder();
        let bringing = Bringing {
            catalog: &self.shelf.catalog,
            folder: &folder,
            free_bytes: hardware::disk(&folder).free_bytes,
            brought: &brought,
            stop: progress.stop,
            progress: &|done, all| (progress.tell)(file, done, all),
        };
        let found = if in_place { bringing.in_place(file) } else { bringing.copy(file) };
        let found = match found {
            // The same bytes again: the model that is here is the answer.
            Err(CatalogError::AlreadyBrought { sha256, .. }) => {
                let row = rows.iter().find(|row| row.sha256 == sha256);
                let row = row.ok_or_else(|| crate::errors::gone("model"))?;
                return Ok(Arrived::own(&row.id, &row.name, Vec::new()));
            }
            other => other?,
        };
        match &found.bytes {
            Bytes::Known(entry) => {
                let entry = entry.as_ref().clone();
                self.keep_known(&entry, found, in_place)
            }
            Bytes::Unknown(header) => {
                let header = header.as_ref().clone();
                self.keep_unknown(file, header, found, in_place)
            }
        }
    }

    fn keep_known(
        &self,
        entry: &Entry,
        found: Brought,
        in_place: bool,
    ) -> Result<Arrived, ApiError> {
        let mut warnings = Vec::new();
        let path = found.keep(&entry.file)?;
        if in_place {
            warnings.push(IN_PLACE.into());
            self.store.save_own_model(store::OwnModelRow {
                id: entry.id.clone(),
                name: entry.name.clone(),
                path: text(&path)?,
                sha256: entry.sha256.clone(),
                size_bytes: entry.size_bytes,
                in_place,
                ..store::OwnModelRow::default()
            })?;
        }
        Ok(Arrived { id: entry.id.clone(), name: entry.name.clone(), known: true, warnings })
    }

    fn keep_unknown(
        &self,
        file: &Path,
        header: Inspected,
        found: Brought,
        in_place: bool,
    ) -> Result<Arrived, ApiError> {
        let name = name(file, &header);
        if header.makes_vectors {
            return Err(ApiError {
                code: Code::ModelRefused,
                message: format!("{} turns texts into numbers and writes none", file.display()),
                hint: Some("The models that find passages come with the catalogue.".into()),
            });
        }
        let id = own::id(&name, &found.sha256);
        let file_name = format!("{id}.gguf");
        let mut entry = Entry::own(&id, &file_name, found.size_bytes, &found.sha256, &header);
        entry.name.clone_from(&name);
        self.must_fit_alone(&entry)?;
        self.try_unknown(&entry, &found.path)?;
        let mut warnings = vec![UNVERIFIED.into()];
        if !header.has_chat_template {
            warnings.push(NO_TEMPLATE.into());
        }
        if in_place {
            warnings.push(IN_PLACE.into());
        }
        let kept = found.keep(&file_name)?;
        // The desk's own folder may be moved as a whole, so only the name is kept of a copy.
        let path = if in_place { text(&kept)? } else { file_name };
        self.store.save_own_model(own::row(&entry, &header, path, in_place))?;
        Ok(Arrived::own(&id, &name, warnings))
    }
}

/// A model that is here now.
struct Arrived {
    id: String,
    name: String,
    known: bool,
    warnings: Vec<String>,
}

impl Arrived {
    fn own(id: &str, name: &str, warnings: Vec<String>) -> Self {
        Self { id: id.into(), name: name.into(), known: false, warnings }
    }
}

fn view(path: &Path, result: Result<Arrived, ApiError>) -> ImportedModelView {
    let path = path.display().to_string();
    match result {
        Ok(Arrived { id, name, known, warnings }) => {
            ImportedModelView { path, id, name, known, warnings, error: None }
        }
        Err(error) => ImportedModelView {
            path,
            id: String::new(),
            name: String::new(),
            known: false,
            warnings: Vec::new(),
            error: Some(error),
        },
    }
}

/// The name people see: the file's, unless another program gave it one that says nothing.
fn name(file: &Path, header: &Inspected) -> String {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let stem = stem.unwrap_or_default();
    let says_nothing = stem == "model" || stem.starts_with("sha256-") || stem.len() == 64;
    match &header.name {
        Some(name) if says_nothing => name.clone(),
        _ => stem.chars().filter(|c| !c.is_control()).collect(),
    }
}

fn text(path: &Path) -> Result<String, ApiError> {
    path.to_str().map(str::to_owned).ok_or_else(|| ApiError {
        code: Code::BadFile,
        message: format!("the path {} is not Unicode", path.display()),
        hint: Some("Rename the folder, or import a copy.".into()),
    })
}
