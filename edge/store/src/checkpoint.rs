//! A checkpoint: what the caller worked out of everybody, kept so that the next start need not work it out again.
//!
//! ```text
//!   derived/checkpoint    head: up to where in the log, what the caller says │ piece │ piece │ … │ end
//! ```
//! The store knows nothing of what is in the pieces. It says who was heard of since, reading only what the log has
//! gained. A checkpoint that is not whole, or of another log, is none: all of it can be worked out from the facts. It
//! may hold names, so erasing anybody removes it.

use std::sync::RwLockReadGuard;

use facts::pack::{Unpack, push_bytes, push_u64};
use roaring::RoaringBitmap;

use crate::{
    Mark, Store, StoreError,
    disk::{Folder, OpenFile, Unfinished},
    frame::{Frames, Next, Payload},
    log::{LogEnd, LogReader},
    manifest::DERIVED_FOLDER,
    records::Record,
    staged::{damaged_frame, each_imported, find_batch, summary_at},
};

/// The file, once it is whole.
pub(crate) const NAME: &str = "derived/checkpoint";
const NEW: &str = "derived/checkpoint.new";
const HEAD: u8 = 60;
const PIECE: u8 = 61;
const END: u8 = 62;
const VERSION: u64 = 1;

/// A checkpoint of which nothing is written yet.
pub struct CheckpointBegun<'s> {
    folder: &'s Folder,
    ground: RwLockReadGuard<'s, ()>,
}

impl<'s> CheckpointBegun<'s> {
    /// Writes its head. What the pieces say must count all facts up to the mark, and may count later ones of anybody.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn with_head(self, mark: &Mark, head: &[u8]) -> Result<CheckpointWriter<'s>, StoreError> {
        let unfinished = Unfinished::new(self.folder, NEW);
        let file = self.folder.create(NEW)?;
        let (folder, framed) = (self.folder, vec![]);
        let mut writer =
            CheckpointWriter { folder, file, unfinished, framed, pieces: 0, _ground: self.ground };
        writer.push(HEAD, head_of(mark.end, head))?;
        Ok(writer)
    }
}

/// A checkpoint being written; dropped before [`CheckpointWriter::finish`], it leaves the one before. While it is written
/// nobody is erased.
pub struct CheckpointWriter<'s> {
    folder: &'s Folder,
    file: OpenFile,
    unfinished: Unfinished,
    framed: Vec<u8>,
    pieces: u64,
    _ground: RwLockReadGuard<'s, ()>,
}

impl CheckpointWriter<'_> {
    /// Adds a piece.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn add(&mut self, piece: Vec<u8>) -> Result<(), StoreError> {
        self.pieces += 1;
        self.push(PIECE, piece)
    }

    /// Puts it in the place of the one before.
    ///
    /// # Errors
    /// When the disk refuses; the one before then stays.
    pub fn finish(mut self) -> Result<(), StoreError> {
        let mut end = vec![];
        push_u64(&mut end, self.pieces);
        self.push(END, end)?;
        self.file.sync()?;
        self.folder.rename(NEW, NAME)?;
        self.unfinished.is_finished();
        self.folder.sync_folder(DERIVED_FOLDER)
    }

    fn push(&mut self, kind: u8, bytes: Vec<u8>) -> Result<(), StoreError> {
        self.framed.clear();
        Payload::new(kind, bytes).push(&mut self.framed, 0);
        self.file.append(&self.framed)
    }
}

/// A whole checkpoint of this store's log.
pub struct Checkpoint {
    /// What the caller said of it.
    pub head: Vec<u8>,
    /// Of whom something was told or taken back since, by number; also those who are one with an earlier customer.
    pub heard_of: RoaringBitmap,
    frames: Frames,
    pieces: u64,
}

