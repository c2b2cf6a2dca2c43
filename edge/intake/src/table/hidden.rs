//! Which rows of a workbook's sheets are hidden, by hand or by a filter: read from the tags while they are checked.

use std::collections::BTreeMap;

/// The hidden rows of one sheet, as a spreadsheet numbers rows, in ranges with both ends.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct HiddenRows(Vec<(u32, u32)>);

impl HiddenRows {
    /// Notes a row's tag.
    pub(super) fn see(&mut self, tag: &str, row: u32) {
        let hidden = attribute(tag, "hidden").is_some_and(|value| value == "1" || value == "true");
        if !hidden {
            return;
        }
        match self.0.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => self.0.push((row, row)),
        }
    }

    /// Whether a row is hidden.
    pub(crate) fn holds(&self, row: u64) -> bool {
        let Ok(row) = u32::try_from(row) else { return false };
        let at = self.0.partition_point(|(_, last)| *last < row);
        self.0.get(at).is_some_and(|(first, _)| *first <= row)
    }
}

/// The names of a workbook's sheets with the part that holds each, by the two parts that tell.
pub(super) fn parts_of(workbook: &str, relations: &str) -> BTreeMap<String, String> {
    let targets: BTreeMap<String, String> = tags(relations, "Relationship")
        .filter_map(|tag| Some((attribute(tag, "Id")?, attribute(tag, "Target")?)))
        .collect();
    tags(workbook, "sheet")
        .filter_map(|tag| {
            let target = targets.get(&attribute(tag, "r:id").or_else(|| attribute(tag, "id"))?)?;
            let target = target.trim_start_matches('/').trim_start_matches("xl/");
            Some((attribute(tag, "name")?, format!("xl/{target}").to_ascii_lowercase()))
        })
        .collect()
}

/// The inner texts of all tags of a name, whatever its prefix.
fn tags<'a>(xml: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    xml.split('<').filter_map(move |piece| {
        let end = piece.find('>')?;
        let inner = &piece[..end];
        let word = inner.split([' ', '\t', '\r', '\n', '/']).next()?;
        (word.rsplit(':').next()? == name).then_some(inner)
    })
}

/// The value of an attribute in the inner text of a tag.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest[..at].chars().next_back();
        let after = rest[at + name.len()..].trim_start();
        if before.is_some_and(char::is_whitespace)
            && let Some(value) = after.strip_prefix('=').map(str::trim_start)
            && let Some(mark @ ('"' | '\'')) = value.chars().next()
        {
            let value = &value[1..];
            return Some(unescaped(&value[..value.find(mark)?]));
        }
        rest = &rest[at + name.len()..];
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}
