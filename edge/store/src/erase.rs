//! Erasing customers: their facts leave the log, the imports and everything derived, and do not come in again.
//!
//! ```text
//!   NAME.new beside each file that has them   runs without them      (broken off here: nothing happened)
//!   facts/erasing  ─────────────────────────────────────────────── the one step that decides
//!   the files take their names · facts/erased · derived/manifest     (broken off here: finished at the next start)
//!   facts/erasing goes
//! ```
//! Everybody else keeps their numbers, and their facts their order: an erased fact leaves an empty place.

use std::{
    collections::{HashMap, HashSet},
    io,
    sync::{Arc, PoisonError},
};

use facts::{CustomerKey, Timestamp};
use roaring::RoaringBitmap;

use crate::{
    CustomerNo, StoreError, Watch, checkpoint,
    commit::{Inner, Order, lock},
    derive::{Deriver, Fate, Replay},
    disk::Folder,
    frame::{Payload, unframe},
    ids::IdEntry,
    ledger::Ledger,
    log::{FACTS_FOLDER, Log, LogEnd, LogReader},
    manifest::MANIFEST,
    merge::{self, Without},
    records::erased_key,
    rewrite::{NEW, Rewriter, as_it_will_be},
    run::Run,
    state::State,
};
use facts::pack::{Unpack, push_bytes, push_u64};

const JOURNAL: &str = "facts/erasing";
const KIND: u8 = 49;
const VERSION: u64 = 1;

/// What was erased.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// The customers of whom anything was known, ascending. Their numbers stay theirs and mean nobody any more.
    pub customers: Vec<CustomerNo>,
    /// How many of their facts were on disk, undone ones included.
    pub facts: u64,
    /// How many files of facts were written again.
    pub files: u32,
}

/// Whom to erase.
pub(crate) enum Whom<'a> {
    /// These, whether anything is known of them or not.
    Keys(&'a [CustomerKey]),
    /// All whom another folder's ledger names.
    Ledger(&'a Ledger),
}

/// What is done once it is decided.
struct Journal {
    ledger: Ledger,
    files: Vec<String>,
}

impl Journal {
    fn save(&self, folder: &Folder) -> Result<(), StoreError> {
        let (mut bytes, mut ledger, mut framed) = (vec![], vec![], vec![]);
        push_u64(&mut bytes, VERSION);
        self.ledger.push(&mut ledger);
        push_bytes(&mut bytes, &ledger);
        push_u64(&mut bytes, self.files.len() as u64);
        self.files.iter().for_each(|name| push_bytes(&mut bytes, name.as_bytes()));
        Payload::new(KIND, bytes).push(&mut framed, 0);
        folder.replace(FACTS_FOLDER, JOURNAL, &framed)
    }

    fn load(folder: &Folder) -> Result<Option<Journal>, StoreError> {
        let Some(bytes) = folder.read(JOURNAL)? else { return Ok(None) };
        Journal::read(&bytes).map(Some).ok_or_else(|| StoreError::Damaged {
            path: folder.at(JOURNAL),
            offset: 0,
            what: "this does not say how to finish the erasing that was begun",
        })
    }

    fn read(bytes: &[u8]) -> Option<Journal> {
        let (_, bytes) = unframe(bytes).filter(|(kind, _)| *kind == KIND)?;
        let mut rest = Unpack(&bytes);
        if rest.u64()? != VERSION {
            return None;
        }
        let ledger = Ledger::read(&mut Unpack(rest.bytes()?))?;
        let mut files = vec![];
        for _ in 0..rest.u64()? {
            files.push(rest.text()?.to_owned());
        }
        rest.is_empty().then_some(Journal { ledger, files })
    }

    /// Lets the new files take their names and notes who is gone; any number of times.
    fn carry_out(&self, folder: &Folder) -> Result<(), StoreError> {
        for name in &self.files {
            let (new, old) = (folder.at(&format!("{name}{NEW}")), folder.at(name));
            match folder.disk.rename(&new, &old) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::Disk { doing: "replace", path: old, source });
                }
                _ => {}
            }
        }
        folder.sync_folder(FACTS_FOLDER)?;
        folder.sync_folder(&format!("{FACTS_FOLDER}/imports"))?;
        self.ledger.save(folder)
    }

    fn remove(folder: &Folder) -> Result<(), StoreError> {
        folder.remove(JOURNAL)?;
        folder.sync_folder(FACTS_FOLDER)
    }
}

/// Whether an erasing was decided and is not finished.
pub(crate) fn is_begun(folder: &Folder) -> Result<bool, StoreError> {
    Ok(folder.read(JOURNAL)?.is_some())
}

/// At the start: finishes an erasing that was decided; clears away one that was not.
pub(crate) fn recover(folder: &Folder, derived_folder: &str) -> Result<(), StoreError> {
    let Some(journal) = Journal::load(folder)? else { return Rewriter::discard(folder) };
    journal.carry_out(folder)?;
    // What is derived may still hold them; without a manifest it does not count and is cleared away.
    folder.remove(checkpoint::NAME)?;
    folder.remove(MANIFEST)?;
    folder.sync_folder(derived_folder)?;
    Journal::remove(folder)
}

/// All that is ready to take the place of what is there.
struct Ready {
    journal: Journal,
    state: State,
    erased: Erased,
}

