//! Everything known of one customer, laid out so that one event type lies together in time order.
//!
//! ```text
//!   tracks     login ─────────┐ purchased ──┐
//!   events   [ 1  1  2  3  5 ][ 2  4 ]        sorted by (name, at, seq)
//!   changes  [ plan: free 1, pro 4 ]          sorted by (contact, key, at, seq)
//!   arena    the bytes of all names, keys and particulars
//! ```

use crate::{
    Fact, PropertiesRef, Timestamp, ValueRef, What,
    properties::{push_value, read_value},
};

/// Where a record stands among all records: when it happened, when we knew, in which order and batch it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// When it happened.
    pub at: Timestamp,
    /// From when on it made the customer known: when it was received, or, for old records brought in by an
    /// import, when it happened. Never later than it was received.
    pub known: Timestamp,
    /// Its place in the order of arrival over all records of the store.
    pub seq: u64,
    /// The batch it came with; undoing a batch takes all its records away.
    pub batch: u32,
}

/// One event in a [`History`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// When, and in which order.
    pub stamp: Stamp,
    contact: u32,
    particulars: (u32, u32),
}

/// The events of one name, next to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Track {
    name: (u32, u32),
    first: u32,
    end: u32,
}

/// One change of one attribute of the customer or of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// When, and in which order.
    pub stamp: Stamp,
    contact: u32,
    key: (u32, u32),
    value: (u32, u32),
}

/// What the store gives back is not what was put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a stored history is damaged; run `kizashi rebuild` to make it anew from the facts")]
pub struct Damaged;

/// One customer's events and attribute changes, and since when the customer is known.
///
/// Invariant: events are sorted by (name, at, seq), changes by (contact, key, at, seq).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    known_since: Option<Timestamp>,
    contacts: Vec<(u32, u32)>,
    events: Vec<Event>,
    tracks: Vec<Track>,
    changes: Vec<Change>,
    arena: Vec<u8>,
}

impl History {
    /// The first instant from which on the customer is known; `None` when nothing is known at all.
    pub fn known_since(&self) -> Option<Timestamp> {
        self.known_since
    }

    /// All event types, in the order of their names.
    pub fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    /// The track of one event name.
    pub fn track(&self, name: &str) -> Option<&Track> {
        let place = self.tracks.binary_search_by(|track| self.text(track.name).cmp(name)).ok()?;
        self.tracks.get(place)
    }

    /// The tracks whose names begin with `prefix`.
    pub fn tracks_with_prefix(&self, prefix: &str) -> &[Track] {
        let first = self.tracks.partition_point(|track| self.text(track.name) < prefix);
        let n =
            self.tracks[first..].partition_point(|track| self.text(track.name).starts_with(prefix));
        &self.tracks[first..first + n]
    }

    /// The name of a track.
    pub fn name(&self, track: &Track) -> &str {
        self.text(track.name)
    }

    /// The events of a track, oldest first; equal times in the order of arrival.
    pub fn events_of(&self, track: &Track) -> &[Event] {
        &self.events[track.first as usize..track.end as usize]
    }

    /// How many events there are of all names.
    pub fn n_events(&self) -> usize {
        self.events.len()
    }

