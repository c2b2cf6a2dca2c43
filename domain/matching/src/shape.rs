//! What is compared of a cell: its text in one form, taken apart once, so that a pair of cells is compared quickly.

use cleansing::{Side, kana_key, katakana, name_key, usual};

use crate::{
    dates,
    measure::Measure,
    sites::{head_office, split_site},
};

/// A cell ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One word or a few.
    Word(Box<[char]>),
    /// A person's whole name, or its reading.
    Person(Name),
    /// A company's name, or its reading.
    Company(Company),
    /// Letters and digits without what stands between them.
    Code(Box<[char]>),
    /// Telephone numbers: digits, and the place among the terms.
    Phones(Vec<(Box<[char]>, u32)>),
    /// E-mail addresses, each with its place among the terms.
    Emails(Vec<(Email, u32)>),
    /// Year, month and day as eight digits, or whatever digits there are.
    Date(Box<[char]>),
    /// A Japanese address.
    Place(Place),
}

/// A person's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// Without blanks; of names in letters the words in alphabetical order.
    pub(crate) whole: Box<[char]>,
    /// How many characters of `whole` are the family name, where the writer left a blank.
    pub(crate) family: Option<usize>,
    /// The words of a name in letters.
    pub(crate) words: Vec<Box<[char]>>,
    /// The name in kana only, as a reading is compared.
    pub(crate) kana: Option<Box<[char]>>,
}

/// A company's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Company {
    pub(crate) core: Box<[char]>,
    pub(crate) form: Option<&'static str>,
    pub(crate) behind: bool,
    /// The branch; empty for the head office.
    pub(crate) site: String,
}

/// An e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Email {
    pub(crate) local: Box<[char]>,
    pub(crate) domain: Box<[char]>,
    /// Whether everybody can have an address there.
    pub(crate) free: bool,
}

/// An address in Japan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) prefecture: String,
    pub(crate) city: Box<[char]>,
    pub(crate) town: Box<[char]>,
    /// 1-2-3.
    pub(crate) number: Box<[char]>,
    /// The building and the room.
    pub(crate) building: Box<[char]>,
}

/// A shape, the text by which equal ones are known, and the terms whose frequency counts.
pub(crate) struct Shaped {
    pub(crate) key: String,
    pub(crate) shape: Shape,
    pub(crate) terms: Terms,
}

/// The terms of a shape.
pub(crate) enum Terms {
    /// Its key is the only one.
    Key,
    /// These.
    Own(Vec<String>),
}

impl Shape {
    /// A little of all that is compared first. Whoever asks many shapes for it, one right after the other, waits for
    /// the memory once for all of them.
    pub(crate) fn glance(&self) -> u32 {
        let first = |key: &[char]| key.first().copied().map_or(0, u32::from);
        match self {
            Shape::Word(key) | Shape::Code(key) | Shape::Date(key) => first(key),
            Shape::Person(name) => first(&name.whole) ^ name.kana.as_deref().map_or(0, first),
            Shape::Company(name) => first(&name.core),
            Shape::Phones(all) => all.first().map_or(0, |(number, _)| first(number)),
            Shape::Emails(all) => {
                all.first().map_or(0, |(email, _)| first(&email.local) ^ first(&email.domain))
            }
            Shape::Place(place) => first(&place.city) ^ first(&place.town) ^ first(&place.number),
        }
    }
}

/// Shapes a cell; `None` when it says nothing.
pub(crate) fn shaped(measure: Measure, cells: &[&str]) -> Option<Shaped> {
    match measure {
        Measure::Word | Measure::Choice => word(cells),
        Measure::Street => street(cells),
        Measure::Person => person(cells),
        Measure::Reading => reading(cells),
        Measure::Company => company(cells, cleansing::company),
        Measure::CompanyReading => {
            let in_kana = |text: &str| cleansing::company_in_kana(&katakana(text));
            company(cells, in_kana)
        }
        Measure::Code | Measure::Postal | Measure::House => code(cells),
        Measure::CorporateNumber => corporate_number(cells),
        Measure::Website => website(cells),
        Measure::Phone => phones(cells),
        Measure::Email => emails(cells),
        Measure::Date => date(cells),
        Measure::Place => place(cells),
    }
}

