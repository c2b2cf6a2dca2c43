//! One leaf in Japanese, or its complement.

use facts::{Decimal, Value};

use super::deed::{self, Clause};
use super::standing;
use super::test::{self, Of, Predicate, number};
use super::window;
use crate::say::Language::Ja;
use crate::say::Words;
use crate::say::figures::{say_amount, say_length};
use crate::say::polar::{self, Deed, HowOften, flipped, how_often, is_total, wants_absence, whole};
use crate::{
    DefaultGap, EventPattern, Events, Filter, Leaf, Length, Measure, Measured, NumberTest, Rhythm,
    Sequence, Trend, TrendTest, Window,
};

/// The leaf when `yes`, its complement otherwise.
pub(crate) fn one(leaf: &Leaf, yes: bool, words: &Words<'_>) -> String {
    match leaf {
        Leaf::Attribute { key, test } => test::say(Of::Attribute, key, test, yes).end(),
        Leaf::Held { key, value, at_least, length } => held(key, value, *at_least, *length, yes),
        Leaf::Count { events, test, window } => {
            count(&polar::deed(events), how_often(*test, yes), window)
        }
        Leaf::Measure { measured, test, window } => measure(measured, test, window, yes),
        Leaf::First { events, window, if_none } => {
            let said = first(events, window, yes);
            with_none(said, *if_none, yes, &polar::deed(events))
        }
        Leaf::Last { name, has, window, if_none } => {
            let said = last(name, has, window, yes);
            with_none(said, *if_none, yes, &polar::plain_deed(name))
        }
        Leaf::Trend(trend) => trended(trend, yes),
        Leaf::Rhythm(rhythm) => overdue(rhythm, yes),
        Leaf::Sequence(sequence) => in_order(sequence, yes),
        Leaf::Segment(id) => {
            let name = (words.segment)(id).unwrap_or_else(|| id.to_string());
            format!("{}に入って{}", test::quoted(&name), if yes { "いる" } else { "いない" })
        }
        Leaf::Regularly(_)
        | Leaf::Ratio(_)
        | Leaf::Stayed(_)
        | Leaf::Status(_)
        | Leaf::Tagged(_)
        | Leaf::Listed(_)
        | Leaf::Mentioned(_)
        | Leaf::Random(_)
        | Leaf::Score { .. }
        | Leaf::Rank(_) => standing::one(leaf, yes, words),
        Leaf::Known(length) => {
            let length = say_length(*length, Ja);
            match yes {
                true => format!("最初の記録から{length}以上たっている"),
                false => format!("最初の記録から{length}たっていない"),
            }
        }
    }
}

/// What is asked for, without what it is asked of.
pub(crate) fn threshold(leaf: &Leaf) -> String {
    match leaf {
        Leaf::Attribute { key, test } => test::alone(Of::Attribute, key, test, true).end(),
        Leaf::Held { at_least, length, .. } => {
            format!("{}{}", say_length(*length, Ja), if *at_least { "以上" } else { "未満" })
        }
        Leaf::Count { test, .. } => match how_often(*test, true) {
            HowOften::Never => "0回".to_owned(),
            HowOften::Ever => "1回以上".to_owned(),
            HowOften::Number(test, yes) => number(&test, yes, times).end(),
        },
        Leaf::Measure { measured, test, .. } => {
            let unit = deed::unit(measured.measure, &measured.of);
            number(test, true, |n| format!("{}{unit}", say_amount(n))).end()
        }
        Leaf::First { window, .. } => window::of_moment(window),
        Leaf::Last { has, window, .. } => last_parts(has, window, true).join("、"),
        Leaf::Trend(trend) => compared(trend, true).end(),
        Leaf::Rhythm(rhythm) => format!("いつもの間隔{}", times_of_gap(rhythm)),
        Leaf::Sequence(sequence) => in_order(sequence, true),
        Leaf::Segment(_) => "入っている".to_owned(),
        Leaf::Regularly(_)
        | Leaf::Ratio(_)
        | Leaf::Stayed(_)
        | Leaf::Status(_)
        | Leaf::Tagged(_)
        | Leaf::Listed(_)
        | Leaf::Mentioned(_)
        | Leaf::Random(_)
        | Leaf::Score { .. }
        | Leaf::Rank(_) => standing::threshold(leaf),
        Leaf::Known(length) => format!("{}以上", say_length(*length, Ja)),
    }
}

