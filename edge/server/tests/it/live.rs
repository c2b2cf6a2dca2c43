//! Facts and time reach an open page within a second.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::house::House;

#[test]
fn an_event_is_told_within_a_second() {
    let house = House::open();
    let owner = house.owner();
    owner.know(&[("C-1", "青空商事", "佐藤")]);
    owner.segment("active", json!({"event": "login", "last": "30d"}));
    let mut stream = owner.listen();
    let sent = Instant::now();
    owner.event("1", "C-1", "login");
    // That the segment was made is news too, and may come after we began to listen.
    let news = stream.next_that("changed", |news| news["segments"]["active"] == 1);
    assert!(sent.elapsed() < Duration::from_secs(1), "{:?}", sent.elapsed());
    assert_eq!(news["customers"], json!(["C-1"]));
}

#[test]
fn many_events_are_told_together() {
    let house = House::open();
    let owner = house.owner();
    owner.segment("active", json!({"event": "login", "last": "30d"}));
    let mut stream = owner.listen();
    for n in 0..40 {
        owner.event(&n.to_string(), &format!("C-{n}"), "login");
    }
    let mut messages = 0;
    loop {
        let news = stream.next("changed");
        messages += 1;
        if news["segments"]["active"] == 40 {
            break;
        }
    }
    assert!(messages < 20, "{messages} messages for 40 events");
}

#[test]
fn time_alone_takes_a_member_out_and_the_page_is_told() {
    let house = House::open();
    let owner = house.owner();
    owner.segment("active", json!({"event": "login", "last": "30d"}));
    owner.segment("silent", json!({"not": {"segment": "active"}}));
    owner.event("1", "C-1", "login");
    let why = owner.get("/segments/active/why/C-1").ok();
    assert_eq!((&why["member"], why["may_change_at"].is_string()), (&json!(true), true));
    let mut stream = owner.listen();
    owner.wait_days(29);
    assert_eq!(owner.get("/segments/active/why/C-1").ok()["member"], true);
    owner.wait_days(1);
    let news = stream.next_that("changed", |news| news["segments"].get("silent").is_some());
    assert_eq!(news["segments"], json!({"active": 0, "silent": 1}));
    let why = owner.get("/segments/active/why/C-1").ok();
    assert_eq!(why["member"], false);
    let left = owner.get("/segments/active").ok();
    assert_eq!((&left["count"], &left["left_7d"]), (&json!(0), &json!(1)));
    assert_eq!(owner.get("/segments/silent").ok()["entered_7d"], 1);
}

#[test]
fn a_long_jump_passes_through_every_instant_on_its_way() {
    let house = House::open();
    let owner = house.owner();
    // In for a day, twenty days after the login: both turns lie inside the jump.
    owner.segment("day-20", json!({"event": "login", "ago": ["21d", "20d"]}));
    owner.segment("later", json!({"event": "login", "older_than": "20d"}));
    owner.event("1", "C-1", "login");
    let mut stream = owner.listen();
    owner.wait_days(40);
    let news = stream.next_that("changed", |news| news["segments"].get("day-20").is_some());
    assert_eq!(news["segments"]["day-20"], 0, "it came and went");
    assert_eq!(owner.get("/segments/later").ok()["count"], 1);
    assert_eq!(owner.get("/segments/day-20").ok()["count"], 0);
}

#[test]
fn the_clock_of_a_real_server_cannot_be_moved() {
    let house = House::of(tempfile::TempDir::new().unwrap(), |options| options.test_clock = false);
    let owner = house.owner();
    assert_eq!(owner.post("/clock", json!({"by_seconds": 1})).status, 404);
    let house = House::open();
    let owner = house.owner();
    assert_eq!(owner.post("/clock", json!({"by_seconds": -1})).status, 422);
    assert_eq!(owner.post("/clock", json!({})).status, 422);
}
