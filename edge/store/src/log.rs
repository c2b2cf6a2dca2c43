//! The log: files of frames, only ever added to. What is in it and whole is what happened.

use crate::{
    StoreError,
    batches::Place,
    disk::{Folder, OpenFile},
    frame::{FrameAt, Frames, Next, Payload},
    records::{HEAD, Head},
};

pub(crate) const FACTS_FOLDER: &str = "facts";

/// How far the log was read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct LogEnd {
    /// The file; 0 before there is any.
    pub(crate) file: u32,
    /// Where the next frame goes.
    pub(crate) offset: u64,
    /// Where the last frame begins, and its checksum: to know the log again.
    pub(crate) frame_at: u64,
    pub(crate) crc: u32,
}

pub(crate) fn name(file: u32) -> String {
    format!("{FACTS_FOLDER}/{file:06}.log")
}

/// The numbers of the log's files, which must follow one another from 1.
pub(crate) fn files(folder: &Folder) -> Result<u32, StoreError> {
    let mut last = 0;
    for found in folder.list(FACTS_FOLDER)? {
        let Some(number) = found.strip_suffix(".log").and_then(|number| number.parse::<u32>().ok())
        else {
            continue;
        };
        if number != last + 1 {
            let (path, what) = (folder.at(&name(last + 1)), "this file of the log is missing");
            return Err(StoreError::Damaged { path, offset: 0, what });
        }
        last = number;
    }
    Ok(last)
}

/// The frame of a batch.
pub(crate) fn frame_at(folder: &Folder, place: Place) -> Result<FrameAt, StoreError> {
    let mut frames = Frames::new(folder.open(&name(place.file), false)?, place.offset)?;
    match frames.next()? {
        Next::Frame(frame) => Ok(frame),
        Next::Broken(what) => Err(frames.damaged(what)),
        Next::End => Err(frames.damaged("a frame is missing")),
    }
}

/// Why a group of frames is not in the log.
#[derive(Debug)]
pub(crate) enum NotWritten {
    /// The disk was full, and the log is as it was before: once there is room it goes on.
    NoRoom,
    /// What the log is like on the disk is unknown until it is opened again.
    Failed(StoreError),
}

impl NotWritten {
    /// What could not be written, and how taking it back went.
    fn of(error: StoreError, taken_back: Result<(), StoreError>) -> NotWritten {
        match taken_back {
            Ok(()) if error.is_disk_full() => NotWritten::NoRoom,
            _ => NotWritten::Failed(error),
        }
    }
}

/// Writes the log. One thread at a time.
pub(crate) struct Log {
    folder: Folder,
    pub(crate) limit: u64,
    file: Option<OpenFile>,
    pub(crate) end: LogEnd,
}

impl Log {
    /// Goes on at `end`, which is safe; what lies behind it is cut off.
    pub(crate) fn resume(folder: &Folder, end: LogEnd, limit: u64) -> Result<Log, StoreError> {
        let last = files(folder)?;
        for torn in (end.file + 1..=last).rev() {
            folder.remove(&name(torn))?;
            folder.sync_folder(FACTS_FOLDER)?;
        }
        let mut file = None;
        if 0 < end.file {
            let open = folder.open(&name(end.file), true)?;
            if open.length()? != end.offset {
                open.truncate(end.offset)?;
            }
            // Also when nothing was cut: what we read back may not have been safe yet when the power went.
            open.sync()?;
            folder.sync_folder(FACTS_FOLDER)?;
            file = Some(open);
        }
        Ok(Log { folder: folder.clone(), limit, file, end })
    }

    /// Writes a group of frames and makes it safe; gives for each where it lies and where the log then ends.
    /// After [`NotWritten::Failed`] nothing more may be written.
    pub(crate) fn write<'a>(
        &mut self,
        payloads: impl Iterator<Item = &'a Payload>,
        first_batch: u32,
    ) -> Result<Vec<(Place, LogEnd)>, NotWritten> {
        if self.file.is_none() || self.limit <= self.end.offset {
            self.rotate(first_batch)?;
        }
        let safe = self.end.offset;
        let (mut bytes, mut places) = (vec![], vec![]);
        let mut end = self.end;
        for payload in payloads {
            end.frame_at = safe + bytes.len() as u64;
            end.crc = payload.push(&mut bytes, safe);
            end.offset = safe + bytes.len() as u64;
            places.push((Place { file: end.file, offset: end.frame_at }, end));
        }
        let Some(file) = &self.file else { unreachable!("rotating opens a file") };
        if let Err(error) = file.append(&bytes) {
            // Nobody was told of these frames, so they must not be found again.
            return Err(NotWritten::of(error, file.truncate(safe)));
        }
        if let Err(error) = file.sync() {
            // Whether these frames are safe is unknown for ever: after a failed sync the system may show us bytes
            // that never reached the disk.
            let _ = file.truncate(safe);
            return Err(NotWritten::Failed(error));
        }
        self.end = end;
        Ok(places)
    }

    fn rotate(&mut self, first_batch: u32) -> Result<(), NotWritten> {
        let number = self.end.file + 1;
        let file =
            self.folder.create(&name(number)).map_err(|error| NotWritten::of(error, Ok(())))?;
        let head = Head {
            file: number,
            previous_length: self.end.offset,
            previous_crc: self.end.crc,
            first_batch,
            known_as: None,
        };
        let mut bytes = vec![];
        let crc = head.payload().push(&mut bytes, 0);
        if let Err(error) = file.append(&bytes) {
            // As with frames: it must not be found again.
            return Err(NotWritten::of(error, self.folder.remove(&name(number))));
        }
        if let Err(error) = file.sync().and_then(|()| self.folder.sync_folder(FACTS_FOLDER)) {
            let _ = self.folder.remove(&name(number));
            return Err(NotWritten::Failed(error));
        }
        self.end = LogEnd { file: number, offset: bytes.len() as u64, frame_at: 0, crc };
        self.file = Some(file);
        Ok(())
    }
}

