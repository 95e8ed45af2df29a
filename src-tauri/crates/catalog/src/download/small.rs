//! A small document that is asked for again and again, and read only when it has changed.

use reqwest::header::ETAG;
use tokio::time::timeout;

use super::client::{Ask, Client, Trouble, trouble};
use super::{DownloadError, Limits, Policy, fetch};

/// What became of the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Small {
    /// It is what it was.
    Unchanged,
    /// It is new.
    Fresh {
        /// The whole of it.
        bytes: Vec<u8>,
        /// What to ask with the next time, where the server gave it.
        etag: Option<String>,
    },
}

/// Asks once for a document of at most so many bytes; `etag` is that of the one which is known.
///
/// Keeps the rules of [`Policy`], and waits no longer than [`Limits`] allow.
pub fn read_small(
    address: &str,
    etag: Option<&str>,
    most_bytes: usize,
    policy: Policy,
    limits: Limits,
) -> Result<Small, DownloadError> {
    let client = Client::new(address, policy, limits)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| DownloadError::Unfit { reason: error.to_string() })?;
    let read = runtime.block_on(async {
        let longest = limits.stall.saturating_mul(2);
        match timeout(longest, ask(&client, etag, most_bytes)).await {
            Ok(read) => read,
            Err(_) => {
                let (host, seconds) = (client.host(), longest.as_secs());
                Err(Trouble::Final(DownloadError::Stalled { host, seconds }))
            }
        }
    });
    runtime.shutdown_background();
    read.map_err(|trouble| match trouble {
        Trouble::Final(error) | Trouble::Again(error, _) => error,
    })
}

async fn ask(client: &Client, etag: Option<&str>, most_bytes: usize) -> Result<Small, Trouble> {
    let wish = etag.map_or(Ask::All, Ask::IfChanged);
    let mut response = client.ask(wish).await?;
    let host = client.host();
    match response.status().as_u16() {
        200 => {}
        304 if etag.is_some() => return Ok(Small::Unchanged),
        status => return Err(fetch::refused(&response, host, status)),
    }
    fetch::check_encoding(&response, &host)?;
    let etag = response.headers().get(ETAG).and_then(|value| value.to_str().ok());
    let etag = etag.map(str::to_owned);
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| trouble(&error, host.clone()))? {
        if bytes.len() + piece.len() > most_bytes {
            let reason = format!("more than {most_bytes} bytes");
            return Err(Trouble::Final(DownloadError::WrongBytes { host, reason }));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(Small::Fresh { bytes, etag })
}
