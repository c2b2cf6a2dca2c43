//! Many segments as one plan, in which equal parts are asked once.

mod compile;
mod likeness;
mod questions;
mod reasons;
mod touch;

use std::collections::{BTreeMap, HashMap};

use compile::{Compiler, find_cycle};
use condition::{
    Condition, EventPattern, Events, HowMany, Leaf, NumberTest, Rank, SegmentId, StayTest,
};
use facts::{Calendar, Decimal, History, Reading, Timestamp, ValueRef};

use crate::{
    Because, Cut, Found, Given, Standing, contacts,
    leaves::Notes,
    moment::{Bound, Moment, same},
    past,
};

pub use likeness::{Likeness, Likenesses};
pub use questions::{Question, Questions, Working};
pub(crate) use touch::{Spelt, Touch, confirmed_by_more, having, stands_alone};

/// Segments compiled together. Segments are numbered in the order in which they were given.
#[derive(Debug)]
pub struct Plan {
    segments: Vec<(SegmentId, Condition)>,
    roots: Vec<usize>,
    nodes: Vec<Node>,
    given: Given,
}

/// Why segments make no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanFault {
    /// A segment refers to one that is not there.
    Unknown {
        /// The segment that refers.
        segment: SegmentId,
        /// What it refers to.
        refers_to: SegmentId,
    },
    /// Segments refer to each other in a circle, in this order.
    Cycle(Vec<SegmentId>),
}

/// Memory for the answers of one pass, used again for the next history.
#[derive(Debug, Default)]
pub struct Scratch {
    answers: Vec<Option<Reading<bool>>>,
    readings: Vec<Reading<bool>>,
}

#[derive(Debug)]
pub(crate) enum Node {
    All(Vec<usize>),
    Any(Vec<usize>),
    Not(usize),
    Some { property: String, of: Option<EventPattern>, satisfies: usize },
    Contacts { how_many: HowMany, satisfies: usize },
    Company(usize),
    Points { parts: Vec<(i32, usize)>, test: NumberTest<Decimal> },
    Segment(usize),
    Stay { segment: usize, test: StayTest },
    Strength { of: Strength, test: NumberTest<Decimal> },
    Rank { rank: Rank, among: Option<usize>, cut: Option<Cut> },
    Leaf(Leaf),
}

/// How strong a sign is, with its conditions as numbers of segments.
#[derive(Debug, Clone)]
pub(crate) struct Strength {
    requires: Option<usize>,
    parts: Vec<(i32, usize)>,
    most: i32,
}

impl Plan {
    /// Compiles segments that may refer to each other.
    ///
    /// # Errors
    /// Every reference to a segment that is not there; otherwise the circles.
    pub fn new(segments: Vec<(SegmentId, Condition)>) -> Result<Plan, Vec<PlanFault>> {
        Plan::given(segments, Given::default())
    }

    /// Compiles segments that may refer to each other, to signs and to ranks.
    ///
    /// # Errors
    /// Every reference to a segment that is not there, also of a sign; otherwise the circles.
    pub fn given(
        segments: Vec<(SegmentId, Condition)>,
        given: Given,
    ) -> Result<Plan, Vec<PlanFault>> {
        let numbers: BTreeMap<&SegmentId, usize> =
            segments.iter().enumerate().map(|(n, (id, _))| (id, n)).collect();
        let unknown: Vec<PlanFault> = segments
            .iter()
            .flat_map(|(id, condition)| {
                given.needed_by(condition).into_iter().map(move |to| (id, to))
            })
            .filter(|(_, to)| !numbers.contains_key(to))
            .map(|(id, to)| PlanFault::Unknown { segment: id.clone(), refers_to: to.clone() })
            .collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        if let Some(cycle) = find_cycle(&segments, &numbers, &given) {
            return Err(vec![PlanFault::Cycle(cycle)]);
        }
        let known = HashMap::new();
        let mut made = Compiler { numbers: &numbers, given: &given, nodes: vec![], known };
        let roots = segments.iter().map(|(_, condition)| made.node(condition)).collect();
        let nodes = made.nodes;
        Ok(Plan { segments, roots, nodes, given })
    }

