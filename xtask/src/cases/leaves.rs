//! Translates the leaves of the neutral notation into drafts.

use serde_json::{Map, Value as Json, json};

use super::{
    fields::{Fields, list, text},
    notation::{Wanted, filters, test, wanted, wanted_in, window, window_of},
    standing,
};

/// Measures by the neutral word and by ours.
const MEASURES: [(&str, &str); 9] = [
    ("sum", "sum"),
    ("avg", "average"),
    ("average", "average"),
    ("min", "least"),
    ("max", "most"),
    ("distinct", "distinct"),
    ("distinct_days", "days"),
    ("active_days", "days"),
    ("days", "days"),
];

pub(super) fn leaf(head: &str, fields: &mut Fields<'_>) -> Result<Json, String> {
    match head {
        "attr" => {
            let mut draft = json!({ "attribute": fields.text("attr")? });
            extend(&mut draft, test(fields)?);
            Ok(draft)
        }
        "has_been" => has_been(fields),
        "last_event" => {
            let mut draft = json!({ "last": fields.text("last_event")? });
            if let Some(has) = fields.take("has") {
                draft["has"] = filters(has, fields.place())?;
            }
            let window = window_of(fields)?;
            if !window.is_empty() {
                draft["window"] = Json::Object(window);
            }
            add_if_none(&mut draft, fields);
            Ok(draft)
        }
        "first_time" => first(fields, "first_time"),
        "first_event" => first(fields, "first_event"),
        "sequence" => sequence(fields),
        "trend" => trend(fields),
        "rhythm" => rhythm(fields),
        "known_for" => Ok(json!({ "known_for": fields.text("known_for")? })),
        "status" | "tag" | "list" | "regularly" | "ratio" | "mentions" | "score" | "random" => {
            standing::leaf(head, fields)
        }
        "never" => never(fields, "never"),
        "has_not" => never(fields, "has_not"),
        "did" => event(fields, "did"),
        _ => event(fields, "event"),
    }
}

fn has_been(fields: &mut Fields<'_>) -> Result<Json, String> {
    let key = fields.text("has_been")?;
    let value = fields.need("v")?;
    let op = fields.take("op").map_or(Ok("gte"), |op| text(op, fields.place()))?;
    let side = match op {
        "gte" | "at_least" => "at_least",
        "lt" | "less_than" => "less_than",
        other => return Err(format!("{}: not understood: the op `{other}`", fields.place())),
    };
    Ok(json!({ "attribute": key, "is": value, "held": { side: fields.text("for")? } }))
}

fn first(fields: &mut Fields<'_>, key: &'static str) -> Result<Json, String> {
    let mut draft = json!({ "first": fields.text(key)? });
    add_filters(&mut draft, fields)?;
    extend(&mut draft, window_of(fields)?);
    add_if_none(&mut draft, fields);
    Ok(draft)
}

/// What holds where there is no such event.
fn add_if_none(draft: &mut Json, fields: &mut Fields<'_>) {
    if let Some(answer) = fields.take_any(&["if_none", "default"]) {
        draft["if_none"] = answer.clone();
    }
}

/// No such event in the window.
fn never(fields: &mut Fields<'_>, key: &'static str) -> Result<Json, String> {
    let mut draft = json!({ "event": fields.text(key)?, "count": { "exactly": 0 } });
    add_filters(&mut draft, fields)?;
    extend(&mut draft, window_of(fields)?);
    Ok(draft)
}

/// Events counted or measured.
fn event(fields: &mut Fields<'_>, key: &'static str) -> Result<Json, String> {
    let mut draft = json!({ "event": fields.text(key)? });
    add_filters(&mut draft, fields)?;
    let measure = take_measure(&mut draft, fields)?;
    let wanted = match (measure, fields.take_any(&["count", "times"])) {
        (Some(wanted), None) => Some(("is", wanted)),
        (None, Some(count)) => Some(("count", wanted(count, fields.place())?)),
        (None, None) => None,
        (Some(_), Some(_)) => {
            return Err(format!("{}: a measure and a count at once", fields.place()));
        }
    };
    extend(&mut draft, window_of(fields)?);
    Ok(match wanted {
        None => draft,
        Some((key, Wanted::Is(test))) => with(draft, key, test),
        Some((key, Wanted::Both(one, other))) => {
            json!({ "all": [with(draft.clone(), key, one), with(draft, key, other)] })
        }
        // A measure may have no value, and then it is not another one either.
        Some((key, Wanted::IsNot(n))) => {
            let sides = ["less_than", "more_than"];
            let sides = sides.map(|side| with(draft.clone(), key, json!({ side: n })));
            json!({ "any": sides })
        }
    })
}

