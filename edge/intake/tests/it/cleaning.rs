//! What the tests of cleaning need: a file in, the copy and the report out.

use std::sync::atomic::AtomicBool;

use facts::Calendar;
use kizashi_intake::{Choices, Cleaning, Part, Report, Source, Unreadable, clean};

/// A copy and what was said of it.
pub(crate) struct Copy {
    pub(crate) headers: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) report: Report,
}

pub(crate) fn copied(source: &Source) -> Copy {
    copied_with(source, &Choices::default(), None).unwrap()
}

pub(crate) fn copied_with(
    source: &Source,
    choices: &Choices,
    base_year: Option<i16>,
) -> Result<Copy, Unreadable> {
    let (calendar, cancel) = (Calendar::japan(), AtomicBool::new(false));
    let job =
        Cleaning { source, choices, calendar: &calendar, order: None, base_year, cancel: &cancel };
    let cleaned = clean(&job)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut take = |row: &[String]| {
        rows.push(row.to_vec());
        Ok(())
    };
    cleaned.write("en", &mut take)?;
    let headers = rows.remove(0);
    assert!(
        rows.iter().all(|row| row.len() == headers.len()),
        "every row is as wide as the header"
    );
    assert_eq!(rows.len() as u64, cleaned.report().written);
    Ok(Copy { headers, rows, report: cleaned.report().clone() })
}

/// A table of one column after a column of row numbers, cleaned.
pub(crate) fn column(header: &str, cells: &[&str]) -> Copy {
    let mut csv = format!("no,{header}\n");
    for (place, cell) in cells.iter().enumerate() {
        csv.push_str(&format!("{place},\"{}\"\n", cell.replace('"', "\"\"")));
    }
    copied(&Source::bytes("cells.csv", csv.into_bytes()))
}

impl Copy {
    /// The values of a column of the copy.
    pub(crate) fn of(&self, header: &str) -> Vec<&str> {
        let place = self.headers.iter().position(|known| known == header);
        let place = place.unwrap_or_else(|| panic!("no column `{header}` in {:?}", self.headers));
        self.rows.iter().map(|row| row[place].as_str()).collect()
    }

    /// The values of a part of a column; empty where the copy has no such column.
    pub(crate) fn part(&self, header: &str, part: Part) -> Vec<&str> {
        let name = format!("{header} [{}]", part.label().en);
        if self.headers.contains(&name) { self.of(&name) } else { vec![""; self.rows.len()] }
    }

    /// The notes of a column in English.
    pub(crate) fn notes(&self, header: &str) -> String {
        let column = self.report.columns.iter().find(|column| column.header == header).unwrap();
        column.notes.iter().map(|(said, _, _)| said.en.as_str()).collect::<Vec<_>>().join("; ")
    }

    /// The problems, each with its place.
    pub(crate) fn problems(&self) -> Vec<String> {
        let line = |p: &kizashi_intake::Problem| {
            format!("{} {}: {}", p.row, p.column.as_deref().unwrap_or("*"), p.reason.en)
        };
        self.report.problems.iter().map(line).collect()
    }
}
