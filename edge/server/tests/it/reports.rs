//! What reps write: taken in, read for topics, shown, judged, taken back, and read again when the dictionary changes.

use serde_json::{Value, json};

use crate::{
    house::{Client, House},
    imports::{brought, step},
};

fn firm(house: &House) -> Client {
    let owner = house.owner();
    owner.know(&[("A-1", "青空商事", "佐藤"), ("B-1", "ひかり物産", "鈴木")]);
    owner.segment("rivals", json!({"mentions": "competitor", "last": "30d"}));
    owner
}

fn write(client: &Client, id: &str, customer: &str, text: &str) -> Value {
    let body = json!({"customer": customer, "text": text, "temperature": "comparing", "hunch": "at_risk", "id": id});
    client.post("/reports", body).ok()
}

fn members(client: &Client, segment: &str) -> Vec<String> {
    let rows = client.get(&format!("/segments/{segment}/members")).ok();
    let rows = rows["rows"].as_array().unwrap().clone();
    rows.iter().map(|row| row["key"].as_str().unwrap().to_owned()).collect()
}

/// The hits of a row, over all its texts.
fn hits(row: &Value) -> Vec<&Value> {
    let texts = row["texts"].as_array().unwrap();
    texts.iter().flat_map(|text| text["hits"].as_array().unwrap()).collect()
}

fn mentions(client: &Client, customer: &str) -> usize {
    let path = format!("/customers/{customer}/timeline?name=mentioned");
    client.get(&path).ok()["rows"].as_array().unwrap().len()
}

#[test]
fn a_report_is_one_fact_whose_topics_conditions_ask_at_once() {
    let house = House::open();
    let owner = firm(&house);
    let sato = house.join(&owner, "sato", "rep", Some("佐藤"));
    let taken = write(&sato, "r1", "A-1", "競合他社からも見積もりを取っているとのこと。");
    assert!(taken["mentions"].as_u64().unwrap() >= 1, "{taken}");
    assert_eq!(members(&owner, "rivals"), ["A-1"]);

    let list = sato.get("/reports").ok();
    assert_eq!(list["total"], 1);
    let row = &list["rows"][0];
    assert_eq!((&row["rep"], &row["temperature"]), (&json!("佐藤"), &json!("comparing")));
    let found = hits(row);
    let rival = found.iter().find(|hit| hit["topic"] == "competitor").unwrap();
    assert_eq!((&rival["counts"], &rival["field"]), (&json!(true), &json!("text")));
    let pieces = row["texts"][0]["pieces"].as_array().unwrap();
    let whole: String = pieces.iter().map(|piece| piece["text"].as_str().unwrap()).collect();
    assert_eq!(whole, "競合他社からも見積もりを取っているとのこと。");
    let marked: String = pieces
        .iter()
        .filter(|piece| !piece["hits"].as_array().unwrap().is_empty())
        .map(|piece| piece["text"].as_str().unwrap())
        .collect();
    assert!(marked.contains("競合"), "{marked}");

    // Sent twice, it counts once; taken back, it and its mentions are gone.
    let again = write(&sato, "r1", "A-1", "競合他社からも見積もりを取っているとのこと。");
    assert_eq!(again["batch"], taken["batch"]);
    assert_eq!(sato.get("/reports").ok()["total"], 1);
    sato.post(&format!("/batches/{}/undo", taken["batch"]), json!({})).ok();
    assert_eq!(sato.get("/reports").ok()["total"], 0);
    assert_eq!(mentions(&owner, "A-1"), 0);
    assert!(members(&owner, "rivals").is_empty());
}

#[test]
fn what_is_denied_is_shown_and_does_not_count() {
    let house = House::open();
    let owner = firm(&house);
    write(&owner, "r1", "A-1", "競合の話は出ていない。");
    assert!(members(&owner, "rivals").is_empty());
    let list = owner.get("/reports").ok();
    let found = hits(&list["rows"][0]);
    let rival = found.iter().find(|hit| hit["topic"] == "competitor").unwrap();
    assert_eq!((&rival["counts"], &rival["polarity"]), (&json!(false), &json!("denied")));
    assert_eq!(owner.get("/reports?topic=competitor").ok()["total"], 0);
    // What customers write themselves is read as well.
    let event = json!({"id": "i1", "customer": "B-1", "name": "inquired", "properties": {"text": "解約したいのですが。"}});
    owner.post("/events", json!({"source": "web", "events": [event]})).ok();
    assert_eq!(owner.get("/reports?topic=churn").ok()["rows"][0]["event"], "inquired");
    assert_eq!(owner.get("/reports?event=reported").ok()["total"], 1);
}

