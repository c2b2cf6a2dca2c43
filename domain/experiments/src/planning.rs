//! How many are needed, how long that takes, and whether the groups were drawn as meant.

use crate::chances::{chi_square_above, normal_quantile};

/// How likely it is that groups as unequal come from drawing by these weights. Below 0.001 something is wrong with the
/// drawing, and nothing else may be read. `None` for fewer than two groups or weights that are not above 0.
pub fn drawn_as_meant(seen: &[u64], weights: &[f64]) -> Option<f64> {
    let all: f64 = weights.iter().sum();
    let fits = seen.len() == weights.len() && 2 <= seen.len();
    if !fits || weights.iter().any(|weight| *weight <= 0.0) {
        return None;
    }
    let n: f64 = seen.iter().map(|n| *n as f64).sum();
    let off = seen.iter().zip(weights).map(|(seen, weight)| {
        let expected = n * weight / all;
        (*seen as f64 - expected).powi(2) / expected.max(f64::MIN_POSITIVE)
    });
    let off: f64 = off.sum();
    Some(if n == 0.0 { 1.0 } else { chi_square_above(off, seen.len() as f64 - 1.0) })
}

/// How many are needed in each of two groups to see a share move from `base` to `wanted`, so that a real difference is
/// found with probability `power` and none is taken for one with probability `1 - confidence`. `None` where there is
/// nothing to see.
pub fn needed(base: f64, wanted: f64, confidence: f64, power: f64) -> Option<u64> {
    let inside = |share: f64| (0.0..=1.0).contains(&share);
    if !inside(base) || !inside(wanted) || base == wanted {
        return None;
    }
    let z = normal_quantile(0.5 + 0.5 * confidence) + normal_quantile(power);
    let spread = base * (1.0 - base) + wanted * (1.0 - wanted);
    let n = (z * z * spread / (wanted - base).powi(2)).ceil().max(2.0);
    (n < 1e15).then_some(n as u64)
}

/// How many weeks it takes until two groups are full, when so many come in a week.
pub fn weeks(in_each: u64, come_in_a_week: f64) -> Option<u64> {
    let weeks = 2.0 * in_each as f64 / come_in_a_week;
    (weeks.is_finite() && 0.0 <= weeks).then(|| weeks.ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unequal_groups_are_noticed() {
        let cases: [(&[u64], &[f64], f64); 4] = [
            (&[821_588, 815_482], &[0.5, 0.5], 1.8217928726191858e-6),
            (&[1000, 1100], &[0.5, 0.5], 0.029096331741252267),
            (&[9000, 1050], &[0.9, 0.1], 0.13458487139107647),
            (&[500, 500, 620], &[1.0, 1.0, 1.0], 1.37913e-4),
        ];
        for (seen, weights, p) in cases {
            let found = drawn_as_meant(seen, weights).unwrap();
            assert!((found - p).abs() < 1e-8, "{found} is not {p}");
        }
        assert_eq!(drawn_as_meant(&[1], &[1.0]), None);
        assert_eq!(drawn_as_meant(&[1, 2], &[1.0, 0.0]), None);
        assert_eq!(drawn_as_meant(&[0, 0], &[1.0, 1.0]), Some(1.0));
    }

    /// By hand: (1.95996 + 0.84162)² × (0.24 + 0.21) / 0.01 = 353.2.
    #[test]
    fn how_many_are_needed() {
        assert_eq!(needed(0.6, 0.7, 0.95, 0.8), Some(354));
        assert_eq!(needed(0.1, 0.1, 0.95, 0.8), None);
        assert_eq!(weeks(354, 100.0), Some(8));
        assert_eq!(weeks(354, 0.0), None);
    }
}
