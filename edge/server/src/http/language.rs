//! The language a request asks for.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::ACCEPT_LANGUAGE, request::Parts},
};
use condition::Language;

/// The language of the answer, as an argument of a handler.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spoken(pub(crate) Language);

impl<S: Send + Sync> FromRequestParts<S> for Spoken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Spoken, Infallible> {
        Ok(Spoken(asked_for(&parts.headers)))
    }
}

/// The first of Japanese and English by weight in `Accept-Language`; Japanese when neither is named.
pub(crate) fn asked_for(headers: &HeaderMap) -> Language {
    let text = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut best = (0.0_f32, Language::Ja);
    for part in text.split(',') {
        let mut pieces = part.split(';');
        let tag = pieces.next().unwrap_or("").trim().to_ascii_lowercase();
        let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")?.parse().ok());
        let weight = weight.unwrap_or(1.0);
        let language = match tag.split('-').next() {
            Some("ja") => Language::Ja,
            Some("en") => Language::En,
            _ => continue,
        };
        if best.0 < weight {
            best = (weight, language);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_wins() {
        let ask = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, text.parse().unwrap());
            asked_for(&headers)
        };
        assert_eq!(ask("en"), Language::En);
        assert_eq!(ask("fr, en-GB;q=0.8, ja;q=0.5"), Language::En);
        assert_eq!(ask("en;q=0.2, ja"), Language::Ja);
        assert_eq!(ask("fr"), Language::Ja);
    }
}
