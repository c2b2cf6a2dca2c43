//! Local days: when each begins, and on how many of them something happened.
//!
//! Of each stream the days with something on them are kept as bits, lane by lane. A window holds whole days, which are
//! counted as bits, and at its ends parts of days, on which something is looked for where there is anything at all.

use columns::{Block, LANES};
use facts::{Calendar, Timestamp};

use super::{
    ask::{Found, Numbers},
    compile::{Cuts, Quantity, Stream},
    streams::{Streams, View},
};

/// On how many local days something happened.
pub(super) fn days<'m>(
    quantity: &Quantity,
    block: &Block,
    streams: &Streams,
    memory: &'m mut Numbers,
    calendar: &Calendar,
    at: Timestamp,
) -> Found<'m> {
    let Numbers { midnights, days, counts, .. } = memory;
    let views: Vec<View<'_>> = streams.of(quantity.stream, block).collect();
    let days = days.of(quantity, &views, midnights, (calendar, at));
    let (from, to) = quantity.span;
    let numbers = Numbers::zeros(counts);
    if to <= from {
        return Found::Count(numbers);
    }
    let (first, last) = midnights.between(from.millis(), to.millis() - 1);
    let lanes: Vec<InLanes<'_>> =
        views.iter().map(|view| InLanes::of(*view, quantity.window)).collect();
    let is_whole = |day: usize| {
        let (begins, ends) = (midnights.starts[day], midnights.end_of(day));
        from.millis() <= begins && (ends <= to.millis() || at < to)
    };
    // On the day on which the window begins, only its first events can lie; where it ends, only its last.
    let happened = |lane: usize, day: usize| {
        let mut inside = lanes.iter().map(|view| view.lane(lane));
        match day == first {
            true => inside.any(|at| at.first().is_some_and(|at| *at < midnights.end_of(day))),
            false => inside.any(|at| at.last().is_some_and(|at| midnights.starts[day] <= *at)),
        }
    };
    let mut parts = vec![first, last];
    parts.dedup();
    parts.retain(|day| !is_whole(*day));
    for (lane, number) in numbers.iter_mut().enumerate() {
        *number = days.between(lane, first, last);
        let empty = |day: &&usize| days.has(lane, **day) && !happened(lane, **day);
        *number -= parts.iter().filter(empty).count() as i32;
    }
    Found::Count(numbers)
}

/// The days of the streams of one block, as far as they were asked about. Memory is kept from block to block.
#[derive(Debug, Default)]
pub(super) struct Days {
    known: Vec<DaysOf>,
    spare: Vec<DaysOf>,
}

/// On which days each lane has events of a stream.
#[derive(Debug, Default)]
struct DaysOf {
    stream: usize,
    /// Which list of midnights numbered the days.
    numbering: u32,
    lanes: Vec<Lane>,
    /// A bit a day.
    bits: Vec<u64>,
}

/// Where the bits of a lane are.
#[derive(Debug, Clone, Copy, Default)]
struct Lane {
    /// The place of the first word.
    words: usize,
    /// Its days begin with this one, by sixty-fours.
    first_word: usize,
    /// How many words there are.
    n: usize,
}

impl Days {
    /// Forgets the block before.
    pub(super) fn next_block(&mut self) {
        self.spare.append(&mut self.known);
    }

    /// The days of the stream of a quantity, over the widest of all windows in which its days are counted.
    fn of(
        &mut self,
        quantity: &Quantity,
        views: &[View<'_>],
        midnights: &mut Midnights,
        (calendar, at): (&Calendar, Timestamp),
    ) -> &DaysOf {
        let known = self.known.iter().position(|one| one.stream == quantity.stream);
        if let Some(place) = known.filter(|n| self.known[*n].numbering == midnights.numbering) {
            return &self.known[place];
        }
        let widest = Cuts { from: quantity.days_since, to: Stream::NOW };
        let lanes: Vec<InLanes<'_>> = views.iter().map(|view| InLanes::of(*view, widest)).collect();
        let firsts = lanes.iter().flat_map(|inside| (0..LANES).map(|lane| inside.lane(lane)));
        let earliest = firsts.filter_map(|at| at.first().copied()).min();
        midnights.reach(calendar, earliest.unwrap_or(i64::MAX).min(at.millis()), at);
        let place = known.unwrap_or_else(|| {
            self.known.push(self.spare.pop().unwrap_or_default());
            self.known.len() - 1
        });
        self.known[place].fill(quantity.stream, &lanes, midnights);
        &self.known[place]
    }
}

/// The events of one name in a window, lane by lane.
struct InLanes<'a> {
    at: &'a [i64],
    from: &'a [u32],
    to: &'a [u32],
}

