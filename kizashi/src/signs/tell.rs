//! Prints what was found about signs, and how far long work on the server is.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use condition::Language;
use serde_json::Value as Json;

use crate::{
    api::Api,
    screen::{Failure, Screen},
    show::in_words,
};

/// Waits for work on the server, with its progress; told to stop, it stops that work.
pub(crate) fn until_done(
    api: &Api,
    path: &str,
    stop: &AtomicBool,
    screen: &Screen,
) -> Result<Json, Failure> {
    let bar = screen.bar(screen.say("過去を調べています", "looking at the past"));
    loop {
        let told = api.get(path)?;
        match told["state"].as_str() {
            Some("running") => {}
            Some("failed") => return Err(Failure::of(in_words(&told["error"]))),
            Some("cancelled") => {
                return Err(Failure::new("中止しました", "stopped"));
            }
            _ => {
                bar.finish_and_clear();
                return Ok(told);
            }
        }
        if let Some(total) = told["progress"]["total"].as_u64().filter(|total| 0 < *total) {
            bar.set_length(total);
            bar.set_position(told["progress"]["done"].as_u64().unwrap_or(0));
        }
        if stop.load(Ordering::Relaxed) {
            api.delete(path)?;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn percent(share: &Json) -> String {
    format!("{:.1} %", share.as_f64().unwrap_or(0.0) * 100.0)
}

fn rate(name: &str, rate: &Json, screen: &Screen) {
    if rate.is_null() {
        return;
    }
    let (hits, of) = (&rate["hits"], &rate["of"]);
    let between = screen.say("〜", " to ");
    screen.line(format!(
        "  {name}: {} ({hits}/{of}, 95 %: {}{between}{})",
        percent(&rate["share"]),
        percent(&rate["low"]),
        percent(&rate["high"])
    ));
}

fn ratio(name: &str, ratio: &Json, screen: &Screen) {
    let number = |key: &str| ratio[key].as_f64().unwrap_or(0.0);
    if !ratio.is_null() {
        let between = screen.say("〜", " to ");
        let (low, high) = (number("low"), number("high"));
        screen.line(format!("  {name}: {:.2} ({low:.2}{between}{high:.2})", number("times")));
    }
}

/// What came of trying a sign, for people.
pub(crate) fn proof(told: &Json, screen: &Screen) {
    screen.line(format!("{}  {}", in_words(&told["sign"]), in_words(&told["name"])));
    screen.line(format!("  {}", in_words(&told["sentence"])));
    if !told["drift_sentence"].is_null() {
        screen.line(format!("  {}", in_words(&told["drift_sentence"])));
    }
    rate(screen.say("当たった割合", "right"), &told["right"], screen);
    rate(screen.say("ふだんの割合", "base rate"), &told["base"], screen);
    rate(screen.say("いちばん重い条件だけ", "weightiest part alone"), &told["plain"], screen);
    rate(screen.say("気づけた割合", "foreseen"), &told["caught"], screen);
    ratio(screen.say("ふだんの何倍か", "times the base rate"), &told["lift"], screen);
    ratio(
        screen.say("いちばん重い条件の何倍か", "times the weightiest part"),
        &told["over_plain"],
        screen,
    );
    for band in told["bands"].as_array().into_iter().flatten() {
        if band["is_enough"] == true {
            let (from, to) = (&band["from"], &band["to"]);
            let name = match screen.language {
                Language::Ja => format!("強さ {from}〜{to}"),
                Language::En => format!("strength {from} to {to}"),
            };
            rate(&name, &band["rate"], screen);
        }
    }
    for lead in told["leads"].as_array().into_iter().flatten() {
        let (from, to, n) = (&lead["from_days"], &lead["to_days"], &lead["n"]);
        screen.line(match screen.language {
            Language::Ja => format!("  {from}〜{to} 日前に気づいた: {n}"),
            Language::En => format!("  {from} to {to} days before: {n}"),
        });
    }
}
