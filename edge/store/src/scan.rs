//! Reading many histories: pieces of the number line, in several threads, with bounded memory.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use facts::{History, HistoryBuilder};
use roaring::RoaringBitmap;
use xxhash_rust::xxh3::Xxh3;

use crate::{
    CustomerNo, Step, StoreError, Watch,
    ask::in_threads,
    columns::Columns,
    commit::{Inner, lock},
    ids::{IdCursor, IdEntry},
    rows::Tail,
    run::{Run, RunCursor},
    united::United,
};

/// So many customer numbers are one piece of a scan. Digests are made piece by piece, so it never changes.
const PIECE: u32 = 1024;
/// A tail with fewer facts is copied for a scan, a larger one frozen.
const COPY: usize = 4096;

/// What a scan reads: everything as it was at one moment.
pub(crate) struct Snapshot<'a> {
    inner: &'a Inner,
    runs: Vec<Arc<Run>>,
    tails: Vec<Arc<Tail>>,
    undone: Arc<RoaringBitmap>,
    pub(crate) columns: Option<Arc<Columns>>,
    /// Customers whose columns are not up to date.
    pub(crate) outdated: Arc<RoaringBitmap>,
    united: Arc<United>,
    /// One more than the highest number.
    pub(crate) end: u32,
}

impl Inner {
    /// Customers as they are looked for: those who are one have one history. Columns know nothing of that, so that these
    /// are asked by their histories.
    pub(crate) fn snapshot(&self) -> Snapshot<'_> {
        let united = self.read().united.clone();
        let mut snapshot = self.snapshot_as_told();
        if !united.all().is_empty() {
            snapshot.outdated = Arc::new(&*snapshot.outdated | united.all());
            snapshot.united = united;
        }
        snapshot
    }

    /// Customers as facts tell of them, whoever is one.
    pub(crate) fn snapshot_as_told(&self) -> Snapshot<'_> {
        let mut state = self.write();
        if COPY < state.tail.rows.len() {
            state.freeze();
        }
        let mut tails = state.frozen.clone();
        if 0 < state.tail.rows.len() {
            tails.push(Arc::new(state.tail.clone()));
        }
        let end = state.directory.numbers_end();
        Snapshot {
            inner: self,
            runs: state.runs.clone(),
            tails,
            undone: state.undone.clone(),
            columns: state.columns.clone(),
            outdated: state.outdated.clone(),
            united: Arc::default(),
            end,
        }
    }

    pub(crate) fn scan<T: Send>(
        &self,
        threads: usize,
        watch: &Watch<'_>,
        begin: impl Fn() -> T + Sync,
        each: impl Fn(&mut T, CustomerNo, &History) + Sync,
    ) -> Result<Vec<T>, StoreError> {
        self.scan_in(&self.snapshot(), (threads, watch), begin, each)
    }

    fn scan_in<T: Send>(
        &self,
        snapshot: &Snapshot<'_>,
        (threads, watch): (usize, &Watch<'_>),
        begin: impl Fn() -> T + Sync,
        each: impl Fn(&mut T, CustomerNo, &History) + Sync,
    ) -> Result<Vec<T>, StoreError> {
        let pieces = u64::from(snapshot.end.div_ceil(PIECE));
        let (next, stop) = (AtomicU64::new(0), AtomicBool::new(false));
        let results: Mutex<Vec<Option<T>>> = Mutex::new((0..pieces).map(|_| None).collect());
        let work = || -> Result<(), StoreError> {
            let mut builder = HistoryBuilder::new();
            loop {
                let piece = next.fetch_add(1, Ordering::Relaxed);
                if pieces <= piece || stop.load(Ordering::Relaxed) {
                    return Ok(());
                }
                watch.check()?;
                let mut result = begin();
                let first = piece as u32 * PIECE;
                let last = first.saturating_add(PIECE - 1);
                snapshot.piece_of(
                    (first, last),
                    |_| true,
                    &mut builder,
                    |no, history| {
                        each(&mut result, no, history);
                    },
                )?;
                lock(&results)[piece as usize] = Some(result);
                watch.tell(
                    Step::Scan,
                    (u64::from(last) + 1).min(u64::from(snapshot.end)),
                    Some(u64::from(snapshot.end)),
                );
            }
        };
        in_threads(threads, || work().inspect_err(|_| stop.store(true, Ordering::Relaxed)))?;
        let results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(results.into_iter().flatten().collect())
    }

    /// See [`crate::Store::digest`].
    pub(crate) fn digest(&self, watch: &Watch<'_>) -> Result<u128, StoreError> {
        let mut all = Xxh3::new();
        let pieces = self.scan_in(
            &self.snapshot_as_told(),
            (1, watch),
            || (Xxh3::new(), vec![]),
            |(digest, bytes), no, history| {
                bytes.clear();
                history.encode(bytes);
                digest.update(&no.0.to_le_bytes());
                digest.update(bytes);
            },
        )?;
        for (digest, _) in pieces {
            all.update(&digest.digest128().to_le_bytes());
        }
        for piece in self.read().pieces() {
            all.update(&piece);
        }
        let snapshot = self.snapshot_as_told();
        snapshot.each_id(|(hash, batch)| {
            all.update(&hash.to_le_bytes());
            all.update(&batch.to_le_bytes());
        })?;
        Ok(all.digest128())
    }
}

