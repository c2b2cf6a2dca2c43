//! Names of companies and persons, readings and addresses, taken apart.

use cleansing::{Side, one_line};

use super::cell::{Clean, Part};
use crate::{
    Cell,
    cells::{notes::Note, reach},
};

/// 株式会社山田製作所, whichever way the form was written.
pub(super) fn company(clean: Clean) -> Clean {
    let text = one_line(&clean.raw);
    let found = cleansing::company(&text);
    let mut clean = Clean { value: found.whole(), ..clean }.with(Part::Core, found.core.clone());
    if let Some((form, side)) = found.form {
        clean = clean.with(Part::Form, form).with(
            Part::Place,
            match side {
                Side::Before => "前",
                Side::Behind => "後",
            },
        );
    }
    clean.with(Part::Key, cleansing::name_key(&found.core))
}

/// A person's name with one blank where there is one, and a key without any.
pub(super) fn person(clean: Clean) -> Clean {
    let text = one_line(&clean.raw);
    let (bare, _) = cleansing::without_title(&text);
    let clean = Clean { value: text.clone(), ..clean }.with(Part::Key, cleansing::name_key(bare));
    match bare.split_once(' ') {
        Some((family, given)) if !given.contains(' ') && !bare.is_ascii() => {
            clean.with(Part::Family, family).with(Part::Given, given)
        }
        _ => clean,
    }
}

/// A reading in full-width katakana; of a company's as banks write it (ﾔﾏﾀﾞ(ｶ) the form is told too.
pub(super) fn kana(clean: Clean) -> Clean {
    let text = cleansing::katakana(&one_line(&clean.raw));
    let found = cleansing::company_in_kana(&text);
    let mut clean = Clean { value: text.clone(), ..clean };
    if let Some((form, side)) = found.form {
        clean = clean.with(Part::Core, found.core.clone()).with(Part::Form, form).with(
            Part::Place,
            match side {
                Side::Before => "前",
                Side::Behind => "後",
            },
        );
    }
    clean.with(Part::Key, cleansing::kana_key(&found.core))
}

/// An address with its parts and a key that is the same however its numbers are written.
pub(super) fn address(clean: Clean, prefecture: Option<&str>) -> Clean {
    let text = one_line(&clean.raw);
    let found = cleansing::address(&text, prefecture);
    Clean { value: text, ..clean }
        .with(Part::Prefecture, found.prefecture)
        .with(Part::City, found.city)
        .with(Part::Town, found.town.clone())
        .with(Part::Number, found.number.clone())
        .with(Part::Rest, found.rest)
        .with(Part::Key, cleansing::address_key(&found.town, &found.number))
}

/// A postal code with its hyphen, and the place it stands for.
pub(super) fn postal(clean: Clean, cell: &Cell<'_>, prefecture: Option<&str>) -> Clean {
    let raw = match cell {
        Cell::Text(text) => *text,
        _ => clean.raw.as_str(),
    };
    let (code, note): (String, Option<Note>) = reach::postal_code(raw, prefecture);
    let area =
        cleansing::area(&code).map(|area| format!("{}{}{}", area.prefecture, area.city, area.town));
    let mut clean = Clean { value: code, ..clean };
    clean.notes.extend(note);
    clean.with(Part::Area, area.unwrap_or_default())
}
