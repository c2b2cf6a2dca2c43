//! Who answers for a segment and when it is looked at; segments as a file; two that become one.

use facts::{Calendar, Timestamp};
use serde_json::{Value, json};

use crate::house::{Client, House, Reply};

const TEXT: [(&str, &str); 1] = [("Content-Type", "text/plain")];

/// So many days from now, by the server's clock and in the workspace's zone.
fn day(client: &Client, days: i64) -> String {
    let now = client.get("/segments").ok()["as_of"].as_str().unwrap().to_owned();
    let now = Timestamp::parse(&now).unwrap();
    Calendar::japan().date(now.plus(days * Timestamp::DAY)).to_string()
}

fn take_file(client: &Client, text: &str) -> Reply {
    client.send("POST", "/segments/files", &TEXT, text.as_bytes().to_vec())
}

fn login(last: &str) -> Value {
    json!({"event": "login", "last": last})
}

fn firm(house: &House) -> Client {
    let owner = house.owner();
    owner.know(&[
        ("C-1", "青空商事", "佐藤"),
        ("C-2", "みどり工業", "佐藤"),
        ("C-3", "ひかり", "鈴木"),
    ]);
    owner.event("1", "C-1", "login");
    owner.event("2", "C-2", "login");
    owner
}

#[test]
fn a_segment_says_who_answers_for_it_and_when_it_is_looked_at_again() {
    let house = House::open();
    let owner = firm(&house);
    let body = json!({"id": "active", "names": {"ja": "利用中"}, "condition": login("30d"),
                      "owner": "営業企画", "review_on": "2027-02-29"});
    let refused = owner.post("/segments", body.clone());
    assert_eq!((refused.status, &refused.json["faults"][0]["path"]), (422, &json!("/review_on")));
    let mut body = body;
    body["review_on"] = json!(day(&owner, 2));
    let made = owner.post("/segments", body.clone()).ok();
    assert_eq!(
        (&made["owner"], &made["review_overdue"], &made["reviewed_on"]),
        (&json!("営業企画"), &json!(false), &Value::Null)
    );
    assert_eq!(made["changed_by"], "Owner");
    owner.wait_days(3);
    assert_eq!(owner.get("/segments/active").ok()["review_overdue"], true);
    let review = json!({"version": 1, "next_on": day(&owner, 90)});
    let reviewed = owner.post("/segments/active/review", review.clone()).ok();
    assert_eq!(
        (&reviewed["reviewed_on"], &reviewed["review_on"], &reviewed["version"]),
        (&json!(day(&owner, 0)), &json!(day(&owner, 90)), &json!(2))
    );
    assert_eq!(reviewed["review_overdue"], false);
    assert_eq!(owner.post("/segments/active/review", review).status, 409, "somebody was first");
    body["version"] = json!(2);
    let changed = owner.write("PUT", "/segments/active", body).ok();
    assert_eq!(
        changed["reviewed_on"],
        day(&owner, 0),
        "an edit does not forget when it was looked at"
    );
}

#[test]
fn segments_come_out_as_a_file_that_goes_in_unchanged() {
    let house = House::open();
    let owner = firm(&house);
    let file = "segments:\n  - id: active\n    name: {ja: 利用中, en: In use}\n    owner: 営業企画\n    \
                review_on: 2027-03-01\n    condition: {all: [{event: login, last: 30d}, {attribute: rep, is: \"no\"}]}\n";
    take_file(&owner, file).ok();
    let written = owner.get("/segments/files").text;
    let taken = take_file(&owner, &written).ok();
    assert_eq!(
        (&taken["unchanged"], &taken["changed"], &taken["added"]),
        (&json!(1), &json!(0), &json!(0)),
        "{written}"
    );
    let shown = owner.get("/segments/active").ok();
    assert_eq!((&shown["owner"], &shown["review_on"]), (&json!("営業企画"), &json!("2027-03-01")));
}

