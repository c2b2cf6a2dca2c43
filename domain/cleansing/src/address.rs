//! Japanese addresses: prefecture, municipality and town, the numbers behind them, and everything else as it was.

use std::{collections::HashMap, sync::OnceLock};

use crate::postal::{City, PREFECTURES, cities, prefecture_of};

/// An address taken apart. What is not recognised stands in `rest`; nothing is dropped.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Address {
    /// 東京都; also when only the municipality or the row names it, and no other prefecture has one of that name.
    pub prefecture: String,
    /// 千代田区, 桑名郡木曽岬町; of old municipalities as written.
    pub city: String,
    /// 丸の内.
    pub town: String,
    /// 1-2-3.
    pub number: String,
    /// Building and whatever else follows.
    pub rest: String,
}

/// Takes an address apart; `prefecture` is what is known of it from elsewhere.
pub fn address(text: &str, prefecture: Option<&str>) -> Address {
    let mut rest = without_postal_code(text.trim());
    let mut found = Address::default();
    if let Some(name) = prefecture_of(rest) {
        found.prefecture = name.to_owned();
        rest = rest[name.len()..].trim_start();
    } else if let Some(name) = PREFECTURES.into_iter().find(|name| Some(*name) == prefecture) {
        found.prefecture = name.to_owned();
    }
    let (length, official) = city(rest, &found.prefecture);
    found.city = match official {
        Some((of, name)) => {
            if found.prefecture.is_empty() {
                found.prefecture = of.to_owned();
            }
            name.to_owned()
        }
        None => rest[..length].to_owned(),
    };
    rest = rest[length..].trim_start();
    let town = town(rest);
    found.town = rest[..town].trim().to_owned();
    let (number, used) = numbers(&rest[town..]);
    if number.is_empty() {
        // Without a number nobody can say where the town ends.
        found.town = rest.to_owned();
        return found;
    }
    found.number = number;
    found.rest = rest[town + used..].trim().to_owned();
    found
}

fn without_postal_code(text: &str) -> &str {
    let bare = text.strip_prefix('〒').unwrap_or(text);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match (bare.get(..3), bare.get(3..4), bare.get(4..8)) {
        (Some(a), Some("-"), Some(b)) if digits(a) && digits(b) => bare[8..].trim_start(),
        _ if bare.len() < text.len() => {
            bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ')
        }
        _ => text,
    }
}

/// The municipalities by their folded names, those of a county also without it.
fn names() -> &'static HashMap<String, Vec<City>> {
    static READ: OnceLock<HashMap<String, Vec<City>>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut names: HashMap<String, Vec<City>> = HashMap::new();
        for (prefecture, city) in cities().iter().copied() {
            names.entry(folded(city)).or_default().push((prefecture, city));
            // 郡山市 and 蒲郡市 are cities and lie in no county.
            let bare = city
                .split_once('郡')
                .map(|(_, bare)| bare)
                .filter(|bare| bare.ends_with(['町', '村']));
            if let Some(bare) = bare {
                names.entry(folded(bare)).or_default().push((prefecture, city));
            }
        }
        names
    })
}

/// How long the name of the municipality is at the beginning, and which one it is, when there is only one.
fn city(text: &str, prefecture: &str) -> (usize, Option<City>) {
    let ends: Vec<usize> =
        text.char_indices().skip(1).map(|(at, _)| at).chain([text.len()]).take(14).collect();
    // Folding goes character by character, so each beginning is folded as far as its own part of the whole.
    let mut begun = String::new();
    let mut folds = Vec::with_capacity(ends.len());
    let mut from = 0;
    for end in &ends {
        begun.extend(text[from..*end].chars().filter_map(fold));
        folds.push(begun.len());
        from = *end;
    }
    for (end, fold) in ends.into_iter().zip(folds).rev() {
        let Some(known) = names().get(&begun[..fold]) else { continue };
        let there: Vec<&City> =
            known.iter().filter(|(of, _)| prefecture.is_empty() || *of == prefecture).collect();
        match there.as_slice() {
            [] => {}
            [one] => return (end, Some(**one)),
            _ => return (end, None),
        }
    }
    (shape_of_city(text), None)
}

