//! A block: what is known of 1,024 customers, as far as a question needs it.

use std::sync::Arc;

use facts::Timestamp;

use crate::{
    Column, LANES, Times,
    bytes::{push_i64, read_i64},
};

/// One part of a block, kept and read apart from the others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Since when each customer is known.
    Known,
    /// When the events of a name happened.
    Events(Arc<str>),
    /// The values of a property of the events of a name: name, property.
    Property(Arc<str>, Arc<str>),
    /// The changes of an attribute of the customer.
    Attribute(Arc<str>),
}

/// The events of one name in a block.
#[derive(Debug, Clone)]
pub struct Track {
    /// The name.
    pub name: Arc<str>,
    /// When they happened.
    pub times: Times,
    properties: Vec<(Arc<str>, Column)>,
}

/// What is known of 1,024 customers, in the parts that were read.
#[derive(Debug, Clone)]
pub struct Block {
    /// The number of the customer in the first lane.
    pub first: u32,
    known: Vec<i64>,
    tracks: Vec<Track>,
    attributes: Vec<(Arc<str>, Times, Column)>,
}

impl Block {
    /// A block of the given parts; of several with equal content in other order the same block.
    ///
    /// `None` when a part is not what was written, or does not fit the others.
    pub fn read<'a>(
        first: u32,
        parts: impl Iterator<Item = (&'a Part, &'a [u8])>,
    ) -> Option<Block> {
        let mut block =
            Block { first, known: vec![NEVER; LANES], tracks: vec![], attributes: vec![] };
        let mut properties = vec![];
        for (part, mut bytes) in parts {
            let bytes = &mut bytes;
            match part {
                Part::Known => {
                    for since in &mut block.known {
                        *since = read_i64(bytes)?;
                    }
                }
                Part::Events(name) => {
                    let times = Times::decode(bytes)?;
                    block.tracks.push(Track { name: name.clone(), times, properties: vec![] });
                }
                Part::Property(name, property) => {
                    properties.push((name, property.clone(), Column::decode(bytes)?));
                }
                Part::Attribute(key) => {
                    let (times, column) = (Times::decode(bytes)?, Column::decode(bytes)?);
                    if times.at().len() != column.len() {
                        return None;
                    }
                    block.attributes.push((key.clone(), times, column));
                }
            }
            if !bytes.is_empty() {
                return None;
            }
        }
        block.tracks.sort_by(|a, b| a.name.cmp(&b.name));
        for (name, property, column) in properties {
            let track = block.tracks.iter_mut().find(|track| track.name == *name)?;
            if track.times.at().len() != column.len() {
                return None;
            }
            track.properties.push((property, column));
        }
        Some(block)
    }

    /// Since when the customer of a lane is known, in milliseconds since 1970; [`Block::NEVER`] when nothing is.
    pub fn known(&self) -> &[i64] {
        &self.known
    }

    /// The instant of those of whom nothing is known; later than every other.
    pub const NEVER: i64 = NEVER;

    /// Takes customers out, as if nothing were known of them.
    pub fn forget(&mut self, lanes: impl Iterator<Item = usize>) {
        for lane in lanes {
            self.known[lane] = NEVER;
        }
    }

    /// The events by name, in the order of the names.
    pub fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    /// The changes of an attribute of the customers, and the values they changed to.
    pub fn attribute(&self, key: &str) -> Option<(&Times, &Column)> {
        let found = self.attributes.iter().find(|(known, _, _)| **known == *key)?;
        Some((&found.1, &found.2))
    }
}

const NEVER: i64 = i64::MAX;

impl Track {
    /// The values of a property, one for each event; none when no event here has it.
    ///
    /// The property `contact` is the person an event is about, where the event itself has no such property.
    pub fn property(&self, name: &str) -> Option<&Column> {
        self.properties.iter().find(|(known, _)| **known == *name).map(|(_, column)| column)
    }
}

/// Since when each lane is known, as bytes.
pub(crate) fn encode_known(known: &[Option<Timestamp>]) -> Vec<u8> {
    let mut bytes = vec![];
    for lane in 0..LANES {
        let since = known.get(lane).copied().flatten();
        push_i64(&mut bytes, since.map_or(NEVER, Timestamp::millis));
    }
    bytes
}
