//! Customers from the terminal: listing them, changing many at once, and taking that back.

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use clap::Args;
use condition::Language;
use serde_json::{Map, Value as Json, json};

use crate::{
    api::{Api, in_path, new_id},
    screen::{Failure, Screen},
};

/// List customers, change many of them at once, or take such a change back
#[derive(Debug, Args)]
#[command(
    after_help = "Customers are chosen by their keys, or by --q, --kind, --segment and --rep together; --all is everybody.\nA change says how many it is about first, and is done with --yes. All of it is undone with --undo, for 30 days.\n\nExamples:\n  kizashi customers --segment dormant\n  kizashi customers --segment dormant --assign 佐藤 --yes\n  kizashi customers C0042 C0077 --tag 重点 --yes\n  kizashi customers --rep 佐藤 --list expo-2026 --yes\n  kizashi customers --all --set industry=製造業 --yes\n  kizashi customers --segment dormant --csv dormant.csv\n  kizashi customers --edits\n  kizashi customers --undo cli-1796100000000000000-4711"
)]
pub(crate) struct Customers {
    /// The customers' keys
    #[arg(value_name = "KEY", conflicts_with_all = ["q", "kind", "segment", "rep", "all"])]
    keys: Vec<String>,
    /// Those whose name, reading or key has this in it
    #[arg(long, value_name = "TEXT")]
    q: Option<String>,
    /// Companies or persons
    #[arg(long, value_parser = ["company", "person"])]
    kind: Option<String>,
    /// The members of a segment
    #[arg(long, value_name = "SEGMENT")]
    segment: Option<String>,
    /// The customers of a rep
    #[arg(long, value_name = "NAME")]
    rep: Option<String>,
    /// Everybody
    #[arg(long)]
    all: bool,
    /// How many to list
    #[arg(long, default_value_t = 100)]
    limit: usize,
    #[command(flatten)]
    change: Change,
    /// Do it; without this, only what would be changed is said
    #[arg(long)]
    yes: bool,
    /// Write the chosen customers into a CSV file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["yes"])]
    csv: Option<PathBuf>,
    /// List the changes that were made to many customers
    #[arg(long, conflicts_with_all = ["keys", "csv", "yes"])]
    edits: bool,
    /// Take such a change back
    #[arg(long, value_name = "ID", conflicts_with_all = ["keys", "csv", "yes", "edits"])]
    undo: Option<String>,
}

/// What is to be changed: one thing at a time.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct Change {
    /// Give them to this rep
    #[arg(long, value_name = "NAME")]
    assign: Option<String>,
    /// Put a tag on them
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// Take a tag off them
    #[arg(long, value_name = "TAG")]
    untag: Option<String>,
    /// Put them on a list
    #[arg(long, value_name = "LIST")]
    list: Option<String>,
    /// Take them off a list
    #[arg(long, value_name = "LIST")]
    unlist: Option<String>,
    /// Set an attribute; numbers and days are read as its other values are
    #[arg(long, value_name = "ATTRIBUTE=VALUE")]
    set: Option<String>,
    /// Take an attribute's value away
    #[arg(long, value_name = "ATTRIBUTE")]
    clear: Option<String>,
}

impl Change {
    /// The attribute and its new value.
    fn attribute(&self) -> Result<Option<(String, Json)>, Failure> {
        let marked = [
            (&self.tag, "tag:", Json::Bool(true)),
            (&self.untag, "tag:", Json::Null),
            (&self.list, "list:", Json::Bool(true)),
            (&self.unlist, "list:", Json::Null),
            (&self.clear, "", Json::Null),
        ];
        let marked = marked.into_iter().find_map(|(name, beginning, value)| {
            Some((format!("{beginning}{}", name.as_ref()?), value))
        });
        if marked.is_some() {
            return Ok(marked);
        }
        if let Some(rep) = &self.assign {
            return Ok(Some(("rep".to_owned(), json!(rep))));
        }
        let Some(set) = &self.set else { return Ok(None) };
        let parted = set.split_once('=').ok_or_else(|| {
            Failure::new(
                format!("`{set}` は `項目=値` の形で書いてください"),
                format!("write `{set}` as ATTRIBUTE=VALUE"),
            )
        })?;
        Ok(Some((parted.0.to_owned(), json!(parted.1))))
    }
}

