//! From conditions to questions that columns can answer, with everything equal asked once.

use std::collections::{BTreeMap, HashMap};

use columns::Part;
use condition::{
    EventPattern, Events, Filter, Leaf, Measure, NumberTest, Sequence, Test, TrendTest, Window,
};
use facts::{Calendar, Decimal, Millis, Timestamp, Value};

use super::cuts::CutTable;
use crate::{
    Plan,
    plan::{Node, stands_alone},
    span::Span,
};

/// What is asked of each node, and what must be put together to answer.
#[derive(Debug)]
pub(super) struct Questions {
    /// By node; none for branches, and for nodes nobody asks about.
    pub(super) by_node: Vec<Option<Question>>,
    /// Whether a node or anything below it is asked of histories.
    pub(super) needs_history: Vec<bool>,
    /// The parts of branches, those that need histories last.
    pub(super) parts: Vec<Vec<usize>>,
    pub(super) streams: Vec<Stream>,
    pub(super) quantities: Vec<Quantity>,
    /// The nodes that compare a quantity with something fixed, by quantity.
    pub(super) asked_of: Vec<Vec<usize>>,
    pub(super) pairs: Vec<Pair>,
}

/// One question about every lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Question {
    /// A quantity passes a test.
    InRange { quantity: usize, test: RangeTest },
    /// One quantity compares with another.
    Trend { now: usize, before: usize, test: TrendTest, base_at_least: Decimal },
    /// The first event of a stream lies in a window.
    First { stream: usize, window: Cuts },
    /// The last event of a stream has these properties, and lies in a window.
    Last { stream: usize, has: Vec<Filter>, window: Cuts },
    /// One step, or two in order.
    Steps(Steps),
    /// An attribute's value passes a test.
    Attribute { key: String, test: Test },
    /// An attribute is a value, and has been for so long.
    Held { key: String, value: Value, at_least: bool, length: Millis },
    /// Known at least since.
    KnownSince(Timestamp),
    /// Columns cannot tell.
    OfHistory,
}

/// The test of a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RangeTest {
    /// Of whole numbers.
    Count(NumberTest<u32>),
    /// Of exact numbers.
    Exact(NumberTest<Decimal>),
}

/// Events of a name that pass filters, in time order in each lane; with the instants at which windows cut it.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) events: Events,
    /// Falling; the first is just after now.
    cuts: Vec<Timestamp>,
    /// The same, to be looked up.
    pub(super) table: CutTable,
}

/// A window of a stream, as places in its cuts; no beginning is the beginning of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Cuts {
    pub(super) from: Option<usize>,
    pub(super) to: usize,
}

/// Something measured in a window of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quantity {
    pub(super) stream: usize,
    pub(super) measure: Measure,
    /// The property measured; empty for counts and days.
    pub(super) of: String,
    pub(super) window: Cuts,
    /// The window as days, where days are counted.
    pub(super) days: Option<DaySpan>,
    /// Where the widest window begins of all that are counted together with this one.
    pub(super) since: Option<usize>,
}

/// The whole local days of a window, and the parts of days at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DaySpan {
    /// From when the first whole day begins up to when the last has ended; not after one another where there is none.
    pub(super) whole: (Timestamp, Timestamp),
    pub(super) parts: [Option<Cuts>; 2],
    /// When the widest window begins of all that are counted together with this one, where it begins at all.
    pub(super) earliest: Option<Timestamp>,
}

/// One or two steps, and what must not have come since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Steps {
    pub(super) first: (usize, Cuts),
    pub(super) second: Option<Second>,
    pub(super) never_since: Option<usize>,
}

/// The second of two steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Second {
    pub(super) stream: usize,
    pub(super) window: Cuts,
    /// At most so long after the first.
    within: Millis,
    /// The place of both among the pairs, and of the distance among its distances.
    pub(super) pair: usize,
    pub(super) rank: usize,
}

/// Two steps that some questions look for, in the widest of their windows.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) first: (usize, Cuts),
    pub(super) second: (usize, Cuts),
    /// How far apart they may lie, for each question; rising.
    pub(super) within: Vec<Millis>,
}

impl Questions {
    pub(super) fn of(
        plan: &Plan,
        roots: impl Iterator<Item = usize>,
        at: Timestamp,
        calendar: &Calendar,
    ) -> Questions {
        let n = plan.nodes().len();
        let mut made = Questions {
            by_node: vec![None; n],
            needs_history: vec![false; n],
            parts: vec![vec![]; n],
            streams: vec![],
            quantities: vec![],
            asked_of: vec![],
            pairs: vec![],
        };
        let mut compiler = Compiler {
            made: &mut made,
            plan,
            at,
            calendar,
            known: BTreeMap::new(),
            seen: vec![false; n],
        };
        for root in roots {
            compiler.visit(root);
        }
        made.fall();
        made
    }

