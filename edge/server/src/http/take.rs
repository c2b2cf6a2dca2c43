//! Taking requests apart: JSON bodies with a limit and a depth, path and query parts, all failing in our own words.

use std::time::Duration;

use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, FromRequestParts, Request, rejection},
    http::{HeaderMap, StatusCode, header},
};
use serde::de::DeserializeOwned;

use crate::http::error::{Answer, ApiError};

/// The most bytes of a JSON body: 10 MB.
pub(crate) const BODY_MOST: usize = 10 * 1024 * 1024;
/// How deep JSON may be nested.
const DEPTH_MOST: usize = 64;
/// How long a client may take to send a body.
const BODY_WAIT: Duration = Duration::from_secs(30);

/// A JSON body, read whole.
pub(crate) struct Json<T>(pub(crate) T);

/// A body as text.
pub(crate) struct Text(pub(crate) String);

/// Parts of the path.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(ApiError))]
pub(crate) struct Path<T>(pub(crate) T);

/// What stands after the question mark.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(ApiError))]
pub(crate) struct Query<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Answer<Json<T>> {
        if !says_json(request.headers()) {
            return Err(ApiError::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not_json",
                "`Content-Type: application/json` を付けて送ってください",
                "send this with `Content-Type: application/json`",
            ));
        }
        read_json(&body(request).await?).map(Json)
    }
}

impl<S: Send + Sync> FromRequest<S> for Text {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Answer<Text> {
        let bytes = body(request).await?;
        String::from_utf8(bytes.into()).map(Text).map_err(|_| {
            ApiError::malformed(
                "文字コードが UTF-8 ではありません",
                "the text is not UTF-8; save it as UTF-8 and send it again",
            )
        })
    }
}

async fn body(request: Request) -> Answer<Bytes> {
    let announced = request.headers().get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| BODY_MOST < length) {
        return Err(ApiError::too_large(BODY_MOST));
    }
    let read = tokio::time::timeout(BODY_WAIT, to_bytes(request.into_body(), BODY_MOST));
    match read.await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => Err(match is_limit(&error) {
            true => ApiError::too_large(BODY_MOST),
            false => ApiError::malformed(
                "リクエストの本文を最後まで受け取れませんでした",
                "the request's body broke off; send it again",
            ),
        }),
        Err(_) => Err(ApiError::new(
            StatusCode::REQUEST_TIMEOUT,
            "too_slow",
            "リクエストの本文が時間内に届きませんでした",
            "the request's body did not arrive in time; send it again",
        )),
    }
}

/// Whether reading stopped at our limit rather than by the network.
fn is_limit(error: &axum::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.to_string().contains("length limit exceeded") {
            return true;
        }
        cause = error.source();
    }
    false
}

fn says_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("application/json"))
}

/// Reads JSON; what cannot be read is said with its place.
pub(crate) fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Answer<T> {
    if DEPTH_MOST < depth(bytes) {
        return Err(ApiError::malformed(
            format!("JSON の入れ子が深すぎます（{DEPTH_MOST} 段まで）"),
            format!("the JSON is nested too deep; at most {DEPTH_MOST} levels"),
        ));
    }
    if let Ok(value) = serde_json::from_slice(bytes) {
        return Ok(value);
    }
    // Keeping account of the place takes longer than reading, so it is read again where something is wrong.
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read: Result<T, _> = serde_path_to_error::deserialize(&mut reader);
    let wrong = match read {
        Ok(value) => match reader.end() {
            Ok(()) => return Ok(value),
            Err(error) => error.to_string(),
        },
        Err(error) => error.to_string(),
    };
    // Said back to who wrote it; shortened, because it quotes what was sent.
    let wrong: String = wrong.chars().take(300).collect();
    Err(ApiError::malformed(
        format!("JSON を読めません: {wrong}"),
        format!("the JSON cannot be read: {wrong}"),
    ))
}

/// How deep brackets are nested, outside of texts.
fn depth(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_text, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

impl From<rejection::PathRejection> for ApiError {
    fn from(_: rejection::PathRejection) -> ApiError {
        ApiError::not_found()
    }
}

impl From<rejection::QueryRejection> for ApiError {
    fn from(rejection: rejection::QueryRejection) -> ApiError {
        let wrong: String = rejection.body_text().chars().take(200).collect();
        ApiError::malformed(
            format!("URL の `?` の後を読めません: {wrong}"),
            format!("what stands after `?` cannot be read: {wrong}"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_refused_when_deep_broken_or_followed_by_more() {
        let read = |text: &str| read_json::<serde_json::Value>(text.as_bytes());
        assert!(read(&format!("{}1{}", "[".repeat(64), "]".repeat(64))).is_ok());
        assert!(read(&format!("{}1{}", "[".repeat(65), "]".repeat(65))).is_err());
        assert!(
            read(&format!("[\"{}\"]", "[".repeat(500))).is_ok(),
            "brackets in texts do not count"
        );
        assert!(read("{\"a\": \"\\\"[\"}").is_ok());
        assert!(read("{\"a\":").is_err());
        assert!(read("1 2").is_err());
        assert_eq!(read("").unwrap_err().code(), "malformed");
    }
}
