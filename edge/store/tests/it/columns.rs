//! Columns beside histories: whoever is asked, and whatever happened before, both give the same members.

use condition::{Draft, SegmentId};
use facts::{Calendar, CustomerKey, EventName, Fact, Properties, Value, What};
use kernel::{Plan, Scratch};
use roaring::RoaringBitmap;
use store::{Asked, Batch, Options, Step, Store, Watch};

use crate::makings::at;

/// Questions that columns answer alone, and some that they do not.
const ASKED: [&str; 8] = [
    r#"{"event": "login", "count": {"at_least": 2}}"#,
    r#"{"measure": "sum", "of": "amount", "event": "purchased", "is": {"at_least": "500"}, "last": "60s"}"#,
    r#"{"event": "page_viewed", "where": [{"property": "page", "is": "/page_viewed/3"}]}"#,
    r#"{"event": "*", "where": [{"property": "contact", "is": "K3"}]}"#,
    r#"{"attribute": "plan", "is": "pro"}"#,
    r#"{"sequence": [{"event": "login"}, {"event": "purchased", "within": "20s"}]}"#,
    r#"{"not": {"measure": "distinct", "of": "page", "event": "*", "is": {"at_most": "4"}}}"#,
    r#"{"some": "page", "of": "page_viewed", "satisfies": {"event": "page_viewed", "count": {"at_least": 2}}}"#,
];

fn plan() -> Plan {
    let segment = |(n, text): (usize, &&str)| {
        let draft = Draft(serde_json::from_str(text).unwrap());
        (SegmentId::new(&format!("s{n}")).unwrap(), draft.check().unwrap())
    };
    Plan::new(ASKED.iter().enumerate().map(segment).collect()).unwrap()
}

fn from_histories(store: &Store, plan: &Plan, calendar: &Calendar) -> Vec<RoaringBitmap> {
    let all = std::sync::Mutex::new(vec![RoaringBitmap::new(); ASKED.len()]);
    store
        .for_each_history(1, &Watch::NONE, |no, history| {
            let mut scratch = Scratch::default();
            let readings = plan.evaluate(history, at(0), calendar, &mut scratch);
            for (members, reading) in all.lock().unwrap().iter_mut().zip(readings) {
                if reading.value {
                    members.insert(no.0);
                }
            }
        })
        .unwrap();
    all.into_inner().unwrap()
}

/// What columns and histories disagree about, if anything.
pub(crate) fn differ(store: &Store) -> Option<String> {
    let (plan, calendar) = (plan(), Calendar::japan());
    let expected = from_histories(store, &plan, &calendar);
    let segments = (0..ASKED.len()).collect();
    let asked = Asked { plan: &plan, segments, at: at(0), calendar: &calendar };
    let found = store.members(&[asked], 2, &Watch::NONE).unwrap().remove(0).of;
    let differs = |n: &usize| found[*n] != expected[*n];
    (0..ASKED.len())
        .find(differs)
        .map(|n| format!("{} finds {:?}, not {:?}", ASKED[n], found[n], expected[n]))
}

/// A firm of some thousand customers, each with some events.
fn facts_of(customers: std::ops::Range<u32>) -> Vec<Fact> {
    let mut facts = vec![];
    for customer in customers {
        for n in 0..i64::from(customer % 7) {
            let name =
                ["login", "page_viewed", "purchased"][((i64::from(customer) + n) % 3) as usize];
            facts.push(Fact {
                customer: CustomerKey::new(&format!("C{customer:05}")).unwrap(),
                contact: None,
                at: at(-n * 9_000 - i64::from(customer)),
                what: What::Happened {
                    name: EventName::new(name).unwrap(),
                    properties: Properties::new([
                        ("page", Value::from(format!("/{name}/{}", (i64::from(customer) + n) % 5))),
                        ("amount", Value::from(i64::from(customer) * 3 + n)),
                    ])
                    .unwrap(),
                },
                id: None,
            });
        }
    }
    facts
}

