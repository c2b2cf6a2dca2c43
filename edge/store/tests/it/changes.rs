//! The log of changes: what was told comes back after any crash, and what was handed on never changes.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    sync::Arc,
};

use roaring::RoaringBitmap;
use store::{
    ChangeCause, ChangeLog, ChangeRecord, CustomerNo, NewChange, StoreError, ToldChanges,
    TouchedSegment,
};

use crate::{
    lives::open,
    makings::{Chance, at},
    sim::{Bug, SimDisk},
};

const SEGMENTS: [&str; 3] = ["loyal", "at-risk", "new"];

fn segment(id: &str) -> TouchedSegment {
    TouchedSegment { id: Arc::from(id), version: 1 }
}

type Members = BTreeMap<&'static str, BTreeSet<u32>>;

/// What was told, frame by frame, beside the log.
#[derive(Default)]
struct Beside {
    /// After each frame: up to when all is told, how many changes there are, and who is where.
    frames: Vec<(i64, usize, Members)>,
    /// So many frames are known to be safe.
    safe: usize,
    changes: Vec<NewChange>,
    handed: Vec<ChangeRecord>,
}

impl Beside {
    fn now(&self) -> (i64, Members) {
        self.frames.last().map(|(until, _, members)| (*until, members.clone())).unwrap_or_default()
    }

    /// What is told is what some frame left behind, none of the safe ones is missing. Frames may leave the same members
    /// behind; how many changes are kept tells them apart.
    fn settle(&mut self, told: &ToldChanges, kept: usize) -> Result<(), String> {
        let of = |id: &str| {
            let members = told.segments.get(id).map(|(_, members)| members.iter().collect());
            members.unwrap_or_default()
        };
        let members: Members = SEGMENTS.into_iter().map(|id| (id, of(id))).collect();
        let fits = |(until, n, then): &(i64, usize, Members)| {
            *n == kept
                && at(*until) == told.until
                && SEGMENTS
                    .iter()
                    .all(|id| then.get(id).cloned().unwrap_or_default() == members[id])
        };
        let place = self.frames.iter().rposition(fits).ok_or("no frame fits")?;
        if place + 1 < self.safe {
            return Err(format!("{} frames were safe, {} are left", self.safe, place + 1));
        }
        let (until, n, _) = self.frames[place];
        for (customer, last) in &told.ahead {
            let own = self.changes[..n].iter().filter(|change| change.customer.0 == *customer);
            let latest = own.map(|change| change.at).max();
            if latest != Some(*last) || *last <= at(until) {
                return Err(format!("customer {customer} is said to be ahead"));
            }
        }
        self.frames.truncate(place + 1);
        self.changes.truncate(n);
        Ok(())
    }

    /// One random thing.
    fn step(&mut self, log: &ChangeLog, chance: &mut Chance) -> Result<(), StoreError> {
        let (until, mut members) = self.now();
        match chance.below(8) {
            0 => {
                log.sync()?;
                self.safe = self.frames.len();
            }
            1 => {
                let all = log.after(self.handed.len() as u64, 1_000)?;
                self.safe = self.frames.len();
                self.handed.extend(all);
                assert_eq!(self.handed.len(), self.changes.len());
            }
            2 => {
                let sets: Vec<(TouchedSegment, RoaringBitmap)> = (members.iter())
                    .map(|(id, members)| (segment(id), members.iter().copied().collect()))
                    .collect();
                let latest = self.changes.iter().map(|change| change.at).max();
                let until = until.max(latest.map_or(until, |at| at.since(self::at(0))));
                self.frames.push((until, self.changes.len(), members));
                log.begin(at(until), sets.iter().map(|(id, members)| (id.clone(), members)))?;
                self.safe = self.frames.len();
            }
            _ => {
                let until = until + chance.below(3) as i64;
                let mut changes = vec![];
                for _ in 0..chance.below(6) {
                    let id = SEGMENTS[chance.below(3) as usize];
                    let customer = chance.below(40) as u32;
                    let set = members.entry(id).or_default();
                    let entered = set.insert(customer) || !set.remove(&customer);
                    changes.push(NewChange {
                        customer: CustomerNo(customer),
                        segment: segment(id),
                        entered,
                        at: at(until + chance.below(4) as i64 - 1),
                        cause: ChangeCause::Time,
                    });
                }
                self.changes.extend(changes.clone());
                // A frame whose writing failed waits in memory; it is told all the same.
                self.frames.push((until, self.changes.len(), members));
                log.append(&changes, at(until + 5), at(until))?;
            }
        }
        Ok(())
    }
}

