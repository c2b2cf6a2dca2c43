//! When something happened, for every lane of a block.

use facts::Timestamp;

use crate::{
    LANES,
    bytes::{push_column, push_i64, read_column, read_i64, read_u8},
};

/// Instants in milliseconds since 1970, one lane after the other, oldest first within a lane.
///
/// Invariant: `starts` has one entry more than there are lanes and never falls; the last one is the number of instants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    starts: Vec<u32>,
    at: Vec<i64>,
}

/// Times are kept as counts of the largest of these units that divides all of them: days of a file without times of day
/// take two bytes each.
const UNITS: [i64; 5] = [Timestamp::DAY, Timestamp::HOUR, Timestamp::MINUTE, Timestamp::SECOND, 1];

impl Default for Times {
    fn default() -> Times {
        Times { starts: vec![0; LANES + 1], at: vec![] }
    }
}

impl Times {
    /// Where each lane begins among all instants, and at the end their number.
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// All instants.
    pub fn at(&self) -> &[i64] {
        &self.at
    }

    /// The instants of one lane.
    pub fn lane(&self, lane: usize) -> &[i64] {
        &self.at[self.starts[lane] as usize..self.starts[lane + 1] as usize]
    }

    /// Times out of the given lanes; `ends` is how many instants there are up to and with each lane.
    pub(crate) fn of(at: Vec<i64>, mut ends: Vec<u32>) -> Times {
        ends.resize(LANES, at.len() as u32);
        ends.insert(0, 0);
        Times { starts: ends, at }
    }

    pub(crate) fn encode(&self, bytes: &mut Vec<u8>) {
        let base = self.at.iter().copied().min().unwrap_or(0);
        let even = |unit: &i64| self.at.iter().all(|at| (at - base) % unit == 0);
        let unit = UNITS.iter().position(even).unwrap_or(UNITS.len() - 1);
        push_column(bytes, self.starts.windows(2).map(|lane| u64::from(lane[1] - lane[0])));
        bytes.push(unit as u8);
        push_i64(bytes, base);
        push_column(bytes, self.at.iter().map(|at| ((at - base) / UNITS[unit]) as u64));
    }

    pub(crate) fn decode(bytes: &mut &[u8]) -> Option<Times> {
        let mut starts = Vec::with_capacity(LANES + 1);
        let mut n = 0_u64;
        starts.push(0);
        for count in read_column(bytes, LANES, |count| count)? {
            n = n.saturating_add(count);
            starts.push(n as u32);
        }
        let n = usize::try_from(u32::try_from(n).ok()?).ok()?;
        let unit = *UNITS.get(usize::from(read_u8(bytes)?))?;
        let base = read_i64(bytes)?;
        let at = match unit {
            1 => read_column(bytes, n, |since| base.wrapping_add(since as i64))?,
            _ => {
                read_column(bytes, n, |since| base.wrapping_add((since as i64).wrapping_mul(unit)))?
            }
        };
        Some(Times { starts, at })
    }
}
