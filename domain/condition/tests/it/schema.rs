//! The published schema and the reader agree on what a condition looks like.

use kizashi_condition::{Draft, schema};
use serde_json::{Value as Json, json};

use crate::validator::fits;

const GOLDEN: &str = include_str!("../../golden/sentences.json");

#[test]
fn every_golden_condition_fits_the_schema_however_it_is_written() {
    let schema = schema();
    let golden: Vec<Json> = serde_json::from_str(GOLDEN).unwrap();
    for entry in &golden {
        let draft = &entry["draft"];
        assert!(fits(&schema, draft), "{draft}");
        let written = Draft::from(&Draft(draft.clone()).check().unwrap()).0;
        assert!(fits(&schema, &written), "{written}");
    }
}

#[test]
fn what_the_reader_refuses_for_its_shape_the_schema_refuses_too() {
    let schema = schema();
    for wrong in [
        json!({}),
        json!([]),
        json!("login"),
        json!({ "event": "" }),
        json!({ "event": "login", "evnt": 1 }),
        json!({ "event": "login", "last": "0d" }),
        json!({ "event": "login", "last": "3 fortnights" }),
        json!({ "event": "login", "last": "3d", "last_days": 3 }),
        json!({ "event": "login", "to": "2026-01-01" }),
        json!({ "event": "login", "calendar": "next_month" }),
        json!({ "event": "login", "count": { "at_least": -1 } }),
        json!({ "event": "login", "count": { "at_least": 1, "at_most": 2 } }),
        json!({ "event": "login", "where": [{ "property": "page" }] }),
        json!({ "event": "login", "where": [{ "property": "page", "is": "a", "is_not": "b" }] }),
        json!({ "measure": "sum", "event": "bought", "is": { "at_least": 1 } }),
        json!({ "measure": "sum", "of": "amount", "event": "bought" }),
        json!({ "measure": "median", "of": "amount", "event": "bought", "is": { "at_least": 1 } }),
        json!({ "all": [] }),
        json!({ "all": [{ "event": "a" }], "any": [{ "event": "a" }] }),
        json!({ "not": [{ "event": "a" }] }),
        json!({ "attribute": "plan" }),
        json!({ "attribute": "plan", "at_least": 3, "held": { "at_least": "3d" } }),
        json!({ "attribute": "plan", "is": { "attribute": "other", "plus": 3 } }),
        json!({ "attribute": "due", "day_in": {} }),
        json!({ "attribute": "born", "age": {} }),
        json!({ "last": "called", "in_last": "3d", "window": { "last": "3d" } }),
        json!({ "sequence": [] }),
        json!({ "sequence": [{ "event": "a", "within": "3d" }] }),
        json!({ "trend": { "event": "a" }, "now": {}, "before": {}, "is": { "at_most": 3 } }),
        json!({ "segment": "Not An Id" }),
        json!({ "segment": "a", "entered": {}, "left": {} }),
        json!({ "status": "stage", "order": ["a"] }),
        json!({ "status": "stage", "order": [], "at_least": "a" }),
        json!({ "contacts": "some", "satisfies": { "event": "a" } }),
        json!({ "contacts": "any" }),
        json!({ "points": [{ "weight": 1.5, "when": { "event": "a" } }], "is": { "at_least": 1 } }),
        json!({ "rank": { "event": "a" } }),
        json!({ "rank": { "event": "a" }, "top": 3, "top_percent": 3 }),
        json!({ "random": "salt" }),
        json!({ "regularly": "login", "every": "1w" }),
        json!({ "ratio": { "event": "a" }, "percent": { "at_least": 1 } }),
    ] {
        assert!(!fits(&schema, &wrong), "{wrong}");
        assert!(Draft(wrong.clone()).check().is_err(), "{wrong}");
    }
}
