//! What behaviour foretells (予兆): signs of purchase, upsell and churn, of forgotten replenishment and of the moment
//! to follow up, each a set of conditions with weights.
//!
//! A sign is made of ordinary conditions, so it changes at its exact instant and is explained like any segment.

mod outcomes;
mod recipes;
mod sign;
mod steps;
mod urgent;

pub use outcomes::{Foretold, ForetoldDraft};
pub use recipes::{built_in, recipes};
pub use sign::{Part, PartDraft, Sign, SignDraft, SignFile, SignId, SignKind, Strength};
pub use steps::{Growth, NoGrowth, RECORDS_MOST, Step};
pub use urgent::{LOYAL_LEAVING, loyal_leaving};
