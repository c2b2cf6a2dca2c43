//! CSV that opens rightly in Excel and runs nothing there.

use std::io::{self, Write};

/// Writes rows as CSV by RFC 4180 with a UTF-8 byte order mark; cells that a spreadsheet would run as a formula get
/// an apostrophe in front. Plain negative numbers stay as they are.
pub struct CsvWriter<W: Write> {
    out: W,
}

impl<W: Write> CsvWriter<W> {
    /// Begins with the byte order mark.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new(mut out: W) -> io::Result<CsvWriter<W>> {
        out.write_all("\u{feff}".as_bytes())?;
        Ok(CsvWriter { out })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// What the writer says.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> io::Result<()> {
        for (place, cell) in cells.into_iter().enumerate() {
            if 0 < place {
                self.out.write_all(b",")?;
            }
            self.cell(cell.as_ref())?;
        }
        self.out.write_all(b"\r\n")
    }

    /// Flushes and gives the writer back.
    ///
    /// # Errors
    /// What the writer says.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }

    fn cell(&mut self, text: &str) -> io::Result<()> {
        let guard = if runs_as_formula(text) { "'" } else { "" };
        if !text.contains(['"', ',', '\n', '\r']) {
            return write!(self.out, "{guard}{text}");
        }
        write!(self.out, "\"{guard}{}\"", text.replace('"', "\"\""))
    }
}

/// Whether a spreadsheet might take the text for a formula.
fn runs_as_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_plain_negative(text)
}

fn is_plain_negative(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('-') else { return false };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, part].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}
