//! Whom to contact first: strength x value x time left, less recent contact. Every part of the sum can be shown.

use facts::{Calendar, Decimal, Millis, Timestamp};
use jiff::{civil::Time, tz::Disambiguation};
use signs::{SignKind, Strength};

use crate::Brief;

/// A number with two digits after the point, kept whole: 140 is 1.40.
pub type Hundredths = i64;

/// A sign a customer carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The sign's number in the rules.
    pub sign: u32,
    /// What it foretells.
    pub kind: SignKind,
    /// How strong it is.
    pub strength: Strength,
    /// Whether it goes before all that are not urgent.
    pub urgent: bool,
    /// Whether its past and the people who know the customers speak against it.
    pub doubted: bool,
    /// Since when.
    pub since: Timestamp,
    /// Within how many days what it foretells is expected.
    pub horizon_days: u16,
}

/// A customer who carries at least one sign.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    /// Who, by number.
    pub customer: u32,
    /// The customer in brief.
    pub brief: &'a Brief,
    /// The signs, in any order.
    pub signs: Vec<Held>,
}

/// The parts of the sum by which the list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Priority {
    /// 0 to 100.
    pub strength: Strength,
    /// 0.80 to 1.80 by what the customer is worth a year.
    pub value: Hundredths,
    /// 1.00 when all of the horizon is left, 1.50 when none is, falling to 0.50 after it.
    pub time_left: Hundredths,
    /// 1.00, or 0.50 for a sign that is doubted.
    pub standing: Hundredths,
    /// 0 to 30, taken off for contact in the last 14 days.
    pub recent_contact: Hundredths,
    /// The sum.
    pub sum: Hundredths,
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Who, by number.
    pub customer: u32,
    /// Why they stand where they stand.
    pub priority: Priority,
    /// The sign that leads, and the others, strongest first.
    pub lead: Held,
    /// The other signs.
    pub others: Vec<Held>,
    /// By when to contact them.
    pub due: Timestamp,
}

/// The rows of those who are not at rest, urgent signs before all others, then first things first. Ties go to the older sign,
/// then the lower number.
pub fn order<'a>(
    candidates: impl IntoIterator<Item = Candidate<'a>>,
    now: Timestamp,
    calendar: &Calendar,
) -> Vec<Row> {
    let mut rows: Vec<Row> =
        candidates.into_iter().filter_map(|candidate| row(candidate, now, calendar)).collect();
    rows.sort_by_key(|row| {
        (std::cmp::Reverse((row.lead.urgent, row.priority.sum)), row.lead.since, row.customer)
    });
    rows
}

fn row(candidate: Candidate<'_>, now: Timestamp, calendar: &Calendar) -> Option<Row> {
    // A sign that began after the last approach is new; the others rest with the customer.
    let rest = candidate.brief.rest.filter(|rest| now < rest.until);
    let awake =
        candidate.signs.iter().filter(|held| rest.is_none_or(|rest| rest.since < held.since));
    let lead = *awake.max_by_key(|held| {
        (
            held.urgent,
            priority(held, candidate.brief, now).sum,
            std::cmp::Reverse(held.since),
            std::cmp::Reverse(held.sign),
        )
    })?;
    let mut others: Vec<Held> =
        candidate.signs.iter().filter(|held| held.sign != lead.sign).copied().collect();
    others.sort_by_key(|held| (std::cmp::Reverse(held.strength), held.sign));
    Some(Row {
        customer: candidate.customer,
        priority: priority(&lead, candidate.brief, now),
        due: due(&lead, now, calendar),
        lead,
        others,
    })
}

/// The sum for one sign of one customer.
pub fn priority(held: &Held, brief: &Brief, now: Timestamp) -> Priority {
    let value = value_factor(brief.yearly);
    let time_left = time_factor(held, now);
    let recent_contact = brief.last_approach.map_or(0, |at| contact_penalty(now.since(at)));
    let standing = if held.doubted { 50 } else { 100 };
    let product = i64::from(held.strength) * value * time_left / 100 * standing / 100;
    Priority {
        strength: held.strength,
        value,
        time_left,
        standing,
        recent_contact,
        sum: product - recent_contact,
    }
}

/// Bands rather than a curve: a rep can say them by heart.
fn value_factor(yearly: Decimal) -> Hundredths {
    const BANDS: [(i64, Hundredths); 5] =
        [(20_000_000, 180), (5_000_000, 160), (1_000_000, 140), (200_000, 120), (50_000, 100)];
    BANDS.iter().find(|(from, _)| Decimal::from(*from) <= yearly).map_or(80, |(_, factor)| *factor)
}

