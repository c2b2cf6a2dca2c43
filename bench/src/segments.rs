//! The thousand segments of the workload: read from `bench/workload/segments.jsonl`, one a line, and said in our
//! language.
//!
//! The file names kinds of event by number and windows in whole days, so that every engine can translate it. A window of D
//! days holds what happened after now − D × 24 h. [`draft`] says what each form means.

use condition::{Condition, Draft, SegmentId};
use serde_json::{Value as Json, json};

use crate::workload::{Form, KINDS};

const SEGMENTS: &str = include_str!("../workload/segments.jsonl");

/// Amounts of the rich form are this many hundredths of the plain ones: with tax.
pub(crate) const TAXED: i64 = 105;

/// Windows that reach back so far are for ever.
const FOR_EVER: i64 = 100_000;

/// The first `n` segments, checked.
pub(crate) fn conditions(n: usize, form: Form) -> Result<Vec<(SegmentId, Condition)>, String> {
    drafts(n, form)?.into_iter().map(checked).collect()
}

fn checked((id, draft): (String, Json)) -> Result<(SegmentId, Condition), String> {
    let condition = Draft(draft).check().map_err(|faults| format!("{id}: {faults:?}"))?;
    let id = SegmentId::new(&id).ok_or_else(|| format!("`{id}` is no id"))?;
    Ok((id, condition))
}

/// The first `n` segments, as ids and drafts. Past the end of the file it comes again, each time with every window a
/// day longer; there is nothing to check those with.
pub(crate) fn drafts(n: usize, form: Form) -> Result<Vec<(String, Json)>, String> {
    let read = |(place, (line, longer)): (usize, (&str, i64))| {
        let fault = |what: String| format!("segment {place} of the workload: {what}");
        let mut written: Json = serde_json::from_str(line).map_err(|why| fault(why.to_string()))?;
        lengthen(&mut written, longer);
        let draft = draft(&written, form).ok_or_else(|| fault(format!("cannot read `{line}`")))?;
        Ok((format!("s{place:04}"), draft))
    };
    let lines = (0..).flat_map(|longer| SEGMENTS.lines().map(move |line| (line, longer)));
    lines.take(n).enumerate().map(read).collect()
}

/// Makes every window of a segment so many days longer.
fn lengthen(written: &mut Json, by: i64) {
    let window = match written.get(0).and_then(Json::as_str) {
        Some("and" | "or" | "not") => {
            let parts = written.as_array_mut().into_iter().flatten().skip(1);
            return parts.for_each(|part| lengthen(part, by));
        }
        Some("known_less_than") => 1,
        Some("distinct" | "days") => 2,
        Some("then") => 4,
        Some("count" | "sum" | "last" | "first" | "trend" | "none_since") => 3,
        _ => return,
    };
    // The age of a last event that may be any number of days begins a day later instead.
    let window = if written[window] == FOR_EVER { window - 1 } else { window };
    if let Some(days) = written[window].as_i64() {
        written[window] = json!(days + by);
    }
}

/// Every different condition at the ends of the first `n` segments, in order of first appearance.
pub(crate) fn leaves(n: usize, form: Form) -> Result<Vec<Json>, String> {
    fn gather(draft: &Json, found: &mut Vec<Json>) {
        let parts = ["all", "any"].iter().find_map(|key| draft[*key].as_array());
        match (parts, draft.get("not")) {
            (Some(parts), _) => parts.iter().for_each(|part| gather(part, found)),
            (None, Some(inner)) => gather(inner, found),
            (None, None) if !found.contains(draft) => found.push(draft.clone()),
            (None, None) => {}
        }
    }
    let mut found = vec![];
    drafts(n, form)?.iter().for_each(|(_, draft)| gather(draft, &mut found));
    Ok(found)
}

