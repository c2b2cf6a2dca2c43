//! Signs tried on histories whose answers can be counted by hand, on leaks, and on the sample firm.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod counted;
mod leaks;
mod planted;
mod told;
