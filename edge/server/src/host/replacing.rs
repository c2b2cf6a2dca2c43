//! Judging everyone by a new set of definitions, beside the old one, and then putting it in its place at once.

use std::{
    collections::{BTreeSet, HashMap},
    convert::Infallible,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use engine::{Answers, Engine, Handover, Rules, Wanted, What};
use facts::Timestamp;
use rayon::prelude::*;
use roaring::RoaringBitmap;
use store::{Asked, CustomerNo, Progress, StoreError, Watch};

use crate::{
    host::{
        App, Live, WeekAgo, Workspace,
        asking::Gone,
        cards::Cards,
        catalogue::Catalogue,
        checkpoint::Found,
        histories::Kept,
        judging::{Cause, Desk, Step, Task},
        known_signs,
        news::{Changed, News},
        telling::Named,
    },
    http::error::{Answer, ApiError},
};

/// How far the first judging of everyone is.
#[derive(Debug, Default)]
pub(crate) struct Starting {
    done: AtomicU64,
    total: AtomicU64,
}

impl Starting {
    /// Customers judged, and customers there are.
    pub(crate) fn far(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}

/// So many customers are decided in a thread before they are placed.
const AT_ONCE: usize = 256;

/// What one thread found, on its way into the state that all threads fill.
struct Piece<'a, T: Send> {
    found: Vec<T>,
    desk: Desk,
    /// Takes over what was found.
    hand_in: &'a (dyn Fn(&mut Vec<T>) + Sync),
}

impl<T: Send> Piece<'_, T> {
    fn add(&mut self, one: T) {
        self.found.push(one);
        if AT_ONCE <= self.found.len() {
            (self.hand_in)(&mut self.found);
        }
    }
}

impl Workspace {
    /// Holds edits of definitions apart.
    pub(crate) async fn edit(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.editing.lock().await
    }

    /// Reads the definitions and judges everyone by them. The caller holds [`Workspace::edit`].
    pub(crate) async fn replace(self: &App) -> Answer<()> {
        let catalogue = Catalogue::read(&self.registry).await?;
        self.blocking(move |app| app.replace_by(catalogue)).await
    }

    fn replace_by(self: &App, catalogue: Catalogue) -> Answer<()> {
        let signs = known_signs::in_force(&catalogue.signs);
        let older = self.peek().as_ref().map(|live| live.rules.clone());
        let found = if older.is_none() { self.find_checkpoint(&catalogue) } else { None };
        self.forget_cuts();
        if let Some(found) = &found {
            self.cuts.recall(found.cuts(), self.clock.now());
        }
        let make = |cuts| {
            let (conditions, signs) = (catalogue.conditions(), signs.clone());
            Rules::with_cuts(conditions, signs, cuts, self.calendar.clone())
                .map_err(|faults| ApiError::ours("the definitions", format!("{faults:?}")))
        };
        let rules = self.with_cuts(make, Rules::plan, self.clock.now(), &Gone::default())?;
        let rules = Arc::new(rules);
        match older {
            Some(older) => self.move_to(&older, rules, catalogue)?,
            None => self.begin_with(rules, Arc::new(catalogue), found)?,
        }
        self.tell(News::Changed(Changed::everything()));
        self.bell.notify_one();
        Ok(())
    }