    /// A plan of one condition that refers to no segment.
    ///
    /// # Errors
    /// [`PlanFault::Unknown`] when it does refer to one.
    pub fn of(condition: Condition) -> Result<Plan, Vec<PlanFault>> {
        let id = SegmentId::new("it").into_iter();
        Plan::new(id.map(|id| (id, condition.clone())).collect())
    }

    /// The segments with their conditions, in order.
    pub fn segments(&self) -> &[(SegmentId, Condition)] {
        &self.segments
    }

    /// The number of a segment.
    pub fn number(&self, id: &SegmentId) -> Option<usize> {
        self.segments.iter().position(|(known, _)| known == id)
    }

    /// What the plan was given beside its conditions.
    pub fn what_was_given(&self) -> &Given {
        &self.given
    }

    /// The ranks that are asked for, each once; whoever drives the plan takes their cuts.
    pub fn ranks(&self) -> Vec<&Rank> {
        let ranks = self.nodes.iter().filter_map(|node| match node {
            Node::Rank { rank, .. } => Some(rank),
            _ => None,
        });
        ranks.collect()
    }

    /// How high a customer stands in a rank of [`Plan::ranks`]: `None` for somebody who is no member of its base,
    /// `Some(None)` for a member with nothing to measure.
    pub fn standing(
        &self,
        rank: &Rank,
        history: &History,
        at: Timestamp,
        calendar: &Calendar,
        scratch: &mut Scratch,
    ) -> Option<Option<Standing>> {
        let base = match &rank.among {
            Some(id) => self.evaluate_one(self.number(id)?, history, at, calendar, scratch),
            None => known(history, at),
        };
        let moment = Moment::new(history, calendar, at);
        let measure = || moment.quantity(&rank.measured, &rank.window, &mut Notes::None).0;
        base.value.then(|| measure().map(Standing))
    }

    /// How many different questions are asked of each history.
    pub fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    /// The nodes; parts stand before what they are parts of, other segments anywhere.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node of each segment.
    pub(crate) fn roots(&self) -> &[usize] {
        &self.roots
    }

    /// Whether one node holds for a history of a known customer.
    pub(crate) fn ask_node(
        &self,
        node: usize,
        history: &History,
        at: Timestamp,
        calendar: &Calendar,
        scratch: &mut Scratch,
    ) -> bool {
        let moment = Moment::new(history, calendar, at);
        if let Node::Leaf(leaf) = &self.nodes[node] {
            return moment.answer(leaf, &mut Notes::None).reading.value;
        }
        scratch.answers.clear();
        scratch.answers.resize(self.nodes.len(), None);
        self.answer(node, moment, scratch).value
    }

