//! The live engine fed with facts and time, against the other drivers; and proof that it asks little.

use condition::{Condition, SegmentId};
use engine::{Change, Handover, Wanted};
use facts::Timestamp;
use kernel::Scratch;

use crate::{
    agreement::{Trial, random_segments},
    dice::Dice,
    drivers::{Driver, Members, Question, World},
    live_host::{LiveHost, rules},
};

impl LiveHost<'_> {
    /// Like [`LiveHost::pass_time`], but it wakes at `now` only: whatever lapsed before is worked off then.
    fn wake(&mut self, now: Timestamp) {
        while let Some((at, number)) = self.engine.due(now.minus(1), 1).first().copied() {
            let wanted = self.engine.lapsed(number, at);
            self.place(number, at, &wanted);
        }
        self.pass_to(now);
    }

    /// Other segments from `now` on: only what they ask anew is asked.
    fn edit(&mut self, segments: Vec<(SegmentId, Condition)>, now: Timestamp) -> usize {
        let rules = rules(self.world, segments).unwrap();
        let handover = Handover::new(&self.rules, &rules);
        let fresh = handover.fresh();
        let scratch = &mut self.scratch;
        let mut moving = self.engine.begin_move(&rules, &handover);
        for number in self.engine.known() {
            let answers = rules.ask(&self.histories[number as usize], now, &fresh, scratch);
            moving.fill(&handover, number, &answers);
        }
        self.engine = moving.arrive(&rules, &handover, now);
        self.traces = self.histories.iter().map(|history| rules.trace(history, now)).collect();
        self.rules = rules;
        match fresh {
            Wanted::These(these) => self.rules.questions().n() - these.len(),
            Wanted::Everything => 0,
        }
    }
}

/// Instants of a trial in order of time, each with both segments.
fn questions(trial: &Trial, dice: &mut Dice, n: usize) -> Vec<Question> {
    let mut instants: Vec<Timestamp> = (0..n).map(|_| dice.pick(&trial.instants)).collect();
    instants.sort_unstable();
    instants.into_iter().flat_map(|at| [0, 1].map(|segment| Question { at, segment })).collect()
}

/// Whether the host has everyone where the definitions of `world` put them; tells who is where.
fn check(host: &LiveHost<'_>, world: &World, at: Timestamp, trial: &Trial) -> Vec<bool> {
    let plan = world.plan(world.segments.clone()).unwrap();
    let mut scratch = Scratch::default();
    let mut all = vec![];
    let members: Vec<Members> = (0..world.segments.len()).map(|n| host.members(n)).collect();
    for customer in world.everybody() {
        let history = world.history(&customer, at);
        let readings = plan.evaluate(&history, at, &world.calendar, &mut scratch);
        for (segment, reading) in readings.iter().enumerate().take(members.len()) {
            let (id, condition) = &world.segments[segment];
            let draft = condition::Draft::from(condition).0;
            let is_in = members[segment].contains(&customer);
            assert_eq!(is_in, reading.value, "{id}: {draft}\n{}", trial.shown(at));
            all.push(is_in);
        }
    }
    all
}

fn changes(answers: &[Members]) -> usize {
    answers.windows(3).filter(|three| three[0] != three[2]).count()
}

#[test]
fn live_batch_preview_and_backtest_agree() {
    let mut n_changes = 0;
    for seed in 50_000..50_200 {
        let trial = Trial::new(seed);
        let asked = questions(&trial, &mut Dice::new(seed), 30);
        let batch = Driver::Batch.ask(&trial.world, &asked).unwrap();
        for driver in [Driver::Live, Driver::Preview, Driver::Backtest] {
            let answers = driver.ask(&trial.world, &asked).unwrap();
            for (question, (answer, batch)) in asked.iter().zip(answers.iter().zip(&batch)) {
                let segment = &trial.world.segments[question.segment].0;
                let name = driver.name();
                let shown = || trial.shown(question.at);
                assert_eq!(answer, batch, "{name} and batch differ on {segment}: {}", shown());
            }
        }
        n_changes += changes(&batch);
    }
    assert!(400 <= n_changes, "too quiet to prove anything: {n_changes} changes");
}

