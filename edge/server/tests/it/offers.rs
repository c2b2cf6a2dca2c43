//! Offers over the wire: written, asked of everybody and of one, needs recorded and taken back, and who may see what.

use serde_json::{Value, json};

use crate::house::{Client, House};

fn said(text: &str) -> Value {
    json!({"ja": text, "en": text})
}

fn offer() -> Value {
    json!({
        "id": "gate", "name": said("Gate"), "summary": said("Opens doors"), "products": ["gate"],
        "amount": {"from": "300000"}, "traits": {"trades": {"one_of": ["factory"]}},
        "needs": [{"need": "visitors", "weight": 50}],
        "criteria": [
            {"id": "budget", "name": said("Budget"), "weight": 30,
             "pair": {"attribute": "budget", "trait": "amount"}, "arrange": said("Begin small")},
            {"id": "trade", "name": said("Trade"), "weight": 20, "pair": {"attribute": "trade", "trait": "trades"}},
        ],
        "variants": [{"id": "small", "name": said("Small"), "amount": {"from": "100000"}}],
    })
}

fn file() -> String {
    let need = json!({"id": "visitors", "name": said("Visitors"), "question": said("How many?"),
        "latent_when": {"event": "searched", "last": "30d"}});
    json!({"needs": [need], "offers": [offer()]}).to_string()
}

fn take(client: &Client, text: &str) -> crate::house::Reply {
    client.send("POST", "/offers/files", &[("Content-Type", "text/plain")], text.into())
}

/// A firm with one offer, a customer of each of two reps, and an owner of the offer.
fn firm(house: &House) -> Client {
    let owner = house.owner();
    owner.know(&[("A-1", "Aozora", "sato"), ("B-1", "Hikari", "suzuki"), ("C-1", "Owns", "sato")]);
    let became = |key: &str, attributes: Value| json!({"key": key, "attributes": attributes});
    let rows = [
        became("A-1", json!({"budget": 150_000, "trade": "factory"})),
        became("B-1", json!({"trade": "bank"})),
    ];
    owner.post("/customers", json!({"source": "crm", "customers": rows})).ok();
    let bought = json!({"id": "1", "customer": "C-1", "name": "purchased", "properties": {"product": "gate"}});
    owner.post("/events", json!({"source": "shop", "events": [bought]})).ok();
    assert_eq!(take(&owner, &file()).ok(), json!({"added": 2, "changed": 0, "unchanged": 0}));
    owner
}

fn keys(told: &Value) -> Vec<&str> {
    told["rows"].as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap()).collect()
}

#[test]
fn an_offer_is_ranked_over_everybody_and_explained_for_one() {
    let house = House::open();
    let owner = firm(&house);
    let told = owner.get("/offers/gate/customers").ok();
    assert_eq!(keys(&told), ["A-1", "B-1"]);
    let counts = |key: &str| told[key].as_u64().unwrap();
    assert_eq!((counts("open"), counts("owners"), counts("known")), (2, 1, 3));
    let first = &told["rows"][0];
    // The trade is met; the need is not known; a budget of 150,000 is less than 300,000.
    assert_eq!((&first["level"], &first["at_most"]), (&json!(20), &json!(70)));
    assert_eq!(first["states"], json!(["unknown", "unmet", "met"]));
    assert_eq!(first["ask_first"]["fact"], "whether there is the need “Visitors”");
    assert_eq!((&first["better"]["id"], &first["better"]["level"]), (&json!("small"), &json!(50)));
    assert_eq!(told["bands"], json!([1, 0, 1, 0, 0, 0, 0, 0, 0, 0]));
    assert_eq!(told["criteria"][2]["open"], json!({"met": 1, "unmet": 1, "unknown": 0}));
    assert_eq!(told["criteria"][2]["owners"], json!({"met": 0, "unmet": 0, "unknown": 1}));
    let one = owner.get("/offers/gate/match/A-1").ok();
    assert_eq!(
        (&one["level"], &one["owned"], &one["better"]),
        (&json!(20), &json!(false), &json!("small"))
    );
    let found = one["criteria"][1]["why"]["found"].as_str().unwrap();
    assert!(found.starts_with("150000"), "{found}");
    assert_eq!(one["criteria"][1]["arrange"], "Begin small");
    let small = owner.get("/offers/gate/customers?variant=small").ok();
    assert_eq!(small["rows"][0]["level"], 50);
    assert_eq!(owner.get("/offers/gate/match/C-1").ok()["owned"], true);
    let all = owner.get("/customers/A-1/offers").ok();
    assert_eq!(
        (&all["offers"][0]["level"], &all["offers"][0]["met"]),
        (&json!(20), &json!(["Trade"]))
    );
    assert_eq!(owner.get("/customers/C-1/offers").ok()["owned"][0]["id"], "gate");
}

