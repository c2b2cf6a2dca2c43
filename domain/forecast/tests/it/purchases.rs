//! CDNOW: the sample of the papers, against what the reference implementations say of it.

use kizashi_forecast::purchases::{
    Death, Discount, GammaGamma, Geometric, Pareto, Purchase, Purchases, Spent, Summary, Timeline,
    outlook, summarise,
};

/// 1997-09-30, the last day of the calibration, in days since the first of 1997.
const UNTIL: i32 = 272;

/// Day of the year 1997, and on into 1998.
fn day(text: &str) -> i32 {
    let number: i32 = text.parse().unwrap();
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    (year - 1997) * 365 + before[usize::try_from(month - 1).unwrap()] + day - 1
}

fn summaries() -> Vec<(String, Summary)> {
    let mut by_customer = std::collections::BTreeMap::<String, Vec<Purchase>>::new();
    for line in include_str!("cases/cdnow_sample.txt").lines() {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let purchase = Purchase { day: day(cells[2]), amount: cells[4].parse().unwrap() };
        let id = cells[1].trim_start_matches('0').to_owned();
        by_customer.entry(id).or_default().push(purchase);
    }
    let sum = |purchases: &mut Vec<Purchase>| summarise(purchases, UNTIL, 7.0, 273).unwrap();
    by_customer.into_iter().map(|(id, mut purchases)| (id, sum(&mut purchases))).collect()
}

fn timelines(summaries: &[(String, Summary)]) -> Vec<Timeline> {
    summaries.iter().map(|(_, summary)| summary.timeline).collect()
}

fn spent(summary: &Summary) -> Spent {
    Spent { n: summary.timeline.repeats, mean: summary.mean_repeat }
}

fn near(found: f64, right: f64, within: f64, what: &str) {
    assert!((found - right).abs() <= within, "{what}: {found} is not {right}");
}

#[test]
fn the_likelihoods_are_those_of_the_papers() {
    let all = summaries();
    assert_eq!(all.len(), 2_357);
    let timelines = timelines(&all);
    let bg = Geometric::fit(Death::AfterRepeats, &timelines).unwrap();
    near(bg.ln_likelihood(&timelines), -9582.4292, 1e-3, "BG/NBD");
    near(bg.r, 0.242_595, 1e-4, "r");
    near(bg.alpha, 4.413_602, 2e-3, "alpha");
    near(bg.a, 0.792_922, 1e-3, "a");
    near(bg.b, 2.425_907, 3e-3, "b");
    let mbg = Geometric::fit(Death::AfterAny, &timelines).unwrap();
    near(mbg.ln_likelihood(&timelines), -9582.1357, 1e-3, "MBG/NBD");
    let pareto = Pareto::fit(&timelines).unwrap();
    near(pareto.ln_likelihood(&timelines), -9594.9762, 1e-3, "Pareto/NBD");
    near(pareto.alpha, 10.577_68, 5e-3, "alpha");
    let spent: Vec<Spent> = all.iter().map(|(_, summary)| spent(summary)).collect();
    let spend = GammaGamma::fit(&spent).unwrap();
    near(spend.ln_likelihood(&spent), -4055.9177, 1e-3, "Gamma-Gamma");
    near(spend.population_mean().unwrap(), 35.2523, 0.1, "mean amount");
}

#[test]
fn each_customer_of_the_case_file_is_told_alike() {
    let all = summaries();
    let timelines = timelines(&all);
    let bg = Geometric::fit(Death::AfterRepeats, &timelines).unwrap();
    let mbg = Geometric::fit(Death::AfterAny, &timelines).unwrap();
    let pareto = Pareto::fit(&timelines).unwrap();
    let spent_all: Vec<Spent> = all.iter().map(|(_, summary)| spent(summary)).collect();
    let spend = GammaGamma::fit(&spent_all).unwrap();
    let month = Discount { per_month: 0.01, month: 4.345 };
    let mut n = 0;
    for line in include_str!("cases/cdnow_customers.csv").lines().skip(1) {
        let (id, rest) = line.split_once(',').unwrap();
        let right: Vec<f64> = rest.split(',').map(|cell| cell.parse().unwrap()).collect();
        let (_, summary) = all.iter().find(|(known, _)| known == id).unwrap();
        let of = &summary.timeline;
        let said = |column: usize, found: f64| {
            let within = 1e-4 * (1.0 + right[column].abs());
            near(found, right[column], within, &format!("customer {id}, column {column}"));
        };
        said(0, f64::from(of.repeats));
        said(1, of.recency);
        said(2, of.age);
        said(3, summary.mean_repeat);
        said(4, f64::from(summary.later.0));
        said(5, summary.later.1);
        said(6, bg.alive(of));
        said(7, bg.expected(of, 39.0));
        said(8, mbg.alive(of));
        said(9, mbg.expected(of, 39.0));
        said(10, pareto.alive(of));
        said(11, pareto.expected(of, 39.0));
        said(12, bg.any(of, 8.0));
        said(13, mbg.any(of, 8.0));
        said(14, spend.mean(&spent(summary)));
        said(15, month.purchases(&bg, of, 12.0 * 4.345) * spend.mean(&spent(summary)));
        n += 1;
    }
    assert_eq!(n, 22);
}

