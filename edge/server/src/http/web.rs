//! The web app's files: sent compressed where the browser takes it, kept by it as long as they are right.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use pages::Page;

use crate::http::error::ApiError;

/// Everything that is no route of the API: a file, the app for its own paths, or a 404.
pub(crate) async fn fallback(request: Request) -> Response {
    let path = request.uri().path();
    if path == "/api" || path.starts_with("/api/") {
        return ApiError::not_found().into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return ApiError::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "このアドレスではこの操作はできません",
            "this address does not take this method",
        )
        .into_response();
    }
    match pages::find(path) {
        Some(page) => send(page, request.headers()),
        None => ApiError::not_found().into_response(),
    }
}

fn send(page: Page, asked: &HeaderMap) -> Response {
    let kept = match page.immutable {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    headers.insert(header::ETAG, HeaderValue::from_static(page.etag));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|tag| tag.trim() == page.etag)) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(page.content_type));
    let (bytes, coding) = match (page.br, page.gz) {
        (Some(br), _) if takes(asked, "br") => (br, Some("br")),
        (_, Some(gz)) if takes(asked, "gzip") => (gz, Some("gzip")),
        _ => (page.bytes, None),
    };
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    (headers, Body::from(bytes)).into_response()
}

/// Whether the browser takes a coding; one with weight zero it does not.
fn takes(asked: &HeaderMap, coding: &str) -> bool {
    let text = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    text.unwrap_or("").split(',').any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        pieces.next() == Some(coding)
            && !pieces.any(|piece| matches!(piece, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}