#[test]
fn texts_are_searched_for_words_in_any_width_among_own_customers() {
    let house = House::open();
    let owner = firm(&house);
    let sato = house.join(&owner, "sato", "rep", Some("佐藤"));
    write(&owner, "r1", "A-1", "ＡＰＩの見積を半額で出した。");
    write(&owner, "r2", "A-1", "見積は来週。");
    write(&owner, "r3", "B-1", "半額の見積をほしいとのこと。");
    let found = |client: &Client, asked: &str| client.get(&format!("/reports?{asked}")).ok();
    let total = |client: &Client, asked: &str| found(client, asked)["total"].clone();
    assert_eq!(total(&owner, "words=%E8%A6%8B%E7%A9%8D"), 3, "見積");
    assert_eq!(total(&owner, "words=%E8%A6%8B%E7%A9%8D%20%E5%8D%8A%E9%A1%8D"), 2, "見積 半額");
    assert_eq!(total(&sato, "words=%E5%8D%8A%E9%A1%8D"), 1, "only of own customers");
    assert_eq!(total(&owner, "words=api"), 1);
    assert_eq!(total(&owner, "words=api&customer=B-1"), 0);
    assert_eq!(total(&owner, "words=%20"), 3, "nothing is asked");
    let page = found(&owner, "words=%E8%A6%8B%E7%A9%8D&limit=2");
    assert_eq!((page["rows"].as_array().unwrap().len(), &page["total"]), (2, &json!(3)));
    let after = page["next"].as_str().unwrap();
    let rest = found(&owner, &format!("words=%E8%A6%8B%E7%A9%8D&limit=2&after={after}"));
    assert_eq!(rest["rows"].as_array().unwrap().len(), 1, "{rest}");
}

#[test]
fn a_rep_sees_and_writes_about_own_customers_only() {
    let house = House::open();
    let owner = firm(&house);
    let sato = house.join(&owner, "sato", "rep", Some("佐藤"));
    let viewer = house.join(&owner, "viewer", "viewer", None);
    write(&owner, "r1", "B-1", "競合他社の提案が良いとのこと。");
    assert_eq!(sato.get("/reports").ok()["total"], 0);
    assert_eq!(sato.get("/mentions").ok()["rows"], json!([]));
    assert_eq!(sato.get("/reports?customer=B-1").status, 404);
    let body = json!({"customer": "B-1", "text": "x", "id": "r2"});
    assert_eq!(sato.post("/reports", body.clone()).status, 404);
    assert_eq!(viewer.post("/reports", body).status, 403);
    assert_eq!(owner.get("/mentions").ok()["rows"][0]["total"], 1);
    let report = owner.get("/reports").ok()["rows"][0]["report"].clone();
    let verdict = json!({"rule": "competitor/named", "field": "text", "begin": 0, "right": true});
    let path = format!("/reports/B-1/{report}/verdict");
    assert_eq!(sato.write("PUT", &path, verdict).status, 404);
    let empty = json!({"customer": "A-1", "text": " \n", "id": "r3"});
    assert_eq!(sato.post("/reports", empty).status, 422);
}

#[test]
fn a_changed_dictionary_reads_past_reports_again_and_its_examples_are_tried() {
    let house = House::open();
    let owner = firm(&house);
    for n in 0..30 {
        write(&owner, &format!("r{n}"), "A-1", "スマートクラウドの話をされていた。");
    }
    write(&owner, "plain", "B-1", "競合他社の提案が良いとのこと。");
    assert_eq!((members(&owner, "rivals"), mentions(&owner, "A-1")), (vec!["B-1".to_owned()], 0));
    let shown = owner.get("/dictionary").ok();
    assert_eq!((&shown["version"], &shown["texts"]), (&json!(0), &json!(31)));

    let term = json!({"expected": 0, "topic": "competitor", "term": "スマートクラウド"});
    owner.post("/dictionary/terms", term.clone()).ok();
    assert_eq!(owner.post("/dictionary/terms", term).status, 409, "somebody else's version");
    let read = |fits: fn(&Value) -> bool| {
        owner.get_until("/dictionary", |shown| shown["reading"].is_null() && fits(shown))
    };
    let shown = read(|shown| shown["version"] == 1);
    assert_eq!(mentions(&owner, "A-1"), 30);
    assert_eq!(members(&owner, "rivals"), ["A-1", "B-1"]);
    let topics = shown["topics"].as_array().unwrap();
    let topic = topics.iter().find(|topic| topic["id"] == "competitor").unwrap();
    let rules = topic["rules"].as_array().unwrap();
    let own = rules.iter().find(|rule| rule["id"] == "own-words").unwrap();
    assert_eq!((&own["counted"], &topic["texts"]), (&json!(30), &json!(31)));
    let terms = owner.get("/mentions?by=term&topic=competitor").ok();
    assert_eq!(
        (&terms["rows"][0]["name"], &terms["rows"][0]["total"]),
        (&json!("スマートクラウド"), &json!(30))
    );

    // An example that comes out otherwise keeps everything as it is.
    let mut draft = shown["draft"].clone();
    let rule = draft["topics"][0]["rules"][0].as_object_mut().unwrap();
    rule.insert("no".into(), json!(["競合他社の提案が良いとのこと。"]));
    let refused = owner.write("PUT", "/dictionary", json!({"expected": 1, "draft": draft}));
    assert_eq!(
        (refused.status, &refused.json["code"]),
        (422, &json!("faults")),
        "{}",
        refused.text
    );
    let tried = owner.post("/dictionary/try", json!({"draft": draft, "text": "競合だ"})).ok();
    assert_eq!(tried["faults"].as_array().unwrap().len(), 1, "{tried}");
    assert_eq!(owner.get("/dictionary").ok()["version"], 1);

    // The dictionary that comes with the program, back in force.
    let first = owner.get("/dictionary/versions/0").ok()["draft"].clone();
    owner.write("PUT", "/dictionary", json!({"expected": 1, "draft": first})).ok();
    read(|shown| shown["version"] == 2);
    assert_eq!((members(&owner, "rivals"), mentions(&owner, "A-1")), (vec!["B-1".to_owned()], 0));
    assert_eq!(owner.get("/dictionary/versions").ok()["versions"].as_array().unwrap().len(), 2);
}

