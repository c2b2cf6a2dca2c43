//! Questions over everybody: who is in some conditions at some instants, and when they came and went.
//!
//! ```text
//!   conditions ──▶ Questions ──▶ census   who is in each, at a few instants      (preview, compare, flows)
//!                          └───▶ past     stays over a stretch, counted by day   (backtest, sizes)
//! ```
//! A question reads every history once. It ends early when whoever asked has gone away.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use condition::{Condition, SegmentId};
use facts::{History, HistoryBuilder, Timestamp};
use kernel::{Because, Days, Given, Plan, Scratch, Sizes, Stay, timeline};
use roaring::RoaringBitmap;
use store::{Asked, CustomerNo, StoreError, Watch};

use crate::{
    host::{App, Scope, Workspace},
    http::error::{Answer, ApiError},
};

/// Whether the one who asked has gone away.
pub(crate) struct Gone(Arc<AtomicBool>);

/// Held by a request as long as somebody waits for it: the server drops it with the request when they go.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Conditions to ask of everybody, compiled together with the segments they refer to.
pub(crate) struct Questions {
    plan: Plan,
    asked: usize,
}

/// Who is in what at one instant.
pub(crate) struct Census {
    /// Everybody who is known.
    pub(crate) known: RoaringBitmap,
    /// Who is in each of the questions.
    pub(crate) members: Vec<RoaringBitmap>,
}

/// When customers were in the first of the questions.
pub(crate) struct Past {
    /// By what was known at this instant.
    pub(crate) as_of: Timestamp,
    pub(crate) days: Days,
    pub(crate) sizes: Sizes,
    /// Whoever was in at any time.
    pub(crate) customers: RoaringBitmap,
}

impl Questions {
    /// Questions in this order, over the `others` that are in force.
    pub(crate) fn new(
        asked: Vec<Condition>,
        others: &[(SegmentId, Condition)],
    ) -> Answer<Questions> {
        let n = asked.len();
        let numbered = asked.into_iter().enumerate();
        let named = numbered.map(|(n, one)| (SegmentId::hidden(&format!("question/{n}")), one));
        let signs = signs::built_in().map_err(|why| ApiError::ours("the built-in signs", why))?;
        let (of_signs, given) = engine::given_signs(&signs);
        let all = with_what_they_need(named.collect(), &[others, &of_signs], &given);
        let plan = Plan::given(all, given)
            .map_err(|faults| ApiError::ours("a question's plan", format!("{faults:?}")))?;
        Ok(Questions { plan, asked: n })
    }

    /// What is asked, by which two questions can be told apart.
    pub(crate) fn conditions(&self) -> &[(SegmentId, Condition)] {
        self.plan.segments()
    }

    /// Why a customer is in a question's condition or not.
    pub(crate) fn explain(
        &self,
        n: usize,
        history: &History,
        now: Timestamp,
        app: &App,
    ) -> Because {
        self.plan.explain(n, history, now, &app.calendar)
    }

    /// How many are asked.
    pub(crate) fn n(&self) -> usize {
        self.asked
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }
}

/// These, and of the others those they refer to, however far, also through signs.
fn with_what_they_need(
    mut all: Vec<(SegmentId, Condition)>,
    others: &[&[(SegmentId, Condition)]],
    given: &Given,
) -> Vec<(SegmentId, Condition)> {
    let mut next = 0;
    while let Some((_, condition)) = all.get(next) {
        let wanted: Vec<SegmentId> = given.needed_by(condition).into_iter().cloned().collect();
        for id in wanted {
            if all.iter().all(|(known, _)| *known != id) {
                let mut others = others.iter().copied().flatten();
                all.extend(others.find(|(known, _)| *known == id).cloned());
            }
        }
        next += 1;
    }
    all
}

