//! What is to come of customers, learnt from what they did: purchases and their value, the probability of anything
//! that a table of customers labels, who is like whom, and what is about to run out.
//!
//! ```text
//!   purchases ──▶ summaries ──▶ MBG/NBD, Pareto/NBD × Gamma-Gamma ──▶ expected purchases, P(any in t), value
//!   a table with a label ──▶ logistic, trees, both ──▶ the one that does best on held-back rows ──▶ scores, reasons
//! ```
//!
//! Everything here is a function of its arguments: the same table, settings and seed give the same model, digit by digit.

pub mod chance;
pub mod lookalike;
pub mod optimise;
pub mod propensity;
pub mod purchases;
pub mod replenish;
pub mod special;
