//! 「料金ページを3回以上見た」: what a customer does, as a verb or as a noun, in Japanese.

use super::test::{self, Of};
use crate::Measure;
use crate::say::events::{Ja, Object};
use crate::say::polar::{Deed, DeedKind};

/// A deed as a clause: `head` is the object with its particle, and the verb follows in one of its forms.
#[derive(Debug)]
pub(super) struct Clause {
    /// 「料金ページを」
    pub(super) head: String,
    pub(super) past: String,
    pub(super) not: String,
    pub(super) stem: String,
    /// A verb of being, as in 「受注があった」: it knows no 「…たことがある」.
    pub(super) is_being: bool,
}

impl Clause {
    /// The negative that goes on to another clause: していない → しておらず, ない → なく.
    pub(super) fn not_and(&self) -> String {
        match self.not.strip_suffix("いない") {
            Some(stem) => format!("{stem}おらず"),
            None => format!("{}なく", self.not.strip_suffix("ない").unwrap_or(&self.not)),
        }
    }
}

/// The deed as a verb, when it has one: not for names of the firm's own, nor with filters left to mention.
pub(super) fn verb(deed: &Deed<'_>) -> Option<Clause> {
    let DeedKind::Known(words, objects) = &deed.kind else { return None };
    if !deed.rest.is_empty() {
        return None;
    }
    let object = object(&words.ja, objects);
    let particle = if object.is_empty() { "" } else { words.ja.particle };
    Some(Clause {
        head: format!("{object}{particle}"),
        past: words.ja.past.to_owned(),
        not: words.ja.not.to_owned(),
        stem: words.ja.stem.to_owned(),
        is_being: words.ja.past == "あった",
    })
}

/// The deed as a clause in any case: what has no verb of its own is there or not.
pub(super) fn clause(deed: &Deed<'_>) -> Clause {
    verb(deed).unwrap_or_else(|| Clause {
        head: format!("{}が", noun(deed)),
        past: "あった".to_owned(),
        not: "ない".to_owned(),
        stem: "あり".to_owned(),
        is_being: true,
    })
}

/// The deed as a noun with its filters before it: 「金額が10,000円以上の購入」.
pub(super) fn noun(deed: &Deed<'_>) -> String {
    format!("{}{}", filters(deed), bare_noun(deed))
}

/// The deed as a noun without the filters that are left.
pub(super) fn bare_noun(deed: &Deed<'_>) -> String {
    let (words, objects) = match &deed.kind {
        DeedKind::Named(name) => return test::quoted(name),
        DeedKind::Begins(prefix) => return format!("{}で始まる行動", test::quoted(prefix)),
        DeedKind::Known(words, objects) => (words, objects),
    };
    if objects.is_empty() {
        return words.label.ja.to_owned();
    }
    let object = object(&words.ja, objects);
    if words.ja.noun.is_empty() {
        return object;
    }
    let link = if words.ja.particle == "に" { "への" } else { "の" };
    format!("{object}{link}{}", words.ja.noun)
}

/// The noun as the beginning of a longer one: 購入 + 回数, but 受注 + の + 回数.
pub(super) fn compound(deed: &Deed<'_>, with: &str) -> String {
    let glues = match &deed.kind {
        DeedKind::Known(words, _) => !words.ja.noun.is_empty(),
        DeedKind::Named(_) | DeedKind::Begins(_) => false,
    };
    format!("{}{}{with}", noun(deed), if glues { "" } else { "の" })
}

/// What is measured: 「購入金額の合計」, 「ログイン日数」.
pub(super) fn measured(measure: Measure, of: &str, deed: &Deed<'_>) -> String {
    match measure {
        Measure::Count => compound(deed, "回数"),
        Measure::Days => compound(deed, "日数"),
        Measure::Sum => format!("{}の合計", property(of, deed)),
        Measure::Average => format!("{}の平均", property(of, deed)),
        Measure::Least => format!("{}の最小", property(of, deed)),
        Measure::Most => format!("{}の最大", property(of, deed)),
        Measure::Distinct => format!("{}の種類数", things(of, deed)),
    }
}

/// The different things themselves: 「購入した商品」.
pub(super) fn things(of: &str, deed: &Deed<'_>) -> String {
    format!("{}{}", having(of, deed), Of::Property.label(of))
}

/// The unit a measure is counted in.
pub(super) fn unit(measure: Measure, of: &str) -> &'static str {
    match measure {
        Measure::Count => "回",
        Measure::Days => "日",
        Measure::Distinct => "種類",
        Measure::Sum | Measure::Average | Measure::Least | Measure::Most => test::unit(of),
    }
}

/// What stands before a property the deed has: 「購入した」, 「「foo」の」.
pub(super) fn having(of: &str, deed: &Deed<'_>) -> String {
    done_to(of, deed).unwrap_or_else(|| format!("{}の", noun(deed)))
}

/// The verb before what it is done to, where it can stand there: 見た（ページ）, 購入した（商品）.
pub(super) fn done_to(of: &str, deed: &Deed<'_>) -> Option<String> {
    let clause = verb(deed)?;
    let fits = clause.head.is_empty() || is_the_object(of, deed);
    // 「した」 alone does not say what was done.
    (fits && clause.past != "した" && !clause.is_being).then_some(clause.past)
}

/// 「カテゴリが「化粧品」で、金額が10,000円以上の」
pub(super) fn filters(deed: &Deed<'_>) -> String {
    let Some((last, first)) = deed.rest.split_last() else { return String::new() };
    let mut said = String::new();
    for filter in first {
        said.push_str(&test::say(Of::Property, &filter.property, &filter.test, true).and());
        said.push('、');
    }
    said + &test::say(Of::Property, &last.property, &last.test, true).before_noun()
}

fn property(of: &str, deed: &Deed<'_>) -> String {
    match (&deed.kind, of) {
        (DeedKind::Known(words, _), "amount") if words.name == "purchased" => {
            compound(deed, "金額")
        }
        (DeedKind::Known(words, objects), "dwell_seconds") if deed.rest.is_empty() => {
            format!("{}の滞在時間", object(&words.ja, objects))
        }
        _ => format!("{}の{}", noun(deed), Of::Property.label(of)),
    }
}

/// Whether the property is what the verb is done to: 見たページ, 使った機能.
fn is_the_object(of: &str, deed: &Deed<'_>) -> bool {
    match &deed.kind {
        DeedKind::Known(words, objects) => {
            objects.is_empty() && words.objects.iter().any(|object| object.property == of)
        }
        DeedKind::Named(_) | DeedKind::Begins(_) => false,
    }
}

fn object(ja: &Ja, objects: &[(&Object, std::borrow::Cow<'_, str>)]) -> String {
    if objects.is_empty() {
        return ja.object.to_owned();
    }
    let said: Vec<String> = objects
        .iter()
        .map(|(object, value)| {
            object.words.ja.replacen("{}", &test::spoken(object.property, value), 1)
        })
        .collect();
    said.join("か")
}
