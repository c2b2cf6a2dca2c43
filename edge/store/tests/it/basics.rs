//! What the store promises in a quiet life.

use facts::{ContactKey, HistoryBuilder, Value};
use store::{Added, Kind, Options, Store, StoreError, Watch};

use crate::{
    makings::{at, batch, became, customer, event, of_contact},
    model::{Model, import},
};

fn open(folder: &std::path::Path) -> Store {
    Store::open(folder, Options::default(), &Watch::NONE).unwrap()
}

#[test]
fn what_was_taken_in_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut model = Model::default();
    let first =
        batch("crm", vec![event("A", "login", -5, Some("1")), event("B", "login", -4, None)]);
    let second =
        batch("crm", vec![event("A", "login", -5, Some("1")), event("A", "left", -1, Some("2"))]);
    let store = open(folder.path());
    let done = store.append(first.clone()).unwrap();
    assert_eq!((done.batch, done.accepted, done.customers.len()), (Some(1), 2, 2));
    let done = store.append(second.clone()).unwrap();
    assert_eq!((done.batch, done.accepted), (Some(2), 1));
    assert_eq!((done.duplicates[0].row, done.duplicates[0].batch), (0, 1));
    let again = store.append(second.clone()).unwrap();
    assert_eq!((again.batch, again.accepted, again.duplicates.len()), (None, 0, 2));
    model.append(&first, 1);
    model.append(&second, 2);
    model.assert_same(&store);
    let digest = store.digest(&Watch::NONE).unwrap();
    drop(store);
    let store = open(folder.path());
    assert_eq!(store.opened().replayed_facts, 3);
    model.assert_same(&store);
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
    store.close().unwrap();
    let store = open(folder.path());
    assert_eq!(store.opened().replayed_facts, 0, "closing flushes");
    model.assert_same(&store);
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
    store.rebuild(&Watch::NONE).unwrap();
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
    drop(store);
    std::fs::remove_dir_all(folder.path().join("derived")).unwrap();
    let store = open(folder.path());
    assert_eq!(store.opened().rebuilt.as_deref(), Some("there was none"));
    model.assert_same(&store);
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
}

#[test]
fn a_second_process_is_told_who_has_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let Err(error) = Store::open(folder.path(), Options::default(), &Watch::NONE) else {
        panic!("opened twice")
    };
    let said = error.to_string();
    assert!(said.contains(&folder.path().display().to_string()), "{said}");
    assert!(said.contains(&format!("process {}", std::process::id())), "{said}");
    store.append(batch("s", vec![event("A", "login", 0, None)])).unwrap();
    let options = Options { read_only: true, ..Options::default() };
    let reader = Store::open(folder.path(), options, &Watch::NONE).unwrap();
    assert_eq!(reader.events_n(), 1);
    let refused = reader.append(batch("s", vec![event("A", "login", 0, None)]));
    assert!(matches!(refused, Err(StoreError::ReadOnly)));
    drop(store);
    open(folder.path());
}

#[test]
fn a_newer_or_foreign_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).append(batch("s", vec![event("A", "login", 0, None)])).unwrap();
    let format = folder.path().join("format");
    let refusal = || match Store::open(folder.path(), Options::default(), &Watch::NONE) {
        Ok(_) => panic!("opened"),
        Err(error) => error.to_string(),
    };
    std::fs::write(&format, "kizashi 3\n").unwrap();
    assert!(refusal().contains("newer Kizashi"), "{}", refusal());
    std::fs::write(&format, "something\n").unwrap();
    assert!(refusal().contains("says something else"), "{}", refusal());
    std::fs::remove_file(&format).unwrap();
    assert!(refusal().contains("missing"), "{}", refusal());
    std::fs::write(&format, "kizashi 1\n").unwrap();
    assert_eq!(open(folder.path()).events_n(), 1);
    let nowhere = Options { read_only: true, ..Options::default() };
    let nothing = Store::open(&folder.path().join("nowhere"), nowhere, &Watch::NONE);
    assert!(matches!(nothing, Err(StoreError::Nothing { .. })));
}

