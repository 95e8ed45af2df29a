//! Arguments of `models get`.

use clap::Args;

/// What to download, and from where.
#[derive(Debug, Args)]
pub(crate) struct GetModel {
    /// The model's id in the catalogue; a name of your own with --url, --sha256 and --size
    pub(crate) id: String,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
    /// A mirror that has the file: https, or http on this computer or the local network
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// The sha256 that the mirror's file must have, where the catalogue does not know the model
    #[arg(long, value_name = "HEX", requires = "url")]
    pub(crate) sha256: Option<String>,
    /// The size in bytes that the mirror's file must have, where the catalogue does not know it
    #[arg(long, value_name = "BYTES", requires = "url")]
    pub(crate) size: Option<u64>,
}
