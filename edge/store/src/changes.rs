//! The log of changes: who entered and left which segment, when, and why, as it was told.
//!
//! ```text
//!   FOLDER/changes/000001.log    base: who was in each segment │ changes │ changes │ …
//!                  000002.log    base: who was in each segment │ changes │ …
//! ```
//! What is true follows from the facts; what was *told* stands only here. Each frame of changes says up to which instant
//! everything was told, so that after a crash the caller looks at everyone as of that instant, tells what is missing
//! and passes on through time. Nothing is told twice, and nothing is left out.
//!
//! A frame is in the file when [`ChangeLog::append`] returns, and safe after the next [`ChangeLog::sync`]. Whoever
//! hands changes on to others reads them by [`ChangeLog::after`], which makes them safe first.

mod frames;
mod read;
mod record;

pub use record::{ChangeCause, ChangePage, ChangeRecord, NewChange, Told, TouchedSegment};

use std::sync::Mutex;

use facts::Timestamp;
use roaring::RoaringBitmap;

use crate::{
    StoreError,
    commit::lock,
    disk::{Folder, OpenFile},
    frame::{Frames, Next, Payload},
};
use frames::{BASE, CHANGES, Changes, Head, MEMBERS, Members};

pub(crate) const FOLDER: &str = "changes";
/// A file that has grown by so much beyond its base is followed by a new one.
const GROWN: u64 = 64 << 20;
/// Places between which changes are looked for lie about so far apart.
const BETWEEN_MARKS: u64 = 64 << 10;

/// The log of changes of one folder. Share it behind an `Arc`.
pub struct ChangeLog {
    folder: Folder,
    writer: Mutex<Writer>,
}

/// The file that is written, and where to find what was.
struct Writer {
    file: Option<OpenFile>,
    number: u32,
    /// Its length without what failed to be written.
    length: u64,
    synced: u64,
    /// How long its base is.
    base: u64,
    /// Frames that could not be written yet.
    waiting: Vec<u8>,
    /// Whether something torn may stand behind `length`.
    torn: bool,
    /// Whether a sync failed: what this file then holds is not known, and no later sync would tell.
    unsure: bool,
    next_seq: u64,
    /// In order; for an older file only its beginning.
    marks: Vec<Mark>,
}

/// Where a stretch of the log begins.
#[derive(Debug, Clone, Copy)]
struct Mark {
    first_seq: u64,
    file: u32,
    offset: u64,
}

impl ChangeLog {
    /// Opens the log, and what it says was told; `None` when nothing ever was: then call [`ChangeLog::begin`].
    pub(crate) fn open(folder: &Folder) -> Result<(ChangeLog, Option<Told>), StoreError> {
        folder.create_folder(FOLDER)?;
        let mut numbers = vec![];
        for found in folder.list(FOLDER)? {
            match found.strip_suffix(".log").and_then(|number| number.parse::<u32>().ok()) {
                Some(number) => numbers.push(number),
                // A base that was not finished.
                None if found.ends_with(".new") => folder.remove(&format!("{FOLDER}/{found}"))?,
                None => {}
            }
        }
        let mut writer = Writer {
            file: None,
            number: 0,
            length: 0,
            synced: 0,
            base: 0,
            waiting: vec![],
            torn: false,
            unsure: false,
            next_seq: 1,
            marks: vec![],
        };
        let last = numbers.pop();
        for number in numbers {
            let mut frames = Frames::new(folder.open(&name(number), false)?, 0)?;
            let Next::Frame(frame) = frames.next()? else { return Err(frames.damaged(NO_BASE)) };
            let head = Head::unpack(&frame).ok_or_else(|| frames.damaged(NO_BASE))?;
            writer.marks.push(Mark { first_seq: head.first_seq, file: number, offset: 0 });
        }
        let told = last.map(|number| writer.resume(folder, number)).transpose()?;
        Ok((ChangeLog { folder: folder.clone(), writer: Mutex::new(writer) }, told))
    }

    /// Begins a new file with who is in each segment at `until`; changes are told from then on. No change told before
    /// may lie after `until`.
    ///
    /// # Errors
    /// When the disk refuses; the file before is then still the one that is written.
    pub fn begin<'a>(
        &self,
        until: Timestamp,
        segments: impl IntoIterator<Item = (TouchedSegment, &'a RoaringBitmap)>,
    ) -> Result<(), StoreError> {
        let mut writer = lock(&self.writer);
        if !writer.unsure {
            writer.sync()?;
        }
        let number = writer.number + 1;
        let new = format!("{}.new", name(number));
        let file = self.folder.create(&new)?;
        let head = Head { first_seq: writer.next_seq, until };
        let mut length = append(&file, &head.payload())?;
        for (segment, members) in segments {
            length += append(&file, &Members::pack(&segment, members))?;
        }
        file.sync()?;
        drop(file);
        self.folder.rename(&new, &name(number))?;
        self.folder.sync_folder(FOLDER)?;
        let first_seq = writer.next_seq;
        writer.file = Some(self.folder.open(&name(number), true)?);
        writer.marks.push(Mark { first_seq, file: number, offset: 0 });
        writer.marks.push(Mark { first_seq, file: number, offset: length });
        (writer.number, writer.base, writer.length, writer.synced) =
            (number, length, length, length);
        Ok(())
    }

