//! Links that work once: for the first owner, for those who are invited, for a lost password.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, sea_query::Expr,
};

use crate::{
    Registry,
    entities::link,
    error::{Error, Result},
    passwords,
    people::{self, NewPerson, Person, end_links, end_sessions, expect_person, owners},
    secret::{Secret, sha256},
    sessions::SignedIn,
    sign_in::forget_failures,
    words::{Language, Role, words},
};

/// How long a link works: seven days.
const LINK_MS: i64 = 7 * 24 * 60 * 60 * 1000;

words! {
    /// What a link is good for.
    LinkPurpose, "purpose" {
        /// Makes the first owner.
        Setup = "setup",
        /// Lets someone who was invited choose a password.
        Invitation = "invitation",
        /// Lets someone choose a new password.
        PasswordReset = "password_reset",
    }
}

/// A new link.
#[derive(Debug, Clone)]
pub struct Link {
    /// What stands in the address; only its hash is kept.
    pub token: Secret,
    /// The first instant (ms) at which it no longer works.
    pub expires_at: i64,
}

/// What a link that still works is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLink {
    /// What it is good for.
    pub purpose: LinkPurpose,
    /// Whom it is for; nobody yet when it is for setup.
    pub person: Option<Person>,
    /// The first instant (ms) at which it no longer works.
    pub expires_at: i64,
}

impl Registry {
    /// Whether nobody can run this workspace yet.
    pub async fn setup_needed(&self) -> Result<bool> {
        Ok(owners(&self.readers).await? == 0)
    }

    /// A link by which the first owner sets the workspace up. It replaces any earlier one.
    pub async fn setup_link(&self, now: i64) -> Result<Link> {
        let write = self.write().await?;
        if owners(&write).await? != 0 {
            return Err(Error::AlreadySetUp);
        }
        link::Entity::delete_many()
            .filter(link::Column::Purpose.eq(LinkPurpose::Setup.as_str()))
            .filter(link::Column::UsedAt.is_null())
            .exec(&write)
            .await?;
        let link = insert(&write, LinkPurpose::Setup, None, "setup", now).await?;
        write.commit().await?;
        Ok(link)
    }

    /// What the link with this token is for, while it works.
    pub async fn open_link(&self, token: &str, now: i64) -> Result<OpenLink> {
        let row = find(&self.readers, token, now).await?;
        let person = match row.person_id {
            Some(id) => Some(Person::read(expect_person(&self.readers, id).await?)?),
            None => None,
        };
        Ok(OpenLink {
            purpose: LinkPurpose::read(&row.purpose)?,
            person,
            expires_at: row.expires_at,
        })
    }

    /// Makes the first owner and signs them in.
    pub async fn set_up(
        &self,
        token: &str,
        email: &str,
        name: &str,
        language: Language,
        password: &str,
        now: i64,
    ) -> Result<SignedIn> {
        let owner = NewPerson {
            email: people::check_email(email)?,
            name: people::check_name(name)?,
            role: Role::Owner,
            rep: None,
            language,
        };
        passwords::check(password, &owner.email)?;
        find(&self.readers, token, now).await?;
        let hash = self.hasher.hash(password).await?;
        let write = self.write().await?;
        if owners(&write).await? != 0 {
            return Err(Error::AlreadySetUp);
        }
        use_up(&write, token, LinkPurpose::Setup, now).await?;
        let person = owner.insert(&write, Some(hash), now).await?;
        let signed_in = SignedIn::insert(&write, person, now).await?;
        write.commit().await?;
        Ok(signed_in)
    }

    /// Adds someone who has no password yet, with the link by which they choose one.
    /// `by` says who invites, such as `person:1`.
    pub async fn invite(&self, person: NewPerson, by: &str, now: i64) -> Result<(Person, Link)> {
        let write = self.write().await?;
        let person = Person::read(person.insert(&write, None, now).await?)?;
        let link = insert(&write, LinkPurpose::Invitation, Some(person.id), by, now).await?;
        write.commit().await?;
        Ok((person, link))
    }

