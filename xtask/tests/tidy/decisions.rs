//! Each decision is one page with the same four parts, under a number of its own.

use kizashi_xtask::repository;

use crate::assert_tidy;

const PARTS: [&str; 4] = ["## Question", "## Answer", "## Why", "## What it costs"];

#[test]
fn every_decision_says_what_why_and_at_what_cost() {
    let pages: Vec<(String, String)> = repository::files()
        .unwrap()
        .into_iter()
        .filter_map(|path| {
            let page = path.strip_prefix("docs/decisions/")?.to_owned();
            (page != "README.md").then(|| (page, repository::read(&path).unwrap()))
        })
        .collect();
    assert!(pages.len() >= 6, "the decisions are gone");
    assert_tidy(&faults(&pages));
}

fn faults(pages: &[(String, String)]) -> Vec<String> {
    let mut faults = Vec::new();
    for (place, (page, text)) in pages.iter().enumerate() {
        let number = format!("{:04}-", place + 1);
        if !page.starts_with(&number) {
            faults.push(format!("docs/decisions/{page}: the name should begin with {number}"));
        }
        let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("## ")).collect();
        if headings != PARTS {
            faults.push(format!("docs/decisions/{page}: has {headings:?}, should have {PARTS:?}"));
        }
    }
    faults
}

#[test]
fn a_missing_part_and_a_missing_number_are_named() {
    let whole = PARTS.join("\n\nWords.\n\n");
    let page = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    assert!(faults(&[page("0001-a.md", &whole), page("0002-b.md", &whole)]).is_empty());
    let found =
        faults(&[page("0001-a.md", &whole.replace("## Why", "Why")), page("0003-b.md", &whole)]);
    assert_eq!(found.len(), 2, "{found:?}");
}
