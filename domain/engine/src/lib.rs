//! The live heart as a state machine: facts and time in, changes of membership out.
//!
//! ```text
//!   fact ──▶ Engine::touched ──┐
//!                              ├─▶ host reads the history ─▶ Rules::ask ─▶ Engine::decide ─▶ changes
//!   timer ─▶ Engine::lapsed ───┘                                                │
//!                 Engine::wake_at ◀── when answers lapse ── Engine::place ◀─────┘
//! ```
//! The host owns the loop, the disk and the clock. Only what a fact can touch, or what has lapsed, is asked again.

mod relations;
mod rules;
mod strengths;

mod answers;
mod state;

mod handover;

mod checkpoint;
mod lapses;
mod rows;

pub use answers::{Answers, Sheet, Wanted};
pub use checkpoint::{PAGE, Restoring};
pub use handover::{Handover, Moving};
pub use relations::{Combination, Flow, Pair, PairKind, combinations, flows, most_alike, shared};
pub use rules::{Rules, SignRule, Verdict, given_signs};
pub use state::{Carrying, Change, Engine, Look, Placement, What};
pub use strengths::{Direction, Momentum, PartSeen};
