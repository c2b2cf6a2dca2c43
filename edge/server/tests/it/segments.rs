//! Writing segments, trying conditions out, and the reasons.

use serde_json::{Value, json};

use crate::house::{Client, House};

fn firm(house: &House) -> Client {
    let owner = house.owner();
    owner.know(&[
        ("C-1", "青空商事", "佐藤"),
        ("C-2", "=HYPERLINK(1)", "佐藤"),
        ("C-3", "ひかり", "鈴木"),
    ]);
    for (id, customer) in [("1", "C-1"), ("2", "C-1"), ("3", "C-2")] {
        owner.event(id, customer, "login");
    }
    owner
}

#[test]
fn a_segment_is_made_changed_retired_and_restored() {
    let house = House::open();
    let owner = firm(&house);
    let condition = json!({"event": "login", "count": {"at_least": 2}, "last": "30d"});
    let body = json!({"names": {"ja": "よく使う", "en": "Heavy users"}, "condition": condition});
    let made = owner.post("/segments", body);
    assert_eq!(made.status, 201, "{}", made.text);
    let made = made.json;
    assert_eq!(
        (&made["id"], &made["count"], &made["version"]),
        (&json!("heavy-users"), &json!(1), &json!(1))
    );
    assert!(made["sentence"].as_str().unwrap().contains("30"), "{}", made["sentence"]);
    assert_eq!(made["condition"], condition);
    let change = |version: i64, least: i64| {
        let condition = json!({"event": "login", "count": {"at_least": least}, "last": "30d"});
        let body = json!({"names": {"ja": "よく使う", "en": "Heavy users"}, "condition": condition, "version": version});
        owner.write("PUT", "/segments/heavy-users", body)
    };
    assert_eq!(change(1, 1).ok()["count"], 2);
    assert_eq!(change(1, 3).status, 409, "someone else's version");
    assert_eq!(owner.delete("/segments/heavy-users").ok()["retired"], true);
    assert_eq!(owner.get("/segments/heavy-users/members").status, 404);
    let back = owner.post("/segments/heavy-users/restore", json!({})).ok();
    assert_eq!((&back["retired"], &back["count"]), (&json!(false), &json!(2)));
    assert_eq!(change(99, 1).status, 409);
}

#[test]
fn faults_come_with_their_paths_in_the_callers_language() {
    let house = House::open();
    let mut owner = firm(&house);
    let condition = json!({"all": [{"event": "login", "lsat": "30d"}, {"segment": "nowhere"}]});
    let reply = owner.post("/preview", json!({"condition": condition}));
    assert_eq!(reply.status, 422);
    assert_eq!(reply.json["faults"][0]["path"], "/all/0/lsat");
    let english = reply.json["faults"][0]["message"].clone();
    owner.language = "ja";
    let japanese =
        owner.post("/preview", json!({"condition": condition})).json["faults"][0]["message"]
            .clone();
    assert_ne!(english, japanese);
    let unknown = owner.post("/preview", json!({"condition": {"segment": "nowhere"}}));
    assert_eq!(unknown.json["faults"][0]["path"], "/segment");
    let body =
        json!({"id": "a", "names": {"ja": "a", "en": "a"}, "condition": {"not": {"segment": "a"}}});
    assert_eq!(owner.post("/segments", body).status, 422, "a circle of one");
    assert_eq!(owner.get("/segments").ok()["segments"], json!([]));
}

#[test]
fn a_segment_that_others_use_stays() {
    let house = House::open();
    let owner = firm(&house);
    owner.segment("active", json!({"event": "login", "last": "30d"}));
    owner.segment("silent", json!({"not": {"segment": "active"}}));
    assert_eq!(owner.get("/segments/active").ok()["used_by"], json!(["silent"]));
    let refused = owner.delete("/segments/active");
    assert_eq!(refused.status, 409);
    assert!(refused.json["message"].as_str().unwrap().contains("silent"));
    owner.delete("/segments/silent").ok();
    owner.delete("/segments/active").ok();
    assert_eq!(owner.post("/segments/silent/restore", json!({})).status, 422, "it needs the other");
}

