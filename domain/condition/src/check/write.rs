//! Writes a condition in its canonical form.

mod standing;

use facts::Value;
use serde_json::{Map, Value as Json, json};

use super::leaves::measure_word;
use crate::{
    AgeTest, CalendarWindow, Condition, DayTest, DefaultGap, EventPattern, Events, Filter, HowMany,
    Leaf, Measure, Measured, MonthTest, NumberTest, Operand, Sequence, Test, Trend, TrendTest,
    Window,
};

pub(super) fn condition(condition: &Condition) -> Json {
    match condition {
        Condition::All(parts) => {
            json!({ "all": parts.iter().map(self::condition).collect::<Vec<_>>() })
        }
        Condition::Any(parts) => {
            json!({ "any": parts.iter().map(self::condition).collect::<Vec<_>>() })
        }
        Condition::Not(inner) => json!({ "not": self::condition(inner) }),
        Condition::Some { property, of, satisfies } => {
            let mut fields = map([("some", json!(property))]);
            if let Some(of) = of {
                fields.insert("of".into(), pattern(of));
            }
            fields.insert("satisfies".into(), self::condition(satisfies));
            Json::Object(fields)
        }
        Condition::Contacts { how_many, satisfies } => {
            let how_many = match how_many {
                HowMany::Any => json!("any"),
                HowMany::All => json!("all"),
                HowMany::None => json!("none"),
                HowMany::AtLeast(n) => json!({ "at_least": n }),
            };
            json!({ "contacts": how_many, "satisfies": self::condition(satisfies) })
        }
        Condition::Company(inner) => json!({ "company": self::condition(inner) }),
        Condition::Points { parts, test } => {
            let part = |(weight, when): &(i32, Condition)| json!({ "weight": weight, "when": self::condition(when) });
            let parts: Vec<Json> = parts.iter().map(part).collect();
            json!({ "points": parts, "is": number_test(test, decimal) })
        }
        Condition::Leaf(leaf) => Json::Object(self::leaf(leaf)),
    }
}

fn leaf(leaf: &Leaf) -> Map<String, Json> {
    match leaf {
        Leaf::Attribute { key, test } => with(map([("attribute", json!(key))]), self::test(test)),
        Leaf::Held { key, value, at_least, length } => map([
            ("attribute", json!(key)),
            ("is", self::value(value)),
            (
                "held",
                json!({ if *at_least { "at_least" } else { "less_than" }: length.to_string() }),
            ),
        ]),
        Leaf::Count { events, test, window } => {
            let mut fields = self::events("event", events);
            if *test != NumberTest::AtLeast(1) {
                fields.insert("count".into(), Json::Object(number_test(test, |n| json!(n))));
            }
            with(fields, self::window(window))
        }
        Leaf::Measure { measured, test, window } => {
            let mut fields = self::measured(measured);
            fields.insert("is".into(), Json::Object(number_test(test, decimal)));
            with(fields, self::window(window))
        }
        Leaf::First { events, window, if_none } => {
            let fields = with(self::events("first", events), self::window(window));
            with(fields, self::if_none(*if_none))
        }
        Leaf::Last { name, has, window, if_none } => {
            let mut fields = map([("last", pattern(name))]);
            if !has.is_empty() {
                fields.insert("has".into(), filters(has));
            }
            if *window != Window::Always {
                fields.insert("window".into(), Json::Object(self::window(window)));
            }
            with(fields, self::if_none(*if_none))
        }
        Leaf::Trend(trend) => self::trend(trend),
        Leaf::Rhythm(rhythm) => {
            let mut fields = self::events("rhythm", &rhythm.events);
            fields.insert("overdue_by".into(), json!(rhythm.overdue_by.normalize().to_string()));
            fields.insert("gaps_at_least".into(), json!(rhythm.gaps_at_least));
            if let Some(gap) = &rhythm.default_gap {
                fields.insert("default_gap".into(), default_gap(gap));
            }
            fields
        }
        Leaf::Sequence(sequence) => self::sequence(sequence),
        Leaf::Regularly(_)
        | Leaf::Ratio(_)
        | Leaf::Stayed(_)
        | Leaf::Status(_)
        | Leaf::Mentioned(_)
        | Leaf::Random(_)
        | Leaf::Rank(_) => standing::leaf(leaf),
        Leaf::Segment(id) => map([("segment", json!(id.as_str()))]),
        Leaf::Tagged(name) => map([("tag", json!(name))]),
        Leaf::Listed(name) => map([("list", json!(name))]),
        Leaf::Score { id, test } => {
            map([("score", json!(id)), ("is", Json::Object(number_test(test, decimal)))])
        }
        Leaf::Known(length) => map([("known_for", json!(length.to_string()))]),
    }
}

