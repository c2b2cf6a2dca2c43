//! Prints groups of customers at a glance: packs of segments for a trade, tables of two measures, and what the members
//! of a segment have in common.

pub(crate) mod args;

use std::{path::Path, process::ExitCode};

use serde_json::{Value as Json, json};

use crate::{
    api::{Api, in_path},
    screen::{Failure, Screen},
    show::in_words,
};

pub(crate) fn packs(
    folder: &Path,
    given: &args::Packs,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let told = match &given.pack {
        Some(id) if given.install => {
            let body = json!({"replace": given.replace});
            api.post(&format!("/packs/{}/install", in_path(id)), &body)?
        }
        Some(id) if given.remove => {
            api.post(&format!("/packs/{}/remove", in_path(id)), &json!({}))?
        }
        Some(id) => {
            let told = api.get("/packs")?;
            let all = told["packs"].as_array().cloned().unwrap_or_default();
            all.into_iter().find(|pack| pack["id"] == id.as_str()).ok_or_else(|| {
                Failure::new(
                    format!("パック `{id}` はありません。`kizashi packs` で一覧できます"),
                    format!("there is no pack `{id}`; `kizashi packs` lists them"),
                )
            })?
        }
        None => api.get("/packs")?,
    };
    if screen.json {
        screen.json(&told);
    } else if given.install || given.remove {
        changed(&told, screen);
    } else if given.pack.is_some() {
        one_pack(&told, screen);
    } else {
        for pack in told["packs"].as_array().into_iter().flatten() {
            let n = pack["segments"].as_array().map_or(0, Vec::len);
            let (id, name) = (in_words(&pack["id"]), in_words(&pack["name"]));
            screen.line(format!("{id:<12} {name}  {}/{n}", pack["installed"]));
            screen.line(format!("             {}", in_words(&pack["lead"])));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn changed(told: &Json, screen: &Screen) {
    for (key, ja, en) in [
        ("added", "追加", "added"),
        ("replaced", "新しい版", "new version"),
        ("removed", "外した", "removed"),
        ("kept", "そのまま", "left as it is"),
    ] {
        for one in told[key].as_array().into_iter().flatten() {
            let id = one["id"].as_str().or_else(|| one.as_str()).unwrap_or_default();
            screen.line(format!("{:<14} {id}", screen.say(ja, en)));
        }
    }
}

fn one_pack(pack: &Json, screen: &Screen) {
    for segment in pack["segments"].as_array().into_iter().flatten() {
        screen.line(format!("{}  {}", in_words(&segment["id"]), in_words(&segment["name"])));
        screen.line(format!("    {}", in_words(&segment["sentence"])));
        for key in ["principle", "next_action"] {
            if let Some(text) = segment[key].as_str().filter(|text| !text.is_empty()) {
                screen.line(format!("    {text}"));
            }
        }
        for message in segment["messages"].as_array().into_iter().flatten() {
            screen.line(format!("    > {}", in_words(&message["body"])));
        }
    }
}

pub(crate) fn crosstab(
    folder: &Path,
    given: &args::Crosstab,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let body = json!({
        "rows": given.rows, "columns": given.columns, "within": given.within,
        "shown": given.show, "before_days": given.before,
    });
    let told = Api::reach(folder, screen)?.post("/crosstab", &body)?;
    if screen.json {
        screen.json(&told);
        return Ok(ExitCode::SUCCESS);
    }
    let label = |band: &Json| in_words(&band["label"]);
    let columns: Vec<String> =
        told["column_bands"].as_array().into_iter().flatten().map(label).collect();
    let heads =
        if columns.is_empty() { vec![screen.say("人数", "count").to_owned()] } else { columns };
    screen.line(format!("\t{}", heads.join("\t")));
    let rows = told["row_bands"].as_array().into_iter().flatten();
    for (band, cells) in rows.zip(told["cells"].as_array().into_iter().flatten()) {
        let cells: Vec<String> = cells.as_array().into_iter().flatten().map(cell).collect();
        screen.line(format!("{}\t{}", label(band), cells.join("\t")));
    }
    screen.note(format!("{} {}", told["total"], in_words(&told["as_of"])));
    Ok(ExitCode::SUCCESS)
}

/// `12 (+3 -1) 450000`
fn cell(cell: &Json) -> String {
    let mut text = cell["count"].to_string();
    if let (Some(entered), Some(left)) = (cell["entered"].as_u64(), cell["left"].as_u64()) {
        text += &format!(" (+{entered} -{left})");
    }
    if let Some(value) = cell["value"].as_str() {
        text += &format!(" {value}");
    }
    text
}

pub(crate) fn profile(
    folder: &Path,
    given: &args::Profile,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let path = format!("/segments/{}/profile", in_path(&given.segment));
    let told = Api::reach(folder, screen)?.get(&path)?;
    if screen.json {
        screen.json(&told);
        return Ok(ExitCode::SUCCESS);
    }
    screen.line(in_words(&told["persona"]));
    for one in told["traits"].as_array().into_iter().flatten() {
        let lift = one["lift"].as_f64().map_or("-".to_owned(), |lift| format!("{lift:.1}"));
        screen.line(format!(
            "{:>7} {:>7} {lift:>6}  {}",
            one["members"].to_string(),
            one["rest"].to_string(),
            in_words(&one["sentence"])
        ));
    }
    Ok(ExitCode::SUCCESS)
}
