//! Daily reports and what they mention: writing one, listing them, counting topics, and the dictionary of topics.

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::{Args, ValueEnum};
use condition::Language;
use serde_json::{Map, Value as Json, json};
use topics::DictionaryDraft;

use crate::{
    api::{Api, in_path, new_id},
    screen::{Failure, Screen},
};

/// Writing a daily report.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi report C-1042 --issue 人手不足 --text 競合からも見積もりを取っているとのこと\n  kizashi report C-1042 --remark 'そろそろ更新を考えないと' --hunch at-risk\n  kizashi report --undo 1234"
)]
pub(crate) struct Report {
    /// The customer's key
    #[arg(required_unless_present = "undo")]
    customer: Option<String>,
    /// The contact who was spoken to, by key
    #[arg(long)]
    contact: Option<String>,
    /// What the customer struggles with
    #[arg(long)]
    issue: Option<String>,
    /// A remark that stuck
    #[arg(long)]
    remark: Option<String>,
    /// The report
    #[arg(long)]
    text: Option<String>,
    /// How soon the customer may buy
    #[arg(long)]
    temperature: Option<Temperature>,
    /// Where you feel that it is going
    #[arg(long)]
    hunch: Option<Hunch>,
    /// Take a report back, by the number that writing it printed
    #[arg(long, value_name = "NUMBER", conflicts_with = "customer")]
    undo: Option<u32>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Temperature {
    Now,
    Comparing,
    Cold,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Hunch {
    Rising,
    Steady,
    AtRisk,
}

/// Listing what was written.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi reports --topic competitor --from 2026-11-01\n  kizashi reports --words '見積 半額'\n  kizashi reports --customer C-1042 --json"
)]
pub(crate) struct Reports {
    /// Only those about this customer
    #[arg(long)]
    customer: Option<String>,
    /// Only those of this writer
    #[arg(long)]
    rep: Option<String>,
    /// Only those in which this topic comes up
    #[arg(long)]
    topic: Option<String>,
    /// Only those in which it is called so
    #[arg(long)]
    term: Option<String>,
    /// Only those in whose texts all of these words stand; width and case do not matter
    #[arg(long)]
    words: Option<String>,
    /// The first day, in
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day, in
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// How many rows
    #[arg(long, default_value_t = 20)]
    limit: usize,
}

/// Counting topics over time.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi mentions --unit month --from 2026-04-01\n  kizashi mentions --topic competitor --by term"
)]
pub(crate) struct Mentions {
    /// Only this topic
    #[arg(long)]
    topic: Option<String>,
    /// Only what this person wrote
    #[arg(long)]
    rep: Option<String>,
    /// What is counted
    #[arg(long, default_value = "topic")]
    by: By,
    /// How long each step is
    #[arg(long, default_value = "week")]
    unit: Unit,
    /// The first day, in
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day, in
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    Topic,
    Term,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Unit {
    Day,
    Week,
    Month,
}

/// The dictionary of topics of a folder.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi dictionary\n  kizashi dictionary --print > mine.yaml     then: kizashi dictionary --save mine.yaml\n  kizashi dictionary --topic competitor --term スマートクラウド"
)]
pub(crate) struct Dictionary {
    /// Print the dictionary in force, for editing (JSON, which is YAML too), and stop
    #[arg(long)]
    print: bool,
    /// Put the dictionary of this file in force; its examples are tried first, and past texts are read again
    #[arg(long, value_name = "FILE", conflicts_with = "term")]
    save: Option<PathBuf>,
    /// Add words by which a topic is found
    #[arg(long, requires = "topic")]
    term: Option<String>,
    /// The topic the words belong to
    #[arg(long, requires = "term")]
    topic: Option<String>,
}

/// The name of a choice in the interface.
fn word(choice: &impl ValueEnum) -> String {
    let value = choice.to_possible_value();
    value.map_or_else(String::new, |value| value.get_name().replace('-', "_"))
}

