//! Webhooks: other systems send events, signed with a secret of the hook, without a key of the API.
//!
//! ```text
//!   X-Kizashi-Timestamp: 1795478400            seconds since 1970, not more than five minutes off
//!   X-Kizashi-Signature: sha256=<hex of HMAC-SHA256(secret, timestamp + "." + body)>
//! ```
//! The registry keeps no secret: each is made anew from a key that lies in a file beside it, the hook's name and a salt.

use std::{fs, io::Write, os::unix::fs::OpenOptionsExt};

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use utoipa::ToSchema;

use crate::{
    host::App,
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        finish::random_hex,
        language::Spoken,
        take::{Path, read_json},
    },
    nouns::{
        facts_in::{NewEvent, TakenIn, take},
        wire::short_text,
    },
};

/// The setting under which the hooks are kept.
const KEPT: &str = "hooks";
/// How many seconds the clock of a sender may be off.
const CLOCK: u64 = 300;
/// The most bytes of one delivery.
const BODY: usize = 1 << 20;

/// A hook as it is kept: without its secret.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct Hook {
    name: String,
    /// Makes the secret another one when the hook is made anew.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    #[schema(ignore)]
    salt: String,
}

/// The hooks.
#[derive(Serialize, ToSchema)]
pub(crate) struct Hooks {
    hooks: Vec<Hook>,
}

/// A hook with its secret.
#[derive(Serialize, ToSchema)]
pub(crate) struct MadeHook {
    name: String,
    /// Shown once.
    secret: String,
}

/// Events in a delivery, as in `POST /events` but without a source: that is the hook.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Delivery {
    #[schema(value_type = Vec<NewEvent>)]
    events: Vec<serde_json::Value>,
}

/// The hooks there are.
#[utoipa::path(get, path = "/api/v1/hooks", tag = "facts", responses((status = 200, body = Hooks)))]
pub(crate) async fn list(State(app): State<App>) -> Answer<axum::Json<Hooks>> {
    let hooks = kept(&app).await?.into_iter().map(|hook| Hook { salt: String::new(), ..hook });
    Ok(axum::Json(Hooks { hooks: hooks.collect() }))
}

/// Makes a hook, or gives one a new secret; what was signed with the old one is refused from now on.
#[utoipa::path(put, path = "/api/v1/hooks/{name}", tag = "facts",
    responses((status = 200, body = MadeHook)))]
pub(crate) async fn make(
    State(app): State<App>,
    caller: Caller,
    Path(name): Path<String>,
) -> Answer<axum::Json<MadeHook>> {
    let name = short_text(&name, 60)?.to_owned();
    let salt = random_hex::<16>().ok_or_else(|| ApiError::ours("a hook", "no random"))?;
    let secret = hexadecimal(&secret(&app, &name, &salt)?);
    let mut hooks = kept(&app).await?;
    hooks.retain(|hook| hook.name != name);
    hooks.push(Hook { name: name.clone(), salt });
    keep(&app, &hooks).await?;
    note(&app, &caller, "hook_made", &name).await?;
    Ok(axum::Json(MadeHook { name, secret }))
}

/// Takes a hook away.
#[utoipa::path(delete, path = "/api/v1/hooks/{name}", tag = "facts", responses((status = 204)))]
pub(crate) async fn remove(
    State(app): State<App>,
    caller: Caller,
    Path(name): Path<String>,
) -> Answer<StatusCode> {
    let mut hooks = kept(&app).await?;
    let n = hooks.len();
    hooks.retain(|hook| hook.name != name);
    if hooks.len() == n {
        return Err(ApiError::not_found());
    }
    keep(&app, &hooks).await?;
    note(&app, &caller, "hook_removed", &name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes in events that are signed. Sending the same again is harmless.
#[utoipa::path(post, path = "/api/v1/hooks/{name}", tag = "facts", request_body = Delivery,
    responses((status = 200, body = TakenIn)))]
pub(crate) async fn deliver(
    State(app): State<App>,
    Spoken(language): Spoken,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: axum::body::Body,
) -> Answer<axum::Json<TakenIn>> {
    let body: Bytes =
        axum::body::to_bytes(body, BODY).await.map_err(|_| ApiError::too_large(BODY))?;
    // A hook that is not there and a wrong signature are answered alike.
    let hooks = kept(&app).await?;
    let hook = hooks.iter().find(|hook| hook.name == name).ok_or_else(not_signed)?;
    let now = app.clock.real_now();
    signed(&headers, &body, &secret(&app, &name, &hook.salt)?, now.millis() / 1000)?;
    let given: Delivery = read_json(&body)?;
    let now = app.clock.now();
    take(&app, format!("hook:{name}"), given.events, language, |one: NewEvent| one.fact(now)).await
}

