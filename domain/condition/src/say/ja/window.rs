//! 「直近30日間」: windows of time in Japanese, in the forms a sentence needs.

use facts::Period;
use jiff::civil::Date;

use crate::say::Language::Ja;
use crate::say::figures::{is_open, say_day, say_length};
use crate::{CalendarWindow, Length, Window};

/// The window alone: 「直近30日間」. The whole history is 「全期間」.
pub(crate) fn noun(window: &Window) -> String {
    match window {
        Window::Always => "全期間".to_owned(),
        Window::Last(length) => format!("直近{}", span(*length)),
        Window::Ago { from, to } => {
            format!("{}前から{}前まで", say_length(*from, Ja), say_length(*to, Ja))
        }
        Window::OlderThan(length) => format!("{}以上前", say_length(*length, Ja)),
        Window::Calendar(calendar) => named(*calendar).to_owned(),
        Window::LastDays(0) => "今日".to_owned(),
        Window::LastDays(days) => format!("直近{days}日（暦日）"),
        Window::LastMonths(months) => format!("直近{months}か月間"),
        Window::Days { from, to } => days(*from, *to),
    }
}

/// As a predicate of a moment: 「（最後の購入が）直近30日以内」.
pub(super) fn of_moment(window: &Window) -> String {
    match window {
        Window::Last(length) => format!("直近{}以内", say_length(*length, Ja)),
        Window::LastMonths(months) => format!("直近{months}か月以内"),
        Window::Always
        | Window::Ago { .. }
        | Window::OlderThan(_)
        | Window::Calendar(_)
        | Window::LastDays(_)
        | Window::Days { .. } => noun(window),
    }
}

/// Before a verb: 「直近30日間に」, 「今月」. What follows decides whether a comma parts two runs of kanji.
pub(super) fn adverb(window: &Window, rest: &str) -> String {
    match window {
        Window::Always => format!("これまでに{rest}"),
        Window::Calendar(calendar) if stands_alone(*calendar) => {
            let kanji = rest.chars().next().is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            format!("{}{}{rest}", noun(window), if kanji { "、" } else { "" })
        }
        Window::Ago { .. } => format!("{}の間に{rest}", noun(window)),
        Window::Days { from, to } if from != to && !is_open(*to) => {
            format!("{}の間に{rest}", noun(window))
        }
        Window::Last(_)
        | Window::OlderThan(_)
        | Window::Calendar(_)
        | Window::LastDays(_)
        | Window::LastMonths(_)
        | Window::Days { .. } => format!("{}に{rest}", noun(window)),
    }
}

/// Before a negative verb: 「直近30日間に一度も」, 「今月は一度も」.
pub(super) fn adverb_of_never(window: &Window, rest: &str) -> String {
    match window {
        Window::Always => format!("これまで{rest}"),
        Window::Calendar(calendar) if stands_alone(*calendar) => {
            format!("{}は{rest}", noun(window))
        }
        Window::Last(_)
        | Window::Ago { .. }
        | Window::OlderThan(_)
        | Window::Calendar(_)
        | Window::LastDays(_)
        | Window::LastMonths(_)
        | Window::Days { .. } => adverb(window, rest),
    }
}

/// Before a noun: 「直近30日間の」.
pub(super) fn of(window: &Window) -> String {
    match window {
        Window::Always => "これまでの".to_owned(),
        Window::Last(_)
        | Window::Ago { .. }
        | Window::OlderThan(_)
        | Window::Calendar(_)
        | Window::LastDays(_)
        | Window::LastMonths(_)
        | Window::Days { .. } => format!("{}の", noun(window)),
    }
}

/// 30日間, but 2週間 once.
fn span(length: Length) -> String {
    let said = say_length(length, Ja);
    if said.ends_with('間') { said } else { format!("{said}間") }
}

/// Words like 今月 that need no に.
fn stands_alone(calendar: CalendarWindow) -> bool {
    !matches!(calendar.period, Period::Quarter | Period::Half)
}

fn named(calendar: CalendarWindow) -> &'static str {
    match (calendar.period, calendar.back) {
        (Period::Day, 0) => "今日",
        (Period::Day, _) => "昨日",
        (Period::Week, 0) => "今週",
        (Period::Week, _) => "先週",
        (Period::Month, 0) => "今月",
        (Period::Month, _) => "先月",
        (Period::Quarter, 0) => "この四半期",
        (Period::Quarter, _) => "前の四半期",
        (Period::Half, 0) => "この半期",
        (Period::Half, _) => "前の半期",
        (Period::FiscalYear, 0) => "今年度",
        (Period::FiscalYear, _) => "昨年度",
        (Period::Year, 0) => "今年",
        (Period::Year, _) => "昨年",
    }
}

fn days(from: Date, to: Date) -> String {
    let first = say_day(from, Ja);
    if from == to {
        first
    } else if is_open(to) {
        format!("{first}以降")
    } else if from.year() == to.year() {
        format!("{first}から{}月{}日まで", to.month(), to.day())
    } else {
        format!("{first}から{}まで", say_day(to, Ja))
    }
}
