//! Power that goes at any moment, calls that fail, a disk that fills: nothing acknowledged is lost.

use std::{io, path::Path};

use store::{Store, StoreError, Watch};

use crate::{
    lives::{FOLDER, Lives, open, options},
    makings::{Chance, at, batch, event},
    sim::{Bug, SimDisk},
};

/// Lives through a few power failures; what went wrong, if anything, and how much was acknowledged.
fn live_through_power_failures(seed: u64, bug: Option<Bug>) -> (Option<String>, u32) {
    let mut chance = Chance(seed);
    let mut disk = SimDisk::with_bug(bug);
    let mut lives = Lives::new();
    for failure in 0..4 {
        disk.dies_at(1 + chance.below(if failure == 0 { 60 } else { 400 }));
        if let Ok(store) = open(&disk, &mut chance) {
            while lives.step(&store, &mut chance).is_ok() {}
        }
        disk = disk.after_power_loss(&mut chance);
        let store = match open(&disk, &mut chance) {
            Ok(store) => store,
            Err(error) => return (Some(format!("does not open: {error}")), lives.acknowledged),
        };
        if let Err(against) = lives.settle(&store) {
            return (Some(format!("fits no possible past: {against:?}")), lives.acknowledged);
        }
        match &store.opened().rebuilt {
            Some(why) if why != "there was none" => {
                return (Some(format!("had to be rebuilt: {why}")), lives.acknowledged);
            }
            _ => {}
        }
        // The torn end is cut, but nothing else may be wrong anywhere.
        let found = Store::verify_on(&options(&disk, &mut chance), Path::new(FOLDER), &Watch::NONE);
        match found {
            Ok(report) if report.problems.is_empty() => {}
            other => return (Some(format!("{other:?}")), lives.acknowledged),
        }
        if chance.one_in(4) && store.rebuild(&Watch::NONE).is_err() {
            return (Some("does not rebuild".into()), lives.acknowledged);
        }
        drop(store);
        disk = disk.copy();
    }
    (None, lives.acknowledged)
}

#[test]
fn nothing_acknowledged_is_lost_when_the_power_goes() {
    let mut acknowledged = 0;
    for seed in 0..400 {
        let (wrong, steps) = live_through_power_failures(seed, None);
        assert_eq!(wrong, None, "seed {seed}");
        acknowledged += steps;
    }
    assert!(4_000 < acknowledged, "the test was idle: {acknowledged} steps");
}

#[test]
fn the_power_test_would_notice_what_it_is_there_to_notice() {
    for bug in [Bug::LiesAboutFiles, Bug::LiesAboutNames, Bug::RenamesUnsafe] {
        let noticed =
            (0..100).filter(|seed| live_through_power_failures(*seed, Some(bug)).0.is_some());
        let noticed = noticed.count();
        assert!(20 <= noticed, "{bug:?} was noticed with {noticed} of 100 seeds only");
    }
}

/// A fixed life in which the n-th call fails, once; false when the life is over before.
fn live_with_one_failure(seed: u64, n: u64, kind: io::ErrorKind) -> bool {
    let mut chance = Chance(seed);
    let mut disk = SimDisk::default();
    let mut lives = Lives::new();
    disk.fail_at(n, kind);
    let store = open(&disk, &mut chance).or_else(|_| open(&disk, &mut chance)).unwrap();
    for _ in 0..24 {
        match lives.step(&store, &mut chance) {
            Ok(()) => {}
            Err(StoreError::WriteFailed { .. }) => {
                assert!(store.failed().is_some(), "what failed once says so");
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    let met = !disk.failure_is_ahead();
    let fits = |lives: &mut Lives, store: &Store, when: &str| {
        if let Err(against) = lives.settle(store) {
            panic!("seed {seed}, call {n} failing with {kind}, {when}: {against:?}");
        }
    };
    if met {
        if store.failed().is_none() {
            fits(&mut lives, &store, "still open");
        }
        drop(store);
        if chance.one_in(2) {
            disk = disk.after_power_loss(&mut chance);
        }
        let store = open(&disk, &mut chance).unwrap();
        fits(&mut lives, &store, "opened again");
        lives.step(&store, &mut chance).unwrap();
        fits(&mut lives, &store, "used again");
        drop(store);
        let disk = disk.after_power_loss(&mut chance);
        let store = open(&disk, &mut chance).unwrap();
        fits(&mut lives, &store, "after the power went");
        store.rebuild(&Watch::NONE).unwrap();
        fits(&mut lives, &store, "rebuilt");
    }
    met
}

#[test]
fn whichever_call_fails_nothing_acknowledged_is_lost() {
    for (seed, kind) in [(1, io::ErrorKind::Other), (2, io::ErrorKind::StorageFull)] {
        let last = (1..).find(|n| !live_with_one_failure(seed, *n, kind)).unwrap();
        assert!(300 < last, "the test was idle: {last} calls");
    }
}

#[test]
fn a_full_disk_is_said_plainly_and_room_brings_the_store_back() {
    let disk = SimDisk::default();
    let mut chance = Chance(3);
    let store = open(&disk, &mut chance).unwrap();
    disk.room(Some(20_000));
    let (mut taken, mut n) = (0, 0);
    let error = loop {
        let id = n.to_string();
        match store.append(batch("s", vec![event("A", "login", n, Some(&id))])) {
            Ok(_) => taken += 1,
            Err(error) => break error,
        }
        n += 1;
    };
    assert!(error.is_disk_full(), "{error}");
    assert!(10 < taken);
    let refused = store.append(batch("s", vec![event("A", "login", 0, None)]));
    assert!(
        matches!(&refused, Err(StoreError::WriteFailed { why }) if why.contains("write")),
        "{refused:?}"
    );
    assert!(store.undo(1, at(0), "sato").is_err());
    assert_eq!(store.events_n(), taken, "reading goes on");
    store.for_each_history(1, &Watch::NONE, |_, _| {}).unwrap();
    drop(store);
    disk.room(None);
    let store = open(&disk, &mut chance).unwrap();
    assert_eq!(store.events_n(), taken);
    let again = store.append(batch("s", vec![event("A", "login", n, Some(&n.to_string()))]));
    assert_eq!(again.unwrap().accepted, 1, "what was refused is not known");
}

#[test]
fn an_import_that_fills_the_disk_leaves_the_store_as_it_was() {
    let disk = SimDisk::default();
    let mut chance = Chance(4);
    let store = open(&disk, &mut chance).unwrap();
    store.append(batch("s", vec![event("A", "login", 0, Some("a"))])).unwrap();
    let digest = store.digest(&Watch::NONE).unwrap();
    disk.room(Some(disk.used() + 100_000));
    let mut staged = store.begin_import("file", "large.csv", at(0)).unwrap();
    let mut n = 0;
    let error = loop {
        let id = chance.next().to_string();
        match staged.add(&event(&format!("C{}", chance.next()), "login", n, Some(&id))) {
            Ok(_) => n += 1,
            Err(error) => break error,
        }
    };
    assert!(error.is_disk_full(), "{error}");
    drop(staged);
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
    assert_eq!(
        store.append(batch("s", vec![event("A", "login", 0, Some("b"))])).unwrap().accepted,
        1
    );
}
