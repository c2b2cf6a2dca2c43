//! What is about to run out: how likely each customer buys each product again soon, and when the next purchase is due.
//!
//! The ratio of the time since the last purchase to the customer's own gap says less than nothing here: who buys often
//! is back soon, ratio or not. The rate does say something, drawn towards everybody's where little was seen
//! (Gamma-Poisson, Ehrenberg 1959), and more with what else the list of purchases tells: how lately, how regularly, and
//! whether the customer comes at all these days. The weights of all that are learnt from the customers' own past, at
//! days before the day of asking, so that nothing later is looked at.
//!
//! ```text
//!   everybody's purchases ──▶ Usual (as of a day)  ─┐
//!   one customer's purchases (as of that day) ──────┴▶ Lesson: features, and what came ──▶ fit ──▶ Replenishment
//!   one customer's purchases now ─────────────────────▶ Replenishment::of_customer ──▶ Due
//! ```
//! A list that is at hand as a whole is asked by [`fit`]; who holds too many customers for one list adds them to lessons
//! one by one.

mod habits;

use serde::{Deserialize, Serialize};

pub use habits::{Supply, Usual};

use crate::{
    propensity::{Design, Frame, Linear, Values, auc},
    special::logistic,
};
use habits::{FEATURES, Habits, seen};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The last day that is looked at.
    pub until: i32,
    /// How many days ahead.
    pub within: i32,
    /// Bought on fewer days, a product is no habit.
    pub least_days: usize,
    /// Last bought longer ago, a product is given up.
    pub most_silent: i32,
}

/// A customer's habit of a product on the day of asking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Due {
    /// The place in the list of supplies.
    pub supply: usize,
    /// On how many days it was bought.
    pub n: usize,
    /// When last.
    pub last: i32,
    /// The rate a day, drawn towards everybody's.
    pub rate: f64,
    /// The probability that it is bought again in the days asked about.
    pub again: f64,
    /// The day on which the next purchase is due by the customer's own mean gap; may be past.
    pub due: i32,
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Replenishment {
    linear: Linear,
    /// At how many days of the past it was learnt, and from how many habits.
    pub learnt: (usize, usize),
}

/// How well a model told what came.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// The area under the curve of the model: how often what was bought again has the higher probability of two.
    pub auc: f64,
    /// That of the shrunk rate alone.
    pub auc_of_rate: f64,
    /// How many habits there were.
    pub n: usize,
    /// How many of them were bought again.
    pub came: usize,
}

/// The habits of a day of the past, and which of them were bought again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lesson {
    rows: Vec<[f64; FEATURES]>,
    again: Vec<bool>,
}

/// Learnt at so many days of the past.
const LESSONS: i32 = 4;
/// Between those days lie at least so many.
const BETWEEN: i32 = 14;
const RIDGE: f64 = 3.0;
/// Fewer habits teach nothing, nor fewer that were, or were not, bought again.
const LEAST_HABITS: usize = 200;
const LEAST_OF_KIND: usize = 20;

impl Asked {
    /// The same on days of the past, the latest first, so that what came of each is known by the day of asking.
    pub fn lessons(&self) -> Vec<Asked> {
        let step = self.within.max(BETWEEN);
        let until = |lesson: i32| self.until - self.within - lesson * step;
        (0..LESSONS).map(|lesson| Asked { until: until(lesson), ..*self }).collect()
    }

    /// Whether a supply is a habit on the day of asking.
    pub fn is_habit(&self, supply: &Supply) -> bool {
        let seen = seen(supply, self.until);
        let fresh = seen.last().is_some_and(|last| self.until - last <= self.most_silent);
        fresh && self.least_days <= seen.len()
    }

    /// The same on the last day of which everything asked about is over.
    pub fn check(&self) -> Asked {
        Asked { until: self.until - self.within, ..*self }
    }
}

impl Lesson {
    /// Takes in the habits of one customer: what the customer bought as it was known on the day of `then`, and what
    /// came, by product, as it is known now.
    pub fn add(&mut self, usual: &Usual, then: &Asked, known: &[Supply], now: &[Supply]) {
        let habits = Habits::of(known.iter(), then.until);
        for supply in known {
            let Some(row) = habits.features(usual, supply, then) else { continue };
            let later = now.iter().find(|one| one.product == supply.product);
            self.rows.push(row);
            self.again.push(later.is_some_and(|supply| came(supply, then)));
        }
    }

    /// Takes in another one's habits after these.
    pub fn append(&mut self, mut other: Lesson) {
        self.rows.append(&mut other.rows);
        self.again.append(&mut other.again);
    }

    /// How many habits there are.
    pub fn habits(&self) -> usize {
        self.rows.len()
    }
}