/// A municipality that is no more, by the shape of its name.
fn shape_of_city(text: &str) -> usize {
    let end_of = |mark: char, from: usize| {
        let place = text[from..].find(mark)? + from;
        // A name has one character at least before its mark and is not endless; digits end the search.
        let name = &text[from..place];
        let sound = !name.is_empty()
            && name.chars().count() <= 6
            && !name.contains(|c: char| c.is_ascii_digit() || c == ' ');
        sound.then(|| place + mark.len_utf8())
    };
    let village = |from| [end_of('町', from), end_of('村', from)].into_iter().flatten().min();
    if let Some(county) = end_of('郡', 0) {
        return village(county).unwrap_or(county);
    }
    match end_of('市', 0) {
        Some(city) => {
            end_of('区', city).filter(|end| text[city..*end].chars().count() <= 4).unwrap_or(city)
        }
        None => end_of('区', 0)
            .or_else(|| village(0).filter(|end| text[..*end].chars().count() <= 4))
            .unwrap_or(0),
    }
}

/// How long the town's name is: up to the first number.
fn town(text: &str) -> usize {
    for (place, c) in text.char_indices() {
        if c.is_ascii_digit() || (is_kanji_digit(c) && 0 < place && counts(&text[place..])) {
            return place;
        }
    }
    text.len()
}

fn is_kanji_digit(c: char) -> bool {
    "〇一二三四五六七八九十百".contains(c)
}

/// Whether kanji digits count something here: 一丁目, 二番, 三号 (but 三田, 四谷, 八丁堀).
fn counts(text: &str) -> bool {
    let after = text.trim_start_matches(is_kanji_digit);
    ["丁目", "番", "号"].iter().any(|word| after.starts_with(word))
}

/// What stands between the numbers of an address.
const WORDS: [&str; 6] = ["丁目", "番地の", "番地", "番", "号室", "号"];
const MARKS: [&str; 9] = ["-", "‐", "−", "–", "—", "―", "ー", "の", "ノ"];

/// The numbers at the beginning, as 1-2-3, and how many bytes they took.
fn numbers(text: &str) -> (String, usize) {
    let mut parts: Vec<String> = Vec::new();
    let mut used = 0;
    let mut rest = text;
    while let Some((number, length)) = number(rest, !parts.is_empty()) {
        parts.push(number);
        used += length;
        rest = &rest[length..];
        let word = WORDS.into_iter().find(|word| rest.starts_with(word));
        let Some(mark) = word.or_else(|| MARKS.into_iter().find(|mark| rest.starts_with(mark)))
        else {
            break;
        };
        let after = &rest[mark.len()..];
        let goes_on = after.starts_with(|c: char| c.is_ascii_digit())
            || (after.starts_with(is_kanji_digit) && counts(after));
        if goes_on || word.is_some() {
            used += mark.len();
            rest = after;
        }
        if !goes_on || mark == "号室" {
            break;
        }
    }
    (parts.join("-"), used)
}

/// One number, in digits or in kanji that count something or end the text.
fn number(text: &str, inside: bool) -> Option<(String, usize)> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if 0 < digits {
        let number = text[..digits].trim_start_matches('0');
        return Some((number.to_owned(), digits));
    }
    let end = text.find(|c| !is_kanji_digit(c)).unwrap_or(text.len());
    let sound = 0 < end && (counts(text) || (inside && end == text.len()));
    sound.then(|| (in_kanji(&text[..end]).to_string(), end))
}

/// 二十三 and 一〇一; at most a few digits stand in an address.
fn in_kanji(text: &str) -> u64 {
    let digit = |c| "〇一二三四五六七八九".chars().position(|known| known == c).map(|at| at as u64);
    if !text.contains(['十', '百']) {
        return text
            .chars()
            .filter_map(digit)
            .fold(0, |sum, d| sum.saturating_mul(10).saturating_add(d));
    }
    let (mut sum, mut last) = (0_u64, None);
    for c in text.chars() {
        match c {
            '百' => sum = sum.saturating_add(100 * last.take().unwrap_or(1)),
            '十' => sum = sum.saturating_add(10 * last.take().unwrap_or(1)),
            c => last = digit(c),
        }
    }
    sum.saturating_add(last.unwrap_or(0))
}

/// 丸の内|1-1-1: the same for every way of writing the town and the numbers.
pub fn address_key(town: &str, number: &str) -> String {
    if town.is_empty() && number.is_empty() {
        return String::new();
    }
    let town = town.replace("大字", "").replace('字', "");
    format!("{}|{number}", folded(&town))
}

/// One form for the small kana in place names: ヶ ケ ヵ が, ノ の 之.
fn folded(text: &str) -> String {
    text.chars().filter_map(fold).collect()
}

/// A character of a place name in the form it is compared in; none for blanks.
fn fold(c: char) -> Option<char> {
    Some(match c {
        'ノ' | '之' | '乃' => 'の',
        'ヶ' | 'ヵ' | 'が' | 'ガ' => 'ケ',
        'ッ' => 'ツ',
        c if c.is_whitespace() => return None,
        c => crate::variants::modern(c),
    })
}
