//! What every engine must answer: for each segment its members, the sum of their numbers, and the sum of their
//! squares modulo 1,000,003, so that no two different sets are taken for the same.

use roaring::RoaringBitmap;

use crate::workload::Size;

const EXPECTED: &str = include_str!("../workload/expected.jsonl");

/// Members, sum of numbers, sum of squares modulo 1,000,003.
pub(crate) type Check = [u64; 3];

/// The checks of the first `n` segments.
pub(crate) fn checks(size: Size, n: usize) -> Result<Vec<Check>, String> {
    let read = |line: &str| -> Result<Check, String> {
        let [small, large]: [Check; 2] =
            serde_json::from_str(line).map_err(|fault| format!("expected.jsonl: {fault}"))?;
        Ok(match size {
            Size::Small => small,
            Size::Large => large,
        })
    };
    EXPECTED.lines().take(n).map(read).collect()
}

/// The check of one set of members.
pub(crate) fn check(members: &RoaringBitmap) -> Check {
    members.iter().map(u64::from).fold([0, 0, 0], |[n, sum, squares], number| {
        [n + 1, sum + number, squares + number * number % 1_000_003]
    })
}

/// The places at which two lists of checks differ; every place when one has not as many.
pub(crate) fn differences(found: &[Check], expected: &[Check]) -> Vec<usize> {
    let places = 0..found.len().max(expected.len());
    places.filter(|place| found.get(*place) != expected.get(*place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_that_differs_in_one_member_is_told() {
        let some: RoaringBitmap = (0..2_000).step_by(3).collect();
        let mut other = some.clone();
        other.remove(3);
        assert_eq!(
            check(&[0, 2, 1_001].into_iter().collect()),
            [3, 1_003, 4 + 1_002_001 - 1_000_003]
        );
        assert_eq!(differences(&[check(&some)], &[check(&some)]), [0; 0]);
        assert_eq!(differences(&[check(&other)], &[check(&some)]), [0]);
        assert_eq!(differences(&[], &[check(&some)]), [0]);
    }

    #[test]
    fn both_sizes_have_a_thousand_checks() {
        for size in [Size::Small, Size::Large] {
            assert_eq!(checks(size, usize::MAX).unwrap().len(), 1_000);
        }
    }
}
