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

/// One answer that lapses. There are dozens for each customer: without a gap between the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C, packed(4))]
pub(crate) struct Lapse {
    pub(crate) question: Question,
    pub(crate) at: Timestamp,
}

impl Lapse {
    pub(crate) fn question(self) -> Question {
        self.question
    }

    pub(crate) fn at(self) -> Timestamp {
        self.at
    }
}

/// Not a question: the host wants to look at the customer again. It stands after all questions.
pub(crate) const LOOK: Question = Question::MAX;

/// Invariant: every answer lapses no earlier than its entry in `near`; without an entry, no earlier than `beyond`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lapses {
    /// In order of the questions, at most one for each, all before `beyond`.
    near: Vec<Lapse>,
    beyond: Option<Timestamp>,
}

/// With more entries than this the far ones are let go.
const MOST: usize = 48;
/// So many stay then.
const KEPT: usize = 32;
/// There is room for so many more at a time.
const STEP: usize = 8;

impl Lapses {
    /// When something lapses first.
    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.near.iter().map(|lapse| lapse.at()).min().or(self.beyond)
    }

    /// The questions that have lapsed at `at`, rising; `None` when everything has to be asked.
    pub(crate) fn lapsed(&self, at: Timestamp) -> Option<impl Iterator<Item = Question>> {
        if self.beyond.is_some_and(|beyond| beyond <= at) {
            return None;
        }
        let lapsed = self.near.iter().filter(move |lapse| lapse.at() <= at);
        Some(lapsed.map(|lapse| lapse.question()).filter(|question| *question != LOOK))
    }

    /// All entries, and when to ask everything again.
    pub(crate) fn all(&self) -> (&[Lapse], Option<Timestamp>) {
        (&self.near, self.beyond)
    }

    /// When the host wants to look again, as far as it is near.
    pub(crate) fn look(&self) -> Option<Timestamp> {
        self.near.last().filter(|last| last.question() == LOOK).map(|last| last.at())
    }

    /// Begins anew with everything that lapses, in order of the questions.
    pub(crate) fn anew(lapses: Vec<Lapse>, beyond: Option<Timestamp>) -> Lapses {
        let mut all = Lapses { near: lapses, beyond };
        all.near.retain(|lapse| lapse.at() < beyond.unwrap_or(Timestamp::MAX));
        all.settle();
        all.near.shrink_to_fit();
        all
    }

    /// Takes out the entries of some questions and puts in others; both are in order of the questions.
    pub(crate) fn exchange(&mut self, asked: &[Question], coming: impl Iterator<Item = Lapse>) {
        let mut asked = asked.iter().copied().peekable();
        self.near.retain(|lapse| {
            while asked.next_if(|question| *question < lapse.question()).is_some() {}
            asked.peek() != Some(&lapse.question())
        });
        self.merge(coming);
        self.settle();
    }

    /// Puts in entries of questions that have none, from the end so that nothing moves twice.
    fn merge(&mut self, coming: impl Iterator<Item = Lapse>) {
        let beyond = self.beyond.unwrap_or(Timestamp::MAX);
        let coming: Vec<Lapse> = coming.filter(|lapse| lapse.at() < beyond).collect();
        let mut left = self.near.len();
        // There is one such list for each customer: little more room than is needed.
        self.near.reserve_exact((left + coming.len()).next_multiple_of(STEP) - left);
        self.near.extend(&coming);
        for (behind, lapse) in coming.iter().enumerate().rev() {
            while 0 < left && lapse.question() < self.near[left - 1].question() {
                self.near[left + behind] = self.near[left - 1];
                left -= 1;
            }
            self.near[left + behind] = *lapse;
        }
    }

    fn settle(&mut self) {
        if MOST < self.near.len() {
            let mut times: Vec<Timestamp> = self.near.iter().map(|lapse| lapse.at()).collect();
            let (_, first_out, _) = times.select_nth_unstable(KEPT);
            let beyond = *first_out;
            self.near.retain(|lapse| lapse.at() < beyond);
            self.beyond = Some(beyond);
        }
        if MOST + STEP < self.near.capacity() {
            self.near.shrink_to_fit();
        }
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
            Lapses::anew((0..100).map(|n| lapse(990 - 10 * i64::from(n), n)).collect(), None);
        let (near, beyond) = lapses.all();
        assert_eq!(near.len(), KEPT);
        assert_eq!((lapses.next(), beyond), (Some(at(0)), Some(at(320))));
        assert_eq!(lapses.lapsed(at(15)).unwrap().collect::<Vec<_>>(), [98, 99]);
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
        assert_eq!(lapses.all().0, [lapse(6, 2), lapse(8, 9), lapse(7, LOOK)]);
        assert_eq!((lapses.next(), lapses.look()), (Some(at(6)), Some(at(7))));
        assert_eq!(lapses.lapsed(at(7)).unwrap().collect::<Vec<_>>(), [2]);
        let mut lapses = Lapses::anew((0..100).map(|n| lapse(i64::from(n), n)).collect(), None);
        lapses.exchange(&[0], [lapse(50, 0)].into_iter());
        assert!(lapses.all().0.iter().all(|lapse| lapse.question() != 0), "it lies beyond");
    }
}
