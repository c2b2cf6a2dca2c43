//! Erasing customers: nothing of them is left in any file, nothing of anybody else changes, and it happens whole or
//! not at all.

use std::path::Path;

use facts::{CustomerKey, Fact, Value};
use store::{Added, Erased, Options, Store, StoreError, Watch};

use crate::{
    lives::FOLDER,
    makings::{Chance, at, batch, became, customer, event, of_contact},
    model::{histories, import},
    sim::SimDisk,
};

/// Texts that are found nowhere but in the facts of the customer who is erased.
const CANARIES: usize = 50;

fn canary(n: usize) -> String {
    format!("canary-{n:02}-{:016x}", Chance(n as u64).next())
}

/// The customer to be erased.
fn gone() -> CustomerKey {
    customer(&canary(0))
}

/// Facts that hold all canaries: in the key, contacts, addresses, values, names and ids.
fn facts_of_gone() -> Vec<Fact> {
    let key = gone();
    let mut facts = vec![];
    for n in 1..CANARIES {
        let (text, millis) = (canary(n), -(n as i64) * 1_000);
        facts.push(match n % 6 {
            0 => became(key.as_str(), millis, &[("email", format!("{text}@example.jp").into())]),
            1 => became(key.as_str(), millis, &[(text.as_str(), Value::from(1))]),
            2 => became(key.as_str(), millis, &[("address", text.as_str().into())]),
            3 => event(key.as_str(), &text, millis, None),
            4 => event(key.as_str(), "login", millis, Some(&text)),
            _ => of_contact(&text, event(key.as_str(), "login", millis, None)),
        });
    }
    facts
}

/// How many canaries are found in the files of a disk.
fn canaries_in(disk: &SimDisk) -> usize {
    let files = disk.contents();
    let found = |text: &str| {
        files.iter().any(|(name, bytes)| {
            name.to_string_lossy().contains(text)
                || bytes.windows(text.len()).any(|window| window == text.as_bytes())
        })
    };
    (0..CANARIES).filter(|n| found(&canary(*n))).count()
}

fn options(disk: &SimDisk) -> Options {
    Options {
        tidy_by_hand: true,
        flush_facts: 40,
        log_file_bytes: 2_000,
        disk: std::sync::Arc::new(disk.clone()),
        ..Options::default()
    }
}

fn open(disk: &SimDisk) -> Result<Store, StoreError> {
    Store::open(Path::new(FOLDER), options(disk), &Watch::NONE)
}

/// A store in which the facts of the one who will go lie everywhere: in several files of the log, in imports, among
/// undone ones, in runs and in memory.
fn a_firm() -> SimDisk {
    let disk = SimDisk::default();
    let store = open(&disk).unwrap();
    let mut chance = Chance(11);
    for (n, piece) in facts_of_gone().chunks(4).enumerate() {
        let mut given = batch("crm", chance.facts(30));
        given.old = n % 3 == 2;
        given.facts.extend(piece.iter().cloned());
        given.facts.extend(chance.facts(4));
        let done = match given.old {
            true => import(&store, &given).unwrap(),
            false => store.append(given).unwrap(),
        };
        match n {
            3 | 8 => drop(store.undo(done.batch.unwrap(), at(1), "sato").unwrap()),
            5 => store.flush().unwrap(),
            7 => store.tidy(&Watch::NONE).unwrap(),
            _ => {}
        }
    }
    drop(store);
    disk
}

fn erase(store: &Store) -> Result<Erased, StoreError> {
    store.erase(&[gone()], at(9), &Watch::NONE)
}

