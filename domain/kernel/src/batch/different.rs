//! How many different values, a lane of a block after another.
//!
//! A value lies in a window exactly when its latest event does. So the latest event of each value is marked once, and the
//! marks between two places are the different values of every window that ends there, however early it begins.

use std::collections::{HashMap, HashSet};

use columns::{Block, Column, LANES};
use facts::Value;

use super::{
    ask::{Found, Numbers},
    compile::{Cuts, Quantity},
    streams::{Streams, View},
};

/// The marks of one block, as far as they were asked about.
#[derive(Debug, Default)]
pub(super) struct Latest {
    known: Vec<Marks>,
    spare: Vec<Marks>,
    seen: Vec<u32>,
}

/// Which events of a stream are the latest of their value up to a cut.
#[derive(Debug, Default)]
struct Marks {
    stream: usize,
    of: String,
    to: usize,
    /// At each place the marks before it.
    up_to: Vec<u32>,
}

impl Latest {
    /// Forgets the block before.
    pub(super) fn next_block(&mut self) {
        self.spare.append(&mut self.known);
    }
}

/// How many different values; values are the same when they are written the same.
pub(super) fn distinct<'m>(
    quantity: &Quantity,
    block: &Block,
    streams: &Streams,
    memory: &'m mut Numbers,
) -> Option<Found<'m>> {
    let Numbers { counts, latest, .. } = memory;
    let counts = Numbers::zeros(counts);
    if streams.names(quantity.stream) == 0 {
        return Some(Found::Count(counts));
    }
    let view = streams.only(quantity.stream, block)?;
    let Some(column) = block.tracks()[view.track()].property(&quantity.of) else {
        return Some(Found::Count(counts));
    };
    let marks = latest.marks(quantity, view, column)?;
    let window = view.from(quantity.window).iter().zip(view.to(quantity.window));
    for (count, (from, to)) in counts.iter_mut().zip(window) {
        if from < to {
            *count = (marks[*to as usize] - marks[*from as usize]) as i32;
        }
    }
    Some(Found::Count(counts))
}

impl Latest {
    /// The marks of the stream of a quantity, over the widest of all windows they are asked of; none when only histories
    /// know the values.
    fn marks(&mut self, quantity: &Quantity, view: View<'_>, column: &Column) -> Option<&[u32]> {
        let to = quantity.window.to;
        let key = (quantity.stream, quantity.of.as_str(), to);
        let is_known = |one: &Marks| (one.stream, one.of.as_str(), one.to) == key;
        let place = match self.known.iter().position(is_known) {
            Some(place) => place,
            None => {
                let mut marks = self.spare.pop().unwrap_or_default();
                (marks.stream, marks.to) = (quantity.stream, to);
                quantity.of.clone_into(&mut marks.of);
                let window = Cuts { from: quantity.since, to };
                marks.find((view, window), column, &mut self.seen)?;
                self.known.push(marks);
                self.known.len() - 1
            }
        };
        Some(&self.known[place].up_to)
    }
}

impl Marks {
    fn find(
        &mut self,
        (view, window): (View<'_>, Cuts),
        column: &Column,
        seen: &mut Vec<u32>,
    ) -> Option<()> {
        self.up_to.clear();
        self.up_to.resize(view.at().len() + 1, 0);
        let (from, to) = (view.from(window), view.to(window));
        match column {
            Column::Coded { values, codes } => {
                let classes = classes(values);
                seen.clear();
                seen.resize(values.len(), u32::MAX);
                for lane in 0..LANES {
                    for place in (from[lane]..to[lane]).rev() {
                        let class = classes[codes.get(view.row(place as usize))];
                        // Class 0 is the missing value.
                        let is_latest = class != 0 && seen[class] != lane as u32;
                        seen[class] = lane as u32;
                        self.up_to[place as usize + 1] = u32::from(is_latest);
                    }
                }
            }
            Column::Numbers { whole, .. } => {
                let mut met = HashSet::new();
                for lane in 0..LANES {
                    met.clear();
                    for place in (from[lane]..to[lane]).rev() {
                        let row = view.row(place as usize);
                        let is_latest = !column.value(row).is_missing() && met.insert(whole[row]);
                        self.up_to[place as usize + 1] = u32::from(is_latest);
                    }
                }
            }
            Column::LeftOut { .. } => return None,
        }
        let mut n = 0;
        for up_to in &mut self.up_to {
            n += *up_to;
            *up_to = n;
        }
        Some(())
    }
}

/// For each value the place of the first that is written the same. Different texts are written differently, and so are
/// different numbers.
fn classes(values: &[Value]) -> Vec<usize> {
    let all = |is: fn(&Value) -> bool| values.iter().skip(1).all(is);
    if all(|value| matches!(value, Value::Text(_)))
        || all(|value| matches!(value, Value::Number(_)))
    {
        return (0..values.len()).collect();
    }
    let mut first: HashMap<String, usize> = HashMap::new();
    let written = values.iter().map(ToString::to_string).enumerate();
    written.map(|(place, text)| *first.entry(text).or_insert(place)).collect()
}
