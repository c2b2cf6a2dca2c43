//! Searches the past for behaviour that foretells an outcome, through the server of a folder.

use std::{path::Path, process::ExitCode};

use condition::Language;
use serde_json::{Value as Json, json};

use crate::{
    api::{Api, in_path},
    interrupt,
    screen::{Failure, Screen},
    show::in_words,
    signs::{args::SignMine, tell},
};

pub(crate) fn mine(folder: &Path, given: &SignMine, screen: &Screen) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let path = format!("/patterns/{}", in_path(&given.kind));
    let stop = interrupt::flag()?;
    api.post(&path, &json!({ "horizon_days": given.horizon, "seed": given.seed }))?;
    let told = tell::until_done(&api, &path, &stop, screen)?["result"].take();
    if let Some(out) = &given.out {
        let rows = told["patterns"].as_array().into_iter().flatten();
        let signs: Vec<&Json> = rows.map(|row| &row["definition"]).collect();
        let text = serde_json::to_string_pretty(&json!({ "signs": signs })).map_err(Failure::of)?;
        std::fs::write(out, text).map_err(|fault| Failure::file(out, fault))?;
    }
    if screen.json {
        screen.json(&told);
        return Ok(ExitCode::SUCCESS);
    }
    let patterns = told["patterns"].as_array().cloned().unwrap_or_default();
    for (n, row) in patterns.iter().enumerate() {
        let percent = |key: &str| 100.0 * row[key]["share"].as_f64().unwrap_or(0.0);
        let times = row["lift"]["times"].as_f64().unwrap_or(0.0);
        let (right, coverage, lead) =
            (percent("right"), percent("coverage"), &row["median_lead_days"]);
        screen.line(format!("{:>3}  {}", n + 1, in_words(&row["sentence"])));
        screen.line(match screen.language {
            Language::Ja => format!(
                "     ふだんの {times:.1} 倍（{right:.0}%）、気づけた割合 {coverage:.0}%、{lead} 日前（中央値）"
            ),
            Language::En => format!(
                "     {times:.1} times the base rate ({right:.0}%), foresaw {coverage:.0}%, {lead} days before (median)"
            ),
        });
    }
    let searched = &told["searched"];
    screen.note(match (screen.language, patterns.is_empty()) {
        (Language::Ja, true) => {
            format!("{searched} 個の条件を調べましたが、偶然より確かなものはありません")
        }
        (Language::Ja, false) => format!("{searched} 個の条件を調べました"),
        (Language::En, true) => {
            format!("{searched} conditions searched; none is surer than chance")
        }
        (Language::En, false) => format!("{searched} conditions searched"),
    });
    Ok(ExitCode::SUCCESS)
}
