//! The kernel held to the meaning of conditions (docs/semantics.md): by stories people can read, by a second evaluator that is
//! slow and obvious, and by every driver that asks it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

extern crate kizashi_kernel as kernel;

mod agreement;
mod backtest;
mod columns;
mod conditions;
mod dice;
mod drafts;
mod drivers;
mod histories;
mod instants;
mod live;
mod live_host;
mod obvious;
mod rank;
mod stories;
mod traces;
#[path = "../../../condition/tests/it/validator.rs"]
mod validator;