fn time_factor(held: &Held, now: Timestamp) -> Hundredths {
    let horizon = i64::from(held.horizon_days.max(1)) * Timestamp::DAY;
    let passed = now.since(held.since).max(0);
    if passed <= horizon {
        100 + 50 * passed / horizon
    } else {
        // What was foretold has not come in its time: the sign grows cold over another horizon.
        (150 - 100 * (passed - horizon) / horizon).max(50)
    }
}

fn contact_penalty(since_contact: Millis) -> Hundredths {
    const FADES: Millis = 14 * Timestamp::DAY;
    if (0..FADES).contains(&since_contact) { 3_000 * (FADES - since_contact) / FADES } else { 0 }
}

/// By when to contact the customer: a few days after the sign began, and today at six for those already late.
pub fn due(held: &Held, now: Timestamp, calendar: &Calendar) -> Timestamp {
    let days = match held.kind {
        SignKind::FollowUp => 1,
        SignKind::Purchase => 2,
        SignKind::Replenishment | SignKind::Churn => 3,
        SignKind::Upsell => 7,
    };
    let asked = held.since.plus(days * Timestamp::DAY);
    if now < asked {
        return asked;
    }
    let six = Time::constant(18, 0, 0, 0);
    let today = calendar.instant(calendar.date(now).to_datetime(six), Disambiguation::Compatible);
    if now < today { today } else { calendar.next_midnight(now).plus(18 * Timestamp::HOUR) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rest;

    const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

    fn held(sign: u32, strength: Strength, days_ago: i64) -> Held {
        let since = NOW.minus(days_ago * Timestamp::DAY);
        Held {
            sign,
            kind: SignKind::Churn,
            strength,
            urgent: false,
            doubted: false,
            since,
            horizon_days: 30,
        }
    }

    fn brief(yearly: i64, approached_days_ago: Option<i64>, rest: Option<Rest>) -> Brief {
        Brief {
            name: None,
            is_company: true,
            rep: None,
            yearly: yearly.into(),
            last_approach: approached_days_ago.map(|days| NOW.minus(days * Timestamp::DAY)),
            rest,
        }
    }

    #[test]
    fn the_sum_is_what_its_parts_say() {
        let one = priority(&held(0, 80, 15), &brief(1_000_000, Some(7), None), NOW);
        assert_eq!((one.value, one.time_left, one.recent_contact), (140, 125, 1_500));
        assert_eq!(one.sum, 80 * 140 * 125 / 100 - 1_500);
    }

    #[test]
    fn stronger_richer_and_more_urgent_come_first_and_recent_contact_last() {
        let sum = |strength, yearly, days, contact| {
            priority(&held(0, strength, days), &brief(yearly, contact, None), NOW).sum
        };
        assert!(sum(60, 0, 0, None) < sum(90, 0, 0, None));
        assert!(sum(60, 0, 0, None) < sum(60, 5_000_000, 0, None));
        assert!(sum(60, 0, 0, None) < sum(60, 0, 20, None));
        assert!(sum(60, 0, 0, Some(1)) < sum(60, 0, 0, None));
        assert!(
            sum(60, 0, 60, None) < sum(60, 0, 29, None),
            "a sign that did not come true grows cold"
        );
    }

    #[test]
    fn a_doubted_sign_counts_half_and_the_sum_shows_it() {
        let doubted = Held { doubted: true, ..held(0, 80, 15) };
        let one = priority(&doubted, &brief(1_000_000, None, None), NOW);
        assert_eq!((one.standing, one.sum), (50, 80 * 140 * 125 / 200));
    }

    #[test]
    fn who_rests_is_not_listed_unless_a_new_sign_begins() {
        let rest = Rest { since: NOW.minus(2 * Timestamp::DAY), until: NOW.plus(1) };
        let resting = brief(0, None, Some(rest));
        let list = |signs: Vec<Held>| {
            order([Candidate { customer: 1, brief: &resting, signs }], NOW, &Calendar::japan())
        };
        assert!(list(vec![held(0, 90, 5)]).is_empty());
        let rows = list(vec![held(0, 90, 5), held(1, 60, 1)]);
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].lead.sign, rows[0].others.len()), (1, 1));
    }

    #[test]
    fn an_urgent_sign_goes_before_whatever_is_stronger_and_leads_its_row() {
        let (rich, poor) = (brief(50_000_000, None, None), brief(0, None, None));
        let urgent = Held { urgent: true, ..held(2, 60, 0) };
        let rows = order(
            [
                Candidate { customer: 1, brief: &rich, signs: vec![held(0, 100, 29)] },
                Candidate { customer: 2, brief: &poor, signs: vec![held(0, 100, 29), urgent] },
            ],
            NOW,
            &Calendar::japan(),
        );
        assert_eq!(rows.iter().map(|row| row.customer).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(rows[0].lead.sign, 2);
    }
}
