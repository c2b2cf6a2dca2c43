//! The rows of the tables: for each comparison the number of a shape, so that equal cells are equal numbers.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use crate::{
    compare::{NO_TERM, compare, nearly},
    measure::Measure,
    plan::{Plan, Side},
    shape::{Shape, Shaped, Terms},
    spread::{Spread, gather},
};

/// A row, counted from 0 over both tables: those of the first come first.
pub type RowNo = u32;

/// As many rows of other customers are thought to be there besides, in which no term of the list stands: in a list of
/// ten rows a name is not frequent because one in ten has it.
const UNSEEN: f64 = 100.0;

/// All rows, prepared.
#[derive(Debug, Clone)]
pub struct Records {
    pub(crate) plan: Plan,
    lexicons: Vec<Lexicon>,
    /// For each row and comparison the number of its shape; 0 is nothing.
    numbers: Vec<u32>,
    first: u32,
    rows: u32,
}

/// The shapes of one comparison.
#[derive(Debug, Clone, Default)]
struct Lexicon {
    known: HashMap<Box<str>, u32>,
    shapes: Vec<Shape>,
    /// The first term of each shape.
    term_of: Vec<u32>,
    terms: HashMap<Box<str>, u32>,
    /// In how many rows each term stands.
    counts: Vec<f32>,
    /// The sum of them.
    filled: f64,
}

/// The levels of a pair, and which term each shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Agreement {
    pub(crate) levels: [u8; crate::plan::MOST],
    pub(crate) terms: [u32; crate::plan::MOST],
}

impl Agreement {
    /// The levels in one word, four bits each.
    pub(crate) fn pattern(&self) -> u64 {
        self.levels
            .iter()
            .enumerate()
            .fold(0, |all, (place, level)| all | u64::from(*level) << (4 * place))
    }
}

impl Agreement {
    /// What follows from another comparison is no second witness: a reading follows from the name, a postal code from
    /// the address. Only where the two disagree does the second tell more.
    fn hear_once(&mut self, measure: Measure, first: usize, echo: usize) {
        let (one, other) = (self.levels[first], self.levels[echo]);
        if one == 0 || other == 0 {
            return;
        }
        let heard = match (measure, one, other) {
            (Measure::Reading, 1..=3, 1..=3) => one,
            // A mistyped name of which the reading says that it is another one.
            (Measure::Reading, 3, _) => other,
            // The same sound in other characters.
            (Measure::Reading, _, 1..=2) => 2,
            (Measure::Reading, 4.., 4..) => one.min(other),
            (Measure::CompanyReading, 9, 1..=4) => 5,
            (Measure::CompanyReading, 9, 9) => 9,
            (Measure::CompanyReading, 1..=8, 1..=8) => one,
            (Measure::Postal, 1..=5, 1) => one,
            (Measure::Postal, 7, 4) => one,
            _ => return,
        };
        self.levels[first] = heard;
        self.levels[echo] = 0;
        self.terms[echo] = NO_TERM;
        if heard != one {
            self.terms[first] = NO_TERM;
        }
    }
}

impl Records {
    /// No rows yet.
    pub fn new(plan: Plan) -> Records {
        let lexicons = plan.comparisons().iter().map(|_| Lexicon::default()).collect();
        Records { plan, lexicons, numbers: Vec::new(), first: 0, rows: 0 }
    }

    /// Adds rows, each with its cells. All rows of the first table come before those of the second.
    pub fn extend<R: AsRef<[String]> + Sync>(
        &mut self,
        side: Side,
        rows: &[R],
        spread: Spread<'_>,
    ) {
        let lexicons: Vec<Mutex<&mut Lexicon>> = self.lexicons.iter_mut().map(Mutex::new).collect();
        let plan = &self.plan;
        let columns: Vec<Vec<u32>> = gather(spread, lexicons.len(), &|place| {
            let mut lexicon = lexicons[place].lock().unwrap_or_else(PoisonError::into_inner);
            let number = |row: &R| {
                let shaped = plan.shaped(place, side, row.as_ref());
                shaped.map_or(0, |shaped| lexicon.number(shaped))
            };
            rows.iter().map(number).collect()
        });
        for row in 0..rows.len() {
            self.numbers.extend(columns.iter().map(|column| column[row]));
        }
        let before = self.rows;
        self.rows += u32::try_from(rows.len()).unwrap_or(u32::MAX);
        if side == Side::First {
            assert!(self.first == before, "rows of the first table come first");
            self.first = self.rows;
        }
    }

    /// Brings the shapes of pairs near, all at once: one after the other each would be waited for.
    pub(crate) fn fetch(&self, pairs: &[(RowNo, RowNo)]) {
        let rows = pairs.iter().map(|(_, b)| self.row(*b));
        let mut all = rows.clone().filter_map(|row| row.first()).fold(0, |all, one| all ^ one);
        for row in rows {
            for (lexicon, number) in self.lexicons.iter().zip(row) {
                let shape = (*number as usize).checked_sub(1).and_then(|at| lexicon.shapes.get(at));
                all ^= shape.map_or(0, Shape::glance);
            }
        }
        std::hint::black_box(all);
    }

