//! API keys: how programs sign in.

use axum::extract::State;
use axum::http::StatusCode;
use registry::ApiKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::App,
    http::{
        caller::Caller,
        error::Answer,
        take::{Json, Path},
    },
    nouns::{session::Role, wire::Instant},
};

/// The keys in use.
#[derive(Serialize, ToSchema)]
pub(crate) struct Keys {
    keys: Vec<Key>,
}

/// A key, without its secret.
#[derive(Serialize, ToSchema)]
pub(crate) struct Key {
    id: i64,
    name: String,
    role: Role,
    created_at: Instant,
    last_used_at: Option<Instant>,
    /// Its first characters.
    prefix: String,
}

/// A key to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewKey {
    name: String,
    role: Role,
}

/// A new key and its secret.
#[derive(Serialize, ToSchema)]
pub(crate) struct MadeKey {
    key: Key,
    /// Shown once.
    secret: String,
}

impl From<ApiKey> for Key {
    fn from(key: ApiKey) -> Key {
        Key {
            id: key.id,
            name: key.name,
            role: key.role.into(),
            created_at: Instant::of_millis(key.created_at),
            last_used_at: key.last_used_at.map(Instant::of_millis),
            prefix: key.prefix,
        }
    }
}

/// The keys in use.
#[utoipa::path(get, path = "/api/v1/keys", tag = "keys", responses((status = 200, body = Keys)))]
pub(crate) async fn list(State(app): State<App>) -> Answer<axum::Json<Keys>> {
    let keys = app.registry.keys().await?;
    let in_use = keys.into_iter().filter(|key| key.revoked_at.is_none());
    Ok(axum::Json(Keys { keys: in_use.map(Key::from).collect() }))
}

/// Makes a key.
#[utoipa::path(post, path = "/api/v1/keys", tag = "keys", request_body = NewKey,
    responses((status = 201, body = MadeKey)))]
pub(crate) async fn make(
    State(app): State<App>,
    caller: Caller,
    Json(given): Json<NewKey>,
) -> Answer<(StatusCode, axum::Json<MadeKey>)> {
    let now = app.clock.real_now().millis();
    let by = caller.name();
    let (key, secret) = app.registry.add_key(&given.name, given.role.into(), &by, now).await?;
    let on = format!("key:{}", key.id);
    app.registry.audit(&by, "key_made", &on, Some(key.role.as_str()), now).await?;
    let made = MadeKey { key: key.into(), secret: secret.expose().to_owned() };
    Ok((StatusCode::CREATED, axum::Json(made)))
}

/// Revokes a key.
#[utoipa::path(delete, path = "/api/v1/keys/{id}", tag = "keys", responses((status = 204)))]
pub(crate) async fn revoke(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<i64>,
) -> Answer<StatusCode> {
    let now = app.clock.real_now().millis();
    app.registry.revoke_key(id, now).await?;
    app.registry.audit(&caller.name(), "key_revoked", &format!("key:{id}"), None, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
