//! A folder that is watched: whole files go in once, as their like did before; new ones wait for somebody.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::house::{Client, House};

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return vec![] };
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains('.'))
        .collect();
    names.sort();
    names
}

fn state_of(watch: &Value, file: &str) -> Value {
    let files = watch["files"].as_array().unwrap();
    files.iter().find(|one| one["file"] == file).map_or(Value::Null, |one| one["state"].clone())
}

fn customers(owner: &Client) -> Value {
    owner.get("/customers?limit=1").ok()["total"].clone()
}

#[test]
fn files_with_known_columns_go_in_once_and_new_ones_wait_for_somebody() {
    let house = House::open();
    let owner = house.owner();
    let (manager, rep) = (
        house.join(&owner, "管理", "manager", None),
        house.join(&owner, "佐藤", "rep", Some("佐藤")),
    );
    let folder = tempfile::tempdir().unwrap();
    let watched = json!({ "folder": folder.path() });
    assert_eq!(rep.get("/watch-folder").status, 403);
    assert_eq!(manager.write("PUT", "/watch-folder", watched.clone()).status, 403);
    for wrong in [json!("relative"), json!("/no/such/folder"), json!(house.path()), json!("/")] {
        let reply = owner.write("PUT", "/watch-folder", json!({ "folder": wrong }));
        assert_eq!(reply.status, 422, "{wrong}");
    }
    owner.write("PUT", "/watch-folder", watched).ok();
    fs::write(
        folder.path().join("first.csv"),
        "顧客番号,会社名,電話番号\nC-1,青空商事,03-1111-2222\n",
    )
    .unwrap();
    fs::write(folder.path().join("coming.csv.part"), "顧客番号,会社名\nC-9,途中").unwrap();
    owner.get_until("/watch-folder", |watch| state_of(watch, "first.csv") == "waiting");
    assert_eq!(customers(&owner), 0, "nobody has said what the columns are");
    let imports = owner.get("/imports").ok();
    let import = &imports["imports"][0];
    assert_eq!((&import["by"], &import["state"]), (&json!("watched folder"), &json!("read")));
    owner.post(&format!("/imports/{}/commit", import["id"]), json!({})).ok();
    owner.get_until("/watch-folder", |watch| state_of(watch, "first.csv").is_null());
    assert_eq!(names(&folder.path().join("done")), ["first.csv"]);
    assert_eq!(customers(&owner), 1);
    // The next one with these columns needs nobody; of a wrong row the place and the reason are told.
    fs::write(
        folder.path().join("second.csv"),
        "顧客番号,会社名,電話番号\nC-2,潮見製作所,03-3333-4444\n,番号のない会社,03-5555-6666\n",
    )
    .unwrap();
    let imports = owner.get_until("/imports", |all| {
        all["imports"][0]["state"] == "committed" && all["imports"][0]["file"] == "second.csv"
    });
    assert_eq!(imports["imports"][0]["problems"][0]["row"], 3);
    owner.get_until("/watch-folder", |watch| state_of(watch, "second.csv").is_null());
    assert_eq!(customers(&owner), 2);
    // The very same file once more is not imported again; what cannot be read is put aside.
    fs::copy(folder.path().join("done/second.csv"), folder.path().join("again.csv")).unwrap();
    fs::write(folder.path().join("broken.xlsx"), "PK\u{3}\u{4} no workbook").unwrap();
    let begun = std::time::Instant::now();
    while names(folder.path()).len() != 1 {
        assert!(begun.elapsed().as_secs() < 60, "{}", owner.get("/watch-folder").ok());
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(names(&folder.path().join("done")), ["again.csv", "first.csv", "second.csv"]);
    assert_eq!(names(&folder.path().join("failed")), ["broken.xlsx"]);
    let imports = owner.get("/imports").ok();
    let files: Vec<&Value> =
        imports["imports"].as_array().unwrap().iter().map(|one| &one["file"]).collect();
    assert_eq!(files, ["broken.xlsx", "second.csv", "first.csv"]);
    assert!(!imports["imports"][0]["error"].is_null());
    assert_eq!(names(folder.path()), ["coming.csv.part"], "what is still being written stays");
}

#[test]
fn a_file_that_still_grows_is_left_until_it_stands_still() {
    let house = House::open();
    let owner = house.owner();
    owner.upload("like.csv", "顧客番号,会社名\nC-0,手本\n".as_bytes());
    let id = owner.get("/imports").ok()["imports"][0]["id"].clone();
    owner.post(&format!("/imports/{id}/commit"), json!({})).ok();
    let folder = tempfile::tempdir().unwrap();
    owner.write("PUT", "/watch-folder", json!({ "folder": folder.path() })).ok();
    let path = folder.path().join("slow.csv");
    let mut text = "顧客番号,会社名\n".to_owned();
    fs::write(&path, &text).unwrap();
    for n in 1..=6 {
        std::thread::sleep(std::time::Duration::from_millis(900));
        assert_eq!(names(folder.path()), ["slow.csv"], "after {n} pieces");
        text.push_str(&format!("C-{n},会社{n}\n"));
        fs::write(&path, &text).unwrap();
    }
    owner.get_until("/watch-folder", |watch| {
        !watch["looked_at"].is_null() && state_of(watch, "slow.csv").is_null()
    });
    assert_eq!(customers(&owner), 7, "all of it, at once");
    let imports = owner.get("/imports").ok();
    assert_eq!(imports["imports"].as_array().unwrap().len(), 2, "{imports}");
}