    /// Whether it is time for a new file: this one has grown, or the disk failed to keep it.
    pub fn wants_new_file(&self) -> bool {
        let writer = lock(&self.writer);
        writer.unsure || writer.base.max(GROWN) <= writer.length - writer.base
    }

    /// Tells changes, noticed at `noticed`, and that everything is told up to `until`. They are kept in memory when
    /// the disk refuses, and written with the next ones.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn append(
        &self,
        changes: &[NewChange],
        noticed: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let mut writer = lock(&self.writer);
        for piece in pieces(changes) {
            let first_seq = writer.next_seq;
            let payload = Changes::pack(piece, Head { first_seq, until }, noticed);
            writer.next_seq += piece.len() as u64;
            let offset = writer.length + writer.waiting.len() as u64;
            let number = writer.number;
            let far = |mark: &Mark| mark.file != number || BETWEEN_MARKS <= offset - mark.offset;
            if writer.marks.last().is_none_or(far) {
                writer.marks.push(Mark { first_seq, file: number, offset });
            }
            let synced = writer.synced;
            payload.push(&mut writer.waiting, synced);
        }
        writer.flush()
    }

    /// Makes everything told so far safe.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn sync(&self) -> Result<(), StoreError> {
        lock(&self.writer).sync()
    }
}

const NO_BASE: &str = "the file does not begin with a base";

impl Writer {
    /// Goes on with a file: reads what it says, and cuts off what was not finished.
    fn resume(&mut self, folder: &Folder, number: u32) -> Result<Told, StoreError> {
        let mut frames = Frames::new(folder.open(&name(number), false)?, 0)?;
        let mut told: Option<Told> = None;
        loop {
            let frame = match frames.next()? {
                Next::Frame(frame) => frame,
                Next::End => break,
                Next::Broken(what) if told.is_none() || frames.was_safe()? => {
                    return Err(frames.damaged(what));
                }
                Next::Broken(_) => break,
            };
            let understood = match (frame.kind, &mut told) {
                (BASE, None) => Head::unpack(&frame).map(|head| {
                    self.next_seq = head.first_seq;
                    self.base = frames.offset;
                    self.marks.push(Mark { first_seq: head.first_seq, file: number, offset: 0 });
                    told = Some(Told::new(head.until));
                }),
                (MEMBERS, Some(told)) => Members::unpack(&frame).map(|members| {
                    self.base = frames.offset;
                    told.place(members);
                }),
                (CHANGES, Some(told)) => Changes::unpack(&frame).map(|changes| {
                    let last = self.marks[self.marks.len() - 1];
                    if last.offset == 0 || BETWEEN_MARKS <= frame.offset - last.offset {
                        let first_seq = changes.head.first_seq;
                        self.marks.push(Mark { first_seq, file: number, offset: frame.offset });
                    }
                    self.next_seq = changes.head.first_seq + changes.records.len() as u64;
                    told.follow(&changes);
                }),
                _ => None,
            };
            understood.ok_or_else(|| frames.damaged("what stands there is no change"))?;
        }
        let Some(mut told) = told else { return Err(frames.damaged(NO_BASE)) };
        told.finish();
        let length = frames.offset;
        let file = folder.open(&name(number), true)?;
        if file.length()? != length {
            file.truncate(length)?;
        }
        file.sync()?;
        (self.file, self.number, self.length, self.synced) = (Some(file), number, length, length);
        Ok(told)
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        if self.unsure {
            let why = "the changes could not be made safe".to_owned();
            return Err(StoreError::WriteFailed { why });
        }
        self.flush()?;
        if let Some(file) = &self.file
            && self.synced < self.length
        {
            self.unsure = true;
            file.sync()?;
            self.unsure = false;
            self.synced = self.length;
        }
        Ok(())
    }

    /// Writes what waits.
    fn flush(&mut self) -> Result<(), StoreError> {
        let Some(file) = &self.file else { return Ok(()) };
        if self.torn {
            file.truncate(self.length)?;
            self.torn = false;
        }
        if self.waiting.is_empty() {
            return Ok(());
        }
        self.torn = true;
        file.append(&self.waiting)?;
        self.torn = false;
        self.length += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }
}

/// As many changes as fit well into a frame; one empty piece when there are none, which only says how far all is told.
fn pieces(changes: &[NewChange]) -> impl Iterator<Item = &[NewChange]> {
    const MOST: usize = 1_000_000;
    let nothing = changes.is_empty().then_some(&[][..]);
    changes.chunks(MOST).chain(nothing)
}

fn name(number: u32) -> String {
    format!("{FOLDER}/{number:06}.log")
}

fn append(file: &OpenFile, payload: &Payload) -> Result<u64, StoreError> {
    let mut bytes = vec![];
    payload.push(&mut bytes, 0);
    file.append(&bytes)?;
    Ok(bytes.len() as u64)
}
