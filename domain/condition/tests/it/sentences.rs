//! Every kind of condition says itself as `golden/sentences.json` has it; `UPDATE_EXPECT=1` writes that file anew.
//! The web app's tests read the same file.

use expect_test::expect_file;
use kizashi_condition::{Draft, FaultKind, Language, SegmentId, Words, say_condition};
use serde_json::Value as Json;

const GOLDEN: &str = include_str!("../../golden/sentences.json");

fn say(draft: &Json, language: Language) -> String {
    let condition = Draft(draft.clone()).check().unwrap_or_else(|faults| {
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("a golden draft must be sound: {draft}\n{}", said.join("\n"))
    });
    say_condition(&condition, language, &Words::plain())
}

#[test]
fn sentences_are_as_written_in_the_golden_file() {
    let golden: Vec<Json> = serde_json::from_str(GOLDEN).unwrap();
    assert!(70 <= golden.len(), "the golden file covers every kind of leaf and window");
    let entries: Vec<String> = golden
        .iter()
        .map(|entry| {
            let draft = &entry["draft"];
            let text = |said: String| Json::String(said).to_string();
            let (ja, en) = (text(say(draft, Language::Ja)), text(say(draft, Language::En)));
            format!("{{\n  \"draft\": {},\n  \"ja\": {ja},\n  \"en\": {en}\n}}", written(draft))
        })
        .collect();
    expect_file!["../../golden/sentences.json"]
        .assert_eq(&format!("[\n{}\n]\n", entries.join(",\n")));
}

#[test]
fn no_two_golden_conditions_share_a_sentence() {
    let golden: Vec<Json> = serde_json::from_str(GOLDEN).unwrap();
    for language in [Language::Ja, Language::En] {
        let mut seen = std::collections::BTreeMap::new();
        for entry in &golden {
            let draft = &entry["draft"];
            let earlier = seen.insert(say(draft, language), written(draft));
            assert_eq!(
                earlier, None,
                "two conditions are told apart only by their sentences: {draft}"
            );
        }
    }
}

#[test]
fn segments_are_called_by_the_names_the_caller_gives() {
    let condition = Draft(serde_json::json!({"not": {"segment": "mail-stop"}})).check().unwrap();
    let name = |id: &SegmentId| (id.as_str() == "mail-stop").then(|| "配信停止".to_owned());
    let words = Words { segment: &name, ..Words::plain() };
    assert_eq!(say_condition(&condition, Language::Ja, &words), "「配信停止」に入っていない");
    assert_eq!(say_condition(&condition, Language::En, &words), "is not in “配信停止”");
}

#[test]
fn scores_are_called_by_the_names_of_their_signs() {
    let draft = serde_json::json!({"not": {"score": "churn", "is": {"at_least": 60}}});
    let condition = Draft(draft).check().unwrap();
    let name = |id: &str| (id == "churn").then(|| "離反の兆し".to_owned());
    let words = Words { sign: &name, ..Words::plain() };
    let said = say_condition(&condition, Language::Ja, &words);
    assert_eq!(said, "スコア「離反の兆し」が60以上ではない");
    let said = say_condition(&condition, Language::En, &words);
    assert_eq!(said, "score “離反の兆し” is not at least 60");
}

#[test]
fn a_draft_that_is_no_condition_has_no_sentence() {
    let faults = Draft(serde_json::json!({"all": []})).check().unwrap_err();
    assert_eq!(faults[0].kind, FaultKind::Empty);
}

/// JSON on one line with its keys in a fixed order, whatever map the JSON library was built with.
fn written(json: &Json) -> String {
    match json {
        Json::Array(items) => {
            format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", "))
        }
        Json::Object(fields) => {
            let mut keys: Vec<&String> = fields.keys().collect();
            keys.sort_by_key(|key| (place(key), key.as_str()));
            let pairs = keys.iter().map(|key| format!("\"{key}\": {}", written(&fields[*key])));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// What a condition is about stands before how it is compared.
fn place(key: &str) -> usize {
    const FIRST: [&str; 12] = [
        "attribute",
        "property",
        "measure",
        "of",
        "event",
        "first",
        "last",
        "trend",
        "rhythm",
        "sequence",
        "some",
        "where",
    ];
    FIRST.iter().position(|first| *first == key).unwrap_or(FIRST.len())
}
