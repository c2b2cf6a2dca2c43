//! Right and wrong clicks: counted by sign, taken back, kept over a restart, and what they do to the order of Today.

use serde_json::{Value, json};

use crate::house::{Client, House};

fn sign() -> Value {
    let text = json!({"ja": "a", "en": "a"});
    json!({
        "id": "leaving", "kind": "churn", "name": text, "explanation": text, "next_action": text, "script": text,
        "horizon_days": 30, "threshold": 50,
        "parts": [{"weight": 80, "condition": {"event": "complained", "last": "60d"}}]
    })
}

/// A firm of so many customers, all of whom carry the sign.
fn firm(house: &House, n: usize) -> Client {
    let owner = house.owner();
    let keys: Vec<String> = (0..n).map(|n| format!("A-{n:02}")).collect();
    let known: Vec<(&str, &str, &str)> = keys.iter().map(|key| (&**key, &**key, "佐藤")).collect();
    owner.know(&known);
    owner.post("/signs", json!({"definition": sign()}));
    for key in &keys {
        owner.event(key, key, "complained");
    }
    owner
}

fn judge(client: &Client, customer: &str, right: bool, id: &str) -> Value {
    let body = json!({"customer": customer, "right": right, "id": id});
    client.post("/signs/leaving/judgements", body).ok()
}

fn standing(client: &Client) -> Value {
    client.get("/signs/leaving").ok()["standing"].clone()
}

#[test]
fn clicks_count_once_can_be_taken_back_and_outlive_the_server() {
    let house = House::open();
    let owner = firm(&house, 3);
    let first = judge(&owner, "A-00", true, "1");
    assert_eq!(judge(&owner, "A-00", true, "1")["batch"], first["batch"], "sent twice");
    judge(&owner, "A-01", true, "2");
    let last = judge(&owner, "A-01", false, "3");
    let told = standing(&owner);
    assert_eq!(
        (&told["right"], &told["wrong"], &told["regard"]),
        (&json!(1), &json!(1), &json!("open"))
    );
    assert_eq!(owner.get("/customers/A-01").ok()["signs"][0]["judged_right"], false);
    let rows = owner.get("/today").ok()["rows"].clone();
    let row = rows.as_array().unwrap().iter().find(|row| row["customer"]["key"] == "A-00").unwrap();
    assert_eq!(row["sign"]["judged_right"], true);
    owner.post(&format!("/batches/{}/undo", last["batch"]), json!({})).ok();
    assert_eq!(owner.get("/customers/A-01").ok()["signs"][0]["judged_right"], true);
    let feed = owner.get("/sign-feed").ok();
    let judged = feed["rows"].as_array().unwrap().iter().filter(|row| row["judged_right"] == true);
    assert_eq!(judged.count(), 2);
    // It is a fact, which conditions can ask.
    let asked = json!({"condition": {"event": "sign_judged", "where": [{"property": "verdict", "is": "right"}]}});
    assert_eq!(owner.post("/preview", asked).ok()["count"], 2);
    let rep = house.join(&owner, "suzuki", "rep", Some("鈴木"));
    let body = json!({"customer": "A-00", "right": true, "id": "4"});
    assert_eq!(rep.post("/signs/leaving/judgements", body).status, 404, "not the rep's own");
    let body = json!({"customer": "A-00", "right": true, "id": "5"});
    assert_eq!(owner.post("/signs/purchase/judgements", body).status, 422, "not carried");
    let house = house.restart();
    let again = Client { url: house.ready.url.clone(), ..owner };
    assert_eq!((&standing(&again)["right"], &standing(&again)["wrong"]), (&json!(2), &json!(0)));
}

#[test]
fn a_sign_that_people_doubt_counts_half_and_says_so() {
    let house = House::open();
    let owner = firm(&house, 12);
    let sum = |client: &Client| client.get("/today").ok()["rows"][0]["sum"].clone();
    let before = sum(&owner);
    assert_eq!(before["standing"], 1.0);
    for n in 0..12 {
        judge(&owner, &format!("A-{n:02}"), n == 0, &n.to_string());
    }
    let told = standing(&owner);
    assert_eq!((&told["regard"], &told["counts_half"]), (&json!("doubted"), &json!(true)));
    assert!(told["rate"]["high"].as_f64().unwrap() < 0.5, "{told}");
    let after = sum(&owner);
    assert_eq!(after["standing"], 0.5);
    assert!(after["text"].as_str().unwrap().contains("× 0.5"), "{after}");
}
