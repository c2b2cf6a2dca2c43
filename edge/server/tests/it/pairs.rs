//! The same customer once: pairs are found, people decide, histories unite and part, and everything that is counted follows.

use serde_json::{Value, json};

use crate::house::{Client, House};

fn firm(house: &House) -> Client {
    let owner = house.owner();
    let of = |key: &str, name: &str, phone: &str, address: &str| {
        json!({"key": key, "attributes": {"kind": "company", "name": name, "phone": phone, "address": address,
            "postal_code": "150-0001", "prefecture": "東京都", "rep": "佐藤"}})
    };
    let mut customers = vec![
        of("A-1", "株式会社青空商事", "03-1234-5678", "渋谷区神宮前1-2-3"),
        of("A-2", "㈱青空商事", "0312345678", "渋谷区神宮前１丁目２番３号"),
    ];
    // Enough others that the matcher learns what is rare.
    for n in 0..60 {
        let name = format!(
            "株式会社{}{}",
            ["北", "南", "東", "西", "中"][n % 5],
            "山川田村林森"[n % 6 * 3..n % 6 * 3 + 3].to_owned() + &n.to_string()
        );
        customers.push(of(
            &format!("B-{n}"),
            &name,
            &format!("06-{:04}-{:04}", n * 7 + 11, n * 13 + 5),
            &format!("大阪市北区梅田{}-{n}", n + 1),
        ));
    }
    owner.post("/customers", json!({"source": "crm", "customers": customers})).ok();
    owner.segment("active", json!({"event": "login", "count": {"at_least": 2}, "last": "30d"}));
    owner.event("1", "A-1", "login");
    owner.event("2", "A-2", "login");
    owner
}

fn decide(owner: &Client, a: &str, b: &str, decision: Value) -> crate::house::Reply {
    owner.write("PUT", &format!("/pairs/{a}/{b}"), json!({ "decision": decision }))
}

fn members(owner: &Client) -> Vec<String> {
    let rows = owner.get("/segments/active/members").ok()["rows"].as_array().unwrap().clone();
    rows.iter().map(|row| row["key"].as_str().unwrap().to_owned()).collect()
}

fn events(owner: &Client, key: &str) -> usize {
    owner.get(&format!("/customers/{key}/timeline")).ok()["rows"].as_array().unwrap().len()
}

#[test]
fn who_is_one_has_one_history_and_parting_gives_each_their_own_again() {
    let house = House::open();
    let owner = firm(&house);
    let total = owner.get("/customers").ok()["total"].as_u64().unwrap();
    assert!(members(&owner).is_empty(), "each logged in once");
    let kept = decide(&owner, "A-2", "A-1", json!("same")).ok();
    assert_eq!(kept["one"], json!(["A-1", "A-2"]));
    assert_eq!(members(&owner), ["A-1"], "the two logged in twice");
    assert_eq!(owner.get("/customers").ok()["total"], total - 1);
    assert_eq!((events(&owner, "A-1"), events(&owner, "A-2")), (2, 2), "found by either key");
    assert_eq!(owner.get("/customers/A-2").ok()["key"], "A-1");
    assert_eq!(owner.get("/customers/A-1").ok()["records"], json!(["A-1", "A-2"]));
    // What comes in of either goes to the one, at once.
    owner.event("3", "A-2", "login");
    assert_eq!(events(&owner, "A-1"), 3);

    let house = house.restart();
    let owner = house.local();
    assert_eq!((members(&owner), events(&owner, "A-1")), (vec!["A-1".to_owned()], 3));
    decide(&owner, "A-1", "A-2", Value::Null).ok();
    assert_eq!(members(&owner), ["A-2"], "two of the three were told of A-2");
    assert_eq!((events(&owner, "A-1"), events(&owner, "A-2")), (1, 2));
    assert_eq!(owner.get("/customers").ok()["total"], total);
}

