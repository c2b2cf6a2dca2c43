//! Two measures side by side: bands of each, which part everybody, and what lies between the edges as a condition.
//!
//! ```text
//!   axis      how long ago `purchased` last was, edges 30 and 90
//!   edges          30          90
//!   bands     ─────┤├──────────┤├─────────── never
//!             last 30 days · 31 to 90 days · longer ago · never
//! ```
//! A cell is the condition of its row and of its column, so it can be counted, listed and made a segment like any
//! other.
//!
//! **Invariant:** everybody who is known is in exactly one band of an axis.

use std::collections::{BTreeMap, HashMap};

use condition::{Draft, Said, SegmentId};
use facts::{Decimal, History, Timestamp, ValueRef};
use serde_json::{Value as Json, json};

/// What one side of a table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Axis {
    /// How long ago the last event of a name was.
    Recency {
        /// The name.
        event: String,
        /// Days, rising; proposed when left out.
        edges: Vec<u32>,
    },
    /// How many events of a name there were.
    Frequency {
        /// The name.
        event: String,
        /// In so many days up to now.
        days: u32,
        /// The least of each band above none, rising; proposed when left out.
        edges: Vec<u32>,
    },
    /// What a property of the events of a name comes to.
    Amount {
        /// The name.
        event: String,
        /// The property.
        of: String,
        /// In so many days up to now.
        days: u32,
        /// The least of each band above the first, rising; proposed when left out.
        edges: Vec<Decimal>,
    },
    /// What an attribute says.
    Attribute {
        /// The attribute.
        key: String,
        /// The values that have a band of their own; proposed when left out.
        values: Vec<Json>,
    },
    /// The first of some segments that somebody is in.
    Segments {
        /// The segments.
        ids: Vec<String>,
    },
}

/// One band of an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// What it is called.
    pub label: Said,
    /// Who is in.
    pub condition: Draft,
}

/// Why an axis is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AxisFault {
    /// The edges do not rise, or are not above nothing.
    Edges,
    /// More bands than a table can show.
    TooMany,
    /// Nothing to take bands of.
    Nothing,
    /// No such number of days.
    Days,
}

/// The most bands of an axis.
pub const BANDS_MOST: usize = 40;
/// The most days that are looked back.
const DAYS_MOST: u32 = 3_660;
/// So many bands are proposed.
const PROPOSED: usize = 5;
/// So many values of an attribute are proposed.
const VALUES: usize = 12;

impl Axis {
    /// Whether its edges or values are to be proposed.
    pub fn is_open(&self) -> bool {
        match self {
            Axis::Recency { edges, .. } | Axis::Frequency { edges, .. } => edges.is_empty(),
            Axis::Amount { edges, .. } => edges.is_empty(),
            Axis::Attribute { values, .. } => values.is_empty(),
            Axis::Segments { .. } => false,
        }
    }

    /// The bands, best or first in front.
    ///
    /// # Errors
    /// [`AxisFault`] when it cannot be drawn.
    pub fn bands(&self) -> Result<Vec<Band>, AxisFault> {
        let bands = match self {
            Axis::Recency { event, edges } => {
                rising(edges)?;
                recency(event, edges)
            }
            Axis::Frequency { event, days, edges } => {
                rising(edges)?;
                frequency(event, look_back(*days)?, edges)
            }
            Axis::Amount { event, of, days, edges } => {
                rising(edges)?;
                amount((event, of), look_back(*days)?, edges)
            }
            Axis::Attribute { key, values } => attribute(key, values),
            Axis::Segments { ids } if ids.is_empty() => return Err(AxisFault::Nothing),
            Axis::Segments { ids } => segments(ids),
        };
        if BANDS_MOST < bands.len() { Err(AxisFault::TooMany) } else { Ok(bands) }
    }

    /// The segments it refers to.
    pub fn refers_to(&self) -> Vec<SegmentId> {
        match self {
            Axis::Segments { ids } => ids.iter().filter_map(|id| SegmentId::new(id)).collect(),
            _ => vec![],
        }
    }
}

fn rising<N: PartialOrd + Default>(edges: &[N]) -> Result<(), AxisFault> {
    let rises = edges.windows(2).all(|pair| pair[0] < pair[1]);
    let above_nothing = edges.first().is_none_or(|first| N::default() < *first);
    if rises && above_nothing { Ok(()) } else { Err(AxisFault::Edges) }
}

