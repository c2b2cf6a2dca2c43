//! Signs tried on the past: what is found, who may ask, and what a changed outcome does to it.

use serde_json::{Value, json};

use crate::{
    house::{Client, House},
    imports,
};

/// Twelve customers who complained twice, looked up how to leave and left three weeks later; four who did the same and
/// stayed; forty who log in.
struct Firm {
    house: House,
    owner: Client,
}

impl Firm {
    fn open() -> Firm {
        let house = House::open();
        let owner = house.owner();
        let now: jiff::Timestamp =
            owner.get("/health").ok()["as_of"].as_str().unwrap().parse().unwrap();
        let tokyo = jiff::tz::TimeZone::get("Asia/Tokyo").unwrap();
        let today = now.to_zoned(tokyo).date();
        let mut file = String::from("顧客番号,日時,イベント,kind,page_type\n");
        let mut row = |customer: &str, ago: i64, event: &str, kind: &str, page: &str| {
            let day = today.checked_sub(jiff::Span::new().days(ago)).unwrap();
            file += &format!("{customer},{day}T10:00:00+09:00,{event},{kind},{page}\n");
        };
        for n in 0..56 {
            let customer = format!("C-{n:02}");
            row(&customer, 300, "login", "", "");
            if n < 16 {
                row(&customer, 201, "inquired", "complaint", "");
                row(&customer, 200, "inquired", "complaint", "");
                row(&customer, 199, "page_viewed", "", "cancel");
            }
            if n < 12 {
                row(&customer, 175, "cancelled", "", "");
            }
        }
        let import = imports::brought(&owner, "told.csv", file.as_bytes());
        assert_eq!(imports::step(&owner, &import["id"], "commit")["state"], "committed");
        Firm { house, owner }
    }

    fn try_churn(&self) -> Value {
        let begun = self.owner.post("/signs/churn/backtest", json!({}));
        assert_eq!(begun.status, 202, "{}", begun.text);
        self.owner.get_until("/signs/churn/backtest", |told| told["state"] != "running")
    }
}

#[test]
fn a_sign_is_tried_in_the_background_and_the_counts_are_those_of_the_file() {
    let firm = Firm::open();
    let never = firm.owner.get("/signs/churn/backtest").ok();
    assert_eq!((&never["state"], &never["result"]), (&json!("never"), &Value::Null));
    let told = firm.try_churn();
    assert_eq!(told["state"], "done");
    let result = &told["result"];
    assert_eq!(result["verdict"], "foretells", "{result}");
    // The sign is carried from the cancel page (day 199 before today) on for 60 days. Sixteen come up; twelve of them are
    // right, and the four who stay carry it to the end of one horizon.
    assert_eq!(
        (&result["right"]["hits"], &result["right"]["of"], &result["right"]["customers"]),
        (&json!(12), &json!(16), &json!(16))
    );
    assert_eq!((&result["caught"]["hits"], &result["caught"]["of"]), (&json!(12), &json!(12)));
    assert_eq!(result["is_out_of_date"], false);
    assert!(result["sentence"].as_str().unwrap().contains("Of 16 times it came up"), "{result}");
    // 199 days to 175 days before today are 24, and a date lies at most a week after the sign began.
    let median = result["median_lead_days"].as_u64().unwrap();
    assert!((17..=24).contains(&median), "{median}");
    // The others have too little, and say so instead of a number.
    firm.owner.post("/signs/upsell/backtest", json!({})).ok();
    let upsell = firm.owner.get_until("/signs/upsell/backtest", |told| told["state"] == "done");
    assert_eq!(
        (&upsell["result"]["verdict"], &upsell["result"]["right"]),
        (&json!("too_little"), &Value::Null)
    );
    assert!(!upsell["result"]["lacks"].as_array().unwrap().is_empty());
    // What was found outlives the server.
    let house = firm.house.restart();
    let again = Client { url: house.ready.url.clone(), ..firm.owner.clone() };
    assert_eq!(again.get("/signs/churn/backtest").ok()["result"]["right"]["hits"], 12);
}

#[test]
fn who_may_not_write_may_look_and_not_begin() {
    let firm = Firm::open();
    firm.try_churn();
    let rep = firm.house.join(&firm.owner, "sato", "rep", Some("佐藤"));
    assert_eq!(rep.get("/signs/churn/backtest").ok()["result"]["right"]["hits"], 12);
    assert_eq!(rep.post("/signs/churn/backtest", json!({})).status, 403);
    assert_eq!(rep.delete("/signs/churn/backtest").status, 403);
    assert_eq!(rep.write("PUT", "/foretold/churn", json!({"outcome": {"event": "x"}})).status, 403);
    assert_eq!(firm.owner.get("/signs/nothing/backtest").status, 404);
    assert_eq!(firm.owner.post("/signs/churn/backtest", json!({"step_days": 0})).status, 422);
}

#[test]
fn what_counts_as_the_outcome_can_be_changed_and_set_back() {
    let firm = Firm::open();
    firm.try_churn();
    let kind = |told: &Value| {
        let kinds = told["kinds"].as_array().unwrap().clone();
        kinds.into_iter().find(|one| one["kind"] == "churn").unwrap()
    };
    let before = kind(&firm.owner.get("/foretold").ok());
    assert_eq!(
        (&before["outcome"], &before["is_built_in"]),
        (&json!({"event": "cancelled"}), &json!(true))
    );
    let wrong = firm.owner.write("PUT", "/foretold/churn", json!({"outcome": {"all": []}}));
    assert_eq!((wrong.status, &wrong.json["faults"][0]["path"]), (422, &json!("/outcome/all")));
    let unknown =
        firm.owner.write("PUT", "/foretold/churn", json!({"outcome": {"segment": "nowhere"}}));
    assert_eq!(unknown.status, 422, "{}", unknown.text);
    // Whoever turns silent: nobody who complained logged in again.
    let silent = json!({"outcome": {"not": {"event": "*", "last": "100d"}}, "among": null});
    let after = kind(&firm.owner.write("PUT", "/foretold/churn", silent).ok());
    assert_eq!(after["is_built_in"], false);
    let told = firm.owner.get("/signs/churn/backtest").ok();
    assert_eq!(
        told["result"]["is_out_of_date"], true,
        "what was found was found by another outcome"
    );
    let told = firm.try_churn();
    assert_eq!(told["result"]["is_out_of_date"], false);
    assert_ne!(told["result"]["right"]["hits"], 12);
    let back = kind(&firm.owner.delete("/foretold/churn").ok());
    assert_eq!(back["outcome"], before["outcome"]);
    assert_eq!(firm.try_churn()["result"]["right"]["hits"], 12);
}
