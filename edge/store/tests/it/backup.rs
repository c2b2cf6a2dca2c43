//! Backups taken while facts come in, and folders restored from them.

use std::{
    collections::BTreeMap,
    io::Write,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use store::{Options, Store, StoreError, Watch, check_backup, restore};

use crate::{
    lives::FOLDER,
    makings::{Chance, at, batch, customer, event},
    model::import,
    sim::SimDisk,
};

fn options(disk: &SimDisk) -> Options {
    Options {
        flush_facts: 60,
        log_file_bytes: 3_000,
        tidy_by_hand: true,
        disk: Arc::new(disk.clone()),
        ..Options::default()
    }
}

fn open(disk: &SimDisk) -> Store {
    Store::open(Path::new(FOLDER), options(disk), &Watch::NONE).unwrap()
}

fn taken(store: &Store) -> Vec<u8> {
    let mut bytes = vec![];
    let made = store.backup(at(0), &[], &mut bytes, &Watch::NONE).unwrap();
    assert_eq!(check_backup(&mut &bytes[..], &Watch::NONE).unwrap(), made);
    bytes
}

fn restored(bytes: &[u8]) -> SimDisk {
    let disk = SimDisk::default();
    restore(&mut &*bytes, &options(&disk), Path::new(FOLDER), &Watch::NONE).unwrap();
    disk
}

/// A store with some of everything.
fn a_life(seed: u64) -> SimDisk {
    let disk = SimDisk::default();
    let (store, mut chance) = (open(&disk), Chance(seed));
    for n in 0..16 {
        let mut given = batch("crm", chance.facts(30));
        given.old = n % 4 == 3;
        match given.old {
            true => drop(import(&store, &given).unwrap()),
            false => drop(store.append(given).unwrap()),
        }
    }
    store.undo(2, at(1), "sato").unwrap();
    disk
}

#[test]
fn a_restored_folder_is_the_same() {
    let store = open(&a_life(1));
    let bytes = taken(&store);
    let back = open(&restored(&bytes));
    let digest = store.digest(&Watch::NONE).unwrap();
    assert_eq!(back.digest(&Watch::NONE).unwrap(), digest);
    back.append(batch("crm", vec![event("C1", "login", 3, Some("after"))])).unwrap();
    assert_eq!(taken(&store).len(), bytes.len(), "taking a backup changes nothing");
    let empty = open(&SimDisk::default());
    assert_eq!(open(&restored(&taken(&empty))).customers_n(), 0);
}

/// A place to write to that is so slow that facts come in after the first piece.
struct Slow<'a> {
    bytes: Vec<u8>,
    acknowledged: &'a AtomicU64,
}

impl Write for Slow<'_> {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        let before = self.acknowledged.load(Ordering::SeqCst);
        while self.bytes.is_empty() && self.acknowledged.load(Ordering::SeqCst) == before {
            std::thread::yield_now();
        }
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_backup_taken_while_facts_come_in_is_one_of_the_states_that_were() {
    let folder = tempfile::tempdir().unwrap();
    let options = || Options { flush_facts: 400, log_file_bytes: 20_000, ..Options::default() };
    let store = Store::open(folder.path(), options(), &Watch::NONE).unwrap();
    let (acknowledged, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    let backups = std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            let mut digests = BTreeMap::from([(0, store.digest(&Watch::NONE).unwrap())]);
            for n in 1_u64.. {
                if stop.load(Ordering::SeqCst) && n.is_multiple_of(10) {
                    break;
                }
                let mut given = batch(
                    "s",
                    (0..1 + n % 5)
                        .map(|row| {
                            event(
                                &format!("C{}", (n + row) % 40),
                                "login",
                                n as i64,
                                Some(&format!("{n}-{row}")),
                            )
                        })
                        .collect(),
                );
                given.old = n % 10 == 9;
                match given.old {
                    true => drop(import(&store, &given).unwrap()),
                    false => drop(store.append(given).unwrap()),
                }
                digests.insert(store.events_n(), store.digest(&Watch::NONE).unwrap());
                acknowledged.store(store.events_n(), Ordering::SeqCst);
            }
            digests
        });
        let mut backups = vec![];
        while backups.len() < 16 {
            let before = acknowledged.load(Ordering::SeqCst);
            let mut out = Slow { bytes: vec![], acknowledged: &acknowledged };
            store.backup(at(0), &[], &mut out, &Watch::NONE).unwrap();
            backups.push((before, out.bytes, acknowledged.load(Ordering::SeqCst)));
        }
        stop.store(true, Ordering::SeqCst);
        let digests = writing.join().unwrap();
        backups
            .into_iter()
            .map(|(before, bytes, after)| (before, bytes, after, digests.clone()))
            .collect::<Vec<_>>()
    });
    let mut while_writing = 0;
    for (before, bytes, after, digests) in &backups {
        let back = open(&restored(bytes));
        let events = back.events_n();
        assert!(*before <= events, "{before} were acknowledged before, {events} are in it");
        assert_eq!(digests.get(&events), Some(&back.digest(&Watch::NONE).unwrap()));
        while_writing += u32::from(before < after);
    }
    assert!(10 < while_writing, "the test was idle: {while_writing}");
}

