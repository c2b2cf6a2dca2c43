//! The four ways to ask who is in: live, batch, preview and backtest. All must answer alike.
//!
//! A driver is told facts in the order in which they were received, and is asked at instants in order of time. It sees
//! what had been received by then.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};

use ::columns::{Block, BlockBuilder};
use condition::{Condition, SegmentId};
use facts::{Calendar, CustomerKey, Fact, History, HistoryBuilder, Stamp, Timestamp};
use kernel::{Asking, Batch, Cut, Mask, Plan, RankKey, Scratch};
use signs::Sign;

use super::live_host::LiveHost;

/// A fact and when we received it.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) fact: Fact,
    pub(crate) received: Timestamp,
}

/// Segments, and everything told of some customers.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) segments: Vec<(SegmentId, Condition)>,
    /// Signs whose strength may be asked for.
    pub(crate) signs: Vec<Sign>,
    /// Where ranks are cut.
    pub(crate) cuts: BTreeMap<RankKey, Cut>,
    pub(crate) calendar: Calendar,
    pub(crate) told: Vec<Told>,
}

/// Who is in which segment when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question {
    pub(crate) at: Timestamp,
    pub(crate) segment: usize,
}

pub(crate) type Members = BTreeSet<CustomerKey>;

/// A way to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Driver {
    Live,
    Batch,
    Preview,
    Backtest,
}

impl Driver {
    pub(crate) const ALL: [Driver; 4] =
        [Driver::Live, Driver::Batch, Driver::Preview, Driver::Backtest];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Driver::Live => "live",
            Driver::Batch => "batch",
            Driver::Preview => "preview",
            Driver::Backtest => "backtest",
        }
    }

    /// The answers to questions, in their order.
    ///
    /// # Errors
    /// Why the segments make no plan.
    pub(crate) fn ask(self, world: &World, asked: &[Question]) -> Result<Vec<Members>, String> {
        match self {
            Driver::Live => world.live(asked),
            Driver::Batch => world.batch(asked),
            Driver::Preview => world.preview(asked),
            Driver::Backtest => world.backtest(asked),
        }
    }
}

impl World {
    /// Puts what was told in order of receipt and lets the same id of a customer count once, the first one.
    pub(crate) fn new(
        segments: Vec<(SegmentId, Condition)>,
        calendar: Calendar,
        mut told: Vec<Told>,
    ) -> World {
        told.sort_by_key(|told| told.received);
        let mut seen = BTreeSet::new();
        told.retain(|told| match &told.fact.id {
            Some(id) => seen.insert((told.fact.customer.clone(), id.clone())),
            None => true,
        });
        World { segments, signs: vec![], cuts: BTreeMap::new(), calendar, told }
    }

    /// Everybody anything was ever told of.
    pub(crate) fn everybody(&self) -> Members {
        self.told.iter().map(|told| told.fact.customer.clone()).collect()
    }

    /// A customer's facts received by `now`, in order of receipt.
    pub(crate) fn told_of(&self, customer: &CustomerKey, now: Timestamp) -> Vec<&Told> {
        let heard = |told: &&Told| told.received <= now && told.fact.customer == *customer;
        self.told.iter().filter(heard).collect()
    }

    /// A customer's history as it is known at `now`.
    pub(crate) fn history(&self, customer: &CustomerKey, now: Timestamp) -> History {
        let mut builder = HistoryBuilder::new();
        for (seq, told) in (0..).zip(self.told_of(customer, now)) {
            let stamp = Stamp { at: told.fact.at, known: told.received, seq, batch: 0 };
            builder.learn(&told.fact, stamp);
        }
        builder.into_history()
    }

    /// Everybody side by side in columns, as a scan of the store gives them.
    fn batch(&self, asked: &[Question]) -> Result<Vec<Members>, String> {
        let plan = self.plan(self.segments.clone())?;
        let everybody: Vec<CustomerKey> = self.everybody().into_iter().collect();
        let mut answers = vec![];
        for question in asked {
            let batch = Batch::new(&plan, [question.segment], question.at, &self.calendar);
            let mut asking = batch.asking();
            let mut members = Members::new();
            for some in everybody.chunks(::columns::LANES) {
                let histories: Vec<History> =
                    some.iter().map(|customer| self.history(customer, question.at)).collect();
                for lane in in_columns(&batch, &mut asking, &histories)[0].lanes() {
                    members.insert(some[lane].clone());
                }
            }
            answers.push(members);
        }
        Ok(answers)
    }

