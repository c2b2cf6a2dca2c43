//! Takes signs in from files, prints them, and switches them on and off.

use std::{path::Path, process::ExitCode};

use condition::Language;
use serde_json::{Value as Json, json};

use crate::{
    api::{Api, in_path},
    screen::{Failure, Screen},
};

pub(crate) fn add(folder: &Path, file: &Path, screen: &Screen) -> Result<ExitCode, Failure> {
    let text = std::fs::read_to_string(file).map_err(|fault| Failure::file(file, fault))?;
    let told = Api::reach(folder, screen)?.post_text("/signs/files", "text/plain", &text)?;
    let (added, changed, same) = (&told["added"], &told["changed"], &told["unchanged"]);
    tell(
        &told,
        screen,
        match screen.language {
            Language::Ja => format!("追加 {added}、変更 {changed}、変更なし {same}"),
            Language::En => format!("{added} added, {changed} changed, {same} unchanged"),
        },
    );
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn print(folder: &Path, ids: &[String], screen: &Screen) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let mut wanted = ids.to_vec();
    if wanted.is_empty() {
        let listed = api.get("/signs")?;
        let all = listed["signs"].as_array().into_iter().flatten();
        wanted = all.filter_map(|sign| Some(sign["id"].as_str()?.to_owned())).collect();
    }
    let mut signs = vec![];
    for id in &wanted {
        signs.push(api.get(&format!("/signs/{}", in_path(id)))?["definition"].take());
    }
    screen.json(&json!({ "signs": signs }));
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn on(folder: &Path, id: &str, screen: &Screen) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let path = format!("/signs/{}", in_path(id));
    let mut told = api.get(&path)?;
    if told["state"] == "off" {
        told = api.post(&format!("{path}/restore"), &Json::Null)?;
    }
    if told["state"] == "draft" {
        let mut definition = told["definition"].take();
        definition["draft"] = false.into();
        let body = json!({ "definition": definition, "version": told["version"] });
        told = api.put(&path, &body)?;
    }
    said(&told, screen);
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn off(folder: &Path, id: &str, screen: &Screen) -> Result<ExitCode, Failure> {
    let told = Api::reach(folder, screen)?.delete(&format!("/signs/{}", in_path(id)))?;
    said(&told, screen);
    Ok(ExitCode::SUCCESS)
}

fn said(told: &Json, screen: &Screen) {
    let (name, count) = (told["name"].as_str().unwrap_or_default(), &told["count"]);
    let is_on = told["state"] == "in_force";
    tell(
        told,
        screen,
        match (screen.language, is_on) {
            (Language::Ja, true) => format!("{name}: 使っています（{count} 件）"),
            (Language::Ja, false) => format!("{name}: 使っていません"),
            (Language::En, true) => format!("{name}: in force, carried by {count}"),
            (Language::En, false) => format!("{name}: not in force"),
        },
    );
}

fn tell(told: &Json, screen: &Screen, line: String) {
    match screen.json {
        true => screen.json(told),
        false => screen.line(line),
    }
}
