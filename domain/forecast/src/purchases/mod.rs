//! How often customers will buy again and what that is worth, from nothing but when they bought and for how much.
//!
//! ```text
//!   first purchase        last purchase          until
//!   ●──────●────●─────────●──────────────────────┆
//!   ├──── recency ────────┤                      ┆   repeats = 3: purchases after the first,
//!   ├──────────────────── age ───────────────────┤   counted by days
//! ```
//!
//! All models speak of the same summary. Times are in one unit that the caller chooses, such as weeks.

mod geometric;
mod pareto;
mod spend;
mod summary;
mod value;

pub use geometric::{Death, Geometric};
pub use pareto::Pareto;
pub use spend::{GammaGamma, Spent};
pub use summary::{Purchase, Summary, Timeline, summarise};
pub use value::{Discount, Outlook, Range, outlook};

/// What every model of purchases answers about one customer.
pub trait Purchases {
    /// The logarithm of the likelihood of all that was seen.
    fn ln_likelihood(&self, timelines: &[Timeline]) -> f64;
    /// The probability that the customer will ever buy again, if there is time.
    fn alive(&self, of: &Timeline) -> f64;
    /// How many purchases to expect in the next `t`.
    fn expected(&self, of: &Timeline, t: f64) -> f64;
    /// The probability of at least one purchase in the next `t`.
    fn any(&self, of: &Timeline, t: f64) -> f64;
    /// How many purchases to expect of a new customer in the `t` after the first.
    fn expected_of_new(&self, t: f64) -> f64;

    /// After how long without a purchase the probability of one in the next `t` falls below `threshold`; 0 when it
    /// already has. Without a purchase it falls without ever rising again, so there is one such instant.
    fn falls_below(&self, of: &Timeline, t: f64, threshold: f64) -> f64 {
        let after = |wait: f64| self.any(&Timeline { age: of.age + wait, ..*of }, t);
        if after(0.0) < threshold {
            return 0.0;
        }
        if threshold <= 0.0 {
            return f64::INFINITY;
        }
        let (mut low, mut high) = (0.0, of.age.max(t).max(1e-9));
        while threshold <= after(high) {
            (low, high) = (high, 2.0 * high);
            if 1e12 < high {
                return f64::INFINITY;
            }
        }
        for _ in 0..80 {
            let middle = 0.5 * (low + high);
            if threshold <= after(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }
}

/// Too little to learn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooLittle {
    /// Fewer customers than a model needs.
    #[error("{0} customers are too few to learn from; at least {LEAST_CUSTOMERS} are needed")]
    Customers(usize),
    /// Nobody, or nearly nobody, bought twice.
    #[error("{0} customers bought again; at least {LEAST_REPEATERS} are needed")]
    Repeaters(usize),
}

/// Fewer customers are refused: four parameters cannot be told from so little.
pub const LEAST_CUSTOMERS: usize = 30;
/// Fewer customers with a second purchase are refused.
pub const LEAST_REPEATERS: usize = 10;

/// Whether there is enough to learn from.
///
/// # Errors
/// [`TooLittle`] says what is missing.
pub fn enough(timelines: &[Timeline]) -> Result<(), TooLittle> {
    let repeaters = timelines.iter().filter(|one| 0 < one.repeats).count();
    if timelines.len() < LEAST_CUSTOMERS {
        Err(TooLittle::Customers(timelines.len()))
    } else if repeaters < LEAST_REPEATERS {
        Err(TooLittle::Repeaters(repeaters))
    } else {
        Ok(())
    }
}

/// Customers with the same timeline count once, with how many they are.
pub(crate) fn grouped(timelines: &[Timeline]) -> Vec<(Timeline, f64)> {
    let mut sorted = timelines.to_vec();
    sorted.sort_by(|a, b| {
        (a.repeats.cmp(&b.repeats))
            .then(a.recency.total_cmp(&b.recency))
            .then(a.age.total_cmp(&b.age))
    });
    let mut groups: Vec<(Timeline, f64)> = Vec::new();
    for one in sorted {
        match groups.last_mut() {
            Some((last, n)) if *last == one => *n += 1.0,
            _ => groups.push((one, 1.0)),
        }
    }
    groups
}

/// The mean age: the scale at which the search for parameters of time begins.
pub(crate) fn mean_age(groups: &[(Timeline, f64)]) -> f64 {
    let (sum, n) = groups.iter().fold((0.0, 0.0), |(s, m), (one, n)| (s + one.age * n, m + n));
    (sum / n).max(1e-6)
}
