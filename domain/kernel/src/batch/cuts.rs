//! Where the windows of a stream cut its events, for all lanes at once.
//!
//! Each event goes into one of the gaps between the cuts; adding the gaps up, cut after cut, gives the places. So an
//! event costs one step however many cuts there are, and a cut one addition a lane.

use columns::LANES;
use facts::Timestamp;

use super::lanes;

/// The cuts of a stream, falling, and a table that finds the gap of an instant at once.
#[derive(Debug, Default)]
pub(super) struct CutTable {
    cuts: Vec<i64>,
    /// Instants before the first cut are told apart by so many powers of two of milliseconds.
    shift: u32,
    /// For each such stretch of time, latest first, the first cut that is not after all of it.
    first: Vec<u16>,
}

/// At most about so many stretches: they stay in the nearest cache.
const STRETCHES: u64 = 1024;

/// The cuts of a stream lie so far apart: not a power of two, or all cuts of a lane would share a line of the cache.
pub(super) const STRIDE: usize = LANES + 16;

impl CutTable {
    /// Of cuts that fall.
    pub(super) fn of(cuts: &[Timestamp]) -> CutTable {
        let cuts: Vec<i64> = cuts.iter().map(|cut| cut.millis()).collect();
        let (Some(first), Some(last)) = (cuts.first(), cuts.last()) else {
            return CutTable::default();
        };
        let reach = first.abs_diff(*last);
        let shift = (reach / STRETCHES + 1).next_power_of_two().trailing_zeros();
        let latest = |stretch: u64| {
            let back = i64::try_from(stretch << shift).unwrap_or(i64::MAX);
            first.saturating_sub(1).saturating_sub(back)
        };
        // Beyond what a table can say, the rest of the way is walked.
        let not_after =
            |at: i64| u16::try_from(cuts.partition_point(|cut| at < *cut)).unwrap_or(u16::MAX);
        let table = (0..=reach >> shift).map(|stretch| not_after(latest(stretch))).collect();
        CutTable { first: table, shift, cuts }
    }

    /// How many there are.
    pub(super) fn n(&self) -> usize {
        self.cuts.len()
    }

    /// The first cut that is not after an instant; the number of cuts when all are.
    #[inline(always)]
    fn gap(&self, at: i64) -> usize {
        let Some(first) = self.cuts.first() else { return 0 };
        if *first <= at {
            return 0;
        }
        let stretch = first.abs_diff(at).wrapping_sub(1) >> self.shift;
        let Some(gap) = self.first.get(stretch as usize) else { return self.cuts.len() };
        let mut gap = usize::from(*gap);
        while gap < self.cuts.len() && at < self.cuts[gap] {
            gap += 1;
        }
        gap
    }

    /// For every cut and lane the first event at or after it: `places` gets a row of [`STRIDE`] for each cut.
    pub(super) fn places(&self, starts: &[u32], at: &[i64], places: &mut Vec<u32>) {
        places.clear();
        places.resize(self.n() * STRIDE, 0);
        for lane in 0..LANES {
            let lane_at = &at[starts[lane] as usize..starts[lane + 1] as usize];
            // The latest come first; once one lies before all cuts, so do the rest.
            for at in lane_at.iter().rev() {
                let gap = self.gap(*at);
                let Some(count) = places.get_mut(gap * STRIDE + lane) else { break };
                *count += 1;
            }
        }
        let ends = &starts[1..=LANES];
        let mut after = [0; LANES];
        for row in places.chunks_exact_mut(STRIDE) {
            lanes::count_back(&mut after, ends, &mut row[..LANES]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_finds_what_looking_at_every_cut_finds() {
        let lists: [&[i64]; 5] = [
            &[1],
            &[100, 99, 98, 50, 0, -1, -1000],
            &[Timestamp::MAX.millis(), 5, 5, 4, Timestamp::MIN.millis()],
            &[86_400_001, 43_200_000, 86_400, 3, 2, 1],
            &[31_536_000_000, 31_449_600_000, 31_449_599_999, 15_768_000_000, 1],
        ];
        for cuts in lists {
            let cuts: Vec<Timestamp> = cuts.iter().copied().map(Timestamp::from_millis).collect();
            let table = CutTable::of(&cuts);
            let near = cuts.iter().flat_map(|cut| (-2..=2).map(|by| cut.plus(by)));
            let far = (0..2000).map(|n| Timestamp::from_millis(n * 15_768_123 - 999_999));
            for at in near.chain(far) {
                let looked = cuts.iter().position(|cut| *cut <= at).unwrap_or(cuts.len());
                assert_eq!(table.gap(at.millis()), looked, "{at:?} in {cuts:?}");
            }
        }
    }

    #[test]
    fn places_are_where_events_begin_to_be_late_enough() {
        let cuts: Vec<Timestamp> = [90, 60, 60, 30, 3].map(Timestamp::from_millis).into();
        let table = CutTable::of(&cuts);
        let (mut starts, mut at) = (vec![0], vec![]);
        for lane in 0..LANES as i64 {
            at.extend((0..lane % 7).map(|n| n * (lane % 29)));
            starts.push(at.len() as u32);
        }
        let mut places = vec![7; 3];
        table.places(&starts, &at, &mut places);
        for (row, cut) in places.chunks_exact(STRIDE).zip(&cuts) {
            for lane in 0..LANES {
                let (from, to) = (starts[lane] as usize, starts[lane + 1] as usize);
                let before = at[from..to].partition_point(|at| *at < cut.millis());
                assert_eq!(row[lane] as usize, from + before);
            }
        }
    }
}
