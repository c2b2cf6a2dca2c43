//! Prints who entered and left segments, in the order in which it was told.

use std::{
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use condition::Language;
use serde_json::Value as Json;

use crate::{
    api::{Api, in_path},
    args,
    screen::{Failure, Screen},
    show::in_words,
};

/// How long one request waits for a change, in seconds.
const WAIT: u64 = 20;

pub(crate) fn changes(
    folder: &Path,
    given: &args::Changes,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let segment = given.segment.as_deref().map(in_path);
    let segment = segment.map_or_else(String::new, |id| format!("&segment={id}"));
    let wait = if given.follow { WAIT } else { 0 };
    let mut after = given.after;
    loop {
        let path = format!("/changes?limit=500&after={after}&wait={wait}{segment}");
        let told = api.get(&path)?;
        for row in told["rows"].as_array().into_iter().flatten() {
            let line = if screen.json { row.to_string() } else { in_a_line(row, screen) };
            // Whoever closes the pipe has heard enough.
            if writeln!(io::stdout(), "{line}").is_err() {
                return Ok(ExitCode::SUCCESS);
            }
        }
        after = told["last"].as_u64().unwrap_or(after);
        if !given.follow && told["more"] != true {
            return Ok(ExitCode::SUCCESS);
        }
    }
}

fn in_a_line(row: &Json, screen: &Screen) -> String {
    let entered = row["entered"] == true;
    let verb = match screen.language {
        Language::Ja if entered => "入った",
        Language::Ja => "出た",
        Language::En if entered => "entered",
        Language::En => "left",
    };
    let customer = &row["customer"];
    format!(
        "{:>8}  {}  {:<8}  {}  {} ({})",
        row["seq"].to_string(),
        in_words(&row["at"]),
        verb,
        in_words(&row["segment"]),
        in_words(&customer["name"]),
        in_words(&customer["key"]),
    )
}