/// Whether the two headers sign this body now.
fn signed(headers: &HeaderMap, body: &[u8], secret: &[u8], now: i64) -> Answer<()> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let stamp = text("x-kizashi-timestamp").ok_or_else(not_signed)?;
    let at: i64 = stamp.parse().map_err(|_| not_signed())?;
    let signature = text("x-kizashi-signature").and_then(|value| value.strip_prefix("sha256="));
    let signature = signature.and_then(bytes_of).ok_or_else(not_signed)?;
    if CLOCK < now.abs_diff(at) {
        return Err(not_signed());
    }
    let secret = hexadecimal(secret);
    let mut mac = hmac(secret.as_bytes())?;
    mac.update(stamp.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.verify_slice(&signature).map_err(|_| not_signed())
}

fn not_signed() -> ApiError {
    ApiError::new(
        StatusCode::UNAUTHORIZED,
        "not_signed",
        "署名を確かめられません。secret、時刻（5分以内）、本文の順を確かめてください",
        "the signature does not hold; check the secret, the time (within five minutes) and what is signed",
    )
}

/// The secret of a hook.
pub(super) fn secret(app: &App, name: &str, salt: &str) -> Answer<Vec<u8>> {
    let mut mac = hmac(&key(app)?)?;
    mac.update(salt.as_bytes());
    mac.update(name.as_bytes());
    Ok(mac.finalize().into_bytes().to_vec())
}

pub(super) fn hmac(key: &[u8]) -> Answer<Hmac<Sha256>> {
    Hmac::<Sha256>::new_from_slice(key).map_err(|why| ApiError::ours("a signature", why))
}

/// The key of this workspace, made on first use; only the server's own user may read it.
fn key(app: &App) -> Answer<Vec<u8>> {
    let path = app.folder.join("hooks.key");
    match fs::read(&path) {
        Ok(key) if 32 <= key.len() => return Ok(key),
        Ok(_) => return Err(ApiError::ours("the key of the hooks", "it is too short")),
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => {}
        Err(why) => return Err(why.into()),
    }
    let random = random_hex::<32>().ok_or_else(|| ApiError::ours("a key", "no random"))?;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    file.write_all(random.as_bytes())?;
    file.sync_all()?;
    Ok(random.into_bytes())
}

async fn kept(app: &App) -> Answer<Vec<Hook>> {
    match app.registry.profile(KEPT).await? {
        None => Ok(vec![]),
        Some(json) => serde_json::from_str(&json).map_err(|why| ApiError::ours("the hooks", why)),
    }
}

async fn keep(app: &App, hooks: &[Hook]) -> Answer<()> {
    let json = serde_json::to_string(hooks).map_err(|why| ApiError::ours("the hooks", why))?;
    app.registry.put_profile(KEPT, &json, app.clock.real_now().millis()).await?;
    Ok(())
}

async fn note(app: &App, caller: &Caller, what: &str, name: &str) -> Answer<()> {
    let now = app.clock.real_now().millis();
    app.registry.audit(&caller.name(), what, &format!("hook:{name}"), None, now).await?;
    Ok(())
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn bytes_of(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(stamp: &str, signature: &str) -> bool {
        let mut headers = HeaderMap::new();
        let value = |text: &str| text.parse().unwrap_or(axum::http::HeaderValue::from_static(""));
        headers.insert("x-kizashi-timestamp", value(stamp));
        headers.insert("x-kizashi-signature", value(signature));
        signed(&headers, b"{}", &[1; 32], 1_000).is_ok()
    }

    #[test]
    fn whatever_stands_in_the_headers_is_answered() {
        let mac = |stamp: &str| {
            let mut mac = hmac(hexadecimal(&[1; 32]).as_bytes()).unwrap();
            mac.update(format!("{stamp}.{{}}").as_bytes());
            format!("sha256={}", hexadecimal(&mac.finalize().into_bytes()))
        };
        assert!(sent("1000", &mac("1000")) && sent("1300", &mac("1300")));
        for stamp in ["699", "1301", "-9223372036854775808", "9223372036854775807", "1e3", "", "一"]
        {
            assert!(!sent(stamp, &mac(stamp)), "{stamp}");
        }
        let whole = mac("1000");
        for end in 0..whole.len() {
            assert!(!sent("1000", &whole[..end]), "{end} of its letters");
        }
        for odd in ["sha256=0", "sha256=zz", "sha256=é", "sha1=00", "sha256=+1"] {
            assert!(!sent("1000", odd), "{odd}");
        }
    }
}
