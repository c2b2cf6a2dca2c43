//! Many customers changed at once: whom it reaches, what it leaves alone, and taking all of it back.

use std::path::Path;

use facts::{CustomerKey, Fact, Properties, Timestamp, Value as FactValue, What};
use registry::Registry;
use serde_json::{Value, json};
use store::{Batch, Options, Store, Watch};

use crate::house::{Client, House, Reply};

/// Begins an edit and waits until it is done.
fn edited(client: &Client, id: &str, who: Value, attribute: &str, value: Value) -> Value {
    edit(client, id, who, attribute, value).ok();
    ended(client, id)
}

fn edit(client: &Client, id: &str, who: Value, attribute: &str, value: Value) -> Reply {
    let body = json!({"id": id, "who": who, "attribute": attribute, "value": value});
    client.post("/customer-edits", body)
}

fn ended(client: &Client, id: &str) -> Value {
    let rests = |json: &Value| json["state"] != "running" && json["state"] != "undoing";
    client.get_until(&format!("/customer-edits/{id}"), rests)
}

fn undone(client: &Client, id: &str) -> Value {
    client.post(&format!("/customer-edits/{id}/undo"), json!({})).ok();
    ended(client, id)
}

fn attribute(client: &Client, customer: &str, key: &str) -> Value {
    let detail = client.get(&format!("/customers/{customer}")).ok();
    let all = detail["attributes"].as_array().unwrap();
    all.iter().find(|one| one["key"] == key).map_or(Value::Null, |one| one["value"].clone())
}

fn total(client: &Client, path: &str) -> u64 {
    client.get(path).ok()["total"].as_u64().unwrap()
}

/// 300 customers of 佐藤, 200 of 鈴木, and both of them.
fn firm(house: &House) -> (Client, Client, Client) {
    let owner = house.owner();
    let row = |n: usize| {
        let rep = if n < 300 { "佐藤" } else { "鈴木" };
        json!({"key": format!("C-{n}"), "attributes": {"name": format!("会社{n}"), "rep": rep,
            "kind": "company", "employees": n}})
    };
    let rows: Vec<Value> = (0..500).map(row).collect();
    owner.post("/customers", json!({"source": "crm", "customers": rows})).ok();
    let sato = house.join(&owner, "sato", "rep", Some("佐藤"));
    let suzuki = house.join(&owner, "suzuki", "rep", Some("鈴木"));
    (owner, sato, suzuki)
}

#[test]
fn a_tag_on_all_of_a_filter_puts_them_into_a_segment_and_undo_takes_them_out() {
    let house = House::open();
    let (owner, ..) = firm(&house);
    owner.segment("vip", json!({"tag": "重点"}));
    let who = json!({"filter": {"rep": "佐藤"}, "except": ["C-0"], "expected": 299});
    let done = edited(&owner, "edit-0001", who, "tag:重点", json!(true));
    assert_eq!((&done["state"], &done["changed"]), (&json!("done"), &json!(299)), "{done}");
    assert_eq!(done["said"], "Add the tag “重点”");
    assert_eq!(total(&owner, "/customers?segment=vip"), 299);
    // It is news, so it was told as something that happened, not as a corrected past.
    let told = owner.get("/segments/vip/changes?limit=1").ok();
    assert_eq!(told["rows"][0]["cause"], "fact", "{told}");
    let back = undone(&owner, "edit-0001");
    assert_eq!((&back["state"], &back["changed"]), (&json!("undone"), &json!(299)));
    assert_eq!(total(&owner, "/customers?segment=vip"), 0);
    assert_eq!(owner.post("/customer-edits/edit-0001/undo", json!({})).status, 409);
}

