//! What all values of a column look like, counted before any of them is changed.

use crate::{
    Cell, DateOrder, Said,
    cells::{choices, looks, says_as_above, says_nothing},
    rows::{DateSurvey, is_number, order_in_doubt},
};

use super::holds;

/// How many values of a column look like what.
#[derive(Debug, Default, Clone)]
pub(super) struct Values {
    /// Values that say something.
    pub(super) n: u64,
    pub(super) dates: u64,
    /// Days of eight or fourteen digits.
    pub(super) digit_dates: u64,
    pub(super) numbers: u64,
    /// Numbers with a sign, a unit or kanji: no code looks like that.
    pub(super) amounts: u64,
    pub(super) emails: u64,
    pub(super) phones: u64,
    pub(super) postals: u64,
    pub(super) companies: u64,
    pub(super) addresses: u64,
    pub(super) kana: u64,
    pub(super) bools: u64,
    /// Cells that a spreadsheet itself calls dates.
    pub(super) typed_dates: u64,
    /// Cells that a spreadsheet itself calls numbers.
    pub(super) typed_numbers: u64,
    order: DateSurvey,
}

/// The values of all columns.
pub(super) struct Survey {
    columns: Vec<Values>,
    empty: Values,
}

impl Survey {
    pub(super) fn new(width: usize) -> Survey {
        Survey { columns: vec![Values::default(); width], empty: Values::default() }
    }

    pub(super) fn see(&mut self, cells: &[Cell<'_>]) {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.see(cell);
        }
    }

    pub(super) fn column(&self, place: usize) -> &Values {
        self.columns.get(place).unwrap_or(&self.empty)
    }
}

impl Values {
    fn see(&mut self, cell: &Cell<'_>) {
        match cell {
            Cell::Empty | Cell::Error(_) => {}
            Cell::Text(text) if says_nothing(text) || says_as_above(text) => {}
            Cell::Text(text) => self.see_text(text),
            Cell::Serial(_) | Cell::At(_) => {
                self.n += 1;
                self.typed_dates += 1;
            }
            Cell::Number(_) | Cell::Whole(_) => {
                self.n += 1;
                self.typed_numbers += 1;
            }
            Cell::Length(_) => self.n += 1,
            Cell::Bool(_) => {
                self.n += 1;
                self.bools += 1;
            }
        }
    }

    fn see_text(&mut self, text: &str) {
        self.n += 1;
        // Long texts are prose.
        if 400 < text.len() {
            return;
        }
        self.order.see(text);
        let count = |n: &mut u64, yes: bool| *n += u64::from(yes);
        count(&mut self.dates, looks::date(text) || looks::month_and_day(text));
        count(&mut self.digit_dates, looks::date_of_digits(text));
        let number = is_number(text);
        count(&mut self.numbers, number);
        count(&mut self.amounts, number && looks::amount(text));
        count(&mut self.emails, text.contains(['@', '＠']) && looks::emails(text));
        count(&mut self.phones, looks::phone(text));
        count(&mut self.postals, looks::postal_code(text));
        count(&mut self.companies, holds::names_a_company(text));
        count(&mut self.addresses, looks::address(text));
        count(&mut self.kana, looks::kana(text));
        count(&mut self.bools, choices::word(text).is_some());
    }

    /// The order of the column's short dates.
    pub(super) fn order(&self) -> Option<DateOrder> {
        self.order.order().0
    }

    /// What to say when the order had to be chosen.
    pub(super) fn doubt(&self) -> Option<Said> {
        let (order, in_doubt) = self.order.order();
        in_doubt.then(|| order_in_doubt(order))
    }
}
