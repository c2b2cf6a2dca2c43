//! Asking a question of everybody: columns where they are up to date, histories where they are not.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use ::columns::{Block, BlockBuilder, LANES, Part};
use facts::{Calendar, History, HistoryBuilder, Timestamp};
use kernel::{Asking, Batch, Mask, Plan};
use roaring::RoaringBitmap;

use crate::{
    CustomerNo, Step, Store, StoreError, Watch,
    commit::{Inner, lock},
    scan::Snapshot,
};

/// Some segments of a plan to be asked of everybody at one instant.
#[derive(Clone)]
pub struct Asked<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The segments asked about, by number.
    pub segments: Vec<usize>,
    /// The instant.
    pub at: Timestamp,
    /// The calendar conditions are read by.
    pub calendar: &'p Calendar,
}

/// Who is in some segments at one instant.
#[derive(Debug, Clone, PartialEq)]
pub struct Members {
    /// Everybody who is known.
    pub known: RoaringBitmap,
    /// The members of each segment asked about.
    pub of: Vec<RoaringBitmap>,
}

/// Up to 1,024 customers next to each other, as columns.
pub struct Neighbours<'a> {
    /// What is known of them.
    pub block: Block,
    snapshot: &'a Snapshot<'a>,
}

/// So many blocks are put together before their members are written down.
const MOST_TOGETHER: usize = 64;
/// Fewer customers of a block than these are looked up one by one.
const FEW: u64 = 100;

impl Store {
    /// Who is in: for each question the numbers of the members. Exact.
    ///
    /// # Errors
    /// When derived files are damaged, the disk refuses, or the flag goes up.
    pub fn members(
        &self,
        asked: &[Asked<'_>],
        threads: usize,
        watch: &Watch<'_>,
    ) -> Result<Vec<Members>, StoreError> {
        let batches: Vec<Batch<'_>> = asked
            .iter()
            .map(|one| Batch::new(one.plan, one.segments.iter().copied(), one.at, one.calendar))
            .collect();
        // For each question the known, then the members of its segments.
        let n: usize = asked.iter().map(|one| 1 + one.segments.len()).sum();
        let groups = self.each_block(
            (threads, watch),
            |part| batches.iter().any(|batch| batch.wants(part)),
            |blocks| Gathered::new(n, blocks, &batches),
            Gathered::ask,
            Gathered::finish,
        )?;
        let mut all = vec![RoaringBitmap::new(); n];
        for group in groups {
            for (all, some) in all.iter_mut().zip(group) {
                *all |= some;
            }
        }
        let mut all = all.into_iter();
        let members = |one: &Asked<'_>| Members {
            known: all.next().unwrap_or_default(),
            of: all.by_ref().take(one.segments.len()).collect(),
        };
        Ok(asked.iter().map(members).collect())
    }

