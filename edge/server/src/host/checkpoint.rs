//! Checkpoints: the live state is kept on disk now and then, so that a start judges only those of whom something was
//! heard since, and lets time pass for the others.
//!
//! ```text
//!   running   mark ─▶ page by page: answers, lapses, cards, briefs     (a page at a time, so that nobody waits long)
//!   started   pages ─▶ who was heard of since the mark: judged anew ─▶ what lapsed until all was told ─▶ as before
//! ```
//! Pages are written one after the other while facts come in: each is true of its customers by itself, and whoever was
//! heard of after the mark is judged anew in any case. A checkpoint belongs to the program, the definitions and the
//! calendar it was made with; any other is left alone and everybody is judged.

mod head;
mod pages;

use std::{
    collections::{BTreeMap, HashMap},
    fs::File,
    io::{self, Read},
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak},
    time::{Duration, Instant, SystemTime},
};

use engine::{Restoring, Rules};
use facts::{
    Timestamp,
    pack::{Unpack, push_i64},
};
use kernel::{Cut, RankKey};
use rayon::prelude::*;
use roaring::RoaringBitmap;
use sha2::{Digest, Sha256};
use store::{Checkpoint, CustomerNo, Mark, StoreError, United};

use crate::host::{
    App, Live, Workspace,
    cards::Cards,
    catalogue::Catalogue,
    judging::{Cause, Desk, Step, Task},
    known_signs,
    telling::Named,
};
use head::Head;
pub(in crate::host) use pages::{instant, push_instant};

/// How long after a checkpoint the next one is written at the earliest.
const AT_MOST_EVERY: Duration = Duration::from_secs(60);
/// The same when definitions have changed since, so that the last one is of no use any more.
const AFTER_AN_EDIT: Duration = Duration::from_secs(5);
/// Writing may take this part of all time.
const SHARE: u32 = 20;
/// So often it is looked whether it is time.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// So many customers are judged anew before they are placed.
const AT_ONCE: usize = 4096;

/// What is being written into the store and judged by it, and what was kept last.
#[derive(Default)]
pub(crate) struct Checkpoints {
    unjudged: Mutex<Unjudged>,
    kept: Mutex<Kept>,
}

/// Writes that are under way, by the order in which they began.
#[derive(Default)]
struct Unjudged {
    began: u64,
    marks: BTreeMap<u64, (Mark, Changes)>,
}

/// What a write may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Changes {
    /// It adds facts, or takes some back.
    Facts,
    /// It does what the log of facts does not say: somebody is erased, or customers become one.
    Beside,
}

/// That facts are being written, and that those whom they touch are yet to be judged. Taken before the store is written,
/// and let go when all are judged.
pub(crate) struct Writing<'a> {
    app: &'a Workspace,
    number: u64,
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.app.checkpoints.unjudged().marks.remove(&self.number);
    }
}

#[derive(Default)]
struct Kept {
    /// When the last one was finished, and how long writing it took.
    at: Option<(Instant, Duration)>,
    /// How often customers had been placed then, and under which rules.
    placed: u64,
    rules: Weak<Rules>,
}

impl Checkpoints {
    fn unjudged(&self) -> MutexGuard<'_, Unjudged> {
        self.unjudged.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Workspace {
    /// Says that the store is about to be written, and those whom that touches judged.
    pub(crate) fn writing(&self, changes: Changes) -> Writing<'_> {
        let mut unjudged = self.checkpoints.unjudged();
        let number = unjudged.began;
        unjudged.began += 1;
        unjudged.marks.insert(number, (self.store.mark(), changes));
        Writing { app: self, number }
    }

    /// Up to where everything is judged; `None` while something else changes than the log says.
    fn judged_upto(&self) -> Option<Mark> {
        let unjudged = self.checkpoints.unjudged();
        if unjudged.marks.values().any(|(_, changes)| *changes == Changes::Beside) {
            return None;
        }
        Some(unjudged.marks.values().next().map_or_else(|| self.store.mark(), |(mark, _)| *mark))
    }