/// Words that stand where nothing is known.
fn says_nothing(text: &str) -> bool {
    matches!(
        text,
        "" | "-"
            | "--"
            | "―"
            | "ー"
            | "‐"
            | "なし"
            | "無し"
            | "不明"
            | "未定"
            | "未入力"
            | "n/a"
            | "na"
            | "none"
            | "null"
            | "nan"
            | "unknown"
            | "?"
            | "該当なし"
            | "未登録"
            | "*"
            | "x"
    )
}

fn joined(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| usual(cell)).collect();
    let full =
        cells.iter().map(|cell| cell.trim()).filter(|cell| !says_nothing(&cell.to_lowercase()));
    full.collect::<Vec<_>>().join(" ")
}

fn boxed(text: &str) -> Box<[char]> {
    text.chars().collect()
}

fn one(shape: Shape, key: &str) -> Option<Shaped> {
    (!key.is_empty()).then(|| Shaped { key: key.to_owned(), shape, terms: Terms::Key })
}

fn word(cells: &[&str]) -> Option<Shaped> {
    let key = name_key(&katakana(&joined(cells)));
    one(Shape::Word(boxed(&key)), &key)
}

/// How streets are shortened.
const SHORT: &[(&str, &str)] = &[
    ("st", "street"),
    ("str", "street"),
    ("rd", "road"),
    ("ave", "avenue"),
    ("av", "avenue"),
    ("dr", "drive"),
    ("pl", "place"),
    ("crt", "court"),
    ("ct", "court"),
    ("cr", "crescent"),
    ("cres", "crescent"),
    ("cct", "circuit"),
    ("ln", "lane"),
    ("tce", "terrace"),
    ("blvd", "boulevard"),
    ("hwy", "highway"),
    ("pde", "parade"),
    ("cl", "close"),
    ("sq", "square"),
    ("apt", "apartment"),
    ("bldg", "building"),
    ("n", "north"),
    ("s", "south"),
    ("e", "east"),
    ("w", "west"),
];

fn street(cells: &[&str]) -> Option<Shaped> {
    let text = joined(cells).to_lowercase();
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.'));
    let long = |word: &str| {
        let found = SHORT.iter().find(|(short, _)| *short == word);
        name_key(found.map_or(word, |(_, long)| long))
    };
    let key: String = words.map(long).collect();
    one(Shape::Word(boxed(&key)), &key)
}

fn is_kana(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\u{3041}'..='\u{30ff}' | ' '))
}

/// A reading with the sounds that are written in two ways as one.
fn sounds(text: &str) -> String {
    let fold = |c: char| match c {
        'ヅ' => Some('ズ'),
        'ヂ' => Some('ジ'),
        'ヲ' => Some('オ'),
        'ー' | '-' | '‐' | '−' => None,
        c => Some(c),
    };
    kana_key(text).chars().filter_map(fold).collect()
}

fn person(cells: &[&str]) -> Option<Shaped> {
    let text = joined(cells);
    let text = text.split(['(', '（', '<']).next().unwrap_or_default().trim();
    let (bare, _) = cleansing::without_title(text);
    let parts: Vec<String> = bare
        .split(|c: char| c.is_whitespace() || c == ',' || c == '・')
        .map(name_key)
        .filter(|part| !part.is_empty())
        .collect();
    let whole: String = parts.concat();
    if whole.is_empty() {
        return None;
    }
    if !whole.chars().any(is_eastern) {
        let mut words: Vec<String> = parts;
        words.sort();
        let name = Name {
            whole: boxed(&words.concat()),
            family: None,
            words: words.iter().map(|word| boxed(word)).collect(),
            kana: None,
        };
        return one(Shape::Person(name), &words.join(" "));
    }
    let family = (parts.len() == 2).then(|| parts[0].chars().count());
    let kana = is_kana(bare).then(|| boxed(&sounds(bare)));
    let name = Name { whole: boxed(&whole), family, words: Vec::new(), kana };
    let key = format!("{whole}\t{}", family.unwrap_or(0));
    Some(Shaped { key, shape: Shape::Person(name), terms: Terms::Own(vec![whole]) })
}