    /// Goes through all customers in blocks of columns, several blocks together in each of several threads. A block may
    /// come twice: once with those whose columns are up to date and once with the others.
    ///
    /// `begin` is told which blocks follow; `end` turns what was gathered of them into what is kept, in order.
    ///
    /// # Errors
    /// When derived files are damaged, the disk refuses, the flag goes up, or `each` fails.
    pub fn each_block<T, R: Send>(
        &self,
        (threads, watch): (usize, &Watch<'_>),
        wants: impl Fn(&Part) -> bool + Sync,
        begin: impl Fn(std::ops::Range<usize>) -> T + Sync,
        each: impl Fn(&mut T, &Neighbours<'_>) -> Result<(), StoreError> + Sync,
        end: impl Fn(T) -> R + Sync,
    ) -> Result<Vec<R>, StoreError> {
        let walk = Walk { snapshot: self.inner().snapshot(), wants, watch };
        let n_blocks = walk.snapshot.end.div_ceil(LANES as u32) as usize;
        let together = (n_blocks / (threads.max(1) * 6)).clamp(1, MOST_TOGETHER);
        let n_groups = n_blocks.div_ceil(together);
        let (next, stop) = (AtomicU32::new(0), AtomicBool::new(false));
        let results: Mutex<Vec<Option<R>>> = Mutex::new((0..n_groups).map(|_| None).collect());
        let work = || -> Result<(), StoreError> {
            let mut memory = Memory::default();
            let wanted = walk.snapshot.columns.as_ref().map(|columns| columns.wanted(&walk.wants));
            loop {
                let group = next.fetch_add(1, Ordering::Relaxed) as usize;
                if n_groups <= group || stop.load(Ordering::Relaxed) {
                    return Ok(());
                }
                let blocks = group * together..((group + 1) * together).min(n_blocks);
                let mut gathered = begin(blocks.clone());
                for number in blocks {
                    watch.check()?;
                    walk.block(number, wanted.as_deref(), &mut memory, |neighbours| {
                        each(&mut gathered, neighbours)
                    })?;
                    let done = ((number + 1) * LANES).min(walk.snapshot.end as usize) as u64;
                    watch.tell(Step::Scan, done, Some(u64::from(walk.snapshot.end)));
                }
                lock(&results)[group] = Some(end(gathered));
            }
        };
        in_threads(threads, || work().inspect_err(|_| stop.store(true, Ordering::Relaxed)))?;
        let results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(results.into_iter().flatten().collect())
    }
}

/// Does the same work in several threads; the first error in the order of threads is told.
pub(crate) fn in_threads(
    threads: usize,
    work: impl Fn() -> Result<(), StoreError> + Sync,
) -> Result<(), StoreError> {
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.max(1)).map(|_| scope.spawn(&work)).collect();
        let mut outcome = work();
        for other in others {
            match other.join() {
                Ok(theirs) => outcome = outcome.and(theirs),
                // Their own panic, theirs to see.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        outcome
    })
}

/// One way through all blocks.
struct Walk<'a, W: Fn(&Part) -> bool> {
    snapshot: Snapshot<'a>,
    wants: W,
    watch: &'a Watch<'a>,
}

/// What is used again from block to block.
#[derive(Default)]
struct Memory {
    bytes: Vec<u8>,
    builder: HistoryBuilder,
    blocks: BlockBuilder,
}

impl<W: Fn(&Part) -> bool> Walk<'_, W> {
    fn block(
        &self,
        number: usize,
        wanted: Option<&[bool]>,
        memory: &mut Memory,
        mut each: impl FnMut(&Neighbours<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let snapshot = &self.snapshot;
        let first = (number * LANES) as u32;
        let last = first.saturating_add(LANES as u32 - 1);
        let kept = snapshot.columns.as_ref().filter(|columns| number < columns.n_blocks());
        if let (Some(columns), Some(wanted)) = (kept, wanted) {
            let mut block = columns.block(number, first, wanted, &mut memory.bytes)?;
            let outdated = snapshot.outdated.range(first..=last);
            block.forget(outdated.map(|no| (no - first) as usize));
            each(&Neighbours { block, snapshot })?;
        }
        let is_outdated = |no: u32| kept.is_none() || snapshot.outdated.contains(no);
        if kept.is_some() && snapshot.outdated.range_cardinality(first..=last) == 0 {
            return Ok(());
        }
        let Memory { builder, blocks, .. } = memory;
        let mut any = false;
        let mut add = |no: u32, history: &History| {
            blocks.add((no - first) as usize, history);
            any = true;
        };
        let n_outdated = snapshot.outdated.range_cardinality(first..=last);
        if kept.is_some() && n_outdated < FEW {
            for no in snapshot.outdated.range(first..=last) {
                snapshot.history(no, builder)?;
                let history = builder.finish();
                if history.known_since().is_some() {
                    add(no, history);
                }
            }
        } else {
            let each = |no: CustomerNo, history: &History| add(no.0, history);
            snapshot.piece_of((first, last), is_outdated, builder, each)?;
        }
        if !any {
            return Ok(());
        }
        let parts = blocks.finish();
        let wanted = parts.iter().filter(|(part, _)| (self.wants)(part));
        let block = Block::read(first, wanted.map(|(part, bytes)| (part, bytes.as_slice())));
        assert!(block.is_some(), "columns made a moment ago can be read");
        self.watch.check()?;
        match block {
            Some(block) => each(&Neighbours { block, snapshot }),
            None => Ok(()),
        }
    }
}

