//! Takes offers in from files, prints them, and switches them on and off.

use std::{path::Path, process::ExitCode};

use condition::Language;
use serde_json::{Value as Json, json};

use crate::{
    api::{Api, in_path},
    screen::{Failure, Screen},
};

pub(crate) fn add(folder: &Path, file: &Path, screen: &Screen) -> Result<ExitCode, Failure> {
    let text = std::fs::read_to_string(file).map_err(|fault| Failure::file(file, fault))?;
    let told = Api::reach(folder, screen)?.post_text("/offers/files", "text/plain", &text)?;
    let (added, changed, same) = (&told["added"], &told["changed"], &told["unchanged"]);
    let line = match screen.language {
        Language::Ja => format!("追加 {added}、変更 {changed}、変更なし {same}"),
        Language::En => format!("{added} added, {changed} changed, {same} unchanged"),
    };
    tell(&told, line, screen)
}

pub(crate) fn print(folder: &Path, ids: &[String], screen: &Screen) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let mut wanted = ids.to_vec();
    if wanted.is_empty() {
        let listed = api.get("/offers")?;
        let all = listed["offers"].as_array().into_iter().flatten();
        wanted = all.filter_map(|offer| Some(offer["id"].as_str()?.to_owned())).collect();
    }
    let mut offers = vec![];
    for id in &wanted {
        offers.push(api.get(&format!("/offers/{}", in_path(id)))?["definition"].take());
    }
    let met: Vec<&Json> =
        offers.iter().flat_map(|offer| offer["needs"].as_array()).flatten().collect();
    let listed = api.get("/needs")?;
    let needs = listed["needs"].as_array().into_iter().flatten();
    let needs =
        needs.filter(|need| ids.is_empty() || met.iter().any(|met| met["need"] == need["id"]));
    let needs: Vec<&Json> = needs.map(|need| &need["definition"]).collect();
    screen.json(&json!({ "needs": needs, "offers": offers }));
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn on(folder: &Path, id: &str, screen: &Screen) -> Result<ExitCode, Failure> {
    let path = format!("/offers/{}/restore", in_path(id));
    let told = Api::reach(folder, screen)?.post(&path, &Json::Null)?;
    switched(&told, screen)
}

pub(crate) fn off(folder: &Path, id: &str, screen: &Screen) -> Result<ExitCode, Failure> {
    let told = Api::reach(folder, screen)?.delete(&format!("/offers/{}", in_path(id)))?;
    switched(&told, screen)
}

fn switched(told: &Json, screen: &Screen) -> Result<ExitCode, Failure> {
    let name = told["name"].as_str().unwrap_or_default();
    let line = match told["state"] == "off" {
        true => format!("{name}: {}", screen.say("使っていません", "switched off")),
        false => format!("{name}: {}", screen.say("使っています", "in use")),
    };
    tell(told, line, screen)
}

fn tell(told: &Json, line: String, screen: &Screen) -> Result<ExitCode, Failure> {
    match screen.json {
        true => screen.json(told),
        false => screen.line(line),
    }
    Ok(ExitCode::SUCCESS)
}
