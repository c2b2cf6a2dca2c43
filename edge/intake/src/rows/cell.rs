//! One cell becomes a value, by what its column holds.

use std::borrow::Cow;

use facts::{Decimal, Timestamp, Value};

use super::formats::{Format, Free, is_number};
use crate::{
    Cell, Reads, Said,
    cells::{
        choices,
        clock::Clock,
        dates::{self, DateRules, NoDate, When},
        kept, lost_digits,
        notes::Note,
        numbers::{self, NoNumber},
        plain, reach, says_nothing, trimmed, written,
    },
    said::said,
};

/// Why a cell cannot be read: the reason and what to do.
pub(crate) type Wrong = (Said, Said);

/// A value, and what was done to it.
pub(crate) type Found<T> = Result<(T, Option<Note>), Wrong>;

/// A text by which something is known; `None` when there is none.
pub(crate) fn key<'a>(cell: &Cell<'a>) -> Result<Option<Cow<'a, str>>, Wrong> {
    let text = match cell {
        // A number of more digits than a spreadsheet keeps names nobody.
        Cell::Number(number) if 1e15 <= number.abs() => return Err(digits_lost()),
        Cell::Text(text) => Cow::Borrowed(trimmed(text)),
        _ => written(cell),
    };
    if says_nothing(&text) {
        return Ok(None);
    }
    if lost_digits(&text) {
        return Err(digits_lost());
    }
    Ok(Some(if text.is_ascii() { text } else { Cow::Owned(plain(trimmed(&text)).into_owned()) }))
}

/// Text as written.
pub(crate) fn text<'a>(cell: &Cell<'a>) -> Option<Cow<'a, str>> {
    let text = match cell {
        Cell::Text(text) => kept(text),
        _ => written(cell),
    };
    (!says_nothing(&text)).then_some(text)
}

/// A number times the unit of its column.
pub(crate) fn number(cell: &Cell<'_>, unit: Decimal) -> Found<Value> {
    let (number, note) = match cell {
        Cell::Number(number) => (typed_number(*number)?, None),
        Cell::Whole(number) => (Decimal::from(*number), None),
        Cell::Length(_) | Cell::Serial(_) | Cell::At(_) => return Err(no_number()),
        Cell::Text(text) if says_nothing(text) => return Ok((Value::Missing, None)),
        Cell::Bool(yes) => (Decimal::from(u8::from(*yes)), None),
        Cell::Text(text) => numbers::number(text).map_err(|wrong| match wrong {
            NoNumber::NotOne => no_number(),
            NoNumber::DigitsLost => digits_lost(),
        })?,
        Cell::Empty | Cell::Error(_) => return Ok((Value::Missing, None)),
    };
    let number = if unit == Decimal::ONE { Some(number) } else { number.checked_mul(unit) };
    number.map(|number| (Value::Number(number), note)).ok_or_else(no_number)
}

fn typed_number(number: f64) -> Result<Decimal, Wrong> {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return Ok(Decimal::from(number as i64));
    }
    crate::cells::number_text(number).parse().map_err(|_| no_number())
}

/// Yes or no.
pub(crate) fn yes_or_no(cell: &Cell<'_>) -> Found<Value> {
    let found = match cell {
        Cell::Bool(yes) => Some(*yes),
        Cell::Empty => return Ok((Value::Missing, None)),
        _ => choices::yes_or_no(&written(cell)),
    };
    match found {
        Some(yes) => Ok((Value::Bool(yes), None)),
        None if says_nothing(&written(cell)) => Ok((Value::Missing, None)),
        None => Err((
            said!("「はい・いいえ」として読めません", "this is neither yes nor no"),
            said!("○×、はい/いいえ、1/0 のどれかにしてください", "write ○ or ×, yes or no, 1 or 0"),
        )),
    }
}

/// Yes or no, as `true` and `false`.
pub(crate) fn known_bool(cell: &Cell<'_>) -> Result<String, Wrong> {
    yes_or_no(cell).map(|(value, _)| value.to_string())
}

/// A date and time; `None` when the cell says nothing.
pub(crate) fn when(cell: &Cell<'_>, rules: DateRules) -> Found<Option<When>> {
    let excel =
        |days: f64, note| dates::serial(days).map(|when| (Some(when), note)).map_err(no_date);
    match *cell {
        Cell::Empty | Cell::Error(_) => Ok((None, None)),
        Cell::Serial(days) => excel(days, None),
        Cell::At(millis) => {
            let (days, time) =
                (millis.div_euclid(Timestamp::DAY), millis.rem_euclid(Timestamp::DAY));
            let mut when = dates::serial(days as f64 + 25_569.0).map_err(no_date)?;
            (when.time, when.offset) = (Some(time), Some(0));
            Ok((Some(when), None))
        }
        // Larger numbers are days and times written together: 20250401.
        Cell::Number(number) if number < 2_958_466.0 => excel(number, Some(Note::ExcelDay)),
        Cell::Whole(number) if number < 2_958_466 => excel(number as f64, Some(Note::ExcelDay)),
        Cell::Text(text) if says_nothing(text) => Ok((None, None)),
        _ => {
            let text = written(cell);
            dates::date(&text, rules).map(|(when, note)| (Some(when), note)).map_err(no_date)
        }
    }
}

/// A day in ISO form.
pub(crate) fn day(cell: &Cell<'_>, rules: DateRules, clock: &mut Clock<'_>) -> Found<Value> {
    let (when, note) = when(cell, rules)?;
    let Some(when) = when else { return Ok((Value::Missing, note)) };
    // With an offset the local day may be another one.
    let date = if when.offset.is_some() {
        let at = clock.instant(&when);
        clock.date(at)
    } else {
        when.date
    };
    Ok((Value::from(date.to_string()), note))
}

