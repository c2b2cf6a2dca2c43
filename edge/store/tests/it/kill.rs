//! A real process on a real disk, killed at any moment: `kill -9` loses and doubles nothing.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    sync::Mutex,
    time::Duration,
};

use facts::Fact;
use store::{Options, Store, Watch};

use crate::{
    makings::{Chance, batch, event},
    model::import,
};

/// Set in the child process: the folder it works in, and the step it begins with.
const CHILD: &str = "KIZASHI_STORE_KILL_TEST";
const KILLS: u64 = 40;

fn options() -> Options {
    Options { flush_facts: 120, flush_bytes: 30_000, log_file_bytes: 20_000, ..Options::default() }
}

/// Step `n` brings these facts; every tenth step is an import.
fn facts(n: u64) -> Vec<Fact> {
    let rows = if is_import(n) { 400 } else { 1 + n % 7 };
    let fact =
        |row| event(&format!("C{}", (n + row) % 50), "login", 0, Some(&format!("{n}-{row}")));
    (0..rows).map(fact).collect()
}

fn is_import(n: u64) -> bool {
    n % 10 == 9
}

/// What the child does until it is killed: steps, each told once it is acknowledged.
#[test]
fn child() {
    let Ok(told) = std::env::var(CHILD) else { return };
    let (first, folder) = told.split_once(' ').unwrap();
    let store = Store::open(Path::new(folder), options(), &Watch::NONE).unwrap();
    println!("\nopened");
    for n in first.parse::<u64>().unwrap().. {
        let mut given = batch("s", facts(n));
        given.label = n.to_string().into();
        given.old = is_import(n);
        match given.old {
            true => import(&store, &given).unwrap(),
            false => store.append(given).unwrap(),
        };
        println!("acknowledged {n}");
    }
}

#[test]
fn a_killed_process_loses_nothing_acknowledged_and_doubles_nothing() {
    if std::env::var(CHILD).is_ok() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut chance = Chance(1);
    let (mut acknowledged, mut unanswered, mut kills) = (0, 0, 0);
    // A little longer when no kill came between writing and answering, or a busy machine was slow.
    while kills < KILLS || ((unanswered == 0 || acknowledged <= KILLS * 3) && kills < 4 * KILLS) {
        kills += 1;
        // The last steps are sent again, as a sender would who was not answered.
        let first = u64::saturating_sub(acknowledged, 10);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["kill::child", "--exact", "--nocapture"])
            .env(CHILD, format!("{first} {}", folder.path().display()))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let heard = Mutex::new(acknowledged);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        std::thread::scope(|scope| {
            let (opened, open) = std::sync::mpsc::channel();
            scope.spawn(|| {
                let opened = opened;
                for line in lines.map_while(Result::ok) {
                    if line == "opened" {
                        // Nobody waits any more when this child was to die while opening.
                        let _ = opened.send(());
                    }
                    if let Some(n) = line.strip_prefix("acknowledged ") {
                        let mut heard = heard.lock().unwrap();
                        *heard = (*heard).max(n.parse::<u64>().unwrap() + 1);
                    }
                }
            });
            // Some die while opening, most while working.
            if !chance.one_in(8) {
                open.recv_timeout(Duration::from_secs(30)).unwrap();
            }
            std::thread::sleep(Duration::from_micros(500 + chance.below(60_000)));
            child.kill().unwrap();
            child.wait().unwrap();
        });
        acknowledged = heard.into_inner().unwrap();
        unanswered += check(folder.path(), acknowledged);
    }
    assert!(KILLS * 3 < acknowledged, "the test was idle: {acknowledged} steps");
    assert!(0 < unanswered, "no kill ever came between writing and answering");
    let report = Store::verify(folder.path(), &Watch::NONE).unwrap();
    assert_eq!(report.problems, vec![]);
    let store = Store::open(folder.path(), options(), &Watch::NONE).unwrap();
    let digest = store.digest(&Watch::NONE).unwrap();
    store.rebuild(&Watch::NONE).unwrap();
    assert_eq!(
        store.digest(&Watch::NONE).unwrap(),
        digest,
        "made anew from the facts it is the same"
    );
}

/// Every acknowledged step is there in full and once; of those beyond at most one is there, in full.
fn check(folder: &Path, acknowledged: u64) -> u64 {
    let store = Store::open(folder, options(), &Watch::NONE).unwrap();
    let mut rows: HashMap<u64, u64> = HashMap::new();
    for batch in store.batches() {
        let n = batch.label.parse().unwrap();
        let whole = facts(n).len() as u64;
        *rows.entry(n).or_default() += batch.rows;
        assert_eq!(batch.rows, whole, "step {n} is there in part");
    }
    // All imports are listed but of the other batches only the latest thousand; the events below count for all.
    let listed = rows.keys().copied().filter(|n| !is_import(*n)).min().unwrap_or(0);
    for n in (0..acknowledged).filter(|n| is_import(*n) || listed <= *n) {
        assert_eq!(rows.get(&n), Some(&(facts(n).len() as u64)), "acknowledged step {n}");
    }
    let beyond = rows.keys().filter(|n| acknowledged <= **n).count();
    assert!(beyond <= 1, "{beyond} steps beyond the last acknowledged one");
    // Counted from the histories themselves: the same number of events, nothing doubled.
    let kept: u64 = (0..acknowledged + beyond as u64).map(|n| facts(n).len() as u64).sum();
    let counted =
        store.scan(2, &Watch::NONE, || 0, |n, _, history| *n += history.n_events() as u64).unwrap();
    assert_eq!(counted.iter().sum::<u64>(), kept);
    assert_eq!(store.events_n(), kept);
    beyond as u64
}
