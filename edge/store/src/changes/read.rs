//! Reading changes back: onwards for whoever hands them on, and backwards for people.

use super::{
    ChangeLog, ChangePage, ChangeRecord, Mark, NewChange,
    frames::{CHANGES, Changes},
    name,
};
use crate::{
    StoreError,
    commit::lock,
    frame::{Frames, Next},
};

impl ChangeLog {
    /// The first changes after a place, at most about `most` of them, in order. They are safe: whoever was given one
    /// is never given another under the same number.
    ///
    /// # Errors
    /// When the disk refuses, or what was written is damaged.
    pub fn after(&self, seq: u64, most: usize) -> Result<Vec<ChangeRecord>, StoreError> {
        self.sync()?;
        let marks = lock(&self.writer).marks.clone();
        let first = marks.partition_point(|mark| mark.first_seq <= seq).saturating_sub(1);
        let mut found = vec![];
        for place in first..marks.len() {
            self.stretch(&marks, place, &mut |record| {
                if seq < record.seq && found.len() < most {
                    found.push(record);
                }
            })?;
            if most <= found.len() {
                break;
            }
        }
        Ok(found)
    }

    /// The latest changes of a segment before a place (`None`: the latest of all), newest first.
    ///
    /// It looks at a bounded part of the log, so that a page may have fewer than `most` although there are more: go on
    /// as long as it says where.
    ///
    /// # Errors
    /// When the disk refuses, or what was written is damaged.
    pub fn of_segment(
        &self,
        segment: &str,
        before: Option<u64>,
        most: usize,
    ) -> Result<ChangePage, StoreError> {
        self.latest(|change| &*change.segment.id == segment, before, most)
    }

    /// The latest changes that are wanted before a place (`None`: the latest of all), newest first, read like
    /// [`ChangeLog::of_segment`].
    ///
    /// # Errors
    /// When the disk refuses, or what was written is damaged.
    pub fn latest(
        &self,
        wanted: impl Fn(&NewChange) -> bool,
        before: Option<u64>,
        most: usize,
    ) -> Result<ChangePage, StoreError> {
        /// About 16 MB.
        const STRETCHES: usize = 256;
        let marks = {
            let mut writer = lock(&self.writer);
            writer.flush()?;
            writer.marks.clone()
        };
        let before = before.unwrap_or(u64::MAX);
        let end = marks.partition_point(|mark| mark.first_seq < before);
        let mut page = ChangePage { changes: vec![], before: None };
        for place in (0..end).rev().take(STRETCHES) {
            let mut found = vec![];
            self.stretch(&marks, place, &mut |record| {
                if record.seq < before && wanted(&record.change) {
                    found.push(record);
                }
            })?;
            page.changes.extend(found.into_iter().rev());
            page.before = Some(marks[place].first_seq).filter(|_| 0 < place);
            if most < page.changes.len() {
                page.changes.truncate(most);
                page.before = page.changes.last().map(|record| record.seq);
                break;
            }
        }
        Ok(page)
    }

    /// All changes between a mark and the next.
    fn stretch(
        &self,
        marks: &[Mark],
        place: usize,
        each: &mut impl FnMut(ChangeRecord),
    ) -> Result<(), StoreError> {
        let mark = marks[place];
        let end = marks.get(place + 1).filter(|next| next.file == mark.file);
        let end = end.map_or(u64::MAX, |next| next.offset);
        let mut frames = Frames::new(self.folder.open(&name(mark.file), false)?, mark.offset)?;
        while frames.offset < end {
            let frame = match frames.next()? {
                Next::Frame(frame) => frame,
                Next::End => break,
                // A frame that is being written.
                Next::Broken(_) if !frames.was_safe()? => break,
                Next::Broken(what) => return Err(frames.damaged(what)),
            };
            if frame.kind != CHANGES {
                continue;
            }
            let changes = Changes::unpack(&frame)
                .ok_or_else(|| frames.damaged("what stands there is no change"))?;
            for (change, seq) in changes.records.into_iter().zip(changes.head.first_seq..) {
                each(ChangeRecord { seq, change, noticed: changes.noticed });
            }
        }
        Ok(())
    }
}
