//! Definitions: segments, later signs, as versions that are only ever added.
//!
//! ```text
//! version  1 ── 2 ── 3 ── 4            a change, a retirement and a restoration each add one;
//!         new  changed  retired  restored      the highest is current
//! ```

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};

use crate::{
    Registry,
    entities::definition::{self, Column},
    error::{Error, Result},
    settings::check_json,
    words::Origin,
};

/// One version of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// What is defined, such as `segment`.
    pub kind: String,
    /// Unique within its kind.
    pub id: String,
    /// Counted from 1.
    pub version: i32,
    /// JSON text, exactly as it was written.
    pub body: String,
    /// Whether the definition is out of use as of this version.
    pub retired: bool,
    /// Where this version came from.
    pub origin: Origin,
    /// Who wrote this version, such as `person:1`.
    pub by: String,
    /// When this version was written (ms).
    pub created_at: i64,
}

/// A version to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDefinition {
    /// What is defined, such as `segment`.
    pub kind: String,
    /// Unique within its kind.
    pub id: String,
    /// JSON text.
    pub body: String,
    /// The version the writer has seen; `None` when it is to be new.
    pub expected: Option<i32>,
    /// Where it comes from.
    pub origin: Origin,
    /// Who writes it, such as `person:1`.
    pub by: String,
}

impl Registry {
    /// Writes one version and answers its number. [`Error::Conflict`] when `expected` no longer stands.
    /// A retired definition is in use again afterwards.
    pub async fn put_definition(&self, new: NewDefinition, now: i64) -> Result<i32> {
        let versions = self.put_definitions(vec![new], now).await?;
        assert!(versions.len() == 1, "one definition in gives one version out");
        Ok(versions[0])
    }

    /// Writes several, all or none: a file of segments is taken as a whole.
    pub async fn put_definitions(&self, new: Vec<NewDefinition>, now: i64) -> Result<Vec<i32>> {
        self.replace_definitions(new, vec![], now).await
    }

    /// Writes several and takes others out of use with the body given for them, all or none. Answers the versions, those
    /// taken out of use last.
    pub async fn replace_definitions(
        &self,
        new: Vec<NewDefinition>,
        retired: Vec<NewDefinition>,
        now: i64,
    ) -> Result<Vec<i32>> {
        let write = self.write().await?;
        let mut versions = Vec::with_capacity(new.len() + retired.len());
        let new = new.into_iter().map(|one| (one, false));
        for (new, is_retired) in new.chain(retired.into_iter().map(|one| (one, true))) {
            check_json("the definition", &new.body)?;
            let current = current(&write, &new.kind, &new.id).await?.map(|row| row.version);
            if current != new.expected {
                return Err(new.conflict(current));
            }
            let version = add(&write, new, current, is_retired, now).await?;
            versions.push(version);
        }
        write.commit().await?;
        Ok(versions)
    }

    /// Takes a definition out of use; answers the version that says so.
    pub async fn retire_definition(
        &self,
        kind: &str,
        id: &str,
        origin: Origin,
        by: &str,
        now: i64,
    ) -> Result<i32> {
        self.set_retired(kind, id, true, origin, by, now).await
    }

    /// Takes a retired definition into use again; answers the version that says so.
    pub async fn restore_definition(
        &self,
        kind: &str,
        id: &str,
        origin: Origin,
        by: &str,
        now: i64,
    ) -> Result<i32> {
        self.set_retired(kind, id, false, origin, by, now).await
    }

    /// The current version of each definition of this kind, retired ones too, by id.
    pub async fn definitions(&self, kind: &str) -> Result<Vec<Definition>> {
        let newest = definition::Entity::find()
            .select_only()
            .column(Column::Id)
            .column_as(Column::Version.max(), "version")
            .filter(Column::Kind.eq(kind))
            .group_by(Column::Id)
            .into_query();
        let id_and_version = Expr::tuple([Expr::col(Column::Id), Expr::col(Column::Version)]);
        let rows = definition::Entity::find()
            .filter(Column::Kind.eq(kind))
            .filter(id_and_version.in_subquery(newest))
            .order_by_asc(Column::Id)
            .all(&self.readers)
            .await?;
        rows.into_iter().map(Definition::read).collect()
    }

    /// The current version of a definition, retired or not.
    pub async fn definition(&self, kind: &str, id: &str) -> Result<Option<Definition>> {
        current(&self.readers, kind, id).await?.map(Definition::read).transpose()
    }

    /// A definition as it stood at `version`.
    pub async fn definition_at(
        &self,
        kind: &str,
        id: &str,
        version: i32,
    ) -> Result<Option<Definition>> {
        let key = (kind.to_owned(), id.to_owned(), version);
        let row = definition::Entity::find_by_id(key).one(&self.readers).await?;
        row.map(Definition::read).transpose()
    }

    /// Every version of a definition, newest first.
    pub async fn definition_history(&self, kind: &str, id: &str) -> Result<Vec<Definition>> {
        let rows = of(kind, id).order_by_desc(Column::Version).all(&self.readers).await?;
        rows.into_iter().map(Definition::read).collect()
    }

    async fn set_retired(
        &self,
        kind: &str,
        id: &str,
        retired: bool,
        origin: Origin,
        by: &str,
        now: i64,
    ) -> Result<i32> {
        let write = self.write().await?;
        let missing = || Error::NoSuchDefinition { kind: kind.to_owned(), id: id.to_owned() };
        let row = current(&write, kind, id).await?.ok_or_else(missing)?;
        if row.retired == retired {
            return Ok(row.version);
        }
        let expected = Some(row.version);
        let new = NewDefinition {
            kind: row.kind,
            id: row.id,
            body: row.body,
            expected,
            origin,
            by: by.to_owned(),
        };
        let version = add(&write, new, expected, retired, now).await?;
        write.commit().await?;
        Ok(version)
    }
}

impl NewDefinition {
    fn conflict(self, current: Option<i32>) -> Error {
        Error::Conflict { kind: self.kind, id: self.id, expected: self.expected, current }
    }
}

impl Definition {
    fn read(row: definition::Model) -> Result<Definition> {
        Ok(Definition {
            kind: row.kind,
            id: row.id,
            version: row.version,
            body: row.body,
            retired: row.retired,
            origin: Origin::read(&row.origin)?,
            by: row.by,
            created_at: row.created_at,
        })
    }
}

fn of(kind: &str, id: &str) -> sea_orm::Select<definition::Entity> {
    definition::Entity::find().filter(Column::Kind.eq(kind)).filter(Column::Id.eq(id))
}

async fn current(
    connection: &impl ConnectionTrait,
    kind: &str,
    id: &str,
) -> Result<Option<definition::Model>> {
    Ok(of(kind, id).order_by_desc(Column::Version).one(connection).await?)
}

async fn add(
    write: &impl ConnectionTrait,
    new: NewDefinition,
    current: Option<i32>,
    retired: bool,
    now: i64,
) -> Result<i32> {
    let version = current.unwrap_or(0) + 1;
    let row = definition::ActiveModel {
        kind: Set(new.kind.clone()),
        id: Set(new.id.clone()),
        version: Set(version),
        body: Set(new.body.clone()),
        retired: Set(retired),
        origin: Set(new.origin.as_str().to_owned()),
        by: Set(new.by.clone()),
        created_at: Set(now),
    };
    let taken = new.conflict(Some(version));
    row.insert(write).await.map_err(|error| Error::unless_taken(error, taken))?;
    Ok(version)
}
