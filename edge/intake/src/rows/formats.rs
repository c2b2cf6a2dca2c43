//! What a column's values decide about their format: never the single cell.

use crate::{
    Cell, DateOrder, Field, Mapping, Reads,
    cells::{choices, dates, looks, says_as_above, says_nothing},
    guess::names_a_code,
};

/// Rows after which a column that is not in doubt is taken as decided.
const ENOUGH: u64 = 10_000;

/// What a column has decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Format {
    /// The order of dates with slashes.
    pub(crate) order: Option<DateOrder>,
    /// Whether another order would have fitted as well.
    pub(crate) order_in_doubt: bool,
    /// What the values of a column of the firm's own are.
    pub(crate) free: Free,
}

/// The kind of value in a column of the firm's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Free {
    #[default]
    Text,
    Number,
    Bool,
    Day,
    At,
}

/// The orders, the likeliest first among equals.
const ORDERS: [DateOrder; 3] =
    [DateOrder::YearMonthDay, DateOrder::MonthDayYear, DateOrder::DayMonthYear];

#[derive(Debug, Default)]
struct Column {
    reads: Option<Reads>,
    fixed: Option<DateOrder>,
    dates: DateSurvey,
    values: u64,
    numbers: u64,
    bools: u64,
    days: u64,
    instants: u64,
}

/// In which order the short dates of a column (11/12/2026) can be read.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct DateSurvey {
    short: u64,
    fits: [u64; 3],
}

impl DateSurvey {
    /// Looks at a value.
    pub(crate) fn see(&mut self, text: &str) {
        let Some(([a, b, c], long_year)) = dates::short_form(text) else { return };
        self.short += 1;
        let fits = |month: i64, day: i64| (1..=12).contains(&month) && (1..=31).contains(&day);
        self.fits[0] += u64::from(!long_year && fits(b, c));
        self.fits[1] += u64::from(fits(a, b));
        self.fits[2] += u64::from(fits(b, a));
    }

    /// The order that fits most values, and whether another fits as many.
    pub(crate) fn order(&self) -> (Option<DateOrder>, bool) {
        let most = self.fits.iter().copied().max().unwrap_or(0);
        if most == 0 {
            return (None, false);
        }
        let best = self.fits.iter().position(|fits| *fits == most).map(|place| ORDERS[place]);
        (best, 1 < self.fits.iter().filter(|fits| **fits == most).count())
    }
}

/// Looks at the values of all columns whose format is open.
pub(crate) struct Survey {
    columns: Vec<Column>,
    rows: u64,
}

impl Survey {
    pub(crate) fn new(mapping: &Mapping) -> Survey {
        let columns = mapping.fields.iter().enumerate().map(|(place, field)| Column {
            reads: field.as_ref().map(Field::reads),
            fixed: mapping.orders.get(&place).copied(),
            ..Column::default()
        });
        Survey { columns: columns.collect(), rows: 0 }
    }

    /// Looks only at how dates are written, in every column.
    pub(crate) fn of_dates(columns: usize) -> Survey {
        let column = || Column { reads: Some(Reads::Day), ..Column::default() };
        Survey { columns: (0..columns).map(|_| column()).collect(), rows: 0 }
    }

    /// Looks at a row; `false` when the rest need not be looked at.
    pub(crate) fn see(&mut self, cells: &[Cell<'_>]) -> bool {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            match column.reads {
                Some(Reads::Day | Reads::At) => column.see_date(cell),
                Some(Reads::Free) => column.see_free(cell),
                _ => {}
            }
        }
        self.rows += 1;
        self.rows < ENOUGH || self.columns.iter().any(Column::is_in_doubt)
    }

    /// What was decided, column by column.
    pub(crate) fn formats(&self, headers: &[String]) -> Vec<Format> {
        let code = |place: usize| headers.get(place).is_some_and(|header| names_a_code(header));
        let decided = self.columns.iter().enumerate();
        decided.map(|(place, column)| column.format(code(place))).collect()
    }
}

impl Column {
    fn see_date(&mut self, cell: &Cell<'_>) {
        if let Cell::Text(text) = cell {
            self.dates.see(text);
        }
    }

    fn see_free(&mut self, cell: &Cell<'_>) {
        match cell {
            Cell::Empty | Cell::Error(_) => {}
            Cell::Number(_) | Cell::Whole(_) => {
                self.values += 1;
                self.numbers += 1;
            }
            Cell::Bool(_) => {
                self.values += 1;
                self.bools += 1;
            }
            Cell::Serial(_) | Cell::At(_) => {
                self.values += 1;
                let whole = matches!(cell, Cell::Serial(days) if days.fract() == 0.0);
                *(if whole { &mut self.days } else { &mut self.instants }) += 1;
            }
            Cell::Length(_) => self.values += 1,
            Cell::Text(text) => self.see_free_text(text),
        }
    }

    fn see_free_text(&mut self, text: &str) {
        let bool_word = choices::word(text).is_some();
        if says_as_above(text) || (says_nothing(text) && !bool_word) {
            return;
        }
        self.values += 1;
        if bool_word {
            self.bools += 1;
        } else if is_number(text) {
            self.numbers += 1;
        } else if looks::date(text) {
            self.see_date(&Cell::Text(text));
            let with_time = dates::date(
                text,
                dates::DateRules { order: Some(DateOrder::MonthDayYear), base_year: None },
            )
            .is_ok_and(|(when, _)| when.time.is_some());
            *(if with_time { &mut self.instants } else { &mut self.days }) += 1;
        }
    }

    fn order(&self) -> (Option<DateOrder>, bool) {
        if let Some(order) = self.fixed {
            return (Some(order), false);
        }
        self.dates.order()
    }

    fn is_in_doubt(&self) -> bool {
        0 < self.dates.short && self.order().1
    }

    fn format(&self, code: bool) -> Format {
        let (order, order_in_doubt) = self.order();
        let free = match self.values {
            0 => Free::Text,
            n if n == self.bools => Free::Bool,
            n if n == self.numbers && !code => Free::Number,
            n if n == self.days => Free::Day,
            n if n == self.days + self.instants => Free::At,
            _ => Free::Text,
        };
        Format { order, order_in_doubt, free }
    }
}

/// Whether a text of a column of the firm's own is a number rather than a code.
pub(crate) fn is_number(text: &str) -> bool {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let zero_first = 1 < digits.len() && digits.starts_with('0') && !digits.starts_with("0.");
    !zero_first && looks::number(text)
}
