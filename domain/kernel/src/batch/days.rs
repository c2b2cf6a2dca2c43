//! Local days: when each begins, and on how many of them something happened.

use columns::Block;
use facts::{Calendar, Timestamp};

use super::{
    ask::{Found, Numbers},
    compile::Quantity,
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
    let earliest = match quantity.window.from {
        Some(_) => quantity.from.millis(),
        None => {
            let first = |view: View<'_>| view.at().iter().copied().min();
            streams.of(quantity.stream, block).filter_map(first).min().unwrap_or(at.millis())
        }
    };
    // Events and windows may lie in the future.
    let earliest = earliest.min(at.millis());
    midnights.reach(calendar, earliest, at);
    let numbers = Numbers::zeros(counts);
    let views: Vec<View<'_>> = streams.of(quantity.stream, block).collect();
    if let [view] = views.as_slice() {
        let (from, to) = (view.from(quantity.window), view.to(quantity.window));
        for (lane, number) in numbers.iter_mut().enumerate() {
            let mut day_ends = i64::MIN;
            for at in inside(view.at(), from[lane], to[lane]) {
                if day_ends <= *at {
                    day_ends = midnights.after(*at);
                    *number += 1;
                }
            }
        }
        return Found::Count(numbers);
    }
    let first_day = midnights.day(earliest);
    let words = (midnights.day(at.millis()) - first_day) / 64 + 1;
    for (lane, number) in numbers.iter_mut().enumerate() {
        days.clear();
        days.resize(words, 0);
        for view in &views {
            let (from, to) = (view.from(quantity.window), view.to(quantity.window));
            let mut day_ends = i64::MIN;
            for at in inside(view.at(), from[lane], to[lane]) {
                if day_ends <= *at {
                    let day = midnights.day(*at);
                    day_ends = midnights.end_of(day);
                    days[(day - first_day) / 64] |= 1 << ((day - first_day) % 64);
                }
            }
        }
        *number = days.iter().map(|word| word.count_ones() as i32).sum();
    }
    Found::Count(numbers)
}

fn inside(at: &[i64], from: u32, to: u32) -> &[i64] {
    at.get(from as usize..to as usize).unwrap_or_default()
}

/// The instants at which local days begin, over a stretch of time.
#[derive(Debug, Default)]
pub(super) struct Midnights {
    zone: String,
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

    fn end_of(&self, day: usize) -> i64 {
        self.starts.get(day + 1).copied().unwrap_or(i64::MAX)
    }

    /// When the day after an instant's own begins.
    fn after(&self, at: i64) -> i64 {
        self.end_of(self.day(at))
    }
}
