//! Random lives of a store, beside the plain model: whatever is done in whatever order, both agree.

use std::path::Path;

use proptest::prelude::*;
use store::{Options, Store, Watch};

use crate::{
    lives::FOLDER,
    makings::{Chance, at, batch, customer},
    model::{Model, import},
    sim::SimDisk,
};

#[derive(Debug, Clone)]
enum Step {
    Append(u64),
    Import(u64),
    Undo(usize),
    Erase(u64),
    Flush,
    Tidy,
    Reopen,
    LoseDerived,
    Rebuild,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => any::<u64>().prop_map(Step::Append),
        3 => any::<u64>().prop_map(Step::Import),
        3 => any::<usize>().prop_map(Step::Undo),
        1 => (0..12_u64).prop_map(Step::Erase),
        3 => Just(Step::Flush),
        1 => Just(Step::Tidy),
        2 => Just(Step::Reopen),
        1 => Just(Step::LoseDerived),
        1 => Just(Step::Rebuild),
    ]
}

fn options(disk: &SimDisk, seed: u64) -> Options {
    let mut chance = Chance(seed);
    Options {
        tidy_by_hand: chance.one_in(2),
        flush_facts: 1 + chance.below(60) as usize,
        flush_bytes: 400 + chance.below(20_000) as usize,
        log_file_bytes: 200 + chance.below(20_000),
        columns_from: 1 + chance.below(40),
        disk: std::sync::Arc::new(disk.clone()),
        ..Options::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_store_and_the_plain_model_agree(
        seed in any::<u64>(),
        steps in proptest::collection::vec(step(), 1..30),
    ) {
        let disk = SimDisk::default();
        let mut store = Store::open(Path::new(FOLDER), options(&disk, seed), &Watch::NONE).unwrap();
        let mut model = Model::default();
        let mut digest = None;
        for (n, step) in steps.iter().enumerate() {
            let changes = matches!(step, Step::Append(_) | Step::Import(_) | Step::Undo(_) | Step::Erase(_));
            match step {
                Step::Append(seed) | Step::Import(seed) => {
                    let mut chance = Chance(*seed);
                    let source = ["crm", "shop"][chance.below(2) as usize];
                    let mut given = batch(source, chance.facts(40));
                    given.old = matches!(step, Step::Import(_));
                    let done = match given.old {
                        true => import(&store, &given).unwrap(),
                        false => store.append(given.clone()).unwrap(),
                    };
                    let (accepted, duplicates) = model.append(&given, done.batch.unwrap_or(0));
                    prop_assert_eq!(done.accepted, accepted);
                    let rows: Vec<u64> = done.duplicates.iter().map(|found| found.row).collect();
                    prop_assert_eq!(rows, duplicates);
                    prop_assert_eq!(done.batch.is_none(), accepted == 0);
                }
                Step::Undo(which) if !model.batches.is_empty() => {
                    let number = model.batches[which % model.batches.len()];
                    let undone = store.undo(number, at(n as i64), "sato");
                    prop_assert_eq!(undone.is_err(), model.undone.contains(&number));
                    model.undo(number);
                }
                Step::Undo(_) => {}
                Step::Erase(which) => {
                    let key = customer(&format!("C{which}"));
                    let known = store.number_ever_of(&key);
                    let erased = store.erase(std::slice::from_ref(&key), at(n as i64), &Watch::NONE).unwrap();
                    prop_assert_eq!(erased.customers, Vec::from_iter(known));
                    model.erase(&key);
                }
                Step::Flush => store.flush().unwrap(),
                Step::Tidy => store.tidy(&Watch::NONE).unwrap(),
                Step::Rebuild => store.rebuild(&Watch::NONE).unwrap(),
                Step::Reopen | Step::LoseDerived => {
                    drop(store);
                    if matches!(step, Step::LoseDerived) {
                        disk.forget(&Path::new(FOLDER).join("derived"));
                    }
                    let options = options(&disk, seed.wrapping_add(n as u64));
                    store = Store::open(Path::new(FOLDER), options, &Watch::NONE).unwrap();
                }
            }
            prop_assert_eq!(model.differs(&store), None, "after step {} of {:?}", n, steps);
            let now = store.digest(&Watch::NONE).unwrap();
            prop_assert!(changes || digest.is_none() || digest == Some(now), "digest after {n} of {steps:?}");
            digest = Some(now);
        }
        let report = Store::verify_on(&options(&disk, seed), Path::new(FOLDER), &Watch::NONE).unwrap();
        prop_assert_eq!(report.problems, vec![]);
        store.rebuild(&Watch::NONE).unwrap();
        prop_assert_eq!(Some(store.digest(&Watch::NONE).unwrap()), digest.or(Some(store.digest(&Watch::NONE).unwrap())));
    }
}

#[test]
fn equal_facts_give_equal_digests_however_the_runs_are_cut() {
    let mut digests = vec![];
    for seed in 0..4 {
        let disk = SimDisk::default();
        let store = Store::open(Path::new(FOLDER), options(&disk, seed), &Watch::NONE).unwrap();
        let mut chance = Chance(7);
        for _ in 0..20 {
            store.append(batch("crm", chance.facts(60))).unwrap();
        }
        digests.push(store.digest(&Watch::NONE).unwrap());
    }
    assert!(digests.iter().all(|digest| *digest == digests[0]));
    let disk = SimDisk::default();
    let store = Store::open(Path::new(FOLDER), options(&disk, 1), &Watch::NONE).unwrap();
    store.append(batch("crm", Chance(8).facts(60))).unwrap();
    assert_ne!(store.digest(&Watch::NONE).unwrap(), digests[0]);
}