#[test]
fn an_import_counts_as_known_when_it_happened_and_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let mut old = batch(
        "file",
        vec![event("A", "login", -500, Some("1")), event("B", "login", 300, Some("2"))],
    );
    old.old = true;
    let mut model = Model::default();
    let done = import(&store, &old).unwrap();
    model.append(&old, done.batch.unwrap());
    model.assert_same(&store);
    let mut builder = HistoryBuilder::new();
    store.history(store.number_of(&customer("A")).unwrap(), &mut builder).unwrap();
    assert_eq!(builder.finish().known_since(), Some(at(-500)));
    store.history(store.number_of(&customer("B")).unwrap(), &mut builder).unwrap();
    assert_eq!(builder.finish().known_since(), Some(at(0)), "never later than received");
    let touched = store.undo(done.batch.unwrap(), at(5), "sato").unwrap();
    assert_eq!(touched, done.customers);
    model.undo(done.batch.unwrap());
    model.assert_same(&store);
    assert_eq!(store.customers_n(), 0);
    assert!(matches!(store.undo(1, at(6), "sato"), Err(StoreError::UndoneBefore(1))));
    assert!(matches!(store.undo(7, at(6), "sato"), Err(StoreError::NoSuchBatch(7))));
    let undone = store.batches()[0].undone.clone().unwrap();
    assert_eq!((undone.at, &*undone.by), (at(5), "sato"));
    let again = import(&store, &old).unwrap();
    assert_eq!(again.accepted, 2, "the ids of an undone batch are free again");
    model.append(&old, again.batch.unwrap());
    model.assert_same(&store);
    let digest = store.digest(&Watch::NONE).unwrap();
    store.rebuild(&Watch::NONE).unwrap();
    model.assert_same(&store);
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
}

#[test]
fn an_import_that_is_not_committed_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let mut staged = store.begin_import("file", "a.csv", at(0)).unwrap();
    assert_eq!(staged.add(&event("A", "login", -1, Some("1"))).unwrap(), Added::New);
    assert_eq!(staged.add(&event("A", "login", -1, Some("1"))).unwrap(), Added::Duplicate);
    drop(staged);
    let imports = folder.path().join("facts/imports");
    assert_eq!(std::fs::read_dir(&imports).unwrap().count(), 0);
    assert_eq!(store.customers_n(), 0);
    let cancel = std::sync::atomic::AtomicBool::new(true);
    let mut staged = store.begin_import("file", "a.csv", at(0)).unwrap();
    staged.add(&event("A", "login", -1, Some("1"))).unwrap();
    let stopped = staged.commit(&Watch { progress: None, cancel: Some(&cancel) });
    assert!(matches!(stopped, Err(StoreError::Cancelled)));
    assert_eq!((store.customers_n(), store.batches().len()), (0, 0));
    std::fs::write(imports.join("000009.facts"), "left by a crash").unwrap();
    drop(store);
    let store = open(folder.path());
    assert_eq!(store.opened().removed_imports, 1);
    assert_eq!(std::fs::read_dir(&imports).unwrap().count(), 0);
}

#[test]
fn an_import_cancelled_while_it_is_sorted_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let cancel = std::sync::atomic::AtomicBool::new(false);
    let stop = |progress: store::Progress| {
        assert_eq!(progress.step, store::Step::Derive);
        cancel.store(true, std::sync::atomic::Ordering::Relaxed);
    };
    let stage = |name: &str| {
        let mut staged = store.begin_import("file", name, at(0)).unwrap();
        for id in 0..9_000 {
            let key = format!("C{}", id % 70);
            staged.add(&event(&key, "login", -id, Some(&id.to_string()))).unwrap();
        }
        staged
    };
    let stopped = stage("a.csv").commit(&Watch { progress: Some(&stop), cancel: Some(&cancel) });
    assert!(matches!(stopped, Err(StoreError::Cancelled)));
    assert_eq!((store.customers_n(), store.events_n()), (0, 0));
    assert!(store.batches()[0].undone.is_some());
    assert_eq!(stage("b.csv").commit(&Watch::NONE).unwrap().accepted, 9_000);
    assert_eq!((store.customers_n(), store.events_n()), (70, 9_000));
    let digest = store.digest(&Watch::NONE).unwrap();
    store.rebuild(&Watch::NONE).unwrap();
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
    drop(store);
    assert_eq!(open(folder.path()).digest(&Watch::NONE).unwrap(), digest);
}

#[test]
fn what_came_in_while_an_import_was_staged_is_not_doubled() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let mut staged = store.begin_import("crm", "a.csv", at(0)).unwrap();
    let mut other = store.begin_import("crm", "b.csv", at(0)).unwrap();
    for id in 0..10 {
        let fact = event("A", "login", -id, Some(&id.to_string()));
        assert_eq!(staged.add(&fact).unwrap(), Added::New);
        assert_eq!(other.add(&fact).unwrap(), Added::New);
    }
    let live: Vec<_> = (4..7).map(|id| event("B", "login", -id, Some(&id.to_string()))).collect();
    assert_eq!(store.append(batch("crm", live)).unwrap().accepted, 3);
    assert_eq!(staged.commit(&Watch::NONE).unwrap().accepted, 7);
    assert_eq!(store.events_n(), 10);
    assert_eq!(store.names().events[0].events, 10);
    let nothing_new = other.commit(&Watch::NONE).unwrap();
    assert_eq!(nothing_new.accepted, 0);
    assert_eq!(store.events_n(), 10);
    let digest = store.digest(&Watch::NONE).unwrap();
    store.rebuild(&Watch::NONE).unwrap();
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
    let all: Vec<_> = (0..10).map(|id| event("A", "login", -id, Some(&id.to_string()))).collect();
    assert_eq!(store.append(batch("crm", all.clone())).unwrap().accepted, 0);
    assert_eq!(store.append(batch("shop", all)).unwrap().accepted, 10, "ids are of a source");
}

