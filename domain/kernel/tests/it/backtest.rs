//! Daily sizes against the obvious evaluator asked at the end of every day, near the instants at which days are hard.

use facts::Timestamp;
use jiff::{ToSpan, civil::Date};
use kernel::{Days, Scratch, Sizes, timeline};

use crate::agreement::Trial;

const TRIALS: u64 = 600;

/// The last millisecond of a local day by the almanac; none for a day the zone jumped over.
fn last_instant(trial: &Trial, day: Date) -> Option<Timestamp> {
    let almanac = &trial.setting.almanac;
    let start = |day: Date| almanac.instant(day.to_datetime(jiff::civil::Time::midnight()));
    let (begin, end) = (start(day), start(day.tomorrow().unwrap()));
    (begin < end).then(|| end.minus(1))
}

#[test]
fn daily_sizes_are_what_is_obvious_at_the_end_of_each_day() {
    let (mut n_days, mut n_moves) = (0, 0);
    for seed in 40_000..40_000 + TRIALS {
        let trial = Trial::new(seed);
        let (history, plan, told) = (trial.history(), trial.plan(), trial.told());
        let calendar = &trial.setting.calendar;
        let today = trial.setting.almanac.date(trial.setting.center);
        let (first, last) = (
            today.saturating_sub(25.days()),
            today.saturating_add(i64::from(seed as u32 % 9).days()),
        );
        // In the middle of the last day, as a backtest up to today is.
        let now = last_instant(&trial, last).unwrap_or(trial.setting.center).minus(7_200_000);
        let days = Days::new(calendar, first, last, now).unwrap();
        let mut scratch = Scratch::default();
        let stays = timeline(&plan, 1, &history, calendar, days.stretch(), &mut scratch);
        let mut sizes = Sizes::new(&days);
        sizes.add(&days, &stays);
        let before = trial.obvious_at(&told, days.stretch().0);
        assert_eq!(sizes.before, u64::from(before), "{}", trial.shown(days.stretch().0));
        for (day, members) in days.dates().iter().zip(sizes.members()) {
            let at = last_instant(&trial, *day).expect("a day that is there").min(now);
            let obvious = u64::from(trial.obvious_at(&told, at));
            assert_eq!(members, obvious, "on {day}: {stays:?}\n{}", trial.shown(at));
            n_days += 1;
        }
        n_moves += sizes.entered.iter().chain(&sizes.left).sum::<u64>();
    }
    assert!(12_000 <= n_days && 500 <= n_moves, "too quiet: {n_days} days, {n_moves} moves");
}

#[test]
fn a_day_that_was_jumped_over_is_none_and_the_future_neither() {
    let apia = facts::Calendar::new("Pacific/Apia").unwrap();
    let day = |text: &str| text.parse::<Date>().unwrap();
    let now = Timestamp::parse("2012-01-01T12:00:00+14:00").unwrap();
    let days = Days::new(&apia, day("2011-12-29"), day("2012-02-01"), now).unwrap();
    let shown: Vec<String> = days.dates().iter().map(Date::to_string).collect();
    assert_eq!(shown, ["2011-12-29", "2011-12-31", "2012-01-01"]);
    assert_eq!(days.stretch().1, now);
    assert_eq!(Days::new(&apia, day("2012-01-02"), day("2012-02-01"), now), None);
}

#[test]
fn those_who_come_go_and_come_again_are_counted_each_time() {
    let japan = facts::Calendar::japan();
    let at = |text: &str| Timestamp::parse(&format!("2026-05-{text}+09:00")).unwrap();
    let days = Days::new(
        &japan,
        "2026-05-01".parse().unwrap(),
        "2026-05-03".parse().unwrap(),
        at("10T00:00:00"),
    )
    .unwrap();
    let (first, last) = days.stretch();
    assert_eq!((first.plus(1), last.plus(1)), (at("01T00:00:00"), at("04T00:00:00")));
    let mut sizes = Sizes::new(&days);
    let stay = |entered, left| kernel::Stay { entered, left };
    sizes.add(&days, &[stay(first, Some(at("01T00:00:00"))), stay(at("01T09:00:00"), None)]);
    let mut more = Sizes::new(&days);
    more.add(&days, &[stay(at("02T00:00:00"), Some(at("02T23:59:59.999"))), stay(last, None)]);
    sizes.merge(&more);
    assert_eq!((sizes.before, sizes.members()), (1, vec![1, 1, 2]));
    assert_eq!((sizes.entered, sizes.left), (vec![1, 1, 1], vec![1, 1, 0]));
}
