//! Tidying: what is in memory goes into runs, many runs become few. In a thread of its own, or by hand.

use std::{
    sync::{
        Arc, Condvar, Mutex, PoisonError, RwLockWriteGuard,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use roaring::RoaringBitmap;

use crate::{
    StoreError, Watch,
    commit::{Inner, lock},
    derive::Deriver,
    run::Run,
};

/// Wakes and stops the tidying thread.
#[derive(Default)]
pub(crate) struct Signal {
    wanted: Mutex<bool>,
    woken: Condvar,
    pub(crate) stop: AtomicBool,
}

impl Signal {
    pub(crate) fn want(&self) {
        *lock(&self.wanted) = true;
        self.woken.notify_all();
    }

    pub(crate) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.want();
    }

    /// Waits until there is something to do, at most until an instant.
    fn wait(&self, until: Option<Instant>) -> Woken {
        let mut wanted = lock(&self.wanted);
        let is_over = || until.is_some_and(|until| until <= Instant::now());
        while !*wanted && !is_over() {
            wanted = match until.map(|until| until.saturating_duration_since(Instant::now())) {
                None => self.woken.wait(wanted).unwrap_or_else(PoisonError::into_inner),
                Some(rest) => {
                    let waited = self.woken.wait_timeout(wanted, rest);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        let was_wanted = std::mem::take(&mut *wanted);
        match self.stop.load(Ordering::Relaxed) {
            true => Woken::ToStop,
            false if was_wanted => Woken::ByWriters,
            false => Woken::ByTime,
        }
    }
}

/// Why the tidying thread is awake.
#[derive(PartialEq, Eq)]
enum Woken {
    ByWriters,
    ByTime,
    ToStop,
}

/// When columns may be laid out anew. That takes a core for seconds or more, and where facts come in so fast that they are
/// out of date again by then it rests, so that it takes no more than a tenth of one core from those who write. After the
/// rest it begins by itself, also when nobody writes any more.
#[derive(Default)]
struct Pace {
    rests_until: Option<Instant>,
}

impl Pace {
    /// It rests so many times as long as it took.
    const RESTS: u32 = 9;

    fn may_begin(&mut self) -> bool {
        self.rests_until = self.rests_until.filter(|until| Instant::now() < *until);
        self.rests_until.is_none()
    }

    fn took(&mut self, since: Instant) {
        self.rests_until = Some(Instant::now() + since.elapsed() * Pace::RESTS);
    }
}

impl Inner {
    /// The life of the tidying thread. A failure leaves everything in memory and is met again at the next turn, or
    /// by a writer when memory runs out.
    pub(crate) fn tidy_until_stopped(&self) {
        let mut pace = Pace::default();
        loop {
            let woken = self.tidy.wait(pace.rests_until);
            if woken == Woken::ToStop {
                return;
            }
            let watch = Watch { progress: None, cancel: Some(&self.tidy.stop) };
            let mut deriver = lock(&self.tidying);
            if woken == Woken::ByWriters {
                if self.flush(&mut deriver).is_err() {
                    continue;
                }
                // Merging only makes reading quicker; what failed now is tried again after the next flush.
                let _ = self.merge(&mut deriver, &watch);
            }
            let begun = Instant::now();
            if pace.may_begin()
                && self.columns_are_outdated()
                && self.renew_columns(&mut deriver, 1, &watch).is_ok()
                && self.columns_are_outdated()
            {
                pace.took(begun);
            }
        }
    }

    /// Makes a writer wait, or do the work itself, when far too much is in memory.
    pub(crate) fn relieve(&self) -> Result<(), StoreError> {
        if !self.limits.reached(self.read().waiting(), 4) {
            return Ok(());
        }
        let mut deriver = lock(&self.tidying);
        if self.limits.reached(self.read().waiting(), 4) {
            self.flush(&mut deriver)
        } else {
            Ok(())
        }
    }

    /// Writes all that is in memory only to a run, and the manifest.
    pub(crate) fn flush(&self, deriver: &mut Deriver) -> Result<(), StoreError> {
        let (tails, mut runs, pieces, end, columns) = {
            let mut state = self.write();
            state.freeze();
            let state = RwLockWriteGuard::downgrade(state);
            if state.end == deriver.saved.end && !deriver.unsaved {
                return Ok(());
            }
            let columns = state.columns.as_ref().map(|columns| columns.name.clone());
            (state.frozen.clone(), state.runs.clone(), state.pieces_to_save(), state.end, columns)
        };
        let run = match tails.is_empty() {
            true => None,
            false => Some(Arc::new(deriver.write_tails(&tails)?)),
        };
        runs.extend(run.clone());
        let (old, old_columns) = (deriver.saved.state.clone(), deriver.saved.columns.clone());
        deriver.save(end, Some((pieces, columns.clone())), &runs)?;
        let mut order = lock(&self.order);
        let mut state = self.write();
        // Scans may have frozen more behind the ones written.
        for tail in state.frozen.drain(..tails.len()) {
            for (hash, batch) in &tail.rows.ids {
                if order.ids.get(hash) == Some(batch) {
                    order.ids.remove(hash);
                }
            }
        }
        state.runs.extend(run.clone());
        order.runs.extend(run);
        drop((order, state));
        if let Some(old) = old_columns.filter(|old| columns.as_ref() != Some(old)) {
            self.folder.remove(&old)?;
        }
        if !old.is_empty() { self.folder.remove(&old) } else { Ok(()) }
    }

    /// Whether histories are to be laid out in columns anew: they are not yet, or too many customers are out of date.
    fn columns_are_outdated(&self) -> bool {
        /// One in so many customers may be out of date.
        const MOST_OUTDATED: u64 = 8;
        let state = self.read();
        let outdated = state.outdated.len() * MOST_OUTDATED;
        let fresh = state.columns.is_some() && outdated < u64::from(state.directory.numbers_end());
        !fresh && self.limits.columns_from <= state.events
    }

    /// Lays all histories out in columns anew where they are outdated.
    pub(crate) fn renew_columns(
        &self,
        deriver: &mut Deriver,
        threads: usize,
        watch: &Watch<'_>,
    ) -> Result<(), StoreError> {
        if !self.columns_are_outdated() {
            return Ok(());
        }
        self.write().outdated_meanwhile = Some(RoaringBitmap::new());
        let made = (|| {
            let mut writer = deriver.columns()?;
            self.make_columns(&self.snapshot_as_told(), &mut writer, threads, watch)?;
            writer.finish()
        })();
        let mut state = self.write();
        let meanwhile = state.outdated_meanwhile.take().unwrap_or_default();
        // What was written so far is swept away at the next start.
        state.columns = Some(Arc::new(made?));
        state.outdated = Arc::new(meanwhile);
        drop(state);
        deriver.unsaved = true;
        self.flush(deriver)
    }

    pub(crate) fn merge(&self, deriver: &mut Deriver, watch: &Watch<'_>) -> Result<(), StoreError> {
        deriver.merge(
            || {
                let state = self.read();
                (state.runs.clone(), state.undone.clone())
            },
            |chosen, merged| {
                let swap = |runs: &mut Vec<Arc<Run>>| {
                    runs.retain(|run| !chosen.iter().any(|chosen| Arc::ptr_eq(chosen, run)));
                    runs.push(merged.clone());
                };
                let mut order = lock(&self.order);
                swap(&mut order.runs);
                swap(&mut self.write().runs);
            },
            watch,
        )
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_took_long_rests_longer_and_then_begins_by_itself() {
        let mut pace = Pace::default();
        assert!(pace.may_begin() && pace.rests_until.is_none());
        let begun = Instant::now().checked_sub(Duration::from_secs(5)).unwrap();
        pace.took(begun);
        assert!(!pace.may_begin());
        let rest = pace.rests_until.unwrap().saturating_duration_since(Instant::now());
        assert!(Duration::from_secs(40) < rest, "{rest:?}");
        pace.rests_until = Some(begun);
        assert!(pace.may_begin() && pace.rests_until.is_none(), "no second waking");
    }
}