/// What is said of those without any such event, where they are in.
fn with_none(said: String, if_none: bool, yes: bool, done: &Deed<'_>) -> String {
    let which = if yes { "含む" } else { "除く" };
    match if_none {
        true => format!("{said}（{}が一度もない場合を{which}）", deed::noun(done)),
        false => said,
    }
}

pub(super) fn times(n: &u32) -> String {
    format!("{}回", say_amount(&Decimal::from(*n)))
}

fn held(key: &str, value: &Value, at_least: bool, length: Length, yes: bool) -> String {
    let label = Of::Attribute.label(key);
    let value = test::plain_value(key, value);
    let length = say_length(length, Ja);
    match (yes, at_least) {
        (true, true) => format!("{label}が{value}のまま{length}以上"),
        (true, false) => format!("{label}が{value}になって{length}未満"),
        (false, true) => format!("{label}が{value}ではないか、{value}になって{length}未満"),
        (false, false) => format!("{label}が{value}ではないか、{value}のまま{length}以上"),
    }
}

fn count(done: &Deed<'_>, how: HowOften, window: &Window) -> String {
    let always = matches!(window, Window::Always);
    let verb = deed::verb(done);
    match (how, verb) {
        (HowOften::Never, Some(Clause { head, past, is_being: false, .. })) if always => {
            format!("一度も{head}{past}ことがない")
        }
        (HowOften::Never, Some(Clause { head, not, .. })) => {
            window::adverb_of_never(window, &format!("一度も{head}{not}"))
        }
        (HowOften::Never, None) => {
            let noun = deed::noun(done);
            window::adverb_of_never(window, &format!("{}{noun}が一度もない", comma(done)))
        }
        (HowOften::Ever, Some(Clause { head, past, is_being: false, .. })) if always => {
            format!("{head}{past}ことがある")
        }
        (HowOften::Ever, Some(Clause { head, past, .. })) => {
            window::adverb(window, &format!("{head}{past}"))
        }
        (HowOften::Ever, None) => {
            window::adverb(window, &format!("{}{}がある", comma(done), deed::noun(done)))
        }
        (HowOften::Number(NumberTest::AtLeast(n), true), Some(Clause { head, past, .. })) => {
            window::adverb(window, &format!("{head}{}以上{past}", times(&n)))
        }
        (HowOften::Number(test, yes), _) => {
            let test = number(&test, yes, times).end();
            format!("{}{}が{test}", before_noun(window, done), deed::noun(done))
        }
    }
}

/// 「直近30日間の」, with a comma when filters stand between it and its noun.
pub(super) fn before_noun(window: &Window, done: &Deed<'_>) -> String {
    format!("{}{}", window::of(window), comma(done))
}

