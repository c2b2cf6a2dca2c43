//! Everything known of one customer, laid out so that one event type lies together in time order.
//!
//! ```text
//!   tracks     login ─────────┐ purchased ──┐
//!   events   [ 1  1  2  3  5 ][ 2  4 ]        sorted by (name, at, seq)
//!   changes  [ plan: free 1, pro 4 ]          sorted by (contact, key, at, seq)
//!   arena    the bytes of all names, keys and particulars
//! ```

mod builder;
mod grow;
mod hindsight;

pub use builder::HistoryBuilder;

use crate::{Fact, PropertiesRef, Timestamp, ValueRef, pack, properties::read_value};

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
    customer: Option<(u32, u32)>,
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

    /// The customer's key, where it was told: by a fact or by [`HistoryBuilder::about`]. Stored forms leave it out.
    pub fn customer(&self) -> Option<&str> {
        self.customer.map(|key| self.text(key))
    }

    /// The contacts in the order of their keys, each with the first instant from which on it is known.
    pub fn contacts_known_since(&self) -> Vec<(&str, Timestamp)> {
        let mut since = vec![Timestamp::MAX; self.contacts.len()];
        let mut know = |contact: u32, stamp: &Stamp| {
            let place = contact.checked_sub(1).and_then(|place| since.get_mut(place as usize));
            if let Some(since) = place {
                *since = stamp.known.min(*since);
            }
        };
        self.events.iter().for_each(|event| know(event.contact, &event.stamp));
        self.changes.iter().for_each(|change| know(change.contact, &change.stamp));
        self.contacts().zip(since).collect()
    }

    /// All event types, in the order of their names.
    pub fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    /// The track of one event name.
    pub fn track(&self, name: &str) -> Option<&Track> {
        let place = |track: &Track| self.bytes(track.name).cmp(name.as_bytes());
        let place = self.tracks.binary_search_by(place).ok()?;
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
        // Bytes of texts are in the order of the texts.
        let wanted = (contact, key.as_bytes());
        let place = |change: &Change| (change.contact, self.bytes(change.key)).cmp(&wanted);
        let first = self.changes.partition_point(|change| place(change).is_lt());
        let rest = &self.changes[first..];
        // Most attributes have changed once or never.
        let n = match rest.get(1) {
            Some(second) if place(second).is_eq() => {
                rest.partition_point(|change| place(change).is_eq())
            }
            _ => usize::from(rest.first().is_some_and(|change| place(change).is_eq())),
        };
        &rest[..n]
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
        pack::push_u64(bytes, self.contacts.len() as u64);
        for contact in &self.contacts {
            pack::push_bytes(bytes, self.bytes(*contact));
        }
        pack::push_u64(bytes, self.tracks.len() as u64);
        for track in &self.tracks {
            pack::push_bytes(bytes, self.bytes(track.name));
            pack::push_u64(bytes, u64::from(track.end - track.first));
            let mut before = 0;
            for event in self.events_of(track) {
                push_stamp(bytes, &event.stamp, &mut before);
                pack::push_u64(bytes, u64::from(event.contact));
                pack::push_bytes(bytes, self.bytes(event.particulars));
            }
        }
        pack::push_u64(bytes, self.changes.len() as u64);
        let mut before = 0;
        for change in &self.changes {
            push_stamp(bytes, &change.stamp, &mut before);
            pack::push_u64(bytes, u64::from(change.contact));
            pack::push_bytes(bytes, self.bytes(change.key));
            pack::push_bytes(bytes, self.bytes(change.value));
        }
    }
}

fn push_stamp(bytes: &mut Vec<u8>, stamp: &Stamp, before: &mut i64) {
    pack::push_i64(bytes, stamp.at.millis() - *before);
    pack::push_i64(bytes, stamp.known.millis() - stamp.at.millis());
    pack::push_u64(bytes, stamp.seq);
    pack::push_u64(bytes, u64::from(stamp.batch));
    *before = stamp.at.millis();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ContactKey, CustomerKey, EventName, Properties, Value, What};

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
    fn a_history_in_memory_learns_as_a_builder_does_whatever_the_order() {
        let told: Vec<(Fact, Stamp)> = vec![
            (event("view", "b", Some("P2")), stamp(20, 2, 1)),
            (event("login", "", None), stamp(30, 3, 2)),
            (event("view", "a", Some("P1")), stamp(10, 4, 2)),
            (event("view", "c", None), stamp(20, 1, 1)),
            (became(&[("plan", Value::from("free")), ("age", Value::from(30))]), stamp(5, 5, 1)),
            (became(&[("plan", Value::from("pro"))]), stamp(15, 6, 2)),
            (became(&[]), stamp(1, 7, 2)),
            (event("cart", "", Some("P0")), stamp(20, 8, 3)),
        ];
        let stored = |history: &History| {
            let mut bytes = vec![];
            history.encode(&mut bytes);
            bytes
        };
        let mut builder = HistoryBuilder::new();
        told.iter().for_each(|(fact, stamp)| builder.learn(fact, *stamp));
        let whole = stored(builder.finish());
        for turned in 0..told.len() {
            let mut order = told.clone();
            order.rotate_left(turned);
            let (first, later) = order.split_at(turned);
            let mut builder = HistoryBuilder::new();
            first.iter().for_each(|(fact, stamp)| builder.learn(fact, *stamp));
            let mut history = builder.into_history();
            assert_eq!(history.customer(), (0 < turned).then_some("C1"));
            // Twice: what is known already is left alone.
            for (fact, stamp) in later.iter().chain(later) {
                history.learn(fact, *stamp);
            }
            assert_eq!(stored(&history), whole, "turned by {turned}");
            assert_eq!(history.customer(), Some("C1"));
            assert_eq!(history.known_since(), Some(Timestamp::from_millis(6)));
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