/// One form of the file in our language; `None` when it is none of them.
fn draft(written: &Json, form: Form) -> Option<Json> {
    let head = written.get(0)?.as_str()?;
    let number = |place: usize| written.get(place)?.as_i64();
    let event = |place: usize| Some(KINDS.get(usize::try_from(number(place)?).ok()?)?.name);
    let parts = || {
        let inner = written.as_array()?.iter().skip(1).map(|part| draft(part, form));
        inner.collect::<Option<Vec<Json>>>()
    };
    let days = |place: usize| Some(format!("{}d", number(place)?));
    // The events of a kind, with one item if one is named.
    let events = |mut json: Json, item: &Json| {
        if let Some(item) = item.as_u64() {
            json["where"] = json!([{ "property": "item", "is": item_value(item, form) }]);
        }
        json
    };
    Some(match head {
        "and" => json!({ "all": parts()? }),
        "or" => json!({ "any": parts()? }),
        "not" => json!({ "not": parts()?.pop()? }),
        "between" => json!({ "attribute": written.get(1)?, "between": [number(2)?, number(3)?] }),
        "in" => json!({ "attribute": written.get(1)?, "in": written.get(2)? }),
        "known_less_than" => json!({ "not": { "known_for": days(1)? } }),
        // At least k events of a kind, perhaps of one item, in a window.
        "count" => events(
            json!({ "event": event(1)?, "count": { "at_least": number(4)? }, "last": days(3)? }),
            written.get(2)?,
        ),
        // The sum of their amounts is more than x.
        "sum" => events(
            json!({ "measure": "sum", "of": "amount", "event": event(1)?,
                "is": { "more_than": amount_value(number(4)?, form) }, "last": days(3)? }),
            written.get(2)?,
        ),
        // The last (first) event of a kind is at least the one and less than the other number of days old.
        "last" => json!({ "last": event(1)?, "window": age(number(2)?, number(3)?) }),
        "first" => {
            let mut json = age(number(2)?, number(3)?);
            json["first"] = json!(event(1)?);
            json
        }
        // The count of the last d days is at most so many percent of the count of the d days before.
        "trend" => json!({
            "trend": events(json!({ "measure": "count", "event": event(1)? }), written.get(2)?),
            "now": { "last": days(3)? },
            "before": { "ago": [format!("{}d", 2 * number(3)?), days(3)?] },
            "is": { "at_most": { "percent": number(4)? } },
            "base_at_least": number(5)?,
        }),
        // The second after the first, within some days of it.
        "then" => json!({
            "sequence": [{ "event": event(1)? }, { "event": event(2)?, "within": days(3)? }],
            "last": days(4)?,
        }),
        // The first in a window, and never the second since.
        "none_since" => json!({
            "sequence": [{ "event": event(1)? }], "last": days(3)?,
            "never_since": { "event": event(2)? },
        }),
        "distinct" => json!({ "measure": "distinct", "of": "item", "event": event(1)?,
            "is": { "at_least": number(3)? }, "last": days(2)? }),
        // On at least k local days an event of a kind, or of any.
        "days" => json!({ "measure": "days",
            "event": if written.get(1)?.is_null() { "*" } else { event(1)? },
            "is": { "at_least": number(3)? }, "last": days(2)? }),
        _ => return None,
    })
}

fn age(at_least: i64, less_than: i64) -> Json {
    if less_than == FOR_EVER {
        json!({ "older_than": format!("{at_least}d") })
    } else if at_least == 0 {
        json!({ "last": format!("{less_than}d") })
    } else {
        json!({ "ago": [format!("{less_than}d"), format!("{at_least}d")] })
    }
}

fn item_value(item: u64, form: Form) -> Json {
    match form {
        Form::Plain => json!(item),
        Form::Rich => json!(format!("item-{item}")),
    }
}

fn amount_value(amount: i64, form: Form) -> Json {
    match form {
        Form::Plain => json!(amount),
        Form::Rich => json!(hundredths(amount * TAXED)),
    }
}

/// A number of hundredths, written with a point.
pub(crate) fn hundredths(n: i64) -> String {
    format!("{}.{:02}", n / 100, n % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_segment_of_the_file_is_a_condition_in_both_forms() {
        for form in [Form::Plain, Form::Rich] {
            assert_eq!(SEGMENTS.lines().count(), 1_000);
            assert_eq!(conditions(1_000, form).unwrap().len(), 1_000);
        }
        assert_eq!(leaves(200, Form::Plain).unwrap().len(), 286);
        assert_eq!(leaves(1_000, Form::Plain).unwrap().len(), 862);
    }

    #[test]
    fn the_forms_differ_in_items_and_amounts_only() {
        let written = json!(["sum", 5, 7, 90, 30_000]);
        assert_eq!(
            draft(&written, Form::Plain).unwrap(),
            json!({ "measure": "sum", "of": "amount", "event": "purchased", "last": "90d",
                "is": { "more_than": 30_000 }, "where": [{ "property": "item", "is": 7 }] })
        );
        assert_eq!(
            draft(&written, Form::Rich).unwrap(),
            json!({ "measure": "sum", "of": "amount", "event": "purchased", "last": "90d",
                "is": { "more_than": "31500.00" }, "where": [{ "property": "item", "is": "item-7" }] })
        );
        assert_eq!(draft(&json!(["no such form", 1]), Form::Plain), None);
    }

    #[test]
    fn past_the_end_of_the_file_windows_are_longer() {
        let all = drafts(3_000, Form::Plain).unwrap();
        let third = |place: usize| &all[2_000 + place].1;
        assert_eq!(third(1)["last"], "62d");
        assert_eq!(
            third(4),
            &json!({ "last": "document_downloaded", "window": { "older_than": "9d" } })
        );
        assert_eq!(third(2)["all"][0]["not"]["last"], "367d");
    }

    #[test]
    fn the_age_of_the_last_event_is_a_window() {
        assert_eq!(age(0, 30), json!({ "last": "30d" }));
        assert_eq!(age(7, 30), json!({ "ago": ["30d", "7d"] }));
        assert_eq!(age(90, FOR_EVER), json!({ "older_than": "90d" }));
    }
}
