//! Leaves about habits, belonging and place in Japanese, or their complements.

use facts::{Decimal, Value};

use super::deed;
use super::leaf::{before_noun, times};
use super::test::{self, Of, Predicate, number, quoted};
use super::window;
use crate::say::Language::Ja;
use crate::say::Words;
use crate::say::figures::{say_amount, say_length};
use crate::say::polar::{self, HowOften, how_often};
use crate::{
    HowMany, Leaf, Measured, Mention, NumberTest, RandomShare, Rank, Ratio, Regularly, SegmentId,
    Status, StatusTest, StayTest, Stayed, Top,
};

/// The leaf when `yes`, its complement otherwise.
pub(super) fn one(leaf: &Leaf, yes: bool, words: &Words<'_>) -> String {
    let being = if yes { "いる" } else { "いない" };
    match leaf {
        Leaf::Regularly(leaf) => regularly(leaf, yes),
        Leaf::Ratio(leaf) => ratio(leaf, yes),
        Leaf::Stayed(leaf) => stayed(leaf, yes, words),
        Leaf::Status(leaf) => status(leaf, yes),
        Leaf::Tagged(name) => format!("タグ{}が付いて{being}", quoted(name)),
        Leaf::Listed(name) => format!("リスト{}に載って{being}", quoted(name)),
        Leaf::Mentioned(leaf) => mentioned(leaf, yes),
        Leaf::Random(share) => {
            format!("{}に{}", drawn(share), if yes { "当たる" } else { "当たらない" })
        }
        Leaf::Score { id, test } => {
            let name = (words.sign)(id).unwrap_or_else(|| id.clone());
            number(test, yes, say_amount).after(&format!("スコア{}が", quoted(&name))).end()
        }
        Leaf::Rank(leaf) => ranked(leaf, yes, words),
        _ => String::new(),
    }
}

/// What is asked for, without what it is asked of.
pub(super) fn threshold(leaf: &Leaf) -> String {
    match leaf {
        Leaf::Regularly(leaf) => {
            format!("{}期間のうち{}期間以上", leaf.periods, leaf.in_at_least)
        }
        Leaf::Ratio(leaf) => number(&leaf.percent, true, percent).end(),
        Leaf::Stayed(leaf) => match &leaf.test {
            StayTest::Entered(window) => window::adverb(window, "入った"),
            StayTest::Left(window) => window::adverb(window, "出た"),
            StayTest::AtLeast(length) => format!("{}以上", say_length(*length, Ja)),
            StayTest::LessThan(length) => format!("{}未満", say_length(*length, Ja)),
        },
        Leaf::Status(leaf) => match &leaf.test {
            StatusTest::Rose(window) => window::adverb(window, "上がった"),
            StatusTest::Fell(window) => window::adverb(window, "下がった"),
            StatusTest::AtLeast(value) => format!("{}以上", place(leaf, value)),
            StatusTest::AtMost(value) => format!("{}以下", place(leaf, value)),
        },
        Leaf::Tagged(_) => "付いている".to_owned(),
        Leaf::Listed(_) => "載っている".to_owned(),
        Leaf::Mentioned(leaf) => match how_often(leaf.test, true) {
            HowOften::Never => "0回".to_owned(),
            HowOften::Ever => "1回以上".to_owned(),
            HowOften::Number(test, yes) => number(&test, yes, times).end(),
        },
        Leaf::Random(share) => drawn(share),
        Leaf::Score { test, .. } => number(test, true, say_amount).end(),
        Leaf::Rank(leaf) => first(&leaf.top),
        _ => String::new(),
    }
}

/// 「先方担当者の2人以上が（…）に当てはまる」
pub(super) fn contacts(how_many: HowMany, yes: bool, inner: &str) -> String {
    match (how_many, yes) {
        (HowMany::Any | HowMany::AtLeast(1), true) | (HowMany::None, false) => {
            format!("先方担当者の誰かが（{inner}）に当てはまる")
        }
        (HowMany::None, true) | (HowMany::Any, false) => {
            format!("先方担当者の誰も（{inner}）に当てはまらない")
        }
        (HowMany::All, true) => format!("先方担当者の全員が（{inner}）に当てはまる"),
        (HowMany::All, false) => format!("先方担当者の全員が（{inner}）に当てはまるわけではない"),
        (HowMany::AtLeast(n), true) => format!("先方担当者の{n}人以上が（{inner}）に当てはまる"),
        (HowMany::AtLeast(n), false) => format!("（{inner}）に当てはまる先方担当者が{n}人未満"),
    }
}

/// 「「…」に30点、「…」に20点の合計が60以上」
pub(super) fn points(parts: &str, test: &NumberTest<Decimal>, yes: bool) -> String {
    number(test, yes, |n| format!("{}点", say_amount(n))).after(&format!("{parts}の合計が")).end()
}

fn regularly(leaf: &Regularly, yes: bool) -> String {
    let done = polar::deed(&leaf.events);
    let count = match how_often(leaf.count, true) {
        HowOften::Never => "が一度もない".to_owned(),
        HowOften::Ever => "がある".to_owned(),
        HowOften::Number(test, yes) => number(&test, yes, times).after("が").end(),
    };
    let count = format!("{}{count}", deed::noun(&done));
    let Regularly { periods, in_at_least, .. } = leaf;
    let past = format!("{}ごとに区切った直近{periods}期間", say_length(leaf.every, Ja));
    match (yes, in_at_least == periods) {
        (true, true) => format!("{past}のすべてで{count}"),
        (true, false) => format!("{past}のうち{in_at_least}期間以上で{count}"),
        (false, _) => format!("{past}のうち、{count}期間が{in_at_least}つ未満"),
    }
}

