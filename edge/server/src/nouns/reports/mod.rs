//! Daily reports and whatever else is written about customers: writing one, reading a text before it is sent, and the list.

mod enter;
mod list;
mod shown;
mod verdicts;

pub(crate) use enter::*;
pub(crate) use list::*;
pub(crate) use shown::{TextShown, name_of, read_aloud};
pub(crate) use verdicts::*;
