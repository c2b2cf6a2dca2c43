//! Real bytes in, facts and problems out.

mod cells;
mod delimited;
mod encodings;
mod guesses;
mod harness;
mod kinds;
mod never_panics;
mod streaming;
mod typed_files;