/// Parts a window from the filters that follow it.
fn comma(done: &Deed<'_>) -> &'static str {
    if done.rest.is_empty() { "" } else { "、" }
}

fn measure(measured: &Measured, test: &NumberTest<Decimal>, window: &Window, yes: bool) -> String {
    let done = polar::deed(&measured.events);
    let Measured { measure, of, .. } = measured;
    if let (Measure::Count, Some(test)) = (measure, whole(test)) {
        return count(&done, how_often(test, yes), window);
    }
    let (test, yes) = if is_total(*measure) { flipped(*test, yes) } else { (*test, yes) };
    let unit = deed::unit(*measure, of);
    let test = number(&test, yes, |n| format!("{}{unit}", say_amount(n))).end();
    let subject = match measure {
        Measure::Distinct => deed::things(of, &done),
        Measure::Count
        | Measure::Sum
        | Measure::Average
        | Measure::Least
        | Measure::Most
        | Measure::Days => deed::measured(*measure, of, &done),
    };
    // 「…に購入した商品」, but 「…の購入金額」.
    if *measure == Measure::Distinct && deed::done_to(of, &done).is_some() {
        return window::adverb(window, &format!("{subject}が{test}"));
    }
    format!("{}{subject}が{test}", before_noun(window, &done))
}

fn first(events: &Events, window: &Window, yes: bool) -> String {
    let done = polar::deed(events);
    if matches!(window, Window::Always) {
        return count(&done, if yes { HowOften::Ever } else { HowOften::Never }, window);
    }
    let subject = match deed::verb(&done) {
        Some(Clause { head, past, is_being: false, .. }) => format!("初めて{head}{past}のが"),
        Some(_) | None => format!("最初の{}が", deed::noun(&done)),
    };
    Predicate::noun(window::of_moment(window), yes).after(&subject).end()
}

fn last(name: &EventPattern, has: &[Filter], window: &Window, yes: bool) -> String {
    let done = polar::plain_deed(name);
    let parts = last_parts(has, window, yes);
    if parts.is_empty() {
        return count(&done, if yes { HowOften::Ever } else { HowOften::Never }, window);
    }
    let only_window = has.is_empty();
    let link = if only_window || !matches!(window, Window::Always) { "が" } else { "の" };
    let join = if yes { "、" } else { "か、" };
    format!("最後の{}{link}{}", deed::bare_noun(&done), parts.join(join))
}

/// What the last event must be, one after another; of a complement, any one of them.
fn last_parts(has: &[Filter], window: &Window, yes: bool) -> Vec<String> {
    let mut parts: Vec<Predicate> = Vec::new();
    if !matches!(window, Window::Always) {
        parts.push(Predicate::noun(window::of_moment(window), yes));
    }
    parts.extend(has.iter().map(|f| test::say(Of::Property, &f.property, &f.test, yes)));
    let count = parts.len();
    let form = |(i, part): (usize, Predicate)| match yes && i + 1 < count {
        true => part.and(),
        false => part.end(),
    };
    parts.into_iter().enumerate().map(form).collect()
}

fn trended(trend: &Trend, yes: bool) -> String {
    let Measured { measure, of, events } = &trend.measured;
    let done = polar::deed(events);
    let subject = deed::measured(*measure, of, &done);
    let holds = compared(trend, yes).end();
    let mut said = format!("{}{subject}が{holds}", before_noun(&trend.now, &done));
    if Decimal::ZERO < trend.base_at_least {
        let base = format!("{}{}", say_amount(&trend.base_at_least), deed::unit(*measure, of));
        let before = window::noun(&trend.before);
        let before = match trend.before {
            Window::Calendar(_) => before,
            Window::Always
            | Window::Last(_)
            | Window::Ago { .. }
            | Window::OlderThan(_)
            | Window::LastDays(_)
            | Window::LastMonths(_)
            | Window::Days { .. } => format!("{before}が"),
        };
        said += &match yes {
            true => format!("（{before}{base}以上の場合）"),
            false => format!("（{before}{base}未満の場合を含む）"),
        };
    }
    said
}

/// 「先月の50%以下」, 「先月より3回以上多い」
fn compared(trend: &Trend, yes: bool) -> Predicate {
    let before = window::noun(&trend.before);
    let unit = deed::unit(trend.measured.measure, &trend.measured.of);
    let amount = |n: &Decimal| format!("{}{unit}", say_amount(&n.abs()));
    let noun = |body: String| Predicate::noun(body, yes);
    match &trend.test {
        TrendTest::AtMost(share) => noun(format!("{before}の{}%以下", say_amount(&share.percent))),
        TrendTest::AtLeast(share) => noun(format!("{before}の{}%以上", say_amount(&share.percent))),
        TrendTest::AtMostPlus(d) if d.is_zero() => noun(format!("{before}と同じかそれ以下")),
        TrendTest::AtLeastPlus(d) if d.is_zero() => noun(format!("{before}と同じかそれ以上")),
        TrendTest::AtMostPlus(d) if d.is_sign_negative() => {
            Predicate::adjective(format!("{before}より{}以上少な", amount(d)), yes)
        }
        TrendTest::AtLeastPlus(d) if d.is_sign_positive() => {
            Predicate::adjective(format!("{before}より{}以上多", amount(d)), yes)
        }
        TrendTest::AtMostPlus(d) => noun(format!("{before}＋{}以下", amount(d))),
        TrendTest::AtLeastPlus(d) => noun(format!("{before}－{}以上", amount(d))),
    }
}

fn overdue(rhythm: &Rhythm, yes: bool) -> String {
    let done = polar::deed(&rhythm.events);
    let gap = deed::compound(&done, "間隔");
    let usual = format!("いつもの{gap}{}", times_of_gap(rhythm));
    let least = rhythm.gaps_at_least;
    let mut said = match yes {
        true => {
            let Clause { head, not, is_being, .. } = deed::clause(&done);
            // An object that was named a moment ago is left out.
            let head = if done.has_object() && !is_being { "" } else { &head };
            format!("{usual}を過ぎても{head}{not}")
        }
        false => format!("{usual}をまだ過ぎていない"),
    };
    said += &match (&rhythm.default_gap, yes) {
        (Some(gap), _) => {
            let gap = default_gap(gap, &rhythm.events);
            format!("（間隔が{least}つ未満の場合は{gap}とみなす）")
        }
        (None, true) => format!("（間隔が{least}つ以上ある場合）"),
        (None, false) => format!("（間隔が{least}つ未満の場合を含む）"),
    };
    said
}

/// 「30日」, or whose number of days stands in.
fn default_gap(gap: &DefaultGap, events: &Events) -> String {
    let (days, or) = match gap {
        DefaultGap::Length(length) => return say_length(*length, Ja),
        DefaultGap::Attribute { key, or } => (format!("{}の日数", Of::Attribute.label(key)), or),
        DefaultGap::Property { name, or } => {
            let last = deed::bare_noun(&polar::plain_deed(&events.name));
            (format!("最後の{last}の{}の日数", Of::Property.label(name)), or)
        }
    };
    match or {
        Some(length) => format!("{days}（なければ{}）", say_length(*length, Ja)),
        None => days,
    }
}

fn times_of_gap(rhythm: &Rhythm) -> String {
    if rhythm.overdue_by == Decimal::ONE {
        return String::new();
    }
    format!("の{}倍", say_amount(&rhythm.overdue_by))
}

/// A part of a sequence after its first step.
struct Part {
    lead: String,
    clause: Clause,
    is_absent: bool,
}

fn in_order(sequence: &Sequence, yes: bool) -> String {
    let parts = parts_of(sequence);
    let start = polar::deed(&sequence.first);
    if parts.is_empty() {
        return count(&start, if yes { HowOften::Ever } else { HowOften::Never }, &sequence.window);
    }
    let mut said = format!("{}のあと", deed::noun(&start));
    let mut past = String::new();
    for (i, part) in parts.iter().enumerate() {
        let Part { lead, clause, is_absent } = part;
        match i {
            0 if lead.is_empty() => said.push('、'),
            0 => {}
            _ if lead.starts_with("その間") => said.push('、'),
            _ => said.push_str("、その後"),
        }
        let verb = match (is_absent, i + 1 == parts.len()) {
            (false, true) => clause.past.clone(),
            (false, false) => clause.stem.clone(),
            (true, true) => clause.not.clone(),
            (true, false) => clause.not_and(),
        };
        past = format!("{said}{lead}{}{}", clause.head, clause.past);
        said = format!("{said}{lead}{}{verb}", clause.head);
    }
    let said = match (yes, wants_absence(sequence)) {
        (true, _) => said,
        (false, false) => format!("{past}ことがない"),
        (false, true) => format!("{said}、という状況ではない"),
    };
    match sequence.window {
        Window::Always => said,
        Window::Last(_)
        | Window::Ago { .. }
        | Window::OlderThan(_)
        | Window::Calendar(_)
        | Window::LastDays(_)
        | Window::LastMonths(_)
        | Window::Days { .. } => format!("{}、{said}", window::adverb(&sequence.window, "")),
    }
}

fn parts_of(sequence: &Sequence) -> Vec<Part> {
    let clause = |events: &Events| deed::clause(&polar::deed(events));
    let mut parts = Vec::new();
    for step in &sequence.then {
        let lead = step.within.map_or_else(String::new, |d| format!("{}以内に", say_length(d, Ja)));
        parts.push(Part { lead, clause: clause(&step.events), is_absent: false });
    }
    let absent =
        |lead: String, events: &Events| Part { lead, clause: clause(events), is_absent: true };
    if let Some(events) = &sequence.never_between {
        parts.push(absent("その間に一度も".to_owned(), events));
    }
    if let Some(events) = &sequence.never_since {
        parts.push(absent("一度も".to_owned(), events));
    }
    if let Some((events, length)) = &sequence.then_no {
        parts.push(absent(format!("{}たっても", say_length(*length, Ja)), events));
    }
    parts
}
