//! The report of a cleaning, for people and for machines.

use intake::{CleanedColumn, Problem, Report, Said};
use serde_json::{Map, Value as Json, json};

use crate::{
    clean::{Unwritable, tag},
    screen::Screen,
};

/// Problems that are printed for people.
const PRINTED: usize = 20;

/// The report as JSON.
pub(crate) fn as_json(report: &Report, lost: &Unwritable, screen: &Screen) -> Json {
    let say = |said: &Said| said.in_language(tag(screen)).to_owned();
    let columns: Vec<Json> = report
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| of_column(index, column, &say))
        .collect();
    let problems: Vec<Json> =
        report.problems.iter().map(|problem| of_problem(problem, &say)).collect();
    let unwritable: Vec<Json> = lost
        .first
        .iter()
        .map(|lost| json!({ "row": lost.row, "column": lost.column, "character": lost.character }))
        .collect();
    json!({
        "file": report.file,
        "encoding": report.encoding.map(|encoding| encoding.id()),
        "delimiter": report.delimiter.map(|byte| char::from(byte).to_string()),
        "sheet": report.sheet,
        "sheets": report.sheets.iter().map(|sheet| json!({ "name": sheet.name, "hidden": sheet.hidden })).collect::<Vec<_>>(),
        "header_row": report.header_row,
        "hidden_rows": report.hidden_rows,
        "rows": report.rows,
        "written": report.written,
        "left_out": report.rows - report.written,
        "columns": columns,
        "problems": problems,
        "problems_total": report.problems_total,
        "unwritable": unwritable,
        "unwritable_total": lost.total,
    })
}

fn of_column(index: usize, column: &CleanedColumn, say: &dyn Fn(&Said) -> String) -> Json {
    let notes: Vec<Json> = column
        .notes
        .iter()
        .map(|(said, rows, first)| json!({ "said": say(said), "rows": rows, "first_row": first }))
        .collect();
    let examples: Vec<Json> = column
        .examples
        .iter()
        .map(|example| {
            let parts: Map<String, Json> =
                example.parts.iter().map(|(part, text)| (part.id().to_owned(), json!(text))).collect();
            json!({ "row": example.row, "raw": example.raw, "value": example.value, "parts": parts })
        })
        .collect();
    json!({
        "index": index,
        "header": column.header,
        "holds": column.holds.id(),
        "filled": column.filled,
        "changed": column.changed,
        "unreadable": column.unreadable,
        "notes": notes,
        "examples": examples,
    })
}

fn of_problem(problem: &Problem, say: &dyn Fn(&Said) -> String) -> Json {
    json!({
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "reason": say(&problem.reason),
        "fix": problem.fix.as_ref().map(say),
    })
}

/// The report in lines.
pub(crate) fn lines(report: &Report, lost: &Unwritable, screen: &Screen) -> Vec<String> {
    let language = tag(screen);
    let mut lines = vec![head(report, screen)];
    for column in &report.columns {
        lines.push(format!(
            "  {} ({}): {}",
            column.header,
            column.holds.label().in_language(language),
            done(column, screen)
        ));
        for (said, rows, first) in &column.notes {
            let said = said.in_language(language);
            lines.push(match (rows, language) {
                (0, _) => format!("    - {said}"),
                (_, "ja") => format!("    - {said} ({rows} 件、最初は {first} 行目)"),
                _ => format!("    - {said} ({rows} rows, the first is {first})"),
            });
        }
        for example in column.examples.iter().filter(|one| one.raw != one.value).take(3) {
            lines.push(format!("      {} → {}", shown(&example.raw), shown(&example.value)));
        }
    }
    for problem in report.problems.iter().take(PRINTED) {
        let place = match &problem.sheet {
            Some(sheet) => format!("{sheet}!{}", problem.row),
            None => problem.row.to_string(),
        };
        lines.push(format!(
            "  {}:{place} {} `{}`: {}",
            problem.file,
            problem.column.as_deref().unwrap_or(""),
            shown(&problem.value),
            problem.reason.in_language(language)
        ));
    }
    let more = report.problems_total.saturating_sub(PRINTED as u64);
    if 0 < more {
        lines.push(match language {
            "ja" => format!("  ほかに {more} 件（--report json ですべて見られます）"),
            _ => format!("  and {more} more (`--report json` lists them)"),
        });
    }
    if 0 < lost.total {
        let some: String = lost.first.iter().map(|lost| lost.character).take(20).collect();
        lines.push(match language {
            "ja" => format!(
                "  この文字コードで書けない文字が {} 個あり「〓」にしました: {some}",
                lost.total
            ),
            _ => format!(
                "  {} characters cannot be written in this encoding and became 〓: {some}",
                lost.total
            ),
        });
    }
    lines
}

fn head(report: &Report, screen: &Screen) -> String {
    let how = [report.encoding.map(|encoding| encoding.id().to_owned()), report.sheet.clone()];
    let how = how.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let left = report.rows - report.written;
    match tag(screen) {
        "ja" => format!(
            "{} ({how}): {} 行を読み、{} 行を書き出し、{left} 行を除外。隠し行 {}",
            report.file, report.rows, report.written, report.hidden_rows
        ),
        _ => format!(
            "{} ({how}): {} rows read, {} written, {left} left out, {} hidden",
            report.file, report.rows, report.written, report.hidden_rows
        ),
    }
}

fn done(column: &CleanedColumn, screen: &Screen) -> String {
    let (filled, changed, wrong) = (column.filled, column.changed, column.unreadable);
    match tag(screen) {
        "ja" => format!("{filled} 件中 {changed} 件を整え、{wrong} 件は読めません"),
        _ => format!("{changed} of {filled} put into form, {wrong} cannot be read"),
    }
}

/// A value on one line.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect()
}
