//! What a value means to the questions about its attribute: found once for each different value, not for each customer.
//!
//! A plan has hundreds of questions about a few attributes, and attributes like a plan or a prefecture have few values. Of
//! those that have many, a name or an address, the questions are asked one by one.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use condition::Test;
use facts::{ValueRef, push_value};

/// The questions about attributes whose answer never changes while the value does not.
#[derive(Debug, Default)]
pub(super) struct Attributes(Vec<Attribute>);

/// What each question about one attribute says of a value, in the order in which they were watched.
pub(super) type Says = Arc<[bool]>;

#[derive(Debug)]
struct Attribute {
    key: String,
    tests: Vec<Test>,
    /// By the stored form of a value.
    known: RwLock<HashMap<Vec<u8>, Says>>,
}

/// Of more values of an attribute nothing is remembered.
const MOST: usize = 256;

impl Attributes {
    /// The place of the attribute, and of a test among the questions about it.
    pub(super) fn watch(&mut self, key: &str, test: &Test) -> (u32, u32) {
        let place = self.0.iter().position(|known| known.key == key).unwrap_or_else(|| {
            let (key, known) = (key.to_owned(), RwLock::default());
            self.0.push(Attribute { key, tests: vec![], known });
            self.0.len() - 1
        });
        let tests = &mut self.0[place].tests;
        tests.push(test.clone());
        (place as u32, tests.len() as u32 - 1)
    }

    /// How many attributes there are.
    pub(super) fn n(&self) -> usize {
        self.0.len()
    }

    /// The key of the attribute at a place.
    pub(super) fn key(&self, place: u32) -> &str {
        &self.0[place as usize].key
    }

    /// What a value means to all questions about the attribute at a place; none when it has too many values. `holds` says
    /// whether a value passes a test.
    pub(super) fn says(
        &self,
        place: u32,
        value: ValueRef<'_>,
        holds: impl Fn(ValueRef<'_>, &Test) -> bool,
    ) -> Option<Says> {
        let Attribute { tests, known, .. } = &self.0[place as usize];
        let mut written = vec![];
        push_value(&mut written, value);
        {
            let known = known.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(says) = known.get(&written) {
                return Some(says.clone());
            }
            if MOST <= known.len() {
                return None;
            }
        }
        let says: Says = tests.iter().map(|test| holds(value, test)).collect();
        known.write().unwrap_or_else(PoisonError::into_inner).insert(written, says.clone());
        Some(says)
    }
}
