//! What is about to run out: learnt in the background, held against what came, listed for everybody and for one.

use jiff::{Span, civil::Date};
use serde_json::{Value, json};

use crate::house::{Client, House};

/// The day on which a client is told that it is.
fn today(client: &Client) -> Date {
    let now: jiff::Timestamp =
        client.get("/health").ok()["as_of"].as_str().unwrap().parse().unwrap();
    now.to_zoned(jiff::tz::TimeZone::get("Asia/Tokyo").unwrap()).date()
}

fn before(today: Date, days: i64) -> String {
    today.checked_sub(Span::new().days(days)).unwrap().to_string()
}

/// Purchases over so many days up to yesterday: of each customer two products, at gaps of the customer's own; every
/// fourth customer stops half-way.
fn purchases(today: Date, days: i64) -> String {
    let mut file = String::from("顧客番号,日時,イベント,product\n");
    for customer in 0..150 {
        for (which, name) in ["paper", "toner"].iter().enumerate() {
            let gap = 4 + (customer * 7 + 5 * which as i64) % 25;
            let until = if customer % 4 == 3 { days / 2 + customer % 30 } else { days };
            let mut on = customer % gap;
            while on < until {
                let day = before(today, days - on);
                file += &format!("C-{customer:03},{day}T10:00:00+09:00,purchased,{name}\n");
                on += gap + (customer + on) % 3;
            }
        }
    }
    file
}

/// A firm on the day after the last purchase.
fn firm(house: &House, days: i64) -> Client {
    let owner = house.owner();
    let file = purchases(today(&owner), days);
    let import = crate::imports::brought(&owner, "bought.csv", file.as_bytes());
    let taken = crate::imports::step(&owner, &import["id"], "commit");
    assert_eq!(taken["state"], "committed", "{taken}");
    owner
}

fn learnt(owner: &Client, body: Value) -> Value {
    assert_eq!(owner.post("/replenishment", body).status, 202);
    let told = owner.get_until("/replenishment", |told| told["state"] != "running");
    assert_eq!(told["state"], "done", "{told}");
    told["result"].clone()
}