#[test]
fn what_referred_to_a_merged_segment_refers_to_the_one_that_stays() {
    let house = House::open();
    let owner = firm(&house);
    owner.segment("active", login("30d"));
    owner.segment("known", json!({"attribute": "rep", "in": ["佐藤", "鈴木"]}));
    owner.segment("silent", json!({"not": {"segment": "active"}}));
    owner.segment("both", json!({"all": [{"segment": "silent"}, {"segment": "active"}]}));
    let compared = owner.post("/segments/active/merge/compare", json!({"into": "known"})).ok();
    assert_eq!(
        (&compared["both"], &compared["only_gone"]["count"], &compared["only_kept"]["count"]),
        (&json!(2), &json!(0), &json!(1))
    );
    let rows = compared["segments"].as_array().unwrap();
    let silent = rows.iter().find(|row| row["id"] == "silent").unwrap();
    assert_eq!((&silent["before"], &silent["after"]), (&json!(1), &json!(0)));
    assert_eq!(owner.get("/segments/silent").ok()["count"], 1, "comparing changes nothing");

    let merged = owner.post("/segments/active/merge", json!({"into": "known"})).ok();
    assert_eq!(merged["segments"].as_array().unwrap().len(), 2);
    let shown = owner.get("/segments/silent").ok();
    assert_eq!(
        (&shown["condition"], &shown["count"]),
        (&json!({"not": {"segment": "known"}}), &json!(0))
    );
    assert_eq!(owner.get("/segments/active").ok()["retired"], true);
    assert_eq!(owner.get("/segments/known").ok()["used_by"], json!(["both", "silent"]));

    assert_eq!(owner.post("/segments/merges/undo", merged.clone()).status, 204);
    let shown = owner.get("/segments/silent").ok();
    assert_eq!(
        (&shown["condition"], &shown["count"]),
        (&json!({"not": {"segment": "active"}}), &json!(1))
    );
    assert_eq!(owner.get("/segments/active").ok()["retired"], false);
    assert_eq!(owner.post("/segments/merges/undo", merged).status, 409, "undone once");
}

#[test]
fn a_merge_that_would_break_something_is_refused_whole() {
    let house = House::open();
    let owner = firm(&house);
    owner.segment("active", login("30d"));
    owner.segment("built", json!({"not": {"segment": "active"}}));
    owner.segment("above", json!({"segment": "built"}));
    let merge = |gone: &str, kept: &str| {
        let told = owner.post(&format!("/segments/{gone}/merge"), json!({"into": kept}));
        (told.status, told.text)
    };
    assert_eq!(merge("active", "built").0, 409, "what stays is built on what goes");
    assert_eq!(merge("active", "above").0, 422, "a circle over a third");
    assert_eq!(merge("active", "active").0, 422);
    assert_eq!(merge("active", "nobody").0, 404);
    let rows = owner.get("/segments").ok();
    let versions = rows["segments"].as_array().unwrap().iter().map(|row| row["version"].clone());
    assert_eq!(versions.collect::<Vec<Value>>(), [json!(1), json!(1), json!(1)]);
    assert_eq!(merge("built", "active").0, 200, "the other way round it goes");
    assert_eq!(owner.get("/segments/above").ok()["condition"], json!({"segment": "active"}));
}

#[test]
fn a_rep_looks_and_does_not_merge() {
    let house = House::open();
    let owner = firm(&house);
    owner.segment("a", login("30d"));
    owner.segment("b", login("60d"));
    let rep = house.join(&owner, "sato", "rep", Some("佐藤"));
    assert_eq!(rep.post("/segments/a/merge", json!({"into": "b"})).status, 403);
    assert_eq!(rep.post("/segments/a/merge/compare", json!({"into": "b"})).status, 403);
    assert_eq!(rep.post("/segments/a/review", json!({"version": 1})).status, 403);
}

#[test]
fn each_customer_is_in_exactly_one_combination() {
    let house = House::open();
    let owner = firm(&house);
    owner.segment("active", login("30d"));
    owner.segment("sato", json!({"attribute": "rep", "is": "佐藤"}));
    owner.segment("all", json!({"attribute": "rep", "in": ["佐藤", "鈴木"]}));
    let told = owner.get("/combinations?ids=active,sato,all,active").ok();
    assert_eq!(
        told["combinations"],
        json!([
            {"segments": ["active", "sato", "all"], "count": 2},
            {"segments": ["all"], "count": 1},
        ])
    );
    assert_eq!((&told["either"], &told["segments"][0]["count"]), (&json!(3), &json!(2)));
    let rep = house.join(&owner, "suzuki", "rep", Some("鈴木"));
    let own = rep.get("/combinations?ids=active,all").ok();
    assert_eq!(
        own["combinations"],
        json!([{"segments": ["all"], "count": 1}]),
        "own customers only"
    );
    for (ids, status) in [("active", 422), ("active,nobody", 404), ("", 422)] {
        assert_eq!(owner.get(&format!("/combinations?ids={ids}")).status, status, "{ids}");
    }
}
