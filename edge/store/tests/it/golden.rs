//! Folders as older versions wrote them, kept as files in `tests/golden`: each opens, says what it said then, and is
//! taken to the newest format.
//!
//! `1` and `2` were written by the program itself: two imports, one more that was undone, facts that came in one by one,
//! a duplicate among them; in `2` one customer is erased, and refused when coming in again.

use std::{fs, path::Path};

use facts::ContactKey;
use store::{CustomerNo, Options, Store, Watch};

use crate::makings::{batch, customer, event};

const FORMATS: [&str; 2] = ["1", "2"];

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to)
        } else {
            {
                fs::copy(from, to).unwrap();
            }
        }
    }
}

fn golden(format: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format), folder.path());
    folder
}

fn open(folder: &Path) -> Store {
    Store::open(folder, Options::default(), &Watch::NONE).unwrap()
}

/// What is true in both; counted by hand from what was sent.
fn check(store: &Store, format: &str) {
    let erased = format == "2";
    let (customers, events) = if erased { (3, 6) } else { (4, 5) };
    assert_eq!((store.customers_n(), store.events_n()), (customers, events));
    let number = |key: &str| store.number_of(&customer(key)).map(|CustomerNo(no)| no);
    assert_eq!((number("A1"), number("B2"), number("E5")), (Some(0), Some(1), Some(4)));
    assert_eq!(number("C3"), (!erased).then_some(2));
    assert_eq!(number("D4"), None, "only an undone import speaks of D4");
    assert_eq!(store.is_erased(&customer("C3")), erased);
    let found = store.find_email("takahashi@example.jp").unwrap();
    assert_eq!((found.customer.0, found.contact), (1, None));
    let contact = ContactKey::new("K1").unwrap();
    let found = store.find_email("HAJIME@example.jp").unwrap();
    assert_eq!((found.customer.0, found.contact), (1, Some(contact.clone())));
    assert_eq!(store.find_contact(&contact), Some(CustomerNo(1)));
    let undone = |one: &store::BatchRecord| (one.batch, one.import, one.undone.is_some());
    let mut batches: Vec<_> = store.batches().iter().map(undone).collect();
    batches.reverse();
    let mut expected = vec![
        (1, true, false),
        (2, true, false),
        (3, true, true),
        (4, false, false),
        (5, false, false),
    ];
    expected.extend(erased.then_some((6, false, false)));
    assert_eq!(batches, expected);
    let names = store.names();
    let events: Vec<_> =
        names.events.iter().map(|one| (one.name.to_string(), one.events)).collect();
    let logins = if erased { 2 } else { 1 };
    let expected = [("login", logins), ("page_viewed", 1), ("purchased", 3)];
    assert_eq!(events, expected.map(|(name, count)| (name.to_owned(), count)));
}

#[test]
fn folders_of_every_format_open_and_are_taken_to_the_newest() {
    // As `kizashi rebuild` of the version that wrote the folder printed them.
    let digests = [0xcf7d2c961763e3b9ab510971cbf0a71d_u128, 0x94ea886003c154c0895435fc2e282a51];
    for (format, digest) in FORMATS.into_iter().zip(digests) {
        let folder = golden(format);
        let read_only = Options { read_only: true, ..Options::default() };
        let store = Store::open(folder.path(), read_only, &Watch::NONE).unwrap();
        check(&store, format);
        drop(store);
        let written = fs::read_to_string(folder.path().join("format")).unwrap();
        assert_eq!(written, format!("kizashi {format}\n"), "reading changes nothing");
        let store = open(folder.path());
        check(&store, format);
        assert_eq!(store.digest(&Watch::NONE).unwrap(), digest, "format {format}");
        let again = batch("api:web", vec![event("A1", "login", 0, Some("e1"))]);
        assert_eq!(store.append(again).unwrap().accepted, 0, "ids are known for ever");
        drop(store);
        assert_eq!(fs::read_to_string(folder.path().join("format")).unwrap(), "kizashi 2\n");
        fs::remove_dir_all(folder.path().join("derived")).unwrap();
        let store = open(folder.path());
        assert_eq!(store.digest(&Watch::NONE).unwrap(), digest, "format {format}, made anew");
        store.append(batch("s", vec![event("F6", "login", 0, None)])).unwrap();
        store.erase(&[customer("A1")], crate::makings::at(0), &Watch::NONE).unwrap();
        assert_eq!(store.customers_n(), if format == "2" { 3 } else { 4 });
        drop(store);
        let report = Store::verify(folder.path(), &Watch::NONE).unwrap();
        assert_eq!(report.problems, vec![], "format {format}");
    }
}
