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

mod ask;
mod compile;
mod ranges;
mod streams;

use columns::{Block, LANES, Part};
use facts::{Calendar, History, Timestamp};

use crate::{Plan, Scratch, plan::Node};

use compile::{Question, Questions};
use streams::Streams;

/// A bit for each lane of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mask(pub [u64; LANES / 64]);

/// Some segments of a plan, ready to be asked of blocks at one instant.
#[derive(Debug)]
pub struct Batch<'p> {
    plan: &'p Plan,
    calendar: &'p Calendar,
    at: Timestamp,
    segments: Vec<usize>,
    questions: Questions,
}

/// Memory for asking one block after another.
#[derive(Debug, Default)]
pub struct BatchScratch {
    states: Vec<State>,
    streams: Streams,
    numbers: ask::Numbers,
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

impl Mask {
    /// No lane.
    pub const NONE: Mask = Mask([0; LANES / 64]);
    /// Every lane.
    pub const ALL: Mask = Mask([u64::MAX; LANES / 64]);

    /// The lanes for which `holds`.
    pub fn of(mut holds: impl FnMut(usize) -> bool) -> Mask {
        let mut mask = Mask::NONE;
        for (place, word) in mask.0.iter_mut().enumerate() {
            let mut bits = [0_u8; 64];
            for (bit, byte) in bits.iter_mut().enumerate() {
                *byte = u8::from(holds(place * 64 + bit));
            }
            *word = packed(&bits);
        }
        mask
    }

    /// Whether a lane is in.
    pub fn has(&self, lane: usize) -> bool {
        self.0[lane / 64] >> (lane % 64) & 1 == 1
    }

    /// How many lanes are in.
    pub fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The lanes that are in, rising.
    pub fn lanes(&self) -> impl Iterator<Item = usize> {
        let words = self.0.iter().enumerate();
        words.flat_map(|(place, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(place * 64 + bit)
            })
        })
    }

    fn is_none(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    fn and(self, other: Mask) -> Mask {
        Mask(std::array::from_fn(|place| self.0[place] & other.0[place]))
    }

    fn or(self, other: Mask) -> Mask {
        Mask(std::array::from_fn(|place| self.0[place] | other.0[place]))
    }

    fn without(self, other: Mask) -> Mask {
        Mask(std::array::from_fn(|place| self.0[place] & !other.0[place]))
    }
}

/// Sixty-four bytes of 0 or 1 as bits. The multiplication gathers the lowest bits of eight bytes in the topmost one.
fn packed(bytes: &[u8; 64]) -> u64 {
    let mut word = 0;
    for (place, eight) in bytes.as_chunks::<8>().0.iter().enumerate() {
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        word |= gathered << (place * 8);
    }
    word
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

    /// Asks all segments of a block: for each, in the order given to [`Batch::new`], the lanes that are in.
    ///
    /// `history` gives the history of a lane; it is asked for as few lanes as possible.
    ///
    /// # Errors
    /// The first that `history` gives.
    pub fn evaluate<'s, E>(
        &self,
        block: &Block,
        scratch: &'s mut BatchScratch,
        mut history: impl FnMut(usize) -> Result<History, E>,
    ) -> Result<&'s [Mask], E> {
        let unanswered = State { answered: Mask::NONE, holds: Mask::NONE };
        scratch.states.clear();
        scratch.states.resize(self.plan.nodes().len(), unanswered);
        scratch.histories.clear();
        scratch.histories.resize_with(LANES, || None);
        let at = self.at.millis();
        let known = Mask::of(|lane| block.known()[lane] <= at);
        scratch.members.clear();
        if known.is_none() {
            scratch.members.resize(self.segments.len(), Mask::NONE);
            return Ok(&scratch.members);
        }
        self.ask_columns(block, scratch);
        let mut pass = Pass { batch: self, known, scratch, history: &mut history };
        let mut members = std::mem::take(&mut pass.scratch.members);
        for segment in &self.segments {
            members.push(pass.node(self.plan.roots()[*segment], known)?.and(known));
        }
        scratch.members = members;
        Ok(&scratch.members)
    }

    /// Answers every question that columns can answer, for all lanes.
    fn ask_columns(&self, block: &Block, scratch: &mut BatchScratch) {
        let BatchScratch { states, streams, numbers, .. } = scratch;
        let mut answer = |node: usize, holds: Mask| {
            states[node] = State { answered: Mask::ALL, holds };
        };
        streams.fill(&self.questions, block, self.at, self.calendar);
        for (quantity, nodes) in self.questions.quantities.iter().zip(&self.questions.asked_of) {
            let Some(found) =
                ask::quantity(quantity, block, streams, numbers, self.calendar, self.at)
            else {
                continue;
            };
            for node in nodes {
                if let Some(Question::InRange { test, .. }) = &self.questions.by_node[*node] {
                    answer(*node, ask::in_range(test, &found));
                }
            }
        }
        for (node, question) in self.questions.by_node.iter().enumerate() {
            let Some(question) = question else { continue };
            let moment = (self.at, self.calendar);
            if let Some(holds) =
                ask::other(question, &self.questions, block, streams, numbers, moment)
            {
                answer(node, holds);
            }
        }
    }
}

/// Answering the nodes of one block: what columns could not answer is asked of histories.
struct Pass<'a, 'p, E, H: FnMut(usize) -> Result<History, E>> {
    batch: &'a Batch<'p>,
    known: Mask,
    scratch: &'a mut BatchScratch,
    history: &'a mut H,
}

impl<E, H: FnMut(usize) -> Result<History, E>> Pass<'_, '_, E, H> {
    /// Whether a node holds, for the lanes in `needed`; other lanes may say anything.
    fn node(&mut self, node: usize, needed: Mask) -> Result<Mask, E> {
        let state = self.scratch.states[node];
        let missing = needed.without(state.answered);
        if missing.is_none() {
            return Ok(state.holds);
        }
        let plan = self.batch.plan;
        let holds = match &plan.nodes()[node] {
            Node::All(parts) => {
                let mut left = missing;
                for part in self.cheap_first(parts) {
                    left = left.and(self.node(part, left)?);
                }
                left
            }
            Node::Any(parts) => {
                let mut found = Mask::NONE;
                for part in self.cheap_first(parts) {
                    let open = missing.without(found);
                    found = found.or(self.node(part, open)?.and(open));
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
        let state = &mut self.scratch.states[node];
        state.holds = state.holds.or(holds.and(missing));
        state.answered = state.answered.or(missing);
        Ok(state.holds)
    }

    /// The parts in an order in which those that need histories come last.
    fn cheap_first(&self, parts: &[usize]) -> Vec<usize> {
        let needs = |part: &usize| self.batch.questions.needs_history[*part];
        let cheap = parts.iter().filter(|part| !needs(part));
        cheap.chain(parts.iter().filter(|part| needs(part))).copied().collect()
    }

    fn ask_histories(&mut self, node: usize, lanes: Mask) -> Result<Mask, E> {
        let mut holds = Mask::NONE;
        for lane in lanes.and(self.known).lanes() {
            if self.scratch.histories[lane].is_none() {
                self.scratch.histories[lane] = Some((self.history)(lane)?);
            }
            let BatchScratch { histories, scratch, .. } = &mut *self.scratch;
            let Some(history) = &histories[lane] else { continue };
            let Batch { plan, calendar, at, .. } = self.batch;
            if plan.ask_node(node, history, *at, calendar, scratch) {
                holds.0[lane / 64] |= 1 << (lane % 64);
            }
        }
        Ok(holds)
    }
}
