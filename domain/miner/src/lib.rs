//! Finds which behaviour foretells an outcome: searches the language of conditions, and believes only what holds on later
//! data and is no chance among all that was searched.
//!
//! ```text
//!   histories ─▶ Survey (what there is) ─▶ candidates ─▶ Panel (who fits when) ─▶ mine ─▶ patterns, the surest first
//!                                                             dates:  earlier ────┤ later
//!                                                                     looked for  │ must hold
//! ```
//! What happened or was told after a date never matters to what is asked at it, and an outcome so soon after a date that
//! nobody could act on it does not count: what is written down because the outcome is under way foretells nothing.

mod candidates;
mod mine;
mod panel;
mod sign;
mod survey;

pub use candidates::{Candidate, candidates};
pub use mine::{Pattern, mine};
pub use panel::{Panel, Rows};
pub use sign::draft_sign;
pub use survey::Survey;
