//! One step, or one after another, a lane of a block after another.

use columns::Block;
use facts::Timestamp;

use super::{
    Mask,
    compile::{Steps, Stream},
    lanes,
    streams::Streams,
};
use crate::in_time::{InTime, Times};

/// One step, or one after another, of which the last is not followed by what must not come.
pub(super) fn steps_in_order(steps: &Steps, block: &Block, streams: &Streams) -> Mask {
    let Some(a) = streams.only(steps.first.0, block) else { return Mask::NONE };
    let (a_from, a_to) = (a.from(steps.first.1), a.to(steps.first.1));
    let never = steps.never_since.and_then(|stream| streams.only(stream, block));
    let since = |lane: usize| {
        let never = never?;
        let now = never.cut(Stream::NOW)[lane];
        (never.starts()[lane] < now).then(|| never.at()[now as usize - 1])
    };
    let Some((second, window, within)) = steps.second else {
        let found = lanes::less(a_from, a_to);
        let followed = |lane: &usize| {
            since(*lane).is_some_and(|since| a.at()[a_to[*lane] as usize - 1] < since)
        };
        return found.without(Mask::of_lanes(found.lanes().filter(followed)));
    };
    let Some(b) = streams.only(second, block) else { return Mask::NONE };
    let (b_from, b_to) = (b.from(window), b.to(window));
    let is_same = second == steps.first.0;
    let within = within.unwrap_or(i64::MAX);
    let both = lanes::less(a_from, a_to).and(lanes::less(b_from, b_to));
    let holds = |lane: &usize| {
        let pair = Pair {
            a: (a.at(), a_from[*lane] as usize, a_to[*lane] as usize),
            b: (b.at(), b_from[*lane] as usize, b_to[*lane] as usize),
            within,
            is_same,
        };
        let end = pair.latest();
        end.is_some_and(|end| since(*lane).is_none_or(|since| since <= end))
    };
    Mask::of_lanes(both.lanes().filter(holds))
}

/// Two steps in one lane: instants, and where the window begins and ends among them.
struct Pair<'a> {
    a: (&'a [i64], usize, usize),
    b: (&'a [i64], usize, usize),
    within: i64,
    is_same: bool,
}

impl Pair<'_> {
    /// When the latest second step happened that has a first step before it, near enough.
    fn latest(&self) -> Option<i64> {
        let (a, first, mut i) = self.a;
        let (b, first_b, mut end) = self.b;
        while first_b < end {
            let j = end - 1;
            // The latest first step not after this second one, and not the same event.
            if self.is_same {
                i = j;
            }
            while first < i && b[j] < a[i - 1] {
                i -= 1;
            }
            if i == first {
                return None;
            }
            if b[j] - a[i - 1] <= self.within {
                return Some(b[j]);
            }
            // No first step lies between, so the next second step to look at is near enough to this one or to one before.
            let near = Timestamp::from_millis(a[i - 1]).plus(self.within);
            end = first_b + Times::of(&b[first_b..j]).up_to(near);
        }
        None
    }
}