    /// How many rows there are.
    pub fn len(&self) -> u32 {
        self.rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// How many pairs there are in all.
    pub fn pairs(&self) -> f64 {
        let (n, first) = (f64::from(self.rows), f64::from(self.first));
        if self.plan.links_two() { first * (n - first) } else { n * (n - 1.0) / 2.0 }
    }

    /// The first row of those a row is compared with, when each pair is to be looked at once.
    pub(crate) fn others_from(&self, row: RowNo) -> RowNo {
        if self.plan.links_two() { self.first } else { row + 1 }
    }

    /// The rows whose pairs with others are looked at.
    pub(crate) fn leading(&self) -> RowNo {
        if self.plan.links_two() { self.first } else { self.rows }
    }

    pub(crate) fn row(&self, row: RowNo) -> &[u32] {
        let width = self.lexicons.len();
        &self.numbers[row as usize * width..][..width]
    }

    pub(crate) fn shape(&self, comparison: usize, number: u32) -> Option<&Shape> {
        let place = (number as usize).checked_sub(1)?;
        self.lexicons[comparison].shapes.get(place)
    }

    /// All shapes of a comparison, in the order of their numbers.
    pub(crate) fn shapes(&self, comparison: usize) -> &[Shape] {
        &self.lexicons[comparison].shapes
    }

    /// Compares two rows.
    pub(crate) fn agreement(&self, a: RowNo, b: RowNo) -> Agreement {
        self.agreement_of(self.row(a), self.row(b))
    }

    pub(crate) fn agreement_of(&self, a: &[u32], b: &[u32]) -> Agreement {
        let mut found = Agreement { levels: [0; 16], terms: [NO_TERM; 16] };
        for (place, comparison) in self.plan.comparisons().iter().enumerate() {
            let (x, y) = (a[place], b[place]);
            if x == 0 || y == 0 {
                continue;
            }
            let lexicon = &self.lexicons[place];
            let (level, term) = if x == y {
                (self.level_of_equal(comparison.measure, place, x), NO_TERM)
            } else {
                let (x, y) = (x as usize - 1, y as usize - 1);
                compare(comparison.measure, &lexicon.shapes[x], &lexicon.shapes[y])
            };
            let level = match comparison.partner {
                Some(partner) if level == 0 || 3 <= level => {
                    self.crossed(place, partner, a, b).unwrap_or(level)
                }
                _ => level,
            };
            found.levels[place] = level;
            if level == 0 {
                continue;
            }
            let shares = comparison.measure.levels()[level as usize - 1].shares_term;
            if shares {
                found.terms[place] =
                    if term == NO_TERM { lexicon.term_of[x as usize - 1] } else { term };
            }
        }
        for (place, comparison) in self.plan.comparisons().iter().enumerate() {
            if let Some(first) = comparison.echo_of {
                found.hear_once(comparison.measure, first, place);
            }
        }
        found
    }

    /// Mistyped corporate numbers are never equal, even when they are the same digits.
    fn level_of_equal(&self, measure: Measure, place: usize, number: u32) -> u8 {
        match (measure, self.shape(place, number)) {
            (Measure::CorporateNumber, Some(Shape::Code(digits))) => {
                let text: String = digits.iter().collect();
                if crate::shape::checked_corporate_number(&text).is_some() { 1 } else { 2 }
            }
            _ => 1,
        }
    }

    /// Whether a cell agrees with the other row's partner cell: given and family name swapped, a reading in the place
    /// of the name.
    fn crossed(&self, place: usize, partner: usize, a: &[u32], b: &[u32]) -> Option<u8> {
        let own = |row: &[u32]| self.shape(place, row[place]);
        let others = |row: &[u32]| self.shape(partner, row[partner]);
        let meets = |one: Option<&Shape>, other: Option<&Shape>| match (one, other) {
            (Some(Shape::Word(x)), Some(Shape::Word(y))) => {
                3 <= x.len().min(y.len()) && nearly(x, y)
            }
            (Some(Shape::Person(x)), Some(Shape::Person(y))) => {
                x.kana.is_some() && x.kana == y.kana
            }
            _ => false,
        };
        let words = matches!(own(a), Some(Shape::Word(_)));
        let crossed = meets(own(a), others(b)) || meets(others(a), own(b));
        crossed.then_some(if words { 4 } else { 2 })
    }

    /// How frequent a term is: its share of all rows that say something.
    pub(crate) fn frequency(&self, comparison: usize, term: u32) -> f64 {
        let lexicon = &self.lexicons[comparison];
        let count = lexicon.counts.get(term as usize).copied().unwrap_or(1.0);
        f64::from(count.max(1.0)) / (lexicon.filled + UNSEEN)
    }

    /// How often two rows drawn at random share a term.
    pub(crate) fn collision(&self, comparison: usize) -> f64 {
        let filled = self.lexicons[comparison].filled + UNSEEN;
        let each = |n: &f32| f64::from(*n) * (f64::from(*n) - 1.0).max(0.0);
        self.lexicons[comparison].counts.iter().map(each).sum::<f64>() / (filled * (filled - 1.0))
    }

    /// How frequent terms are, by what they are, so that rows that are not here can be judged.
    pub(crate) fn term_counts(&self) -> Vec<TermCounts> {
        self.lexicons.iter().map(TermCounts::of).collect()
    }

    /// Takes terms to be as frequent as somewhere else.
    pub(crate) fn count_as(&mut self, counts: &[TermCounts]) {
        for (lexicon, counts) in self.lexicons.iter_mut().zip(counts) {
            for (term, place) in &lexicon.terms {
                if let Some(count) = lexicon.counts.get_mut(*place as usize) {
                    *count = counts.of_term(term);
                }
            }
            lexicon.filled = counts.filled;
        }
    }

    /// Counts terms anew, once for each customer rather than for each row: `weight` is one over the number of the
    /// customer's rows.
    pub fn count_terms(&mut self, weight: &dyn Fn(RowNo) -> f32) {
        let width = self.lexicons.len();
        for (place, lexicon) in self.lexicons.iter_mut().enumerate() {
            lexicon.counts.iter_mut().for_each(|count| *count = 0.0);
            for row in 0..self.rows {
                let number = self.numbers[row as usize * width + place];
                if number != 0 {
                    lexicon.count(number, weight(row));
                }
            }
            lexicon.filled = lexicon.counts.iter().map(|n| f64::from(*n)).sum();
        }
    }
}

/// How frequent the terms of one comparison are.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct TermCounts {
    /// Those that more than one customer has, by the hash of the term, in order.
    counts: Vec<(u64, f32)>,
    filled: f64,
}

