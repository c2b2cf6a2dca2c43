//! Where a customer stands in an order of statuses, and how they moved in it.

use condition::{Status, StatusTest, Window};
use facts::{Change, Reading, Timestamp, Value, ValueRef};

use super::Answer;
use crate::{
    because::Found,
    moment::{Moment, same},
    span::Span,
};

impl Moment<'_> {
    pub(super) fn status(&self, status: &Status) -> Answer {
        let so_far = self.changes_so_far(&status.key);
        let value = self.value_of(&status.key);
        let place = |value: ValueRef<'_>| {
            status.order.iter().position(|known| same(value, known.borrowed()))
        };
        let compared = |wanted: &Value, fits: fn(usize, usize) -> bool| {
            let holds = place(value).zip(place(wanted.borrowed())).is_some_and(|(a, b)| fits(a, b));
            Reading::for_ever(holds)
        };
        let reading = match &status.test {
            StatusTest::AtLeast(wanted) => compared(wanted, |a, b| b <= a),
            StatusTest::AtMost(wanted) => compared(wanted, |a, b| a <= b),
            StatusTest::Rose(window) => {
                self.some_inside(window, &self.moves(so_far, place, |before, now| before < now))
            }
            StatusTest::Fell(window) => {
                self.some_inside(window, &self.moves(so_far, place, |before, now| now < before))
            }
        };
        // A change yet to come decides anew.
        let next = self.next_change(&status.key);
        let holds_until = [reading.holds_until, next].into_iter().flatten().min();
        Answer {
            reading: Reading::until(reading.value, holds_until),
            found: Found::Value { value: value.to_owned(), since: self.unbroken_since(so_far) },
        }
    }

    /// When a value took another place, in one direction. Values without a place are passed over.
    fn moves(
        &self,
        changes: &[Change],
        place: impl Fn(ValueRef<'_>) -> Option<usize>,
        is_asked: fn(usize, usize) -> bool,
    ) -> Vec<Timestamp> {
        let mut before = None;
        let mut moves = vec![];
        for change in changes {
            let Some(now) = place(self.history.value(change)) else { continue };
            if before.is_some_and(|before| is_asked(before, now)) {
                moves.push(change.stamp.at);
            }
            before = Some(now);
        }
        moves
    }

    /// Whether one of some past instants, in the order of time, lies in a window, and until when that stays so.
    pub(crate) fn some_inside(&self, window: &Window, instants: &[Timestamp]) -> Reading<bool> {
        let span = Span::new(window, self.calendar, self.at);
        let begin = instants.partition_point(|at| *at < span.from);
        let end = instants.partition_point(|at| *at < span.to);
        if begin < end {
            // The last of them stays longest.
            return Reading::until(true, span.leaves(instants[end - 1]));
        }
        let entering = instants.get(end).and_then(|at| span.enters(*at));
        let returning = begin.checked_sub(1).and_then(|last| span.may_return(instants[last]));
        let next = [entering, returning].into_iter().flatten().filter(|next| self.at < *next);
        Reading::until(false, next.min())
    }
}
