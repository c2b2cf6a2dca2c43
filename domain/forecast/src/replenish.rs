//! What is about to run out: how likely each customer buys each product again soon, and when the next purchase is due.
//!
//! The ratio of the time since the last purchase to the customer's own gap says less than nothing here: who buys often
//! is back soon, ratio or not. The rate does say something, drawn towards everybody's where little was seen
//! (Gamma-Poisson, Ehrenberg 1959), and more with what else the list of purchases tells: how lately, how regularly, and
//! whether the customer comes at all these days. The weights of all that are learnt from the customers' own past, at
//! days before the day of asking, so that nothing later is looked at.

use std::collections::BTreeMap;

use crate::{
    propensity::{Design, Frame, Linear, Values, auc},
    special::logistic,
};

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

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The last day that is looked at.
    pub until: i32,
    /// How many days ahead.
    pub within: i32,
    /// Bought on fewer days, a product is no habit.
    pub least_days: usize,
    /// Last bought longer ago, a product is given up.
    pub most_silent: i32,
}

/// A customer's habit of a product on the day of asking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Due {
    /// The place in the list of supplies.
    pub supply: usize,
    /// On how many days it was bought.
    pub n: usize,
    /// When last.
    pub last: i32,
    /// The rate a day, drawn towards everybody's.
    pub rate: f64,
    /// The probability that it is bought again in the days asked about.
    pub again: f64,
    /// The day on which the next purchase is due by the customer's own mean gap; may be past.
    pub due: i32,
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct Replenishment {
    linear: Linear,
    /// At how many days of the past it was learnt, and from how many habits.
    pub learnt: (usize, usize),
}

/// What is known of the shops' customers and products on a day.
struct Context {
    /// For each customer the days of any purchase up to that day.
    trips: BTreeMap<u32, Vec<i32>>,
    /// For each product its purchases and the days over which its buyers were seen.
    products: BTreeMap<u32, (f64, f64)>,
    all: (f64, f64),
}

/// One purchase in so many days is added to what was seen before a rate is believed.
const PRIOR_DAYS: f64 = 60.0;
/// Learnt at so many days of the past.
const LESSONS: i32 = 4;
/// Between those days lie at least so many.
const BETWEEN: i32 = 14;
const FEATURES: usize = 12;
const RIDGE: f64 = 3.0;
/// Fewer habits teach nothing.
const LEAST_HABITS: usize = 200;

/// Learns from the past before `asked.until`; `None` when there is too little of it.
pub fn fit(supplies: &[Supply], asked: &Asked) -> Option<Replenishment> {
    let step = asked.within.max(BETWEEN);
    let (mut rows, mut yes, mut lessons) = (Vec::new(), Vec::new(), 0);
    for lesson in 1..=LESSONS {
        let then = Asked { until: asked.until - asked.within - (lesson - 1) * step, ..*asked };
        let context = Context::new(supplies, then.until);
        let before = rows.len();
        for supply in supplies {
            let Some(row) = context.features(supply, &then) else { continue };
            let after = supply.days.partition_point(|day| *day <= then.until);
            yes.push(supply.days.get(after).is_some_and(|day| *day <= then.until + then.within));
            rows.push(row);
        }
        lessons += usize::from(before < rows.len());
    }
    let positives = yes.iter().filter(|yes| **yes).count();
    if rows.len() < LEAST_HABITS || positives < 20 || rows.len() - positives < 20 {
        return None;
    }
    let frame = frame(&rows);
    let all: Vec<usize> = (0..rows.len()).collect();
    let linear = Design::learn(&frame, &all).fit(&yes, RIDGE, None);
    Some(Replenishment { linear, learnt: (lessons, rows.len()) })
}

impl Replenishment {
    /// All habits on the day of asking, in the order of the supplies.
    pub fn due(&self, supplies: &[Supply], asked: &Asked) -> Vec<Due> {
        let context = Context::new(supplies, asked.until);
        let (mut rows, mut found) = (Vec::new(), Vec::new());
        for (place, supply) in supplies.iter().enumerate() {
            let Some(row) = context.features(supply, asked) else { continue };
            rows.push(row);
            let seen = seen(supply, asked.until);
            let (Some(first), Some(last)) = (seen.first(), seen.last()) else { continue };
            let gap = f64::from(last - first) / (seen.len() as f64 - 1.0).max(1.0);
            found.push(Due {
                supply: place,
                n: seen.len(),
                last: *last,
                rate: context.rate(supply, asked.until),
                again: 0.0,
                due: last + gap.round().max(1.0) as i32,
            });
        }
        for (due, logit) in found.iter_mut().zip(self.linear.logits(&frame(&rows))) {
            due.again = logistic(logit);
        }
        found
    }

