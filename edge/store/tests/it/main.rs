//! The store from outside: against a plain model, through crashes, damage and a full disk.

extern crate kizashi_store as store;

mod basics;
mod damage;
mod lives;
mod makings;
mod model;
mod power;
mod random;
mod sim;
