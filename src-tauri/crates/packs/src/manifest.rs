//! What the newest pack is, and who says so.

use serde::{Deserialize, Serialize};

use crate::files::is_plain_name;
use crate::{PackError, PublicKey, SigningKey};

/// The format this program writes and reads.
const FORMAT: u32 = 1;
/// The first line of what is signed, so that no other signature of the same key can stand for one.
const PURPOSE: &str = "frontdesk knowledge pack";

/// One publication, before it is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Its number; a later one is always higher.
    pub version: i64,
    /// The pack's file, beside the manifest.
    pub file: String,
    /// Hash of the file, 64 lower-case hex digits.
    pub sha256: String,
    /// Its size.
    pub size_bytes: u64,
    /// Version of the tables in it.
    pub schema: i64,
    /// Version of the knowledge it holds; lower than `version` where somebody went back.
    pub kb_version: i64,
    /// Names the model of its vectors; empty for none.
    pub embedder: String,
    /// Seconds since 1970.
    pub created_at: i64,
}

/// One publication with its signature, as it lies on a shelf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of this document.
    pub format: u32,
    /// What is published.
    #[serde(flatten)]
    pub published: Published,
    /// The publisher's key.
    pub publisher: String,
    /// Over everything above, made with the publisher's other key.
    pub signature: String,
}

impl Manifest {
    /// Signs a publication.
    pub fn signed(published: Published, key: &SigningKey) -> Self {
        let publisher = key.public().to_string();
        let signature = key.sign(&signed_text(FORMAT, &published, &publisher));
        Self { format: FORMAT, published, publisher, signature }
    }

    /// Reads one and checks that this publisher signed exactly what it says.
    pub fn read(bytes: &[u8], publisher: &PublicKey) -> Result<Self, PackError> {
        let unclear = |reason: String| PackError::Unclear { reason };
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let Format { format } =
            serde_json::from_slice(bytes).map_err(|error| unclear(error.to_string()))?;
        if format != FORMAT {
            return Err(PackError::NewerFormat { found: format, known: FORMAT });
        }
        let manifest: Self =
            serde_json::from_slice(bytes).map_err(|error| unclear(error.to_string()))?;
        let (found, expected) = (manifest.publisher.clone(), publisher.to_string());
        if found != expected {
            return Err(PackError::Foreign { found, expected });
        }
        let text = signed_text(format, &manifest.published, &found);
        if !publisher.fits(&text, &manifest.signature) {
            return Err(PackError::Forged);
        }
        if !is_plain_name(&manifest.published.file) || manifest.published.version < 1 {
            return Err(unclear("its file or its version makes no sense".into()));
        }
        Ok(manifest)
    }
}

/// One line for each field, in this order; texts as JSON, so that none can look like two.
fn signed_text(format: u32, published: &Published, publisher: &str) -> String {
    let Published { version, file, sha256, size_bytes, schema, kb_version, embedder, created_at } =
        published;
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    format!(
        "{PURPOSE} {format}\n{version}\n{}\n{}\n{size_bytes}\n{schema}\n{kb_version}\n{}\n\
         {created_at}\n{}\n",
        quoted(file),
        quoted(sha256),
        quoted(embedder),
        quoted(publisher)
    )
}

#[cfg(test)]
mod tests;
