//! Matching, from tables to customers.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod directory;
mod found;
mod guesses;
mod never_panics;
mod organisations;
mod pairs;
mod tables;
