//! The written form of conditions as a JSON Schema (draft 2020-12), for editors and for programs that write conditions.
//!
//! It stands beside the reader and says what the reader takes, as far as a schema can: which keys go together, which words
//! there are, what lengths, numbers and dates look like. That a range is the right way round, or that a segment exists,
//! only the check says. A null counts as not written for the reader; the schema asks to leave the key out.

use serde_json::{Map, Value as Json, json};

use crate::CalendarWindow;
use crate::check::MEASURES;

/// The schema of one condition.
pub fn schema() -> Json {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A condition",
        "description": "Who is in a segment. docs/semantics.md says what each form means.",
        "$ref": "#/$defs/condition",
        "$defs": {
            "condition": condition(),
            "length": { "type": "string", "pattern": r"^\s*0*[1-9][0-9]{0,9}\s*[smhdw]\s*$" },
            "name": { "type": "string", "pattern": r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$" },
            "segment": { "type": "string", "pattern": "^[a-z0-9_-]{1,80}$" },
            "whole": any_of([
                json!({ "type": "integer", "minimum": 0 }),
                json!({ "type": "string", "pattern": r"^\s*\+?[0-9]{1,10}\s*$" }),
            ]),
            "decimal": any_of([
                json!({ "type": "number" }),
                json!({ "type": "string", "pattern": r"^\s*[-+]?([0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)\s*$" }),
            ]),
            "date": { "type": "string", "pattern": r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$" },
            "value": any_of([
                json!({ "type": "string", "minLength": 1 }),
                json!({ "type": ["number", "boolean"] }),
            ]),
            "operand": any_of([
                this("value"),
                object(&[("attribute", this("name"))], &[("times", this("decimal"))]),
            ]),
            "window": one_window(&[], &[], &[]),
            "count": number_test(&this("whole")),
            "number": number_test(&this("decimal")),
            "filter": compared(&[("property", this("name"))], &[]),
            "filters": any_of([this("filter"), list(&this("filter"))]),
            "events": object(&[("event", this("name"))], &where_too()),
            "measured": measured(),
        },
    })
}

fn condition() -> Json {
    let one = this("condition");
    let several = some_of(&one);
    let mut forms = vec![
        object(&[("all", several.clone())], &[]),
        object(&[("any", several)], &[]),
        object(&[("not", one.clone())], &[]),
        object(&[("some", this("name")), ("satisfies", one.clone())], &[("of", this("name"))]),
        object(&[("contacts", how_many()), ("satisfies", one.clone())], &[]),
        object(&[("company", one.clone())], &[]),
        object(
            &[
                ("points", some_of(&object(&[("weight", weight()), ("when", one)], &[]))),
                ("is", this("number")),
            ],
            &[],
        ),
    ];
    forms.extend(leaves_about_events());
    forms.extend(leaves_about_habits());
    forms.extend(leaves_about_standing());
    json!({ "oneOf": forms })
}

fn leaves_about_events() -> Vec<Json> {
    let if_none = ("if_none", json!({ "type": "boolean" }));
    let filters = ("where", this("filters"));
    let none_for = object(&[("event", this("name")), ("for", this("length"))], &[filters.clone()]);
    let step = object(&[("event", this("name"))], &[filters.clone(), ("within", this("length"))]);
    let first = object(&[("event", this("name"))], &[filters.clone()]);
    let steps = json!({
        "type": "array", "minItems": 1, "prefixItems": [first], "items": step,
    });
    vec![
        one_window(&[("event", this("name"))], &[filters.clone(), ("count", this("count"))], &[]),
        one_window(
            &[
                ("measure", word(&MEASURES.map(|(name, _)| name))),
                ("event", this("name")),
                ("is", this("number")),
            ],
            &[filters.clone(), ("of", this("name"))],
            &[needs_of()],
        ),
        one_window(&[("first", this("name"))], &[filters, if_none.clone()], &[]),
        json!({
            "type": "object",
            "required": ["last"],
            "properties": {
                "last": this("name"), "has": this("filters"), "in_last": this("length"),
                "window": this("window"), "if_none": if_none.1,
            },
            "additionalProperties": false,
            "not": { "required": ["in_last", "window"] },
        }),
        one_window(
            &[("sequence", steps)],
            &[
                ("never_between", this("events")),
                ("never_since", this("events")),
                ("then_no", none_for),
            ],
            &[],
        ),
    ]
}