fn is_eastern(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々')
}

fn reading(cells: &[&str]) -> Option<Shaped> {
    let text = joined(cells);
    let (bare, _) = cleansing::without_title(&text);
    let parts: Vec<String> =
        bare.split(|c: char| c.is_whitespace() || c == '・').map(sounds).collect();
    let parts: Vec<&String> = parts.iter().filter(|part| !part.is_empty()).collect();
    let whole: String = parts.iter().map(|part| part.to_lowercase()).collect();
    let family = (parts.len() == 2).then(|| parts[0].chars().count());
    let name = Name { whole: boxed(&whole), family, words: Vec::new(), kana: Some(boxed(&whole)) };
    let key = format!("{whole}\t{}", family.unwrap_or(0));
    (!whole.is_empty()).then(|| Shaped {
        key,
        shape: Shape::Person(name),
        terms: Terms::Own(vec![whole]),
    })
}

/// A company's own name as it is compared: small kana as large ones, no long marks.
fn core_key(core: &str) -> String {
    let key =
        name_key(&katakana(core)).replace("ヴァ", "バ").replace("ヴィ", "ビ").replace("ヴ", "ブ");
    let letters = key.chars().any(|c| c.is_ascii_alphanumeric());
    let fold = |c: char| match c {
        'ー' | '-' | '&' | '\'' | '’' | '(' | ')' | '「' | '」' | '"' => None,
        c => Some(c),
    };
    let folded: String = key.chars().filter_map(fold).collect();
    if letters && !folded.chars().any(is_eastern) { folded } else { kana_key(&folded) }
}

fn company(cells: &[&str], apart: impl Fn(&str) -> cleansing::Company) -> Option<Shaped> {
    let text = joined(&cells[..1]);
    let (text, _) = cleansing::without_title(&text);
    let (name, site_in_front) = split_site(text);
    let mut found = apart(&name);
    let mut site = if found.site.is_empty() { site_in_front } else { found.site.clone() };
    if site.is_empty() {
        let (core, behind) = split_site(&found.core);
        (found.core, site) = (core, behind);
    }
    if site.is_empty() {
        site = joined(&cells[1..]);
    }
    let core = core_key(&found.core);
    if core.is_empty() {
        return None;
    }
    let site = if head_office(&site) { String::new() } else { name_key(&site) };
    let (form, behind) = match found.form {
        Some((form, side)) => (Some(form), side == Side::Behind),
        None => (None, false),
    };
    let key = format!("{core}\t{}\t{behind}\t{site}", form.unwrap_or_default());
    let shape = Shape::Company(Company { core: boxed(&core), form, behind, site });
    Some(Shaped { key, shape, terms: Terms::Own(vec![core]) })
}

fn code(cells: &[&str]) -> Option<Shaped> {
    let key: String = joined(cells)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    // 12.0 of a spreadsheet is 12; zeros alone stand where nothing is known.
    let nothing = 2 < key.len()
        && key.bytes().all(|byte| byte == key.as_bytes()[0] && matches!(byte, b'0' | b'9' | b'x'));
    if nothing { None } else { one(Shape::Code(boxed(&key)), &key) }
}

/// The number, when its first digit checks the others.
pub(crate) fn checked_corporate_number(text: &str) -> Option<String> {
    let text = usual(text);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let others =
        text.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '-' | ' ' | 'T' | 't'));
    let bytes = digits.as_bytes();
    if bytes.len() != 13 || 0 < others.count() {
        return None;
    }
    // 国税庁: 9 - (Σ Pn × Qn mod 9), from the last digit, Q alternating 1 and 2.
    let sum: u32 = bytes[1..]
        .iter()
        .rev()
        .enumerate()
        .map(|(place, byte)| u32::from(byte - b'0') * if place % 2 == 0 { 1 } else { 2 })
        .sum();
    (u32::from(bytes[0] - b'0') == 9 - sum % 9).then_some(digits)
}

