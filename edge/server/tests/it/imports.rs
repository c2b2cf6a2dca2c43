//! Files come in through HTTP: looked at, checked, taken in, taken back.

use serde_json::{Value, json};

use crate::house::{Client, House};

/// A list of customers as an old Windows program writes it; its last row names nobody.
fn customers() -> Vec<u8> {
    let text = "顧客番号,会社名,営業担当,従業員数\r\nC-1,青空商事㈱,佐藤,120\r\n\
                C-2,株式会社ひかり,鈴木,45\r\n,名なし,佐藤,1\r\n";
    encoding_rs::SHIFT_JIS.encode(text).0.into_owned()
}

fn logins() -> Vec<u8> {
    "顧客番号,日時,イベント\nC-1,2026-11-01 10:00,login\nC-2,2026-11-02 10:00,login\nC-2,いつか,login\n"
        .as_bytes()
        .to_vec()
}

pub(crate) fn brought(client: &Client, name: &str, bytes: &[u8]) -> Value {
    let reply = client.upload(name, bytes);
    assert_eq!(reply.status, 201, "{}", reply.text);
    reply.json["imports"][0].clone()
}

fn settled(client: &Client, id: &Value) -> Value {
    client.get_until(&format!("/imports/{id}"), |import| {
        !matches!(import["state"].as_str(), Some("checking" | "committing"))
    })
}

pub(crate) fn step(client: &Client, id: &Value, step: &str) -> Value {
    let reply = client.post(&format!("/imports/{id}/{step}"), json!({}));
    assert_eq!(reply.status, 202, "{}", reply.text);
    settled(client, id)
}

#[test]
fn a_japanese_file_goes_in_and_out_again() {
    let house = House::open();
    let owner = house.owner();
    owner.segment("large", json!({"attribute": "employees", "at_least": 100}));
    let import = brought(&owner, "顧客一覧.csv", &customers());
    let id = &import["id"];
    assert_eq!((&import["state"], &import["kind"]), (&json!("read"), &json!("customers")));
    assert_eq!(import["format"]["encoding"], "cp932");
    assert_eq!(import["file"], "顧客一覧.csv");
    assert_eq!(import["columns"][1]["header"], "会社名");
    assert_eq!(import["columns"][0]["field"], "customer");
    assert_eq!(import["sample_rows"][0][1], "青空商事㈱");
    let checked = step(&owner, id, "check");
    assert_eq!(checked["state"], "checked", "{checked}");
    assert_eq!(
        checked["counts"],
        json!({"rows": 3, "new": 2, "changed": 0, "unchanged": 0, "rejected": 1})
    );
    assert_eq!(checked["problems_total"], 1);
    assert_eq!(checked["problems"][0]["row"], 4);
    assert_eq!(owner.get("/customers").ok()["total"], 0, "a check takes nothing in");
    let committed = step(&owner, id, "commit");
    assert_eq!(committed["state"], "committed", "{committed}");
    assert_eq!(committed["counts"]["new"], 2);
    assert_eq!(committed["changed_segments"], 1);
    assert!(committed["undo_until"].is_string());
    assert_eq!(owner.get("/customers").ok()["total"], 2);
    assert_eq!(owner.get("/segments/large").ok()["count"], 1);
    let problems = owner.get(&format!("/imports/{id}/problems.csv")).text;
    assert!(problems.starts_with('\u{feff}') && problems.lines().count() == 2, "{problems}");
    assert_eq!(owner.post(&format!("/imports/{id}/commit"), json!({})).status, 409);
    let undone = owner.post(&format!("/imports/{id}/undo"), json!({})).ok();
    assert_eq!(undone["state"], "undone");
    assert_eq!(owner.get("/customers").ok()["total"], 0);
    assert_eq!(owner.get("/segments/large").ok()["count"], 0);
}