fn leaves_about_habits() -> Vec<Json> {
    let filters = ("where", this("filters"));
    let base = ("base_at_least", this("decimal"));
    let change = any_of([
        object(&[("percent", this("decimal"))], &[]),
        object(&[("plus", this("decimal"))], &[]),
    ]);
    let trend =
        any_of([object(&[("at_most", change.clone())], &[]), object(&[("at_least", change)], &[])]);
    let gap = any_of([
        this("length"),
        object(&[("attribute", this("name"))], &[("else", this("length"))]),
        object(&[("property", this("name"))], &[("else", this("length"))]),
    ]);
    let topics = any_of([this("name"), some_of(&this("name"))]);
    vec![
        object(
            &[
                ("trend", this("measured")),
                ("now", this("window")),
                ("before", this("window")),
                ("is", trend),
            ],
            &[base.clone()],
        ),
        object(
            &[("rhythm", this("name"))],
            &[
                filters.clone(),
                ("overdue_by", this("decimal")),
                ("gaps_at_least", this("whole")),
                ("default_gap", gap),
            ],
        ),
        object(
            &[("regularly", this("name")), ("every", this("length")), ("periods", this("whole"))],
            &[filters, ("in_at_least", this("whole")), ("count", this("count"))],
        ),
        one_window(
            &[("ratio", this("measured")), ("over", this("measured")), ("percent", this("number"))],
            &[base],
            &[],
        ),
        one_window(&[("mentions", topics)], &[("count", this("count"))], &[]),
    ]
}

fn leaves_about_standing() -> Vec<Json> {
    let order = some_of(&this("value"));
    let held = any_of([
        object(&[("at_least", this("length"))], &[]),
        object(&[("less_than", this("length"))], &[]),
    ]);
    let mut attribute = compared(&[("attribute", this("name"))], &[("held", held.clone())]);
    // How long is asked of one value only.
    attribute["dependentSchemas"] = json!({
        "held": { "required": ["is"], "properties": { "is": this("value") } },
    });
    let status = ["rose", "fell", "at_least", "at_most"];
    let stay = ["entered", "left", "held"];
    vec![
        attribute,
        one_key_of(
            &status,
            true,
            object(
                &[("status", this("name")), ("order", order)],
                &[
                    ("rose", this("window")),
                    ("fell", this("window")),
                    ("at_least", this("value")),
                    ("at_most", this("value")),
                ],
            ),
        ),
        object(&[("tag", this("name"))], &[]),
        object(&[("list", this("name"))], &[]),
        one_key_of(
            &stay,
            false,
            object(
                &[("segment", this("segment"))],
                &[("entered", this("window")), ("left", this("window")), ("held", held)],
            ),
        ),
        object(&[("score", this("name")), ("is", this("number"))], &[]),
        one_window(
            &[("rank", this("measured"))],
            &[("top", this("whole")), ("top_percent", this("decimal")), ("among", this("segment"))],
            &[json!({ "oneOf": [{ "required": ["top"] }, { "required": ["top_percent"] }] })],
        ),
        object(
            &[("random", this("name")), ("percent", this("decimal"))],
            &[("from_percent", this("decimal"))],
        ),
        object(&[("known_for", this("length"))], &[]),
    ]
}

fn how_many() -> Json {
    any_of([word(&["any", "all", "none"]), object(&[("at_least", this("whole"))], &[])])
}

fn weight() -> Json {
    json!({ "type": "integer", "minimum": -1_000_000, "maximum": 1_000_000 })
}

fn measured() -> Json {
    let mut measured = object(
        &[("event", this("name"))],
        &[
            ("measure", word(&MEASURES.map(|(name, _)| name))),
            ("of", this("name")),
            ("where", this("filters")),
        ],
    );
    measured["allOf"] = json!([needs_of()]);
    measured
}

/// Whatever is measured of a property names it.
fn needs_of() -> Json {
    json!({
        "if": {
            "required": ["measure"],
            "properties": { "measure": { "not": word(&["count", "days"]) } },
        },
        "then": { "required": ["of"] },
    })
}

