//! The conditions of the signs, written out by hand: which customers carry a sign at an instant.

use facts::{Decimal, Fact, PropertiesRef, Timestamp, What};

/// The events of a name in `(from, to]`.
pub(crate) fn events<'a>(
    facts: &'a [&'a Fact],
    event: &'a str,
    from: Timestamp,
    to: Timestamp,
) -> impl Iterator<Item = (Timestamp, PropertiesRef<'a>)> {
    facts.iter().filter_map(move |fact| match &fact.what {
        What::Happened { name, properties }
            if name.as_str() == event && from < fact.at && fact.at <= to =>
        {
            Some((fact.at, properties.borrowed()))
        }
        _ => None,
    })
}

/// An attribute of the customer itself at an instant, as text.
pub(crate) fn attribute(facts: &[&Fact], name: &str, at: Timestamp) -> String {
    let mut text = String::new();
    for fact in facts.iter().filter(|fact| fact.at <= at && fact.contact.is_none()) {
        if let What::Became(attributes) = &fact.what
            && let Some((_, value)) = attributes.borrowed().iter().find(|(key, _)| *key == name)
        {
            text = value.to_string();
        }
    }
    text
}

fn days_before(at: Timestamp, days: i64) -> Timestamp {
    at.minus(days * Timestamp::DAY)
}

fn is(properties: PropertiesRef<'_>, name: &str, text: &str) -> bool {
    properties.get(name).as_text() == Some(text)
}

pub(crate) fn purchase(facts: &[&Fact], at: Timestamp) -> bool {
    let from = days_before(at, 14);
    let views = || events(facts, "page_viewed", from, at);
    let long = |view: PropertiesRef<'_>| {
        view.get("dwell_seconds").as_number().is_some_and(|seconds| Decimal::from(120) <= seconds)
    };
    3 <= views().filter(|view| is(view.1, "page_type", "pricing")).count()
        && views().any(|view| is(view.1, "page_type", "case_study") && long(view.1))
        && events(facts, "document_downloaded", from, at).next().is_some()
}

/// Features a plan lacks, and the plans that have more.
fn beyond(plan: &str) -> (&'static [&'static str], &'static [&'static str]) {
    #[rustfmt::skip] // four to a line
    const SMALL: [&str; 8] = [
        "来客受付の自動通知", "座席の一括割当", "利用レポートの自動配信", "承認フロー",
        "入退室ゲート連携", "シングルサインオン", "監査ログの長期保存", "拠点横断ダッシュボード",
    ];
    match plan {
        "starter" => (&SMALL, &["standard", "premium"]),
        "standard" => (&SMALL[4..], &["premium"]),
        _ => (&[], &[]),
    }
}

pub(crate) fn upsell(facts: &[&Fact], at: Timestamp) -> bool {
    let number = |name| attribute(facts, name, at).parse::<i64>().ok();
    let (Some(used), Some(limit)) = (number("users_used"), number("users_limit")) else {
        return false;
    };
    let plan = attribute(facts, "plan", at);
    let (features, plans) = beyond(&plan);
    let from = days_before(at, 30);
    let searches = events(facts, "help_searched", from, at)
        .filter(|search| search.1.get("words").as_text().is_some_and(|one| features.contains(&one)))
        .count();
    let views = events(facts, "page_viewed", from, at)
        .filter(|view| is(view.1, "page_type", "feature"))
        .filter(|view| view.1.get("plan").as_text().is_some_and(|one| plans.contains(&one)))
        .count();
    limit * 8 <= used * 10 && 2 <= searches && 2 <= views
}

pub(crate) fn churn(facts: &[&Fact], rivals: &[&str], at: Timestamp) -> bool {
    let (month, two) = (days_before(at, 30), days_before(at, 60));
    let base = events(facts, "login", two, month).count();
    let lately = events(facts, "login", month, at).count();
    let searched = events(facts, "help_searched", month, at).any(|search| {
        let words = search.1.get("words").as_text().unwrap_or_default();
        words.contains("解約") || rivals.iter().any(|rival| words.contains(rival))
    });
    let complained = events(facts, "inquired", month, at).any(|one| is(one.1, "kind", "complaint"));
    4 <= base && lately * 2 <= base && searched && complained
}

/// The products that are forgotten at an instant.
pub(crate) fn forgotten(facts: &[&Fact], at: Timestamp) -> Vec<String> {
    let mut products: Vec<&str> = events(facts, "purchased", Timestamp::MIN, at)
        .filter_map(|bought| bought.1.get("product").as_text())
        .collect();
    products.sort_unstable();
    products.dedup();
    products.retain(|product| {
        let bought: Vec<Timestamp> = events(facts, "purchased", Timestamp::MIN, at)
            .filter(|bought| is(bought.1, "product", product))
            .map(|bought| bought.0)
            .collect();
        let mut gaps: Vec<i64> = bought.windows(2).map(|two| two[1].since(two[0])).collect();
        gaps.sort_unstable();
        let views = events(facts, "page_viewed", days_before(at, 14), at)
            .filter(|view| is(view.1, "product", product))
            .count();
        let (Some(last), true) = (bought.last(), 2 <= gaps.len()) else { return false };
        let twice_the_median = gaps[gaps.len() / 2] + gaps[(gaps.len() - 1) / 2];
        // Overdue by 1.5 medians, compared without halves.
        twice_the_median * 3 < at.since(*last) * 4 && 3 <= views
    });
    products.into_iter().map(str::to_owned).collect()
}

pub(crate) fn follow_up(facts: &[&Fact], at: Timestamp) -> bool {
    events(facts, "materials_requested", days_before(at, 30), at).any(|(asked, _)| {
        let week = asked.plus(7 * Timestamp::DAY).min(at);
        events(facts, "mail_opened", asked, week).next().is_some()
            && events(facts, "meeting_set", asked, at).next().is_none()
    })
}
