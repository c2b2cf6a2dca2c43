//! Definitions: versions are added, never lost, and nobody overwrites what they have not seen.

use kizashi_registry::{Definition, Error, NewDefinition, Origin};

use crate::room::{NOW, Room, refusal};

fn segment(id: &str, body: &str, expected: Option<i32>) -> NewDefinition {
    NewDefinition {
        kind: "segment".to_owned(),
        id: id.to_owned(),
        body: body.to_owned(),
        expected,
        origin: Origin::Page,
        by: "person:1".to_owned(),
    }
}

#[tokio::test]
async fn every_version_is_kept_as_it_was_written() {
    let room = Room::new();
    let registry = room.open().await;
    // Spaces and the many digits of a number would not survive a detour through a parsed value.
    let first = r#"{ "at_least":  0.10000000000000000000000001 }"#;
    assert_eq!(registry.put_definition(segment("loyal", first, None), NOW).await.unwrap(), 1);
    let second = r#"{"name":"優良顧客"}"#;
    let put = registry.put_definition(segment("loyal", second, Some(1)), NOW + 1).await;
    assert_eq!(put.unwrap(), 2);
    registry.close().await.unwrap();

    let registry = room.open().await;
    let now = registry.definition("segment", "loyal").await.unwrap().unwrap();
    let expected = Definition {
        kind: "segment".to_owned(),
        id: "loyal".to_owned(),
        version: 2,
        body: second.to_owned(),
        retired: false,
        origin: Origin::Page,
        by: "person:1".to_owned(),
        created_at: NOW + 1,
    };
    assert_eq!(now, expected);
    let then = registry.definition_at("segment", "loyal", 1).await.unwrap().unwrap();
    assert_eq!((then.body.as_str(), then.created_at), (first, NOW));
    assert_eq!(registry.definition_at("segment", "loyal", 3).await.unwrap(), None);
    assert_eq!(registry.definition("sign", "loyal").await.unwrap(), None);
    assert_eq!(registry.definition_history("segment", "loyal").await.unwrap(), vec![now, then]);
}

#[tokio::test]
async fn who_has_not_seen_the_newest_version_is_told() {
    let room = Room::new();
    let registry = room.open().await;
    registry.put_definition(segment("loyal", "{}", None), NOW).await.unwrap();
    registry.put_definition(segment("loyal", "{}", Some(1)), NOW).await.unwrap();
    let cases = [("loyal", None, Some(2)), ("loyal", Some(1), Some(2)), ("new", Some(1), None)];
    for (id, seen, stands) in cases {
        match refusal(registry.put_definition(segment(id, "[]", seen), NOW).await) {
            Error::Conflict { expected, current, .. } => {
                assert_eq!((expected, current), (seen, stands), "{id}");
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!(registry.definition_history("segment", "loyal").await.unwrap().len(), 2);
    let text = refusal(registry.put_definition(segment("loyal", "{", Some(2)), NOW).await);
    assert!(matches!(text, Error::NotJson { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_change_one_version_exactly_one_does() {
    let room = Room::new();
    let registry = room.open().await;
    let rival = room.open().await;
    registry.put_definition(segment("loyal", "0", None), NOW).await.unwrap();
    for version in 1..=10 {
        let tries: Vec<_> = (0..6)
            .map(|n| {
                let registry = if n % 2 == 0 { registry.clone() } else { rival.clone() };
                let new = segment("loyal", &n.to_string(), Some(version));
                tokio::spawn(async move { registry.put_definition(new, NOW).await })
            })
            .collect();
        let mut written = Vec::new();
        for one in tries {
            match one.await.unwrap() {
                Ok(version) => written.push(version),
                Err(Error::Conflict { current, .. }) => assert_eq!(current, Some(version + 1)),
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(written, vec![version + 1]);
    }
}

#[tokio::test]
async fn several_are_written_together_or_not_at_all() {
    let room = Room::new();
    let registry = room.open().await;
    let good = vec![segment("a", "1", None), segment("b", "1", None)];
    assert_eq!(registry.put_definitions(good, NOW).await.unwrap(), vec![1, 1]);
    let bad = vec![segment("a", "2", Some(1)), segment("c", "1", None), segment("b", "2", None)];
    let refused = refusal(registry.put_definitions(bad, NOW).await);
    assert!(matches!(refused, Error::Conflict { ref id, .. } if id == "b"));
    let bodies: Vec<_> = registry.definitions("segment").await.unwrap();
    let bodies: Vec<_> = bodies.iter().map(|d| (d.id.as_str(), d.body.as_str())).collect();
    assert_eq!(bodies, vec![("a", "1"), ("b", "1")]);
}

#[tokio::test]
async fn what_is_retired_keeps_its_history_and_comes_back() {
    let room = Room::new();
    let registry = room.open().await;
    registry.put_definition(segment("loyal", "1", None), NOW).await.unwrap();
    registry.put_definition(segment("other", "1", None), NOW).await.unwrap();
    registry.put_definition(segment("loyal", "2", Some(1)), NOW).await.unwrap();
    let retire = |by: &'static str| {
        let registry = registry.clone();
        async move {
            registry.retire_definition("segment", "loyal", Origin::Api, by, NOW + 5).await.unwrap()
        }
    };
    assert_eq!(retire("person:2").await, 3);
    assert_eq!(retire("person:3").await, 3, "retiring twice writes once");
    let list = registry.definitions("segment").await.unwrap();
    let list: Vec<_> = list.iter().map(|d| (d.id.as_str(), d.version, d.retired)).collect();
    assert_eq!(list, vec![("loyal", 3, true), ("other", 1, false)]);
    let retired = registry.definition("segment", "loyal").await.unwrap().unwrap();
    assert_eq!((retired.by.as_str(), retired.created_at), ("person:2", NOW + 5));
    assert_eq!((retired.body.as_str(), retired.origin), ("2", Origin::Api));
    let stale = registry.put_definition(segment("loyal", "3", Some(2)), NOW).await;
    assert!(matches!(refusal(stale), Error::Conflict { current: Some(3), .. }));
    let back = registry.restore_definition("segment", "loyal", Origin::Page, "person:1", NOW).await;
    assert_eq!(back.unwrap(), 4);
    let live = registry.definition("segment", "loyal").await.unwrap().unwrap();
    assert_eq!((live.retired, live.body.as_str()), (false, "2"));
    let missing = registry.retire_definition("segment", "none", Origin::Page, "x", NOW).await;
    assert!(matches!(refusal(missing), Error::NoSuchDefinition { .. }));
}
