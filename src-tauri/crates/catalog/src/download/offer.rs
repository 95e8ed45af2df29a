//! What a download would bring, asked of the server it would come from. Nothing is downloaded.

use std::path::Path;

use reqwest::header::CONTENT_RANGE;

use super::client::{Ask, Client, Trouble};
use super::{DownloadError, Limits, Policy, Wanted, fetch, part, room};

/// What a person is shown before anything is downloaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The file's size as the server says.
    pub size_bytes: u64,
    /// Bytes that are here already from an earlier try.
    pub have_bytes: u64,
    /// Who was asked.
    pub host: String,
    /// Room on the disk; `None` when the system does not say.
    pub disk_free_bytes: Option<u64>,
    /// Whether the rest fits there with room to spare.
    pub fits_on_disk: bool,
}

/// Asks the server how large the file is, once and without patience: a person waits.
///
/// With `is_exact`, a server with another size than `wanted` says is an error; otherwise that size
/// was an estimate, and the server's is the one to agree to.
pub fn offer(
    folder: &Path,
    wanted: &Wanted,
    is_exact: bool,
    policy: Policy,
    limits: Limits,
) -> Result<Offer, DownloadError> {
    wanted.check()?;
    let client = Client::new(&wanted.url, policy, limits)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| DownloadError::Disk { path: folder.into(), reason: error.to_string() })?;
    let asked = runtime.block_on(ask_size(&client));
    runtime.shutdown_background();
    let size_bytes = asked.map_err(|trouble| match trouble {
        Trouble::Final(error) | Trouble::Again(error, _) => error,
    })?;
    if size_bytes == 0 {
        return Err(DownloadError::NoSize { host: client.host() });
    }
    if is_exact && size_bytes != wanted.size_bytes {
        return Err(DownloadError::OtherSize {
            host: client.host(),
            expected_bytes: wanted.size_bytes,
            announced_bytes: size_bytes,
        });
    }
    let wanted = Wanted { size_bytes, ..wanted.clone() };
    let have_bytes = part::kept(folder)
        .into_iter()
        .find(|kept| kept.wanted == wanted)
        .map_or(0, |kept| kept.have_bytes);
    let disk_free_bytes = room::free_bytes(folder);
    Ok(Offer {
        size_bytes,
        have_bytes,
        host: client.host(),
        disk_free_bytes,
        fits_on_disk: room::fits(size_bytes, have_bytes, disk_free_bytes),
    })
}

/// The size, from the answer about the first byte: every server that knows parts names the whole
/// there, and one that does not announces everything. The body is not read.
async fn ask_size(client: &Client) -> Result<u64, Trouble> {
    let response = client.ask(Ask::FirstByte).await?;
    let host = client.host();
    fetch::check_encoding(&response, &host)?;
    let size = match response.status().as_u16() {
        200 => fetch::length(response.headers()),
        206 => response
            .headers()
            .get(CONTENT_RANGE)
            .and_then(|value| fetch::read_range(value.to_str().ok()?))
            .filter(|(first, _, _)| *first == 0)
            .map(|(_, _, size)| size),
        status => return Err(fetch::refused(&response, host, status)),
    };
    size.ok_or(Trouble::Final(DownloadError::NoSize { host }))
}
