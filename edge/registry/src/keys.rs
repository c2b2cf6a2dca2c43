//! API keys: how programs sign in.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};

use crate::{
    Registry,
    entities::api_key,
    error::{Error, Result},
    people::check_name,
    secret::{Secret, sha256},
    words::Role,
};

/// How every key begins, so that it is recognised where it should not be, as in a log.
const PREFIX: &str = "kz_";
/// So many characters of a key are kept to tell keys apart.
const SHOWN_CHARS: usize = 8;
/// The last use is written at most once in this time, so that reading does not write.
const TOUCH_MS: i64 = 60 * 1000;

/// An API key as it is listed; the key itself is not known any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Never used for another key again.
    pub id: i64,
    /// What it is for, in the words of who made it.
    pub name: String,
    /// What it may do; never [`Role::Owner`].
    pub role: Role,
    /// Its first characters.
    pub prefix: String,
    /// Who made it, such as `person:1`.
    pub by: String,
    /// When it was made (ms).
    pub created_at: i64,
    /// When it was last used (ms), to the minute.
    pub last_used_at: Option<i64>,
    /// When it was revoked (ms).
    pub revoked_at: Option<i64>,
}

impl Registry {
    /// A new key, and the secret that is shown once.
    pub async fn add_key(
        &self,
        name: &str,
        role: Role,
        by: &str,
        now: i64,
    ) -> Result<(ApiKey, Secret)> {
        if role == Role::Owner {
            return Err(Error::KeyForOwner);
        }
        let secret = Secret::random(PREFIX)?;
        let row = api_key::ActiveModel {
            secret_sha256: Set(secret.sha256()),
            prefix: Set(secret.expose().chars().take(SHOWN_CHARS).collect()),
            name: Set(check_name(name)?),
            role: Set(role.as_str().to_owned()),
            by: Set(by.to_owned()),
            created_at: Set(now),
            ..Default::default()
        };
        let key = ApiKey::read(row.insert(&self.writer).await?)?;
        Ok((key, secret))
    }

    /// All keys, revoked ones too, in the order in which they were made.
    pub async fn keys(&self) -> Result<Vec<ApiKey>> {
        let rows = api_key::Entity::find().order_by_asc(api_key::Column::Id).all(&self.readers);
        rows.await?.into_iter().map(ApiKey::read).collect()
    }

    /// The key that `secret` is, unless it is unknown or revoked.
    pub async fn key(&self, secret: &str, now: i64) -> Result<Option<ApiKey>> {
        if !secret.starts_with(PREFIX) {
            return Ok(None);
        }
        let row = api_key::Entity::find()
            .filter(api_key::Column::SecretSha256.eq(sha256(secret)))
            .filter(api_key::Column::RevokedAt.is_null())
            .one(&self.readers)
            .await?;
        let Some(row) = row else { return Ok(None) };
        if row.last_used_at.is_none_or(|last| TOUCH_MS <= now.saturating_sub(last)) {
            api_key::Entity::update_many()
                .col_expr(api_key::Column::LastUsedAt, Expr::value(now))
                .filter(api_key::Column::Id.eq(row.id))
                .exec(&self.writer)
                .await?;
        }
        Ok(Some(ApiKey::read(row)?))
    }

    /// Revokes a key; it stays listed.
    pub async fn revoke_key(&self, id: i64, now: i64) -> Result<()> {
        let revoked = api_key::Entity::update_many()
            .col_expr(api_key::Column::RevokedAt, Expr::value(now))
            .filter(api_key::Column::Id.eq(id))
            .filter(api_key::Column::RevokedAt.is_null())
            .exec(&self.writer)
            .await?;
        if revoked.rows_affected == 1 { Ok(()) } else { Err(Error::NoSuchKey(id)) }
    }
}

impl ApiKey {
    fn read(row: api_key::Model) -> Result<ApiKey> {
        Ok(ApiKey {
            id: row.id,
            name: row.name,
            role: Role::read(&row.role)?,
            prefix: row.prefix,
            by: row.by,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            revoked_at: row.revoked_at,
        })
    }
}
