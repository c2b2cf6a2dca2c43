//! What to do about it: whom to contact today, in which order, why, by when and with which words.
//!
//! Everything here decides and nothing does: a list, a plan, a fact to be written. The host does the rest.

mod brief;
mod call_list;
mod outcome;
mod person;
mod rest;
mod script;

pub use brief::{Brief, brief};
pub use call_list::{Candidate, Held, Hundredths, Priority, Row, due, order, priority};
pub use outcome::{Outcome, Report, ReportFault};
pub use person::{Person, person_to_call, persons};
pub use rest::{Rest, rest};
pub use script::fill;
