//! Local days: when each begins, and on how many of them something happened.
//!
//! Of each stream the days with something on them are kept as bits, for all lanes side by side. A window holds whole days,
//! which are counted as bits, and at its ends parts of days, in which something lies or not.

use columns::{Block, LANES};
use facts::{Calendar, Timestamp};

use super::{
    Mask,
    ask::{Found, Numbers},
    compile::{Cuts, DaySpan, Quantity, Stream},
    lanes,
    streams::{Streams, View},
};

/// On how many local days something happened; none when it reaches back too far.
pub(super) fn days<'m>(
    quantity: &Quantity,
    block: &Block,
    streams: &Streams,
    memory: &'m mut Numbers,
    (at, calendar): (Timestamp, &Calendar),
) -> Option<Found<'m>> {
    let span = quantity.days.as_ref()?;
    let Numbers { midnights, days, counts, .. } = memory;
    let views: Vec<View<'_>> = streams.of(quantity.stream, block).collect();
    let counts = Numbers::zeros(counts);
    let (begins, ends) = span.whole;
    if begins < ends {
        let days = days.of((quantity, span), &views, midnights, (calendar, at))?;
        days.add(midnights.day(begins.millis()), midnights.day(ends.millis() - 1), counts);
    }
    for part in span.parts.iter().flatten() {
        let inside = |view: &View<'_>| lanes::less(view.from(*part), view.to(*part));
        let happened = views.iter().map(inside).fold(Mask::NONE, Mask::or);
        happened.lanes().for_each(|lane| counts[lane] += 1);
    }
    Some(Found::Count(counts))
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
    /// The days begin with this one, by sixty-fours.
    first_word: usize,
    /// A bit a day: the first sixty-four days of all lanes, then the next.
    bits: Vec<u64>,
}

/// At most so many times sixty-four days are kept side by side: some forty years.
const MOST_WORDS: usize = 256;
/// Of windows that begin longer ago it is looked up where their events begin.
const NEAR: i64 = 800 * Timestamp::DAY;

impl Days {
    /// Forgets the block before.
    pub(super) fn next_block(&mut self) {
        self.spare.append(&mut self.known);
    }

    /// The days of the stream of a quantity, over the widest of all windows in which its days are counted.
    fn of(
        &mut self,
        (quantity, span): (&Quantity, &DaySpan),
        views: &[View<'_>],
        midnights: &mut Midnights,
        (calendar, at): (&Calendar, Timestamp),
    ) -> Option<&DaysOf> {
        let known = self.known.iter().position(|one| one.stream == quantity.stream);
        if let Some(place) = known.filter(|n| self.known[*n].numbering == midnights.numbering) {
            return self.known[place].if_kept();
        }
        let widest = Cuts { from: quantity.since, to: Stream::NOW };
        let lanes: Vec<InLanes<'_>> = views.iter().map(|view| InLanes::of(*view, widest)).collect();
        let since = span.earliest.filter(|since| at.minus(NEAR) <= *since);
        let earliest = since.map_or_else(|| earliest(&lanes), Timestamp::millis);
        let earliest = earliest.min(at.millis());
        midnights.reach(calendar, earliest, at);
        let place = known.unwrap_or_else(|| {
            self.known.push(self.spare.pop().unwrap_or_default());
            self.known.len() - 1
        });
        let days = (midnights.day(earliest), midnights.day(at.millis()));
        let of = &mut self.known[place];
        of.stream = quantity.stream;
        of.fill(&lanes, midnights, days);
        of.if_kept()
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

/// When the first of all happened.
fn earliest(views: &[InLanes<'_>]) -> i64 {
    let firsts = views.iter().flat_map(|view| (0..LANES).map(|lane| view.lane(lane).first()));
    firsts.flatten().copied().min().unwrap_or(i64::MAX)
}

impl DaysOf {
    /// None when there was no room.
    fn if_kept(&self) -> Option<&DaysOf> {
        (!self.bits.is_empty()).then_some(self)
    }

    /// Keeps the days from one to another, if there is room.
    fn fill(
        &mut self,
        views: &[InLanes<'_>],
        midnights: &Midnights,
        (first, last): (usize, usize),
    ) {
        self.numbering = midnights.numbering;
        self.first_word = first / 64;
        self.bits.clear();
        let words = last / 64 - self.first_word + 1;
        if MOST_WORDS < words {
            return;
        }
        self.bits.resize(words * LANES, 0);
        for view in views {
            for lane in 0..LANES {
                for at in view.lane(lane) {
                    let day = midnights.day(*at);
                    self.bits[(day / 64 - self.first_word) * LANES + lane] |= 1 << (day % 64);
                }
            }
        }
    }

    /// Adds on how many days from one to another something happened, in each lane.
    fn add(&self, first: usize, last: usize, counts: &mut [i32]) {
        let words = self.bits.chunks_exact(LANES).zip(self.first_word..);
        for (bits, word) in words.skip((first / 64).saturating_sub(self.first_word)) {
            if last / 64 < word {
                break;
            }
            let mut days = u64::MAX;
            if word == first / 64 {
                days &= u64::MAX << (first % 64);
            }
            if word == last / 64 {
                days &= u64::MAX >> (63 - last % 64);
            }
            lanes::add_bits(bits, days, counts);
        }
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
        let since = at.saturating_sub(self.first_midnight()).max(0);
        let mut day = ((since / Timestamp::DAY) as usize).min(self.starts.len() - 1);
        while 0 < day && at < self.starts[day] {
            day -= 1;
        }
        while day + 1 < self.starts.len() && self.starts[day + 1] <= at {
            day += 1;
        }
        day
    }

    /// When the first day began, as if it had 24 hours: what is known of it may begin later.
    fn first_midnight(&self) -> i64 {
        self.starts.get(1).map_or(self.starts[0], |second| second.saturating_sub(Timestamp::DAY))
    }
}
