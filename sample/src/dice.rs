//! Chance from a seed: the same numbers on every machine.
//!
//! Only whole numbers, the four operations and square roots are used: these are exact everywhere, `ln` and `exp`
//! are not.

/// A small generator (splitmix64).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice of their own for one customer or one purpose, so that adding a throw for one never changes another.
    pub(crate) fn for_purpose(seed: u64, purpose: &str, number: usize) -> Dice {
        let mut mixed = seed ^ 0x517c_c1b7_2722_0a95;
        for byte in purpose.bytes() {
            mixed = scramble(mixed ^ u64::from(byte));
        }
        Dice(scramble(mixed ^ number as u64))
    }

    pub(crate) fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        scramble(self.0)
    }

    /// A share in `0.0..1.0`.
    pub(crate) fn share(&mut self) -> f64 {
        (self.throw() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn chance(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// A whole number from `least` to `most`, both possible.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        let choices = (most - least).max(0) as u64 + 1;
        least + (self.throw() % choices) as i64
    }

    /// A number between the two.
    pub(crate) fn amid(&mut self, least: f64, most: f64) -> f64 {
        least + self.share() * (most - least)
    }

    /// One of a list that is not empty.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[(self.throw() % list.len() as u64) as usize]
    }

    /// The place of one entry, the heavier the likelier.
    pub(crate) fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u32 = weights.iter().sum();
        let mut left = (self.throw() % u64::from(total.max(1))) as u32;
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        0
    }

    /// How often something with this mean happens; close to a Poisson count.
    pub(crate) fn count(&mut self, mean: f64) -> usize {
        if mean <= 0.0 {
            return 0;
        }
        let throws = (mean * 3.0) as usize + 2;
        let share = mean / throws as f64;
        (0..throws).filter(|_| self.chance(share)).count()
    }

    /// Many small values and a few large ones: at least `least`, twice that in the middle, at most `most`.
    pub(crate) fn long_tailed(&mut self, least: f64, most: f64) -> f64 {
        let share = self.share().max(1e-9);
        (least / share.sqrt()).min(most)
    }

    /// Seconds of reading: mostly about `usual`, now and then much longer.
    pub(crate) fn dwell(&mut self, usual: i64) -> i64 {
        (self.long_tailed(usual as f64 * 0.4, usual as f64 * 4.0)) as i64
    }

    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = (self.throw() % (last as u64 + 1)) as usize;
            list.swap(last, other);
        }
    }
}

fn scramble(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
