//! Prints what the page shows: segments, signs, today's list and the reasons behind a membership.

use std::{path::Path, process::ExitCode};

use condition::Language;
use serde_json::Value as Json;

use crate::{
    api::{Api, in_path},
    args,
    screen::{Failure, Screen},
    segment_files,
};

pub(crate) fn explain(
    folder: &Path,
    given: &args::Explain,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let customer = in_path(&given.customer);
    let why = match &given.condition {
        Some(file) => {
            let body = serde_json::json!({ "condition": segment_files::condition(file)? });
            api.post(&format!("/preview/why/{customer}"), &body)?
        }
        None => {
            let segment = in_path(given.segment.as_deref().unwrap_or_default());
            api.get(&format!("/segments/{segment}/why/{customer}"))?
        }
    };
    if screen.json {
        screen.json(&why);
        return Ok(ExitCode::SUCCESS);
    }
    let text = |value: &Json| value.as_str().unwrap_or("-").to_owned();
    let verdict = match why["member"] == true {
        true => screen.say("入っています", "is in"),
        false => screen.say("入っていません", "is not in"),
    };
    screen.line(format!(
        "{} – {}: {verdict}",
        text(&why["customer"]["name"]),
        text(&why["segment"]["name"])
    ));
    if let Some(since) = why["since"].as_str() {
        screen.line(format!("{} {since}", screen.say("いつから", "since")));
    }
    if let Some(until) = why["may_change_at"].as_str() {
        screen.line(format!(
            "{} {until}",
            screen.say("何も起きなければ次に変わりうるとき", "may change by time alone at")
        ));
    }
    reason(&why["tree"], 0, screen);
    Ok(ExitCode::SUCCESS)
}

fn reason(node: &Json, depth: usize, screen: &Screen) {
    let mark = if node["holds"] == true { "✓" } else { "✗" };
    let indent = "  ".repeat(depth);
    let found = node["found"].as_str().map(|found| format!("  [{found}]")).unwrap_or_default();
    screen.line(format!("{indent}{mark} {}{found}", node["sentence"].as_str().unwrap_or_default()));
    for record in node["evidence"].as_array().into_iter().flatten().take(5) {
        screen.line(format!(
            "{indent}    {}  {}",
            record["at"].as_str().unwrap_or_default(),
            record["text"].as_str().unwrap_or_default()
        ));
    }
    for child in node["children"].as_array().into_iter().flatten() {
        reason(child, depth + 1, screen);
    }
}

