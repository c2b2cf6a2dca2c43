//! Known answers from papers and from other people's code, and ways to the same number that must meet.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod lookalike;
mod propensity;
mod purchases;
mod replenish;
