//! Settings, profiles, the audit trail, and the sentences of errors.

use kizashi_registry::{Error, Language, Role};

use crate::room::{NOW, Room, refusal};

#[tokio::test]
async fn settings_and_profiles_hold_the_last_json_that_was_put() {
    let room = Room::new();
    let registry = room.open().await;
    assert_eq!(registry.setting("time_zone").await.unwrap(), None);
    registry.put_setting("time_zone", r#""Asia/Tokyo""#, NOW).await.unwrap();
    registry.put_setting("fiscal_month", "4", NOW).await.unwrap();
    registry.put_setting("fiscal_month", "10", NOW + 1).await.unwrap();
    registry.put_profile("4f2a", r#"{"0":"customer"}"#, NOW).await.unwrap();
    registry.put_profile("4f2a", r#"{"0":null}"#, NOW).await.unwrap();
    let broken = refusal(registry.put_setting("fiscal_month", "april", NOW).await);
    assert!(matches!(broken, Error::NotJson { .. }));
    assert!(matches!(refusal(registry.put_profile("x", "", NOW).await), Error::NotJson { .. }));
    registry.close().await.unwrap();

    let registry = room.open().await;
    let settings: Vec<_> = registry.settings().await.unwrap().into_iter().collect();
    let expected = [("fiscal_month", "10"), ("time_zone", r#""Asia/Tokyo""#)];
    assert_eq!(settings, expected.map(|(key, json)| (key.to_owned(), json.to_owned())));
    let under = registry.settings_under("time_").await.unwrap();
    assert_eq!(under.into_keys().collect::<Vec<_>>(), ["time_zone"]);
    assert!(registry.settings_under("TIME_").await.unwrap().is_empty());
    assert_eq!(registry.setting("fiscal_month").await.unwrap().as_deref(), Some("10"));
    assert_eq!(registry.profile("4f2a").await.unwrap().as_deref(), Some(r#"{"0":null}"#));
    assert_eq!(registry.profile("time_zone").await.unwrap(), None);
}

#[tokio::test]
async fn the_trail_is_read_backwards_page_by_page() {
    let room = Room::new();
    let registry = room.open().await;
    for n in 0..25 {
        let detail = format!("change {n}");
        let on = format!("segment:{n}");
        registry.audit("person:1", "segment_changed", &on, Some(&detail), NOW + n).await.unwrap();
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = registry.audit_page(before, 10).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.id);
        // What is added meanwhile belongs to the front and moves no page.
        registry.audit("key:2", "looked", "segment:0", None, NOW + 99).await.unwrap();
        seen.extend(page);
    }
    let times: Vec<_> = seen.iter().map(|entry| entry.at - NOW).collect();
    assert_eq!(times, (0..25).rev().collect::<Vec<_>>());
    assert_eq!(seen[24].on, "segment:0");
    assert_eq!(seen[24].detail.as_deref(), Some("change 0"));
    assert_eq!(registry.audit_page(None, 1).await.unwrap()[0].who, "key:2");
}

#[tokio::test]
async fn a_refusal_is_one_sentence_in_either_language() {
    let room = Room::new();
    let registry = room.open().await;
    let refused = refusal(registry.add_key("x", Role::Owner, "person:1", NOW).await);
    assert_eq!(
        refused.sentence(Language::En),
        "an API key can't be an owner; choose manager, rep or viewer"
    );
    assert_eq!(
        refused.sentence(Language::Ja),
        "API キーをオーナーにすることはできません。マネージャー、営業担当者、閲覧者から選んでください"
    );
}