#[test]
fn the_call_list_names_the_offer_that_fits_best() {
    let house = House::open();
    let owner = firm(&house);
    for (n, page) in ["pricing", "pricing", "pricing", "case_study"].iter().enumerate() {
        let properties = json!({"page_type": page, "dwell_seconds": 200});
        let events: Vec<Value> = ["A-1", "B-1"]
            .iter()
            .map(|key| json!({"id": format!("{key}{n}"), "customer": key, "name": "page_viewed", "properties": properties}))
            .collect();
        owner.post("/events", json!({"source": "web", "events": events})).ok();
    }
    for key in ["A-1", "B-1"] {
        owner.event(&format!("d{key}"), key, "document_downloaded");
        owner
            .post(
                &format!("/customers/{key}/needs"),
                json!({"need": "visitors", "kind": "stated", "id": key}),
            )
            .ok();
    }
    owner
        .post("/customers/B-1/needs", json!({"need": "visitors", "kind": "absent", "id": "no"}))
        .ok();
    let rows = owner.get("/today").ok()["rows"].clone();
    let offer = |key: &str| {
        let row = rows.as_array().unwrap().iter().find(|row| row["customer"]["key"] == key);
        row.unwrap_or_else(|| panic!("{key} is not on the list: {rows}"))["offer"].clone()
    };
    assert_eq!(
        (&offer("A-1")["offer"]["id"], &offer("A-1")["level"]),
        (&json!("gate"), &json!(70))
    );
    assert_eq!(offer("B-1"), Value::Null, "nothing fits there");
}

#[test]
fn pages_of_a_ranking_are_of_one_instant() {
    let house = House::open();
    let owner = firm(&house);
    let first = owner.get("/offers/gate/customers?limit=1").ok();
    let next = first["next"].as_str().unwrap().to_owned();
    // What is learnt in between changes the list that is asked for next, not the rest of this one.
    owner.post("/customers", json!({"source": "crm", "customers": [{"key": "A-9", "attributes": {"trade": "factory"}}]}))
        .ok();
    let second = owner.get(&format!("/offers/gate/customers?limit=1&after={next}")).ok();
    assert_eq!((keys(&first), keys(&second)), (vec!["A-1"], vec!["B-1"]));
    assert_eq!((&second["as_of"], &second["next"]), (&first["as_of"], &Value::Null));
    assert_eq!(owner.get("/offers/gate/customers").ok()["count"], 3);
    assert_eq!(owner.get("/offers/gate/customers?q=hikari").ok()["count"], 1);
    assert_eq!(owner.get("/offers/gate/customers?after=x").status, 400);
}

#[test]
fn needs_are_recorded_with_their_source_and_taken_back() {
    let house = House::open();
    let owner = firm(&house);
    let need = |client: &Client, key: &str| {
        client.get(&format!("/customers/{key}/needs")).ok()["needs"][0].clone()
    };
    assert_eq!(need(&owner, "A-1")["kind"], "unknown");
    let body = json!({"need": "visitors", "kind": "stated", "note": "said so", "id": "n1"});
    let taken = owner.post("/customers/A-1/needs", body.clone()).ok();
    assert_eq!(
        owner.post("/customers/A-1/needs", body).ok()["batch"],
        taken["batch"],
        "sent twice"
    );
    let told = need(&owner, "A-1");
    assert_eq!(
        [&told["kind"], &told["source"], &told["note"], &told["by"]],
        [&json!("stated"), &json!("rep"), &json!("said so"), &json!("Owner")]
    );
    assert_eq!(told["met_by"][0]["id"], "gate");
    assert_eq!(owner.get("/offers/gate/match/A-1").ok()["level"], 70);
    // What nobody recorded may be shown by what was done.
    owner.event("s1", "B-1", "searched");
    let shown = need(&owner, "B-1");
    assert_eq!((&shown["kind"], &shown["source"]), (&json!("latent"), &json!("behaviour")));
    assert_eq!(shown["evidence"].as_array().unwrap().len(), 1);
    let absent = json!({"need": "visitors", "kind": "absent", "id": "n2"});
    owner.post("/customers/B-1/needs", absent).ok();
    assert_eq!(need(&owner, "B-1")["kind"], "absent");
    owner.post(&format!("/batches/{}/undo", taken["batch"]), json!({})).ok();
    assert_eq!(need(&owner, "A-1")["kind"], "unknown");
    // It is a fact, which conditions can ask.
    let asked = json!({"condition": {"attribute": "need:visitors", "is": "absent"}});
    assert_eq!(owner.post("/preview", asked).ok()["count"], 1);
    let wrong = json!({"need": "nothing", "kind": "stated", "id": "n3"});
    assert_eq!(owner.post("/customers/A-1/needs", wrong).status, 422);
    assert_eq!(owner.delete("/needs/visitors").status, 409, "an offer meets it");
}

