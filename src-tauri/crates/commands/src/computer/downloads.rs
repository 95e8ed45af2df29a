//! Downloads of models: offered, agreed to, paused, gone on with, deleted.

use std::sync::Arc;

use catalog::download::{Offer, State};
use catalog::{Entry, Located};

use crate::core::Core;
use crate::downloads::{DownloadSource, Listed, Refusal};
use crate::wire::{ApiError, Code, ComputerReply, DownloadOffer, DownloadState, DownloadView};

impl Core {
    /// Downloads from another place than the one the program came with: a shop's own mirror with
    /// its own catalogue, or a test's server.
    pub fn download_from(&self, source: DownloadSource) {
        self.downloads.set_source(source);
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
        self.must_be_missing(id)?;
        let (entry, offer) = self.downloads.offer(id).map_err(|refusal| refusal.about(id))?;
        Ok(ComputerReply::Offer(offer_view(entry, offer)))
    }

    /// Begins what was offered, if it is what was agreed to.
    pub(super) fn start_download(
        &self,
        id: &str,
        size_bytes: u64,
    ) -> Result<ComputerReply, ApiError> {
        self.must_be_missing(id)?;
        self.list_after(id, self.downloads.start(id, size_bytes))
    }

    /// Stops and keeps.
    pub(super) fn pause_download(&self, id: &str) -> Result<ComputerReply, ApiError> {
        self.list_after(id, self.downloads.pause(id))
    }

    /// Goes on.
    pub(super) fn resume_download(&self, id: &str) -> Result<ComputerReply, ApiError> {
        self.list_after(id, self.downloads.resume(id))
    }

    /// Stops and deletes.
    pub(super) fn cancel_download(&self, id: &str) -> Result<ComputerReply, ApiError> {
        self.list_after(id, self.downloads.cancel(id))
    }

    /// All of them.
    pub(super) fn list_downloads(&self) -> ComputerReply {
        let source = self.downloads.source();
        let name = |id: &str| source.catalog.find(id).map(|entry| entry.name.clone());
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

    /// A model whose file is here is not brought a second time.
    fn must_be_missing(&self, id: &str) -> Result<(), ApiError> {
        let source = self.downloads.source();
        let Some(entry) = source.catalog.find(id) else { return Ok(()) };
        let data = self.store.folder();
        let folders = catalog::model_folders(data, None);
        match catalog::locate(entry, &folders, Some(data)) {
            Located::Missing | Located::Damaged { .. } => Ok(()),
            Located::Ready { path } => Err(ApiError {
                code: Code::Invalid,
                message: format!("the model {id} is here already: {}", path.display()),
                hint: Some("It can be used at once.".into()),
            }),
        }
    }
}

fn offer_view(entry: Entry, offer: Offer) -> DownloadOffer {
    DownloadOffer {
        id: entry.id,
        name: entry.name,
        size_bytes: offer.size_bytes,
        have_bytes: offer.have_bytes,
        host: offer.host,
        licence: entry.licence,
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
