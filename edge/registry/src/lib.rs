//! What people decide and who they are: people, sign-in, API keys, definitions, settings, imports, audit.
//!
//! One [`Registry`] is one SQLite file, written by one connection and read by a few.
//! Everything here is told the time: each `now` is an instant in milliseconds since 1970 (UTC).
//! Secrets (links, sessions, API keys, passwords) are never stored as such: only their hashes are.
//!
//! ```text
//!   link ──▶ person ──▶ session          setup, invitation, password reset; then the cookie
//!            person ──▶ definition 1, 2, 3 …   every version is kept
//!                   ──▶ import · setting · profile · audit entry
//! ```

mod audit;
mod definitions;
mod entities;
mod error;
mod imports;
mod keys;
mod links;
mod migrations;
mod open;
mod passwords;
mod people;
mod secret;
mod sessions;
mod settings;
mod sign_in;
mod words;

use std::sync::Arc;

use sea_orm::{
    DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

pub use audit::AuditEntry;
pub use definitions::{Definition, NewDefinition};
pub use error::{Error, Result};
pub use imports::{Import, NewImport};
pub use keys::ApiKey;
pub use links::{Link, LinkPurpose, OpenLink};
pub use migrations::FORMAT;
pub use open::FILE_NAME;
pub use passwords::{HashCost, PASSWORD_CHARS_LEAST, PASSWORD_CHARS_MOST};
pub use people::{NewPerson, Person, PersonChange};
pub use secret::Secret;
pub use sessions::SignedIn;
pub use sign_in::FAILURES_UNTIL_LOCK;
pub use words::{ImportState, Language, Origin, Role};

/// The open registry. Cloning it is cheap; all clones share the same connections.
#[derive(Clone)]
pub struct Registry {
    /// The only connection that writes, so that no write ever waits for another one's lock.
    writer: DatabaseConnection,
    /// Connections that may only read.
    readers: DatabaseConnection,
    hasher: Arc<passwords::Hasher>,
}

impl Registry {
    /// Lets the connections go after their work is done. Later calls on any clone fail.
    pub async fn close(&self) -> Result<()> {
        self.readers.clone().close().await?;
        self.writer.clone().close().await?;
        Ok(())
    }

    /// Begins a transaction that holds the write lock from its first moment, so that what it reads
    /// stays true until it commits, even when another program has the file open. Dropping it undoes it.
    async fn write(&self) -> Result<DatabaseTransaction> {
        Ok(self
            .writer
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            })
            .await?)
    }
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Registry")
    }
}
