//! The live heart as a state machine: facts and time in, changes of membership out.
//!
//! ```text
//!   fact or timer ──▶ host reads the history ──▶ Rules::judge ──▶ Engine::place ──▶ changes
//!                                                                     │
//!                      Engine::wake_at ◀── when this verdict lapses ──┘
//! ```
//! The host owns the loop, the disk and the clock. A new fact is a timer due now, so facts and time go one way.

mod rules;
mod state;

pub use rules::{Rules, SignRule, Verdict, parts_of};
pub use state::{Carrying, Change, Engine, What};