#[test]
fn nothing_of_an_erased_customer_is_left_and_nobody_else_changes() {
    let disk = a_firm();
    assert_eq!(canaries_in(&disk), CANARIES, "the search finds what is there");
    let store = open(&disk).unwrap();
    let no = store.number_ever_of(&gone()).unwrap();
    let (mut before, end) = (histories(&store), store.numbers_end());
    let undone: Vec<u32> =
        store.batches().iter().filter(|one| one.undone.is_some()).map(|one| one.batch).collect();
    let erased = erase(&store).unwrap();
    assert_eq!((erased.customers.as_slice(), erased.facts), ([no].as_slice(), CANARIES as u64 - 1));
    assert!(5 < erased.files, "{erased:?}");
    assert_eq!(canaries_in(&disk), 0);
    before.remove(&no.0);
    let mut store = store;
    for lose_derived in [false, true, true] {
        assert_eq!(histories(&store), before, "everybody else is as before");
        assert_eq!((store.number_of(&gone()), store.key_of(no)), (None, None));
        assert_eq!((store.is_erased(&gone()), store.numbers_end()), (true, end));
        assert!(!format!("{:?}", store.names()).contains("canary"));
        let digest = store.digest(&Watch::NONE).unwrap();
        store.rebuild(&Watch::NONE).unwrap();
        assert_eq!(store.digest(&Watch::NONE).unwrap(), digest, "made anew it is the same");
        assert_eq!(undone_batches(&store), undone);
        drop(store);
        if lose_derived {
            disk.forget(&Path::new(FOLDER).join("derived"));
        }
        store = open(&disk).unwrap();
        assert_eq!(store.digest(&Watch::NONE).unwrap(), digest, "opened again it is the same");
    }
    let found = Store::verify_on(&options(&disk), Path::new(FOLDER), &Watch::NONE).unwrap();
    assert_eq!(found.problems, vec![]);
}

fn undone_batches(store: &Store) -> Vec<u32> {
    let batches = store.batches();
    batches.iter().filter(|one| one.undone.is_some()).map(|one| one.batch).collect()
}

#[test]
fn who_was_erased_stays_out_and_life_goes_on() {
    let disk = a_firm();
    let store = open(&disk).unwrap();
    erase(&store).unwrap();
    let again =
        batch("crm", vec![facts_of_gone()[2].clone(), event("C1", "login", 5, Some("new"))]);
    let done = store.append(again.clone()).unwrap();
    assert_eq!((done.accepted, done.erased.as_slice()), (1, [0].as_slice()));
    let mut staged = store.begin_import("file", "a.csv", at(0)).unwrap();
    assert_eq!(staged.add(&facts_of_gone()[3]).unwrap(), Added::Erased);
    assert_eq!(staged.add(&event("C2", "login", 6, None)).unwrap(), Added::New);
    assert!(matches!(erase(&store), Err(StoreError::Importing)), "not while a file comes in");
    let done = staged.commit(&Watch::NONE).unwrap();
    assert_eq!((done.accepted, done.erased.as_slice()), (1, [0].as_slice()));
    assert_eq!(canaries_in(&disk), 0, "what is refused is not written");
    // An old batch that held facts of the one who is gone can still be taken back.
    let old = store.batches().iter().rfind(|one| one.undone.is_none()).unwrap().batch;
    store.undo(old, at(10), "sato").unwrap();
    let erased = store.erase(&[customer("C1"), customer("nobody")], at(11), &Watch::NONE).unwrap();
    assert_eq!(erased.customers.len(), 1);
    assert_eq!(erase(&store).unwrap(), Erased::default(), "a second time there is nothing left");
    drop(store);
    let store = open(&disk).unwrap();
    for key in [gone(), customer("C1"), customer("nobody")] {
        assert!(store.is_erased(&key));
        let refused = store.append(batch("x", vec![event(key.as_str(), "login", 0, None)]));
        assert_eq!((refused.as_ref().unwrap().accepted, refused.unwrap().erased.len()), (0, 1));
    }
    let digest = store.digest(&Watch::NONE).unwrap();
    store.rebuild(&Watch::NONE).unwrap();
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
}

#[test]
fn an_older_copy_takes_over_who_was_erased_since() {
    let disk = a_firm();
    let older = disk.copy();
    let store = open(&disk).unwrap();
    erase(&store).unwrap();
    let ledger = disk.content(&Path::new(FOLDER).join("facts/erased"));
    let restored = open(&older).unwrap();
    assert!(matches!(
        restored.erase_again(b"no ledger", at(0), &Watch::NONE),
        Err(StoreError::NoLedger)
    ));
    let erased = restored.erase_again(&ledger, at(12), &Watch::NONE).unwrap();
    assert_eq!(erased.customers.len(), 1);
    assert_eq!(canaries_in(&older), 0);
    assert_eq!(histories(&restored), histories(&store));
    assert!(restored.is_erased(&gone()));
}

