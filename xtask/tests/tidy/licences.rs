//! Every crate and every npm package is under a licence we accept.

use kizashi_xtask::licences::{Licensed, of_crates, of_npm_packages};
use kizashi_xtask::{repository, workspace};

use crate::assert_tidy;

#[test]
fn everything_we_build_from_may_be_handed_on() {
    let crates = of_crates(&workspace::metadata().unwrap()).unwrap();
    let packages = of_npm_packages(&repository::read("web/package-lock.json").unwrap()).unwrap();
    assert!(
        crates.len() > 100 && packages.len() > 50,
        "{} crates, {} packages",
        crates.len(),
        packages.len()
    );
    let refused: Vec<String> =
        crates.iter().chain(&packages).filter_map(Licensed::refusal).collect();
    assert_tidy(&refused);
}
