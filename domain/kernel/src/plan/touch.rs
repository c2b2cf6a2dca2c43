//! Which questions a new fact can touch, found by its name or its keys without asking any of them. Questions that are
//! asked of streams are touched by what the streams choose, and stand here with the attributes they look at only.
//!
//! An event touches a question that looks at events of its name, unless the question's own filters let it pass by, or
//! more events can only confirm the answer: "at least 3 logins in 7 days" that holds already. Such an answer keeps its
//! lapse, which the new event can only put off.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use condition::{
    DefaultGap, EventPattern, Events, Filter, Leaf, Measure, Mention, NumberTest, Operand,
    Sequence, Test,
};
use facts::{Calendar, ContactKey, Fact, History, Properties, Reading, Timestamp, ValueRef, What};

use super::{Node, Plan, questions::Question};
use crate::moment::Moment;

/// The questions of a plan by what touches them.
#[derive(Debug, Default)]
pub(crate) struct Touch {
    exact: BTreeMap<String, Named>,
    prefixes: Vec<(String, Named)>,
    attributes: BTreeMap<String, Vec<Question>>,
    /// Those that any fact may touch.
    any: Vec<Question>,
    /// While the touch is made: what every event has that the leaf now watched looks at.
    tried: Option<Filter>,
}

/// The questions about events of one name.
#[derive(Debug, Default)]
struct Named {
    /// Those that ask for one value of a property: by property, then by the value.
    by_value: BTreeMap<String, HashMap<Spelt<'static>, Vec<Watch>>>,
    others: Vec<Watch>,
}

/// One question that looks at events.
#[derive(Debug, Clone)]
struct Watch {
    question: Question,
    /// The filters that can be tried on the event alone.
    filters: Vec<Filter>,
    /// The answer that more events can only confirm.
    confirms: Option<bool>,
}

/// An event on its way in.
#[derive(Clone, Copy)]
struct Coming<'a> {
    properties: &'a Properties,
    contact: Option<&'a ContactKey>,
    at: Timestamp,
    calendar: &'a Calendar,
    /// Of nobody: the filters tried here look at the event only.
    nothing: &'a History,
}

impl Touch {
    /// `nodes` holds the node of each question; `is_streamed` says which ones are asked of streams.
    pub(crate) fn of(
        plan: &Plan,
        nodes: &[usize],
        is_streamed: impl Fn(Question) -> bool,
    ) -> Touch {
        let mut touch = Touch::default();
        for (question, node) in nodes.iter().enumerate() {
            let question = question as u32;
            match &plan.nodes[*node] {
                Node::Leaf(leaf) if is_streamed(question) => touch.watch_default(question, leaf),
                Node::Leaf(leaf) => touch.watch_leaf(question, leaf, confirmed_by_more(leaf)),
                _ => touch.watch_inside(plan, question, *node),
            }
        }
        let lists = touch.attributes.values_mut().chain([&mut touch.any]);
        lists.for_each(|questions| questions.dedup());
        touch
    }

    /// Appends what a fact touches.
    pub(crate) fn by(
        &self,
        fact: &Fact,
        calendar: &Calendar,
        answer: &impl Fn(Question) -> bool,
        touched: &mut Vec<Question>,
    ) {
        touched.extend(&self.any);
        match &fact.what {
            What::Happened { name, properties } => {
                let (contact, at, nothing) = (fact.contact.as_ref(), fact.at, &History::default());
                let coming = Coming { properties, contact, at, calendar, nothing };
                let fitting =
                    self.prefixes.iter().filter(|(prefix, _)| name.as_str().starts_with(prefix));
                let named = self.exact.get(name.as_str()).into_iter();
                for named in named.chain(fitting.map(|(_, named)| named)) {
                    named.touched(coming, answer, touched);
                }
            }
            What::Became(values) if fact.contact.is_none() => {
                let keys = values.borrowed().iter().map(|(key, _)| key);
                touched.extend(keys.filter_map(|key| self.attributes.get(key)).flatten());
            }
            // What a contact is, no question outside of `any` looks at.
            What::Became(_) => {}
        }
    }

