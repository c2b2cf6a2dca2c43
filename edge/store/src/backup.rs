//! Backups: a folder at one instant as one stream of bytes, taken while facts come in, and read back whole.
//!
//! ```text
//!   ┌───────┬──────┬───────┬───────┬───┬──────┬───────┬───┬─────┐   every part is a frame with a checksum, numbered
//!   │ begin │ file │ piece │ piece │...│ file │ piece │...│ end │   by where it stands in the stream, so that a part
//!   └───────┴──────┴───────┴───────┴───┴──────┴───────┴───┴─────┘   that is missing or moved is noticed
//! ```
//! Facts are in it up to one frame of the log; what is derived is made anew when the restored folder is opened.

use std::{
    collections::BTreeSet,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use facts::Timestamp;

use crate::{
    Options, Step, StoreError, Watch, changes,
    commit::{Inner, lock},
    disk::{Folder, OpenFile},
    frame::{HEADER, Header, Payload},
    ledger::LEDGER,
    log::{self, FACTS_FOLDER},
    open::{FORMAT, FORMAT_VERSION, sync_above},
    staged::import_name,
};
use facts::pack::{Unpack, push_bytes, push_i64, push_u64};

const BEGIN: u8 = 64;
const FILE: u8 = 65;
const PIECE: u8 = 66;
const END: u8 = 67;
const MAGIC: &[u8] = b"kizashi backup";
const VERSION: u64 = 1;
/// Files are cut into pieces of this size.
const PIECE_BYTES: usize = 1 << 20;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// When it was made, as the caller's clock said.
    pub at: Timestamp,
    /// How many files are in it.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// A file that is not of the store and goes into the backup as it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Its name in the restored folder: one plain name.
    pub name: String,
    /// Where it lies now.
    pub path: PathBuf,
}

impl Inner {
    /// See [`crate::Store::backup`].
    pub(crate) fn backup(
        &self,
        at: Timestamp,
        beside: &[Beside],
        out: &mut dyn Write,
        watch: &Watch<'_>,
    ) -> Result<BackedUp, StoreError> {
        let last = lock(&self.order).last_ticket();
        // What was acknowledged is in; what is on its way may be.
        last.map(|ticket| self.commit(&ticket)).transpose()?;
        let _ground = self.ground();
        // Before the facts: then no change in it is the change of a fact that is not.
        let changes = self.files_of_changes()?;
        let (end, imports) = {
            let state = self.read();
            (state.end, state.import_files.clone())
        };
        let mut writer = Writer::begin(out, at)?;
        for one in beside {
            let mut file = std::fs::File::open(&one.path).map_err(reading(&one.path))?;
            let length = file.metadata().map_err(reading(&one.path))?.len();
            writer.file(&one.name, length, watch, |piece| {
                file.read_exact(piece).map_err(reading(&one.path))
            })?;
        }
        for (name, file, length) in &changes {
            writer.of_store(name, file, *length, watch)?;
        }
        if let Some(bytes) = self.folder.read(LEDGER)? {
            writer.small(LEDGER, &bytes, watch)?;
        }
        for number in imports {
            let file = self.folder.open(&import_name(number), false)?;
            let length = file.length()?;
            writer.of_store(&import_name(number), &file, length, watch)?;
        }
        for number in 1..=end.file {
            let file = self.folder.open(&log::name(number), false)?;
            let length = if number == end.file { end.offset } else { file.length()? };
            writer.of_store(&log::name(number), &file, length, watch)?;
        }
        // Last, so that a folder that was restored in part is none.
        writer.small(FORMAT, format!("kizashi {FORMAT_VERSION}\n").as_bytes(), watch)?;
        writer.end()
    }
}

impl Inner {
    /// The files of the log of changes, and how long they are now. An end in the middle of a frame is cut off when
    /// the log is opened.
    fn files_of_changes(&self) -> Result<Vec<(String, OpenFile, u64)>, StoreError> {
        let mut files = vec![];
        for found in self.folder.list(changes::FOLDER)? {
            let name = format!("{}/{found}", changes::FOLDER);
            if !found.ends_with(".log") {
                continue;
            }
            match self.folder.open(&name, false) {
                Ok(file) => {
                    let length = file.length()?;
                    files.push((name, file, length));
                }
                // A newer file has taken its place meanwhile.
                Err(StoreError::Disk { source, .. })
                    if source.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(files)
    }
}

fn reading(path: &Path) -> impl Fn(io::Error) -> StoreError + '_ {
    |source| StoreError::Disk { doing: "read", path: path.to_owned(), source }
}

/// The file of the backup itself, whose name only the caller knows.
fn of_backup(doing: &'static str) -> impl Fn(io::Error) -> StoreError {
    move |source| StoreError::Disk { doing, path: "the backup".into(), source }
}

struct Writer<'a> {
    out: &'a mut dyn Write,
    place: u64,
    made: BackedUp,
}

