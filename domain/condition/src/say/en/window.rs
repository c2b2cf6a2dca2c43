//! "in the last 30 days": windows of time in English, in the forms a sentence needs.

use facts::Period;
use jiff::civil::Date;

use crate::say::Language::En;
use crate::say::figures::{is_open, month, say_day, say_length};
use crate::{CalendarWindow, Length, Window};

/// The window alone: "the last 30 days".
pub(crate) fn noun(window: &Window) -> String {
    match window {
        Window::Always => "the whole history".to_owned(),
        Window::Last(length) => span(*length),
        Window::LastDays(0) => "today".to_owned(),
        Window::LastDays(1) => "the past calendar day".to_owned(),
        Window::LastDays(days) => format!("the last {days} calendar days"),
        Window::LastMonths(1) => "the past month".to_owned(),
        Window::LastMonths(months) => format!("the last {months} months"),
        Window::Ago { .. } | Window::OlderThan(_) | Window::Calendar(_) | Window::Days { .. } => {
            adverb(window)
        }
    }
}

/// After a verb: "in the last 30 days", "last month"; nothing for the whole history.
pub(super) fn adverb(window: &Window) -> String {
    match window {
        Window::Always => String::new(),
        Window::LastDays(0) => noun(window),
        Window::Last(_) | Window::LastDays(_) | Window::LastMonths(_) => {
            format!("in {}", noun(window))
        }
        Window::Ago { from, to } if from.unit == to.unit => {
            format!("between {} and {} ago", from.n, say_length(*to, En))
        }
        Window::Ago { from, to } => {
            format!("between {} and {} ago", say_length(*from, En), say_length(*to, En))
        }
        Window::OlderThan(length) => {
            let said = say_length(*length, En);
            match said.split_once(' ') {
                Some((n, unit)) if n != "1" => format!("{n} or more {unit} ago"),
                _ => format!("{said} ago or earlier"),
            }
        }
        Window::Calendar(calendar) => named(*calendar).to_owned(),
        Window::Days { from, to } => days(*from, *to),
    }
}

/// Whether the window ends now, so that English asks what "has" happened in it.
pub(super) fn reaches_now(window: &Window) -> bool {
    match window {
        Window::Always | Window::Last(_) | Window::LastDays(_) | Window::LastMonths(_) => true,
        Window::Calendar(calendar) => calendar.back == 0,
        Window::Days { to, .. } => is_open(*to),
        Window::Ago { .. } | Window::OlderThan(_) => false,
    }
}

/// Words with one space between them; "logged in" is followed by "during", not by another "in".
pub(super) fn spaced(words: &[&str]) -> String {
    let mut text = String::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        let doubled = text.ends_with(" in").then(|| word.strip_prefix("in ")).flatten();
        if !text.is_empty() {
            text.push(' ');
        }
        match doubled {
            Some(rest) => {
                text.push_str("during ");
                text.push_str(rest);
            }
            None => text.push_str(word),
        }
    }
    text
}

/// "the last 30 days"; one of them is "the past week", for "last week" is a calendar's.
fn span(length: Length) -> String {
    let said = say_length(length, En);
    match said.strip_prefix("1 ") {
        Some(unit) => format!("the past {unit}"),
        None => format!("the last {said}"),
    }
}

fn named(calendar: CalendarWindow) -> &'static str {
    match (calendar.period, calendar.back) {
        (Period::Day, 0) => "today",
        (Period::Day, _) => "yesterday",
        (Period::Week, 0) => "this week",
        (Period::Week, _) => "last week",
        (Period::Month, 0) => "this month",
        (Period::Month, _) => "last month",
        (Period::Quarter, 0) => "this quarter",
        (Period::Quarter, _) => "last quarter",
        (Period::Half, 0) => "this half-year",
        (Period::Half, _) => "last half-year",
        (Period::FiscalYear, 0) => "this fiscal year",
        (Period::FiscalYear, _) => "last fiscal year",
        (Period::Year, 0) => "this year",
        (Period::Year, _) => "last year",
    }
}

fn days(from: Date, to: Date) -> String {
    if from == to {
        format!("on {}", say_day(from, En))
    } else if is_open(to) {
        format!("since {}", say_day(from, En))
    } else if from.year() == to.year() {
        format!("from {} {} to {}", month(from.month()), from.day(), say_day(to, En))
    } else {
        format!("from {} to {}", say_day(from, En), say_day(to, En))
    }
}