#[test]
fn what_is_due_is_learnt_listed_and_seen_by_those_whose_it_is() {
    let house = House::open();
    let owner = firm(&house, 330);
    let nothing = owner.get("/due").ok();
    assert_eq!((&nothing["learnt_at"], &nothing["all"]), (&Value::Null, &json!(0)));
    assert_eq!(owner.get("/customers/C-000/due").ok()["learnt_at"], Value::Null);
    assert_eq!(owner.post("/replenishment", json!({"within_days": 0})).status, 422);
    let result = learnt(&owner, json!({"within_days": 14}));
    assert_eq!((&result["learnt"], &result["customers"]), (&json!(true), &json!(150)));
    let check = &result["check"];
    assert_eq!(check["day"], before(today(&owner), 14));
    assert!(200 < check["n"].as_u64().unwrap() && 0.7 < check["auc"].as_f64().unwrap(), "{check}");
    assert!(check["auc_of_rate"].as_f64().unwrap() < check["auc"].as_f64().unwrap(), "{check}");

    // The pages of a list are one list, and what it counts is what is in it.
    let all = owner.get("/due?when=all&limit=500").ok();
    let rows = all["rows"].as_array().unwrap();
    assert_eq!(all["count"], rows.len());
    assert_eq!((&all["all"], result["habits"].as_u64()), (&all["count"], all["all"].as_u64()));
    let again = |row: &Value| row["again"].as_f64().unwrap();
    assert!(
        rows.is_sorted_by(|a, b| again(a) >= again(b)) && rows.iter().all(|row| again(row) <= 1.0)
    );
    let late = |row: &&Value| row["overdue_days"].as_i64().unwrap();
    let counted =
        |from: i64, to: i64| rows.iter().filter(|row| (from..=to).contains(&late(row))).count();
    assert_eq!(all["week"], counted(-6, 0));
    assert_eq!(all["overdue"], counted(1, 10_000));
    assert!(0 < counted(-6, 0) && 0 < counted(1, 10_000), "{all}");
    let first = owner.get("/due?when=all&limit=60").ok();
    let next = format!("/due?when=all&limit=500&after={}", first["next"].as_str().unwrap());
    let pages = [
        first["rows"].as_array().unwrap().clone(),
        owner.get(&next).ok()["rows"].as_array().unwrap().clone(),
    ];
    assert_eq!(&pages.concat(), rows);
    let paper = owner.get("/due?when=all&limit=500&product=paper").ok();
    assert_eq!(paper["count"], rows.iter().filter(|row| row["product"] == "paper").count());
    assert!(paper["products"].as_array().unwrap().len() == 2, "the others stay to be chosen");
    assert_eq!(owner.get("/due?after=x").status, 400);

    // One customer says the same as the list, and a purchase counts at once.
    let own = |key: &str| owner.get(&format!("/customers/{key}/due")).ok();
    let of_list: Vec<Value> = rows
        .iter()
        .filter(|row| row["customer"]["key"] == "C-000")
        .map(|row| row["times"].clone())
        .collect();
    let of_page: Vec<Value> =
        own("C-000")["rows"].as_array().unwrap().iter().map(|row| row["times"].clone()).collect();
    assert_eq!((of_page.len(), &of_page), (2, &of_list));
    let event = json!({"id": "now", "customer": "C-000", "name": "purchased", "properties": {"product": "paper"}});
    owner.post("/events", json!({"source": "shop", "events": [event]})).ok();
    let bought = own("C-000")["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["product"] == "paper")
        .cloned()
        .unwrap();
    assert_eq!(
        (&bought["last"], bought["overdue_days"].as_i64().unwrap() < 0),
        (&json!(before(today(&owner), 0)), true)
    );

    // A rep sees own customers only, and learns nothing.
    owner.know(&[("C-000", "Own", "sato"), ("C-001", "Other", "suzuki")]);
    let sato = house.join(&owner, "sato", "rep", Some("sato"));
    let seen = sato.get("/due?when=all").ok();
    assert_eq!((&seen["count"], &seen["rows"][0]["customer"]["key"]), (&json!(2), &json!("C-000")));
    assert_eq!(sato.get("/due?when=all&rep=suzuki").ok()["count"], 0);
    assert_eq!(sato.get("/customers/C-001/due").status, 404);
    assert_eq!(sato.post("/replenishment", json!({})).status, 403);
    assert_eq!(owner.get("/due?when=all&rep=suzuki").ok()["count"], 2);
    let house = house.restart();
    let again = Client { url: house.ready.url.clone(), ..owner };
    assert_eq!(again.get("/replenishment").ok()["result"], result);
}

#[test]
fn too_little_is_said_and_what_is_bought_may_be_called_anything() {
    let house = House::open();
    let owner = firm(&house, 40);
    let result = learnt(&owner, json!({}));
    assert_eq!((&result["learnt"], &result["check"]), (&json!(false), &Value::Null));
    assert!(result["sentence"].as_str().unwrap().contains("too little"), "{result}");
    let own = owner.get("/customers/C-000/due").ok();
    assert_eq!((&own["learnt"], &own["rows"]), (&json!(false), &json!([])));
    // Which property names the product is said once, for whatever is learnt of products; a code is a name, too.
    let sold =
        json!({"id": "1", "customer": "C-000", "name": "sold", "properties": {"code": 4901}});
    owner.post("/events", json!({"source": "till", "events": [sold]})).ok();
    let result = learnt(&owner, json!({"event": "sold", "property": "code"}));
    assert_eq!((&result["property"], &result["customers"]), (&json!("code"), &json!(1)));
    assert_eq!(owner.post("/next-offers", json!({})).status, 202);
    let told = owner.get_until("/next-offers", |told| told["state"] != "running");
    assert_eq!((&told["result"]["event"], &told["result"]["items"]), (&json!("sold"), &json!(1)));
}
