//! Checkpoints: whole or none, with everybody of whom something was heard since, and gone with whom is erased.

use std::fs;

use facts::CustomerKey;
use store::{Checkpoint, CustomerNo, Options, Store, United, Watch};

use crate::makings::{Chance, at, batch, customer, event, trials};

fn open(folder: &std::path::Path) -> Store {
    Store::open(folder, Options { tidy_by_hand: true, ..Options::default() }, &Watch::NONE).unwrap()
}

fn write(store: &Store, pieces: &[Vec<u8>]) {
    let begun = store.begin_checkpoint().unwrap();
    let mut writer = begun.with_head(&store.mark(), b"head").unwrap();
    pieces.iter().for_each(|piece| writer.add(piece.clone()).unwrap());
    writer.finish().unwrap();
}

fn pieces(checkpoint: &mut Checkpoint) -> Option<Vec<Vec<u8>>> {
    let mut pieces = vec![];
    loop {
        match checkpoint.next_piece() {
            Ok(Some(piece)) => pieces.push(piece),
            Ok(None) => return Some(pieces),
            Err(_) => return None,
        }
    }
}

fn number(store: &Store, key: &str) -> u32 {
    store.number_ever_of(&customer(key)).unwrap().0
}

#[test]
fn who_was_heard_of_since_is_named_whatever_was_done() {
    for seed in 0..trials(10) {
        let (mut chance, folder) = (Chance(seed), tempfile::tempdir().unwrap());
        let store = open(folder.path());
        let mut undoable = vec![];
        for _ in 0..4 {
            undoable.extend(store.append(batch("s", chance.facts(30))).unwrap().batch);
        }
        write(&store, &[vec![1; 9000], vec![], b"three".to_vec()]);
        let mut heard_of = roaring::RoaringBitmap::new();
        for n in 0..chance.below(6) {
            let customers = match chance.below(3) {
                0 if !undoable.is_empty() => store.undo(undoable.remove(0), at(1), "me").unwrap(),
                1 => {
                    let mut import = store.begin_import("file", "", at(0)).unwrap();
                    for fact in chance.facts(20) {
                        import.add(&fact).unwrap();
                    }
                    import.commit(&Watch::NONE).unwrap().customers
                }
                _ => {
                    let key = format!("NEW{n}");
                    let mut facts = chance.facts(20);
                    facts.push(event(&key, "login", 5, None));
                    store.append(batch("t", facts)).unwrap().customers
                }
            };
            heard_of.extend(customers.iter().map(|one| one.0));
            if chance.one_in(3) {
                store.flush().unwrap();
            }
        }
        drop(store);
        let store = open(folder.path());
        let mut checkpoint = store.checkpoint().unwrap().unwrap();
        assert_eq!(checkpoint.head, b"head");
        assert_eq!(checkpoint.heard_of, heard_of, "seed {seed}");
        assert_eq!(pieces(&mut checkpoint).unwrap(), [vec![1; 9000], vec![], b"three".to_vec()]);
    }
}

#[test]
fn of_those_who_are_one_the_first_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let facts = ["A", "B", "C"].map(|key| event(key, "login", 0, None)).to_vec();
    store.append(batch("s", facts)).unwrap();
    let no = |key| CustomerNo(number(&store, key));
    store.unite(United::of([vec![no("A"), no("C")]]));
    assert_eq!(store.united().pairs().collect::<Vec<_>>(), [(no("C").0, no("A").0)]);
    write(&store, &[]);
    store.append(batch("s", vec![event("C", "login", 1, None)])).unwrap();
    let heard_of = store.checkpoint().unwrap().unwrap().heard_of;
    assert!(heard_of.contains(no("A").0) && !heard_of.contains(no("B").0));
    store.rebuild(&Watch::NONE).unwrap();
    assert_eq!(store.united().pairs().count(), 1, "who is one does not hang on what is derived");
}

#[test]
fn one_that_is_not_whole_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.append(batch("s", vec![event("A", "login", 0, None)])).unwrap();
    assert!(store.checkpoint().unwrap().is_none());
    let written = [b"one".to_vec(), b"two".to_vec()];
    write(&store, &written);
    let file = folder.path().join("derived/checkpoint");
    let whole = fs::read(&file).unwrap();
    let read = || store.checkpoint().unwrap().and_then(|mut one| pieces(&mut one));
    assert_eq!(read().unwrap(), written);
    for cut in 0..whole.len() {
        fs::write(&file, &whole[..cut]).unwrap();
        assert!(read().is_none(), "cut at {cut}");
    }
    for place in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[place] ^= 0x10;
        fs::write(&file, &flipped).unwrap();
        // The place in the head that says what was safe counts only in logs, and is part of the checksum here too.
        assert!(read().is_none(), "flipped at {place}");
    }
    // Broken off, it leaves the one before.
    fs::write(&file, &whole).unwrap();
    let mut broken_off = store.begin_checkpoint().unwrap().with_head(&store.mark(), b"x").unwrap();
    broken_off.add(b"other".to_vec()).unwrap();
    drop(broken_off);
    assert_eq!(read().unwrap(), written);
    let names = fs::read_dir(folder.path().join("derived")).unwrap();
    assert!(names.map(|name| name.unwrap().file_name()).all(|name| name != "checkpoint.new"));
}

#[test]
fn it_goes_with_whom_is_erased_and_with_another_log() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let facts = vec![event("A", "login", 0, None), event("B", "login", 0, None)];
    store.append(batch("s", facts)).unwrap();
    write(&store, &[b"the name of A".to_vec()]);
    store.erase(&[CustomerKey::new("A").unwrap()], at(1), &Watch::NONE).unwrap();
    assert!(store.checkpoint().unwrap().is_none());
    assert!(!folder.path().join("derived/checkpoint").exists());
    write(&store, &[]);
    drop(store);
    let other = tempfile::tempdir().unwrap();
    drop(open(other.path()));
    fs::copy(folder.path().join("derived/checkpoint"), other.path().join("derived/checkpoint"))
        .unwrap();
    assert!(open(other.path()).checkpoint().unwrap().is_none(), "of another log");
}
