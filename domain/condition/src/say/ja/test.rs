//! 「30歳以上39歳以下」: what is asked of a value, in Japanese.

use facts::{Decimal, Value};

use super::window;
use crate::say::Language::Ja;
use crate::say::figures::{as_day, say_amount, say_day, say_length};
use crate::say::polar::peeled;
use crate::say::words::{self, Word};
use crate::{AgeTest, DayTest, MonthTest, NumberTest, Operand, Test};

/// A predicate: how it ends a sentence, stands before a noun, and goes on to another predicate.
#[derive(Debug, Clone)]
pub(super) struct Predicate {
    body: String,
    end: &'static str,
    before_noun: &'static str,
    and: &'static str,
}

impl Predicate {
    pub(super) fn new(
        body: impl Into<String>,
        end: &'static str,
        before_noun: &'static str,
        and: &'static str,
    ) -> Predicate {
        Predicate { body: body.into(), end, before_noun, and }
    }

    /// 「…」 or 「…ではない」.
    pub(super) fn noun(body: impl Into<String>, yes: bool) -> Predicate {
        match yes {
            true => Predicate::new(body, "", "の", "で"),
            false => Predicate::new(body, "ではない", "ではない", "ではなく"),
        }
    }

    /// 「…い」 or 「…くはない」, of an adjective without its い.
    pub(super) fn adjective(stem: impl Into<String>, yes: bool) -> Predicate {
        match yes {
            true => Predicate::new(stem, "い", "い", "く"),
            false => Predicate::new(stem, "くはない", "くはない", "くはなく"),
        }
    }

    /// The predicate with its subject or anything else before it.
    pub(super) fn after(mut self, before: &str) -> Predicate {
        self.body.insert_str(0, before);
        self
    }

    pub(super) fn end(&self) -> String {
        format!("{}{}", self.body, self.end)
    }

    pub(super) fn before_noun(&self) -> String {
        format!("{}{}", self.body, self.before_noun)
    }

    pub(super) fn and(&self) -> String {
        format!("{}{}", self.body, self.and)
    }
}

/// Whose value is tested, which decides what keys and values are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Attribute,
    Property,
}

impl Of {
    /// 「プラン」; a name of the firm's own in brackets.
    pub(super) fn label(self, key: &str) -> String {
        let word = match self {
            Of::Attribute => words::attribute(key),
            Of::Property => words::property(key),
        };
        word.map_or_else(|| quoted(key), |word| word.ja.to_owned())
    }
}

/// A customer's text as it was written.
pub(super) fn quoted(text: &str) -> String {
    format!("「{text}」")
}

/// A value's own word, or the text as it was written.
pub(super) fn spoken(key: &str, text: &str) -> String {
    words::value(key, text).map_or_else(|| quoted(text), |word| word.ja.to_owned())
}

/// The test with its subject: 「プランがスタンダード」.
pub(super) fn say(of: Of, key: &str, test: &Test, yes: bool) -> Predicate {
    let (test, yes) = peeled(test, yes);
    if let Some(special) = special(of, key, test, yes) {
        return special;
    }
    let yearly = if matches!(test, Test::Anniversary(_)) { "の記念日" } else { "" };
    let subject = format!("{}{yearly}{}", of.label(key), particle(test));
    alone(of, key, test, yes).after(&subject)
}