fn look_back(days: u32) -> Result<u32, AxisFault> {
    if (1..=DAYS_MOST).contains(&days) { Ok(days) } else { Err(AxisFault::Days) }
}

fn band(label: Said, condition: Json) -> Band {
    Band { label, condition: Draft(condition) }
}

fn recency(event: &str, edges: &[u32]) -> Vec<Band> {
    let none_in =
        |days: u32| json!({"event": event, "count": {"exactly": 0}, "last": format!("{days}d")});
    let mut bands = vec![];
    let mut before = None;
    for edge in edges {
        let within = json!({"event": event, "last": format!("{edge}d")});
        let (label, condition) = match before {
            None => (Said::new(format!("{edge}日以内"), format!("last {edge} days")), within),
            Some(from) => (
                Said::new(
                    format!("{}〜{edge}日前", from + 1),
                    format!("{} to {edge} days ago", from + 1),
                ),
                json!({"all": [within, none_in(from)]}),
            ),
        };
        bands.push(band(label, condition));
        before = Some(*edge);
    }
    bands.push(match before {
        Some(edge) => band(
            Said::new(format!("{edge}日より前"), format!("longer than {edge} days ago")),
            json!({"all": [{"event": event}, none_in(edge)]}),
        ),
        None => band(Said::new("あり", "at some time"), json!({"event": event})),
    });
    bands.push(band(Said::new("なし", "never"), json!({"event": event, "count": {"exactly": 0}})));
    bands
}

fn frequency(event: &str, days: u32, edges: &[u32]) -> Vec<Band> {
    let counted = |count: Json| json!({"event": event, "count": count, "last": format!("{days}d")});
    let edges = if edges.is_empty() { &[1][..] } else { edges };
    let mut bands = vec![];
    for (place, edge) in edges.iter().enumerate().rev() {
        bands.push(match edges.get(place + 1) {
            None => band(
                Said::new(format!("{edge}回以上"), format!("{edge} or more")),
                counted(json!({"at_least": edge})),
            ),
            Some(next) if *next == edge + 1 => band(
                Said::new(format!("{edge}回"), format!("{edge}")),
                counted(json!({"exactly": edge})),
            ),
            Some(next) => band(
                Said::new(format!("{edge}〜{}回", next - 1), format!("{edge} to {}", next - 1)),
                counted(json!({"between": [edge, next - 1]})),
            ),
        });
    }
    let least = edges[0];
    bands.push(match least {
        1 => band(Said::new("0回", "none"), counted(json!({"exactly": 0}))),
        _ => band(
            Said::new(format!("{}回以下", least - 1), format!("{} or fewer", least - 1)),
            counted(json!({"at_most": least - 1})),
        ),
    });
    bands
}

fn amount((event, of): (&str, &str), days: u32, edges: &[Decimal]) -> Vec<Band> {
    let sum = |test: Json| json!({"measure": "sum", "of": of, "event": event, "is": test, "last": format!("{days}d")});
    let mut bands = vec![];
    for (place, edge) in edges.iter().enumerate().rev() {
        let from = edge.normalize().to_string();
        bands.push(match edges.get(place + 1) {
            None => band(
                Said::new(format!("{}以上", grouped(edge)), format!("{} or more", grouped(edge))),
                sum(json!({"at_least": from})),
            ),
            Some(next) => band(
                Said::new(
                    format!("{}〜{}未満", grouped(edge), grouped(next)),
                    format!("{} to under {}", grouped(edge), grouped(next)),
                ),
                json!({"all": [
                    sum(json!({"at_least": from})),
                    sum(json!({"less_than": next.normalize().to_string()})),
                ]}),
            ),
        });
    }
    bands.push(match edges.first() {
        Some(least) => band(
            Said::new(format!("{}未満", grouped(least)), format!("under {}", grouped(least))),
            sum(json!({"less_than": least.normalize().to_string()})),
        ),
        None => band(
            Said::new("全員", "everybody"),
            json!({"any": [{"event": event}, {"event": event, "count": {"exactly": 0}}]}),
        ),
    });
    bands
}

