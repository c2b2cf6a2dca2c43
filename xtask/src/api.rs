//! The description of the API, which the server writes from its handlers and the web app's types are made from.

use std::fs;

use crate::repository;

/// Where the description is kept.
pub const FILE: &str = "openapi.json";

/// What the server says of its API now.
#[must_use]
pub fn described() -> String {
    server::openapi_json()
}

/// Writes the description into its file.
///
/// # Errors
/// When the file cannot be written.
pub fn write() -> Result<(), String> {
    fs::write(repository::root().join(FILE), described())
        .map_err(|why| format!("cannot write `{FILE}`: {why}"))
}
