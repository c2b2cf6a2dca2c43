//! Habits of a known make: what is bought weekly is back soon, what was given up is not.

use kizashi_forecast::{
    chance::Chance,
    replenish::{Asked, Checked, Supply, fit},
};

/// Customers of whom each buys three products at gaps of their own, and gives one in four up on some day.
fn supplies() -> Vec<Supply> {
    let mut chance = Chance::new(4, 4);
    let mut supplies = Vec::new();
    for customer in 0..150 {
        for product in 0..3 {
            let gap = 4.0 + 40.0 * chance.share() * chance.share();
            let given_up =
                if chance.share() < 0.25 { (chance.share() * 400.0) as i32 } else { 1_000 };
            let (mut day, mut days) = (chance.share() * gap, Vec::new());
            while day < 400.0 && (day as i32) < given_up {
                days.push(day as i32);
                day += (gap * (0.5 + chance.share())).max(1.0);
            }
            days.dedup();
            supplies.push(Supply { customer, product, days });
        }
    }
    supplies
}

#[test]
fn what_is_due_is_told_from_what_is_not() {
    let supplies = supplies();
    let asked = Asked { until: 380, within: 14, least_days: 4, most_silent: 120 };
    let model = fit(&supplies, &asked).unwrap();
    let Checked { auc: ours, auc_of_rate: by_rate, n, came } = model.checked(&supplies, &asked);
    assert!(n > 200 && 20 < came && came < n, "{n}, {came}");
    assert!(ours > 0.8 && by_rate + 0.02 < ours, "{ours} and {by_rate}");
    // What comes later changes nothing: the same file, cut off at the day of asking, says the same.
    let cut: Vec<Supply> = supplies
        .iter()
        .map(|supply| Supply {
            days: supply.days.iter().copied().filter(|day| *day <= 380).collect(),
            ..*supply
        })
        .collect();
    let again = fit(&cut, &asked).unwrap();
    assert_eq!(model, again);
    assert_eq!(model.due(&supplies, &asked), again.due(&cut, &asked));
    let due = model.due(&supplies, &asked);
    for one in &due {
        assert!((0.0..=1.0).contains(&one.again) && one.last <= 380 && one.last < one.due);
        assert!(asked.until - one.last <= 120 && 4 <= one.n);
    }
}

#[test]
fn too_few_habits_teach_nothing() {
    let few = &supplies()[..30];
    assert!(fit(few, &Asked { until: 380, within: 14, least_days: 4, most_silent: 120 }).is_none());
}
