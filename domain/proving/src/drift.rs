//! Whether a sign is right less often than it was, told without crying wolf.
//!
//! ```text
//!   dates   ├────────── before, three quarters ──────────┤├── lately ──┤
//!   right      the share then, and its lower end p0           each alert, by date, weighs for or against p0
//! ```
//! Each alert of late weighs `ln(q/p0)` where it came true and `ln((1-q)/(1-p0))` where it did not, q being half of p0; the sum
//! starts anew whenever it is below nothing (Page 1954). While the share is p0 or more, alerts weigh nothing or less on
//! average, so that the sum reaches `ln(500)` once in 500 alerts at most, on average (Lorden 1971). The weights are of
//! what came of each alert, once each: looking every day instead of once a year makes no more alarms.

use std::collections::BTreeMap;

use facts::Timestamp;

use crate::{Counts, Rate};

/// How a sign did lately against the time before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drift {
    /// How often it was right before.
    pub before: Rate,
    /// How often it was right lately.
    pub lately: Rate,
    /// The first date that counts as lately.
    pub since: Timestamp,
    /// The date at which the alarm was raised; none while there is none.
    pub alarm: Option<Timestamp>,
}

/// On average at most one false alarm in so many alerts.
pub const ALERTS_TO_FALSE_ALARM: f64 = 500.0;
/// With fewer alerts or customers before, or alerts lately, nothing is said.
const BEFORE_LEAST: (u64, u64) = (10, 5);
const LATELY_LEAST: u64 = 5;

impl Drift {
    /// Compares; `by_date` tells of each date how many alerts came true, of how many. None where there is too little.
    pub(crate) fn of(
        (before, lately): (&Counts, &Counts),
        by_date: &BTreeMap<Timestamp, (u64, u64)>,
        since: Timestamp,
    ) -> Option<Drift> {
        let is_enough = BEFORE_LEAST.0 <= before.of
            && BEFORE_LEAST.1 <= before.customers
            && LATELY_LEAST <= lately.of;
        let (before, lately) = (before.rate()?, lately.rate()?);
        let least = before.low;
        // A share that may be nothing cannot fall.
        if !is_enough || least < 0.01 {
            return None;
        }
        let late = by_date.range(since..);
        Some(Drift { before, lately, since, alarm: alarm(least, late) })
    }
}

/// The date at which it was sure that the share is no longer `least` or more.
fn alarm<'a>(
    least: f64,
    dates: impl Iterator<Item = (&'a Timestamp, &'a (u64, u64))>,
) -> Option<Timestamp> {
    let halved = least / 2.0;
    let (hit, miss) = ((halved / least).ln(), ((1.0 - halved) / (1.0 - least).max(1e-9)).ln());
    let mut sum = 0.0_f64;
    for (at, (hits, of)) in dates {
        sum = sum.max(0.0) + *hits as f64 * hit + (of - hits) as f64 * miss;
        if ALERTS_TO_FALSE_ALARM.ln() <= sum {
            return Some(*at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small generator of our own: the same numbers on every machine.
    struct Dice(u64);

    impl Dice {
        fn chance(&mut self, share: f64) -> bool {
            let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
            self.0 = next.wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 11) as f64) < share * (1_u64 << 53) as f64
        }
    }

    /// What came of `n` alerts, one at each customer and ten on each date.
    fn counts(dice: &mut Dice, n: u64, share: f64) -> (Counts, BTreeMap<Timestamp, (u64, u64)>) {
        let (mut counts, mut by_date) = (Counts::default(), BTreeMap::new());
        for alert in 0..n {
            let hit = dice.chance(share);
            counts.add_customer(u64::from(hit), 1);
            let at = Timestamp::from_millis((alert / 10) as i64);
            let (hits, of) = by_date.entry(at).or_insert((0, 0));
            *hits += u64::from(hit);
            *of += 1;
        }
        (counts, by_date)
    }

    fn alarms(seed: u64, before: f64, lately: f64, n: u64) -> usize {
        let mut dice = Dice(seed);
        (0..400)
            .filter(|_| {
                let (earlier, _) = counts(&mut dice, 150, before);
                let (later, by_date) = counts(&mut dice, n, lately);
                let since = Timestamp::from_millis(0);
                let drift = Drift::of((&earlier, &later), &by_date, since).unwrap();
                drift.alarm.is_some()
            })
            .count()
    }

    #[test]
    fn a_sign_that_stays_as_good_raises_hardly_any_alarm_and_one_that_before_and_lately_is_told() {
        for share in [0.2, 0.5, 0.8] {
            let (false_alarms, found) =
                (alarms(1, share, share, 100), alarms(2, share, share / 3.0, 100));
            println!("{share}: {false_alarms} false alarms of 400, {found} of 400 found");
            assert!(false_alarms <= 8, "{share}: {false_alarms} false alarms of 400");
            assert!(share < 0.3 || 360 <= found, "{share}: {found} of 400 found");
        }
    }

    #[test]
    fn with_little_nothing_is_said() {
        let mut dice = Dice(3);
        let (few, _) = counts(&mut dice, 9, 0.5);
        let (later, by_date) = counts(&mut dice, 40, 0.5);
        let since = Timestamp::from_millis(0);
        assert_eq!(Drift::of((&few, &later), &by_date, since), None);
        assert_eq!(Drift::of((&later, &Counts::default()), &by_date, since), None);
    }
}
