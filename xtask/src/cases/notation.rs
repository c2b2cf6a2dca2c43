//! Translates the neutral notation of conditions into drafts: logic, windows and comparisons. The leaves are next door.

use condition::{CalendarWindow, SegmentId};
use serde_json::{Map, Value as Json, json};

use super::{
    fields::{Fields, list, text},
    leaves, standing,
};

/// The keys of which a condition has exactly one. `event` comes last: measures have it too.
const HEADS: [&str; 33] = [
    "and",
    "all",
    "or",
    "any",
    "none_of",
    "not",
    "some",
    "contacts",
    "company",
    "points",
    "segment",
    "attr",
    "has_been",
    "status",
    "tag",
    "list",
    "last_event",
    "first_time",
    "first_event",
    "never",
    "sequence",
    "trend",
    "ratio",
    "rhythm",
    "regularly",
    "mentions",
    "score",
    "rank",
    "random",
    "known_for",
    "has_not",
    "did",
    "event",
];

/// A condition as a draft. `names` are the definitions it may refer to.
pub(super) fn condition(json: &Json, names: &[&str], place: &str) -> Result<Json, String> {
    let mut fields = Fields::of(json, place)?;
    let Some(head) = HEADS.into_iter().find(|head| fields.has(head)) else {
        return Err(format!("{place}: not understood: `{json}`"));
    };
    let draft = match head {
        "and" => json!({ "all": parts(&mut fields, "and", names)? }),
        "all" => json!({ "all": parts(&mut fields, "all", names)? }),
        "or" => json!({ "any": parts(&mut fields, "or", names)? }),
        "any" => json!({ "any": parts(&mut fields, "any", names)? }),
        "none_of" => json!({ "not": { "any": parts(&mut fields, "none_of", names)? } }),
        "contacts" | "company" | "points" => standing::branch(head, &mut fields, names)?,
        "not" => {
            let inner = fields.need("not")?;
            json!({ "not": condition(inner, names, &format!("{place}/not"))? })
        }
        "some" => {
            let mut some = json!({ "some": fields.text("some")? });
            if let Some(of) = fields.take("of") {
                some["of"] = of.clone();
            }
            let inner = fields.take_any(&["satisfies", "that"]);
            let inner = inner.ok_or(format!("{place}: `satisfies` is missing"))?;
            some["satisfies"] = condition(inner, names, &format!("{place}/satisfies"))?;
            some
        }
        "segment" => {
            let name = fields.text("segment")?;
            let known = names.iter().position(|known| *known == name).and_then(id);
            let known = known.ok_or(format!("{place}: no definition is called `{name}`"))?;
            let reference = json!({ "segment": known.as_str() });
            match fields.take("is").map(|word| text(word, place)).transpose()? {
                None | Some("in") => standing::stay(reference, &mut fields)?,
                Some("not_in") => json!({ "not": reference }),
                Some(other) => return Err(format!("{place}: not understood: `{other}`")),
            }
        }
        "rank" => standing::rank(&mut fields, names)?,
        _ => leaves::leaf(head, &mut fields)?,
    };
    fields.no_more()?;
    Ok(draft)
}

/// The segment that stands for the `n`th definition: its own name may be none that a segment can have.
pub(super) fn id(n: usize) -> Option<SegmentId> {
    SegmentId::new(&format!("definition-{n}"))
}

fn parts(fields: &mut Fields<'_>, key: &'static str, names: &[&str]) -> Result<Vec<Json>, String> {
    let place = format!("{}/{key}", fields.place());
    let parts = list(fields.need(key)?, &place)?.iter().enumerate();
    parts.map(|(n, part)| condition(part, names, &format!("{place}/{n}"))).collect()
}

/// The window of a leaf: under `window`, or written beside the leaf's own keys. None is the whole history.
pub(super) fn window_of(fields: &mut Fields<'_>) -> Result<Map<String, Json>, String> {
    match fields.take("window") {
        None => window_keys(fields),
        Some(Json::String(word)) => named(word, fields.place()),
        Some(json) => {
            let mut inner = Fields::of(json, &format!("{}/window", fields.place()))?;
            let window = window_keys(&mut inner)?;
            inner.no_more()?;
            if window.is_empty() {
                return Err(format!("{}: an empty window", fields.place()));
            }
            Ok(window)
        }
    }
}

