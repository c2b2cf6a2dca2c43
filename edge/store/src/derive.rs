//! Deriving: facts from the log become runs and a manifest. Used when the store runs, when it starts, and to rebuild.

use std::{collections::HashSet, sync::Arc};

use roaring::RoaringBitmap;

use crate::{
    Step, StoreError, Watch,
    batches::Place,
    checkpoint,
    columns::ColumnsWriter,
    disk::Folder,
    frame::FrameAt,
    log::{LogEnd, LogReader},
    manifest::{DERIVED_FOLDER, Manifest, write_pieces},
    merge::{self, Without},
    records::{Imported, Record},
    rows::{RowStamp, Rows, Tail},
    run::{Run, RunWriter},
    staged::{Staged, damaged_frame, each_imported, find_batch, summary_at, summary_of_import},
    state::{Entry, State},
    summary::Summary,
};

/// When what is in memory becomes a run, and when there are columns.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) facts: usize,
    pub(crate) bytes: usize,
    pub(crate) columns_from: u64,
}

impl Limits {
    pub(crate) fn reached(self, (facts, bytes): (usize, usize), times: usize) -> bool {
        self.facts * times <= facts || self.bytes * times <= bytes
    }
}

/// Writes derived files. One thread at a time.
pub(crate) struct Deriver {
    pub(crate) folder: Folder,
    pub(crate) limits: Limits,
    pub(crate) saved: Manifest,
    /// Whether there are runs which the manifest does not name yet.
    pub(crate) unsaved: bool,
    next_file: u32,
}

impl Deriver {
    pub(crate) fn new(folder: &Folder, limits: Limits, saved: Manifest) -> Deriver {
        let next_file = saved.next_file.max(1);
        Deriver { folder: folder.clone(), limits, saved, unsaved: false, next_file }
    }

    fn name(&mut self, kind: &str) -> String {
        self.next_file += 1;
        format!("{DERIVED_FOLDER}/{kind}-{:06}", self.next_file - 1)
    }

    pub(crate) fn columns(&mut self) -> Result<ColumnsWriter, StoreError> {
        let name = self.name("columns");
        ColumnsWriter::create(&self.folder, name)
    }

    /// A name that no run ever had.
    pub(crate) fn run_name(&mut self) -> String {
        self.name("run")
    }

    /// For so many ids at most.
    fn run(&mut self, ids: usize) -> Result<RunWriter, StoreError> {
        let name = self.run_name();
        RunWriter::create(&self.folder, name, (ids, self.limits.bytes))
    }

    /// One run of all the given tails.
    pub(crate) fn write_tails(&mut self, tails: &[Arc<Tail>]) -> Result<Run, StoreError> {
        let mut rows = Rows::default();
        tails.iter().for_each(|tail| rows.extend(&tail.rows));
        let mut run = self.run(rows.ids.len())?;
        rows.write(&mut run)?;
        run.finish()
    }

    /// Sorts a committed import into runs, in pieces that fit in memory.
    pub(crate) fn derive_import(
        &mut self,
        imported: &Imported,
        summary: &Summary,
        numbers: &[u32],
        watch: &Watch<'_>,
    ) -> Result<Vec<Arc<Run>>, StoreError> {
        let mut runs = vec![];
        let derived = self.derive_import_into(&mut runs, (imported, summary, numbers), watch);
        if let Err(error) = derived {
            for run in &runs {
                // What cannot be removed now is removed at the next start.
                let _ = self.folder.remove(&run.name);
            }
            return Err(error);
        }
        watch.tell(Step::Derive, imported.told.rows, Some(imported.told.rows));
        self.unsaved = true;
        Ok(runs)
    }

    fn derive_import_into(
        &mut self,
        runs: &mut Vec<Arc<Run>>,
        (imported, summary, numbers): (&Imported, &Summary, &[u32]),
        watch: &Watch<'_>,
    ) -> Result<(), StoreError> {
        let told = &imported.told;
        let mut ids = crate::ids::IdHash::of(&told.source);
        let mut rows = Rows::default();
        let mut seq = told.first_seq;
        let folder = self.folder.clone();
        each_imported(&folder, imported, |fact, parsed| {
            seq += 1;
            let done = seq - told.first_seq;
            if done.is_multiple_of(4096) {
                watch.check()?;
                watch.tell(Step::Derive, done, Some(told.rows));
            }
            let Some(parsed) = parsed else { return Ok(()) };
            let place = summary.place_of(fact.customer);
            assert!(place.is_some(), "the summary of an import names all its customers");
            let no = numbers[place.unwrap_or_default() as usize];
            let (batch, received_at, old) = (told.batch, told.received_at, told.old);
            rows.push(no, RowStamp { batch, seq: seq - 1, received_at, old }, fact.rest);
            rows.ids.extend(parsed.id.map(|id| (ids.hash(id), batch)));
            if self.limits.bytes <= rows.size() {
                runs.push(self.write_rows(&mut rows)?);
            }
            Ok(())
        })?;
        if 0 < rows.len() {
            runs.push(self.write_rows(&mut rows)?);
        }
        Ok(())
    }

