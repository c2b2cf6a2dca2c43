//! What newer rules have in common with older ones, also where segments refer to each other over and over.

use condition::{Draft, SegmentId};
use facts::Calendar;
use kizashi_engine::{Handover, Rules, Wanted};
use serde_json::{Value, json};

fn rules(segments: &[(String, Value)]) -> Rules {
    let checked = segments
        .iter()
        .map(|(id, draft)| (SegmentId::new(id).unwrap(), Draft(draft.clone()).check().unwrap()));
    Rules::new(checked.collect(), vec![], Calendar::japan()).unwrap()
}

/// Each segment refers twice to the one before, so that written out the last would be as long as the sky is wide.
fn chain(first: Value) -> Vec<(String, Value)> {
    let mut segments = vec![("s0".to_owned(), first)];
    for n in 1..60 {
        let before = json!({ "segment": format!("s{}", n - 1) });
        let event = json!({ "event": format!("e{n}") });
        let either = json!({ "any": [{ "not": before }, event] });
        segments.push((format!("s{n}"), json!({ "all": [before, either] })));
    }
    segments
}

#[test]
fn equal_rules_ask_nothing_anew() {
    let (older, newer) =
        (rules(&chain(json!({ "event": "a" }))), rules(&chain(json!({ "event": "a" }))));
    let handover = Handover::new(&older, &newer);
    assert_eq!(handover.fresh(), Wanted::nothing());
    assert_eq!(handover.changed_segments().count(), 0);
}

#[test]
fn what_refers_to_a_changed_segment_has_changed_and_only_the_new_question_is_asked() {
    let mut after = chain(json!({ "event": "b" }));
    after.push(("apart".to_owned(), json!({ "event": "e7" })));
    let (older, newer) = (rules(&chain(json!({ "event": "a" }))), rules(&after));
    let handover = Handover::new(&older, &newer);
    let Wanted::These(fresh) = handover.fresh() else { panic!("everything is asked") };
    assert_eq!(fresh.len(), 1);
    assert_eq!(handover.changed_segments().count(), 61);
    assert!(!handover.is_same(59));
}

#[test]
fn a_renamed_segment_is_the_same_segment() {
    let older = rules(&[("old".to_owned(), json!({ "event": "a" }))]);
    let newer = rules(&[("new".to_owned(), json!({ "event": "a" }))]);
    let handover = Handover::new(&older, &newer);
    assert_eq!((handover.same_segment(0), handover.is_same(0)), (Some(0), false));
}
