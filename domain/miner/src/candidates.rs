//! The conditions that are searched: counts, absences, trends, own rhythm, sequences, attributes, and what contacts of a role
//! did.

use std::collections::BTreeSet;

use condition::{Condition, Draft, Leaf};
use serde_json::{Value as Json, json};
use signs::Foretold;

use crate::{Survey, survey::kinds};

/// A condition that may foretell the outcome.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// As it is written in JSON.
    pub text: String,
    /// The same, to be put into a sign.
    pub draft: Draft,
    /// As it is asked.
    pub condition: Condition,
}

/// What fewer customers have cannot be told from chance.
const CUSTOMERS_LEAST: u64 = 5;
/// So many events, values of a property and steps are looked at.
const EVENTS_MOST: usize = 40;
const VALUES_MOST: usize = 12;
const STEPS_MOST: usize = 10;
/// What we did ourselves follows from signs, and does not foretell them.
const OURS: [&str; 2] = ["approached", "snoozed"];

/// Every condition that is searched, in an order that depends on nothing but the survey.
pub fn candidates(survey: &Survey, foretold: &Foretold) -> Vec<Candidate> {
    let outcome = outcome_events(&foretold.outcome);
    let mut written: Vec<Json> = vec![];
    let mut events: Vec<(&str, u64)> = survey
        .events
        .iter()
        .filter(|(name, n)| CUSTOMERS_LEAST <= **n && !OURS.contains(&name.as_str()))
        .map(|(name, n)| (name.as_str(), *n))
        .collect();
    events.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
    events.truncate(EVENTS_MOST);
    let names: Vec<&str> = events.iter().map(|(name, _)| *name).collect();
    for name in &names {
        let is_outcome = outcome.contains(*name);
        rhythm_and_trend(&mut written, name, is_outcome);
        if is_outcome {
            continue;
        }
        counts(&mut written, &json!({ "event": name }));
        for ((event, property), values) in &survey.values {
            if event != name {
                continue;
            }
            for value in kinds(values, CUSTOMERS_LEAST, VALUES_MOST) {
                let of = json!({ "event": name, "where": [{ "property": property, "is": value }] });
                counts(&mut written, &of);
            }
        }
    }
    same_thing(&mut written, survey, &names, &outcome);
    sequences(&mut written, &names, &outcome);
    attributes(&mut written, survey);
    roles(&mut written, survey, &names, &outcome);
    let checked = written.into_iter().filter_map(|draft| {
        let text = draft.to_string();
        let draft = Draft::from_json(&text).ok()?;
        let condition = draft.check().ok()?;
        Some(Candidate { text, draft, condition })
    });
    checked.collect()
}

/// The names of the events that are the outcome.
fn outcome_events(outcome: &Condition) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    outcome.each_leaf(&mut |leaf| {
        if let Leaf::Count { events, .. } = leaf
            && let condition::EventPattern::Exact(name) = &events.name
        {
            names.insert(name.clone());
        }
    });
    names
}

fn with(of: &Json, more: Json) -> Json {
    let mut all = of.clone();
    if let (Json::Object(all), Json::Object(more)) = (&mut all, more) {
        all.extend(more);
    }
    all
}

fn counts(written: &mut Vec<Json>, of: &Json) {
    for (n, last) in [(1, "14d"), (1, "30d"), (2, "30d"), (3, "14d")] {
        written.push(with(of, json!({ "count": { "at_least": n }, "last": last })));
    }
}

fn rhythm_and_trend(written: &mut Vec<Json>, name: &str, is_outcome: bool) {
    written.push(json!({ "rhythm": name, "overdue_by": "1.5", "gaps_at_least": 2 }));
    if is_outcome {
        return;
    }
    written
        .push(json!({ "all": [{ "event": name }, { "not": { "event": name, "last": "30d" } }] }));
    for is in [json!({ "at_most": { "percent": 50 } }), json!({ "at_least": { "percent": 150 } })] {
        written.push(json!({ "trend": { "event": name }, "now": { "last": "30d" },
            "before": { "ago": ["60d", "30d"] }, "is": is, "base_at_least": "4" }));
    }
}

/// The same thing done again: a product that is overdue and looked at.
fn same_thing(
    written: &mut Vec<Json>,
    survey: &Survey,
    names: &[&str],
    outcome: &BTreeSet<String>,
) {
    let has = |name: &str, property: &str| {
        survey.values.contains_key(&(name.to_owned(), property.to_owned()))
    };
    let properties: BTreeSet<&str> =
        survey.values.keys().map(|(_, property)| property.as_str()).collect();
    for property in properties {
        for name in names.iter().filter(|name| has(name, property)) {
            if !outcome.contains(*name) {
                let seen = json!({ "event": name, "count": { "at_least": 3 }, "last": "14d" });
                written.push(json!({ "some": property, "of": name, "satisfies": seen }));
                continue;
            }
            for other in names.iter().filter(|other| *other != name && has(other, property)) {
                written.push(json!({ "some": property, "of": name, "satisfies": { "all": [
                    { "rhythm": name, "overdue_by": "1.5", "gaps_at_least": 2 },
                    { "event": other, "count": { "at_least": 3 }, "last": "14d" },
                ] } }));
            }
        }
    }
}

fn sequences(written: &mut Vec<Json>, names: &[&str], outcome: &BTreeSet<String>) {
    let steps: Vec<&&str> =
        names.iter().filter(|name| !outcome.contains(**name)).take(2 * STEPS_MOST).collect();
    for first in &steps {
        for then in steps.iter().filter(|then| **then != *first) {
            let mut sequence = json!({ "sequence": [{ "event": first },
                { "event": then, "within": "7d" }], "last": "30d" });
            if let Some(name) = outcome.first() {
                sequence["never_since"] = json!({ "event": name });
            }
            written.push(sequence);
        }
    }
}

fn attributes(written: &mut Vec<Json>, survey: &Survey) {
    for (key, values) in &survey.attributes {
        for value in kinds(values, CUSTOMERS_LEAST, VALUES_MOST) {
            written.push(json!({ "attribute": key, "is": value }));
        }
    }
    // What is used against its limit: two numbers whose names begin the same.
    let numbers: Vec<&String> = survey.numbers.keys().collect();
    for used in &numbers {
        let Some((stem, _)) = used.rsplit_once('_') else { continue };
        for limit in numbers.iter().filter(|limit| *limit != used) {
            if limit.rsplit_once('_').is_some_and(|(other, _)| other == stem) {
                written.push(json!({ "attribute": used,
                    "at_least": { "attribute": limit, "times": "0.8" } }));
            }
        }
    }
}

fn roles(written: &mut Vec<Json>, survey: &Survey, names: &[&str], outcome: &BTreeSet<String>) {
    let Some(values) = survey.contacts.get("role") else { return };
    for role in kinds(values, CUSTOMERS_LEAST, 6) {
        let steps = names.iter().filter(|name| !outcome.contains(**name)).take(STEPS_MOST);
        for name in steps {
            written.push(json!({ "contacts": "any", "satisfies": { "all": [
                { "attribute": "role", "is": role }, { "event": name, "last": "14d" } ] } }));
        }
    }
}
