//! What to keep of customers so that the questions of a plan can be asked of traces.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
};

use condition::{
    DefaultGap, EventPattern, Events, Filter, Leaf, Measure, Measured, Mention, Operand, Sequence,
    Test, Window,
};
use facts::{Calendar, Fact, History, PropertiesRef, Timestamp, Value, ValueRef, What};

use super::{
    attributes::{Attributes, Says},
    reach::Reach,
    streams::{Cells, Kind, LongTexts, take_first, take_last, take_sum, take_time},
};
use crate::{
    Plan, Question, Questions,
    comparison::Comparison,
    leaves::succession,
    moment::Moment,
    plan::{Node, Spelt, Touch, confirmed_by_more, having, stands_alone},
    ranges::Range,
};

/// Which streams the questions of a plan look at. Belongs to the plan it was made from and to no other.
#[derive(Debug)]
pub struct Tracing {
    /// By question.
    asks: Vec<Ask>,
    streams: Vec<Choice>,
    /// By stream how far back it is looked at.
    reach: Vec<Reach>,
    /// By stream the questions that are asked of it.
    watchers: Vec<Vec<Watcher>>,
    pub(super) attributes: Attributes,
    /// What touches the other questions.
    touch: Touch,
    exact: BTreeMap<String, Named>,
    prefixes: Vec<(String, Named)>,
    calendar: Calendar,
    nobody: History,
}

/// A stream that a question looks at: what it chooses and keeps.
type Chosen = (Events, Keeps);

/// Where the answer to a question is found.
#[derive(Debug)]
pub(super) enum Ask {
    /// In the attributes.
    Profile,
    /// In what the value of an attribute means: the places of the attribute and of the question about it.
    Attribute(u32, u32),
    /// In streams, in the order in which the leaf names them.
    Streams { streams: Vec<u32>, passes: Passes },
    /// Nowhere but in the history, once a stream has chosen an event; before that the answer is no.
    Beyond(u32),
    /// Nowhere but in the history.
    History,
}

/// The test of a leaf in whole numbers, so that it is not put so again for every customer.
#[derive(Debug)]
pub(super) enum Passes {
    /// Of a count, or of a sum without decimal places.
    Whole(Range),
    /// Of two counts.
    Counts(Comparison),
    /// As the leaf says.
    AsWritten,
}

/// A question that is asked of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Watcher {
    question: Question,
    /// The answer that more events can only confirm.
    confirms: Option<bool>,
}

/// Which events a stream chooses, and what it keeps of them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Choice {
    events: Events,
    keeps: Keeps,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Keeps {
    Times,
    First,
    Sums(String),
    Values(String),
    Days,
}

/// The streams that choose among events of one name.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// Those that take every one.
    all: Vec<u32>,
    /// Those that ask for one value of a property: by property, then by the value.
    by_value: Vec<(String, HashMap<Spelt<'static>, Vec<u32>>)>,
    others: Vec<u32>,
}

/// An event on its way into streams.
#[derive(Clone, Copy)]
pub(super) struct Coming<'a> {
    pub(super) name: &'a str,
    pub(super) properties: PropertiesRef<'a>,
    pub(super) contact: Option<&'a str>,
    pub(super) at: Timestamp,
}

impl Tracing {
    /// What the questions of a plan need.
    pub fn of(plan: &Plan, questions: &Questions, calendar: &Calendar) -> Tracing {
        let mut tracing = Tracing {
            asks: vec![],
            streams: vec![],
            reach: vec![],
            watchers: vec![],
            attributes: Attributes::default(),
            touch: Touch::default(),
            exact: BTreeMap::new(),
            prefixes: vec![],
            calendar: calendar.clone(),
            nobody: History::default(),
        };
        let mut known = HashMap::new();
        for question in 0..questions.n() as Question {
            let ask = match questions.node(plan, question) {
                Node::Leaf(leaf) => tracing.ask_of(leaf, &mut known),
                Node::Some { property, of, .. } => {
                    tracing.needing(having(property, of.as_ref()), &mut known)
                }
                _ => Ask::History,
            };
            tracing.asks.push(ask);
        }
        tracing.watch(plan, questions);
        tracing
    }

    fn watch(&mut self, plan: &Plan, questions: &Questions) {
        self.watchers = vec![vec![]; self.streams.len()];
        for (question, ask) in self.asks.iter().enumerate() {
            let (Ask::Streams { streams, .. }, question) = (ask, question as Question) else {
                continue;
            };
            let confirms = match questions.node(plan, question) {
                Node::Leaf(leaf) => confirmed_by_more(leaf),
                _ => None,
            };
            let watcher = Watcher { question, confirms };
            for stream in streams {
                let watchers = &mut self.watchers[*stream as usize];
                if watchers.last() != Some(&watcher) {
                    watchers.push(watcher);
                }
            }
        }
        let is_streamed =
            |question: Question| matches!(self.asks[question as usize], Ask::Streams { .. });
        self.touch = Touch::of(plan, questions.nodes(), is_streamed);
    }