/// Takes `"sum": "amount"` or `"sum": {"of": "amount", "gte": 3}` and the comparison, wherever it stands.
fn take_measure(draft: &mut Json, fields: &mut Fields<'_>) -> Result<Option<Wanted>, String> {
    let named = match fields.take("measure") {
        Some(Json::String(word)) => {
            let known = MEASURES.iter().find(|(theirs, _)| theirs == word);
            let (_, ours) =
                known.ok_or(format!("{}: not understood: the measure `{word}`", fields.place()))?;
            draft["measure"] = json!(ours);
            if let Some(of) = fields.take_any(&["of", "k"]) {
                draft["of"] = of.clone();
            }
            true
        }
        Some(json) => {
            let place = format!("{}/measure", fields.place());
            let mut inner = Fields::of(json, &place)?;
            let found = take_named(draft, &mut inner)?;
            inner.no_more()?;
            if let Some(wanted) = found {
                return Ok(Some(wanted));
            }
            true
        }
        None => {
            let before = draft.clone();
            if let Some(wanted) = take_named(draft, fields)? {
                return Ok(Some(wanted));
            }
            *draft != before
        }
    };
    if !named {
        return Ok(None);
    }
    comparison(fields).map(Some)
}

/// A measure by its word as a key; its comparison, when it stands inside.
fn take_named(draft: &mut Json, fields: &mut Fields<'_>) -> Result<Option<Wanted>, String> {
    for (theirs, ours) in MEASURES {
        // A number of days is a window; days that are compared are a measure.
        if !fields.has(theirs) || (theirs == "days" && fields.is_number("days")) {
            continue;
        }
        let place = format!("{}/{theirs}", fields.place());
        draft["measure"] = json!(ours);
        match fields.need(theirs)? {
            Json::String(of) => draft["of"] = json!(of),
            Json::Bool(true) => {}
            json => {
                let mut inner = Fields::of(json, &place)?;
                if let Some(of) = inner.take_any(&["of", "k"]) {
                    draft["of"] = of.clone();
                }
                let wanted = wanted_in(&mut inner)?;
                inner.no_more()?;
                return Ok(wanted);
            }
        }
        return Ok(None);
    }
    Ok(None)
}

fn comparison(fields: &mut Fields<'_>) -> Result<Wanted, String> {
    if let Some(found) = wanted_in(fields)? {
        return Ok(found);
    }
    let place = fields.place().to_owned();
    match fields.take_any(&["value", "is"]) {
        Some(Json::String(word)) => {
            let number = fields.need("v")?;
            wanted(&Json::Object(Map::from_iter([(word.clone(), number.clone())])), &place)
        }
        Some(json) => wanted(json, &place),
        None => Err(format!("{place}: a measure without a comparison")),
    }
}

fn sequence(fields: &mut Fields<'_>) -> Result<Json, String> {
    let place = fields.place().to_owned();
    let within = fields.take("within");
    let mut steps = vec![];
    for (n, json) in list(fields.need("sequence")?, &place)?.iter().enumerate() {
        let mut step = these(json, &format!("{place}/sequence/{n}"))?;
        if let (Some(within), None, true) = (within, step.get("within"), 0 < n) {
            step["within"] = within.clone();
        }
        steps.push(step);
    }
    let mut draft = json!({ "sequence": steps });
    extend(&mut draft, window_of(fields)?);
    if let Some(json) = fields.take_any(&["none_between", "never_between"]) {
        draft["never_between"] = these(json, &place)?;
    }
    if let Some(json) = fields.take_any(&["none_since", "never_since"]) {
        draft["never_since"] = these(json, &place)?;
    }
    if let Some(json) = fields.take("then_no") {
        draft["then_no"] = these(json, &place)?;
    }
    Ok(draft)
}

/// A name of events, or events with filters and times.
fn these(json: &Json, place: &str) -> Result<Json, String> {
    match json {
        Json::String(name) => Ok(json!({ "event": name })),
        Json::Array(only) if only.len() == 1 => these(&only[0], place),
        _ => {
            let mut fields = Fields::of(json, place)?;
            let name = fields.take_any(&["event", "ev"]);
            let name = name.ok_or(format!("{place}: `event` is missing"))?;
            let mut draft = json!({ "event": name });
            add_filters(&mut draft, &mut fields)?;
            for key in ["within", "for"] {
                if let Some(length) = fields.take(key) {
                    draft[key] = length.clone();
                }
            }
            fields.no_more()?;
            Ok(draft)
        }
    }
}