#[test]
fn a_fact_asks_only_what_it_can_touch_and_misses_nothing() {
    let (mut n_changes, mut asked, mut fired) = (0, (0, 0), (0, 0));
    for seed in 60_000..60_024 {
        let mut trial = Trial::new(seed);
        let mut dice = Dice::new(seed);
        trial.world.segments = random_segments(seed, &trial.setting, &mut dice, 300);
        let mut host = LiveHost::new(&trial.world, trial.world.segments.clone()).unwrap();
        let mut instants: Vec<Timestamp> = (0..25).map(|_| dice.pick(&trial.instants)).collect();
        instants.sort_unstable();
        for at in instants {
            host.pass_time(at);
            check(&host, &trial.world, at, &trial);
        }
        n_changes += host.changes.len();
        asked = (asked.0 + host.asked.0, asked.1 + host.asked.1);
        fired = (fired.0 + host.fired.0, fired.1 + host.fired.1);
        every_change_turns_the_one_before(&host.changes, &trial);
    }
    println!("{n_changes} changes, asked {asked:?}, fired {fired:?}");
    assert!(2_000 <= n_changes, "too quiet to prove anything: {n_changes} changes");
    assert!(500 <= asked.0 && 2 * asked.0 < asked.1, "asked {} of {}", asked.0, asked.1);
    assert!(100 <= fired.1 && fired.1 < fired.0, "{fired:?} timers with some and all questions");
}

/// In and out take turns, and never at an earlier instant than the change before.
fn every_change_turns_the_one_before(changes: &[Change], trial: &Trial) {
    for (place, change) in changes.iter().enumerate() {
        let of_one =
            |other: &&Change| (other.customer, other.what) == (change.customer, change.what);
        match changes[..place].iter().rfind(of_one) {
            Some(before) => {
                assert_ne!(before.entered, change.entered, "{}", trial.shown(change.at));
                assert!(before.at <= change.at, "{}", trial.shown(change.at));
            }
            None => assert!(change.entered, "{}", trial.shown(change.at)),
        }
    }
}

#[test]
fn whoever_wakes_late_ends_in_the_same_place() {
    let mut n_changes = 0;
    for seed in 70_000..70_150 {
        let trial = Trial::new(seed);
        let asked = questions(&trial, &mut Dice::new(seed), 15);
        let batch = Driver::Batch.ask(&trial.world, &asked).unwrap();
        let mut host = LiveHost::new(&trial.world, trial.world.segments.clone()).unwrap();
        for (question, batch) in asked.iter().zip(&batch) {
            host.wake(question.at);
            assert_eq!(host.members(question.segment), *batch, "{}", trial.shown(question.at));
        }
        n_changes += changes(&batch);
    }
    assert!(250 <= n_changes, "too quiet to prove anything: {n_changes} changes");
}

#[test]
fn an_edit_asks_only_what_is_new_and_goes_on_right() {
    let (mut n_changes, mut kept) = (0, 0);
    for seed in 80_000..80_080 {
        let trial = Trial::new(seed);
        let mut dice = Dice::new(seed);
        let mut world = trial.world.clone();
        let all = random_segments(seed, &trial.setting, &mut dice, 12);
        let mut host = LiveHost::new(&trial.world, all[..8].to_vec()).unwrap();
        let mut instants: Vec<Timestamp> = (0..16).map(|_| dice.pick(&trial.instants)).collect();
        instants.sort_unstable();
        let mut before = vec![];
        for (round, at) in instants.into_iter().enumerate() {
            host.pass_time(at);
            if round == 0 {
                world.segments = all[..8].to_vec();
            } else if round % 4 == 0 {
                // The first segments stay, one is edited, some come and go: those may be referred to by none.
                let mut segments = all[..4].to_vec();
                segments.push((all[4].0.clone(), dice.pick(&all[..4]).1));
                segments.extend(all[8..].iter().filter(|_| dice.once_in(2)).cloned());
                kept += host.edit(segments.clone(), at);
                world.segments = segments;
            }
            let now = check(&host, &world, at, &trial);
            n_changes += usize::from(before != now);
            before = now;
        }
    }
    assert!(400 <= n_changes, "too quiet to prove anything: {n_changes} changes");
    assert!(1_000 <= kept, "edits ask nearly everything anew: {kept} answers kept");
}