    pub(super) fn wants(&self, part: &Part) -> bool {
        match part {
            Part::Known => true,
            Part::Events(name) => self.streams.iter().any(|stream| stream.events.name.fits(name)),
            Part::Property(name, property) => self.wants_property(name, property),
            Part::Attribute(key) => self.by_node.iter().flatten().any(|question| match question {
                Question::Attribute { key: wanted, .. } | Question::Held { key: wanted, .. } => {
                    wanted.as_str() == &**key
                }
                _ => false,
            }),
        }
    }

    fn wants_property(&self, name: &str, property: &str) -> bool {
        let fits = |stream: usize| self.streams[stream].events.name.fits(name);
        let filtered = |filters: &[Filter]| filters.iter().any(|one| one.property == property);
        self.streams
            .iter()
            .any(|stream| stream.events.name.fits(name) && filtered(&stream.events.filters))
            || self.quantities.iter().any(|one| one.of == property && fits(one.stream))
            || self.by_node.iter().flatten().any(|question| match question {
                Question::Last { stream, has, .. } => fits(*stream) && filtered(has),
                _ => false,
            })
    }

    /// Orders the cuts of every stream, latest first, and renumbers what refers to them.
    fn fall(&mut self) {
        let mut order: Vec<Vec<usize>> = vec![];
        for stream in &mut self.streams {
            let mut places: Vec<usize> = (0..stream.cuts.len()).collect();
            places.sort_by_key(|place| std::cmp::Reverse(stream.cuts[*place]));
            let mut new = vec![0; places.len()];
            for (rank, place) in places.iter().enumerate() {
                new[*place] = rank;
            }
            stream.cuts = places.iter().map(|place| stream.cuts[*place]).collect();
            stream.table = CutTable::of(&stream.cuts);
            order.push(new);
        }
        let moved = |stream: usize, cuts: &mut Cuts| {
            cuts.from = cuts.from.map(|from| order[stream][from]);
            cuts.to = order[stream][cuts.to];
        };
        for quantity in &mut self.quantities {
            moved(quantity.stream, &mut quantity.window);
            let parts = quantity.days.iter_mut().flat_map(|days| &mut days.parts).flatten();
            parts.for_each(|part| moved(quantity.stream, part));
        }
        for question in self.by_node.iter_mut().flatten() {
            match question {
                Question::First { stream, window } | Question::Last { stream, window, .. } => {
                    moved(*stream, window);
                }
                Question::Steps(steps) => {
                    moved(steps.first.0, &mut steps.first.1);
                    if let Some(second) = &mut steps.second {
                        moved(second.stream, &mut second.window);
                    }
                }
                Question::InRange { .. }
                | Question::Trend { .. }
                | Question::Attribute { .. }
                | Question::Held { .. }
                | Question::KnownSince(_)
                | Question::OfHistory => {}
            }
        }
        self.widen();
        self.pair_up();
    }

    /// Puts together the questions that look for the same two steps.
    fn pair_up(&mut self) {
        let Questions { by_node, pairs, .. } = self;
        let mut both: Vec<((usize, Cuts), &mut Second)> = by_node
            .iter_mut()
            .filter_map(|question| match question {
                Some(Question::Steps(Steps { first, second: Some(second), .. })) => {
                    Some((*first, second))
                }
                _ => None,
            })
            .collect();
        for (first, second) in &mut both {
            let alike = |pair: &Pair| {
                let ends = |step: (usize, Cuts)| (step.0, step.1.to);
                (ends(pair.first), ends(pair.second))
                    == (ends(*first), (second.stream, second.window.to))
            };
            second.pair = pairs.iter().position(alike).unwrap_or_else(|| {
                let second = (second.stream, second.window);
                pairs.push(Pair { first: *first, second, within: vec![] });
                pairs.len() - 1
            });
            let pair = &mut pairs[second.pair];
            pair.first.1.widen(first.1);
            pair.second.1.widen(second.window);
            if let Err(place) = pair.within.binary_search(&second.within) {
                pair.within.insert(place, second.within);
            }
        }
        for (_, second) in both {
            second.rank =
                pairs[second.pair].within.partition_point(|within| *within < second.within);
        }
    }