fn measured(measured: &Measured) -> String {
    deed::measured(measured.measure, &measured.of, &polar::deed(&measured.events))
}

fn percent(n: &Decimal) -> String {
    format!("{}%", say_amount(n))
}

fn ratio(leaf: &Ratio, yes: bool) -> String {
    let above = polar::deed(&leaf.above.events);
    let below = measured(&leaf.below);
    let share = number(&leaf.percent, yes, percent).after(&format!("{below}の")).end();
    let subject = measured(&leaf.above);
    let said = format!("{}{subject}が{share}", before_noun(&leaf.window, &above));
    if leaf.base_at_least <= Decimal::ZERO {
        return said;
    }
    let unit = deed::unit(leaf.below.measure, &leaf.below.of);
    let base = format!("{below}が{}{unit}", say_amount(&leaf.base_at_least));
    match yes {
        true => format!("{said}（{base}以上の場合）"),
        false => format!("{said}（{base}未満の場合を含む）"),
    }
}

fn name_of(id: &SegmentId, words: &Words<'_>) -> String {
    quoted(&(words.segment)(id).unwrap_or_else(|| id.to_string()))
}

fn stayed(leaf: &Stayed, yes: bool, words: &Words<'_>) -> String {
    let name = name_of(&leaf.segment, words);
    let said = match (&leaf.test, yes) {
        (StayTest::Entered(window), _) => {
            window::adverb(window, &format!("{name}に入り、今も入っている"))
        }
        (StayTest::Left(window), _) => {
            window::adverb(window, &format!("{name}から出て、今は入っていない"))
        }
        (StayTest::AtLeast(length), true) => {
            return format!("{name}に{}以上続けて入っている", say_length(*length, Ja));
        }
        (StayTest::LessThan(length), true) => {
            return format!("{name}に入って{}未満", say_length(*length, Ja));
        }
        (StayTest::AtLeast(length), false) => {
            let length = say_length(*length, Ja);
            return format!("{name}に入っていないか、入って{length}未満");
        }
        (StayTest::LessThan(length), false) => {
            let length = say_length(*length, Ja);
            return format!("{name}に入っていないか、{length}以上続けて入っている");
        }
    };
    if yes { said } else { format!("{said}、という状況ではない") }
}

fn status(leaf: &Status, yes: bool) -> String {
    let label = Of::Attribute.label(&leaf.key);
    let moved = |past: &str, not: &str, window| match yes {
        true => window::adverb(window, &format!("{label}が{past}")),
        false => window::adverb_of_never(window, &format!("一度も{label}が{not}")),
    };
    let compared = |body: String| Predicate::noun(body, yes).after(&format!("{label}が")).end();
    let said = match &leaf.test {
        StatusTest::Rose(window) => moved("上がった", "上がっていない", window),
        StatusTest::Fell(window) => moved("下がった", "下がっていない", window),
        StatusTest::AtLeast(value) => compared(format!("{}以上", place(leaf, value))),
        StatusTest::AtMost(value) => compared(format!("{}以下", place(leaf, value))),
    };
    let order: Vec<String> = leaf.order.iter().map(|value| place(leaf, value)).collect();
    format!("{said}（順: {}）", order.join("→"))
}

fn place(leaf: &Status, value: &Value) -> String {
    test::plain_value(&leaf.key, value)
}

fn mentioned(leaf: &Mention, yes: bool) -> String {
    let topics: Vec<String> = leaf.topics.iter().map(|topic| quoted(topic)).collect();
    let topics = format!("{}の話題", topics.join("か"));
    match how_often(leaf.test, yes) {
        HowOften::Never => {
            window::adverb_of_never(&leaf.window, &format!("{topics}が一度も出ていない"))
        }
        HowOften::Ever => window::adverb(&leaf.window, &format!("{topics}が出た")),
        HowOften::Number(test, yes) => {
            let test = number(&test, yes, times).end();
            format!("{}{topics}が{test}", window::of(&leaf.window))
        }
    }
}

/// 「「spring」による無作為の10%」
fn drawn(share: &RandomShare) -> String {
    let percent = |millionths: u32| say_amount(&Decimal::new(i64::from(millionths), 4));
    let said = format!("{}による無作為の{}%", quoted(&share.salt), percent(share.share));
    match share.from {
        0 => said,
        from => format!("{said}（{}%の位置から）", percent(from)),
    }
}

fn ranked(leaf: &Rank, yes: bool, words: &Words<'_>) -> String {
    let done = polar::deed(&leaf.measured.events);
    let among = match &leaf.among {
        Some(id) => format!("{}の中で、", name_of(id, words)),
        None => String::new(),
    };
    let subject = format!("{}{}", before_noun(&leaf.window, &done), measured(&leaf.measured));
    Predicate::noun(first(&leaf.top), yes).after(&format!("{among}{subject}が")).end()
}

fn first(top: &Top) -> String {
    match top {
        Top::Count(n) => format!("上位{}位まで", say_amount(&Decimal::from(*n))),
        Top::Percent(percent) => format!("上位{}%", say_amount(percent)),
    }
}
