//! Many segments of many customers at once: a plan asked of blocks of columns instead of one history.
//!
//! ```text
//!   plan ──▶ questions ──▶ streams (a name and its filters) ──▶ cuts (where each window begins in each lane)
//!                                                                    │
//!   block ──▶ only the parts that are asked about ──────────────────▶├──▶ quantities ──▶ a bit for each lane
//!                                                                    └──▶ pairs, firsts, lasts ──▶ a bit
//!   and, or, not: sixteen words at a time
//! ```
//! It says exactly what [`Plan::evaluate`] says, without reasons and without lapses; tests make the two meet. What cannot
//! be asked of columns is asked of the histories of those lanes whose answer still depends on it.

mod amounts;
mod ask;
mod attributes;
mod compile;
mod cuts;
mod days;
mod different;
mod lanes;
mod remembered;
mod sorting;
mod steps;
mod streams;

use columns::{Block, LANES, Part};
use facts::{Calendar, History, Timestamp};

use crate::{Plan, Scratch, plan::Node};

use ask::Numbers;
use compile::{Question, Questions};
pub use lanes::Mask;
use streams::Streams;

/// Some segments of a plan, ready to be asked of blocks at one instant.
#[derive(Debug)]
pub struct Batch<'p> {
    plan: &'p Plan,
    calendar: &'p Calendar,
    at: Timestamp,
    segments: Vec<usize>,
    questions: Questions,
}

/// Asks a batch of one block after another, and remembers what saves time with the next one.
#[derive(Debug)]
pub struct Asking<'b, 'p> {
    batch: &'b Batch<'p>,
    states: Vec<State>,
    streams: Streams,
    numbers: Numbers,
    scratch: Scratch,
    histories: Vec<Option<History>>,
    members: Vec<Mask>,
}

/// How far a node is answered: for which lanes, and what.
#[derive(Debug, Clone, Copy)]
struct State {
    answered: Mask,
    holds: Mask,
}

impl<'p> Batch<'p> {
    /// Makes the given segments of a plan, by number, ready to be asked at an instant.
    pub fn new(
        plan: &'p Plan,
        segments: impl IntoIterator<Item = usize>,
        at: Timestamp,
        calendar: &'p Calendar,
    ) -> Batch<'p> {
        let segments: Vec<usize> = segments.into_iter().collect();
        let roots = segments.iter().map(|segment| plan.roots()[*segment]);
        let questions = Questions::of(plan, roots, at, calendar);
        Batch { plan, calendar, at, segments, questions }
    }

    /// Whether a part of a block is looked at.
    pub fn wants(&self, part: &Part) -> bool {
        self.questions.wants(part)
    }

    /// Whether some question must be asked of histories.
    pub fn needs_histories(&self) -> bool {
        self.questions.by_node.iter().flatten().any(|question| *question == Question::OfHistory)
    }

    /// The lanes of those who are known at the instant.
    pub fn known(&self, block: &Block) -> Mask {
        let (at, known) = (self.at.millis(), &block.known()[..LANES]);
        Mask::of(|lane| known[lane] <= at)
    }

    /// Begins to ask blocks, in one thread.
    pub fn asking(&self) -> Asking<'_, 'p> {
        Asking {
            batch: self,
            states: vec![],
            streams: Streams::default(),
            numbers: Numbers::default(),
            scratch: Scratch::default(),
            histories: vec![],
            members: vec![],
        }
    }
}

impl Asking<'_, '_> {
    /// Asks all segments of a block: for each, in the order given to [`Batch::new`], the lanes that are in.
    ///
    /// `history` gives the history of a lane; it is asked for as few lanes as possible.
    ///
    /// # Errors
    /// The first that `history` gives.
    pub fn ask<E>(
        &mut self,
        block: &Block,
        mut history: impl FnMut(usize) -> Result<History, E>,
    ) -> Result<&[Mask], E> {
        let plan = self.batch.plan;
        let unanswered = State { answered: Mask::NONE, holds: Mask::NONE };
        self.states.clear();
        self.states.resize(plan.nodes().len(), unanswered);
        self.histories.clear();
        self.histories.resize_with(LANES, || None);
        let known = self.batch.known(block);
        self.members.clear();
        if known.is_none() {
            self.members.resize(self.batch.segments.len(), Mask::NONE);
            return Ok(&self.members);
        }
        self.ask_columns(block);
        let mut members = std::mem::take(&mut self.members);
        let segments = &self.batch.segments;
        let mut pass = Pass { asking: self, known, history: &mut history };
        for segment in segments {
            members.push(pass.node(plan.roots()[*segment], known)?.and(known));
        }
        self.members = members;
        Ok(&self.members)
    }

