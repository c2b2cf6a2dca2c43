//! What the days of purchases tell of a habit, beside how often its product is bought again by anybody.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Asked;

/// The days on which a customer bought a product, each once, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Supply {
    /// The customer, by a number of the caller's.
    pub customer: u32,
    /// The product, by a number of the caller's.
    pub product: u32,
    /// Days since any fixed day.
    pub days: Vec<i32>,
}

/// How often buyers of each product buy it again, as of a day.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Usual {
    products: BTreeMap<u32, Again>,
    all: Again,
}

/// How often something was bought again, over how many days. Both are whole numbers, so that their order is no matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
struct Again {
    times: f64,
    days: f64,
}

/// What one customer's purchases of anything tell of each habit.
pub(super) struct Habits {
    /// The days of any purchase up to the day of asking.
    trips: Vec<i32>,
}

/// One purchase in so many days is added to what was seen before a rate is believed.
const PRIOR_DAYS: f64 = 60.0;
/// How many such stretches of all products stand beside a product's own.
const PRIOR_OF_PRODUCT: f64 = 20.0;
pub(super) const FEATURES: usize = 12;

pub(super) fn seen(supply: &Supply, until: i32) -> &[i32] {
    &supply.days[..supply.days.partition_point(|day| *day <= until)]
}

impl Again {
    fn add(&mut self, other: Again) {
        self.times += other.times;
        self.days += other.days;
    }
}

impl Usual {
    /// That of a list.
    pub(super) fn of(supplies: &[Supply], until: i32) -> Usual {
        let mut usual = Usual::default();
        supplies.iter().for_each(|supply| usual.add(supply, until));
        usual
    }

    /// Takes in a customer's purchases of a product up to a day.
    pub fn add(&mut self, supply: &Supply, until: i32) {
        let seen = seen(supply, until);
        let Some(first) = seen.first() else { return };
        // Of those who bought it, how often they bought it again.
        let again = Again { times: seen.len() as f64 - 1.0, days: f64::from(until - first) + 1.0 };
        self.products.entry(supply.product).or_default().add(again);
        self.all.add(again);
    }

    /// Takes in what others bought, whose products `number` gives their numbers here.
    pub fn merge(&mut self, other: &Usual, number: impl Fn(u32) -> u32) {
        for (product, again) in &other.products {
            self.products.entry(number(*product)).or_default().add(*again);
        }
        self.all.add(other.all);
    }

    /// Only some products; of the others it says what it says of all.
    pub fn only(&self, keep: impl Fn(u32) -> Option<u32>) -> Usual {
        let kept = self.products.iter().filter_map(|(no, again)| Some((keep(*no)?, *again)));
        Usual { products: kept.collect(), all: self.all }
    }

    /// How often buyers of the product buy it again a day, drawn towards that of all products.
    fn of_product(&self, product: u32) -> f64 {
        let own = self.products.get(&product).copied().unwrap_or_default();
        let all = (self.all.times + 1.0) / (self.all.days + PRIOR_DAYS);
        (own.times + PRIOR_OF_PRODUCT * all * PRIOR_DAYS)
            / (own.days + PRIOR_OF_PRODUCT * PRIOR_DAYS)
    }

    /// The customer's own rate a day, drawn towards the product's.
    pub(super) fn rate_of(&self, supply: &Supply, until: i32) -> f64 {
        let seen = seen(supply, until);
        let time = seen.first().map_or(0.0, |first| f64::from(until - first));
        let usual = self.of_product(supply.product);
        (seen.len() as f64 + usual * PRIOR_DAYS) / (time + PRIOR_DAYS)
    }
}

impl Habits {
    /// Those of one customer's supplies.
    pub(super) fn of<'s>(supplies: impl Iterator<Item = &'s Supply>, until: i32) -> Habits {
        let mut trips: Vec<i32> =
            supplies.flat_map(|supply| seen(supply, until)).copied().collect();
        trips.sort_unstable();
        trips.dedup();
        Habits { trips }
    }

    /// What tells whether a habit goes on; `None` where there is no habit.
    pub(super) fn features(
        &self,
        usual: &Usual,
        supply: &Supply,
        asked: &Asked,
    ) -> Option<[f64; FEATURES]> {
        if !asked.is_habit(supply) {
            return None;
        }
        let seen = seen(supply, asked.until);
        let (first, last) = (*seen.first()?, *seen.last()?);
        let silent = f64::from(asked.until - last);
        let (n, within) = (seen.len() as f64, f64::from(asked.within));
        let rate = usual.rate_of(supply, asked.until);
        let gaps: Vec<f64> = seen.windows(2).map(|pair| f64::from(pair[1] - pair[0])).collect();
        let gap = (f64::from(last - first) / (n - 1.0).max(1.0)).max(1.0);
        let spread = gaps.iter().map(|one| (one - gap).powi(2)).sum::<f64>() / n;
        let lately = |days: &[i32], back: i32| {
            let from = days.partition_point(|day| *day <= asked.until - back);
            (days.len() - from) as f64
        };
        let trips = &self.trips;
        let last_trip = trips.last().map_or(silent, |day| f64::from(asked.until - day));
        let share = n / (trips.len() - trips.partition_point(|day| *day < first)).max(1) as f64;
        Some([
            (-(-within * rate).exp_m1()).ln(),
            silent.ln_1p(),
            (silent / gap).ln_1p(),
            (spread.sqrt() / gap).ln_1p(),
            lately(seen, 28).ln_1p(),
            lately(seen, 84).ln_1p(),
            usual.of_product(supply.product).ln(),
            lately(trips, 28).ln_1p(),
            last_trip.ln_1p(),
            share,
            // How much nearer the next one has come to being due: it matters for those who are regular.
            (silent / gap).min(3.0) / (1.0 + spread.sqrt() / gap),
            ((silent + within) / gap).min(6.0),
        ])
    }
}