    /// The particulars of an event.
    pub fn particulars(&self, event: &Event) -> PropertiesRef<'_> {
        PropertiesRef::packed(self.bytes(event.particulars))
    }

    /// The contact an event is about, by key.
    pub fn contact_of(&self, event: &Event) -> Option<&str> {
        self.contact_key(event.contact)
    }

    /// The keys of all contacts, in order.
    pub fn contacts(&self) -> impl Iterator<Item = &str> {
        self.contacts.iter().map(|key| self.text(*key))
    }

    /// The changes of one attribute of the customer, oldest first.
    pub fn changes(&self, key: &str) -> &[Change] {
        self.changes_of(0, key)
    }

    /// The changes of one attribute of a contact, oldest first.
    pub fn contact_changes(&self, contact: &str, key: &str) -> &[Change] {
        match self.contacts().position(|known| known == contact) {
            Some(place) => self.changes_of(place as u32 + 1, key),
            None => &[],
        }
    }

    /// All attribute changes with their contact (none: the customer's own) and key.
    pub fn all_changes(&self) -> impl Iterator<Item = (Option<&str>, &str, &Change)> {
        self.changes
            .iter()
            .map(|change| (self.contact_key(change.contact), self.text(change.key), change))
    }

    /// The value an attribute changed to.
    pub fn value(&self, change: &Change) -> ValueRef<'_> {
        read_value(self.bytes(change.value)).map_or(ValueRef::Missing, |(value, _)| value)
    }

    /// The value of a customer's attribute at `at`: its latest change by the time it happened.
    pub fn attribute(&self, key: &str, at: Timestamp) -> ValueRef<'_> {
        self.latest(self.changes(key), at)
    }

    /// The value of a contact's attribute at `at`.
    pub fn contact_attribute(&self, contact: &str, key: &str, at: Timestamp) -> ValueRef<'_> {
        self.latest(self.contact_changes(contact, key), at)
    }

    fn latest(&self, changes: &[Change], at: Timestamp) -> ValueRef<'_> {
        let n = changes.partition_point(|change| change.stamp.at <= at);
        changes[..n].last().map_or(ValueRef::Missing, |change| self.value(change))
    }

    fn changes_of(&self, contact: u32, key: &str) -> &[Change] {
        let place = |change: &Change| (change.contact, self.text(change.key)).cmp(&(contact, key));
        let first = self.changes.partition_point(|change| place(change).is_lt());
        let n = self.changes[first..].partition_point(|change| place(change).is_eq());
        &self.changes[first..first + n]
    }

    fn contact_key(&self, contact: u32) -> Option<&str> {
        let place = contact.checked_sub(1)?;
        self.contacts.get(place as usize).map(|key| self.text(*key))
    }

    fn bytes(&self, (start, end): (u32, u32)) -> &[u8] {
        &self.arena[start as usize..end as usize]
    }

    fn text(&self, place: (u32, u32)) -> &str {
        std::str::from_utf8(self.bytes(place)).unwrap_or_default()
    }

    /// Appends the stored form, which [`HistoryBuilder::absorb`] reads. It begins with a version byte.
    pub fn encode(&self, bytes: &mut Vec<u8>) {
        bytes.push(1);
        varint::push(bytes, self.contacts.len() as u64);
        for contact in &self.contacts {
            varint::push_bytes(bytes, self.bytes(*contact));
        }
        varint::push(bytes, self.tracks.len() as u64);
        for track in &self.tracks {
            varint::push_bytes(bytes, self.bytes(track.name));
            varint::push(bytes, u64::from(track.end - track.first));
            let mut before = 0;
            for event in self.events_of(track) {
                push_stamp(bytes, &event.stamp, &mut before);
                varint::push(bytes, u64::from(event.contact));
                varint::push_bytes(bytes, self.bytes(event.particulars));
            }
        }
        varint::push(bytes, self.changes.len() as u64);
        let mut before = 0;
        for change in &self.changes {
            push_stamp(bytes, &change.stamp, &mut before);
            varint::push(bytes, u64::from(change.contact));
            varint::push_bytes(bytes, self.bytes(change.key));
            varint::push_bytes(bytes, self.bytes(change.value));
        }
    }
}

fn push_stamp(bytes: &mut Vec<u8>, stamp: &Stamp, before: &mut i64) {
    varint::push_signed(bytes, stamp.at.millis() - *before);
    varint::push_signed(bytes, stamp.known.millis() - stamp.at.millis());
    varint::push(bytes, stamp.seq);
    varint::push(bytes, u64::from(stamp.batch));
    *before = stamp.at.millis();
}

fn read_stamp(bytes: &mut &[u8], before: &mut i64) -> Option<Stamp> {
    let at = before.checked_add(varint::read_signed(bytes)?)?;
    let known = at.checked_add(varint::read_signed(bytes)?)?;
    let seq = varint::read(bytes)?;
    let batch = u32::try_from(varint::read(bytes)?).ok()?;
    *before = at;
    Some(Stamp { at: Timestamp::from_millis(at), known: Timestamp::from_millis(known), seq, batch })
}

/// Puts histories together from facts and from stored pieces; one builder serves many customers in turn.
#[derive(Debug, Default)]
pub struct HistoryBuilder {
    made: History,
    names: Vec<(u32, u32)>,
    event_names: Vec<u32>,
}

impl HistoryBuilder {
    /// A builder with nothing in it.
    pub fn new() -> HistoryBuilder {
        HistoryBuilder::default()
    }

    /// Forgets everything but keeps the memory.
    pub fn clear(&mut self) {
        self.made.known_since = None;
        self.made.contacts.clear();
        self.made.events.clear();
        self.made.tracks.clear();
        self.made.changes.clear();
        self.made.arena.clear();
        self.names.clear();
        self.event_names.clear();
    }

