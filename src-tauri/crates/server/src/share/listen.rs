//! Taking a port on every address, or the next one where another program has it.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use commands::wire::{ApiError, Code};
use commands::{Core, ShareWish};
use hardware::LocalAddress;

use crate::keys::Keys;
use crate::running::Running;
use crate::{Doors, Options, ServerError};

/// Ports that are tried, one after the other.
const PORTS: u16 = 10;

/// The addresses to listen on, of those that are there.
pub(super) fn wanted(found: &[LocalAddress], wish: &ShareWish) -> Vec<IpAddr> {
    let addresses = found.iter().map(|one| one.address);
    addresses.filter(|address| wish.address.is_none_or(|only| only == *address)).collect()
}

/// Where the keys lie, beside those of a desk without a window: a desk has one pair.
pub(super) fn keys_file(folder: &Path) -> PathBuf {
    folder.join("keys")
}

/// Listens on all addresses with one port: the one that is wished, or the first after it that no
/// other program has.
pub(super) fn listen(
    core: &Arc<Core>,
    wish: &ShareWish,
    addresses: &[IpAddr],
) -> Result<(u16, Vec<(IpAddr, Running)>), ApiError> {
    let last = wish.port.saturating_add(PORTS - 1);
    for port in wish.port..=last {
        if let Some(running) = listen_on(core, wish, addresses, port)? {
            return Ok((port, running));
        }
    }
    Err(ApiError {
        code: Code::Unavailable,
        message: format!("the ports {} to {last} are used by other programs", wish.port),
        hint: Some("Choose another port, or close the program that uses them.".into()),
    })
}

/// `None` when another program has the port on one of the addresses.
fn listen_on(
    core: &Arc<Core>,
    wish: &ShareWish,
    addresses: &[IpAddr],
    port: u16,
) -> Result<Option<Vec<(IpAddr, Running)>>, ApiError> {
    let file = keys_file(&wish.folder);
    let mut running = Vec::new();
    for &address in addresses {
        let keys = Keys::read_or_make(&file).map_err(|error| unreadable(&file, &error))?;
        let options = Options::new(SocketAddr::new(address, port), Doors::Page);
        match Running::start(core.clone(), keys, options) {
            Ok(started) => running.push((address, started)),
            Err(ServerError::Listen { source, .. }) => match source.kind() {
                // Windows says "denied" where it keeps a port for itself.
                io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied => return Ok(None),
                // It went between the look and the listening; the next look finds it again.
                _ => tracing::debug!(%address, %source, "an address is not shared"),
            },
            Err(error) => {
                return Err(ApiError {
                    code: Code::Internal,
                    message: error.to_string(),
                    hint: Some("Close other programs and try again.".into()),
                });
            }
        }
    }
    Ok(Some(running))
}

pub(super) fn unreadable(file: &Path, error: &io::Error) -> ApiError {
    ApiError {
        code: Code::BadFile,
        message: format!("the keys in {} cannot be used: {error}", file.display()),
        hint: Some(
            "Move the file away; new keys are made, and devices need the new address.".into(),
        ),
    }
}