    /// Begins with what was kept, or by judging everyone.
    fn begin_with(
        self: &App,
        rules: Arc<Rules>,
        catalogue: Arc<Catalogue>,
        found: Option<Found>,
    ) -> Answer<()> {
        self.lane().touched.get_or_insert_with(BTreeSet::new);
        let now = self.clock.now();
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner).take();
        // As of when each customer is judged: up to when all was told. Time passes from there.
        let since = told.as_ref().map_or(now, |told| told.until.min(now));
        let ahead = told.as_ref().map(|told| &told.ahead);
        let judged_at = |number: u32| match ahead.and_then(|ahead| ahead.get(&number)) {
            Some(later) => since.max(*later).min(now),
            None => since,
        };
        let live = match found.and_then(|found| self.restore(found, &rules, &catalogue)) {
            Some(restored) => {
                let ahead = ahead.into_iter().flat_map(|ahead| ahead.keys().copied());
                self.bring_up(restored, (since, ahead), judged_at)?
            }
            None => self.judge_everyone((rules, catalogue), now, judged_at)?,
        };
        let mut lane = self.lane();
        let touched = lane.touched.take().unwrap_or_default();
        lane.owed.extend(touched);
        match &told {
            None => self.begin_telling(&live, now)?,
            Some(told) => self.tell_missing(&live, told, judged_at),
        }
        *self.live_mut() = Some(live);
        Ok(())
    }

    /// Judges everyone, each as of the instant that `at` says.
    fn judge_everyone(
        self: &App,
        (rules, catalogue): (Arc<Rules>, Arc<Catalogue>),
        now: Timestamp,
        at: impl Fn(u32) -> Timestamp + Sync,
    ) -> Answer<Live> {
        let week_ago = self.week_before((&rules, now), (0..rules.segments().len()).collect())?;
        let nobody_yet = Engine::new(&rules);
        let live = Mutex::new(Live {
            named: Named::of(&catalogue, &rules),
            engine: Engine::new(&rules),
            catalogue,
            rules: rules.clone(),
            cards: Cards::default(),
            briefs: HashMap::new(),
            week_ago: Arc::new(WeekAgo { segments: week_ago, computed_at: now }),
        });
        let place = |steps: &mut Vec<Step>| {
            let mut live = live.lock().unwrap_or_else(PoisonError::into_inner);
            for step in steps.drain(..) {
                step.place(&mut live);
            }
        };
        self.scan_pieces(&place, |piece: &mut Piece<'_, Step>, number, history| {
            let answers = rules.ask_with_since(history, at(number), &mut piece.desk.scratch);
            let key = || self.key_text(number);
            let state = (&nobody_yet, &*rules);
            let who = (number, key);
            let desk = &mut piece.desk;
            let Ok(step) =
                Step::decide(state, who, || Ok::<_, Infallible>(history), &answers, None, desk);
            piece.add(step);
        })?;
        Ok(live.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Moves from older rules to newer ones: only what the newer ones ask anew is asked of everyone.
    fn move_to(self: &App, older: &Rules, rules: Arc<Rules>, catalogue: Catalogue) -> Answer<()> {
        let handover = Handover::new(older, &rules);
        let at = self.clock.now();
        let (moving, mut week_ago) = {
            let mut lane = self.lane();
            lane.touched.get_or_insert_with(BTreeSet::new);
            let live = self.peek();
            let live = live.as_ref().ok_or_else(ApiError::starting)?;
            let week_ago: Vec<RoaringBitmap> = (0..rules.segments().len())
                .map(|n| handover.same_segment(n).map(|same| live.week_ago.segments[same].clone()))
                .map(Option::unwrap_or_default)
                .collect();
            let computed_at = live.week_ago.computed_at;
            let moving = live.engine.begin_move(&rules, &handover);
            (Mutex::new(moving), WeekAgo { segments: week_ago, computed_at })
        };
        let changed: Vec<usize> = handover.changed_segments().collect();
        let fresh = handover.fresh();
        if !changed.is_empty() || fresh != Wanted::nothing() {
            let fill = |found: &mut Vec<(u32, Answers)>| {
                let mut moving = moving.lock().unwrap_or_else(PoisonError::into_inner);
                for (number, answers) in found.drain(..) {
                    moving.fill(&handover, number, &answers);
                }
            };
            let before = self.week_before((&rules, week_ago.computed_at), changed.clone())?;
            self.scan_pieces(&fill, |piece: &mut Piece<'_, (u32, Answers)>, number, history| {
                let answers = rules.ask(history, at, &fresh, &mut piece.desk.scratch);
                piece.add((number, answers));
            })?;
            for (segment, members) in changed.iter().zip(before) {
                week_ago.segments[*segment] = members;
            }
        }
        let moving = moving.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut engine = moving.arrive(&rules, &handover, at);
        let mut lane = self.lane();
        let touched = lane.touched.take().unwrap_or_default();
        let steps = self.decide_anew((&engine, &rules), touched)?;
        let mut guard = self.live_mut();
        let live = guard.as_mut().ok_or_else(ApiError::starting)?;
        std::mem::swap(&mut live.engine, &mut engine);
        let named = Named::of(&catalogue, &rules);
        let before = std::mem::replace(&mut live.named, named);
        live.rules = rules;
        lane.histories.forget_traces();
        live.catalogue = Arc::new(catalogue);
        live.week_ago = Arc::new(week_ago);
        for step in steps {
            step.place(live);
        }
        drop(guard);
        if let Some(live) = self.peek().as_ref() {
            let same = |what| match what {
                What::Segment(segment) => handover.is_same(segment as usize),
                What::Sign(sign) => handover.has_sign(sign as usize),
            };
            self.tell_edit((&before, &engine), live, same, self.clock.now());
        }
        Ok(())
    }

    /// Everything anew of customers who were placed while everyone was judged, for whoever holds the lane.
    fn decide_anew(
        &self,
        state: (&Engine, &Rules),
        customers: BTreeSet<u32>,
    ) -> Result<Vec<Step>, StoreError> {
        let at = self.clock.now();
        let one = |desk: &mut Desk, customer: u32| {
            let mut kept = Kept::of(self.read_history(customer)?);
            self.step(state, &Task { customer, at, cause: Cause::Anything }, &mut kept, desk)
        };
        customers.into_par_iter().map_init(Desk::default, one).collect()
    }

    /// Goes through every history, handing in what `each` finds.
    fn scan_pieces<T: Send>(
        &self,
        hand_in: &(dyn Fn(&mut Vec<T>) + Sync),
        each: impl Fn(&mut Piece<'_, T>, u32, &facts::History) + Sync,
    ) -> Answer<()> {
        let begin = || Piece { found: vec![], desk: Desk::default(), hand_in };
        let pieces = self.each_history(begin, |piece, number, history| {
            each(piece, number.0, history);
        })?;
        for mut piece in pieces {
            hand_in(&mut piece.found);
        }
        Ok(())
    }

    /// Who was in some segments seven days before an instant, by what is known now.
    fn week_before(
        &self,
        (rules, at): (&Rules, Timestamp),
        segments: Vec<usize>,
    ) -> Answer<Vec<RoaringBitmap>> {
        let (plan, calendar) = (rules.plan(), rules.calendar());
        let asked = Asked { plan, segments, at: at.minus(7 * Timestamp::DAY), calendar };
        let found = self.store.members(&[asked], threads(), &Watch::NONE)?;
        Ok(found.into_iter().flat_map(|found| found.of).collect())
    }

    /// Goes through every history in several threads; start-up shows how far it is.
    pub(crate) fn each_history<T: Send>(
        &self,
        begin: impl Fn() -> T + Sync,
        each: impl Fn(&mut T, CustomerNo, &facts::History) + Sync,
    ) -> Answer<Vec<T>> {
        self.starting.total.store(self.store.customers_n(), Ordering::Relaxed);
        let far = |progress: Progress| self.starting.done.store(progress.done, Ordering::Relaxed);
        let watch = Watch { progress: Some(&far), cancel: None };
        Ok(self.store.scan(threads(), &watch, begin, each)?)
    }

    /// Finds out anew who was in each segment seven days ago, when that has grown old.
    pub(crate) fn refresh_week_ago(&self) -> Answer<()> {
        const GROWS_OLD: i64 = 6 * Timestamp::HOUR;
        let at = self.clock.now();
        let rules = match self.peek().as_ref() {
            Some(live) if GROWS_OLD <= at.since(live.week_ago.computed_at) => live.rules.clone(),
            _ => return Ok(()),
        };
        let segments = self.week_before((&rules, at), (0..rules.segments().len()).collect())?;
        if let Some(live) = self.live_mut().as_mut()
            && Arc::ptr_eq(&live.rules, &rules)
        {
            live.week_ago = Arc::new(WeekAgo { segments, computed_at: at });
        }
        Ok(())
    }
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}
