//! Puts a history together: from facts as they come and from pieces the store has kept.

use super::{Change, Damaged, Event, History, Stamp, Track};
use crate::{Fact, Timestamp, What, pack, properties::push_value};

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
        self.made.customer = None;
        self.made.known_since = None;
        self.made.contacts.clear();
        self.made.events.clear();
        self.made.tracks.clear();
        self.made.changes.clear();
        self.made.arena.clear();
        self.names.clear();
        self.event_names.clear();
    }

    /// Says whose history this is. Whoever is named first stays: a customer into whom another was merged keeps their
    /// own key.
    pub fn about(&mut self, customer: &str) {
        if self.made.customer.is_none() {
            self.made.customer = Some(self.keep(customer.as_bytes()));
        }
    }

    /// Adds one fact with its stamp. The caller sorts facts by customer.
    pub fn learn(&mut self, fact: &Fact, stamp: Stamp) {
        self.about(fact.customer.as_str());
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
        for _ in 0..pack::read(bytes)? {
            contacts.push(pack::read_bytes(bytes)?);
        }
        let mut placed: Vec<u32> = vec![0; contacts.len() + 1];
        for _ in 0..pack::read(bytes)? {
            let name = self.name(pack::read_bytes(bytes)?);
            let mut before = 0;
            for _ in 0..pack::read(bytes)? {
                let stamp = read_stamp(bytes, &mut before)?;
                let contact = usize::try_from(pack::read(bytes)?).ok()?;
                let particulars = pack::read_bytes(bytes)?;
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
        for _ in 0..pack::read(bytes)? {
            let stamp = read_stamp(bytes, &mut before)?;
            let contact = usize::try_from(pack::read(bytes)?).ok()?;
            let (key, value) = (pack::read_bytes(bytes)?, pack::read_bytes(bytes)?);
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

fn read_stamp(bytes: &mut &[u8], before: &mut i64) -> Option<Stamp> {
    let at = before.checked_add(pack::read_signed(bytes)?)?;
    let known = at.checked_add(pack::read_signed(bytes)?)?;
    let seq = pack::read(bytes)?;
    let batch = u32::try_from(pack::read(bytes)?).ok()?;
    *before = at;
    Some(Stamp { at: Timestamp::from_millis(at), known: Timestamp::from_millis(known), seq, batch })
}
