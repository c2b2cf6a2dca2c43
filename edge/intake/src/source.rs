//! Where a file's bytes come from, and why a file as a whole cannot be read.

use std::{
    fs::File,
    io::{self, BufReader, Cursor, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::{Said, said::said};

/// A file on disk or in memory, with the name people know it by.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    place: Place,
}

#[derive(Debug, Clone)]
enum Place {
    Disk(PathBuf),
    Memory(Arc<[u8]>),
}

/// Why a file cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The disk said no.
    #[error("`{name}` cannot be read: {error}")]
    Disk {
        /// The file's name.
        name: String,
        /// What the system said.
        error: io::Error,
    },
    /// The file is not what its name says, is damaged, or breaks a limit.
    #[error("`{name}`: {reason}")]
    Broken {
        /// The file's name.
        name: String,
        /// What is wrong and what to do.
        reason: Said,
    },
    /// The caller asked to stop.
    #[error("reading was cancelled")]
    Cancelled,
}

impl Unreadable {
    /// The sentence in both languages.
    pub fn said(&self) -> Said {
        match self {
            Unreadable::Disk { name, error } => {
                said!("「{}」を読めません: {}", "`{}` cannot be read: {}"; name, error)
            }
            Unreadable::Broken { name, reason } => Said {
                ja: format!("「{name}」: {}", reason.ja),
                en: format!("`{name}`: {}", reason.en),
            },
            Unreadable::Cancelled => said!("読み込みは中止されました", "reading was cancelled"),
        }
    }
}

impl Source {
    /// A file on disk, known by its own name.
    pub fn file(path: impl Into<PathBuf>) -> Source {
        let path = path.into();
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Source { name, place: Place::Disk(path) }
    }

    /// A file on disk that people know by another name, such as an upload.
    pub fn file_named(path: impl Into<PathBuf>, name: impl Into<String>) -> Source {
        Source { name: name.into(), place: Place::Disk(path.into()) }
    }

    /// Bytes in memory.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Source {
        Source { name: name.into(), place: Place::Memory(bytes.into()) }
    }

    /// The name people know the file by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it lies on disk; `None` for bytes in memory.
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::Disk(path) => Some(path),
            Place::Memory(_) => None,
        }
    }

    /// The bytes, when they are in memory.
    pub(crate) fn memory(&self) -> Option<Arc<[u8]>> {
        match &self.place {
            Place::Disk(_) => None,
            Place::Memory(bytes) => Some(bytes.clone()),
        }
    }

    /// Its length in bytes.
    ///
    /// # Errors
    /// [`Unreadable::Disk`] when it cannot be looked up.
    pub fn length(&self) -> Result<u64, Unreadable> {
        match &self.place {
            Place::Disk(path) => {
                Ok(std::fs::metadata(path).map_err(|error| self.disk(error))?.len())
            }
            Place::Memory(bytes) => Ok(bytes.len() as u64),
        }
    }

    /// Opens it; `far` is told how many bytes have been passed.
    pub(crate) fn open(&self, far: Arc<AtomicU64>) -> Result<Opened, Unreadable> {
        let inner = match &self.place {
            Place::Disk(path) => {
                Inner::Disk(BufReader::new(File::open(path).map_err(|error| self.disk(error))?))
            }
            Place::Memory(bytes) => Inner::Memory(Cursor::new(bytes.clone())),
        };
        Ok(Opened { inner, at: 0, far })
    }

    pub(crate) fn disk(&self, error: io::Error) -> Unreadable {
        Unreadable::Disk { name: self.name.clone(), error }
    }

    pub(crate) fn broken(&self, reason: Said) -> Unreadable {
        Unreadable::Broken { name: self.name.clone(), reason }
    }
}

/// An open [`Source`] that tells how far it has been read.
pub(crate) struct Opened {
    inner: Inner,
    at: u64,
    far: Arc<AtomicU64>,
}

enum Inner {
    Disk(BufReader<File>),
    Memory(Cursor<Arc<[u8]>>),
}

impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = match &mut self.inner {
            Inner::Disk(file) => file.read(buffer)?,
            Inner::Memory(bytes) => bytes.read(buffer)?,
        };
        self.at += n as u64;
        self.far.store(self.at, Ordering::Relaxed);
        Ok(n)
    }
}

impl Seek for Opened {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match &mut self.inner {
            Inner::Disk(file) => file.seek(to)?,
            Inner::Memory(bytes) => bytes.seek(to)?,
        };
        Ok(self.at)
    }
}
