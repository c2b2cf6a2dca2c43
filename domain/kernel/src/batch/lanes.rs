//! Lanes of a block: sets of them as bits, and the loops over all of them.
//!
//! The loops are compiled for several kinds of processors; the one that runs is chosen once.

use std::sync::LazyLock;

use columns::LANES;
use fearless_simd::{Level, Simd, dispatch};

/// A bit for each lane of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mask(pub [u64; LANES / 64]);

/// What this processor can do.
static LEVEL: LazyLock<Level> = LazyLock::new(Level::new);

/// How many lie between two places, in each lane; added to what is there.
pub(super) fn add_counts(from: &[u32], to: &[u32], counts: &mut [i32]) {
    let (from, to, counts) = (&from[..LANES], &to[..LANES], &mut counts[..LANES]);
    dispatch!(*LEVEL, simd => simd.vectorize(
        #[inline(always)]
        || {
            for lane in 0..LANES {
                counts[lane] += (to[lane] as i32 - from[lane] as i32).max(0);
            }
        }
    ));
}

/// How many of some bits are set, in each lane; added to what is there.
pub(super) fn add_bits(bits: &[u64], some: u64, counts: &mut [i32]) {
    let (bits, counts) = (&bits[..LANES], &mut counts[..LANES]);
    dispatch!(*LEVEL, simd => simd.vectorize(
        #[inline(always)]
        || {
            for lane in 0..LANES {
                counts[lane] += (bits[lane] & some).count_ones() as i32;
            }
        }
    ));
}

/// Turns how many lie between a cut and the one after it into the place of the cut: so many before the end of the lane
/// as lie after the cut.
pub(super) fn count_back(after: &mut [u32; LANES], ends: &[u32], row: &mut [u32]) {
    let (ends, row) = (&ends[..LANES], &mut row[..LANES]);
    dispatch!(*LEVEL, simd => simd.vectorize(
        #[inline(always)]
        || {
            for lane in 0..LANES {
                after[lane] += row[lane];
                row[lane] = ends[lane] - after[lane];
            }
        }
    ));
}

/// The lanes in which the one place lies before the other.
pub(super) fn less(a: &[u32], b: &[u32]) -> Mask {
    let (a, b) = (&a[..LANES], &b[..LANES]);
    dispatch!(*LEVEL, simd => simd.vectorize(
        #[inline(always)]
        || Mask::of(|lane| a[lane] < b[lane])
    ))
}

/// The lanes whose number lies from `least` to `greatest`, both in.
pub(super) fn within(numbers: &[i32], least: i32, greatest: i32) -> Mask {
    let numbers = &numbers[..LANES];
    dispatch!(*LEVEL, simd => simd.vectorize(
        #[inline(always)]
        || Mask::of(|lane| (least <= numbers[lane]) & (numbers[lane] <= greatest))
    ))
}

/// The lanes whose number lies from `least` to `greatest`, both in.
pub(super) fn within_wide(numbers: &[i64], least: i64, greatest: i64) -> Mask {
    let numbers = &numbers[..LANES];
    dispatch!(*LEVEL, simd => simd.vectorize(
        #[inline(always)]
        || Mask::of(|lane| (least <= numbers[lane]) & (numbers[lane] <= greatest))
    ))
}

impl Mask {
    /// No lane.
    pub const NONE: Mask = Mask([0; LANES / 64]);
    /// Every lane.
    pub const ALL: Mask = Mask([u64::MAX; LANES / 64]);

    /// The lanes for which `holds`.
    #[inline(always)]
    pub fn of(mut holds: impl FnMut(usize) -> bool) -> Mask {
        let mut mask = Mask::NONE;
        for (place, word) in mask.0.iter_mut().enumerate() {
            let mut bits = [0_u8; 64];
            for (bit, byte) in bits.iter_mut().enumerate() {
                *byte = u8::from(holds(place * 64 + bit));
            }
            *word = packed(&bits);
        }
        mask
    }

    /// The given lanes.
    pub(super) fn of_lanes(lanes: impl Iterator<Item = usize>) -> Mask {
        let mut mask = Mask::NONE;
        lanes.for_each(|lane| mask.0[lane / 64] |= 1 << (lane % 64));
        mask
    }

    /// Whether a lane is in.
    pub fn has(&self, lane: usize) -> bool {
        self.0[lane / 64] >> (lane % 64) & 1 == 1
    }

    /// How many lanes are in.
    pub fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The lanes that are in, rising.
    pub fn lanes(&self) -> impl Iterator<Item = usize> {
        let words = self.0.iter().enumerate();
        words.flat_map(|(place, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(place * 64 + bit)
            })
        })
    }

    pub(super) fn is_none(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn and(self, other: Mask) -> Mask {
        Mask(std::array::from_fn(|place| self.0[place] & other.0[place]))
    }

    pub(super) fn or(self, other: Mask) -> Mask {
        Mask(std::array::from_fn(|place| self.0[place] | other.0[place]))
    }

    pub(super) fn without(self, other: Mask) -> Mask {
        Mask(std::array::from_fn(|place| self.0[place] & !other.0[place]))
    }
}

/// Sixty-four bytes of 0 or 1 as bits. The multiplication gathers the lowest bits of eight bytes in the topmost one.
#[inline(always)]
fn packed(bytes: &[u8; 64]) -> u64 {
    let mut word = 0;
    for (place, eight) in bytes.as_chunks::<8>().0.iter().enumerate() {
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        word |= gathered << (place * 8);
    }
    word
}