impl Inner {
    /// See [`crate::Store::erase`].
    pub(crate) fn erase(
        &self,
        whom: &Whom<'_>,
        at: Timestamp,
        watch: &Watch<'_>,
    ) -> Result<Erased, StoreError> {
        self.check_writable()?;
        let _ground = self.ground.write().unwrap_or_else(PoisonError::into_inner);
        let mut deriver = lock(&self.tidying);
        let _paused = self.pause()?;
        let (ledger, targets) = {
            let order = lock(&self.order);
            order.check()?;
            if !order.staging.is_empty() {
                return Err(StoreError::Importing);
            }
            self.whom(&order, whom, at)?
        };
        if targets.is_empty() {
            ledger.save(&self.folder)?;
            lock(&self.order).erased = Arc::new(ledger);
            return Ok(Erased::default());
        }
        self.flush(&mut deriver)?;
        let ready = match self.prepare(&mut deriver, ledger, &targets, watch) {
            Ok(ready) => ready,
            Err(error) => {
                // Nothing is decided. What cannot be removed now is removed at the next start.
                let _ = Rewriter::discard(&self.folder);
                let _ = deriver.sweep();
                return Err(error);
            }
        };
        self.carry_out(&mut deriver, ready).inspect_err(|error| {
            // It is decided and cannot be finished here; the next start finishes it.
            lock(&self.order).failed = Some(error.to_string());
        })
    }

    /// The ledger as it will be, and the keys and numbers of those of whom anything is known.
    fn whom(
        &self,
        order: &Order,
        whom: &Whom<'_>,
        at: Timestamp,
    ) -> Result<(Ledger, HashMap<String, u32>), StoreError> {
        let mut ledger = (*order.erased).clone();
        let state = self.read();
        let mut targets = HashMap::new();
        match whom {
            Whom::Keys(keys) => {
                for key in *keys {
                    ledger.add(key.as_str(), at)?;
                    let no = state.directory.number_of(key.as_str());
                    targets.extend(no.map(|no| (key.as_str().to_owned(), no)));
                }
            }
            Whom::Ledger(other) => {
                ledger.take_over(other);
                let all = (0..state.directory.numbers_end())
                    .filter_map(|no| Some((state.directory.key_of(no)?, no)));
                let named = all.filter(|(key, _)| other.has(key));
                targets.extend(named.map(|(key, no)| (key.to_string(), no)));
            }
        }
        Ok((ledger, targets))
    }

    /// Writes everything without the targets beside what is there.
    fn prepare(
        &self,
        deriver: &mut Deriver,
        ledger: Ledger,
        targets: &HashMap<String, u32>,
        watch: &Watch<'_>,
    ) -> Result<Ready, StoreError> {
        let mut rewriter = Rewriter::new(&self.folder, targets);
        rewriter.run(watch)?;
        let Rewriter { files, facts, ids, .. } = rewriter;
        let mut replay = Replay::new(deriver, State::default(), Fate::Forget);
        replay.folder = as_it_will_be(&self.folder, &files);
        let log = LogReader::resume(&replay.folder, LogEnd::default())?;
        let Some(mut log) = log else { unreachable!("every log begins at its beginning") };
        replay.run(&mut log, watch)?;
        let mut state = replay.state;
        state.end = log.end;
        for (key, no) in targets {
            assert_eq!(
                state.directory.number_of(&erased_key(*no)),
                Some(*no),
                "an erased customer keeps the number"
            );
            assert!(state.directory.number_of(key).is_none(), "an erased customer has no key");
        }
        state.runs = self.runs_without(deriver, targets, &ids, watch)?;
        let mut customers: Vec<CustomerNo> = targets.values().copied().map(CustomerNo).collect();
        customers.sort_unstable();
        let erased = Erased { customers, facts, files: files.len() as u32 };
        Ok(Ready { journal: Journal { ledger, files }, state, erased })
    }

    /// The runs, those with a target written again.
    fn runs_without(
        &self,
        deriver: &mut Deriver,
        targets: &HashMap<String, u32>,
        ids: &HashSet<IdEntry>,
        watch: &Watch<'_>,
    ) -> Result<Vec<Arc<Run>>, StoreError> {
        let (runs, undone) = {
            let state = self.read();
            (state.runs.clone(), state.undone.clone())
        };
        let customers: RoaringBitmap = targets.values().copied().collect();
        let without = Without { undone: &undone, customers: &customers, ids };
        let mut clean = vec![];
        for run in runs {
            let mut has_one = false;
            for no in &customers {
                run.read(no, |_| {
                    has_one = true;
                    Ok(())
                })?;
            }
            clean.push(match has_one {
                true => {
                    let name = deriver.run_name();
                    Arc::new(merge::merge(
                        &self.folder,
                        (name, self.limits.bytes),
                        &[run],
                        &without,
                        watch,
                    )?)
                }
                false => run,
            });
        }
        Ok(clean)
    }

    /// Decides, and lets everything new take its place.
    fn carry_out(&self, deriver: &mut Deriver, ready: Ready) -> Result<Erased, StoreError> {
        let Ready { journal, state, erased } = ready;
        journal.save(&self.folder)?;
        journal.carry_out(&self.folder)?;
        {
            let mut log = lock(&self.log);
            let limit = log.as_ref().map_or(u64::MAX, |log| log.limit);
            *log = Some(Log::resume(&self.folder, state.end, limit)?);
        }
        self.folder.remove(checkpoint::NAME)?;
        // The columns hold the erased; they are laid out anew of what is left.
        deriver.save(state.end, Some((state.pieces_to_save(), None)), &state.runs)?;
        let mut order = lock(&self.order);
        order.ids.clear();
        order.runs.clone_from(&state.runs);
        order.erased = Arc::new(journal.ledger);
        self.put(state);
        drop(order);
        deriver.sweep()?;
        Journal::remove(&self.folder)?;
        self.tidy.want();
        Ok(erased)
    }
}