#[test]
fn the_same_rows_again_change_nothing() {
    let house = House::open();
    let owner = house.owner();
    let first = brought(&owner, "logins.csv", &logins());
    assert_eq!(first["kind"], "events", "{first}");
    let done = step(&owner, &first["id"], "commit");
    assert_eq!(
        (&done["counts"]["new"], &done["counts"]["rejected"]),
        (&json!(2), &json!(1)),
        "{done}"
    );
    let again = brought(&owner, "logins of today.csv", &logins());
    let checked = step(&owner, &again["id"], "check");
    assert_eq!(checked["counts"]["unchanged"], 2, "{checked}");
    step(&owner, &again["id"], "commit");
    assert_eq!(owner.get("/health").ok()["events"], 2);
    let list = step_customers_twice(&owner);
    assert_eq!(
        list["counts"],
        json!({"rows": 3, "new": 0, "changed": 0, "unchanged": 2, "rejected": 1})
    );
}

fn step_customers_twice(owner: &Client) -> Value {
    let first = brought(owner, "a.csv", &customers());
    step(owner, &first["id"], "commit");
    let again = brought(owner, "b.csv", &customers());
    step(owner, &again["id"], "check")
}

#[test]
fn columns_can_be_named_otherwise_and_are_remembered() {
    let house = House::open();
    let owner = house.owner();
    let import = brought(&owner, "a.csv", &customers());
    let id = &import["id"];
    let patch = |body: Value| owner.write("PATCH", &format!("/imports/{id}"), body);
    let changed = patch(json!({"fields": {"3": "attribute:規模", "2": null}})).ok();
    assert_eq!(changed["columns"][3]["field"], "attribute:規模");
    assert_eq!(changed["columns"][2]["field"], Value::Null);
    assert_eq!(patch(json!({"fields": {"99": "name"}})).status, 422);
    assert_eq!(patch(json!({"fields": {"1": "no_such_field"}})).status, 422);
    assert_eq!(patch(json!({"encoding": "ebcdic"})).status, 422);
    let deals = patch(json!({"kind": "deals"})).ok();
    assert_eq!((&deals["kind"], &deals["kind_is_guess"]), (&json!("deals"), &json!(false)));
    patch(json!({"kind": "customers"})).ok();
    patch(json!({"fields": {"3": "attribute:規模"}})).ok();
    assert_eq!(patch(json!({"fields": {"0": null, "1": null}})).status, 200);
    let refused = owner.post(&format!("/imports/{id}/check"), json!({}));
    assert_eq!(refused.status, 422, "rows that name nobody: {}", refused.text);
    patch(json!({"fields": {"0": "customer", "1": "name"}})).ok();
    step(&owner, id, "commit");
    let next = brought(&owner, "next month.csv", &customers());
    assert_eq!(next["columns"][3]["field"], "attribute:規模", "as the last time");
}

#[test]
fn the_first_rows_stand_beside_what_they_become_and_change_with_the_columns() {
    let house = House::open();
    let owner = house.owner();
    let file = "顧客番号,会社名,電話番号,契約日,売上(千円)\n\
        C-1,㈱青空,０３-1111-2222,令和8年4月1日,１２\n\
        C-2,潮見,03-3333-4444,13月の日,5\n";
    let import = brought(&owner, "a.csv", file.as_bytes());
    let cell = |import: &Value, row: usize, column: usize| {
        import["becoming"][row]["cells"][column].clone()
    };
    assert_eq!(import["becoming"][0]["row"], 2, "{import}");
    for (column, value) in [(0, "C-1"), (2, "03-1111-2222"), (3, "2026-04-01")] {
        assert_eq!(cell(&import, 0, column)["value"], value, "{import}");
    }
    assert_eq!(cell(&import, 0, 3)["written"], "令和8年4月1日");
    assert_eq!(cell(&import, 1, 3)["value"], Value::Null);
    assert!(cell(&import, 1, 3)["wrong"].is_string(), "{import}");
    let body = json!({"fields": {"2": null, "4": "attribute:売上"}});
    let changed = owner.write("PATCH", &format!("/imports/{}", import["id"]), body).ok();
    assert_eq!(
        cell(&changed, 0, 2),
        json!({"written": "０３-1111-2222", "value": null, "wrong": null})
    );
    assert_eq!(cell(&changed, 0, 4)["value"], "12000", "the header says thousands");
}

