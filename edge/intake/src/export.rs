//! CSV that opens rightly in Excel and runs nothing there.

use std::{
    borrow::Cow,
    io::{self, Write},
};

/// How a CSV file that we write encodes its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Written {
    /// UTF-8 with a byte order mark, by which Excel knows it.
    #[default]
    Utf8,
    /// Windows code page 932, for programs that know nothing else.
    Cp932,
}

/// A character that the encoding does not have; 〓 stands in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost {
    /// The line of the file that was written, from 1, as records count.
    pub row: u64,
    /// The place of the column, from 0.
    pub column: usize,
    /// The character.
    pub character: char,
}

/// The most lost characters that are kept with their places.
const LOST: usize = 100;

/// Writes rows as CSV by RFC 4180; cells that a spreadsheet would run as a formula get an apostrophe in front. Plain
/// negative numbers and telephone numbers of the form `+81312345678` stay as they are.
pub struct CsvWriter<W: Write> {
    out: W,
    encoding: Written,
    rows: u64,
    lost: Vec<Lost>,
    lost_total: u64,
}

impl<W: Write> CsvWriter<W> {
    /// Begins a file in UTF-8 with the byte order mark.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new(out: W) -> io::Result<CsvWriter<W>> {
        CsvWriter::new_in(out, Written::Utf8)
    }

    /// Begins a file in an encoding.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new_in(mut out: W, encoding: Written) -> io::Result<CsvWriter<W>> {
        if encoding == Written::Utf8 {
            out.write_all("\u{feff}".as_bytes())?;
        }
        Ok(CsvWriter { out, encoding, rows: 0, lost: Vec::new(), lost_total: 0 })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// What the writer says.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> io::Result<()> {
        self.rows += 1;
        for (place, cell) in cells.into_iter().enumerate() {
            if 0 < place {
                self.out.write_all(b",")?;
            }
            self.cell(cell.as_ref(), place)?;
        }
        self.out.write_all(b"\r\n")
    }

    /// The first characters that could not be written, and how many there were.
    pub fn lost(&self) -> (&[Lost], u64) {
        (&self.lost, self.lost_total)
    }

    /// Flushes and gives the writer back.
    ///
    /// # Errors
    /// What the writer says.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }

    fn cell(&mut self, text: &str, column: usize) -> io::Result<()> {
        let guard = if runs_as_formula(text) { "'" } else { "" };
        let written = if text.bytes().any(|byte| matches!(byte, b'"' | b',' | b'\n' | b'\r')) {
            Cow::Owned(format!("\"{guard}{}\"", text.replace('"', "\"\"")))
        } else if guard.is_empty() {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(format!("{guard}{text}"))
        };
        match self.encoding {
            Written::Utf8 => self.out.write_all(written.as_bytes()),
            Written::Cp932 => self.cp932(&written, column),
        }
    }

    fn cp932(&mut self, text: &str, column: usize) -> io::Result<()> {
        let mut encoder = encoding_rs::SHIFT_JIS.new_encoder();
        let mut bytes = Vec::with_capacity(2 * text.len());
        let mut buffer = [0; 8];
        for c in text.chars() {
            let mut character = [0; 4];
            let one: &str = windows_form(c).encode_utf8(&mut character);
            let (result, _, n) =
                encoder.encode_from_utf8_without_replacement(one, &mut buffer, false);
            if let encoding_rs::EncoderResult::Unmappable(_) = result {
                self.lost_total += 1;
                if self.lost.len() < LOST {
                    self.lost.push(Lost { row: self.rows, column, character: c });
                }
                // 〓, the mark of Japanese type for a character that is not there.
                bytes.extend_from_slice(&[0x81, 0xac]);
                continue;
            }
            bytes.extend_from_slice(&buffer[..n]);
        }
        self.out.write_all(&bytes)
    }
}

/// The dashes and the wave that code page 932 has instead of those of JIS.
fn windows_form(c: char) -> char {
    match c {
        '\u{301c}' => '\u{ff5e}',
        '\u{2212}' => '\u{ff0d}',
        '\u{2016}' => '\u{2225}',
        '\u{2014}' => '\u{2015}',
        '\u{a5}' => '\u{ffe5}',
        '\u{a2}' => '\u{ffe0}',
        '\u{a3}' => '\u{ffe1}',
        '\u{ac}' => '\u{ffe2}',
        c => c,
    }
}

/// A text that spreadsheets take for a text: with an apostrophe in front where they would run it.
pub fn neutral(text: &str) -> std::borrow::Cow<'_, str> {
    if runs_as_formula(text) { format!("'{text}").into() } else { text.into() }
}

/// Whether a spreadsheet might take the text for a formula.
fn runs_as_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
        && !is_plain_number(text)
}

/// -12.5 and +81312345678: a sign and digits compute nothing.
fn is_plain_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(negative) = text.strip_prefix('-') {
        let (whole, part) = negative.split_once('.').unwrap_or((negative, "0"));
        return digits(whole) && digits(part);
    }
    // Several numbers stand in a cell with blanks between them.
    let dialled =
        |part: &str| part.strip_prefix('+').is_some_and(|rest| 8 <= rest.len() && digits(rest));
    text.split(' ').all(dialled)
}
