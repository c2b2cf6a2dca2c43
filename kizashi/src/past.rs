//! Prints the past: versions of segments, backtests, what segments share and who went from one to another.

use std::{fs::File, path::Path, process::ExitCode};

use condition::Language;
use intake::CsvWriter;
use serde_json::{Value as Json, json};

use crate::{
    api::{Api, in_path},
    args, evaluate,
    screen::{Failure, Screen},
    segment_files,
    show::{in_words, moved},
};

pub(crate) fn versions(
    folder: &Path,
    given: &args::Versions,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let id = in_path(&given.segment);
    if let [a, b] = given.compare.as_slice() {
        let told = api.get(&format!("/segments/{id}/compare?a={a}&b={b}"))?;
        if screen.json {
            screen.json(&told);
            return Ok(ExitCode::SUCCESS);
        }
        let count = |side: &str| told[side]["count"].clone();
        screen.line(format!("{} → {}", count("a"), count("b")));
        moved("+", &told["enters"], screen);
        moved("-", &told["leaves"], screen);
        return Ok(ExitCode::SUCCESS);
    }
    let told = api.get(&format!("/segments/{id}/versions"))?;
    if screen.json {
        screen.json(&told);
        return Ok(ExitCode::SUCCESS);
    }
    for row in told["versions"].as_array().into_iter().flatten() {
        let mark = if row["in_force"] == true { "*" } else { " " };
        let (at, by) = (in_words(&row["at"]), in_words(&row["by"]));
        screen.line(format!("{mark}{:>4}  {at}  {by}", row["version"].to_string()));
        screen.line(format!("       {}", in_words(&row["sentence"])));
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn backtest(
    folder: &Path,
    given: &args::Backtest,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let condition = given.condition.as_deref().map(segment_files::condition).transpose()?;
    let body = json!({
        "condition": condition, "segment": given.segment, "version": given.of_version,
        "from": given.from, "to": given.to,
    });
    let api = Api::reach(folder, screen)?;
    let told = api.post("/backtest", &body)?;
    if let Some(out) = &given.out {
        let n = write_stays(&api, &body, out)?;
        screen.note(match screen.language {
            Language::Ja => format!("{}: {n} 行を書きました", out.display()),
            Language::En => format!("{}: {n} rows written", out.display()),
        });
    }
    if screen.json {
        screen.json(&told);
        return Ok(ExitCode::SUCCESS);
    }
    screen.line(in_words(&told["sentence"]));
    for day in told["days"].as_array().into_iter().flatten() {
        let number = |key: &str| day[key].as_u64().unwrap_or(0);
        screen.line(format!(
            "{}  {:>10}  {:>+8}  {:>8}",
            in_words(&day["day"]),
            number("members"),
            number("entered"),
            format!("-{}", number("left")),
        ));
    }
    let (before, entered, left) = (&told["before"], &told["entered_total"], &told["left_total"]);
    let as_of = in_words(&told["as_of"]);
    screen.note(match screen.language {
        Language::Ja => {
            format!("期間の前 {before} 件、入った {entered} 回、出た {left} 回（{as_of} に知られている事実による）")
        }
        Language::En => {
            format!("{before} before, {entered} times entered, {left} times left, by what is known at {as_of}")
        }
    });
    Ok(ExitCode::SUCCESS)
}

/// Writes who was in from when to when, a stay a row; answers how many rows.
fn write_stays(api: &Api, body: &Json, out: &Path) -> Result<u64, Failure> {
    let file = File::create(out).map_err(|fault| Failure::file(out, fault))?;
    let buffer = std::io::BufWriter::new(file);
    let mut csv = CsvWriter::new(buffer).map_err(|fault| Failure::file(out, fault))?;
    csv.row(["customer", "name", "entered", "left"]).map_err(|fault| Failure::file(out, fault))?;
    let (mut after, mut n) = (String::new(), 0);
    loop {
        let page = api.post(&format!("/backtest/stays?limit=500{after}"), body)?;
        for row in page["rows"].as_array().into_iter().flatten() {
            let customer = &row["customer"];
            let (key, name) = (in_words(&customer["key"]), in_words(&customer["name"]));
            for stay in row["stays"].as_array().into_iter().flatten() {
                let (entered, left) = (in_words(&stay["entered"]), in_words(&stay["left"]));
                let cells = [&key as &str, &name, &entered, &left];
                csv.row(cells).map_err(|fault| Failure::file(out, fault))?;
                n += 1;
            }
        }
        match page["next"].as_str() {
            Some(next) => after = format!("&after={}", in_path(next)),
            None => break,
        }
    }
    csv.finish().map_err(|fault| Failure::file(out, fault))?;
    Ok(n)
}

pub(crate) fn overlap(
    folder: &Path,
    given: &args::Overlap,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    if given.exactly {
        return combinations(&api, &given.segments, screen);
    }
    let told = api.get("/relations")?;
    if screen.json {
        screen.json(&told);
        return Ok(ExitCode::SUCCESS);
    }
    let ids: Vec<String> =
        told["segments"].as_array().into_iter().flatten().map(|one| in_words(&one["id"])).collect();
    if let Some(unknown) = given.segments.iter().find(|id| !ids.contains(id)) {
        return Err(Failure::new(
            format!("セグメント `{unknown}` はありません。`kizashi segments` で一覧できます"),
            format!("there is no segment `{unknown}`; `kizashi segments` lists them"),
        ));
    }
    let wanted = |id: &str| given.segments.is_empty() || given.segments.iter().any(|one| one == id);
    for pair in told["pairs"].as_array().into_iter().flatten() {
        let (a, b) = (in_words(&pair["a"]), in_words(&pair["b"]));
        if !wanted(&a) && !wanted(&b) {
            continue;
        }
        let relation = match pair["kind"].as_str() {
            Some("same") => screen.say("同じ", "is the same as"),
            Some("inside") => screen.say("⊂ 含まれる", "lies inside"),
            _ => screen.say("重なる", "overlaps"),
        };
        let (both, percent) = (pair["both"].to_string(), pair["alike_percent"].to_string());
        screen.line(format!("{both:>10}  {percent:>3} %  {a}  {relation}  {b}"));
    }
    screen.note(format!("{} {}", screen.say("時点", "as of"), in_words(&told["as_of"])));
    Ok(ExitCode::SUCCESS)
}

/// How many are in which of some segments, and in no other of them.
fn combinations(api: &Api, segments: &[String], screen: &Screen) -> Result<ExitCode, Failure> {
    let ids: Vec<String> = segments.iter().map(|id| in_path(id)).collect();
    let told = api.get(&format!("/combinations?ids={}", ids.join(",")))?;
    if screen.json {
        screen.json(&told);
        return Ok(ExitCode::SUCCESS);
    }
    for row in told["combinations"].as_array().into_iter().flatten() {
        let within = row["segments"].as_array().into_iter().flatten().map(in_words);
        let within = within.collect::<Vec<String>>().join(" + ");
        screen.line(format!("{:>10}  {within}", row["count"].to_string()));
    }
    screen.note(format!("{} {}", screen.say("時点", "as of"), in_words(&told["as_of"])));
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn flows(
    folder: &Path,
    given: &args::Flows,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    // Read here, so that a fault is told before a server is reached.
    let from = evaluate::instant(Some(&given.from))?;
    let to = given.to.as_deref().map(|to| evaluate::instant(Some(to))).transpose()?;
    let api = Api::reach(folder, screen)?;
    let to = match to {
        Some(to) => to.to_string(),
        None => in_words(&api.get("/health")?["as_of"]),
    };
    let ids: Vec<String> = given.segments.iter().map(|id| in_path(id)).collect();
    let told = api.get(&format!("/flows?from={from}&to={to}&ids={}", ids.join(",")))?;
    if screen.json {
        screen.json(&told);
        return Ok(ExitCode::SUCCESS);
    }
    let none = screen.say("（どれでもない）", "(none)");
    let id = |value: &Json| value.as_str().unwrap_or(none).to_owned();
    for cell in told["cells"].as_array().into_iter().flatten() {
        screen.line(format!(
            "{:>10}  {} → {}",
            cell["count"].to_string(),
            id(&cell["a"]),
            id(&cell["b"])
        ));
    }
    Ok(ExitCode::SUCCESS)
}
