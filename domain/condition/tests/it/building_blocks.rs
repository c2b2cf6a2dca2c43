//! The small pieces that pages put together themselves: labels, thresholds, events as they happened.

use facts::{Properties, Value};
use kizashi_condition::Language::{En, Ja};
use kizashi_condition::{
    Condition, Draft, Leaf, Length, Window, label_of_attribute, label_of_event, label_of_property,
    label_of_value, say_event, say_measured, say_outcome, say_threshold, say_window,
};

fn leaf(draft: serde_json::Value) -> Leaf {
    match Draft(draft).check() {
        Ok(Condition::Leaf(leaf)) => leaf,
        other => panic!("one leaf was expected, not {other:?}"),
    }
}

#[test]
fn thresholds_stand_alone() {
    let login =
        leaf(serde_json::json!({"event": "login", "count": {"at_least": 3}, "last": "30d"}));
    assert_eq!(say_threshold(&login, Ja), "3回以上");
    assert_eq!(say_threshold(&login, En), "at least 3 times");
    let age =
        leaf(serde_json::json!({"attribute": "birthday", "age": {"at_least": 30, "at_most": 39}}));
    assert_eq!(say_threshold(&age, Ja), "30歳以上39歳以下");
    let sum = serde_json::json!({"measure": "sum", "of": "amount", "event": "purchased", "is": {"at_least": "50000"}});
    assert_eq!(say_threshold(&leaf(sum), En), "at least 50,000 yen");
}

#[test]
fn a_measure_is_named_by_what_it_counts() {
    let Leaf::Measure { measured, .. } = leaf(serde_json::json!(
        {"measure": "sum", "of": "amount", "event": "purchased", "is": {"at_least": 1}}
    )) else {
        panic!("a measure was expected")
    };
    assert_eq!(say_measured(&measured, Ja), "購入金額の合計");
    assert_eq!(say_measured(&measured, En), "total purchase amount");
}

#[test]
fn windows_stand_alone() {
    let days = Window::Last(Length::parse("30d").unwrap());
    assert_eq!(say_window(&days, Ja), "直近30日間");
    assert_eq!(say_window(&days, En), "the last 30 days");
    assert_eq!(say_window(&Window::Always, Ja), "全期間");
}

#[test]
fn events_are_told_as_they_happened() {
    let told = |name: &str, pairs: Vec<(&str, Value)>, language| {
        let properties = Properties::new(pairs).unwrap();
        say_event(name, properties.borrowed(), language)
    };
    let pricing = || vec![("page_type", "pricing".into()), ("url", "/pricing".into())];
    assert_eq!(told("page_viewed", pricing(), Ja), "料金ページを見た");
    assert_eq!(told("page_viewed", pricing(), En), "viewed the pricing page");
    let bought = || vec![("product", "A製品".into()), ("amount", 12_000.into())];
    assert_eq!(told("purchased", bought(), Ja), "「A製品」を購入した（金額: 12,000円）");
    assert_eq!(told("purchased", bought(), En), "made a purchase of “A製品” (amount: 12,000 yen)");
    let own = || vec![("store", "渋谷店".into()), ("menu", "カラー".into())];
    assert_eq!(told("treated", own(), Ja), "「treated」があった（店舗: 渋谷店）");
    assert_eq!(told("treated", own(), En), "“treated” happened (store: 渋谷店)");
    assert_eq!(told("login", vec![("device", Value::Missing)], Ja), "ログインした");
}

#[test]
fn labels_stay_as_written_where_the_name_is_the_firms_own() {
    assert_eq!(label_of_event("page_viewed", Ja), "ページ閲覧");
    assert_eq!(label_of_event("page_viewed", En), "Page view");
    assert_eq!(label_of_event("来店予約", En), "来店予約");
    assert_eq!(label_of_attribute("employees", En), "Number of employees");
    assert_eq!(label_of_attribute("志望校", Ja), "志望校");
    assert_eq!(label_of_property("amount", Ja), "金額");
    assert_eq!(label_of_value("role", "decides", Ja), "決裁者");
    assert_eq!(label_of_value("plan", "standard", En), "Standard");
    assert_eq!(label_of_value("plan", "gold", En), "gold");
    assert_eq!(say_outcome("no_answer", Ja), "応答なし");
    assert_eq!(say_outcome("no_answer", En), "No answer");
}