/// A window that stands alone.
pub(super) fn window(json: &Json, place: &str) -> Result<Json, String> {
    let wrapped = json!({ "window": json });
    window_of(&mut Fields::of(&wrapped, place)?).map(Json::Object)
}

fn window_keys(fields: &mut Fields<'_>) -> Result<Map<String, Json>, String> {
    let mut found = Map::new();
    if let Some(length) = fields.take_any(&["last", "in_last"]) {
        found.insert("last".into(), length.clone());
    }
    if let Some(ends) = fields.take("ago") {
        found.insert("ago".into(), ends.clone());
    }
    if let Some(length) = fields.take_any(&["older", "older_than"]) {
        found.insert("older_than".into(), length.clone());
    }
    if let Some(n) = fields.take_any(&["days", "calendar_days"]) {
        found.insert("last_days".into(), n.clone());
    }
    if let Some(n) = fields.take_any(&["months", "last_months"]) {
        found.insert("last_months".into(), n.clone());
    }
    if let Some(day) = fields.take("on_day") {
        found.insert("from".into(), day.clone());
        found.insert("to".into(), day.clone());
    }
    if let Some(day) = fields.take_any(&["from_day", "since_day"]) {
        found.insert("from".into(), day.clone());
    }
    if let Some(day) = fields.take_any(&["to_day", "until_day"]) {
        // A window may be open at its beginning here.
        found.entry("from").or_insert(json!("0001-01-01"));
        found.insert("to".into(), day.clone());
    }
    if let Some(word) = fields.take_any(&["calendar", "cal", "period"]) {
        found.extend(named(text(word, fields.place())?, fields.place())?);
    }
    Ok(found)
}

fn named(word: &str, place: &str) -> Result<Map<String, Json>, String> {
    let word = match word {
        "fiscal_year" => "this_fiscal_year",
        "month" => "this_month",
        "week" => "this_week",
        "quarter" => "this_quarter",
        "half" => "this_half",
        "year" => "this_year",
        other => other,
    };
    if CalendarWindow::named(word).is_none() {
        return Err(format!("{place}: not understood: the window `{word}`"));
    }
    Ok(Map::from_iter([("calendar".to_owned(), json!(word))]))
}

/// Comparisons of numbers by the neutral word and by ours.
const NUMBER_WORDS: [(&str, &str); 7] = [
    ("eq", "exactly"),
    ("exactly", "exactly"),
    ("gte", "at_least"),
    ("lte", "at_most"),
    ("gt", "more_than"),
    ("lt", "less_than"),
    ("between", "between"),
];

/// What a number must be.
pub(super) enum Wanted {
    /// The one comparison.
    Is(Json),
    /// Both comparisons.
    Both(Json, Json),
    /// Anything but this number.
    IsNot(Json),
}

/// One comparison of a number: `{"gte": 3}`, two that make a range, or a bare number.
pub(super) fn wanted(json: &Json, place: &str) -> Result<Wanted, String> {
    if json.is_number() {
        return Ok(Wanted::Is(json!({ "exactly": json })));
    }
    let mut fields = Fields::of(json, place)?;
    let wanted = wanted_in(&mut fields)?.ok_or(format!("{place}: not understood: `{json}`"))?;
    fields.no_more()?;
    Ok(wanted)
}

/// One comparison of a number among other keys.
pub(super) fn wanted_in(fields: &mut Fields<'_>) -> Result<Option<Wanted>, String> {
    if let Some(n) = fields.take("ne") {
        return Ok(Some(Wanted::IsNot(n.clone())));
    }
    if fields.has("gte") && fields.has("lte") {
        let ends = [fields.need("gte")?, fields.need("lte")?];
        return Ok(Some(Wanted::Is(json!({ "between": ends }))));
    }
    let mut found = vec![];
    for (word, ours) in NUMBER_WORDS {
        if let Some(n) = fields.take(word) {
            found.push(json!({ ours: n }));
        }
    }
    let mut found = found.into_iter();
    Ok(match (found.next(), found.next(), found.next()) {
        (None, ..) => None,
        (Some(one), None, _) => Some(Wanted::Is(one)),
        (Some(one), Some(other), None) => Some(Wanted::Both(one, other)),
        _ => return Err(format!("{}: more than two comparisons", fields.place())),
    })
}

