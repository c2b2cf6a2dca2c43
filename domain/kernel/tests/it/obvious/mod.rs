//! The slow, obvious evaluator: the meaning of conditions said a second time, from docs/semantics.md alone.
//!
//! It looks at every record at every instant, knows no windows as stretches and no timers, and shares no code with the
//! kernel. Where the two disagree, one of them is wrong.

mod almanac;
mod measures;
mod sequences;
mod standing;
mod values;

use condition::{
    Condition, DefaultGap, EventPattern, Events, Filter, HowMany, Leaf, Rhythm, SegmentId, Window,
};
use facts::{Decimal, Timestamp, Value, What};

pub(crate) use almanac::Almanac;
pub(crate) use standing::Pasts;

use crate::drivers::{Told, World};

/// One customer's facts in order of receipt, at one instant.
#[derive(Clone, Copy)]
pub(crate) struct Obvious<'a> {
    pub(crate) told: &'a [&'a Told],
    pub(crate) world: &'a World,
    pub(crate) almanac: &'a Almanac,
    pub(crate) pasts: &'a Pasts,
    pub(crate) at: Timestamp,
    bound: &'a [(String, Value)],
    contact: Option<&'a str>,
}

/// An event that has happened, and its place in the order of arrival.
#[derive(Clone, Copy)]
struct Happened<'a> {
    told: &'a Told,
    at: Timestamp,
    seq: usize,
}