    fn write_rows(&mut self, rows: &mut Rows) -> Result<Arc<Run>, StoreError> {
        let mut run = self.run(rows.ids.len())?;
        rows.write(&mut run)?;
        rows.clear();
        Ok(Arc::new(run.finish()?))
    }

    /// Writes the manifest over the given runs, with the state and its columns or those saved before. What it names was
    /// made safe before.
    pub(crate) fn save(
        &mut self,
        end: LogEnd,
        pieces: Option<(Vec<Vec<u8>>, Option<String>)>,
        runs: &[Arc<Run>],
    ) -> Result<(), StoreError> {
        let (state, columns) = match pieces {
            Some((pieces, columns)) => {
                let name = self.name("state");
                write_pieces(&self.folder, &name, pieces)?;
                (name, columns)
            }
            None => (self.saved.state.clone(), self.saved.columns.clone()),
        };
        let runs = runs.iter().map(|run| run.name.clone()).collect();
        let manifest = Manifest { end, next_file: self.next_file, state, runs, columns };
        // The names of the new files must be safe before the manifest that speaks of them.
        self.folder.sync_folder(DERIVED_FOLDER)?;
        manifest.save(&self.folder)?;
        self.saved = manifest;
        self.unsaved = false;
        Ok(())
    }

    /// Removes files of the derived folder that the manifest does not name.
    pub(crate) fn sweep(&self) -> Result<(), StoreError> {
        for name in self.folder.list(DERIVED_FOLDER)? {
            let path = format!("{DERIVED_FOLDER}/{name}");
            let named = path == self.saved.state
                || self.saved.runs.contains(&path)
                || self.saved.columns.as_ref() == Some(&path);
            if !named && name != "manifest" && path != checkpoint::NAME {
                self.folder.remove(&path)?;
            }
        }
        Ok(())
    }

    /// Merges runs until there are few; `publish` is told which runs became which.
    pub(crate) fn merge(
        &mut self,
        runs: impl Fn() -> (Vec<Arc<Run>>, Arc<RoaringBitmap>),
        mut publish: impl FnMut(&[Arc<Run>], Arc<Run>),
        watch: &Watch<'_>,
    ) -> Result<(), StoreError> {
        loop {
            let (all, undone) = runs();
            let Some(chosen) = merge::choose(&all) else { return Ok(()) };
            if self.unsaved {
                return Ok(());
            }
            let nobody = (RoaringBitmap::new(), HashSet::new());
            let without = Without { undone: &undone, customers: &nobody.0, ids: &nobody.1 };
            let name = self.run_name();
            let merged = Arc::new(merge::merge(
                &self.folder,
                (name, self.limits.bytes),
                &chosen,
                &without,
                watch,
            )?);
            let gone = |run: &Arc<Run>| chosen.iter().any(|chosen| Arc::ptr_eq(chosen, run));
            let mut left: Vec<Arc<Run>> = all.iter().filter(|run| !gone(run)).cloned().collect();
            left.push(merged.clone());
            self.save(self.saved.end, None, &left)?;
            publish(&chosen, merged);
            for run in &chosen {
                self.folder.remove(&run.name)?;
            }
        }
    }
}

/// What becomes of the facts that are read: the state keeps whom they are about and what they use in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// They go into runs.
    Derive,
    /// With no place to write, they stay in memory.
    Hold,
    /// Their runs are there already.
    Forget,
}

/// Reads the log into a state that is not shared yet.
pub(crate) struct Replay<'a> {
    pub(crate) deriver: &'a mut Deriver,
    /// Where the facts are read.
    pub(crate) folder: Folder,
    pub(crate) state: State,
    pub(crate) fate: Fate,
    pub(crate) facts: u64,
}

