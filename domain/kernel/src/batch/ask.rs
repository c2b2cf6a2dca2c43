//! Answers to questions, a lane of a block after another.

use columns::{Block, Column, LANES};
use condition::{Measure, TrendTest};
use facts::{Calendar, Decimal, History, Timestamp, Value, ValueRef};

use super::{
    Mask,
    amounts::{Sums, extreme, sum},
    attributes::Attributes,
    compile::{Cuts, Quantity, Question, Questions, RangeTest, Stream},
    days::{Days, Midnights, days},
    different::{Latest, distinct},
    lanes,
    remembered::Remembered,
    steps::{Pairs, steps_in_order},
    streams::{Streams, View},
};
use crate::{
    comparison::Comparison,
    moment::{Moment, same},
    ranges::Range,
};

/// Numbers by lane, and the memory they are made in.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub(super) counts: Vec<i32>,
    pub(super) wide: Vec<i64>,
    pub(super) sums: Vec<Sums>,
    pub(super) latest: Latest,
    pub(super) days: Days,
    pub(super) midnights: Midnights,
    remembered: Remembered,
    attributes: Attributes,
    pairs: Pairs,
}

/// A quantity of every lane. Whole numbers stand for themselves divided by ten `scale` times.
#[derive(Debug)]
pub(super) enum Found<'m> {
    /// How many events, different values or days.
    Count(&'m [i32]),
    /// Sums.
    Whole { scale: u32, numbers: &'m [i64] },
    /// Averages: sums and how many numbers they are of.
    Average { scale: u32, sums: &'m [i64], parts: Vec<u32> },
    /// The least or the greatest, where there is one.
    Extreme { scale: u32, numbers: &'m [i64], there: Mask },
}

impl Numbers {
    /// Forgets what was found of the block before.
    pub(super) fn next_block(&mut self) {
        self.sums.clear();
        self.days.next_block();
        self.latest.next_block();
        self.attributes.next_block();
        self.pairs.next_block();
    }

    /// A zero for each lane.
    pub(super) fn zeros(counts: &mut Vec<i32>) -> &mut [i32] {
        counts.clear();
        counts.resize(LANES, 0);
        counts
    }
}

/// The lanes whose quantity passes a test.
pub(super) fn in_range(test: &RangeTest, found: &Found<'_>) -> Mask {
    let range = |scale: u32| match test {
        RangeTest::Count(test) => Range::of_count(test),
        RangeTest::Exact(test) => Range::of(test, scale),
    };
    let wide = |scale: u32, numbers: &[i64]| {
        let range = range(scale);
        lanes::within_wide(numbers, range.least, range.greatest)
    };
    match found {
        Found::Count(counts) => match range(0).narrow() {
            Some((least, greatest)) => lanes::within(counts, least, greatest),
            None => Mask::NONE,
        },
        Found::Whole { scale, numbers } => wide(*scale, numbers),
        Found::Extreme { scale, numbers, there } => wide(*scale, numbers).and(*there),
        Found::Average { scale, sums, parts } => {
            let RangeTest::Exact(test) = test else { return Mask::NONE };
            Mask::of(|lane| {
                let parts = i64::from(parts[lane]);
                // Compared as sums against the number times the parts, without dividing.
                parts != 0 && {
                    let times = |number: &Decimal| {
                        number.checked_mul(parts.into()).unwrap_or(
                            match number.is_sign_negative() {
                                true => Decimal::MIN,
                                false => Decimal::MAX,
                            },
                        )
                    };
                    test.map(times).holds(&Decimal::new(sums[lane], *scale))
                }
            })
        }
    }
}

/// A quantity of every lane; none when columns cannot tell.
pub(super) fn quantity<'m>(
    quantity: &Quantity,
    block: &Block,
    streams: &Streams,
    memory: &'m mut Numbers,
    (at, calendar): (Timestamp, &Calendar),
) -> Option<Found<'m>> {
    if !streams.knows(quantity.stream) {
        return None;
    }
    match quantity.measure {
        Measure::Count => Some(count(quantity, block, streams, memory)),
        Measure::Days => days(quantity, block, streams, memory, (at, calendar)),
        Measure::Distinct => distinct(quantity, block, streams, memory),
        Measure::Sum | Measure::Average => sum(quantity, block, streams, memory),
        Measure::Least | Measure::Most => extreme(quantity, block, streams, memory),
    }
}

fn count<'m>(
    quantity: &Quantity,
    block: &Block,
    streams: &Streams,
    memory: &'m mut Numbers,
) -> Found<'m> {
    let counts = Numbers::zeros(&mut memory.counts);
    for view in streams.of(quantity.stream, block) {
        lanes::add_counts(view.from(quantity.window), view.to(quantity.window), counts);
    }
    Found::Count(counts)
}

