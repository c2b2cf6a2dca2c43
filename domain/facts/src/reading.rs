//! A value together with how long it holds.

use crate::Timestamp;

/// What was read at an instant, and until when it holds if nothing new becomes known.
///
/// ```text
///            now                holds_until
///   ──────────●━━━━━━━━━━━━━━━━━━━━━━○──────────────▶ time
///             └──── value is true ───┘ read again here
/// ```
///
/// Invariant: `holds_until` may be early, never late; `None` means for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading<T> {
    /// The value now.
    pub value: T,
    /// The earliest later instant at which the value could differ by time alone.
    pub holds_until: Option<Timestamp>,
}

impl<T> Reading<T> {
    /// A value that time alone never changes.
    pub fn for_ever(value: T) -> Reading<T> {
        Reading { value, holds_until: None }
    }

    /// A value that holds until the given instant.
    pub fn until(value: T, holds_until: Option<Timestamp>) -> Reading<T> {
        Reading { value, holds_until }
    }
}

impl Reading<bool> {
    /// True when both are.
    ///
    /// Both true: the earlier lapse counts. One false: the answer stays false as long as that one does.
    /// Both false: as long as either does, so the later lapse counts, which makes fewer timers.
    #[must_use]
    pub fn and(self, other: Reading<bool>) -> Reading<bool> {
        let holds_until = match (self.value, other.value) {
            (true, true) => earlier(self.holds_until, other.holds_until),
            (true, false) => other.holds_until,
            (false, true) => self.holds_until,
            (false, false) => later(self.holds_until, other.holds_until),
        };
        Reading { value: self.value && other.value, holds_until }
    }

    /// True when either is; the mirror image of [`Reading::and`].
    #[must_use]
    pub fn or(self, other: Reading<bool>) -> Reading<bool> {
        self.negated().and(other.negated()).negated()
    }

    /// The exact complement.
    #[must_use]
    pub fn negated(self) -> Reading<bool> {
        Reading { value: !self.value, holds_until: self.holds_until }
    }
}

/// The earlier of two lapses, where `None` never comes.
fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The later of two lapses, where `None` never comes.
fn later(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    a.zip(b).map(|(a, b)| a.max(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(value: bool, until: i64) -> Reading<bool> {
        Reading::until(value, Some(Timestamp::from_millis(until)))
    }

    #[test]
    fn a_conjunction_lapses_when_its_answer_could_change() {
        assert_eq!(reading(true, 5).and(reading(true, 9)), reading(true, 5));
        assert_eq!(reading(true, 5).and(reading(false, 9)), reading(false, 9));
        assert_eq!(reading(false, 5).and(reading(false, 9)), reading(false, 9));
        assert_eq!(reading(false, 5).and(Reading::for_ever(false)), Reading::for_ever(false));
        assert_eq!(reading(true, 5).or(reading(false, 3)), reading(true, 5));
        assert_eq!(reading(false, 5).or(reading(false, 3)), reading(false, 3));
    }
}
