//! What grows with more records and fades with their age, against adding it up record by record.

use condition::{Draft, Said};
use facts::{Calendar, CustomerKey, EventName, Fact, History, Properties, Timestamp, What};
use kernel::Scratch;
use kizashi_engine::Rules;
use serde_json::json;
use signs::{PartDraft, SignDraft, SignKind};

const START: Timestamp = Timestamp::from_millis(1_790_000_000_000);

/// A small generator of our own: the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

fn viewed(at: Timestamp) -> Fact {
    Fact {
        customer: CustomerKey::new("c").unwrap(),
        contact: None,
        at,
        id: None,
        what: What::Happened {
            name: EventName::new("viewed").unwrap(),
            properties: Properties::default(),
        },
    }
}

struct Trial {
    least: u32,
    weight: u32,
    cap: u32,
    half_life_h: i64,
    window_h: i64,
}

impl Trial {
    fn rules(&self, threshold: u8) -> Rules {
        let condition = Draft(json!({
            "event": "viewed", "count": { "at_least": self.least }, "last": format!("{}h", self.window_h),
        }));
        let part = PartDraft {
            name: Said::default(),
            condition,
            weight: self.weight as u8,
            cap: Some(self.cap as u8),
            half_life: Some(format!("{}h", self.half_life_h)),
        };
        let sign = SignDraft {
            id: "s".into(),
            kind: SignKind::Purchase,
            name: Said::default(),
            explanation: Said::default(),
            next_action: Said::default(),
            script: Said::default(),
            horizon_days: 100,
            threshold,
            draft: false,
            urgent: false,
            requires: None,
            outcome: None,
            parts: vec![part],
        };
        Rules::new(vec![], vec![sign.check().unwrap()], Calendar::japan()).unwrap()
    }

    /// Record by record: the newest that count, each by its age.
    fn slow(&self, events: &[Timestamp], at: Timestamp) -> u32 {
        let age = |event: &Timestamp| at.since(*event);
        let mut ages: Vec<i64> = events
            .iter()
            .map(age)
            .filter(|age| (0..self.window_h * Timestamp::HOUR).contains(age))
            .collect();
        ages.sort_unstable();
        let mut left = self.cap;
        let mut sum = 0;
        for age in ages.into_iter().skip(self.least as usize - 1) {
            let points = left.min(self.weight);
            left -= points;
            sum += points >> (age / (self.half_life_h * Timestamp::HOUR)).min(31);
        }
        sum
    }
}

#[test]
fn the_strength_is_what_each_record_adds_by_its_age_at_every_instant() {
    let mut dice = Dice(7);
    let (mut seen, mut crossings) = (0, 0);
    for _ in 0..120 {
        let weight = 5 + dice.below(30) as u32;
        let half_life_h = 6 + dice.below(40) as i64;
        let trial = Trial {
            least: 1 + dice.below(3) as u32,
            weight,
            cap: (weight + dice.below(60) as u32).min(100),
            half_life_h,
            window_h: half_life_h + 1 + dice.below(120) as i64,
        };
        let hour = |n: u64| START.plus(n as i64 * Timestamp::HOUR);
        let mut events: Vec<Timestamp> =
            (0..1 + dice.below(9)).map(|_| hour(dice.below(200))).collect();
        events.sort_unstable();
        let facts: Vec<Fact> = events.iter().map(|at| viewed(*at)).collect();
        let history = History::of(facts.iter().map(|fact| (fact, fact.at)));
        let threshold = (trial.weight / 2).max(1) as u8;
        let rules = trial.rules(threshold);
        let mut scratch = Scratch::default();
        let stays = rules.sign_stays(0, &history, (START, hour(500)), &mut scratch);
        let held = |at: Timestamp| {
            stays.iter().any(|stay| stay.entered <= at && stay.left.is_none_or(|left| at < left))
        };
        for n in 0..500 {
            for at in [hour(n).minus(1), hour(n)] {
                let slow = trial.slow(&events, at);
                let known = events.first().is_some_and(|first| *first <= at);
                let strength = rules.strength(0, &history, at, &mut scratch);
                assert_eq!(u32::from(strength.value), slow.min(100), "at {at}");
                if START <= at && known {
                    assert_eq!(held(at), u32::from(threshold) <= slow, "at {at}");
                }
                seen += usize::from(0 < slow);
            }
        }
        crossings += stays.len();
        let points: u32 = rules
            .explain_sign(0, &history, hour(200))
            .iter()
            .map(|part| u32::from(part.points))
            .sum();
        assert_eq!(points, trial.slow(&events, hour(200)));
    }
    assert!(1_000 < seen && 100 < crossings, "{seen} {crossings}");
}