#[test]
fn a_preview_counts_the_whole_each_leaf_and_what_comes() {
    let house = House::open();
    let owner = firm(&house);
    let condition = json!({"all": [
        {"event": "login", "last": "2d"},
        {"not": {"attribute": "name", "is": "青空商事"}},
    ]});
    let preview = owner.post("/preview", json!({"condition": condition})).ok();
    assert_eq!((&preview["count"], &preview["total"]), (&json!(1), &json!(3)));
    assert_eq!(preview["sample"][0]["key"], "C-2");
    let leaves: Vec<(Value, Value)> = preview["leaves"]
        .as_array()
        .unwrap()
        .iter()
        .map(|leaf| (leaf["path"].clone(), leaf["count"].clone()))
        .collect();
    let wanted = [("/all/0", 2), ("/all/1/not", 1), ("/all/1", 2)];
    assert_eq!(leaves, wanted.map(|(path, count)| (json!(path), json!(count))));
    assert_eq!(
        preview["funnel"],
        json!([
            {"path": "/all/0", "before": 3, "after": 2},
            {"path": "/all/1/not", "before": 2, "after": 1},
        ])
    );
    assert_eq!(
        preview["coming"],
        json!([
            {"days": 1, "enters": 0, "leaves": 0},
            {"days": 3, "enters": 0, "leaves": 1},
            {"days": 7, "enters": 0, "leaves": 1},
        ])
    );
}

#[test]
fn a_preview_made_of_kept_leaves_is_what_the_segment_would_be() {
    let house = House::open();
    let owner = firm(&house);
    let (login, named) =
        (json!({"event": "login", "last": "2d"}), json!({"attribute": "name", "is": "青空商事"}));
    let drafts = [
        login.clone(),
        json!({"all": [login, {"not": named}]}),
        json!({"any": [{"not": login}, named]}),
        json!({"not": {"any": [login, {"all": [named, {"attribute": "rep", "is": "佐藤"}]}]}}),
        json!({"points": [{"when": login, "weight": 1}, {"when": named, "weight": 1}], "is": {"at_least": 2}}),
    ];
    let compare = |round: &str| {
        for (n, draft) in drafts.iter().enumerate() {
            let preview = owner.post("/preview", json!({"condition": draft})).ok();
            let saved = owner.segment(&format!("{round}-{n}"), draft.clone());
            assert_eq!(preview["count"], saved["count"], "{round}: {draft}");
        }
        let preview = owner.post("/preview", json!({"condition": drafts[1]})).ok();
        preview["count"].as_u64().unwrap()
    };
    assert_eq!(compare("first"), 1);
    owner.event("4", "C-3", "login");
    assert_eq!(compare("learnt"), 2, "what was kept before the event does not count");
    owner.wait_days(3);
    assert_eq!(compare("later"), 0, "nor what was kept three days ago");
}

#[test]
fn reasons_name_the_evidence() {
    let house = House::open();
    let owner = firm(&house);
    owner.segment("heavy", json!({"all": [
        {"event": "login", "count": {"at_least": 2}, "last": "30d"}, {"attribute": "rep", "is": "佐藤"}]}));
    let why = owner.get("/segments/heavy/why/C-1").ok();
    assert_eq!(why["member"], true);
    let first = &why["tree"]["children"][0];
    assert_eq!((&first["kind"], &first["holds"]), (&json!("leaf"), &json!(true)));
    assert_eq!(first["evidence"].as_array().unwrap().len(), 2);
    assert_eq!(first["evidence_total"], 2);
    let why = owner.get("/segments/heavy/why/C-2").ok();
    assert_eq!(
        (&why["member"], &why["tree"]["children"][0]["holds"]),
        (&json!(false), &json!(false))
    );
    let members = owner.get("/segments/heavy/members").ok();
    assert!(members["rows"][0]["since"].is_string());
    assert_ne!(members["rows"][0]["reason"], "");
}

#[test]
fn members_come_in_pages_and_as_a_file_that_runs_nothing() {
    let house = House::open();
    let owner = firm(&house);
    owner.segment("all", json!({"attribute": "name", "exists": true}));
    let first = owner.get("/segments/all/members?limit=2").ok();
    assert_eq!(first["count"], 3);
    let next = first["next"].as_str().unwrap();
    let second = owner.get(&format!("/segments/all/members?limit=2&after={next}")).ok();
    assert_eq!((second["rows"].as_array().unwrap().len(), &second["next"]), (1, &Value::Null));
    let found = owner.get("/segments/all/members?q=ﾋｶﾘ").ok();
    assert_eq!(found["count"], 0, "kana are not folded onto each other");
    assert_eq!(owner.get("/segments/all/members?q=ひか").ok()["count"], 1);
    let csv = owner.get("/segments/all/members.csv");
    assert!(csv.text.starts_with('\u{feff}'));
    assert!(csv.text.contains("'=HYPERLINK(1)"), "{}", csv.text);
    assert!(csv.header("content-disposition").unwrap().contains("attachment"));
}

