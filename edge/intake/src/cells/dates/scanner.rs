//! A walk over the text of a date from left to right.

/// What has not been read yet.
#[derive(Debug, Clone)]
pub(super) struct Scanner<'a> {
    rest: &'a str,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A number and how many digits it was written with.
type Counted = (i64, usize);

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Scanner<'a> {
        Scanner { rest: text }
    }

    pub(super) fn begins_with(&self, word: &str) -> bool {
        self.rest.starts_with(word)
    }

    pub(super) fn skip(&mut self, word: &str) -> bool {
        match self.rest.strip_prefix(word) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    pub(super) fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Reads up to `most` digits; more digits than that are no number.
    pub(super) fn number(&mut self, most: usize) -> Option<Counted> {
        self.blanks();
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        if end == 0 || most < end {
            return None;
        }
        let number = self.rest[..end].parse().ok()?;
        self.rest = &self.rest[end..];
        Some((number, end))
    }

    /// Runs a reading; nothing has been read when it fails.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = self.clone();
        let found = read(&mut ahead)?;
        *self = ahead;
        Some(found)
    }

    /// `2026年`
    pub(super) fn year_sign(&mut self) -> Option<Counted> {
        self.attempt(|s| {
            let year = s.number(4)?;
            s.blanks();
            s.skip("年").then_some(year)
        })
    }

    /// `11月21日`, `11.21`, `11/21`, `11-21`
    pub(super) fn month_and_day(&mut self) -> Option<(i64, i64)> {
        self.attempt(|s| {
            let month = s.number(2)?.0;
            s.blanks();
            let sign = s.skip("月");
            if !sign && !s.skip(".") && !s.skip("/") && !s.skip("-") {
                return None;
            }
            let day = s.number(2)?.0;
            s.blanks();
            s.skip("日");
            Some((month, day))
        })
    }

    /// `11月21日` at the beginning.
    pub(super) fn month_sign(&mut self) -> Option<(i64, i64)> {
        let mut ahead = self.clone();
        ahead.number(2)?;
        ahead.blanks();
        if ahead.skip("月") { self.month_and_day() } else { None }
    }

    /// Whether there is nothing but `11/21`, perhaps with a time.
    pub(super) fn is_month_and_day(&self) -> bool {
        let mut ahead = self.clone();
        ahead.month_and_day().is_some() && (ahead.rest.is_empty() || ahead.rest.starts_with(' '))
    }

    /// `20261121` followed by a time.
    pub(super) fn eight_digits(&mut self) -> Option<Counted> {
        self.attempt(|s| s.number(8).filter(|(_, length)| *length == 8))
    }

    /// `11/21/2026`: three numbers with the same sign between them.
    pub(super) fn three_numbers(&mut self) -> Option<([i64; 3], [usize; 3])> {
        self.attempt(|s| {
            let first = s.number(4)?;
            s.blanks();
            let sign = ["/", "-", "."].into_iter().find(|sign| s.begins_with(sign))?;
            s.skip(sign);
            let second = s.number(2)?;
            s.blanks();
            if !s.skip(sign) {
                return None;
            }
            let third = s.number(4)?;
            Some(([first.0, second.0, third.0], [first.1, second.1, third.1]))
        })
    }

    /// `21 nov 2026`, `nov 21, 2026`, `21/nov/2026`, `21-nov-26`: year, month, day.
    pub(super) fn named_month(&mut self) -> Option<(Counted, i64, i64)> {
        self.attempt(|s| {
            if let Some(month) = s.month_name() {
                let day = s.number(2)?.0;
                for ending in ["st", "nd", "rd", "th"] {
                    s.skip(ending);
                }
                s.skip(",");
                return Some((s.number(4)?, month, day));
            }
            let day = s.number(2)?.0;
            s.separator();
            let month = s.month_name()?;
            s.separator();
            Some((s.number(4)?, month, day))
        })
    }

    fn separator(&mut self) {
        self.blanks();
        let _ = self.skip("/") || self.skip("-") || self.skip(",");
    }

    fn month_name(&mut self) -> Option<i64> {
        self.blanks();
        let month = MONTHS.iter().position(|name| self.begins_with(name))?;
        self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        self.skip(".");
        Some(month as i64 + 1)
    }

    /// Whether there is nothing but a time of day.
    pub(super) fn is_time(&self) -> bool {
        let mut ahead = self.clone();
        matches!(ahead.time(), Some(Some(_)))
    }

    /// The rest: nothing, or a time of day with perhaps an offset. `None` when it is something else.
    pub(super) fn time(&mut self) -> Option<Option<(i64, Option<i32>)>> {
        self.blanks();
        let _ = self.skip("t") || self.skip(":") || self.skip(",");
        self.blanks();
        if self.rest.is_empty() {
            return Some(None);
        }
        let before = self.half_of_day();
        let (mut hour, mut minute, mut millis, packed) = match self.attempt(|s| s.number(2)) {
            Some((hour, _)) => (hour, 0, 0, false),
            None => self.packed_time()?,
        };
        if self.skip(":") || self.skip("時") {
            self.blanks();
            if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
                minute = self.number(2)?.0;
                if self.skip(":") || self.skip("分") {
                    millis = self.seconds()?;
                }
            } else if self.skip("半") {
                minute = 30;
            }
        } else if before.is_none() && !packed {
            // A bare number after a date is no time, unless `pm` follows.
            self.blanks();
            if !self.begins_with("am") && !self.begins_with("pm") {
                return None;
            }
        }
        self.blanks();
        match before.or_else(|| self.half_of_day()) {
            Some(afternoon) if hour <= 12 => hour = hour % 12 + if afternoon { 12 } else { 0 },
            _ => {}
        }
        if 47 < hour || 59 < minute {
            return None;
        }
        let time = (hour * 60 + minute) * 60_000 + millis;
        let offset = self.offset()?;
        self.rest.trim().is_empty().then_some(Some((time, offset)))
    }

    /// `0930` or `093000` after a date: hour, minute, milliseconds.
    fn packed_time(&mut self) -> Option<(i64, i64, i64, bool)> {
        match self.number(6)? {
            (packed, 4) => Some((packed / 100, packed % 100, 0, true)),
            (packed, 6) => Some((packed / 10_000, packed / 100 % 100, packed % 100 * 1000, true)),
            _ => None,
        }
    }

    fn seconds(&mut self) -> Option<i64> {
        if !self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(0);
        }
        let second = self.number(2)?.0.min(59);
        let mut millis = second * 1000;
        if self.skip(".") || self.skip(",") {
            let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
            for (digit, scale) in self.rest[..end].bytes().zip([100, 10, 1]) {
                millis += i64::from(digit - b'0') * scale;
            }
            self.rest = &self.rest[end..];
        }
        self.skip("秒");
        Some(millis)
    }

    /// Morning is `false`, afternoon `true`.
    fn half_of_day(&mut self) -> Option<bool> {
        let words = [
            ("午前", false),
            ("午後", true),
            ("am", false),
            ("pm", true),
            ("a.m.", false),
            ("p.m.", true),
        ];
        for (word, afternoon) in words {
            if self.skip(word) {
                self.blanks();
                return Some(afternoon);
            }
        }
        None
    }

    fn offset(&mut self) -> Option<Option<i32>> {
        self.blanks();
        for (word, seconds) in [("z", 0), ("utc", 0), ("gmt", 0), ("jst", 32_400)] {
            if self.skip(word) && self.rest.trim().is_empty() {
                return Some(Some(seconds));
            }
        }
        let sign = if self.skip("+") {
            1
        } else if self.skip("-") {
            -1
        } else {
            return Some(None);
        };
        let (number, length) = self.number(4)?;
        let minutes = match length {
            4 => number / 100 * 60 + number % 100,
            _ if self.skip(":") => number * 60 + self.number(2)?.0,
            _ => number * 60,
        };
        // Farther than a day from UTC is no offset.
        let seconds = i32::try_from(minutes * 60).ok().filter(|seconds| *seconds < 86_400)?;
        Some(Some(sign * seconds))
    }
}
