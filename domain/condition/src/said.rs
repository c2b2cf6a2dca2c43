//! A text in both languages.

use serde::{Deserialize, Serialize};

use crate::Language;

/// The same thing said in Japanese and in English.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Said {
    /// In Japanese.
    pub ja: String,
    /// In English.
    pub en: String,
}

impl Said {
    /// Both texts.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Said {
        Said { ja: ja.into(), en: en.into() }
    }

    /// The text in one language; where only one was written, that one.
    pub fn get(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::Ja => (&self.ja, &self.en),
            Language::En => (&self.en, &self.ja),
        };
        if first.is_empty() { second } else { first }
    }
}
