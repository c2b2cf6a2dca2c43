//! Questions over everybody: who is in some conditions at some instants, and when they came and went.
//!
//! ```text
//!   conditions ──▶ Questions ──▶ census   who is in each, at a few instants      (preview, compare, flows)
//!                          └───▶ past     stays over a stretch, counted by day   (backtest, sizes)
//! ```
//! A census asks the columns, of which it reads only the parts that matter; stays are walked in histories, each read
//! once. Both end early when whoever asked has gone away.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use condition::{Condition, SegmentId};
use facts::{History, HistoryBuilder, Timestamp};
use kernel::{Days, Given, Plan, Scratch, Sizes, Stay, StrengthOf, timeline};
use roaring::RoaringBitmap;
use store::{Asked, CustomerNo, StoreError, Watch};

use crate::{
    host::{App, Live, Scope, Workspace},
    http::error::{Answer, ApiError},
};

/// Whether the one who asked has gone away.
#[derive(Default)]
pub(crate) struct Gone(Arc<AtomicBool>);

impl Gone {
    /// Gone as soon as a flag goes up.
    pub(crate) fn by(flag: Arc<AtomicBool>) -> Gone {
        Gone(flag)
    }

    /// The flag itself.
    pub(crate) fn flag(&self) -> &AtomicBool {
        &self.0
    }
}

/// Held by a request as long as somebody waits for it: the server drops it with the request when they go.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Conditions to ask of everybody, compiled together with what they refer to.
pub(crate) struct Questions {
    plan: Plan,
    asked: usize,
}

/// What questions may refer to: segments, and the signs whose strength is a score.
#[derive(Clone)]
pub(crate) struct Background {
    segments: Vec<(SegmentId, Condition)>,
    /// The conditions that signs are made of.
    hidden: Vec<(SegmentId, Condition)>,
    strengths: BTreeMap<String, StrengthOf>,
}

impl Background {
    /// The segments and signs in force.
    pub(crate) fn of(live: &Live) -> Background {
        let rules = &live.rules;
        let segments = rules.segments().to_vec();
        Background {
            hidden: rules.plan().segments()[segments.len()..].to_vec(),
            strengths: rules.plan().what_was_given().strengths.clone(),
            segments,
        }
    }

    /// The segments.
    pub(crate) fn segments(&self) -> &[(SegmentId, Condition)] {
        &self.segments
    }

    /// The names of the signs in force.
    pub(crate) fn signs(&self) -> Vec<String> {
        self.strengths.keys().cloned().collect()
    }

    /// All that conditions may refer to: the segments and what signs are made of, and how strong each sign is.
    pub(crate) fn all(self) -> (Vec<(SegmentId, Condition)>, BTreeMap<String, StrengthOf>) {
        (self.segments.into_iter().chain(self.hidden).collect(), self.strengths)
    }

    /// The same with some segments defined otherwise.
    pub(crate) fn with(&self, others: Vec<(SegmentId, Condition)>) -> Background {
        let mut segments = self.segments.clone();
        segments.retain(|(id, _)| others.iter().all(|(other, _)| other != id));
        segments.extend(others);
        Background { segments, ..self.clone() }
    }

    /// These, and of what stands here all they refer to, however far; and the strengths they ask for.
    fn with_what_they_need(
        &self,
        mut all: Vec<(SegmentId, Condition)>,
    ) -> (Vec<(SegmentId, Condition)>, BTreeMap<String, StrengthOf>) {
        let mut strengths = BTreeMap::new();
        let mut next = 0;
        while let Some((_, condition)) = all.get(next) {
            let mut wanted: Vec<SegmentId> = condition.segments().into_iter().cloned().collect();
            for sign in condition.scores() {
                if let Some(strength) = self.strengths.get(sign) {
                    wanted.extend(strength.requires.clone());
                    wanted.extend(strength.parts.iter().map(|(_, part)| part.clone()));
                    strengths.insert(sign.to_owned(), strength.clone());
                }
            }
            for id in wanted {
                if all.iter().all(|(known, _)| *known != id) {
                    let mut here = self.segments.iter().chain(&self.hidden);
                    all.extend(here.find(|(known, _)| *known == id).cloned());
                }
            }
            next += 1;
        }
        (all, strengths)
    }
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
    /// Questions in this order. Ranks hold for nobody until their cuts are taken, see [`Workspace::ready`].
    pub(crate) fn new(asked: Vec<Condition>, background: &Background) -> Answer<Questions> {
        let n = asked.len();
        let numbered = asked.into_iter().enumerate();
        let named = numbered.map(|(n, one)| (SegmentId::hidden(&format!("question/{n}")), one));
        let (all, strengths) = background.with_what_they_need(named.collect());
        let plan = compiled(all, Given { strengths, cuts: BTreeMap::new() })?;
        Ok(Questions { plan, asked: n })
    }

    /// What is asked, by which two questions can be told apart.
    pub(crate) fn conditions(&self) -> &[(SegmentId, Condition)] {
        self.plan.segments()
    }

    /// The numbers of all that are asked.
    pub(crate) fn all(&self) -> Vec<usize> {
        (0..self.asked).collect()
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }
}

fn compiled(segments: Vec<(SegmentId, Condition)>, given: Given) -> Answer<Plan> {
    Plan::given(segments, given)
        .map_err(|faults| ApiError::ours("a question's plan", format!("{faults:?}")))
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

    /// The questions with the cuts of all ranks they ask for.
    pub(crate) fn ready(
        &self,
        questions: Questions,
        at: Timestamp,
        gone: &Gone,
    ) -> Answer<Questions> {
        if questions.plan.ranks().is_empty() {
            return Ok(questions);
        }
        let Questions { plan, asked } = questions;
        let make = |cuts| {
            let strengths = plan.what_was_given().strengths.clone();
            compiled(plan.segments().to_vec(), Given { strengths, cuts })
        };
        let plan = self.with_cuts(make, |plan| plan, at, gone)?;
        Ok(Questions { plan, asked })
    }

    /// Who is in questions at some instants, of the customers in scope: at each instant those with the given numbers.
    pub(crate) fn census(
        &self,
        questions: &Questions,
        asked: &[(Timestamp, Vec<usize>)],
        scope: &Scope,
        gone: &Gone,
    ) -> Answer<Vec<Census>> {
        let asked: Vec<Asked<'_>> = asked
            .iter()
            .map(|(at, numbers)| Asked {
                plan: &questions.plan,
                segments: numbers.clone(),
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

    /// How many are in each of some segments of a plan at an instant.
    pub(crate) fn sizes_at(
        &self,
        plan: &Plan,
        segments: Vec<usize>,
        at: Timestamp,
        gone: &Gone,
    ) -> Answer<Vec<u64>> {
        let asked = [Asked { plan, segments, at, calendar: &self.calendar }];
        let found =
            self.unless_gone(gone, |threads, watch| self.store.members(&asked, threads, watch))?;
        Ok(found.iter().flat_map(|found| &found.of).map(RoaringBitmap::len).collect())
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
    pub(crate) fn over_everybody<T: Send>(
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
