//! A customer as a row of numbers as of an instant, and what came of it: the lessons that models are learnt from.
//!
//! ```text
//!                     as of                   as of + horizon
//!   ──●──●─────●──────●┆───────────●──────────┆─────────▶
//!     what is looked at ┆ what is foretold    ┆
//!   nothing that happened later, or became known later, is looked at
//! ```
//! Read in this order: [`Gaze`], [`Look`], [`Outcome`], [`Lessons`].
//!
//! **Invariant:** a row depends on no fact that happened, or made itself known, after its instant.

mod gaze;
mod outcome;
pub mod report;

pub use gaze::{Cell, Gaze, Holds, Known, Look};
pub use outcome::{AS_OF, CUSTOMER, LABEL, Lessons, Outcome, instants};