/// Whether a supply is bought in the days asked about.
fn came(supply: &Supply, asked: &Asked) -> bool {
    let after = supply.days.partition_point(|day| *day <= asked.until);
    supply.days.get(after).is_some_and(|day| *day <= asked.until + asked.within)
}

/// Learns from lessons; `None` when there is too little in them.
pub fn learn(lessons: &[Lesson]) -> Option<Replenishment> {
    let rows: Vec<&[f64; FEATURES]> = lessons.iter().flat_map(|lesson| &lesson.rows).collect();
    let again: Vec<bool> = lessons.iter().flat_map(|lesson| &lesson.again).copied().collect();
    let came = again.iter().filter(|again| **again).count();
    if rows.len() < LEAST_HABITS || came < LEAST_OF_KIND || rows.len() - came < LEAST_OF_KIND {
        return None;
    }
    let all: Vec<usize> = (0..rows.len()).collect();
    let linear = Design::learn(&frame(&rows), &all).fit(&again, RIDGE, None);
    let lessons = lessons.iter().filter(|lesson| !lesson.rows.is_empty()).count();
    Some(Replenishment { linear, learnt: (lessons, rows.len()) })
}

/// Learns from the past before `asked.until`; `None` when there is too little of it. The supplies of one customer stand
/// side by side.
pub fn fit(supplies: &[Supply], asked: &Asked) -> Option<Replenishment> {
    let lessons = asked.lessons().into_iter().map(|then| lesson(supplies, &then));
    learn(&lessons.collect::<Vec<Lesson>>())
}

fn lesson(supplies: &[Supply], then: &Asked) -> Lesson {
    let usual = Usual::of(supplies, then.until);
    let mut lesson = Lesson::default();
    for own in by_customer(supplies) {
        lesson.add(&usual, then, own, own);
    }
    lesson
}

fn by_customer(supplies: &[Supply]) -> impl Iterator<Item = &[Supply]> {
    supplies.chunk_by(|a, b| a.customer == b.customer)
}

impl Replenishment {
    /// All habits on the day of asking, in the order of the supplies; those of one customer stand side by side.
    pub fn due(&self, supplies: &[Supply], asked: &Asked) -> Vec<Due> {
        let usual = Usual::of(supplies, asked.until);
        let (mut found, mut first) = (vec![], 0);
        for own in by_customer(supplies) {
            let due = self.of_customer(&usual, own, asked).into_iter();
            found.extend(due.map(|due| Due { supply: first + due.supply, ..due }));
            first += own.len();
        }
        found
    }

    /// The habits of one customer on the day of asking.
    pub fn of_customer(&self, usual: &Usual, supplies: &[Supply], asked: &Asked) -> Vec<Due> {
        let habits = Habits::of(supplies.iter(), asked.until);
        let (mut rows, mut found) = (vec![], vec![]);
        for (place, supply) in supplies.iter().enumerate() {
            let Some(row) = habits.features(usual, supply, asked) else { continue };
            let seen = seen(supply, asked.until);
            let (Some(first), Some(last)) = (seen.first(), seen.last()) else { continue };
            let gap = f64::from(last - first) / (seen.len() as f64 - 1.0).max(1.0);
            rows.push(row);
            found.push(Due {
                supply: place,
                n: seen.len(),
                last: *last,
                rate: usual.rate_of(supply, asked.until),
                again: 0.0,
                due: last.saturating_add(gap.round().max(1.0) as i32),
            });
        }
        for (due, again) in found.iter_mut().zip(self.again(&rows)) {
            due.again = again;
        }
        found
    }

    fn again(&self, rows: &[[f64; FEATURES]]) -> Vec<f64> {
        let rows: Vec<&[f64; FEATURES]> = rows.iter().collect();
        self.linear.logits(&frame(&rows)).into_iter().map(logistic).collect()
    }

    /// How well it tells what came of a lesson that it was not learnt from.
    pub fn checked_on(&self, lesson: &Lesson) -> Checked {
        // The first feature rises with the rate and with nothing else, so that it orders habits as the rate does.
        let by_rate: Vec<f64> = lesson.rows.iter().map(|row| row[0]).collect();
        Checked {
            auc: auc(&self.again(&lesson.rows), &lesson.again),
            auc_of_rate: auc(&by_rate, &lesson.again),
            n: lesson.rows.len(),
            came: lesson.again.iter().filter(|again| **again).count(),
        }
    }

    /// How well [`Replenishment::due`] told what came, where days after the day of asking are known.
    pub fn checked(&self, supplies: &[Supply], asked: &Asked) -> Checked {
        self.checked_on(&lesson(supplies, asked))
    }
}

fn frame(rows: &[&[f64; FEATURES]]) -> Frame {
    let column = |place: usize| Values::Numbers(rows.iter().map(|row| row[place]).collect());
    Frame { rows: rows.len(), values: (0..FEATURES).map(column).collect() }
}