#[test]
fn a_rep_sees_own_customers_and_changes_no_offer() {
    let house = House::open();
    let owner = firm(&house);
    let sato = house.join(&owner, "sato", "rep", Some("sato"));
    let told = sato.get("/offers/gate/customers").ok();
    assert_eq!(keys(&told), ["A-1"]);
    assert_eq!((&told["open"], &told["owners"], &told["known"]), (&json!(1), &json!(1), &json!(2)));
    assert_eq!(told["bands"].as_array().unwrap().iter().filter_map(Value::as_u64).sum::<u64>(), 1);
    assert_eq!(told["criteria"][2]["open"], json!({"met": 1, "unmet": 0, "unknown": 0}));
    assert_eq!(sato.get("/offers/gate/customers?q=hikari").ok()["count"], 0);
    for path in ["/offers/gate/match/B-1", "/customers/B-1/offers", "/customers/B-1/needs"] {
        assert_eq!(sato.get(path).status, 404, "{path}");
    }
    let note = json!({"need": "visitors", "kind": "stated", "id": "r"});
    assert_eq!(sato.post("/customers/B-1/needs", note.clone()).status, 404);
    assert_eq!(sato.post("/customers/A-1/needs", note).status, 200);
    assert_eq!(
        sato.write("PUT", "/offers/gate", json!({"definition": offer(), "version": 1})).status,
        403
    );
    assert_eq!(take(&sato, &file()).status, 403);
    let viewer = house.join(&owner, "viewer", "viewer", None);
    assert_eq!(viewer.get("/offers/gate/customers").ok()["count"], 2);
    let note = json!({"need": "visitors", "kind": "stated", "id": "v"});
    assert_eq!(viewer.post("/customers/A-1/needs", note).status, 403);
}

