//! The sample's vocabulary: every name of a person, company, product or rival here is invented or combined by chance.

pub(crate) mod companies;
pub(crate) mod kana;
pub(crate) mod people;
pub(crate) mod places;
pub(crate) mod products;
pub(crate) mod reports;
pub(crate) mod reports_bad;
pub(crate) mod talk;
pub(crate) mod web;

/// The entries of a text block `kanji/kana kanji/kana …`.
pub(crate) fn pairs(block: &'static str) -> Vec<(&'static str, &'static str)> {
    block.split_whitespace().filter_map(|entry| entry.split_once('/')).collect()
}

/// The lines of a text block that are not empty.
pub(crate) fn lines(block: &'static str) -> Vec<&'static str> {
    block.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}
