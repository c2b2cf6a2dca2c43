//! What happened after a date, or was told after it, never matters to what a sign says at that date.

use facts::{Calendar, Fact, History, Timestamp};
use kernel::Scratch;

use crate::told::{event, noon, proving};

/// Whole numbers below a bound, from a seed (Steele and others 2014: splitmix).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % most
    }
}

fn random(seed: u64) -> Vec<(Fact, Timestamp)> {
    let mut dice = Dice(seed);
    let mut told = vec![];
    for _ in 0..dice.below(14) {
        let name = ["complained", "viewed", "viewed", "cancelled"][dice.below(4) as usize];
        let day = dice.below(44) as i64;
        // Most are told at once, some up to three weeks later.
        let late = if dice.below(3) == 0 { dice.below(21) as i64 } else { 0 };
        told.push((event(name, day), noon(day + late)));
    }
    told
}

#[test]
fn the_past_is_asked_as_it_was_known() {
    let (proving, calendar, mut scratch) = (proving(), Calendar::japan(), Scratch::default());
    let (mut n_looks, mut n_late, mut n_carried) = (0, 0, 0);
    for seed in 0..2_000 {
        let told = random(seed);
        let whole = History::of(told.iter().map(|(fact, known)| (fact, *known)));
        let looks = proving.looks(&whole, &calendar, &mut scratch);
        let mut by_then = vec![];
        for at in proving.dates().all() {
            // The obvious way: a history of nothing but what had happened and been told.
            let known = told.iter().filter(|(fact, known)| *known <= *at && fact.at <= *at);
            let then = History::of(known.map(|(fact, known)| (fact, *known)));
            n_late += usize::from(whole.as_known_at(*at).n_events() < whole.n_events());
            let looks = proving.looks(&then, &calendar, &mut scratch);
            by_then.extend(looks.into_iter().filter(|look| look.at == *at));
        }
        assert_eq!(looks, by_then, "seed {seed}");
        n_looks += looks.len();
        n_carried += looks.iter().filter(|look| look.carried).count();
    }
    assert!(1_000 < n_looks && 500 < n_late && 200 < n_carried, "{n_looks} {n_late} {n_carried}");
}

#[test]
fn what_was_told_late_still_counts_as_an_outcome() {
    let proving = proving();
    let facts = [
        (event("met", 0), noon(0)),
        (event("complained", 20), noon(20)),
        (event("cancelled", 24), noon(40)),
    ];
    let history = History::of(facts.iter().map(|(fact, known)| (fact, *known)));
    let tally = crate::told::tally(&proving, &[history]);
    assert_eq!((tally.alerts.hits, tally.alerts.of), (1, 2), "at 29 nobody had been told");
}
