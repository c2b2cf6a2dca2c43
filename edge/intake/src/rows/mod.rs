//! One row becomes one fact.

mod cell;
mod directory;
mod formats;
mod json;
mod plan;

pub use directory::{Directory, Roster};
pub(crate) use formats::{Format, Survey};
pub(crate) use plan::{Fault, Plan};
