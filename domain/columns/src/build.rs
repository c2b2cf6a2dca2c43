//! Makes the parts of a block out of histories.

use std::{collections::BTreeMap, sync::Arc};

use facts::{History, Timestamp, Track, ValueRef};

use crate::{LANES, Part, Times, block::encode_known, column::ColumnBuilder};

/// Makes a block's parts out of the histories of its customers; one builder serves many blocks in turn.
#[derive(Debug, Default)]
pub struct BlockBuilder {
    known: Vec<Option<Timestamp>>,
    tracks: BTreeMap<Arc<str>, Building>,
    attributes: BTreeMap<Arc<str>, Building>,
}

/// The rows of one event name, or of one attribute, on their way into columns.
#[derive(Debug, Default)]
struct Building {
    at: Vec<i64>,
    ends: Vec<u32>,
    properties: BTreeMap<Arc<str>, ColumnBuilder>,
}

/// Under this name an attribute keeps its values.
const VALUE: &str = "";

impl BlockBuilder {
    /// A builder with nothing in it.
    pub fn new() -> BlockBuilder {
        BlockBuilder::default()
    }

    /// Adds the history of the customer of a lane; lanes come in rising order.
    pub fn add(&mut self, lane: usize, history: &History) {
        assert!(self.known.len() <= lane && lane < LANES, "lanes come in rising order");
        self.known.resize(lane, None);
        self.known.push(history.known_since());
        for track in history.tracks() {
            let name = history.name(track);
            let building = match self.tracks.get_mut(name) {
                Some(building) => building,
                None => self.tracks.entry(name.into()).or_default(),
            };
            building.add_track(lane, history, track);
        }
        for (contact, key, change) in history.all_changes() {
            // A change of no attribute only says that the customer is known.
            if contact.is_some() || key.is_empty() {
                continue;
            }
            let building = match self.attributes.get_mut(key) {
                Some(building) => building,
                None => self.attributes.entry(key.into()).or_default(),
            };
            building.ends.resize(lane.max(building.ends.len()), building.at.len() as u32);
            let row = building.at.len();
            building.at.push(change.stamp.at.millis());
            building.put(VALUE, row, history.value(change));
            building.ends.truncate(lane);
            building.ends.push(building.at.len() as u32);
        }
    }

    /// The parts of the block, in order; the builder is empty again.
    pub fn finish(&mut self) -> Vec<(Part, Vec<u8>)> {
        let known = std::mem::take(&mut self.known);
        let mut parts = vec![(Part::Known, encode_known(&known))];
        for (name, building) in std::mem::take(&mut self.tracks) {
            let n = building.at.len();
            let mut bytes = vec![];
            Times::of(building.at, building.ends).encode(&mut bytes);
            parts.push((Part::Events(name.clone()), bytes));
            for (property, column) in building.properties {
                let mut bytes = vec![];
                column.finish(n).encode(&mut bytes);
                parts.push((Part::Property(name.clone(), property), bytes));
            }
        }
        for (key, building) in std::mem::take(&mut self.attributes) {
            let n = building.at.len();
            let mut bytes = vec![];
            Times::of(building.at, building.ends).encode(&mut bytes);
            for column in building.properties.into_values() {
                column.finish(n).encode(&mut bytes);
            }
            parts.push((Part::Attribute(key), bytes));
        }
        parts
    }
}

impl Building {
    fn add_track(&mut self, lane: usize, history: &History, track: &Track) {
        self.ends.resize(lane, self.at.len() as u32);
        for event in history.events_of(track) {
            let row = self.at.len();
            self.at.push(event.stamp.at.millis());
            let mut has_contact = false;
            for (name, value) in history.particulars(event).iter() {
                has_contact |= name == "contact" && !value.is_missing();
                if !value.is_missing() {
                    self.put(name, row, value);
                }
            }
            if let (false, Some(contact)) = (has_contact, history.contact_of(event)) {
                self.put("contact", row, ValueRef::Text(contact));
            }
        }
        self.ends.push(self.at.len() as u32);
    }

    fn put(&mut self, name: &str, row: usize, value: ValueRef<'_>) {
        match self.properties.get_mut(name) {
            Some(column) => column.put(row, value),
            None => {
                let mut column = ColumnBuilder::new();
                column.put(row, value);
                self.properties.insert(name.into(), column);
            }
        }
    }
}
