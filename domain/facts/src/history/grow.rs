//! A history that is kept in memory learns one more fact, without being put together anew.

use super::{Change, Event, History, Stamp, Track};
use crate::{Fact, Timestamp, What, properties::push_value};

impl History {
    /// Learns one fact. A fact it has already, by its place in the order of arrival, is left alone.
    ///
    /// Afterwards it knows what a [`super::HistoryBuilder`] told the same facts would, in the same order.
    pub fn learn(&mut self, fact: &Fact, stamp: Stamp) {
        self.know(fact.customer.as_str(), stamp.known);
        let contact = fact.contact.as_ref().map_or(0, |key| self.learn_contact(key.as_str()));
        match &fact.what {
            What::Happened { name, properties } => {
                let track = self.learn_track(name.as_str());
                let Track { first, end, .. } = self.tracks[track];
                let events = &self.events[first as usize..end as usize];
                let place = (stamp.at, stamp.seq);
                let place =
                    events.partition_point(|event| (event.stamp.at, event.stamp.seq) < place);
                if events.get(place).is_some_and(|event| event.stamp.seq == stamp.seq) {
                    return;
                }
                let particulars = self.keep(properties.as_bytes());
                let event = Event { stamp, contact, particulars };
                self.events.insert(first as usize + place, event);
                self.tracks[track].end += 1;
                for later in &mut self.tracks[track + 1..] {
                    later.first += 1;
                    later.end += 1;
                }
            }
            What::Became(values) => {
                for (key, value) in values.borrowed().iter() {
                    let mut packed = vec![];
                    push_value(&mut packed, value);
                    self.learn_change(contact, key, &packed, stamp);
                }
                if values.as_bytes().is_empty() {
                    // "Known, and nothing more" is a change of no attribute.
                    self.learn_change(contact, "", &[], stamp);
                }
            }
        }
    }

    /// Learns that the customer is known from an instant on, and nothing else.
    pub fn know(&mut self, customer: &str, known: Timestamp) {
        if self.customer.is_none() {
            self.customer = Some(self.keep(customer.as_bytes()));
        }
        self.known_since = Some(self.known_since.map_or(known, |since| since.min(known)));
    }

    /// The place of the latest record in the order of arrival.
    pub fn latest_seq(&self) -> Option<u64> {
        let events = self.events.iter().map(|event| event.stamp.seq);
        events.chain(self.changes.iter().map(|change| change.stamp.seq)).max()
    }

    /// The same customer without any event: attributes, and since when the customer is known.
    #[must_use]
    pub fn without_events(&self) -> History {
        let mut rest = History { known_since: self.known_since, ..History::default() };
        rest.customer = self.customer.map(|key| rest.keep(self.bytes(key)));
        rest.contacts = self.contacts.iter().map(|key| rest.keep(self.bytes(*key))).collect();
        for change in &self.changes {
            let key = rest.keep(self.bytes(change.key));
            let value = rest.keep(self.bytes(change.value));
            rest.changes.push(Change { key, value, ..*change });
        }
        rest
    }

    /// About how many bytes of memory it takes.
    pub fn size(&self) -> usize {
        size_of::<History>()
            + self.arena.capacity()
            + self.events.capacity() * size_of::<Event>()
            + self.changes.capacity() * size_of::<Change>()
            + self.tracks.capacity() * size_of::<Track>()
            + self.contacts.capacity() * size_of::<(u32, u32)>()
    }

    fn learn_change(&mut self, contact: u32, key: &str, value: &[u8], stamp: Stamp) {
        let order = |change: &Change| {
            let place = (change.contact, self.text(change.key), change.stamp.at, change.stamp.seq);
            place.cmp(&(contact, key, stamp.at, stamp.seq))
        };
        let Err(place) = self.changes.binary_search_by(order) else { return };
        let key = self.keep(key.as_bytes());
        let value = self.keep(value);
        self.changes.insert(place, Change { stamp, contact, key, value });
    }

    /// The place of the track of a name, made when there is none.
    fn learn_track(&mut self, name: &str) -> usize {
        match self.tracks.binary_search_by(|track| self.text(track.name).cmp(name)) {
            Ok(place) => place,
            Err(place) => {
                let first =
                    self.tracks.get(place).map_or(self.events.len() as u32, |next| next.first);
                let name = self.keep(name.as_bytes());
                self.tracks.insert(place, Track { name, first, end: first });
                place
            }
        }
    }

    /// The number of a contact, who is put in the order of the keys when not known yet.
    fn learn_contact(&mut self, key: &str) -> u32 {
        let place = match self.contacts.binary_search_by(|known| self.text(*known).cmp(key)) {
            Ok(place) => return place as u32 + 1,
            Err(place) => place,
        };
        let key = self.keep(key.as_bytes());
        self.contacts.insert(place, key);
        let renumber = |contact: &mut u32| {
            if place < *contact as usize {
                *contact += 1;
            }
        };
        self.events.iter_mut().for_each(|event| renumber(&mut event.contact));
        self.changes.iter_mut().for_each(|change| renumber(&mut change.contact));
        place as u32 + 1
    }

    fn keep(&mut self, bytes: &[u8]) -> (u32, u32) {
        let start = self.arena.len();
        self.arena.extend_from_slice(bytes);
        let end = self.arena.len();
        assert!(end <= u32::MAX as usize, "one customer's records fill more than 4 GB");
        (start as u32, end as u32)
    }
}
