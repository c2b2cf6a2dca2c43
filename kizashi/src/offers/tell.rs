//! Prints offers, how well they fit, and needs, for people.

use serde_json::Value as Json;

use crate::{screen::Screen, show::in_words};

fn each<'j>(told: &'j Json, key: &str) -> impl Iterator<Item = &'j Json> + use<'j> {
    told[key].as_array().into_iter().flatten()
}

fn listed(names: &Json) -> String {
    let names = names.as_array().into_iter().flatten();
    names
        .map(|one| one["name"].as_str().or(one.as_str()).unwrap_or_default())
        .collect::<Vec<_>>()
        .join(", ")
}

/// `62〜85`, or one number where all is known.
fn level(of: &Json) -> String {
    let (level, most) = (&of["level"], &of["at_most"]);
    if level == most { level.to_string() } else { format!("{level}–{most}") }
}

fn mark(state: &Json, screen: &Screen) -> &'static str {
    match state.as_str() {
        Some("met" | "settled") => "+",
        Some("unknown") => "?",
        _ if screen.json => "",
        _ => "-",
    }
}

pub(crate) fn offers(told: &Json, screen: &Screen) {
    for offer in each(told, "offers") {
        let state = match offer["state"].as_str() {
            Some("off") => screen.say("（使っていません）", "(switched off)"),
            Some("faulty") => screen.say("（定義に誤りがあります）", "(has faults)"),
            _ => "",
        };
        screen.line(format!("{}  {} {state}", in_words(&offer["id"]), in_words(&offer["name"])));
        for one in each(offer, "criteria") {
            let (points, name) = (&one["points"], in_words(&one["name"]));
            screen.line(format!("  {points:>3}  {name}: {}", in_words(&one["sentence"])));
        }
        for fault in each(offer, "faults") {
            screen.line(format!("  {} {}", in_words(&fault["path"]), in_words(&fault["message"])));
        }
    }
}

pub(crate) fn needs(told: &Json, screen: &Screen) {
    for need in each(told, "needs") {
        screen.line(format!("{}  {}", in_words(&need["id"]), in_words(&need["name"])));
        for (ja, en, key) in [("顕在", "stated", "stated_when"), ("潜在", "latent", "latent_when")]
        {
            if let Some(sentence) = need[key].as_str() {
                screen.line(format!("  {}: {sentence}", screen.say(ja, en)));
            }
        }
        let met = listed(&need["met_by"]);
        if !met.is_empty() {
            screen.line(format!("  {}: {met}", screen.say("応える提案", "met by")));
        }
    }
}

pub(crate) fn customers(told: &Json, screen: &Screen) {
    for row in each(told, "rows") {
        let mut line =
            format!("{:>7}  {}  {}", level(row), in_words(&row["key"]), in_words(&row["name"]));
        if let Some(name) = row["better"]["name"].as_str() {
            let with = screen.say("変更案", "better");
            line += &format!("  {with}: {name} ({})", level(&row["better"]));
        }
        if let Some(fact) = row["ask_first"]["fact"].as_str() {
            let ask = screen.say("まず確かめる", "ask first");
            line += &format!("  {ask}: {fact} ({})", row["ask_first"]["points"]);
        }
        screen.line(line);
    }
    screen.note(match screen.language {
        condition::Language::Ja => format!(
            "{} 件中 {} 件に提案できます（導入済み {} 件）",
            told["known"], told["open"], told["owners"]
        ),
        condition::Language::En => format!(
            "can be proposed to {} of {} ({} have it)",
            told["open"], told["known"], told["owners"]
        ),
    });
}

pub(crate) fn matched(told: &Json, screen: &Screen) {
    screen.line(format!(
        "{}  {}  {}",
        in_words(&told["customer"]["name"]),
        in_words(&told["offer"]["name"]),
        level(told)
    ));
    if told["owned"] == true {
        screen.line(screen.say("  すでに導入済みです", "  they have it already"));
    }
    if told["can_be_offered"] == false {
        screen.line(screen.say("  この顧客は対象外です", "  it is not for this customer"));
    }
    for one in each(told, "criteria") {
        let found =
            one["why"]["found"].as_str().map_or_else(String::new, |found| format!(" ({found})"));
        let (mark, points) = (mark(&one["state"], screen), &one["points"]);
        screen.line(format!("  {mark} {points:>3}  {}{found}", in_words(&one["name"])));
        let arrange = in_words(&one["arrange"]);
        if one["state"] == "unmet" && !arrange.is_empty() {
            screen.line(format!("         → {arrange}"));
        }
    }
    for one in each(told, "ask") {
        let ask = screen.say("確かめる", "ask");
        screen.line(format!("  {ask}: {} ({})", in_words(&one["fact"]), one["points"]));
    }
    for one in each(told, "variants") {
        let (name, change) = (in_words(&one["name"]), in_words(&one["change"]));
        screen.line(format!("  {}  {name}: {change}", level(one)));
    }
}

