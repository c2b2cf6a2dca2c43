//! On which level two shapes agree.

use crate::{
    distance::{contained, edits, jaro_winkler},
    measure::{Measure, ONLY_DIGITS},
    shape::{Company, Email, Name, Place, Shape},
};

/// No term is shared.
pub(crate) const NO_TERM: u32 = u32::MAX;

/// A level, and the place of the shared term when it is not that of the whole cell.
pub(crate) type Found = (u8, u32);

/// Compares two shapes that are not the same; level 0 says that they cannot be compared. Shapes of one comparison are of one kind; others are different.
pub(crate) fn compare(measure: Measure, a: &Shape, b: &Shape) -> Found {
    let last = measure.levels().len() as u8;
    let plain = |level| (level, NO_TERM);
    match (a, b) {
        (Shape::Word(a), Shape::Word(b)) if measure == Measure::Choice => {
            plain(if a == b { 1 } else { last })
        }
        (Shape::Word(a), Shape::Word(b)) => plain(word(a, b)),
        (Shape::Person(a), Shape::Person(b)) => plain(person(a, b)),
        (Shape::Company(a), Shape::Company(b)) => plain(company(a, b)),
        (Shape::Code(a), Shape::Code(b)) => plain(code(measure, a, b)),
        (Shape::Phones(a), Shape::Phones(b)) => phones(a, b),
        (Shape::Emails(a), Shape::Emails(b)) => emails(a, b),
        (Shape::Date(a), Shape::Date(b)) => plain(date(a, b)),
        (Shape::Place(a), Shape::Place(b)) => plain(place(a, b)),
        _ => plain(last),
    }
}

/// Whether two words are so much alike that one is the other mistyped.
pub(crate) fn nearly(a: &[char], b: &[char]) -> bool {
    if a == b {
        return true;
    }
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    let ascii = a[..].iter().chain(b).all(char::is_ascii);
    if !ascii {
        // A character of Japanese is worth several letters.
        return (3 <= short && edits(a, b, 1) <= 1) || (7 <= short && edits(a, b, 2) <= 2);
    }
    if long < 3 || short * 2 < long {
        return false;
    }
    let most = if long <= 5 {
        1
    } else if long <= 12 {
        2
    } else {
        3
    };
    edits(a, b, most) <= most && (4 <= short || edits(a, b, 1) <= 1)
}

fn word(a: &[char], b: &[char]) -> u8 {
    if a == b {
        return 1;
    }
    if nearly(a, b) {
        return 2;
    }
    let short = a.len().min(b.len());
    if (3 <= short && contained(a, b)) || (short == 1 && a[0] == b[0]) {
        return 3;
    }
    if a.iter().chain(b).all(char::is_ascii) {
        let similar = 3 <= short && 0.85 <= jaro_winkler(a, b);
        return if similar { 3 } else { 5 };
    }
    let alike = 2 <= short && contained(a, b);
    if alike { 3 } else { 5 }
}

fn person(a: &Name, b: &Name) -> u8 {
    if a.whole == b.whole {
        return 1;
    }
    if !a.words.is_empty() && !b.words.is_empty() {
        return in_letters(a, b);
    }
    match (&a.kana, &b.kana) {
        (Some(x), Some(y)) if x == y => return 2,
        (Some(_), Some(_)) => {}
        (None, None) if a.words.is_empty() == b.words.is_empty() => {}
        // A name and how it is read, or how it is written abroad, cannot be compared.
        _ => return 0,
    }
    let (x, y) = (&a.whole, &b.whole);
    let (short, long) = (x.len().min(y.len()), x.len().max(y.len()));
    let near = match short {
        0..=2 => false,
        3 => long == 3 && swapped(x, y) || long == 4 && edits(x, y, 1) <= 1,
        4..=6 => edits(x, y, 1) <= 1,
        _ => edits(x, y, 2) <= 2,
    };
    match (halves(a), halves(b)) {
        (Some((family, given)), Some((other_family, other_given))) => {
            if family == other_given && given == other_family {
                return 3;
            }
            // Of four characters one is often a brother's: 太郎 and 次郎 are two people.
            if family == other_family {
                let typed =
                    3 <= given.len().min(other_given.len()) && edits(given, other_given, 1) <= 1;
                return if typed || (near && given.len() != other_given.len()) { 3 } else { 4 };
            }
            if given == other_given {
                let typed = near && 3 <= family.len().max(other_family.len());
                return if typed { 3 } else { 5 };
            }
            if near { 3 } else { 6 }
        }
        _ => {
            let front = x.iter().zip(y.iter()).take_while(|(x, y)| x == y).count();
            let back = x.iter().rev().zip(y.iter().rev()).take_while(|(x, y)| x == y).count();
            if near && !(x.len() == y.len() && x.len() - 1 == front && x.len() <= 4) {
                3
            } else if 2 <= front || (1 == front && short <= 3) {
                4
            } else if 2 <= back {
                5
            } else {
                6
            }
        }
    }
}