    /// What is asked as a whole: every part of it, however far, each once. Where a value of a property is tried, events
    /// that have no value of it are not looked at.
    fn watch_inside(&mut self, plan: &Plan, question: Question, node: usize) {
        let root = |number: &usize| (plan.roots[*number], None);
        let mut seen = BTreeSet::new();
        let mut open: Vec<(usize, Option<&str>)> = vec![(node, None)];
        while let Some((node, tried)) = open.pop() {
            if !seen.insert((node, tried)) {
                continue;
            }
            match &plan.nodes[node] {
                Node::All(parts) | Node::Any(parts) => {
                    open.extend(parts.iter().map(|part| (*part, tried)));
                }
                Node::Not(inner) => open.push((*inner, tried)),
                Node::Some { property, of, satisfies } => {
                    let events = having(property, of.as_ref());
                    self.watch_name(question, &events.name, &events.filters, None);
                    // Of two properties that are tried at once, the inner one will do.
                    open.push((*satisfies, Some(property)));
                }
                Node::Segment(number) => open.push(root(number)),
                // Any record may make a contact known, or tell what they are.
                Node::Contacts { .. } | Node::Company(_) => self.any.push(question),
                Node::Points { parts, .. } => {
                    open.extend(parts.iter().map(|(_, part)| (*part, tried)));
                }
                // A late record may make the customer known earlier, and so move the beginning of a stay.
                Node::Stay { .. } => self.any.push(question),
                Node::Strength { of, .. } => {
                    let parts = of.parts.iter().map(|(_, number)| number);
                    open.extend(of.requires.iter().chain(parts).map(root));
                }
                Node::Rank { rank, among, .. } => {
                    self.watch_events(question, &rank.measured.events, None);
                    open.extend(among.iter().map(root));
                }
                Node::Leaf(leaf) => {
                    self.tried = tried.map(exists);
                    self.watch_leaf(question, leaf, None);
                    self.tried = None;
                }
            }
        }
    }

    fn watch_leaf(&mut self, question: Question, leaf: &Leaf, confirms: Option<bool>) {
        match leaf {
            Leaf::Attribute { key, test } => {
                self.watch_key(question, key);
                each_operand(test, &mut |key| self.watch_key(question, key));
            }
            Leaf::Held { key, .. } => self.watch_key(question, key),
            Leaf::Count { events, .. } | Leaf::First { events, .. } => {
                self.watch_events(question, events, confirms);
            }
            Leaf::Measure { measured, .. } => {
                self.watch_events(question, &measured.events, confirms);
            }
            Leaf::Last { name, has, .. } => {
                // Any later event of the name takes the place of the last one, whatever it has.
                self.watch_name(question, name, &[], None);
                has.iter().for_each(|filter| self.watch_operands(question, filter));
            }
            Leaf::Trend(trend) => self.watch_events(question, &trend.measured.events, None),
            Leaf::Rhythm(rhythm) => {
                self.watch_events(question, &rhythm.events, None);
                self.watch_default(question, leaf);
            }
            Leaf::Regularly(regularly) => self.watch_events(question, &regularly.events, None),
            Leaf::Ratio(ratio) => {
                self.watch_events(question, &ratio.above.events, None);
                self.watch_events(question, &ratio.below.events, None);
            }
            Leaf::Mentioned(_) => {
                let name = EventPattern::Exact(Mention::EVENT.to_owned());
                self.watch_name(question, &name, &[], None);
            }
            Leaf::Status(status) => self.watch_key(question, &status.key),
            Leaf::Tagged(name) => self.watch_key(question, &format!("tag:{name}")),
            Leaf::Listed(name) => self.watch_key(question, &format!("list:{name}")),
            Leaf::Score { id, .. } => self.watch_key(question, &format!("score:{id}")),
            // Nothing that becomes known changes the draw, nor since when somebody is known who is known already.
            Leaf::Random(_) | Leaf::Known(_) => {}
            Leaf::Sequence(sequence) => {
                each_events(sequence, |events| self.watch_events(question, events, None));
            }
            Leaf::Segment(_) | Leaf::Stayed(_) | Leaf::Rank(_) => {
                self.any.push(question);
            }
        }
    }

