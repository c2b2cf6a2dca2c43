//! What comes and goes among signs is told once, at its instant; a loyal customer about to leave goes before everybody.

use facts::Timestamp;
use serde_json::{Value, json};

use crate::house::{Client, House};

/// Fades by half each week, and goes when less than 10 of its points are left.
fn fading() -> Value {
    let text = json!({"ja": "a", "en": "a"});
    json!({
        "id": "leaving", "kind": "churn", "name": text, "explanation": text, "next_action": text, "script": text,
        "horizon_days": 30, "threshold": 10,
        "parts": [{"name": {"ja": "苦情", "en": "complained"}, "weight": 20, "cap": 50, "half_life": "7d",
                   "condition": {"event": "complained", "last": "60d"}}]
    })
}

fn feed(client: &Client, asked: &str) -> Vec<Value> {
    let mut rows = vec![];
    let mut after = String::new();
    loop {
        let page = client.get(&format!("/sign-feed?limit=2{asked}{after}")).ok();
        rows.extend(page["rows"].as_array().unwrap().iter().cloned());
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return rows,
        }
    }
}

fn told(rows: &[Value]) -> Vec<(String, String, bool)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let one = |row: &Value| {
        (text(&row["customer"]["key"]), text(&row["sign"]["id"]), row["appeared"] == true)
    };
    rows.iter().map(one).collect()
}

#[test]
fn a_fading_sign_goes_at_its_instant_and_both_are_in_the_feed() {
    let house = House::open();
    let owner = house.owner();
    owner.know(&[("A-1", "青空商事", "佐藤"), ("B-1", "ひかり", "鈴木")]);
    owner.post("/signs", json!({"definition": fading()}));
    owner.event("1", "A-1", "complained");
    owner.event("2", "B-1", "complained");
    owner.event("3", "B-1", "complained");
    let of = |key: &str| owner.get(&format!("/customers/{key}")).ok()["signs"][0].clone();
    assert_eq!((&of("A-1")["strength"], &of("B-1")["strength"]), (&json!(20), &json!(40)));
    let part = &of("B-1")["parts"][0];
    assert_eq!((&part["points"], &part["most"]), (&json!(40), &json!(50)));
    assert_eq!(part["evidence"].as_array().unwrap().len(), 2);
    assert_eq!(of("A-1")["momentum"]["direction"], "rising");
    owner.wait_days(15);
    let left = [("A-1".to_owned(), "leaving".to_owned(), false)];
    let rows = feed(&owner, "&kind=churn");
    assert_eq!(told(&rows)[0], left[0]);
    let event = owner.get("/customers/A-1/timeline").ok()["rows"][0].clone();
    let at = |value: &Value| Timestamp::parse(value["at"].as_str().unwrap()).unwrap();
    // Full for a week, half for another, a quarter, which is 5, from the fourteenth day on.
    assert_eq!(at(&rows[0]), at(&event).plus(14 * Timestamp::DAY));
    assert_eq!(rows[0]["cause"], "time");
    assert_eq!(of("B-1")["strength"], 10);
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(feed(&owner, "&kind=purchase").is_empty() && feed(&owner, "&urgent=true").is_empty());
    assert_eq!(owner.get("/sign-feed?kind=luck").status, 422);
    let rep = house.join(&owner, "sato", "rep", Some("佐藤"));
    assert_eq!(told(&feed(&rep, "")).len(), 2, "own customers only");
}

#[test]
fn a_loyal_customer_about_to_leave_is_the_highest_alert() {
    let house = House::open();
    let owner = house.owner();
    owner.know(&[("A-1", "青空商事", "佐藤"), ("B-1", "ひかり", "鈴木")]);
    owner.post("/signs", json!({"definition": fading()}));
    let loyal = json!({"id": "best", "names": {"ja": "優良", "en": "Best"}, "golden": "loyal",
        "condition": {"event": "renewed", "last": "365d"}});
    owner.post("/segments", loyal).ok();
    owner.event("1", "A-1", "renewed");
    owner.event("2", "A-1", "complained");
    for n in 0..2 {
        owner.event(&format!("b{n}"), "B-1", "complained");
    }
    let today = owner.get("/today").ok();
    let first = &today["rows"][0];
    assert_eq!(
        (&first["customer"]["key"], &first["sign"]["urgent"]),
        (&json!("A-1"), &json!(true))
    );
    assert!(first["sum"]["strength"].as_i64().unwrap() == 100, "{today}");
    let urgent = feed(&owner, "&urgent=true");
    assert_eq!(told(&urgent), [("A-1".into(), "loyal_leaving".into(), true)]);
    assert_eq!(urgent[0]["strength_now"], 100);
    // It is a sign like any other: switched off, it is gone, and comes back made anew.
    assert_eq!(owner.delete("/signs/loyal_leaving").ok()["state"], "off");
    assert_eq!(owner.get("/today").ok()["rows"][0]["customer"]["key"], "B-1");
    assert_eq!(owner.post("/signs/loyal_leaving/restore", json!({})).ok()["count"], 1);
    owner.delete("/signs/leaving").ok();
    assert_eq!(
        owner.get("/signs/loyal_leaving").ok()["count"],
        0,
        "no sign of leaving is left for it"
    );
    owner.post("/signs/leaving/restore", json!({})).ok();
    // It holds on to no segment: the loyal ones can be retired while it is in force.
    owner.delete("/segments/best").ok();
}