    /// Adds one fact with its stamp. The fact's customer is not looked at: the caller sorts facts by customer.
    pub fn learn(&mut self, fact: &Fact, stamp: Stamp) {
        let contact = fact.contact.as_ref().map_or(0, |key| self.contact(key.as_str().as_bytes()));
        self.know_from(stamp.known);
        match &fact.what {
            What::Happened { name, properties } => {
                let name = self.name(name.as_str().as_bytes());
                let particulars = self.keep(properties.as_bytes());
                self.event_names.push(name);
                self.made.events.push(Event { stamp, contact, particulars });
            }
            What::Became(values) => {
                for (key, value) in values.borrowed().iter() {
                    let key = self.keep(key.as_bytes());
                    let start = self.made.arena.len() as u32;
                    push_value(&mut self.made.arena, value);
                    let value = (start, self.made.arena.len() as u32);
                    self.made.changes.push(Change { stamp, contact, key, value });
                }
                if values.as_bytes().is_empty() {
                    // Keeps "known, and nothing more" through the store: a change of no attribute.
                    let nowhere = self.keep(&[]);
                    self.made.changes.push(Change { stamp, contact, key: nowhere, value: nowhere });
                }
            }
        }
    }

    /// Adds a piece written by [`History::encode`], leaving out the records of batches for which `undone` holds.
    ///
    /// # Errors
    /// [`Damaged`] when the bytes are not what was written.
    pub fn absorb(&mut self, piece: &[u8], undone: impl Fn(u32) -> bool) -> Result<(), Damaged> {
        self.absorb_checked(piece, undone).ok_or(Damaged)
    }

    fn absorb_checked(&mut self, piece: &[u8], undone: impl Fn(u32) -> bool) -> Option<()> {
        let mut rest = piece.strip_prefix(&[1])?;
        let bytes = &mut rest;
        let mut contacts = vec![];
        for _ in 0..varint::read(bytes)? {
            contacts.push(varint::read_bytes(bytes)?);
        }
        let mut placed: Vec<u32> = vec![0; contacts.len() + 1];
        for _ in 0..varint::read(bytes)? {
            let name = self.name(varint::read_bytes(bytes)?);
            let mut before = 0;
            for _ in 0..varint::read(bytes)? {
                let stamp = read_stamp(bytes, &mut before)?;
                let contact = usize::try_from(varint::read(bytes)?).ok()?;
                let particulars = varint::read_bytes(bytes)?;
                if undone(stamp.batch) {
                    continue;
                }
                let contact = self.place(contact, &contacts, &mut placed)?;
                let particulars = self.keep(particulars);
                self.know_from(stamp.known);
                self.event_names.push(name);
                self.made.events.push(Event { stamp, contact, particulars });
            }
        }
        let mut before = 0;
        for _ in 0..varint::read(bytes)? {
            let stamp = read_stamp(bytes, &mut before)?;
            let contact = usize::try_from(varint::read(bytes)?).ok()?;
            let (key, value) = (varint::read_bytes(bytes)?, varint::read_bytes(bytes)?);
            if undone(stamp.batch) {
                continue;
            }
            let contact = self.place(contact, &contacts, &mut placed)?;
            let (key, value) = (self.keep(key), self.keep(value));
            self.know_from(stamp.known);
            self.made.changes.push(Change { stamp, contact, key, value });
        }
        rest.is_empty().then_some(())
    }

    /// Sorts what was added into a history, which stays in the builder until it is cleared.
    ///
    /// Facts may be added after this and the history finished again.
    pub fn finish(&mut self) -> &History {
        self.sort_contacts();
        self.sort_events();
        let made = &mut self.made;
        let arena = &made.arena;
        let text = |(start, end): (u32, u32)| &arena[start as usize..end as usize];
        made.changes.sort_by(|a, b| {
            (a.contact, text(a.key), a.stamp.at, a.stamp.seq).cmp(&(
                b.contact,
                text(b.key),
                b.stamp.at,
                b.stamp.seq,
            ))
        });
        made
    }

    /// Like [`HistoryBuilder::finish`], giving the history away.
    pub fn into_history(mut self) -> History {
        self.finish();
        self.made
    }

