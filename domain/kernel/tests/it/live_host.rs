//! A small host of the live engine, as tests and `cargo xtask cases` drive it.

use std::collections::BTreeSet;

use condition::{Condition, SegmentId};
use engine::{Change, Engine, Look, Rules, Sheet, Wanted};
use facts::{CustomerKey, History, Stamp, Timestamp};
use kernel::{Scratch, Trace, Working};

use super::drivers::{Members, World};

/// The loop around the engine: it owns the clock, and the histories, which grow in memory.
pub(crate) struct LiveHost<'a> {
    pub(crate) rules: Rules,
    pub(crate) engine: Engine,
    pub(crate) world: &'a World,
    everybody: Vec<CustomerKey>,
    pub(crate) histories: Vec<History>,
    /// What the questions look at of those histories; grows beside them.
    pub(crate) traces: Vec<Trace>,
    fed: usize,
    pub(crate) scratch: Scratch,
    working: Working,
    /// Everything that was told of segments.
    pub(crate) changes: Vec<Change>,
    /// How many questions were asked for facts of known customers, and how many there were to ask.
    pub(crate) asked: (usize, usize),
    /// How many questions a trace could not answer.
    pub(crate) of_histories: usize,
    /// How many timers were answered with some questions, and how many with all.
    pub(crate) fired: (usize, usize),
}

impl<'a> LiveHost<'a> {
    pub(crate) fn new(
        world: &'a World,
        segments: Vec<(SegmentId, Condition)>,
    ) -> Result<LiveHost<'a>, String> {
        let rules = rules(world, segments)?;
        let everybody: Vec<CustomerKey> = world.everybody().into_iter().collect();
        let nothing = History::default();
        Ok(LiveHost {
            traces: everybody.iter().map(|_| rules.trace(&nothing, Timestamp::MIN)).collect(),
            engine: Engine::new(&rules),
            rules,
            world,
            histories: vec![nothing; everybody.len()],
            everybody,
            fed: 0,
            scratch: Scratch::default(),
            working: Working::default(),
            changes: vec![],
            asked: (0, 0),
            of_histories: 0,
            fired: (0, 0),
        })
    }

    /// Goes from one instant at which something is received or lapses to the next, up to `until`.
    ///
    /// All facts of an instant count before the clock of that instant, so each customer is placed once at it.
    pub(crate) fn pass_time(&mut self, until: Timestamp) {
        loop {
            let fact = self.world.told.get(self.fed).map(|told| told.received);
            let next = [fact, self.engine.wake_at()].into_iter().flatten().min();
            let Some(now) = next.filter(|now| *now <= until) else { return };
            self.pass_to(now);
        }
    }

    pub(crate) fn pass_to(&mut self, now: Timestamp) {
        let due = self.engine.due(now, usize::MAX);
        let mut touched: BTreeSet<u32> = due.iter().map(|(_, number)| *number).collect();
        let first = self.fed;
        while let Some(told) = self.world.told.get(self.fed).filter(|told| told.received <= now) {
            let Ok(number) = self.everybody.binary_search(&told.fact.customer) else {
                unreachable!("facts are about somebody")
            };
            let heard = self.world.told[..self.fed].iter();
            let seq = heard.filter(|before| before.fact.customer == told.fact.customer).count();
            let stamp = Stamp { at: told.fact.at, known: told.received, seq: seq as u64, batch: 0 };
            self.histories[number].learn(&told.fact, stamp);
            self.rules.learn(&mut self.traces[number], &told.fact, stamp);
            touched.insert(number as u32);
            self.fed += 1;
        }
        let new = &self.world.told[first..self.fed];
        for number in touched {
            let key = &self.everybody[number as usize];
            let facts: Vec<_> =
                new.iter().map(|told| &told.fact).filter(|fact| fact.customer == *key).collect();
            let mut wanted = Wanted::nothing();
            if !facts.is_empty() {
                wanted = self.engine.touched(&self.rules, number, facts, &mut Sheet::default());
                if let Wanted::These(these) = &wanted {
                    self.asked.0 += these.len();
                    self.asked.1 += self.rules.questions().n();
                }
            }
            if self.engine.lapses_at(number).is_some_and(|at| at <= now) {
                wanted = wanted.and(self.engine.lapsed(number, now));
            }
            self.place(number, now, &wanted);
        }
    }

    pub(crate) fn place(&mut self, number: u32, at: Timestamp, wanted: &Wanted) {
        match wanted {
            Wanted::Everything => self.fired.1 += 1,
            Wanted::These(_) => self.fired.0 += 1,
        }
        let history = &self.histories[number as usize];
        let (answers, rest) =
            self.rules.ask_trace(&self.traces[number as usize], at, wanted, &mut Sheet::default());
        self.of_histories += rest.len();
        let answers = self.rules.ask_rest(answers, &rest, history, &mut self.scratch);
        let placement = self.engine.decide(&self.rules, number, &answers, &mut self.working);
        self.engine.place(&placement, Look::AsBefore);
        self.changes.extend(placement.changes);
    }

    pub(crate) fn members(&self, segment: usize) -> Members {
        let numbers = self.engine.members(segment).iter();
        numbers.map(|number| self.everybody[number as usize].clone()).collect()
    }
}

pub(crate) fn rules(world: &World, segments: Vec<(SegmentId, Condition)>) -> Result<Rules, String> {
    let (signs, cuts) = (world.signs.clone(), world.cuts.clone());
    Rules::with_cuts(segments, signs, cuts, world.calendar.clone())
        .map_err(|faults| format!("the segments make no rules: {faults:?}"))
}
