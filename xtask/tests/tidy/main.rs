//! The rules of this repository that a machine can hold. Each one reads the real files, and each is shown to fail on
//! a made-up file that breaks it.

#![allow(clippy::unwrap_used, reason = "a failing test says where it failed")]

mod api;
mod decisions;
mod edges;
mod licences;
mod links;
mod schema;
mod texts;
mod web;

/// Fails with one line for each fault.
#[track_caller]
fn assert_tidy(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