#[test]
fn offers_have_versions_faults_and_a_way_back() {
    let house = House::open();
    let owner = firm(&house);
    let mut changed = offer();
    changed["criteria"][1]["weight"] = 50.into();
    let put = |body: Value| owner.write("PUT", "/offers/gate", body);
    let told = put(json!({"definition": changed, "version": 1})).ok();
    assert_eq!((&told["version"], &told["criteria"][2]["points"]), (&json!(2), &json!(38)));
    assert_eq!(put(json!({"definition": changed, "version": 1})).status, 409, "somebody was first");
    changed["criteria"][1]["weight"] = 0.into();
    changed["needs"][0]["need"] = "nothing".into();
    let refused = put(json!({"definition": changed, "version": 2}));
    assert_eq!(refused.status, 422);
    let paths: Vec<&str> = refused.json["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["/needs/0/need", "/criteria/1/weight"]);
    assert_eq!(take(&owner, &file().replace("budget", "No Good")).status, 422);
    assert_eq!(owner.delete("/offers/gate").ok()["state"], "off");
    assert_eq!(owner.get("/offers/gate/customers").status, 409);
    assert!(owner.get("/customers/A-1/offers").ok()["offers"].as_array().unwrap().is_empty());
    assert_eq!(owner.post("/offers/gate/restore", json!({})).ok()["state"], "in_force");
    assert_eq!(owner.get("/offers/gate/versions").ok()["versions"].as_array().unwrap().len(), 4);
    // An offer whose segment went away while it was off says so, and is asked of nobody.
    owner.segment("busy", json!({"event": "searched"}));
    let mut second = offer();
    second["id"] = "second".into();
    second["requires"] = json!({"segment": "busy"});
    assert_eq!(owner.post("/offers", json!({"definition": second})).status, 201);
    assert_eq!(owner.post("/offers", json!({"definition": second})).status, 409);
    owner.delete("/offers/second").ok();
    owner.delete("/segments/busy").ok();
    owner.post("/offers/second/restore", json!({})).ok();
    let told = owner.get("/offers/second").ok();
    assert_eq!(told["state"], "faulty", "{told}");
    assert_eq!(owner.get("/offers/second/customers").status, 409);
    assert_eq!(owner.get("/offers/nothing").status, 404);
}

/// Purchases of 260 customers: who bought paper buys toner later, who bought coffee buys cups, and everybody some time one of
/// four things that sell better than both.
fn purchases(today: jiff::civil::Date) -> String {
    let mut file = String::from("顧客番号,日時,イベント,product\n");
    let mut row = |customer: u64, ago: i64, product: &str| {
        let day = today.checked_sub(jiff::Span::new().days(ago)).unwrap();
        file += &format!("C-{customer:03},{day}T10:00:00+09:00,purchased,{product}\n");
    };
    for n in 0..260_u64 {
        let (first, second) = if n % 2 == 0 { ("paper", "toner") } else { ("coffee", "cups") };
        if n < 120 {
            row(n, 300, first);
            row(n, if n % 3 == 0 { 30 } else { 200 }, second);
        }
        for item in 0..4 {
            if (n + item) % 3 != 0 {
                row(n, 250, &format!("best{item}"));
            }
        }
    }
    file
}

#[test]
fn what_is_bought_together_is_learnt_tried_and_said_of_a_customer() {
    let house = House::open();
    let owner = house.owner();
    let now: jiff::Timestamp =
        owner.get("/health").ok()["as_of"].as_str().unwrap().parse().unwrap();
    let today = now.to_zoned(jiff::tz::TimeZone::get("Asia/Tokyo").unwrap()).date();
    let import = crate::imports::brought(&owner, "bought.csv", purchases(today).as_bytes());
    let taken = crate::imports::step(&owner, &import["id"], "commit");
    assert_eq!(taken["state"], "committed", "{taken}");
    assert_eq!(owner.get("/next-offers").ok()["state"], "never");
    assert_eq!(owner.get("/customers/C-000/next-offers").ok()["rows"], json!([]));
    assert_eq!(owner.post("/next-offers", json!({"horizon_days": 0})).status, 422);
    assert_eq!(owner.post("/next-offers", json!({})).status, 202);
    let told = owner.get_until("/next-offers", |told| told["state"] != "running");
    let result = &told["result"];
    assert_eq!(
        (&told["state"], &result["customers"], &result["items"]),
        (&json!("done"), &json!(260), &json!(8))
    );
    let pair = |from: &str, to: &str| {
        let pairs = result["pairs"].as_array().unwrap().iter();
        pairs.clone().find(|pair| pair["from"] == from && pair["to"] == to).cloned()
    };
    let found = pair("paper", "toner").expect("the planted pair");
    assert_eq!((&found["both"], &found["of"]), (&json!(60), &json!(60)));
    assert!(pair("paper", "cups").is_none());
    // Forty bought the second thing within the horizon: all of them foreseen, and none by what sells best.
    let trial = &result["trial"];
    assert_eq!((&trial["n"], &trial["verdict"]), (&json!(40), &json!("better")), "{trial}");
    assert_eq!((&trial["ours"]["hits"], &trial["popular"]["hits"]), (&json!(40), &json!(0)));
    // Somebody who has only paper is offered toner, and never what they have.
    owner.know(&[("N-1", "New", "sato"), ("N-2", "Other", "suzuki")]);
    let bought = |id: &str, customer: &str, product: &str| {
        let event = json!({"id": id, "customer": customer, "name": "purchased", "properties": {"product": product}});
        owner.post("/events", json!({"source": "shop", "events": [event]})).ok();
    };
    bought("p", "N-1", "paper");
    let next = owner.get("/customers/N-1/next-offers").ok();
    let rows = next["rows"].as_array().unwrap();
    assert_eq!((&rows[0]["item"], &rows[0]["because"]["from"]), (&json!("toner"), &json!("paper")));
    assert!(rows.iter().all(|row| row["item"] != "paper"), "{rows:?}");
    bought("t", "N-1", "toner");
    let next = owner.get("/customers/N-1/next-offers").ok();
    assert!(next["rows"].as_array().unwrap().iter().all(|row| row["item"] != "toner"));
    // An offer with which it is bought is named, a rep asks about own customers only, and all of it outlives the server.
    let sato = house.join(&owner, "sato", "rep", Some("sato"));
    assert_eq!(sato.get("/customers/N-2/next-offers").status, 404);
    assert_eq!(sato.get("/customers/N-1/next-offers").status, 200);
    assert_eq!(sato.post("/next-offers", json!({})).status, 403);
    let house = house.restart();
    let again = Client { url: house.ready.url.clone(), ..owner };
    assert_eq!(again.get("/next-offers").ok()["result"], *result);
}

#[test]
fn a_proposal_keeps_its_level_is_answered_and_reviewed() {
    let house = House::open();
    let owner = firm(&house);
    let body =
        json!({"offer": "gate", "variant": "small", "arrangement": "begin small", "id": "p1"});
    let made = owner.post("/customers/A-1/proposals", body.clone()).ok();
    assert_eq!((&made["level"], &made["at_most"]), (&json!(50), &json!(100)));
    assert_eq!(
        owner.post("/customers/A-1/proposals", body).ok()["batch"],
        made["batch"],
        "sent twice"
    );
    // The level moves on, the proposal stays as it was.
    owner
        .post("/customers/A-1/needs", json!({"need": "visitors", "kind": "stated", "id": "n"}))
        .ok();
    let list = |client: &Client| client.get("/customers/A-1/proposals").ok()["proposals"].clone();
    let told = list(&owner);
    assert_eq!((&told[0]["level"], &told[0]["result"]), (&json!(50), &json!("open")));
    assert_eq!(told[0]["criteria"][0], json!({"id": "budget", "name": "Budget", "state": "met"}));
    assert_eq!(owner.get("/offers/gate/match/A-1").ok()["level"], 70);
    let answer = |client: &Client, result: &str, id: &str| {
        client.post("/customers/A-1/proposals/p1/answer", json!({"result": result, "id": id}))
    };
    let taken = answer(&owner, "won", "a1").ok();
    let review = owner.get("/offers/gate/review").ok();
    assert_eq!(
        (&review["proposed"], &review["all"]["won"], &review["bands"][2]["of"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!(
        (&review["criteria"][1]["met"]["won"], &review["criteria"][1]["told"]),
        (&json!(1), &json!("too_little"))
    );
    owner.post(&format!("/batches/{}/undo", taken["batch"]), json!({})).ok();
    assert_eq!(list(&owner)[0]["result"], "open");
    assert_eq!(
        owner
            .post("/customers/A-1/proposals/none/answer", json!({"result": "won", "id": "x"}))
            .status,
        404
    );
    // Where a sheet is wanted, a proposal says how it is arranged.
    owner.write("PUT", "/proposal-rules", json!({"sheet_required": true})).ok();
    let bare = json!({"offer": "gate", "id": "p2"});
    assert_eq!(owner.post("/customers/B-1/proposals", bare.clone()).status, 422);
    let sato = house.join(&owner, "sato", "rep", Some("sato"));
    assert_eq!(sato.post("/customers/B-1/proposals", bare).status, 404, "not the rep's own");
    assert_eq!(sato.write("PUT", "/proposal-rules", json!({"sheet_required": false})).status, 403);
    answer(&sato, "lost", "s1").ok();
    assert_eq!(sato.get("/offers/gate/review").ok()["all"]["of"], 1);
    let suzuki = house.join(&owner, "suzuki", "rep", Some("suzuki"));
    assert_eq!(suzuki.get("/offers/gate/review").ok()["proposed"], 0, "another rep's proposals");
    assert_eq!(answer(&suzuki, "won", "z").status, 404);
}

#[test]
fn a_segment_that_an_offer_or_a_need_names_stays_in_use() {
    let house = House::open();
    let owner = firm(&house);
    for id in ["active", "known", "asking"] {
        owner.segment(id, json!({"event": "login", "last": "30d"}));
    }
    let mut file: Value = serde_json::from_str(&file()).unwrap();
    file["offers"][0]["requires"] = json!({"segment": "active"});
    file["needs"][0]["latent_when"] = json!({"not": {"segment": "asking"}});
    take(&owner, &file.to_string()).ok();
    let merged = |id: &str| owner.post(&format!("/segments/{id}/merge"), json!({"into": "known"}));
    for (id, named) in [("active", "Gate"), ("asking", "Visitors")] {
        for refused in [owner.delete(&format!("/segments/{id}")), merged(id)] {
            assert_eq!(refused.status, 409, "{}", refused.text);
            assert!(refused.text.contains(named), "{}", refused.text);
        }
        assert_eq!(owner.get(&format!("/segments/{id}")).ok()["retired"], false);
    }
    owner.delete("/offers/gate").ok();
    assert_eq!(merged("active").status, 200, "an offer that is off holds nothing");
}
