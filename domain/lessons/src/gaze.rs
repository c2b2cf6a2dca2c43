//! What is looked at in a history: chosen once from the names in use, kept with the model, and read the same ever after.

use condition::{Language, label_of_attribute, label_of_event, label_of_property};
use facts::{Event, History, Timestamp, ValueRef};
use forecast::propensity::{Entry, Gathering, Table};
use serde::{Deserialize, Serialize};

/// One thing that is looked at; a column of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "look")]
pub enum Look {
    /// How many events of a name there were in so many days.
    Count {
        /// The name.
        event: String,
        /// The days.
        days: u32,
    },
    /// Days since the last event of a name.
    Since {
        /// The name.
        event: String,
    },
    /// What a property of events comes to in so many days.
    Sum {
        /// The name.
        event: String,
        /// The property.
        of: String,
        /// The days.
        days: u32,
    },
    /// Events of any name in so many days.
    All {
        /// The days.
        days: u32,
    },
    /// Days since the customer became known.
    Age,
    /// A number that an attribute holds.
    Number {
        /// The attribute.
        key: String,
    },
    /// How many days ago the day is that an attribute holds; below 0 it is yet to come.
    Day {
        /// The attribute.
        key: String,
    },
    /// What an attribute says.
    Words {
        /// The attribute.
        key: String,
    },
}

/// A name of events or of attributes that is in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Events, how many there are, and a property that is a number, if any.
    Event {
        /// The name.
        name: String,
        /// How many.
        events: u64,
        /// The property with most numbers.
        number: Option<String>,
    },
    /// An attribute, and whether it holds numbers.
    Attribute {
        /// The attribute.
        key: String,
        /// How many customers have it.
        filled: u64,
        /// What it holds.
        holds: Holds,
    },
}

/// What an attribute holds most often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Numbers.
    Numbers,
    /// Days or instants.
    Days,
    /// Anything else.
    Words,
}

/// Everything that is looked at, in the order of the columns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Gaze {
    looks: Vec<Look>,
}

/// What was found by a look.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Nothing,
    /// A number.
    Number(f64),
    /// Words.
    Words(String),
}

/// So many names of events are looked at, the commonest.
const EVENTS: usize = 16;
/// So many attributes are looked at, those that most customers have.
const ATTRIBUTES: usize = 24;
const WINDOWS: [u32; 3] = [30, 90, 365];
/// What names one customer, and whom others gave it to; it foretells nothing of the next.
const OF_ONE: [&str; 9] = [
    "name",
    "name_kana",
    "phone",
    "email",
    "address",
    "website",
    "corporate_number",
    "postal_code",
    "visitor",
];
const LONGEST: usize = 60;

impl Gaze {
    /// Looks at the commonest names, without those in `hidden`: attributes that say the outcome itself, for example.
    pub fn new(mut known: Vec<Known>, hidden: &[String]) -> Gaze {
        let weight = |one: &Known| match one {
            Known::Event { events, .. } => *events,
            Known::Attribute { filled, .. } => *filled,
        };
        known.sort_by(|a, b| {
            weight(b).cmp(&weight(a)).then_with(|| format!("{a:?}").cmp(&format!("{b:?}")))
        });
        let (mut looks, mut n_events, mut n_attributes) = (vec![], 0, 0);
        for one in known {
            match one {
                Known::Event { name, number, .. } if n_events < EVENTS => {
                    n_events += 1;
                    looks.extend(of_event(&name, number));
                }
                Known::Attribute { key, holds, .. }
                    if n_attributes < ATTRIBUTES && is_of_many(&key) && !hidden.contains(&key) =>
                {
                    n_attributes += 1;
                    looks.push(match holds {
                        Holds::Numbers => Look::Number { key },
                        Holds::Days => Look::Day { key },
                        Holds::Words => Look::Words { key },
                    });
                }
                Known::Event { .. } | Known::Attribute { .. } => {}
            }
        }
        looks.extend([Look::All { days: 30 }, Look::All { days: 90 }, Look::Age]);
        Gaze { looks }
    }

    /// What is looked at.
    pub fn looks(&self) -> &[Look] {
        &self.looks
    }

    /// The names of the columns.
    pub fn columns(&self) -> impl Iterator<Item = String> {
        self.looks.iter().map(Look::column)
    }

    /// The look behind a column, also where a feature's name says more than the column.
    pub fn look(&self, column: &str) -> Option<&Look> {
        self.looks.iter().find(|look| look.column() == column)
    }

    /// Reads a row as of an instant.
    pub fn row(&self, history: &History, at: Timestamp) -> Vec<Cell> {
        self.looks.iter().map(|look| look.read(history, at)).collect()
    }

    /// A table of the rows of some customers as of one instant.
    pub fn table<'h>(
        &self,
        histories: impl IntoIterator<Item = &'h History>,
        at: Timestamp,
    ) -> Table {
        let mut gathering = Gathering::new(self.columns());
        for history in histories {
            let row = self.row(history, at);
            gathering.row(row.iter().map(Cell::entry));
        }
        gathering.finish()
    }
}

fn of_event(name: &str, number: Option<String>) -> Vec<Look> {
    let event = || name.to_owned();
    let mut looks: Vec<Look> =
        WINDOWS.into_iter().map(|days| Look::Count { event: event(), days }).collect();
    looks.push(Look::Since { event: event() });
    if let Some(of) = number {
        let sum = |days| Look::Sum { event: event(), of: of.clone(), days };
        looks.extend([sum(90), sum(365)]);
    }
    looks
}

fn is_of_many(key: &str) -> bool {
    !OF_ONE.contains(&key) && !key.starts_with("score:") && !key.is_empty()
}

