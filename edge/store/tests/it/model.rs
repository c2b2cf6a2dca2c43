//! The store as a plain list: slow and obvious.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use facts::{ContactKey, CustomerKey, Fact, HistoryBuilder, Stamp, Value, ValueRef, What};
use store::{Appended, Batch, CustomerNo, Store, Watch};

#[derive(Clone, Default)]
pub(crate) struct Model {
    rows: Vec<(Fact, Stamp)>,
    next_seq: u64,
    ids: HashMap<(String, String), u32>,
    pub(crate) undone: BTreeSet<u32>,
    pub(crate) batches: Vec<u32>,
    /// By number; none for someone who was erased.
    keys: Vec<Option<CustomerKey>>,
    erased: BTreeSet<CustomerKey>,
}

impl Model {
    /// Takes in what the store took in as the given batch; an import is a batch of old records.
    pub(crate) fn append(&mut self, batch: &Batch, number: u32) -> (u64, Vec<u64>) {
        let (mut accepted, mut duplicates) = (0, vec![]);
        for (row, fact) in batch.facts.iter().enumerate() {
            if self.erased.contains(&fact.customer) {
                continue;
            }
            if let Some(id) = &fact.id {
                let key = (batch.source.to_string(), id.clone());
                if self.ids.get(&key).is_some_and(|known| !self.undone.contains(known)) {
                    duplicates.push(row as u64);
                    continue;
                }
                self.ids.insert(key, number);
            }
            accepted += 1;
            if !self.keys.contains(&Some(fact.customer.clone())) {
                self.keys.push(Some(fact.customer.clone()));
            }
            let known = if batch.old { fact.at.min(batch.received_at) } else { batch.received_at };
            let seq = self.next_seq;
            self.next_seq += 1;
            self.rows.push((fact.clone(), Stamp { at: fact.at, known, seq, batch: number }));
        }
        if 0 < accepted {
            self.batches.push(number);
        }
        (accepted, duplicates)
    }

    /// The number the next batch gets.
    pub(crate) fn next_batch(&self) -> u32 {
        self.batches.last().map_or(1, |last| last + 1)
    }

    pub(crate) fn undo(&mut self, batch: u32) {
        self.undone.insert(batch);
    }

    pub(crate) fn erase(&mut self, key: &CustomerKey) {
        let gone = |fact: &Fact| fact.customer == *key;
        for (fact, stamp) in self.rows.iter().filter(|(fact, _)| gone(fact)) {
            // The ids of what is gone are free, as if they had never been.
            if let Some(id) = &fact.id {
                self.ids.retain(|(_, known), batch| known != id || *batch != stamp.batch);
            }
        }
        self.rows.retain(|(fact, _)| !gone(fact));
        for known in self.keys.iter_mut().filter(|known| known.as_ref() == Some(key)) {
            *known = None;
        }
        self.erased.insert(key.clone());
    }

    fn live(&self) -> impl Iterator<Item = &(Fact, Stamp)> {
        self.rows.iter().filter(|(_, stamp)| !self.undone.contains(&stamp.batch))
    }

    fn no(&self, key: &CustomerKey) -> u32 {
        self.keys.iter().position(|known| known.as_ref() == Some(key)).unwrap() as u32
    }

    /// Encoded histories of live customers by number.
    pub(crate) fn histories(&self) -> BTreeMap<u32, Vec<u8>> {
        let mut builders: BTreeMap<u32, HistoryBuilder> = BTreeMap::new();
        for (fact, stamp) in self.live() {
            builders.entry(self.no(&fact.customer)).or_default().learn(fact, *stamp);
        }
        let encode = |mut builder: HistoryBuilder| {
            let mut bytes = vec![];
            builder.finish().encode(&mut bytes);
            bytes
        };
        builders.into_iter().map(|(no, builder)| (no, encode(builder))).collect()
    }

    /// What of this the store does not agree with, if anything.
    pub(crate) fn differs(&self, store: &Store) -> Option<String> {
        let expected = self.histories();
        let found = match read(store) {
            Ok(found) => found,
            Err(why) => return Some(format!("cannot be read: {why}")),
        };
        if found.keys().ne(expected.keys()) {
            return Some(format!("customers {:?}, not {:?}", found.keys(), expected.keys()));
        }
        for (no, bytes) in &expected {
            if found[no] != *bytes {
                return Some(format!("the history of customer {no} differs"));
            }
            let mut builder = HistoryBuilder::new();
            if let Err(why) = store.history(CustomerNo(*no), &mut builder) {
                return Some(format!("the history of customer {no} cannot be read: {why}"));
            }
            let mut alone = vec![];
            builder.finish().encode(&mut alone);
            if alone != *bytes {
                return Some(format!("the history of customer {no}, read alone, differs"));
            }
        }
        self.directory_differs(store)
            .or_else(|| self.names_differ(store))
            .or_else(|| crate::columns::differ(store))
    }

