//! Drafts: what was checked can be written and checked again, and nothing anybody writes makes the check panic.

use condition::Draft;
use serde_json::{Map, Value as Json, json};

use crate::{conditions, dice::Dice, histories::Setting, validator::fits};

const WORDS: [&str; 82] = [
    "all",
    "any",
    "not",
    "some",
    "of",
    "satisfies",
    "attribute",
    "event",
    "measure",
    "first",
    "last",
    "trend",
    "rhythm",
    "sequence",
    "segment",
    "known_for",
    "where",
    "count",
    "is",
    "is_not",
    "in",
    "not_in",
    "contains",
    "less_than",
    "at_least",
    "at_most",
    "between",
    "exists",
    "day_is",
    "day_in",
    "day_in_next",
    "month_is",
    "age",
    "held",
    "has",
    "in_last",
    "window",
    "now",
    "before",
    "base_at_least",
    "percent",
    "plus",
    "overdue_by",
    "gaps_at_least",
    "default_gap",
    "within",
    "never_between",
    "then_no",
    "for",
    "contacts",
    "company",
    "points",
    "weight",
    "when",
    "status",
    "order",
    "rose",
    "fell",
    "tag",
    "list",
    "mentions",
    "ratio",
    "over",
    "regularly",
    "every",
    "periods",
    "in_at_least",
    "score",
    "rank",
    "top",
    "top_percent",
    "among",
    "random",
    "from_percent",
    "entered",
    "left",
    "if_none",
    "else",
    "anniversary_in",
    "ago",
    "calendar",
    "property",
];

const OTHERS: conditions::Others<'static> =
    conditions::Others { ids: &["other"], may_ask_since: true };

#[test]
fn what_was_checked_is_written_and_checked_again() {
    let schema = condition::schema();
    for seed in 0..5_000 {
        let mut dice = Dice::new(seed);
        let setting = Setting::any(&mut dice);
        let draft = conditions::draft(&mut dice, &setting, OTHERS);
        let condition = draft.check().unwrap_or_else(|faults| panic!("seed {seed}: {faults:?}"));
        let written = Draft::from(&condition);
        assert_eq!(written.check().as_ref(), Ok(&condition), "seed {seed}: {}", written.0);
        assert_eq!(Draft::from_json(&written.0.to_string()).unwrap(), written, "seed {seed}");
        if seed % 10 == 0 {
            assert!(fits(&schema, &draft.0), "seed {seed}: {}", draft.0);
            assert!(fits(&schema, &written.0), "seed {seed}: {}", written.0);
        }
    }
}

#[test]
fn the_schema_takes_what_the_reader_takes_and_refuses_most_of_what_it_refuses() {
    let schema = condition::schema();
    let (mut n_refused, mut n_faulty) = (0, 0);
    for seed in 100_000..101_500 {
        let mut dice = Dice::new(seed);
        let setting = Setting::any(&mut dice);
        let mut json = conditions::draft(&mut dice, &setting, OTHERS).0;
        spoil(&mut json, &mut dice);
        let fits = fits(&schema, &json);
        match Draft(json.clone()).check() {
            // The schema asks to leave out what is null.
            Ok(_) => assert!(fits || json.to_string().contains("null"), "seed {seed}: {json}"),
            Err(_) => {
                n_faulty += 1;
                n_refused += usize::from(!fits);
            }
        }
    }
    println!("{n_refused} of {n_faulty} faulty drafts are refused by the schema");
    assert!(700 < n_faulty && 9 * n_faulty < 10 * n_refused, "{n_refused} of {n_faulty}");
}

#[test]
fn numbers_keep_every_digit() {
    for number in [
        "0.1",
        "-7",
        "12345678.9012345",
        "18446744073709551615",
        "1e20",
        "1e-7",
        "0.30000000000000004",
    ] {
        let draft = Draft::from_json(&format!("{{\"attribute\":\"a\",\"is\":{number}}}")).unwrap();
        let condition = draft.check().unwrap();
        assert_eq!(Draft::from(&condition).check(), Ok(condition), "{number}");
    }
}

#[test]
fn nothing_anybody_writes_makes_the_check_panic() {
    let (mut n_sound, mut n_faulty) = (0, 0);
    for seed in 0..20_000 {
        let mut dice = Dice::new(seed);
        let setting = Setting::any(&mut dice);
        let mut json = match dice.below(4) {
            0 => anything(&mut dice, 4),
            _ => conditions::draft(&mut dice, &setting, OTHERS).0,
        };
        for _ in 0..dice.between(0, 2) {
            spoil(&mut json, &mut dice);
        }
        let draft = Draft(json);
        let _ = draft.segment_paths();
        match draft.check() {
            Ok(condition) => {
                n_sound += 1;
                assert_eq!(
                    Draft::from(&condition).check(),
                    Ok(condition),
                    "seed {seed}: {}",
                    draft.0
                );
            }
            Err(faults) => {
                n_faulty += 1;
                assert!(!faults.is_empty(), "seed {seed}: refused without a word: {}", draft.0);
                for fault in faults {
                    let place = draft.0.pointer(&fault.path);
                    assert!(place.is_some(), "seed {seed}: no such place: {fault} in {}", draft.0);
                    assert!(!fault.kind.ja().is_empty() && !fault.kind.en().is_empty());
                }
            }
        }
    }
    assert!(3_000 < n_sound && 3_000 < n_faulty, "{n_sound} sound, {n_faulty} faulty");
}

#[test]
fn a_draft_nested_beyond_measure_is_refused() {
    let mut json = json!({ "event": "seen" });
    for _ in 0..5_000 {
        json = Json::Object(Map::from_iter([("not".to_owned(), json)]));
    }
    let draft = Draft(json);
    assert!(draft.check().is_err());
    // Taking it apart by hand: dropping it would go as deep as it is nested.
    let mut rest = draft.0;
    while let Some(inner) = rest.get_mut("not") {
        rest = inner.take();
    }
}

fn anything(dice: &mut Dice, depth: usize) -> Json {
    let n = if depth == 0 { 6 } else { 9 };
    match dice.below(n) {
        0 => Json::Null,
        1 => json!(dice.once_in(2)),
        2 => json!(dice.between(-5, 400)),
        3 => json!(dice.between(-1_000, 1_000) as f64 * 1e-25),
        4 => json!(dice.pick(&[
            "",
            "3d",
            "0d",
            "4294967296d",
            "today",
            "*",
            "2026-02-30",
            "9999-12-31",
            "a\nb",
            "料金",
            "-1",
            "1e400"
        ])),
        5 => json!(dice.pick(&WORDS)),
        6 => (0..dice.below(4)).map(|_| anything(dice, depth - 1)).collect(),
        _ => {
            let mut fields = Map::new();
            for _ in 0..dice.below(4) {
                fields.insert(dice.pick(&WORDS).to_owned(), anything(dice, depth - 1));
            }
            Json::Object(fields)
        }
    }
}

/// Puts something else at a random place.
fn spoil(json: &mut Json, dice: &mut Dice) {
    let inside = !dice.once_in(4);
    match json {
        Json::Object(fields) if inside && !fields.is_empty() => {
            let key = fields.keys().nth(dice.below(fields.len())).unwrap().clone();
            if dice.once_in(5) {
                fields.insert(dice.pick(&WORDS).to_owned(), anything(dice, 1));
            } else {
                spoil(&mut fields[&key], dice);
            }
        }
        Json::Array(items) if inside && !items.is_empty() => {
            let place = dice.below(items.len());
            spoil(&mut items[place], dice);
        }
        other => *other = anything(dice, 2),
    }
}
