//! Facts from programs.

use serde_json::json;

use crate::house::{Client, House};

#[test]
fn the_same_event_counts_once_for_ever() {
    let house = House::open();
    let owner = house.owner();
    let events = json!({"source": "web", "events": [
        {"id": "1", "customer": "C-1", "name": "login"},
        {"id": "2", "customer": "C-1", "name": "login", "properties": {"page": "料金", "amount": 12.50}},
        {"id": "1", "customer": "C-1", "name": "login"},
    ]});
    let taken = owner.post("/events", events.clone()).ok();
    assert_eq!((&taken["accepted"], &taken["duplicates"]), (&json!(2), &json!(1)));
    let taken = owner.post("/events", events).ok();
    assert_eq!((&taken["accepted"], &taken["duplicates"]), (&json!(0), &json!(3)));
    let other =
        json!({"source": "app", "events": [{"id": "1", "customer": "C-1", "name": "login"}]});
    assert_eq!(owner.post("/events", other).ok()["accepted"], 1, "another source has other ids");
    let house = house.restart();
    let local = house.local();
    let again =
        json!({"source": "web", "events": [{"id": "1", "customer": "C-1", "name": "login"}]});
    assert_eq!(local.post("/events", again).ok()["duplicates"], 1, "after a restart as well");
    assert_eq!(local.get("/health").ok()["events"], 3);
}

#[test]
fn bad_events_are_named_and_the_rest_goes_in() {
    let house = House::open();
    let owner = house.owner();
    let taken = owner
        .post(
            "/events",
            json!({"source": "web", "events": [
                {"id": "1", "customer": "C-1", "name": "login"},
                {"id": "", "customer": "C-1", "name": "login"},
                {"id": "3", "customer": " ", "name": "login"},
                {"id": "4", "customer": "C-1", "name": "login", "at": "yesterday"},
                {"id": "5", "customer": "C-1", "name": "login", "properties": {"deep": {"a": 1}}},
                {"id": "6", "customer": "C-1"},
                {"id": "7", "customer": "C-1", "name": "login", "properties": {"n": 1e300}},
                "no event at all",
            ]}),
        )
        .ok();
    assert_eq!(taken["accepted"], 1);
    let places: Vec<_> =
        taken["rejected"].as_array().unwrap().iter().map(|one| one["index"].clone()).collect();
    assert_eq!(json!(places), json!([1, 2, 3, 4, 5, 6, 7]));
    assert!(taken["rejected"].as_array().unwrap().iter().all(|one| one["reason"] != ""));
}

#[test]
fn a_program_cannot_speak_as_the_page() {
    let house = House::open();
    let owner = house.owner();
    owner.know(&[("C-1", "青空商事", "佐藤")]);
    let outcome = json!({"sign": "churn", "outcome": "lost", "id": "first"});
    let first = owner.post("/today/C-1/outcome", outcome).ok();
    let spoofed = json!({"source": "outcomes:person:1", "events": [
        {"id": "second", "customer": "C-1", "name": "approached"}]});
    owner.post("/events", spoofed).ok();
    let outcome = json!({"sign": "churn", "outcome": "lost", "id": "second"});
    let second = owner.post("/today/C-1/outcome", outcome).ok();
    assert_ne!(first["batch"], second["batch"], "its id was not taken by the other source");
}

#[test]
fn a_restart_keeps_everything() {
    let house = House::open();
    let owner = house.owner();
    owner.know(&[("C-1", "青空商事", "佐藤")]);
    owner.segment("active", json!({"event": "login", "last": "30d"}));
    owner.event("1", "C-1", "login");
    // The small chart of the list is counted in the background.
    let list = |client: &Client| {
        client.get_until("/segments", |list| !list["segments"][0]["sparkline"].is_null())
    };
    let before = list(&owner);
    let customer = owner.get("/customers/C-1").ok();
    let house = house.restart();
    assert!(house.ready.setup_link.is_none());
    let mut back = house.anyone();
    back.cookie = owner.cookie.clone();
    let after = list(&back);
    assert_eq!(before["segments"], after["segments"]);
    let again = back.get("/customers/C-1").ok();
    assert_eq!(customer["attributes"], again["attributes"]);
    assert_eq!(customer["memberships"], again["memberships"]);
}
