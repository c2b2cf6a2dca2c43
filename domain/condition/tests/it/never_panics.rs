//! Any JSON at all as a condition: sound or faults, never a panic; what is sound is written and read back as it is.

use kizashi_condition::{Draft, Language, Words, say_condition};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const GOLDEN: &str = include_str!("../../golden/sentences.json");

fn drafts() -> Vec<Json> {
    let golden: Vec<Json> = serde_json::from_str(GOLDEN).expect("the golden sentences are JSON");
    golden.into_iter().map(|entry| entry["draft"].clone()).collect()
}

/// All values in a document.
fn places(json: &Json, path: String, out: &mut Vec<String>) {
    match json {
        Json::Object(all) => {
            all.iter().for_each(|(key, value)| places(value, format!("{path}/{key}"), out));
        }
        Json::Array(all) => {
            let each = all.iter().enumerate();
            each.for_each(|(place, value)| places(value, format!("{path}/{place}"), out));
        }
        _ => {}
    }
    out.push(path);
}

/// Something that stands where something else should.
fn odd() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        "[0-9dhmwyDHPTYM.:+/eE-]{0,14}".prop_map(Json::from),
        "\\PC{0,12}".prop_map(Json::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[[{"all": []}]]])),
    ]
}

/// Checked; and when it is sound, all that is done with one.
fn used(draft: Json) {
    let Ok(condition) = Draft(draft).check() else { return };
    let written = Draft::from(&condition);
    assert_eq!(written.check().as_ref(), Ok(&condition), "{written:?}");
    for language in [Language::Ja, Language::En] {
        assert!(!say_condition(&condition, language, &Words::plain()).is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_draft_with_something_odd_in_it(which in any::<prop::sample::Index>(), changes in proptest::collection::vec((any::<prop::sample::Index>(), odd()), 1..3)) {
        let mut draft = which.get(&drafts()[..]).clone();
        for (place, odd) in changes {
            let mut paths = Vec::new();
            places(&draft, String::new(), &mut paths);
            *draft.pointer_mut(place.get(&paths[..]).as_str()).unwrap() = odd;
        }
        used(draft);
    }

    #[test]
    fn any_draft_with_a_piece_of_another(one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let all = drafts();
        let (mut draft, other) = (one.get(&all[..]).clone(), other.get(&all[..]));
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        places(other, String::new(), &mut theirs);
        places(&draft, String::new(), &mut ours);
        let piece = other.pointer(from.get(&theirs[..]).as_str()).unwrap().clone();
        *draft.pointer_mut(to.get(&ours[..]).as_str()).unwrap() = piece;
        used(draft);
    }

    #[test]
    fn any_text_as_json(text in "[\\[\\]{}\":,0-9a-z .eE+-]{0,60}") {
        if let Ok(Draft(json)) = Draft::from_json(&text) {
            used(json);
        }
    }
}
