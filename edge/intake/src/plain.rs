//! Tables that become no facts: what stands in a cell as a number, a day or words, for whoever reads columns as they are.

use std::{borrow::Cow, ops::ControlFlow};

use crate::{
    Cell, DateOrder, Shape, Source, Unreadable,
    cells::{dates, looks, number_text, numbers, trimmed},
    each_row,
    rows::Survey,
};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Plain<'a> {
    /// Nothing, or a word for it that programs write: `NA`, `null`, `NaN`.
    Nothing,
    /// A number.
    Number(f64),
    /// A local day since 1970-01-01, with the time of day as a fraction.
    Day(f64),
    /// Anything else, without blanks around it. Digits with a zero in front are words too: they are a code.
    Words(Cow<'a, str>),
}

/// Finds out column by column how dates with slashes are written.
///
/// # Errors
/// [`Unreadable`] when the file as a whole cannot be read.
pub fn date_orders(
    source: &Source,
    shape: &Shape,
    columns: usize,
) -> Result<Vec<Option<DateOrder>>, Unreadable> {
    let mut survey = Survey::of_dates(columns);
    each_row(source, shape, &mut |row| match row {
        Ok(row) if !survey.see(row.cells) => ControlFlow::Break(()),
        Ok(_) | Err(_) => ControlFlow::Continue(()),
    })?;
    Ok(survey.formats(&[]).into_iter().map(|format| format.order).collect())
}

/// Reads a cell; `order` is that of its column's dates.
pub fn plain<'a>(cell: &Cell<'a>, order: Option<DateOrder>) -> Plain<'a> {
    match *cell {
        Cell::Empty | Cell::Error(_) => Plain::Nothing,
        Cell::Number(number) if number.is_finite() => Plain::Number(number),
        Cell::Number(_) => Plain::Nothing,
        Cell::Whole(number) => Plain::Number(number as f64),
        Cell::Serial(days) => match dates::serial(days) {
            Ok(when) => Plain::Day(day_number(when)),
            Err(_) => Plain::Number(days),
        },
        Cell::Length(days) => Plain::Number(days),
        Cell::At(millis) => Plain::Day(millis as f64 / 86_400_000.0),
        Cell::Bool(yes) => Plain::Words(Cow::Borrowed(if yes { "true" } else { "false" })),
        Cell::Text(text) => of_text(trimmed(text), order),
    }
}

/// A cell as a day, where digits alone (20261121) are one too.
pub fn plain_day(cell: &Cell<'_>, order: Option<DateOrder>) -> Option<f64> {
    let of_digits = |digits: &str| {
        let rules = dates::DateRules { order, base_year: None };
        let (when, _) =
            looks::date_of_digits(digits).then(|| dates::date(digits, rules).ok())??;
        Some(day_number(when))
    };
    match plain(cell, order) {
        Plain::Day(day) => Some(day),
        Plain::Number(number) => of_digits(&number_text(number)),
        Plain::Words(text) => of_digits(&text),
        Plain::Nothing => None,
    }
}

fn of_text(text: &str, order: Option<DateOrder>) -> Plain<'_> {
    const NOTHING: [&str; 8] = ["na", "n/a", "#n/a", "nan", "null", "nil", "<na>", "nat"];
    if text.is_empty() || NOTHING.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return Plain::Nothing;
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let code = 1 < digits.len()
        && digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if code {
        return Plain::Words(Cow::Borrowed(text));
    }
    let begins = |c: char| c.is_ascii_digit() || c == '.';
    if digits.starts_with(begins)
        && let Ok(number) = text.parse::<f64>()
        && number.is_finite()
    {
        return Plain::Number(number);
    }
    if looks::date(text) {
        let rules = dates::DateRules { order, base_year: None };
        if let Ok((when, _)) = dates::date(text, rules) {
            return Plain::Day(day_number(when));
        }
    }
    // 18-24 is a band, not the number 18.
    let band = digits.contains(['-', '~', '～', '〜', '–']);
    if !band
        && looks::number(text)
        && let Ok((number, _)) = numbers::number(text)
        && let Ok(number) = number.to_string().parse()
    {
        return Plain::Number(number);
    }
    Plain::Words(Cow::Borrowed(text))
}

/// Days since 1970 of a local time; an offset is not taken off.
fn day_number(when: dates::When) -> f64 {
    let since = when.date.since(jiff::civil::date(1970, 1, 1));
    let days = since.map_or(0, |span| span.get_days());
    f64::from(days) + when.time.unwrap_or(0) as f64 / 86_400_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_what_people_mean() {
        let of = |text| plain(&Cell::Text(text), Some(DateOrder::MonthDayYear));
        let words = |text: &'static str| Plain::Words(Cow::Borrowed(text));
        for (text, right) in [
            (" 12.5 ", Plain::Number(12.5)),
            ("1.5e-05", Plain::Number(1.5e-5)),
            ("-3", Plain::Number(-3.0)),
            ("¥1,200", Plain::Number(1200.0)),
            ("12%", Plain::Number(0.12)),
            ("0123", words("0123")),
            ("0", Plain::Number(0.0)),
            ("0.5", Plain::Number(0.5)),
            ("18-24", words("18-24")),
            ("30代", words("30代")),
            ("2017-10-31", Plain::Day(17_470.0)),
            ("2017/10/31 12:00", Plain::Day(17_470.5)),
            ("10/31/2017", Plain::Day(17_470.0)),
            ("NA", Plain::Nothing),
            ("  ", Plain::Nothing),
            ("なし", words("なし")),
            ("No", words("No")),
        ] {
            assert_eq!(of(text), right, "{text}");
        }
        assert_eq!(plain_day(&Cell::Text("19970101"), None), Some(9_862.0));
        assert_eq!(plain_day(&Cell::Whole(19_970_101), None), Some(9_862.0));
        assert_eq!(plain_day(&Cell::Text("12.50"), None), None);
    }
}
