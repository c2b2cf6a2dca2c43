//! A hundred segments in thirteen shapes, from a seed: attributes, counts, absences, sums, first and last, trends,
//! sequences, distinct values, active days and combinations of them.

use condition::{Condition, Draft, SegmentId};
use serde_json::{Value as Json, json};

use crate::firm::{Dice, EVENTS};

/// The segments, as ids and drafts.
pub(crate) fn drafts(n: usize) -> Vec<(String, Json)> {
    let mut dice = Dice::new(3);
    (0..n).map(|place| (format!("s{place:04}"), draft(place % 13, &mut dice))).collect()
}

/// The same, checked.
pub(crate) fn conditions(n: usize) -> Result<Vec<(SegmentId, Condition)>, String> {
    let checked = |(id, json): (String, Json)| {
        let condition = Draft(json).check().map_err(|faults| format!("{id}: {faults:?}"))?;
        let id = SegmentId::new(&id).ok_or_else(|| format!("{id} is no id"))?;
        Ok((id, condition))
    };
    drafts(n).into_iter().map(checked).collect()
}

fn draft(shape: usize, dice: &mut Dice) -> Json {
    let mut one_of = |list: &[&str]| list[dice.below(list.len() as u64) as usize].to_owned();
    let days = one_of(&["7d", "14d", "30d", "60d", "90d", "180d", "365d"]);
    let plan = one_of(&["free", "starter", "standard", "premium"]);
    let industry = one_of(&["製造", "小売", "情報", "建設"]);
    let event = EVENTS[dice.below(12) as usize].0;
    let k = 1 + dice.below(12);
    let item = format!("i{:03}", dice.below(200));
    match shape {
        0 => json!({ "any": [
            { "all": [{ "attribute": "plan", "in": [plan, "premium"] }, { "attribute": "industry", "is": industry }] },
            { "attribute": "employees", "between": [400, 590] }] }),
        1 => json!({ "event": event, "count": { "at_least": k }, "last": days }),
        2 => json!({ "all": [
            { "event": event, "count": { "exactly": 0 }, "last": days }, { "attribute": "plan", "is": plan }] }),
        3 => {
            json!({ "measure": "sum", "of": "amount", "event": "purchased", "is": { "at_least": k * 5_000 }, "last": days })
        }
        4 => json!({ "all": [
            { "event": event, "older_than": "7d" }, { "event": event, "count": { "exactly": 0 }, "last": "7d" }] }),
        5 => json!({ "first": event, "last": days }),
        6 => json!({ "trend": { "measure": "count", "event": event }, "now": { "last": "30d" },
            "before": { "ago": ["60d", "30d"] }, "is": { "at_most": { "percent": 50 } }, "base_at_least": 4 }),
        7 => {
            json!({ "sequence": [{ "event": "page_viewed", "where": [{ "property": "item", "is": item }] },
            { "event": "purchased", "within": "3d" }], "last": "180d" })
        }
        8 => json!({ "sequence": [{ "event": "document_downloaded" }], "last": days,
            "never_since": { "event": "meeting_held" } }),
        9 => {
            json!({ "measure": "distinct", "of": "item", "event": "purchased", "is": { "at_least": 1 + k % 4 }, "last": days })
        }
        10 => {
            json!({ "measure": "days", "event": "*", "is": { "at_least": 1 + k % 5 }, "last": "14d" })
        }
        11 => json!({ "all": [
            { "event": "purchased", "last": "60d" }, { "event": "purchased", "count": { "at_least": 2 }, "last": "365d" },
            { "measure": "sum", "of": "amount", "event": "purchased", "is": { "at_least": 30_000 }, "last": "365d" }] }),
        _ => json!({ "all": [
            { "event": "purchased", "count": { "at_least": 1 + k % 4 }, "last": "180d" },
            { "event": "page_viewed", "count": { "at_least": k }, "last": "180d" },
            { "not": { "attribute": "plan", "is": plan } }] }),
    }
}
