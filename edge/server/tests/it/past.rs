//! Backtests, sizes, versions, relations and flows: what is counted is who is listed, and reps see their own.

use std::{io::Write, net::TcpStream};

use serde_json::{Value, json};

use crate::{
    house::{Client, House},
    imports, logs,
};

/// Ten days of two customers of one rep and one of another, ending today.
struct Firm {
    house: House,
    owner: Client,
    today: jiff::civil::Date,
}

impl Firm {
    fn open() -> Firm {
        let house = House::open();
        let owner = house.owner();
        let now: jiff::Timestamp =
            owner.get("/health").ok()["as_of"].as_str().unwrap().parse().unwrap();
        let tokyo = jiff::tz::TimeZone::get("Asia/Tokyo").unwrap();
        let firm = Firm { house, owner, today: now.to_zoned(tokyo).date() };
        firm.owner.know(&[
            ("A-1", "青空商事", "佐藤"),
            ("A-2", "若葉", "佐藤"),
            ("B-1", "ひかり", "鈴木"),
        ]);
        // Imported as old records, so that the customers count as known since they happened.
        let rows =
            [("A-1", 5, "10:00"), ("A-1", 4, "09:00"), ("A-2", 9, "12:00"), ("B-1", 5, "00:00")];
        let rows = rows.map(|(key, days, time)| format!("{key},{},login\n", firm.at(days, time)));
        let file = format!("顧客番号,日時,イベント\n{}", rows.concat());
        let import = imports::brought(&firm.owner, "logins.csv", file.as_bytes());
        assert_eq!(imports::step(&firm.owner, &import["id"], "commit")["counts"]["new"], 4);
        firm
    }

    fn day(&self, ago: i64) -> String {
        self.today.checked_sub(jiff::Span::new().days(ago)).unwrap().to_string()
    }

    fn at(&self, days_ago: i64, time: &str) -> String {
        format!("{}T{time}:00+09:00", self.day(days_ago))
    }

    fn sato(&self) -> Client {
        self.house.join(&self.owner, "sato", "rep", Some("佐藤"))
    }
}

fn last_two_days() -> Value {
    json!({"event": "login", "last": "2d"})
}

fn numbers(days: &Value, of: &str) -> Vec<u64> {
    days.as_array().unwrap().iter().map(|day| day[of].as_u64().unwrap()).collect()
}

#[test]
fn a_backtest_counts_by_day_and_lists_the_same_customers() {
    let firm = Firm::open();
    let body = json!({"condition": last_two_days(), "from": firm.day(6), "to": firm.day(0)});
    let told = firm.owner.post("/backtest", body.clone()).ok();
    assert_eq!(told["before"], 0, "A-2 left 7 days ago");
    assert_eq!(told["days"][0]["day"], firm.day(6));
    // B-1 enters at 00:00 five days ago and leaves at 00:00 three days ago; A-1 from 10:00 to 09:00 two days ago.
    assert_eq!(numbers(&told["days"], "entered"), [0, 2, 0, 0, 0, 0, 0]);
    assert_eq!(numbers(&told["days"], "left"), [0, 0, 0, 1, 1, 0, 0]);
    assert_eq!(numbers(&told["days"], "members"), [0, 2, 2, 1, 0, 0, 0]);
    assert_eq!((&told["entered_total"], &told["left_total"]), (&json!(2), &json!(2)));
    let stays = firm.owner.post("/backtest/stays?limit=1", body.clone()).ok();
    assert_eq!((&stays["total"], stays["rows"].as_array().unwrap().len()), (&json!(2), 1));
    assert_eq!(stays["rows"][0]["customer"]["key"], "A-1");
    let instant = |days, time: &str| {
        let at: jiff::Timestamp = firm.at(days, time).parse().unwrap();
        json!(format!("{at:.3}"))
    };
    let stay = json!([{"entered": instant(5, "10:00"), "left": instant(2, "09:00")}]);
    assert_eq!(stays["rows"][0]["stays"], stay);
    let next = format!("/backtest/stays?limit=1&after={}", stays["next"].as_str().unwrap());
    let rest = firm.owner.post(&next, body).ok();
    assert_eq!((&rest["rows"][0]["customer"]["key"], &rest["next"]), (&json!("B-1"), &Value::Null));
}

