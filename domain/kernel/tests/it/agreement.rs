//! The kernel against the obvious evaluator: random conditions, random histories, all instants that could matter.

use condition::{Condition, Leaf, Said, SegmentId};
use facts::{
    Calendar, CustomerKey, Decimal, EventName, Fact, History, HistoryBuilder, Properties, Reading,
    Stamp, Timestamp, What,
};
use kernel::{Cut, Plan, RankKey, Scratch, Standing, Stay, timeline};
use serde_json::json;
use signs::{Growth, Part, Sign, SignId, SignKind};

use crate::{
    conditions::{self, LENGTHS, Others},
    dice::Dice,
    drivers::{Told, World},
    histories::Setting,
    instants,
    obvious::{Obvious, Pasts},
};

/// One random condition over one random history.
pub(crate) struct Trial {
    pub(crate) seed: u64,
    pub(crate) setting: Setting,
    pub(crate) world: World,
    pub(crate) instants: Vec<Timestamp>,
    customer: CustomerKey,
    pasts: Pasts,
}

impl Trial {
    /// Of a few random conditions the first that is neither always so nor never.
    pub(crate) fn new(seed: u64) -> Trial {
        let mut dice = Dice::new(seed);
        let setting = Setting::any(&mut dice);
        let told = setting.told(&mut dice);
        let mut world = World::new(vec![], setting.calendar.clone(), told);
        define(&mut world, seed, &setting, &mut dice);
        let customer = CustomerKey::new("c").unwrap();
        let instants =
            instants::critical(&setting, &world.told_of(&customer, Timestamp::MAX), &mut dice);
        let pasts = {
            let told = world.told_of(&customer, Timestamp::MAX);
            let lengths = LENGTHS.map(|length| condition::Length::parse(length).unwrap().millis);
            let stretch = (instants[0], instants[instants.len() - 1]);
            Pasts::new(instants::every_edge(&setting.almanac, &told, &lengths, stretch))
        };
        let mut trial = Trial { seed, setting, world, instants, customer, pasts };
        for _ in 0..6 {
            if trial.is_lively() {
                break;
            }
            define(&mut trial.world, seed, &trial.setting, &mut dice);
            trial.pasts.forget();
        }
        trial.look_after_changes();
        trial
    }

    /// Asks also a length of time after each change of a segment since when the condition asks.
    fn look_after_changes(&mut self) {
        let (first, last) = (self.instants[0], self.instants[self.instants.len() - 1]);
        let mut more = vec![];
        for change in self.pasts.changes() {
            for length in LENGTHS {
                let edge = change.plus(condition::Length::parse(length).unwrap().millis);
                more.extend([edge.minus(1), edge]);
            }
        }
        more.retain(|at| first <= *at && *at <= last);
        self.instants.extend(more);
        self.instants.sort_unstable();
        self.instants.dedup();
    }

    fn is_lively(&self) -> bool {
        let told = self.told();
        let few = self.instants.iter().step_by(1 + self.instants.len() / 25);
        let answers: Vec<bool> = few.map(|at| self.obvious_at(&told, *at)).collect();
        membership_changes(&answers[answers.len() / 3..]) != 0
    }

    fn condition(&self) -> &Condition {
        &self.world.segments[1].1
    }

    pub(crate) fn told(&self) -> Vec<&Told> {
        self.world.told_of(&self.customer, Timestamp::MAX)
    }

    pub(crate) fn history(&self) -> History {
        self.world.history(&self.customer, Timestamp::MAX)
    }

    pub(crate) fn plan(&self) -> Plan {
        self.world.plan(self.world.segments.clone()).unwrap()
    }

    /// The obvious answers at all instants.
    fn obvious(&self) -> Vec<bool> {
        let told = self.told();
        let ask = |at: &Timestamp| self.obvious_at(&told, *at);
        self.instants.iter().map(ask).collect()
    }

    pub(crate) fn obvious_at(&self, told: &[&Told], at: Timestamp) -> bool {
        Obvious::new(told, &self.world, &self.setting.almanac, &self.pasts, at)
            .is_member(self.condition())
    }

