//! The real binary, run as people run it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod ahead;
mod checkpoint;
mod clean;
mod customers;
mod demo;
mod evaluate;
mod experiment;
mod folder;
mod formats;
mod groups;
mod help;
mod hostile;
mod keeping;
mod kill;
mod matched;
mod memory;
mod offers;
mod past;
mod reports;
mod run;
mod signs;
mod topics;
mod ways_in;