impl Neighbours<'_> {
    /// The number of the customer of a lane.
    pub fn number(&self, lane: usize) -> CustomerNo {
        CustomerNo(self.block.first + lane as u32)
    }

    /// The history of the customer of a lane.
    ///
    /// # Errors
    /// When a run is damaged or the disk refuses.
    pub fn history(&self, lane: usize) -> Result<History, StoreError> {
        let mut builder = HistoryBuilder::new();
        self.snapshot.history(self.number(lane).0, &mut builder)?;
        Ok(builder.into_history())
    }
}

/// The members found in some blocks, as bits.
struct Gathered<'b, 'p> {
    askings: Vec<(&'b Batch<'p>, Asking<'b, 'p>)>,
    first: u32,
    words_each: usize,
    words: Vec<u64>,
}

impl<'b, 'p> Gathered<'b, 'p> {
    fn new(
        segments: usize,
        blocks: std::ops::Range<usize>,
        batches: &'b [Batch<'p>],
    ) -> Gathered<'b, 'p> {
        let words_each = blocks.len() * LANES / 64;
        Gathered {
            askings: batches.iter().map(|batch| (batch, batch.asking())).collect(),
            first: (blocks.start * LANES) as u32,
            words_each,
            words: vec![0; segments * words_each],
        }
    }

    fn ask(&mut self, neighbours: &Neighbours<'_>) -> Result<(), StoreError> {
        let place = (neighbours.block.first - self.first) as usize / 64;
        let Gathered { words, words_each, askings, .. } = self;
        let mut rows = words.chunks_mut(*words_each);
        let mut add = |found: &Mask| {
            let words = rows.next().into_iter().flat_map(|row| &mut row[place..]);
            words.zip(found.0).for_each(|(word, found)| *word |= found);
        };
        for (batch, asking) in askings {
            add(&batch.known(&neighbours.block));
            let history = |lane: usize| neighbours.history(lane);
            asking.ask(&neighbours.block, history)?.iter().for_each(&mut add);
        }
        Ok(())
    }

    fn finish(self) -> Vec<RoaringBitmap> {
        let mut bytes = Vec::with_capacity(self.words_each * 8);
        self.words
            .chunks(self.words_each.max(1))
            .map(|words| {
                bytes.clear();
                words.iter().for_each(|word| bytes.extend_from_slice(&word.to_le_bytes()));
                RoaringBitmap::from_lsb0_bytes(self.first, &bytes)
            })
            .collect()
    }
}

impl Inner {
    /// Writes the columns of everybody as of now, block after block.
    pub(crate) fn make_columns(
        &self,
        snapshot: &Snapshot<'_>,
        writer: &mut crate::columns::ColumnsWriter,
        threads: usize,
        watch: &Watch<'_>,
    ) -> Result<(), StoreError> {
        let n_blocks = snapshot.end.div_ceil(LANES as u32) as usize;
        let together = threads.max(1) * 4;
        for group in (0..n_blocks).step_by(together) {
            let blocks = group..(group + together).min(n_blocks);
            let made: Mutex<Vec<Option<Parts>>> =
                Mutex::new(blocks.clone().map(|_| None).collect());
            let next = AtomicU32::new(0);
            in_threads(threads, || {
                let (mut builder, mut columns) = (HistoryBuilder::new(), BlockBuilder::new());
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed) as usize;
                    if blocks.len() <= place {
                        return Ok(());
                    }
                    watch.check()?;
                    let first = ((group + place) * LANES) as u32;
                    let ends = (first, first.saturating_add(LANES as u32 - 1));
                    snapshot.piece_of(
                        ends,
                        |_| true,
                        &mut builder,
                        |no, history| {
                            columns.add((no.0 - first) as usize, history);
                        },
                    )?;
                    lock(&made)[place] = Some(columns.finish());
                }
            })?;
            for parts in made.into_inner().unwrap_or_else(PoisonError::into_inner) {
                writer.add(&parts.unwrap_or_default())?;
            }
            let done = (blocks.end * LANES).min(snapshot.end as usize) as u64;
            watch.tell(Step::Columns, done, Some(u64::from(snapshot.end)));
        }
        Ok(())
    }
}

type Parts = Vec<(Part, Vec<u8>)>;
