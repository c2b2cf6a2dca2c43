//! Telephone numbers, e-mail addresses and postal codes: what people write into one cell.

use super::{lost_digits, notes::Note, number_text, plain, trimmed};

/// The telephone numbers of a cell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Phones {
    /// Numbers with hyphens where the writer or the law puts them, the first first.
    pub(crate) numbers: Vec<String>,
    /// 内線.
    pub(crate) extension: Option<String>,
    /// What was done.
    pub(crate) note: Option<Note>,
}

/// Reads telephone numbers; `None` when a spreadsheet has thrown digits away.
pub(crate) fn phones(text: &str) -> Option<Phones> {
    let plain = plain(trimmed(text)).into_owned();
    if lost_digits(&plain) {
        return None;
    }
    let (text, extension) = without_extension(&plain);
    let mut phones = Phones { extension, ..Phones::default() };
    for part in
        text.split("又は").flat_map(|part| part.split("または")).flat_map(|part| part.split(" or "))
    {
        for number in part.split(['/', '、', ',', ';', '\n', '・']) {
            phones.add(number.trim());
        }
    }
    if phones.numbers.is_empty() {
        return Some(Phones {
            numbers: vec![trimmed(&plain).to_owned()],
            extension: None,
            note: Some(Note::PhoneAsWritten),
        });
    }
    Some(phones)
}

/// A number typed into a spreadsheet, which drops the leading zero.
pub(crate) fn typed_phone(number: f64) -> Option<Phones> {
    if 1e15 <= number.abs() { None } else { phones(&number_text(number)) }
}

impl Phones {
    fn add(&mut self, text: &str) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return;
        }
        // 03-1234-5678/5679: the second differs in its last digits only.
        if digits.len() <= 4
            && let Some(first) = self.numbers.last().filter(|first| digits.len() < first.len())
        {
            let kept = first.len() - digits.len();
            if first.is_char_boundary(kept) {
                self.numbers.push(format!("{}{digits}", &first[..kept]));
            }
            return;
        }
        if let Some((number, note)) = japanese(text, &digits) {
            self.numbers.push(number);
            self.note = self.note.or(note);
        } else if text.starts_with('+') && (8..=15).contains(&digits.len()) {
            self.numbers.push(format!("+{digits}"));
        }
    }
}

fn without_extension(text: &str) -> (String, Option<String>) {
    let lower = text.to_ascii_lowercase();
    for word in ["内線", "ext.", "ext"] {
        let Some(place) = lower.find(word) else { continue };
        let after = &lower[place + word.len()..];
        let digits: String = after
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        let before = text[..place].trim_end_matches(['(', ' ']).to_owned();
        return (before, (!digits.is_empty()).then_some(digits));
    }
    (text.to_owned(), None)
}

/// A Japanese number with hyphens.
fn japanese(text: &str, digits: &str) -> Option<(String, Option<Note>)> {
    if let Some(rest) = digits.strip_prefix("81").filter(|_| text.starts_with('+')) {
        let national = format!("0{}", rest.trim_start_matches('0'));
        return whole(&national).then(|| (hyphenated(&national), None));
    }
    if whole(digits) {
        let groups: Vec<&str> =
            text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
        let number =
            if (2..=4).contains(&groups.len()) { groups.join("-") } else { hyphenated(digits) };
        return Some((number, None));
    }
    let restored = format!("0{digits}");
    let bare = text.bytes().all(|byte| byte.is_ascii_digit());
    (bare && whole(&restored)).then(|| (hyphenated(&restored), Some(Note::LostZero)))
}

/// Whether it has the length of a Japanese number.
fn whole(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    match bytes {
        [b'0', b'5' | b'7' | b'8' | b'9', b'0', ..] => bytes.len() == 11,
        [b'0', b'1'..=b'9', ..] => bytes.len() == 10,
        _ => false,
    }
}

