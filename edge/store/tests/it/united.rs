//! Customers who are one: their histories are those of one who was told everything, in every way of asking; parted, all is
//! as it was, byte by byte.

use facts::{CustomerKey, Fact, History, HistoryBuilder, Stamp};
use store::{CustomerNo, Options, Store, United, Watch};

use crate::{
    columns::differ,
    makings::{Chance, at, batch, trials},
};

/// A store of some hundred customers, in runs, in the tail and with something undone.
fn filled(chance: &mut Chance, folder: &std::path::Path) -> (Store, Vec<(Fact, Stamp)>) {
    let options = Options { tidy_by_hand: true, ..Options::default() };
    let store = Store::open(folder, options, &Watch::NONE).unwrap();
    let mut told = vec![];
    for n in 0..6 {
        let mut facts = chance.facts(60);
        for fact in &mut facts {
            fact.id = None;
            fact.customer = CustomerKey::new(&format!("C{:03}", chance.below(120))).unwrap();
        }
        let appended = store.append(batch("s", facts.clone())).unwrap();
        let number = appended.batch.unwrap();
        if n == 2 {
            store.undo(number, at(1), "me").unwrap();
            continue;
        }
        let stamp = |fact: &Fact, seq: u64| Stamp { at: fact.at, known: at(0), seq, batch: number };
        told.extend(facts.into_iter().zip(appended.first_seq..).map(|(fact, seq)| {
            let stamp = stamp(&fact, seq);
            (fact, stamp)
        }));
        if n == 3 {
            store.tidy(&Watch::NONE).unwrap();
        }
    }
    (store, told)
}

fn stored(history: &History) -> Vec<u8> {
    let mut bytes = vec![];
    history.encode(&mut bytes);
    bytes
}

fn history(store: &Store, no: u32) -> Vec<u8> {
    let mut builder = HistoryBuilder::new();
    store.history(CustomerNo(no), &mut builder).unwrap();
    stored(builder.finish())
}

/// What would be known of somebody who was told all that was told of some.
fn as_one(store: &Store, told: &[(Fact, Stamp)], numbers: &[u32]) -> Vec<u8> {
    let keys: Vec<CustomerKey> =
        numbers.iter().filter_map(|no| store.key_of(CustomerNo(*no))).collect();
    let mut builder = HistoryBuilder::new();
    let of_them = told.iter().filter(|(fact, _)| keys.contains(&fact.customer));
    of_them.for_each(|(fact, stamp)| builder.learn(fact, *stamp));
    stored(builder.finish())
}

#[test]
fn who_is_one_has_one_history_and_parting_leaves_no_trace() {
    let mut united_any = 0;
    for seed in 0..trials(12) {
        let mut chance = Chance(seed);
        let folder = tempfile::tempdir().unwrap();
        let (store, told) = filled(&mut chance, folder.path());
        let end = store.numbers_end();
        let before: Vec<Vec<u8>> = (0..end).map(|no| history(&store, no)).collect();
        let (digest, everybody) = (store.digest(&Watch::NONE).unwrap(), store.customers());

        let pairs = (0..20).map(|_| {
            let mut one = || CustomerNo(chance.below(u64::from(end)) as u32);
            vec![one(), one()]
        });
        let united = United::of(pairs.collect::<Vec<_>>());
        store.unite(united.clone());
        assert_eq!(store.digest(&Watch::NONE).unwrap(), digest, "what was told does not change");
        for no in 0..end {
            let is_head = united.head(no) == no;
            let numbers = [&[no], united.members(no)].concat();
            let expected =
                if is_head { as_one(&store, &told, &numbers) } else { stored(&History::default()) };
            assert!(history(&store, no) == expected, "seed {seed}, customer {no}");
        }
        let scanned = store
            .scan(2, &Watch::NONE, Vec::new, |found, no, history| {
                found.push((no.0, stored(history)))
            })
            .unwrap();
        let scanned: Vec<(u32, Vec<u8>)> = scanned.into_iter().flatten().collect();
        let known: Vec<u32> = scanned.iter().map(|(no, _)| *no).collect();
        assert_eq!(known, store.customers().iter().collect::<Vec<_>>(), "seed {seed}");
        for (no, bytes) in &scanned {
            assert!(*bytes == history(&store, *no), "seed {seed}, customer {no}");
        }
        assert_eq!(differ(&store), None, "seed {seed}");
        for no in united.all().iter().filter(|no| everybody.contains(*no)) {
            let key = store.key_of(CustomerNo(no)).unwrap();
            assert_eq!(store.number_of(&key), Some(CustomerNo(united.head(no))));
            united_any += 1;
        }
        // A fact of a member touches the head.
        if let Some(member) = united.all().iter().find(|no| united.head(*no) != *no) {
            let fact =
                Fact { customer: store.key_of(CustomerNo(member)).unwrap(), ..chance.fact() };
            let appended = store.append(batch("t", vec![Fact { id: None, ..fact }])).unwrap();
            assert_eq!(appended.customers, [CustomerNo(united.head(member))]);
            store.undo(appended.batch.unwrap(), at(2), "me").unwrap();
        }
        // Columns that are laid out while some are one know nothing of it.
        store.tidy(&Watch::NONE).unwrap();
        assert_eq!(differ(&store), None, "seed {seed}, laid out anew");

        store.unite(United::default());
        let after: Vec<Vec<u8>> = (0..end).map(|no| history(&store, no)).collect();
        assert!(before == after, "seed {seed}: parted, a history is not what it was");
        assert_eq!(store.customers(), everybody);
        assert_eq!(differ(&store), None, "seed {seed}, parted");
    }
    assert!(united_any > 100, "hardly anybody was one: {united_any}");
}