/// The test without its subject: 「スタンダード」, 「100人以上」.
pub(super) fn alone(of: Of, key: &str, test: &Test, yes: bool) -> Predicate {
    let (test, yes) = peeled(test, yes);
    let verb = |body: String, forms: [&'static str; 2], nots: [&'static str; 2]| {
        let [end, and] = if yes { forms } else { nots };
        Predicate::new(body, end, end, and)
    };
    match test {
        Test::Is(operand) => is(of, key, operand, yes),
        Test::In(values) => one_of(key, values, yes),
        Test::Contains(text) => {
            verb(quoted(text), ["を含む", "を含み"], ["を含まない", "を含まず"])
        }
        Test::StartsWith(text) => {
            verb(quoted(text), ["で始まる", "で始まり"], ["で始まらない", "で始まらず"])
        }
        Test::EndsWith(text) => {
            verb(quoted(text), ["で終わる", "で終わり"], ["で終わらない", "で終わらず"])
        }
        Test::Number(test) => ordered(of, key, test, yes),
        Test::Exists if of == Of::Attribute => {
            verb("登録されて".to_owned(), ["いる", "おり"], ["いない", "おらず"])
        }
        Test::Exists => verb(String::new(), ["ある", "あり"], ["ない", "なく"]),
        Test::Day(DayTest::Today) => Predicate::noun("今日", yes),
        Test::Day(DayTest::Yesterday) => Predicate::noun("昨日", yes),
        Test::Day(DayTest::Tomorrow) => Predicate::noun("明日", yes),
        Test::DayIn(window) => Predicate::noun(window::of_moment(window), yes),
        Test::DayInNext(length) => {
            Predicate::noun(format!("今から{}以内", say_length(*length, Ja)), yes)
        }
        Test::Month(MonthTest::Named(month)) => Predicate::noun(format!("{month}月"), yes),
        Test::Month(MonthTest::This) => Predicate::noun("今月", yes),
        Test::Month(MonthTest::Next) => Predicate::noun("来月", yes),
        Test::Anniversary(0) => Predicate::noun("今日", yes),
        Test::Anniversary(days) => Predicate::noun(format!("今日から{days}日以内"), yes),
        Test::Age(test) => age(*test, yes),
        Test::Not(inner) => alone(of, key, inner, !yes),
    }
}

/// Texts are said to have something in them; everything else simply is.
fn particle(test: &Test) -> &'static str {
    if matches!(test, Test::Contains(_)) { "に" } else { "が" }
}

/// Tests whose natural sentence has another subject than the attribute's name.
fn special(of: Of, key: &str, test: &Test, yes: bool) -> Option<Predicate> {
    if of != Of::Attribute {
        return None;
    }
    match (key, test) {
        ("consent_mail", Test::Is(Operand::Value(Value::Bool(given)))) => {
            let verb = if *given {
                "メール配信に同意して"
            } else {
                "メール配信を断って"
            };
            Some(match yes {
                true => Predicate::new(verb, "いる", "いる", "おり"),
                false => Predicate::new(verb, "いない", "いない", "おらず"),
            })
        }
        ("birthday", Test::Month(_)) => Some(alone(of, key, test, yes).after("誕生月が")),
        ("birthday", Test::Anniversary(_)) => Some(alone(of, key, test, yes).after("誕生日が")),
        ("birthday", Test::Age(_)) => Some(alone(of, key, test, yes).after("年齢が")),
        (_, Test::Age(_)) => {
            Some(alone(of, key, test, yes).after(&format!("{}から数えた年数が", of.label(key))))
        }
        _ => None,
    }
}

fn is(of: Of, key: &str, operand: &Operand, yes: bool) -> Predicate {
    match operand {
        Operand::Value(value) => Predicate::noun(plain_value(key, value), yes),
        Operand::Attribute { key: other, times } => {
            Predicate::noun(format!("{}と同じ", times_of(of, other, times)), yes)
        }
    }
}

/// A value as a noun: 「東京都」 in brackets, スタンダード, 100人, 2026年5月1日.
pub(super) fn plain_value(key: &str, value: &Value) -> String {
    match value {
        Value::Missing => "空".to_owned(),
        Value::Bool(true) => "「はい」".to_owned(),
        Value::Bool(false) => "「いいえ」".to_owned(),
        Value::Number(number) => format!("{}{}", say_amount(number), words::unit(key).ja),
        Value::Text(text) => match as_day(text) {
            Some(day) => say_day(day, Ja),
            None => spoken(key, text),
        },
    }
}

fn one_of(key: &str, values: &[Value], yes: bool) -> Predicate {
    let said: Vec<String> = values.iter().map(|value| plain_value(key, value)).collect();
    match (said.as_slice(), yes) {
        ([one], yes) => Predicate::noun(one, yes),
        ([one, other], true) => Predicate::noun(format!("{one}か{other}"), yes),
        ([one, other], false) => {
            Predicate::new(format!("{one}でも{other}でも"), "ない", "ない", "なく")
        }
        (_, true) => Predicate::noun(format!("{}のいずれか", in_a_row(&said)), yes),
        (_, false) => {
            Predicate::new(format!("{}のいずれでも", in_a_row(&said)), "ない", "ない", "なく")
        }
    }
}