    /// Writes a checkpoint when it is time, or in any case when the server `ends`.
    fn keep_checkpoint(&self, ends: bool) -> Result<(), StoreError> {
        let mut kept = self.checkpoints.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let placed = self.lane().placed;
        let rules = self.peek().as_ref().map(|live| Arc::downgrade(&live.rules));
        let rules = rules.unwrap_or_default();
        let edited = !kept.rules.ptr_eq(&rules);
        let pause = if edited { AFTER_AN_EDIT } else { AT_MOST_EVERY };
        let early =
            |(at, took): (Instant, Duration)| at.elapsed() < pause.max(took.saturating_mul(SHARE));
        if kept.placed == placed && !edited || !ends && kept.at.is_some_and(early) {
            return Ok(());
        }
        let began = Instant::now();
        match self.write_checkpoint() {
            Ok(true) => {
                *kept = Kept { at: Some((Instant::now(), began.elapsed())), placed, rules };
                Ok(())
            }
            Ok(false) => Ok(()),
            Err(why) => {
                // It is tried again, but not at once: the disk may be full for a while.
                kept.at = Some((Instant::now(), AT_MOST_EVERY / SHARE));
                Err(why)
            }
        }
    }

    /// Whether one was written: not while everybody is judged by new rules, nor while something else changes than the
    /// log says.
    fn write_checkpoint(&self) -> Result<bool, StoreError> {
        let begun = self.store.begin_checkpoint()?;
        // Read first: who becomes one only now is judged anew when this is read.
        let united = self.store.united().pairs().collect();
        let Some(mark) = self.judged_upto() else { return Ok(false) };
        let owed = self.lane().owed.clone();
        let Some((rules, catalogue, week_ago)) = self
            .peek()
            .as_ref()
            .map(|live| (live.rules.clone(), live.catalogue.clone(), live.week_ago.clone()))
        else {
            return Ok(false);
        };
        let head = Head {
            made_by: self.made_by(&catalogue),
            owed: owed.into_iter().collect(),
            united,
            cuts: self.cuts.all(),
            week_ago,
        };
        let mut writer = begun.with_head(&mark, &head.pack())?;
        for page in 0.. {
            let mut bytes = vec![];
            {
                let live = self.peek();
                let same = live.as_ref().filter(|live| Arc::ptr_eq(&live.rules, &rules));
                let Some(live) = same else { return Ok(false) };
                if live.engine.pages() <= page {
                    break;
                }
                push_i64(&mut bytes, self.clock.now().millis());
                live.engine.pack_page(page, &mut bytes);
                pages::pack(live, page, &mut bytes);
            }
            writer.add(bytes)?;
        }
        writer.finish()?;
        Ok(true)
    }

    /// What makes a checkpoint fit: the program, the definitions and the calendar.
    fn made_by(&self, catalogue: &Catalogue) -> Vec<u8> {
        let signs = known_signs::in_force(&catalogue.signs);
        let asked = (program(), catalogue.conditions(), signs, self.calendar.zone_name());
        Sha256::digest(format!("{asked:?}")).to_vec()
    }

    /// The checkpoint there is, if these definitions can make use of it.
    pub(super) fn find_checkpoint(&self, catalogue: &Catalogue) -> Option<Found> {
        let checkpoint = match self.store.checkpoint() {
            Ok(checkpoint) => checkpoint?,
            Err(why) => {
                tracing::warn!(%why, "the checkpoint cannot be read: everybody is judged");
                return None;
            }
        };
        let head =
            Head::read(&checkpoint.head).filter(|head| head.made_by == self.made_by(catalogue))?;
        Some(Found { checkpoint, head })
    }

    /// Puts the live state together; `None` when that cannot be done, and then everybody is to be judged.
    pub(super) fn restore(
        &self,
        found: Found,
        rules: &Arc<Rules>,
        catalogue: &Arc<Catalogue>,
    ) -> Option<Restored> {
        let Found { mut checkpoint, head } = found;
        let given = &rules.plan().what_was_given().cuts;
        let fits = head.week_ago.segments.len() == rules.segments().len()
            && given.iter().all(|(rank, cut)| head.cuts.get(rank) == Some(&Some(*cut)));
        let mut restoring = Restoring::new(rules);
        let (mut cards, mut briefs) = (Cards::default(), HashMap::new());
        loop {
            let piece = match checkpoint.next_piece() {
                _ if !fits => return None,
                Ok(Some(piece)) => piece,
                Ok(None) => break,
                Err(why) => {
                    tracing::warn!(%why, "the checkpoint is damaged: everybody is judged");
                    return None;
                }
            };
            let mut rest = Unpack(&piece);
            let written_at = Timestamp::from_millis(rest.i64()?);
            if self.clock.now() < written_at {
                // The clock was set back: what was true then may not be true yet.
                return None;
            }
            restoring.add(&mut rest)?;
            pages::unpack(&mut rest, &mut cards, &mut briefs)?;
        }
        let united = United::of(
            head.united.iter().map(|(one, other)| vec![CustomerNo(*one), CustomerNo(*other)]),
        );
        let anew = checkpoint.heard_of | head.owed | self.store.united().differing(&united);
        let live = Live {
            named: Named::of(catalogue, rules),
            catalogue: catalogue.clone(),
            rules: rules.clone(),
            engine: restoring.finish(),
            cards,
            briefs,
            week_ago: head.week_ago,
        };
        Some(Restored { live, anew })
    }