#[test]
fn a_verdict_counts_for_its_rule_until_it_is_taken_back() {
    let house = House::open();
    let owner = firm(&house);
    write(&owner, "r1", "A-1", "競合他社の提案が良いとのこと。");
    let list = owner.get("/reports").ok();
    let row = &list["rows"][0];
    let hit = hits(row)[0];
    let path = format!("/reports/A-1/{}/verdict", row["report"]);
    let judge = |right: Value| {
        let body = json!({"rule": hit["rule"], "field": hit["field"], "begin": hit["begin"], "right": right});
        owner.write("PUT", &path, body).ok()
    };
    let (topic, rule) = hit["rule"].as_str().unwrap().split_once('/').unwrap();
    let counted = || {
        let shown = owner.get("/dictionary").ok();
        let topics = shown["topics"].as_array().unwrap();
        let topic = topics.iter().find(|one| one["id"] == topic).unwrap();
        let rules = topic["rules"].as_array().unwrap();
        let rule = rules.iter().find(|one| one["id"] == rule).unwrap();
        (rule["right"].as_u64().unwrap(), rule["wrong"].as_u64().unwrap())
    };
    judge(json!(false));
    assert_eq!(counted(), (0, 1));
    judge(json!(true));
    assert_eq!(counted(), (1, 0), "one person's last word");
    let list = owner.get("/reports").ok();
    assert_eq!(hits(&list["rows"][0])[0]["verdict"], json!(true));
    judge(Value::Null);
    assert_eq!(counted(), (0, 0));
    let nowhere = json!({"rule": "churn/leaving", "field": "text", "begin": 3, "right": true});
    assert_eq!(owner.write("PUT", &path, nowhere).status, 404);
}

#[test]
fn after_a_restart_everything_is_as_it_was_and_nothing_is_written_again() {
    let house = House::open();
    let owner = firm(&house);
    for n in 0..3 {
        write(&owner, &format!("r{n}"), "A-1", "競合他社からも見積もりを取っているとのこと。");
    }
    owner.get_until("/dictionary", |shown| shown["reading"].is_null());
    let before = owner.get("/reports?limit=2").ok();
    let house = house.restart();
    let owner = Client { bearer: None, ..house.local() };
    let owner = Client { bearer: house.local().bearer, ..owner };
    owner.get_until("/dictionary", |shown| shown["reading"].is_null() && shown["texts"] == 3);
    let after = owner.get("/reports?limit=2").ok();
    assert_eq!((&before["rows"], &before["total"]), (&after["rows"], &after["total"]));
    let rest =
        owner.get(&format!("/reports?limit=2&after={}", after["next"].as_str().unwrap())).ok();
    assert_eq!((rest["rows"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
    let sources = owner.get("/inventory").ok()["sources"].clone();
    let ours =
        sources.as_array().unwrap().iter().find(|one| one["name"] == "topics").unwrap().clone();
    assert_eq!(ours["batches"], 3, "{ours}");
}

#[test]
fn a_file_of_past_reports_is_read_and_its_undo_takes_the_mentions_with_it() {
    let house = House::open();
    let owner = firm(&house);
    write(&owner, "r1", "A-1", "競合他社の提案が良いとのこと。");
    let file = "顧客番号,報告日時,営業担当,報告内容,顧客の課題,温度感\n\
                B-1,2026-11-01 17:00,鈴木,競合のA社から提案を受けているとのこと,人手不足,比較検討中\n\
                B-1,2026-11-02 17:00,鈴木,今期は予算が削減された,人手不足,比較検討中\n";
    owner.get_until("/dictionary", |shown| shown["reading"].is_null());
    let id = brought(&owner, "daily_reports.csv", file.as_bytes())["id"].clone();
    let done = step(&owner, &id, "commit");
    assert_eq!(done["state"], "committed", "{done}");
    assert_eq!(owner.get("/reports").ok()["total"], 3);
    assert!(mentions(&owner, "B-1") >= 2);
    assert_eq!(owner.get("/reports?topic=budget_cut").ok()["total"], 1);
    owner.post(&format!("/imports/{id}/undo"), json!({})).ok();
    owner.get_until("/reports", |list| list["total"] == 1);
    assert_eq!((mentions(&owner, "B-1"), mentions(&owner, "A-1")), (0, 1));
}