    /// Numbers contacts in the order of their keys, so that equal facts give equal bytes however they came.
    fn sort_contacts(&mut self) {
        let made = &mut self.made;
        let text = |(start, end): (u32, u32)| &made.arena[start as usize..end as usize];
        if made.contacts.is_sorted_by_key(|key| text(*key)) {
            return;
        }
        let mut order: Vec<u32> = (0..made.contacts.len() as u32).collect();
        order.sort_by_key(|place| text(made.contacts[*place as usize]));
        let mut renumbered = vec![0; order.len() + 1];
        for (new, old) in order.iter().enumerate() {
            renumbered[*old as usize + 1] = new as u32 + 1;
        }
        made.contacts = order.iter().map(|old| made.contacts[*old as usize]).collect();
        made.events.iter_mut().for_each(|event| event.contact = renumbered[event.contact as usize]);
        made.changes
            .iter_mut()
            .for_each(|change| change.contact = renumbered[change.contact as usize]);
    }

    fn sort_events(&mut self) {
        let made = &mut self.made;
        let text = |(start, end): (u32, u32)| &made.arena[start as usize..end as usize];
        let mut by_name: Vec<u32> = (0..self.names.len() as u32).collect();
        by_name.sort_by(|a, b| text(self.names[*a as usize]).cmp(text(self.names[*b as usize])));
        let mut rank = vec![0_u32; by_name.len()];
        for (place, name) in by_name.iter().enumerate() {
            rank[*name as usize] = place as u32;
        }
        let mut order: Vec<(u32, Event)> = self
            .event_names
            .iter()
            .map(|name| rank[*name as usize])
            .zip(made.events.iter().copied())
            .collect();
        let key = |(rank, event): &(u32, Event)| (*rank, event.stamp.at, event.stamp.seq);
        if !order.is_sorted_by_key(key) {
            order.sort_by_key(key);
        }
        made.events.clear();
        made.tracks.clear();
        for (place, (rank, event)) in order.into_iter().enumerate() {
            let name_index = by_name[rank as usize];
            let name = self.names[name_index as usize];
            self.event_names[place] = name_index;
            made.events.push(event);
            match made.tracks.last_mut() {
                Some(track) if track.name == name => track.end += 1,
                _ => made.tracks.push(Track { name, first: place as u32, end: place as u32 + 1 }),
            }
        }
    }

    fn know_from(&mut self, known: Timestamp) {
        self.made.known_since = Some(self.made.known_since.map_or(known, |since| since.min(known)));
    }

    fn keep(&mut self, bytes: &[u8]) -> (u32, u32) {
        let start = self.made.arena.len();
        self.made.arena.extend_from_slice(bytes);
        let end = self.made.arena.len();
        assert!(end <= u32::MAX as usize, "one customer's records fill more than 4 GB");
        (start as u32, end as u32)
    }

    fn name(&mut self, name: &[u8]) -> u32 {
        let known = self.names.iter().position(|place| self.made.bytes(*place) == name);
        known.unwrap_or_else(|| {
            let place = self.keep(name);
            self.names.push(place);
            self.names.len() - 1
        }) as u32
    }

    fn contact(&mut self, key: &[u8]) -> u32 {
        let known = self.made.contacts.iter().position(|place| self.made.bytes(*place) == key);
        let place = known.unwrap_or_else(|| {
            let place = self.keep(key);
            self.made.contacts.push(place);
            self.made.contacts.len() - 1
        });
        place as u32 + 1
    }

    /// The number here of a contact numbered in a piece; a contact is taken over with its first live record.
    fn place(&mut self, contact: usize, keys: &[&[u8]], placed: &mut [u32]) -> Option<u32> {
        let Some(index) = contact.checked_sub(1) else { return Some(0) };
        if *placed.get(contact)? == 0 {
            placed[contact] = self.contact(keys.get(index)?);
        }
        Some(placed[contact])
    }
}

impl History {
    /// A history of the given facts, for tests and for files read without a store: stamped in the order given,
    /// each known from the instant beside it.
    pub fn of<'a>(facts: impl IntoIterator<Item = (&'a Fact, Timestamp)>) -> History {
        let mut builder = HistoryBuilder::new();
        for (seq, (fact, known)) in facts.into_iter().enumerate() {
            builder.learn(fact, Stamp { at: fact.at, known, seq: seq as u64, batch: 0 });
        }
        builder.into_history()
    }
}

