//! Histories of many customers side by side: columns by event name, attribute and property.
//!
//! ```text
//!   a block: 1,024 customers, each with a lane
//!
//!   known        [ lane 0 | lane 1 | ... ]                 since when each is known
//!   login        counts by lane, times of all events       one lane after the other, oldest first
//!     └ item     one value for each of those events
//!   plan         counts by lane, times of changes, values
//! ```
//! A history answers everything about one customer; a block answers one question about many of them, and only the
//! parts that the question needs are read. Both hold the same facts. Read in this order: [`Part`], [`Block`],
//! [`Times`], [`Column`], [`BlockBuilder`].
//!
//! **Invariant:** every part is read back from bytes as it was written, or not at all.

mod block;
mod build;
mod bytes;
mod column;
mod times;

pub use block::{Block, Part, Track};
pub use build::BlockBuilder;
pub use column::{Codes, Column};
pub use times::Times;

/// How many customers share a block.
pub const LANES: usize = 1024;