fn attribute(key: &str, values: &[Json]) -> Vec<Band> {
    let mut bands: Vec<Band> = values
        .iter()
        .map(|value| {
            let label = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            band(Said::new(label.as_str(), label.as_str()), json!({"attribute": key, "is": value}))
        })
        .collect();
    let there = json!({"attribute": key, "exists": true});
    bands.push(match values.is_empty() {
        true => band(Said::new("値あり", "has a value"), there),
        false => band(
            Said::new("そのほか", "others"),
            json!({"all": [there, {"attribute": key, "not_in": values}]}),
        ),
    });
    bands.push(band(Said::new("値なし", "no value"), json!({"attribute": key, "exists": false})));
    bands
}

fn segments(ids: &[String]) -> Vec<Band> {
    let mut bands = vec![];
    let mut before: Vec<Json> = vec![];
    for id in ids {
        let mut parts = vec![json!({"segment": id})];
        parts.extend(before.iter().cloned());
        bands.push(band(Said::new(id, id), json!({"all": parts})));
        before.push(json!({"not": {"segment": id}}));
    }
    bands.push(band(Said::new("どれでもない", "none of them"), json!({"all": before})));
    bands
}

/// A number with a comma every three digits.
fn grouped(number: &Decimal) -> String {
    let text = number.normalize().to_string();
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(a, b)| (a, b));
    let digits = whole.trim_start_matches('-');
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if 0 < place && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let sign = if whole.starts_with('-') { "-" } else { "" };
    if rest.is_empty() { format!("{sign}{out}") } else { format!("{sign}{out}.{rest}") }
}

/// What an axis would measure of everybody, from which edges or values are proposed.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    numbers: Vec<Decimal>,
    /// By its spelling, how it is written and how many have it.
    values: HashMap<String, (Json, u64)>,
}

impl Seen {
    /// Takes one customer in.
    pub fn add(&mut self, axis: &Axis, history: &History, now: Timestamp) {
        match axis {
            Axis::Recency { event, .. } => {
                let last = history.track(event).and_then(|track| {
                    let events = history.events_of(track).iter();
                    events.rev().map(|event| event.stamp.at).find(|at| *at <= now)
                });
                if let Some(at) = last {
                    self.numbers.push(Decimal::from(now.since(at) / Timestamp::DAY));
                }
            }
            Axis::Frequency { event, days, .. } => {
                let n = counted(history, event, *days, now).count();
                if 0 < n {
                    self.numbers.push(Decimal::from(n));
                }
            }
            Axis::Amount { event, of, days, .. } => {
                let sum = amount_of(history, (event, of), *days, now);
                if Decimal::ZERO < sum {
                    self.numbers.push(sum);
                }
            }
            Axis::Attribute { key, .. } => {
                let value = history.attribute(key, now);
                if let Some(written) = written(value) {
                    self.values.entry(written.to_string()).or_insert((written, 0)).1 += 1;
                }
            }
            Axis::Segments { .. } => {}
        }
    }

    /// Takes in what another thread has seen.
    pub fn merge(&mut self, other: Seen) {
        self.numbers.extend(other.numbers);
        for (spelt, (value, n)) in other.values {
            self.values.entry(spelt).or_insert((value, 0)).1 += n;
        }
    }

    /// The axis with edges that part those who did something into fifths, as far as round numbers can.
    pub fn fill(mut self, axis: Axis) -> Axis {
        if !axis.is_open() {
            return axis;
        }
        self.numbers.sort_unstable();
        let fifths = fifths(&self.numbers);
        match axis {
            Axis::Recency { event, .. } => Axis::Recency { event, edges: whole(&fifths, 1) },
            Axis::Frequency { event, days, .. } => {
                let mut edges = whole(&fifths, 1);
                if edges.first() != Some(&1) {
                    edges.insert(0, 1);
                }
                Axis::Frequency { event, days, edges }
            }
            Axis::Amount { event, of, days, .. } => {
                let mut edges: Vec<Decimal> = fifths.into_iter().map(rounded).collect();
                edges.retain(|edge| Decimal::ZERO < *edge);
                edges.dedup();
                Axis::Amount { event, of, days, edges }
            }
            Axis::Attribute { key, .. } => Axis::Attribute { key, values: self.most() },
            axis @ Axis::Segments { .. } => axis,
        }
    }

    /// The values met most often; ties in the order of the alphabet.
    fn most(self) -> Vec<Json> {
        let ordered: BTreeMap<String, (Json, u64)> = self.values.into_iter().collect();
        let mut ordered: Vec<(Json, u64)> = ordered.into_values().collect();
        ordered.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        ordered.into_iter().take(VALUES).map(|(value, _)| value).collect()
    }
}

