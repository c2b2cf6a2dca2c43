//! The language of conditions: what was written ([`Draft`]) becomes what can be evaluated ([`Condition`]).
//!
//! A condition is sound in every part: it names no unknown comparison, no window below zero, no empty branch.
//! [`Draft::check`] reports every fault at once, each with its path and a sentence. This crate never evaluates.
//!
//! Read in this order: [`Condition`] and [`Leaf`], [`Window`], [`Test`], then `check` and `say`.

mod check;
mod fault;
mod said;
mod say;
mod schema;
mod standing;
mod test;
mod tree;
mod window;

pub use check::Draft;
pub use fault::{Fault, FaultKind};
pub use said::Said;
pub use say::{
    Language, Words, label_of_attribute, label_of_event, label_of_property, label_of_value,
    say_amount, say_condition, say_count, say_duration, say_event, say_leaf, say_length,
    say_measured, say_moment, say_outcome, say_test, say_threshold, say_window,
};
pub use schema::schema;
pub use standing::{
    DefaultGap, HowMany, Mention, RandomShare, Rank, Ratio, Regularly, Status, StatusTest,
    StayTest, Stayed, Top,
};
pub use test::{AgeTest, DayTest, Filter, MonthTest, NumberTest, Operand, Test};
pub use tree::{
    Condition, EventPattern, Events, Leaf, Measure, Measured, Rhythm, SegmentId, Sequence, Share,
    Step, Trend, TrendTest,
};
pub use window::{CalendarWindow, Length, Window};
