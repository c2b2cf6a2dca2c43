//! Answers whether a customer is in, why, and until when. One pass over one history.
//!
//! Live, preview and backtest are drivers around [`Plan::evaluate`]. [`Batch`] asks the same plan of many customers
//! at once. The kernel does not parse, store, schedule or name anything.
//!
//! **Invariant:** total and deterministic; depends on nothing but its arguments.
//! **Invariant:** a reading may lapse early, never late.

mod backtest;
mod batch;
mod because;
mod comparison;
mod contacts;
mod given;
mod in_time;
mod leaves;
mod moment;
mod past;
mod plan;
mod ranges;
mod span;
mod tests_of_values;
mod timeline;
mod trace;

pub use backtest::{Days, Sizes};
pub use batch::{Asking, Batch, Mask};
pub use because::{Because, Found};
pub use given::{Cut, Given, RankKey, Standing, StrengthOf, pack_cuts, unpack_cuts};
pub use plan::{
    Likeness, Likenesses, Plan, PlanFault, Question, Questions, Scratch, Working, known,
};
pub use timeline::{Stay, stays, timeline};
pub use trace::{Look, Trace, Tracing};