/// The lanes for which a question about anything but one quantity holds; none when columns cannot tell.
pub(super) fn other(
    (node, question): (usize, &Question),
    questions: &Questions,
    block: &Block,
    streams: &Streams,
    memory: &mut Numbers,
    (at, calendar): (Timestamp, &Calendar),
) -> Option<Mask> {
    let history = History::default();
    let moment = Moment::new(&history, calendar, at);
    match question {
        Question::InRange { .. } | Question::OfHistory => None,
        Question::Trend { now, before, test, base_at_least } => {
            let mut ask = |number: usize| {
                let asked = &questions.quantities[number];
                whole_numbers(&quantity(asked, block, streams, memory, (at, calendar))?)
            };
            let (now, before) = (ask(*now)?, ask(*before)?);
            trend(&now, &before, test, *base_at_least)
        }
        Question::First { stream, window } => {
            streams.knows(*stream).then(|| first(*stream, *window, block, streams))
        }
        Question::Last { stream, has, window } => {
            let is_left_out = |view: View<'_>, property: &str| {
                is_left_out(block.tracks()[view.track()].property(property))
            };
            let unknown = |view| has.iter().any(|filter| is_left_out(view, &filter.property));
            if !streams.knows(*stream) || streams.of(*stream, block).any(unknown) {
                return None;
            }
            let fits = |view: View<'_>, row: usize| {
                has.iter().all(|filter| {
                    let column = block.tracks()[view.track()].property(&filter.property);
                    let value = column.map_or(ValueRef::Missing, |column| column.value(row));
                    moment.test(value, &filter.test).value
                })
            };
            Some(last((*stream, *window, has.is_empty()), block, streams, fits))
        }
        Question::Steps(steps) => {
            let second = steps.second.map(|step| step.stream);
            let all = [Some(steps.first.0), second, steps.never_since];
            let known = all.into_iter().flatten().all(|stream| streams.knows(stream));
            known.then(|| steps_in_order(steps, questions, block, streams, &mut memory.pairs))
        }
        Question::Attribute { key, test } => {
            let Numbers { attributes, remembered, .. } = memory;
            let holds = |value: ValueRef<'_>| moment.test(value, test).value;
            attributes.at(block, key, at).ask(remembered, node, holds)
        }
        Question::Held { key, value, at_least, length } => {
            let known = !is_left_out(block.attribute(key).map(|(_, column)| column));
            known.then(|| held(block, key, value, *at_least, at, *length))
        }
        Question::KnownSince(since) => {
            let since = since.millis();
            Some(Mask::of(|lane| block.known()[lane] <= since))
        }
    }
}

/// Whether only histories know the values of a column.
fn is_left_out(column: Option<&Column>) -> bool {
    matches!(column, Some(Column::LeftOut { .. }))
}

/// A quantity as whole numbers of one scale; none for averages and the like.
fn whole_numbers(found: &Found<'_>) -> Option<(u32, Vec<i64>)> {
    match found {
        Found::Count(counts) => Some((0, counts.iter().map(|count| i64::from(*count)).collect())),
        Found::Whole { scale, numbers } => Some((*scale, numbers.to_vec())),
        Found::Average { .. } | Found::Extreme { .. } => None,
    }
}

fn trend(
    (scale, now): &(u32, Vec<i64>),
    (other, before): &(u32, Vec<i64>),
    test: &TrendTest,
    base: Decimal,
) -> Option<Mask> {
    if scale != other {
        return None;
    }
    let comparison = Comparison::of(test, base, *scale)?;
    let (now, before) = (&now[..LANES], &before[..LANES]);
    Some(Mask::of(|lane| comparison.holds(now[lane], before[lane])))
}

/// Whether the first event of all lies in the window: it is the first of its lane, in some piece of the stream, and
/// no other piece has one before the window.
fn first(stream: usize, window: Cuts, block: &Block, streams: &Streams) -> Mask {
    let (mut inside, mut before) = (Mask::NONE, Mask::NONE);
    for view in streams.of(stream, block) {
        let (starts, from, to) = (view.starts(), view.from(window), view.to(window));
        before = before.or(lanes::less(starts, from));
        inside = inside.or(lanes::less(from, to).without(lanes::less(starts, from)));
    }
    inside.without(before)
}

/// Whether the last event up to now lies in the window and fits.
fn last(
    (stream, window, is_any): (usize, Cuts, bool),
    block: &Block,
    streams: &Streams,
    fits: impl Fn(View<'_>, usize) -> bool,
) -> Mask {
    let (mut inside, mut after) = (Mask::NONE, Mask::NONE);
    for view in streams.of(stream, block) {
        let (from, to, now) = (view.from(window), view.to(window), view.cut(Stream::NOW));
        let later = lanes::less(to, now);
        let mut found = lanes::less(from, to).without(later);
        if !is_any {
            let misfits = |lane: &usize| !fits(view, view.row(to[*lane] as usize - 1));
            found = found.without(Mask::of_lanes(found.lanes().filter(misfits)));
        }
        after = after.or(later);
        inside = inside.or(found);
    }
    inside.without(after)
}

/// The row of the latest change of a lane.
pub(super) fn latest(starts: &[u32], times: &[i64], lane: usize, now: i64) -> Option<usize> {
    let (start, mut end) = (starts[lane] as usize, starts[lane + 1] as usize);
    while start < end && now < times[end - 1] {
        end -= 1;
    }
    (start < end).then(|| end - 1)
}

/// The lanes whose attribute is a value and has been so, unbroken, for at least (or less than) a time.
fn held(
    block: &Block,
    key: &str,
    wanted: &Value,
    at_least: bool,
    at: Timestamp,
    length: i64,
) -> Mask {
    let Some((times, column)) = block.attribute(key) else { return Mask::NONE };
    let now = at.millis();
    Mask::of(|lane| {
        let Some(row) = latest(times.starts(), times.at(), lane, now) else { return false };
        let value = column.value(row);
        if !same(value, wanted.borrowed()) {
            return false;
        }
        let start = times.starts()[lane] as usize;
        let unbroken = (start..=row).rev().take_while(|row| same(column.value(*row), value)).last();
        let since = unbroken.map_or(now, |row| times.at()[row]);
        (Timestamp::from_millis(since).plus(length) <= at) == at_least
    })
}