    /// Appends the questions whose answer a new fact could change, or could change sooner than was said, by time alone.
    /// `answer` says what each question's answer is now. Questions may come twice.
    pub fn touched(
        &self,
        fact: &Fact,
        answer: &impl Fn(Question) -> bool,
        touched: &mut Vec<Question>,
    ) {
        if let Some(coming) = Coming::of(fact) {
            self.each_choice(coming, &mut |stream| {
                let touches = |watcher: &&Watcher| {
                    let confirmed = |confirmed| answer(watcher.question) == confirmed;
                    !watcher.confirms.is_some_and(confirmed)
                };
                let watchers = self.watchers[stream as usize].iter();
                touched.extend(watchers.filter(touches).map(|watcher| watcher.question));
            });
        }
        self.touch.by(fact, &self.calendar, answer, touched);
    }

    pub(super) fn n_streams(&self) -> usize {
        self.streams.len()
    }

    pub(super) fn ask(&self, question: Question) -> &Ask {
        &self.asks[question as usize]
    }

    /// What a stream keeps.
    pub(super) fn kind(&self, number: u32) -> Kind {
        match self.streams[number as usize].keeps {
            Keeps::Times => Kind::Times,
            Keeps::First => Kind::First,
            Keeps::Sums(_) => Kind::Sums,
            Keeps::Values(_) | Keeps::Days => Kind::Lasts,
        }
    }

    /// How far back a stream is looked at.
    pub(super) fn reach(&self, number: u32) -> &Reach {
        &self.reach[number as usize]
    }

    /// The streams that choose among events of a name.
    pub(super) fn of_name<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t Named> {
        let fitting =
            self.prefixes.iter().filter(move |(prefix, _)| name.starts_with(prefix.as_str()));
        self.exact.get(name).into_iter().chain(fitting.map(|(_, named)| named))
    }

    /// Names the streams that choose an event, each once.
    pub(super) fn each_choice(&self, coming: Coming<'_>, each: &mut impl FnMut(u32)) {
        self.of_name(coming.name).for_each(|named| self.each_among(named, coming, each));
    }

    /// Names those of some streams that choose an event of their name.
    pub(super) fn each_among(&self, named: &Named, coming: Coming<'_>, each: &mut impl FnMut(u32)) {
        named.all.iter().copied().for_each(&mut *each);
        for (property, streams) in &named.by_value {
            let value = coming.property(property);
            if value.is_missing() {
                continue;
            }
            let streams = streams.get(&Spelt::of(value)).into_iter().flatten();
            streams.filter(|one| self.chooses(**one, coming)).copied().for_each(&mut *each);
        }
        let others = named.others.iter();
        others.filter(|one| self.chooses(**one, coming)).copied().for_each(&mut *each);
    }

    /// Lets a stream take in an event that it has chosen.
    pub(super) fn take(
        &self,
        (cells, long): (&mut impl Cells, &mut LongTexts),
        number: u32,
        coming: Coming<'_>,
    ) {
        match &self.streams[number as usize].keeps {
            Keeps::Times => {
                let n = cells.all().len();
                take_time(cells, (0, n), coming.at);
            }
            Keeps::First => take_first(cells, coming.at),
            Keeps::Sums(of) => take_sum(cells, coming.at, coming.property(of)),
            Keeps::Values(of) => {
                let value = coming.property(of);
                if !value.is_missing() {
                    let mut written = String::new();
                    // Writing into a string never fails.
                    let _ = write!(written, "{value}");
                    take_last(cells, coming.at, long.number_of(&written));
                }
            }
            Keeps::Days => {
                let since = self.calendar.date(coming.at).since(jiff::civil::Date::ZERO);
                let day = since.map_or(0, |since| since.get_days());
                take_last(cells, coming.at, i64::from(day));
            }
        }
    }

    /// What a value means to all questions about the attribute at a place; none when it has too many values.
    pub(super) fn says(&self, attribute: u32, value: ValueRef<'_>) -> Option<Says> {
        let moment = Moment::new(&self.nobody, &self.calendar, Timestamp::MIN);
        self.attributes.says(attribute, value, |value, test| moment.test(value, test).value)
    }

    fn chooses(&self, stream: u32, coming: Coming<'_>) -> bool {
        let moment = Moment::new(&self.nobody, &self.calendar, coming.at);
        let filters = &self.streams[stream as usize].events.filters;
        filters.iter().all(|one| moment.test(coming.property(&one.property), &one.test).value)
    }

