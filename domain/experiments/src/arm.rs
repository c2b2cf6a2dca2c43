//! What was seen of one group: a share of yes, or a mean, perhaps with what was known before.

use crate::chances::normal_quantile;
use forecast::special::beta_share;

/// One group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arm {
    /// So many of so many said yes.
    Share {
        /// How many.
        hits: u64,
        /// Of how many.
        n: u64,
    },
    /// A number of each.
    Mean {
        /// Of how many.
        n: u64,
        /// The numbers added up.
        sum: f64,
        /// Their squares added up.
        squares: f64,
    },
    /// A number of each, beside a number that was known of each before.
    Beside {
        /// Of how many.
        n: u64,
        /// The numbers added up.
        sum: f64,
        /// Their squares added up.
        squares: f64,
        /// The numbers of before.
        before: Before,
    },
}

/// What was known before, of the same group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Before {
    /// The numbers added up.
    pub sum: f64,
    /// Their squares added up.
    pub squares: f64,
    /// Each times the number of after, added up.
    pub cross: f64,
}

/// A mean with its variance for one and how many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Summary {
    pub(crate) mean: f64,
    pub(crate) variance: f64,
    pub(crate) n: f64,
}

impl Arm {
    /// How many.
    pub fn n(&self) -> u64 {
        match self {
            Arm::Share { n, .. } | Arm::Mean { n, .. } | Arm::Beside { n, .. } => *n,
        }
    }

    /// The share or the mean.
    pub fn mean(&self) -> f64 {
        match self {
            Arm::Share { hits, n } => *hits as f64 / *n as f64,
            Arm::Mean { n, sum, .. } | Arm::Beside { n, sum, .. } => sum / *n as f64,
        }
    }

    /// By how much of what was known before the number goes along, over both groups; 0 where nothing was known.
    pub(crate) fn slope(a: &Arm, b: &Arm) -> f64 {
        let (
            Arm::Beside { n: na, sum: sa, before: pa, .. },
            Arm::Beside { n: nb, sum: sb, before: pb, .. },
        ) = (a, b)
        else {
            return 0.0;
        };
        let n = (na + nb) as f64;
        let (sum, before) = (sa + sb, pa.sum + pb.sum);
        let spread = pa.squares + pb.squares - before * before / n;
        if spread <= 0.0 { 0.0 } else { (pa.cross + pb.cross - sum * before / n) / spread }
    }

    pub(crate) fn summary(&self, slope: f64) -> Summary {
        let n = self.n() as f64;
        let spread = |sum: f64, squares: f64| (squares - sum * sum / n).max(0.0) / (n - 1.0);
        match *self {
            Arm::Share { .. } => {
                let mean = self.mean();
                Summary { mean, variance: mean * (1.0 - mean), n }
            }
            Arm::Mean { sum, squares, .. } => {
                Summary { mean: sum / n, variance: spread(sum, squares), n }
            }
            Arm::Beside { sum, squares, before, .. } => {
                let together = (before.cross - sum * before.sum / n) / (n - 1.0);
                let variance = spread(sum, squares)
                    + slope * slope * spread(before.sum, before.squares)
                    - 2.0 * slope * together;
                Summary { mean: (sum - slope * before.sum) / n, variance: variance.max(0.0), n }
            }
        }
    }
}

/// Between which shares a share lies, with a confidence such as 0.95 (Wilson 1927).
pub fn share_between(hits: u64, n: u64, confidence: f64) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let (z, n) = (normal_quantile(0.5 + 0.5 * confidence), n as f64);
    let p = hits as f64 / n;
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// Between which shares a share lies, with at least this confidence however few were seen and however sure one wants to
/// be (Clopper and Pearson 1934): each side is wrong at most half as often as both together may be.
pub fn exact_between(hits: u64, n: u64, confidence: f64) -> (f64, f64) {
    let wrong = 0.5 * (1.0 - confidence);
    let (k, rest) = (hits as f64, (n - hits.min(n)) as f64);
    // The chance of at least so many hits rises with the share; where it is `wrong`, the share is the lower end.
    let low = |k: f64, rest: f64| match k {
        0.0 => 0.0,
        _ => rising(|share| beta_share(share, k, rest + 1.0), wrong),
    };
    (low(k, rest), 1.0 - low(rest, k))
}

/// Where a function that rises from 0 to 1 between 0 and 1 comes to a value.
fn rising(at: impl Fn(f64) -> f64, value: f64) -> f64 {
    let (mut below, mut above) = (0.0, 1.0);
    for _ in 0..80 {
        let middle = 0.5 * (below + above);
        if at(middle) < value { below = middle } else { above = middle }
    }
    below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_intervals_are_those_of_newcombe() {
        // Newcombe (1998), table I, method 5.
        for (hits, n, low, high) in [
            (81, 263, 0.2527, 0.3676),
            (15, 148, 0.0578, 0.1617),
            (0, 20, 0.0, 0.1684),
            (1, 29, 0.0009, 0.1776),
            (29, 29, 0.8806, 1.0),
        ] {
            let found = exact_between(hits, n, 0.95);
            assert!(
                (found.0 - low).abs() < 6e-5 && (found.1 - high).abs() < 6e-5,
                "{hits}/{n}: {found:?}"
            );
        }
        assert_eq!(exact_between(0, 0, 0.95), (0.0, 1.0));
        // Far out, where Wilson's interval is too narrow: 3.3 in 10,000 have 6 of 20 or more at a share of 5 %.
        let far = exact_between(6, 20, 1.0 - 2.0 * 3.29e-4);
        assert!((far.0 - 0.05).abs() < 1e-4, "{far:?}");
    }
}
