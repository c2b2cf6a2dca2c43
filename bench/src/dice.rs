//! Chance from a seed, the same on every machine.

/// A small seeded generator (splitmix64, Steele, Lea and Flood 2014).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0xd1b5_4a32_d192_ed03);
        dice.roll();
        dice
    }

    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Evenly from 0 up to 1, which is out.
    pub(crate) fn part(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Evenly from 0 up to `n`, which is out.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.roll()) * u128::from(n)) >> 64) as u64
    }

    /// One of a list, which is not empty.
    pub(crate) fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize]
    }
}

/// Places drawn by Zipf's law: the place `n` comes with a weight of `n` to the power of minus `steepness`.
pub(crate) struct Zipf(Vec<f64>);

impl Zipf {
    pub(crate) fn new(places: u16, steepness: f64) -> Zipf {
        let mut sum = 0.0;
        let up_to = (1..=places).map(|place| {
            sum += f64::from(place).powf(-steepness);
            sum
        });
        let up_to: Vec<f64> = up_to.collect();
        Zipf(up_to.into_iter().map(|part| part / sum).collect())
    }

    /// A place from 0.
    pub(crate) fn draw(&self, dice: &mut Dice) -> u16 {
        let part = dice.part();
        self.0.partition_point(|up_to| *up_to < part).min(self.0.len() - 1) as u16
    }
}
