//! Who entered and left: each change once, with its cause and both instants, also over a restart.

use facts::Timestamp;
use serde_json::{Value, json};

use crate::house::{Client, House};

/// The changes of a segment, oldest first: customer, in or out, cause.
fn told(client: &Client, segment: &str) -> Vec<(String, bool, String)> {
    rows(client, segment)
        .into_iter()
        .map(|row| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            (text(&row["customer"]["key"]), row["entered"] == true, text(&row["cause"]))
        })
        .collect()
}

fn rows(client: &Client, segment: &str) -> Vec<Value> {
    let mut rows = vec![];
    let mut after = String::new();
    loop {
        let page = client.get(&format!("/segments/{segment}/changes?limit=2{after}")).ok();
        rows.extend(page["rows"].as_array().unwrap().iter().cloned());
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    rows.reverse();
    rows
}

fn change(key: &str, entered: bool, cause: &str) -> (String, bool, String) {
    (key.to_owned(), entered, cause.to_owned())
}

#[test]
fn each_change_is_told_once_with_its_cause() {
    let house = House::open();
    let owner = house.owner();
    owner.event("0", "C-0", "login");
    owner.segment("active", json!({"event": "login", "last": "30d"}));
    owner.event("1", "C-1", "login");
    owner.event("2", "C-1", "login");
    owner.wait_days(30);
    owner.event("3", "C-1", "login");
    let expected = [
        change("C-0", true, "edit"),
        change("C-1", true, "fact"),
        change("C-0", false, "time"),
        change("C-1", false, "time"),
        change("C-1", true, "fact"),
    ];
    assert_eq!(told(&owner, "active"), expected);
    let all = rows(&owner, "active");
    let at = |row: &Value| Timestamp::parse(row["at"].as_str().unwrap()).unwrap();
    let last = owner.get("/customers/C-1/timeline").ok()["rows"][1].clone();
    assert_eq!(at(&all[3]), at(&last).plus(30 * Timestamp::DAY), "{last}");
    assert!(all.iter().all(|row| row["version"] == 1));
    assert_eq!(owner.get("/segments/none/changes").status, 404);
}

#[test]
fn an_edit_and_a_retired_segment_are_told_as_edits() {
    let house = House::open();
    let owner = house.owner();
    for key in ["C-1", "C-2"] {
        owner.event(key, key, "login");
    }
    owner.event("3", "C-2", "purchased");
    let detail = owner.segment("busy", json!({"event": "login"}));
    let busy = json!({
        "names": {"ja": "busy", "en": "busy"},
        "condition": {"event": "purchased"},
        "version": detail["version"],
    });
    owner.write("PUT", "/segments/busy", busy).ok();
    assert_eq!(told(&owner, "busy").last(), Some(&change("C-1", false, "edit")));
    assert_eq!(rows(&owner, "busy").last().unwrap()["version"], 2);
    owner.delete("/segments/busy");
    assert_eq!(told(&owner, "busy").last(), Some(&change("C-2", false, "edit")));
    assert_eq!(told(&owner, "busy").len(), 4);
}

#[test]
fn a_restart_tells_nothing_twice_and_what_turned_meanwhile_with_its_instant() {
    let house = House::open();
    let owner = house.owner();
    owner.segment("active", json!({"event": "login", "last": "30d"}));
    owner.event("1", "C-1", "login");
    let before = rows(&owner, "active");
    let house = house.restart();
    let owner = house.local();
    assert_eq!(rows(&owner, "active"), before);
    // A test's clock begins anew with the server; what is told goes on from where it was.
    owner.wait_days(31);
    let house = house.restart();
    let owner = house.local();
    let after = told(&owner, "active");
    assert_eq!(after[..2], [change("C-1", true, "fact"), change("C-1", false, "time")]);
    assert!(
        after.windows(2).all(|pair| pair[0].1 != pair[1].1),
        "in and out take turns: {after:?}"
    );
}

#[test]
fn a_rep_sees_the_changes_of_own_customers_only() {
    let house = House::open();
    let owner = house.owner();
    owner.know(&[("C-1", "青空商事", "佐藤"), ("C-2", "みどり工業", "鈴木")]);
    owner.segment("active", json!({"event": "login"}));
    owner.event("1", "C-1", "login");
    owner.event("2", "C-2", "login");
    let rep = house.join(&owner, "rep", "rep", Some("佐藤"));
    assert_eq!(told(&rep, "active"), [change("C-1", true, "fact")]);
    assert_eq!(told(&owner, "active").len(), 2);
}

/// All changes onwards, by the cursor, two at a time: place, segment, customer, in or out.
fn onwards(client: &Client) -> Vec<(u64, String, String, bool)> {
    let (mut rows, mut after) = (vec![], 0);
    loop {
        let told = client.get(&format!("/changes?after={after}&limit=2")).ok();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        rows.extend(told["rows"].as_array().unwrap().iter().map(|row| {
            let seq = row["seq"].as_u64().unwrap();
            let (segment, key) = (text(&row["segment"]), text(&row["customer"]["key"]));
            (seq, segment, key, row["entered"] == true)
        }));
        after = told["last"].as_u64().unwrap();
        if told["more"] == false {
            return rows;
        }
    }
}

#[test]
fn a_program_hands_on_each_change_once_and_waits_for_the_next() {
    let house = House::open();
    let owner = house.owner();
    owner.know(&[("C-1", "青空商事", "佐藤"), ("C-2", "みどり工業", "鈴木")]);
    owner.segment("active", json!({"event": "login"}));
    owner.segment("buyers", json!({"event": "purchased"}));
    for (n, (key, name)) in
        [("C-1", "login"), ("C-2", "purchased"), ("C-2", "login")].into_iter().enumerate()
    {
        owner.event(&n.to_string(), key, name);
    }
    let row = |seq, segment: &str, key: &str| (seq, segment.to_owned(), key.to_owned(), true);
    let all = [row(1, "active", "C-1"), row(2, "buyers", "C-2"), row(3, "active", "C-2")];
    assert_eq!(onwards(&owner), all);
    let rep = house.join(&owner, "rep", "rep", Some("佐藤"));
    assert_eq!(onwards(&rep), all[..1], "the cursor passes what a rep may not see");
    let buyers = owner.get("/changes?segment=buyers").ok();
    assert_eq!((&buyers["rows"][0]["seq"], &buyers["last"]), (&json!(2), &json!(3)));
    assert_eq!(owner.get("/changes?segment=none").status, 404);
    let nothing = owner.get("/changes?after=3").ok();
    assert_eq!((&nothing["rows"], &nothing["last"]), (&json!([]), &json!(3)));
    // Whoever waits hears of the next one as soon as it is told.
    let waiting = {
        let owner = owner.clone();
        std::thread::spawn(move || owner.get("/changes?after=3&wait=30").ok())
    };
    std::thread::sleep(std::time::Duration::from_millis(100));
    let asked = std::time::Instant::now();
    owner.event("9", "C-1", "purchased");
    let heard = waiting.join().unwrap();
    assert_eq!(heard["rows"][0]["seq"], 4);
    assert!(asked.elapsed() < std::time::Duration::from_secs(25), "it did not wait to the end");
    let house = house.restart();
    assert_eq!(onwards(&house.local())[..3], all, "after a restart they are the same");
}
