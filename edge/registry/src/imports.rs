//! Imports: which files came in, how far they got, and what was found in them.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::{
    Registry,
    entities::import,
    error::{Error, Result},
    settings::check_json,
    words::ImportState,
};

/// States in which a running program is at work. After a restart nobody is.
const AT_WORK: [ImportState; 2] = [ImportState::Checking, ImportState::Committing];

/// One file that someone brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Never used for another import again.
    pub id: i64,
    /// The file's name as it was given.
    pub file: String,
    /// The file's size in bytes.
    pub bytes: i64,
    /// How far it has come.
    pub state: ImportState,
    /// What the rows are, such as `customers`.
    pub kind: Option<String>,
    /// How the file is read (format, columns, their fields), as JSON text.
    pub layout: Option<String>,
    /// The batch of facts in the store, once it was written.
    pub batch: Option<i64>,
    /// How many rows were new, changed, rejected …, as JSON text.
    pub counts: Option<String>,
    /// The first rows that could not be read, as JSON text.
    pub problems: Option<String>,
    /// Why it failed, as a sentence.
    pub error: Option<String>,
    /// Who brought it in, such as `person:1`.
    pub by: String,
    /// When it came (ms).
    pub created_at: i64,
    /// When its rows became facts (ms).
    pub committed_at: Option<i64>,
    /// When it was undone (ms).
    pub undone_at: Option<i64>,
}

/// A file that has just come in; its state is [`ImportState::Read`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// The file's name as it was given.
    pub file: String,
    /// The file's size in bytes.
    pub bytes: i64,
    /// What the rows seem to be.
    pub kind: Option<String>,
    /// How the file seems to be laid out, as JSON text.
    pub layout: Option<String>,
    /// Who brought it in, such as `person:1`.
    pub by: String,
}

impl Registry {
    /// Notes a file that has come in.
    pub async fn add_import(&self, new: NewImport, now: i64) -> Result<Import> {
        check_optional("the layout", new.layout.as_deref())?;
        let row = import::ActiveModel {
            file: Set(new.file),
            bytes: Set(new.bytes),
            state: Set(ImportState::Read.as_str().to_owned()),
            kind: Set(new.kind),
            layout: Set(new.layout),
            by: Set(new.by),
            created_at: Set(now),
            ..Default::default()
        };
        Import::read(row.insert(&self.writer).await?)
    }

    /// Writes everything about an import but its file, maker and time of coming, provided that its
    /// state is still `was`; else [`Error::ImportMoved`]. So two who start the same step cannot both do it.
    pub async fn update_import(&self, import: &Import, was: ImportState) -> Result<()> {
        check_optional("the layout", import.layout.as_deref())?;
        check_optional("the counts", import.counts.as_deref())?;
        check_optional("the list of problems", import.problems.as_deref())?;
        let write = self.write().await?;
        let row = import::Entity::find_by_id(import.id).one(&write).await?;
        let row = row.ok_or(Error::NoSuchImport(import.id))?;
        let state = ImportState::read(&row.state)?;
        if state != was {
            return Err(Error::ImportMoved { id: import.id, state });
        }
        let mut row = row.into_active_model();
        row.state = Set(import.state.as_str().to_owned());
        row.kind = Set(import.kind.clone());
        row.layout = Set(import.layout.clone());
        row.batch = Set(import.batch);
        row.counts = Set(import.counts.clone());
        row.problems = Set(import.problems.clone());
        row.error = Set(import.error.clone());
        row.committed_at = Set(import.committed_at);
        row.undone_at = Set(import.undone_at);
        row.update(&write).await?;
        Ok(write.commit().await?)
    }

    /// One import.
    pub async fn import(&self, id: i64) -> Result<Option<Import>> {
        let row = import::Entity::find_by_id(id).one(&self.readers).await?;
        row.map(Import::read).transpose()
    }

    /// The newest imports, newest first.
    pub async fn imports(&self, limit: u64) -> Result<Vec<Import>> {
        let rows = import::Entity::find().order_by_desc(import::Column::Id).limit(limit);
        rows.all(&self.readers).await?.into_iter().map(Import::read).collect()
    }

    /// For the start of a server, before anyone works: imports that were being checked or committed
    /// when the last one stopped are marked failed with `sentence`, and answered as they are now.
    ///
    /// Whoever can see that a committing import's batch did reach the store says so by
    /// [`Registry::update_import`] first.
    pub async fn fail_unfinished_imports(&self, sentence: &str) -> Result<Vec<Import>> {
        let write = self.write().await?;
        let rows = import::Entity::find()
            .filter(import::Column::State.is_in(AT_WORK.map(ImportState::as_str)))
            .order_by_asc(import::Column::Id)
            .all(&write)
            .await?;
        let mut failed = Vec::with_capacity(rows.len());
        for row in rows {
            let mut row = row.into_active_model();
            row.state = Set(ImportState::Failed.as_str().to_owned());
            row.error = Set(Some(sentence.to_owned()));
            failed.push(Import::read(row.update(&write).await?)?);
        }
        write.commit().await?;
        Ok(failed)
    }
}

impl Import {
    fn read(row: import::Model) -> Result<Import> {
        Ok(Import {
            id: row.id,
            file: row.file,
            bytes: row.bytes,
            state: ImportState::read(&row.state)?,
            kind: row.kind,
            layout: row.layout,
            batch: row.batch,
            counts: row.counts,
            problems: row.problems,
            error: row.error,
            by: row.by,
            created_at: row.created_at,
            committed_at: row.committed_at,
            undone_at: row.undone_at,
        })
    }
}

fn check_optional(what: &'static str, json: Option<&str>) -> Result<()> {
    json.map_or(Ok(()), |json| check_json(what, json))
}