#[test]
fn people_are_found_by_contact_and_address() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let key = ContactKey::new("P1").unwrap();
    let facts = vec![
        of_contact("P1", became("B", -9, &[("email", "Hana@Example.jp ".into())])),
        became("A", -8, &[("email", "info@example.jp".into()), ("founded", "2001-04-01".into())]),
        became("A", -7, &[("size", Value::from(30)), ("listed", Value::from(true))]),
    ];
    store.append(batch("crm", facts)).unwrap();
    assert_eq!(store.find_contact(&key), store.number_of(&customer("B")));
    let hana = store.find_email(" hana@example.JP").unwrap();
    assert_eq!((Some(hana.customer), hana.contact), (store.number_of(&customer("B")), Some(key)));
    let info = store.find_email("INFO@example.jp").unwrap();
    assert_eq!((Some(info.customer), info.contact), (store.number_of(&customer("A")), None));
    assert_eq!(store.find_email("nobody@example.jp"), None);
    let kinds: Vec<(String, Kind)> =
        store.names().attributes.iter().map(|name| (name.key.to_string(), name.kind)).collect();
    let expected = [
        ("email".to_owned(), Kind::Text),
        ("founded".to_owned(), Kind::Date),
        ("listed".to_owned(), Kind::Bool),
        ("size".to_owned(), Kind::Number),
    ];
    assert_eq!(kinds, expected);
    store.undo(1, at(1), "sato").unwrap();
    assert_eq!(store.find_email("info@example.jp"), None);
    assert_eq!(store.names().attributes, []);
}

#[test]
fn batches_beyond_the_listed_ones_can_still_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { log_file_bytes: 20_000, ..Options::default() };
    let store = Store::open(folder.path(), options, &Watch::NONE).unwrap();
    for n in 0..1_200 {
        let id = n.to_string();
        store.append(batch("s", vec![event("A", "login", n, Some(&id))])).unwrap();
    }
    assert_eq!(store.batches().len(), 1_000);
    assert_eq!(store.batch(3).unwrap().unwrap().rows, 1);
    store.undo(3, at(0), "sato").unwrap();
    assert_eq!(store.events_n(), 1_199);
    assert!(store.batch(3).unwrap().unwrap().undone.is_some());
    assert!(matches!(store.undo(3, at(0), "sato"), Err(StoreError::UndoneBefore(3))));
    let digest = store.digest(&Watch::NONE).unwrap();
    store.rebuild(&Watch::NONE).unwrap();
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
    let report = Store::verify(folder.path(), &Watch::NONE).unwrap();
    assert_eq!((report.problems, report.facts), (vec![], 1_200));
}

#[test]
fn many_callers_at_once_share_what_they_must_and_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { flush_facts: 300, log_file_bytes: 30_000, ..Options::default() };
    let store = Store::open(folder.path(), options, &Watch::NONE).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let store = &store;
            scope.spawn(move || {
                for n in 0..50 {
                    let own = format!("{writer}-{n}");
                    let shared = format!("all-{n}");
                    let key = format!("C{}", n % 10);
                    let facts = vec![
                        event(&key, "login", n, Some(&own)),
                        event(&key, "seen", n, Some(&shared)),
                    ];
                    let done = store.append(batch("s", facts)).unwrap();
                    assert!(1 <= done.accepted);
                    let no = store.number_of(&customer(&key)).unwrap();
                    let mut builder = HistoryBuilder::new();
                    store.history(no, &mut builder).unwrap();
                    assert!(1 <= builder.finish().n_events());
                }
            });
        }
        scope.spawn(|| {
            for n in 0..10 {
                let facts =
                    (0..40).map(|row| event("I", "login", row, Some(&format!("i{n}-{row}"))));
                let mut old = batch("file", facts.collect());
                old.old = true;
                import(&store, &old).unwrap();
                store.for_each_history(2, &Watch::NONE, |_, _| {}).unwrap();
            }
        });
        scope.spawn(|| {
            for _ in 0..3 {
                store.rebuild(&Watch::NONE).unwrap();
            }
        });
    });
    assert_eq!(store.events_n(), 8 * 50 + 50 + 400);
    let digest = store.digest(&Watch::NONE).unwrap();
    store.tidy(&Watch::NONE).unwrap();
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
    store.close().unwrap();
    let store = open(folder.path());
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
}
