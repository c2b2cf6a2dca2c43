//! Which byte stands between the cells, and which row holds the headers.

use std::{collections::BTreeMap, ops::ControlFlow};

use super::records::{Once, Splitter};
use crate::cells::looks;

/// The delimiters we know, in the order in which ties are decided.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// Rows that are looked at.
const ROWS: usize = 100;

/// The delimiter by which most rows have the same number of cells. Not the one that occurs most often: commas occur
/// in numbers.
pub(crate) fn delimiter(head: &str, cut: bool) -> u8 {
    let mut best = (b',', 0.0);
    for candidate in DELIMITERS {
        let score = consistency(head, cut, candidate);
        if best.1 + 1e-9 < score {
            best = (candidate, score);
        }
    }
    best.0
}

/// The share of rows with the commonest number of cells (two at least), a little more for more cells.
fn consistency(head: &str, cut: bool, delimiter: u8) -> f64 {
    let mut widths = Vec::new();
    let mut broken = 0;
    let _ = Splitter::new(Once(Some(head)), delimiter).each(&mut |row| {
        match row {
            Ok(row) => widths.push(row.cells.len()),
            Err(_) => broken += 1,
        }
        if widths.len() + broken <= ROWS {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    if cut && widths.len() <= ROWS {
        widths.pop();
    }
    let n = widths.len() + broken;
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for width in widths.into_iter().filter(|width| 2 <= *width) {
        *counts.entry(width).or_default() += 1;
    }
    let Some((width, count)) = counts.into_iter().max_by_key(|(width, count)| (*count, *width))
    else {
        return 0.0;
    };
    count as f64 / n as f64 + (width.min(200) as f64) / 10_000.0
}

/// The place of the header in the first rows: the first row that is as full as the rows below and holds words, not
/// values. `None` when the rows begin with values at once.
pub(crate) fn header(rows: &[Vec<String>]) -> Option<usize> {
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let mut fullness: Vec<usize> = rows.iter().map(filled).collect();
    fullness.sort_unstable();
    let usual = fullness.get(fullness.len() * 3 / 4).copied().unwrap_or(0);
    let enough = |n: usize| 0 < n && usual <= 2 * n && (2 <= n || usual <= 1);
    let first = rows.iter().take(30).position(|row| enough(filled(row)))?;
    // Below a title there may be a full row of values when the file has no header; look at the likeliest only.
    let candidates = rows.iter().enumerate().skip(first).take(5);
    let best = candidates
        .filter(|(_, row)| enough(filled(row)) && !holds_values(row))
        .max_by_key(|(place, row)| (known_words(row).min(3), std::cmp::Reverse(*place)));
    best.map(|(place, _)| place).filter(|place| {
        // Below a full row of values there is no header any more.
        let full = filled(&rows[*place]);
        rows[first..*place].iter().all(|row| !holds_values(row) || filled(row) < full)
    })
}

fn holds_values(row: &[String]) -> bool {
    row.iter().any(|cell| {
        let cell = cell.trim();
        !cell.is_empty() && (looks::email(cell) || looks::number(cell) || looks::date(cell))
    })
}

fn known_words(row: &[String]) -> usize {
    row.iter().filter(|cell| crate::guess::is_known_header(cell)).count()
}