pub(crate) fn customers(
    folder: &Path,
    given: &Customers,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let change = given.change.attribute()?;
    let api = Api::reach(folder, screen)?;
    if given.edits {
        return edits(&api, screen);
    }
    if let Some(id) = &given.undo {
        return undo(&api, id, screen);
    }
    match (change, &given.csv) {
        (Some(change), _) => edit(&api, given, change, screen),
        (None, Some(file)) => csv(&api, given, file, screen),
        (None, None) => list(&api, given, screen),
    }
}

impl Customers {
    /// What narrows them, as the API names it.
    fn filter(&self) -> Map<String, Json> {
        let parts =
            [("q", &self.q), ("kind", &self.kind), ("segment", &self.segment), ("rep", &self.rep)];
        parts
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), json!(value.as_ref()?))))
            .collect()
    }

    /// Whom a change or a file is about. Nobody is meant by leaving everything out.
    fn who(&self) -> Result<Json, Failure> {
        let filter = self.filter();
        match (self.keys.is_empty(), filter.is_empty() && !self.all) {
            (false, _) => Ok(json!({ "keys": self.keys })),
            (true, false) => Ok(json!({ "filter": filter })),
            (true, true) => Err(Failure::new(
                "顧客を番号か条件で選んでください。全員なら `--all` を付けてください",
                "choose customers by keys or by a filter; `--all` is everybody",
            )),
        }
    }

    fn address(&self, limit: usize) -> String {
        let filter = self.filter();
        let parts = filter.iter().filter_map(|(name, value)| Some((name, value.as_str()?)));
        let asked: String =
            parts.map(|(name, value)| format!("&{name}={}", in_path(value))).collect();
        format!("/customers?limit={limit}{asked}")
    }
}