#[test]
fn the_year_of_dates_without_one_is_remembered_for_files_with_the_same_columns() {
    let house = House::open();
    let owner = house.owner();
    let file = "顧客番号,購入日,商品,金額\nC-1,4/1,茶,100\n";
    let import = brought(&owner, "april.csv", file.as_bytes());
    assert!(import["becoming"][0]["cells"][1]["wrong"].is_string(), "{import}");
    let now = owner.get("/health").ok()["as_of"].as_str().unwrap().to_owned();
    let last: i16 = now[..4].parse::<i16>().unwrap() - 1;
    let path = format!("/imports/{}", import["id"]);
    let chosen = owner.write("PATCH", &path, json!({ "base_year": last })).ok();
    assert_eq!(chosen["becoming"][0]["cells"][1]["value"], format!("{last}-04-01"), "{chosen}");
    step(&owner, &import["id"], "commit");
    let next = brought(&owner, "may.csv", file.replace("4/1", "5/1").as_bytes());
    assert_eq!(next["format"]["base_year"], last, "as the last time");
    assert_eq!(next["becoming"][0]["cells"][1]["value"], format!("{last}-05-01"), "{next}");
}

#[test]
fn what_is_no_table_is_said_to_be_none() {
    let house = House::open();
    let owner = house.owner();
    let import = brought(&owner, "broken.xlsx", b"PK\x03\x04 this is no workbook");
    assert_eq!(import["state"], "failed");
    assert_ne!(import["error"], "");
    assert_eq!(owner.post(&format!("/imports/{}/check", import["id"]), json!({})).status, 409);
    let kind = [("Content-Type", "multipart/form-data; boundary=XX")];
    assert_eq!(owner.send("POST", "/imports", &kind, b"--XX--\r\n".to_vec()).status, 422);
    assert_eq!(owner.send("POST", "/imports", &kind, b"nonsense".to_vec()).status, 400);
    assert_eq!(owner.post("/imports", json!({})).status, 400);
}

#[test]
fn an_import_survives_a_restart_and_can_be_cancelled() {
    let house = House::open();
    let owner = house.owner();
    let one = brought(&owner, "a.csv", &customers());
    let two = brought(&owner, "../../etc/passwd", &logins());
    assert_eq!(two["file"], "passwd");
    step(&owner, &one["id"], "check");
    let cookie = owner.cookie.clone();
    let house = house.restart();
    let mut owner = house.anyone();
    owner.cookie = cookie;
    let list = owner.get("/imports").ok();
    assert_eq!(list["imports"].as_array().unwrap().len(), 2);
    assert_eq!(list["imports"][1]["state"], "checked");
    let cancelled = owner.post(&format!("/imports/{}/cancel", two["id"]), json!({})).ok();
    assert_eq!(cancelled["state"], "cancelled");
    let done = step(&owner, &one["id"], "commit");
    assert_eq!(done["state"], "committed");
    let left: Vec<_> = std::fs::read_dir(house.path().join("uploads"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".problems"))
        .collect();
    assert!(left.is_empty(), "uploads that are of no use stay: {left:?}");
}

#[test]
fn the_stream_tells_of_imports() {
    let house = House::open();
    let owner = house.owner();
    let import = brought(&owner, "a.csv", &customers());
    let mut stream = owner.listen();
    owner.post(&format!("/imports/{}/commit", import["id"]), json!({})).ok();
    let news = stream.next_that("import", |news| news["state"] == "committed");
    assert_eq!(news["id"], import["id"]);
}

#[test]
fn a_killed_server_finds_out_what_became_of_its_imports() {
    let mut house = House::open();
    let owner = house.owner();
    let taken_in = brought(&owner, "a.csv", &customers());
    step(&owner, &taken_in["id"], "commit");
    let lost = brought(&owner, "b.csv", &logins());
    house.end().unwrap();
    // As a kill between the store's commit and the registry's note, and one in the middle of a check, leave them.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let path = house.path().join(registry::FILE_NAME);
        let registry = registry::Registry::open(&path).await.unwrap();
        for (id, now) in [
            (&taken_in["id"], registry::ImportState::Committing),
            (&lost["id"], registry::ImportState::Checking),
        ] {
            let mut row = registry.import(id.as_i64().unwrap()).await.unwrap().unwrap();
            let was = row.state;
            (row.state, row.batch, row.committed_at) = (now, None, None);
            registry.update_import(&row, was).await.unwrap();
        }
        registry.close().await.unwrap();
    });
    let house = house.restart();
    let mut back = house.anyone();
    back.cookie = owner.cookie.clone();
    let found = back.get(&format!("/imports/{}", taken_in["id"])).ok();
    assert_eq!(found["state"], "committed");
    let failed = back.get(&format!("/imports/{}", lost["id"])).ok();
    assert_eq!(failed["state"], "failed");
    assert!(failed["error"].as_str().unwrap().contains("import the file again"));
    let undone = back.post(&format!("/imports/{}/undo", taken_in["id"]), json!({})).ok();
    assert_eq!(undone["state"], "undone");
    assert_eq!(back.get("/customers").ok()["total"], 0);
}

