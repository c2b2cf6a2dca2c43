//! The schema of conditions, which stands in Rust beside their reader and is published for other programs.

use std::fs;

use crate::repository;

/// Where it is published.
pub const FILE: &str = "docs/condition.schema.json";

/// The schema as it is now.
#[must_use]
pub fn written() -> String {
    format!("{:#}\n", condition::schema())
}

/// Writes the schema into its file.
///
/// # Errors
/// When the file cannot be written.
pub fn write() -> Result<(), String> {
    fs::write(repository::root().join(FILE), written())
        .map_err(|why| format!("cannot write `{FILE}`: {why}"))
}