#[test]
fn whoever_is_so_already_is_left_alone_and_keeps_it_after_undo() {
    let house = House::open();
    let (owner, ..) = firm(&house);
    let one = json!({"keys": ["C-7"]});
    edited(&owner, "edit-0001", one, "industry", json!("製造業"));
    let who = json!({"keys": ["C-6", "C-7", "C-8"]});
    let done = edited(&owner, "edit-0002", who, "industry", json!("製造業"));
    assert_eq!((&done["customers"], &done["changed"]), (&json!(3), &json!(2)));
    undone(&owner, "edit-0002");
    assert_eq!(attribute(&owner, "C-7", "industry"), "製造業");
    assert_eq!(attribute(&owner, "C-6", "industry"), Value::Null);
    let cleared = edited(&owner, "edit-0003", json!({"filter": {}}), "industry", Value::Null);
    assert_eq!(cleared["changed"], 1);
    assert_eq!(attribute(&owner, "C-7", "industry"), Value::Null);
}

#[test]
fn reps_change_their_own_customers_and_cannot_give_them_away() {
    let house = House::open();
    let (owner, sato, suzuki) = firm(&house);
    let everybody = || json!({"filter": {}});
    let done = edited(&sato, "edit-sato", everybody(), "list:expo", json!(true));
    assert_eq!(done["customers"], 300);
    let others =
        edit(&sato, "edit-more", json!({"keys": ["C-1", "C-301"]}), "list:expo", json!(true));
    assert!(others.status == 422 && others.text.contains("C-301"), "{}", others.text);
    assert_eq!(edit(&sato, "edit-give", everybody(), "rep", json!("鈴木")).status, 403);
    // Nobody sees or undoes what another rep did; who sees everybody does.
    assert_eq!(suzuki.get("/customer-edits/edit-sato").status, 404);
    assert_eq!(suzuki.post("/customer-edits/edit-sato/undo", json!({})).status, 404);
    assert_eq!(suzuki.get("/customer-edits").ok()["edits"], json!([]));
    assert_eq!(owner.get("/customer-edits").ok()["edits"][0]["id"], "edit-sato");
    let viewer = house.join(&owner, "viewer", "viewer", None);
    assert_eq!(edit(&viewer, "edit-view", everybody(), "tag:x", json!(true)).status, 403);
    let moved =
        edited(&owner, "edit-move", json!({"filter": {"rep": "佐藤"}}), "rep", json!("鈴木"));
    assert_eq!(moved["changed"], 300);
    assert_eq!((total(&sato, "/customers"), total(&suzuki, "/customers")), (0, 500));
    undone(&owner, "edit-move");
    assert_eq!((total(&sato, "/customers"), total(&suzuki, "/customers")), (300, 200));
}

#[test]
fn nothing_is_done_when_the_number_has_changed_or_the_value_does_not_fit() {
    let house = House::open();
    let (owner, ..) = firm(&house);
    let stale = json!({"filter": {"rep": "佐藤"}, "expected": 299});
    let refused = edit(&owner, "edit-0001", stale, "tag:x", json!(true));
    assert!(refused.status == 409 && refused.text.contains("300"), "{}", refused.text);
    let two = || json!({"keys": ["C-1", "C-2"]});
    for (attribute, value) in [
        ("phone", json!("03-1234-5678")),
        ("name", json!("同じ名前")),
        ("score:churn", json!(1)),
        ("need:visitors", json!("stated")),
        ("employees", json!("たくさん")),
        ("tag:", json!(true)),
        ("tag:x", json!("yes")),
        ("x", json!(["a"])),
    ] {
        let refused = edit(&owner, "edit-0001", two(), attribute, value);
        assert_eq!(refused.status, 422, "{attribute}: {}", refused.text);
    }
    assert_eq!(edit(&owner, "edit-0001", json!({}), "x", json!("y")).status, 422);
    assert_eq!(owner.get("/customer-edits").ok()["edits"], json!([]));
    // What was typed is a number where the others are; and one customer alone can be called otherwise.
    edited(&owner, "edit-0002", two(), "employees", json!("１,２００"));
    owner.segment("large", json!({"attribute": "employees", "at_least": 1200}));
    assert_eq!(total(&owner, "/customers?segment=large"), 2);
    edited(&owner, "edit-0003", json!({"keys": ["C-3"]}), "name", json!("改名商事"));
    assert_eq!(total(&owner, "/customers?q=改名"), 1);
}

