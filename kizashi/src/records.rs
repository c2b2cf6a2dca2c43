//! The records of a folder: which of them are the same customer, and what data there is at all.

use std::{path::Path, process::ExitCode, time::Duration};

use clap::Args;
use condition::Language;
use serde_json::{Value as Json, json};

use crate::{
    api::{Api, in_path},
    screen::{Failure, Screen},
};

/// Pairs of customers that may be one.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi pairs --find                 compares all customers; pairs of 99 % and more become one\n  kizashi pairs --find --ask           only finds, and leaves every pair to people\n  kizashi pairs --at-once unite        new records are compared as they come; sure pairs become one\n  kizashi pairs --explain\n  kizashi pairs --same C-7 C-9         then: kizashi pairs --part C-7 C-9"
)]
pub(crate) struct Pairs {
    /// Compare all customers first
    #[arg(long)]
    find: bool,
    /// With --find: leave every pair to people
    #[arg(long, requires = "find")]
    ask: bool,
    /// What is done with new records: nothing, every pair is left to people, or sure ones are made one
    #[arg(long, value_name = "MODE", value_parser = ["off", "ask", "unite"])]
    at_once: Option<String>,
    /// Which pairs to list
    #[arg(long, value_name = "WHICH", default_value = "open", value_parser = ["open", "later", "same", "different"])]
    show: String,
    /// Say what each probability is made of
    #[arg(long)]
    explain: bool,
    /// How many pairs to list
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// These two are one customer
    #[arg(long, num_args = 2, value_names = ["KEY", "KEY"])]
    same: Vec<String>,
    /// These two are different
    #[arg(long, num_args = 2, value_names = ["KEY", "KEY"])]
    different: Vec<String>,
    /// Take back what was decided of these two
    #[arg(long, num_args = 2, value_names = ["KEY", "KEY"])]
    part: Vec<String>,
}

/// What data there is.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  kizashi inventory --data my-firm")]
pub(crate) struct Inventory {}

pub(crate) fn pairs(folder: &Path, given: &Pairs, screen: &Screen) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let decisions = [
        (&given.same, Json::from("same")),
        (&given.different, Json::from("different")),
        (&given.part, Json::Null),
    ];
    let mut decided = vec![];
    for (keys, decision) in decisions {
        if let [a, b] = keys.as_slice() {
            let path = format!("/pairs/{}/{}", in_path(a), in_path(b));
            decided.push(api.put(&path, &json!({ "decision": decision }))?);
        }
    }
    if !decided.is_empty() {
        match screen.json {
            true => screen.json(&Json::from(decided)),
            false => screen.line(screen.say("決めました", "decided")),
        }
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(mode) = &given.at_once {
        api.put("/pairs/at-once", &json!({ "mode": mode }))?;
    }
    if given.find {
        api.post("/pairs/find", &json!({ "auto": !given.ask }))?;
        wait_until_found(&api, screen)?;
    }
    let list = api.get(&format!("/pairs?show={}&limit={}", given.show, given.limit))?;
    if screen.json {
        screen.json(&list);
        return Ok(ExitCode::SUCCESS);
    }
    for row in list["rows"].as_array().into_iter().flatten() {
        let percent = row["probability"]
            .as_f64()
            .map_or_else(|| "-".to_owned(), |probability| format!("{:.1} %", 100.0 * probability));
        let party = |party: &Json| {
            let text = |name: &str| party[name].as_str().unwrap_or_default().to_owned();
            format!("{} {}", text("key"), text("name"))
        };
        screen.line(format!("{percent}\t{}\t{}", party(&row["a"]), party(&row["b"])));
        for step in row["steps"].as_array().into_iter().flatten().filter(|_| given.explain) {
            let bits = step["bits"].as_f64().unwrap_or_default();
            screen.line(format!("  {bits:+7.2}  {}", step["said"].as_str().unwrap_or_default()));
        }
    }
    let counts = &list["counts"];
    let (open, same) = (&counts["open"], &counts["same"]);
    let waiting = &list["at_once"]["waiting"];
    screen.note(match screen.language {
        Language::Ja => {
            format!("確かめる組 {open}、まとめた組 {same}、照合を待つ新しい記録 {waiting}")
        }
        Language::En => {
            format!("{open} pairs to check, {same} made one, {waiting} new records wait")
        }
    });
    Ok(ExitCode::SUCCESS)
}

fn wait_until_found(api: &Api, screen: &Screen) -> Result<(), Failure> {
    let bar = screen.bar(screen.say("名寄せ", "comparing"));
    loop {
        let list = api.get("/pairs?limit=1")?;
        if list["finding"].is_null() {
            bar.finish_and_clear();
            return Ok(());
        }
        bar.set_length(list["finding"]["total"].as_u64().unwrap_or(0));
        bar.set_position(list["finding"]["done"].as_u64().unwrap_or(0));
        std::thread::sleep(Duration::from_millis(50));
    }
}

pub(crate) fn inventory(folder: &Path, screen: &Screen) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let inventory = api.get("/inventory")?;
    if screen.json {
        screen.json(&inventory);
        return Ok(ExitCode::SUCCESS);
    }
    let rows = |list: &str| inventory[list].as_array().cloned().unwrap_or_default();
    let text = |row: &Json, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    screen.line(screen.say("データの出どころ", "sources"));
    for row in rows("sources") {
        let (name, told) = (text(&row, "label"), text(&row, "told_at"));
        screen.line(format!("  {name}\t{}\t{told}", row["rows"]));
    }
    screen.line(screen.say("項目の埋まり具合", "how full fields are"));
    for row in rows("attributes") {
        screen.line(format!("  {}\t{} %\t{}", text(&row, "label"), row["percent"], row["filled"]));
    }
    screen.line(screen.say("あると役立つデータ", "data worth having"));
    for row in rows("missing") {
        screen.line(format!("  {}\t{}", text(&row, "label"), row["needed_by"]));
    }
    Ok(ExitCode::SUCCESS)
}
