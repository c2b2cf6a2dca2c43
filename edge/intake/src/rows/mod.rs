//! One row becomes one fact.

mod cell;
mod directory;
mod fact;
mod formats;
mod gathered;
mod json;
mod plan;
mod wrong;

pub use directory::{Directory, Roster};
pub(crate) use formats::{Format, Survey};
pub(crate) use plan::{Fault, Plan};
