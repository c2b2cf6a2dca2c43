//! Sessions: who is signed in, by the token in their cookie.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    QueryFilter, sea_query::Expr,
};

use crate::{
    Registry,
    entities::{person, session},
    error::{Error, Result},
    people::{Person, end_sessions, expect_person},
    secret::{Secret, sha256},
};

/// How long a session lasts after it was last used: thirty days.
const SESSION_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A session's last use is written at most once in this time, so that reading pages does not write.
const TOUCH_MS: i64 = 60 * 1000;

/// Someone who has just signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who it is.
    pub person: Person,
    /// The session's token, for the cookie.
    pub token: Secret,
}

impl Registry {
    /// Who is signed in by this token, if anyone. Using a session prolongs it.
    pub async fn session(&self, token: &str, now: i64) -> Result<Option<Person>> {
        let found = session::Entity::find_by_id(sha256(token))
            .find_also_related(person::Entity)
            .filter(session::Column::ExpiresAt.gt(now))
            .filter(person::Column::Active.eq(true))
            .one(&self.readers)
            .await?;
        let Some((session, Some(person))) = found else { return Ok(None) };
        if TOUCH_MS <= now.saturating_sub(session.last_used_at) {
            self.touch(&session, now).await?;
        }
        Ok(Some(Person::read(person)?))
    }

    /// Signs a person in without asking for a password: for the demo, and for tests.
    pub async fn start_session(&self, person: i64, now: i64) -> Result<SignedIn> {
        let write = self.write().await?;
        let row = expect_person(&write, person).await?;
        if !row.active {
            return Err(Error::NotActive { email: row.email });
        }
        let signed_in = SignedIn::insert(&write, row, now).await?;
        write.commit().await?;
        Ok(signed_in)
    }

    /// Signs out. A token that is not known is no error: the outcome is the same.
    pub async fn end_session(&self, token: &str) -> Result<()> {
        session::Entity::delete_by_id(sha256(token)).exec(&self.writer).await?;
        Ok(())
    }

    /// Signs a person out everywhere; answers how many sessions ended.
    pub async fn end_sessions(&self, person: i64) -> Result<u64> {
        end_sessions(&self.writer, person).await
    }

    /// Notes that the session, and thus the person, was here at `now`.
    async fn touch(&self, session: &session::Model, now: i64) -> Result<()> {
        let write = self.write().await?;
        session::Entity::update_many()
            .col_expr(session::Column::LastUsedAt, Expr::value(now))
            .col_expr(session::Column::ExpiresAt, Expr::value(now.saturating_add(SESSION_MS)))
            .filter(session::Column::TokenSha256.eq(&session.token_sha256))
            .filter(session::Column::LastUsedAt.lt(now))
            .exec(&write)
            .await?;
        saw(&write, session.person_id, now).await?;
        Ok(write.commit().await?)
    }
}

impl SignedIn {
    /// Begins a session for an active person, and clears away sessions whose time is over.
    pub(crate) async fn insert(
        write: &impl ConnectionTrait,
        person: person::Model,
        now: i64,
    ) -> Result<SignedIn> {
        session::Entity::delete_many()
            .filter(session::Column::ExpiresAt.lte(now))
            .exec(write)
            .await?;
        let token = Secret::random("")?;
        let row = session::ActiveModel {
            token_sha256: Set(token.sha256()),
            person_id: Set(person.id),
            created_at: Set(now),
            last_used_at: Set(now),
            expires_at: Set(now.saturating_add(SESSION_MS)),
        };
        row.insert(write).await?;
        saw(write, person.id, now).await?;
        let person = Person { last_seen: person.last_seen.max(Some(now)), ..Person::read(person)? };
        Ok(SignedIn { person, token })
    }
}

async fn saw(write: &impl ConnectionTrait, person: i64, now: i64) -> Result<()> {
    let earlier = Condition::any()
        .add(person::Column::LastSeen.is_null())
        .add(person::Column::LastSeen.lt(now));
    person::Entity::update_many()
        .col_expr(person::Column::LastSeen, Expr::value(now))
        .filter(person::Column::Id.eq(person))
        .filter(earlier)
        .exec(write)
        .await?;
    Ok(())
}