impl<'a> Obvious<'a> {
    pub(crate) fn new(
        told: &'a [&'a Told],
        world: &'a World,
        almanac: &'a Almanac,
        pasts: &'a Pasts,
        at: Timestamp,
    ) -> Obvious<'a> {
        Obvious { told, world, almanac, pasts, at, bound: &[], contact: None }
    }

    /// Whether the customer is a member: known, and the condition holds.
    pub(crate) fn is_member(&self, condition: &Condition) -> bool {
        self.told.iter().any(|told| told.received <= self.at) && self.holds(condition)
    }

    fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(parts) => parts.iter().all(|part| self.holds(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Condition::Not(inner) => !self.holds(inner),
            Condition::Some { property, of, satisfies } => {
                let any = EventPattern::Prefix(String::new());
                let events = self.named(of.as_ref().unwrap_or(&any));
                events.into_iter().any(|event| {
                    let value = self.property(&event, property);
                    let mut bound = self.bound.to_vec();
                    bound.push((property.clone(), value.clone()));
                    value != Value::Missing && Obvious { bound: &bound, ..*self }.holds(satisfies)
                })
            }
            Condition::Contacts { how_many, satisfies } => {
                let known = self.known_contacts();
                let fits = |key: &&String| {
                    Obvious { contact: Some(key.as_str()), ..*self }.holds(satisfies)
                };
                let n = known.iter().filter(fits).count();
                match how_many {
                    HowMany::Any => n != 0,
                    HowMany::All => n != 0 && n == known.len(),
                    HowMany::None => n == 0,
                    HowMany::AtLeast(wanted) => *wanted as usize <= n,
                }
            }
            Condition::Company(inner) => Obvious { contact: None, ..*self }.holds(inner),
            Condition::Points { parts, test } => {
                let holding = parts.iter().filter(|(_, part)| self.holds(part));
                let sum: i64 = holding.map(|(weight, _)| i64::from(*weight)).sum();
                test.holds(&Decimal::from(sum))
            }
            Condition::Leaf(leaf) => self.leaf(leaf),
        }
    }

    /// The whole customer at another instant.
    fn whole_at(&self, at: Timestamp) -> Obvious<'a> {
        Obvious { at, bound: &[], contact: None, ..*self }
    }

    /// Whether the customer is in another segment.
    fn is_in(&self, id: &SegmentId) -> bool {
        let found = self.world.segments.iter().find(|(known, _)| known == id);
        let (_, condition) = found.expect("the segment referred to is there");
        self.whole_at(self.at).is_member(condition)
    }

    fn leaf(&self, leaf: &Leaf) -> bool {
        match leaf {
            Leaf::Attribute { key, test } => self.passes(&self.attribute(key), test),
            Leaf::Held { key, value, at_least, length } => {
                self.held(key, value, *at_least, length.millis)
            }
            Leaf::Count { events, test, window } => {
                let n = self.inside(events, window).len() as u32;
                test.holds(&n)
            }
            Leaf::Measure { measured, test, window } => self.measure(measured, test, window),
            Leaf::First { events, window, if_none } => {
                let matching = self.matching(events);
                let first = matching.iter().min_by_key(|event| (event.at, event.seq));
                first.map_or(*if_none, |first| self.lies_in(first.at, window))
            }
            Leaf::Last { name, has, window, if_none } => {
                let named = self.named(name);
                let last = named.iter().max_by_key(|event| (event.at, event.seq));
                let fits =
                    |last: &Happened<'_>| self.lies_in(last.at, window) && self.all_pass(last, has);
                last.map_or(*if_none, fits)
            }
            Leaf::Trend(trend) => self.trend(trend),
            Leaf::Rhythm(rhythm) => self.rhythm(rhythm),
            Leaf::Sequence(sequence) => self.sequence(sequence),
            Leaf::Segment(id) => self.is_in(id),
            Leaf::Regularly(leaf) => self.regularly(leaf),
            Leaf::Ratio(leaf) => self.ratio(leaf),
            Leaf::Stayed(leaf) => self.stayed(leaf),
            Leaf::Status(leaf) => self.status(leaf),
            Leaf::Tagged(name) => self.is_true(&format!("tag:{name}")),
            Leaf::Listed(name) => self.is_true(&format!("list:{name}")),
            Leaf::Mentioned(leaf) => self.mentioned(leaf),
            Leaf::Random(share) => share.holds(self.told[0].fact.customer.as_str()),
            Leaf::Score { id, test } => self.score(id, test),
            Leaf::Rank(rank) => self.rank(rank),
            Leaf::Known(length) => {
                let told = self.told.iter().filter(|told| self.is_of_the_one_asked(told));
                told.into_iter().any(|told| length.millis <= self.at.since(told.received))
            }
        }
    }

    /// Whether a record is about the contact asked about, or no contact is.
    fn is_of_the_one_asked(&self, told: &Told) -> bool {
        let contact = told.fact.contact.as_ref().map(|key| key.as_str());
        self.contact.is_none() || contact == self.contact
    }

    /// The changes of an attribute of the customer's (or the contact's) own that have happened, oldest first.
    fn changes(&self, key: &str) -> Vec<(Timestamp, Value)> {
        let mut changes = vec![];
        for told in self.told {
            let What::Became(values) = &told.fact.what else { continue };
            let contact = told.fact.contact.as_ref().map(|key| key.as_str());
            let is_own = contact == self.contact && told.fact.at <= self.at;
            for (name, value) in values.borrowed().iter() {
                if is_own && name == key {
                    changes.push((told.fact.at, value.to_owned()));
                }
            }
        }
        // The sort keeps the order of arrival among equal times.
        changes.sort_by_key(|(at, _)| *at);
        changes
    }

    fn attribute(&self, key: &str) -> Value {
        self.changes(key).pop().map_or(Value::Missing, |(_, value)| value)
    }

    fn held(&self, key: &str, wanted: &Value, at_least: bool, length: i64) -> bool {
        let mut now = Value::Missing;
        let mut since = Timestamp::MIN;
        for (at, value) in self.changes(key) {
            if !values::equal(&now, &value) {
                since = at;
            }
            now = value;
        }
        let long_enough = length <= self.at.since(since);
        values::equal(&now, wanted) && long_enough == at_least
    }

    /// The events of a name that have happened and carry the values being tried.
    fn named(&self, name: &EventPattern) -> Vec<Happened<'a>> {
        let mut named = vec![];
        for (seq, told) in self.told.iter().enumerate() {
            let What::Happened { name: its, .. } = &told.fact.what else { continue };
            let fits = match name {
                EventPattern::Exact(name) => name == its.as_str(),
                EventPattern::Prefix(prefix) => its.as_str().starts_with(prefix.as_str()),
            };
            let event = Happened { told, at: told.fact.at, seq };
            if fits
                && self.carries_what_is_tried(told)
                && self.is_of_the_one_asked(told)
                && event.at <= self.at
            {
                named.push(event);
            }
        }
        named
    }

    /// Whether an event has every value that is being tried.
    fn carries_what_is_tried(&self, told: &Told) -> bool {
        let event = Happened { told, at: told.fact.at, seq: 0 };
        let mut tried = self.bound.iter();
        tried.all(|(property, value)| values::equal(&self.property(&event, property), value))
    }

    fn matching(&self, events: &Events) -> Vec<Happened<'a>> {
        let mut matching = self.named(&events.name);
        matching.retain(|event| self.all_pass(event, &events.filters));
        matching
    }

    fn inside(&self, events: &Events, window: &Window) -> Vec<Happened<'a>> {
        let mut inside = self.matching(events);
        inside.retain(|event| self.lies_in(event.at, window));
        inside
    }

    fn all_pass(&self, event: &Happened<'_>, filters: &[Filter]) -> bool {
        filters
            .iter()
            .all(|filter| self.passes(&self.property(event, &filter.property), &filter.test))
    }

    fn property(&self, event: &Happened<'_>, name: &str) -> Value {
        let What::Happened { properties, .. } = &event.told.fact.what else {
            return Value::Missing;
        };
        let value = properties.borrowed().get(name).to_owned();
        match (&value, name, &event.told.fact.contact) {
            (Value::Missing, "contact", Some(contact)) => Value::from(contact.as_str()),
            _ => value,
        }
    }

    fn lies_in(&self, at: Timestamp, window: &Window) -> bool {
        self.almanac.lies_in(at, window, self.at)
    }

    fn rhythm(&self, rhythm: &Rhythm) -> bool {
        let mut occasions: Vec<i64> =
            self.matching(&rhythm.events).iter().map(|event| event.at.millis()).collect();
        occasions.sort_unstable();
        occasions.dedup();
        let Some(last) = occasions.last() else { return false };
        let mut gaps: Vec<i64> = occasions.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.sort_unstable();
        let n = gaps.len();
        let median = if n == 0 || n < rhythm.gaps_at_least as usize {
            let Some(default) = self.default_gap(rhythm) else { return false };
            default
        } else if n % 2 == 1 {
            Decimal::from(gaps[n / 2])
        } else {
            Decimal::from(gaps[n / 2 - 1] + gaps[n / 2]) / Decimal::from(2)
        };
        rhythm.overdue_by * median < Decimal::from(self.at.millis() - last)
    }

    /// The default gap in milliseconds.
    fn default_gap(&self, rhythm: &Rhythm) -> Option<Decimal> {
        let (days, or) = match rhythm.default_gap.as_ref()? {
            DefaultGap::Length(length) => return Some(Decimal::from(length.millis)),
            DefaultGap::Attribute { key, or } => (self.attribute(key), or),
            DefaultGap::Property { name, or } => {
                let mut matching = self.matching(&rhythm.events);
                matching.sort_by_key(|event| (event.at, event.seq));
                (matching.last().map_or(Value::Missing, |last| self.property(last, name)), or)
            }
        };
        let days = values::number(&days).filter(|days| Decimal::ZERO < *days);
        let millis = days.map(|days| (days * Decimal::from(Timestamp::DAY)).floor());
        millis.or(or.map(|length| Decimal::from(length.millis)))
    }
}
