//! What is asked of a customer, and what was answered.

use facts::{Reading, Timestamp};
use kernel::Question;

/// What to ask of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Every question there is: nothing is known of the customer, or too much changed.
    Everything,
    /// These questions, rising; all others keep their answers.
    These(Vec<Question>),
}

/// What was asked of one customer at one instant, and answered.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The instant.
    pub at: Timestamp,
    /// Whether the customer is known at all; a stranger was asked nothing.
    pub known: Reading<bool>,
    /// Whether everything was asked.
    pub(crate) whole: bool,
    pub(crate) read: Vec<(Question, Reading<bool>)>,
    /// Since when signs are carried, by number, where that was looked up.
    pub(crate) since: Vec<(u32, Timestamp)>,
}

/// Memory for what is asked and answered of one customer after another: those are large pieces, and an allocator is slow to
/// give them.
#[derive(Debug, Default)]
pub struct Sheet {
    pub(crate) wanted: Vec<Question>,
    pub(crate) read: Vec<(Question, Reading<bool>)>,
}

impl Sheet {
    /// Takes back what is done with.
    pub fn wipe(&mut self, wanted: Wanted, answers: Answers) {
        if let Wanted::These(these) = wanted {
            self.wanted = these;
        }
        self.read = answers.read;
        self.wanted.clear();
        self.read.clear();
    }
}

impl Answers {
    /// How many questions were answered.
    pub fn n(&self) -> usize {
        self.read.len()
    }

    /// The same, sure that nothing lapses before it was read.
    pub(crate) fn checked(self) -> Answers {
        let is_sound =
            |reading: &Reading<bool>| reading.holds_until.is_none_or(|lapse| self.at < lapse);
        assert!(
            self.read.iter().all(|(_, reading)| is_sound(reading)),
            "a reading lapses before it was read"
        );
        self
    }
}

impl Wanted {
    /// Nothing.
    pub fn nothing() -> Wanted {
        Wanted::These(vec![])
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Wanted) -> Wanted {
        match (self, other) {
            (Wanted::These(mut these), Wanted::These(others)) => {
                these.extend(others);
                these.sort_unstable();
                these.dedup();
                Wanted::These(these)
            }
            _ => Wanted::Everything,
        }
    }
}
