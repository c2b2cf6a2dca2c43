//! Sums, averages, the least and the greatest of a property, a lane of a block after another.

use columns::{Block, Column, LANES};
use condition::Measure;
use facts::{Decimal, Value};

use super::{
    Mask,
    ask::{Found, Numbers},
    compile::Quantity,
    streams::{Streams, View},
};

/// The numbers of a property in a stream, as whole numbers of one scale; none when they do not fit.
struct Whole {
    scale: u32,
    numbers: Vec<i64>,
    /// Which events have a number; all when there is none.
    there: Option<Vec<bool>>,
}

impl Whole {
    fn of(view: View<'_>, block: &Block, property: &str) -> Option<Whole> {
        let n = view.at().len();
        let Some(column) = block.tracks()[view.track()].property(property) else {
            return Some(Whole { scale: 0, numbers: vec![0; n], there: Some(vec![false; n]) });
        };
        match column {
            Column::Numbers { scale, whole, present } => {
                let numbers = (0..n).map(|place| whole[view.row(place)]).collect();
                let there = present.as_ref().map(|words| {
                    let is_there = |row: usize| words[row / 64] >> (row % 64) & 1 == 1;
                    (0..n).map(|place| is_there(view.row(place))).collect()
                });
                Some(Whole { scale: *scale, numbers, there })
            }
            Column::Coded { values, codes } => {
                let (scale, table) = numbers_of(values)?;
                let found = (0..n).map(|place| table[codes.get(view.row(place))]);
                let there = found.clone().map(|number| number.is_some()).collect();
                let numbers = found.map(Option::unwrap_or_default).collect();
                Some(Whole { scale, numbers, there: Some(there) })
            }
            Column::LeftOut { .. } => None,
        }
    }

    fn is_there(&self, place: usize) -> bool {
        self.there.as_ref().is_none_or(|there| there[place])
    }
}

/// The numbers that values are, as whole numbers of one scale; none when one does not fit.
fn numbers_of(values: &[Value]) -> Option<(u32, Vec<Option<i64>>)> {
    let numbers: Vec<Option<Decimal>> = values
        .iter()
        .map(|value| value.borrowed().as_number().map(|number| number.normalize()))
        .collect();
    let scale = numbers.iter().flatten().map(Decimal::scale).max().unwrap_or(0);
    let whole = |number: Decimal| {
        let up = 10_i128.checked_pow(scale - number.scale())?;
        i64::try_from(number.mantissa().checked_mul(up)?).ok()
    };
    let table: Option<Vec<Option<i64>>> = numbers
        .into_iter()
        .map(|number| match number {
            Some(number) => whole(number).map(Some),
            None => Some(None),
        })
        .collect();
    Some((scale, table?))
}

pub(super) fn sum<'m>(
    quantity: &Quantity,
    block: &Block,
    streams: &Streams,
    memory: &'m mut Numbers,
) -> Option<Found<'m>> {
    let Numbers { sums, wide, .. } = memory;
    wide.clear();
    let is_average = quantity.measure == Measure::Average;
    if streams.names(quantity.stream) == 0 {
        wide.resize(LANES, 0);
        return Some(match is_average {
            true => Found::Average { scale: 0, sums: wide, parts: vec![0; LANES] },
            false => Found::Whole { scale: 0, numbers: wide },
        });
    }
    let view = streams.only(quantity.stream, block)?;
    let key = (quantity.stream, quantity.of.as_str());
    let place = match sums.iter().position(|known| (known.stream, known.of.as_str()) == key) {
        Some(place) => place,
        None => {
            sums.push(Sums::of(key, view, block)?);
            sums.len() - 1
        }
    };
    let Sums { scale, running, parts, .. } = &sums[place];
    let window = view.from(quantity.window).iter().zip(view.to(quantity.window));
    wide.extend(window.clone().map(|(from, to)| {
        if from < to { running[*to as usize] - running[*from as usize] } else { 0 }
    }));
    if !is_average {
        return Some(Found::Whole { scale: *scale, numbers: wide });
    }
    let counts = window
        .map(|(from, to)| if from < to { parts[*to as usize] - parts[*from as usize] } else { 0 });
    Some(Found::Average { scale: *scale, sums: wide, parts: counts.collect() })
}

/// Sums from the beginning of a block, so that the sum of a window is a difference.
#[derive(Debug)]
pub(super) struct Sums {
    stream: usize,
    of: String,
    scale: u32,
    /// Up to each event.
    running: Vec<i64>,
    /// How many numbers there are up to each event.
    parts: Vec<u32>,
}

impl Sums {
    /// None when the sums do not fit.
    fn of((stream, of): (usize, &str), view: View<'_>, block: &Block) -> Option<Sums> {
        let whole = Whole::of(view, block, of)?;
        let all: i128 = whole.numbers.iter().map(|number| i128::from(number.unsigned_abs())).sum();
        i64::try_from(all).ok()?;
        let (mut total, mut n) = (0, 0);
        let (mut running, mut parts) = (vec![0], vec![0]);
        for (place, number) in whole.numbers.iter().enumerate() {
            total += number;
            n += u32::from(whole.is_there(place));
            running.push(total);
            parts.push(n);
        }
        Some(Sums { stream, of: of.to_owned(), scale: whole.scale, running, parts })
    }
}

pub(super) fn extreme<'m>(
    quantity: &Quantity,
    block: &Block,
    streams: &Streams,
    memory: &'m mut Numbers,
) -> Option<Found<'m>> {
    let numbers = &mut memory.wide;
    numbers.clear();
    numbers.resize(LANES, 0);
    if streams.names(quantity.stream) == 0 {
        return Some(Found::Extreme { scale: 0, numbers, there: Mask::NONE });
    }
    let view = streams.only(quantity.stream, block)?;
    let whole = Whole::of(view, block, &quantity.of)?;
    let (from, to) = (view.from(quantity.window), view.to(quantity.window));
    let there = Mask::of(|lane| {
        let places = from[lane] as usize..(to[lane] as usize).max(from[lane] as usize);
        let inside =
            places.filter(|place| whole.is_there(*place)).map(|place| whole.numbers[place]);
        let found = match quantity.measure {
            Measure::Least => inside.min(),
            _ => inside.max(),
        };
        numbers[lane] = found.unwrap_or_default();
        found.is_some()
    });
    Some(Found::Extreme { scale: whole.scale, numbers, there })
}