impl Workspace {
    /// Runs a question off the threads that answer requests, a few at once. When the request is dropped, the question
    /// is told and ends early.
    pub(crate) async fn ask<T: Send + 'static>(
        self: &App,
        question: impl FnOnce(&App, &Gone) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        let gone = Arc::new(AtomicBool::new(false));
        let _waiting = Waiting(gone.clone());
        let _turn = self.scans.acquire().await;
        self.blocking(move |app| question(app, &Gone(gone))).await
    }

    /// Who is in the questions at some instants, of the customers in scope: at each instant so many of the first
    /// questions are asked. The instants rise.
    pub(crate) fn census(
        &self,
        questions: &Questions,
        asked: &[(Timestamp, usize)],
        scope: &Scope,
        gone: &Gone,
    ) -> Answer<Vec<Census>> {
        let asked: Vec<Asked<'_>> = asked
            .iter()
            .map(|(at, n)| Asked {
                plan: &questions.plan,
                segments: (0..*n).collect(),
                at: *at,
                calendar: &self.calendar,
            })
            .collect();
        let found =
            self.unless_gone(gone, |threads, watch| self.store.members(&asked, threads, watch))?;
        let within = |one: RoaringBitmap| scope.of(&one);
        let census = found.into_iter().map(|found| Census {
            known: within(found.known),
            members: found.of.into_iter().map(within).collect(),
        });
        Ok(census.collect())
    }

    /// When the customers in scope were in the first question, over some days.
    pub(crate) fn past(
        &self,
        questions: &Questions,
        days: Days,
        (scope, now): (&Scope, Timestamp),
        gone: &Gone,
    ) -> Answer<Past> {
        let begin = || (Scratch::default(), Sizes::new(&days), RoaringBitmap::new());
        let pieces =
            self.over_everybody(gone, begin, |(scratch, sizes, customers), customer, history| {
                if !scope.contains(customer) {
                    return;
                }
                let stays = self.stays(questions, &days, history, scratch);
                if !stays.is_empty() {
                    customers.insert(customer);
                    sizes.add(&days, &stays);
                }
            })?;
        let (mut sizes, mut customers) = (Sizes::new(&days), RoaringBitmap::new());
        for (_, some, who) in pieces {
            sizes.merge(&some);
            customers |= who;
        }
        Ok(Past { as_of: now, days, sizes, customers })
    }

    fn stays(
        &self,
        questions: &Questions,
        days: &Days,
        history: &History,
        scratch: &mut Scratch,
    ) -> Vec<Stay> {
        timeline(&questions.plan, 0, history, &self.calendar, days.stretch(), scratch)
    }

    /// When one customer was in the first question, over some days. Blocks on the disk.
    pub(crate) fn stays_of(
        &self,
        questions: &Questions,
        days: &Days,
        customer: u32,
    ) -> Answer<Vec<Stay>> {
        let mut builder = HistoryBuilder::new();
        self.store.history(CustomerNo(customer), &mut builder)?;
        Ok(self.stays(questions, days, builder.finish(), &mut Scratch::default()))
    }

    /// Goes through every history in several threads, until done or nobody waits any more.
    fn over_everybody<T: Send>(
        &self,
        gone: &Gone,
        begin: impl Fn() -> T + Sync,
        each: impl Fn(&mut T, u32, &History) + Sync,
    ) -> Answer<Vec<T>> {
        self.unless_gone(gone, |threads, watch| {
            self.store.scan(threads, watch, &begin, |t, no, history| {
                // The store looks up only now and then, and a hard question takes long with each.
                if !gone.0.load(Ordering::Relaxed) {
                    each(t, no.0, history);
                }
            })
        })
    }

    /// Asks the store on all cores, until done or nobody waits any more.
    fn unless_gone<T>(
        &self,
        gone: &Gone,
        ask: impl FnOnce(usize, &Watch<'_>) -> Result<T, StoreError>,
    ) -> Answer<T> {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let watch = Watch { progress: None, cancel: Some(&gone.0) };
        tracing::debug!("everybody is asked");
        match ask(threads, &watch) {
            Ok(_) if gone.0.load(Ordering::Relaxed) => Err(given_up()),
            Err(StoreError::Cancelled) => Err(given_up()),
            found => Ok(found?),
        }
    }
}

/// Nobody reads this answer: they have gone away.
fn given_up() -> ApiError {
    tracing::info!("a question is given up: nobody waits for it any more");
    ApiError::conflict("質問は取り消されました", "the question was taken back")
}