/// The answer where there is no such event; only what is not usual is written.
fn if_none(holds: bool) -> Map<String, Json> {
    if holds { map([("if_none", json!(true))]) } else { Map::new() }
}

fn default_gap(gap: &DefaultGap) -> Json {
    let (key, name, or) = match gap {
        DefaultGap::Length(length) => return json!(length.to_string()),
        DefaultGap::Attribute { key, or } => ("attribute", key, or),
        DefaultGap::Property { name, or } => ("property", name, or),
    };
    let mut fields = map([(key, json!(name))]);
    if let Some(length) = or {
        fields.insert("else".into(), json!(length.to_string()));
    }
    Json::Object(fields)
}

/// A decimal as text, which keeps every digit.
fn decimal(number: &facts::Decimal) -> Json {
    json!(number.normalize().to_string())
}

fn trend(trend: &Trend) -> Map<String, Json> {
    let share = |share: &crate::Share| json!({ "percent": share.percent.normalize().to_string() });
    let plus = |difference: &facts::Decimal| json!({ "plus": difference.normalize().to_string() });
    let test = match &trend.test {
        TrendTest::AtMost(percent) => json!({ "at_most": share(percent) }),
        TrendTest::AtLeast(percent) => json!({ "at_least": share(percent) }),
        TrendTest::AtMostPlus(difference) => json!({ "at_most": plus(difference) }),
        TrendTest::AtLeastPlus(difference) => json!({ "at_least": plus(difference) }),
    };
    map([
        ("trend", Json::Object(measured(&trend.measured))),
        ("now", Json::Object(window(&trend.now))),
        ("before", Json::Object(window(&trend.before))),
        ("is", test),
        ("base_at_least", json!(trend.base_at_least.normalize().to_string())),
    ])
}

fn sequence(sequence: &Sequence) -> Map<String, Json> {
    let mut steps = vec![Json::Object(events("event", &sequence.first))];
    for step in &sequence.then {
        let mut fields = events("event", &step.events);
        if let Some(within) = step.within {
            fields.insert("within".into(), json!(within.to_string()));
        }
        steps.push(Json::Object(fields));
    }
    let mut fields = with(map([("sequence", Json::Array(steps))]), window(&sequence.window));
    if let Some(never) = &sequence.never_between {
        fields.insert("never_between".into(), Json::Object(events("event", never)));
    }
    if let Some(never) = &sequence.never_since {
        fields.insert("never_since".into(), Json::Object(events("event", never)));
    }
    if let Some((none, length)) = &sequence.then_no {
        let mut then_no = events("event", none);
        then_no.insert("for".into(), json!(length.to_string()));
        fields.insert("then_no".into(), Json::Object(then_no));
    }
    fields
}

fn measured(measured: &Measured) -> Map<String, Json> {
    let mut fields = map([("measure", json!(measure_word(measured.measure)))]);
    if !matches!(measured.measure, Measure::Count | Measure::Days) {
        fields.insert("of".into(), json!(measured.of));
    }
    with(fields, events("event", &measured.events))
}

fn events(head: &'static str, events: &Events) -> Map<String, Json> {
    let mut fields = map([(head, pattern(&events.name))]);
    if !events.filters.is_empty() {
        fields.insert("where".into(), filters(&events.filters));
    }
    fields
}

fn pattern(pattern: &EventPattern) -> Json {
    match pattern {
        EventPattern::Exact(name) => json!(name),
        EventPattern::Prefix(prefix) => json!(format!("{prefix}*")),
    }
}

fn filters(filters: &[Filter]) -> Json {
    let one = |filter: &Filter| {
        Json::Object(with(map([("property", json!(filter.property))]), test(&filter.test)))
    };
    Json::Array(filters.iter().map(one).collect())
}

