//! Signs are written, switched off and brought back like segments, and whoever carries them changes with them.

use serde_json::{Value, json};

use crate::house::House;

fn sign(id: &str, threshold: u8) -> Value {
    json!({
        "id": id, "kind": "churn",
        "name": {"ja": "静か", "en": "Quiet"}, "explanation": {"ja": "a", "en": "a"},
        "next_action": {"ja": "a", "en": "a"}, "script": {"ja": "a", "en": "a"},
        "horizon_days": 30, "threshold": threshold,
        "parts": [
            {"name": {"ja": "来た", "en": "came"}, "weight": 40, "condition": {"event": "login", "last": "7d"}},
            {"name": {"ja": "見た", "en": "looked"}, "weight": 40, "condition": {"event": "viewed", "last": "7d"}}
        ]
    })
}

fn body(definition: Value, version: i32) -> Value {
    json!({"definition": definition, "version": version})
}

#[test]
fn a_sign_is_made_changed_switched_off_and_brought_back() {
    let house = House::open();
    let owner = house.owner();
    owner.know(&[("A-1", "青空商事", "佐藤"), ("B-1", "ひかり", "鈴木")]);
    owner.event("1", "A-1", "login");
    owner.event("2", "B-1", "login");
    owner.event("3", "B-1", "viewed");
    let carried = || {
        let told = owner.get("/signs/quiet/customers").ok();
        let rows = told["rows"].as_array().unwrap().clone();
        rows.into_iter().map(|row| row["key"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let made = owner.post("/signs", json!({"definition": sign("quiet", 80)}));
    assert_eq!(
        (made.status, &made.json["state"], &made.json["version"]),
        (201, &json!("in_force"), &json!(1))
    );
    assert_eq!(carried(), ["B-1"]);
    assert_eq!(owner.post("/signs", json!({"definition": sign("quiet", 80)})).status, 409);
    let changed = owner.write("PUT", "/signs/quiet", body(sign("quiet", 40), 1));
    assert_eq!((changed.status, &changed.json["count"]), (200, &json!(2)));
    assert_eq!(carried(), ["B-1", "A-1"]);
    assert_eq!(
        owner.write("PUT", "/signs/quiet", body(sign("quiet", 80), 1)).status,
        409,
        "seen before"
    );
    // A rep sees own customers, and may not write.
    let rep = house.join(&owner, "sato", "rep", Some("佐藤"));
    assert_eq!(rep.get("/signs/quiet").ok()["count"], 1);
    assert_eq!(rep.write("PUT", "/signs/quiet", body(sign("quiet", 80), 2)).status, 403);
    let off = owner.delete("/signs/quiet").ok();
    assert_eq!((&off["state"], &off["count"]), (&json!("off"), &json!(0)));
    assert_eq!(owner.get("/signs/quiet/customers").status, 404);
    assert_eq!(owner.post("/signs/quiet/restore", json!({})).ok()["count"], 2);
    let versions = owner.get("/signs/quiet/versions").ok();
    let told: Vec<(i64, bool)> = versions["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["version"].as_i64().unwrap(), one["retired"].as_bool().unwrap()))
        .collect();
    assert_eq!(told, [(4, false), (3, true), (2, false), (1, false)]);
    let house = house.restart();
    let again = crate::house::Client { url: house.ready.url.clone(), ..owner };
    assert_eq!(again.get("/signs/quiet").ok()["count"], 2, "it outlives the server");
}

#[test]
fn recipes_are_drafts_until_taken_into_force_and_can_be_changed() {
    let house = House::open();
    let owner = house.owner();
    owner.know(&[("A-1", "青空商事", "佐藤")]);
    let listed = owner.get("/signs").ok();
    let states = |listed: &Value, state: &str| {
        listed["signs"].as_array().unwrap().iter().filter(|one| one["state"] == state).count()
    };
    assert_eq!((states(&listed, "in_force"), states(&listed, "draft")), (5, 13));
    let mut draft = owner.get("/signs/cart_left").ok();
    assert_eq!(draft["version"], 0);
    let mut definition = draft["definition"].take();
    definition["draft"] = false.into();
    let on = owner.write("PUT", "/signs/cart_left", body(definition, 0)).ok();
    assert_eq!((&on["state"], &on["version"]), (&json!("in_force"), &json!(1)));
    owner.event("1", "A-1", "cart_added");
    assert_eq!(owner.get("/signs/cart_left").ok()["count"], 0, "there is a day to order");
    owner.wait_days(2);
    assert_eq!(owner.get("/signs/cart_left").ok()["count"], 1, "by time alone");
    let off = owner.delete("/signs/churn").ok();
    assert_eq!(
        (&off["state"], &off["origin"]),
        (&json!("off"), &json!("built_in")),
        "only switched"
    );
}

#[test]
fn a_sign_with_faults_is_refused_with_its_places_and_a_used_segment_stays() {
    let house = House::open();
    let owner = house.owner();
    let mut faulty = sign("x", 50);
    faulty["parts"][1]["condition"] = json!({"event": "login", "last": "0d"});
    let told = owner.post("/signs", json!({"definition": faulty}));
    assert_eq!((told.status, &told.json["code"]), (422, &json!("faults")));
    assert!(
        told.json["faults"][0]["path"].as_str().unwrap().starts_with("/parts/1/condition"),
        "{}",
        told.text
    );
    assert_eq!(owner.post("/signs", json!({"definition": sign("Not An Id", 50)})).status, 422);
    let mut refers = sign("refers", 40);
    refers["requires"] = json!({"segment": "fresh"});
    assert_eq!(owner.post("/signs", json!({"definition": refers.clone()})).status, 422);
    owner.segment("fresh", json!({"event": "login", "last": "30d"}));
    assert_eq!(owner.post("/signs", json!({"definition": refers})).status, 201);
    let kept = owner.delete("/segments/fresh");
    assert_eq!(kept.status, 409, "{}", kept.text);
    assert!(kept.json["message"].as_str().unwrap().contains("Quiet"));
    // A circle through the score of the sign.
    let circle = owner.write(
        "PUT",
        "/segments/fresh",
        json!({
            "names": {"ja": "f", "en": "f"}, "version": 1,
            "condition": {"score": "refers", "is": {"at_least": "1"}}
        }),
    );
    assert!(
        circle.status == 422 || owner.get("/signs/refers").ok()["state"] == "faulty",
        "{}",
        circle.text
    );
}

#[test]
fn a_file_of_signs_is_taken_whole_or_not_at_all() {
    let house = House::open();
    let owner = house.owner();
    let file = |signs: Vec<Value>| json!({"signs": signs}).to_string().into_bytes();
    let send = |bytes: Vec<u8>| {
        owner.send("POST", "/signs/files", &[("Content-Type", "text/plain")], bytes)
    };
    let taken = send(file(vec![sign("a", 40), sign("b", 40)])).ok();
    assert_eq!(
        (&taken["added"], &taken["changed"], &taken["unchanged"]),
        (&json!(2), &json!(0), &json!(0))
    );
    let taken = send(file(vec![sign("a", 40), sign("b", 80)])).ok();
    assert_eq!((&taken["changed"], &taken["unchanged"]), (&json!(1), &json!(1)));
    assert_eq!(send(file(vec![sign("c", 40), sign("d", 99)])).status, 422);
    assert_eq!(owner.get("/signs/c").status, 404, "all or nothing");
}
