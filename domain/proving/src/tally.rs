//! What was seen of many customers at the dates, added up.

use std::collections::BTreeMap;

use facts::{Millis, Timestamp};

use crate::{Counts, Dates};

/// What a sign said of one customer at one date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// How strong the sign was, 0 to 100.
    pub strength: u8,
    /// Whether it was carried: at or above its threshold.
    pub carried: bool,
    /// Whether its weightiest part alone held.
    pub plain: bool,
}

/// Counts over customers and dates; those of several threads are merged.
///
/// Invariant: merging in any order gives the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Each date at which the sign could be asked of a customer, and whether the outcome followed.
    pub base: Counts,
    /// Each time the sign came up, and whether the outcome followed.
    pub alerts: Counts,
    /// The alerts before the last quarter of the dates, and those of it.
    pub before_and_lately: (Counts, Counts),
    /// By the date at which alerts came up, how many came true, of how many.
    pub by_date: BTreeMap<Timestamp, (u64, u64)>,
    lately: Timestamp,
    /// The same for the weightiest part alone.
    pub plain: Counts,
    /// The outcomes that could have been foreseen, and whether the sign was carried before.
    pub outcomes: Counts,
    /// By strength: 0, 1 to 24, 25 to 49, 50 to 74, 75 to 100.
    pub bands: [Counts; 5],
    /// For each whole day from the sign to the outcome, how many outcomes.
    pub leads: Vec<u64>,
    /// The first date at which anybody was looked at.
    pub first: Option<Timestamp>,
}

/// The band of a strength.
fn band(strength: u8) -> usize {
    match strength {
        0 => 0,
        1..=24 => 1,
        25..=49 => 2,
        50..=74 => 3,
        75.. => 4,
    }
}

impl Tally {
    /// Nobody yet.
    pub fn new(dates: &Dates) -> Tally {
        let days = dates.horizon() / Timestamp::DAY + 1;
        Tally {
            base: Counts::default(),
            alerts: Counts::default(),
            before_and_lately: (Counts::default(), Counts::default()),
            by_date: BTreeMap::new(),
            lately: dates.lately(),
            plain: Counts::default(),
            outcomes: Counts::default(),
            bands: [Counts::default(); 5],
            leads: vec![0; usize::try_from(days).unwrap_or(1)],
            first: None,
        }
    }

    /// Adds what was seen of one customer: a look at each date at which the sign could be asked, and the instants of the
    /// outcomes, both rising.
    pub fn add(&mut self, looks: &[Look], outcomes: &[Timestamp], horizon: Millis) {
        let followed: Vec<bool> =
            looks.iter().map(|look| next(outcomes, look.at, horizon).is_some()).collect();
        let hits = followed.iter().filter(|followed| **followed).count() as u64;
        self.base.add_customer(hits, looks.len() as u64);
        for (n, counts) in self.bands.iter_mut().enumerate() {
            let within = looks.iter().zip(&followed).filter(|(look, _)| band(look.strength) == n);
            let (mut hits, mut of) = (0, 0);
            for (_, followed) in within {
                of += 1;
                hits += u64::from(*followed);
            }
            counts.add_customer(hits, of);
        }
        let came_up = alerts(looks, outcomes, horizon, |look| look.carried);
        add(&mut self.alerts, &came_up);
        let split = came_up.partition_point(|(at, _)| *at < self.lately);
        add(&mut self.before_and_lately.0, &came_up[..split]);
        add(&mut self.before_and_lately.1, &came_up[split..]);
        for (at, hit) in came_up {
            let (hits, of) = self.by_date.entry(at).or_default();
            *hits += u64::from(hit);
            *of += 1;
        }
        add(&mut self.plain, &alerts(looks, outcomes, horizon, |look| look.plain));
        self.add_outcomes(looks, outcomes, horizon);
        let first = looks.first().map(|look| look.at);
        self.first = [self.first, first].into_iter().flatten().min();
    }

    /// Which outcomes were foreseen, and how long before.
    fn add_outcomes(&mut self, looks: &[Look], outcomes: &[Timestamp], horizon: Millis) {
        let (mut caught, mut of) = (0, 0);
        let mut before = None;
        for outcome in outcomes {
            let could = |look: &&Look| {
                look.at < *outcome
                    && *outcome <= look.at.plus(horizon)
                    && before.is_none_or(|before: Timestamp| before <= look.at)
            };
            let first = looks.iter().filter(could).find(|look| look.carried);
            if looks.iter().any(|look| could(&look)) {
                of += 1;
                caught += u64::from(first.is_some());
            }
            if let Some(look) = first {
                let days = usize::try_from(outcome.since(look.at) / Timestamp::DAY).unwrap_or(0);
                if let Some(lead) = self.leads.get_mut(days) {
                    *lead += 1;
                }
            }
            before = Some(*outcome);
        }
        self.outcomes.add_customer(caught, of);
    }

    /// Adds what was seen of other customers at the same dates.
    pub fn merge(&mut self, other: &Tally) {
        self.base.merge(&other.base);
        self.alerts.merge(&other.alerts);
        self.before_and_lately.0.merge(&other.before_and_lately.0);
        self.before_and_lately.1.merge(&other.before_and_lately.1);
        for (at, (hits, of)) in &other.by_date {
            let own = self.by_date.entry(*at).or_default();
            *own = (own.0 + hits, own.1 + of);
        }
        self.plain.merge(&other.plain);
        self.outcomes.merge(&other.outcomes);
        for (own, theirs) in self.bands.iter_mut().zip(&other.bands) {
            own.merge(theirs);
        }
        for (own, theirs) in self.leads.iter_mut().zip(&other.leads) {
            *own += theirs;
        }
        self.first = [self.first, other.first].into_iter().flatten().min();
    }
}

/// The first outcome in `(at, at + horizon]`.
fn next(outcomes: &[Timestamp], at: Timestamp, horizon: Millis) -> Option<Timestamp> {
    let place = outcomes.partition_point(|outcome| *outcome <= at);
    outcomes.get(place).copied().filter(|outcome| *outcome <= at.plus(horizon))
}

/// Adds alerts of one customer, each with whether the outcome followed.
fn add(counts: &mut Counts, alerts: &[(Timestamp, bool)]) {
    let hits = alerts.iter().filter(|(_, hit)| *hit).count();
    counts.add_customer(hits as u64, alerts.len() as u64);
}

/// When something came up, and whether the outcome followed. While it goes on it has come up once, until an
/// outcome came or the horizon is over: the horizons of two alerts at a customer never overlap without an outcome between.
fn alerts(
    looks: &[Look],
    outcomes: &[Timestamp],
    horizon: Millis,
    is_up: impl Fn(&Look) -> bool,
) -> Vec<(Timestamp, bool)> {
    let mut found = vec![];
    let mut open_until: Option<Timestamp> = None;
    for look in looks.iter().filter(|look| is_up(look)) {
        if open_until.is_some_and(|until| look.at < until) {
            continue;
        }
        let outcome = next(outcomes, look.at, horizon);
        found.push((look.at, outcome.is_some()));
        open_until = Some(outcome.unwrap_or(look.at.plus(horizon)));
    }
    found
}
