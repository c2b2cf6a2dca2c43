//! When the answers of one customer lapse: the next few by name, the rest as one instant to ask everything again.
//!
//! ```text
//!         now    near: a question each                 beyond: ask everything
//!   ───────●───────┃──┃────┃───────┃───────────────────────╋────────────────▶ time
//! ```
//! A customer has hundreds of answers that time alone will turn one day. Keeping all those instants would take more
//! memory than the histories, so only the nearest are kept. One who is quiet has few, and all of them fit.

use facts::Timestamp;
use kernel::Question;

/// One answer that lapses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Lapse {
    pub(crate) at: Timestamp,
    pub(crate) question: Question,
}

/// Not a question: the host wants to look at the customer again.
pub(crate) const LOOK: Question = Question::MAX;

/// Invariant: every answer lapses no earlier than its entry in `near`; without an entry, no earlier than `beyond`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lapses {
    /// In order of time, all before `beyond`.
    near: Vec<Lapse>,
    beyond: Option<Timestamp>,
}

/// With more entries than this the far ones are let go.
const MOST: usize = 48;
/// So many stay then.
const KEPT: usize = 32;

impl Lapses {
    /// When something lapses first.
    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.near.first().map(|lapse| lapse.at).or(self.beyond)
    }

    /// The questions that have lapsed at `at`; `None` when everything has to be asked.
    pub(crate) fn lapsed(&self, at: Timestamp) -> Option<impl Iterator<Item = Question>> {
        if self.beyond.is_some_and(|beyond| beyond <= at) {
            return None;
        }
        let lapsed = self.near.iter().take_while(move |lapse| lapse.at <= at);
        Some(lapsed.map(|lapse| lapse.question).filter(|question| *question != LOOK))
    }

    /// All entries, and when to ask everything again.
    pub(crate) fn all(&self) -> (&[Lapse], Option<Timestamp>) {
        (&self.near, self.beyond)
    }

    /// Begins anew with everything that lapses.
    pub(crate) fn anew(lapses: Vec<Lapse>, beyond: Option<Timestamp>) -> Lapses {
        let mut all = Lapses { near: lapses, beyond };
        all.settle();
        all.near.shrink_to_fit();
        all
    }

    /// Takes out the entries of some questions, which are rising, and puts in others.
    pub(crate) fn exchange(&mut self, asked: &[Question], lapses: impl Iterator<Item = Lapse>) {
        self.near.retain(|lapse| asked.binary_search(&lapse.question).is_err());
        self.near.extend(lapses);
        self.settle();
    }

    fn settle(&mut self) {
        if let Some(beyond) = self.beyond {
            self.near.retain(|lapse| lapse.at < beyond);
        }
        if MOST < self.near.len() {
            let (_, first_out, _) = self.near.select_nth_unstable(KEPT);
            let beyond = first_out.at;
            self.near.retain(|lapse| lapse.at < beyond);
            self.beyond = Some(beyond);
        }
        self.near.sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lapse(at: i64, question: Question) -> Lapse {
        Lapse { at: Timestamp::from_millis(at), question }
    }

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn the_nearest_are_kept_and_the_rest_is_one_instant() {
        let lapses =
            Lapses::anew((0..100).rev().map(|n| lapse(10 * i64::from(n), n)).collect(), None);
        let (near, beyond) = lapses.all();
        assert_eq!(near.len(), KEPT);
        assert_eq!((near[0], beyond), (lapse(0, 0), Some(at(320))));
        assert_eq!(lapses.lapsed(at(15)).unwrap().collect::<Vec<_>>(), [0, 1]);
        assert!(lapses.lapsed(at(320)).is_none());
    }

    #[test]
    fn many_that_lapse_at_one_instant_are_asked_together() {
        let lapses = Lapses::anew((0..100).map(|n| lapse(7, n)).collect(), None);
        assert_eq!((lapses.all().0.len(), lapses.next()), (0, Some(at(7))));
        assert!(lapses.lapsed(at(7)).is_none());
    }

    #[test]
    fn an_exchange_leaves_what_was_not_asked() {
        let mut lapses = Lapses::anew(vec![lapse(5, 1), lapse(6, 2), lapse(7, LOOK)], None);
        lapses.exchange(&[1, 9], [lapse(8, 9)].into_iter());
        assert_eq!(lapses.all().0, [lapse(6, 2), lapse(7, LOOK), lapse(8, 9)]);
        assert_eq!(lapses.lapsed(at(7)).unwrap().collect::<Vec<_>>(), [2]);
        let mut lapses = Lapses::anew((0..100).map(|n| lapse(i64::from(n), n)).collect(), None);
        lapses.exchange(&[0], [lapse(50, 0)].into_iter());
        assert!(lapses.all().0.iter().all(|lapse| lapse.question != 0), "it lies beyond");
    }
}