fn list(api: &Api, given: &Customers, screen: &Screen) -> Result<ExitCode, Failure> {
    let (mut rows, mut total) = (vec![], json!(given.keys.len()));
    if given.keys.is_empty() {
        let mut after = String::new();
        while rows.len() < given.limit {
            let wanted = (given.limit - rows.len()).min(500);
            let page = api.get(&format!("{}{after}", given.address(wanted)))?;
            rows.extend(page["rows"].as_array().into_iter().flatten().cloned());
            total = page["total"].clone();
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
    }
    for key in &given.keys {
        rows.push(api.get(&format!("/customers/{}", in_path(key)))?);
    }
    if screen.json {
        screen.json(&json!({ "total": total, "rows": rows }));
        return Ok(ExitCode::SUCCESS);
    }
    for row in &rows {
        let text = |name: &str| row[name].as_str().unwrap_or("-").to_owned();
        screen.line(format!(
            "{}\t{}\t{}\t{}",
            text("key"),
            text("name"),
            text("rep"),
            text("kind")
        ));
    }
    screen.note(match screen.language {
        Language::Ja => format!("{total} 件のうち {} 件", rows.len()),
        Language::En => format!("{} of {total} customers", rows.len()),
    });
    Ok(ExitCode::SUCCESS)
}

/// How many a change is about, as the server counts them now.
fn count(api: &Api, given: &Customers) -> Result<u64, Failure> {
    if !given.keys.is_empty() {
        return Ok(given.keys.len() as u64);
    }
    Ok(api.get(&given.address(1))?["total"].as_u64().unwrap_or(0))
}

fn edit(
    api: &Api,
    given: &Customers,
    (attribute, value): (String, Json),
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let mut who = given.who()?;
    if !given.yes {
        let n = count(api, given)?;
        screen.line(match screen.language {
            Language::Ja => format!("{n} 件の顧客が対象です"),
            Language::En => format!("{n} customers would be changed"),
        });
        return Err(Failure::new(
            "変更するには `--yes` を付けてください",
            "say `--yes` to change them",
        ));
    }
    if given.keys.is_empty() {
        who["expected"] = count(api, given)?.into();
    }
    let id = new_id();
    let body = json!({ "id": id, "who": who, "attribute": attribute, "value": value });
    api.post("/customer-edits", &body)?;
    let edit = wait(api, &id, screen)?;
    tell(&edit, screen)
}

fn undo(api: &Api, id: &str, screen: &Screen) -> Result<ExitCode, Failure> {
    api.post(&format!("/customer-edits/{}/undo", in_path(id)), &json!({}))?;
    let edit = wait(api, id, screen)?;
    tell(&edit, screen)
}

fn wait(api: &Api, id: &str, screen: &Screen) -> Result<Json, Failure> {
    let bar = screen.bar(screen.say("顧客の変更", "changing"));
    loop {
        let edit = api.get(&format!("/customer-edits/{}", in_path(id)))?;
        if !matches!(edit["state"].as_str(), Some("running" | "undoing")) {
            bar.finish_and_clear();
            return Ok(edit);
        }
        bar.set_length(edit["progress"]["total"].as_u64().unwrap_or(0));
        bar.set_position(edit["progress"]["done"].as_u64().unwrap_or(0));
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn tell(edit: &Json, screen: &Screen) -> Result<ExitCode, Failure> {
    if let Some(error) = edit["error"].as_str() {
        return Err(Failure::of(error));
    }
    if screen.json {
        screen.json(edit);
        return Ok(ExitCode::SUCCESS);
    }
    let (changed, customers) = (&edit["changed"], &edit["customers"]);
    let (id, said) = (text(edit, "id"), text(edit, "said"));
    screen.line(match (screen.language, edit["state"].as_str()) {
        (Language::Ja, Some("undone")) => format!("取り消しました: {said}（{changed} 件）"),
        (Language::En, Some("undone")) => format!("undone: {said} ({changed} customers)"),
        (Language::Ja, Some("done")) => {
            format!("{said}: {customers} 件のうち {changed} 件を変更しました")
        }
        (Language::En, Some("done")) => {
            format!("{said}: {changed} of {customers} customers changed")
        }
        (Language::Ja, _) => format!("中止されました。何も変わっていません: {said}"),
        (Language::En, _) => format!("stopped; nothing was changed: {said}"),
    });
    if edit["undo_until"].is_string() {
        let undo = screen.say("元に戻すには", "to undo");
        screen.note(format!("{undo}: kizashi customers --undo {id}"));
    }
    Ok(ExitCode::SUCCESS)
}

fn edits(api: &Api, screen: &Screen) -> Result<ExitCode, Failure> {
    let list = api.get("/customer-edits")?;
    if screen.json {
        screen.json(&list);
        return Ok(ExitCode::SUCCESS);
    }
    for edit in list["edits"].as_array().into_iter().flatten() {
        let (id, at, by) = (text(edit, "id"), text(edit, "at"), text(edit, "by"));
        let (state, said) = (text(edit, "state"), text(edit, "said"));
        let changed = edit["changed"].as_u64().map_or_else(|| "-".to_owned(), |n| n.to_string());
        screen.line(format!("{id}\t{at}\t{by}\t{state}\t{changed}\t{said}"));
    }
    Ok(ExitCode::SUCCESS)
}

fn text(json: &Json, name: &str) -> String {
    json[name].as_str().unwrap_or("-").to_owned()
}

fn csv(api: &Api, given: &Customers, file: &Path, screen: &Screen) -> Result<ExitCode, Failure> {
    let answer = api.post("/customer-export", &given.who()?)?;
    let text = answer.as_str().unwrap_or_default();
    let written = File::create(file).and_then(|mut out| out.write_all(text.as_bytes()));
    written.map_err(|fault| Failure::file(file, fault))?;
    let n = text.lines().count().saturating_sub(1);
    if screen.json {
        screen.json(&json!({ "file": file, "customers": n }));
        return Ok(ExitCode::SUCCESS);
    }
    screen.note(match screen.language {
        Language::Ja => format!("{n} 件を書き出しました: {}", file.display()),
        Language::En => format!("{n} customers written to {}", file.display()),
    });
    Ok(ExitCode::SUCCESS)
}
