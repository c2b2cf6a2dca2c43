//! Packs, tables of two measures and profiles: exact, within what the caller may see, and undone in one call.

use serde_json::{Value, json};

use crate::{
    house::{Client, House},
    imports,
};

/// Four customers of two reps; who bought when and for how much.
struct Firm {
    house: House,
    owner: Client,
}

const BOUGHT: [(&str, i64, i64); 6] = [
    ("A-1", 5, 1000),
    ("A-1", 40, 2000),
    ("A-1", 400, 9000),
    ("A-2", 100, 500),
    ("B-1", 10, 300),
    ("B-1", 20, 300),
];

impl Firm {
    fn open() -> Firm {
        let house = House::open();
        let owner = house.owner();
        owner.know(&[
            ("A-1", "青空商事", "佐藤"),
            ("A-2", "若葉", "佐藤"),
            ("B-1", "ひかり", "鈴木"),
            ("B-2", "みなと", "鈴木"),
        ]);
        let now: jiff::Timestamp =
            owner.get("/health").ok()["as_of"].as_str().unwrap().parse().unwrap();
        let rows = BOUGHT.map(|(key, days, amount)| {
            let at = now - jiff::SignedDuration::from_hours(24 * days);
            format!("{key},{at},purchased,{amount}\n")
        });
        let file = format!("顧客番号,日時,イベント,amount\n{}", rows.concat());
        let import = imports::brought(&owner, "purchases.csv", file.as_bytes());
        imports::step(&owner, &import["id"], "commit");
        let told = owner.get("/customers").ok();
        assert_eq!(told["total"], 4, "{told}");
        Firm { house, owner }
    }

    fn sato(&self) -> Client {
        self.house.join(&self.owner, "sato", "rep", Some("佐藤"))
    }
}

fn rfm() -> Value {
    json!({
        "rows": {"by": "recency", "event": "purchased", "edges": [30, 90]},
        "columns": {"by": "frequency", "event": "purchased", "days": 365, "edges": [1, 2]},
        "before_days": 30,
        "shown": {"show": "amount", "event": "purchased", "of": "amount", "days": 365},
    })
}

