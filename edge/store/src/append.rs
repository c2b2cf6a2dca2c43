//! From a batch to a queued frame; undoing; rebuilding: what the store does while it holds the order of things.

use std::sync::Arc;

use facts::Timestamp;

use crate::{
    Batch, CustomerNo, Duplicate, StoreError, Watch, checkpoint,
    commit::{Inner, Order, Ticket, lock},
    derive::{Fate, Replay},
    ids::{IdHash, IdSet},
    log::{LogEnd, LogReader},
    records::{FactsBody, Told, facts_payload, push_fact, undone_payload},
    staged::Staged,
    state::{Entry, State},
    summary::Summary,
};
use facts::pack::Unpack;

/// A batch, packed before the order of things is locked.
pub(crate) struct Packed {
    pub(crate) body: Vec<u8>,
    /// For each fact where it ends in the body, and its id.
    facts: Vec<(usize, Option<u128>)>,
}

/// The facts of a batch, by their places in it.
#[derive(Default)]
pub(crate) struct Sifted {
    pub(crate) new: Vec<usize>,
    pub(crate) duplicates: Vec<Duplicate>,
    pub(crate) erased: Vec<u64>,
}

impl Packed {
    pub(crate) fn of(batch: &Batch) -> Packed {
        let mut hash = IdHash::of(&batch.source);
        let (mut body, mut facts) = (vec![], Vec::with_capacity(batch.facts.len()));
        for fact in &batch.facts {
            push_fact(&mut body, fact);
            facts.push((body.len(), fact.id.as_deref().map(|id| hash.hash(id))));
        }
        Packed { body, facts }
    }

    /// Which facts are new, which are not, and which are about someone who was erased.
    pub(crate) fn sift(&self, order: &Order) -> Result<Sifted, StoreError> {
        let mut sifted = Sifted::default();
        let Sifted { new, duplicates, erased } = &mut sifted;
        let mut own = IdSet::default();
        let mut body = FactsBody(Unpack(&self.body));
        for (row, (_, hash)) in self.facts.iter().enumerate() {
            if !order.erased.is_empty()
                && let Ok(Some(fact)) = body.next()
                && order.erased.has(fact.customer)
            {
                erased.push(row as u64);
                continue;
            }
            let Some(hash) = hash else {
                new.push(row);
                continue;
            };
            let known = match order.find(*hash)? {
                None if !own.insert(*hash) => Some(order.next_batch),
                known => known,
            };
            match known {
                Some(batch) => duplicates.push(Duplicate { row: row as u64, batch }),
                None => new.push(row),
            }
        }
        Ok(sifted)
    }

    /// Takes the numbers and ids of the new facts and queues their frame.
    pub(crate) fn queue(
        &self,
        order: &mut Order,
        told: Told,
        new: &[usize],
    ) -> Result<Ticket, StoreError> {
        let mut body = vec![];
        for row in new {
            let start = row.checked_sub(1).map_or(0, |before| self.facts[before].0);
            body.extend_from_slice(&self.body[start..self.facts[*row].0]);
        }
        let payload = facts_payload(&told, &body);
        let first_batch = told.batch;
        let rows = told.rows;
        let staged = Staged::read(told, &FactsBody(Unpack(&body)));
        let Ok(staged) = staged else { unreachable!("what was packed a moment ago can be read") };
        order.next_batch += 1;
        order.next_seq += rows;
        for hash in new.iter().filter_map(|row| self.facts[*row].1) {
            order.ids.insert(hash, first_batch);
            for staging in order.staging.values_mut() {
                if staging.ids.contains(&hash) {
                    staging.taken.push(hash);
                }
            }
        }
        Ok(order.push(payload, Entry::Facts(Box::new(staged)), first_batch))
    }
}

impl Inner {
    pub(crate) fn check_writable(&self) -> Result<(), StoreError> {
        if lock(&self.order).read_only { Err(StoreError::ReadOnly) } else { Ok(()) }
    }

    pub(crate) fn log_is_open(&self) -> bool {
        lock(&self.log).is_some()
    }

    /// Undoes a batch whose summary was read back.
    pub(crate) fn take_back(
        &self,
        batch: u32,
        at: Timestamp,
        by: &str,
        summary: Arc<Summary>,
    ) -> Result<Vec<CustomerNo>, StoreError> {
        let mut order = self.order();
        order.check()?;
        if !order.undone.insert(batch) {
            return Err(StoreError::UndoneBefore(batch));
        }
        let first_batch = order.next_batch;
        let entry = Entry::Undone { batch, at, by: by.into(), summary };
        let ticket = order.push(undone_payload(batch, at, by), entry, first_batch);
        drop(order);
        Ok(self.heads(&self.commit(&ticket)?))
    }

    /// Lets writers wait from now on; what they began is finished. Only while `tidying` is held.
    pub(crate) fn pause(&self) -> Result<Paused<'_>, StoreError> {
        lock(&self.order).paused = true;
        let paused = Paused(self);
        let last = lock(&self.order).last_ticket();
        last.map(|ticket| self.commit(&ticket)).transpose()?;
        Ok(paused)
    }

    /// Puts a state in the place of the one that readers look at; who is one with whom stays as it was told.
    pub(crate) fn put(&self, mut state: State) {
        let mut now = self.write();
        state.united = now.united.clone();
        *now = state;
    }

    /// See [`crate::Store::rebuild`].
    pub(crate) fn rebuild(&self, watch: &Watch<'_>) -> Result<(), StoreError> {
        self.check_writable()?;
        let mut deriver = lock(&self.tidying);
        let _paused = self.pause()?;
        let unsaved = deriver.unsaved;
        let mut replay = Replay::new(&mut deriver, State::default(), Fate::Derive);
        let rebuilt = LogReader::resume(&self.folder, LogEnd::default()).and_then(|log| {
            let Some(mut log) = log else { unreachable!("every log begins at its beginning") };
            replay.run(&mut log, watch)?;
            replay.state.end = log.end;
            replay.save(watch)
        });
        let state = replay.state;
        if let Err(error) = rebuilt {
            deriver.unsaved = unsaved;
            return Err(error);
        }
        let mut order = lock(&self.order);
        order.ids.clear();
        order.runs.clone_from(&state.runs);
        self.put(state);
        drop(order);
        self.folder.remove(checkpoint::NAME)?;
        deriver.sweep()
    }
}

/// Lets writers go on, however what they waited for ended.
pub(crate) struct Paused<'a>(&'a Inner);

impl Drop for Paused<'_> {
    fn drop(&mut self) {
        lock(&self.0.order).paused = false;
        self.0.resumed.notify_all();
    }
}
