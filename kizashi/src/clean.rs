//! A normalised copy of a table, without a server and without keeping anything else.

use std::{
    fs::File,
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use condition::Language;
use intake::{Choices, Cleaned, Cleaning, CsvWriter, Encoding, Lost, Source, Written};

use crate::{
    args::{self, ReportForm},
    cleaned, interrupt,
    screen::{Failure, Screen},
};

pub(crate) fn clean(given: &args::Clean, screen: &Screen) -> Result<ExitCode, Failure> {
    let cancel = interrupt::flag()?;
    let (source, _folder) = source(&given.file)?;
    let choices = choices(&given.form, given.hidden_rows)?;
    let calendar = facts::Calendar::japan();
    let job = Cleaning {
        source: &source,
        choices: &choices,
        calendar: &calendar,
        order: given.date_order.map(Into::into),
        base_year: given.year,
        cancel: &cancel,
    };
    let cleaned = intake::clean(&job)?;
    let written = written(&given.out_encoding)?;
    let lost = match (&given.out, given.report) {
        (Some(out), _) => to_file(&cleaned, out, written, screen)?,
        (None, None) if !screen.json => to_output(&cleaned, written, screen)?,
        (None, _) => Unwritable::default(),
    };
    let as_json = screen.json || given.report == Some(ReportForm::Json);
    match (as_json, &given.out, given.report) {
        (true, _, _) => screen.json(&cleaned::as_json(cleaned.report(), &lost, screen)),
        (false, None, None) => {
            for line in cleaned::lines(cleaned.report(), &lost, screen) {
                screen.note(line);
            }
        }
        (false, _, _) => {
            for line in cleaned::lines(cleaned.report(), &lost, screen) {
                screen.line(line);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Characters that the encoding of the copy does not have.
#[derive(Debug, Default)]
pub(crate) struct Unwritable {
    pub(crate) first: Vec<Lost>,
    pub(crate) total: u64,
}

/// The file to read; what comes by standard input is put into a folder that goes when it is dropped.
pub(crate) fn source(file: &Path) -> Result<(Source, Option<tempfile::TempDir>), Failure> {
    if file != Path::new("-") {
        let kind = std::fs::metadata(file).map_err(|fault| Failure::file(file, fault))?;
        if kind.is_dir() {
            return Err(Failure::new(
                format!("{}: フォルダです。ファイルを一つ指定してください", file.display()),
                format!("{}: this is a folder; name one file", file.display()),
            ));
        }
        return unpacked(Source::file(file));
    }
    let (folder, path) = from_input()?;
    Ok((Source::file_named(path, "-"), Some(folder)))
}

/// The one file of a zip; every other file is itself.
fn unpacked(source: Source) -> Result<(Source, Option<tempfile::TempDir>), Failure> {
    if !intake::is_package(&source)? {
        return Ok((source, None));
    }
    let folder = tempfile::tempdir().map_err(Failure::of)?;
    let files = intake::unpack(&source, folder.path())?;
    match files.as_slice() {
        [one] => Ok((Source::file_named(&one.path, one.name.clone()), Some(folder))),
        several => {
            let names: Vec<&str> = several.iter().map(|file| file.name.as_str()).collect();
            Err(Failure::new(
                format!(
                    "zipに{}個のファイルがあります（{}）。取り出して一つずつ指定してください",
                    names.len(),
                    names.join("、")
                ),
                format!(
                    "there are {} files in the zip ({}); take them out and name one",
                    names.len(),
                    names.join(", ")
                ),
            ))
        }
    }
}

/// The most bytes of standard input, and of one line of it.
const INPUT: u64 = 4 << 30;
const INPUT_LINE: u64 = 256 << 20;

/// What comes by standard input, as a file.
pub(crate) fn from_input() -> Result<(tempfile::TempDir, PathBuf), Failure> {
    let folder = tempfile::tempdir().map_err(Failure::of)?;
    let path = folder.path().join("stdin.csv");
    let mut copy = File::create(&path).map_err(Failure::of)?;
    let mut input = io::stdin().lock();
    let mut piece = vec![0; 1 << 20];
    let (mut bytes, mut line) = (0_u64, 0_u64);
    loop {
        let n = input.read(&mut piece).map_err(Failure::of)?;
        let Some(got) = piece.get(..n).filter(|got| !got.is_empty()) else { break };
        copy.write_all(got).map_err(Failure::of)?;
        bytes += n as u64;
        line = match got.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')) {
            Some(end) => (n - end) as u64,
            None => line + n as u64,
        };
        // Workbooks have lines by chance only, but they are not that large.
        if INPUT_LINE < line {
            return Err(Failure::new(
                "標準入力の行に終わりがありません。表ではないようです",
                "a line of standard input has no end; this does not look like a table",
            ));
        }
        if INPUT < bytes {
            return Err(Failure::new(
                "標準入力が大きすぎます（上限 4GB）。ファイルにして分けてください",
                "standard input is too large (4 GB at most); write it to files and split it",
            ));
        }
    }
    Ok((folder, path))
}

/// What was said of the form of a file.
pub(crate) fn choices(form: &args::FileForm, hidden_rows: bool) -> Result<Choices, Failure> {
    Ok(Choices {
        encoding: encoding(form.encoding.as_deref())?,
        delimiter: delimiter(form.delimiter.as_deref())?,
        sheet: form.sheet.clone(),
        header_row: form.header_row,
        hidden_rows,
    })
}

/// An encoding by its name.
fn encoding(name: Option<&str>) -> Result<Option<Encoding>, Failure> {
    match name {
        None => Ok(None),
        Some(name) => Encoding::parse(name).map(Some).ok_or_else(|| unknown_encoding(name)),
    }
}

/// What stands between cells, as people write it.
fn delimiter(given: Option<&str>) -> Result<Option<u8>, Failure> {
    Ok(match given {
        None => None,
        Some("tab" | "\\t") => Some(b'\t'),
        Some(text) => match text.as_bytes() {
            [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Some(*byte),
            _ => {
                return Err(Failure::new(
                    format!(
                        "区切り文字 `{text}` は使えません。`,` `;` `|` `tab` などの1文字で書いてください"
                    ),
                    format!(
                        "`{text}` cannot part cells; write one character such as `,` `;` `|` or `tab`"
                    ),
                ));
            }
        },
    })
}

fn written(name: &str) -> Result<Written, Failure> {
    match Encoding::parse(name) {
        Some(Encoding::Utf8) => Ok(Written::Utf8),
        Some(Encoding::Cp932) => Ok(Written::Cp932),
        _ => Err(unknown_encoding(name)),
    }
}

fn unknown_encoding(name: &str) -> Failure {
    Failure::new(
        format!("文字コード `{name}` は使えません"),
        format!("the encoding `{name}` cannot be used here; see `kizashi clean --help`"),
    )
}

/// Writes the copy beside its place and moves it there when it is whole.
fn to_file(
    cleaned: &Cleaned<'_>,
    out: &Path,
    encoding: Written,
    screen: &Screen,
) -> Result<Unwritable, Failure> {
    let wrong = |fault: io::Error| Failure::file(out, fault);
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut part =
        tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(wrong)?;
    let is_workbook = out.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("xlsx"));
    let lost = if is_workbook {
        to_workbook(cleaned, part.as_file_mut(), screen)?;
        Unwritable::default()
    } else {
        to_csv(cleaned, BufWriter::new(part.as_file_mut()), encoding, screen)?
    };
    part.as_file().sync_all().map_err(wrong)?;
    readable_by_others(part.path()).map_err(wrong)?;
    part.persist(out).map_err(|fault| wrong(fault.error))?;
    Ok(lost)
}

/// Temporary files are for their owner alone; a copy that was asked for is a file like any other.
fn readable_by_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))
}

fn to_output(
    cleaned: &Cleaned<'_>,
    encoding: Written,
    screen: &Screen,
) -> Result<Unwritable, Failure> {
    to_csv(cleaned, BufWriter::new(io::stdout().lock()), encoding, screen)
}

fn to_csv(
    cleaned: &Cleaned<'_>,
    out: impl Write,
    encoding: Written,
    screen: &Screen,
) -> Result<Unwritable, Failure> {
    let mut csv = CsvWriter::new_in(out, encoding).map_err(Failure::of)?;
    cleaned.write(tag(screen), &mut |row| csv.row(row))?;
    let (first, total) = csv.lost();
    let lost = Unwritable { first: first.to_vec(), total };
    csv.finish().map_err(Failure::of)?;
    Ok(lost)
}

/// The most rows a sheet holds.
const SHEET_ROWS: u32 = 1_048_576;

fn to_workbook(cleaned: &Cleaned<'_>, out: &mut File, screen: &Screen) -> Result<(), Failure> {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet_with_constant_memory().map_err(Failure::of)?;
    let mut at = 0_u32;
    let mut header: Vec<String> = Vec::new();
    cleaned.write(tag(screen), &mut |row| {
        if header.is_empty() {
            header = row.to_vec();
        }
        if at == SHEET_ROWS {
            book.add_worksheet_with_constant_memory().map_err(io::Error::other)?;
            at = 0;
            line(last(&mut book)?, &mut at, &header)?;
        }
        line(last(&mut book)?, &mut at, row)
    })?;
    book.save_to_writer(out).map_err(Failure::of)
}

/// The sheet that is being written.
fn last(book: &mut rust_xlsxwriter::Workbook) -> io::Result<&mut rust_xlsxwriter::Worksheet> {
    book.worksheets_mut().last_mut().ok_or_else(|| io::Error::other("the workbook has no sheet"))
}

/// Every cell is text: a workbook of text runs nothing and loses no leading zero.
fn line(sheet: &mut rust_xlsxwriter::Worksheet, at: &mut u32, row: &[String]) -> io::Result<()> {
    for (place, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let place = u16::try_from(place).map_err(io::Error::other)?;
        let text = intake::neutral(cell);
        // A cell of Excel holds so many characters; the rest of a longer text is in the source.
        let end = text.char_indices().nth(32_767).map_or(text.len(), |(end, _)| end);
        sheet.write_string(*at, place, &text[..end]).map_err(io::Error::other)?;
    }
    *at += 1;
    Ok(())
}

pub(crate) fn tag(screen: &Screen) -> &'static str {
    match screen.language {
        Language::Ja => "ja",
        Language::En => "en",
    }
}
