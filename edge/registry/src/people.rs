//! People: who they are and what they may do.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder,
};
use unicode_normalization::UnicodeNormalization;

use crate::{
    Registry,
    entities::{link, person, session},
    error::{Error, Result},
    words::{Language, Role},
};

/// Someone who may sign in, or could once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Never used for someone else again.
    pub id: i64,
    /// Folded: lower case, plain width.
    pub email: String,
    /// As they write it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The sales rep (営業担当者), as the customers name them, whose customers this person owns.
    pub rep: Option<String>,
    /// The language in which they are spoken to.
    pub language: Language,
    /// Whether they may sign in.
    pub active: bool,
    /// Whether they have a password, that is, have used their invitation.
    pub joined: bool,
    /// When they were set up or invited (ms).
    pub created_at: i64,
    /// When they were last here (ms), to the minute.
    pub last_seen: Option<i64>,
}

/// Someone to invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// The address, in any case and width.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they will be allowed to do.
    pub role: Role,
    /// See [`Person::rep`].
    pub rep: Option<String>,
    /// The language in which they are spoken to.
    pub language: Language,
}

/// What to change about a person; `None` leaves it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonChange {
    /// A new role.
    pub role: Option<Role>,
    /// A new rep, or `Some(None)` for no rep.
    pub rep: Option<Option<String>>,
    /// Deactivating ends all sessions and links of the person.
    pub active: Option<bool>,
    /// A new name.
    pub name: Option<String>,
    /// A new language.
    pub language: Option<Language>,
}

impl Registry {
    /// Everyone, active or not, in the order in which they came.
    pub async fn people(&self) -> Result<Vec<Person>> {
        let rows = person::Entity::find().order_by_asc(person::Column::Id).all(&self.readers);
        rows.await?.into_iter().map(Person::read).collect()
    }

    /// The person with this id.
    pub async fn person(&self, id: i64) -> Result<Option<Person>> {
        let row = person::Entity::find_by_id(id).one(&self.readers).await?;
        row.map(Person::read).transpose()
    }

    /// The person with this address, in any case and width.
    pub async fn person_by_email(&self, email: &str) -> Result<Option<Person>> {
        let row = by_email(&self.readers, &fold(email)).await?;
        row.map(Person::read).transpose()
    }

    /// Changes a person. The last active owner stays one.
    pub async fn change_person(&self, id: i64, change: PersonChange) -> Result<Person> {
        let write = self.write().await?;
        let before = expect_person(&write, id).await?;
        let mut row = before.clone().into_active_model();
        if let Some(role) = change.role {
            row.role = Set(role.as_str().to_owned());
        }
        if let Some(rep) = change.rep {
            row.rep = Set(rep);
        }
        if let Some(active) = change.active {
            row.active = Set(active);
        }
        if let Some(name) = change.name {
            row.name = Set(check_name(&name)?);
        }
        if let Some(language) = change.language {
            row.language = Set(language.as_str().to_owned());
        }
        let after = match row.is_changed() {
            true => row.update(&write).await?,
            false => before.clone(),
        };
        if runs_workspace(&before) && !runs_workspace(&after) && owners(&write).await? == 0 {
            return Err(Error::LastOwner);
        }
        if !after.active {
            end_sessions(&write, id).await?;
            end_links(&write, id).await?;
        }
        write.commit().await?;
        Person::read(after)
    }
}

impl Person {
    pub(crate) fn read(row: person::Model) -> Result<Person> {
        Ok(Person {
            id: row.id,
            email: row.email,
            name: row.name,
            role: Role::read(&row.role)?,
            rep: row.rep,
            language: Language::read(&row.language)?,
            active: row.active,
            joined: row.password_hash.is_some(),
            created_at: row.created_at,
            last_seen: row.last_seen,
        })
    }
}

impl NewPerson {
    /// Adds the person, who has no password before `password_hash` says so.
    pub(crate) async fn insert(
        &self,
        write: &impl ConnectionTrait,
        password_hash: Option<String>,
        now: i64,
    ) -> Result<person::Model> {
        let email = check_email(&self.email)?;
        let row = person::ActiveModel {
            email: Set(email.clone()),
            name: Set(check_name(&self.name)?),
            role: Set(self.role.as_str().to_owned()),
            rep: Set(self.rep.clone()),
            language: Set(self.language.as_str().to_owned()),
            active: Set(true),
            password_hash: Set(password_hash),
            created_at: Set(now),
            ..Default::default()
        };
        let taken = Error::EmailTaken { email };
        row.insert(write).await.map_err(|error| Error::unless_taken(error, taken))
    }
}

/// Only who has a password can run the workspace: an owner who was merely invited does not count.
fn runs_workspace(row: &person::Model) -> bool {
    row.active && row.role == Role::Owner.as_str() && row.password_hash.is_some()
}

/// How many active owners can sign in.
pub(crate) async fn owners(connection: &impl ConnectionTrait) -> Result<u64> {
    let owners = person::Entity::find()
        .filter(person::Column::Active.eq(true))
        .filter(person::Column::Role.eq(Role::Owner.as_str()))
        .filter(person::Column::PasswordHash.is_not_null());
    Ok(owners.count(connection).await?)
}

pub(crate) async fn expect_person(
    connection: &impl ConnectionTrait,
    id: i64,
) -> Result<person::Model> {
    let row = person::Entity::find_by_id(id).one(connection).await?;
    row.ok_or(Error::NoSuchPerson(id))
}

pub(crate) async fn by_email(
    connection: &impl ConnectionTrait,
    folded: &str,
) -> Result<Option<person::Model>> {
    Ok(person::Entity::find().filter(person::Column::Email.eq(folded)).one(connection).await?)
}

/// Signs the person out everywhere.
pub(crate) async fn end_sessions(write: &impl ConnectionTrait, person: i64) -> Result<u64> {
    let sessions = session::Entity::delete_many().filter(session::Column::PersonId.eq(person));
    Ok(sessions.exec(write).await?.rows_affected)
}

/// Makes every unused link of the person void.
pub(crate) async fn end_links(write: &impl ConnectionTrait, person: i64) -> Result<()> {
    link::Entity::delete_many()
        .filter(link::Column::PersonId.eq(person))
        .filter(link::Column::UsedAt.is_null())
        .exec(write)
        .await?;
    Ok(())
}

/// The form in which an address is stored and looked up.
pub(crate) fn fold(email: &str) -> String {
    email.trim().nfkc().collect::<String>().to_lowercase()
}

/// The folded address, when it looks like one: one `@` with something on both sides and a place in mail headers.
pub(crate) fn check_email(email: &str) -> Result<String> {
    let shown = || Error::EmailWrong { email: email.chars().take(100).collect() };
    if 254 < email.len() {
        return Err(shown());
    }
    let folded = fold(email);
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>\"(),:;\\[]".contains(c);
    match folded.split_once('@') {
        Some((name, host))
            if !name.is_empty()
                && !host.is_empty()
                && !host.contains('@')
                && !folded.contains(odd) =>
        {
            Ok(folded)
        }
        _ => Err(shown()),
    }
}

pub(crate) fn check_name(name: &str) -> Result<String> {
    let name = name.trim();
    let fits = (1..=200).contains(&name.chars().count()) && !name.contains(char::is_control);
    if fits { Ok(name.to_owned()) } else { Err(Error::NameWrong) }
}