    /// Asks all segments of one history; readings stand in the order of the segments.
    ///
    /// `history` holds what is known by now; records after `at` wait for their time.
    pub fn evaluate<'s>(
        &self,
        history: &History,
        at: Timestamp,
        calendar: &Calendar,
        scratch: &'s mut Scratch,
    ) -> &'s [Reading<bool>] {
        scratch.answers.clear();
        scratch.answers.resize(self.nodes.len(), None);
        let moment = Moment::new(history, calendar, at);
        let mut readings = std::mem::take(&mut scratch.readings);
        readings.clear();
        for root in &self.roots {
            readings.push(self.member(*root, moment, scratch));
        }
        scratch.readings = readings;
        &scratch.readings
    }

    /// Asks one segment of one history.
    pub fn evaluate_one(
        &self,
        segment: usize,
        history: &History,
        at: Timestamp,
        calendar: &Calendar,
        scratch: &mut Scratch,
    ) -> Reading<bool> {
        scratch.answers.clear();
        scratch.answers.resize(self.nodes.len(), None);
        self.member(self.roots[segment], Moment::new(history, calendar, at), scratch)
    }

    /// Why a customer is in a segment or not, with what was found at every leaf.
    pub fn explain(
        &self,
        segment: usize,
        history: &History,
        at: Timestamp,
        calendar: &Calendar,
    ) -> Because {
        let moment = Moment::new(history, calendar, at);
        let mut because = self.because(&self.segments[segment].1, moment);
        because.reading = known(history, at).and(because.reading);
        because
    }

    /// Only a known customer can be a member.
    fn member(&self, root: usize, moment: Moment<'_>, scratch: &mut Scratch) -> Reading<bool> {
        let known = known(moment.history, moment.at);
        if !known.value {
            return known;
        }
        self.answer(root, moment, scratch)
    }

    fn answer(&self, node: usize, moment: Moment<'_>, scratch: &mut Scratch) -> Reading<bool> {
        // Where a value or a contact is tried, answers belong to it and are not kept.
        let keep = moment.is_whole();
        if let (true, Some(Some(known))) = (keep, scratch.answers.get(node)) {
            return *known;
        }
        let reading = match &self.nodes[node] {
            Node::All(parts) => self.fold(parts, moment, scratch, true),
            Node::Any(parts) => self.fold(parts, moment, scratch, false),
            Node::Not(inner) => self.answer(*inner, moment, scratch).negated(),
            Node::Some { property, of, satisfies } => {
                for_some(property, of.as_ref(), moment, |moment| {
                    self.answer(*satisfies, moment, scratch)
                })
                .0
            }
            Node::Contacts { how_many, satisfies } => {
                contacts::ask(*how_many, moment, |one| self.answer(*satisfies, one, scratch))
                    .reading
            }
            Node::Company(inner) => {
                self.answer(*inner, Moment { contact: None, ..moment }, scratch)
            }
            Node::Points { parts, test } => {
                let readings = parts
                    .iter()
                    .map(|(weight, part)| (*weight, self.answer(*part, moment, scratch)));
                points(readings, i32::MAX, test).0
            }
            Node::Segment(number) => self.member(self.roots[*number], moment.whole(), scratch),
            Node::Stay { segment, test } => self.stayed(*segment, test, moment).0,
            Node::Strength { of, test } => self.strength(of, test, moment, scratch),
            Node::Rank { rank, among, cut } => {
                let base = match among {
                    Some(number) => self.member(self.roots[*number], moment.whole(), scratch),
                    None => Reading::for_ever(true),
                };
                ranked(rank, *cut, base, moment, &mut Notes::None).0
            }
            Node::Leaf(leaf) => moment.answer(leaf, &mut Notes::None).reading,
        };
        if keep {
            scratch.answers[node] = Some(reading);
        }
        reading
    }

    /// Since when the customer is in another segment; every instant of the past is asked anew.
    fn stayed(
        &self,
        segment: usize,
        test: &StayTest,
        moment: Moment<'_>,
    ) -> (Reading<bool>, Found) {
        let mut own = Scratch::default();
        past::stayed(test, moment, |at| {
            own.answers.clear();
            own.answers.resize(self.nodes.len(), None);
            self.member(self.roots[segment], Moment { at, ..moment.whole() }, &mut own)
        })
    }

    fn strength(
        &self,
        of: &Strength,
        test: &NumberTest<Decimal>,
        moment: Moment<'_>,
        scratch: &mut Scratch,
    ) -> Reading<bool> {
        let mut member = |number: &usize| self.member(self.roots[*number], moment.whole(), scratch);
        let means_something = of.requires.as_ref().map(&mut member);
        let parts: Vec<_> = of.parts.iter().map(|(weight, n)| (*weight, member(n))).collect();
        strength(means_something, parts, of.most, test).0
    }

    /// And over parts (`neutral` true) or or (`neutral` false); a part that settles it for ever ends the walk.
    fn fold(
        &self,
        parts: &[usize],
        moment: Moment<'_>,
        scratch: &mut Scratch,
        neutral: bool,
    ) -> Reading<bool> {
        let mut all = Reading::for_ever(neutral);
        for part in parts {
            let reading = self.answer(*part, moment, scratch);
            all = if neutral { all.and(reading) } else { all.or(reading) };
            if all == Reading::for_ever(!neutral) {
                break;
            }
        }
        all
    }
}

