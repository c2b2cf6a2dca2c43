//! Files that are cut, changed or gone: seen, named, and never read past.

use std::path::{Path, PathBuf};

use store::{Options, Store, StoreError, Watch};

use crate::{
    lives::{FOLDER, options},
    makings::{Chance, at, batch, trials},
    model::{Model, histories, import},
    sim::SimDisk,
};

fn calm(disk: &SimDisk) -> Options {
    Options {
        flush_facts: 1_000,
        flush_bytes: 1 << 20,
        log_file_bytes: 1 << 20,
        ..options(disk, &mut Chance(0))
    }
}

fn open(disk: &SimDisk) -> Result<Store, StoreError> {
    Store::open(Path::new(FOLDER), calm(disk), &Watch::NONE)
}

fn log(number: u32) -> PathBuf {
    Path::new(FOLDER).join(format!("facts/{number:06}.log"))
}

#[test]
fn a_log_cut_anywhere_is_its_longest_whole_beginning() {
    let disk = SimDisk::default();
    let store = open(&disk).unwrap();
    let mut chance = Chance(1);
    let mut models = vec![(0, Model::default())];
    for n in 0..14 {
        let mut model = models.last().unwrap().1.clone();
        let given = batch("crm", chance.facts(6));
        if n == 9 {
            store.undo(2, at(0), "sato").unwrap();
            model.undo(2);
        } else if let Some(number) = store.append(given.clone()).unwrap().batch {
            model.append(&given, number);
        }
        let length = disk.files().into_iter().find(|(name, _)| *name == log(1)).unwrap().1;
        models.push((length, model));
    }
    drop(store);
    let whole = models.last().unwrap().0;
    assert!(2_000 < whole, "the test was idle: {whole} bytes");
    for cut in 0..=whole {
        let disk = disk.copy();
        disk.tamper(&log(1), |bytes| bytes.truncate(cut));
        let (kept, model) = models.iter().rfind(|(length, _)| *length <= cut).unwrap();
        let store = open(&disk).unwrap();
        assert_eq!(model.differs(&store), None, "cut at {cut}");
        let head = if *kept == 0 { cut as u64 } else { (cut - kept) as u64 };
        assert!(store.opened().cut_bytes == head || *kept == 0, "cut at {cut}");
        store.append(batch("crm", Chance(2).facts(1))).unwrap();
        drop(store);
        assert_eq!(open(&disk).unwrap().opened().cut_bytes, 0, "cut at {cut}");
    }
}

/// A store with several log files, imports, runs, a tail and an undone batch.
fn a_life() -> (SimDisk, Model) {
    let disk = SimDisk::default();
    let options = Options { log_file_bytes: 3_000, flush_facts: 150, ..calm(&disk) };
    let store = Store::open(Path::new(FOLDER), options, &Watch::NONE).unwrap();
    let (mut chance, mut model) = (Chance(5), Model::default());
    for n in 0..24 {
        let mut given = batch("crm", chance.facts(40));
        given.old = n % 5 == 4;
        let done = match given.old {
            true => import(&store, &given).unwrap(),
            false => store.append(given.clone()).unwrap(),
        };
        model.append(&given, done.batch.unwrap());
        if n == 12 {
            store.flush().unwrap();
        }
    }
    store.undo(3, at(0), "sato").unwrap();
    model.undo(3);
    (disk, model)
}

