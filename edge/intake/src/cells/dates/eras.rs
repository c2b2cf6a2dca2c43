//! Japanese eras: 令和8年, R8, 平成元年.

use jiff::civil::{Date, date};

use super::scanner::Scanner;
use crate::cells::notes::Note;

/// One era.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Era {
    names: &'static [&'static str],
    letter: &'static str,
    first: Date,
    last: Date,
}

/// The modern eras, the latest first. NFKC has already turned ㋿ into 令和.
const ERAS: [Era; 5] = [
    Era {
        names: &["令和", "令"], letter: "r", first: date(2019, 5, 1), last: date(9998, 12, 31)
    },
    Era {
        names: &["平成", "平"], letter: "h", first: date(1989, 1, 8), last: date(2019, 4, 30)
    },
    Era {
        names: &["昭和", "昭"], letter: "s", first: date(1926, 12, 25), last: date(1989, 1, 7)
    },
    Era {
        names: &["大正", "大"], letter: "t", first: date(1912, 7, 30), last: date(1926, 12, 24)
    },
    Era {
        names: &["明治", "明"], letter: "m", first: date(1868, 10, 23), last: date(1912, 7, 29)
    },
];

/// Reads an era and the number of a year in it.
pub(super) fn year(scanner: &mut Scanner<'_>) -> Option<(Era, i64)> {
    for era in ERAS {
        let mut names = era.names.iter().copied().chain([era.letter]);
        if let Some(name) = names.find(|name| scanner.begins_with(name)) {
            let mut ahead = scanner.clone();
            ahead.skip(name);
            ahead.blanks();
            ahead.skip(".");
            let year = if ahead.skip("元") { 1 } else { ahead.number(2)?.0 };
            if ahead.skip("年") || ahead.skip(".") || ahead.skip("/") || ahead.skip("-") {
                *scanner = ahead;
                return Some((era, year));
            }
        }
    }
    None
}

impl Era {
    /// The western year.
    pub(super) fn western(&self, year: i64) -> Option<i64> {
        (1..=99).contains(&year).then(|| i64::from(self.first.year()) + year - 1)
    }

    /// What there is to say about a date that the era does not hold.
    pub(super) fn note(&self, date: Date) -> Option<Note> {
        if date < self.first {
            Some(Note::BeforeEraStart)
        } else if self.last < date {
            Some(Note::AfterEraEnd)
        } else {
            None
        }
    }
}