/// A value as conditions write it; nothing for what is no value, and for texts too long to head a column.
pub(crate) fn written(value: ValueRef<'_>) -> Option<Json> {
    const LONGEST: usize = 60;
    match value {
        ValueRef::Missing => None,
        ValueRef::Text(text) => (text.chars().count() <= LONGEST).then(|| json!(text)),
        ValueRef::Bool(yes) => Some(json!(yes)),
        ValueRef::Number(number) => serde_json::from_str(&number.normalize().to_string()).ok(),
    }
}

/// What a property of the events of a name comes to in so many days up to now; 0 where there is none.
pub fn amount_of(
    history: &History,
    (event, of): (&str, &str),
    days: u32,
    now: Timestamp,
) -> Decimal {
    let amounts = counted(history, event, days, now)
        .filter_map(|event| history.particulars(event).get(of).as_number());
    amounts.fold(Decimal::ZERO, |sum, one| sum.checked_add(one).unwrap_or(Decimal::MAX))
}

/// The events of a name in (now − days, now].
fn counted<'h>(
    history: &'h History,
    name: &str,
    days: u32,
    now: Timestamp,
) -> impl Iterator<Item = &'h facts::Event> {
    let from = now.plus(-i64::from(days) * Timestamp::DAY);
    let events = history.track(name).map(|track| history.events_of(track)).unwrap_or_default();
    events.iter().filter(move |event| from < event.stamp.at && event.stamp.at <= now)
}

/// The numbers at one, two, three and four fifths, each once.
fn fifths(sorted: &[Decimal]) -> Vec<Decimal> {
    let mut edges: Vec<Decimal> = (1..PROPOSED)
        .filter_map(|fifth| sorted.get(sorted.len() * fifth / PROPOSED).copied())
        .collect();
    edges.dedup();
    edges
}

fn whole(edges: &[Decimal], least: u32) -> Vec<u32> {
    let mut edges: Vec<u32> = edges
        .iter()
        .filter_map(|edge| u32::try_from(edge.round()).ok())
        .map(|edge| edge.clamp(least, DAYS_MOST))
        .collect();
    edges.dedup();
    edges
}

/// Two leading digits are enough for an edge.
fn rounded(number: Decimal) -> Decimal {
    let digits = number.trunc().normalize().to_string().trim_start_matches('-').len() as u32;
    let Some(step) = digits.checked_sub(2).and_then(|power| 10_i64.checked_pow(power)) else {
        return number.round_dp(2).normalize();
    };
    let step = Decimal::from(step);
    ((number / step).round() * step).normalize()
}

#[cfg(test)]
mod tests {
    use facts::{Calendar, CustomerKey, EventName, Fact, Properties, Value, What};
    use kernel::{Plan, Scratch};

    use super::*;

    fn now() -> Timestamp {
        Timestamp::parse("2026-06-01T00:00:00+09:00").unwrap()
    }

    fn history(bought: &[(i64, i64)], plan: Option<&str>) -> History {
        let fact = |at, what| Fact {
            customer: CustomerKey::new("C").unwrap(),
            contact: None,
            at,
            what,
            id: None,
        };
        let mut facts: Vec<Fact> = bought
            .iter()
            .map(|(hours, amount)| {
                let properties = Properties::new([("amount", Value::from(*amount))]).unwrap();
                let name = EventName::new("purchased").unwrap();
                let at = now().plus(-hours * 60 * Timestamp::MINUTE);
                fact(at, What::Happened { name, properties })
            })
            .collect();
        let set: Vec<(&str, Value)> =
            plan.map(|plan| ("plan", Value::from(plan))).into_iter().collect();
        let known = [("name", Value::from("x"))].into_iter().chain(set);
        let at = now().plus(-900 * Timestamp::DAY);
        facts.push(fact(at, What::Became(Properties::new(known).unwrap())));
        History::of(facts.iter().map(|fact| (fact, fact.at)))
    }

    fn axes() -> Vec<Axis> {
        let event = || "purchased".to_owned();
        let of = || "amount".to_owned();
        let at = |edges: &[i64]| edges.iter().map(|edge| Decimal::from(*edge)).collect();
        vec![
            Axis::Recency { event: event(), edges: vec![1, 7, 30, 365] },
            Axis::Recency { event: event(), edges: vec![] },
            Axis::Frequency { event: event(), days: 365, edges: vec![1, 2, 4, 7] },
            Axis::Frequency { event: event(), days: 30, edges: vec![3] },
            Axis::Frequency { event: event(), days: 30, edges: vec![] },
            Axis::Amount { event: event(), of: of(), days: 365, edges: at(&[100, 1000, 5000]) },
            Axis::Amount { event: event(), of: of(), days: 365, edges: vec![] },
            Axis::Attribute { key: "plan".into(), values: vec!["free".into(), "pro".into()] },
            Axis::Attribute { key: "plan".into(), values: vec![] },
        ]
    }

