//! What is foretold, and the lessons of it: rows as of several past instants, each with what came of it.

use facts::{History, Timestamp};
use forecast::propensity::{Entry, Gathering, Table};
use serde::{Deserialize, Serialize};

use crate::{Cell, Gaze};

/// What is foretold of a customer for the days after an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// An event of this name happens.
    Happens {
        /// The name.
        event: String,
        /// A property that it must have.
        #[serde(default)]
        property: Option<String>,
        /// This value.
        #[serde(default)]
        value: Option<String>,
    },
    /// No event of this name happens, though there was one in as many days before.
    Stops {
        /// The name.
        event: String,
        /// In so many days before the instant there must be one.
        active_days: u32,
    },
}

/// The column that says whether it came.
pub const LABEL: &str = "\u{2}outcome";
/// The column that says as of when a row is.
pub const AS_OF: &str = "\u{2}as_of";
/// The column that says whom a row is about.
pub const CUSTOMER: &str = "\u{2}customer";

/// Gathers lessons, one customer after the other.
#[derive(Debug)]
pub struct Lessons {
    gathering: Gathering,
    /// Rows gathered, and those of them in which it came.
    pub rows: (usize, usize),
}

/// The instants of lessons: the last one a horizon before `now`, each a step before the next, at most `n`, none before
/// `first`. A step is no shorter than the horizon, so that what came of one lesson is known before the next begins.
pub fn instants(
    now: Timestamp,
    horizon_days: u32,
    n: usize,
    first: Option<Timestamp>,
) -> Vec<Timestamp> {
    const LEAST_STEP: u32 = 14;
    let day = |days: u32| i64::from(days) * Timestamp::DAY;
    let last = now.plus(-day(horizon_days));
    let step = day(horizon_days.max(LEAST_STEP));
    let back = (0..n as i64).map(|place| last.plus(-place * step));
    let mut all: Vec<Timestamp> = back.filter(|at| first.is_none_or(|first| first < *at)).collect();
    all.reverse();
    all
}

impl Outcome {
    /// Whether it is asked of a customer as of an instant at all.
    pub fn is_asked(&self, history: &History, at: Timestamp) -> bool {
        if history.known_since().is_none_or(|since| at < since) {
            return false;
        }
        match self {
            Outcome::Happens { .. } => true,
            Outcome::Stops { event, active_days } => {
                let from = at.plus(-i64::from(*active_days) * Timestamp::DAY);
                happened(history, event, (from, at), |_| true)
            }
        }
    }

    /// Whether it came in the days after an instant.
    pub fn came(&self, history: &History, at: Timestamp, horizon_days: u32) -> bool {
        let until = at.plus(i64::from(horizon_days) * Timestamp::DAY);
        match self {
            Outcome::Happens { event, property, value } => {
                happened(history, event, (at, until), |found| match (property, value) {
                    (Some(property), Some(value)) => {
                        history.particulars(found).get(property).to_string() == *value
                    }
                    _ => true,
                })
            }
            Outcome::Stops { event, .. } => !happened(history, event, (at, until), |_| true),
        }
    }
}

/// Whether an event of a name that fits happened in (from, until].
fn happened(
    history: &History,
    name: &str,
    (from, until): (Timestamp, Timestamp),
    fits: impl Fn(&facts::Event) -> bool,
) -> bool {
    let Some(track) = history.track(name) else { return false };
    let events = history.events_of(track).iter();
    events.filter(|event| from < event.stamp.at && event.stamp.at <= until).any(fits)
}

impl Lessons {
    /// Begins, with the columns of a gaze.
    pub fn new(gaze: &Gaze) -> Lessons {
        let own = [CUSTOMER, AS_OF, LABEL].map(str::to_owned);
        Lessons { gathering: Gathering::new(own.into_iter().chain(gaze.columns())), rows: (0, 0) }
    }

    /// Takes in the row of a customer, by number, as of an instant.
    pub fn add(&mut self, customer: u32, at: Timestamp, came: bool, row: &[Cell]) {
        let name = format!("c{customer}");
        let own = [
            Entry::Words(&name),
            Entry::Day(at.millis() as f64 / Timestamp::DAY as f64),
            Entry::Number(f64::from(u8::from(came))),
        ];
        self.gathering.row(own.into_iter().chain(row.iter().map(Cell::entry)));
        self.rows.0 += 1;
        self.rows.1 += usize::from(came);
    }

    /// The table.
    pub fn finish(self) -> Table {
        self.gathering.finish()
    }
}

#[cfg(test)]
mod tests {
    use facts::{CustomerKey, EventName, Fact, HistoryBuilder, Properties, Stamp, Value, What};

    use super::*;
    use crate::{Holds, Known};

    fn now() -> Timestamp {
        Timestamp::parse("2026-06-01T00:00:00+09:00").unwrap()
    }

    fn ago(days: i64) -> Timestamp {
        now().plus(-days * Timestamp::DAY)
    }

