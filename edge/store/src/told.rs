//! What the store is told and what it answers: the plain types of its interface.

use std::{
    fmt,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use facts::{ContactKey, EventName, Fact, Timestamp};

use crate::StoreError;

/// A customer's number in this store: dense from 0, given by first appearance, the same after a rebuild.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomerNo(pub u32);

/// Facts that arrive together and are kept together or not at all.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Who says so; ids are unique within a source.
    pub source: Arc<str>,
    /// What people see in lists of batches; may be empty.
    pub label: Arc<str>,
    /// When we were told.
    pub received_at: Timestamp,
    /// Whether these are old records: then a customer counts as known since a fact happened, else since now.
    pub old: bool,
    /// The facts, in the order that breaks ties of equal times.
    pub facts: Vec<Fact>,
}

/// What became of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Appended {
    /// The number by which the batch can be undone; `None` when every fact was a duplicate and nothing was kept.
    pub batch: Option<u32>,
    /// The place of its first fact in the order of arrival.
    pub first_seq: u64,
    /// How many facts were new.
    pub accepted: u64,
    /// The facts that were there before, or twice in this batch.
    pub duplicates: Vec<Duplicate>,
    /// The places, from 0, of facts that were refused because their customer was erased.
    pub erased: Vec<u64>,
    /// The customers who got new facts, in ascending order.
    pub customers: Vec<CustomerNo>,
}

/// A fact whose (source, id) was known already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duplicate {
    /// Its place in the facts given, from 0.
    pub row: u64,
    /// The batch that has it; for a fact given twice in one batch that batch's own number.
    pub batch: u32,
}

/// What [`crate::ImportWriter::add`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// A new fact, staged.
    New,
    /// Known already, or given twice in this import; not staged.
    Duplicate,
    /// About a customer who was erased; refused.
    Erased,
}

/// One batch as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRecord {
    /// Its number.
    pub batch: u32,
    /// Who said so.
    pub source: Arc<str>,
    /// What people call it: a file name, an outcome.
    pub label: Arc<str>,
    /// When it was received.
    pub at: Timestamp,
    /// How many facts it brought.
    pub rows: u64,
    /// Whether it is an import rather than a stream of new facts.
    pub import: bool,
    /// When and by whom it was undone.
    pub undone: Option<Undone>,
}

/// That a batch was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// When.
    pub at: Timestamp,
    /// By whom, as the caller names people.
    pub by: Arc<str>,
}

/// Whom an e-mail address belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The customer, or the company the contact is at.
    pub customer: CustomerNo,
    /// The contact, when the address is a contact's.
    pub contact: Option<ContactKey>,
}

/// What kinds of value were seen under a name; the kind seen most often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Bool,
    /// A day or an instant, written as text.
    Date,
}

/// Every name the facts use, for offering them in a form. Undone batches do not count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// Event names, in order.
    pub events: Vec<EventNames>,
    /// Attributes of customers, in order.
    pub attributes: Vec<AttributeName>,
    /// Attributes of contacts, in order.
    pub contact_attributes: Vec<AttributeName>,
}

/// One event name and what its events carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventNames {
    /// The name.
    pub name: EventName,
    /// How many events have it.
    pub events: u64,
    /// What their properties are called, in order.
    pub properties: Vec<PropertyName>,
}

/// One property of the events of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyName {
    /// The name.
    pub key: Arc<str>,
    /// The kind of value seen most often.
    pub kind: Kind,
    /// How many events carry it.
    pub events: u64,
    /// Up to five different values, the earliest seen.
    pub samples: Vec<Arc<str>>,
}

/// One attribute of customers or of contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeName {
    /// The name.
    pub key: Arc<str>,
    /// The kind of value seen most often.
    pub kind: Kind,
    /// How many customers have, or had, a value (for contacts: how many customers have such a contact).
    pub filled: u64,
    /// Up to five different values, the earliest seen.
    pub samples: Vec<Arc<str>>,
}

/// What opening the folder found and did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// Bytes of an unfinished write cut off the end of the log; none of them was ever acknowledged.
    pub cut_bytes: u64,
    /// Files of imports that were never committed, removed.
    pub removed_imports: u32,
    /// Why the derived state was made anew, when it was.
    pub rebuilt: Option<String>,
    /// Facts read again from the log because they were not yet in a run.
    pub replayed_facts: u64,
}

/// How far a long step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// How much of it is done: facts, or bytes when files are checked or backed up.
    pub done: u64,
    /// How much there is, when known.
    pub total: Option<u64>,
}

/// The long steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Sorting facts into histories.
    Derive,
    /// Merging runs.
    Merge,
    /// Reading every history.
    Scan,
    /// Laying histories out in columns.
    Columns,
    /// Checking every byte.
    Verify,
    /// Writing a backup, or reading one.
    Backup,
}

/// Someone who watches a long step and may stop it.
#[derive(Clone, Copy, Default)]
pub struct Watch<'a> {
    /// Told now and then how far it is.
    pub progress: Option<&'a (dyn Fn(Progress) + Sync)>,
    /// Set to true to stop; the step then ends with [`StoreError::Cancelled`].
    pub cancel: Option<&'a AtomicBool>,
}

impl Watch<'_> {
    /// Nobody watches.
    pub const NONE: Watch<'static> = Watch { progress: None, cancel: None };

    pub(crate) fn tell(&self, step: Step, done: u64, total: Option<u64>) {
        if let Some(progress) = self.progress {
            progress(Progress { step, done, total });
        }
    }

    /// # Errors
    /// [`StoreError::Cancelled`] once the flag is up.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        match self.cancel {
            Some(cancel) if cancel.load(Ordering::Relaxed) => Err(StoreError::Cancelled),
            _ => Ok(()),
        }
    }
}

/// What a check of the whole folder found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Files looked at.
    pub files: u32,
    /// Bytes looked at.
    pub bytes: u64,
    /// Facts found in the ground state, undone ones included.
    pub facts: u64,
    /// What is wrong; empty when all is well.
    pub problems: Vec<Problem>,
}

/// One thing wrong with one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// Where in it, in bytes.
    pub offset: u64,
    /// What is wrong, and what to do.
    pub what: String,
    /// Whether `kizashi rebuild` puts it right; else a backup must.
    pub rebuild_helps: bool,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` at byte {}: {}", self.file.display(), self.offset, self.what)
    }
}
