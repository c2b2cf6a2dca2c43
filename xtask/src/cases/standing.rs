//! Translates habits, belonging and place: contacts, points, statuses, stays, ranks and the like.

use serde_json::{Value as Json, json};

use super::{
    fields::{Fields, list},
    leaves::{add_filters, extend, measured, with},
    notation::{Wanted, condition, id, wanted, window, window_of},
};

/// Conditions with conditions inside.
pub(super) fn branch(head: &str, fields: &mut Fields<'_>, names: &[&str]) -> Result<Json, String> {
    let place = fields.place().to_owned();
    let inner = |json: &Json, key: &str| condition(json, names, &format!("{place}/{key}"));
    match head {
        "company" => Ok(json!({ "company": inner(fields.need("company")?, "company")? })),
        "contacts" => {
            let how_many = match fields.need("contacts")? {
                Json::Object(map) if map.contains_key("gte") => json!({ "at_least": map["gte"] }),
                other => other.clone(),
            };
            let satisfies = fields.take_any(&["satisfies", "satisfy", "that"]);
            let satisfies = satisfies.ok_or(format!("{place}: `satisfies` is missing"))?;
            Ok(json!({ "contacts": how_many, "satisfies": inner(satisfies, "satisfies")? }))
        }
        _ => {
            let mut parts = vec![];
            for (n, part) in list(fields.need("points")?, &place)?.iter().enumerate() {
                let mut part = Fields::of(part, &format!("{place}/points/{n}"))?;
                let weight = part.need("weight")?.clone();
                let when = inner(part.need("when")?, &format!("points/{n}/when"))?;
                part.no_more()?;
                parts.push(json!({ "weight": weight, "when": when }));
            }
            compared(json!({ "points": parts }), "is", fields.need("is")?, &place)
        }
    }
}

pub(super) fn leaf(head: &str, fields: &mut Fields<'_>) -> Result<Json, String> {
    let place = fields.place().to_owned();
    match head {
        "status" => {
            let mut draft =
                json!({ "status": fields.text("status")?, "order": fields.need("order")? });
            for key in ["rose", "fell"] {
                if let Some(json) = fields.take(key) {
                    draft[key] = window(json, &format!("{place}/{key}"))?;
                }
            }
            for (theirs, ours) in [("gte", "at_least"), ("lte", "at_most")] {
                if let Some(value) = fields.take(theirs) {
                    draft[ours] = value.clone();
                }
            }
            Ok(draft)
        }
        "tag" => Ok(json!({ "tag": fields.text("tag")? })),
        "list" => Ok(json!({ "list": fields.text("list")? })),
        "score" => {
            let draft = json!({ "score": fields.text("score")? });
            compared(draft, "is", fields.need("is")?, &place)
        }
        "random" => {
            let mut draft =
                json!({ "random": fields.text("random")?, "percent": fields.need("percent")? });
            if let Some(from) = fields.take("from_percent") {
                draft["from_percent"] = from.clone();
            }
            Ok(draft)
        }
        "regularly" => {
            let mut draft = json!({
                "regularly": fields.text("regularly")?,
                "every": fields.text("every")?,
                "periods": fields.need("periods")?,
            });
            add_filters(&mut draft, fields)?;
            if let Some(n) = fields.take_any(&["in_at_least", "at_least"]) {
                draft["in_at_least"] = n.clone();
            }
            with_count(draft, fields)
        }
        "mentions" => {
            let mut draft = json!({ "mentions": fields.need("mentions")? });
            extend(&mut draft, window_of(fields)?);
            with_count(draft, fields)
        }
        _ => {
            let above = measured(fields.need("ratio")?, &format!("{place}/ratio"))?;
            let below = measured(fields.need("over")?, &format!("{place}/over"))?;
            let mut draft = json!({ "ratio": above, "over": below });
            if let Some(base) = fields.take_any(&["base", "base_at_least"]) {
                draft["base_at_least"] = base.clone();
            }
            extend(&mut draft, window_of(fields)?);
            compared(draft, "percent", fields.need("percent")?, &place)
        }
    }
}

/// Since when one is in another definition, where that is asked.
pub(super) fn stay(reference: Json, fields: &mut Fields<'_>) -> Result<Json, String> {
    let place = fields.place().to_owned();
    for key in ["entered", "left"] {
        if let Some(json) = fields.take(key) {
            return Ok(with(reference, key, window(json, &format!("{place}/{key}"))?));
        }
    }
    for (theirs, ours) in [("been_for", "at_least"), ("been_less_than", "less_than")] {
        if let Some(length) = fields.take(theirs) {
            return Ok(with(reference, "held", json!({ ours: length })));
        }
    }
    Ok(reference)
}

pub(super) fn rank(fields: &mut Fields<'_>, names: &[&str]) -> Result<Json, String> {
    let place = fields.place().to_owned();
    let mut draft = json!({ "rank": measured(fields.need("rank")?, &format!("{place}/rank"))? });
    for key in ["top", "top_percent"] {
        if let Some(n) = fields.take(key) {
            draft[key] = n.clone();
        }
    }
    if let Some(name) = fields.take("among") {
        let known = names.iter().position(|known| name == known).and_then(id);
        let known = known.ok_or(format!("{place}/among: no definition is called {name}"))?;
        draft["among"] = json!(known.as_str());
    }
    extend(&mut draft, window_of(fields)?);
    Ok(draft)
}

fn with_count(draft: Json, fields: &mut Fields<'_>) -> Result<Json, String> {
    let place = fields.place().to_owned();
    match fields.take_any(&["count", "times"]) {
        Some(count) => compared(draft, "count", count, &place),
        None => Ok(draft),
    }
}

/// A leaf with a comparison of a number, or two leaves where the notation asks for two.
fn compared(draft: Json, key: &str, json: &Json, place: &str) -> Result<Json, String> {
    Ok(match wanted(json, place)? {
        Wanted::Is(test) => with(draft, key, test),
        Wanted::Both(one, other) => {
            json!({ "all": [with(draft.clone(), key, one), with(draft, key, other)] })
        }
        Wanted::IsNot(n) => {
            let sides = ["less_than", "more_than"];
            json!({ "any": sides.map(|side| with(draft.clone(), key, json!({ side: n }))) })
        }
    })
}
