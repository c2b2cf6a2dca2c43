//! Many segments as one plan, in which equal parts are asked once.

mod questions;
mod touch;

use std::collections::{BTreeMap, HashMap};

use condition::{Condition, EventPattern, Events, Leaf, SegmentId};
use facts::{Calendar, History, Reading, Timestamp, ValueRef};

use crate::{
    Because, Found,
    leaves::Notes,
    moment::{Bound, Moment, same},
};

pub use questions::{Question, Questions, Working};

/// Segments compiled together. Segments are numbered in the order in which they were given.
#[derive(Debug)]
pub struct Plan {
    segments: Vec<(SegmentId, Condition)>,
    roots: Vec<usize>,
    nodes: Vec<Node>,
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
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every node is a leaf, so a box would only add a hop"
)]
pub(crate) enum Node {
    All(Vec<usize>),
    Any(Vec<usize>),
    Not(usize),
    Some { property: String, of: Option<EventPattern>, satisfies: usize },
    Segment(usize),
    Leaf(Leaf),
}

impl Plan {
    /// Compiles segments that may refer to each other.
    ///
    /// # Errors
    /// Every reference to a segment that is not there; otherwise the circles.
    pub fn new(segments: Vec<(SegmentId, Condition)>) -> Result<Plan, Vec<PlanFault>> {
        let numbers: BTreeMap<&SegmentId, usize> =
            segments.iter().enumerate().map(|(n, (id, _))| (id, n)).collect();
        let unknown: Vec<PlanFault> = segments
            .iter()
            .flat_map(|(id, condition)| condition.segments().into_iter().map(move |to| (id, to)))
            .filter(|(_, to)| !numbers.contains_key(to))
            .map(|(id, to)| PlanFault::Unknown { segment: id.clone(), refers_to: to.clone() })
            .collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        if let Some(cycle) = find_cycle(&segments, &numbers) {
            return Err(vec![PlanFault::Cycle(cycle)]);
        }
        let mut made = Compiler { numbers: &numbers, nodes: vec![], known: HashMap::new() };
        let roots = segments.iter().map(|(_, condition)| made.node(condition)).collect();
        let nodes = made.nodes;
        Ok(Plan { segments, roots, nodes })
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
        let moment = Moment { history, calendar, at, bound: None };
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
        let moment = Moment { history, calendar, at, bound: None };
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
        self.member(self.roots[segment], Moment { history, calendar, at, bound: None }, scratch)
    }

    /// Why a customer is in a segment or not, with what was found at every leaf.
    pub fn explain(
        &self,
        segment: usize,
        history: &History,
        at: Timestamp,
        calendar: &Calendar,
    ) -> Because {
        let moment = Moment { history, calendar, at, bound: None };
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
        // Under "for some value" answers belong to that value and are not kept.
        let keep = moment.bound.is_none();
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
            Node::Segment(number) => {
                self.member(self.roots[*number], Moment { bound: None, ..moment }, scratch)
            }
            Node::Leaf(leaf) => moment.answer(leaf, &mut Notes::None).reading,
        };
        if keep {
            scratch.answers[node] = Some(reading);
        }
        reading
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

