//! The build takes the app it is told to take, and says so when it cannot.

use std::fs;
use std::path::Path;

use crate::app::{App, Mode, Wish, find, stamp_of};
use crate::embed;

fn wish(mode: Mode) -> Wish {
    Wish { dist: None, mode, release: false }
}

/// A `web` folder with one source file and, on demand, a finished app made from it.
fn web(finished: bool) -> tempfile::TempDir {
    let web = tempfile::tempdir().unwrap();
    fs::create_dir_all(web.path().join("src")).unwrap();
    fs::write(web.path().join("src/main.tsx"), "render()").unwrap();
    if finished {
        fs::create_dir_all(web.path().join("dist/assets")).unwrap();
        fs::write(web.path().join("dist/index.html"), "<!doctype html>").unwrap();
        fs::write(web.path().join("dist/stamp.txt"), stamp_of(web.path()).unwrap() + "\n").unwrap();
    }
    web
}

fn found(wish: &Wish, web: &Path) -> App {
    find(wish, web).unwrap()
}

#[test]
fn a_finished_app_is_taken_and_an_old_one_is_named() {
    let web = web(true);
    let app = found(&wish(Mode::Auto), web.path());
    assert_eq!(app.dist, Some(web.path().join("dist")));
    assert!(app.warnings.is_empty(), "{:?}", app.warnings);

    fs::write(web.path().join("src/main.tsx"), "render(again)").unwrap();
    let app = found(&wish(Mode::Auto), web.path());
    assert!(app.dist.is_some());
    assert!(app.warnings[0].contains("older than its sources"), "{:?}", app.warnings);
}

#[test]
fn without_one_a_debug_build_goes_on_with_a_warning() {
    let web = web(false);
    let app = found(&wish(Mode::Auto), web.path());
    assert_eq!(app.dist, None);
    assert!(app.warnings[0].contains("make web"), "{:?}", app.warnings);
    assert!(app.watched.contains(&web.path().join("dist")), "an app built later must be noticed");
}

#[test]
fn skip_never_looks_and_require_never_gives_in() {
    let finished = web(true);
    assert!(found(&wish(Mode::Skip), finished.path()).dist.is_none());
    // The folder holds no package.json, so npm fails wherever there is one.
    let unfinished = web(false);
    let why = find(&wish(Mode::Require), unfinished.path()).unwrap_err();
    assert!(why.contains("npm"), "{why}");
}

#[test]
fn a_release_build_whose_npm_fails_says_so_and_goes_on() {
    let web = web(false);
    let app = found(&Wish { dist: None, mode: Mode::Auto, release: true }, web.path());
    assert_eq!(app.dist, None);
    assert!(app.warnings[0].contains("npm"), "{:?}", app.warnings);
}

#[test]
fn a_named_folder_is_taken_or_refused_by_name() {
    let finished = web(true);
    let elsewhere = finished.path().join("dist");
    let named = Wish { dist: Some(elsewhere.clone()), mode: Mode::Skip, release: false };
    assert_eq!(found(&named, Path::new("nowhere")).dist, Some(elsewhere));

    let empty = tempfile::tempdir().unwrap();
    let named = Wish { dist: Some(empty.path().to_owned()), mode: Mode::Auto, release: false };
    assert!(find(&named, Path::new("nowhere")).unwrap_err().contains("no index.html"));
    assert!(Mode::named(Some("always")).unwrap_err().contains("`always`"));
}

#[test]
fn the_table_holds_the_app_with_its_compressed_forms_and_nothing_else() {
    let finished = web(true);
    let dist = finished.path().join("dist");
    for (path, text) in [
        ("assets/index-1.js", "let long = 'text';"),
        ("assets/index-1.js.br", "short"),
        ("assets/index-1.js.map", "{}"),
        (".vite/manifest.json", "{}"),
    ] {
        fs::create_dir_all(dist.join(path).parent().unwrap()).unwrap();
        fs::write(dist.join(path), text).unwrap();
    }
    let out = tempfile::tempdir().unwrap();
    embed::write(Some(&dist), Path::new("unused"), out.path()).unwrap();
    let table = fs::read_to_string(out.path().join("files.rs")).unwrap();
    assert_eq!(table.matches("path: ").count(), 2, "{table}");
    assert!(table.contains("BUILT: bool = true"), "{table}");
    assert!(table.contains("br: Some(") && table.contains("gz: None"), "{table}");
    assert!(table.contains("immutable: true") && table.contains("immutable: false"), "{table}");
}
