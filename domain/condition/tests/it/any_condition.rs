//! Whatever the condition, it says itself.

use facts::{Decimal, Value};
use kizashi_condition::{
    AgeTest, CalendarWindow, Condition, DayTest, EventPattern, Events, Filter, Language, Leaf,
    Length, Measure, Measured, MonthTest, NumberTest, Operand, Rhythm, SegmentId, Sequence, Share,
    Step, Test, Trend, TrendTest, Window, Words, say_condition, say_leaf, say_threshold,
};
use proptest::prelude::*;

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "login",
            "page_viewed",
            "purchased",
            "deal_moved",
            "inquired",
            "approached",
            "visited",
            "plan",
            "page_type",
            "amount",
            "product",
            "birthday",
            "consent_mail",
            "stage",
        ])
        .prop_map(str::to_owned),
        "[a-zあ-ん漢字（「{}]{1,6}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        "(pricing|standard|won|2026-05-01|[a-z東京都｝」)、]{1,5})".prop_map(Value::from),
    ]
}

fn length() -> impl Strategy<Value = Length> {
    (1..4_000u32, prop::sample::select(vec!['s', 'm', 'h', 'd', 'w']))
        .prop_filter_map("too long", |(n, unit)| Length::parse(&format!("{n}{unit}")))
}

fn date() -> impl Strategy<Value = jiff::civil::Date> {
    (1..=9998i16, 1..=12i8, 1..=28i8).prop_map(|(y, m, d)| jiff::civil::date(y, m, d))
}

fn window() -> impl Strategy<Value = Window> {
    prop_oneof![
        Just(Window::Always),
        length().prop_map(Window::Last),
        (length(), length()).prop_map(|(from, to)| Window::Ago { from, to }),
        length().prop_map(Window::OlderThan),
        prop::sample::select(CalendarWindow::NAMES.to_vec()).prop_map(|(_, w)| Window::Calendar(w)),
        any::<u32>().prop_map(Window::LastDays),
        any::<u32>().prop_map(Window::LastMonths),
        (date(), date()).prop_map(|(from, to)| Window::Days { from, to }),
    ]
}

fn number<N: std::fmt::Debug + Clone + 'static>(
    n: impl Strategy<Value = N> + Clone + 'static,
) -> impl Strategy<Value = NumberTest<N>> {
    prop_oneof![
        n.clone().prop_map(NumberTest::AtLeast),
        n.clone().prop_map(NumberTest::AtMost),
        n.clone().prop_map(NumberTest::MoreThan),
        n.clone().prop_map(NumberTest::LessThan),
        n.clone().prop_map(NumberTest::Exactly),
        (n.clone(), n).prop_map(|(a, b)| NumberTest::Between(a, b)),
    ]
}

fn times() -> impl Strategy<Value = u32> + Clone {
    prop_oneof![0..4u32, any::<u32>()]
}

fn decimal() -> impl Strategy<Value = Decimal> + Clone {
    prop_oneof![
        (0..4i64).prop_map(Decimal::from),
        (any::<i64>(), 0..28u32).prop_map(|(n, scale)| Decimal::new(n, scale)),
        Just(Decimal::MAX),
        Just(Decimal::MIN),
    ]
}

fn operand() -> impl Strategy<Value = Operand> + Clone {
    prop_oneof![
        value().prop_map(Operand::Value).boxed(),
        (name(), decimal()).prop_map(|(key, times)| Operand::Attribute { key, times }).boxed(),
    ]
    .boxed()
}

fn test() -> impl Strategy<Value = Test> {
    let plain = prop_oneof![
        operand().prop_map(Test::Is),
        prop::collection::vec(value(), 1..4).prop_map(Test::In),
        name().prop_map(Test::Contains),
        name().prop_map(Test::StartsWith),
        name().prop_map(Test::EndsWith),
        number(operand()).prop_map(Test::Number),
        Just(Test::Exists),
        Just(Test::Day(DayTest::Tomorrow)),
        window().prop_map(Test::DayIn),
        length().prop_map(Test::DayInNext),
        any::<u8>().prop_map(|month| Test::Month(MonthTest::Named(month))),
        Just(Test::Month(MonthTest::Next)),
        (any::<Option<u16>>(), any::<Option<u16>>())
            .prop_map(|(at_least, at_most)| Test::Age(AgeTest { at_least, at_most })),
    ];
    plain.prop_recursive(2, 4, 1, |inner| inner.prop_map(|test| Test::Not(Box::new(test))))
}

fn pattern() -> impl Strategy<Value = EventPattern> {
    prop_oneof![
        4 => name().prop_map(EventPattern::Exact),
        1 => name().prop_map(EventPattern::Prefix),
        1 => Just(EventPattern::Prefix(String::new())),
    ]
}

fn filters() -> impl Strategy<Value = Vec<Filter>> {
    let filter = (name(), test()).prop_map(|(property, test)| Filter { property, test });
    prop::collection::vec(filter, 0..3)
}

