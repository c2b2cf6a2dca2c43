//! A condition with its NOTs moved onto the leaves, and what both languages ask of it and of its leaves.

use std::borrow::Cow;

use facts::{Decimal, Value};

use super::events::{self, EventWords, How, Object};
use crate::{
    Condition, EventPattern, Events, Filter, HowMany, Leaf, Measure, NumberTest, Operand, Sequence,
    StayTest, Test, Window,
};

/// A condition as it is said: groups of one part are that part, groups in a group of the same kind are one.
#[derive(Debug)]
pub(super) enum Polar<'a> {
    All(Vec<Polar<'a>>),
    Any(Vec<Polar<'a>>),
    /// For some one value, or for every one.
    Same {
        property: &'a str,
        of: Option<&'a EventPattern>,
        every: bool,
        inner: Box<Polar<'a>>,
    },
    /// For so many contacts, or not for so many.
    Contacts {
        how_many: HowMany,
        yes: bool,
        inner: Box<Polar<'a>>,
    },
    /// Of the whole customer again.
    Company(Box<Polar<'a>>),
    /// Weighed parts and their sum, or its complement.
    Points {
        parts: Vec<(i32, Polar<'a>)>,
        test: NumberTest<Decimal>,
        yes: bool,
    },
    /// A leaf, or its complement.
    Leaf(&'a Leaf, bool),
}

impl Polar<'_> {
    /// Whether it must be bracketed when it is part of a group.
    pub(super) fn needs_brackets(&self) -> bool {
        match self {
            Polar::All(_) | Polar::Any(_) | Polar::Same { .. } | Polar::Company(_) => true,
            Polar::Contacts { .. } | Polar::Points { .. } => false,
            Polar::Leaf(leaf, yes) => has_clauses(leaf, *yes),
        }
    }
}

/// The condition when `yes`, its complement otherwise; De Morgan carries the NOT down to the leaves.
pub(super) fn polar(condition: &Condition, yes: bool) -> Polar<'_> {
    match condition {
        Condition::Not(inner) => polar(inner, !yes),
        Condition::Leaf(leaf) => Polar::Leaf(leaf, yes),
        Condition::Some { property, of, satisfies } => Polar::Same {
            property,
            of: of.as_ref(),
            every: !yes,
            inner: Box::new(polar(satisfies, yes)),
        },
        Condition::Contacts { how_many, satisfies } => {
            let inner = Box::new(polar(satisfies, true));
            // None of them is the complement of any of them, and both have a sentence of their own.
            let (how_many, yes) = match (how_many, yes) {
                (HowMany::None, false) => (HowMany::Any, true),
                (HowMany::Any | HowMany::AtLeast(1), false) => (HowMany::None, true),
                (how_many, yes) => (*how_many, yes),
            };
            Polar::Contacts { how_many, yes, inner }
        }
        Condition::Company(inner) => Polar::Company(Box::new(polar(inner, yes))),
        Condition::Points { parts, test } => {
            // A sum is always known.
            let (test, yes) = flipped(*test, yes);
            let parts = parts.iter().map(|(weight, part)| (*weight, polar(part, true))).collect();
            Polar::Points { parts, test, yes }
        }
        Condition::All(parts) => group(parts, yes, yes),
        Condition::Any(parts) => group(parts, yes, !yes),
    }
}

fn group(parts: &[Condition], yes: bool, all: bool) -> Polar<'_> {
    let mut said = Vec::with_capacity(parts.len());
    for part in parts {
        match (polar(part, yes), all) {
            (Polar::All(inner), true) | (Polar::Any(inner), false) => said.extend(inner),
            (other, _) => said.push(other),
        }
    }
    if said.len() == 1 {
        return said.remove(0);
    }
    if all { Polar::All(said) } else { Polar::Any(said) }
}

/// Whether a leaf's sentence joins several clauses, so that it needs brackets inside a group.
fn has_clauses(leaf: &Leaf, yes: bool) -> bool {
    match leaf {
        Leaf::Held { .. } => !yes,
        Leaf::Last { has, window, .. } => {
            1 < has.len() + usize::from(!matches!(window, Window::Always))
        }
        Leaf::Sequence(sequence) => {
            let has_comma = sequence.then.iter().any(|step| step.within.is_none());
            has_comma || sequence.window != Window::Always || 1 < clauses(sequence)
        }
        Leaf::Attribute { .. }
        | Leaf::Count { .. }
        | Leaf::Measure { .. }
        | Leaf::First { .. }
        | Leaf::Trend(_)
        | Leaf::Rhythm(_)
        | Leaf::Regularly(_)
        | Leaf::Ratio(_)
        | Leaf::Segment(_)
        | Leaf::Tagged(_)
        | Leaf::Listed(_)
        | Leaf::Mentioned(_)
        | Leaf::Status(_)
        | Leaf::Random(_)
        | Leaf::Score { .. }
        | Leaf::Rank(_)
        | Leaf::Known(_) => false,
        Leaf::Stayed(stayed) => match stayed.test {
            StayTest::Entered(_) | StayTest::Left(_) => true,
            StayTest::AtLeast(_) | StayTest::LessThan(_) => !yes,
        },
    }
}

fn clauses(sequence: &Sequence) -> usize {
    sequence.then.len()
        + usize::from(sequence.never_between.is_some())
        + usize::from(sequence.never_since.is_some())
        + usize::from(sequence.then_no.is_some())
}

/// Whether something must be absent from a sequence.
pub(super) fn wants_absence(sequence: &Sequence) -> bool {
    sequence.never_between.is_some() || sequence.never_since.is_some() || sequence.then_no.is_some()
}

/// How often something happened, as people ask for it.
#[derive(Debug, Clone, Copy)]
pub(super) enum HowOften {
    Never,
    /// Once or more.
    Ever,
    /// The test, or its complement where the language must say "not".
    Number(NumberTest<u32>, bool),
}

/// A count is always known, so that its complement is another plain test: "not at least 3" is "fewer than 3".
pub(super) fn how_often(test: NumberTest<u32>, yes: bool) -> HowOften {
    let (test, yes) = flipped(test, yes);
    match (test, yes) {
        (NumberTest::Exactly(0) | NumberTest::AtMost(0) | NumberTest::Between(0, 0), true)
        | (NumberTest::LessThan(1), _) => HowOften::Never,
        (NumberTest::Exactly(0) | NumberTest::Between(0, 0), false)
        | (NumberTest::AtLeast(1) | NumberTest::MoreThan(0), _) => HowOften::Ever,
        (test, yes) => HowOften::Number(test, yes),
    }
}

/// The complement of an open comparison as its opposite; `Exactly` and `Between` keep their "not".
pub(super) fn flipped<N>(test: NumberTest<N>, yes: bool) -> (NumberTest<N>, bool) {
    if yes {
        return (test, yes);
    }
    match test {
        NumberTest::AtLeast(n) => (NumberTest::LessThan(n), true),
        NumberTest::AtMost(n) => (NumberTest::MoreThan(n), true),
        NumberTest::MoreThan(n) => (NumberTest::AtMost(n), true),
        NumberTest::LessThan(n) => (NumberTest::AtLeast(n), true),
        test @ (NumberTest::Exactly(_) | NumberTest::Between(..)) => (test, false),
    }
}

/// A measure that exists even when nothing happened, so that its comparisons have opposites.
pub(super) fn is_total(measure: Measure) -> bool {
    match measure {
        Measure::Count | Measure::Sum | Measure::Distinct | Measure::Days => true,
        Measure::Average | Measure::Least | Measure::Most => false,
    }
}

/// A measure's numbers as counts of days or times, when they are whole.
pub(super) fn whole(test: &NumberTest<Decimal>) -> Option<NumberTest<u32>> {
    let mut fits = true;
    let whole = test.map(|n| {
        let n = n.normalize();
        let whole = if n.scale() == 0 { u32::try_from(n.mantissa()).ok() } else { None };
        fits &= whole.is_some();
        whole.unwrap_or(0)
    });
    fits.then_some(whole)
}

/// Peels the NOTs off a test.
pub(super) fn peeled(test: &Test, yes: bool) -> (&Test, bool) {
    match test {
        Test::Not(inner) => peeled(inner, !yes),
        _ => (test, yes),
    }
}

/// Events as they are said: who does what, and which filters are left to mention.
#[derive(Debug)]
pub(super) struct Deed<'a> {
    pub(super) kind: DeedKind<'a>,
    /// The filters that made no object.
    pub(super) rest: Vec<&'a Filter>,
    /// All filters.
    pub(super) all: Vec<&'a Filter>,
}

