//! The miner on the sample firm, whose planted signs it must find, and on data without structure, in which it must find nothing.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod planted;
mod structureless;
