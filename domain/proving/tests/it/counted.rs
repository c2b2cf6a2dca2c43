//! Counts worked out by hand.

use kizashi_proving::{Counts, Lack, Proof, Verdict, say_proof};

use crate::told::{history, noon, proving, tally};

fn counts(counts: Counts) -> (u64, u64, u64) {
    (counts.hits, counts.of, counts.customers)
}

/// ```text
///  day   5    10   15   20   25   30   35   40     dates | at midnight of days 15, 22, 29
///  a               |  c ·  |  ✕   |                complained 17, cancelled 24
///  b          vv   |       |      |                viewed 12 and 13, stays
///  d       c       |       |      |                complained 8, stays
///  e               |       |  c   |  ✕             complained 26, cancelled 33
///  f               |       |      |     ✕          cancelled 36 without a word
///  g  ✕                                            cancelled 3: never looked at
/// ```
#[test]
fn six_customers_are_counted_as_by_hand() {
    let proving = proving();
    let at: Vec<i64> = proving.dates().all().iter().map(|at| noon(0).since(*at)).collect();
    assert_eq!(at, [15, 22, 29].map(|day| noon(0).since(noon(day)) + 12 * 3_600_000));
    let tally = tally(
        &proving,
        &[
            history(&[("complained", 17), ("cancelled", 24)]),
            history(&[("viewed", 12), ("viewed", 13)]),
            history(&[("complained", 8)]),
            history(&[("complained", 26), ("cancelled", 33)]),
            history(&[("cancelled", 36)]),
            history(&[("cancelled", 3)]),
        ],
    );
    // a 15 22 | b 15 22 29 | d 15 22 29 | e 15 22 29 | f 15 22 29; followed: a 15 22, e 22 29, f 29 and 22 (36 - 22 = 14
    // days and a half, too late), so 29 alone.
    assert_eq!(counts(tally.base), (5, 14, 5));
    // a at 22 (right), b at 15 (wrong, and at 22 still the same alert), d at 15 (wrong), e at 29 (right).
    assert_eq!(counts(tally.alerts), (2, 4, 4));
    // The complaint alone: the same without b.
    assert_eq!(counts(tally.plain), (2, 3, 3));
    // Cancelled: a, e, f could be foreseen, and a and e were.
    assert_eq!(counts(tally.outcomes), (2, 3, 3));
    // 22 to 24 noon is two and a half days, 29 to 33 noon four and a half.
    let leads: Vec<(usize, u64)> =
        tally.leads.iter().copied().enumerate().filter(|(_, n)| *n != 0).collect();
    assert_eq!(leads, [(2, 1), (4, 1)]);
    // Strength 60 at a 22, d 15, e 29 and 50 at b 15 and 22: all between 50 and 74.
    assert_eq!(counts(tally.bands[3]), (2, 5, 4));
    assert_eq!(counts(tally.bands[0]), (3, 9, 5));
}

#[test]
fn little_is_said_to_be_little() {
    let proving = proving();
    let tally = tally(&proving, &[history(&[("complained", 17), ("cancelled", 24)])]);
    let proof = Proof::of(&tally, proving.dates(), 2);
    let lacks = vec![
        Lack::Alerts { found: 1, needed: 10 },
        Lack::Customers { found: 1, needed: 5 },
        Lack::Outcomes { found: 1, needed: 5 },
    ];
    assert_eq!(proof.verdict, Verdict::TooLittle(lacks));
    let said = say_proof(&proof, condition::Language::En);
    assert!(said.contains("too little data") && !said.contains('%'), "{said}");
}

#[test]
fn who_carries_a_sign_for_long_is_one_alert_for_each_horizon() {
    let proving = proving();
    let views: Vec<(&str, i64)> = (0..43).map(|day| ("viewed", day)).collect();
    // Carried at 15, 22 and 29: one alert covers 15 and 22, the next begins at 29.
    let tally = tally(&proving, &[history(&views)]);
    assert_eq!(counts(tally.alerts), (0, 2, 1));
    assert_eq!(counts(tally.plain), (0, 0, 0));
}

#[test]
fn a_sign_that_is_right_is_told_from_one_that_says_nothing() {
    let proving = proving();
    let right = |n: i64| history(&[("complained", 20), ("cancelled", 23 + n % 8)]);
    let mut histories: Vec<_> = (0..16).map(right).collect();
    histories.extend((0..4).map(|_| history(&[("complained", 20)])));
    histories.extend((0..60).map(|_| history(&[])));
    let counted = tally(&proving, &histories);
    let proof = Proof::of(&counted, proving.dates(), 2);
    let told = proof.right.unwrap();
    assert_eq!((told.hits, told.of, told.customers), (16, 20, 20));
    // Wilson for 16 of 20 is 0.584 to 0.919 (Newcombe's method 3).
    assert!((told.low - 0.584).abs() < 0.01 && (told.high - 0.919).abs() < 0.01, "{told:?}");
    assert_eq!(proof.verdict, Verdict::Foretells);
    assert!(say_proof(&proof, condition::Language::Ja).contains("20 回出たうち 16 回"));
    // The same outcomes, whoever complained: complaints of those who stay.
    let mut apart: Vec<_> = (0..16).map(|n| history(&[("cancelled", 23 + n % 8)])).collect();
    apart.extend((0..80).map(|_| history(&[("complained", 20)])));
    let counted = tally(&proving, &apart);
    assert_eq!(Proof::of(&counted, proving.dates(), 2).verdict, Verdict::Misleads);
}