/// 「東京都」「大阪府」, but 100・200.
fn in_a_row(said: &[String]) -> String {
    said.join(if said.iter().all(|value| value.ends_with('」')) { "" } else { "・" })
}

/// What stands on the right: the other attribute, whole, by percent or by times.
fn times_of(of: Of, other: &str, times: &Decimal) -> String {
    let mut label = Of::Attribute.label(other);
    if of == Of::Property {
        // Inside a filter the plain word would mean the event's own property.
        label.insert_str(0, "顧客の");
    }
    match *times {
        times if times == Decimal::ONE => label,
        times if Decimal::ZERO < times && times < Decimal::ONE => {
            let percent = times * Decimal::ONE_HUNDRED;
            format!("{label}の{}%", say_amount(&percent))
        }
        times => format!("{label}の{}倍", say_amount(&times)),
    }
}

fn ordered(of: Of, key: &str, test: &NumberTest<Operand>, yes: bool) -> Predicate {
    let mut is_day = false;
    let said = test.map(|operand| match operand {
        Operand::Attribute { key: other, times } => times_of(of, other, times),
        Operand::Value(Value::Text(text)) => match (as_day(text), text.trim().parse::<Decimal>()) {
            (Some(day), _) => {
                is_day = true;
                say_day(day, Ja)
            }
            (None, Ok(number)) => format!("{}{}", say_amount(&number), words::unit(key).ja),
            (None, Err(_)) => quoted(text),
        },
        Operand::Value(value) => plain_value(key, value),
    });
    if is_day {
        return days(&said, yes);
    }
    compared(&said, yes)
}

/// A number compared: 「3回以上」, 「50,000円を超える」.
pub(super) fn number<N>(test: &NumberTest<N>, yes: bool, say: impl Fn(&N) -> String) -> Predicate {
    compared(&test.map(say), yes)
}

fn compared(said: &NumberTest<String>, yes: bool) -> Predicate {
    match said {
        NumberTest::AtLeast(n) => Predicate::noun(format!("{n}以上"), yes),
        NumberTest::AtMost(n) => Predicate::noun(format!("{n}以下"), yes),
        NumberTest::LessThan(n) => Predicate::noun(format!("{n}未満"), yes),
        NumberTest::MoreThan(n) => match yes {
            true => Predicate::new(n, "を超える", "を超える", "を超え"),
            false => Predicate::new(n, "を超えない", "を超えない", "を超えず"),
        },
        NumberTest::Exactly(n) => Predicate::noun(format!("ちょうど{n}"), yes),
        NumberTest::Between(a, b) => Predicate::noun(format!("{a}以上{b}以下"), yes),
    }
}

fn days(said: &NumberTest<String>, yes: bool) -> Predicate {
    let body = match said {
        NumberTest::AtLeast(day) => format!("{day}以降"),
        NumberTest::AtMost(day) => format!("{day}以前"),
        NumberTest::MoreThan(day) => format!("{day}より後"),
        NumberTest::LessThan(day) => format!("{day}より前"),
        NumberTest::Exactly(day) => day.clone(),
        NumberTest::Between(a, b) => format!("{a}から{b}まで"),
    };
    Predicate::noun(body, yes)
}

fn age(test: AgeTest, yes: bool) -> Predicate {
    let body = match (test.at_least, test.at_most) {
        (Some(least), Some(most)) if least == most => format!("{least}歳"),
        (Some(least), Some(most)) => format!("{least}歳以上{most}歳以下"),
        (Some(least), None) => format!("{least}歳以上"),
        (None, Some(most)) => format!("{most}歳以下"),
        (None, None) => "0歳以上".to_owned(),
    };
    Predicate::noun(body, yes)
}

/// The unit a measured property is counted in.
pub(super) fn unit(key: &str) -> &'static str {
    let Word { ja, .. } = words::unit(key);
    ja
}
