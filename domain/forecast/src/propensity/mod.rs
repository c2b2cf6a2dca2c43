//! How likely something is for each row of a table, learnt from rows of which it is known: who buys, leaves, upgrades.

mod boosting;
mod card;
mod features;
mod learn;
mod linear;
mod measure;
mod model;
mod roles;
mod splits;
mod table;
mod train;

pub use boosting::{Growth, Node, Reasons, Tree, Trees, Way};
pub use card::{Card, Drop, LabelCard, Outcome, Winner};
pub use features::{Feature, Frame, Reading, Values};
pub use learn::{Calibration, LEARNERS, Learner, Learnt, Lesson, Settings, learn};
pub use linear::{Design, Linear};
pub use measure::{Figure, Measures, Tenth, auc, measure, share, tenths};
pub use model::{Explaining, Model, Worth};
pub use roles::{Reason, Roles, Said, Warning, roles};
pub use splits::{HeldBack, LEAST_OF_KIND, NoSplit, Split};
pub use table::{Column, Entry, Gathering, Table};
pub use train::{
    LEAST_POSITIVES, LEAST_ROWS, NoModel, Prepared, Trained, Trial, Tried, Wanted, prepare,
};
