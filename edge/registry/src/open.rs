//! Opening a registry: its file, its connections, and the step from older formats.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, DatabaseConnection, EntityTrait, QuerySelect, SqlxSqliteConnector, Statement,
    sea_query::OnConflict,
    sqlx::{
        ConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};
use sea_orm_migration::MigratorTrait;

use crate::{
    Registry,
    entities::format,
    error::{Error, Result},
    migrations::{FORMAT, Migrator},
    passwords::{HashCost, Hasher},
};

/// The usual name of the file inside a data folder.
pub const FILE_NAME: &str = "registry.sqlite";

/// How many connections read side by side.
const READERS: u32 = 4;

/// How long a statement waits for another program that has the file open.
const BUSY: Duration = Duration::from_secs(10);

impl Registry {
    /// Opens the registry in the file `path`, makes it when it is not there, and takes an older
    /// format to this one. A newer format, or a file of something else, is refused and left as it is.
    pub async fn open(path: &Path) -> Result<Registry> {
        Registry::open_with(path, HashCost::STANDARD).await
    }

    /// Like [`Registry::open`], with another price for a password hash; meant for tests.
    pub async fn open_with(path: &Path, cost: HashCost) -> Result<Registry> {
        keep_from_others(path)?;
        // The readers come first: they cannot harm a file that turns out to be something else.
        let readers = connect(path, READERS, true).await?;
        let opened = async {
            refuse_foreign(path, &readers).await?;
            let writer = connect(path, 1, false).await?;
            let hasher = Arc::new(Hasher::new(cost));
            let registry = Registry { writer, readers: readers.clone(), hasher };
            registry.migrate().await?;
            Ok(registry)
        };
        match opened.await {
            Ok(registry) => Ok(registry),
            Err(error) => {
                readers.close().await?;
                Err(error)
            }
        }
    }

    /// Writes everything, as it is at one moment, into a new file that only its owner may read.
    pub async fn copy_to(&self, path: &Path) -> Result<()> {
        keep_from_others(path)?;
        let backend = self.writer.get_database_backend();
        let name = path.to_string_lossy().into_owned();
        let copy = Statement::from_sql_and_values(backend, "VACUUM INTO ?", [name.into()]);
        self.writer.execute_raw(copy).await?;
        Ok(())
    }

    /// Leaves nothing of what was changed or removed before in the side file of SQLite. Waits for readers.
    pub async fn forget_old_pages(&self) -> Result<()> {
        let backend = self.writer.get_database_backend();
        let all = Statement::from_string(backend, "PRAGMA wal_checkpoint(TRUNCATE)");
        self.writer.query_all_raw(all).await?;
        Ok(())
    }

    /// All steps at once or none, and never by two programs at the same time.
    async fn migrate(&self) -> Result<()> {
        let write = self.write().await?;
        Migrator::up(&write, None).await?;
        let row = format::ActiveModel { id: Set(1), version: Set(FORMAT) };
        format::Entity::insert(row)
            .on_conflict(
                OnConflict::column(format::Column::Id)
                    .update_column(format::Column::Version)
                    .to_owned(),
            )
            .exec_without_returning(&write)
            .await?;
        Ok(write.commit().await?)
    }
}

/// Makes the file before SQLite does, readable by its owner only; SQLite gives its side files the same rights.
fn keep_from_others(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(why) => Err(Error::Open { path: path.to_owned(), why: why.to_string() }),
    }
}

async fn connect(path: &Path, connections: u32, read_only: bool) -> Result<DatabaseConnection> {
    let mut options = SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY)
        .foreign_keys(true)
        .synchronous(SqliteSynchronous::Full)
        // Statements would otherwise reach the log, and a slow one its text.
        .disable_statement_logging();
    options = match read_only {
        true => options.pragma("query_only", "ON"),
        // What is overwritten or removed leaves no trace in the file.
        false => options.journal_mode(SqliteJournalMode::Wal).pragma("secure_delete", "ON"),
    };
    let begun = Instant::now();
    let pool = loop {
        let pool = SqlitePoolOptions::new()
            .max_connections(connections)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await;
        // SQLite does not wait when two programs change how the file is written at the same time.
        match pool {
            Err(why) if why.to_string().contains("is locked") && begun.elapsed() < BUSY => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            pool => break pool,
        }
    };
    match pool {
        Ok(pool) => Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool)),
        Err(why) if why.to_string().contains("not a database") => {
            Err(Error::NotARegistry { path: path.to_owned() })
        }
        Err(why) => Err(Error::Open { path: path.to_owned(), why: why.to_string() }),
    }
}

/// An empty file and a registry up to this format pass.
async fn refuse_foreign(path: &Path, readers: &DatabaseConnection) -> Result<()> {
    let backend = readers.get_database_backend();
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let mut names = Vec::new();
    for row in readers.query_all_raw(Statement::from_string(backend, tables)).await? {
        names.push(row.try_get::<String>("", "name")?);
    }
    if names.is_empty() {
        return Ok(());
    }
    let not_ours = || Error::NotARegistry { path: path.to_owned() };
    if !names.iter().any(|name| name == "format") {
        return Err(not_ours());
    }
    let version: Option<i64> = format::Entity::find_by_id(1)
        .select_only()
        .column(format::Column::Version)
        .into_tuple()
        .one(readers)
        .await
        .map_err(|_| not_ours())?;
    match version {
        Some(found) if FORMAT < found => {
            Err(Error::Newer { path: path.to_owned(), found, known: FORMAT })
        }
        Some(_) => Ok(()),
        None => Err(not_ours()),
    }
}
