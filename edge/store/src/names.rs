//! Which event names, properties and attributes the facts use, how often, and with what values: what a form offers.
//!
//! Counts are kept by adding batches and taking undone ones away, so they never need a second look at the facts.

use std::{collections::HashMap, sync::Arc};

use facts::{EventName, PropertiesRef, ValueRef};

use crate::told::{AttributeName, EventNames, Kind, Names, PropertyName};
use facts::pack::{Unpack, push_bytes, push_u64};

/// Beyond these, new names are not listed (they count and work all the same), so that a source that makes up names
/// cannot fill the memory.
const MOST_EVENTS: usize = 5_000;
const MOST_PROPERTIES: usize = 300;
const MOST_ATTRIBUTES: usize = 2_000;
const SAMPLES: usize = 5;
const SAMPLE_CHARS: usize = 60;

/// Names with something counted for each, in the order of first appearance.
#[derive(Clone)]
struct Table<T> {
    entries: Vec<(Arc<str>, T)>,
    places: HashMap<Arc<str>, u32>,
}

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table { entries: vec![], places: HashMap::new() }
    }
}

impl<T: Default> Table<T> {
    /// What is counted for a name; `None` when the table is full.
    fn entry(&mut self, name: &str, most: usize) -> Option<&mut T> {
        let place = match self.places.get(name) {
            Some(place) => *place as usize,
            None if self.entries.len() < most => {
                let name: Arc<str> = name.into();
                self.places.insert(name.clone(), self.entries.len() as u32);
                self.entries.push((name, T::default()));
                self.entries.len() - 1
            }
            None => return None,
        };
        Some(&mut self.entries[place].1)
    }

    fn known(&mut self, name: &str) -> Option<&mut T> {
        let place = *self.places.get(name)?;
        Some(&mut self.entries[place as usize].1)
    }

    fn push(&self, bytes: &mut Vec<u8>, push: impl Fn(&mut Vec<u8>, &T)) {
        push_u64(bytes, self.entries.len() as u64);
        for (name, counted) in &self.entries {
            push_bytes(bytes, name.as_bytes());
            push(bytes, counted);
        }
    }

    fn read(
        rest: &mut Unpack<'_>,
        read: impl Fn(&mut Unpack<'_>) -> Option<T>,
    ) -> Option<Table<T>> {
        let mut table = Table::default();
        for _ in 0..rest.u64()? {
            let name = rest.text()?;
            *table.entry(name, usize::MAX)? = read(rest)?;
        }
        Some(table)
    }
}

/// All names of a batch or of the whole store.
#[derive(Default, Clone)]
pub(crate) struct NameCounts {
    events: Table<EventCount>,
    /// Of customers, and of contacts.
    attributes: [Table<AttributeCount>; 2],
}

#[derive(Default, Clone)]
struct EventCount {
    events: u64,
    properties: Table<ValueCount>,
}

#[derive(Default, Clone)]
struct AttributeCount {
    values: ValueCount,
    fills: Fills,
}

#[derive(Default, Clone)]
struct ValueCount {
    kinds: [u64; 4],
    samples: Vec<(Arc<str>, u32)>,
}

/// For each customer how many facts give a value; a count that reaches the most stays there.
#[derive(Default, Clone)]
struct Fills {
    counts: Vec<u16>,
    filled: u64,
}

impl NameCounts {
    pub(crate) fn event(&mut self, name: &str, values: PropertiesRef<'_>) {
        let Some(event) = self.events.entry(name, MOST_EVENTS) else { return };
        event.events += 1;
        for (key, value) in values.iter() {
            if let Some(kind) = kind(value)
                && let Some(values) = event.properties.entry(key, MOST_PROPERTIES)
            {
                values.count(kind, value);
            }
        }
    }

    /// Attributes of the customer with the given number (within a batch: its place in the batch), or of a contact.
    pub(crate) fn attributes(&mut self, no: u32, of_contact: bool, values: PropertiesRef<'_>) {
        for (key, value) in values.iter() {
            if let Some(kind) = kind(value)
                && let Some(attribute) =
                    self.attributes[usize::from(of_contact)].entry(key, MOST_ATTRIBUTES)
            {
                attribute.values.count(kind, value);
                attribute.fills.add(no, 1);
            }
        }
    }