/// Whole numbers in as few bytes as they need (LEB128, zigzag for signed ones).
pub(crate) mod varint {
    pub(crate) fn push(bytes: &mut Vec<u8>, mut number: u64) {
        while 0x7f < number {
            bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        bytes.push(number as u8);
    }

    pub(crate) fn read(bytes: &mut &[u8]) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = bytes.split_first()?;
            *bytes = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub(crate) fn push_signed(bytes: &mut Vec<u8>, number: i64) {
        push(bytes, ((number << 1) ^ (number >> 63)) as u64);
    }

    pub(crate) fn read_signed(bytes: &mut &[u8]) -> Option<i64> {
        read(bytes).map(|number| (number >> 1) as i64 ^ -((number & 1) as i64))
    }

    pub(crate) fn push_bytes(bytes: &mut Vec<u8>, piece: &[u8]) {
        push(bytes, piece.len() as u64);
        bytes.extend_from_slice(piece);
    }

    pub(crate) fn read_bytes<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
        let length = usize::try_from(read(bytes)?).ok()?;
        let (piece, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        Some(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ContactKey, CustomerKey, EventName, Properties, Value};

    fn stamp(at: i64, seq: u64, batch: u32) -> Stamp {
        let at = Timestamp::from_millis(at);
        Stamp { at, known: at.plus(5), seq, batch }
    }

    fn event(name: &str, page: &str, contact: Option<&str>) -> Fact {
        Fact {
            customer: CustomerKey::new("C1").unwrap(),
            contact: contact.map(|key| ContactKey::new(key).unwrap()),
            at: Timestamp::from_millis(0),
            what: What::Happened {
                name: EventName::new(name).unwrap(),
                properties: Properties::new([("page", Value::from(page))]).unwrap(),
            },
            id: None,
        }
    }

    fn became(pairs: &[(&str, Value)]) -> Fact {
        Fact {
            what: What::Became(Properties::new(pairs.iter().cloned()).unwrap()),
            ..event("x", "", None)
        }
    }

    fn sample() -> HistoryBuilder {
        let mut builder = HistoryBuilder::new();
        builder.learn(&event("view", "b", Some("P2")), stamp(20, 2, 1));
        builder.learn(&event("login", "", None), stamp(30, 3, 2));
        builder.learn(&event("view", "a", Some("P1")), stamp(10, 4, 2));
        builder.learn(&event("view", "c", None), stamp(20, 1, 1));
        builder.learn(
            &became(&[("plan", Value::from("free")), ("age", Value::from(30))]),
            stamp(5, 5, 1),
        );
        builder.learn(&became(&[("plan", Value::from("pro"))]), stamp(15, 6, 2));
        builder
    }

    #[test]
    fn events_of_a_name_lie_in_time_order_and_ties_keep_arrival_order() {
        let mut builder = sample();
        let history = builder.finish();
        let views = history.track("view").unwrap();
        let pages: Vec<String> = history
            .events_of(views)
            .iter()
            .map(|event| history.particulars(event).get("page").to_string())
            .collect();
        assert_eq!(pages, ["a", "c", "b"]);
        assert_eq!(history.contact_of(&history.events_of(views)[2]), Some("P2"));
        assert_eq!(history.tracks_with_prefix("lo").len(), 1);
        assert_eq!(history.tracks_with_prefix("").len(), 2);
        assert_eq!(history.known_since(), Some(Timestamp::from_millis(10)));
        assert_eq!(history.attribute("plan", Timestamp::from_millis(14)), ValueRef::Text("free"));
        assert_eq!(history.attribute("plan", Timestamp::from_millis(15)), ValueRef::Text("pro"));
        assert_eq!(history.attribute("plan", Timestamp::from_millis(4)), ValueRef::Missing);
    }

    #[test]
    fn a_stored_history_comes_back_and_undone_batches_do_not() {
        let history = sample().into_history();
        let mut stored = vec![];
        history.encode(&mut stored);
        let mut builder = HistoryBuilder::new();
        builder.absorb(&stored, |_| false).unwrap();
        let back = builder.finish();
        let mut again = vec![];
        back.encode(&mut again);
        assert_eq!(stored, again);
        builder.clear();
        builder.absorb(&stored, |batch| batch == 1).unwrap();
        let rest = builder.finish();
        assert_eq!(rest.n_events(), 2);
        assert_eq!(rest.contacts().collect::<Vec<_>>(), ["P1"]);
        assert_eq!(rest.attribute("age", Timestamp::MAX), ValueRef::Missing);
        for end in 0..stored.len() {
            assert!(
                HistoryBuilder::new().absorb(&stored[..end], |_| false).is_err(),
                "cut at {end}"
            );
        }
    }

    #[test]
    fn an_empty_update_makes_known_and_survives_the_store() {
        let mut builder = HistoryBuilder::new();
        builder.learn(&became(&[]), stamp(7, 0, 1));
        let mut stored = vec![];
        builder.finish().encode(&mut stored);
        let mut back = HistoryBuilder::new();
        back.absorb(&stored, |_| false).unwrap();
        assert_eq!(back.finish().known_since(), Some(Timestamp::from_millis(12)));
    }
}