impl<'a> Replay<'a> {
    /// Goes on from a state, reading where the deriver writes.
    pub(crate) fn new(deriver: &'a mut Deriver, state: State, fate: Fate) -> Replay<'a> {
        let folder = deriver.folder.clone();
        Replay { deriver, folder, state, fate, facts: 0 }
    }

    /// Applies all frames that follow.
    pub(crate) fn run(&mut self, log: &mut LogReader, watch: &Watch<'_>) -> Result<(), StoreError> {
        while let Some((place, frame)) = log.next()? {
            self.frame(place, log.end, &frame, watch)?;
            watch.check()?;
        }
        Ok(())
    }

    fn frame(
        &mut self,
        place: Place,
        end: LogEnd,
        frame: &FrameAt,
        watch: &Watch<'_>,
    ) -> Result<(), StoreError> {
        let folder = self.folder.clone();
        let damaged = || damaged_frame(&folder, place);
        match Record::read(frame.kind, &frame.payload).ok_or_else(damaged)? {
            Record::Facts(told, body) => {
                let staged = Staged::read(told, &body).map_err(|_| damaged())?;
                self.facts += staged.summary.rows;
                self.state.apply(&Entry::Facts(Box::new(staged)), place, end);
                watch.tell(Step::Derive, self.state.next_seq, None);
                match self.fate {
                    Fate::Derive if self.deriver.limits.reached(self.state.waiting(), 1) => {
                        self.spill()?;
                    }
                    Fate::Derive | Fate::Hold => {}
                    Fate::Forget => self.state.tail = Tail::default(),
                }
            }
            Record::Imported(imported) => self.imported(imported, place, end, watch)?,
            Record::Undone { batch, at, by } => {
                let place_of = match self.state.batches.find(batch) {
                    Some((_, place)) => place,
                    None => find_batch(&folder, batch)?.ok_or_else(damaged)?.2,
                };
                let summary = Arc::new(summary_at(&folder, place_of)?);
                self.state.apply(&Entry::Undone { batch, at, by, summary }, place, end);
            }
        }
        Ok(())
    }

    fn imported(
        &mut self,
        imported: Imported,
        place: Place,
        end: LogEnd,
        watch: &Watch<'_>,
    ) -> Result<(), StoreError> {
        let folder = self.folder.clone();
        let summary = Arc::new(summary_of_import(&folder, &imported)?);
        self.facts += summary.rows;
        let entry = Entry::Imported(imported.clone(), summary.clone());
        let numbers = self.state.apply(&entry, place, end);
        match self.fate {
            Fate::Derive => {
                let runs = self.deriver.derive_import(&imported, &summary, &numbers, watch)?;
                self.state.runs.extend(runs);
                Ok(())
            }
            Fate::Hold => self.keep(&imported, &summary, &numbers),
            Fate::Forget => Ok(()),
        }
    }

    fn keep(
        &mut self,
        imported: &Imported,
        summary: &Summary,
        numbers: &[u32],
    ) -> Result<(), StoreError> {
        let told = &imported.told;
        let mut seq = told.first_seq;
        let mut ids = crate::ids::IdHash::of(&told.source);
        each_imported(&self.folder, imported, |fact, parsed| {
            seq += 1;
            let (Some(place), Some(parsed)) = (summary.place_of(fact.customer), parsed) else {
                return Ok(());
            };
            let (batch, received_at, old) = (told.batch, told.received_at, told.old);
            let stamp = RowStamp { batch, seq: seq - 1, received_at, old };
            self.state.tail.push(numbers[place as usize], stamp, fact.rest);
            self.state.tail.rows.ids.extend(parsed.id.map(|id| (ids.hash(id), batch)));
            Ok(())
        })
    }

    /// Writes what is in memory to a run.
    pub(crate) fn spill(&mut self) -> Result<(), StoreError> {
        self.state.freeze();
        if !self.state.frozen.is_empty() {
            let run = self.deriver.write_tails(&self.state.frozen)?;
            self.state.frozen.clear();
            self.state.runs.push(Arc::new(run));
            self.deriver.unsaved = true;
        }
        Ok(())
    }

    /// Spills and writes the manifest, so that the next start need not do this again.
    pub(crate) fn save(&mut self, watch: &Watch<'_>) -> Result<(), StoreError> {
        self.spill()?;
        let pieces = self.state.pieces_to_save();
        let columns = self.state.columns.as_ref().map(|columns| columns.name.clone());
        self.deriver.save(self.state.end, Some((pieces, columns)), &self.state.runs)?;
        let state = std::cell::RefCell::new(&mut self.state);
        self.deriver.merge(
            || {
                let state = state.borrow();
                (state.runs.clone(), state.undone.clone())
            },
            |chosen, merged| {
                let runs = &mut state.borrow_mut().runs;
                runs.retain(|run| !chosen.iter().any(|chosen| Arc::ptr_eq(chosen, run)));
                runs.push(merged);
            },
            watch,
        )
    }
}