impl Deed<'_> {
    /// Whether a filter made an object other than the usual one.
    pub(super) fn has_object(&self) -> bool {
        matches!(&self.kind, DeedKind::Known(_, objects) if !objects.is_empty())
    }
}

#[derive(Debug)]
pub(super) enum DeedKind<'a> {
    /// A standard event, with the objects one filter makes of its values; none of them is the usual object.
    Known(&'static EventWords, Vec<(&'static Object, Cow<'a, str>)>),
    /// A name of the firm's own.
    Named(&'a str),
    /// Every name that begins so.
    Begins(&'a str),
}

/// How these events are said.
pub(super) fn deed(events: &Events) -> Deed<'_> {
    let all: Vec<&Filter> = events.filters.iter().collect();
    let kind = plain_deed(&events.name).kind;
    let DeedKind::Known(words, _) = kind else { return Deed { kind, rest: all.clone(), all } };
    // The table's order decides which of several filters becomes the object.
    for candidate in words.objects {
        for (place, filter) in all.iter().enumerate() {
            if filter.property != candidate.property {
                continue;
            }
            if let Some(objects) = objects_of(words, filter) {
                let mut rest = all.clone();
                rest.remove(place);
                return Deed { kind: DeedKind::Known(words, objects), rest, all };
            }
        }
    }
    Deed { kind, rest: all.clone(), all }
}

/// How any event of this name is said.
pub(super) fn plain_deed(name: &EventPattern) -> Deed<'_> {
    let kind = match name {
        EventPattern::Prefix(prefix) if prefix.is_empty() => DeedKind::Known(events::ANY, vec![]),
        EventPattern::Prefix(prefix) => DeedKind::Begins(prefix),
        EventPattern::Exact(name) => events::event(name)
            .map_or(DeedKind::Named(name), |words| DeedKind::Known(words, vec![])),
    };
    Deed { kind, rest: vec![], all: vec![] }
}

