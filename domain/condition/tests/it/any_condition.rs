//! Whatever the condition, it says itself.

use facts::{Decimal, Value};
use kizashi_condition::{
    AgeTest, CalendarWindow, Condition, DayTest, DefaultGap, EventPattern, Events, Filter, HowMany,
    Language, Leaf, Length, Measure, Measured, Mention, MonthTest, NumberTest, Operand,
    RandomShare, Rank, Ratio, Regularly, Rhythm, SegmentId, Sequence, Share, Status, StatusTest,
    StayTest, Stayed, Step, Test, Top, Trend, TrendTest, Window, Words, say_condition, say_leaf,
    say_threshold,
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

fn window() -> BoxedStrategy<Window> {
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
    .boxed()
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
        any::<u16>().prop_map(Test::Anniversary),
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

fn filters() -> BoxedStrategy<Vec<Filter>> {
    let filter = (name(), test()).prop_map(|(property, test)| Filter { property, test });
    prop::collection::vec(filter, 0..3).boxed()
}

fn events() -> BoxedStrategy<Events> {
    (pattern(), filters()).prop_map(|(name, filters)| Events { name, filters }).boxed()
}

fn measured() -> BoxedStrategy<Measured> {
    let measure = prop::sample::select(vec![
        Measure::Count,
        Measure::Sum,
        Measure::Average,
        Measure::Least,
        Measure::Most,
        Measure::Distinct,
        Measure::Days,
    ]);
    (measure, name(), events())
        .prop_map(|(measure, of, events)| Measured { measure, of, events })
        .boxed()
}

fn trend() -> BoxedStrategy<Trend> {
    let test = prop_oneof![
        decimal().prop_map(|percent| TrendTest::AtMost(Share { percent })),
        decimal().prop_map(|percent| TrendTest::AtLeast(Share { percent })),
        decimal().prop_map(TrendTest::AtMostPlus),
        decimal().prop_map(TrendTest::AtLeastPlus),
    ];
    (measured(), window(), window(), test, decimal())
        .prop_map(|(measured, now, before, test, base_at_least)| Trend {
            measured,
            now,
            before,
            test,
            base_at_least,
        })
        .boxed()
}

fn sequence() -> BoxedStrategy<Sequence> {
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
        .boxed()
}

fn gap() -> impl Strategy<Value = DefaultGap> {
    let or = || prop::option::of(length());
    prop_oneof![
        length().prop_map(DefaultGap::Length),
        (name(), or()).prop_map(|(key, or)| DefaultGap::Attribute { key, or }),
        (name(), or()).prop_map(|(name, or)| DefaultGap::Property { name, or }),
    ]
}

fn id() -> impl Strategy<Value = SegmentId> {
    "[a-z]{1,5}".prop_filter_map("no id", |id| SegmentId::new(&id))
}

fn status() -> BoxedStrategy<Status> {
    let test = prop_oneof![
        window().prop_map(StatusTest::Rose),
        window().prop_map(StatusTest::Fell),
        value().prop_map(StatusTest::AtLeast),
        value().prop_map(StatusTest::AtMost),
    ];
    (name(), prop::collection::vec(value(), 1..4), test)
        .prop_map(|(key, order, test)| Status { key, order, test })
        .boxed()
}

fn stayed() -> BoxedStrategy<Stayed> {
    let test = prop_oneof![
        window().prop_map(StayTest::Entered),
        window().prop_map(StayTest::Left),
        length().prop_map(StayTest::AtLeast),
        length().prop_map(StayTest::LessThan),
    ];
    (id(), test).prop_map(|(segment, test)| Stayed { segment, test }).boxed()
}

fn rank() -> BoxedStrategy<Rank> {
    let top = prop_oneof![times().prop_map(Top::Count), decimal().prop_map(Top::Percent)];
    (measured(), window(), top, prop::option::of(id()))
        .prop_map(|(measured, window, top, among)| Rank { measured, window, top, among })
        .boxed()
}

fn regularly() -> BoxedStrategy<Regularly> {
    (events(), length(), 1..9u32, 1..9u32, number(times()))
        .prop_map(|(events, every, periods, in_at_least, count)| Regularly {
            events,
            every,
            periods,
            in_at_least: in_at_least.min(periods),
            count,
        })
        .boxed()
}

fn standing() -> BoxedStrategy<Leaf> {
    let topics = prop::collection::vec(name(), 1..3);
    prop_oneof![
        regularly().prop_map(Leaf::Regularly),
        (measured(), measured(), number(decimal()), decimal(), window()).prop_map(
            |(above, below, percent, base_at_least, window)| {
                Leaf::Ratio(Ratio { above, below, percent, base_at_least, window })
            }
        ),
        status().prop_map(Leaf::Status),
        stayed().prop_map(Leaf::Stayed),
        name().prop_map(Leaf::Tagged),
        name().prop_map(Leaf::Listed),
        (topics, number(times()), window())
            .prop_map(|(topics, test, window)| Leaf::Mentioned(Mention { topics, test, window })),
        (name(), 1..500_000u32, 0..500_000u32)
            .prop_map(|(salt, share, from)| Leaf::Random(RandomShare { salt, share, from })),
        (name(), number(decimal())).prop_map(|(id, test)| Leaf::Score { id, test }),
        rank().prop_map(Leaf::Rank),
    ]
    .boxed()
}

fn leaf() -> BoxedStrategy<Leaf> {
    prop_oneof![plain_leaf().boxed(), standing().boxed()].boxed()
}

fn plain_leaf() -> BoxedStrategy<Leaf> {
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
        (events(), window(), any::<bool>()).prop_map(|(events, window, if_none)| Leaf::First {
            events,
            window,
            if_none
        }),
        (pattern(), filters(), window(), any::<bool>())
            .prop_map(|(name, has, window, if_none)| Leaf::Last { name, has, window, if_none }),
        trend().prop_map(Leaf::Trend),
        (events(), decimal(), times(), prop::option::of(gap())).prop_map(
            |(events, overdue_by, gaps_at_least, default_gap)| {
                Leaf::Rhythm(Rhythm { events, overdue_by, gaps_at_least, default_gap })
            }
        ),
        sequence().prop_map(Leaf::Sequence),
        id().prop_map(Leaf::Segment),
        length().prop_map(Leaf::Known),
    ]
    .boxed()
}

fn condition() -> impl Strategy<Value = Condition> {
    leaf().prop_map(Condition::Leaf).prop_recursive(4, 12, 3, |inner| {
        let parts = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            parts.clone().prop_map(Condition::All).boxed(),
            parts.prop_map(Condition::Any).boxed(),
            inner.clone().prop_map(|part| Condition::Not(Box::new(part))).boxed(),
            (how_many(), inner.clone())
                .prop_map(|(how_many, part)| Condition::Contacts {
                    how_many,
                    satisfies: Box::new(part)
                })
                .boxed(),
            inner.clone().prop_map(|part| Condition::Company(Box::new(part))).boxed(),
            (prop::collection::vec((-100..100, inner.clone()), 1..4), number(decimal()))
                .prop_map(|(parts, test)| Condition::Points { parts, test })
                .boxed(),
            (name(), prop::option::of(pattern()), inner)
                .prop_map(|(property, of, satisfies)| Condition::Some {
                    property,
                    of,
                    satisfies: Box::new(satisfies)
                })
                .boxed(),
        ]
    })
}

fn how_many() -> impl Strategy<Value = HowMany> {
    prop_oneof![
        Just(HowMany::Any),
        Just(HowMany::All),
        Just(HowMany::None),
        (1..9u32).prop_map(HowMany::AtLeast),
    ]
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