    /// Everybody is in exactly one band, also at the very edges of windows.
    #[test]
    fn bands_part_everybody() {
        let mut dice = 11_u64;
        let mut roll = |n: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (dice >> 33) % n
        };
        let edges = [0, 24, 7 * 24, 30 * 24, 365 * 24];
        let calendar = Calendar::japan();
        for axis in axes() {
            let bands = axis.bands().unwrap();
            let named = bands.iter().enumerate().map(|(n, band)| {
                let id = SegmentId::hidden(&format!("{n}"));
                (id, band.condition.check().unwrap())
            });
            let plan = Plan::new(named.collect()).unwrap();
            let mut met = vec![0; bands.len()];
            for _ in 0..400 {
                let n = roll(9);
                let bought: Vec<(i64, i64)> = (0..n)
                    .map(|_| {
                        let edge = edges[roll(5) as usize] + roll(3) as i64 - 1;
                        let hours = if roll(2) == 0 { edge.max(0) } else { roll(600 * 24) as i64 };
                        (hours, 50 * roll(60) as i64)
                    })
                    .collect();
                let plan_of = [None, Some("free"), Some("pro"), Some("max")][roll(4) as usize];
                let history = history(&bought, plan_of);
                let mut scratch = Scratch::default();
                let readings = plan.evaluate(&history, now(), &calendar, &mut scratch);
                let holding: Vec<usize> = (0..bands.len()).filter(|n| readings[*n].value).collect();
                assert_eq!(holding.len(), 1, "{axis:?}: {bought:?} {plan_of:?} in {holding:?}");
                met[holding[0]] += 1;
            }
            assert!(
                met.iter().all(|n| 0 < *n),
                "{axis:?} has a band that nobody fell into: {met:?}"
            );
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let recency = |edges: Vec<u32>| Axis::Recency { event: "a".into(), edges }.bands();
        assert_eq!(recency(vec![30, 30]).err(), Some(AxisFault::Edges));
        assert_eq!(recency(vec![0, 30]).err(), Some(AxisFault::Edges));
        assert_eq!(recency((1..60).collect()).err(), Some(AxisFault::TooMany));
        let days = Axis::Frequency { event: "a".into(), days: 0, edges: vec![1] };
        assert_eq!(days.bands().err(), Some(AxisFault::Days));
        assert_eq!(Axis::Segments { ids: vec![] }.bands().err(), Some(AxisFault::Nothing));
    }

    #[test]
    fn edges_are_proposed_from_what_is_there() {
        let histories: Vec<History> =
            (1..=100).map(|n| history(&[(n * 24, n * 123)], None)).collect();
        let filled = |axis: Axis| {
            let mut seen = Seen::default();
            histories.iter().for_each(|history| seen.add(&axis, history, now()));
            let mut other = Seen::default();
            other.merge(seen);
            other.fill(axis)
        };
        let event = || "purchased".to_owned();
        let Axis::Recency { edges, .. } = filled(Axis::Recency { event: event(), edges: vec![] })
        else {
            panic!("the kind of an axis stays");
        };
        assert_eq!(edges, [21, 41, 61, 81]);
        let open = Axis::Amount { event: event(), of: "amount".into(), days: 3000, edges: vec![] };
        let Axis::Amount { edges, .. } = filled(open) else { panic!("the kind of an axis stays") };
        let edges: Vec<String> = edges.iter().map(Decimal::to_string).collect();
        assert_eq!(edges, ["2600", "5000", "7500", "10000"]);
        let open = Axis::Frequency { event: event(), days: 3000, edges: vec![] };
        assert_eq!(filled(open), Axis::Frequency { event: event(), days: 3000, edges: vec![1] });
        let labels: Vec<String> =
            axes()[5].bands().unwrap().into_iter().map(|band| band.label.ja).collect();
        assert_eq!(labels, ["5,000以上", "1,000〜5,000未満", "100〜1,000未満", "100未満"]);
    }
}