    /// Adds a batch; `numbers` turns places within the batch into customer numbers.
    pub(crate) fn add(&mut self, batch: u32, counts: &NameCounts, numbers: &[u32]) {
        for (name, other) in &counts.events.entries {
            let Some(event) = self.events.entry(name, MOST_EVENTS) else { continue };
            event.events += other.events;
            for (key, values) in &other.properties.entries {
                if let Some(mine) = event.properties.entry(key, MOST_PROPERTIES) {
                    mine.add(batch, values);
                }
            }
        }
        for (mine, other) in self.attributes.iter_mut().zip(&counts.attributes) {
            for (key, other) in &other.entries {
                let Some(mine) = mine.entry(key, MOST_ATTRIBUTES) else { continue };
                mine.values.add(batch, &other.values);
                for (place, count) in other.fills.counts.iter().enumerate() {
                    mine.fills.add(numbers[place], *count);
                }
            }
        }
    }

    /// Takes a batch away again.
    pub(crate) fn take(&mut self, batch: u32, counts: &NameCounts, numbers: &[u32]) {
        for (name, other) in &counts.events.entries {
            let Some(event) = self.events.known(name) else { continue };
            event.events = event.events.saturating_sub(other.events);
            for (key, values) in &other.properties.entries {
                if let Some(mine) = event.properties.known(key) {
                    mine.take(batch, values);
                }
            }
        }
        for (mine, other) in self.attributes.iter_mut().zip(&counts.attributes) {
            for (key, other) in &other.entries {
                let Some(mine) = mine.known(key) else { continue };
                mine.values.take(batch, &other.values);
                for (place, count) in other.fills.counts.iter().enumerate() {
                    mine.fills.take(numbers[place], *count);
                }
            }
        }
    }

    /// The names that still count, as users see them.
    pub(crate) fn told(&self) -> Names {
        let mut events: Vec<EventNames> = vec![];
        for (name, count) in &self.events.entries {
            // Every name came from a fact, whose event name had been checked.
            let Ok(name) = EventName::new(name) else { continue };
            if count.events == 0 {
                continue;
            }
            let mut properties: Vec<PropertyName> = vec![];
            for (key, values) in &count.properties.entries {
                let events = values.kinds.iter().sum();
                if 0 < events {
                    let (key, kind, samples) = (key.clone(), values.kind(), values.samples());
                    properties.push(PropertyName { key, kind, events, samples });
                }
            }
            properties.sort_by(|a, b| a.key.cmp(&b.key));
            events.push(EventNames { name, events: count.events, properties });
        }
        events.sort_by(|a, b| a.name.cmp(&b.name));
        let [attributes, contact_attributes] = &self.attributes;
        Names {
            events,
            attributes: attribute_names(attributes),
            contact_attributes: attribute_names(contact_attributes),
        }
    }

    pub(crate) fn push(&self, bytes: &mut Vec<u8>) {
        self.events.push(bytes, |bytes, event| {
            push_u64(bytes, event.events);
            event.properties.push(bytes, |bytes, values| values.push(bytes));
        });
        for table in &self.attributes {
            table.push(bytes, |bytes, attribute| {
                attribute.values.push(bytes);
                attribute.fills.push(bytes);
            });
        }
    }

    pub(crate) fn read(rest: &mut Unpack<'_>) -> Option<NameCounts> {
        let events = Table::read(rest, |rest| {
            let events = rest.u64()?;
            Some(EventCount { events, properties: Table::read(rest, ValueCount::read)? })
        })?;
        let attributes = |rest: &mut Unpack<'_>| {
            Table::read(rest, |rest| {
                let values = ValueCount::read(rest)?;
                Some(AttributeCount { values, fills: Fills::read(rest)? })
            })
        };
        Some(NameCounts { events, attributes: [attributes(rest)?, attributes(rest)?] })
    }
}

fn attribute_names(table: &Table<AttributeCount>) -> Vec<AttributeName> {
    let mut names: Vec<AttributeName> = table
        .entries
        .iter()
        .filter(|(_, count)| 0 < count.fills.filled)
        .map(|(key, count)| AttributeName {
            key: key.clone(),
            kind: count.values.kind(),
            filled: count.fills.filled,
            samples: count.values.samples(),
        })
        .collect();
    names.sort_by(|a, b| a.key.cmp(&b.key));
    names
}