impl TermCounts {
    fn of(lexicon: &Lexicon) -> TermCounts {
        let count = |place: &u32| lexicon.counts.get(*place as usize).copied().unwrap_or(0.0);
        let frequent = lexicon.terms.iter().map(|(term, place)| (hash_of(term), count(place)));
        let mut counts: Vec<(u64, f32)> = frequent.filter(|(_, count)| 1.0 < *count).collect();
        counts.sort_unstable_by_key(|(term, _)| *term);
        TermCounts { counts, filled: lexicon.filled }
    }

    fn of_term(&self, term: &str) -> f32 {
        let place = self.counts.binary_search_by_key(&hash_of(term), |(term, _)| *term);
        place.map_or(1.0, |place| self.counts[place].1)
    }

    pub(crate) fn bytes(&self) -> usize {
        self.counts.len() * size_of::<(u64, f32)>()
    }
}

/// FNV-1a over the bytes: the same on every machine, since it is kept on disk.
fn hash_of(term: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    term.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

impl Lexicon {
    fn number(&mut self, shaped: Shaped) -> u32 {
        if let Some(number) = self.known.get(shaped.key.as_str()) {
            return *number;
        }
        let places: Vec<u32> = match shaped.terms {
            Terms::Key => vec![self.term(&shaped.key)],
            Terms::Own(terms) => terms.iter().map(|term| self.term(term)).collect(),
        };
        let mut shape = shaped.shape;
        match &mut shape {
            Shape::Phones(all) => {
                all.iter_mut().zip(&places).for_each(|((_, place), term)| *place = *term);
            }
            Shape::Emails(all) => {
                all.iter_mut().zip(&places).for_each(|((_, place), term)| *place = *term);
            }
            _ => {}
        }
        self.shapes.push(shape);
        self.term_of.push(places.first().copied().unwrap_or(NO_TERM));
        let number = u32::try_from(self.shapes.len()).unwrap_or(u32::MAX);
        self.known.insert(shaped.key.into_boxed_str(), number);
        number
    }

    fn term(&mut self, term: &str) -> u32 {
        if let Some(place) = self.terms.get(term) {
            return *place;
        }
        let place = u32::try_from(self.counts.len()).unwrap_or(NO_TERM);
        self.terms.insert(term.into(), place);
        self.counts.push(0.0);
        place
    }

    fn count(&mut self, number: u32, weight: f32) {
        let place = number as usize - 1;
        let each = |term: u32, counts: &mut Vec<f32>| {
            if let Some(count) = counts.get_mut(term as usize) {
                *count += weight;
            }
        };
        match &self.shapes[place] {
            Shape::Phones(all) => all.iter().for_each(|(_, term)| each(*term, &mut self.counts)),
            Shape::Emails(all) => all.iter().for_each(|(_, term)| each(*term, &mut self.counts)),
            _ => each(self.term_of[place], &mut self.counts),
        }
    }
}
