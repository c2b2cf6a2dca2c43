//! Models are learnt in the background from the workspace's own facts: what was planted is found, scores are facts that
//! conditions ask, the same run again writes nothing, and what cannot be learnt is said.

use serde_json::{Value, json};

use crate::{
    house::{Client, House},
    imports,
};

/// Three hundred customers over ten months: those of even numbers log in often and buy every three weeks.
fn firm(house: &House) -> Client {
    let owner = house.owner();
    let customers: Vec<Value> = (0..300)
        .map(|n| {
            let rep = if n < 100 { "佐藤" } else { "鈴木" };
            let industry = if n % 2 == 0 { "製造" } else { ["小売", "医療"][n / 2 % 2] };
            json!({"key": format!("C-{n}"), "at": "2020-01-01T00:00:00Z",
                "attributes": {"name": format!("顧客{n}"), "rep": rep, "industry": industry}})
        })
        .collect();
    owner.post("/customers", json!({"source": "crm", "customers": customers})).ok();
    let now: jiff::Timestamp =
        owner.get("/health").ok()["as_of"].as_str().unwrap().parse().unwrap();
    let mut file = "顧客番号,日時,イベント,amount\n".to_owned();
    for n in 0..300_i64 {
        let (every, gap) = if n % 2 == 0 { (4, 21) } else { (40, 170) };
        for days in (1..300).step_by(every) {
            let at = now - jiff::SignedDuration::from_hours(24 * days + n % 20);
            file += &format!("C-{n},{at},login,\n");
        }
        for days in ((1 + n % gap)..300).step_by(gap as usize) {
            let at = now - jiff::SignedDuration::from_hours(24 * days + n % 20);
            file += &format!("C-{n},{at},purchased,{}\n", 1000 + n);
        }
    }
    let import = imports::brought(&owner, "events.csv", file.as_bytes());
    imports::step(&owner, &import["id"], "commit");
    owner
}

fn learnt(client: &Client, id: &str) -> Value {
    let begun = client.post(&format!("/models/{id}/learn"), json!({}));
    assert_eq!(begun.status, 202, "{}", begun.text);
    client.get_until(&format!("/models/{id}"), |model| model["progress"].is_null())
}

#[test]
fn what_was_planted_is_learnt_and_scores_are_facts() {
    let house = House::open();
    let owner = firm(&house);
    let body = json!({"learn": {"kind": "happens", "event": "purchased"}, "horizon_days": 30});
    let made = owner.write("PUT", "/models/buys-soon", body.clone()).ok();
    assert!(made["card"].is_null() && made["progress"].is_null(), "{made}");
    let model = learnt(&owner, "buys-soon");
    assert!(model["refused"].is_null(), "{model}");
    let card = &model["card"];
    let won = card["learners"].as_array().unwrap().iter().find(|one| one["won"] == true).unwrap();
    assert!(0.9 < won["auc"]["value"].as_f64().unwrap(), "{won}");
    assert!(won["auc"]["low"].as_f64() <= won["auc"]["value"].as_f64());
    assert_eq!((&card["customers"], &card["scored"]), (&json!(300), &json!(300)));
    assert_eq!(card["lessons"].as_array().unwrap().len(), 4);
    assert!(card["why"].as_str().is_some_and(|why| why.contains("loss")), "{card}");
    // A condition asks the score like any other fact.
    let likely = json!({"score": "buys-soon", "is": {"at_least": "0.5"}});
    let count =
        owner.post("/preview", json!({"condition": likely})).ok()["count"].as_u64().unwrap();
    assert!((120..=180).contains(&count), "{count} are likely");
    // Why, for one customer; the value without a model is none, the next purchase is.
    let outlook = owner.get("/customers/C-0/outlook").ok();
    let score = &outlook["scores"][0];
    assert!(0.5 < score["score"].as_f64().unwrap(), "{outlook}");
    assert!(!score["reasons"].as_array().unwrap().is_empty());
    assert_eq!(outlook["next"]["median_gap_days"], 21, "{outlook}");
    assert_eq!(outlook["values"], json!([]));
    // The same facts give the same model, so nothing is written again.
    assert_eq!(learnt(&owner, "buys-soon")["card"]["written"], 0);
    let change = json!({"learn": {"kind": "happens", "event": "purchased"}, "horizon_days": 9999});
    assert_eq!(owner.write("PUT", "/models/buys-soon", change).status, 422);
    assert_eq!(owner.delete("/models/buys-soon").status, 204);
    assert_eq!(owner.get("/models/buys-soon").status, 404);
}

