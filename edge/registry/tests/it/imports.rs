//! Imports: how far each came, and what a restart makes of those that were on their way.

use kizashi_registry::{Error, Import, ImportState, NewImport, Registry};

use crate::room::{NOW, Room, refusal};

async fn import(registry: &Registry, file: &str) -> Import {
    let new = NewImport {
        file: file.to_owned(),
        bytes: 12_345,
        kind: Some("customers".to_owned()),
        layout: Some(r#"{"container":"csv"}"#.to_owned()),
        by: "person:1".to_owned(),
    };
    registry.add_import(new, NOW).await.unwrap()
}

async fn go(registry: &Registry, import: &Import, to: ImportState) -> Import {
    let moved = Import { state: to, ..import.clone() };
    registry.update_import(&moved, import.state).await.unwrap();
    moved
}

#[tokio::test]
async fn an_import_is_kept_with_all_that_was_found() {
    let room = Room::new();
    let registry = room.open().await;
    let read = import(&registry, "顧客リスト.csv").await;
    assert_eq!(read.state, ImportState::Read);
    let done = Import {
        state: ImportState::Committed,
        kind: Some("contacts".to_owned()),
        layout: Some("[1]".to_owned()),
        batch: Some(7),
        counts: Some(r#"{"rows":2}"#.to_owned()),
        problems: Some("[]".to_owned()),
        error: None,
        committed_at: Some(NOW + 3),
        undone_at: Some(NOW + 4),
        ..read.clone()
    };
    registry.update_import(&done, ImportState::Read).await.unwrap();
    let other = import(&registry, "b.csv").await;
    registry.close().await.unwrap();

    let registry = room.open().await;
    assert_eq!(registry.import(done.id).await.unwrap(), Some(done.clone()));
    assert_eq!(registry.imports(10).await.unwrap(), vec![other.clone(), done]);
    assert_eq!(registry.imports(1).await.unwrap(), vec![other]);
    assert_eq!(registry.import(99).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_press_commit_exactly_one_commits() {
    let room = Room::new();
    let registry = room.open().await;
    for _ in 0..10 {
        let read = import(&registry, "a.csv").await;
        let checked = go(&registry, &read, ImportState::Checked).await;
        let press = || {
            let moved = Import { state: ImportState::Committing, ..checked.clone() };
            let registry = registry.clone();
            tokio::spawn(async move { registry.update_import(&moved, ImportState::Checked).await })
        };
        let (one, two) = (press(), press());
        let (one, two) = (one.await.unwrap(), two.await.unwrap());
        assert!(one.is_ok() != two.is_ok());
        let late = refusal(one.and(two));
        assert!(matches!(late, Error::ImportMoved { state: ImportState::Committing, .. }));
    }
}

#[tokio::test]
async fn after_a_restart_what_was_at_work_has_failed_and_the_rest_stands() {
    let room = Room::new();
    let registry = room.open().await;
    for &state in ImportState::ALL {
        let read = import(&registry, state.as_str()).await;
        go(&registry, &read, state).await;
    }
    // No close: the process was killed.
    drop(registry);
    let registry = room.open().await;
    let sentence = "サーバーが止まったため中断しました。もう一度取り込んでください";
    let failed = registry.fail_unfinished_imports(sentence).await.unwrap();
    let files: Vec<_> = failed.iter().map(|import| import.file.as_str()).collect();
    assert_eq!(files, vec!["checking", "committing"]);
    for import in registry.imports(100).await.unwrap() {
        let at_work = files.contains(&import.file.as_str());
        assert_eq!(import.error.as_deref(), at_work.then_some(sentence));
        let state = if at_work { "failed" } else { import.file.as_str() };
        assert_eq!(import.state.as_str(), state);
    }
    assert_eq!(registry.fail_unfinished_imports(sentence).await.unwrap(), vec![]);
}

#[tokio::test]
async fn an_update_of_nothing_or_with_broken_json_is_refused() {
    let room = Room::new();
    let registry = room.open().await;
    let read = import(&registry, "a.csv").await;
    let lost = Import { id: 99, ..read.clone() };
    let refused = refusal(registry.update_import(&lost, ImportState::Read).await);
    assert!(matches!(refused, Error::NoSuchImport(99)));
    let broken = Import { counts: Some("{".to_owned()), ..read.clone() };
    let refused = refusal(registry.update_import(&broken, ImportState::Read).await);
    assert!(matches!(refused, Error::NotJson { .. }));
    assert_eq!(registry.import(read.id).await.unwrap(), Some(read));
}