#[test]
fn who_was_in_before_the_first_day_is_told_apart() {
    let firm = Firm::open();
    let body = json!({"condition": last_two_days(), "from": firm.day(4), "to": firm.day(3)});
    let told = firm.owner.post("/backtest", body.clone()).ok();
    assert_eq!(told["before"], 2);
    assert_eq!(numbers(&told["days"], "members"), [2, 1]);
    let stays = firm.owner.post("/backtest/stays", body).ok();
    let of = |n: usize, end: &str| stays["rows"][n]["stays"][0][end].clone();
    assert_eq!(
        (of(0, "entered"), of(0, "left")),
        (Value::Null, Value::Null),
        "A-1 is in throughout"
    );
    assert_eq!(of(1, "entered"), Value::Null);
    assert!(of(1, "left").is_string(), "B-1 leaves within the days");
}

#[test]
fn a_backtest_says_what_it_cannot_do() {
    let firm = Firm::open();
    let ask = |body: Value| firm.owner.post("/backtest", body);
    let tomorrow = firm.today.tomorrow().unwrap().to_string();
    for (body, what) in [
        (json!({"condition": last_two_days(), "from": firm.day(0), "to": tomorrow}), "up to today"),
        (json!({"condition": last_two_days(), "from": firm.day(0), "to": firm.day(1)}), "before"),
        (json!({"condition": last_two_days(), "from": firm.day(400), "to": firm.day(0)}), "400"),
        (
            json!({"condition": last_two_days(), "from": "yesterday", "to": firm.day(0)}),
            "is no day",
        ),
        (json!({"from": firm.day(1), "to": firm.day(0)}), "name one of"),
        (
            json!({"condition": last_two_days(), "segment": "a", "from": firm.day(1), "to": firm.day(0)}),
            "name one of",
        ),
    ] {
        let reply = ask(body.clone());
        assert_eq!(reply.status, 422, "{body}: {}", reply.text);
        assert!(reply.json["message"].as_str().unwrap().contains(what), "{body}: {}", reply.text);
    }
    let faulty =
        json!({"condition": {"event": "x", "lsat": "2d"}, "from": firm.day(1), "to": firm.day(0)});
    assert_eq!(ask(faulty).json["faults"][0]["path"], "/lsat");
    let whole = json!({"condition": last_two_days(), "from": firm.day(399), "to": firm.day(0)});
    assert_eq!(ask(whole).ok()["days"].as_array().unwrap().len(), 400);
    let nowhere = json!({"segment": "nowhere", "from": firm.day(1), "to": firm.day(0)});
    assert_eq!(ask(nowhere).status, 404);
}

#[test]
fn sizes_are_computed_back_and_edits_are_marked() {
    let firm = Firm::open();
    firm.owner.segment("recent", json!({"event": "login", "last": "5d"}));
    firm.owner.segment("fresh", json!({"all": [{"segment": "recent"}, last_two_days()]}));
    let body = json!({"names": {"ja": "a", "en": "a"}, "condition": last_two_days(), "version": 1});
    firm.owner.write("PUT", "/segments/recent", body).ok();
    let sizes = firm.owner.get("/segments/recent/sizes?days=7").ok();
    assert_eq!(numbers(&sizes["days"], "members"), [0, 2, 2, 1, 0, 0, 0]);
    let edits: Vec<u64> = numbers(&sizes["edits"], "version");
    assert_eq!(edits, [1, 2]);
    assert_eq!(sizes["edits"][1]["by"], "Owner");
    let fresh = firm.owner.get("/segments/fresh/sizes?days=7").ok();
    assert_eq!(numbers(&fresh["days"], "members"), [0, 2, 2, 1, 0, 0, 0], "by what it refers to");
    assert_eq!(firm.owner.get("/segments/recent/sizes").ok()["days"].as_array().unwrap().len(), 90);
    let old = json!({"segment": "recent", "version": 1, "from": firm.day(2), "to": firm.day(0)});
    let old = firm.owner.post("/backtest", old).ok();
    assert_eq!(numbers(&old["days"], "members"), [2, 2, 1], "by the version before: five days");
}

