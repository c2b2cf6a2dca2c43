//! Numbers, lengths of time and moments in both languages.

use facts::{Calendar, Decimal, Millis, Timestamp};
use jiff::civil::Date;

use super::Language;
use crate::Length;

/// A number with its thousands grouped: `50,000`. Zeros after the point are dropped.
pub fn say_amount(number: &Decimal) -> String {
    let text = number.normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut grouped = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if 0 < i && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

/// A number of times: 「3回」, "3 times".
pub fn say_count(n: u64, language: Language) -> String {
    let amount = say_amount(&n.into());
    match (language, n) {
        (Language::Ja, _) => format!("{amount}回"),
        (Language::En, 1) => "once".to_owned(),
        (Language::En, _) => format!("{amount} times"),
    }
}

/// A length in the unit it was written in: 「7日」, "7 days".
pub fn say_length(length: Length, language: Language) -> String {
    let unit = match length.unit {
        's' => ("秒", "second"),
        'm' => ("分", "minute"),
        'h' => ("時間", "hour"),
        'w' => ("週間", "week"),
        _ => ("日", "day"),
    };
    so_many(u64::from(length.n), unit, language)
}

/// A time that has passed, in its two largest units, cut off below them: 「3日と4時間」, "3 days and 4 hours".
pub fn say_duration(millis: Millis, language: Language) -> String {
    const UNITS: [(u64, (&str, &str)); 4] = [
        (86_400_000, ("日", "day")),
        (3_600_000, ("時間", "hour")),
        (60_000, ("分", "minute")),
        (1_000, ("秒", "second")),
    ];
    let mut left = millis.unsigned_abs();
    let mut said: Vec<String> = Vec::new();
    for (each, unit) in UNITS {
        let n = left / each;
        left %= each;
        if 0 < n {
            said.push(so_many(n, unit, language));
        }
        if said.len() == 2 || (said.len() == 1 && n == 0) {
            break;
        }
    }
    match (language, said.as_slice()) {
        (_, []) => so_many(0, ("秒", "second"), language),
        (Language::Ja, [large, small]) if large.ends_with('日') => format!("{large}と{small}"),
        (Language::Ja, said) => said.concat(),
        (Language::En, said) => said.join(" and "),
    }
}

/// A local date and time of day, with the year only when it is not the year of `now`: 「11月21日 09:30」, "Nov 21, 09:30".
pub fn say_moment(
    at: Timestamp,
    now: Timestamp,
    calendar: &Calendar,
    language: Language,
) -> String {
    let local = calendar.local(at);
    let with_year = local.year() != calendar.local(now).year();
    let day = match (language, with_year) {
        (Language::Ja, true) => day_ja(local.date()),
        (Language::Ja, false) => format!("{}月{}日", local.month(), local.day()),
        (Language::En, true) => {
            format!("{} {}, {}", month_short(local.month()), local.day(), local.year())
        }
        (Language::En, false) => format!("{} {}", month_short(local.month()), local.day()),
    };
    let comma = if language == Language::En { "," } else { "" };
    format!("{day}{comma} {:02}:{:02}", local.hour(), local.minute())
}

/// A date with its year: 「2026年5月1日」, "May 1, 2026".
pub(super) fn say_day(date: Date, language: Language) -> String {
    match language {
        Language::Ja => day_ja(date),
        Language::En => format!("{} {}, {}", month(date.month()), date.day(), date.year()),
    }
}

/// Whether a last day stands for "no end", as it does when only a first day was written.
pub(super) fn is_open(last: Date) -> bool {
    9998 <= last.year()
}

/// The date a text in the form `2026-05-01` names.
pub(super) fn as_day(text: &str) -> Option<Date> {
    if text.len() != 10 {
        return None;
    }
    text.parse().ok()
}

/// The month's English name; months wrap around.
pub(super) fn month(number: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES[usize::from((number - 1).rem_euclid(12).unsigned_abs())]
}

fn month_short(number: i8) -> &'static str {
    &month(number)[..3]
}

fn day_ja(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

fn so_many(n: u64, (ja, en): (&str, &str), language: Language) -> String {
    let amount = say_amount(&n.into());
    match language {
        Language::Ja => format!("{amount}{ja}"),
        Language::En if n == 1 => format!("{amount} {en}"),
        Language::En => format!("{amount} {en}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_by_thousands() {
        let said = |text: &str| say_amount(&text.parse().unwrap());
        assert_eq!(said("50000"), "50,000");
        assert_eq!(said("-1234567.50"), "-1,234,567.5");
        assert_eq!(said("999"), "999");
        assert_eq!(said("0.00"), "0");
    }

    #[test]
    fn durations_name_their_two_largest_units() {
        let hour = Timestamp::HOUR;
        assert_eq!(say_duration(76 * hour, Language::Ja), "3日と4時間");
        assert_eq!(say_duration(76 * hour + 59_000, Language::En), "3 days and 4 hours");
        assert_eq!(say_duration(4 * hour + 30 * 60_000, Language::Ja), "4時間30分");
        assert_eq!(
            say_duration(24 * hour + 60_000, Language::En),
            "1 day",
            "no hours: minutes are too fine"
        );
        assert_eq!(say_duration(900, Language::Ja), "0秒");
        assert_eq!(say_duration(i64::MIN, Language::En), "106,751,991,167 days and 7 hours");
    }

    #[test]
    fn moments_name_the_year_only_when_it_is_another() {
        let japan = Calendar::japan();
        let at = |text| Timestamp::parse(text).unwrap();
        let now = at("2026-11-21T12:00:00+09:00");
        let say = |text, language| say_moment(at(text), now, &japan, language);
        assert_eq!(say("2026-11-21T00:30:00Z", Language::Ja), "11月21日 09:30");
        assert_eq!(say("2026-11-21T00:30:00Z", Language::En), "Nov 21, 09:30");
        assert_eq!(say("2025-12-31T14:59:59Z", Language::Ja), "2025年12月31日 23:59");
        assert_eq!(say("2025-12-31T14:59:59Z", Language::En), "Dec 31, 2025, 23:59");
        assert_eq!(say("2025-12-31T15:00:00Z", Language::Ja), "1月1日 00:00");
    }

    #[test]
    fn counts_and_lengths_know_their_singular() {
        assert_eq!(say_count(1, Language::En), "once");
        assert_eq!(say_count(1200, Language::En), "1,200 times");
        assert_eq!(say_count(3, Language::Ja), "3回");
        let length = |text| Length::parse(text).unwrap();
        assert_eq!(say_length(length("1d"), Language::En), "1 day");
        assert_eq!(say_length(length("2w"), Language::Ja), "2週間");
    }
}
