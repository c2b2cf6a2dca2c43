//! Every instant at which an answer could change, found without reading the condition: all records and all dates moved
//! by all lengths, and all local midnights and month edges nearby.

use facts::{Fact, Timestamp, ValueRef, What};
use jiff::{ToSpan, civil::Time};

use crate::{conditions::LENGTHS, dice::Dice, drivers::Told, histories::Setting, obvious::Almanac};

/// The instants an answer is asked at: all such instants and some at random, near the hard one; in order of time.
pub(crate) fn critical(setting: &Setting, told: &[&Told], dice: &mut Dice) -> Vec<Timestamp> {
    let first = setting.center.minus(70 * Timestamp::DAY);
    let last = setting.center.plus(100 * Timestamp::DAY);
    let lengths = LENGTHS.map(|length| condition::Length::parse(length).unwrap().millis);
    let mut all = every_edge(&setting.almanac, told, &lengths, (first, last));
    // Where the clock jumps, edges that follow it may jump too.
    for quarters in -16..=16 {
        let jump = setting.center.plus(quarters * 15 * Timestamp::MINUTE);
        all.extend([jump.minus(1), jump, jump.plus(1)]);
    }
    for _ in 0..60 {
        all.push(
            setting
                .center
                .plus(dice.between(-70, 100) * Timestamp::DAY + dice.between(0, Timestamp::DAY)),
        );
        all.push(setting.center.plus(dice.between(-3 * Timestamp::DAY, 3 * Timestamp::DAY)));
    }
    all.retain(|at| first <= *at && at.since(setting.center) < 120 * Timestamp::DAY);
    all.sort_unstable();
    all.dedup();
    all
}

/// All records and dates moved by all lengths and by some months, and all midnights of a stretch that reaches back to
/// the first record; each with the milliseconds beside it, in order of time.
pub(crate) fn every_edge(
    almanac: &Almanac,
    told: &[&Told],
    lengths: &[i64],
    (first, last): (Timestamp, Timestamp),
) -> Vec<Timestamp> {
    let mut own: Vec<Timestamp> =
        told.iter().flat_map(|told| [told.fact.at, told.received]).collect();
    let first = own.iter().copied().chain([first]).min().unwrap_or(first);
    own.extend(told.iter().flat_map(|told| dates(almanac, &told.fact)));
    own.sort_unstable();
    own.dedup();
    let mut instants = vec![];
    for at in &own {
        instants.push(*at);
        instants.extend(lengths.iter().flat_map(|length| [at.plus(*length), at.minus(*length)]));
        for n in 1..=3_i32 {
            let local = almanac.local(*at);
            let later = local.date().saturating_add(n.months());
            instants.push(almanac.instant(later.to_datetime(local.time())));
        }
    }
    let mut day = almanac.date(first);
    while day <= almanac.date(last) {
        instants.push(almanac.instant(day.to_datetime(Time::midnight())));
        day = day.tomorrow().unwrap();
    }
    let mut all: Vec<Timestamp> =
        instants.iter().flat_map(|at| [at.minus(1), *at, at.plus(1)]).collect();
    all.retain(|at| first.minus(1) <= *at && *at <= last.plus(20 * Timestamp::DAY));
    all.sort_unstable();
    all.dedup();
    all
}

/// The days and instants that values name.
fn dates(almanac: &Almanac, fact: &Fact) -> Vec<Timestamp> {
    let values = match &fact.what {
        What::Happened { properties, .. } => properties.borrowed(),
        What::Became(values) => values.borrowed(),
    };
    let named = values.iter().filter_map(|(_, value)| {
        let ValueRef::Text(text) = value else { return None };
        let local = || text.parse().ok().map(|local| almanac.instant(local));
        Timestamp::parse(text).ok().or_else(local)
    });
    named.collect()
}
