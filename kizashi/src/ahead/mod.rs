//! What is to come, from plain files: lifetime value, models, lookalikes. No server, nothing kept but what is asked for.

pub(crate) mod args;
pub(crate) mod clv;
mod columns;
pub(crate) mod lookalike;
pub(crate) mod model;
pub(crate) mod replenish;
mod report;
mod rows;
mod workers;
