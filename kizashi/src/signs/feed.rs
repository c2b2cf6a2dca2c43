//! Prints what came and went among signs.

use std::{path::Path, process::ExitCode};

use condition::Language;
use serde_json::{Value as Json, json};

use crate::{
    api::{Api, in_path},
    screen::{Failure, Screen},
    show::in_words,
    signs::args::SignFeed,
};

pub(crate) fn feed(folder: &Path, given: &SignFeed, screen: &Screen) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let part = |key: &str, value: &Option<String>| match value {
        Some(value) => format!("&{key}={}", in_path(value)),
        None => String::new(),
    };
    let asked = [part("kind", &given.kind), part("sign", &given.sign)].concat();
    let mut rows: Vec<Json> = vec![];
    let mut after = String::new();
    while rows.len() < given.limit {
        let limit = (given.limit - rows.len()).min(500);
        let urgent = given.urgent;
        let page = api.get(&format!("/sign-feed?urgent={urgent}&limit={limit}{asked}{after}"))?;
        rows.extend(page["rows"].as_array().into_iter().flatten().cloned());
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    if screen.json {
        screen.json(&json!({ "rows": rows }));
        return Ok(ExitCode::SUCCESS);
    }
    for row in &rows {
        let way = match (row["appeared"] == true, screen.language) {
            (true, Language::Ja) => "現れた",
            (false, Language::Ja) => "消えた",
            (true, Language::En) => "came",
            (false, Language::En) => "went",
        };
        let mark = if row["sign"]["urgent"] == true { "!" } else { " " };
        screen.line(format!(
            "{mark} {}  {way}  {}  {}  {}",
            in_words(&row["at"]),
            in_words(&row["sign"]["name"]),
            in_words(&row["customer"]["key"]),
            in_words(&row["customer"]["name"]),
        ));
    }
    if rows.is_empty() {
        screen.note(screen.say("動きはありません", "nothing came or went"));
    }
    Ok(ExitCode::SUCCESS)
}