fn events() -> impl Strategy<Value = Events> {
    (pattern(), filters()).prop_map(|(name, filters)| Events { name, filters })
}

fn measured() -> impl Strategy<Value = Measured> {
    let measure = prop::sample::select(vec![
        Measure::Count,
        Measure::Sum,
        Measure::Average,
        Measure::Least,
        Measure::Most,
        Measure::Distinct,
        Measure::Days,
    ]);
    (measure, name(), events()).prop_map(|(measure, of, events)| Measured { measure, of, events })
}

fn trend() -> impl Strategy<Value = Trend> {
    let test = prop_oneof![
        decimal().prop_map(|percent| TrendTest::AtMost(Share { percent })),
        decimal().prop_map(|percent| TrendTest::AtLeast(Share { percent })),
        decimal().prop_map(TrendTest::AtMostPlus),
        decimal().prop_map(TrendTest::AtLeastPlus),
    ];
    (measured(), window(), window(), test, decimal()).prop_map(
        |(measured, now, before, test, base_at_least)| Trend {
            measured,
            now,
            before,
            test,
            base_at_least,
        },
    )
}

fn sequence() -> impl Strategy<Value = Sequence> {
    let step =
        (events(), prop::option::of(length())).prop_map(|(events, within)| Step { events, within });
    let absent = || prop::option::of(events());
    (
        events(),
        prop::collection::vec(step, 0..3),
        window(),
        absent(),
        absent(),
        prop::option::of((events(), length())),
    )
        .prop_map(|(first, then, window, never_between, never_since, then_no)| Sequence {
            first,
            then,
            window,
            never_between,
            never_since,
            then_no,
        })
}

fn leaf() -> impl Strategy<Value = Leaf> {
    prop_oneof![
        (name(), test()).prop_map(|(key, test)| Leaf::Attribute { key, test }),
        (name(), value(), any::<bool>(), length())
            .prop_map(|(key, value, at_least, length)| Leaf::Held { key, value, at_least, length }),
        (events(), number(times()), window()).prop_map(|(events, test, window)| Leaf::Count {
            events,
            test,
            window
        }),
        (measured(), number(decimal()), window())
            .prop_map(|(measured, test, window)| Leaf::Measure { measured, test, window }),
        (events(), window()).prop_map(|(events, window)| Leaf::First { events, window }),
        (pattern(), filters(), window()).prop_map(|(name, has, window)| Leaf::Last {
            name,
            has,
            window
        }),
        trend().prop_map(Leaf::Trend),
        (events(), decimal(), times(), prop::option::of(length())).prop_map(
            |(events, overdue_by, gaps_at_least, default_gap)| {
                Leaf::Rhythm(Rhythm { events, overdue_by, gaps_at_least, default_gap })
            }
        ),
        sequence().prop_map(Leaf::Sequence),
        "[a-z]{1,5}".prop_filter_map("no id", |id| SegmentId::new(&id).map(Leaf::Segment)),
        length().prop_map(Leaf::Known),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    leaf().prop_map(Condition::Leaf).prop_recursive(4, 12, 3, |inner| {
        let parts = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            parts.clone().prop_map(Condition::All),
            parts.prop_map(Condition::Any),
            inner.clone().prop_map(|part| Condition::Not(Box::new(part))),
            (name(), prop::option::of(pattern()), inner).prop_map(|(property, of, satisfies)| {
                Condition::Some { property, of, satisfies: Box::new(satisfies) }
            }),
        ]
    })
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_condition_says_itself_in_two_languages(condition in condition()) {
        let ja = say_condition(&condition, Language::Ja, &Words::plain());
        let en = say_condition(&condition, Language::En, &Words::plain());
        prop_assert!(!ja.is_empty() && !en.is_empty());
        prop_assert_ne!(&ja, &en);
        for said in [&ja, &en] {
            prop_assert_eq!(said.trim(), said.as_str());
        }
    }

    #[test]
    fn a_double_negation_reads_like_none(condition in condition()) {
        for language in [Language::Ja, Language::En] {
            let plain = say_condition(&condition, language, &Words::plain());
            let twice = say_condition(&not(not(condition.clone())), language, &Words::plain());
            prop_assert_eq!(plain, twice);
        }
    }

    #[test]
    fn a_negation_never_reads_like_the_thing_itself(leaf in leaf()) {
        for language in [Language::Ja, Language::En] {
            let yes = say_leaf(&leaf, language, &Words::plain());
            let no = say_condition(&not(Condition::Leaf(leaf.clone())), language, &Words::plain());
            prop_assert_ne!(yes, no);
        }
    }

    #[test]
    fn every_leaf_has_a_threshold_to_show(leaf in leaf()) {
        let always = matches!(&leaf, Leaf::First { window: Window::Always, .. } | Leaf::Last { .. });
        for language in [Language::Ja, Language::En] {
            let said = say_threshold(&leaf, language);
            prop_assert!(always || !said.is_empty());
        }
    }
}