#[test]
fn a_backup_that_is_cut_or_changed_anywhere_is_refused_before_anything_is_written() {
    let bytes = taken(&open(&a_life(2)));
    let refused = |bytes: &[u8], what: &str| {
        let found = check_backup(&mut &*bytes, &Watch::NONE);
        assert!(matches!(found, Err(StoreError::NoBackup { .. })), "{what}: {found:?}");
        let disk = SimDisk::default();
        let done = restore(&mut &*bytes, &options(&disk), Path::new(FOLDER), &Watch::NONE);
        assert!(done.is_err(), "{what}");
    };
    let mut chance = Chance(3);
    for _ in 0..300 {
        let cut = chance.below(bytes.len() as u64) as usize;
        refused(&bytes[..cut], &format!("cut at {cut}"));
        let mut changed = bytes.clone();
        let (place, bit) = (chance.below(bytes.len() as u64) as usize, chance.below(8));
        changed[place] ^= 1 << bit;
        refused(&changed, &format!("byte {place} bit {bit}"));
    }
    let mut longer = bytes.clone();
    longer.push(0);
    refused(&longer, "one byte more");
    refused(b"", "nothing");
    refused(b"something else altogether, such as a picture", "something else");
}

#[test]
fn only_an_empty_folder_is_restored_into() {
    let disk = a_life(4);
    let bytes = taken(&open(&disk));
    let refused = restore(&mut &bytes[..], &options(&disk), Path::new(FOLDER), &Watch::NONE);
    assert!(matches!(refused, Err(StoreError::NotEmpty { .. })), "{refused:?}");
}

#[test]
fn a_restore_that_breaks_off_leaves_no_folder_that_opens_with_less() {
    let store = open(&a_life(5));
    let (bytes, digest) = (taken(&store), store.digest(&Watch::NONE).unwrap());
    let (mut whole, mut none, mut chance) = (0, 0, Chance(6));
    for n in 1.. {
        let disk = SimDisk::default();
        disk.dies_at(n);
        let done = restore(&mut &bytes[..], &options(&disk), Path::new(FOLDER), &Watch::NONE);
        let disk = disk.after_power_loss(&mut chance);
        match Store::open(Path::new(FOLDER), options(&disk), &Watch::NONE) {
            Ok(store) if store.digest(&Watch::NONE).unwrap() == digest => whole += 1,
            Ok(store) => {
                // Nothing reached the disk: a folder that was never written is a new one.
                assert_eq!((store.events_n(), done.is_err()), (0, true), "call {n}");
            }
            Err(_) => none += 1,
        }
        if done.is_ok() {
            break;
        }
    }
    assert!(1 <= whole && 5 < none, "the test was idle: {whole} {none}");
}

#[test]
fn who_was_erased_stays_erased_in_later_backups_and_is_erased_again_from_earlier_ones() {
    let disk = a_life(7);
    let store = open(&disk);
    let earlier = taken(&store);
    let gone = customer("C1");
    store.erase(std::slice::from_ref(&gone), at(5), &Watch::NONE).unwrap();
    let later = open(&restored(&taken(&store)));
    assert!(later.is_erased(&gone) && later.number_of(&gone).is_none());
    let again = later.append(batch("x", vec![event("C1", "login", 0, None)])).unwrap();
    assert_eq!((again.accepted, again.erased.len()), (0, 1));
    let back = open(&restored(&earlier));
    assert!(back.number_of(&gone).is_some(), "an earlier backup still has them");
    let ledger = disk.content(&Path::new(FOLDER).join("facts/erased"));
    back.erase_again(&ledger, at(6), &Watch::NONE).unwrap();
    assert!(back.is_erased(&gone) && back.number_of(&gone).is_none());
}
