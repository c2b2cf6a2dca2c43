//! Facts kept for ever in one folder, and the histories derived from them.
//!
//! ```text
//!   FOLDER/
//!     format              the version of the folder
//!     lock                held by the one process that has it open
//!     facts/              ground state: the log of everything learnt, one file for each import, who was erased
//!     changes/            who entered and left which segment, as it was told
//!     derived/            histories by customer, ids, directory, the caller's checkpoint; may be deleted and comes back
//!                         identical
//! ```
//! What is acknowledged is on disk. A customer's history is put together from a few sorted runs and from what came
//! since the last of them. Read in this order: [`Store`], `commit`, `records`, `log`, `state`,
//! `run`, `derive`, `columns`, `ask`.

mod store;
mod told;

mod append;
mod ask;
mod backup;
mod commit;
mod erase;
mod import;
mod open;
mod scan;
mod tidy;
mod verify;

mod changes;

mod frame;
mod ledger;
mod log;
mod records;
mod rewrite;
mod staged;

mod batches;
mod checkpoint;
mod columns;
mod derive;
mod directory;
mod filter;
mod ids;
mod manifest;
mod merge;
mod names;
mod rows;
mod run;
mod state;
mod summary;
mod united;

mod cores;
mod disk;
mod error;

pub use ask::{Asked, Members, Neighbours};
pub use backup::{BackedUp, Beside, check_backup, restore};
pub use changes::{
    ChangeCause, ChangeLog, ChangePage, ChangeRecord, NewChange, Told as ToldChanges,
    TouchedSegment,
};
pub use checkpoint::{Checkpoint, CheckpointBegun, CheckpointWriter};
pub use cores::on_all_cores;
pub use disk::{Disk, DiskFile, Locked, RealDisk};
pub use erase::Erased;
pub use error::StoreError;
pub use import::ImportWriter;
pub use open::Options;
pub use store::{Mark, Store};
pub use told::{
    Added, Appended, AttributeName, Batch, BatchRecord, CustomerNo, Duplicate, EventNames, Kind,
    Names, Opened, Person, Problem, Progress, PropertyName, Report, Step, Undone, Watch,
};
pub use united::United;