impl<'a> Writer<'a> {
    fn begin(out: &'a mut dyn Write, at: Timestamp) -> Result<Writer<'a>, StoreError> {
        let made = BackedUp { at, files: 0, bytes: 0 };
        let mut writer = Writer { out, place: 0, made };
        let mut bytes = MAGIC.to_vec();
        push_u64(&mut bytes, VERSION);
        push_i64(&mut bytes, at.millis());
        writer.frame(Payload::new(BEGIN, bytes))?;
        Ok(writer)
    }

    fn frame(&mut self, payload: Payload) -> Result<(), StoreError> {
        let mut framed = Vec::with_capacity(payload.framed_length());
        payload.push(&mut framed, self.place);
        self.place += framed.len() as u64;
        self.out.write_all(&framed).map_err(of_backup("write"))
    }

    /// A file of a known length; `read` fills one piece after the other.
    fn file(
        &mut self,
        name: &str,
        length: u64,
        watch: &Watch<'_>,
        mut read: impl FnMut(&mut [u8]) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut head = vec![];
        push_bytes(&mut head, name.as_bytes());
        push_u64(&mut head, length);
        self.frame(Payload::new(FILE, head))?;
        let mut left = length;
        while 0 < left {
            watch.check()?;
            let mut piece = vec![0; left.min(PIECE_BYTES as u64) as usize];
            read(&mut piece)?;
            left -= piece.len() as u64;
            self.made.bytes += piece.len() as u64;
            self.frame(Payload::new(PIECE, piece))?;
            watch.tell(Step::Backup, self.made.bytes, None);
        }
        self.made.files += 1;
        Ok(())
    }

    fn small(&mut self, name: &str, bytes: &[u8], watch: &Watch<'_>) -> Result<(), StoreError> {
        let mut rest = bytes;
        self.file(name, bytes.len() as u64, watch, |piece| {
            rest.read_exact(piece).map_err(of_backup("write"))
        })
    }

    fn of_store(
        &mut self,
        name: &str,
        file: &OpenFile,
        length: u64,
        watch: &Watch<'_>,
    ) -> Result<(), StoreError> {
        let mut offset = 0;
        self.file(name, length, watch, |piece| {
            file.read_into(piece, offset)?;
            offset += piece.len() as u64;
            Ok(())
        })
    }

    fn end(mut self) -> Result<BackedUp, StoreError> {
        let mut bytes = vec![];
        push_u64(&mut bytes, self.made.files);
        push_u64(&mut bytes, self.made.bytes);
        self.frame(Payload::new(END, bytes))?;
        self.out.flush().map_err(of_backup("write"))?;
        Ok(self.made)
    }
}

/// Reads a whole backup and believes none of it: every byte is checked, nothing is written.
///
/// # Errors
/// [`StoreError::NoBackup`] when it is not what was written; when it cannot be read, or the flag goes up.
pub fn check_backup(from: &mut dyn Read, watch: &Watch<'_>) -> Result<BackedUp, StoreError> {
    Reader { from, place: 0, watch }.run(&mut |_, _| Ok(()))
}

/// Puts the content of a backup into a new or empty folder. Call [`check_backup`] first: what is wrong is noticed here
/// too, but then part of it was written, and the folder is none that can be opened.
///
/// # Errors
/// Those of [`check_backup`]; [`StoreError::NotEmpty`] when there is something in the folder; when it cannot be
/// written.
pub fn restore(
    from: &mut dyn Read,
    options: &Options,
    folder: &Path,
    watch: &Watch<'_>,
) -> Result<BackedUp, StoreError> {
    let folder = Folder { disk: options.disk.clone(), path: folder.to_owned() };
    if !folder.list("")?.is_empty() {
        return Err(StoreError::NotEmpty { folder: folder.path });
    }
    folder.create_folder(&format!("{FACTS_FOLDER}/imports"))?;
    folder.create_folder(changes::FOLDER)?;
    let mut open: Option<OpenFile> = None;
    let made = Reader { from, place: 0, watch }.run(&mut |name, part| {
        match part {
            Part::Begin => open = Some(folder.create(name)?),
            Part::Piece(bytes) => open.iter().try_for_each(|file| file.append(bytes))?,
            Part::End => {
                open.take().iter().try_for_each(OpenFile::sync)?;
                if name == FORMAT {
                    folder.sync_folder(&format!("{FACTS_FOLDER}/imports"))?;
                    folder.sync_folder(FACTS_FOLDER)?;
                    folder.sync_folder(changes::FOLDER)?;
                }
            }
        }
        Ok(())
    })?;
    folder.sync_folder("")?;
    sync_above(&folder)?;
    Ok(made)
}

/// What is found of a file.
enum Part<'a> {
    Begin,
    Piece(&'a [u8]),
    End,
}

struct Reader<'a> {
    from: &'a mut dyn Read,
    place: u64,
    watch: &'a Watch<'a>,
}

