//! Firms with their sites and people, as the owner and as reps see them.

use serde_json::{Value, json};

use crate::house::{Client, House};

/// 山田商事 in three records at two sites, and another firm of that name.
fn firm(house: &House) -> (Client, Client) {
    let owner = house.owner();
    let row = |key: &str, attributes: Value| json!({"key": key, "attributes": attributes});
    let rows = json!([
        row(
            "Y-1",
            json!({"kind": "company", "name": "株式会社山田商事", "rep": "佐藤",
            "email": "info@yamada.example.jp", "address": "東京都千代田区丸の内1-1-1",
            "corporate_number": "7000012050002"})
        ),
        row(
            "Y-2",
            json!({"kind": "company", "name": "(株)山田商事 大阪支店", "rep": "鈴木",
            "website": "https://www.yamada.example.jp/osaka",
            "address": "大阪府大阪市北区梅田2-2-2 梅田ビル5F"})
        ),
        row(
            "Y-3",
            json!({"kind": "company", "name": "㈱山田商事　大阪営業部", "rep": "佐藤",
            "corporate_number": "T7000012050002", "address": "大阪市北区梅田２丁目２番２号"})
        ),
        row(
            "N-1",
            json!({"kind": "company", "name": "株式会社山田商事", "rep": "佐藤",
            "email": "info@other.example.jp"})
        ),
        row("P-1", json!({"kind": "person", "name": "佐藤 健", "rep": "佐藤"})),
    ]);
    owner.post("/customers", json!({"source": "crm", "customers": rows})).ok();
    let contacts = json!([
        {"key": "Y-1", "contact": "K-1", "attributes": {"name": "高橋 花子", "email": "hanako@yamada.example.jp"}},
        {"key": "Y-3", "contact": "K-9", "attributes": {"name": "高橋花子"}},
        {"key": "N-1", "contact": "K-2", "attributes": {"name": "高橋 花子"}},
    ]);
    owner.post("/customers", json!({"source": "crm", "customers": contacts})).ok();
    let sato = house.join(&owner, "sato", "rep", Some("佐藤"));
    (owner, sato)
}

fn sites(ids: &Value) -> Vec<Vec<&str>> {
    let keys = |site: &'_ Value| -> Vec<String> {
        let records = site["records"].as_array().unwrap();
        records.iter().map(|row| row["key"].as_str().unwrap().to_owned()).collect()
    };
    let sites = ids["firm"]["sites"].as_array().unwrap();
    sites.iter().map(keys).map(|keys| keys.into_iter().map(leaked).collect()).collect()
}

fn leaked(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

#[test]
fn branches_stand_under_their_firm_with_one_id_and_their_own_histories() {
    let house = House::open();
    let (owner, _) = firm(&house);
    let osaka = owner.get("/customers/Y-2/organisation").ok();
    assert_eq!(sites(&osaka), [vec!["Y-1"], vec!["Y-2", "Y-3"]], "{osaka}");
    let firm = &osaka["firm"];
    assert_eq!((&firm["name"], &firm["records"]), (&json!("株式会社山田商事"), &json!(3)));
    assert_eq!(firm["corporate_number"], "7000012050002");
    assert_eq!(firm["sites"][1]["branch"], "大阪支店");
    assert_eq!(
        firm["sites"][1]["records"][0]["because"],
        "the same name, and one domain of mail or website"
    );
    assert_eq!(firm["sites"][1]["records"][1]["because"], "the same corporate number");
    // The ids are the same whichever record is asked, and a namesake has others.
    let ids = |key: &str| {
        let ids = owner.get(&format!("/customers/{key}/organisation")).ok();
        ["organisation", "site", "person"].map(|id| ids[id].clone())
    };
    assert_eq!(ids("Y-1")[0], ids("Y-3")[0]);
    assert_eq!(ids("Y-2")[1], ids("Y-3")[1]);
    assert_ne!(ids("Y-1")[1], ids("Y-2")[1]);
    assert_ne!(ids("N-1")[0], ids("Y-1")[0]);
    let [organisation, site, person] = ids("P-1");
    assert_eq!((organisation, site), (Value::Null, Value::Null));
    assert!(person.as_str().unwrap().starts_with('P'));
    // One person known at two sites is one; her namesake at the other firm is not.
    let people = firm["people"].as_array().unwrap();
    assert_eq!(people.len(), 1, "{people:?}");
    assert_eq!(people[0]["known_as"].as_array().unwrap().len(), 2);
    let other = owner.get("/customers/N-1/organisation").ok();
    assert_ne!(other["firm"]["people"][0]["id"], people[0]["id"]);
}

#[test]
fn histories_stay_apart_and_are_read_as_one_when_the_firm_is_asked_for() {
    let house = House::open();
    let (owner, sato) = firm(&house);
    owner.event("1", "Y-1", "login");
    owner.event("2", "Y-2", "login");
    owner.event("3", "N-1", "login");
    let rows = |client: &Client, path: &str| -> Vec<Value> {
        client.get(path).ok()["rows"].as_array().unwrap().clone()
    };
    assert_eq!(rows(&owner, "/customers/Y-1/timeline").len(), 1);
    let firm = rows(&owner, "/customers/Y-1/timeline?of=organisation");
    let whose: Vec<&Value> = firm.iter().map(|row| &row["customer"]["key"]).collect();
    assert_eq!(whose, ["Y-2", "Y-1"]);
    // Page by page it is the same.
    let first = owner.get("/customers/Y-1/timeline?of=organisation&limit=1").ok();
    let next = first["next"].as_str().unwrap().replace('+', "%2B");
    let second =
        owner.get(&format!("/customers/Y-1/timeline?of=organisation&limit=1&before={next}")).ok();
    assert_eq!(second["rows"][0]["customer"]["key"], "Y-1");
    assert_eq!(rows(&sato, "/customers/Y-1/timeline?of=organisation").len(), 1);
}

#[test]
fn a_rep_sees_own_records_of_the_firm_only() {
    let house = House::open();
    let (_, sato) = firm(&house);
    let seen = sato.get("/customers/Y-1/organisation");
    assert!(!seen.text.contains("Y-2"), "{}", seen.text);
    let seen = seen.ok();
    assert_eq!(sites(&seen), [vec!["Y-1"], vec!["Y-3"]]);
    assert_eq!(sato.get("/customers/Y-2/organisation").status, 404);
}

#[test]
fn firms_follow_what_is_entered_taken_back_and_known_after_a_restart() {
    let house = House::open();
    let (owner, _) = firm(&house);
    let records = |client: &Client| {
        client.get("/customers/Y-1/organisation").ok()["firm"]["records"].as_u64().unwrap()
    };
    let body = json!({"id": "edit-0001", "who": {"keys": ["N-1", "Y-1"]}, "attribute": "organisation", "value": "山田グループ"});
    owner.post("/customer-edits", body).ok();
    owner.get_until("/customer-edits/edit-0001", |edit| edit["state"] == "done");
    assert_eq!(records(&owner), 4);
    owner.post("/customer-edits/edit-0001/undo", json!({})).ok();
    owner.get_until("/customer-edits/edit-0001", |edit| edit["state"] == "undone");
    assert_eq!(records(&owner), 3);
    let renamed =
        json!([{"key": "Y-2", "attributes": {"name": "海鳥物産株式会社", "website": null}}]);
    owner.post("/customers", json!({"source": "crm", "customers": renamed})).ok();
    assert_eq!(records(&owner), 2);
    let house = house.restart();
    assert_eq!(records(&house.local()), 2);
}