fn corporate_number(cells: &[&str]) -> Option<Shaped> {
    let text = joined(cells);
    if let Some(number) = checked_corporate_number(&text) {
        return one(Shape::Code(boxed(&number)), &number);
    }
    // One that fails its check was mistyped: it can be alike but never equal.
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let shape = Shape::Code(boxed(&digits));
    (11..=14).contains(&digits.len()).then(|| Shaped {
        key: format!("?{digits}"),
        shape,
        terms: Terms::Key,
    })
}

fn website(cells: &[&str]) -> Option<Shaped> {
    let text = joined(cells).to_lowercase();
    let bare = text.split_once("://").map_or(text.as_str(), |(_, bare)| bare);
    let host = bare.split(['/', '?', '#', ' ']).next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    if host.contains('.') { one(Shape::Code(boxed(host)), host) } else { None }
}

fn phones(cells: &[&str]) -> Option<Shaped> {
    let mut numbers: Vec<String> =
        cells.iter().flat_map(|cell| cleansing::phone_keys(cell)).collect();
    numbers.sort();
    numbers.dedup();
    let shape = Shape::Phones(numbers.iter().map(|number| (boxed(number), 0)).collect());
    (!numbers.is_empty()).then(|| Shaped {
        key: numbers.join(" "),
        shape,
        terms: Terms::Own(numbers),
    })
}

fn emails(cells: &[&str]) -> Option<Shaped> {
    let parts = cells.iter().flat_map(|cell| cell.split([';', ',', '、', ' ', '\n', '　']));
    let mut found: Vec<(String, String)> = parts.filter_map(cleansing::email_key).collect();
    found.sort();
    found.dedup();
    let each = |(local, domain): &(String, String)| {
        let free = cleansing::is_free_mail(domain);
        (Email { local: boxed(local), domain: boxed(domain), free }, 0)
    };
    let shape = Shape::Emails(found.iter().map(each).collect());
    let terms: Vec<String> =
        found.iter().map(|(local, domain)| format!("{local}@{domain}")).collect();
    (!terms.is_empty()).then(|| Shaped { key: terms.join(" "), shape, terms: Terms::Own(terms) })
}

fn date(cells: &[&str]) -> Option<Shaped> {
    let digits = dates::digits(&joined(cells))?;
    one(Shape::Date(boxed(&digits)), &digits)
}

fn place(cells: &[&str]) -> Option<Shaped> {
    // The postal code comes first; it fills in what the address leaves out.
    let (postal, rest) = cells.split_first()?;
    let parts: Vec<String> = rest.iter().map(|cell| usual(cell)).collect();
    let text = parts.concat();
    if says_nothing(text.trim()) {
        return None;
    }
    let digits: String = usual(postal).chars().filter(char::is_ascii_digit).collect();
    let area = cleansing::area(&digits);
    let mut found = cleansing::address(&text, area.map(|area| area.prefecture));
    if found.city.is_empty()
        && let Some(area) = area
    {
        found.city = area.city.to_owned();
        found.prefecture = area.prefecture.to_owned();
    }
    let town = cleansing::address_key(&found.town, "").replace('|', "");
    let place = Place {
        prefecture: found.prefecture,
        city: boxed(&name_key(&found.city)),
        town: boxed(&name_key(&town)),
        number: boxed(&found.number),
        building: boxed(&name_key(&katakana(&found.rest))),
    };
    let text = |chars: &[char]| chars.iter().collect::<String>();
    let term = format!("{}|{}|{}", text(&place.city), text(&place.town), text(&place.number));
    let key = format!("{}|{term}|{}", place.prefecture, text(&place.building));
    Some(Shaped { key, shape: Shape::Place(place), terms: Terms::Own(vec![term]) })
}