    fn ask_of(&mut self, leaf: &Leaf, known: &mut HashMap<String, u32>) -> Ask {
        let streams = match leaf {
            Leaf::Attribute { key, test } if stands_alone(test) && is_timeless(test) => {
                let (key, question) = self.attributes.watch(key, test);
                return Ask::Attribute(key, question);
            }
            Leaf::Attribute { .. }
            | Leaf::Held { .. }
            | Leaf::Status(_)
            | Leaf::Tagged(_)
            | Leaf::Listed(_)
            | Leaf::Random(_)
            | Leaf::Score { .. }
            | Leaf::Known(_) => return Ask::Profile,
            Leaf::Count { events, .. } => vec![(events.clone(), Keeps::Times)],
            Leaf::First { events, .. } => vec![(events.clone(), Keeps::First)],
            Leaf::Measure { measured, window, .. } => match self.measured(measured, window) {
                Some(choice) => vec![choice],
                None => return Ask::History,
            },
            Leaf::Trend(trend) => match self.adds_up(&trend.measured) {
                Some(choice) => vec![choice],
                None => return Ask::History,
            },
            Leaf::Ratio(ratio) => {
                match self.adds_up(&ratio.above).zip(self.adds_up(&ratio.below)) {
                    Some((above, below)) => vec![above, below],
                    None => return Ask::History,
                }
            }
            Leaf::Last { name, has, .. } => {
                let all = Events { name: name.clone(), filters: vec![] };
                let fitting = Events { name: name.clone(), filters: has.clone() };
                let both = [all, fitting].into_iter().take(if has.is_empty() { 1 } else { 2 });
                both.map(|events| (events, Keeps::Times)).collect()
            }
            Leaf::Sequence(sequence) if succession::is_simple(sequence) => in_order(sequence),
            Leaf::Regularly(regularly) => vec![(regularly.events.clone(), Keeps::Times)],
            Leaf::Rhythm(rhythm)
                if !matches!(rhythm.default_gap, Some(DefaultGap::Property { .. })) =>
            {
                vec![(rhythm.events.clone(), Keeps::Times)]
            }
            Leaf::Mentioned(mention) => vec![(mentions(mention), Keeps::Times)],
            Leaf::Sequence(sequence) => return self.needing(sequence.first.clone(), known),
            Leaf::Rhythm(_) | Leaf::Segment(_) | Leaf::Stayed(_) | Leaf::Rank(_) => {
                return Ask::History;
            }
        };
        if !streams.iter().all(|(events, _)| is_lasting(events)) {
            return Ask::History;
        }
        let passes = Passes::of(leaf);
        let reach = Reach::of(leaf, &passes, streams.len());
        let number = |(chosen, reach)| self.number_of(chosen, &reach, known);
        let streams = streams.into_iter().zip(reach).map(number).collect();
        Ask::Streams { streams, passes }
    }

    /// What only the history can tell, and what is not so without one of these events.
    fn needing(&mut self, events: Events, known: &mut HashMap<String, u32>) -> Ask {
        match is_lasting(&events) {
            true => Ask::Beyond(self.number_of((events, Keeps::Times), &Reach::last(), known)),
            false => Ask::History,
        }
    }

    /// Where a measure in a window is found; none when a trace cannot tell.
    fn measured(&self, measured: &Measured, window: &Window) -> Option<Chosen> {
        let keeps = match measured.measure {
            Measure::Count | Measure::Sum => return self.adds_up(measured),
            Measure::Distinct if ends_now(window) => Keeps::Values(measured.of.clone()),
            Measure::Days if ends_now(window) => Keeps::Days,
            Measure::Distinct
            | Measure::Days
            | Measure::Average
            | Measure::Least
            | Measure::Most => return None,
        };
        Some((measured.events.clone(), keeps))
    }

    /// Where a measure is found of which that of a window is a difference.
    fn adds_up(&self, measured: &Measured) -> Option<Chosen> {
        let keeps = match measured.measure {
            Measure::Count => Keeps::Times,
            Measure::Sum => Keeps::Sums(measured.of.clone()),
            _ => return None,
        };
        Some((measured.events.clone(), keeps))
    }

