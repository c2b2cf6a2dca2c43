//! One cell, cleaned by what its column holds.

use cleansing::{one_line, usual};
use facts::Calendar;

use super::{Holds, raw};
use crate::{
    Cell, Said,
    cells::{
        choices,
        clock::Clock,
        dates::{DateRules, When},
        notes::Note,
        numbers, reach, says_nothing, written,
    },
    layout::is_blank,
    rows::{cell as typed, characters_lost},
    said::said,
};

/// Something found in a cell besides its value; a column of its own in the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The company's name without its legal form.
    Core,
    /// The legal form: 株式会社.
    Form,
    /// Whether the form stands before (前) or behind (後) the name.
    Place,
    /// The form in which names are compared.
    Key,
    /// 姓, where a blank or a mark parts it from the given name.
    Family,
    /// 名.
    Given,
    /// The second of several numbers or addresses.
    Second,
    /// The third.
    Third,
    /// All telephone numbers as the world dials them.
    International,
    /// 内線.
    Extension,
    /// 都道府県.
    Prefecture,
    /// 市区町村.
    City,
    /// 町域.
    Town,
    /// 丁目, 番, 号: 1-2-3.
    Number,
    /// Building and whatever else follows.
    Rest,
    /// The place that a postal code stands for.
    Area,
    /// The currency of an amount: JPY.
    Currency,
}

impl Part {
    /// Its name for machines.
    pub fn id(self) -> &'static str {
        match self {
            Part::Core => "core",
            Part::Form => "form",
            Part::Place => "position",
            Part::Key => "key",
            Part::Family => "family_name",
            Part::Given => "given_name",
            Part::Second => "second",
            Part::Third => "third",
            Part::International => "e164",
            Part::Extension => "extension",
            Part::Prefecture => "prefecture",
            Part::City => "city",
            Part::Town => "town",
            Part::Number => "number",
            Part::Rest => "rest",
            Part::Area => "area",
            Part::Currency => "currency",
        }
    }

    /// Its label.
    pub fn label(self) -> Said {
        match self {
            Part::Core => said!("法人格なし", "without legal form"),
            Part::Form => said!("法人格", "legal form"),
            Part::Place => said!("法人格の位置", "place of the form"),
            Part::Key => said!("照合キー", "key"),
            Part::Family => said!("姓", "family name"),
            Part::Given => said!("名", "given name"),
            Part::Second => said!("2つ目", "second"),
            Part::Third => said!("3つ目", "third"),
            Part::International => said!("国際表記", "E.164"),
            Part::Extension => said!("内線", "extension"),
            Part::Prefecture => said!("都道府県", "prefecture"),
            Part::City => said!("市区町村", "city"),
            Part::Town => said!("町域", "town"),
            Part::Number => said!("番地", "number"),
            Part::Rest => said!("建物など", "building"),
            Part::Area => said!("郵便番号の住所", "place of the code"),
            Part::Currency => said!("通貨", "currency"),
        }
    }
}

/// A cell before and after.
#[derive(Debug, Default, Clone)]
pub(super) struct Clean {
    pub(super) raw: String,
    pub(super) value: String,
    pub(super) parts: Vec<(Part, String)>,
    pub(super) notes: Vec<Note>,
    /// Why it could not be read, and what to do.
    pub(super) wrong: Option<(Said, Said)>,
}

impl Clean {
    pub(super) fn part(&self, part: Part) -> &str {
        let found = self.parts.iter().find(|(known, _)| *known == part);
        found.map_or("", |(_, text)| text.as_str())
    }

    pub(super) fn with(mut self, part: Part, text: impl Into<String>) -> Clean {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push((part, text));
        }
        self
    }

    fn value(mut self, value: impl Into<String>) -> Clean {
        self.value = value.into();
        self
    }

    fn note(mut self, note: Option<Note>) -> Clean {
        self.notes.extend(note);
        self
    }

    fn wrong(mut self, wrong: (Said, Said)) -> Clean {
        self.value.clear();
        self.wrong = Some(wrong);
        self
    }
}

/// What cells are read by beside their own column.
pub(super) struct Reader<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) clock: Clock<'a>,
    pub(super) base_year: Option<i16>,
}

