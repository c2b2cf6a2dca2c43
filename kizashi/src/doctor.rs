//! Looks after a folder: checks every byte, and makes the derived state anew.

use std::{path::Path, process::ExitCode};

use store::{Options, Store, Watch};

use crate::screen::{Failure, Screen, follow};

pub(crate) fn doctor(folder: &Path, screen: &Screen) -> Result<ExitCode, Failure> {
    exists(folder)?;
    let bar = screen.bar(screen.say("確認", "checking"));
    let report = Store::verify(folder, &Watch { progress: Some(&follow(&bar)), cancel: None })?;
    bar.finish_and_clear();
    let problems: Vec<serde_json::Value> = report
        .problems
        .iter()
        .map(|problem| {
            serde_json::json!({ "file": problem.file, "offset": problem.offset, "what": problem.what, "rebuild_helps": problem.rebuild_helps })
        })
        .collect();
    if screen.json {
        screen.json(&serde_json::json!({
            "files": report.files, "bytes": report.bytes, "facts": report.facts, "problems": problems
        }));
    } else {
        screen.line(match screen.language {
            condition::Language::Ja => format!(
                "{} ファイル、{} バイト、事実 {} 件",
                report.files, report.bytes, report.facts
            ),
            condition::Language::En => {
                format!("{} files, {} bytes, {} facts", report.files, report.bytes, report.facts)
            }
        });
        for problem in &report.problems {
            screen.line(format!(
                "✗ {}:{}: {}",
                problem.file.display(),
                problem.offset,
                problem.what
            ));
            let help = match problem.rebuild_helps {
                true => screen.say("`kizashi rebuild` で直ります", "`kizashi rebuild` mends this"),
                false => {
                    screen.say("バックアップから戻してください", "restore this file from a backup")
                }
            };
            screen.line(format!("  {help}"));
        }
        if report.problems.is_empty() {
            screen.line(screen.say("✓ 問題はありません", "✓ nothing is wrong"));
        }
    }
    Ok(if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub(crate) fn rebuild(folder: &Path, screen: &Screen) -> Result<ExitCode, Failure> {
    exists(folder)?;
    let bar = screen.bar(screen.say("作り直し", "rebuilding"));
    let show = follow(&bar);
    let watch = Watch { progress: Some(&show), cancel: None };
    let store = Store::open(folder, Options::default(), &watch)?;
    store.rebuild(&watch)?;
    let digest = store.digest(&watch)?;
    let (customers, events) = (store.customers_n(), store.events_n());
    store.close()?;
    bar.finish_and_clear();
    if screen.json {
        screen.json(&serde_json::json!({ "customers": customers, "events": events, "digest": format!("{digest:032x}") }));
    } else {
        screen.line(match screen.language {
            condition::Language::Ja => {
                format!("顧客 {customers} 件、行動 {events} 件を作り直しました。指紋 {digest:032x}")
            }
            condition::Language::En => format!(
                "{customers} customers and {events} events made anew; fingerprint {digest:032x}"
            ),
        });
    }
    Ok(ExitCode::SUCCESS)
}

/// Looking after a folder never makes one.
pub(crate) fn exists(folder: &Path) -> Result<(), Failure> {
    if folder.join("facts").is_dir() {
        return Ok(());
    }
    Err(Failure::new(
        format!(
            "`{}` は Kizashi のフォルダではありません。`--data` で指定してください",
            folder.display()
        ),
        format!("`{}` is no folder of Kizashi; name one with `--data`", folder.display()),
    ))
}
