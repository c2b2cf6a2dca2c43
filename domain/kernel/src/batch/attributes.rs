//! What attributes are at an instant in every lane of a block, found once for all questions about them.

use columns::{Block, Column, LANES};
use facts::{Timestamp, Value, ValueRef};

use super::{Mask, ask::latest, remembered::Remembered};

/// The attributes of one block, as far as they were asked about.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    found: Vec<(String, Values)>,
}

/// The values of one attribute.
#[derive(Debug)]
pub(super) enum Values {
    /// Nobody here ever had one.
    Missing,
    /// Few different values, and the lanes of each; lanes without a change are with the missing value, the first.
    Few { values: Vec<Value>, lanes: Vec<Mask> },
    /// Many different values: one for each lane.
    Many { values: Vec<Value> },
    /// Only histories know.
    LeftOut,
}

/// Above so many different values there is no list of lanes for each.
const FEW: usize = 256;

impl Attributes {
    /// Forgets the block before.
    pub(super) fn next_block(&mut self) {
        self.found.clear();
    }

    /// The values of an attribute.
    pub(super) fn at(&mut self, block: &Block, key: &str, at: Timestamp) -> &Values {
        let place = match self.found.iter().position(|(known, _)| known == key) {
            Some(place) => place,
            None => {
                self.found.push((key.to_owned(), Values::find(block, key, at)));
                self.found.len() - 1
            }
        };
        &self.found[place].1
    }
}

impl Values {
    fn find(block: &Block, key: &str, at: Timestamp) -> Values {
        let Some((times, column)) = block.attribute(key) else { return Values::Missing };
        let row = |lane: usize| latest(times.starts(), times.at(), lane, at.millis());
        match column {
            Column::Coded { values, codes } if values.len() <= FEW => {
                let mut lanes = vec![Mask::NONE; values.len()];
                for lane in 0..LANES {
                    let value = row(lane).map_or(0, |row| codes.get(row));
                    lanes[value].0[lane / 64] |= 1 << (lane % 64);
                }
                Values::Few { values: values.clone(), lanes }
            }
            Column::LeftOut { .. } => Values::LeftOut,
            Column::Coded { .. } | Column::Numbers { .. } => {
                let value = |lane| row(lane).map_or(ValueRef::Missing, |row| column.value(row));
                Values::Many { values: (0..LANES).map(|lane| value(lane).to_owned()).collect() }
            }
        }
    }

    /// The lanes whose value holds; none when only histories know.
    pub(super) fn ask(
        &self,
        remembered: &mut Remembered,
        node: usize,
        holds: impl Fn(ValueRef<'_>) -> bool,
    ) -> Option<Mask> {
        match self {
            Values::Missing if holds(ValueRef::Missing) => Some(Mask::ALL),
            Values::Missing => Some(Mask::NONE),
            Values::Few { values, lanes } => {
                let table = remembered.table(node, values, holds);
                let pass = lanes.iter().zip(table).filter(|(_, holds)| **holds);
                Some(pass.fold(Mask::NONE, |all, (lanes, _)| all.or(*lanes)))
            }
            Values::Many { values } => Some(Mask::of(|lane| holds(values[lane].borrowed()))),
            Values::LeftOut => None,
        }
    }
}