    /// A new link for someone: an invitation while they have not joined, else one to reset the password.
    /// It makes the person's earlier links void.
    pub async fn renew_link(&self, person: i64, by: &str, now: i64) -> Result<(LinkPurpose, Link)> {
        let write = self.write().await?;
        let row = expect_person(&write, person).await?;
        if !row.active {
            return Err(Error::NotActive { email: row.email });
        }
        let purpose = match row.password_hash {
            Some(_) => LinkPurpose::PasswordReset,
            None => LinkPurpose::Invitation,
        };
        end_links(&write, person).await?;
        let link = insert(&write, purpose, Some(person), by, now).await?;
        write.commit().await?;
        Ok((purpose, link))
    }

    /// Uses an invitation: the person takes this name and password and is signed in.
    pub async fn join(
        &self,
        token: &str,
        name: &str,
        password: &str,
        now: i64,
    ) -> Result<SignedIn> {
        let name = people::check_name(name)?;
        self.choose_password(token, LinkPurpose::Invitation, Some(name), password, now).await
    }

    /// Uses a link to reset the password. All earlier sessions end, a lock by wrong tries too.
    pub async fn reset_password(&self, token: &str, password: &str, now: i64) -> Result<SignedIn> {
        self.choose_password(token, LinkPurpose::PasswordReset, None, password, now).await
    }

    async fn choose_password(
        &self,
        token: &str,
        purpose: LinkPurpose,
        name: Option<String>,
        password: &str,
        now: i64,
    ) -> Result<SignedIn> {
        // The costly hash is made only for a link that works, and before the write begins.
        let row = find(&self.readers, token, now).await?;
        let person = row.person_id.ok_or(Error::LinkNotValid)?;
        let email = expect_person(&self.readers, person).await?.email;
        passwords::check(password, &email)?;
        let hash = self.hasher.hash(password).await?;
        let write = self.write().await?;
        use_up(&write, token, purpose, now).await?;
        let row = expect_person(&write, person).await?;
        if !row.active {
            return Err(Error::LinkNotValid);
        }
        let mut row = row.into_active_model();
        row.password_hash = Set(Some(hash));
        if let Some(name) = name {
            row.name = Set(name);
        }
        let row = row.update(&write).await?;
        end_sessions(&write, person).await?;
        end_links(&write, person).await?;
        forget_failures(&write, &row.email).await?;
        let signed_in = SignedIn::insert(&write, row, now).await?;
        write.commit().await?;
        Ok(signed_in)
    }
}

async fn insert(
    write: &impl ConnectionTrait,
    purpose: LinkPurpose,
    person: Option<i64>,
    by: &str,
    now: i64,
) -> Result<Link> {
    let link = Link { token: Secret::random("")?, expires_at: now.saturating_add(LINK_MS) };
    let row = link::ActiveModel {
        token_sha256: Set(link.token.sha256()),
        purpose: Set(purpose.as_str().to_owned()),
        person_id: Set(person),
        by: Set(by.to_owned()),
        created_at: Set(now),
        expires_at: Set(link.expires_at),
        ..Default::default()
    };
    row.insert(write).await?;
    Ok(link)
}

/// The link with this token, if it still works at `now`.
async fn find(connection: &impl ConnectionTrait, token: &str, now: i64) -> Result<link::Model> {
    let row = link::Entity::find()
        .filter(link::Column::TokenSha256.eq(sha256(token)))
        .filter(link::Column::UsedAt.is_null())
        .filter(link::Column::ExpiresAt.gt(now));
    row.one(connection).await?.ok_or(Error::LinkNotValid)
}

/// Marks the link used. One statement both asks and marks, so that of two users one is refused.
async fn use_up(
    write: &impl ConnectionTrait,
    token: &str,
    purpose: LinkPurpose,
    now: i64,
) -> Result<()> {
    let used = link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(now))
        .filter(link::Column::TokenSha256.eq(sha256(token)))
        .filter(link::Column::Purpose.eq(purpose.as_str()))
        .filter(link::Column::UsedAt.is_null())
        .filter(link::Column::ExpiresAt.gt(now))
        .exec(write)
        .await?;
    if used.rows_affected == 1 { Ok(()) } else { Err(Error::LinkNotValid) }
}
