//! Large files: little memory, progress, and an end when asked.

use std::{
    io::{BufWriter, Write},
    ops::ControlFlow,
    sync::atomic::{AtomicBool, Ordering},
};

use crate::harness::{mapping, now};
use facts::Calendar;
use kizashi_intake::{Choices, Job, Kind, Progress, Roster, Source, Unreadable, look, read};

const ROWS: u64 = 300_000;

fn large(folder: &tempfile::TempDir) -> Source {
    let path = folder.path().join("events.csv");
    let mut out = BufWriter::new(std::fs::File::create(&path).unwrap());
    writeln!(out, "id,customer,event,at,page,dwell_seconds,note").unwrap();
    for n in 0..ROWS {
        let (minute, second) = (n / 60 % 60, n % 60);
        let filler = "x".repeat(200);
        writeln!(
            out,
            "e{n},C{},page_viewed,2026-11-01T10:{minute:02}:{second:02}+09:00,pricing,{},{filler}",
            n % 5000,
            n % 90
        )
        .unwrap();
    }
    out.flush().unwrap();
    Source::file(path)
}

/// Kilobytes this process holds.
fn held() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or("0");
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// Runs a test of this file in a process of its own, where nothing else takes memory.
fn alone(name: &str) -> bool {
    if std::env::var_os("KIZASHI_ALONE").is_some() {
        return true;
    }
    let this = std::env::current_exe().unwrap();
    let status = std::process::Command::new(this)
        .args(["--exact", &format!("streaming::{name}")])
        .env("KIZASHI_ALONE", "1")
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stdout));
    false
}

#[test]
fn memory_does_not_grow_with_the_file_and_reading_can_be_cancelled() {
    if !alone("memory_does_not_grow_with_the_file_and_reading_can_be_cancelled") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let source = large(&folder);
    let megabytes = source.length().unwrap() >> 20;
    assert!(70 < megabytes, "the file must be large to prove anything: {megabytes} MB");
    let layout = look(&source, &Choices::default()).unwrap();
    let mapping = mapping(
        Kind::Events,
        &["id", "customer", "name", "at", "property:page", "property:dwell_seconds", "-"],
    );
    let (calendar, cancel) = (Calendar::japan(), AtomicBool::new(false));
    let job = Job {
        source: &source,
        shape: &layout.shape,
        mapping: &mapping,
        calendar: &calendar,
        now: now(),
        directory: &Roster::default(),
        cancel: &cancel,
    };
    let before = held();
    let mut most = 0;
    let mut last = Progress::default();
    let done = read(
        &job,
        &mut |progress| {
            assert!(last.bytes <= progress.bytes && last.rows <= progress.rows);
            last = progress;
            most = most.max(held());
        },
        &mut |problem| panic!("{problem:?}"),
        &mut |_| ControlFlow::Continue(()),
    )
    .unwrap();
    assert_eq!(done.counts.facts, ROWS);
    assert_eq!((last.rows, last.bytes), (ROWS, last.bytes_total));
    assert!(most.saturating_sub(before) < 20_000, "grew by {} kB", most.saturating_sub(before));

    let mut n = 0;
    let stopped =
        read(&job, &mut |_| cancel.store(true, Ordering::Relaxed), &mut |_| {}, &mut |_| {
            n += 1;
            ControlFlow::Continue(())
        });
    assert!(matches!(stopped, Err(Unreadable::Cancelled)));
    assert!(n < 10_000, "it went on for {n} rows");
}

#[test]
fn the_caller_may_stop() {
    let folder = tempfile::tempdir().unwrap();
    let source = large(&folder);
    let layout = look(&source, &Choices::default()).unwrap();
    let mapping = mapping(Kind::Events, &["-", "customer", "name", "at", "-", "-", "-"]);
    let (calendar, cancel) = (Calendar::japan(), AtomicBool::new(false));
    let job = Job {
        source: &source,
        shape: &layout.shape,
        mapping: &mapping,
        calendar: &calendar,
        now: now(),
        directory: &Roster::default(),
        cancel: &cancel,
    };
    let mut n = 0;
    let done = read(&job, &mut |_| {}, &mut |_| {}, &mut |_| {
        n += 1;
        if n == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((n, done.unwrap().counts.facts), (10, 10));
}
