//! What to offer next: hand counts, a planted pair, nothing out of noise, and the trial on what came later.

use kizashi_offers::{Bag, From, Learned, Suggestion, TRIED_LEAST, Tried, Verdict};

use crate::unknown::Dice;

fn bag(items: &[u32], traits: &[u32]) -> Bag {
    Bag { items: items.to_vec(), traits: traits.to_vec() }
}

/// So many bags each.
fn bags(of: &[(usize, &[u32], &[u32])]) -> Vec<Bag> {
    of.iter().flat_map(|(n, items, traits)| vec![bag(items, traits); *n]).collect()
}

#[test]
fn shares_and_lifts_are_those_of_a_hand_count() {
    // Of 60 with paper 45 have toner; of 140 without it 14 have. Of 50 schools 5 have toner, of 150 others 54.
    let bags = bags(&[
        (40, &[0, 1], &[]),
        (5, &[0, 1], &[0]),
        (15, &[0], &[0]),
        (14, &[1, 2], &[]),
        (96, &[2], &[]),
        (30, &[2], &[0]),
    ]);
    let learned = Learned::of(bags.iter(), 3, 1);
    assert_eq!((learned.customers, &learned.owners), (200, &vec![60, 59, 140]));
    // Paper and toner, toner and paper; nobody with paper has coffee; schools are tried against all three.
    assert_eq!(learned.tried, 9);
    let found =
        learned.pairs.iter().find(|pair| (pair.from, pair.to) == (From::Item(0), 1)).unwrap();
    assert_eq!((found.both, found.of, found.share), (45, 60, 0.75));
    assert_eq!(found.lift, Some(7.5), "0.75 against 14 of 140");
    assert!(1.0 < found.lift_low && found.lift_low < 7.5, "{found:?}");
    assert!(learned.pairs.iter().all(|pair| (pair.from, pair.to) != (From::Trait(0), 1)));
    // Who has paper is suggested toner, with the pair; who has coffee only, what most have.
    let paper = learned.next(&bag(&[0], &[]), 3);
    let place = learned.pairs.iter().position(|pair| pair == found);
    assert_eq!(paper[0], Suggestion { item: 1, share: 0.75, because: place });
    assert!(paper.iter().all(|one| one.item != 0), "what they have is left out");
    let coffee = learned.next(&bag(&[2], &[]), 1);
    assert_eq!((coffee[0].item, coffee[0].because), (0, None));
    assert_eq!(learned.popular(&bag(&[], &[]), 2), [2, 0]);
}

#[test]
fn an_attribute_speaks_for_an_item() {
    let bags =
        bags(&[(40, &[0, 1], &[0]), (10, &[0], &[0]), (5, &[0, 1], &[1]), (95, &[0, 2], &[1])]);
    let learned = Learned::of(bags.iter(), 3, 2);
    let next = learned.next(&bag(&[0], &[0]), 1);
    assert_eq!((next[0].item, next[0].share), (1, 0.8));
    assert_eq!(learned.pairs[next[0].because.unwrap()].from, From::Trait(0));
}

#[test]
fn nothing_is_told_of_bags_filled_by_chance() {
    // Items that a quarter has, and items that one in thirty has, where rough intervals are too narrow.
    for (n, one_in) in [(300, 4), (1_200, 30)] {
        let mut told = 0;
        for seed in 0..40 {
            let mut dice = Dice(seed * 1_000 + one_in);
            let bags: Vec<Bag> = (0..n)
                .map(|_| {
                    let items = (0..12).filter(|_| dice.below(one_in) == 0).collect();
                    let traits = vec![dice.below(4) as u32];
                    Bag { items, traits }
                })
                .collect();
            let learned = Learned::of(bags.iter(), 12, 4);
            assert!(100 < learned.tried, "nothing was tried");
            told += usize::from(!learned.pairs.is_empty());
        }
        // All together wrong at most once in twenty: of 40 firms two.
        assert!(told <= 3, "{told} of 40 firms without structure were told something");
    }
}

#[test]
fn suggestions_are_held_against_what_sells_best() {
    // Everybody has one of the first two; a pair goes with each, and six others sell better than both.
    let mut bags = bags(&[(60, &[0, 2], &[]), (60, &[1, 3], &[])]);
    for item in 4..10 {
        bags.extend(vec![bag(&[item], &[]); 200]);
    }
    let learned = Learned::of(bags.iter(), 10, 0);
    let later: Vec<(Bag, Vec<u32>)> =
        (0..80).map(|n| (bag(&[n % 2], &[]), vec![2 + n % 2])).collect();
    let tried = learned.tried(later.iter().map(|(bag, new)| (bag, new.as_slice())));
    assert_eq!(tried, Tried { n: 80, hits: 80, popular: 0, only_ours: 80, only_popular: 0 });
    assert_eq!(tried.verdict(), Verdict::Better);
    let swapped = Tried { only_ours: 0, only_popular: 80, ..tried };
    assert_eq!(swapped.verdict(), Verdict::Worse);
    assert_eq!(Tried { only_ours: 12, only_popular: 10, ..tried }.verdict(), Verdict::NoBetter);
    assert_eq!(Tried { n: TRIED_LEAST - 1, ..tried }.verdict(), Verdict::TooLittle);
    // Who bought nothing new, or had nothing before, is not asked about.
    let nobody = [(bag(&[], &[]), vec![1]), (bag(&[0], &[]), vec![])];
    assert_eq!(learned.tried(nobody.iter().map(|(bag, new)| (bag, new.as_slice()))).n, 0);
}