impl Snapshot<'_> {
    /// Tells the builder whose history follows.
    fn about(&self, no: u32, builder: &mut HistoryBuilder) {
        builder.clear();
        if let Some(key) = self.inner.read().directory.key_of(no) {
            builder.about(key.as_ref());
        }
    }

    /// Puts the history of one customer into the builder.
    pub(crate) fn history(&self, no: u32, builder: &mut HistoryBuilder) -> Result<(), StoreError> {
        self.about(no, builder);
        if self.united.is_member(no) {
            return Ok(());
        }
        self.learn(no, builder)?;
        for member in self.united.members(no) {
            self.learn(*member, builder)?;
        }
        Ok(())
    }

    /// Adds what was told of one customer by that number.
    fn learn(&self, no: u32, builder: &mut HistoryBuilder) -> Result<(), StoreError> {
        for tail in &self.tails {
            tail.learn(no, builder, |batch| self.undone.contains(batch));
        }
        for run in &self.runs {
            run.read(no, |piece| {
                builder
                    .absorb(piece, |batch| self.undone.contains(batch))
                    .map_err(|_| run.damaged())
            })?;
        }
        Ok(())
    }

    /// Calls `each` for the wanted customers of whom anything is known from `first` to `last`, ascending.
    pub(crate) fn piece_of(
        &self,
        (first, last): (u32, u32),
        wanted: impl Fn(u32) -> bool,
        builder: &mut HistoryBuilder,
        mut each: impl FnMut(CustomerNo, &History),
    ) -> Result<(), StoreError> {
        let mut cursors = vec![];
        for run in &self.runs {
            cursors.push(RunCursor::new(run.clone(), first)?);
        }
        let mut in_tails: Vec<_> =
            self.tails.iter().map(|tail| tail.customers_from(first).peekable()).collect();
        let mut in_heads = self.united.heads_from(first).peekable();
        loop {
            let in_runs = cursors.iter().filter_map(|cursor| Some(cursor.current()?.0)).min();
            let in_tail = in_tails.iter_mut().filter_map(|nos| nos.peek().copied()).min();
            let next = in_runs
                .into_iter()
                .chain(in_tail)
                .chain(in_heads.peek().copied())
                .min()
                .filter(|no| *no <= last);
            let Some(no) = next else { return Ok(()) };
            self.about(no, builder);
            in_heads.next_if_eq(&no);
            let is_wanted = wanted(no) && !self.united.is_member(no);
            for cursor in &mut cursors {
                if let Some((other, piece)) = cursor.current()
                    && other == no
                {
                    if is_wanted {
                        builder
                            .absorb(piece, |batch| self.undone.contains(batch))
                            .map_err(|_| cursor.run.damaged())?;
                    }
                    if no < last {
                        cursor.advance()?;
                    }
                }
            }
            for (tail, nos) in self.tails.iter().zip(&mut in_tails) {
                if nos.next_if_eq(&no).is_some() && is_wanted {
                    tail.learn(no, builder, |batch| self.undone.contains(batch));
                }
            }
            for member in self.united.members(no).iter().filter(|_| is_wanted) {
                self.learn(*member, builder)?;
            }
            let history = builder.finish();
            if history.known_since().is_some() {
                each(CustomerNo(no), history);
            }
            if no == last {
                return Ok(());
            }
        }
    }

    /// Calls `each` for all ids of batches that are not undone, in order.
    fn each_id(&self, mut each: impl FnMut(IdEntry)) -> Result<(), StoreError> {
        let mut cursors = vec![];
        for run in &self.runs {
            cursors.push(IdCursor::new(&run.file, &run.ids)?);
        }
        let mut new: Vec<IdEntry> =
            self.tails.iter().flat_map(|tail| tail.rows.ids.iter().copied()).collect();
        new.sort_unstable();
        let mut new = new.into_iter().peekable();
        loop {
            let old = cursors.iter().filter_map(IdCursor::current).min();
            let Some(least) = old.into_iter().chain(new.peek().copied()).min() else {
                return Ok(());
            };
            for cursor in &mut cursors {
                while cursor.current() == Some(least) {
                    cursor.advance()?;
                }
            }
            while new.next_if_eq(&least).is_some() {}
            if !self.undone.contains(least.1) {
                each(least);
            }
        }
    }
}