#[test]
fn the_list_shows_the_last_two_weeks_once_they_are_counted() {
    let firm = Firm::open();
    firm.owner.segment("recent", last_two_days());
    firm.owner.segment("quiet", json!({"not": {"segment": "recent"}}));
    let rep = firm.sato();
    let counted = |client: &Client| {
        let list = client.get_until("/segments", |list| {
            list["segments"].as_array().unwrap().iter().all(|row| !row["sparkline"].is_null())
        });
        let row =
            |n: usize| serde_json::from_value(list["segments"][n]["sparkline"].clone()).unwrap();
        (row(1), row(0))
    };
    let (recent, quiet): (Vec<u64>, Vec<u64>) = counted(&firm.owner);
    // A-2 came 9 days ago at 12:00; of B-1 and A-1 see the backtest above.
    assert_eq!(recent, [0, 0, 0, 0, 1, 1, 0, 0, 2, 2, 1, 0, 0, 0]);
    // They are known since their first login.
    assert_eq!(quiet, [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 3, 3, 3]);
    assert_eq!(rep.get("/segments").ok()["segments"][0]["sparkline"], Value::Null);
    let body = json!({"names": {"ja": "a", "en": "a"}, "condition": {"event": "login", "last": "1d"}, "version": 1});
    firm.owner.write("PUT", "/segments/recent", body).ok();
    let (recent, quiet) = counted(&firm.owner);
    assert_eq!(recent, [0, 0, 0, 0, 1, 0, 0, 0, 2, 1, 0, 0, 0, 0]);
    assert_eq!(quiet, [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 3, 3, 3, 3], "it refers to what changed");
    // The past changes with an import, and so does what is shown of it.
    let file = format!("顧客番号,日時,イベント\nA-2,{},login\n", firm.at(12, "12:00"));
    let import = imports::brought(&firm.owner, "more.csv", file.as_bytes());
    imports::step(&firm.owner, &import["id"], "commit");
    assert_eq!(counted(&firm.owner).0[..4], [0, 1, 0, 0]);
}

#[test]
fn versions_are_listed_compared_and_restored() {
    let firm = Firm::open();
    let write = |version: i64, condition: Value| {
        let body =
            json!({"names": {"ja": "a", "en": "a"}, "condition": condition, "version": version});
        firm.owner.write("PUT", "/segments/in", body).ok()
    };
    firm.owner.segment("in", json!({"event": "login", "last": "30d"}));
    write(1, json!({"event": "login", "count": {"at_least": 2}, "last": "30d"}));
    let list = firm.owner.get("/segments/in/versions").ok();
    let rows: Vec<(&Value, &Value)> = list["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (&row["version"], &row["in_force"]))
        .collect();
    assert_eq!(rows, [(&json!(2), &json!(true)), (&json!(1), &json!(false))]);
    assert!(list["versions"][1]["sentence"].as_str().unwrap().contains("30"));
    let first = firm.owner.get("/segments/in/versions/1").ok();
    assert_eq!(first["condition"], json!({"event": "login", "last": "30d"}));
    assert_eq!(firm.owner.get("/segments/in/versions/9").status, 404);
    assert_eq!(firm.owner.get("/segments/none/versions").status, 404);
    let compared = firm.owner.get("/segments/in/compare?a=1&b=2").ok();
    assert_eq!((&compared["a"]["count"], &compared["b"]["count"]), (&json!(3), &json!(1)));
    assert_eq!(
        (&compared["enters"]["count"], &compared["leaves"]["count"]),
        (&json!(0), &json!(2))
    );
    assert_eq!(compared["leaves"]["sample"][1]["key"], "B-1");
    let back = firm.owner.post("/segments/in/versions/1/restore", json!({})).ok();
    assert_eq!((&back["version"], &back["count"]), (&json!(3), &json!(3)));
    assert_eq!(back["condition"], first["condition"]);
    // What a version refers to may be gone: it is said, and nothing changes.
    firm.owner.segment("base", json!({"event": "login"}));
    write(3, json!({"segment": "base"}));
    write(4, json!({"event": "login"}));
    firm.owner.delete("/segments/base").ok();
    let refused = firm.owner.post("/segments/in/versions/4/restore", json!({}));
    assert_eq!((refused.status, &refused.json["faults"][0]["path"]), (422, &json!("/segment")));
    assert_eq!(firm.owner.get("/segments/in/compare?a=4&b=5").status, 422);
}

#[test]
fn a_preview_says_what_saving_would_change() {
    let firm = Firm::open();
    firm.owner.segment("in", json!({"event": "login", "last": "30d"}));
    firm.owner.segment("other", json!({"attribute": "rep", "is": "佐藤"}));
    let draft = json!({"event": "login", "count": {"at_least": 2}, "last": "30d"});
    let preview = firm.owner.post("/preview", json!({"condition": draft, "segment": "in"})).ok();
    assert_eq!((&preview["count"], &preview["change"]["leaves"]["count"]), (&json!(1), &json!(2)));
    assert_eq!(preview["change"]["enters"], json!({"count": 0, "sample": []}));
    assert_eq!(preview["change"]["leaves"]["sample"][0]["key"], "A-2");
    assert!(preview["sample"][0]["why"].as_str().unwrap().contains('2'), "{preview}");
    assert_eq!(
        preview["overlap"],
        json!([{"segment": "other", "name": "other", "both": 1, "of_this_percent": 100, "of_other_percent": 50}])
    );
    let unsaved = firm.owner.post("/preview", json!({"condition": draft})).ok();
    assert_eq!(unsaved["change"], Value::Null);
    assert_eq!(unsaved["overlap"][1]["segment"], "in");
    let circle = json!({"condition": {"segment": "in"}, "segment": "in"});
    assert_eq!(firm.owner.post("/preview", circle).status, 422, "it may not refer to itself");
    let nowhere = json!({"condition": draft, "segment": "nowhere"});
    assert_eq!(firm.owner.post("/preview", nowhere).status, 404);
}

#[test]
fn a_draft_is_explained_for_members_and_for_others() {
    let firm = Firm::open();
    let draft = json!({"condition": {"event": "login", "count": {"at_least": 2}, "last": "30d"}});
    let why = firm.owner.post("/preview/why/A-1", draft.clone()).ok();
    assert_eq!((&why["member"], &why["tree"]["evidence_total"]), (&json!(true), &json!(2)));
    assert!(why["since"].is_string() && why["may_change_at"].is_string());
    let not = firm.owner.post("/preview/why/B-1", draft.clone()).ok();
    assert_eq!((&not["member"], &not["tree"]["holds"]), (&json!(false), &json!(false)));
    assert_eq!(not["tree"]["evidence_total"], 1);
    assert_eq!(firm.owner.post("/preview/why/no-one", draft).status, 404);
}

#[test]
fn a_file_says_who_would_come_and_go_and_changes_nothing() {
    let firm = Firm::open();
    firm.owner.segment("in", json!({"event": "login", "last": "30d"}));
    firm.owner.segment("out", json!({"not": {"segment": "in"}}));
    firm.owner.segment("same", json!({"event": "login"}));
    let file = "segments:\n\
        \x20 - { id: in, name: { ja: in, en: in }, condition: { event: login, last: 2d } }\n\
        \x20 - { id: same, name: { ja: same, en: same }, condition: { event: login } }\n\
        \x20 - { id: new, name: 新しい, condition: { segment: out } }\n";
    let send = |text: &str| {
        let kind = [("Content-Type", "application/yaml")];
        firm.owner.send("POST", "/segments/files/compare", &kind, text.as_bytes().to_vec())
    };
    let told = send(file).ok();
    let rows: Vec<Value> = told["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            json!([
                row["id"],
                row["kind"],
                row["before"],
                row["after"],
                row["enters"]["count"],
                row["leaves"]["count"]
            ])
        })
        .collect();
    assert_eq!(
        rows,
        [
            json!(["in", "changed", 3, 0, 0, 3]),
            json!(["new", "added", null, 3, 3, 0]),
            json!(["out", "follows", 0, 3, 3, 0]),
        ]
    );
    assert_eq!(told["unchanged"], 1);
    assert_eq!(firm.owner.get("/segments/in").ok()["version"], 1);
    let bad = send(&file.replace("last: 2d", "lsat: 2d"));
    assert_eq!(bad.json["faults"][0]["path"], "/segments/0/condition/lsat");
}

