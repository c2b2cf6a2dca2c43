//! Text with delimiters, split into records and cells by RFC 4180, with the place of everything that breaks it.

use std::{io, ops::ControlFlow};

use super::{Cell, Flow, Row, RowFault};
use crate::{problem::shortened, said::said};

/// The longest record we take, in bytes of UTF-8. An Excel cell holds 32,767 characters at most.
pub(crate) const LONGEST: usize = 1 << 20;
/// How far we look for the end of a line that is too long before giving up on the file.
const ENDLESS: usize = 64 << 20;

/// Where the text comes from.
pub(crate) trait Feed {
    /// Appends the next piece; `false` when there is no more.
    fn more(&mut self, text: &mut String) -> io::Result<bool>;
}

/// A text that is there already.
pub(crate) struct Once<'a>(pub(crate) Option<&'a str>);

impl Feed for Once<'_> {
    fn more(&mut self, text: &mut String) -> io::Result<bool> {
        text.push_str(self.0.take().unwrap_or_default());
        Ok(false)
    }
}

/// Why splitting ended before the end.
pub(crate) enum Halt {
    /// The disk said no.
    Disk(io::Error),
    /// A line has no end; the number is the line's.
    Endless(u64),
}

/// The part of the text a cell is, or of the unescaped copies.
#[derive(Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
    copied: bool,
}

/// What stands at the current place.
enum Found {
    /// A whole record; it ends before this byte.
    Record(usize),
    /// The text ends inside the record.
    Cut { open_quote: Option<usize> },
    /// A quotation mark is wrong: where the quoted cell begins, and where it broke.
    Quote { begins: usize, breaks: usize },
    /// A zero byte; the record ends before the next line.
    Zero(usize),
}

/// Splits text into records.
pub(crate) struct Splitter<F> {
    feed: F,
    text: String,
    at: usize,
    line: u64,
    ended: bool,
    spans: Vec<Span>,
    copies: String,
    classes: [bool; 256],
    delimiter: u8,
}

impl<F: Feed> Splitter<F> {
    pub(crate) fn new(feed: F, delimiter: u8) -> Splitter<F> {
        // A delimiter comes from people; one that would cut characters or quotes apart is none.
        let sound = delimiter.is_ascii() && !matches!(delimiter, b'"' | b'\r' | b'\n' | 0);
        let delimiter = if sound { delimiter } else { b',' };
        let mut classes = [false; 256];
        for byte in [delimiter, b'\r', b'\n', 0] {
            classes[usize::from(byte)] = true;
        }
        Splitter {
            feed,
            text: String::new(),
            at: 0,
            line: 1,
            ended: false,
            spans: Vec::new(),
            copies: String::new(),
            classes,
            delimiter,
        }
    }

    /// Hands over every record; empty lines are passed over.
    pub(crate) fn each(
        &mut self,
        take: &mut dyn FnMut(Result<Row<'_>, RowFault>) -> Flow,
    ) -> Result<(), Halt> {
        let mut spare: Vec<Cell<'static>> = Vec::new();
        loop {
            if self.at == self.text.len() && !self.fill()? {
                return Ok(());
            }
            let flow = match self.split() {
                Found::Record(end) => {
                    let mut cells = recycled(std::mem::take(&mut spare));
                    cells.extend(self.spans.iter().map(|span| self.cell(*span)));
                    let blank = matches!(cells[..], [Cell::Empty]);
                    let row = Row { number: self.line, cells: &cells };
                    let flow = if blank { Flow::Continue(()) } else { take(Ok(row)) };
                    spare = recycled(cells);
                    self.pass(end);
                    flow
                }
                Found::Cut { open_quote } => {
                    if self.text.len() - self.at <= LONGEST && self.fill()? {
                        continue;
                    }
                    if self.at == self.text.len() {
                        return Ok(());
                    }
                    self.give_up(open_quote, take)?
                }
                Found::Quote { begins, breaks } => self.wrong_quote(begins, breaks, take)?,
                Found::Zero(place) => {
                    let fault = self.fault(
                        place,
                        said!(
                            "NUL文字(0x00)が入っています",
                            "there is a NUL character (0x00) in the row"
                        ),
                        said!(
                            "元のシステムの出力からNUL文字を取り除いてください",
                            "remove NUL characters from the output of the source system"
                        ),
                    );
                    self.skip_line(place)?;
                    take(Err(fault))
                }
            };
            if let ControlFlow::Break(()) = flow {
                return Ok(());
            }
        }
    }

    fn cell(&self, span: Span) -> Cell<'_> {
        let text = if span.copied { &self.copies } else { &self.text };
        if span.start == span.end { Cell::Empty } else { Cell::Text(&text[span.start..span.end]) }
    }

