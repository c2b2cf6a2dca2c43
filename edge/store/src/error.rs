//! What can go wrong with the store, said to the one who runs it.

use std::{io, path::PathBuf};

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has the folder open.
    #[error("`{folder}` is in use by {holder}; stop it first, or use its web page", folder = folder.display())]
    Held {
        /// The folder.
        folder: PathBuf,
        /// Who holds it, with its process number.
        holder: String,
    },
    /// The folder was written by a newer Kizashi.
    #[error("`{folder}` was written by a newer Kizashi (format `{found}`, this one reads up to {newest}); install the newer version", folder = folder.display())]
    Newer {
        /// The folder.
        folder: PathBuf,
        /// What its `format` file says.
        found: String,
        /// The newest version we read.
        newest: u32,
    },
    /// The folder's `format` file is missing or says something else.
    #[error("`{folder}` is no Kizashi folder: {why}; name another folder, or restore this one from a backup", folder = folder.display())]
    NotOurs {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// There is nothing to read, and we may not make it.
    #[error("`{folder}` holds no facts yet; import some first", folder = folder.display())]
    Nothing {
        /// The folder.
        folder: PathBuf,
    },
    /// The disk or the operating system refused.
    #[error("cannot {doing} `{path}`: {source}", path = path.display())]
    Disk {
        /// What we tried to do, as a verb.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Facts on disk are not what was written. Never skipped over.
    #[error("`{path}` is damaged at byte {offset}: {what}; restore it from a backup (`kizashi doctor` lists all damage)", path = path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where in it, in bytes.
        offset: u64,
        /// What is wrong there.
        what: &'static str,
    },
    /// Derived state is not what was written.
    #[error("`{path}` is damaged; run `kizashi rebuild` to make it anew from the facts", path = path.display())]
    DerivedDamaged {
        /// The file.
        path: PathBuf,
    },
    /// The disk was full.
    #[error("the disk is full; nothing of this was taken in; make room and send it again")]
    NoRoom,
    /// A write failed earlier, so that nothing more is taken in.
    #[error(
        "nothing more is taken in since a write failed ({why}); make room or mend the disk, then start again; nothing acknowledged is lost"
    )]
    WriteFailed {
        /// The failure.
        why: String,
    },
    /// Customers cannot be erased now.
    #[error("a file is being imported; erase when that is done")]
    Importing,
    /// An erasing was decided and is not finished, and we may not write.
    #[error("in `{folder}` an erasing was broken off; start the server on it once, which finishes it", folder = folder.display())]
    Erasing {
        /// The folder.
        folder: PathBuf,
    },
    /// What should be a backup is none, or not whole.
    #[error("this is no whole backup of Kizashi: {what} (at byte {offset}); take another one")]
    NoBackup {
        /// Where, in bytes.
        offset: u64,
        /// What is wrong there.
        what: &'static str,
    },
    /// A backup is restored into a folder of its own.
    #[error("`{folder}` is not empty; name a new folder", folder = folder.display())]
    NotEmpty {
        /// The folder.
        folder: PathBuf,
    },
    /// What should be a ledger is something else.
    #[error("this is no list of erased customers; give the file `facts/erased` of a folder")]
    NoLedger,
    /// The store was opened for reading.
    #[error("the folder was opened for reading only")]
    ReadOnly,
    /// One batch is larger than a frame of the log may be.
    #[error("one batch has {bytes} bytes, more than {most}; send it in smaller pieces")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The most we take.
        most: u64,
    },
    /// There is no such batch.
    #[error("there is no batch {0}")]
    NoSuchBatch(u32),
    /// The batch was undone before.
    #[error("batch {0} has been undone already")]
    UndoneBefore(u32),
    /// The caller's flag went up.
    #[error("stopped as asked")]
    Cancelled,
}

impl StoreError {
    /// Whether the disk was full, so that the caller can say so plainly.
    pub fn is_disk_full(&self) -> bool {
        match self {
            StoreError::NoRoom => true,
            StoreError::Disk { source, .. } => {
                matches!(source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
            }
            _ => false,
        }
    }
}
