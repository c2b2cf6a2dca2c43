//! Cases with known answers, in a neutral notation that belongs to no product: each is translated to drafts, checked, and
//! asked through every driver.
//!
//! ```text
//!   {"id": "…", "tz": "…", "defs": {name: condition}, "who": {name: [record…]}, "probes": [{"t", "def", "expect": {name: bool}}]}
//! ```
//! What is not understood fails loudly, with its place. Nothing is skipped.

#[path = "../../domain/kernel/tests/it/drivers.rs"]
mod drivers;
mod fields;
mod file;
mod leaves;
#[allow(dead_code, reason = "the tests of the kernel use the rest of it")]
#[path = "../../domain/kernel/tests/it/live_host.rs"]
mod live_host;
mod notation;
mod standing;

use std::{fs, process::ExitCode};

use serde_json::Value as Json;

use drivers::{Driver, Question};
use file::Case;

/// How many answers were as expected, and how many were not.
#[derive(Debug, Default)]
struct Tally {
    passed: usize,
    failed: usize,
}

/// Asks all cases of all files and prints each answer that is not as expected. The last line counts the answers: one
/// of one customer by one driver each.
pub(crate) fn run(files: &[&str]) -> ExitCode {
    let mut tally = Tally::default();
    if files.is_empty() {
        eprintln!("name at least one file of cases");
        tally.failed += 1;
    }
    for file in files {
        if let Err(why) = ask_all(file, &mut tally) {
            println!("`{file}`: {why}");
            tally.failed += 1;
        }
    }
    println!("{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn ask_all(file: &str, tally: &mut Tally) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|why| why.to_string())?;
    let cases: Vec<Json> = serde_json::from_str(&text).map_err(|why| why.to_string())?;
    for case in &cases {
        let name = case["id"].as_str().unwrap_or("a case without `id`");
        if let Err(why) = ask(name, case, tally) {
            println!("{name}: {why}");
            // Every answer the case asks for is missing.
            tally.failed += Driver::ALL.len() * n_expected(case).max(1);
        }
    }
    Ok(())
}

fn n_expected(case: &Json) -> usize {
    let probes = case["probes"].as_array().map_or(&[][..], Vec::as_slice);
    let n = |probe: &Json| match &probe["expect"] {
        Json::Object(expected) => expected.len(),
        _ => 1,
    };
    probes.iter().map(n).sum()
}

fn ask(name: &str, case: &Json, tally: &mut Tally) -> Result<(), String> {
    let case = Case::read(case)?;
    let asked: Vec<Question> =
        case.probes.iter().map(|probe| Question { at: probe.at, segment: probe.segment }).collect();
    for driver in Driver::ALL {
        let answers = driver.ask(&case.world, &asked)?;
        for (probe, members) in case.probes.iter().zip(answers) {
            for (who, expected) in &probe.expected {
                let got = members.contains(who);
                if got == *expected {
                    tally.passed += 1;
                    continue;
                }
                tally.failed += 1;
                let word = |is_in: bool| if is_in { "in" } else { "out" };
                println!(
                    "{name} by {}: {who} in `{}` at {}: got {}, expected {}",
                    driver.name(),
                    probe.def,
                    probe.at,
                    word(got),
                    word(*expected),
                );
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// One customer who bought for 10 on June 1 and for 30 on June 8, asked at noon of June 10.
    fn tally_of(def: Json, expected: bool) -> Result<Tally, String> {
        let case = json!({
            "id": "x", "tz": "UTC", "defs": { "A": def, "B": { "event": "buy" } },
            "who": { "u": [
                { "t": "2026-06-01T12:00:00Z", "ev": "buy", "p": { "amt": 10 }, "id": 1 },
                { "t": "2026-06-08T12:00:00Z", "ev": "buy", "p": { "amt": 30 }, "id": 2 },
                { "t": "2026-06-08T13:00:00Z", "ev": "call", "set": { "plan": "pro", "due": "2026-06-10" } },
            ] },
            "probes": [{ "t": "2026-06-10T12:00:00Z", "def": "A", "expect": { "u": expected } }],
        });
        let mut tally = Tally::default();
        ask("x", &case, &mut tally).map(|()| tally)
    }

    #[test]
    fn everything_the_notation_can_say_is_asked() {
        for (def, expected) in [
            (json!({ "event": "buy", "sum": "amt", "gte": 40 }), true),
            (json!({ "event": "buy", "sum": { "of": "amt", "lt": 40 } }), false),
            (json!({ "event": "buy", "measure": { "avg": "amt" }, "value": { "eq": 20 } }), true),
            (json!({ "event": "buy", "measure": "max", "of": "amt", "is": "ne", "v": 10 }), true),
            (json!({ "event": "buy", "min": "amt", "is": { "between": [5, 9] } }), false),
            (json!({ "event": "buy", "days": { "eq": 2 }, "window": { "days": 30 } }), true),
            (json!({ "event": "*", "distinct": { "of": "amt", "ne": 2 } }), false),
            (
                json!({ "event": "buy", "count": { "gte": 2, "lte": 3 }, "window": "this_month" }),
                true,
            ),
            (json!({ "event": "buy", "count": { "ne": 2 }, "window": { "older": "1w" } }), true),
            (
                json!({ "trend": "buy", "now": { "last": "1w" }, "before": { "ago": ["2w", "1w"] },
                     "ratio": { "lte": 1 }, "base": 1 }),
                true,
            ),
            (
                json!({ "trend": { "event": "buy", "sum": "amt" }, "now": { "last": "1w" },
                     "before": { "ago": ["2w", "1w"] }, "percent": { "gt": 300 } }),
                false,
            ),
            (
                json!({ "sequence": ["buy", { "event": "call", "within": "2h" }], "last": "3d",
                     "none_between": "mail" }),
                true,
            ),
            (json!({ "first_time": "buy", "window": { "last": "1w" } }), false),
            (
                json!({ "last_event": "buy", "has": [{ "k": "amt", "is": "gt", "v": 10 }], "last": "3d" }),
                true,
            ),
            (json!({ "has_been": "plan", "v": "pro", "op": "lt", "for": "2d" }), true),
            (json!({ "not": { "segment": "B" } }), false),
            (json!({ "segment": "B", "is": "not_in" }), false),
            (json!({ "attr": "due", "is": "date_is", "v": "today" }), true),
            (json!({ "attr": "due", "is": "date_is", "v": "2026-06-10" }), true),
            (json!({ "attr": "due", "is": "date_is", "v": "2026-06-11" }), false),
            (json!({ "attr": "due", "is": "in_next", "v": "1d" }), false),
            (json!({ "attr": "due", "is": "date_in", "v": { "last": "1d" } }), true),
            (json!({ "attr": "due", "is": "lt", "v": { "attr": "plan" } }), false),
            (json!({ "attr": "plan", "is": "missing" }), false),
            (json!({ "attr": "plan", "is": "ne", "v": "" }), true),
            (json!({ "attr": "plan", "is": "starts", "v": "p" }), true),
            (json!({ "attr": "due", "is": "after", "v": "2026-06-09" }), true),
            (json!({ "attr": "due", "is": "on", "v": "2026-06-10" }), true),
            (json!({ "attr": "due", "is": "anniversary_in", "v": 365 }), true),
            (json!({ "event": "buy", "count": { "gt": 1, "lt": 3 } }), true),
            (json!({ "did": "buy", "times": { "between": [3, 4] } }), false),
            (json!({ "never": "mail", "window": { "days": 30 } }), true),
            (json!({ "event": "buy", "window": { "to_day": "2026-06-01" } }), true),
            (json!({ "event": "buy", "count": 1, "window": { "on_day": "2026-06-08" } }), true),
            (json!({ "event": "buy", "count": 2, "window": "fiscal_year" }), true),
            (json!({ "sequence": ["buy", "buy", "call"], "within": "8d" }), true),
            (json!({ "none_of": [{ "event": "mail" }, { "segment": "B" }] }), false),
            (json!({ "first_event": "mail", "last": "1w", "if_none": true }), true),
            (json!({ "regularly": "buy", "every": "1w", "periods": 2, "at_least": 2 }), true),
            (
                json!({ "ratio": { "event": "call" }, "over": { "event": "buy" }, "percent": { "eq": 50 } }),
                true,
            ),
            (json!({ "segment": "B", "been_for": "1w" }), true),
            (json!({ "segment": "B", "entered": { "last": "1w" } }), false),
            (json!({ "tag": "vip" }), false),
            (
                json!({ "points": [{ "weight": 3, "when": { "event": "buy" } }], "is": { "gte": 3 } }),
                true,
            ),
            (json!({ "status": "plan", "order": ["free", "pro"], "gte": "free" }), true),
            (json!({ "contacts": "none", "satisfies": { "event": "buy" } }), true),
            (json!({ "random": "salt", "percent": 100 }), true),
        ] {
            let tally = tally_of(def.clone(), expected).unwrap();
            assert_eq!((tally.passed, tally.failed), (Driver::ALL.len(), 0), "{def}");
        }
        assert_eq!(tally_of(json!({ "event": "buy" }), false).unwrap().failed, Driver::ALL.len());
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (def, named) in [
            (json!({ "event": "buy", "evry": 3 }), "`evry`"),
            (json!({ "event": "buy", "window": { "since": "x" } }), "`since`"),
            (json!({ "event": "buy", "window": "next_month" }), "`next_month`"),
            (json!({ "attr": "plan", "is": "like", "v": "p%" }), "`like`"),
            (json!({ "xor": [] }), "not understood"),
            (json!({ "event": "buy", "sum": "amt" }), "without a comparison"),
            (json!({ "segment": "C" }), "`C`"),
            (json!({ "event": "buy", "window": { "last": "0d" } }), "refused"),
        ] {
            let why = tally_of(def.clone(), true).unwrap_err();
            assert!(why.contains(named), "{def}: {why}");
        }
    }
}