impl Reader<'_> {
    fn run(
        mut self,
        each: &mut dyn FnMut(&str, Part<'_>) -> Result<(), StoreError>,
    ) -> Result<BackedUp, StoreError> {
        let (kind, begin) = self.frame()?;
        let at = match kind {
            BEGIN => self.begin(&begin)?,
            _ => return Err(self.wrong("it does not begin like one")),
        };
        let mut found = BackedUp { at, files: 0, bytes: 0 };
        let mut names = BTreeSet::new();
        loop {
            let (kind, payload) = self.frame()?;
            let mut rest = Unpack(&payload);
            match kind {
                FILE => {
                    let head = rest.text().zip(rest.u64());
                    let (name, length) = head.ok_or_else(|| self.wrong("a file has no name"))?;
                    if !is_name(name) || !names.insert(name.to_owned()) {
                        return Err(self.wrong("a file has a name that none may have"));
                    }
                    each(name, Part::Begin)?;
                    self.pieces(name, length, each)?;
                    each(name, Part::End)?;
                    found.files += 1;
                    found.bytes += length;
                }
                END => {
                    let counted = rest.u64().zip(rest.u64());
                    let whole = counted == Some((found.files, found.bytes));
                    let complete = names.contains(FORMAT) && self.is_at_end()?;
                    return match whole && complete {
                        true => Ok(found),
                        false => Err(self.wrong("it does not end like one")),
                    };
                }
                _ => return Err(self.wrong("a part of another kind")),
            }
        }
    }

    fn begin(&self, payload: &[u8]) -> Result<Timestamp, StoreError> {
        let magic = payload.strip_prefix(MAGIC);
        let mut rest = Unpack(magic.ok_or_else(|| self.wrong("it does not begin like one"))?);
        match (rest.u64(), rest.i64()) {
            (Some(VERSION), Some(at)) => Ok(Timestamp::from_millis(at)),
            (Some(newer), _) if VERSION < newer => {
                Err(self.wrong("a newer Kizashi made it; install the newer version"))
            }
            _ => Err(self.wrong("it does not begin like one")),
        }
    }

    fn pieces(
        &mut self,
        name: &str,
        length: u64,
        each: &mut dyn FnMut(&str, Part<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut found = 0;
        while found < length {
            self.watch.check()?;
            let (kind, piece) = self.frame()?;
            found += piece.len() as u64;
            if kind != PIECE || piece.is_empty() || length < found {
                return Err(self.wrong("a piece of a file is missing"));
            }
            each(name, Part::Piece(&piece))?;
            self.watch.tell(Step::Backup, self.place, None);
        }
        Ok(())
    }

    fn frame(&mut self) -> Result<(u8, Vec<u8>), StoreError> {
        let mut head = [0; HEADER];
        self.fill(&mut head)?;
        let header = Header::read(&head).filter(|header| header.synced == self.place);
        let header = header.ok_or_else(|| self.wrong("a part is damaged"))?;
        // No part is much larger than a piece: a wrong length must not ask for gigabytes.
        if 2 * PIECE_BYTES < header.length {
            return Err(self.wrong("a part is damaged"));
        }
        let mut payload = vec![0; header.length];
        self.fill(&mut payload)?;
        if !header.fits(&payload) {
            return Err(self.wrong("a part is damaged"));
        }
        let unpacked = header.unpack(&payload).ok_or_else(|| self.wrong("a part is damaged"))?;
        let unpacked = unpacked.into_owned();
        self.place += (HEADER + header.length) as u64;
        Ok((header.kind(), unpacked))
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), StoreError> {
        match self.from.read_exact(bytes) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Err(self.wrong("it ends too early"))
            }
            other => other.map_err(of_backup("read")),
        }
    }

    fn is_at_end(&mut self) -> Result<bool, StoreError> {
        let mut one = [0];
        Ok(self.from.read(&mut one).map_err(of_backup("read"))? == 0)
    }

    fn wrong(&self, what: &'static str) -> StoreError {
        StoreError::NoBackup { offset: self.place, what }
    }
}

/// Whether a file of a backup may have this name: none leads out of the folder.
fn is_name(name: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    let within = ["facts/imports/", "facts/", "changes/"];
    plain(within.iter().find_map(|folder| name.strip_prefix(folder)).unwrap_or(name))
}
