//! The store from outside: against a plain model, through crashes, damage and a full disk.

#![expect(clippy::unwrap_used, reason = "what fails in a test may stop it")]

extern crate kizashi_store as store;

mod backup;
mod basics;
mod changes;
mod checkpoint;
mod columns;
mod damage;
mod erase;
mod golden;
mod kill;
mod lives;
mod makings;
mod meeting;
mod model;
mod power;
mod random;
mod sim;
mod united;