    /// Finds, for what is counted together, the widest window.
    fn widen(&mut self) {
        let mut widest: HashMap<_, Cuts> = HashMap::new();
        for quantity in &self.quantities {
            let widest = widest.entry(quantity.together()).or_insert(quantity.window);
            widest.widen(quantity.window);
        }
        let since: Vec<Option<usize>> =
            self.quantities.iter().map(|quantity| widest[&quantity.together()].from).collect();
        for (quantity, since) in self.quantities.iter_mut().zip(since) {
            quantity.since = since;
            if let Some(days) = &mut quantity.days {
                days.earliest = since.map(|cut| self.streams[quantity.stream].cuts[cut]);
            }
        }
    }
}

impl Quantity {
    /// Days of a stream are counted together, and so are its different values up to the same instant.
    fn together(&self) -> (usize, &str, Option<usize>) {
        (self.stream, &self.of, (self.measure != Measure::Days).then_some(self.window.to))
    }
}

impl Cuts {
    /// Begins as early as another; cuts fall, so the earliest is the greatest, and none is earlier than all.
    fn widen(&mut self, other: Cuts) {
        self.from = self.from.zip(other.from).map(|(a, b)| a.max(b));
    }
}

struct Compiler<'a> {
    made: &'a mut Questions,
    plan: &'a Plan,
    at: Timestamp,
    calendar: &'a Calendar,
    /// Streams by how they are written, so that equal ones are one.
    known: BTreeMap<String, usize>,
    seen: Vec<bool>,
}