pub(crate) fn segments(
    folder: &Path,
    given: &args::Segments,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    if let Some(file) = &given.check {
        let segments = segment_files::checked(std::slice::from_ref(file))?;
        screen.line(match screen.language {
            condition::Language::Ja => {
                format!("{} 個のセグメントに誤りはありません", segments.len())
            }
            condition::Language::En => format!("{} segments, no faults", segments.len()),
        });
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(care) = Care::asked(given) {
        return care.give(&Api::reach(folder, screen)?, screen);
    }
    // Read here first, so that a fault names the file as it lies here.
    let text = |file: &std::path::PathBuf| {
        let drafts = segment_files::read(file)?;
        Ok::<_, Failure>(serde_json::json!({ "segments": drafts }).to_string())
    };
    let (written, compared) =
        (given.add.as_ref().map(text).transpose()?, given.diff.as_ref().map(text).transpose()?);
    let api = Api::reach(folder, screen)?;
    if let Some(text) = compared {
        let told = api.post_text("/segments/files/compare", "application/json", &text)?;
        difference(&told, screen);
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(text) = written {
        let added = api.post_text("/segments/files", "application/json", &text)?;
        screen.note(format!(
            "{} {}, {} {}, {} {}",
            added["added"],
            screen.say("追加", "added"),
            added["changed"],
            screen.say("変更", "changed"),
            added["unchanged"],
            screen.say("変化なし", "unchanged"),
        ));
    }
    let list = api.get("/segments")?;
    if screen.json {
        screen.json(&list);
        return Ok(ExitCode::SUCCESS);
    }
    for segment in list["segments"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|segment| segment["retired"] != true)
    {
        let text = |key: &str| segment[key].as_str().unwrap_or_default().to_owned();
        screen.line(format!(
            "{:>10}  {}  {}: {}",
            segment["count"].to_string(),
            text("id"),
            text("name"),
            text("sentence")
        ));
    }
    screen.note(format!(
        "{} {}",
        screen.say("時点", "as of"),
        list["as_of"].as_str().unwrap_or_default()
    ));
    Ok(ExitCode::SUCCESS)
}

/// What is done with segments that are there already.
enum Care<'a> {
    Export,
    Review { segment: &'a str, next: Option<&'a str> },
    Merge { gone: &'a str, into: &'a str },
    UndoMerge(&'a Path),
}

impl Care<'_> {
    fn asked(given: &args::Segments) -> Option<Care<'_>> {
        if given.export {
            return Some(Care::Export);
        }
        if let Some(segment) = &given.review {
            return Some(Care::Review { segment, next: given.next.as_deref() });
        }
        if let (Some(gone), Some(into)) = (&given.merge, &given.into) {
            return Some(Care::Merge { gone, into });
        }
        given.undo_merge.as_deref().map(Care::UndoMerge)
    }

    fn give(self, api: &Api, screen: &Screen) -> Result<ExitCode, Failure> {
        match self {
            Care::Export => {
                screen.line(api.get("/segments/files")?.as_str().unwrap_or_default().trim_end())
            }
            Care::Review { segment, next } => {
                let path = format!("/segments/{}", in_path(segment));
                let version = api.get(&path)?["version"].clone();
                let body = serde_json::json!({ "version": version, "next_on": next });
                let shown = api.post(&format!("{path}/review"), &body)?;
                if screen.json {
                    screen.json(&shown);
                } else {
                    screen.note(screen.say("見直しを記録しました", "the review is recorded"));
                }
            }
            Care::Merge { gone, into } => {
                let path = format!("/segments/{}/merge", in_path(gone));
                let merged = api.post(&path, &serde_json::json!({ "into": into }))?;
                if screen.json {
                    screen.json(&merged);
                } else {
                    let n = |what: &str| merged[what].as_array().map_or(0, Vec::len);
                    screen.note(format!(
                        "{}: {} {}, {} {}",
                        screen
                            .say("まとめました。付け替えたもの", "merged; refer to the other now"),
                        n("segments"),
                        screen.say("セグメント", "segments"),
                        n("signs"),
                        screen.say("兆し", "signs"),
                    ));
                }
            }
            Care::UndoMerge(file) => {
                let text = std::fs::read_to_string(file).map_err(|why| Failure::file(file, why))?;
                let merged: Json =
                    serde_json::from_str(&text).map_err(|why| Failure::file(file, why))?;
                api.post("/segments/merges/undo", &merged)?;
                screen.note(screen.say("元に戻しました", "the merge is undone"));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Who would come and go by a file.
fn difference(told: &Json, screen: &Screen) {
    if screen.json {
        return screen.json(told);
    }
    for row in told["rows"].as_array().into_iter().flatten() {
        let kind = match row["kind"].as_str() {
            Some("added") => screen.say("追加", "new"),
            Some("changed") => screen.say("変更", "changed"),
            _ => screen.say("連動", "follows"),
        };
        let before = row["before"].as_u64().map_or("-".to_owned(), |before| before.to_string());
        screen.line(format!("{kind}  {}: {before} → {}", in_words(&row["id"]), row["after"]));
        moved("+", &row["enters"], screen);
        moved("-", &row["leaves"], screen);
    }
    screen.note(format!("{} {}", told["unchanged"], screen.say("変化なし", "unchanged")));
}

/// How many come or go, and some of them.
pub(crate) fn moved(mark: &str, moved: &Json, screen: &Screen) {
    if moved["count"] == 0 {
        return;
    }
    let sample = moved["sample"].as_array().into_iter().flatten();
    let sample = sample.map(|one| format!("{} {}", in_words(&one["key"]), in_words(&one["name"])));
    let sample: Vec<String> = sample.collect();
    let more =
        if sample.len() as u64 == moved["count"].as_u64().unwrap_or(0) { "" } else { ", …" };
    screen.line(format!("    {mark}{}  {}{more}", moved["count"], sample.join(", ")));
}

/// A text of an answer without its quotation marks.
pub(crate) fn in_words(value: &Json) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub(crate) fn today(
    folder: &Path,
    given: &args::Today,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let rep = given.rep.as_deref().map(|rep| format!("&rep={}", in_path(rep))).unwrap_or_default();
    let today = api.get(&format!("/today?limit={}{rep}", given.limit))?;
    if screen.json {
        screen.json(&today);
        return Ok(ExitCode::SUCCESS);
    }
    for (place, row) in today["rows"].as_array().into_iter().flatten().enumerate() {
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        screen.line(format!(
            "{:>3}. {}  [{}]  {}",
            place + 1,
            text(&row["customer"]["name"]),
            text(&row["sign"]["name"]),
            text(&row["sum"]["text"])
        ));
        screen.line(format!("     {}", text(&row["reason"])));
        screen.line(format!(
            "     {} ({} {})",
            text(&row["next_action"]),
            screen.say("期限", "due"),
            text(&row["due"])
        ));
    }
    screen.note(match screen.language {
        condition::Language::Ja => format!(
            "全 {} 件、{} 時点",
            today["total"],
            today["as_of"].as_str().unwrap_or_default()
        ),
        condition::Language::En => format!(
            "{} in all, as of {}",
            today["total"],
            today["as_of"].as_str().unwrap_or_default()
        ),
    });
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn signs(folder: &Path, screen: &Screen) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let signs = api.get("/signs")?;
    if screen.json {
        screen.json(&signs);
        return Ok(ExitCode::SUCCESS);
    }
    for sign in signs["signs"].as_array().into_iter().flatten() {
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        let state = match sign["state"].as_str() {
            Some("draft") => screen.say("下書き", "draft"),
            Some("off") => screen.say("停止中", "off"),
            Some("faulty") => screen.say("誤りあり", "faulty"),
            _ => "",
        };
        screen.line(format!(
            "{:>8}  {}  {}  {state}",
            sign["count"].to_string(),
            text(&sign["id"]),
            text(&sign["name"])
        ));
        let standing = &sign["standing"];
        if 0 < standing["right"].as_u64().unwrap_or(0) + standing["wrong"].as_u64().unwrap_or(0) {
            screen.line(format!("          {}", text(&standing["sentence"])));
        }
        if !standing["fallen"].is_null() {
            screen.line(format!("          ! {}", text(&standing["fallen"])));
        }
        for part in sign["parts"].as_array().into_iter().flatten() {
            let cap = part["cap"].as_u64().map(|cap| match screen.language {
                Language::Ja => format!("（最大 {cap}）"),
                Language::En => format!(" (up to {cap})"),
            });
            let half_life = part["half_life"].as_str().map(|half| match screen.language {
                Language::Ja => format!("（{half} ごとに半減）"),
                Language::En => format!(" (halved each {half})"),
            });
            screen.line(format!(
                "          +{:<3} {}{}{}",
                part["weight"].to_string(),
                text(&part["sentence"]),
                cap.unwrap_or_default(),
                half_life.unwrap_or_default()
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}
