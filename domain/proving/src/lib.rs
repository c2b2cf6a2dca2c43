//! Every sign is tried on the past before it is believed: how often it was right, how early, and how much better
//! than knowing nothing.
//!
//! ```text
//!   known by then │ date t          t + horizon
//!   ──────────────┼──────────────────┤────────────▶
//!     the sign is asked of this      └ what it foretells follows in (t, t + horizon], or does not
//! ```
//! The same is done at many dates for every customer. What happened after a date, and what was told after it, never
//! matters to what the sign says at that date. Read in this order: [`Dates`], [`Proving`], [`Tally`], [`Proof`].

mod dates;
mod drift;
mod judged;
mod outcome;
mod proof;
mod prove;
mod rate;
mod say;
mod tally;

pub use dates::Dates;
pub use drift::{ALERTS_TO_FALSE_ALARM, Drift};
pub use judged::{CLICKS_LEAST, Regard};
pub use outcome::{Outcomes, each_time};
pub use proof::{Band, Lack, Lead, Proof, Verdict};
pub use prove::{CannotTry, Proving, each_date, weightiest};
pub use rate::{Counts, Rate, Ratio};
pub use say::{say_drift, say_lack, say_proof};
pub use tally::{Look, Tally};
