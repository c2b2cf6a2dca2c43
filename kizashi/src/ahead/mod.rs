//! What is to come: lifetime value, models, lookalikes. From plain files without a server, keeping nothing but what is
//! asked for; and the models of a data folder (`kept`).

pub(crate) mod args;
pub(crate) mod clv;
mod columns;
mod kept;
pub(crate) mod lookalike;
pub(crate) mod model;
pub(crate) mod replenish;
mod report;
pub(crate) mod rows;
mod workers;