/// The sum of the weights of what holds, at most `most`, and whether it passes.
fn points(
    readings: impl IntoIterator<Item = (i32, Reading<bool>)>,
    most: i32,
    test: &NumberTest<Decimal>,
) -> (Reading<bool>, Decimal) {
    let (mut sum, mut until) = (0_i64, None);
    for (weight, reading) in readings {
        sum += if reading.value { i64::from(weight) } else { 0 };
        until = [until, reading.holds_until].into_iter().flatten().min();
    }
    let sum = Decimal::from(sum.min(i64::from(most)));
    (Reading::until(test.holds(&sum), until), sum)
}

/// The strength of a sign, which is 0 where it means nothing, and whether it passes.
fn strength(
    means_something: Option<Reading<bool>>,
    parts: Vec<(i32, Reading<bool>)>,
    most: i32,
    test: &NumberTest<Decimal>,
) -> (Reading<bool>, Decimal) {
    let needed = means_something.unwrap_or(Reading::for_ever(true));
    let (reading, sum) = points(parts, most, test);
    if needed.value {
        let until = [needed.holds_until, reading.holds_until].into_iter().flatten().min();
        return (Reading::until(reading.value, until), sum);
    }
    (Reading::until(test.holds(&Decimal::ZERO), needed.holds_until), Decimal::ZERO)
}

/// Whether a member of the base stands at the cut or above it.
fn ranked(
    rank: &Rank,
    cut: Option<Cut>,
    base: Reading<bool>,
    moment: Moment<'_>,
    notes: &mut Notes,
) -> (Reading<bool>, Found) {
    let moment = moment.whole();
    let (measure, until) = moment.quantity(&rank.measured, &rank.window, notes);
    let standing = measure.map(Standing);
    let found = Found::Rank {
        value: standing.and_then(Standing::shown),
        cut: cut.and_then(|cut| cut.least.shown()),
        taken_at: cut.map(|cut| cut.taken_at),
    };
    let Some(cut) = cut else { return (Reading::for_ever(false), found) };
    let is_high = standing.is_some_and(|standing| cut.least <= standing);
    (base.and(Reading::until(is_high, until)), found)
}

/// Whether the customer is known at an instant.
pub fn known(history: &History, at: Timestamp) -> Reading<bool> {
    since(history.known_since(), at)
}

/// Whether it is so at an instant, and when it becomes so.
pub(crate) fn since(since: Option<Timestamp>, at: Timestamp) -> Reading<bool> {
    match since {
        Some(since) if since <= at => Reading::for_ever(true),
        since => Reading::until(false, since),
    }
}

/// Tries every value a property has, in order of first appearance by track, until one satisfies.
fn for_some<'a>(
    property: &str,
    of: Option<&EventPattern>,
    moment: Moment<'a>,
    mut satisfies: impl FnMut(Moment<'_>) -> Reading<bool>,
) -> (Reading<bool>, Option<ValueRef<'a>>) {
    let any = EventPattern::Prefix(String::new());
    let events = Events { name: of.unwrap_or(&any).clone(), filters: vec![] };
    let matching = moment.matching(&events, Timestamp::MIN);
    let mut values: Vec<ValueRef<'a>> = vec![];
    for event in matching.so_far(moment.at) {
        let value = moment.property(event, property);
        if !value.is_missing() && !values.iter().any(|known| same(*known, value)) {
            values.push(value);
        }
    }
    let upcoming = Reading::until(false, matching.next_after(moment.at));
    // A value not seen yet may come with the next known event, which is false only until then.
    let mut any = if upcoming.holds_until.is_some() {
        Reading::until(false, upcoming.holds_until)
    } else {
        Reading::for_ever(false)
    };
    for value in values {
        let bound = Bound { property, value, outer: moment.bound };
        let reading = satisfies(Moment { bound: Some(&bound), ..moment });
        any = any.or(reading);
        if reading.value {
            return (any, Some(value));
        }
    }
    (any, None)
}
