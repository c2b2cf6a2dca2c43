//! Files a firm already has become facts: tables are read row by row, their columns guessed and mapped, their cells
//! cleaned, and every row turned into facts or into a problem that says where and why.
//!
//! ```text
//!   Source ─look──▶ Layout ─guess──▶ Guess ─(people choose)─▶ Mapping ─check / read──▶ facts + problems
//!           encoding, delimiter,      kind of file,            which column            one path for both,
//!           sheet, header row         column → field           is what                 row by row
//! ```
//!
//! Read in this order: [`Source`], [`Layout`], [`Field`], [`Mapping`], [`Job`], [`read`].
//! Nothing here knows the store: the caller keeps the facts and answers questions through [`Directory`].

mod cells;
mod clean;
mod export;
mod fields;
mod guess;
mod layout;
mod mapping;
mod mended;
mod package;
mod pages;
mod plain;
mod problem;
mod reading;
mod rows;
mod said;
mod source;
mod table;

pub use cells::written;
pub use clean::{Cleaned, CleanedColumn, Cleaning, Example, Holds, Part, Report, TakeRow, clean};
pub use export::{CsvWriter, Lost, Written, neutral};
pub use fields::{Field, FieldOption, Kind, Reads, Spec, field_options};
pub use guess::{FieldGuess, Guess, guess, guess_fields};
pub use layout::{Column, EncodingCandidate, Layout, look};
pub use mapping::{CustomerBy, DateOrder, Mapping};
pub use mended::Mended;
pub use package::{Unpacked, is_package, unpack};
pub use pages::{Page, PageRule, PageRules, built_in as built_in_page_rules};
pub use plain::{Plain, date_orders, plain, plain_day};
pub use problem::{Notice, Problem};
pub use reading::{Checked, Counts, Job, Progress, becoming, check, read};
pub use rows::{Became, Becoming, Directory, Roster};
pub use said::Said;
pub use source::{Source, Unreadable};
pub use table::aside::{ASIDE, read_old_workbooks_with, read_workbook_aside};
pub use table::{
    Cell, Choices, Container, Encoding, Flow, Row, RowFault, Shape, SheetName, each_row,
};
