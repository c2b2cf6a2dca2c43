//! Signing in by password, and slowing down those who guess.
//!
//! ```text
//! wrong tries in a row   1  2  3 │ 4   5   6   7  …   13   │ 100
//! next try after         0  0  0 │ 1s  2s  4s  8s … 15 min │ locked until the password is reset
//! ```

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use crate::{
    Registry,
    entities::{failure, person},
    error::{Error, Result},
    passwords,
    people::{by_email, end_links, end_sessions, expect_person, fold},
    secret::sha256,
    sessions::SignedIn,
};

/// So many wrong tries in a row lock the sign-in of an address.
pub const FAILURES_UNTIL_LOCK: i32 = 100;

/// Wrong tries that cost no waiting: people mistype.
const FREE_FAILURES: i32 = 3;
/// The longest wait between two tries: 15 minutes.
const WAIT_MOST_MS: i64 = 15 * 60 * 1000;

/// Addresses that belong to nobody are remembered this long (a day) …
const UNKNOWN_KEPT_MS: i64 = 24 * 60 * 60 * 1000;
/// … and no more of them than this, so that guessing addresses does not fill the disk.
const UNKNOWN_KEPT: u64 = 10_000;

impl Registry {
    /// Signs in by password. Who is unknown, inactive or not yet joined is answered exactly, and as
    /// slowly, as one with a wrong password.
    pub async fn sign_in(&self, email: &str, password: &str, now: i64) -> Result<SignedIn> {
        let email = fold(email);
        let row = by_email(&self.readers, &email).await?;
        self.count_try(&email, row.is_some(), now).await?;
        let known = row.filter(|row| row.active).and_then(|row| Some((row.id, row.password_hash?)));
        let Some((id, hash)) = known else {
            self.hasher.pretend(password).await?;
            return Err(Error::SignInWrong);
        };
        if !self.hasher.matches(password, hash.clone()).await? {
            return Err(Error::SignInWrong);
        }
        let better = match self.hasher.is_dated(&hash) {
            true => Some(self.hasher.hash(password).await?),
            false => None,
        };
        let write = self.write().await?;
        let row = unchanged(&write, id, &hash).await?;
        let row = match better {
            Some(better) => set_hash(&write, row, better).await?,
            None => row,
        };
        forget_failures(&write, &email).await?;
        let signed_in = SignedIn::insert(&write, row, now).await?;
        write.commit().await?;
        Ok(signed_in)
    }

    /// Changes the password of someone who knows the present one. All sessions end but the new one answered.
    pub async fn change_password(
        &self,
        person: i64,
        present: &str,
        new: &str,
        now: i64,
    ) -> Result<SignedIn> {
        let row = expect_person(&self.readers, person).await?;
        passwords::check(new, &row.email)?;
        self.count_try(&row.email, true, now).await?;
        let hash = row.password_hash.ok_or(Error::SignInWrong)?;
        if !self.hasher.matches(present, hash.clone()).await? {
            return Err(Error::SignInWrong);
        }
        let new = self.hasher.hash(new).await?;
        let write = self.write().await?;
        let row = unchanged(&write, person, &hash).await?;
        let row = set_hash(&write, row, new).await?;
        end_sessions(&write, person).await?;
        end_links(&write, person).await?;
        forget_failures(&write, &row.email).await?;
        let signed_in = SignedIn::insert(&write, row, now).await?;
        write.commit().await?;
        Ok(signed_in)
    }

    /// Counts the try as a wrong one before its password is looked at, so that a thousand tries
    /// at once are a thousand tries. A right password takes the count back.
    async fn count_try(&self, email: &str, known: bool, now: i64) -> Result<()> {
        let email_sha256 = sha256(email);
        let write = self.write().await?;
        let before = failure::Entity::find_by_id(&email_sha256).one(&write).await?;
        let mut failures = 1;
        if let Some(before) = before {
            if FAILURES_UNTIL_LOCK <= before.failures {
                return Err(Error::SignInLocked);
            }
            // A last try in the future means that the clock was set back: nobody waits for that.
            if before.last_at <= now && now < before.open_at {
                let seconds = (before.open_at - now + 999) / 1000;
                return Err(Error::SignInWait { until: before.open_at, seconds });
            }
            failures = before.failures + 1;
        }
        let open_at = now.saturating_add(wait_after(failures));
        let row = failure::ActiveModel {
            email_sha256: Set(email_sha256),
            known: Set(known),
            failures: Set(failures),
            last_at: Set(now),
            open_at: Set(open_at),
        };
        let replace = OnConflict::column(failure::Column::EmailSha256)
            .update_columns([
                failure::Column::Known,
                failure::Column::Failures,
                failure::Column::LastAt,
                failure::Column::OpenAt,
            ])
            .to_owned();
        failure::Entity::insert(row).on_conflict(replace).exec_without_returning(&write).await?;
        forget_unknown(&write, now).await?;
        Ok(write.commit().await?)
    }
}

/// Milliseconds to wait after so many wrong tries in a row.
fn wait_after(failures: i32) -> i64 {
    match failures - FREE_FAILURES {
        ..=0 => 0,
        // 2^10 s is above the most, and a larger shift would not fit.
        n @ 1..=10 => (1000_i64 << (n - 1)).min(WAIT_MOST_MS),
        11.. => WAIT_MOST_MS,
    }
}

/// The person, unless their password or right to sign in changed while the hash was computed.
async fn unchanged(write: &impl ConnectionTrait, id: i64, hash: &str) -> Result<person::Model> {
    let row = expect_person(write, id).await?;
    match row.active && row.password_hash.as_deref() == Some(hash) {
        true => Ok(row),
        false => Err(Error::SignInWrong),
    }
}

async fn set_hash(
    write: &impl ConnectionTrait,
    row: person::Model,
    hash: String,
) -> Result<person::Model> {
    let mut row = row.into_active_model();
    row.password_hash = Set(Some(hash));
    Ok(row.update(write).await?)
}

/// Takes the count of wrong tries back to nothing.
pub(crate) async fn forget_failures(write: &impl ConnectionTrait, folded: &str) -> Result<()> {
    failure::Entity::delete_by_id(sha256(folded)).exec(write).await?;
    Ok(())
}

async fn forget_unknown(write: &impl ConnectionTrait, now: i64) -> Result<()> {
    let newest_too_many: Option<i64> = failure::Entity::find()
        .filter(failure::Column::Known.eq(false))
        .order_by_desc(failure::Column::LastAt)
        .offset(UNKNOWN_KEPT)
        .limit(1)
        .select_only()
        .column(failure::Column::LastAt)
        .into_tuple()
        .one(write)
        .await?;
    let oldest = now.saturating_sub(UNKNOWN_KEPT_MS).max(newest_too_many.unwrap_or(i64::MIN));
    failure::Entity::delete_many()
        .filter(failure::Column::Known.eq(false))
        .filter(failure::Column::LastAt.lte(oldest))
        .exec(write)
        .await?;
    Ok(())
}