    /// What happened so many days ago, and became known so many days ago.
    fn history(told: &[(i64, i64, What)]) -> History {
        let mut builder = HistoryBuilder::new();
        for (seq, (at, known, what)) in told.iter().enumerate() {
            let fact = Fact {
                customer: CustomerKey::new("C").unwrap(),
                contact: None,
                at: ago(*at),
                what: what.clone(),
                id: None,
            };
            let stamp = Stamp { at: ago(*at), known: ago(*known), seq: seq as u64, batch: 0 };
            builder.learn(&fact, stamp);
        }
        builder.into_history()
    }

    fn bought(amount: i64) -> What {
        let properties = Properties::new([("amount", Value::from(amount))]).unwrap();
        What::Happened { name: EventName::new("purchased").unwrap(), properties }
    }

    fn plan(plan: &str) -> What {
        What::Became(Properties::new([("plan", Value::from(plan))]).unwrap())
    }

    fn gaze() -> Gaze {
        let purchased =
            Known::Event { name: "purchased".into(), events: 9, number: Some("amount".into()) };
        let signed = Known::Attribute { key: "signed_on".into(), filled: 5, holds: Holds::Days };
        let of = |key: &str| Known::Attribute { key: key.into(), filled: 5, holds: Holds::Words };
        Gaze::new(vec![purchased, of("plan"), of("name"), of("score:x"), signed], &[])
    }

    fn cell(gaze: &Gaze, history: &History, at: Timestamp, column: &str) -> Cell {
        let place = gaze.columns().position(|name| name == column).unwrap();
        gaze.row(history, at)[place].clone()
    }

    #[test]
    fn a_row_is_read_as_of_its_instant() {
        let told = [
            (100, 100, bought(10)),
            (40, 40, bought(20)),
            (5, 5, bought(40)),
            (50, 50, plan("free")),
            (3, 3, plan("pro")),
        ];
        let (gaze, history) = (gaze(), history(&told));
        let at = ago(30);
        assert_eq!(cell(&gaze, &history, at, "count:purchased:30"), Cell::Number(1.0));
        assert_eq!(cell(&gaze, &history, at, "count:purchased:90"), Cell::Number(2.0));
        assert_eq!(cell(&gaze, &history, at, "since:purchased"), Cell::Number(10.0));
        assert_eq!(cell(&gaze, &history, at, "sum:purchased:amount:90"), Cell::Number(30.0));
        assert_eq!(cell(&gaze, &history, at, "is:plan"), Cell::Words("free".into()));
        assert_eq!(cell(&gaze, &history, now(), "is:plan"), Cell::Words("pro".into()));
        assert_eq!(cell(&gaze, &history, at, "age"), Cell::Number(70.0));
        assert_eq!(cell(&gaze, &history, at, "is:signed_on"), Cell::Nothing);
        let signed =
            What::Became(Properties::new([("signed_on", Value::from("2026-04-22"))]).unwrap());
        let signed = self::history(&[(60, 60, signed)]);
        assert_eq!(cell(&gaze, &signed, at, "is:signed_on"), Cell::Number(10.0));
        assert!(gaze.look("is:name").is_none() && gaze.look("is:score:x").is_none());
        assert_eq!(
            gaze.look("since:purchased").unwrap().said(Language::Ja),
            "最後の購入からの日数"
        );
    }

    /// Whatever happens or becomes known later changes no row.
    #[test]
    fn nothing_later_is_looked_at() {
        let gaze = gaze();
        let before = [(100, 100, bought(10)), (60, 60, plan("free"))];
        let at = ago(30);
        let rows = gaze.row(&history(&before), at);
        let later =
            [(29, 29, bought(7)), (10, 10, plan("pro")), (40, 20, bought(9)), (45, 2, plan("max"))];
        for one in &later {
            let mut told = before.to_vec();
            told.push(one.clone());
            assert_eq!(gaze.row(&history(&told), at), rows, "{one:?}");
        }
        let known = (40, 35, bought(9));
        let mut told = before.to_vec();
        told.push(known);
        assert_ne!(gaze.row(&history(&told), at), rows, "what was known by then counts");
    }

    #[test]
    fn outcomes_look_at_the_days_after() {
        let history = history(&[(100, 100, bought(10)), (20, 20, bought(5))]);
        let buys = Outcome::Happens { event: "purchased".into(), property: None, value: None };
        assert!(buys.came(&history, ago(30), 10) && !buys.came(&history, ago(30), 9));
        let exact = Outcome::Happens {
            event: "purchased".into(),
            property: Some("amount".into()),
            value: Some("6".into()),
        };
        assert!(!exact.came(&history, ago(30), 10));
        let stops = Outcome::Stops { event: "purchased".into(), active_days: 30 };
        assert!(stops.is_asked(&history, ago(80)) && !stops.is_asked(&history, ago(60)));
        assert!(stops.came(&history, ago(80), 30) && !stops.came(&history, ago(45), 30));
        assert!(!buys.is_asked(&history, ago(101)), "not known yet");
    }

    #[test]
    fn lessons_do_not_overlap_and_end_a_horizon_ago() {
        assert_eq!(instants(now(), 30, 3, None), [ago(90), ago(60), ago(30)]);
        assert_eq!(instants(now(), 7, 3, None), [ago(35), ago(21), ago(7)]);
        assert_eq!(instants(now(), 30, 4, Some(ago(61))), [ago(60), ago(30)]);
    }

    use condition::Language;
}
