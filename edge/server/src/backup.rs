//! Backups of a whole folder: the facts from the store, and a copy of the registry taken a moment before.
//!
//! The registry comes first: then it never speaks of an import that the facts of the backup do not know.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use facts::Timestamp;
use registry::{HashCost, Registry};
use store::{BackedUp, Beside, Options, Store, StoreError, Watch};

use crate::{
    http::finish::random_hex,
    serve::{ServeError, make_folder},
};

/// Backs up a folder that nobody serves.
///
/// # Errors
/// [`ServeError`] when the folder cannot be opened or something cannot be read or written.
pub async fn backup_folder(
    folder: &Path,
    at: Timestamp,
    out: impl Write + Send + 'static,
) -> Result<BackedUp, ServeError> {
    make_folder(folder)?;
    let place = folder.to_owned();
    let opening =
        tokio::task::spawn_blocking(move || Store::open(&place, Options::default(), &Watch::NONE));
    let store = joined(opening.await)??;
    let registry =
        Registry::open_with(&folder.join(registry::FILE_NAME), HashCost::STANDARD).await?;
    let copy = RegistryCopy::take(folder, &registry).await?;
    registry.close().await?;
    let written = tokio::task::spawn_blocking(move || write(&store, &copy, at, out, &Watch::NONE));
    Ok(joined(written.await)??)
}

fn joined<T>(result: Result<T, tokio::task::JoinError>) -> Result<T, ServeError> {
    result.map_err(|why| ServeError::Stopped(std::io::Error::other(why)))
}

/// Writes a backup with a copy of the registry. Blocks on the disk.
pub(crate) fn write(
    store: &Store,
    copy: &RegistryCopy,
    at: Timestamp,
    mut out: impl Write,
    watch: &Watch<'_>,
) -> Result<BackedUp, StoreError> {
    let beside = Beside { name: registry::FILE_NAME.to_owned(), path: copy.0.clone() };
    store.backup(at, &[beside], &mut out, watch)
}

/// A copy of the registry that goes when it is dropped.
pub(crate) struct RegistryCopy(PathBuf);

impl RegistryCopy {
    pub(crate) async fn take(
        folder: &Path,
        registry: &Registry,
    ) -> Result<RegistryCopy, ServeError> {
        let random = random_hex::<8>().ok_or(ServeError::NoRandom)?;
        let copy = RegistryCopy(folder.join(format!("{COPY}{random}")));
        registry.copy_to(&copy.0).await?;
        Ok(copy)
    }
}

impl Drop for RegistryCopy {
    fn drop(&mut self) {
        if let Err(why) = std::fs::remove_file(&self.0) {
            tracing::warn!(%why, "a copy of the registry could not be removed");
        }
    }
}

const COPY: &str = "registry.copy-";

/// At the start: removes copies that a killed server left.
pub(crate) fn remove_copies(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(COPY) {
            drop(RegistryCopy(entry.path()));
        }
    }
}