    /// How well [`Replenishment::due`] told what came, where days after the day of asking are known: the area under
    /// the curve of the model, that of the shrunk rate alone, and how many habits there were.
    pub fn checked(&self, supplies: &[Supply], asked: &Asked) -> (f64, f64, usize) {
        let due = self.due(supplies, asked);
        let came = |due: &Due| {
            let days = &supplies[due.supply].days;
            let after = days.partition_point(|day| *day <= asked.until);
            days.get(after).is_some_and(|day| *day <= asked.until + asked.within)
        };
        let yes: Vec<bool> = due.iter().map(came).collect();
        let by = |of: fn(&Due) -> f64| auc(&due.iter().map(of).collect::<Vec<f64>>(), &yes);
        (by(|due| due.again), by(|due| due.rate), due.len())
    }
}

fn seen(supply: &Supply, until: i32) -> &[i32] {
    &supply.days[..supply.days.partition_point(|day| *day <= until)]
}

impl Context {
    fn new(supplies: &[Supply], until: i32) -> Context {
        let mut trips: BTreeMap<u32, Vec<i32>> = BTreeMap::new();
        let mut products: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
        let mut all = (0.0, 0.0);
        for supply in supplies {
            let seen = seen(supply, until);
            let Some(first) = seen.first() else { continue };
            trips.entry(supply.customer).or_default().extend(seen);
            // Of those who bought it, how often they bought it again.
            let (n, time) = (seen.len() as f64 - 1.0, f64::from(until - first) + 1.0);
            let of = products.entry(supply.product).or_default();
            *of = (of.0 + n, of.1 + time);
            all = (all.0 + n, all.1 + time);
        }
        for days in trips.values_mut() {
            days.sort_unstable();
            days.dedup();
        }
        Context { trips, products, all }
    }

    /// How often buyers of the product buy it again a day, drawn towards that of all products.
    fn usual(&self, product: u32) -> f64 {
        let (n, time) = self.products.get(&product).copied().unwrap_or_default();
        let all = (self.all.0 + 1.0) / (self.all.1 + PRIOR_DAYS);
        (n + 20.0 * all * PRIOR_DAYS) / (time + 20.0 * PRIOR_DAYS)
    }

    /// The customer's own rate a day, drawn towards the product's.
    fn rate(&self, supply: &Supply, until: i32) -> f64 {
        let seen = seen(supply, until);
        let time = seen.first().map_or(0.0, |first| f64::from(until - first));
        let usual = self.usual(supply.product);
        (seen.len() as f64 + usual * PRIOR_DAYS) / (time + PRIOR_DAYS)
    }

    /// What tells whether a habit goes on; `None` where there is no habit.
    fn features(&self, supply: &Supply, asked: &Asked) -> Option<[f64; FEATURES]> {
        let seen = seen(supply, asked.until);
        let (first, last) = (*seen.first()?, *seen.last()?);
        let silent = f64::from(asked.until - last);
        if seen.len() < asked.least_days || asked.most_silent < asked.until - last {
            return None;
        }
        let (n, within) = (seen.len() as f64, f64::from(asked.within));
        let rate = self.rate(supply, asked.until);
        let gaps: Vec<f64> = seen.windows(2).map(|pair| f64::from(pair[1] - pair[0])).collect();
        let gap = (f64::from(last - first) / (n - 1.0).max(1.0)).max(1.0);
        let spread = gaps.iter().map(|one| (one - gap).powi(2)).sum::<f64>() / n;
        let lately = |days: &[i32], back: i32| {
            let from = days.partition_point(|day| *day <= asked.until - back);
            (days.len() - from) as f64
        };
        let none = Vec::new();
        let trips = self.trips.get(&supply.customer).unwrap_or(&none);
        let last_trip = trips.last().map_or(silent, |day| f64::from(asked.until - day));
        let share = n / (trips.len() - trips.partition_point(|day| *day < first)).max(1) as f64;
        Some([
            (-(-within * rate).exp_m1()).ln(),
            silent.ln_1p(),
            (silent / gap).ln_1p(),
            (spread.sqrt() / gap).ln_1p(),
            lately(seen, 28).ln_1p(),
            lately(seen, 84).ln_1p(),
            self.usual(supply.product).ln(),
            lately(trips, 28).ln_1p(),
            last_trip.ln_1p(),
            share,
            // How much nearer the next one has come to being due: it matters for those who are regular.
            (silent / gap).min(3.0) / (1.0 + spread.sqrt() / gap),
            ((silent + within) / gap).min(6.0),
        ])
    }
}

fn frame(rows: &[[f64; FEATURES]]) -> Frame {
    let column = |place: usize| Values::Numbers(rows.iter().map(|row| row[place]).collect());
    Frame { rows: rows.len(), values: (0..FEATURES).map(column).collect() }
}