/// An instant in RFC 3339.
pub(crate) fn instant(cell: &Cell<'_>, rules: DateRules, clock: &mut Clock<'_>) -> Found<Value> {
    let (when, note) = when(cell, rules)?;
    let value = when.map_or(Value::Missing, |when| Value::from(clock.instant(&when).to_string()));
    Ok((value, note))
}

/// A value of a column of the firm's own. Nothing is lost: what does not fit the column stays text.
pub(crate) fn free(
    cell: &Cell<'_>,
    format: &Format,
    unit: Decimal,
    clock: &mut Clock<'_>,
) -> (Value, Option<Note>) {
    let rules = DateRules { order: format.order, base_year: None };
    let found = match (format.free, cell) {
        (_, Cell::Bool(yes)) => return (Value::Bool(*yes), None),
        (Free::Number, Cell::Text(text)) if !numbers::is_short(text) && !is_number(text) => None,
        (Free::Number, _) => number(cell, unit).ok(),
        (Free::Bool, _) => yes_or_no(cell).ok(),
        (Free::Day, Cell::Number(_) | Cell::Whole(_)) => None,
        (Free::Day, _) => day(cell, rules, clock).ok(),
        (Free::At, Cell::Number(_) | Cell::Whole(_)) => None,
        (Free::At, _) => instant(cell, rules, clock).ok(),
        (Free::Text, Cell::Length(_)) => {
            return (Value::from(written(cell).into_owned()), Some(Note::LengthAsText));
        }
        (Free::Text, Cell::Number(_) | Cell::Whole(_)) => number(cell, Decimal::ONE).ok(),
        (Free::Text, _) => return (text(cell).map_or(Value::Missing, to_value), None),
    };
    found.unwrap_or_else(|| match text(cell) {
        Some(text) => (to_value(text), Some(Note::OtherThanColumn)),
        None => (Value::Missing, None),
    })
}

/// A word of a few.
pub(crate) fn choice(
    cell: &Cell<'_>,
    choices: &'static [(&'static str, &'static str)],
) -> (Value, Option<Note>) {
    match text(cell) {
        Some(text) => choices::choice(&text, choices),
        None => (Value::Missing, None),
    }
}

/// The telephone numbers of a cell.
pub(crate) fn phones(cell: &Cell<'_>) -> Result<Option<reach::Phones>, Wrong> {
    let phones = match cell {
        Cell::Number(number) => reach::typed_phone(*number),
        _ => match text(cell) {
            Some(text) => reach::phones(&text),
            None => return Ok(None),
        },
    };
    phones.map(Some).ok_or_else(digits_lost)
}

/// A text as a value.
pub(crate) fn to_value(text: Cow<'_, str>) -> Value {
    match text {
        Cow::Borrowed(text) => Value::from(text),
        Cow::Owned(text) => Value::from(text),
    }
}

/// The value of a known field that needs nothing but its cell.
pub(crate) fn known(
    cell: &Cell<'_>,
    reads: Reads,
    format: &Format,
    base_year: Option<i16>,
    unit: Decimal,
    clock: &mut Clock<'_>,
) -> Found<Value> {
    let rules = DateRules { order: format.order, base_year };
    match reads {
        Reads::Key => Ok((key(cell)?.map_or(Value::Missing, to_value), None)),
        Reads::Number => number(cell, unit),
        Reads::Bool => yes_or_no(cell),
        Reads::Day => day(cell, rules, clock),
        Reads::At => instant(cell, rules, clock),
        Reads::Choice(choices) => Ok(choice(cell, choices)),
        Reads::Free => Ok(free(cell, format, unit, clock)),
        Reads::Text | Reads::Phone | Reads::Email | Reads::Postal | Reads::Json => {
            Ok((text(cell).map_or(Value::Missing, to_value), None))
        }
    }
}

fn no_number() -> Wrong {
    (
        said!("数値として読めません", "this is no number"),
        said!("数字だけにするか、空にしてください", "write digits only, or leave the cell empty"),
    )
}

fn digits_lost() -> Wrong {
    (
        said!(
            "Excelで桁が失われています(9.01E+09 など)。元の値は分かりません",
            "a spreadsheet has thrown digits away (as in 9.01E+09); what stood here cannot be known"
        ),
        said!(
            "元のシステムから出力し直し、列を文字列としてExcelに取り込んでください",
            "export it again and bring the column into Excel as text"
        ),
    )
}

fn no_date(wrong: NoDate) -> Wrong {
    let write = said!(
        "2026/11/21 や 2026-11-21 09:30 のように書いてください",
        "write it like 2026-11-21 or 2026-11-21 09:30"
    );
    match wrong {
        NoDate::NotOne => (said!("日付として読めません", "this is no date"), write),
        NoDate::NoYear => (
            said!("年がありません", "the year is missing"),
            said!(
                "年を補うか、取り込みの設定で年を指定してください",
                "add the year, or name one for the import"
            ),
        ),
        NoDate::NoDay => (said!("日付がなく時刻だけです", "there is a time but no day"), write),
        NoDate::Impossible => (
            said!(
                "存在しない日付です(Excelの1900/02/29など)",
                "there is no such day (such as Excel's 1900-02-29)"
            ),
            write,
        ),
        NoDate::OrderUnknown => (
            said!(
                "列のほかの日付と並び(年月日・月日年・日月年)が違います",
                "the order of day, month and year is not that of the column"
            ),
            write,
        ),
        NoDate::DigitsLost => digits_lost(),
    }
}