impl Cell {
    /// The cell as a table takes it.
    pub fn entry(&self) -> Entry<'_> {
        match self {
            Cell::Nothing => Entry::Nothing,
            Cell::Number(number) => Entry::Number(*number),
            Cell::Words(words) => Entry::Words(words),
        }
    }
}

/// The events of a track that had happened and were known by then, and happened after `from`.
fn seen(events: &[Event], from: Timestamp, at: Timestamp) -> impl Iterator<Item = &Event> {
    let first = events.partition_point(|event| event.stamp.at <= from);
    let end = events.partition_point(|event| event.stamp.at <= at);
    events[first..end.max(first)].iter().filter(move |event| event.stamp.known <= at)
}

fn days_before(at: Timestamp, days: u32) -> Timestamp {
    at.plus(-i64::from(days) * Timestamp::DAY)
}

fn in_days(at: Timestamp, then: Timestamp) -> f64 {
    (at.since(then) / Timestamp::HOUR) as f64 / 24.0
}

impl Look {
    /// The name of its column.
    pub fn column(&self) -> String {
        match self {
            Look::Count { event, days } => format!("count:{event}:{days}"),
            Look::Since { event } => format!("since:{event}"),
            Look::Sum { event, of, days } => format!("sum:{event}:{of}:{days}"),
            Look::All { days } => format!("all:{days}"),
            Look::Age => "age".to_owned(),
            Look::Number { key } | Look::Day { key } | Look::Words { key } => format!("is:{key}"),
        }
    }

    fn read(&self, history: &History, at: Timestamp) -> Cell {
        let track = |event: &str| history.track(event).map(|track| history.events_of(track));
        match self {
            Look::Count { event, days } => {
                let events = track(event).unwrap_or_default();
                Cell::Number(seen(events, days_before(at, *days), at).count() as f64)
            }
            Look::Since { event } => {
                let events = track(event).unwrap_or_default();
                let last = seen(events, Timestamp::MIN, at).last();
                last.map_or(Cell::Nothing, |event| Cell::Number(in_days(at, event.stamp.at)))
            }
            Look::Sum { event, of, days } => {
                let events = track(event).unwrap_or_default();
                let numbers = seen(events, days_before(at, *days), at)
                    .filter_map(|event| number(history.particulars(event).get(of)));
                Cell::Number(numbers.sum())
            }
            Look::All { days } => {
                let from = days_before(at, *days);
                let tracks = history.tracks().iter().map(|track| history.events_of(track));
                Cell::Number(
                    tracks.map(|events| seen(events, from, at).count()).sum::<usize>() as f64
                )
            }
            Look::Age => history
                .known_since()
                .filter(|since| *since <= at)
                .map_or(Cell::Nothing, |since| Cell::Number(in_days(at, since))),
            Look::Number { key } => {
                number(value(history, key, at)).map_or(Cell::Nothing, Cell::Number)
            }
            Look::Day { key } => value(history, key, at)
                .as_text()
                .and_then(instant)
                .map_or(Cell::Nothing, |day| Cell::Number(in_days(at, day))),
            Look::Words { key } => match value(history, key, at) {
                ValueRef::Missing => Cell::Nothing,
                value => Cell::Words(value.to_string().chars().take(LONGEST).collect()),
            },
        }
    }

    /// What it is called, for people.
    pub fn said(&self, language: Language) -> String {
        let event = |name: &str| label_of_event(name, language);
        match (self, language) {
            (Look::Count { event: name, days }, Language::Ja) => {
                format!("直近{days}日の{}の回数", event(name))
            }
            (Look::Count { event: name, days }, Language::En) => {
                format!("{} in {days} days", event(name))
            }
            (Look::Since { event: name }, Language::Ja) => {
                format!("最後の{}からの日数", event(name))
            }
            (Look::Since { event: name }, Language::En) => format!("days since {}", event(name)),
            (Look::Sum { event: name, of, days }, Language::Ja) => {
                format!("直近{days}日の{}の{}", event(name), label_of_property(of, language))
            }
            (Look::Sum { event: name, of, days }, Language::En) => {
                format!("{} of {} in {days} days", label_of_property(of, language), event(name))
            }
            (Look::All { days }, Language::Ja) => format!("直近{days}日の行動すべての数"),
            (Look::All { days }, Language::En) => format!("all events in {days} days"),
            (Look::Age, Language::Ja) => "知ってからの日数".to_owned(),
            (Look::Age, Language::En) => "days since first known".to_owned(),
            (Look::Day { key }, Language::Ja) => {
                format!("{}からの日数", label_of_attribute(key, language))
            }
            (Look::Day { key }, Language::En) => {
                format!("days since {}", label_of_attribute(key, language))
            }
            (Look::Number { key } | Look::Words { key }, _) => label_of_attribute(key, language),
        }
    }
}

/// A day, or an instant, as attributes hold them. A day without a zone begins in Japan.
fn instant(text: &str) -> Option<Timestamp> {
    let day = || Timestamp::parse(&format!("{text}T00:00:00+09:00"));
    Timestamp::parse(text).or_else(|_| day()).ok()
}

fn number(value: ValueRef<'_>) -> Option<f64> {
    value.as_number().and_then(|number| number.to_string().parse().ok())
}

/// An attribute as it stood and was known at an instant.
fn value<'h>(history: &'h History, key: &str, at: Timestamp) -> ValueRef<'h> {
    let changes = history.changes(key);
    let end = changes.partition_point(|change| change.stamp.at <= at);
    let known = changes[..end].iter().rev().find(|change| change.stamp.known <= at);
    known.map_or(ValueRef::Missing, |change| history.value(change))
}
