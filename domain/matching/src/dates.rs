//! Dates of birth as digits.

use cleansing::usual;

/// The first year of each era, by its kanji and its letter.
const ERAS: &[(&str, &str, u32)] = &[
    ("令和", "r", 2019),
    ("平成", "h", 1989),
    ("昭和", "s", 1926),
    ("大正", "t", 1912),
    ("明治", "m", 1868),
];

/// Year, month and day as eight digits, whichever way they are written; else the digits as they stand. `None` when
/// there are fewer than four.
pub(crate) fn digits(text: &str) -> Option<String> {
    let text = usual(text).to_lowercase();
    let day_alone = text.split(' ').find(|part| part.contains(|c: char| c.is_ascii_digit()))?;
    let day_alone = match day_alone.find('t') {
        Some(place) if 0 < place => &day_alone[..place],
        _ => day_alone,
    };
    let text = day_alone.replace("元年", "1年");
    let era = ERAS.iter().find_map(|(kanji, letter, first)| {
        let rest = text.strip_prefix(kanji).or_else(|| text.strip_prefix(letter))?;
        Some((rest.trim_start_matches('.'), *first))
    });
    let (rest, first) = era.map_or((text.as_str(), None), |(rest, first)| (rest, Some(first)));
    let groups: Vec<&str> =
        rest.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let numbers: Vec<u32> = groups.iter().filter_map(|group| group.parse().ok()).collect();
    if let ([year, month, day], Some(first)) = (numbers.as_slice(), first) {
        return Some(format!(
            "{:04}{month:02}{day:02}",
            (first + year.min(&200)).saturating_sub(1)
        ));
    }
    match (groups.as_slice(), numbers.as_slice()) {
        ([year, ..], [y, m, d]) if year.len() == 4 => Some(format!("{y:04}{m:02}{d:02}")),
        // Day or month first: the larger of the two is the day when it is more than twelve; swapped ones are near.
        ([_, _, year], [a, b, y]) if year.len() == 4 => {
            let (month, day) = if 12 < *b { (a, b) } else { (b, a) };
            Some(format!("{y:04}{month:02}{day:02}"))
        }
        _ => {
            let digits = groups.concat();
            (4 <= digits.len()).then_some(digits)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_same_in_all_its_forms() {
        for text in [
            "1980-01-02",
            "1980/1/2",
            "19800102",
            "昭和55年1月2日",
            "S55.1.2",
            "１９８０年１月２日",
            "1980-01-02 00:00:00",
            "1980-01-02T00:00:00",
        ] {
            assert_eq!(digits(text).as_deref(), Some("19800102"), "{text}");
        }
        assert_eq!(digits("31/12/1980").as_deref(), Some("19801231"));
        assert_eq!(digits("12/31/1980").as_deref(), Some("19801231"));
        assert_eq!(digits("平成元年5月6日").as_deref(), Some("19890506"));
        assert_eq!(digits("不明"), None);
    }
}