impl Compiler<'_> {
    /// Asks what a node needs; whether histories are needed for it.
    fn visit(&mut self, node: usize) -> bool {
        if std::mem::replace(&mut self.seen[node], true) {
            return self.made.needs_history[node];
        }
        let plan = self.plan;
        let needs = match &plan.nodes()[node] {
            Node::All(parts) | Node::Any(parts) => {
                let needs = parts.iter().fold(false, |needs, part| self.visit(*part) | needs);
                let mut parts = parts.clone();
                parts.sort_by_key(|part| self.made.needs_history[*part]);
                self.made.parts[node] = parts;
                needs
            }
            Node::Not(inner) => self.visit(*inner),
            Node::Segment(number) => self.visit(plan.roots()[*number]),
            Node::Some { .. }
            | Node::Contacts { .. }
            | Node::Company(_)
            | Node::Points { .. }
            | Node::Stay { .. }
            | Node::Strength { .. }
            | Node::Rank { .. } => self.ask(node, Question::OfHistory),
            Node::Leaf(leaf) => {
                let question = self.question(leaf).unwrap_or(Question::OfHistory);
                self.ask(node, question)
            }
        };
        self.made.needs_history[node] = needs;
        needs
    }

    fn ask(&mut self, node: usize, question: Question) -> bool {
        let needs = question == Question::OfHistory;
        if let Question::InRange { quantity, .. } = &question {
            self.made.asked_of[*quantity].push(node);
        }
        self.made.by_node[node] = Some(question);
        needs
    }

    /// The question of a leaf; none when columns cannot tell.
    fn question(&mut self, leaf: &Leaf) -> Option<Question> {
        match leaf {
            Leaf::Attribute { key, test } => stands_alone(test)
                .then(|| Question::Attribute { key: key.clone(), test: test.clone() }),
            Leaf::Held { key, value, at_least, length } => Some(Question::Held {
                key: key.clone(),
                value: value.clone(),
                at_least: *at_least,
                length: length.millis,
            }),
            Leaf::Count { events, test, window } => {
                let quantity = self.quantity(events, Measure::Count, "", window)?;
                Some(Question::InRange { quantity, test: RangeTest::Count(*test) })
            }
            Leaf::Measure { measured, test, window } => {
                let quantity =
                    self.quantity(&measured.events, measured.measure, &measured.of, window)?;
                Some(Question::InRange { quantity, test: RangeTest::Exact(*test) })
            }
            Leaf::Trend(trend) => {
                let measured = &trend.measured;
                if matches!(measured.measure, Measure::Average | Measure::Least | Measure::Most) {
                    return None;
                }
                let (events, measure, of) = (&measured.events, measured.measure, &measured.of);
                Some(Question::Trend {
                    now: self.quantity(events, measure, of, &trend.now)?,
                    before: self.quantity(events, measure, of, &trend.before)?,
                    test: trend.test,
                    base_at_least: trend.base_at_least,
                })
            }
            Leaf::First { events, window, if_none: false } => {
                let stream = self.stream(events)?;
                Some(Question::First { stream, window: self.cuts(stream, window) })
            }
            Leaf::Last { name, has, window, if_none: false } => self.last(name, has, window),
            Leaf::Sequence(sequence) => self.steps(sequence),
            Leaf::Known(length) => Some(Question::KnownSince(self.at.minus(length.millis))),
            _ => None,
        }
    }

    fn last(&mut self, name: &EventPattern, has: &[Filter], window: &Window) -> Option<Question> {
        let is_exact = matches!(name, EventPattern::Exact(_));
        // Which of several events of one instant came last is not in the columns of different names.
        if !has.iter().all(|filter| stands_alone(&filter.test)) || !(is_exact || has.is_empty()) {
            return None;
        }
        let stream = self.stream(&Events { name: name.clone(), filters: vec![] })?;
        Some(Question::Last { stream, has: has.to_vec(), window: self.cuts(stream, window) })
    }

    fn steps(&mut self, sequence: &Sequence) -> Option<Question> {
        let Sequence { first, then, window, never_between, never_since, then_no } = sequence;
        if never_between.is_some() || then_no.is_some() || 1 < then.len() {
            return None;
        }
        let mut names = vec![&first.name];
        let second = then.first();
        if let Some(step) = second {
            // An event must not be both steps; that is plain when the steps are the same or cannot meet.
            if step.events != *first && step.events.name == first.name {
                return None;
            }
            names.push(&step.events.name);
        }
        names.extend(never_since.iter().map(|events| &events.name));
        if !names.iter().all(|name| matches!(name, EventPattern::Exact(_))) {
            return None;
        }
        let first = self.stream(first)?;
        let first = (first, self.cuts(first, window));
        let second = match second {
            Some(step) => {
                let stream = self.stream(&step.events)?;
                let within = step.within.map_or(Millis::MAX, |length| length.millis);
                let window = self.cuts(stream, window);
                Some(Second { stream, window, within, pair: 0, rank: 0 })
            }
            None => None,
        };
        let never_since = match never_since {
            Some(events) => Some(self.stream(events)?),
            None => None,
        };
        Some(Question::Steps(Steps { first, second, never_since }))
    }

    fn quantity(
        &mut self,
        events: &Events,
        measure: Measure,
        of: &str,
        window: &Window,
    ) -> Option<usize> {
        let stream = self.stream(events)?;
        let days = (measure == Measure::Days).then(|| self.days(stream, window));
        let window = self.cuts(stream, window);
        let of = match measure {
            Measure::Count | Measure::Days => String::new(),
            _ => of.to_owned(),
        };
        let quantity = Quantity { stream, measure, of, window, days, since: None };
        let found = self.made.quantities.iter().position(|known| *known == quantity);
        Some(found.unwrap_or_else(|| {
            self.made.quantities.push(quantity);
            self.made.asked_of.push(vec![]);
            self.made.quantities.len() - 1
        }))
    }

    /// The stream of some events; none when a filter looks at more than the event.
    fn stream(&mut self, events: &Events) -> Option<usize> {
        if !events.filters.iter().all(|filter| stands_alone(&filter.test)) {
            return None;
        }
        let written = format!("{events:?}");
        if let Some(stream) = self.known.get(&written) {
            return Some(*stream);
        }
        let now = self.at.plus(1);
        let (events, table) = (events.clone(), CutTable::default());
        self.made.streams.push(Stream { events, cuts: vec![now], table });
        self.known.insert(written, self.made.streams.len() - 1);
        Some(self.made.streams.len() - 1)
    }

    /// A window as instants.
    fn span(&self, window: &Window) -> (Timestamp, Timestamp) {
        let span = Span::new(window, self.calendar, self.at);
        (span.from.min(span.to), span.to)
    }

    /// A window as days, with cuts of a stream where days are cut.
    fn days(&mut self, stream: usize, window: &Window) -> DaySpan {
        let (from, to) = self.span(window);
        let begins = match from {
            Timestamp::MIN => from,
            _ => self.calendar.next_midnight(from.minus(1)),
        };
        // What comes after now is not counted, so that today is whole.
        let ends = match self.at < to {
            true => to,
            false => self.calendar.start_of(self.calendar.date(to)),
        };
        let parts = match ends < begins {
            true => [(from, to), (to, to)],
            false => [(from, begins), (ends, to)],
        };
        let parts = parts.map(|(from, to)| (from < to).then(|| self.between(stream, from, to)));
        DaySpan { whole: (begins, ends), parts, earliest: None }
    }

    /// A window as cuts of a stream.
    fn cuts(&mut self, stream: usize, window: &Window) -> Cuts {
        let (from, to) = self.span(window);
        self.between(stream, from, to)
    }

    fn between(&mut self, stream: usize, from: Timestamp, to: Timestamp) -> Cuts {
        let cuts = &mut self.made.streams[stream].cuts;
        let mut cut = |at: Timestamp| {
            cuts.iter().position(|known| *known == at).unwrap_or_else(|| {
                cuts.push(at);
                cuts.len() - 1
            })
        };
        Cuts { from: (from != Timestamp::MIN).then(|| cut(from)), to: cut(to) }
    }
}
