//! What a file looks like before it is read: how it is packed, its columns, its first rows.

use crate::{Cell, Choices, Encoding, Shape, SheetName, Source, Unreadable};

/// A description of a file for the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The file's name.
    pub file: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// How it is read.
    pub shape: Shape,
    /// The encodings it could have, the likeliest first; empty for typed files.
    pub encodings: Vec<EncodingCandidate>,
    /// The sheets of a workbook.
    pub sheets: Vec<SheetName>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The first 20 rows below the header, as text.
    pub rows: Vec<Vec<String>>,
    /// The rows below the header, where the file says how many it has.
    pub total_rows: Option<u64>,
}

/// An encoding, and what the file's first lines look like in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodingCandidate {
    /// The encoding.
    pub encoding: Encoding,
    /// Up to three lines with characters that tell encodings apart.
    pub lines: Vec<String>,
    /// Whether characters were lost: then it is not this one.
    pub broken: bool,
}

/// A column and what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place, from 0.
    pub index: usize,
    /// Its header; made up when empty (`列5`), numbered when doubled (`電話番号 (2)`), so that it is unique.
    pub header: String,
    /// Up to five different values.
    pub samples: Vec<String>,
}

/// Looks at a file: finds out how to read it and shows its beginning.
///
/// # Errors
/// [`Unreadable`] when it is nothing we can read, or breaks a limit.
pub fn look(source: &Source, choices: &Choices) -> Result<Layout, Unreadable> {
    let _ = (source, choices);
    Err(source.broken(crate::Said::new("", "")))
}