    /// The attribute that stands in where there are too few events.
    fn watch_default(&mut self, question: Question, leaf: &Leaf) {
        if let Leaf::Rhythm(rhythm) = leaf
            && let Some(DefaultGap::Attribute { key, .. }) = &rhythm.default_gap
        {
            self.watch_key(question, key);
        }
    }

    fn watch_events(&mut self, question: Question, events: &Events, confirms: Option<bool>) {
        self.watch_name(question, &events.name, &events.filters, confirms);
        events.filters.iter().for_each(|filter| self.watch_operands(question, filter));
    }

    fn watch_name(
        &mut self,
        question: Question,
        name: &EventPattern,
        filters: &[Filter],
        confirms: Option<bool>,
    ) {
        let alone = |filter: &&Filter| stands_alone(&filter.test);
        let filters = filters.iter().filter(alone).chain(&self.tried).cloned().collect();
        let named = match name {
            EventPattern::Exact(name) => self.exact.entry(name.clone()).or_default(),
            EventPattern::Prefix(prefix) => {
                let known = self.prefixes.iter().position(|(known, _)| known == prefix);
                let place = known.unwrap_or_else(|| {
                    self.prefixes.push((prefix.clone(), Named::default()));
                    self.prefixes.len() - 1
                });
                &mut self.prefixes[place].1
            }
        };
        named.watch(Watch { question, filters, confirms });
    }

    fn watch_operands(&mut self, question: Question, filter: &Filter) {
        each_operand(&filter.test, &mut |key| self.watch_key(question, key));
    }

    fn watch_key(&mut self, question: Question, key: &str) {
        self.attributes.entry(key.to_owned()).or_default().push(question);
    }
}

impl Named {
    fn watch(&mut self, watch: Watch) {
        let wanted = watch.filters.iter().find_map(|filter| match &filter.test {
            Test::Is(Operand::Value(value)) => {
                Some((&filter.property, Spelt::of(value.borrowed()).into_owned()))
            }
            _ => None,
        });
        let list = match wanted {
            Some((property, value)) => {
                self.by_value.entry(property.clone()).or_default().entry(value).or_default()
            }
            None => &mut self.others,
        };
        list.push(watch);
    }

    fn touched(
        &self,
        coming: Coming<'_>,
        answer: &impl Fn(Question) -> bool,
        touched: &mut Vec<Question>,
    ) {
        let of_value = self.by_value.iter().filter_map(|(property, values)| {
            let value = coming.property(property);
            if value.is_missing() { None } else { values.get(&Spelt::of(value)) }
        });
        let watching = of_value.flatten().chain(&self.others);
        let touches = |watch: &&Watch| {
            watch.confirms.is_none_or(|confirmed| answer(watch.question) != confirmed)
                && watch.filters.iter().all(|filter| coming.may_pass(filter))
        };
        touched.extend(watching.filter(touches).map(|watch| watch.question));
    }
}

impl<'a> Coming<'a> {
    /// Whether the event passes a filter, or may by time alone.
    fn may_pass(self, filter: &Filter) -> bool {
        let moment = Moment::new(self.nothing, self.calendar, self.at);
        let passes = moment.test(self.property(&filter.property), &filter.test);
        passes != Reading::for_ever(false)
    }

