//! `kizashi due`: what customers are about to buy again, learnt of the running workspace.

use std::{path::Path, process::ExitCode};

use clap::Args;
use serde_json::{Value as Json, json};

use crate::{
    api::{Api, in_path},
    interrupt,
    screen::{Failure, Screen},
    show::in_words,
    signs,
};

#[derive(Debug, Args)]
#[command(
    after_help = "A habit is a product that a customer bought on some days and has not given up. The day it is due comes of the customer's own mean gap; the probability is that of a purchase within the days that were asked about, learnt from days of the past and held against what came.\n\nExamples:\n  kizashi due --learn --within 14\n  kizashi due                          what is due this week, the likeliest first\n  kizashi due --when overdue --rep sato --json\n  kizashi due --customer C-0100"
)]
pub(crate) struct Due {
    /// What is due when: week, overdue or all
    #[arg(long, default_value = "week", value_parser = ["week", "overdue", "all"])]
    when: String,
    /// Only this product
    #[arg(long)]
    product: Option<String>,
    /// Only the customers of this rep
    #[arg(long)]
    rep: Option<String>,
    /// Only customers whose name, reading or key has this in it
    #[arg(long, value_name = "TEXT")]
    query: Option<String>,
    /// How many rows, at most 500
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// All that one customer buys again and again, by the customer's key
    #[arg(long, value_name = "KEY", conflicts_with_all = ["product", "rep", "query", "learn"])]
    customer: Option<String>,
    /// Learn anew, and say how well it tells what comes
    #[arg(long)]
    learn: bool,
    /// The event of a purchase; as it was said last when not said
    #[arg(long, requires = "learn")]
    event: Option<String>,
    /// The property that names what was bought; as it was said last when not said
    #[arg(long, requires = "learn")]
    property: Option<String>,
    /// How many days to look ahead
    #[arg(long, requires = "learn", value_name = "DAYS")]
    within: Option<u32>,
    /// Bought on fewer days, a product is no habit
    #[arg(long, requires = "learn", value_name = "DAYS")]
    least_days: Option<u32>,
    /// Last bought longer ago, a product is given up
    #[arg(long, requires = "learn", value_name = "DAYS")]
    silent: Option<u32>,
}

pub(crate) fn due(folder: &Path, given: &Due, screen: &Screen) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let (told, tell): (Json, fn(&Json, &Screen)) = match (&given.customer, given.learn) {
        (Some(customer), _) => {
            (api.get(&format!("/customers/{}/due", in_path(customer)))?, of_customer)
        }
        (None, true) => (learn(&api, given, screen)?, learnt),
        (None, false) => (api.get(&path(given))?, listed),
    };
    match screen.json {
        true => screen.json(&told),
        false => tell(&told, screen),
    }
    Ok(ExitCode::SUCCESS)
}

fn path(given: &Due) -> String {
    let mut path = format!("/due?when={}&limit={}", given.when, given.limit);
    let chosen = [("product", &given.product), ("rep", &given.rep), ("q", &given.query)];
    for (key, value) in chosen {
        if let Some(value) = value {
            path += &format!("&{key}={}", in_path(value));
        }
    }
    path
}

fn learn(api: &Api, given: &Due, screen: &Screen) -> Result<Json, Failure> {
    const PATH: &str = "/replenishment";
    let stop = interrupt::flag()?;
    let body = json!({
        "event": given.event, "property": given.property, "within_days": given.within,
        "least_days": given.least_days, "silent_days": given.silent,
    });
    api.post(PATH, &body)?;
    let mut told = signs::until_done(api, PATH, &stop, screen)?;
    Ok(told["result"].take())
}

fn learnt(told: &Json, screen: &Screen) {
    screen.line(in_words(&told["sentence"]));
}

fn each(told: &Json) -> impl Iterator<Item = &Json> {
    told["rows"].as_array().into_iter().flatten()
}

fn habit(row: &Json, screen: &Screen) -> String {
    let percent = (100.0 * row["again"].as_f64().unwrap_or(0.0)).round();
    let (product, due, times) = (in_words(&row["product"]), in_words(&row["due"]), &row["times"]);
    let last = in_words(&row["last"]);
    match screen.language {
        condition::Language::Ja => {
            format!("{percent:>3}%  目安 {due}  {product}（{times} 日購入、最後は {last}）")
        }
        condition::Language::En => {
            format!("{percent:>3}%  due {due}  {product} (bought on {times} days, last {last})")
        }
    }
}

fn without_model(told: &Json, screen: &Screen) -> bool {
    if told["learnt_at"].is_null() {
        screen.line(screen.say(
            "まだ学習していません。`kizashi due --learn` を実行してください",
            "nothing is learnt yet; run `kizashi due --learn`",
        ));
    } else if told["learnt"] == false {
        screen.line(screen.say(
            "購入の記録が少なく、まだ見込みを出せません",
            "there are too few purchases to foretell the next ones",
        ));
    }
    told["learnt"] == false
}

fn of_customer(told: &Json, screen: &Screen) {
    if without_model(told, screen) {
        return;
    }
    each(told).for_each(|row| screen.line(habit(row, screen)));
    screen.note(in_words(&told["sentence"]));
}

fn listed(told: &Json, screen: &Screen) {
    if without_model(told, screen) {
        return;
    }
    for row in each(told) {
        let customer = &row["customer"];
        let (key, name) = (in_words(&customer["key"]), in_words(&customer["name"]));
        screen.line(format!("{}  {key}  {name}", habit(row, screen)));
    }
    let (count, week, late) = (&told["count"], &told["week"], &told["overdue"]);
    screen.note(match screen.language {
        condition::Language::Ja => {
            format!("{count} 件（今週が目安 {week} 件、過ぎているもの {late} 件）")
        }
        condition::Language::En => format!("{count} rows; {week} due this week, {late} overdue"),
    });
}