pub(crate) fn report(
    folder: &std::path::Path,
    given: &Report,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    if let Some(batch) = given.undo {
        let undone = api.post(&format!("/batches/{batch}/undo"), &json!({}))?;
        match screen.json {
            true => screen.json(&undone),
            false => screen.line(screen.say("取り消しました", "undone")),
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut body = Map::new();
    let id = new_id();
    let texts = [
        ("customer", given.customer.clone()),
        ("contact", given.contact.clone()),
        ("issue", given.issue.clone()),
        ("remark", given.remark.clone()),
        ("text", given.text.clone()),
        ("temperature", given.temperature.as_ref().map(word)),
        ("hunch", given.hunch.as_ref().map(word)),
        ("id", Some(id)),
    ];
    body.extend(texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?.into()))));
    let taken = api.post("/reports", &Json::Object(body))?;
    if screen.json {
        screen.json(&taken);
        return Ok(ExitCode::SUCCESS);
    }
    let (batch, mentions) = (&taken["batch"], &taken["mentions"]);
    screen.line(match screen.language {
        Language::Ja => {
            format!("記録しました（話題 {mentions} 件）。取り消し: kizashi report --undo {batch}")
        }
        Language::En => {
            format!("written, {mentions} topics found; undo: kizashi report --undo {batch}")
        }
    });
    Ok(ExitCode::SUCCESS)
}

/// The part of an address after the question mark.
fn query(pairs: &[(&str, Option<String>)]) -> String {
    let said = pairs.iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
    let said: Vec<String> =
        said.map(|(name, value)| format!("{name}={}", in_path(value))).collect();
    said.join("&")
}

pub(crate) fn reports(
    folder: &std::path::Path,
    given: &Reports,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    wait_until_read(&api, screen)?;
    let query = query(&[
        ("customer", given.customer.clone()),
        ("rep", given.rep.clone()),
        ("topic", given.topic.clone()),
        ("term", given.term.clone()),
        ("words", given.words.clone()),
        ("from", given.from.clone()),
        ("to", given.to.clone()),
        ("limit", Some(given.limit.to_string())),
    ]);
    let list = api.get(&format!("/reports?{query}"))?;
    if screen.json {
        screen.json(&list);
        return Ok(ExitCode::SUCCESS);
    }
    for row in list["rows"].as_array().into_iter().flatten() {
        let text = |value: &Json| value.as_str().unwrap_or("-").to_owned();
        screen.line(format!(
            "{}  {}  {}  {}",
            text(&row["at"]),
            text(&row["customer"]["name"]),
            text(&row["label"]),
            text(&row["rep"])
        ));
        for written in row["texts"].as_array().into_iter().flatten() {
            let pieces = written["pieces"].as_array().into_iter().flatten();
            let pieces = pieces.map(|piece| {
                let text = piece["text"].as_str().unwrap_or_default().replace(['\n', '\t'], " ");
                let is_found = piece["hits"].as_array().is_some_and(|hits| !hits.is_empty());
                if is_found { format!("【{text}】") } else { text }
            });
            screen.line(format!("  {}: {}", text(&written["label"]), pieces.collect::<String>()));
            let hits = written["hits"].as_array().into_iter().flatten();
            let hits: Vec<String> = hits.map(|hit| said(hit, screen)).collect();
            if !hits.is_empty() {
                screen.line(format!("    → {}", hits.join(", ")));
            }
        }
    }
    let total = &list["total"];
    screen.note(match screen.language {
        Language::Ja => format!("全部で {total} 件"),
        Language::En => format!("{total} in all"),
    });
    Ok(ExitCode::SUCCESS)
}

fn said(hit: &Json, screen: &Screen) -> String {
    let name = hit["name"].as_str().unwrap_or_default();
    let verdict = match hit["counts"] == true {
        true => "",
        false => screen.say("（数えない）", " (does not count)"),
    };
    format!("{name}{verdict}")
}