fn hyphenated(digits: &str) -> String {
    let (first, second) = match (digits.len(), digits) {
        (11, _) => (3, 7),
        (_, free) if free.starts_with("0120") || free.starts_with("0570") => (4, 7),
        (_, city) if city.starts_with("03") || city.starts_with("06") => (2, 6),
        // Where an area code ends cannot be seen elsewhere.
        _ => return digits.to_owned(),
    };
    format!("{}-{}-{}", &digits[..first], &digits[first..second], &digits[second..])
}

/// A number as the whole world dials it: +81312345678.
pub(crate) fn international(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if number.starts_with('+') {
        return Some(format!("+{digits}"));
    }
    let national = digits.strip_prefix('0').filter(|_| whole(&digits))?;
    Some(format!("+81{national}"))
}

/// The e-mail addresses of a cell, the first first; names beside them are dropped.
pub(crate) fn emails(text: &str) -> Vec<String> {
    let plain = plain(text);
    let parts = plain.split(|c: char| {
        c.is_whitespace() || matches!(c, ';' | ',' | '、' | '<' | '>' | '/' | '"' | '\'')
    });
    let mut found: Vec<String> = Vec::new();
    for part in parts {
        let part = part.trim_start_matches("mailto:").trim_matches(['(', ')', '.']);
        if is_email(part) && !found.iter().any(|known| known == part) {
            found.push(part.to_owned());
        }
    }
    found
}

/// Whether an address is an office's, which many people read and many customers share: info@, sales@.
pub(crate) fn is_of_an_office(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    OFFICES
        .contains(&local.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_')))
}

const OFFICES: &[&str] = &[
    "info",
    "infomation",
    "information",
    "sales",
    "contact",
    "support",
    "office",
    "admin",
    "administrator",
    "webmaster",
    "postmaster",
    "mail",
    "email",
    "hello",
    "inquiry",
    "inquiries",
    "toiawase",
    "otoiawase",
    "help",
    "helpdesk",
    "desk",
    "customer",
    "customers",
    "cs",
    "service",
    "shop",
    "store",
    "order",
    "orders",
    "noreply",
    "no-reply",
    "donotreply",
    "soumu",
    "somu",
    "eigyo",
    "eigyou",
    "jinji",
    "keiri",
    "koho",
    "kouhou",
    "saiyo",
    "saiyou",
    "recruit",
    "pr",
    "press",
    "billing",
    "account",
    "accounting",
    "team",
    "staff",
    "honsha",
    "tokyo",
    "osaka",
    "jimu",
    "jimukyoku",
    "master",
];

pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    !local.is_empty()
        && text.len() <= 200
        && !domain.contains('@')
        && domain.contains('.')
        && !domain.starts_with(['.', '-'])
        && !domain.ends_with(['.', '-'])
        && domain.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-')
        && !local.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// A postal code as `100-0001`; where Excel has dropped leading zeros, only when the prefecture agrees.
pub(crate) fn postal_code(text: &str, prefecture: Option<&str>) -> (String, Option<Note>) {
    let plain = plain(trimmed(text));
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let only = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '〒' | 'ー'));
    let dashed = |digits: &str| format!("{}-{}", &digits[..3], &digits[3..]);
    match digits.len() {
        7 if only => (dashed(&digits), None),
        4..=6 if plain.bytes().all(|byte| byte.is_ascii_digit()) => {
            let padded = format!("{digits:0>7}");
            if prefecture.is_none_or(|prefecture| begins_in(&padded, prefecture)) {
                (dashed(&padded), Some(Note::PostalPadded))
            } else {
                (plain.into_owned(), Some(Note::PostalAsWritten))
            }
        }
        _ => (trimmed(text).to_owned(), Some(Note::PostalAsWritten)),
    }
}

/// The prefectures whose codes begin with a zero.
fn begins_in(code: &str, prefecture: &str) -> bool {
    match &code[..2] {
        "00" | "04" | "05" | "06" | "07" | "08" | "09" => prefecture.starts_with("北海道"),
        "01" => prefecture.starts_with("秋田"),
        "02" => prefecture.starts_with("岩手"),
        "03" => prefecture.starts_with("青森"),
        _ => false,
    }
}
