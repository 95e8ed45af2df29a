//! The locks of Linux: Landlock for files, resource limits for amounts, seccomp for calls.

mod calls;
mod escape;
mod files;
mod limits;
mod places;

use crate::{Confinement, Layer, Report, SandboxError};

pub(crate) use calls::confine_calls;
pub(crate) use escape::escape_attempts;

pub(crate) fn confine_files(confinement: &Confinement) -> Result<Report, SandboxError> {
    let files = files::lock(confinement)?;
    let limits = limits::set(confinement)?;
    Ok(Report::new([(Layer::Files, files), (Layer::Limits, limits)]))
}