#[test]
fn a_changed_bit_is_never_a_wrong_answer() {
    let (disk, model) = a_life();
    let files: Vec<_> = disk.files().into_iter().filter(|(_, length)| 0 < *length).collect();
    assert!(files.iter().any(|(name, _)| name.ends_with("facts/000002.log")));
    assert!(files.iter().any(|(name, _)| name.to_string_lossy().contains("/run-")));
    let mut chance = Chance(6);
    let (mut refused, mut cut, mut rebuilt, mut unread) = (0, 0, 0, 0);
    for _ in 0..trials(1_500) {
        let disk = disk.copy();
        let (name, length) = &files[chance.below(files.len() as u64) as usize];
        let (place, bit) = (chance.below(*length as u64) as usize, chance.below(8));
        disk.tamper(name, |bytes| bytes[place] ^= 1 << bit);
        let what = format!("{} byte {place} bit {bit}", name.display());
        let told = Store::verify_on(&calm(&disk), Path::new(FOLDER), &Watch::NONE).unwrap();
        let store = match open(&disk) {
            Ok(store) => store,
            Err(error) => {
                let named = error.to_string().contains(FOLDER);
                assert!(named, "{what}: {error} does not name the file");
                refused += 1;
                continue;
            }
        };
        let opened = store.opened().clone();
        if 0 < opened.cut_bytes {
            assert!(!told.problems.is_empty(), "{what}: not told");
            // Only the last frame of all, the undoing, could be an unfinished write.
            assert!(opened.cut_bytes < 60, "{what}: {} bytes cut", opened.cut_bytes);
            cut += 1;
            continue;
        }
        if opened.rebuilt.is_some() {
            assert!(!told.problems.is_empty(), "{what}: not told");
            rebuilt += 1;
        }
        let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| histories(&store)));
        if read.is_err() || store.digest(&Watch::NONE).is_err() {
            assert!(!told.problems.is_empty(), "{what}: not told");
            store
                .rebuild(&Watch::NONE)
                .or_else(|_| {
                    // The facts themselves are damaged; then that was told.
                    told.problems.iter().any(|found| !found.rebuild_helps).then_some(()).ok_or(())
                })
                .unwrap();
            unread += 1;
        }
        if told.problems.iter().all(|found| found.rebuild_helps) {
            assert_eq!(model.differs(&store), None, "{what}");
        }
    }
    assert!(
        20 < refused && 0 < cut && 20 < rebuilt && 20 < unread,
        "{refused} {cut} {rebuilt} {unread}"
    );
}

#[test]
fn damage_in_the_middle_names_file_and_place_and_all_of_it_is_listed() {
    let (disk, _) = a_life();
    for number in [1, 2] {
        disk.tamper(&log(number), |bytes| bytes[700] ^= 4);
    }
    disk.forget(&Path::new(FOLDER).join("derived"));
    let Err(StoreError::Damaged { path, offset, .. }) = open(&disk) else { panic!("opened") };
    assert_eq!(path, log(1));
    assert!(0 < offset && offset <= 700, "{offset}");
    let found = Store::verify_on(&calm(&disk), Path::new(FOLDER), &Watch::NONE).unwrap().problems;
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found.iter().all(|found| !found.rebuild_helps && found.to_string().contains("facts/0"))
    );
}

#[test]
fn a_missing_file_is_damage_or_made_anew() {
    let (disk, model) = a_life();
    let gone = |name: &str| {
        let disk = disk.copy();
        disk.forget(&Path::new(FOLDER).join(name));
        disk
    };
    let Err(error) = open(&gone("facts/000002.log")) else { panic!("opened") };
    assert!(error.to_string().contains("000002.log"), "{error}");
    let derived = gone("derived");
    model.assert_same(&open(&derived).unwrap());
    let run = disk.files().into_iter().find(|(name, _)| name.to_string_lossy().contains("/run-"));
    let without_run = gone(run.unwrap().0.strip_prefix(FOLDER).unwrap().to_str().unwrap());
    let store = open(&without_run).unwrap();
    assert_eq!(store.opened().rebuilt.as_deref(), Some("one of its files was missing"));
    model.assert_same(&store);
    let import = gone("facts/imports/000001.facts");
    let told = Store::verify_on(&calm(&import), Path::new(FOLDER), &Watch::NONE).unwrap();
    assert!(told.problems[0].what.contains("missing"), "{:?}", told.problems);
    import.forget(&Path::new(FOLDER).join("derived"));
    assert!(open(&import).is_err(), "an import that is gone is not passed over");
}