    /// A plan of one definition and of those it refers to, however far.
    fn preview(&self, asked: &[Question]) -> Result<Vec<Members>, String> {
        let everybody = self.everybody();
        let mut scratch = Scratch::default();
        let mut answers = vec![];
        for question in asked {
            let plan = self.plan(self.needed_by(question.segment))?;
            let is_in = |customer: &&CustomerKey| {
                let history = self.history(customer, question.at);
                plan.evaluate_one(0, &history, question.at, &self.calendar, &mut scratch).value
            };
            answers.push(everybody.iter().filter(is_in).cloned().collect());
        }
        Ok(answers)
    }

    fn needed_by(&self, segment: usize) -> Vec<(SegmentId, Condition)> {
        let mut needed = vec![self.segments[segment].clone()];
        let mut next = 0;
        let of_signs = self.signs.iter().flat_map(|sign| &sign.parts);
        let mut missing: Vec<SegmentId> =
            of_signs.flat_map(|part| part.condition.segments()).cloned().collect();
        while let Some((_, condition)) = needed.get(next) {
            missing.extend(condition.segments().into_iter().cloned());
            for id in missing.drain(..) {
                if needed.iter().all(|(known, _)| *known != id) {
                    needed.extend(self.segments.iter().find(|(known, _)| *known == id).cloned());
                }
            }
            next += 1;
        }
        needed
    }

    /// Stays from before anything happened up to the instant of the question.
    fn backtest(&self, asked: &[Question]) -> Result<Vec<Members>, String> {
        let plan = self.plan(self.segments.clone())?;
        let everybody = self.everybody();
        let mut scratch = Scratch::default();
        let mut answers = vec![];
        for question in asked {
            let mut members = Members::new();
            for customer in &everybody {
                let history = self.history(customer, question.at);
                let begin = self.begin().min(question.at);
                let stretch = (begin, question.at);
                let stays = kernel::timeline(
                    &plan,
                    question.segment,
                    &history,
                    &self.calendar,
                    stretch,
                    &mut scratch,
                );
                if stays.last().is_some_and(|stay| stay.left.is_none()) {
                    members.insert(customer.clone());
                }
            }
            answers.push(members);
        }
        Ok(answers)
    }

    fn begin(&self) -> Timestamp {
        let first = self.told.iter().map(|told| told.fact.at.min(told.received)).min();
        first.unwrap_or(Timestamp::MIN).minus(1)
    }

    /// Facts are fed as they are received, timers fire when they are due, and membership is looked up.
    fn live(&self, asked: &[Question]) -> Result<Vec<Members>, String> {
        let mut host = LiveHost::new(self, self.segments.clone())?;
        let mut order: Vec<usize> = (0..asked.len()).collect();
        order.sort_by_key(|place| asked[*place].at);
        let mut answers = BTreeMap::new();
        for place in order {
            host.pass_time(asked[place].at);
            answers.insert(place, host.members(asked[place].segment));
        }
        Ok(answers.into_values().collect())
    }
}

/// Who is in each segment of a batch, by the places of the histories.
pub(crate) fn in_columns(
    batch: &Batch<'_>,
    asking: &mut Asking<'_, '_>,
    histories: &[History],
) -> Vec<Mask> {
    let mut builder = BlockBuilder::new();
    for (lane, history) in histories.iter().enumerate() {
        builder.add(lane, history);
    }
    let parts = builder.finish();
    let wanted = parts.iter().filter(|(part, _)| batch.wants(part));
    let block = Block::read(0, wanted.map(|(part, bytes)| (part, bytes.as_slice())))
        .expect("what was written a moment ago can be read");
    let history = |lane: usize| Ok::<History, Infallible>(histories[lane].clone());
    let Ok(masks) = asking.ask(&block, history);
    masks.to_vec()
}

impl World {
    /// A plan of some of the segments, with the signs and cuts of this world.
    ///
    /// # Errors
    /// Why they make no plan.
    pub(crate) fn plan(&self, mut segments: Vec<(SegmentId, Condition)>) -> Result<Plan, String> {
        let (parts, mut given) = engine::given_signs(&self.signs);
        segments.extend(parts);
        given.cuts = self.cuts.clone();
        Plan::given(segments, given)
            .map_err(|faults| format!("the segments make no plan: {faults:?}"))
    }
}