#[test]
fn prospects_are_like_the_members_and_a_rep_sees_own_ones() {
    let house = House::open();
    let owner = firm(&house);
    // Forty of the frequent ones are the members; the likest of the others are frequent too.
    let keys: Vec<String> =
        (0..300).filter(|n| n % 2 == 0).take(40).map(|n| format!("顧客{n}")).collect();
    owner.segment("best", json!({"attribute": "name", "in": keys}));
    let body = json!({"names": {"ja": "優良に似た方"}, "learn": {"kind": "lookalike", "segment": "best"}, "horizon_days": 30});
    owner.write("PUT", "/models/lookalike", body).ok();
    let model = learnt(&owner, "lookalike");
    assert_eq!(model["card"]["members"], 40, "{model}");
    let told = owner.get("/models/lookalike/prospects?limit=20").ok();
    assert_eq!((&told["count"], told["rows"].as_array().unwrap().len()), (&json!(260), 20));
    let even = |row: &Value| {
        row["customer"]["key"].as_str().unwrap()[2..].parse::<u32>().unwrap() % 2 == 0
    };
    let n_even = told["rows"].as_array().unwrap().iter().filter(|row| even(row)).count();
    assert!(18 <= n_even, "only {n_even} of the first 20 are frequent");
    let first = &told["rows"][0];
    assert!(!first["shared"].as_array().unwrap().is_empty(), "{first}");
    assert_eq!(first["nearest"].as_array().unwrap().len(), 3);
    let second = owner
        .get(&format!(
            "/models/lookalike/prospects?limit=20&after={}",
            told["next"].as_str().unwrap()
        ))
        .ok();
    assert_ne!(second["rows"][0]["customer"]["key"], told["rows"][19]["customer"]["key"]);
    let sato = house.join(&owner, "sato", "rep", Some("佐藤"));
    let own = sato.get("/models/lookalike/prospects").ok();
    let keys = own["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["customer"]["key"].as_str().unwrap()[2..].parse::<u32>().unwrap());
    assert!(keys.max().unwrap() < 100, "{own}");
    assert_eq!(own["count"], 60);
    assert_eq!(sato.post("/models/lookalike/learn", json!({})).status, 403);
}

#[test]
fn the_value_model_is_held_against_what_came() {
    let house = House::open();
    let owner = firm(&house);
    let body = json!({"learn": {"kind": "value", "event": "purchased", "amount": "amount"}, "horizon_days": 90});
    owner.write("PUT", "/models/value", body).ok();
    let model = learnt(&owner, "value");
    let value = &model["card"]["value"];
    let (foretold, came) = (value["foretold"].as_f64().unwrap(), value["came"].as_f64().unwrap());
    assert!((foretold / came - 1.0).abs() < 0.25, "{value}");
    let outlook = owner.get("/customers/C-0/outlook").ok();
    let row = &outlook["values"][0];
    let purchases = row["purchases"].as_f64().unwrap();
    assert!((3.0..6.0).contains(&purchases), "a purchase every 21 days for 90 days: {row}");
    assert!(
        row["value_low"].as_f64() < row["value"].as_f64()
            && row["value"].as_f64() < row["value_high"].as_f64()
    );
    assert!(row["half_on"].is_string(), "{row}");
}

#[test]
fn what_cannot_be_learnt_is_said_in_both_languages() {
    let house = House::open();
    let mut owner = house.owner();
    owner.know(&[("C-1", "青空商事", "佐藤")]);
    let body = json!({"learn": {"kind": "stops", "event": "login", "active_days": 30}, "horizon_days": 30});
    owner.write("PUT", "/models/leaves", body).ok();
    let model = learnt(&owner, "leaves");
    assert!(model["card"].is_null());
    let english = model["refused"].as_str().unwrap().to_owned();
    owner.language = "ja";
    let japanese = owner.get("/models/leaves").ok()["refused"].as_str().unwrap().to_owned();
    assert!(!english.is_empty() && english != japanese, "{english} {japanese}");
    let body = json!({"learn": {"kind": "lookalike", "segment": "nowhere"}, "horizon_days": 30});
    assert_eq!(owner.write("PUT", "/models/like", body).status, 422);
    assert_eq!(owner.get("/models/leaves/prospects").status, 404);
}

#[test]
fn a_new_lead_has_its_likeness_at_once_and_conditions_see_it() {
    let house = House::open();
    let owner = firm(&house);
    let keys: Vec<String> =
        (0..300).filter(|n| n % 2 == 0).take(40).map(|n| format!("顧客{n}")).collect();
    owner.segment("best", json!({"attribute": "name", "in": keys}));
    let body = json!({"learn": {"kind": "lookalike", "segment": "best"}, "horizon_days": 30});
    owner.write("PUT", "/models/lookalike", body).ok();
    learnt(&owner, "lookalike");
    let alike = json!({"score": "lookalike", "is": {"at_least": "0.01"}});
    owner.segment("alike", alike);
    let lead = json!({"key": "LEAD-1", "attributes": {"name": "新しい見込み", "industry": "製造"}});
    owner.post("/customers", json!({"source": "web", "customers": [lead]})).ok();
    let scored = owner.get_until("/customers/LEAD-1", |customer| {
        customer["attributes"].as_array().unwrap().iter().any(|one| one["key"] == "score:lookalike")
    });
    let score =
        scored["attributes"].as_array().unwrap().iter().find(|one| one["key"] == "score:lookalike");
    let score: f64 = score.unwrap()["value"].as_str().unwrap().parse().unwrap();
    let is_in =
        scored["memberships"].as_array().unwrap().iter().any(|one| one["segment"] == "alike");
    assert_eq!(is_in, 0.01 <= score, "{scored}");
    // Who says nothing new is not scored over and over, and scores are no news of a lead.
    let batches = owner.get("/customers/LEAD-1/timeline").ok();
    assert!(batches["rows"].as_array().unwrap().len() <= 3, "{batches}");
}
