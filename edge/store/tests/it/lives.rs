//! A store whose disk may fail at any call, beside all the models that could then be right.

use std::path::Path;

use store::{Options, Store, StoreError, Watch};

use crate::{
    makings::{Chance, at, batch},
    model::{Model, import},
    sim::SimDisk,
};

pub(crate) const FOLDER: &str = "/kizashi/data";

pub(crate) fn options(disk: &SimDisk, chance: &mut Chance) -> Options {
    Options {
        tidy_by_hand: true,
        flush_facts: 1 + chance.below(60) as usize,
        flush_bytes: 400 + chance.below(20_000) as usize,
        log_file_bytes: 200 + chance.below(5_000),
        disk: std::sync::Arc::new(disk.clone()),
        columns_from: 1 + chance.below(40),
        read_only: false,
    }
}

pub(crate) fn open(disk: &SimDisk, chance: &mut Chance) -> Result<Store, StoreError> {
    Store::open(Path::new(FOLDER), options(disk, chance), &Watch::NONE)
}

/// All that may have become of the steps so far: one model while everything succeeds.
pub(crate) struct Lives {
    pub(crate) models: Vec<Model>,
    pub(crate) acknowledged: u32,
}

impl Lives {
    pub(crate) fn new() -> Lives {
        Lives { models: vec![Model::default()], acknowledged: 0 }
    }

    /// Does one random thing; an error leaves it open whether it was done.
    pub(crate) fn step(&mut self, store: &Store, chance: &mut Chance) -> Result<(), StoreError> {
        if store.failed().is_some() {
            let refused = store.append(batch("crm", chance.facts(12)));
            assert!(matches!(refused, Err(StoreError::WriteFailed { .. })), "{refused:?}");
            return refused.map(drop);
        }
        match chance.below(10) {
            0..5 => self.take_in(store, chance, false),
            5 | 6 => self.take_in(store, chance, true),
            7 => self.undo(store, chance),
            8 => store.flush(),
            _ => store.tidy(&Watch::NONE),
        }
    }

    fn take_in(&mut self, store: &Store, chance: &mut Chance, old: bool) -> Result<(), StoreError> {
        let mut given = batch("crm", chance.facts(12));
        given.old = old;
        let done = if old { import(store, &given) } else { store.append(given.clone()) };
        match done {
            Ok(done) => {
                self.acknowledged += 1;
                self.models.retain_mut(|model| {
                    let expected = model.next_batch();
                    let (accepted, _) = model.append(&given, expected);
                    accepted == done.accepted && done.batch == (0 < accepted).then_some(expected)
                });
                assert!(!self.models.is_empty(), "an answer that fits no possible past: {done:?}");
                Ok(())
            }
            Err(error) => {
                let before = self.models.clone();
                for model in &before {
                    let mut done = model.clone();
                    let number = done.next_batch();
                    if 0 < done.append(&given, number).0 {
                        if old {
                            let mut taken_back = done.clone();
                            taken_back.undo(number);
                            self.models.push(taken_back);
                        }
                        self.models.push(done);
                    }
                }
                Err(error)
            }
        }
    }

    fn undo(&mut self, store: &Store, chance: &mut Chance) -> Result<(), StoreError> {
        let batches = &self.models[0].batches;
        if batches.is_empty() {
            return Ok(());
        }
        let number = batches[chance.below(batches.len() as u64) as usize];
        match store.undo(number, at(1), "sato") {
            Ok(_) => {
                self.acknowledged += 1;
                self.models.retain(|model| {
                    model.batches.contains(&number) && !model.undone.contains(&number)
                });
                self.models.iter_mut().for_each(|model| model.undo(number));
                Ok(())
            }
            Err(StoreError::UndoneBefore(_)) => {
                self.models.retain(|model| model.undone.contains(&number));
                Ok(())
            }
            Err(StoreError::NoSuchBatch(_)) => {
                self.models.retain(|model| !model.batches.contains(&number));
                Ok(())
            }
            Err(error) => {
                let mut done = self.models.clone();
                done.iter_mut().for_each(|model| model.undo(number));
                self.models.extend(done);
                Err(error)
            }
        }
    }

    /// Leaves the pasts that it can have been; the reasons against each when there is none.
    pub(crate) fn settle(&mut self, store: &Store) -> Result<(), Vec<String>> {
        let mut against = vec![];
        self.models.retain(|model| match model.differs(store) {
            None => true,
            Some(why) => {
                against.push(why);
                false
            }
        });
        if self.models.is_empty() { Err(against) } else { Ok(()) }
    }
}
