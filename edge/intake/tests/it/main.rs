//! Real bytes in, facts and problems out.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, helpers included")]

mod cells;
mod cleaning;
mod delimited;
mod encodings;
mod guesses;
mod harness;
mod kinds;
mod nasty;
mod nasty_sheets;
mod never_panics;
mod streaming;
mod traces;
mod typed_files;