/// Family and given name, where the writer left a blank.
fn halves(name: &Name) -> Option<(&[char], &[char])> {
    name.family.and_then(|at| name.whole.split_at_checked(at))
}

fn swapped(a: &[char], b: &[char]) -> bool {
    edits(a, b, 1) <= 1 && a.iter().all(|c| b.contains(c))
}

fn in_letters(a: &Name, b: &Name) -> u8 {
    if nearly(&a.whole, &b.whole) {
        return 3;
    }
    let (few, many) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    let fits = |word: &[char]| {
        let fits = |other: &[char]| {
            nearly(word, other) || (word.len() == 1 && other.first() == word.first())
        };
        many.words.iter().map(|other| &other[..]).any(fits)
    };
    let fitting = few.words.iter().filter(|word| fits(word)).count();
    match (fitting, few.words.len()) {
        (fitting, n) if fitting == n && 2 <= n => 3,
        (0, _) => 6,
        _ => 4,
    }
}

fn company(a: &Company, b: &Company) -> u8 {
    let equal = a.core == b.core;
    let near = equal || nearly(&a.core, &b.core);
    let shortest = a.core.len().min(b.core.len());
    let inside = near || (3 <= shortest && contained(&a.core, &b.core));
    if !inside {
        return 9;
    }
    match (a.site.is_empty(), b.site.is_empty()) {
        _ if a.site == b.site => {}
        (false, false) => {
            let (a, b) = (a.site.as_str(), b.site.as_str());
            if ![(a, b), (b, a)].iter().any(|(x, y)| x.starts_with(y) || x.ends_with(y)) {
                return 8;
            }
        }
        _ => return 7,
    }
    if !equal {
        return if near { 5 } else { 6 };
    }
    match (a.form, b.form) {
        (Some(x), Some(y)) if x != y => 4,
        (Some(_), Some(_)) if a.behind != b.behind => 3,
        (Some(_), Some(_)) | (None, None) => 1,
        _ => 2,
    }
}

fn code(measure: Measure, a: &[char], b: &[char]) -> u8 {
    match measure {
        Measure::Website => {
            if nearly(a, b) {
                2
            } else {
                3
            }
        }
        Measure::Postal if a.len() == 7 && b.len() == 7 => {
            if edits(a, b, 1) <= 1 {
                2
            } else if a[..3] == b[..3] {
                3
            } else {
                4
            }
        }
        Measure::Postal => {
            if edits(a, b, 1) <= 1 {
                2
            } else {
                4
            }
        }
        Measure::CorporateNumber => {
            if edits(a, b, 2) <= 2 {
                2
            } else {
                3
            }
        }
        _ => {
            let short = a.len().min(b.len());
            let off = edits(a, b, 1) <= 1 && 2 <= a.len().max(b.len()) && 1 <= short;
            if off { 2 } else { 3 }
        }
    }
}

fn phones(a: &[(Box<[char]>, u32)], b: &[(Box<[char]>, u32)]) -> Found {
    let mut best = (4, NO_TERM);
    for (x, term) in a {
        for (y, _) in b {
            if x == y {
                return (1, *term);
            }
            let level = if edits(x, y, 1) <= 1 {
                2
            } else if x.len() == y.len() && 9 <= x.len() && x[..x.len() - 4] == y[..y.len() - 4] {
                3
            } else {
                4
            };
            best = best.min((level, NO_TERM));
        }
    }
    best
}

fn emails(a: &[(Email, u32)], b: &[(Email, u32)]) -> Found {
    let mut best = (6, NO_TERM);
    for (x, term) in a {
        for (y, _) in b {
            if x == y {
                return (1, *term);
            }
            best = best.min((email(x, y), NO_TERM));
        }
    }
    best
}

