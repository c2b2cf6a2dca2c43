//! Facts kept for ever in one folder, and the histories derived from them.
//!
//! ```text
//!   FOLDER/
//!     format              the version of the folder
//!     lock                held by the one process that has it open
//!     facts/              ground state: the log of everything learnt, and one file for each import
//!     derived/            histories by customer, ids, directory; may be deleted and comes back identical
//! ```
//! What is acknowledged is on disk. A customer's history is put together from a few sorted runs and from what came
//! since the last of them. Read in this order: [`Store`], `records`, `log`, `run`, `state`, `derive`.

mod error;
mod store;
mod told;

pub use error::StoreError;
pub use store::{ImportWriter, Options, Store};
pub use told::{
    Added, Appended, AttributeName, Batch, BatchRecord, CustomerNo, Duplicate, EventNames, Kind,
    Names, Opened, Person, Problem, Progress, PropertyName, Report, Step, Undone, Watch,
};