fn counts(told: &Value) -> Vec<Vec<u64>> {
    let row = |row: &Value| {
        row.as_array().unwrap().iter().map(|cell| cell["count"].as_u64().unwrap()).collect()
    };
    told["cells"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn a_table_counts_everybody_once_and_lists_whom_it_counted() {
    let firm = Firm::open();
    let told = firm.owner.post("/crosstab", rfm()).ok();
    // Columns: 2 or more, 1, none. Rows: last 30 days, 31 to 90, longer ago, never.
    assert_eq!(counts(&told), [[2, 0, 0], [0, 0, 0], [0, 1, 0], [0, 0, 1]]);
    assert_eq!(told["total"], 4);
    assert_eq!(
        told["cells"][0][0]["value"], "3600",
        "1000 + 2000 + 300 + 300; 400 days ago is out"
    );
    // Thirty days ago A-1 was in (31 to 90, 1) as seen from then: bought 10 and 370 days before.
    assert_eq!(told["cells"][0][0]["entered"], 2);
    assert_eq!(
        (&told["cells"][0][1]["before"], &told["cells"][0][1]["left"]),
        (&json!(1), &json!(1))
    );
    let listed = |row: usize, column: usize, moved: Option<&str>| {
        let body = json!({"table": rfm(), "row": row, "column": column, "moved": moved});
        let told = firm.owner.post("/crosstab/customers", body).ok();
        let keys = told["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["key"].as_str().unwrap().to_owned());
        (told["count"].as_u64().unwrap(), keys.collect::<Vec<_>>().join(" "))
    };
    assert_eq!(listed(0, 0, None), (2, "A-1 B-1".to_owned()));
    assert_eq!(listed(0, 1, Some("left")), (1, "A-1".to_owned()));
    assert_eq!(listed(3, 2, None), (1, "B-2".to_owned()));
    // What a cell says becomes a segment with the same members.
    let (row, column) = (&told["row_bands"][0]["condition"], &told["column_bands"][0]["condition"]);
    let made = firm.owner.segment("recent-regulars", json!({"all": [row, column]}));
    assert_eq!(made["count"], 2, "{made}");
    let within = json!({"rows": {"by": "attribute", "key": "rep", "values": []}, "within": "recent-regulars",
        "shown": {"show": "share", "segment": "recent-regulars"}});
    let told = firm.owner.post("/crosstab", within).ok();
    let labels: Vec<&str> = told["row_bands"]
        .as_array()
        .unwrap()
        .iter()
        .map(|band| band["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels[..2], ["佐藤", "鈴木"], "proposed from what is there");
    assert_eq!(counts(&told), [[1], [1], [0], [0]]);
    assert_eq!(told["cells"][0][0]["value"], "1");
}

#[test]
fn a_rep_counts_own_customers_and_what_cannot_be_drawn_is_said() {
    let firm = Firm::open();
    let sato = firm.sato();
    let told = sato.post("/crosstab", rfm()).ok();
    assert_eq!(counts(&told), [[1, 0, 0], [0, 0, 0], [0, 1, 0], [0, 0, 0]]);
    assert_eq!(told["cells"][0][0]["value"], "3000");
    let mut wrong = rfm();
    wrong["rows"]["edges"] = json!([90, 30]);
    assert_eq!(sato.post("/crosstab", wrong).status, 422);
    let body = json!({"table": rfm(), "row": 9});
    assert_eq!(sato.post("/crosstab/customers", body).status, 404);
    assert_eq!(sato.post("/packs/ec/install", json!({})).status, 403);
    let open = json!({"rows": {"by": "amount", "event": "purchased", "of": "amount", "days": 365}});
    let told = sato.post("/crosstab", open).ok();
    assert_eq!(told["rows"]["edges"], json!(["500", "3000"]), "of 500 and 3000, the rep's own");
}

#[test]
fn a_pack_is_put_in_and_taken_out_again() {
    let firm = Firm::open();
    let state = || {
        let told = firm.owner.get("/packs").ok();
        let pack = told["packs"]
            .as_array()
            .unwrap()
            .iter()
            .find(|pack| pack["id"] == "ec")
            .unwrap()
            .clone();
        (pack["installed"].as_u64().unwrap(), pack["segments"].as_array().unwrap().len() as u64)
    };
    let (installed, n) = state();
    assert_eq!(installed, 0);
    // A segment of one's own with an id of the pack stays as it is, unless it is to be replaced.
    let own = firm.owner.segment("rfm-new", json!({"event": "login"}));
    let came = firm.owner.post("/packs/ec/install", json!({})).ok();
    assert_eq!(came["added"].as_array().unwrap().len() as u64, n - 1);
    assert_eq!((&came["kept"], &came["unchanged"]), (&json!(["rfm-new"]), &json!(0)));
    assert_eq!(state(), (n - 1, n));
    let count =
        |id: &str| firm.owner.get(&format!("/segments/{id}")).ok()["count"].as_u64().unwrap();
    assert_eq!(
        count("stage-aware")
            + count("stage-buying")
            + count("stage-growing")
            + count("stage-dormant"),
        4
    );
    assert_eq!((count("stage-growing"), count("rfm-buyers"), count("warm-cold")), (2, 3, 1));
    let loyal = firm.owner.get("/segments/golden-loyal").ok();
    assert_eq!(loyal["golden"], "loyal");
    let replaced = firm.owner.post("/packs/ec/install", json!({"replace": true})).ok();
    assert_eq!(replaced["replaced"], json!([{"id": "rfm-new", "before": own["version"]}]));
    assert_eq!(replaced["unchanged"], n - 1);
    // What others refer to stays.
    firm.owner.segment("mine", json!({"segment": "rfm-buyers"}));
    let gone = firm.owner.post("/packs/ec/remove", json!({})).ok();
    assert_eq!(gone["kept"], json!(["rfm-buyers"]));
    assert_eq!(gone["removed"].as_array().unwrap().len() as u64, n - 1);
    assert_eq!(state(), (1, n));
    assert_eq!(firm.owner.post("/packs/nothing/install", json!({})).status, 404);
}

#[test]
fn a_profile_says_what_members_are_more_often() {
    let house = House::open();
    let owner = house.owner();
    let rows: Vec<Value> = (0..200)
        .map(|n| {
            let industry = if n % 5 == 0 { "製造" } else { "小売" };
            json!({"key": format!("C-{n}"), "attributes": {"name": format!("n{n}"), "industry": industry, "rep": if n % 2 == 0 {"佐藤"} else {"鈴木"}}})
        })
        .collect();
    owner.post("/customers", json!({"source": "crm", "customers": rows})).ok();
    owner.segment("makers", json!({"attribute": "industry", "is": "製造"}));
    let told = owner.get("/segments/makers/profile").ok();
    assert_eq!((&told["members"], &told["rest"]), (&json!(40), &json!(160)));
    assert_eq!(told["traits"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(
        (&told["traits"][0]["members"], &told["traits"][0]["rest"]),
        (&json!(40), &json!(0))
    );
    assert!(told["persona"].as_str().unwrap().contains("製造"), "{told}");
    let again = owner.segment("like-makers", told["condition"].clone());
    assert_eq!(again["count"], 40);
    let sato = house.join(&owner, "sato", "rep", Some("佐藤"));
    let own = sato.get("/segments/makers/profile").ok();
    assert_eq!((&own["members"], &own["rest"]), (&json!(20), &json!(80)));
    assert_eq!(owner.get("/segments/nowhere/profile").status, 404);
}