impl ValueCount {
    fn count(&mut self, kind: Kind, value: ValueRef<'_>) {
        self.kinds[kind as usize] += 1;
        if SAMPLES <= self.samples.len() {
            return;
        }
        let text: String = match value {
            ValueRef::Text(text) => text.chars().take(SAMPLE_CHARS).collect(),
            other => other.to_string(),
        };
        self.sample(&text.into(), 0);
    }

    fn sample(&mut self, text: &Arc<str>, batch: u32) {
        let known = self.samples.iter().any(|(known, _)| known == text);
        if self.samples.len() < SAMPLES && !known {
            self.samples.push((text.clone(), batch));
        }
    }

    fn add(&mut self, batch: u32, other: &ValueCount) {
        for (mine, other) in self.kinds.iter_mut().zip(other.kinds) {
            *mine += other;
        }
        for (text, _) in &other.samples {
            self.sample(text, batch);
        }
    }

    fn take(&mut self, batch: u32, other: &ValueCount) {
        for (mine, other) in self.kinds.iter_mut().zip(other.kinds) {
            *mine = mine.saturating_sub(other);
        }
        self.samples.retain(|(_, from)| *from != batch);
    }

    fn kind(&self) -> Kind {
        const KINDS: [Kind; 4] = [Kind::Text, Kind::Number, Kind::Bool, Kind::Date];
        let mut most = Kind::Text;
        for kind in KINDS {
            if self.kinds[most as usize] < self.kinds[kind as usize] {
                most = kind;
            }
        }
        most
    }

    fn samples(&self) -> Vec<Arc<str>> {
        self.samples.iter().map(|(text, _)| text.clone()).collect()
    }

    fn push(&self, bytes: &mut Vec<u8>) {
        self.kinds.iter().for_each(|count| push_u64(bytes, *count));
        push_u64(bytes, self.samples.len() as u64);
        for (text, batch) in &self.samples {
            push_bytes(bytes, text.as_bytes());
            push_u64(bytes, u64::from(*batch));
        }
    }

    fn read(rest: &mut Unpack<'_>) -> Option<ValueCount> {
        let mut values = ValueCount::default();
        for count in &mut values.kinds {
            *count = rest.u64()?;
        }
        for _ in 0..rest.u64()? {
            values.samples.push((rest.text()?.into(), rest.u32()?));
        }
        Some(values)
    }
}

impl Fills {
    fn add(&mut self, no: u32, by: u16) {
        if by == 0 {
            return;
        }
        let place = no as usize;
        if self.counts.len() <= place {
            self.counts.resize(place + 1, 0);
        }
        self.filled += u64::from(self.counts[place] == 0);
        self.counts[place] = self.counts[place].saturating_add(by);
    }

    fn take(&mut self, no: u32, by: u16) {
        let Some(count) = self.counts.get_mut(no as usize) else { return };
        if by == 0 || *count == 0 || *count == u16::MAX {
            return;
        }
        *count = count.saturating_sub(by);
        self.filled -= u64::from(*count == 0);
    }

    fn push(&self, bytes: &mut Vec<u8>) {
        // Zeros at the end say nothing; leaving them out makes equal content equal bytes.
        let end = self.counts.iter().rposition(|count| *count != 0).map_or(0, |last| last + 1);
        push_u64(bytes, end as u64);
        self.counts[..end].iter().for_each(|count| push_u64(bytes, u64::from(*count)));
    }

    fn read(rest: &mut Unpack<'_>) -> Option<Fills> {
        let mut fills = Fills::default();
        for no in 0..rest.u32()? {
            fills.add(no, rest.u64()?.try_into().ok()?);
        }
        Some(fills)
    }
}

/// The kind of a value; `None` when it is missing.
fn kind(value: ValueRef<'_>) -> Option<Kind> {
    match value {
        ValueRef::Missing => None,
        ValueRef::Bool(_) => Some(Kind::Bool),
        ValueRef::Number(_) => Some(Kind::Number),
        ValueRef::Text(text) if is_date(text) => Some(Kind::Date),
        ValueRef::Text(_) => Some(Kind::Text),
    }
}

/// `2026-11-21`, alone or before a time.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(day) = bytes.get(..10) else { return false };
    let digits = [0, 1, 2, 3, 5, 6, 8, 9].iter().all(|place| day[*place].is_ascii_digit());
    digits && day[4] == b'-' && day[7] == b'-' && matches!(bytes.get(10), None | Some(b'T' | b' '))
}
