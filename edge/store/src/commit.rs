//! Taking facts in: numbered in one order, written in groups, safe before anyone is told, then visible.
//!
//! ```text
//!   callers    ──▶ order ──▶ pending ──┐
//!   callers    ──▶ (numbers, ids) ─────┤   one of them leads: writes all that is pending, one fsync,
//!   callers    ──▶ ...  ───────────────┴─▶ applies it to the state, wakes the others
//! ```
//! Locks are taken in this order, each for a short time: `ground`, `tidying`, `order`, `log`, `state`; `durable` alone.

use std::{
    collections::HashMap,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard,
        RwLockWriteGuard,
    },
};

use roaring::RoaringBitmap;

use crate::{
    StoreError,
    derive::{Deriver, Limits},
    disk::Folder,
    frame::Payload,
    ids::{IdMap, IdSet},
    ledger::Ledger,
    log::{Log, NotWritten},
    run::Run,
    state::{Entry, State},
};

/// What all handles of an open store share.
pub(crate) struct Inner {
    pub(crate) folder: Folder,
    pub(crate) limits: Limits,
    pub(crate) tidying: Mutex<Deriver>,
    pub(crate) order: Mutex<Order>,
    /// Told when writers may go on.
    pub(crate) resumed: Condvar,
    /// Read while places in the files of facts must stay what they are; written while customers are erased.
    pub(crate) ground: RwLock<()>,
    /// None when opened for reading.
    pub(crate) log: Mutex<Option<Log>>,
    durable: Mutex<Durable>,
    written: Condvar,
    pub(crate) state: RwLock<State>,
    pub(crate) tidy: crate::tidy::Signal,
    /// Held until the last handle goes.
    _lock: Option<Box<dyn Send + Sync>>,
}

/// What must happen in one order.
#[derive(Default)]
pub(crate) struct Order {
    pub(crate) next_seq: u64,
    pub(crate) next_batch: u32,
    pub(crate) next_import: u32,
    pub(crate) next_ticket: u64,
    /// Ids that are in no run yet.
    pub(crate) ids: IdMap,
    pub(crate) undone: RoaringBitmap,
    /// Of whom nothing is taken in.
    pub(crate) erased: Arc<Ledger>,
    pub(crate) runs: Vec<Arc<Run>>,
    /// Imports being staged, by the number of their file.
    pub(crate) staging: HashMap<u32, Staging>,
    /// Ids of committed imports until their runs are there.
    pub(crate) deriving: Vec<(u32, Arc<IdSet>)>,
    pub(crate) pending: Vec<Pending>,
    /// What becomes of the frame that was queued last.
    pub(crate) last: Outcome,
    pub(crate) failed: Option<String>,
    pub(crate) read_only: bool,
    pub(crate) paused: bool,
}

/// The ids of an import that is not committed yet.
#[derive(Default)]
pub(crate) struct Staging {
    pub(crate) ids: IdSet,
    /// Those that came in another way meanwhile.
    pub(crate) taken: Vec<u128>,
}

/// The numbers of a frame's customers once it is safe and applied; `None` when there was no room for it.
type Outcome = Arc<OnceLock<Option<Arc<Vec<u32>>>>>;

pub(crate) struct Pending {
    payload: Payload,
    entry: Entry,
    first_batch: u32,
    outcome: Outcome,
}

#[derive(Default)]
struct Durable {
    /// All tickets below have their outcome.
    done: u64,
    leading: bool,
    failed: Option<String>,
}

/// A place in the line of writers.
pub(crate) struct Ticket {
    number: u64,
    outcome: Outcome,
}

impl Order {
    /// The live batch that has an id.
    pub(crate) fn find(&self, hash: u128) -> Result<Option<u32>, StoreError> {
        let counts = |batch: &u32| !self.undone.contains(*batch);
        if let Some(batch) = self.ids.get(&hash).copied().filter(counts) {
            return Ok(Some(batch));
        }
        for (batch, ids) in &self.deriving {
            if counts(batch) && ids.contains(&hash) {
                return Ok(Some(*batch));
            }
        }
        for run in self.runs.iter().rev() {
            if let Some(batch) = run.ids.find(&run.file, hash, |batch| counts(&batch))? {
                return Ok(Some(batch));
            }
        }
        Ok(None)
    }