    fn property(self, name: &str) -> ValueRef<'a> {
        let value = self.properties.borrowed().get(name);
        match self.contact {
            Some(contact) if value.is_missing() && name == "contact" => {
                ValueRef::Text(contact.as_str())
            }
            _ => value,
        }
    }
}

/// A value as a key: values that count as the same have the same; a few that do not may have the same, too.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Spelt<'a> {
    /// A whole number, however it was written.
    Whole(i128),
    /// Anything else.
    Written(Cow<'a, str>),
}

impl<'a> Spelt<'a> {
    pub(crate) fn of(value: ValueRef<'a>) -> Spelt<'a> {
        match (value.as_number().map(|number| number.normalize()), value) {
            (Some(number), _) if number.scale() == 0 => Spelt::Whole(number.mantissa()),
            (Some(number), _) => Spelt::Written(Cow::Owned(number.to_string())),
            (None, ValueRef::Text(text)) => Spelt::Written(Cow::Borrowed(text)),
            (None, value) => Spelt::Written(Cow::Owned(value.to_string())),
        }
    }

    pub(crate) fn into_owned(self) -> Spelt<'static> {
        match self {
            Spelt::Whole(number) => Spelt::Whole(number),
            Spelt::Written(text) => Spelt::Written(Cow::Owned(text.into_owned())),
        }
    }
}

/// The answer that more events can only confirm: a count that is reached stays reached, one that is passed stays passed.
pub(crate) fn confirmed_by_more(leaf: &Leaf) -> Option<bool> {
    fn of<N>(test: &NumberTest<N>) -> Option<bool> {
        match test {
            NumberTest::AtLeast(_) | NumberTest::MoreThan(_) => Some(true),
            NumberTest::AtMost(_) | NumberTest::LessThan(_) => Some(false),
            NumberTest::Exactly(_) | NumberTest::Between(..) => None,
        }
    }
    match leaf {
        Leaf::Count { test, .. } => of(test),
        Leaf::Measure { measured, test, .. } => match measured.measure {
            Measure::Count | Measure::Distinct | Measure::Days => of(test),
            Measure::Sum | Measure::Average | Measure::Least | Measure::Most => None,
        },
        _ => None,
    }
}

fn each_events(sequence: &Sequence, mut each: impl FnMut(&Events)) {
    each(&sequence.first);
    sequence.then.iter().for_each(|step| each(&step.events));
    sequence.never_between.iter().for_each(&mut each);
    sequence.never_since.iter().for_each(&mut each);
    sequence.then_no.iter().for_each(|(events, _)| each(events));
}

/// The events among which the values of a property are found: those that have one.
pub(crate) fn having(property: &str, of: Option<&EventPattern>) -> Events {
    let every = || EventPattern::Prefix(String::new());
    Events { name: of.cloned().unwrap_or_else(every), filters: vec![exists(property)] }
}

fn exists(property: &str) -> Filter {
    Filter { property: property.to_owned(), test: Test::Exists }
}

/// The attributes on the right side of a test.
fn each_operand(test: &Test, each: &mut impl FnMut(&str)) {
    let mut of = |operand: &Operand| match operand {
        Operand::Attribute { key, .. } => each(key),
        Operand::Value(_) => {}
    };
    match test {
        Test::Is(operand) => of(operand),
        Test::Number(number) => {
            number.map(|operand| of(operand));
        }
        Test::Not(inner) => each_operand(inner, each),
        Test::In(_)
        | Test::Contains(_)
        | Test::StartsWith(_)
        | Test::EndsWith(_)
        | Test::Exists
        | Test::Day(_)
        | Test::DayIn(_)
        | Test::DayInNext(_)
        | Test::Month(_)
        | Test::Anniversary(_)
        | Test::Age(_) => {}
    }
}

/// Whether a test looks at nothing but the value and the time.
pub(crate) fn stands_alone(test: &Test) -> bool {
    let mut alone = true;
    each_operand(test, &mut |_| alone = false);
    alone
}