    fn because(&self, condition: &Condition, moment: Moment<'_>) -> Because {
        let mut children = vec![];
        let mut evidence = vec![];
        let mut found = Found::Parts;
        let reading = match condition {
            Condition::All(parts) => {
                children = parts.iter().map(|part| self.because(part, moment)).collect();
                children
                    .iter()
                    .fold(Reading::for_ever(true), |all, child: &Because| all.and(child.reading))
            }
            Condition::Any(parts) => {
                children = parts.iter().map(|part| self.because(part, moment)).collect();
                children
                    .iter()
                    .fold(Reading::for_ever(false), |all, child: &Because| all.or(child.reading))
            }
            Condition::Not(inner) => {
                children = vec![self.because(inner, moment)];
                children[0].reading.negated()
            }
            Condition::Some { property, of, satisfies } => {
                let inner = |moment: Moment<'_>| self.because(satisfies, moment).reading;
                let (reading, value) = for_some(property, of.as_ref(), moment, inner);
                let shown = value.unwrap_or(ValueRef::Missing);
                let bound = Bound { property, value: shown, outer: moment.bound };
                children = vec![self.because(satisfies, Moment { bound: Some(&bound), ..moment })];
                found = Found::Some(value.map(ValueRef::to_owned));
                reading
            }
            Condition::Leaf(Leaf::Segment(id)) => match self.number(id) {
                Some(number) => {
                    let inner =
                        self.because(&self.segments[number].1, Moment { bound: None, ..moment });
                    let reading = known(moment.history, moment.at).and(inner.reading);
                    children = vec![inner];
                    reading
                }
                None => Reading::for_ever(false),
            },
            Condition::Leaf(leaf) => {
                let mut notes = Notes::Events(vec![]);
                let answer = moment.answer(leaf, &mut notes);
                if let Notes::Events(events) = notes {
                    evidence = events;
                }
                found = answer.found;
                answer.reading
            }
        };
        evidence.sort_by_key(|event| std::cmp::Reverse((event.stamp.at, event.stamp.seq)));
        evidence.dedup_by_key(|event| event.stamp.seq);
        let evidence_total = evidence.len();
        evidence.truncate(Because::MOST_EVIDENCE);
        Because { condition: condition.clone(), reading, found, evidence, evidence_total, children }
    }
}

/// Whether the customer is known at an instant.
pub fn known(history: &History, at: Timestamp) -> Reading<bool> {
    match history.known_since() {
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

struct Compiler<'a> {
    numbers: &'a BTreeMap<&'a SegmentId, usize>,
    nodes: Vec<Node>,
    known: HashMap<String, usize>,
}

impl Compiler<'_> {
    /// The number of a condition's node; equal conditions share one.
    fn node(&mut self, condition: &Condition) -> usize {
        // Not the canonical draft: that is made for reading, and could write two conditions alike.
        let written = format!("{condition:?}");
        if let Some(node) = self.known.get(&written) {
            return *node;
        }
        let node = match condition {
            Condition::All(parts) => Node::All(parts.iter().map(|part| self.node(part)).collect()),
            Condition::Any(parts) => Node::Any(parts.iter().map(|part| self.node(part)).collect()),
            Condition::Not(inner) => Node::Not(self.node(inner)),
            Condition::Some { property, of, satisfies } => Node::Some {
                property: property.clone(),
                of: of.clone(),
                satisfies: self.node(satisfies),
            },
            Condition::Leaf(Leaf::Segment(id)) => match self.numbers.get(id) {
                Some(number) => Node::Segment(*number),
                None => Node::Leaf(Leaf::Segment(id.clone())),
            },
            Condition::Leaf(leaf) => Node::Leaf(leaf.clone()),
        };
        self.nodes.push(node);
        self.known.insert(written, self.nodes.len() - 1);
        self.nodes.len() - 1
    }
}

/// The first circle among the references, if there is one.
fn find_cycle(
    segments: &[(SegmentId, Condition)],
    numbers: &BTreeMap<&SegmentId, usize>,
) -> Option<Vec<SegmentId>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        OnPath,
        Done,
    }
    fn walk(
        n: usize,
        segments: &[(SegmentId, Condition)],
        numbers: &BTreeMap<&SegmentId, usize>,
        seen: &mut [Seen],
        path: &mut Vec<usize>,
    ) -> Option<Vec<SegmentId>> {
        if seen[n] == Seen::Done {
            return None;
        }
        if seen[n] == Seen::OnPath {
            let start = path.iter().position(|on| *on == n)?;
            let circle = path[start..].iter().chain([&n]);
            return Some(circle.map(|on| segments[*on].0.clone()).collect());
        }
        seen[n] = Seen::OnPath;
        path.push(n);
        for to in segments[n].1.segments() {
            let to = numbers.get(to)?;
            if let Some(cycle) = walk(*to, segments, numbers, seen, path) {
                return Some(cycle);
            }
        }
        path.pop();
        seen[n] = Seen::Done;
        None
    }
    let mut seen = vec![Seen::No; segments.len()];
    (0..segments.len()).find_map(|n| walk(n, segments, numbers, &mut seen, &mut vec![]))
}
