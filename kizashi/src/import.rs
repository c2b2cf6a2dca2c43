//! Imports from the terminal: upload, show the guess, check, commit, and list or take back.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use serde_json::{Map, Value as Json, json};

use crate::{
    api::Api,
    args,
    screen::{Failure, Screen},
};

pub(crate) fn import(
    folder: &Path,
    given: &args::Import,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let (files, _from_input) = files(&given.files)?;
    let api = Api::reach_within(folder, given.memory.memory, screen)?;
    let mut done = vec![];
    for file in &files {
        done.extend(uploaded(&api, file, given, screen)?);
    }
    if screen.json {
        screen.json(&json!({ "imports": done }));
    }
    let all_in = done.iter().all(|import| import["problems_total"] == 0);
    Ok(if all_in { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// The files to import: those of folders in the order of their names, and what comes by standard input. Said before
/// anything is started or made.
fn files(given: &[PathBuf]) -> Result<(Vec<PathBuf>, Option<tempfile::TempDir>), Failure> {
    let (mut files, mut from_input) = (vec![], None);
    for file in given {
        if file == Path::new("-") {
            let (folder, path) = crate::clean::from_input()?;
            from_input = Some(folder);
            files.push(path);
            continue;
        }
        let kind = std::fs::metadata(file).map_err(|fault| Failure::file(file, fault))?;
        if !kind.is_dir() {
            files.push(file.clone());
            continue;
        }
        let mut inside: Vec<PathBuf> = std::fs::read_dir(file)
            .map_err(|fault| Failure::file(file, fault))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.is_file() && !is_hidden(path))
            .collect();
        inside.sort();
        if inside.is_empty() {
            return Err(Failure::new(
                format!("{}: フォルダにファイルがありません", file.display()),
                format!("{}: there is no file in this folder", file.display()),
            ));
        }
        files.append(&mut inside);
    }
    Ok((files, from_input))
}

/// Files of the system and of editors: `.DS_Store`, `~$list.xlsx`.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '~']))
}

/// Uploads a file and imports it, or each of the files in it.
fn uploaded(
    api: &Api,
    file: &Path,
    given: &args::Import,
    screen: &Screen,
) -> Result<Vec<Json>, Failure> {
    let uploaded = api.upload("/imports", file)?;
    let imports = uploaded["imports"].as_array().cloned().unwrap_or_default();
    imports.into_iter().map(|import| one(api, import, file, given, screen)).collect()
}

fn one(
    api: &Api,
    mut import: Json,
    file: &Path,
    given: &args::Import,
    screen: &Screen,
) -> Result<Json, Failure> {
    refused(&import, file)?;
    let id = import["id"].to_string();
    let changes = changes(&import, given)?;
    if !changes.as_object().is_some_and(Map::is_empty) {
        import = api.patch(&format!("/imports/{id}"), &changes)?;
    }
    tell_columns(&import, screen);
    api.post(&format!("/imports/{id}/check"), &json!({}))?;
    import = wait(api, &id, screen.say("確認", "checking"), screen)?;
    if !given.check && import["state"] == "checked" {
        api.post(&format!("/imports/{id}/commit"), &json!({}))?;
        import = wait(api, &id, screen.say("取り込み", "importing"), screen)?;
    }
    refused(&import, file)?;
    tell_result(&import, screen);
    Ok(import)
}

/// What the server found wrong with the file as a whole.
fn refused(import: &Json, file: &Path) -> Result<(), Failure> {
    match import["error"].as_str() {
        Some(error) => Err(Failure::of(format!("{}: {error}", file.display()))),
        None => Ok(()),
    }
}

/// What the command line wants otherwise than guessed.
fn changes(import: &Json, given: &args::Import) -> Result<Json, Failure> {
    let mut changes = Map::new();
    if let Some(kind) = &given.kind {
        changes.insert("kind".into(), json!(kind));
    }
    if let Some(sheet) = &given.sheet {
        changes.insert("sheet".into(), json!(sheet));
    }
    if let Some(encoding) = &given.encoding {
        changes.insert("encoding".into(), json!(encoding));
    }
    if let Some(row) = given.header_row {
        changes.insert("header_row".into(), json!(row));
    }
    if given.hidden_rows {
        changes.insert("take_hidden".into(), json!(true));
    }
    if let Some(year) = given.year {
        changes.insert("base_year".into(), json!(year));
    }
    let mut fields = Map::new();
    for written in &given.fields {
        let Some((column, field)) = written.rsplit_once('=') else {
            return Err(Failure::new(
                format!("`{written}` は `列=項目` の形で書いてください"),
                format!("write `{written}` as COLUMN=FIELD"),
            ));
        };
        let columns = import["columns"].as_array().map(Vec::as_slice).unwrap_or_default();
        let Some(found) = columns.iter().find(|known| known["header"] == column) else {
            let headers: Vec<&str> =
                columns.iter().filter_map(|known| known["header"].as_str()).collect();
            return Err(Failure::new(
                format!("列 `{column}` がありません。列は {} です", headers.join("、")),
                format!("there is no column `{column}`; the columns are {}", headers.join(", ")),
            ));
        };
        fields.insert(
            found["index"].to_string(),
            if field == "-" { Json::Null } else { json!(field) },
        );
    }
    if !fields.is_empty() {
        changes.insert("fields".into(), Json::Object(fields));
    }
    Ok(Json::Object(changes))
}

fn wait(api: &Api, id: &str, title: &str, screen: &Screen) -> Result<Json, Failure> {
    let bar = screen.bar(title);
    loop {
        let import = api.get(&format!("/imports/{id}"))?;
        if !matches!(import["state"].as_str(), Some("checking" | "committing")) {
            bar.finish_and_clear();
            return Ok(import);
        }
        if let Some(total) = import["progress"]["total"].as_u64() {
            bar.set_length(total);
        }
        bar.set_position(import["progress"]["done"].as_u64().unwrap_or(0));
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn tell_columns(import: &Json, screen: &Screen) {
    let text = |value: &Json| value.as_str().unwrap_or("-").to_owned();
    let format = &import["format"];
    let how = [&format["encoding"], &format["sheet"]]
        .into_iter()
        .filter_map(Json::as_str)
        .collect::<Vec<_>>()
        .join(" ");
    if let Some(hidden @ 1..) = format["hidden_rows"].as_u64()
        && format["take_hidden"] == false
    {
        screen.note(match screen.language {
            condition::Language::Ja => {
                format!("  隠された行が {hidden} 行あり、読みません（--hidden-rows で読みます）")
            }
            condition::Language::En => {
                format!("  {hidden} hidden rows are passed over; `--hidden-rows` takes them")
            }
        });
    }
    screen.note(format!(
        "{}: {} ({} {how})",
        text(&import["file"]),
        text(&import["kind"]),
        text(&format["container"])
    ));
    for column in import["columns"].as_array().into_iter().flatten() {
        let samples: Vec<&str> = column["samples"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .take(3)
            .collect();
        let doubt = if column["sure"] == true || column["field"].is_null() { "" } else { " ?" };
        screen.note(format!(
            "  {} → {}{doubt}   {}",
            text(&column["header"]),
            text(&column["field"]),
            samples.join(" | ")
        ));
    }
}

fn tell_result(import: &Json, screen: &Screen) {
    if screen.json {
        return;
    }
    let n = |key: &str| import["counts"][key].as_u64().unwrap_or(0);
    for problem in import["problems"].as_array().into_iter().flatten().take(20) {
        let text = |key: &str| problem[key].as_str().unwrap_or("").to_owned();
        screen.note(format!(
            "  {}:{} {} `{}`: {}",
            text("file"),
            problem["row"],
            text("column"),
            text("value"),
            text("reason")
        ));
    }
    for notice in import["notices"].as_array().into_iter().flatten() {
        let column = notice["column"].as_str().unwrap_or("");
        let said = notice["said"].as_str().unwrap_or("");
        screen.note(format!("  {column}: {said} ({})", notice["rows"]));
    }
    let id = &import["id"];
    let (rows, new, changed, same, left) =
        (n("rows"), n("new"), n("changed"), n("unchanged"), n("rejected"));
    screen.line(match screen.language {
        condition::Language::Ja => format!(
            "取り込み {id}: {rows} 行 = 新規 {new} + 変更 {changed} + 変化なし {same} + 除外 {left}"
        ),
        condition::Language::En => {
            format!("import {id}: {rows} rows = {new} new + {changed} changed + {same} unchanged + {left} left out")
        }
    });
}

pub(crate) fn list(folder: &Path, screen: &Screen) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let imports = api.get("/imports")?;
    if screen.json {
        screen.json(&imports);
        return Ok(ExitCode::SUCCESS);
    }
    for import in imports["imports"].as_array().into_iter().flatten() {
        let text = |key: &str| import[key].as_str().unwrap_or("-").to_owned();
        let rows = import["counts"]["rows"].as_u64().unwrap_or(0);
        let at = if import["committed_at"].is_null() {
            text("created_at")
        } else {
            text("committed_at")
        };
        screen.line(format!(
            "{:>5}  {:<10} {:<10} {rows:>9}  {at}  {}",
            import["id"].to_string(),
            text("state"),
            text("kind"),
            text("file")
        ));
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn undo(
    folder: &Path,
    given: &args::Undo,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let import = api.post(&format!("/imports/{}/undo", given.import), &json!({}))?;
    if screen.json {
        screen.json(&import);
    } else {
        let file = import["file"].as_str().unwrap_or_default();
        screen.line(match screen.language {
            condition::Language::Ja => {
                format!("取り込み {}（{file}）を取り消しました", given.import)
            }
            condition::Language::En => {
                format!("import {} ({file}) has been taken back", given.import)
            }
        });
    }
    Ok(ExitCode::SUCCESS)
}