    /// What anybody needs to see why a trial failed.
    pub(crate) fn shown(&self, at: Timestamp) -> String {
        let drafts: Vec<String> = (self.world.segments.iter())
            .map(|(id, condition)| format!("  {id}: {}", condition::Draft::from(condition).0))
            .collect();
        let told: Vec<String> = (self.told().iter())
            .map(|told| {
                let fact = &told.fact;
                format!(
                    "  {} received {} {:?} {:?}",
                    fact.at, told.received, fact.what, fact.contact
                )
            })
            .collect();
        let setting = &self.setting.name;
        let local = self.setting.almanac.local(at);
        format!(
            "seed {} at {at} ({local})\n  {setting}\n{}\n{}",
            self.seed,
            drafts.join("\n"),
            told.join("\n")
        )
    }
}

/// Two random segments, of which the second may refer to the first, a random sign, and cuts for the ranks they ask for.
fn define(world: &mut World, seed: u64, setting: &Setting, dice: &mut Dice) {
    let inner = conditions::draft(dice, setting, Others::NONE);
    // What a rhythm and a window of months do in the past happens at instants nobody can list beforehand.
    let text = inner.0.to_string();
    let may_ask_since = !text.contains("rhythm") && !text.contains("last_months");
    let outer = conditions::draft(dice, setting, Others { ids: &["inner"], may_ask_since });
    let check = |draft: condition::Draft| {
        draft
            .check()
            .unwrap_or_else(|faults| panic!("seed {seed}: {} has faults: {faults:?}", draft.0))
    };
    world.signs = vec![sign(dice, setting, check)];
    let id = |id| SegmentId::new(id).unwrap();
    world.segments = vec![(id("inner"), check(inner)), (id("outer"), check(outer))];
    world.cuts.clear();
    for (_, condition) in &world.segments {
        condition.each_leaf(&mut |leaf| {
            if let Leaf::Rank(rank) = leaf
                && !dice.once_in(6)
            {
                let least = Standing::of(Decimal::new(dice.between(0, 60), 1));
                let cut = Cut { least, taken_at: setting.center };
                world.cuts.insert(RankKey::of(rank), cut);
            }
        });
    }
}

/// A sign of two parts. Its strength is no sign's own condition, so its parts ask for no score.
fn sign(dice: &mut Dice, setting: &Setting, check: impl Fn(condition::Draft) -> Condition) -> Sign {
    let condition = |dice: &mut Dice| loop {
        let draft = conditions::draft(dice, setting, Others::NONE);
        let text = draft.0.to_string();
        if !text.contains("score") && !text.contains("rank") {
            break check(draft);
        }
    };
    let part = |dice: &mut Dice| {
        let weight = dice.between(0, 4) as u8;
        Part::new(Said::default(), condition(dice), weight, Growth::default()).unwrap()
    };
    Sign {
        id: SignId("sign".into()),
        kind: SignKind::Churn,
        name: Said::default(),
        explanation: Said::default(),
        next_action: Said::default(),
        script: Said::default(),
        horizon_days: 30,
        threshold: 1,
        urgent: false,
        requires: dice.once_in(2).then(|| condition(dice)),
        outcome: None,
        parts: vec![part(dice), part(dice)],
    }
}

/// Many random segments, of which the later ones may refer to the first four.
pub(crate) fn random_segments(
    seed: u64,
    setting: &Setting,
    dice: &mut Dice,
    n: usize,
) -> Vec<(SegmentId, Condition)> {
    let names: Vec<String> = (0..n).map(|number| format!("s{number}")).collect();
    let first: Vec<&str> = names.iter().take(4).map(String::as_str).collect();
    let condition = |number: usize| {
        let ids = &first[..if number < 4 { 0 } else { 4 }];
        let others = Others { ids, may_ask_since: !ids.is_empty() };
        let draft = conditions::draft(dice, setting, others);
        let checked = draft.check();
        checked.unwrap_or_else(|faults| panic!("seed {seed}: {} has faults: {faults:?}", draft.0))
    };
    let ids = names.iter().filter_map(|name| SegmentId::new(name));
    ids.zip((0..n).map(condition)).collect()
}

const TRIALS: u64 = 700;

