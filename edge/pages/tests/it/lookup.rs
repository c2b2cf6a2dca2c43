//! Requests find files, the app's own paths find its first page, and missing files find nothing.

use kizashi_pages as pages;

#[test]
fn the_first_page_is_html_and_not_kept_for_ever() {
    let page = pages::find("/").unwrap();
    assert_eq!(page, pages::index());
    assert_eq!(page.content_type, "text/html; charset=utf-8");
    assert!(!page.immutable);
    assert!(
        page.bytes.starts_with(b"<!doctype html>") || page.bytes.starts_with(b"<!DOCTYPE html>")
    );
}

#[test]
fn paths_of_the_app_begin_with_its_first_page() {
    for path in [
        "/segments",
        "/segments/loyal",
        "/customers/taro@example.jp",
        "/customers/v1.2/why",
        "/setup",
    ] {
        assert_eq!(pages::find(path), Some(pages::index()), "{path}");
    }
}

#[test]
fn a_missing_file_is_missing() {
    for path in [
        "/assets/index-00000000.js",
        "/assets/",
        "/robots-not-here.txt",
        "/index.html.br",
        "/stamp.txt",
    ] {
        assert_eq!(pages::find(path), None, "{path}");
    }
}

#[test]
fn every_file_is_found_by_its_path_and_smaller_when_compressed() {
    let paths: Vec<_> = pages::paths().collect();
    assert!(paths.contains(&"index.html"));
    assert!(paths.is_sorted());
    for path in paths {
        let page = pages::find(path).unwrap();
        assert!(page.etag.starts_with("W/\"") && page.etag.ends_with('"'), "{path}: {}", page.etag);
        assert_eq!(page.immutable, path.starts_with("assets/"), "{path}");
        for form in [page.br, page.gz].into_iter().flatten() {
            assert!(form.len() < page.bytes.len(), "{path} grows when compressed");
        }
    }
}

#[test]
fn the_placeholder_says_in_both_languages_what_to_run() {
    let text = include_str!("../../src/placeholder.html");
    for part in ["画面がまだ組み込まれていません", "The web app is not in this build yet"]
    {
        assert!(text.contains(part), "{part}");
    }
    assert_eq!(text.matches("npm --prefix web run build").count(), 2);
    assert_eq!(pages::built(), pages::index().bytes != text.as_bytes());
}
