//! A digest of a catalog: the same for the same catalog, whatever the server and its release. Pure.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::model::Catalog;

/// The SHA-256 of a catalog, in hex.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint of `catalog`; what does not count in comparing does not count here: the
    /// version of an extension and the comment on it, and dependencies.
    #[expect(clippy::missing_panics_doc, reason = "a catalog always has a JSON: its keys are text")]
    pub fn of(catalog: &Catalog) -> Self {
        let mut catalog = catalog.clone();
        for extension in catalog.extensions.values_mut() {
            extension.version.clear();
            extension.comment = None;
        }
        catalog.dependencies.clear();
        let json = serde_json::to_vec(&catalog).expect("the JSON of a catalog");
        let mut text = String::new();
        for byte in Sha256::digest(json) {
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