fn objects_of<'a>(
    words: &'static EventWords,
    filter: &'a Filter,
) -> Option<Vec<(&'static Object, Cow<'a, str>)>> {
    match &filter.test {
        Test::Is(Operand::Value(value)) => Some(vec![object_of(words, &filter.property, value)?]),
        Test::In(values) if values.is_empty() => None,
        Test::In(values) => {
            values.iter().map(|value| object_of(words, &filter.property, value)).collect()
        }
        Test::Contains(text) => {
            let fits = |o: &&Object| o.property == filter.property && o.how == How::Contains;
            let object = words.objects.iter().find(fits)?;
            Some(vec![(object, Cow::Borrowed(text))])
        }
        Test::Is(Operand::Attribute { .. })
        | Test::StartsWith(_)
        | Test::EndsWith(_)
        | Test::Number(_)
        | Test::Exists
        | Test::Day(_)
        | Test::DayIn(_)
        | Test::DayInNext(_)
        | Test::Month(_)
        | Test::Anniversary(_)
        | Test::Age(_)
        | Test::Not(_) => None,
    }
}

/// The object one value of a property makes.
pub(super) fn object_of<'a>(
    words: &'static EventWords,
    property: &str,
    value: &'a Value,
) -> Option<(&'static Object, Cow<'a, str>)> {
    let text: Cow<'a, str> = match value {
        Value::Missing => return None,
        Value::Text(text) => Cow::Borrowed(text),
        Value::Bool(_) | Value::Number(_) => Cow::Owned(value.to_string()),
    };
    let of = || words.objects.iter().filter(|object| object.property == property);
    let object = of()
        .find(|object| matches!(object.how, How::Value(value) if value == text))
        .or_else(|| of().find(|object| object.how == How::Is))?;
    Some((object, text))
}
