//! A rep sees own customers, and nothing of anyone else's, wherever the server is asked.

use serde_json::{Value, json};

use crate::house::{Client, House};

/// Two reps with one customer each, and a segment that both customers are in.
fn two_reps(house: &House) -> (Client, Client, Client) {
    let owner = house.owner();
    owner.know(&[("A-1", "青空商事", "佐藤"), ("B-1", "ひかり物産", "鈴木")]);
    owner.segment("active", json!({"event": "login", "last": "30d"}));
    owner.event("1", "A-1", "login");
    owner.event("2", "B-1", "login");
    let sato = house.join(&owner, "sato", "rep", Some("佐藤"));
    let suzuki = house.join(&owner, "suzuki", "rep", Some("鈴木"));
    (owner, sato, suzuki)
}

fn keys(rows: &Value) -> Vec<String> {
    rows.as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn lists_and_numbers_hold_own_customers_only() {
    let house = House::open();
    let (owner, sato, _) = two_reps(&house);
    assert_eq!(owner.get("/customers").ok()["total"], 2);
    let list = sato.get("/customers").ok();
    assert_eq!((keys(&list["rows"]), &list["total"]), (vec!["A-1".to_owned()], &json!(1)));
    assert_eq!(sato.get("/customers?rep=鈴木").ok()["total"], 0);
    assert_eq!(sato.get("/customers?q=ひかり").ok()["total"], 0);
    assert_eq!(sato.get("/customers?segment=active").ok()["total"], 1);
    let count = |client: &Client| client.get("/segments").ok()["segments"][0]["count"].clone();
    assert_eq!((count(&owner), count(&sato)), (json!(2), json!(1)));
    let members = sato.get("/segments/active/members").ok();
    assert_eq!((keys(&members["rows"]), &members["count"]), (vec!["A-1".to_owned()], &json!(1)));
    let csv = sato.get("/segments/active/members.csv").text;
    assert!(csv.contains("A-1") && !csv.contains("B-1"), "{csv}");
}

#[test]
fn another_reps_customer_is_not_there_at_all() {
    let house = House::open();
    let (owner, sato, suzuki) = two_reps(&house);
    for path in ["/customers/B-1", "/customers/B-1/timeline", "/segments/active/why/B-1"] {
        assert_eq!(suzuki.get(path).status, 200, "{path} for its own rep");
        let refused = sato.get(path);
        assert_eq!(refused.status, 404, "{path} for another rep");
        let missing = sato.get(&path.replace("B-1", "no-one"));
        assert_eq!(refused.json["message"], missing.json["message"], "it cannot be told apart");
    }
    let outcome = json!({"sign": "churn", "outcome": "lost", "id": "x"});
    assert_eq!(sato.post("/today/B-1/outcome", outcome.clone()).status, 404);
    let batch = suzuki.post("/today/B-1/outcome", outcome).ok()["batch"].clone();
    let undo = format!("/batches/{batch}/undo");
    assert_eq!(sato.post(&undo, json!({})).status, 404, "another rep's outcome");
    assert_eq!(suzuki.post(&undo, json!({})).status, 200);
    for batch in 1..40 {
        let tried = sato.post(&format!("/batches/{batch}/undo"), json!({}));
        assert!(tried.status == 404 || tried.status == 409, "{}: {}", batch, tried.text);
    }
    assert_eq!(owner.get("/customers/B-1/timeline").ok()["rows"].as_array().unwrap().len(), 1);
}

#[test]
fn the_scope_follows_the_customer_at_once() {
    let house = House::open();
    let (owner, sato, suzuki) = two_reps(&house);
    owner.know(&[("A-1", "青空商事", "鈴木")]);
    assert_eq!(sato.get("/customers").ok()["total"], 0);
    assert_eq!(suzuki.get("/customers").ok()["total"], 2);
    let from = "2026-01-01T00:00:00Z";
    assert_eq!(sato.get("/customers/A-1").status, 404, "since {from} it is another's");
}

#[test]
fn a_change_of_rep_that_is_known_ahead_comes_true_in_its_time() {
    let house = House::open();
    let (owner, sato, _) = two_reps(&house);
    let now = owner.get("/health").ok()["as_of"].as_str().unwrap().to_owned();
    let day = &now[..10];
    let later = json!({"source": "crm", "customers": [
        {"key": "B-1", "at": in_days(day, 5), "attributes": {"rep": "佐藤"}}]});
    owner.post("/customers", later).ok();
    assert_eq!(sato.get("/customers/B-1").status, 404);
    owner.wait_days(6);
    assert_eq!(sato.get("/customers/B-1").status, 200);
}

/// A day so many days later, at midnight in UTC.
fn in_days(day: &str, days: i64) -> String {
    let day: jiff::civil::Date = day.parse().unwrap();
    let later = day.checked_add(jiff::Span::new().days(days)).unwrap();
    format!("{later}T00:00:00Z")
}

#[test]
fn a_rep_without_customers_sees_none() {
    let house = House::open();
    let (owner, ..) = two_reps(&house);
    let nobody = house.join(&owner, "newcomer", "rep", None);
    assert_eq!(nobody.get("/customers").ok()["total"], 0);
    assert_eq!(nobody.get("/today").ok()["total"], 0);
    assert_eq!(nobody.get("/customers/A-1").status, 404);
}

#[test]
fn the_stream_tells_a_rep_of_own_customers_only() {
    let house = House::open();
    let (owner, sato, _) = two_reps(&house);
    let mut stream = sato.listen();
    owner.event("10", "B-1", "login");
    owner.event("11", "A-1", "login");
    let news = stream.next("changed");
    assert_eq!(news["customers"], json!(["A-1"]));
    if let Some(count) = news["segments"].get("active") {
        assert_eq!(count, 1);
    }
}