/// `{"k": property, "is": …, "v": …}` for each filter.
pub(super) fn filters(json: &Json, place: &str) -> Result<Json, String> {
    let one = |(n, filter)| {
        let place = format!("{place}/{n}");
        let mut fields = Fields::of(filter, &place)?;
        let property = fields.text("k")?;
        let mut draft = test(&mut fields)?;
        fields.no_more()?;
        draft.insert("property".into(), json!(property));
        Ok(Json::Object(draft))
    };
    match json {
        Json::Object(_) => one((0, json)).map(|only| json!([only])),
        _ => list(json, place)?.iter().enumerate().map(one).collect(),
    }
}

/// The comparison of a value: `is` and `v`.
pub(super) fn test(fields: &mut Fields<'_>) -> Result<Map<String, Json>, String> {
    let place = fields.place().to_owned();
    let word = fields.text("is")?;
    let right = fields.take("v").map(|right| operand(right, &place)).transpose()?;
    let is_nothing = matches!(&right, Some(Json::Null)) || right == Some(json!(""));
    let pair = match word {
        "exists" | "not_missing" if right != Some(json!(false)) => ("exists", json!(true)),
        "missing" | "exists" | "not_exists" => ("exists", json!(false)),
        "true" | "is_true" => ("is", json!(true)),
        "false" | "is_false" => ("is", json!(false)),
        "before" => ("less_than", right.ok_or(format!("{place}: `v` is missing"))?),
        "after" => ("more_than", right.ok_or(format!("{place}: `v` is missing"))?),
        "older_than" => {
            ("day_in", json!({ "older_than": right.ok_or(format!("{place}: `v` is missing"))? }))
        }
        "date_is" | "on" if right.as_ref().is_some_and(is_day) => {
            let day = right.as_ref().and_then(Json::as_str).unwrap_or_default();
            ("between", json!([format!("{day}T00:00:00"), format!("{day}T23:59:59.999")]))
        }
        // Nothing is equal to a missing value: to be it is to be missing.
        "eq" if is_nothing => ("exists", json!(false)),
        "ne" if is_nothing => ("exists", json!(true)),
        other => {
            let ours = value_word(other).ok_or(format!("{place}: not understood: `{other}`"))?;
            let mut right = right.ok_or(format!("{place}: `v` is missing"))?;
            if ours == "day_in" {
                right = if right.is_string()
                    && CalendarWindow::named(right.as_str().unwrap_or_default()).is_none()
                {
                    json!({ "last": right })
                } else {
                    window(&right, &place)?
                };
            }
            (ours, right)
        }
    };
    Ok(Map::from_iter([(pair.0.to_owned(), pair.1)]))
}

fn value_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "eq" | "equals" => "is",
        "ne" | "not_equals" | "is_not" => "is_not",
        "gt" => "more_than",
        "gte" => "at_least",
        "lt" => "less_than",
        "lte" => "at_most",
        "between" => "between",
        "in" => "in",
        "not_in" => "not_in",
        "contains" => "contains",
        "not_contains" | "contains_none" | "does_not_contain" => "does_not_contain",
        "starts" | "starts_with" => "starts_with",
        "ends" | "ends_with" => "ends_with",
        "date_is" | "on" => "day_is",
        "date_in" | "in_last" => "day_in",
        "in_next" => "day_in_next",
        "month_is" => "month_is",
        "age" => "age",
        "anniversary_in" => "anniversary_in",
        _ => return None,
    })
}

/// Whether this is a day of the calendar and no word for one.
fn is_day(json: &Json) -> bool {
    json.as_str().is_some_and(|text| text.starts_with(|sign: char| sign.is_ascii_digit()))
}

/// A fixed value, or another attribute, perhaps times a factor.
fn operand(json: &Json, place: &str) -> Result<Json, String> {
    let Some(other) = json.get("attr") else { return Ok(json.clone()) };
    let mut fields = Fields::of(json, place)?;
    fields.take("attr");
    let mut draft = json!({ "attribute": other });
    if let Some(times) = fields.take("times") {
        draft["times"] = times.clone();
    }
    fields.no_more()?;
    Ok(draft)
}
