//! Downloads of models: offered, agreed to, paused, gone on with, deleted.

use std::sync::Arc;

use catalog::download::{Offer, State};
use catalog::{Entry, Located};

use crate::core::Core;
use crate::downloads::{DownloadRules, Listed, Refusal};
use crate::wire::{ApiError, Code, ComputerReply, DownloadOffer, DownloadState, DownloadView};

impl Core {
    /// Downloads by other rules than those for the catalogue that came with the program: for a
    /// catalogue of one's own, such as a test's.
    pub fn download_by(&self, rules: DownloadRules) {
        self.downloads.set_rules(rules);
    }

    /// A model that has arrived can be used without a restart.
    pub(crate) fn tell_of_finished_downloads(self: &Arc<Self>) {
        let core = Arc::downgrade(self);
        self.downloads.on_arrival(move || {
            if let Some(core) = core.upgrade() {
                core.models_changed();
            }
        });
    }

    /// Asks the server what a download would bring.
    pub(super) fn offer_download(&self, id: &str) -> Result<ComputerReply, ApiError> {
        let entry = self.missing_model(id)?;
        let offer = self.downloads.offer(entry).map_err(|refusal| refusal.about(id))?;
        Ok(ComputerReply::Offer(offer_view(entry, offer)))
    }

    /// Begins what was offered, if it is what was agreed to.
    pub(super) fn start_download(
        &self,
        id: &str,
        size_bytes: u64,
    ) -> Result<ComputerReply, ApiError> {
        self.list_after(id, self.downloads.start(self.missing_model(id)?, size_bytes))
    }

    /// Stops and keeps.
    pub(super) fn pause_download(&self, id: &str) -> Result<ComputerReply, ApiError> {
        self.list_after(id, self.downloads.pause(id))
    }

    /// Goes on.
    pub(super) fn resume_download(&self, id: &str) -> Result<ComputerReply, ApiError> {
        self.list_after(id, self.downloads.resume(self.missing_model(id)?))
    }

    /// Stops and deletes.
    pub(super) fn cancel_download(&self, id: &str) -> Result<ComputerReply, ApiError> {
        self.list_after(id, self.downloads.cancel(id))
    }

    /// All of them.
    pub(super) fn list_downloads(&self) -> ComputerReply {
        let name = |id: &str| self.shelf.catalog.find(id).map(|entry| entry.name.clone());
        let view = |listed: Listed| {
            let name = name(&listed.wanted.id).unwrap_or_else(|| listed.wanted.id.clone());
            download_view(listed, name)
        };
        ComputerReply::Downloads {
            downloads: self.downloads.list().into_iter().map(view).collect(),
        }
    }

    fn list_after(&self, id: &str, result: Result<(), Refusal>) -> Result<ComputerReply, ApiError> {
        result.map_err(|refusal| refusal.about(id))?;
        Ok(self.list_downloads())
    }

    /// The model of the catalogue, if its file is not here: nothing is brought a second time.
    fn missing_model(&self, id: &str) -> Result<&Entry, ApiError> {
        let entry = self.shelf.catalog.find(id).ok_or_else(|| ApiError {
            code: Code::NotFound,
            message: format!("there is no model {id} in the catalogue"),
            hint: Some("Choose one of the models in the list.".into()),
        })?;
        match self.shelf.find(id).map(|model| model.located) {
            Some(Located::Ready { path }) => Err(ApiError {
                code: Code::Invalid,
                message: format!("the model {id} is here already: {}", path.display()),
                hint: Some("It can be used at once.".into()),
            }),
            Some(Located::Missing | Located::Damaged { .. }) | None => Ok(entry),
        }
    }
}

fn offer_view(entry: &Entry, offer: Offer) -> DownloadOffer {
    DownloadOffer {
        id: entry.id.clone(),
        name: entry.name.clone(),
        size_bytes: offer.size_bytes,
        have_bytes: offer.have_bytes,
        host: offer.host,
        licence: entry.licence.clone(),
        disk_free_bytes: offer.disk_free_bytes,
        fits_on_disk: offer.fits_on_disk,
    }
}

fn download_view(listed: Listed, name: String) -> DownloadView {
    let Listed { wanted, progress } = listed;
    let (state, error) = match progress.state {
        State::Running => (DownloadState::Running, None),
        State::Retrying(why) => (DownloadState::Retrying, Some(why.into())),
        State::Checking => (DownloadState::Checking, None),
        State::Paused | State::Cancelled => (DownloadState::Paused, None),
        State::Failed(why) => (DownloadState::Failed, Some(why.into())),
        State::Done(_) => (DownloadState::Done, None),
    };
    let left = progress.size_bytes.saturating_sub(progress.have_bytes);
    DownloadView {
        id: wanted.id,
        name,
        state,
        have_bytes: progress.have_bytes,
        size_bytes: progress.size_bytes,
        bytes_per_second: progress.bytes_per_second,
        seconds_left: left.checked_div(progress.bytes_per_second),
        error,
    }
}
