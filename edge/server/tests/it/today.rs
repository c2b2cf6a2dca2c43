//! Today's list: who leads, outcomes that take a row off it, and taking an outcome back.

use serde_json::{Value, json};

use crate::house::{Client, House};

/// A firm whose first customer has asked for something that nobody has answered.
fn firm(house: &House) -> Client {
    let owner = house.owner();
    owner.know(&[("C-1", "青空商事", "佐藤"), ("C-2", "ひかり物産", "鈴木")]);
    let contact = json!({"source": "crm", "customers": [
        {"key": "C-1", "contact": "P-1", "attributes": {"name": "林", "role": "champions", "phone": "03-0000-0000"}}]});
    owner.post("/customers", contact).ok();
    let mut events = vec![];
    for customer in ["C-1", "C-2"] {
        for (n, name) in
            ["materials_requested", "inquired", "seminar_registered"].iter().enumerate()
        {
            events
                .push(json!({"id": format!("{customer}-{n}"), "customer": customer, "name": name,
                "properties": {"document": "料金表", "kind": "question", "topic": "導入"}}));
        }
        for n in 0..4 {
            events.push(json!({"id": format!("{customer}-p{n}"), "customer": customer, "name": "page_viewed",
                "properties": {"page": "料金", "page_type": "pricing"}}));
        }
    }
    owner.post("/events", json!({"source": "web", "events": events})).ok();
    owner.wait_days(3);
    owner
}

fn keys(today: &Value) -> Vec<&str> {
    let rows = today["rows"].as_array().unwrap();
    rows.iter().map(|row| row["customer"]["key"].as_str().unwrap()).collect()
}

#[test]
fn a_row_says_who_why_when_and_what_to_say() {
    let house = House::open();
    let owner = firm(&house);
    let today = owner.get("/today").ok();
    assert_eq!(keys(&today).len(), 2, "{today}");
    let rows = today["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["customer"]["key"] == "C-1").unwrap();
    for part in ["reason", "script", "next_action", "due"] {
        assert!(!row[part].as_str().unwrap().is_empty(), "{part}");
    }
    assert_eq!(row["contact"]["name"], "林");
    assert!(row["sum"]["text"].as_str().unwrap().contains('×'));
    assert!(!row["evidence"].as_array().unwrap().is_empty());
    assert_eq!(today["reps"].as_array().unwrap().len(), 2);
    assert_eq!(keys(&owner.get("/today?rep=鈴木").ok()), ["C-2"]);
    let signs = owner.get("/signs").ok();
    let lead = row["sign"]["id"].as_str().unwrap();
    let sign = signs["signs"].as_array().unwrap().iter().find(|one| one["id"] == lead).unwrap();
    assert_eq!(sign["count"], 2);
    let carriers = owner.get(&format!("/signs/{lead}/customers?limit=1")).ok();
    assert_eq!((carriers["rows"].as_array().unwrap().len(), &carriers["next"]), (1, &json!("1")));
    let customer = owner.get("/customers/C-1").ok();
    assert!(customer["signs"].as_array().unwrap().iter().any(|one| one["id"] == lead));
}

#[test]
fn an_outcome_takes_the_row_off_and_undo_brings_it_back() {
    let house = House::open();
    let owner = firm(&house);
    let sign = owner.get("/today").ok()["rows"][0]["sign"]["id"].clone();
    let mut stream = owner.listen();
    let outcome =
        json!({"sign": sign, "outcome": "connected", "note": "折り返し不要", "id": "11-22"});
    let taken = owner.post("/today/C-1/outcome", outcome.clone()).ok();
    assert!(taken["rests_until"].is_string() && taken["undo_until"].is_string());
    assert_eq!(stream.next("changed")["today"], true);
    let today = owner.get("/today").ok();
    assert_eq!((keys(&today), &today["done_today"]), (vec!["C-2"], &json!(1)));
    let again = owner.post("/today/C-1/outcome", outcome).ok();
    assert_eq!(again["batch"], taken["batch"], "sent twice, counted once");
    assert_eq!(owner.get("/today").ok()["done_today"], 1);
    let timeline = owner.get("/customers/C-1/timeline?limit=1").ok();
    assert_eq!(timeline["rows"][0]["name"], "approached");
    owner.post(&format!("/batches/{}/undo", taken["batch"]), json!({})).ok();
    let today = owner.get("/today").ok();
    assert_eq!((keys(&today).len(), &today["done_today"]), (2, &json!(0)));
    assert_eq!(owner.post(&format!("/batches/{}/undo", taken["batch"]), json!({})).status, 409);
}

#[test]
fn who_was_put_off_comes_back_in_time() {
    let house = House::open();
    let owner = firm(&house);
    let sign = owner.get("/today").ok()["rows"][0]["sign"]["id"].clone();
    let bad = json!({"sign": sign, "outcome": "snooze", "id": "a"});
    assert_eq!(owner.post("/today/C-1/outcome", bad).status, 422, "until when?");
    let outcome = json!({"sign": sign, "outcome": "no_answer", "id": "b"});
    let taken = owner.post("/today/C-1/outcome", outcome).ok();
    assert_eq!(keys(&owner.get("/today").ok()), ["C-2"]);
    let mut stream = owner.listen();
    let until = taken["rests_until"].clone();
    owner.post("/clock", json!({"to": until})).ok();
    stream.next_that("changed", |news| news["today"] == true);
    assert_eq!(keys(&owner.get("/today").ok()).len(), 2);
    let odd = json!({"sign": "no-such-sign", "outcome": "lost", "id": "c"});
    assert_eq!(owner.post("/today/C-1/outcome", odd).status, 422);
}

#[test]
fn a_timeline_comes_in_pages_without_a_gap() {
    let house = House::open();
    let owner = firm(&house);
    let all = owner.get("/customers/C-1/timeline").ok();
    let all = all["rows"].as_array().unwrap();
    assert_eq!(all.len(), 7);
    let mut paged = vec![];
    let mut before = String::new();
    loop {
        let page = owner.get(&format!("/customers/C-1/timeline?limit=2{before}")).ok();
        paged.extend(page["rows"].as_array().unwrap().iter().cloned());
        match page["next"].as_str() {
            Some(next) => before = format!("&before={next}"),
            None => break,
        }
    }
    assert_eq!(&paged, all, "all happened at the same instant");
    let views = owner.get("/customers/C-1/timeline?name=page_viewed").ok();
    assert_eq!(views["rows"].as_array().unwrap().len(), 4);
    assert_eq!(views["months"][0]["count"], 4);
}