/// All histories, as they are with and without the one who goes.
fn with_and_without(disk: &SimDisk) -> [std::collections::BTreeMap<u32, Vec<u8>>; 2] {
    let store = open(&disk.copy()).unwrap();
    let with = histories(&store);
    let mut without = with.clone();
    without.remove(&store.number_ever_of(&gone()).unwrap().0);
    [with, without]
}

#[test]
fn whenever_the_power_goes_all_of_it_happened_or_nothing() {
    let firm = a_firm();
    let [with, without] = with_and_without(&firm);
    let (mut done, mut not_begun, mut n) = (0, 0, 0);
    let mut chance = Chance(12);
    loop {
        n += 1;
        let disk = firm.copy();
        let store = open(&disk).unwrap();
        disk.dies_at(n);
        let answer = erase(&store);
        drop(store);
        let disk = disk.after_power_loss(&mut chance);
        let store = open(&disk).unwrap();
        let found = histories(&store);
        let left = canaries_in(&disk);
        if store.is_erased(&gone()) {
            assert_eq!((found == without, left), (true, 0), "call {n}");
            done += 1;
        } else {
            assert_eq!((found == with, left), (true, CANARIES), "call {n}");
            assert!(answer.is_err(), "call {n}: acknowledged");
            not_begun += 1;
        }
        let digest = store.digest(&Watch::NONE).unwrap();
        store.rebuild(&Watch::NONE).unwrap();
        assert_eq!(store.digest(&Watch::NONE).unwrap(), digest, "call {n}");
        let found = Store::verify_on(&options(&disk), Path::new(FOLDER), &Watch::NONE).unwrap();
        assert_eq!(found.problems, vec![], "call {n}");
        if answer.is_ok() {
            break;
        }
    }
    assert!(20 < done && 100 < not_begun, "the test was idle: {done} {not_begun}");
}

#[test]
fn whichever_call_fails_all_of_it_happens_or_nothing() {
    let firm = a_firm();
    let [with, without] = with_and_without(&firm);
    let (mut failed, mut n) = (0, 0);
    loop {
        n += 1;
        let disk = firm.copy();
        let store = open(&disk).unwrap();
        disk.fail_at(n, std::io::ErrorKind::Other);
        let answer = erase(&store);
        if disk.failure_is_ahead() {
            break;
        }
        let next = store.append(batch("z", vec![event("C1", "login", 7, Some("z"))]));
        assert_eq!(next.is_ok(), store.failed().is_none(), "call {n}: {next:?}");
        if let Ok(done) = next {
            store.undo(done.batch.unwrap(), at(20), "sato").unwrap();
        }
        drop(store);
        let store = open(&disk).unwrap();
        failed += u32::from(answer.is_err());
        if !store.is_erased(&gone()) {
            assert_eq!((answer.is_err(), histories(&store) == with), (true, true), "call {n}");
        }
        erase(&store).unwrap();
        assert!(histories(&store) == without, "call {n}");
        assert_eq!(canaries_in(&disk), 0, "call {n}");
    }
    assert!(100 < failed, "the test was idle: {failed}");
}

#[test]
fn cancelled_in_time_nothing_happened() {
    let disk = a_firm();
    let store = open(&disk).unwrap();
    let digest = store.digest(&Watch::NONE).unwrap();
    let files = || {
        let mut files = disk.contents();
        files.retain(|(name, _)| !name.to_string_lossy().contains("/derived/"));
        files
    };
    let before = files();
    let cancel = std::sync::atomic::AtomicBool::new(true);
    let stopped = store.erase(&[gone()], at(9), &Watch { progress: None, cancel: Some(&cancel) });
    assert!(matches!(stopped, Err(StoreError::Cancelled)));
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
    assert_eq!(files(), before);
    assert!(store.number_of(&gone()).is_some() && !store.is_erased(&gone()));
}
