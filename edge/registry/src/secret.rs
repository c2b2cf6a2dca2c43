//! Tokens: random, shown once, and kept as their SHA-256 only.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// A token in clear. It is shown to one person once and is not stored; `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The token, for a cookie, a link or the page that shows a new API key.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// `prefix` and 32 random bytes in base64url.
    pub(crate) fn random(prefix: &str) -> Result<Secret> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|_| Error::NoRandom)?;
        Ok(Secret(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes))))
    }

    pub(crate) fn sha256(&self) -> String {
        sha256(&self.0)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Lower-case hex. A token has 256 random bits, so a plain hash cannot be searched backwards.
pub(crate) fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