    /// Answers every question that columns can answer, for all lanes.
    fn ask_columns(&mut self, block: &Block) {
        let Asking { batch, states, streams, numbers, .. } = self;
        let questions = &batch.questions;
        let mut answer = |node: usize, holds: Mask| {
            states[node] = State { answered: Mask::ALL, holds };
        };
        let moment = (batch.at, batch.calendar);
        numbers.next_block();
        streams.fill(questions, block, moment);
        for (quantity, nodes) in questions.quantities.iter().zip(&questions.asked_of) {
            if nodes.is_empty() {
                continue;
            }
            let Some(found) = ask::quantity(quantity, block, streams, numbers, moment) else {
                continue;
            };
            for node in nodes {
                if let Some(Question::InRange { test, .. }) = &questions.by_node[*node] {
                    answer(*node, ask::in_range(test, &found));
                }
            }
        }
        for (node, question) in questions.by_node.iter().enumerate() {
            let Some(question) = question else { continue };
            let question = (node, question);
            if let Some(holds) = ask::other(question, questions, block, streams, numbers, moment) {
                answer(node, holds);
            }
        }
    }
}

/// Answering the nodes of one block: what columns could not answer is asked of histories.
struct Pass<'a, 'b, 'p, E, H: FnMut(usize) -> Result<History, E>> {
    asking: &'a mut Asking<'b, 'p>,
    known: Mask,
    history: &'a mut H,
}

impl<E, H: FnMut(usize) -> Result<History, E>> Pass<'_, '_, '_, E, H> {
    /// Whether a node holds, for the lanes in `needed`; other lanes may say anything.
    fn node(&mut self, node: usize, needed: Mask) -> Result<Mask, E> {
        let state = self.asking.states[node];
        let missing = needed.without(state.answered);
        if missing.is_none() {
            return Ok(state.holds);
        }
        let Batch { plan, questions, .. } = self.asking.batch;
        let holds = match &plan.nodes()[node] {
            Node::All(_) => {
                let mut left = missing;
                for part in &questions.parts[node] {
                    left = left.and(self.node(*part, left)?);
                }
                left
            }
            Node::Any(_) => {
                let mut found = Mask::NONE;
                for part in &questions.parts[node] {
                    let open = missing.without(found);
                    found = found.or(self.node(*part, open)?.and(open));
                }
                found
            }
            Node::Not(inner) => missing.without(self.node(*inner, missing)?),
            Node::Segment(number) => {
                let root = plan.roots()[*number];
                self.node(root, missing.and(self.known))?.and(self.known)
            }
            Node::Some { .. }
            | Node::Contacts { .. }
            | Node::Company(_)
            | Node::Points { .. }
            | Node::Stay { .. }
            | Node::Strength { .. }
            | Node::Rank { .. }
            | Node::Leaf(_) => self.ask_histories(node, missing)?,
        };
        let state = &mut self.asking.states[node];
        state.holds = state.holds.or(holds.and(missing));
        state.answered = state.answered.or(missing);
        Ok(state.holds)
    }

    fn ask_histories(&mut self, node: usize, lanes: Mask) -> Result<Mask, E> {
        let mut holds = Mask::NONE;
        for lane in lanes.and(self.known).lanes() {
            if self.asking.histories[lane].is_none() {
                self.asking.histories[lane] = Some((self.history)(lane)?);
            }
            let Asking { batch, histories, scratch, .. } = &mut *self.asking;
            let Some(history) = &histories[lane] else { continue };
            let Batch { plan, calendar, at, .. } = batch;
            if plan.ask_node(node, history, *at, calendar, scratch) {
                holds.0[lane / 64] |= 1 << (lane % 64);
            }
        }
        Ok(holds)
    }
}
