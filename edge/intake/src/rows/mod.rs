//! One row becomes one fact.

pub(crate) mod cell;
mod directory;
mod fact;
mod formats;
mod gathered;
mod json;
mod plan;
mod shared;
mod wrong;

pub use directory::{Directory, Roster};
pub(crate) use formats::{DateSurvey, Format, Survey, is_number};
pub use plan::{Became, Becoming};
pub(crate) use plan::{Fault, Plan};
pub(crate) use shared::{Shared, SharedSurvey};
pub(crate) use wrong::{characters_lost, order_in_doubt};