fn test(test: &Test) -> Map<String, Json> {
    match test {
        Test::Is(right) => map([("is", operand(right))]),
        Test::In(values) => map([("in", values.iter().map(value).collect())]),
        Test::Contains(text) => map([("contains", json!(text))]),
        Test::StartsWith(text) => map([("starts_with", json!(text))]),
        Test::EndsWith(text) => map([("ends_with", json!(text))]),
        Test::Number(number) => number_test(number, operand),
        Test::Exists => map([("exists", json!(true))]),
        Test::Day(day) => map([("day_is", json!(day_word(*day)))]),
        Test::DayIn(within) => map([("day_in", Json::Object(window(within)))]),
        Test::DayInNext(length) => map([("day_in_next", json!(length.to_string()))]),
        Test::Month(MonthTest::Named(month)) => map([("month_is", json!(month))]),
        Test::Month(MonthTest::This) => map([("month_is", json!("this"))]),
        Test::Month(MonthTest::Next) => map([("month_is", json!("next"))]),
        Test::Anniversary(days) => map([("anniversary_in", json!(days))]),
        Test::Age(age) => map([("age", Json::Object(self::age(age)))]),
        Test::Not(inner) => negated(inner),
    }
}

fn negated(inner: &Test) -> Map<String, Json> {
    match inner {
        Test::Is(right) => map([("is_not", operand(right))]),
        Test::In(values) => map([("not_in", values.iter().map(value).collect())]),
        Test::Contains(text) => map([("does_not_contain", json!(text))]),
        Test::Exists => map([("exists", json!(false))]),
        // The reader makes no other negated test; twice negated is the test itself.
        Test::Not(twice) => test(twice),
        other => test(other),
    }
}

fn day_word(day: DayTest) -> &'static str {
    match day {
        DayTest::Today => "today",
        DayTest::Yesterday => "yesterday",
        DayTest::Tomorrow => "tomorrow",
    }
}

fn age(age: &AgeTest) -> Map<String, Json> {
    let mut fields = Map::new();
    if let Some(years) = age.at_least {
        fields.insert("at_least".into(), json!(years));
    }
    if let Some(years) = age.at_most {
        fields.insert("at_most".into(), json!(years));
    }
    fields
}

fn operand(operand: &Operand) -> Json {
    match operand {
        Operand::Value(fixed) => value(fixed),
        Operand::Attribute { key, times } if *times == facts::Decimal::ONE => {
            json!({ "attribute": key })
        }
        Operand::Attribute { key, times } => {
            json!({ "attribute": key, "times": times.normalize().to_string() })
        }
    }
}

fn value(value: &Value) -> Json {
    match value {
        Value::Missing => Json::Null,
        Value::Bool(yes) => json!(yes),
        Value::Text(text) => json!(&**text),
        Value::Number(number) => {
            let text = number.normalize().to_string();
            // Whole numbers stay numbers; a fraction keeps its digits only as long as JSON's own number keeps them.
            match (text.parse::<i64>(), text.parse::<u64>()) {
                (Ok(whole), _) => json!(whole),
                (_, Ok(whole)) => json!(whole),
                _ => text.parse::<f64>().ok().map_or(json!(text), |float| json!(float)),
            }
        }
    }
}

fn number_test<N>(test: &NumberTest<N>, write: impl Fn(&N) -> Json) -> Map<String, Json> {
    match test {
        NumberTest::AtLeast(n) => map([("at_least", write(n))]),
        NumberTest::AtMost(n) => map([("at_most", write(n))]),
        NumberTest::MoreThan(n) => map([("more_than", write(n))]),
        NumberTest::LessThan(n) => map([("less_than", write(n))]),
        NumberTest::Exactly(n) => map([("exactly", write(n))]),
        NumberTest::Between(low, high) => map([("between", json!([write(low), write(high)]))]),
    }
}

fn window(window: &Window) -> Map<String, Json> {
    match window {
        Window::Always => Map::new(),
        Window::Last(length) => map([("last", json!(length.to_string()))]),
        Window::Ago { from, to } => map([("ago", json!([from.to_string(), to.to_string()]))]),
        Window::OlderThan(length) => map([("older_than", json!(length.to_string()))]),
        Window::Calendar(calendar) => {
            let name = CalendarWindow::NAMES
                .iter()
                .find(|(_, named)| named == calendar)
                .map_or("today", |(name, _)| name);
            map([("calendar", json!(name))])
        }
        Window::LastDays(n) => map([("last_days", json!(n))]),
        Window::LastMonths(n) => map([("last_months", json!(n))]),
        Window::Days { from, to } => {
            map([("from", json!(from.to_string())), ("to", json!(to.to_string()))])
        }
    }
}

fn map<const N: usize>(fields: [(&'static str, Json); N]) -> Map<String, Json> {
    fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn with(mut fields: Map<String, Json>, more: Map<String, Json>) -> Map<String, Json> {
    fields.extend(more);
    fields
}