    /// Whether facts may be taken in.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        match &self.failed {
            _ if self.read_only => Err(StoreError::ReadOnly),
            Some(why) => Err(StoreError::WriteFailed { why: why.clone() }),
            None => Ok(()),
        }
    }

    /// Queues a frame to be written; `first_batch` is the first batch number not used before it.
    pub(crate) fn push(&mut self, payload: Payload, entry: Entry, first_batch: u32) -> Ticket {
        let outcome = Outcome::default();
        self.last = outcome.clone();
        self.pending.push(Pending { payload, entry, first_batch, outcome: outcome.clone() });
        self.next_ticket += 1;
        Ticket { number: self.next_ticket - 1, outcome }
    }

    /// A ticket for everything queued so far; `None` when nothing ever was.
    pub(crate) fn last_ticket(&self) -> Option<Ticket> {
        let number = self.next_ticket.checked_sub(1)?;
        Some(Ticket { number, outcome: self.last.clone() })
    }

    /// Takes back the numbers and ids of all that is queued or was, and is not in the state. The frames themselves are
    /// handed out.
    fn unqueue(&mut self, state: &State) -> Vec<Pending> {
        self.next_batch = state.next_batch.max(1);
        self.next_seq = state.next_seq;
        let next_batch = self.next_batch;
        self.ids.retain(|_, batch| *batch < next_batch);
        self.deriving.retain(|(batch, _)| *batch < next_batch);
        self.undone.clone_from(&state.undone);
        // Whoever asks from now on waits for nothing.
        self.last = Arc::new(OnceLock::from(Some(Arc::default())));
        std::mem::take(&mut self.pending)
    }
}

impl Inner {
    pub(crate) fn new(
        folder: Folder,
        deriver: Deriver,
        order: Order,
        log: Option<Log>,
        state: State,
        lock: Option<Box<dyn Send + Sync>>,
    ) -> Inner {
        Inner {
            folder,
            limits: deriver.limits,
            tidying: Mutex::new(deriver),
            order: Mutex::new(order),
            resumed: Condvar::new(),
            ground: RwLock::new(()),
            log: Mutex::new(log),
            durable: Mutex::default(),
            written: Condvar::new(),
            state: RwLock::new(state),
            tidy: crate::tidy::Signal::default(),
            _lock: lock,
        }
    }

    pub(crate) fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the files of facts as they are until dropped. Taken before all other locks.
    pub(crate) fn ground(&self) -> RwLockReadGuard<'_, ()> {
        self.ground.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The order, once no rebuild or erasing holds it up.
    pub(crate) fn order(&self) -> MutexGuard<'_, Order> {
        let mut order = lock(&self.order);
        while order.paused {
            order = self.resumed.wait(order).unwrap_or_else(PoisonError::into_inner);
        }
        order
    }

    /// Waits until a queued frame is safe and applied; gives the numbers of its customers.
    pub(crate) fn commit(&self, ticket: &Ticket) -> Result<Arc<Vec<u32>>, StoreError> {
        let mut durable = lock(&self.durable);
        loop {
            if ticket.number < durable.done {
                // Before anything was queued in this process there is nothing to wait for.
                let outcome = ticket.outcome.get().cloned().unwrap_or(Some(Arc::default()));
                return outcome.ok_or(StoreError::NoRoom);
            }
            if let Some(why) = &durable.failed {
                return Err(StoreError::WriteFailed { why: why.clone() });
            }
            if durable.leading {
                durable = self.written.wait(durable).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            durable.leading = true;
            drop(durable);
            let led = self.lead();
            durable = lock(&self.durable);
            durable.leading = false;
            self.written.notify_all();
            match led {
                Ok(frames) => durable.done += frames,
                Err(error) => {
                    durable.failed = Some(error.to_string());
                    return Err(error);
                }
            }
        }
    }

    /// Writes all that is pending; gives how many frames have their outcome now.
    fn lead(&self) -> Result<u64, StoreError> {
        let group = std::mem::take(&mut lock(&self.order).pending);
        let Some(first) = group.first() else { return Ok(0) };
        let first_batch = first.first_batch;
        let written = match &mut *lock(&self.log) {
            Some(log) => log.write(group.iter().map(|pending| &pending.payload), first_batch),
            None => Err(NotWritten::Failed(StoreError::ReadOnly)),
        };
        let places = match written {
            Ok(places) => places,
            Err(NotWritten::NoRoom) => return Ok(self.refuse(group)),
            Err(NotWritten::Failed(error)) => {
                lock(&self.order).failed = Some(error.to_string());
                return Err(error);
            }
        };
        let mut state = self.write();
        for (pending, (place, end)) in group.iter().zip(places) {
            let numbers = state.apply(&pending.entry, place, end);
            // Set once: each pending frame is applied once.
            let _ = pending.outcome.set(Some(Arc::new(numbers)));
        }
        if self.limits.reached(state.waiting(), 1) {
            self.tidy.want();
        }
        Ok(group.len() as u64)
    }
}

impl Inner {
    /// Answers that there was no room, to the group that was to be written and to all that was queued behind it: they
    /// have numbers that follow those of the group, and may be duplicates of it.
    fn refuse(&self, mut group: Vec<Pending>) -> u64 {
        let mut order = lock(&self.order);
        group.extend(order.unqueue(&self.read()));
        for pending in &group {
            let _ = pending.outcome.set(None);
        }
        group.len() as u64
    }
}

/// Locks, also after a panic elsewhere: what the lock guards is changed only in whole steps.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