/// Reads the log frame by frame, through all its files.
pub(crate) struct LogReader {
    folder: Folder,
    frames: Option<Frames>,
    last: u32,
    /// Where the last whole frame ended.
    pub(crate) end: LogEnd,
    /// Bytes of an unfinished write behind the end.
    pub(crate) torn: u64,
}

impl LogReader {
    /// Begins behind `end`; `None` when the log is not the one that ended there.
    pub(crate) fn resume(folder: &Folder, end: LogEnd) -> Result<Option<LogReader>, StoreError> {
        let last = files(folder)?;
        let mut reader = LogReader { folder: folder.clone(), frames: None, last, end, torn: 0 };
        if end.file == 0 {
            return Ok(Some(reader));
        }
        if last < end.file {
            return Ok(None);
        }
        let mut frames = Frames::new(folder.open(&name(end.file), false)?, end.frame_at)?;
        match frames.next()? {
            Next::Frame(frame) if frame.crc == end.crc && frames.offset == end.offset => {
                reader.frames = Some(frames);
                Ok(Some(reader))
            }
            Next::Frame(_) | Next::End | Next::Broken(_) => Ok(None),
        }
    }

    /// The next frame that is no head, and where it lies.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for anything that is not simply the torn end of the last file.
    pub(crate) fn next(&mut self) -> Result<Option<(Place, FrameAt)>, StoreError> {
        loop {
            let Some(frames) = &mut self.frames else {
                if self.end.file == self.last || !self.enter(self.end.file + 1)? {
                    return Ok(None);
                }
                continue;
            };
            match frames.next()? {
                Next::Frame(frame) => {
                    self.end.offset = frames.offset;
                    self.end.frame_at = frame.offset;
                    self.end.crc = frame.crc;
                    let place = Place { file: self.end.file, offset: frame.offset };
                    return Ok(Some((place, frame)));
                }
                Next::End => self.frames = None,
                Next::Broken(what) => {
                    if self.end.file < self.last || frames.was_safe()? {
                        return Err(frames.damaged(what));
                    }
                    self.torn = frames.end - frames.offset;
                    self.last = self.end.file;
                    self.frames = None;
                }
            }
        }
    }

    /// The length and the last checksum by which the next file knows the one that ended here.
    fn known_as(&self) -> Result<(u64, u32), StoreError> {
        let was = match self.end.file {
            0 => None,
            file => head_of(&self.folder, file)?.and_then(|head| head.known_as),
        };
        Ok(was.unwrap_or((self.end.offset, self.end.crc)))
    }

    /// Goes on to a file; false when it is the last and was never finished being made.
    fn enter(&mut self, number: u32) -> Result<bool, StoreError> {
        let mut frames = Frames::new(self.folder.open(&name(number), false)?, 0)?;
        let frame = match frames.next()? {
            Next::Frame(frame) => frame,
            Next::End | Next::Broken(_) if number == self.last && !frames.was_safe()? => {
                self.torn = frames.end;
                self.last = self.end.file;
                return Ok(false);
            }
            Next::End => return Err(frames.damaged("the file is empty")),
            Next::Broken(what) => return Err(frames.damaged(what)),
        };
        let head = Head::read(&frame.payload).filter(|_| frame.kind == HEAD);
        let (length, crc) = self.known_as()?;
        let fits = head.is_some_and(|head| {
            head.file == number && head.previous_length == length && head.previous_crc == crc
        });
        if !fits {
            frames.offset = 0;
            return Err(frames.damaged("this file does not follow the one before it"));
        }
        self.end = LogEnd { file: number, offset: frames.offset, frame_at: 0, crc: frame.crc };
        self.frames = Some(frames);
        Ok(true)
    }
}

/// What the first frame of a file of the log says.
pub(crate) fn head_of(folder: &Folder, file: u32) -> Result<Option<Head>, StoreError> {
    let frame = frame_at(folder, Place { file, offset: 0 })?;
    Ok(Head::read(&frame.payload).filter(|_| frame.kind == HEAD))
}

/// The file a batch must lie in: the last one that does not begin after it.
pub(crate) fn file_of_batch(folder: &Folder, batch: u32) -> Result<Option<u32>, StoreError> {
    for number in (1..=files(folder)?).rev() {
        if head_of(folder, number)?.is_some_and(|head| head.first_batch <= batch) {
            return Ok(Some(number));
        }
    }
    Ok(None)
}

/// All frames of one file of the log behind its head, whole ones only.
pub(crate) fn frames_of(folder: &Folder, file: u32) -> Result<Frames, StoreError> {
    let mut frames = Frames::new(folder.open(&name(file), false)?, 0)?;
    frames.next()?;
    Ok(frames)
}