    /// Brings everybody up to the instant that `at` says: those of whom something was heard are judged anew, and for the
    /// others time passes. Nothing is told of it.
    pub(super) fn bring_up(
        &self,
        restored: Restored,
        (since, ahead): (Timestamp, impl IntoIterator<Item = u32>),
        at: impl Fn(u32) -> Timestamp,
    ) -> Result<Live, StoreError> {
        let Restored { mut live, anew } = restored;
        tracing::info!(anew = anew.len(), "a checkpoint was found");
        *self.checkpoints.kept.lock().unwrap_or_else(PoisonError::into_inner) = Kept {
            at: Some((Instant::now(), Duration::ZERO)),
            placed: 0,
            rules: Arc::downgrade(&live.rules),
        };
        let anew: Vec<Task<'_>> = anew
            .iter()
            .map(|customer| Task { customer, at: at(customer), cause: Cause::Past })
            .collect();
        for tasks in anew.chunks(AT_ONCE) {
            self.place_silently(&mut live, tasks)?;
        }
        let due = |customer, at| Task { customer, at, cause: Cause::Time };
        loop {
            let lapsed = live.engine.due(since, AT_ONCE);
            if lapsed.is_empty() {
                break;
            }
            let tasks: Vec<Task<'_>> =
                lapsed.into_iter().map(|(at, customer)| due(customer, at)).collect();
            self.place_silently(&mut live, &tasks)?;
        }
        for customer in ahead {
            while let Some(lapse) =
                live.engine.lapses_at(customer).filter(|at_| *at_ <= at(customer))
            {
                self.place_silently(&mut live, &[due(customer, lapse)])?;
            }
        }
        Ok(live)
    }

    fn place_silently(&self, live: &mut Live, tasks: &[Task<'_>]) -> Result<(), StoreError> {
        let state = (&live.engine, &*live.rules);
        let one = |desk: &mut Desk, task: &Task<'_>| {
            self.step(state, task, &mut crate::host::histories::Kept::default(), desk)
        };
        let steps: Result<Vec<Step>, StoreError> =
            tasks.par_iter().map_init(Desk::default, one).collect();
        for step in steps? {
            step.place(live);
        }
        Ok(())
    }
}

/// A checkpoint that fits the definitions.
pub(super) struct Found {
    checkpoint: Checkpoint,
    head: Head,
}

impl Found {
    /// The cuts of ranks that were in force.
    pub(super) fn cuts(&self) -> &BTreeMap<RankKey, Option<Cut>> {
        &self.head.cuts
    }
}

/// The live state as it was kept.
pub(super) struct Restored {
    live: Live,
    /// Who is to be judged anew.
    anew: RoaringBitmap,
}

/// This very program: a checkpoint of another one is not read, since that may judge otherwise.
fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        std::env::current_exe().and_then(fingerprint).unwrap_or_else(|why| {
            tracing::warn!(%why, "this program cannot read itself: no checkpoint is of use");
            // No other process has the same; none may mistake a checkpoint for its own.
            format!("{}-{:?}", std::process::id(), SystemTime::now())
        })
    })
}

/// Length and checksum of a file, read piece by piece: a program can be larger than the memory it is given.
fn fingerprint(path: PathBuf) -> io::Result<String> {
    let (mut file, mut piece) = (File::open(path)?, vec![0; 64 << 10]);
    let (mut length, mut crc) = (0, crc32fast::Hasher::new());
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(format!("{length}-{:08x}", crc.finalize())),
            n => {
                crc.update(&piece[..n]);
                length += n as u64;
            }
        }
    }
}

/// Writes checkpoints until the server stops, and a last one then.
pub(crate) async fn keep(app: App) {
    let mut stop = app.stop.subscribe();
    loop {
        let ends = *stop.borrow_and_update();
        let kept = app.blocking(move |app| Ok(app.keep_checkpoint(ends)?)).await;
        if kept.is_err() {
            tracing::error!("a checkpoint could not be written; the next start takes longer");
        }
        if ends {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
}
