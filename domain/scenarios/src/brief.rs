//! What the call list needs to know of a customer, read once from the history.

use facts::{Calendar, Decimal, History, Timestamp, ValueRef};

use crate::{Rest, rest};

/// A customer in brief at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// The name; the key stands in where there is none.
    pub name: Option<String>,
    /// Whether it is a company; otherwise a person.
    pub is_company: bool,
    /// The rep who looks after the customer.
    pub rep: Option<String>,
    /// What the customer is worth a year, in yen: purchases and won deals of the last 365 days, and the plan's
    /// price for a year.
    pub yearly: Decimal,
    /// When somebody of ours last turned to them.
    pub last_approach: Option<Timestamp>,
    /// Whether they are to be left alone for now.
    pub rest: Option<Rest>,
}

/// Reads a customer in brief.
pub fn brief(history: &History, now: Timestamp, calendar: &Calendar) -> Brief {
    let text = |key: &str| history.attribute(key, now).as_text().map(str::to_owned);
    Brief {
        name: text("name"),
        is_company: history.attribute("kind", now) != ValueRef::Text("person"),
        rep: text("rep"),
        yearly: yearly(history, now),
        last_approach: last_approach(history, now),
        rest: rest(history, now, calendar),
    }
}

fn yearly(history: &History, now: Timestamp) -> Decimal {
    let year_ago = now.minus(365 * Timestamp::DAY);
    let bought = sum(history, "purchased", (year_ago, now), |_| true);
    let won = sum(history, "deal_moved", (year_ago, now), |stage| stage == ValueRef::Text("won"));
    let cancelled = history
        .track("cancelled")
        .is_some_and(|track| history.events_of(track).iter().any(|event| event.stamp.at <= now));
    let plan = match cancelled {
        true => Decimal::ZERO,
        false => history.attribute("plan_price", now).as_number().unwrap_or_default(),
    };
    let plan_year = plan.checked_mul(Decimal::from(12)).unwrap_or(Decimal::MAX);
    [won, plan_year]
        .into_iter()
        .fold(bought, |all, part| all.checked_add(part).unwrap_or(Decimal::MAX))
}

/// The sum of `amount` over events of a name in `(from, to]` whose `stage` fits.
fn sum(
    history: &History,
    name: &str,
    (from, to): (Timestamp, Timestamp),
    fits: impl Fn(ValueRef<'_>) -> bool,
) -> Decimal {
    let Some(track) = history.track(name) else { return Decimal::ZERO };
    let events = history
        .events_of(track)
        .iter()
        .filter(|event| from < event.stamp.at && event.stamp.at <= to);
    events
        .map(|event| history.particulars(event))
        .filter(|particulars| fits(particulars.get("stage")))
        .filter_map(|particulars| particulars.get("amount").as_number())
        .fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount).unwrap_or(Decimal::MAX))
}

fn last_approach(history: &History, now: Timestamp) -> Option<Timestamp> {
    ["approached", "meeting_held"]
        .into_iter()
        .filter_map(|name| history.track(name))
        .flat_map(|track| history.events_of(track))
        .map(|event| event.stamp.at)
        .filter(|at| *at <= now)
        .max()
}
