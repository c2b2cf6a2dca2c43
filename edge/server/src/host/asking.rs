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
use kernel::{Because, Days, Plan, Scratch, Sizes, Stay, timeline};
use roaring::RoaringBitmap;
use store::{CustomerNo, StoreError, Watch};

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
        let plan = Plan::new(with_what_they_need(named.collect(), others))
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

/// These, and of the others those they refer to, however far.
fn with_what_they_need(
    mut all: Vec<(SegmentId, Condition)>,
    others: &[(SegmentId, Condition)],
) -> Vec<(SegmentId, Condition)> {
    let mut next = 0;
    while let Some((_, condition)) = all.get(next) {
        let wanted: Vec<SegmentId> = condition.segments().into_iter().cloned().collect();
        for id in wanted {
            if all.iter().all(|(known, _)| *known != id) {
                all.extend(others.iter().find(|(known, _)| *known == id).cloned());
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
        let nobody = |n: usize| Census {
            known: RoaringBitmap::new(),
            members: vec![RoaringBitmap::new(); n],
        };
        let nobody = || asked.iter().map(|(_, n)| nobody(*n)).collect::<Vec<Census>>();
        let begin = || (Scratch::default(), nobody());
        let pieces = self.over_everybody(gone, begin, |(scratch, census), customer, history| {
            if scope.contains(customer) {
                self.count(questions, asked, (customer, history), scratch, census);
            }
        })?;
        let mut all = nobody();
        for (_, piece) in pieces {
            for (all, some) in all.iter_mut().zip(piece) {
                all.known |= some.known;
                all.members.iter_mut().zip(some.members).for_each(|(all, some)| *all |= some);
            }
        }
        Ok(all)
    }

    fn count(
        &self,
        questions: &Questions,
        asked: &[(Timestamp, usize)],
        (customer, history): (u32, &History),
        scratch: &mut Scratch,
        census: &mut [Census],
    ) {
        let (plan, calendar) = (&questions.plan, &self.calendar);
        let mut readings = vec![];
        for ((at, n), census) in asked.iter().zip(census) {
            if history.known_since().is_none_or(|since| *at < since) {
                readings.clear();
                continue;
            }
            census.known.insert(customer);
            if readings.is_empty() && *n == questions.asked {
                // All at once, so that equal parts are asked once.
                readings = plan.evaluate(history, *at, calendar, scratch).to_vec();
            }
            readings.truncate(*n);
            for question in 0..*n {
                let known = readings.get(question).copied();
                let reading = match known.filter(|r| r.holds_until.is_none_or(|until| *at < until))
                {
                    Some(reading) => reading,
                    None => plan.evaluate_one(question, history, *at, calendar, scratch),
                };
                match readings.get_mut(question) {
                    Some(kept) => *kept = reading,
                    None => readings.push(reading),
                }
                if reading.value {
                    census.members[question].insert(customer);
                }
            }
        }
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
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let watch = Watch { progress: None, cancel: Some(&gone.0) };
        tracing::debug!("everybody is asked");
        let scanned = self.store.scan(threads, &watch, begin, |t, no, history| {
            // The store looks up only now and then, and a hard question takes long with each.
            if !gone.0.load(Ordering::Relaxed) {
                each(t, no.0, history);
            }
        });
        match scanned {
            Ok(_) if gone.0.load(Ordering::Relaxed) => Err(given_up()),
            Err(StoreError::Cancelled) => Err(given_up()),
            scanned => Ok(scanned?),
        }
    }
}

/// Nobody reads this answer: they have gone away.
fn given_up() -> ApiError {
    tracing::info!("a question is given up: nobody waits for it any more");
    ApiError::conflict("質問は取り消されました", "the question was taken back")
}