    /// Finds the cells of the record at the current place.
    fn split(&mut self) -> Found {
        self.spans.clear();
        self.copies.clear();
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            if bytes.get(at) == Some(&b'"') {
                match quoted(bytes, at, self.delimiter, self.ended) {
                    Quoted::Cell { inner_end, next, doubled } => {
                        let (start, end) = (at + 1, inner_end);
                        self.spans.push(if doubled {
                            let from = self.copies.len();
                            self.copies.push_str(&self.text[start..end].replace("\"\"", "\""));
                            Span { start: from, end: self.copies.len(), copied: true }
                        } else {
                            Span { start, end, copied: false }
                        });
                        at = next;
                    }
                    Quoted::Cut => return Found::Cut { open_quote: Some(at) },
                    Quoted::Broken(breaks) => return Found::Quote { begins: at, breaks },
                }
            } else {
                let start = at;
                while at < bytes.len() && !self.classes[usize::from(bytes[at])] {
                    at += 1;
                }
                self.spans.push(Span { start, end: at, copied: false });
            }
            match bytes.get(at) {
                Some(b'\n') => return Found::Record(at + 1),
                Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => return Found::Record(at + 2),
                // The other half of the line break may be in the next piece.
                Some(b'\r') if at + 1 == bytes.len() && !self.ended => {
                    return Found::Cut { open_quote: None };
                }
                Some(b'\r') => return Found::Record(at + 1),
                Some(0) => return Found::Zero(at),
                Some(_) => at += 1,
                None if self.ended => return Found::Record(at),
                None => return Found::Cut { open_quote: None },
            }
        }
    }

    /// Moves on to a later place, counting lines.
    fn pass(&mut self, to: usize) {
        let passed = &self.text.as_bytes()[self.at..to];
        let breaks = passed.iter().filter(|byte| **byte == b'\n').count();
        let returns = passed.iter().filter(|byte| **byte == b'\r').count();
        // Files of old Macintoshes end lines with a return alone.
        self.line += if breaks == 0 { returns } else { breaks } as u64;
        self.at = to;
    }

    fn fill(&mut self) -> Result<bool, Halt> {
        if self.ended {
            return Ok(false);
        }
        self.text.drain(..self.at);
        self.at = 0;
        let before = self.text.len();
        while !self.ended && self.text.len() == before {
            self.ended = !self.feed.more(&mut self.text).map_err(Halt::Disk)?;
        }
        if self.ended {
            // Old systems end their files with 0x1A.
            let kept = self.text.trim_end_matches('\u{1a}').len();
            self.text.truncate(kept);
        }
        Ok(self.at < self.text.len())
    }

    /// The record has no end within bounds.
    fn give_up(
        &mut self,
        open_quote: Option<usize>,
        take: &mut dyn FnMut(Result<Row<'_>, RowFault>) -> Flow,
    ) -> Result<Flow, Halt> {
        if let Some(begins) = open_quote {
            return self.wrong_quote(begins, begins, take);
        }
        let fault = self.fault(
            self.at,
            said!("1行が1MBを超えています", "the line is longer than 1 MB"),
            said!(
                "改行コードと区切り文字が正しいか、元のファイルを確認してください",
                "check the file's line ends and delimiter"
            ),
        );
        self.skip_line(self.at)?;
        Ok(take(Err(fault)))
    }

    /// A quoted cell that never closes, or closes before its end. Only the line on which it begins is given up, so
    /// that one forgotten mark does not swallow the rows below.
    fn wrong_quote(
        &mut self,
        begins: usize,
        breaks: usize,
        take: &mut dyn FnMut(Result<Row<'_>, RowFault>) -> Flow,
    ) -> Result<Flow, Halt> {
        let place = self.spans.len() + 1;
        let line = self.line + self.text[self.at..begins].matches('\n').count() as u64;
        let reason = if begins == breaks {
            said!(
                "{}行目の{}列目で始まる引用符(\")が閉じていません",
                "the quotation mark that opens in line {}, cell {}, is never closed";
                line, place
            )
        } else {
            said!(
                "{}行目の{}列目で引用符(\")がセルの途中で閉じています",
                "in line {}, cell {}, a quotation mark closes before the cell ends";
                line, place
            )
        };
        let fault = self.fault(
            begins,
            reason,
            said!(
                "セルの中の引用符は2つ重ねて(\"\")書き、両端を引用符で囲んでください",
                "double the quotation marks inside the cell (\"\") and put one at both ends"
            ),
        );
        self.skip_line(begins)?;
        Ok(take(Err(fault)))
    }

    fn fault(&self, place: usize, reason: crate::Said, fix: crate::Said) -> RowFault {
        let mut end = self.text.len().min(place + 400);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.text[place..end].split(['\r', '\n']).next().unwrap_or_default();
        RowFault { number: self.line, value: shortened(line), reason, fix }
    }

    /// Goes on at the line after the one `from` stands in.
    fn skip_line(&mut self, from: usize) -> Result<(), Halt> {
        let mut from = from;
        let mut skipped = 0;
        loop {
            if let Some(end) = self.text[from..].find('\n') {
                self.pass(from + end + 1);
                return Ok(());
            }
            if self.ended {
                // Old Macintosh line ends, or the last line.
                let end =
                    self.text[from..].find('\r').map_or(self.text.len(), |end| from + end + 1);
                self.pass(end);
                return Ok(());
            }
            skipped += self.text.len() - self.at;
            if ENDLESS < skipped {
                return Err(Halt::Endless(self.line));
            }
            // What is skipped need not be kept.
            self.at = self.text.len();
            self.fill()?;
            from = self.at;
        }
    }
}

enum Quoted {
    /// The cell's text ends before `inner_end`; after the closing mark comes `next`.
    Cell {
        inner_end: usize,
        next: usize,
        doubled: bool,
    },
    Cut,
    Broken(usize),
}

/// Reads the quoted cell that begins at `start`.
fn quoted(bytes: &[u8], start: usize, delimiter: u8, ended: bool) -> Quoted {
    let mut at = start + 1;
    let mut doubled = false;
    loop {
        let Some(length) = bytes[at..].iter().position(|byte| *byte == b'"') else {
            return Quoted::Cut;
        };
        let close = at + length;
        if bytes[start + 1..close].len() > LONGEST {
            return Quoted::Broken(start);
        }
        if bytes.get(close + 1) == Some(&b'"') {
            doubled = true;
            at = close + 2;
            continue;
        }
        let mut next = close + 1;
        while bytes.get(next) == Some(&b' ') && delimiter != b' ' {
            next += 1;
        }
        return match bytes.get(next) {
            Some(byte) if *byte == delimiter || *byte == b'\r' || *byte == b'\n' => {
                Quoted::Cell { inner_end: close, next, doubled }
            }
            Some(_) => Quoted::Broken(close),
            None if ended => Quoted::Cell { inner_end: close, next, doubled },
            // Whether the mark closes the cell or is doubled stands in the next piece.
            None => Quoted::Cut,
        };
    }
}

/// An empty list that keeps the memory of another.
fn recycled<'b>(mut cells: Vec<Cell<'_>>) -> Vec<Cell<'b>> {
    cells.clear();
    cells.into_iter().map(|_| Cell::Empty).collect()
}
