//! The schema of conditions, which stands in Rust beside their reader and is published for other programs.

use std::{collections::BTreeMap, fs};

use serde_json::Value as Json;

use crate::repository;

/// Where it is published.
pub const FILE: &str = "docs/condition.schema.json";

/// The schema as it is now, its keys in the order of the alphabet whatever map the JSON library was built with.
#[must_use]
pub fn written() -> String {
    format!("{:#}\n", sorted(condition::schema()))
}

fn sorted(json: Json) -> Json {
    match json {
        Json::Array(items) => items.into_iter().map(sorted).collect(),
        Json::Object(fields) => {
            let fields: BTreeMap<String, Json> = fields.into_iter().collect();
            fields.into_iter().map(|(key, value)| (key, sorted(value))).collect()
        }
        other => other,
    }
}

/// Writes the schema into its file.
///
/// # Errors
/// When the file cannot be written.
pub fn write() -> Result<(), String> {
    fs::write(repository::root().join(FILE), written())
        .map_err(|why| format!("cannot write `{FILE}`: {why}"))
}
