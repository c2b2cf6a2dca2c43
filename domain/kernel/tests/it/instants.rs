//! Every instant at which an answer could change, found without reading the condition: all records and all dates moved
//! by all lengths, and all local midnights and month edges nearby.

use facts::{Fact, Timestamp, ValueRef, What};
use jiff::{ToSpan, civil::Time};

use crate::{conditions::LENGTHS, dice::Dice, drivers::Told, histories::Setting};

/// All such instants, a millisecond before and after each, and some at random; in order of time.
pub(crate) fn critical(setting: &Setting, told: &[&Told], dice: &mut Dice) -> Vec<Timestamp> {
    let mut instants = vec![];
    let mut own: Vec<Timestamp> =
        told.iter().flat_map(|told| [told.fact.at, told.received]).collect();
    own.extend(told.iter().flat_map(|told| dates(setting, &told.fact)));
    own.sort_unstable();
    own.dedup();
    for at in &own {
        instants.push(*at);
        for length in LENGTHS {
            let length = condition::Length::parse(length).unwrap().millis;
            instants.extend([at.plus(length), at.minus(length)]);
        }
        for n in 1..=3_i32 {
            let local = setting.almanac.local(*at);
            let later = local.date().saturating_add(n.months());
            instants.push(setting.almanac.instant(later.to_datetime(local.time())));
        }
    }
    let first = setting.center.minus(70 * Timestamp::DAY);
    let mut day = setting.almanac.date(first);
    let last = setting.almanac.date(setting.center.plus(100 * Timestamp::DAY));
    while day <= last {
        instants.push(setting.almanac.instant(day.to_datetime(Time::midnight())));
        day = day.tomorrow().unwrap();
    }
    // Where the clock jumps, edges that follow it may jump too.
    for quarters in -16..=16 {
        instants.push(setting.center.plus(quarters * 15 * Timestamp::MINUTE));
    }
    let mut all: Vec<Timestamp> =
        instants.iter().flat_map(|at| [at.minus(1), *at, at.plus(1)]).collect();
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

/// The days and instants that values name.
fn dates(setting: &Setting, fact: &Fact) -> Vec<Timestamp> {
    let values = match &fact.what {
        What::Happened { properties, .. } => properties.borrowed(),
        What::Became(values) => values.borrowed(),
    };
    let named = values.iter().filter_map(|(_, value)| {
        let ValueRef::Text(text) = value else { return None };
        let local = || text.parse().ok().map(|local| setting.almanac.instant(local));
        Timestamp::parse(text).ok().or_else(local)
    });
    named.collect()
}