fn live_through_power_failures(seed: u64, bug: Option<Bug>) -> Result<usize, String> {
    let mut chance = Chance(seed);
    let mut disk = SimDisk::with_bug(bug);
    let mut beside = Beside::default();
    let mut steps = 0;
    for life in 0..5 {
        let Ok(store) = open(&disk, &mut chance) else { return Err("does not open".into()) };
        let (log, told) = store.open_changes().map_err(|error| error.to_string())?;
        let all = log.after(0, 1_000_000).map_err(|error| error.to_string())?;
        match told {
            Some(told) => beside.settle(&told, all.len())?,
            None if beside.safe == 0 => {
                beside = Beside::default();
                beside.frames.push((0, 0, Members::new()));
                log.begin(at(0), []).map_err(|error| error.to_string())?;
                beside.safe = 1;
            }
            None => return Err("everything is gone".into()),
        }
        if !all.starts_with(&beside.handed) {
            return Err("what was handed on is not there any more".into());
        }
        let kept: Vec<NewChange> = all.iter().map(|record| record.change.clone()).collect();
        if kept != beside.changes || !all.iter().map(|record| record.seq).eq(1..=kept.len() as u64)
        {
            return Err(format!("life {life}: the changes differ"));
        }
        beside.safe = beside.frames.len();
        check_pages(&log, &all, &mut chance);
        disk.dies_at(1 + chance.below(40));
        while steps < 10_000 && beside.step(&log, &mut chance).is_ok() {
            steps += 1;
        }
        disk = disk.after_power_loss(&mut chance);
    }
    Ok(steps)
}

/// Page by page, newest first, the changes of a segment are those of the whole log.
fn check_pages(log: &ChangeLog, all: &[ChangeRecord], chance: &mut Chance) {
    let id = SEGMENTS[chance.below(3) as usize];
    let mut expected: Vec<_> =
        all.iter().filter(|record| &*record.change.segment.id == id).cloned().collect();
    expected.reverse();
    let mut paged = vec![];
    let mut before = None;
    loop {
        let page = log.of_segment(id, before, 7).unwrap();
        paged.extend(page.changes);
        before = page.before;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(paged, expected);
}

#[test]
fn what_was_told_comes_back_when_the_power_goes() {
    let mut steps = 0;
    for seed in 0..300 {
        steps += live_through_power_failures(seed, None)
            .unwrap_or_else(|wrong| panic!("seed {seed}: {wrong}"));
    }
    assert!(10_000 < steps, "the test was idle: {steps} steps");
}

#[test]
fn the_power_test_would_notice_changes_that_are_not_kept() {
    for bug in [Bug::LiesAboutFiles, Bug::LiesAboutNames, Bug::RenamesUnsafe] {
        let noticed =
            (0..100).filter(|seed| live_through_power_failures(*seed, Some(bug)).is_err());
        let noticed = noticed.count();
        assert!(20 <= noticed, "{bug:?} was noticed with {noticed} of 100 seeds only");
    }
}

#[test]
fn a_full_disk_loses_no_change() {
    for n in 1..40 {
        let mut chance = Chance(n);
        let disk = SimDisk::default();
        let store = open(&disk, &mut chance).unwrap();
        let (log, _) = store.open_changes().unwrap();
        log.begin(at(0), []).unwrap();
        let mut told = vec![];
        disk.fail_at(n, io::ErrorKind::StorageFull);
        for round in 0..40 {
            let change = NewChange {
                customer: CustomerNo(round),
                segment: segment("loyal"),
                entered: true,
                at: at(0),
                cause: ChangeCause::Fact,
            };
            told.push(change.clone());
            let _ = log.append(&[change], at(1), at(0));
        }
        log.sync().unwrap();
        drop(log);
        let (log, _) = store.open_changes().unwrap();
        let kept = log.after(0, 1_000).unwrap().into_iter().map(|record| record.change);
        assert_eq!(kept.collect::<Vec<_>>(), told, "call {n} failed");
    }
}
