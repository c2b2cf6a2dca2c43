//! The list of batches: all imports, the latest others, and what was undone. Older ones are found in the log.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use facts::Timestamp;

use crate::{
    records::Told,
    told::{BatchRecord, Undone},
};
use facts::pack::{Unpack, push_bytes, push_i64, push_u64};

/// So many batches that are no imports are listed.
const RECENT: usize = 1_000;

/// Where the frame of a batch lies in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: u32,
    pub(crate) offset: u64,
}

#[derive(Default)]
pub(crate) struct Batches {
    imports: BTreeMap<u32, (BatchRecord, Place)>,
    recent: VecDeque<(BatchRecord, Place)>,
    undone: BTreeMap<u32, Undone>,
}

impl Batches {
    pub(crate) fn add(&mut self, told: &Told, import: bool, place: Place) {
        let record = BatchRecord {
            batch: told.batch,
            source: told.source.clone(),
            label: told.label.clone(),
            at: told.received_at,
            rows: told.rows,
            import,
            undone: None,
        };
        if import {
            self.imports.insert(told.batch, (record, place));
            return;
        }
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back((record, place));
    }

    pub(crate) fn undo(&mut self, batch: u32, at: Timestamp, by: Arc<str>) {
        self.undone.insert(batch, Undone { at, by });
    }

    pub(crate) fn undone(&self, batch: u32) -> Option<&Undone> {
        self.undone.get(&batch)
    }

    pub(crate) fn undone_batches(&self) -> impl Iterator<Item = u32> {
        self.undone.keys().copied()
    }

    /// A listed batch; `None` when it is too old to be listed, or was never there.
    pub(crate) fn find(&self, batch: u32) -> Option<(BatchRecord, Place)> {
        let found = self.imports.get(&batch).or_else(|| {
            let place =
                self.recent.binary_search_by_key(&batch, |(record, _)| record.batch).ok()?;
            self.recent.get(place)
        })?;
        let (mut record, place) = found.clone();
        record.undone = self.undone.get(&batch).cloned();
        Some((record, place))
    }

    /// Newest first.
    pub(crate) fn list(&self) -> Vec<BatchRecord> {
        let all = self.imports.values().chain(&self.recent);
        let mut records: Vec<BatchRecord> = all
            .map(|(record, _)| {
                let undone = self.undone.get(&record.batch).cloned();
                BatchRecord { undone, ..record.clone() }
            })
            .collect();
        records.sort_by_key(|record| std::cmp::Reverse(record.batch));
        records
    }

    pub(crate) fn push(&self, bytes: &mut Vec<u8>) {
        let all = self.imports.values().chain(&self.recent);
        push_u64(bytes, (self.imports.len() + self.recent.len()) as u64);
        for (record, _) in all {
            push_u64(bytes, u64::from(record.batch));
            push_bytes(bytes, record.source.as_bytes());
            push_bytes(bytes, record.label.as_bytes());
            push_i64(bytes, record.at.millis());
            push_u64(bytes, record.rows);
            bytes.push(u8::from(record.import));
        }
        push_u64(bytes, self.undone.len() as u64);
        for (batch, undone) in &self.undone {
            push_u64(bytes, u64::from(*batch));
            push_i64(bytes, undone.at.millis());
            push_bytes(bytes, undone.by.as_bytes());
        }
    }

    /// Where the batches of [`Batches::push`] lie in the log: not what was learnt, only where it is kept.
    pub(crate) fn push_places(&self, bytes: &mut Vec<u8>) {
        for (_, place) in self.imports.values().chain(&self.recent) {
            push_u64(bytes, u64::from(place.file));
            push_u64(bytes, place.offset);
        }
    }

    /// Reads places for the batches read before.
    pub(crate) fn read_places(&mut self, rest: &mut Unpack<'_>) -> Option<()> {
        for (_, place) in self.imports.values_mut().chain(&mut self.recent) {
            *place = Place { file: rest.u32()?, offset: rest.u64()? };
        }
        Some(())
    }

    pub(crate) fn read(rest: &mut Unpack<'_>) -> Option<Batches> {
        let mut batches = Batches::default();
        for _ in 0..rest.u64()? {
            let record = BatchRecord {
                batch: rest.u32()?,
                source: rest.text()?.into(),
                label: rest.text()?.into(),
                at: Timestamp::from_millis(rest.i64()?),
                rows: rest.u64()?,
                import: rest.u8()? != 0,
                undone: None,
            };
            let place = Place { file: 0, offset: 0 };
            if record.import {
                batches.imports.insert(record.batch, (record, place));
            } else {
                batches.recent.push_back((record, place));
            }
        }
        for _ in 0..rest.u64()? {
            let batch = rest.u32()?;
            let at = Timestamp::from_millis(rest.i64()?);
            batches.undo(batch, at, rest.text()?.into());
        }
        Some(batches)
    }
}