impl Checkpoint {
    /// The next piece.
    ///
    /// # Errors
    /// When the disk refuses or shows something else than was written: then it is no checkpoint.
    pub fn next_piece(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        match self.frames.next()? {
            Next::Frame(frame) if frame.kind == PIECE => {
                self.pieces += 1;
                Ok(Some(frame.payload))
            }
            Next::Frame(frame)
                if frame.kind == END && Unpack(&frame.payload).u64() == Some(self.pieces) =>
            {
                Ok(None)
            }
            Next::Frame(_) | Next::End => Err(self.frames.damaged("it ends too early")),
            Next::Broken(what) => Err(self.frames.damaged(what)),
        }
    }
}

impl Store {
    /// Begins a checkpoint. From here on nobody is erased until it is finished or dropped.
    ///
    /// # Errors
    /// When the folder was opened for reading.
    pub fn begin_checkpoint(&self) -> Result<CheckpointBegun<'_>, StoreError> {
        let inner = self.inner();
        inner.check_writable()?;
        Ok(CheckpointBegun { folder: &inner.folder, ground: inner.ground() })
    }

    /// The checkpoint that was written last; `None` when there is none that fits.
    ///
    /// # Errors
    /// When the disk refuses, or the log is damaged.
    pub fn checkpoint(&self) -> Result<Option<Checkpoint>, StoreError> {
        let inner = self.inner();
        let _ground = inner.ground();
        if !inner.folder.list(DERIVED_FOLDER)?.iter().any(|name| NAME.ends_with(name.as_str())) {
            return Ok(None);
        }
        let mut frames = Frames::new(inner.folder.open(NAME, false)?, 0)?;
        let Next::Frame(frame) = frames.next()? else { return Ok(None) };
        let read = (frame.kind == HEAD).then(|| read_head(&frame.payload)).flatten();
        let Some((end, head)) = read else { return Ok(None) };
        let Some(log) = LogReader::resume(&inner.folder, end)? else { return Ok(None) };
        let heard_of = self.heard_of(log)?;
        Ok(Some(Checkpoint { head, heard_of, frames, pieces: 0 }))
    }

    /// Whom the frames that follow are about.
    fn heard_of(&self, mut log: LogReader) -> Result<RoaringBitmap, StoreError> {
        let inner = self.inner();
        let folder = &inner.folder;
        let mut numbers = RoaringBitmap::new();
        while let Some((place, frame)) = log.next()? {
            let damaged = || damaged_frame(folder, place);
            let state = inner.read();
            let mut heard = |key: &str| numbers.extend(state.directory.number_of(key));
            match Record::read(frame.kind, &frame.payload).ok_or_else(damaged)? {
                Record::Facts(_, mut body) => {
                    while let Some(fact) = body.next().map_err(|_| damaged())? {
                        heard(fact.customer);
                    }
                }
                Record::Imported(imported) => each_imported(folder, &imported, |fact, _| {
                    heard(fact.customer);
                    Ok(())
                })?,
                Record::Undone { batch, .. } => {
                    let place = match state.batches.find(batch) {
                        Some((_, place)) => place,
                        None => find_batch(folder, batch)?.ok_or_else(damaged)?.2,
                    };
                    let summary = summary_at(folder, place)?;
                    summary.customers.iter().for_each(|(key, _)| heard(key));
                }
            }
        }
        let united = inner.read().united.clone();
        let heads: Vec<u32> = numbers.iter().map(|number| united.head(number)).collect();
        numbers.extend(heads);
        Ok(numbers)
    }
}

fn head_of(end: LogEnd, head: &[u8]) -> Vec<u8> {
    let mut bytes = vec![];
    push_u64(&mut bytes, VERSION);
    push_u64(&mut bytes, end.file.into());
    push_u64(&mut bytes, end.offset);
    push_u64(&mut bytes, end.frame_at);
    push_u64(&mut bytes, end.crc.into());
    push_bytes(&mut bytes, head);
    bytes
}

fn read_head(bytes: &[u8]) -> Option<(LogEnd, Vec<u8>)> {
    let mut rest = Unpack(bytes);
    if rest.u64()? != VERSION {
        return None;
    }
    let end =
        LogEnd { file: rest.u32()?, offset: rest.u64()?, frame_at: rest.u64()?, crc: rest.u32()? };
    let head = rest.bytes()?.to_vec();
    rest.is_empty().then_some((end, head))
}