/// Cells are put right in the wizard and rows left out; the import says for ever what was changed.
#[test]
fn wrong_cells_are_put_right_before_they_go_in_and_the_import_says_so() {
    let house = House::open();
    let owner = house.owner();
    let file = "顧客番号,購入日,商品,金額\nC-1,2026/10/01,茶,1200\nC-2,あした,菓子,800\nC-3,2026/10/03,茶,千二百円?\nC-4,2026/13/45,茶,500\n";
    let told = owner.upload("購入.csv", file.as_bytes()).json["imports"][0].clone();
    let path = format!("/imports/{}", told["id"]);
    let checked = |path: &str| {
        owner.post(&format!("{path}/check"), json!({})).ok();
        owner.get_until(path, |told| told["state"] == "checked")
    };
    let first = checked(&path);
    assert_eq!((&first["counts"]["rows"], &first["problems_total"]), (&json!(4), &json!(3)));
    let column_of = |row: u64| {
        let problems = first["problems"].as_array().unwrap();
        problems.iter().find(|one| one["row"] == row).unwrap()["column"].clone()
    };
    let mend =
        |row: u64, value: Value| json!({"row": row, "column": column_of(row), "value": value});
    let patch = |body: Value| owner.write("PATCH", &path, body);
    assert_eq!(
        patch(json!({"mend": [{"row": 2, "column": "商品", "value": "x"}]})).status,
        422,
        "nothing is wrong there"
    );
    assert_eq!(patch(json!({"mend": [mend(3, json!("x".repeat(3_000)))]})).status, 422);
    patch(json!({"mend": [mend(3, json!("2026/10/02")), mend(4, json!("まだ違う"))], "leave_out": [{"row": 5, "out": true}]})).ok();
    let again = checked(&path);
    assert_eq!(
        (&again["counts"]["rows"], &again["problems_total"]),
        (&json!(3), &json!(1)),
        "{again}"
    );
    assert_eq!(again["problems"][0]["value"], "まだ違う");
    assert_eq!(again["left_out"], json!([5]));
    patch(json!({"mend": [mend(4, json!("1200"))]})).ok();
    // Taken back, and put right once more.
    patch(json!({"mend": [mend(3, Value::Null)]})).ok();
    assert_eq!(checked(&path)["problems_total"], 1);
    patch(json!({"mend": [mend(3, json!("2026/10/02"))]})).ok();
    assert_eq!(checked(&path)["problems_total"], 0);
    owner.post(&format!("{path}/commit"), json!({})).ok();
    let done = owner.get_until(&path, |told| told["state"] == "committed");
    assert_eq!(
        done["mended"],
        json!([
            {"row": 3, "column": column_of(3), "was": "あした", "value": "2026/10/02"},
            {"row": 4, "column": column_of(4), "was": "千二百円?", "value": "1200"},
        ])
    );
    assert_eq!(owner.get("/customers?limit=1").ok()["total"], 3);
    let timeline = owner.get("/customers/C-2/timeline").ok();
    assert!(timeline["rows"][0]["at"].as_str().unwrap().starts_with("2026-10-0"), "{timeline}");
    assert_eq!(owner.get("/customers/C-4").status, 404, "its row was left out");
    // Who is erased leaves nothing in it.
    owner.delete("/customers/C-2").ok();
    assert_eq!(owner.get(&path).ok()["mended"], json!([]));
}
