//! Streams of one name whose filters look at the same property: which of them each value goes to, so that one walk over
//! the values of a block fills all of them.

use columns::{Codes, Times};
use facts::{Value, ValueRef};

/// Where values go, by name and property, remembered from block to block: neighbours often have the same values.
#[derive(Debug, Default)]
pub(super) struct Sortings {
    known: Vec<Known>,
    /// The rows that go somewhere, and where.
    hits: Vec<(u32, u32)>,
}

#[derive(Debug)]
struct Known {
    name: String,
    property: String,
    streams: Vec<usize>,
    values: Vec<Value>,
    sorted: Sorted,
}

/// Which streams each value goes to, as places in the list of streams: values that go to the same streams share a slot,
/// and slot 0 goes nowhere.
#[derive(Debug, Default)]
struct Sorted {
    slot_of: Vec<u32>,
    slots: Vec<Vec<u32>>,
}

/// The values of a property in a block.
#[derive(Clone, Copy)]
pub(super) struct Coded<'a> {
    pub(super) name: &'a str,
    pub(super) property: &'a str,
    pub(super) values: &'a [Value],
    pub(super) codes: &'a Codes,
    pub(super) times: &'a Times,
}

impl Sortings {
    /// Calls `each` with the place in `streams`, the lane and the row of every event that goes to a stream. `holds` says
    /// whether a value goes to a stream.
    pub(super) fn walk(
        &mut self,
        coded: Coded<'_>,
        streams: &[usize],
        holds: impl Fn(usize, ValueRef<'_>) -> bool,
        mut each: impl FnMut(usize, usize, u32),
    ) {
        let place = self.place(coded, streams, holds);
        let Sortings { known, hits } = self;
        let Sorted { slot_of, slots } = &known[place].sorted;
        hits.resize(hits.len().max(coded.codes.len() + 1), (0, 0));
        // Every row is written down, and the next one over it where it goes nowhere: what is rare and what is not alike.
        let mut n = 0;
        coded.codes.look_up(slot_of, |row, slot| {
            hits[n] = (row as u32, slot);
            n += usize::from(slot != 0);
        });
        let starts = coded.times.starts();
        let mut lane = 0;
        for (row, slot) in &hits[..n] {
            while starts[lane + 1] <= *row {
                lane += 1;
            }
            for stream in &slots[*slot as usize] {
                each(*stream as usize, lane, *row);
            }
        }
    }

    /// Where it is remembered how values go to streams.
    fn place(
        &mut self,
        coded: Coded<'_>,
        streams: &[usize],
        holds: impl Fn(usize, ValueRef<'_>) -> bool,
    ) -> usize {
        let is_known = |one: &Known| {
            (one.name.as_str(), one.property.as_str(), one.streams.as_slice())
                == (coded.name, coded.property, streams)
        };
        let place = self.known.iter().position(is_known).unwrap_or_else(|| {
            self.known.push(Known {
                name: coded.name.to_owned(),
                property: coded.property.to_owned(),
                streams: streams.to_vec(),
                values: vec![],
                sorted: Sorted::default(),
            });
            self.known.len() - 1
        });
        let known = &mut self.known[place];
        if known.values.as_slice() != coded.values {
            known.values.clear();
            known.values.extend_from_slice(coded.values);
            known.sorted = Sorted::of(streams, coded.values, holds);
        }
        place
    }
}

impl Sorted {
    fn of(
        streams: &[usize],
        values: &[Value],
        holds: impl Fn(usize, ValueRef<'_>) -> bool,
    ) -> Sorted {
        let mut slots: Vec<Vec<u32>> = vec![vec![]];
        let slot_of = values.iter().map(|value| {
            let passing =
                streams.iter().zip(0..).filter(|(stream, _)| holds(**stream, value.borrowed()));
            let to: Vec<u32> = passing.map(|(_, place)| place).collect();
            let place = slots.iter().position(|slot| *slot == to).unwrap_or_else(|| {
                slots.push(to);
                slots.len() - 1
            });
            place as u32
        });
        Sorted { slot_of: slot_of.collect(), slots }
    }
}