/// A measure that stands alone: a name of events, or events with a measure.
pub(super) fn measured(json: &Json, place: &str) -> Result<Json, String> {
    if let Json::String(name) = json {
        return Ok(json!({ "event": name }));
    }
    let mut inner = Fields::of(json, place)?;
    let mut draft = json!({ "event": inner.text("event")? });
    add_filters(&mut draft, &mut inner)?;
    if take_named(&mut draft, &mut inner)?.is_some() {
        return Err(format!("{place}: a comparison of the measure has no place here"));
    }
    if let Some(word) = inner.take("measure") {
        let known = MEASURES.iter().find(|(theirs, _)| word == theirs);
        let (_, ours) = known.ok_or(format!("{place}: not understood: `{word}`"))?;
        draft["measure"] = json!(ours);
        if let Some(of) = inner.take_any(&["of", "k"]) {
            draft["of"] = of.clone();
        }
    }
    inner.no_more()?;
    Ok(draft)
}

/// A measure now against the one before: by a `ratio`, a `percent` or a difference (`plus`).
fn trend(fields: &mut Fields<'_>) -> Result<Json, String> {
    let place = fields.place().to_owned();
    let measured = measured(fields.need("trend")?, &format!("{place}/trend"))?;
    let now = window(fields.need("now")?, &place)?;
    let before = window(fields.need("before")?, &place)?;
    let mut draft = json!({ "trend": measured, "now": now, "before": before });
    if let Some(base) = fields.take_any(&["base", "base_at_least", "min_base"]) {
        let base = base.get("gte").unwrap_or(base);
        draft["base_at_least"] = base.clone();
    }
    let (word, percent) = if let Some(by) = fields.take_any(&["ratio", "times", "factor"]) {
        (hundredfold(by, &place)?, "percent")
    } else if let Some(by) = fields.take("percent") {
        (by.clone(), "percent")
    } else {
        (fields.need("plus")?.clone(), "plus")
    };
    compared(draft, &word, percent, &place)
}

/// A trend is written with `at_most` or `at_least`; the strict comparisons are one of them without the other.
fn compared(draft: Json, by: &Json, unit: &str, place: &str) -> Result<Json, String> {
    let mut fields = Fields::of(by, place)?;
    let side =
        |side: &str, number: &Json| with(draft.clone(), "is", json!({ side: { unit: number } }));
    let pairs = [("lte", "at_most"), ("gte", "at_least"), ("lt", "at_most"), ("gt", "at_least")];
    for (word, ours) in pairs {
        let Some(number) = fields.take(word) else { continue };
        fields.no_more()?;
        let other = if ours == "at_most" { "at_least" } else { "at_most" };
        return Ok(match word {
            "lt" | "gt" => json!({ "all": [side(ours, number), { "not": side(other, number) }] }),
            _ => side(ours, number),
        });
    }
    Err(format!("{place}: not understood: `{by}`"))
}

fn hundredfold(by: &Json, place: &str) -> Result<Json, String> {
    let map = by.as_object().ok_or(format!("{place}: not understood: `{by}`"))?;
    let percent = |(word, number): (&String, &Json)| {
        let text = number.as_str().map_or(number.to_string(), str::to_owned);
        let exact: facts::Decimal =
            text.parse().map_err(|_| format!("{place}: `{text}` is no number"))?;
        Ok((word.clone(), json!((exact * facts::Decimal::ONE_HUNDRED).normalize().to_string())))
    };
    map.iter().map(percent).collect::<Result<Map<_, _>, String>>().map(Json::Object)
}

fn rhythm(fields: &mut Fields<'_>) -> Result<Json, String> {
    let mut draft = json!({ "rhythm": fields.text("rhythm")? });
    add_filters(&mut draft, fields)?;
    for (ours, theirs) in [
        ("overdue_by", &["overdue_by", "times", "factor"][..]),
        ("gaps_at_least", &["gaps_at_least", "min_gaps", "gaps"][..]),
        ("default_gap", &["default_gap", "default"][..]),
    ] {
        if let Some(value) = fields.take_any(theirs) {
            draft[ours] = value.clone();
        }
    }
    Ok(draft)
}

pub(super) fn add_filters(draft: &mut Json, fields: &mut Fields<'_>) -> Result<(), String> {
    if let Some(json) = fields.take("where") {
        draft["where"] = filters(json, &format!("{}/where", fields.place()))?;
    }
    Ok(())
}

pub(super) fn extend(draft: &mut Json, more: Map<String, Json>) {
    if let Json::Object(fields) = draft {
        fields.extend(more);
    }
}

pub(super) fn with(mut draft: Json, key: &str, value: Json) -> Json {
    draft[key] = value;
    draft
}
