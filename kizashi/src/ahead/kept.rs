//! The models of a data folder: listed, written, learnt with progress, and their cards and prospects printed.

use std::{path::Path, process::ExitCode, time::Duration};

use serde_json::{Value as Json, json};

use super::args;
use crate::{
    api::{Api, in_path},
    interrupt,
    screen::{Failure, Screen},
    show::in_words,
};

pub(crate) fn list(folder: &Path, screen: &Screen) -> Result<ExitCode, Failure> {
    let told = Api::reach(folder, screen)?.get("/models")?;
    if screen.json {
        screen.json(&told);
        return Ok(ExitCode::SUCCESS);
    }
    for model in told["models"].as_array().into_iter().flatten() {
        let auc = won(model).map_or_else(|| "-".to_owned(), |auc| format!("{auc:.3}"));
        screen.line(format!(
            "{:<20} {auc:>6}  {}",
            in_words(&model["id"]),
            in_words(&model["name"])
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn won(model: &Json) -> Option<f64> {
    let learners = model["card"]["learners"].as_array()?;
    learners.iter().find(|one| one["won"] == true)?["auc"]["value"].as_f64()
}

/// Writes a model where something is said of it, and learns it to the end.
pub(crate) fn learn(
    folder: &Path,
    given: &args::Learn,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let id = in_path(&given.model);
    if let Some(learn) = learn_of(given) {
        let body = json!({"learn": learn, "horizon_days": given.days, "seed": given.seed});
        api.put(&format!("/models/{id}"), &body)?;
    }
    api.post(&format!("/models/{id}/learn"), &json!({}))?;
    let stop = interrupt::flag()?;
    let bar = screen.bar(screen.say("学習", "learning"));
    let model = loop {
        let model = api.get(&format!("/models/{id}"))?;
        let progress = &model["progress"];
        if progress.is_null() {
            break model;
        }
        bar.set_length(progress["of"].as_u64().unwrap_or(0));
        bar.set_position(progress["done"].as_u64().unwrap_or(0));
        if interrupt::check(&stop).is_err() {
            api.post(&format!("/models/{id}/cancel"), &json!({}))?;
        }
        std::thread::sleep(Duration::from_millis(100));
    };
    bar.finish_and_clear();
    tell(&model, screen)
}

fn learn_of(given: &args::Learn) -> Option<Json> {
    let args::Learn { happens, stops, like, value, days, .. } = given;
    match (happens, stops, like, value) {
        (Some(event), ..) => Some(json!({"kind": "happens", "event": event})),
        (_, Some(event), ..) => {
            Some(json!({"kind": "stops", "event": event, "active_days": days.saturating_mul(2)}))
        }
        (_, _, Some(segment), _) => Some(json!({"kind": "lookalike", "segment": segment})),
        (_, _, _, Some(event)) => {
            Some(json!({"kind": "value", "event": event, "amount": given.amount}))
        }
        (None, None, None, None) => None,
    }
}

pub(crate) fn card(folder: &Path, id: &str, screen: &Screen) -> Result<ExitCode, Failure> {
    let model = Api::reach(folder, screen)?.get(&format!("/models/{}", in_path(id)))?;
    tell(&model, screen)
}

fn tell(model: &Json, screen: &Screen) -> Result<ExitCode, Failure> {
    if screen.json {
        screen.json(model);
        return Ok(ended(model));
    }
    screen.line(format!("{}  {}", in_words(&model["name"]), in_words(&model["card"]["learnt_at"])));
    if let Some(why) = model["refused"].as_str() {
        screen.note(why);
    }
    for line in model["card"]["lines"].as_array().into_iter().flatten() {
        screen.line(in_words(line));
    }
    let value = &model["card"]["value"];
    for one in value["parameters"].as_array().into_iter().flatten() {
        screen.line(format!("  {:<6} {}", in_words(&one["name"]), one["worth"]));
    }
    if let (Some(foretold), Some(came)) = (value["foretold"].as_f64(), value["came"].as_f64()) {
        screen.line(match screen.language {
            condition::Language::Ja => {
                format!("直近 {} 日: 予測 {foretold:.1} 回、実際 {came} 回", value["checked_days"])
            }
            condition::Language::En => {
                format!("last {} days: foretold {foretold:.1}, came {came}", value["checked_days"])
            }
        });
    }
    Ok(ended(model))
}

fn ended(model: &Json) -> ExitCode {
    if model["refused"].is_null() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

pub(crate) fn prospects(
    folder: &Path,
    given: &args::ProspectsOf,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let path = format!("/models/{}/prospects?limit={}", in_path(&given.model), given.limit);
    let told = Api::reach(folder, screen)?.get(&path)?;
    if screen.json {
        screen.json(&told);
        return Ok(ExitCode::SUCCESS);
    }
    for row in told["rows"].as_array().into_iter().flatten() {
        let (key, name) = (in_words(&row["customer"]["key"]), in_words(&row["customer"]["name"]));
        screen.line(format!("{:.3}  {key}  {name}", row["likeness"].as_f64().unwrap_or(0.0)));
        for shared in row["shared"].as_array().into_iter().flatten() {
            screen.line(format!("       {}", in_words(shared)));
        }
    }
    Ok(ExitCode::SUCCESS)
}