    fn number_of(
        &mut self,
        (events, keeps): Chosen,
        reach: &Reach,
        known: &mut HashMap<String, u32>,
    ) -> u32 {
        let choice = Choice { events, keeps };
        let written = format!("{choice:?}");
        if let Some(number) = known.get(&written) {
            self.reach[*number as usize].join(reach);
            return *number;
        }
        let number = self.streams.len() as u32;
        known.insert(written, number);
        let named = match &choice.events.name {
            EventPattern::Exact(name) => self.exact.entry(name.clone()).or_default(),
            EventPattern::Prefix(prefix) => {
                let place = self.prefixes.iter().position(|(known, _)| known == prefix);
                let place = place.unwrap_or_else(|| {
                    self.prefixes.push((prefix.clone(), Named::default()));
                    self.prefixes.len() - 1
                });
                &mut self.prefixes[place].1
            }
        };
        named.watch(number, &choice.events.filters);
        self.streams.push(choice);
        self.reach.push(reach.clone());
        number
    }
}

impl Passes {
    fn of(leaf: &Leaf) -> Passes {
        match leaf {
            Leaf::Count { test, .. } => Passes::Whole(Range::of_count(test)),
            Leaf::Measure { test, .. } => Passes::Whole(Range::of(test, 0)),
            Leaf::Trend(trend) if trend.measured.measure == Measure::Count => {
                Comparison::of(&trend.test, trend.base_at_least, 0)
                    .map_or(Passes::AsWritten, Passes::Counts)
            }
            _ => Passes::AsWritten,
        }
    }
}

impl Named {
    fn watch(&mut self, number: u32, filters: &[Filter]) {
        let wanted = filters.iter().find_map(|filter| match &filter.test {
            Test::Is(Operand::Value(value)) => {
                Some((&filter.property, Spelt::of(value.borrowed()).into_owned()))
            }
            _ => None,
        });
        match wanted {
            _ if filters.is_empty() => self.all.push(number),
            None => self.others.push(number),
            Some((property, value)) => {
                let place = self.by_value.iter().position(|(known, _)| known == property);
                let place = place.unwrap_or_else(|| {
                    self.by_value.push((property.clone(), HashMap::new()));
                    self.by_value.len() - 1
                });
                self.by_value[place].1.entry(value).or_default().push(number);
            }
        }
    }
}

impl<'a> Coming<'a> {
    /// None when the fact tells no event.
    pub(super) fn of(fact: &'a Fact) -> Option<Coming<'a>> {
        let What::Happened { name, properties } = &fact.what else { return None };
        let contact = fact.contact.as_ref().map(|key| key.as_str());
        Some(Coming {
            name: name.as_str(),
            properties: properties.borrowed(),
            contact,
            at: fact.at,
        })
    }

    fn property(self, name: &str) -> ValueRef<'a> {
        let value = self.properties.get(name);
        match self.contact {
            Some(contact) if value.is_missing() && name == "contact" => ValueRef::Text(contact),
            _ => value,
        }
    }
}

/// The streams of a sequence: its steps, and what must not have come since.
fn in_order(sequence: &Sequence) -> Vec<Chosen> {
    let steps = sequence.then.iter().map(|step| &step.events);
    let all = std::iter::once(&sequence.first).chain(steps).chain(&sequence.never_since);
    all.map(|events| (events.clone(), Keeps::Times)).collect()
}

/// The events that tell of some topics and were not denied.
fn mentions(mention: &Mention) -> Events {
    let topics = mention.topics.iter().map(|topic| Value::text(topic.as_str())).collect();
    let denied = Test::Is(Operand::Value(Value::Bool(true)));
    Events {
        name: EventPattern::Exact(Mention::EVENT.to_owned()),
        filters: vec![
            Filter { property: Mention::TOPIC.to_owned(), test: Test::In(topics) },
            Filter { property: Mention::NEGATED.to_owned(), test: Test::Not(Box::new(denied)) },
        ],
    }
}

/// Whether an event is chosen by what it says alone, and for ever.
fn is_lasting(events: &Events) -> bool {
    events.filters.iter().all(|filter| stands_alone(&filter.test) && is_timeless(&filter.test))
}

/// Whether a window always ends now.
fn ends_now(window: &Window) -> bool {
    match window {
        Window::Always | Window::Last(_) | Window::LastDays(_) | Window::LastMonths(_) => true,
        Window::Calendar(named) => named.back == 0,
        Window::Ago { .. } | Window::OlderThan(_) | Window::Days { .. } => false,
    }
}

/// Whether what a test says of a value never changes with time.
fn is_timeless(test: &Test) -> bool {
    match test {
        Test::Not(inner) => is_timeless(inner),
        Test::Is(_)
        | Test::In(_)
        | Test::Contains(_)
        | Test::StartsWith(_)
        | Test::EndsWith(_)
        | Test::Number(_)
        | Test::Exists => true,
        Test::Day(_)
        | Test::DayIn(_)
        | Test::DayInNext(_)
        | Test::Month(_)
        | Test::Anniversary(_)
        | Test::Age(_) => false,
    }
}