#[test]
fn a_file_of_segments_is_taken_whole_or_not_at_all() {
    let house = House::open();
    let owner = firm(&house);
    let send = |text: &str| {
        let kind = [("Content-Type", "application/yaml")];
        owner.send("POST", "/segments/files", &kind, text.as_bytes().to_vec())
    };
    let file = "segments:\n  - id: active\n    name: {ja: 使っている, en: Active}\n    condition: {event: login, last: 30d}\n  - id: silent\n    name: 静か\n    condition: {not: {segment: active}}\n";
    let taken = send(file).ok();
    assert_eq!((&taken["added"], &taken["changed"]), (&json!(2), &json!(0)));
    assert_eq!(owner.get("/segments/silent").ok()["origin"], "file");
    assert_eq!(send(file).ok()["unchanged"], 2);
    let changed = send(&file.replace("30d", "7d")).ok();
    assert_eq!((&changed["changed"], &changed["unchanged"]), (&json!(1), &json!(1)));
    let bad = send(&file.replace("event: login", "evnt: login").replace("active", "other"));
    assert_eq!(bad.status, 422);
    assert!(bad.json["faults"][0]["path"].as_str().unwrap().starts_with("/segments/0/condition"));
    assert_eq!(owner.get("/segments").ok()["segments"].as_array().unwrap().len(), 2);
    assert_eq!(send("segments: [").status, 400);
    assert_eq!(send("{\"segments\": []}").ok()["added"], 0);
}

#[test]
fn the_vocabulary_knows_what_came_in() {
    let house = House::open();
    let owner = firm(&house);
    let words = owner.get("/vocabulary").ok();
    assert_eq!(words["events"][0]["name"], "login");
    assert_eq!(words["events"][0]["count"], 3);
    let names = words["attributes"].as_array().unwrap();
    assert!(names.iter().any(|one| one["key"] == "rep" && one["filled"] == 3));
    let rep = house.join(&owner, "sato", "rep", Some("佐藤"));
    let words = rep.get("/vocabulary").ok();
    let samples = words["attributes"].as_array().unwrap().iter().map(|one| &one["samples"]);
    assert!(
        samples.into_iter().all(|samples| samples == &json!([])),
        "values of others' customers"
    );
}

#[test]
fn a_rank_is_cut_when_it_is_asked_for_and_again_after_a_day() {
    let house = House::open();
    let owner = firm(&house);
    let buys = |id: &str, customer: &str, amount: u32| {
        let event = json!({"id": id, "customer": customer, "name": "purchased", "properties": {"amount": amount}});
        owner.post("/events", json!({"source": "shop", "events": [event]})).ok();
    };
    buys("1", "C-1", 100);
    buys("2", "C-2", 200);
    buys("3", "C-3", 300);
    let best = |n: u32| json!({"rank": {"measure": "sum", "of": "amount", "event": "purchased"}, "last": "365d", "top": n});
    let keys = |id: &str| {
        let rows = owner.get(&format!("/segments/{id}/members")).ok()["rows"].clone();
        let keys =
            rows.as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap().to_owned());
        keys.collect::<Vec<String>>()
    };
    let previewed = |n| owner.post("/preview", json!({"condition": best(n)})).ok()["count"].clone();
    assert_eq!((previewed(1), previewed(2)), (json!(1), json!(2)));
    owner.segment("best", best(1));
    // A rank over a base that itself is a rank: the base is cut first.
    let mut among = best(1);
    among["among"] = json!("top-two");
    owner.segment("top-two", best(2));
    owner.segment("best-of-two", among);
    assert_eq!((keys("best"), keys("best-of-two")), (vec!["C-3".into()], vec!["C-3".into()]));
    buys("4", "C-1", 500);
    assert_eq!(keys("best"), ["C-1", "C-3"], "the cut stands still");
    owner.wait_days(1);
    assert_eq!(keys("best"), ["C-1"], "it was taken again");
    let why = owner.get("/segments/best/why/C-3").ok();
    assert_eq!((&why["member"], why["tree"]["found"].is_string()), (&json!(false), true), "{why}");
}

