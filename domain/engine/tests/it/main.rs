//! The engine on the sample firm: what was planted is found, and live equals batch.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod checkpoint;
mod growth;
mod handover;
mod planted;