fn batch(facts: Vec<Fact>) -> Batch {
    Batch { source: "crm".into(), label: "".into(), received_at: at(0), old: true, facts }
}

#[test]
fn columns_serve_whoever_did_not_change_since() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { tidy_by_hand: true, columns_from: 1, ..Options::default() };
    let store = Store::open(folder.path(), options.clone(), &Watch::NONE).unwrap();
    store.append(batch(facts_of(0..3_000))).unwrap();
    assert_eq!(differ(&store), None, "before there are columns");
    let laid_out = std::sync::atomic::AtomicBool::new(false);
    let see = |progress: store::Progress| {
        laid_out.fetch_or(progress.step == Step::Columns, std::sync::atomic::Ordering::Relaxed);
    };
    store.tidy(&Watch { progress: Some(&see), cancel: None }).unwrap();
    assert!(laid_out.into_inner(), "tidying lays histories out in columns");
    assert_eq!(differ(&store), None, "with columns for all");
    let undone = store.append(batch(facts_of(20..60))).unwrap().batch.unwrap();
    store.append(batch(facts_of(2_900..4_200))).unwrap();
    assert_eq!(differ(&store), None, "with some out of date, and new ones");
    store.undo(undone, at(1), "sato").unwrap();
    assert_eq!(differ(&store), None, "after something was taken back");
    store.close().unwrap();
    let store = Store::open(folder.path(), options.clone(), &Watch::NONE).unwrap();
    assert_eq!(differ(&store), None, "opened again");
    let report = Store::verify(folder.path(), &Watch::NONE).unwrap();
    assert_eq!(report.problems, vec![]);
    store.tidy(&Watch::NONE).unwrap();
    assert_eq!(differ(&store), None, "laid out anew");
    assert_eq!(files_of_columns(folder.path()).len(), 1, "the old file is gone");
    store.close().unwrap();
    for file in files_of_columns(folder.path()) {
        std::fs::remove_file(file).unwrap();
    }
    let store = Store::open(folder.path(), options, &Watch::NONE).unwrap();
    assert_eq!(differ(&store), None, "without the file");
}

#[test]
fn a_flipped_bit_in_a_column_is_no_answer() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { tidy_by_hand: true, columns_from: 1, ..Options::default() };
    let store = Store::open(folder.path(), options.clone(), &Watch::NONE).unwrap();
    store.append(batch(facts_of(0..1_500))).unwrap();
    store.tidy(&Watch::NONE).unwrap();
    let [file] = files_of_columns(folder.path()).try_into().unwrap();
    let whole = std::fs::read(&file).unwrap();
    let (plan, calendar) = (plan(), Calendar::japan());
    let expected = from_histories(&store, &plan, &calendar);
    store.close().unwrap();
    let (mut refused, mut without) = (0, 0);
    for place in (0..whole.len()).step_by(whole.len() / 60) {
        let mut broken = whole.clone();
        broken[place] ^= 1 << (place % 8);
        std::fs::write(&file, &broken).unwrap();
        let store = Store::open(folder.path(), options.clone(), &Watch::NONE).unwrap();
        let asked =
            Asked { plan: &plan, segments: (0..8).collect(), at: at(0), calendar: &calendar };
        match store.members(&[asked], 1, &Watch::NONE) {
            Ok(found) => {
                assert_eq!(found[0].of, expected, "a flipped bit at {place} gave another answer");
                without += 1;
            }
            Err(error) => {
                assert!(error.to_string().contains("rebuild"), "{error}");
                refused += 1;
            }
        }
    }
    assert!(40 <= refused, "{refused} refused, {without} answered without columns or this part");
}

fn files_of_columns(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let files = std::fs::read_dir(folder.join("derived")).unwrap();
    let files = files.map(|file| file.unwrap().path());
    files.filter(|path| path.to_string_lossy().contains("columns-")).collect()
}