#[test]
fn relations_and_flows_count_who_is_listed() {
    let firm = Firm::open();
    firm.owner.segment("logged-in", json!({"event": "login", "last": "30d"}));
    firm.owner.segment("often", json!({"event": "login", "count": {"at_least": 2}, "last": "30d"}));
    firm.owner.segment("recent", last_two_days());
    let told = firm.owner.get("/relations").ok();
    assert_eq!(told["both"], json!([[3, 1, 0], [1, 0], [0]]));
    assert_eq!(told["segments"][1]["id"], "often");
    assert_eq!(
        told["pairs"],
        json!([{"a": "often", "b": "logged-in", "both": 1, "alike_percent": 33, "kind": "inside"}])
    );
    let between =
        format!("from={}&to={}", firm.at(4, "12:00"), firm.at(2, "12:00")).replace('+', "%2B");
    let flows = firm.owner.get(&format!("/flows?{between}&ids=recent,logged-in")).ok();
    assert_eq!(
        flows["cells"],
        json!([
            {"a": "recent", "b": "logged-in", "count": 2},
            {"a": "logged-in", "b": "logged-in", "count": 1},
        ])
    );
    let list = |rest: &str| {
        firm.owner.get(&format!("/flows/customers?{between}&ids=recent,logged-in{rest}"))
    };
    let first = list("&a=recent&b=logged-in&limit=1").ok();
    assert_eq!((&first["count"], &first["rows"][0]["key"]), (&json!(2), &json!("A-1")));
    let after = first["next"].as_str().unwrap();
    let second = list(&format!("&a=recent&b=logged-in&limit=1&after={after}")).ok();
    assert_eq!((&second["rows"][0]["key"], &second["next"]), (&json!("B-1"), &Value::Null));
    assert_eq!(list("&b=logged-in").ok()["count"], 0, "nobody came from nowhere");
    assert_eq!(list("&a=often").status, 404, "it is none of those asked about");
    let later =
        firm.owner.get(&format!("/flows?from={}&to=2999-01-01T00:00:00Z&ids=recent", firm.day(1)));
    assert_eq!(later.status, 422);
}