#[test]
fn who_is_different_is_never_put_together_by_anyone() {
    let house = House::open();
    let owner = firm(&house);
    decide(&owner, "A-1", "A-2", json!("different")).ok();
    decide(&owner, "A-2", "B-1", json!("same")).ok();
    let refused = decide(&owner, "B-1", "A-1", json!("same"));
    assert_eq!(refused.status, 409, "{}", refused.text);
    assert!(refused.json["message"].as_str().unwrap().contains("A-2"));
    assert_eq!(decide(&owner, "A-1", "A-1", json!("same")).status, 422);
    assert_eq!(decide(&owner, "A-1", "nobody", json!("same")).status, 404);
    owner.post("/pairs/find", json!({})).ok();
    owner.get_until("/pairs", |list| list["finding"].is_null() && !list["found_at"].is_null());
    assert_eq!(
        owner.get("/customers/A-1").ok()["records"],
        json!(["A-1"]),
        "not by the threshold either"
    );
    let list = owner.get("/pairs?show=different").ok();
    assert_eq!(
        (&list["total"], &list["rows"][0]["decided"]["what"]),
        (&json!(1), &json!("different"))
    );
}

#[test]
fn pairs_are_found_shown_with_their_sum_and_put_together_by_the_threshold_until_taken_back() {
    let house = House::open();
    let owner = firm(&house);
    let rep = house.join(&owner, "sato", "rep", Some("佐藤"));
    assert_eq!(rep.get("/pairs").status, 403, "pairs show customers of everyone");
    assert_eq!(owner.get("/pairs").ok()["found_at"], Value::Null);
    owner.post("/pairs/find", json!({"auto": false})).ok();
    let list =
        owner.get_until("/pairs", |list| list["finding"].is_null() && !list["found_at"].is_null());
    assert_eq!(list["customers"], 62);
    let rows = list["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["a"]["key"] == "A-1").unwrap_or_else(|| panic!("{list}"));
    assert_eq!(row["b"]["key"], "A-2");
    let bits: f64 =
        row["steps"].as_array().unwrap().iter().map(|step| step["bits"].as_f64().unwrap()).sum();
    assert!((bits - row["weight"].as_f64().unwrap()).abs() < 0.05, "{row}");
    let steps = row["steps"].as_array().unwrap().iter();
    let said: Vec<&str> = steps.map(|step| step["said"].as_str().unwrap()).collect();
    assert!(said.iter().all(|said| said.is_ascii()), "in English: {said:?}");
    assert!(row["fields"].as_array().unwrap().iter().any(|field| field["same"] == false));
    assert_eq!(owner.get("/customers/A-1").ok()["records"], json!(["A-1"]), "nobody was asked yet");
    if row["probability"].as_f64().unwrap() >= 0.99 {
        owner.post("/pairs/find", json!({})).ok();
        owner.get_until("/pairs?show=same", |list| list["finding"].is_null() && list["total"] == 1);
        assert_eq!(owner.get("/customers/A-1").ok()["records"], json!(["A-1", "A-2"]));
        let list = owner.get("/pairs?show=same").ok();
        assert_eq!(list["rows"][0]["decided"]["by_rule"], true);
        decide(&owner, "A-1", "A-2", json!("different")).ok();
        assert_eq!(owner.get("/customers/A-1").ok()["records"], json!(["A-1"]));
    }
}

fn open_pairs(owner: &Client) -> Vec<(String, String)> {
    let list = owner.get_until("/pairs", |list| list["at_once"]["waiting"] == 0);
    let key = |party: &Value| party["key"].as_str().unwrap().to_owned();
    let rows = list["rows"].as_array().unwrap().iter();
    rows.map(|row| (key(&row["a"]), key(&row["b"]))).collect()
}

fn newcomer(owner: &Client, key: &str, name: &str, phone: &str) {
    let attributes = json!({"kind": "company", "name": name, "phone": phone, "postal_code": "540-0008",
        "prefecture": "大阪府", "address": "大阪市中央区大手前7-7-7"});
    let customers = json!([{"key": key, "attributes": attributes}]);
    owner.post("/customers", json!({"source": "crm", "customers": customers})).ok();
}

#[test]
fn a_new_record_is_compared_with_all_others_as_it_comes() {
    let house = House::open();
    let owner = firm(&house);
    owner.get_until("/pairs", |list| list["at_once"]["compared"] == 62);
    // Nobody pressed anything, and the doubles of the first batch stand in the queue.
    assert_eq!(open_pairs(&owner), [("A-1".to_owned(), "A-2".to_owned())]);
    assert_eq!(owner.get("/pairs").ok()["found_at"], Value::Null);
    newcomer(&owner, "C-1", "株式会社潮見製作所", "06-7777-1212");
    owner.get_until("/pairs", |list| list["at_once"]["compared"] == 63);
    assert_eq!(open_pairs(&owner).len(), 1);
    newcomer(&owner, "C-2", "(株)潮見製作所", "0677771212");
    owner.get_until("/pairs", |list| list["at_once"]["compared"] == 64);
    assert_eq!(open_pairs(&owner).len(), 2);
    // An event says nothing of who it is; a correction does, and the pair is no pair any more.
    owner.event("77", "C-2", "login");
    newcomer(&owner, "C-2", "有限会社雲井建具店", "03-1010-2020");
    let attributes = json!({"address": "千代田区丸の内9-9-9", "postal_code": "100-0005", "prefecture": "東京都"});
    let customers = json!([{"key": "C-2", "attributes": attributes}]);
    owner.post("/customers", json!({"source": "crm", "customers": customers})).ok();
    owner.get_until("/pairs", |list| list["counts"]["open"] == 1);
    // Told once more, nothing has changed, and nobody is compared again.
    let compared = owner.get("/pairs").ok()["at_once"]["compared"].as_u64().unwrap();
    owner.post("/customers", json!({"source": "crm", "customers": customers})).ok();
    newcomer(&owner, "C-3", "合同会社紅葉堂", "072-333-4444");
    let list =
        owner.get_until("/pairs", |list| list["at_once"]["compared"].as_u64() > Some(compared));
    assert_eq!(list["at_once"]["compared"].as_u64(), Some(compared + 1));
}

#[test]
fn sure_pairs_of_new_records_become_one_when_people_want_that_and_part_again() {
    let house = House::open();
    let owner = firm(&house);
    owner.get_until("/pairs", |list| list["at_once"]["compared"] == 62);
    owner.write("PUT", "/pairs/at-once", json!({"mode": "unite"})).ok();
    newcomer(&owner, "C-1", "株式会社潮見製作所", "06-7777-1212");
    newcomer(&owner, "C-2", "株式会社潮見製作所", "06-7777-1212");
    owner.get_until("/pairs?show=same", |list| list["total"] == 1);
    owner.get_until("/customers/C-1", |one| one["records"] == json!(["C-1", "C-2"]));
    decide(&owner, "C-1", "C-2", json!("different")).ok();
    assert_eq!(owner.get("/customers/C-1").ok()["records"], json!(["C-1"]));
    // A decision stands, whatever comes later.
    newcomer(&owner, "C-2", "(株)潮見製作所", "06-7777-1212");
    owner.get_until("/pairs", |list| list["at_once"]["waiting"] == 0);
    assert_eq!(owner.get("/customers/C-1").ok()["records"], json!(["C-1"]));
}

#[test]
fn who_came_while_it_was_off_or_just_before_a_restart_is_compared_later() {
    let house = House::open();
    let owner = firm(&house);
    owner.get_until("/pairs", |list| list["at_once"]["compared"] == 62);
    owner.write("PUT", "/pairs/at-once", json!({"mode": "off"})).ok();
    newcomer(&owner, "C-1", "株式会社潮見製作所", "06-7777-1212");
    newcomer(&owner, "C-2", "(株)潮見製作所", "06-7777-1212");
    assert_eq!(owner.get("/pairs").ok()["at_once"]["waiting"], 2);
    let house = house.restart();
    let owner = house.local();
    assert_eq!(owner.get("/pairs").ok()["at_once"]["compared"], 0, "it is off");
    owner.write("PUT", "/pairs/at-once", json!({"mode": "ask"})).ok();
    owner.get_until("/pairs", |list| list["at_once"]["compared"] == 2);
    assert_eq!(open_pairs(&owner).len(), 2);
}
