//! One step, or one after another, a lane of a block after another.
//!
//! Many questions ask for the same two steps, in windows of other lengths and nearer or farther apart. Of two steps the
//! latest pair that is near enough tells all windows: an earlier pair has an earlier first step, and lies in no window in
//! which the latest does not. So each two steps are looked for once a block, for all distances in one walk.

use columns::{Block, LANES};
use facts::Timestamp;

use super::{
    Mask,
    compile::{Pair, Questions, Steps, Stream},
    lanes,
    streams::Streams,
};
use crate::in_time::{InTime, Times};

/// One step, or one after another, of which the last is not followed by what must not come.
pub(super) fn steps_in_order(
    steps: &Steps,
    questions: &Questions,
    block: &Block,
    streams: &Streams,
    pairs: &mut Pairs,
) -> Mask {
    let (stream, window) = steps.first;
    let Some(a) = streams.only(stream, block) else { return Mask::NONE };
    let never = steps.never_since.and_then(|stream| streams.only(stream, block));
    let since = |lane: usize| {
        let never = never?;
        let now = never.cut(Stream::NOW)[lane];
        (never.starts()[lane] < now).then(|| never.at()[now as usize - 1])
    };
    let is_followed = |lane: usize, last: i64| since(lane).is_some_and(|since| last < since);
    let Some(second) = steps.second else {
        let to = a.to(window);
        let found = lanes::less(a.from(window), to);
        let followed = |lane: &usize| is_followed(*lane, a.at()[to[*lane] as usize - 1]);
        return found.without(Mask::of_lanes(found.lanes().filter(followed)));
    };
    let Some(b) = streams.only(second.stream, block) else { return Mask::NONE };
    let latest = pairs.of(second.pair, questions, block, streams);
    let (firsts, seconds) = (latest.firsts(second.rank), latest.seconds(second.rank));
    let found = lanes::less(a.from(window), firsts);
    let found = found.and(lanes::less(b.from(second.window), seconds));
    if never.is_none() {
        return found;
    }
    let followed = |lane: &usize| is_followed(*lane, b.at()[seconds[*lane] as usize - 1]);
    found.without(Mask::of_lanes(found.lanes().filter(followed)))
}

/// The latest pairs of one block, as far as they were asked about. Memory is kept from block to block.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    known: Vec<Latest>,
}

/// The latest pair of two steps in every lane, for each distance.
#[derive(Debug, Default)]
struct Latest {
    /// Whether it is of this block.
    is_new: bool,
    /// By distance and lane: the place after the first step; 0 where there is no pair.
    firsts: Vec<u32>,
    /// The place after the second step.
    seconds: Vec<u32>,
}

impl Pairs {
    /// Forgets the block before.
    pub(super) fn next_block(&mut self) {
        self.known.iter_mut().for_each(|latest| latest.is_new = false);
    }

    fn of(
        &mut self,
        number: usize,
        questions: &Questions,
        block: &Block,
        streams: &Streams,
    ) -> &Latest {
        if self.known.len() <= number {
            self.known.resize_with(number + 1, Latest::default);
        }
        let latest = &mut self.known[number];
        if !latest.is_new {
            latest.find(&questions.pairs[number], block, streams);
            latest.is_new = true;
        }
        latest
    }
}

impl Latest {
    fn firsts(&self, rank: usize) -> &[u32] {
        &self.firsts[rank * LANES..][..LANES]
    }

    fn seconds(&self, rank: usize) -> &[u32] {
        &self.seconds[rank * LANES..][..LANES]
    }

    fn find(&mut self, pair: &Pair, block: &Block, streams: &Streams) {
        for places in [&mut self.firsts, &mut self.seconds] {
            places.clear();
            places.resize(pair.within.len() * LANES, 0);
        }
        let (first, second) = (pair.first, pair.second);
        let both = streams.only(first.0, block).zip(streams.only(second.0, block));
        let Some((a, b)) = both else { return };
        let (a_from, a_to) = (a.from(first.1), a.to(first.1));
        let (b_from, b_to) = (b.from(second.1), b.to(second.1));
        for lane in lanes::less(a_from, a_to).and(lanes::less(b_from, b_to)).lanes() {
            let steps = InOrder {
                a: (a.at(), a_from[lane] as usize, a_to[lane] as usize),
                b: (b.at(), b_from[lane] as usize, b_to[lane] as usize),
                is_same: first.0 == second.0,
            };
            steps.latest(&pair.within, |rank, first, second| {
                self.firsts[rank * LANES + lane] = first as u32;
                self.seconds[rank * LANES + lane] = second as u32;
            });
        }
    }
}

/// Two steps in one lane: instants, and where the window begins and ends among them.
struct InOrder<'a> {
    a: (&'a [i64], usize, usize),
    b: (&'a [i64], usize, usize),
    is_same: bool,
}

impl InOrder<'_> {
    /// For each of some distances, rising, the latest second step that has a first step before it, so near: `found` is
    /// told which distance, and the places after both.
    fn latest(&self, within: &[i64], mut found: impl FnMut(usize, usize, usize)) {
        let (a, first, mut i) = self.a;
        let (b, first_b, mut end) = self.b;
        let mut open = within.len();
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
                return;
            }
            let apart = b[j] - a[i - 1];
            while 0 < open && apart <= within[open - 1] {
                open -= 1;
                found(open, i, j + 1);
            }
            let Some(farthest) = within[..open].last() else { return };
            // No first step lies between, so the next second step to look at is near enough to this one or to one before.
            let near = Timestamp::from_millis(a[i - 1]).plus(*farthest);
            end = first_b + Times::of(&b[first_b..j]).up_to(near);
        }
    }
}
