//! What was seen of one group: a share of yes, or a mean, perhaps with what was known before.

use crate::chances::normal_quantile;

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