#[test]
fn a_draft_may_ask_how_strong_a_sign_is() {
    let house = House::open();
    let owner = firm(&house);
    let weak = json!({"score": "churn", "is": {"at_most": 100}});
    let preview = owner.post("/preview", json!({"condition": weak})).ok();
    owner.segment("weak", weak);
    let saved = owner.get("/segments/weak").ok();
    assert_eq!((&preview["count"], &saved["count"]), (&json!(3), &json!(3)));
    let backtest = json!({"segment": "weak", "from": &preview["as_of"].as_str().unwrap()[..10], "to": &preview["as_of"].as_str().unwrap()[..10]});
    assert_eq!(owner.post("/backtest", backtest).status, 200);
}

#[test]
fn templates_say_what_is_missing_here_and_can_be_made_as_they_are() {
    let house = House::open();
    let owner = firm(&house);
    let told = owner.get("/templates").ok();
    let all = told["templates"].as_array().unwrap();
    assert!(41 <= all.len(), "{}", all.len());
    let mut missing = 0;
    for template in all {
        let needs = [&template["needs"]["events"], &template["needs"]["attributes"]];
        let needs: Vec<&Value> = needs.iter().flat_map(|names| names.as_array().unwrap()).collect();
        for name in template["missing"].as_array().unwrap() {
            assert!(needs.contains(&name), "{template}");
            assert!(!["login", "rep", "name", "kind"].contains(&name.as_str().unwrap()));
            missing += 1;
        }
        assert_ne!(template["sentence"], "");
        assert_ne!(template["names"]["ja"], template["names"]["en"], "{template}");
    }
    assert!(20 < missing, "this firm has logins only: {missing}");
    let segments: Vec<Value> = all
        .iter()
        .map(|one| json!({"id": one["id"], "name": one["names"], "condition": one["condition"]}))
        .collect();
    let file = json!({"segments": segments}).to_string();
    let kind = [("Content-Type", "application/yaml")];
    let taken = owner.send("POST", "/segments/files", &kind, file.into_bytes()).ok();
    assert_eq!(taken["added"], all.len());
    assert!(house.anyone().get("/condition.schema.json").ok()["$defs"].is_object());
}

#[test]
fn what_is_left_at_each_place_is_what_the_rows_so_far_hold() {
    let house = House::open();
    let owner = firm(&house);
    let rows = [
        json!({"any": [{"attribute": "rep", "is": "佐藤"}, {"attribute": "name", "is": "ひかり"}]}),
        json!({"event": "login", "last": "2d"}),
        json!({"not": {"all": [{"attribute": "rep", "is": "佐藤"}, {"attribute": "name", "is": "青空商事"}]}}),
        json!({"points": [{"when": {"event": "login"}, "weight": 1}], "is": {"at_least": 1}}),
    ];
    let funnel = owner.post("/preview", json!({"condition": {"all": rows}})).ok()["funnel"].clone();
    let at = |path: &str| {
        let step = funnel.as_array().unwrap().iter().find(|step| step["path"] == path);
        let step = step.unwrap_or_else(|| panic!("no place {path} in {funnel}"));
        (step["before"].as_u64().unwrap(), step["after"].as_u64().unwrap())
    };
    let count = |condition: Value| {
        owner.post("/preview", json!({"condition": condition})).ok()["count"].as_u64().unwrap()
    };
    let mut before = 3;
    for (n, path) in ["/all/0", "/all/1", "/all/2/not", "/all/3"].into_iter().enumerate() {
        let after = count(json!({"all": rows[..=n]}));
        assert_eq!(at(path), (before, after), "{path}");
        before = after;
    }
    assert_eq!(before, 1, "the rows let somebody through and hold somebody back");
    assert_eq!((at("/all/0/any/0"), at("/all/0/any/1")), ((3, 2), (3, 3)));
    // Inside what is turned around, the rows are read the right way round.
    assert_eq!((at("/all/2/not/all/0"), at("/all/2/not/all/1")), ((2, 2), (2, 1)));
    assert_eq!(
        funnel.as_array().unwrap().len(),
        8,
        "what a score is made of holds nobody back: {funnel}"
    );
}