pub(crate) fn of_customer(told: &Json, screen: &Screen) {
    for one in each(told, "offers") {
        screen.line(format!("{:>7}  {}", level(one), in_words(&one["offer"]["name"])));
        let (met, unmet) = (listed(&one["met"]), listed(&one["unmet"]));
        screen.line(format!("         + {met}"));
        if !unmet.is_empty() {
            screen.line(format!("         - {unmet}"));
        }
        if let Some(fact) = one["ask_first"]["fact"].as_str() {
            screen.line(format!("         ? {fact}"));
        }
    }
    let owned = listed(&told["owned"]);
    if !owned.is_empty() {
        screen.line(format!("{}: {owned}", screen.say("導入済み", "they have")));
    }
    needs_held(told, screen);
}

pub(crate) fn needs_held(told: &Json, screen: &Screen) {
    for need in each(told, "needs") {
        let kind = match need["kind"].as_str() {
            Some("stated") => screen.say("顕在", "stated"),
            Some("latent") => screen.say("潜在", "latent"),
            Some("absent") => screen.say("なし", "absent"),
            _ => screen.say("未確認", "unknown"),
        };
        let told = need["shown_by"].as_str().or(need["note"].as_str());
        let told = told.map_or_else(String::new, |text| format!(": {text}"));
        screen.line(format!("{kind}  {}{told}", in_words(&need["name"])));
    }
}

pub(crate) fn next(told: &Json, screen: &Screen) {
    if told["learnt_at"].is_null() {
        screen.line(screen.say(
            "まだ学んでいません。`kizashi offer learn` を実行してください",
            "nothing is learnt yet; run `kizashi offer learn`",
        ));
    }
    for row in each(told, "rows") {
        screen.line(format!("{}: {}", in_words(&row["item"]), in_words(&row["sentence"])));
    }
    if let Some(trial) = told["trial"].as_str() {
        screen.note(trial);
    }
}

pub(crate) fn together(told: &Json, screen: &Screen) {
    if told.is_null() {
        screen.line(screen.say("まだ学んでいません", "nothing is learnt yet"));
        return;
    }
    for pair in each(told, "pairs") {
        let number = |key: &str| pair[key].as_f64().unwrap_or(0.0);
        let (share, low) = (100.0 * number("share"), number("lift_low"));
        let (from, to) = (in_words(&pair["from"]), in_words(&pair["to"]));
        let at_least = screen.say("少なくともほかの", "at least");
        let times = screen.say("倍", "times the others");
        screen.line(format!(
            "{from} → {to}: {share:.0} % ({}/{}), {at_least} {low:.1} {times}",
            pair["both"], pair["of"]
        ));
    }
    let tried = &told["tried"];
    screen.note(match screen.language {
        condition::Language::Ja => format!("{tried} 組を調べました"),
        condition::Language::En => format!("{tried} pairs tried"),
    });
    screen.note(in_words(&told["trial"]["sentence"]));
}

pub(crate) fn proposals(told: &Json, screen: &Screen) {
    for one in each(told, "proposals") {
        let result = match one["result"].as_str() {
            Some("won") => screen.say("受注", "won"),
            Some("lost") => screen.say("見送り", "lost"),
            _ => screen.say("返事待ち", "open"),
        };
        let (at, name, id) = (in_words(&one["at"]), in_words(&one["name"]), in_words(&one["id"]));
        screen.line(format!("{at}  {:>7}  {result}  {name}  {id}", level(one)));
    }
}

pub(crate) fn review(told: &Json, screen: &Screen) {
    let share = |of: &Json| match of["share"].as_f64() {
        Some(share) => format!("{:.0} % ({}/{})", 100.0 * share, of["won"], of["of"]),
        None => "–".to_owned(),
    };
    for (place, band) in each(told, "bands").enumerate() {
        let most = if place == 4 { 100 } else { place * 20 + 19 };
        screen.line(format!("{:>3}–{most:<3}  {}", place * 20, share(band)));
    }
    for one in each(told, "criteria") {
        let (met, unmet) = (share(&one["met"]), share(&one["unmet"]));
        let says = match one["told"].as_str() {
            Some("right") => screen.say("当たっている", "right"),
            Some("wrong") => screen.say("外れている", "wrong"),
            Some("unclear") => screen.say("差なし", "no difference"),
            _ => screen.say("件数不足", "too few"),
        };
        screen.line(format!("{}: + {met}, - {unmet}  {says}", in_words(&one["name"])));
    }
}