    pub(crate) fn assert_same(&self, store: &Store) {
        assert_eq!(self.differs(store), None);
    }

    fn directory_differs(&self, store: &Store) -> Option<String> {
        let live: BTreeSet<u32> = self.live().map(|(fact, _)| self.no(&fact.customer)).collect();
        if store.customers().iter().ne(live.iter().copied()) {
            return Some("the live customers differ".into());
        }
        for (no, key) in self.keys.iter().enumerate() {
            let no = CustomerNo(no as u32);
            let expected = live.contains(&no.0).then_some(no);
            let number = key.as_ref().and_then(|key| store.number_of(key));
            if number != expected || store.key_of(no) != *key {
                return Some(format!("customer {key:?} has another number"));
            }
        }
        for contact in (0..9).map(|n| ContactKey::new(&format!("K{n}")).unwrap()) {
            let of = |fact: &Fact| fact.contact.as_ref() == Some(&contact);
            let facts = self.live().filter(|(fact, _)| of(fact));
            let first = facts.map(|(fact, _)| CustomerNo(self.no(&fact.customer))).min();
            if store.find_contact(&contact) != first {
                return Some(format!("contact {contact} belongs elsewhere"));
            }
        }
        for n in 0..20 {
            let address = format!("P{n}@Example.JP");
            let holds = |fact: &Fact| match &fact.what {
                What::Became(values) => values.borrowed().get("email") == ValueRef::Text(&address),
                What::Happened { .. } => false,
            };
            let first = self
                .live()
                .filter(|(fact, _)| holds(fact))
                .map(|(fact, _)| (CustomerNo(self.no(&fact.customer)), fact.contact.clone()))
                .min();
            let found = store.find_email(&format!("p{n}@example.jp "));
            if found.map(|person| (person.customer, person.contact)) != first {
                return Some(format!("address {address} belongs elsewhere"));
            }
        }
        None
    }

    fn names_differ(&self, store: &Store) -> Option<String> {
        let mut events: BTreeMap<String, u64> = BTreeMap::new();
        let mut filled: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        for (fact, _) in self.live() {
            match &fact.what {
                What::Happened { name, .. } => *events.entry(name.to_string()).or_default() += 1,
                What::Became(values) => {
                    for (key, value) in values.borrowed().iter() {
                        if value.to_owned() != Value::Missing && fact.contact.is_none() {
                            let no = self.no(&fact.customer);
                            filled.entry(key.to_owned()).or_default().insert(no);
                        }
                    }
                }
            }
        }
        let names = store.names();
        let found: BTreeMap<String, u64> =
            names.events.iter().map(|event| (event.name.to_string(), event.events)).collect();
        if found != events || store.events_n() != events.values().sum::<u64>() {
            return Some(format!("event names {found:?}, not {events:?}"));
        }
        let found: Vec<_> =
            names.attributes.iter().map(|name| (name.key.to_string(), name.filled)).collect();
        let filled: Vec<_> = filled.into_iter().map(|(key, nos)| (key, nos.len() as u64)).collect();
        if found != filled {
            return Some(format!("attributes {found:?}, not {filled:?}"));
        }
        None
    }
}

/// Encoded histories by number, from a scan.
pub(crate) fn histories(store: &Store) -> BTreeMap<u32, Vec<u8>> {
    read(store).unwrap()
}

fn read(store: &Store) -> Result<BTreeMap<u32, Vec<u8>>, store::StoreError> {
    let pieces = store.scan(2, &Watch::NONE, Vec::new, |found: &mut Vec<_>, no, history| {
        let mut bytes = vec![];
        history.encode(&mut bytes);
        found.push((no.0, bytes));
    })?;
    let all: Vec<(u32, Vec<u8>)> = pieces.into_iter().flatten().collect();
    assert!(all.is_sorted_by_key(|(no, _)| *no), "a scan goes in the order of numbers");
    Ok(all.into_iter().collect())
}

/// Brings a batch in as an import.
pub(crate) fn import(store: &Store, batch: &Batch) -> Result<Appended, store::StoreError> {
    let mut import = store.begin_import(&batch.source, &batch.label, batch.received_at)?;
    for fact in &batch.facts {
        import.add(fact)?;
    }
    import.commit(&Watch::NONE)
}