fn membership_changes(answers: &[bool]) -> usize {
    answers.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// More trials before a release: `KIZASHI_TRIALS=28000 cargo test -p kizashi-kernel --test it agreement`.
fn trials() -> u64 {
    option_env!("KIZASHI_TRIALS").and_then(|n| n.parse().ok()).unwrap_or(TRIALS)
}

#[test]
fn the_kernel_says_what_is_obvious_and_never_holds_an_answer_too_long() {
    check_agreement(0..trials(), (1_200 * trials() / TRIALS) as usize);
}

fn check_agreement(seeds: std::ops::Range<u64>, least_changes: usize) {
    let mut n_changes = 0;
    for seed in seeds {
        let trial = Trial::new(seed);
        let (history, plan, obvious) = (trial.history(), trial.plan(), trial.obvious());
        let mut scratch = Scratch::default();
        let calendar = &trial.setting.calendar;
        let readings: Vec<Reading<bool>> = (trial.instants.iter())
            .map(|at| plan.evaluate(&history, *at, calendar, &mut scratch)[1])
            .collect();
        let mut next_change = None;
        for place in (0..readings.len()).rev() {
            let (at, reading) = (trial.instants[place], readings[place]);
            if reading.value != obvious[place] {
                panic!(
                    "the kernel says {}, obvious is {}\n{}",
                    reading.value,
                    obvious[place],
                    trial.shown(at)
                );
            }
            if obvious.get(place + 1).is_some_and(|after| *after != obvious[place]) {
                next_change = Some(trial.instants[place + 1]);
            }
            let until = reading.holds_until;
            let moves_on = until.is_none_or(|until| at < until);
            assert!(moves_on, "holds until {until:?}\n{}", trial.shown(at));
            let is_late =
                next_change.is_some_and(|change| until.is_none_or(|until| change < until));
            assert!(
                !is_late,
                "holds until {until:?}, changed at {next_change:?}\n{}",
                trial.shown(at)
            );
        }
        check_just_before_lapses(&trial, &readings);
        n_changes += membership_changes(&obvious);
    }
    assert!(least_changes <= n_changes, "too quiet to prove anything: {n_changes} changes");
}

/// A millisecond before a reading lapses it still holds, whatever instants were looked at between.
fn check_just_before_lapses(trial: &Trial, readings: &[Reading<bool>]) {
    let told = trial.told();
    let mut lapses: Vec<(Timestamp, bool)> =
        readings.iter().filter_map(|reading| Some((reading.holds_until?, reading.value))).collect();
    lapses.sort_unstable();
    lapses.dedup();
    for (lapse, value) in lapses {
        let before = lapse.minus(1);
        assert_eq!(
            trial.obvious_at(&told, before),
            value,
            "a reading that holds until {lapse} is wrong before\n{}",
            trial.shown(before)
        );
    }
}

#[test]
fn a_timeline_is_what_is_obvious_at_every_instant() {
    let mut n_stays = 0;
    for seed in 10_000..10_000 + TRIALS / 2 {
        let trial = Trial::new(seed);
        let (history, plan, obvious) = (trial.history(), trial.plan(), trial.obvious());
        let stretch = (trial.instants[0], trial.instants[trial.instants.len() - 1]);
        let mut scratch = Scratch::default();
        let stays = timeline(&plan, 1, &history, &trial.setting.calendar, stretch, &mut scratch);
        let is_in = |stay: &Stay, at: Timestamp| {
            stay.entered <= at && stay.left.is_none_or(|left| at < left)
        };
        for (at, obvious) in trial.instants.iter().zip(obvious) {
            let shown = stays.iter().any(|stay| is_in(stay, *at));
            assert_eq!(shown, obvious, "{stays:?}\n{}", trial.shown(*at));
        }
        n_stays += stays.len();
    }
    assert!(350 <= n_stays, "too quiet to prove anything: {n_stays} stays");
}

#[test]
fn reasons_end_in_the_same_answer() {
    let mut n_true = 0;
    for seed in 20_000..20_000 + TRIALS / 2 {
        let trial = Trial::new(seed);
        let (history, plan) = (trial.history(), trial.plan());
        let mut scratch = Scratch::default();
        let calendar = &trial.setting.calendar;
        for at in trial.instants.iter().step_by(41) {
            let reading = plan.evaluate_one(1, &history, *at, calendar, &mut scratch);
            let because = plan.explain(1, &history, *at, calendar);
            assert_eq!(because.reading.value, reading.value, "{}", trial.shown(*at));
            assert!(because.evidence.len() <= because.evidence_total);
            n_true += usize::from(reading.value);
        }
    }
    assert!(1_000 <= n_true, "too quiet to prove anything: {n_true} members");
}

#[test]
fn a_history_that_was_stored_or_told_in_another_order_gives_the_same_answers() {
    let mut n_changes = 0;
    for seed in 30_000..30_000 + TRIALS / 2 {
        let trial = Trial::new(seed);
        let (history, plan) = (trial.history(), trial.plan());
        let stored = stored_and_back(&history);
        let shuffled = shuffled(&trial.told(), &mut Dice::new(seed));
        let mut scratch = Scratch::default();
        let calendar = &trial.setting.calendar;
        let mut answers = vec![];
        for at in trial.instants.iter().step_by(7) {
            let mut ask = |history| plan.evaluate_one(1, history, *at, calendar, &mut scratch);
            let answer = ask(&history);
            assert_eq!(ask(&stored), answer, "stored: {}", trial.shown(*at));
            assert_eq!(ask(&shuffled), answer, "shuffled: {}", trial.shown(*at));
            answers.push(answer.value);
        }
        n_changes += membership_changes(&answers);
    }
    assert!(300 <= n_changes, "too quiet to prove anything: {n_changes} changes");
}

fn stored_and_back(history: &History) -> History {
    let mut bytes = vec![];
    history.encode(&mut bytes);
    let mut builder = HistoryBuilder::new();
    builder.about(history.customer().unwrap());
    builder.absorb(&bytes, |_| false).unwrap();
    let back = builder.into_history();
    let mut again = vec![];
    back.encode(&mut again);
    assert_eq!(bytes, again);
    back
}

/// The same facts learnt in another order. Their places in the order of arrival stay: those decide among equal times.
fn shuffled(told: &[&Told], dice: &mut Dice) -> History {
    let mut order: Vec<(u64, &Told)> = (0..).zip(told.iter().copied()).collect();
    dice.shuffle(&mut order);
    let mut builder = HistoryBuilder::new();
    let half = order.len() / 2;
    for (place, (seq, told)) in order.into_iter().enumerate() {
        let stamp = Stamp { at: told.fact.at, known: told.received, seq, batch: 0 };
        builder.learn(&told.fact, stamp);
        if place == half {
            // A history may be looked at before all is told.
            builder.finish();
        }
    }
    builder.into_history()
}

#[test]
fn a_count_of_many_thousands_is_noticed_in_time() {
    const EVENTS: i64 = 12_000;
    let second = |n: i64| Timestamp::from_millis(n * Timestamp::SECOND);
    let mut builder = HistoryBuilder::new();
    for n in 0..EVENTS {
        let stamp = Stamp { at: second(n), known: second(0), seq: n as u64, batch: 0 };
        let what = What::Happened {
            name: EventName::new("tick").unwrap(),
            properties: Properties::default(),
        };
        let customer = CustomerKey::new("c").unwrap();
        builder.learn(&Fact { customer, contact: None, at: stamp.at, what, id: None }, stamp);
    }
    let history = builder.finish();
    let stretch = (second(0), second(3 * EVENTS));
    for (draft, entered, left) in [
        // Record n (from 0) is 100 seconds old at second n + 100, and leaves the last 11,000 seconds at n + 11,000.
        (
            json!({ "event": "tick", "older_than": "100s", "count": { "at_least": 9_000 } }),
            9_099,
            None,
        ),
        (
            json!({ "event": "tick", "last": "11000s", "count": { "at_least": 9_000 } }),
            8_999,
            Some(14_000),
        ),
        (
            json!({ "event": "tick", "ago": ["11000s", "100s"], "count": { "at_least": 9_000 } }),
            9_099,
            Some(14_000),
        ),
    ] {
        let plan = Plan::of(condition::Draft(draft.clone()).check().unwrap()).unwrap();
        let mut scratch = Scratch::default();
        let stays = timeline(&plan, 0, history, &Calendar::japan(), stretch, &mut scratch);
        let expected = Stay { entered: second(entered), left: left.map(second) };
        assert_eq!(stays, [expected], "{draft}");
        let at_first = plan.evaluate_one(0, history, second(0), &Calendar::japan(), &mut scratch);
        let lapse = at_first.holds_until;
        assert!(lapse.is_some_and(|lapse| lapse <= second(entered)), "{draft} {at_first:?}");
    }
}
