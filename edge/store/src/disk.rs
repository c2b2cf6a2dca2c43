//! The only way to the disk: one small trait, so that tests can lose power, fill the disk and fail any call.
//!
//! What is appended or created is safe only after [`DiskFile::sync`], and after [`Disk::sync_folder`] where a name
//! came, went or changed.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read, Seek, SeekFrom, Write},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::StoreError;

/// Whether the lock was had, and if not, who has it.
pub enum Locked {
    /// Ours until dropped.
    Ours(Box<dyn Send + Sync>),
    /// Someone else's, as they wrote themselves down.
    Theirs(String),
}

/// A disk with folders and files.
pub trait Disk: Send + Sync {
    /// Makes a folder and those above it; there already is fine.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;
    /// The names in a folder, in no order.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Makes an empty file, emptying one that is there.
    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;
    /// Opens a file for reading, and for appending when `write`.
    fn open(&self, path: &Path, write: bool) -> io::Result<Box<dyn DiskFile>>;
    /// Gives a file another name, replacing what had it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes the names in a folder safe.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Takes the exclusive lock on a file, writing `holder` into it, without waiting.
    fn lock(&self, path: &Path, holder: &str) -> io::Result<Locked>;
}

/// An open file. All calls take `&self`; one writer at a time is the caller's promise.
pub trait DiskFile: Send + Sync {
    /// Writes all bytes at the end.
    fn append(&self, bytes: &[u8]) -> io::Result<()>;
    /// Fills the buffer from the given offset; an error when the file ends before.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()>;
    /// Its length in bytes.
    fn length(&self) -> io::Result<u64>;
    /// Cuts it to a length.
    fn truncate(&self, length: u64) -> io::Result<()>;
    /// Makes its content and length safe.
    fn sync(&self) -> io::Result<()>;
}

/// The machine's own disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = vec![];
        for entry in std::fs::read_dir(folder)? {
            names.extend(entry?.file_name().into_string());
        }
        Ok(names)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        drop(File::create(path)?);
        self.open(path, true)
    }

    fn open(&self, path: &Path, write: bool) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(OpenOptions::new().read(true).append(write).open(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    fn lock(&self, path: &Path, holder: &str) -> io::Result<Locked> {
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {
                file.set_len(0)?;
                file.seek(SeekFrom::Start(0))?;
                file.write_all(holder.as_bytes())?;
                Ok(Locked::Ours(Box::new(file)))
            }
            Err(TryLockError::WouldBlock) => {
                let mut theirs = String::new();
                file.read_to_string(&mut theirs)?;
                Ok(Locked::Theirs(theirs))
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

impl DiskFile for File {
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        let mut file: &File = self;
        file.write_all(bytes)
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        self.read_exact_at(buffer, offset)
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }
}

/// One store's folder on a disk; names are relative to it, failures say which file and what was tried.
#[derive(Clone)]
pub(crate) struct Folder {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) path: PathBuf,
}

impl Folder {
    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    pub(crate) fn create_folder(&self, name: &str) -> Result<(), StoreError> {
        let path = self.at(name);
        self.disk.create_folder(&path).map_err(|error| failed("make the folder", &path, error))
    }

    /// The names in a folder, sorted; none when it is not there.
    pub(crate) fn list(&self, name: &str) -> Result<Vec<String>, StoreError> {
        let path = self.at(name);
        match self.disk.list(&path) {
            Ok(mut names) => {
                names.sort_unstable();
                Ok(names)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(vec![]),
            Err(error) => Err(failed("look into", &path, error)),
        }
    }

    pub(crate) fn create(&self, name: &str) -> Result<OpenFile, StoreError> {
        let path = self.at(name);
        match self.disk.create(&path) {
            Ok(file) => Ok(OpenFile { file, path }),
            Err(error) => Err(failed("create", &path, error)),
        }
    }

    pub(crate) fn open(&self, name: &str, write: bool) -> Result<OpenFile, StoreError> {
        let path = self.at(name);
        match self.disk.open(&path, write) {
            Ok(file) => Ok(OpenFile { file, path }),
            Err(error) => Err(failed("open", &path, error)),
        }
    }

    /// A whole small file; `None` when it is not there.
    pub(crate) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.at(name);
        match self.disk.open(&path, false) {
            Ok(file) => {
                let file = OpenFile { file, path };
                let length = file.length()?;
                file.read(0, length as usize).map(Some)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed("open", &path, error)),
        }
    }

    /// Puts a whole small file in place, so that after a crash it is there in full or as it was before.
    pub(crate) fn replace(&self, folder: &str, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let new = format!("{name}.new");
        let mut unfinished = Unfinished::new(self, &new);
        let file = self.create(&new)?;
        file.append(bytes)?;
        file.sync()?;
        self.rename(&new, name)?;
        unfinished.is_finished();
        self.sync_folder(folder)
    }

    /// Gives a file another name, which is safe after [`Folder::sync_folder`].
    pub(crate) fn rename(&self, from: &str, to: &str) -> Result<(), StoreError> {
        let path = self.at(to);
        self.disk.rename(&self.at(from), &path).map_err(|error| failed("replace", &path, error))
    }

    pub(crate) fn remove(&self, name: &str) -> Result<(), StoreError> {
        let path = self.at(name);
        match self.disk.remove(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(failed("remove", &path, error))
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn sync_folder(&self, name: &str) -> Result<(), StoreError> {
        let path = self.at(name);
        self.disk.sync_folder(&path).map_err(|error| failed("make safe", &path, error))
    }
}

/// A file that is being written and goes when it is not finished, so that a full disk does not stay full of pieces.
pub(crate) struct Unfinished {
    folder: Folder,
    name: Option<String>,
}

impl Unfinished {
    pub(crate) fn new(folder: &Folder, name: &str) -> Unfinished {
        Unfinished { folder: folder.clone(), name: Some(name.to_owned()) }
    }

    pub(crate) fn is_finished(&mut self) {
        self.name = None;
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(name) = self.name.take() {
            // What cannot be removed now is removed at the next start.
            let _ = self.folder.remove(&name);
        }
    }
}

/// An open file that knows its path.
pub(crate) struct OpenFile {
    file: Box<dyn DiskFile>,
    pub(crate) path: PathBuf,
}

impl OpenFile {
    pub(crate) fn append(&self, bytes: &[u8]) -> Result<(), StoreError> {
        self.file.append(bytes).map_err(|error| failed("write", &self.path, error))
    }

    pub(crate) fn read_into(&self, buffer: &mut [u8], offset: u64) -> Result<(), StoreError> {
        self.file.read_at(buffer, offset).map_err(|error| failed("read", &self.path, error))
    }

    pub(crate) fn read(&self, offset: u64, length: usize) -> Result<Vec<u8>, StoreError> {
        let mut buffer = vec![0; length];
        self.read_into(&mut buffer, offset)?;
        Ok(buffer)
    }

    pub(crate) fn length(&self) -> Result<u64, StoreError> {
        self.file.length().map_err(|error| failed("measure", &self.path, error))
    }

    pub(crate) fn truncate(&self, length: u64) -> Result<(), StoreError> {
        self.file.truncate(length).map_err(|error| failed("cut", &self.path, error))
    }

    pub(crate) fn sync(&self) -> Result<(), StoreError> {
        self.file.sync().map_err(|error| failed("make safe", &self.path, error))
    }
}

fn failed(doing: &'static str, path: &Path, source: io::Error) -> StoreError {
    StoreError::Disk { doing, path: path.to_owned(), source }
}