pub(crate) fn mentions(
    folder: &std::path::Path,
    given: &Mentions,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    wait_until_read(&api, screen)?;
    let query = query(&[
        ("topic", given.topic.clone()),
        ("rep", given.rep.clone()),
        ("by", Some(word(&given.by))),
        ("unit", Some(word(&given.unit))),
        ("from", given.from.clone()),
        ("to", given.to.clone()),
    ]);
    let table = api.get(&format!("/mentions?{query}"))?;
    if screen.json {
        screen.json(&table);
        return Ok(ExitCode::SUCCESS);
    }
    let cells = |list: &Json| -> String {
        let cell = |cell: &Json| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned);
        list.as_array().into_iter().flatten().map(cell).collect::<Vec<_>>().join("\t")
    };
    screen.line(format!("{}\t{}", screen.say("話題", "topic"), cells(&table["steps"])));
    for row in table["rows"].as_array().into_iter().flatten() {
        screen.line(format!(
            "{}\t{}",
            row["name"].as_str().unwrap_or_default(),
            cells(&row["counts"])
        ));
    }
    screen.line(format!("{}\t{}", screen.say("書かれた数", "texts"), cells(&table["texts"])));
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn dictionary(
    folder: &std::path::Path,
    given: &Dictionary,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let mut shown = api.get("/dictionary")?;
    if given.print {
        screen.json(&shown["draft"]);
        return Ok(ExitCode::SUCCESS);
    }
    let expected = shown["version"].clone();
    if let Some(path) = &given.save {
        let text = std::fs::read_to_string(path).map_err(|why| Failure::file(path, why))?;
        let draft = DictionaryDraft::read(&text).map_err(|why| Failure::new(why.ja, why.en))?;
        let draft = serde_json::to_value(&draft).map_err(Failure::of)?;
        api.put("/dictionary", &json!({ "expected": expected, "draft": draft }))?;
    }
    if let (Some(topic), Some(term)) = (&given.topic, &given.term) {
        let body = json!({ "expected": expected, "topic": topic, "term": term });
        api.post("/dictionary/terms", &body)?;
    }
    wait_until_read(&api, screen)?;
    if given.save.is_some() || given.term.is_some() {
        shown = api.get("/dictionary")?;
    }
    if screen.json {
        screen.json(&shown);
        return Ok(ExitCode::SUCCESS);
    }
    let (version, texts) = (&shown["version"], &shown["texts"]);
    screen.note(match screen.language {
        Language::Ja => format!("第 {version} 版、読んだ文章 {texts} 件"),
        Language::En => format!("version {version}, {texts} texts read"),
    });
    for topic in shown["topics"].as_array().into_iter().flatten() {
        let name = screen.say("ja", "en");
        screen.line(format!(
            "{}\t{}\t{}",
            topic["id"].as_str().unwrap_or_default(),
            topic["name"][name].as_str().unwrap_or_default(),
            topic["texts"]
        ));
        for rule in topic["rules"].as_array().into_iter().flatten() {
            screen.line(format!(
                "  {}\t{}\t{}",
                rule["id"].as_str().unwrap_or_default(),
                rule["counted"],
                precision(rule, screen)
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn precision(rule: &Json, screen: &Screen) -> String {
    let (right, wrong) = (&rule["right"], &rule["wrong"]);
    match screen.language {
        Language::Ja => format!("正しい {right}・誤り {wrong}"),
        Language::En => format!("{right} right, {wrong} wrong"),
    }
}

/// Waits until past texts are read; a server that was started for this command would stop reading them with it.
fn wait_until_read(api: &Api, screen: &Screen) -> Result<(), Failure> {
    let bar = screen.bar(screen.say("話題を読む", "reading for topics"));
    loop {
        let shown = api.get("/reports?limit=1")?;
        let (Some(done), Some(total)) =
            (shown["reading"]["done"].as_u64(), shown["reading"]["total"].as_u64())
        else {
            bar.finish_and_clear();
            return Ok(());
        };
        bar.set_length(total);
        bar.set_position(done);
        std::thread::sleep(Duration::from_millis(50));
    }
}
