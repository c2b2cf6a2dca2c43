//! Columns against histories: the same plan asked of many customers side by side, and of each alone.

use condition::{Condition, SegmentId};
use facts::{
    Calendar, CustomerKey, EventName, Fact, History, HistoryBuilder, Properties, Stamp, Timestamp,
    Value, What,
};
use kernel::{Batch, Plan, Scratch};
use serde_json::json;

use crate::{
    conditions::{self, Others},
    dice::Dice,
    drivers::{World, in_columns},
    histories::Setting,
    instants,
};

/// Customers of one setting, and segments asked of all of them.
struct Crowd {
    seed: u64,
    setting: Setting,
    histories: Vec<History>,
    segments: Vec<(SegmentId, Condition)>,
    instants: Vec<Timestamp>,
}

impl Crowd {
    fn new(seed: u64) -> Crowd {
        const CUSTOMERS: usize = 24;
        const SEGMENTS: usize = 10;
        let mut dice = Dice::new(seed);
        let setting = Setting::any(&mut dice);
        let customer = CustomerKey::new("c").unwrap();
        let (mut histories, mut instants) = (vec![], vec![]);
        for _ in 0..CUSTOMERS {
            let world = World::new(vec![], setting.calendar.clone(), setting.told(&mut dice));
            let told = world.told_of(&customer, Timestamp::MAX);
            instants.extend(instants::critical(&setting, &told, &mut dice));
            histories.push(world.history(&customer, Timestamp::MAX));
        }
        let others = ["s0", "s1"];
        let segments = (0..SEGMENTS).map(|n| {
            let others = Others { ids: &others[..n.min(2)], may_ask_since: 1 < n };
            let draft = conditions::draft(&mut dice, &setting, others);
            (SegmentId::new(&format!("s{n}")).unwrap(), draft.check().unwrap())
        });
        let segments = segments.collect();
        dice.shuffle(&mut instants);
        instants.truncate(12);
        Crowd { seed, setting, histories, segments, instants }
    }
}

#[test]
fn columns_say_what_histories_say() {
    let (mut members, mut outsiders, mut alone) = (0, 0, 0);
    for seed in 50_000..50_000 + 150 {
        let crowd = Crowd::new(seed);
        let plan = Plan::new(crowd.segments.clone()).unwrap();
        let calendar = &crowd.setting.calendar;
        let mut scratch = Scratch::default();
        for at in &crowd.instants {
            let batch = Batch::new(&plan, 0..crowd.segments.len(), *at, calendar);
            alone += (0..crowd.segments.len())
                .filter(|segment| !Batch::new(&plan, [*segment], *at, calendar).needs_histories())
                .count();
            let masks = in_columns(&batch, &mut batch.asking(), &crowd.histories);
            for (lane, history) in crowd.histories.iter().enumerate() {
                let readings = plan.evaluate(history, *at, calendar, &mut scratch);
                for (segment, reading) in readings.iter().enumerate() {
                    assert_eq!(
                        masks[segment].has(lane),
                        reading.value,
                        "seed {}, customer {lane} at {at}, {}: {}",
                        crowd.seed,
                        crowd.setting.name,
                        condition::Draft::from(&crowd.segments[segment].1).0
                    );
                    members += usize::from(reading.value);
                    outsiders += usize::from(!reading.value);
                }
            }
            assert!(
                masks.iter().all(|mask| mask.lanes().all(|lane| lane < crowd.histories.len())),
                "nobody is in who is not there"
            );
        }
    }
    let asked = 150 * 12 * 10;
    assert!(asked / 5 <= alone, "columns hardly ever answered alone: {alone} of {asked}");
    assert!(30_000 <= members && 30_000 <= outsiders, "too quiet: {members} in, {outsiders} out");
}

#[test]
fn long_texts_are_asked_of_histories() {
    let note = |customer: usize, n: usize| format!("{customer}-{n} {}", "長い文".repeat(400));
    let histories: Vec<History> = (0..40)
        .map(|customer| {
            let mut builder = HistoryBuilder::new();
            for n in 0..20 {
                let at = Timestamp::from_millis((customer * 100 + n) as i64 * Timestamp::HOUR);
                let what = What::Happened {
                    name: EventName::new("noted").unwrap(),
                    properties: Properties::new([("note", Value::from(note(customer, n)))])
                        .unwrap(),
                };
                let customer = CustomerKey::new(&format!("C{customer}")).unwrap();
                let fact = Fact { customer, contact: None, at, what, id: None };
                builder.learn(&fact, Stamp { at, known: at, seq: n as u64, batch: 0 });
            }
            builder.into_history()
        })
        .collect();
    let conditions = [
        json!({"event": "noted", "where": [{"property": "note", "starts_with": "7-3 "}]}),
        json!({"event": "noted", "count": {"at_least": 20}}),
        json!({"last": "noted", "has": [{"property": "note", "contains": "9-19 "}]}),
        json!({"measure": "distinct", "of": "note", "event": "noted", "is": {"at_least": "20"}}),
    ];
    let segments = conditions.into_iter().enumerate().map(|(n, draft)| {
        (SegmentId::new(&format!("s{n}")).unwrap(), condition::Draft(draft).check().unwrap())
    });
    let plan = Plan::new(segments.collect()).unwrap();
    let (at, calendar) = (Timestamp::from_millis(9_000 * Timestamp::HOUR), Calendar::japan());
    let batch = Batch::new(&plan, 0..4, at, &calendar);
    let masks = in_columns(&batch, &mut batch.asking(), &histories);
    assert_eq!(masks[0].lanes().collect::<Vec<_>>(), [7]);
    assert_eq!(masks[1].count(), 40);
    assert_eq!(masks[2].lanes().collect::<Vec<_>>(), [9, 19, 29, 39]);
    assert_eq!(masks[3].count(), 40);
}
