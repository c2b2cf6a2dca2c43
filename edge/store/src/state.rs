//! Everything readers look at: runs, what came since, and what is derived and kept in memory.
//!
//! The same changes, applied in the order of the log, give the same state: live, after a start, and in a rebuild.

use std::sync::Arc;

use facts::Timestamp;
use roaring::RoaringBitmap;

use crate::{
    batches::{Batches, Place},
    columns::Columns,
    directory::Directory,
    log::LogEnd,
    names::NameCounts,
    records::Imported,
    rows::{RowStamp, Tail},
    run::Run,
    staged::Staged,
    summary::Summary,
    united::United,
};
use facts::pack::{Unpack, push_u64};

/// One frame of the log with all that is needed to apply it.
pub(crate) enum Entry {
    Facts(Box<Staged>),
    Imported(Imported, Arc<Summary>),
    Undone { batch: u32, at: Timestamp, by: Arc<str>, summary: Arc<Summary> },
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) runs: Vec<Arc<Run>>,
    /// Tails on their way into a run, oldest first.
    pub(crate) frozen: Vec<Arc<Tail>>,
    pub(crate) tail: Tail,
    pub(crate) undone: Arc<RoaringBitmap>,
    pub(crate) columns: Option<Arc<Columns>>,
    /// Customers of whom something was learnt or taken back since the columns were laid out.
    pub(crate) outdated: Arc<RoaringBitmap>,
    /// While columns are being laid out: those of whom something was learnt since that began.
    pub(crate) outdated_meanwhile: Option<RoaringBitmap>,
    pub(crate) directory: Directory,
    pub(crate) names: NameCounts,
    pub(crate) batches: Batches,
    /// The numbers of the files of committed imports.
    pub(crate) import_files: RoaringBitmap,
    /// Who is one with whom: how histories are looked at, never saved with them.
    pub(crate) united: Arc<United>,
    pub(crate) events: u64,
    pub(crate) next_seq: u64,
    pub(crate) next_batch: u32,
    pub(crate) end: LogEnd,
}

impl State {
    /// Applies a frame; gives the numbers of the batch's customers, by their places in it. The facts of an import
    /// are brought in as runs by the caller.
    pub(crate) fn apply(&mut self, entry: &Entry, place: Place, end: LogEnd) -> Vec<u32> {
        self.end = end;
        let numbers = self.apply_entry(entry, place);
        Arc::make_mut(&mut self.outdated).extend(numbers.iter().copied());
        if let Some(meanwhile) = &mut self.outdated_meanwhile {
            meanwhile.extend(numbers.iter().copied());
        }
        numbers
    }

    fn apply_entry(&mut self, entry: &Entry, place: Place) -> Vec<u32> {
        match entry {
            Entry::Facts(staged) => {
                let told = &staged.told;
                let numbers = self.add(told.batch, &staged.summary);
                self.batches.add(told, false, place);
                let mut seq = told.first_seq;
                for row in &staged.rows {
                    seq += 1;
                    if row.start == row.end {
                        continue;
                    }
                    let no = numbers[row.customer as usize];
                    let rest = &staged.body[row.start as usize..row.end as usize];
                    let (batch, received_at, old) = (told.batch, told.received_at, told.old);
                    self.tail.push(no, RowStamp { batch, seq: seq - 1, received_at, old }, rest);
                    self.tail.rows.ids.extend(row.hash.map(|hash| (hash, batch)));
                }
                self.next(told.batch, seq);
                numbers
            }
            Entry::Imported(imported, summary) => {
                let told = &imported.told;
                let numbers = self.add(told.batch, summary);
                self.batches.add(told, true, place);
                self.import_files.insert(imported.file);
                self.next(told.batch, told.first_seq + told.rows);
                numbers
            }
            Entry::Undone { batch, at, by, summary } => {
                let numbers = self.directory.take(summary);
                self.names.take(*batch, &summary.names, &numbers);
                self.events = self.events.saturating_sub(summary.events);
                Arc::make_mut(&mut self.undone).insert(*batch);
                self.batches.undo(*batch, *at, by.clone());
                numbers
            }
        }
    }

    fn add(&mut self, batch: u32, summary: &Summary) -> Vec<u32> {
        let numbers = self.directory.add(summary);
        self.names.add(batch, &summary.names, &numbers);
        self.events += summary.events;
        numbers
    }

    fn next(&mut self, batch: u32, seq: u64) {
        self.next_batch = self.next_batch.max(batch + 1);
        self.next_seq = self.next_seq.max(seq);
    }

    /// Facts in memory that are in no run yet.
    pub(crate) fn waiting(&self) -> (usize, usize) {
        let tails = self.frozen.iter().map(|tail| &**tail).chain([&self.tail]);
        tails.fold((0, 0), |(facts, size), tail| (facts + tail.rows.len(), size + tail.rows.size()))
    }

    /// Puts the tail among the frozen ones, so that it can be read without the lock.
    pub(crate) fn freeze(&mut self) {
        if 0 < self.tail.rows.len() {
            self.frozen.push(Arc::new(std::mem::take(&mut self.tail)));
        }
    }

    /// All that is kept in memory, in a fixed order, in pieces; without what depends on how files are cut.
    pub(crate) fn pieces(&self) -> Vec<Vec<u8>> {
        let mut pieces = vec![];
        self.directory.push(&mut |piece| pieces.push(piece));
        let mut bytes = vec![];
        self.names.push(&mut bytes);
        pieces.push(std::mem::take(&mut bytes));
        self.batches.push(&mut bytes);
        push_u64(&mut bytes, self.import_files.len());
        self.import_files.iter().for_each(|file| push_u64(&mut bytes, u64::from(file)));
        for number in [self.events, self.next_seq, u64::from(self.next_batch)] {
            push_u64(&mut bytes, number);
        }
        pieces.push(bytes);
        pieces
    }

    /// [`State::pieces`], and where in the log things are.
    pub(crate) fn pieces_to_save(&self) -> Vec<Vec<u8>> {
        let mut pieces = self.pieces();
        let mut places = vec![];
        self.batches.push_places(&mut places);
        let outdated_at = places.len();
        // Writing to memory does not fail.
        let _ = self.outdated.serialize_into(&mut places);
        let length = (places.len() - outdated_at) as u64;
        places.extend_from_slice(&length.to_le_bytes());
        pieces.push(places);
        pieces
    }

    /// Takes back what [`State::pieces_to_save`] gave, put together.
    pub(crate) fn read(bytes: &[u8]) -> Option<State> {
        let (bytes, length) = bytes.split_last_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (bytes, outdated) = bytes.split_at_checked(bytes.len().checked_sub(length)?)?;
        let mut rest = Unpack(bytes);
        let mut state = State {
            directory: Directory::read(&mut rest)?,
            names: NameCounts::read(&mut rest)?,
            batches: Batches::read(&mut rest)?,
            ..State::default()
        };
        for _ in 0..rest.u64()? {
            state.import_files.insert(rest.u32()?);
        }
        state.events = rest.u64()?;
        state.next_seq = rest.u64()?;
        state.next_batch = rest.u32()?;
        state.batches.read_places(&mut rest)?;
        state.undone = Arc::new(state.batches.undone_batches().collect());
        state.outdated = Arc::new(RoaringBitmap::deserialize_from(outdated).ok()?);
        rest.is_empty().then_some(state)
    }
}