#[test]
fn two_ways_to_expected_purchases_meet() {
    let of = |repeats: u32, recency: f64| Timeline { repeats, recency, age: 39.0 };
    for death in [Death::AfterRepeats, Death::AfterAny] {
        for a in [0.3, 0.999_999_9, 1.0, 2.5] {
            let model = Geometric { death, r: 0.5, alpha: 6.0, a, b: 1.6 };
            for one in [of(0, 0.0), of(1, 12.0), of(9, 38.0), of(40, 39.0)] {
                let ways: f64 = model.at_least(&one, 39.0, 1e-13).iter().sum();
                near(ways, model.expected(&one, 39.0), 1e-6 * (1.0 + ways), "sum of P(X >= n)");
                let any = model.at_least(&one, 39.0, 1e-13).first().copied().unwrap();
                near(any, model.any(&one, 39.0), 1e-12, "P(X >= 1)");
            }
        }
    }
}

#[test]
fn what_pareto_expects_is_what_its_likelihood_says() {
    // The sum over all short stretches of the chance to buy is the expectation: d E / d t = d P(any) / d t at 0.
    let model = Pareto { r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 };
    for s in [0.6, 1.0, 1.7] {
        let model = Pareto { s, ..model };
        let one = Timeline { repeats: 3, recency: 20.0, age: 30.0 };
        let (t, tiny) = (1e-5, model.expected(&one, 1e-5));
        near(model.any(&one, t) / tiny, 1.0, 1e-4, "a short time");
        assert!(model.any(&one, 20.0) < model.expected(&one, 20.0));
    }
    // Either of alpha and beta may be the larger, and both forms meet where they are equal.
    let likelihood = |beta: f64| {
        let one = Timeline { repeats: 2, recency: 5.0, age: 30.0 };
        Pareto { beta, ..model }.ln_likelihood(&[one])
    };
    near(likelihood(10.6 - 1e-7), likelihood(10.6 + 1e-7), 1e-6, "alpha = beta");
}

#[test]
fn the_instant_of_falling_below_is_the_instant() {
    let mbg = Geometric { death: Death::AfterAny, r: 0.52, alpha: 6.18, a: 0.89, b: 1.61 };
    let pareto = Pareto { r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 };
    let one = Timeline { repeats: 5, recency: 30.0, age: 31.0 };
    let later = |wait: f64| Timeline { age: one.age + wait, ..one };
    let (m, p) = (mbg.falls_below(&one, 8.0, 0.3), pareto.falls_below(&one, 8.0, 0.3));
    let models: [(f64, &dyn Purchases); 2] = [(m, &mbg), (p, &pareto)];
    for (wait, model) in models {
        let any = |wait: f64| model.any(&later(wait), 8.0);
        assert!(0.0 < wait && any(wait) < 0.3 && 0.3 <= any(wait - 1e-6), "{wait}");
    }
    near(mbg.falls_below(&one, 8.0, 0.999), 0.0, 0.0, "already below");
}

#[test]
fn ranges_hold_four_times_in_five_on_what_came() {
    let all = summaries();
    let timelines = timelines(&all);
    let mbg = Geometric::fit(Death::AfterAny, &timelines).unwrap();
    let spent_all: Vec<Spent> = all.iter().map(|(_, summary)| spent(summary)).collect();
    let spend = GammaGamma::fit(&spent_all).unwrap();
    let none = Discount { per_month: 0.0, month: 4.345 };
    let (mut inside, mut n, mut bought) = (0.0, 0.0, 0.0);
    for (_, summary) in all.iter().filter(|(_, summary)| 2 < summary.timeline.repeats) {
        let told = outlook(&mbg, &spend, (&summary.timeline, &spent(summary)), 39.0, &none);
        let range = told.value_range;
        assert!(range.low <= range.high && range.low <= told.value * 1.5);
        let came = summary.later.1;
        inside += f64::from(u8::from(range.low <= came && came <= range.high));
        bought += f64::from(summary.later.0);
        n += 1.0;
    }
    assert!(n > 100.0 && bought > 500.0);
    let share = inside / n;
    assert!((0.7..0.95).contains(&share), "{share} of {n}");
}

#[test]
fn too_little_is_said_and_odd_customers_do_not_break() {
    let one = Timeline { repeats: 0, recency: 0.0, age: 10.0 };
    assert!(Geometric::fit(Death::AfterAny, &[one; 29]).is_err());
    assert!(Pareto::fit(&[one; 500]).is_err());
    // Everyone alike: parameters run off, and still every answer is a number.
    let alike: Vec<Timeline> = (0..60_u32)
        .map(|place| Timeline { repeats: 5, recency: 29.0, age: 30.0 + f64::from(place % 2) })
        .collect();
    let model = Geometric::fit(Death::AfterAny, &alike).unwrap();
    let pareto = Pareto::fit(&alike).unwrap();
    for found in [model.expected(&alike[0], 12.0), pareto.expected(&alike[0], 12.0)] {
        assert!((1.0..3.0).contains(&found), "{found}");
    }
    let today = Timeline { repeats: 0, recency: 0.0, age: 0.0 };
    assert!(model.any(&today, 8.0).is_finite() && pareto.any(&today, 8.0).is_finite());
}