fn where_too() -> [(&'static str, Json); 1] {
    [("where", this("filters"))]
}

/// Keys of which exactly one compares a value.
fn compared(needed: &[(&str, Json)], others: &[(&str, Json)]) -> Json {
    let text = json!({ "type": "string", "minLength": 1 });
    let values = some_of(&this("value"));
    let ends =
        |end: &str| json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": this(end) });
    let age = json!({
        "type": "object", "minProperties": 1, "additionalProperties": false,
        "properties": { "at_least": this("whole"), "at_most": this("whole") },
    });
    let month = any_of([word(&["this", "next"]), this("whole")]);
    let mut window = this("window");
    window["minProperties"] = json!(1);
    let tests = [
        ("is", this("operand")),
        ("is_not", this("operand")),
        ("in", values.clone()),
        ("not_in", values),
        ("contains", text.clone()),
        ("does_not_contain", text.clone()),
        ("starts_with", text.clone()),
        ("ends_with", text),
        ("less_than", this("operand")),
        ("at_most", this("operand")),
        ("more_than", this("operand")),
        ("at_least", this("operand")),
        ("between", ends("operand")),
        ("exists", json!({ "type": "boolean" })),
        ("day_is", word(&["today", "yesterday", "tomorrow"])),
        ("day_in", window),
        ("day_in_next", this("length")),
        ("month_is", month),
        ("anniversary_in", this("whole")),
        ("age", age),
    ];
    let keys = tests.each_ref().map(|(key, _)| *key);
    let mut all = tests.to_vec();
    all.extend(others.iter().cloned());
    one_key_of(&keys, true, object(needed, &all))
}

fn number_test(number: &Json) -> Json {
    let ends = json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": number });
    let mut tests: Vec<(&str, Json)> =
        ["at_least", "at_most", "more_than", "less_than", "exactly", "is"]
            .map(|key| (key, number.clone()))
            .to_vec();
    tests.push(("between", ends));
    let keys: Vec<&str> = tests.iter().map(|(key, _)| *key).collect();
    one_key_of(&keys, true, object(&[], &tests))
}

/// An object with at most one window among its keys.
fn one_window(needed: &[(&str, Json)], others: &[(&str, Json)], rules: &[Json]) -> Json {
    let calendar = CalendarWindow::NAMES.map(|(name, _)| name);
    let ago = json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": this("length") });
    let windows = [
        ("last", this("length")),
        ("ago", ago),
        ("older_than", this("length")),
        ("calendar", word(&calendar)),
        ("last_days", this("whole")),
        ("last_months", this("whole")),
        ("from", this("date")),
    ];
    let keys = windows.each_ref().map(|(key, _)| *key);
    let mut all = others.to_vec();
    all.extend(windows);
    all.push(("to", this("date")));
    let mut made = one_key_of(&keys, false, object(needed, &all));
    made["dependentRequired"] = json!({ "to": ["from"] });
    if !rules.is_empty() {
        made["allOf"] = json!(rules);
    }
    made
}

/// Of some keys exactly one, or at most one.
fn one_key_of(keys: &[&str], must_be: bool, mut object: Json) -> Json {
    let mut choices: Vec<Json> = keys.iter().map(|key| json!({ "required": [key] })).collect();
    if !must_be {
        choices.push(json!({ "not": { "anyOf": choices.clone() } }));
    }
    object["oneOf"] = json!(choices);
    object
}

/// An object with these keys and no others.
fn object(needed: &[(&str, Json)], others: &[(&str, Json)]) -> Json {
    let keys: Vec<&str> = needed.iter().map(|(key, _)| *key).collect();
    let properties: Map<String, Json> = (needed.iter().chain(others))
        .map(|(key, schema)| ((*key).to_owned(), schema.clone()))
        .collect();
    json!({
        "type": "object", "required": keys, "properties": properties,
        "additionalProperties": false,
    })
}

fn list(item: &Json) -> Json {
    json!({ "type": "array", "items": item })
}

fn some_of(item: &Json) -> Json {
    json!({ "type": "array", "minItems": 1, "items": item })
}

fn word(words: &[&str]) -> Json {
    json!({ "enum": words })
}

fn any_of<const N: usize>(choices: [Json; N]) -> Json {
    json!({ "anyOf": choices.to_vec() })
}

fn this(name: &str) -> Json {
    json!({ "$ref": format!("#/$defs/{name}") })
}