#[test]
fn the_same_edit_sent_twice_is_done_once_and_everything_stays_after_a_restart() {
    let house = House::open();
    let (owner, sato, _) = firm(&house);
    let who = || json!({"filter": {}});
    edited(&owner, "edit-0001", who(), "tag:x", json!(true));
    undone(&owner, "edit-0001");
    let again = edited(&owner, "edit-0001", who(), "tag:x", json!(true));
    assert_eq!(again["state"], "undone");
    assert_eq!(edit(&sato, "edit-0001", who(), "tag:x", json!(true)).status, 409);
    edited(&owner, "edit-0002", who(), "tag:y", json!(true));
    let house = house.restart();
    let local = house.local();
    let edits = local.get("/customer-edits").ok();
    let states: Vec<&Value> =
        edits["edits"].as_array().unwrap().iter().map(|edit| &edit["state"]).collect();
    assert_eq!(states, ["done", "undone"]);
    assert_eq!(undone(&local, "edit-0002")["state"], "undone");
    assert_eq!(attribute(&local, "C-1", "tag:y"), Value::Null);
    local.wait_days(31);
    let late = edited(&local, "edit-0003", who(), "tag:z", json!(true));
    assert_eq!(late["state"], "done");
    local.wait_days(31);
    assert_eq!(local.get("/customer-edits/edit-0003").ok()["undo_until"], Value::Null);
    assert_eq!(local.post("/customer-edits/edit-0003/undo", json!({})).status, 409);
}

#[test]
fn what_a_killed_server_had_begun_is_taken_back_at_the_next_start() {
    let house = House::open();
    let (_owner, ..) = firm(&house);
    let house = house.restart_after(leave_half_an_edit);
    let local = house.local();
    let edit = local.get("/customer-edits/edit-half").ok();
    assert_eq!(edit["state"], "stopped", "{edit}");
    assert_eq!(attribute(&local, "C-1", "tag:half"), Value::Null);
    assert_eq!(local.post("/customer-edits/edit-half/undo", json!({})).status, 409);
}

/// What is on disk when a server is killed after the first piece of an edit.
fn leave_half_an_edit(folder: &Path) {
    let at = Timestamp::parse("2026-11-21T00:00:00Z").unwrap();
    let record = json!({"by": "person:1", "by_name": "Owner", "at": at.millis(),
        "said": ["タグ「half」を付ける", "Add the tag “half”"], "customers": 500, "state": "begun"});
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let registry = Registry::open(&folder.join("registry.sqlite")).await.unwrap();
        registry.put_setting("customer-edit/edit-half", &record.to_string(), 0).await.unwrap();
        registry.close().await.unwrap();
    });
    let store = Store::open(folder, Options::default(), &Watch::NONE).unwrap();
    let what = What::Became(Properties::new([("tag:half", FactValue::from(true))]).unwrap());
    let customer = CustomerKey::new("C-1").unwrap();
    let facts = vec![Fact { customer, contact: None, at, what, id: None }];
    let (source, label) = ("edits:person:1".into(), "edit-half".into());
    let batch = Batch { source, label, received_at: at, old: false, facts };
    store.append(&batch).unwrap();
    store.close().unwrap();
}

#[test]
fn the_chosen_customers_come_as_a_file() {
    let house = House::open();
    let (owner, sato, _) = firm(&house);
    let csv = owner.post("/customer-export", json!({"keys": ["C-2", "C-301"]}));
    assert_eq!(csv.status, 200, "{}", csv.text);
    assert_eq!(csv.text.lines().count(), 3);
    assert!(csv.text.contains("C-2,会社2,company,佐藤"), "{}", csv.text);
    let own = sato.post("/customer-export", json!({"filter": {}}));
    assert_eq!(own.text.lines().count(), 301);
    assert_eq!(sato.post("/customer-export", json!({"keys": ["C-301"]})).status, 422);
}