fn email(a: &Email, b: &Email) -> u8 {
    let (local, domain) = (a.local == b.local, a.domain == b.domain);
    let alike = |x: &[char], y: &[char]| 4 <= x.len().min(y.len()) && edits(x, y, 1) <= 1;
    if domain && only_digits_differ(&a.local, &b.local) {
        return ONLY_DIGITS;
    }
    if (local && edits(&a.domain, &b.domain, 2) <= 2) || (domain && alike(&a.local, &b.local)) {
        return 2;
    }
    match (local, domain) {
        (true, _) if 3 < a.local.len() => 4,
        (_, true) if !a.free => 5,
        _ => 6,
    }
}

/// Whether two texts are the same letters with other digits, or with digits in one only.
fn only_digits_differ(a: &[char], b: &[char]) -> bool {
    let is_letter = |c: &&char| !c.is_ascii_digit();
    let letters = |text: &'_ [char]| text.iter().any(|c| is_letter(&c));
    a != b && letters(a) && a.iter().filter(is_letter).eq(b.iter().filter(is_letter))
}

fn date(a: &[char], b: &[char]) -> u8 {
    if a.len() != 8 || b.len() != 8 {
        return if edits(a, b, 1) <= 1 { 2 } else { 4 };
    }
    let equal = [a[..4] == b[..4], a[4..6] == b[4..6], a[6..] == b[6..]];
    let turned = equal[0] && a[4..6] == b[6..] && a[6..] == b[4..6];
    if turned || edits(a, b, 1) <= 1 {
        return 2;
    }
    let agree = equal.iter().filter(|equal| **equal).count();
    if 2 <= agree || edits(a, b, 2) <= 2 { 3 } else { 4 }
}

fn place(a: &Place, b: &Place) -> u8 {
    let unknown = a.city.is_empty() || b.city.is_empty();
    let city = a.city == b.city
        || unknown
        || a.city.ends_with(&b.city)
        || b.city.ends_with(&a.city)
        || nearly(&a.city, &b.city);
    let apart =
        !a.prefecture.is_empty() && !b.prefecture.is_empty() && a.prefecture != b.prefecture;
    if !city || apart {
        return 7;
    }
    let town = !a.town.is_empty()
        && !b.town.is_empty()
        && (nearly(&a.town, &b.town)
            || (2 <= a.town.len().min(b.town.len()) && contained(&a.town, &b.town)));
    if !town {
        let known = !unknown && !a.number.is_empty() && a.number == b.number && 4 < a.number.len();
        return match (known, unknown) {
            (true, _) => 4,
            (_, true) => 7,
            _ => 6,
        };
    }
    match number(&a.number, &b.number) {
        Numbers::Equal => match building(&a.building, &b.building) {
            Some(true) => 1,
            None => 2,
            Some(false) => 3,
        },
        Numbers::Longer => 2,
        Numbers::Near => 4,
        Numbers::Other => 5,
    }
}

enum Numbers {
    Equal,
    /// One goes on where the other ends: 1-2-3 and 1-2-3-405.
    Longer,
    Near,
    Other,
}

fn number(a: &[char], b: &[char]) -> Numbers {
    if a == b {
        return Numbers::Equal;
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let parts = |text: &[char]| text.iter().filter(|c| **c == '-').count();
    if !short.is_empty() && long.starts_with(short) && long[short.len()] == '-' {
        return if 2 <= parts(short) { Numbers::Longer } else { Numbers::Near };
    }
    if short.is_empty() || edits(a, b, 1) <= 1 { Numbers::Near } else { Numbers::Other }
}

/// Whether the buildings are the same; `None` when only one is named.
fn building(a: &[char], b: &[char]) -> Option<bool> {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => return Some(true),
        (false, false) => {}
        _ => return None,
    }
    let is_digit = |c: &&char| c.is_ascii_digit();
    if !a.iter().filter(is_digit).eq(b.iter().filter(is_digit)) {
        let any = |text: &[char]| text.iter().any(char::is_ascii_digit);
        return if any(a) && any(b) { Some(false) } else { None };
    }
    if a == b || nearly(a, b) || contained(a, b) || 0.8 <= jaro_winkler(a, b) {
        Some(true)
    } else {
        None
    }
}
