//! The same customer once (名寄せ): which rows of a list, or of two, are one customer, how sure that is, and why.
//!
//! ```text
//!   columns ─guess─▶ Plan ─shape─▶ Records ─rules─▶ Blocks ─learn─▶ Model ─judge─▶ Matches
//!                    what with what  shapes           pairs worth     weights        links, customers,
//!                                                     comparing                      pairs for people
//! ```
//! Read in this order: [`Kind`], [`Plan`], [`Records`], [`Model`], [`matches`].
//!
//! **Invariant:** the same rows and the same seed give the same links, on however many threads.
//! **Invariant:** nothing is taken to be one customer on its name alone.

mod block;
mod chance;
mod compare;
mod dates;
mod directory;
mod distance;
mod explain;
mod guess;
mod kind;
mod matches;
mod measure;
mod model;
mod organisations;
mod plan;
mod records;
mod shape;
mod sites;
mod spread;
mod train;

pub use block::{Blocks, Rule, RuleFigures, rules};
pub use directory::{Compared, Directory, Figures, Learned};
pub use explain::{Step, Waterfall, explain};
pub use guess::guess;
pub use kind::{Kind, Part};
pub use matches::{Apart, Link, Matches, Thresholds, Verdict, matches};
pub use measure::{Level, Measure};
pub use model::{Judged, Model, Relation};
pub use organisations::{
    Because, Firm, Organisation, Site, Worker, firm_name, organisation_keys, organisations,
};
pub use plan::{Column, Comparison, Plan, Side};
pub use records::{Records, RowNo};
pub use spread::{Spread, one_by_one};