impl<'a> InLanes<'a> {
    fn of(view: View<'a>, window: Cuts) -> InLanes<'a> {
        InLanes { at: view.at(), from: view.from(window), to: view.to(window) }
    }

    /// Nothing where the window lies in the future.
    fn lane(&self, lane: usize) -> &'a [i64] {
        self.at.get(self.from[lane] as usize..self.to[lane] as usize).unwrap_or_default()
    }
}

impl DaysOf {
    fn fill(&mut self, stream: usize, views: &[InLanes<'_>], midnights: &Midnights) {
        (self.stream, self.numbering) = (stream, midnights.numbering);
        self.lanes.clear();
        self.bits.clear();
        for lane in 0..LANES {
            let all = || views.iter().map(|view| view.lane(lane)).filter(|at| !at.is_empty());
            let first = all().map(|at| at[0]).min();
            let last = all().map(|at| at[at.len() - 1]).max();
            let (Some(first), Some(last)) = (first, last) else {
                self.lanes.push(Lane::default());
                continue;
            };
            let first_word = midnights.day(first) / 64;
            let (words, n) = (self.bits.len(), midnights.day(last) / 64 - first_word + 1);
            self.lanes.push(Lane { words, first_word, n });
            self.bits.resize(words + n, 0);
            for at in all() {
                let mut day_ends = i64::MIN;
                for at in at {
                    if day_ends <= *at {
                        let day = midnights.day(*at);
                        day_ends = midnights.end_of(day);
                        self.bits[words + day / 64 - first_word] |= 1 << (day % 64);
                    }
                }
            }
        }
    }

    /// On how many days from one to another something happened.
    fn between(&self, lane: usize, first: usize, last: usize) -> i32 {
        let Lane { words, first_word, n } = self.lanes[lane];
        let (from, to) = ((first / 64).max(first_word), (last / 64 + 1).min(first_word + n));
        let mut days = 0;
        for word in from..to {
            let mut bits = self.bits[words + word - first_word];
            if word == first / 64 {
                bits &= u64::MAX << (first % 64);
            }
            if word == last / 64 {
                bits &= u64::MAX >> (63 - last % 64);
            }
            days += bits.count_ones();
        }
        days as i32
    }

    fn has(&self, lane: usize, day: usize) -> bool {
        self.between(lane, day, day) == 1
    }
}

/// The instants at which local days begin, over a stretch of time.
#[derive(Debug, Default)]
pub(super) struct Midnights {
    zone: String,
    /// Another whenever the days are numbered anew.
    numbering: u32,
    /// Rising; the first is at or before everything asked, the last after it.
    starts: Vec<i64>,
}

impl Midnights {
    /// Makes sure that all days from `earliest` to `at` are there.
    fn reach(&mut self, calendar: &Calendar, earliest: i64, at: Timestamp) {
        let covers = |starts: &[i64]| {
            starts.first().is_some_and(|first| *first <= earliest)
                && starts.last().is_some_and(|last| at.millis() < *last)
        };
        if self.zone == calendar.zone_name() && covers(&self.starts) {
            return;
        }
        calendar.zone_name().clone_into(&mut self.zone);
        self.numbering += 1;
        self.starts.clear();
        let mut day = Timestamp::from_millis(earliest).min(at);
        self.starts.push(day.millis());
        while day <= at {
            let next = calendar.next_midnight(day);
            self.starts.push(next.millis());
            if next <= day || next == Timestamp::MAX {
                break;
            }
            day = next;
        }
    }

    /// The number of the day an instant lies in.
    fn day(&self, at: i64) -> usize {
        // Most days have 24 hours, so that the guess is nearly always right.
        let since = at.saturating_sub(self.starts[0]).max(0);
        let mut day = ((since / Timestamp::DAY) as usize).min(self.starts.len() - 1);
        while 0 < day && at < self.starts[day] {
            day -= 1;
        }
        while day + 1 < self.starts.len() && self.starts[day + 1] <= at {
            day += 1;
        }
        day
    }

    /// The days of two instants; those before all known days are in the first.
    fn between(&self, from: i64, to: i64) -> (usize, usize) {
        (self.day(from), self.day(to))
    }

    fn end_of(&self, day: usize) -> i64 {
        self.starts.get(day + 1).copied().unwrap_or(i64::MAX)
    }
}