#[test]
fn a_rep_is_told_of_own_customers_wherever_it_is_counted() {
    let firm = Firm::open();
    firm.owner.segment("in", json!({"event": "login", "last": "30d"}));
    firm.owner.segment("recent", last_two_days());
    let rep = firm.sato();
    let body = json!({"segment": "recent", "from": firm.day(6), "to": firm.day(0)});
    let all = firm.owner.post("/backtest", body.clone()).ok();
    assert_eq!(numbers(&all["days"], "members"), [0, 2, 2, 1, 0, 0, 0]);
    let own = rep.post("/backtest", body.clone()).ok();
    assert_eq!(numbers(&own["days"], "members"), [0, 1, 1, 1, 0, 0, 0]);
    let stays = rep.post("/backtest/stays", body).ok();
    assert_eq!((&stays["total"], &stays["rows"][0]["customer"]["key"]), (&json!(1), &json!("A-1")));
    let sizes = rep.get("/segments/recent/sizes?days=7").ok();
    assert_eq!(numbers(&sizes["days"], "members"), [0, 1, 1, 1, 0, 0, 0]);
    assert_eq!(rep.get("/relations").ok()["both"], json!([[2, 0], [0]]));
    let compared = rep.get("/segments/in/compare?a=1&b=1").ok();
    assert_eq!(compared["a"]["count"], 2);
    let between =
        format!("from={}&to={}", firm.at(4, "12:00"), firm.at(2, "12:00")).replace('+', "%2B");
    let flows = rep.get(&format!("/flows?{between}&ids=recent")).ok();
    assert_eq!(
        flows["cells"]
            .as_array()
            .unwrap()
            .iter()
            .map(|cell| cell["count"].as_u64().unwrap())
            .sum::<u64>(),
        2
    );
    let list = rep.get(&format!("/flows/customers?{between}&ids=recent&a=recent&b=recent")).ok();
    assert_eq!(list["count"], 0);
    let list = rep.get(&format!("/flows/customers?{between}&ids=recent&a=recent")).ok();
    assert_eq!((&list["count"], &list["rows"][0]["key"]), (&json!(1), &json!("A-1")));
    let draft = json!({"condition": last_two_days(), "from": firm.day(6), "to": firm.day(0)});
    assert_eq!(
        rep.post("/backtest", draft).status,
        403,
        "who may not edit tries no conditions out"
    );
}

#[test]
fn a_question_is_given_up_when_nobody_waits_for_it() {
    const CUSTOMERS: usize = 3_000;
    let house = House::open();
    let owner = house.owner();
    let mut file = "顧客番号,日時,イベント\n".to_owned();
    for n in 0..CUSTOMERS * 5 {
        let (month, day) = (1 + n % 10, 1 + n % 28);
        file += &format!("C-{},2026-{month:02}-{day:02} 10:00,login\n", n % CUSTOMERS);
    }
    let import = imports::brought(&owner, "logins.csv", file.as_bytes());
    imports::step(&owner, &import["id"], "commit");
    // Each of these leaves turns with each event and again when it grows old: minutes of work.
    let leaf = |n: u64| json!({"event": "login", "count": {"at_least": 1 + n % 3}, "last": format!("{}h", 7 + n)});
    let condition = json!({"any": (0..60).map(leaf).collect::<Vec<Value>>()});
    let as_of = owner.get("/health").ok()["as_of"].as_str().unwrap()[..10].to_owned();
    let today: jiff::civil::Date = as_of.parse().unwrap();
    let from = today.checked_sub(jiff::Span::new().days(390)).unwrap();
    let body = json!({"condition": condition, "from": from.to_string(), "to": as_of}).to_string();
    let host = owner.url.strip_prefix("http://").unwrap();
    let mut socket = TcpStream::connect(host).unwrap();
    write!(
        socket,
        "POST /api/v1/backtest HTTP/1.1\r\nHost: {host}\r\nCookie: {}\r\nX-Kizashi: 1\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        owner.cookie.as_deref().unwrap(),
        body.len()
    )
    .unwrap();
    logs::wait_for("everybody is asked");
    drop(socket);
    logs::wait_for("a question is given up");
}