impl Reader<'_> {
    /// Cleans one cell; `prefecture` is what the row says besides.
    pub(super) fn clean(
        &mut self,
        cell: &Cell<'_>,
        holds: Holds,
        rules: DateRules,
        prefecture: Option<&str>,
    ) -> Clean {
        let clean = Clean { raw: raw(cell), ..Clean::default() };
        if is_blank(cell) {
            return clean;
        }
        if let Cell::Error(_) = cell {
            return clean.note(Some(Note::TypedError));
        }
        if clean.raw.contains('\u{fffd}') {
            return clean.wrong(characters_lost());
        }
        if says_nothing(&clean.raw)
            && !(holds == Holds::Bool && choices::word(&clean.raw).is_some())
        {
            return clean.note(Some(Note::SaysNothing));
        }
        match holds {
            Holds::Date => self.date(clean, cell, rules),
            Holds::Number => number(clean, cell),
            Holds::Bool => match typed::known_bool(cell) {
                Ok(yes) => clean.value(yes),
                Err(wrong) => clean.wrong(wrong),
            },
            Holds::Key => key(clean, cell),
            Holds::Phone => phone(clean, cell),
            Holds::Email => email(clean),
            Holds::Postal => super::named::postal(clean, cell, prefecture),
            Holds::Company => super::named::company(clean),
            Holds::Person => super::named::person(clean),
            Holds::Kana => super::named::kana(clean),
            Holds::Address => super::named::address(clean, prefecture),
            Holds::Prefecture | Holds::Text => text(clean, cell),
        }
    }

    fn date(&mut self, clean: Clean, cell: &Cell<'_>, rules: DateRules) -> Clean {
        let rules = DateRules { base_year: self.base_year, ..rules };
        if let Cell::Length(_) = cell {
            let value = clean.raw.clone();
            return clean.value(value).note(Some(Note::LengthAsText));
        }
        match typed::when(cell, rules) {
            Ok((Some(when), note)) => {
                let value = self.said(&when);
                clean.value(value).note(note)
            }
            Ok((None, note)) => clean.note(note),
            Err(wrong) => clean.wrong(wrong),
        }
    }

    /// A day alone, or an instant with its offset.
    fn said(&mut self, when: &When) -> String {
        if when.time.is_none() && when.offset.is_none() {
            return when.date.to_string();
        }
        let at = self.clock.instant(when);
        let local = self.calendar.local(at);
        let minutes = self.calendar.offset(at) / 60_000;
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
        format!("{}{sign}{hours:02}:{rest:02}", local.strftime("%Y-%m-%dT%H:%M:%S"))
    }
}

fn number(clean: Clean, cell: &Cell<'_>) -> Clean {
    if let Cell::Length(_) = cell {
        let value = clean.raw.clone();
        return clean.value(value).note(Some(Note::LengthAsText));
    }
    // A date in a column of numbers is what the spreadsheet made of one: its day number.
    let cell = match cell {
        Cell::Serial(days) => Cell::Number(*days),
        other => *other,
    };
    match typed::number(&cell, rust_decimal::Decimal::ONE) {
        Ok((value, note)) => {
            let currency = numbers::currency(&clean.raw).unwrap_or_default();
            let value = value.borrowed().as_number().map(|number| number.normalize().to_string());
            clean.value(value.unwrap_or_default()).note(note).with(Part::Currency, currency)
        }
        Err(wrong) => clean.wrong(wrong),
    }
}

fn key(clean: Clean, cell: &Cell<'_>) -> Clean {
    match typed::key(cell) {
        Ok(key) => clean.value(key.unwrap_or_default()),
        Err(wrong) => clean.wrong(wrong),
    }
}

fn text(clean: Clean, cell: &Cell<'_>) -> Clean {
    let value = match cell {
        Cell::Text(text) => usual(text),
        _ => written(cell).into_owned(),
    };
    clean.value(value)
}

fn phone(clean: Clean, cell: &Cell<'_>) -> Clean {
    let phones = match typed::phones(cell) {
        Ok(Some(phones)) => phones,
        Ok(None) => return clean,
        Err(wrong) => return clean.wrong(wrong),
    };
    let as_written = phones.note == Some(Note::PhoneAsWritten);
    let all: Vec<String> =
        phones.numbers.iter().filter_map(|one| reach::international(one)).collect();
    let mut numbers = phones.numbers.into_iter();
    let mut clean = clean.value(numbers.next().unwrap_or_default()).note(phones.note);
    for (part, number) in [Part::Second, Part::Third].into_iter().zip(numbers) {
        clean = clean.with(part, number);
    }
    if !as_written {
        clean = clean.with(Part::International, all.join(" "));
    }
    clean.with(Part::Extension, phones.extension.unwrap_or_default())
}

fn email(clean: Clean) -> Clean {
    let found = reach::emails(&clean.raw);
    if found.is_empty() {
        let value = one_line(&clean.raw);
        return clean.value(value).note(Some(Note::EmailAsWritten));
    }
    let mut found = found.into_iter();
    let mut clean = clean.value(found.next().unwrap_or_default());
    for (part, address) in [Part::Second, Part::Third].into_iter().zip(found) {
        clean = clean.with(part, address);
    }
    clean
}
