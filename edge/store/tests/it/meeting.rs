//! What happens in the middle of something else.

use std::{
    io,
    path::Path,
    sync::{Arc, OnceLock},
};

use store::{Disk, DiskFile, Locked, Options, Store, Watch};

use crate::{
    lives::FOLDER,
    makings::{batch, event},
    sim::SimDisk,
};

type Meanwhile = Box<dyn Fn() + Send + Sync>;

/// A disk on which something happens just before the first run is made.
#[derive(Default)]
struct Interrupted {
    disk: SimDisk,
    meanwhile: OnceLock<Meanwhile>,
    happened: OnceLock<()>,
}

impl Disk for Interrupted {
    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let is_run = path.to_string_lossy().contains("/run-");
        if is_run && self.happened.set(()).is_ok() {
            self.meanwhile.get().unwrap()();
        }
        self.disk.create(path)
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.disk.create_folder(folder)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.disk.list(folder)
    }

    fn open(&self, path: &Path, write: bool) -> io::Result<Box<dyn DiskFile>> {
        self.disk.open(path, write)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.disk.remove(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.disk.sync_folder(folder)
    }

    fn lock(&self, path: &Path, holder: &str) -> io::Result<Locked> {
        self.disk.lock(path, holder)
    }
}

/// Opens a store on which `meanwhile` happens while its first run is being written.
fn open(meanwhile: impl Fn(&Store) + Send + Sync + 'static) -> Arc<Store> {
    let disk = Arc::new(Interrupted::default());
    let options = Options { tidy_by_hand: true, disk: disk.clone(), ..Options::default() };
    let store = Arc::new(Store::open(Path::new(FOLDER), options, &Watch::NONE).unwrap());
    let weak = Arc::downgrade(&store);
    let set = disk.meanwhile.set(Box::new(move || meanwhile(&weak.upgrade().unwrap())));
    assert!(set.is_ok());
    store
}

fn append(store: &Store, first: i64, facts: i64) {
    let fact = |n: i64| event(&format!("C{}", n % 90), "login", n, Some(&n.to_string()));
    let given = batch("s", (first..first + facts).map(fact).collect());
    assert_eq!(store.append(given).unwrap().accepted, facts as u64);
}

fn counted(store: &Store) -> u64 {
    let count = |n: &mut u64, _, history: &facts::History| *n += history.n_events() as u64;
    store.scan(2, &Watch::NONE, || 0, count).unwrap().iter().sum()
}

#[test]
fn what_comes_in_and_is_read_while_a_run_is_written_is_not_lost() {
    let store = open(|store| {
        append(store, 10_000, 5_000);
        assert_eq!(counted(store), 10_000, "what is being written is still read");
        append(store, 20_000, 10);
    });
    append(&store, 0, 5_000);
    store.flush().unwrap();
    assert_eq!(counted(&store), 10_010);
    for first in [0, 10_000, 20_000] {
        let again = batch("s", vec![event("C1", "login", 0, Some(&(first + 1).to_string()))]);
        assert_eq!(store.append(again).unwrap().accepted, 0, "ids are known wherever they are");
    }
    let digest = store.digest(&Watch::NONE).unwrap();
    store.rebuild(&Watch::NONE).unwrap();
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
}

#[test]
fn what_comes_in_while_an_import_is_sorted_is_not_lost_or_doubled() {
    let store = open(|store| {
        append(store, 10_000, 5_000);
        let again = batch("s", vec![event("C1", "login", 0, Some("7"))]);
        assert_eq!(store.append(again).unwrap().accepted, 0, "the import is committed already");
        assert_eq!(counted(store), 5_000, "its facts come into sight all at once");
        store.undo(2, crate::makings::at(0), "sato").unwrap();
    });
    let mut staged = store.begin_import("s", "a.csv", crate::makings::at(0)).unwrap();
    for n in 0..3_000 {
        staged.add(&event(&format!("I{}", n % 70), "login", n, Some(&n.to_string()))).unwrap();
    }
    assert_eq!(staged.commit(&Watch::NONE).unwrap().accepted, 3_000);
    assert_eq!((counted(&store), store.events_n()), (3_000, 3_000));
    let digest = store.digest(&Watch::NONE).unwrap();
    store.rebuild(&Watch::NONE).unwrap();
    assert_eq!(store.digest(&Watch::NONE).unwrap(), digest);
}
