//! Writes leaves about habits, belonging and place.

use serde_json::{Map, Value as Json, json};

use super::{decimal, events, map, measured, number_test, value, window, with};
use crate::{
    Leaf, Mention, NumberTest, RandomShare, Rank, Ratio, Regularly, Status, StatusTest, StayTest,
    Stayed, Top,
};

/// One of these leaves; nothing for others, which are written next door.
pub(super) fn leaf(leaf: &Leaf) -> Map<String, Json> {
    match leaf {
        Leaf::Regularly(regularly) => self::regularly(regularly),
        Leaf::Ratio(ratio) => self::ratio(ratio),
        Leaf::Stayed(stayed) => self::stayed(stayed),
        Leaf::Status(status) => self::status(status),
        Leaf::Mentioned(mention) => self::mention(mention),
        Leaf::Random(share) => self::random(share),
        Leaf::Rank(rank) => self::rank(rank),
        _ => Map::new(),
    }
}

fn regularly(regularly: &Regularly) -> Map<String, Json> {
    let mut fields = events("regularly", &regularly.events);
    fields.insert("every".into(), json!(regularly.every.to_string()));
    fields.insert("periods".into(), json!(regularly.periods));
    if regularly.in_at_least != regularly.periods {
        fields.insert("in_at_least".into(), json!(regularly.in_at_least));
    }
    with(fields, how_often(&regularly.count))
}

fn ratio(ratio: &Ratio) -> Map<String, Json> {
    let fields = map([
        ("ratio", Json::Object(measured(&ratio.above))),
        ("over", Json::Object(measured(&ratio.below))),
        ("percent", Json::Object(number_test(&ratio.percent, decimal))),
        ("base_at_least", decimal(&ratio.base_at_least)),
    ]);
    with(fields, window(&ratio.window))
}

fn stayed(stayed: &Stayed) -> Map<String, Json> {
    let (key, test) = match &stayed.test {
        StayTest::Entered(within) => ("entered", Json::Object(window(within))),
        StayTest::Left(within) => ("left", Json::Object(window(within))),
        StayTest::AtLeast(length) => ("held", json!({ "at_least": length.to_string() })),
        StayTest::LessThan(length) => ("held", json!({ "less_than": length.to_string() })),
    };
    map([("segment", json!(stayed.segment.as_str())), (key, test)])
}

fn status(status: &Status) -> Map<String, Json> {
    let (key, test) = match &status.test {
        StatusTest::Rose(within) => ("rose", Json::Object(window(within))),
        StatusTest::Fell(within) => ("fell", Json::Object(window(within))),
        StatusTest::AtLeast(place) => ("at_least", value(place)),
        StatusTest::AtMost(place) => ("at_most", value(place)),
    };
    let order: Vec<Json> = status.order.iter().map(value).collect();
    map([("status", json!(status.key)), ("order", json!(order)), (key, test)])
}

fn mention(mention: &Mention) -> Map<String, Json> {
    let topics = match &mention.topics[..] {
        [one] => json!(one),
        several => json!(several),
    };
    let fields = with(map([("mentions", topics)]), how_often(&mention.test));
    with(fields, window(&mention.window))
}

fn random(share: &RandomShare) -> Map<String, Json> {
    let percent = |millionths: u32| decimal(&facts::Decimal::new(i64::from(millionths), 4));
    let mut fields = map([("random", json!(share.salt)), ("percent", percent(share.share))]);
    if share.from != 0 {
        fields.insert("from_percent".into(), percent(share.from));
    }
    fields
}

fn rank(rank: &Rank) -> Map<String, Json> {
    let top = match &rank.top {
        Top::Count(n) => ("top", json!(n)),
        Top::Percent(percent) => ("top_percent", decimal(percent)),
    };
    let mut fields = map([("rank", Json::Object(measured(&rank.measured))), top]);
    if let Some(among) = &rank.among {
        fields.insert("among".into(), json!(among.as_str()));
    }
    with(fields, window(&rank.window))
}

/// How often; only what is not usual is written.
fn how_often(test: &NumberTest<u32>) -> Map<String, Json> {
    match test {
        NumberTest::AtLeast(1) => Map::new(),
        other => map([("count", Json::Object(number_test(other, |n| json!(n))))]),
    }
}
