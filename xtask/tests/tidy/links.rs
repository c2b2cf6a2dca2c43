//! Links between our documents lead somewhere.

use std::path::Path;

use kizashi_xtask::repository;

use crate::assert_tidy;

#[test]
fn links_in_documents_lead_to_files() {
    let files = repository::files().unwrap();
    let mut faults = Vec::new();
    for path in files.iter().filter(|path| path.ends_with(".md")) {
        faults.extend(broken(path, &repository::read(path).unwrap(), |target| {
            repository::root().join(target).exists()
        }));
    }
    assert_tidy(&faults);
}

fn broken(path: &str, text: &str, exists: impl Fn(&Path) -> bool) -> Vec<String> {
    let folder = Path::new(path).parent().unwrap_or(Path::new(""));
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#', ' ']).next())
        .filter(|target| {
            !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:")
        })
        .filter(|target| !exists(&folder.join(target)))
        .map(|target| format!("{path}: nothing is at `{target}`"))
        .collect()
}

#[test]
fn a_link_to_nothing_is_named() {
    let text =
        "[a](there.md#part) [b](gone.md) [c](https://example.jp) ![d](../there.md) [e](#here)";
    let exists = |target: &Path| target.ends_with("there.md");
    assert_eq!(broken("docs/page.md", text, exists), ["docs/page.md: nothing is at `gone.md`"]);
}
