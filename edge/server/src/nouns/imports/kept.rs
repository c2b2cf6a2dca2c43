//! How a file is read, as the registry keeps it: JSON with our own words, so that a restart shows the same page.

use intake::{
    Choices, Container, Encoding, Field, Guess, Kind, Layout, Mapping, Shape, Source, guess,
    guess_fields, look,
};
use registry::Import as Row;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{collections::BTreeMap, mem::take};

use crate::{
    http::error::{Answer, ApiError},
    nouns::imports::{
        ImportPatch, becoming::KeptRow, mending::KeptMend, told::Told, watching::Watched,
    },
};

/// Everything that is known of a file before it is taken in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    container: String,
    pub(super) encoding: Option<String>,
    pub(super) delimiter: Option<u8>,
    pub(super) sheet: Option<String>,
    pub(super) sheets: Vec<String>,
    pub(super) header_row: u32,
    short_rows: bool,
    /// Whether hidden rows of the sheet are read too.
    #[serde(default)]
    pub(super) take_hidden: bool,
    /// How many rows of the sheet are hidden.
    #[serde(default)]
    pub(super) hidden_rows: u64,
    /// The year of dates written without one.
    #[serde(default)]
    pub(super) base_year: Option<i16>,
    /// The encodings the file could have, and what its first lines look like in each.
    #[serde(default)]
    pub(super) encodings: Vec<KeptEncoding>,
    /// What was read other than written, by the last check.
    #[serde(default)]
    pub(super) notices: Vec<KeptNotice>,
    pub(super) columns: Vec<KeptColumn>,
    pub(super) rows: Vec<Vec<String>>,
    /// The first rows beside what they become.
    #[serde(default)]
    pub(super) becoming: Vec<KeptRow>,
    pub(super) total_rows: Option<u64>,
    pub(super) kind: String,
    pub(super) kind_is_guess: bool,
    /// When the taking in began: by it the batch is found again after a crash.
    #[serde(default)]
    pub(super) commit_at: Option<i64>,
    /// How many segments changed when it was taken in.
    #[serde(default)]
    pub(super) changed_segments: Option<usize>,
    /// Which file of the watched folder it is.
    #[serde(default)]
    pub(super) watched: Option<Watched>,
    /// Whether somebody said how it is to be read.
    #[serde(default)]
    pub(super) by_hand: bool,
    /// Cells that people put right, and rows they left out.
    #[serde(default)]
    pub(super) mended: Vec<KeptMend>,
    #[serde(default)]
    pub(super) left_out: Vec<u64>,
}

/// An encoding a file could have.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeptEncoding {
    pub(super) encoding: String,
    pub(super) lines: Vec<String>,
    pub(super) broken: bool,
}

/// Something that was read other than written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeptNotice {
    pub(super) column: Option<String>,
    pub(super) said: Told,
    pub(super) rows: u64,
    pub(super) first_row: u64,
}

impl From<intake::Notice> for KeptNotice {
    fn from(notice: intake::Notice) -> KeptNotice {
        let (column, rows, first_row) = (notice.column, notice.rows, notice.first_row);
        KeptNotice { column, said: notice.said.into(), rows, first_row }
    }
}

/// A column and what it is taken for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeptColumn {
    pub(super) header: String,
    pub(super) samples: Vec<String>,
    pub(super) field: Option<String>,
    pub(super) sure: bool,
}

/// How files with the same columns are read: remembered when one was taken in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Profile {
    kind: String,
    /// The field of each column by header.
    fields: BTreeMap<String, Option<String>>,
    /// Whether hidden rows were taken too.
    #[serde(default)]
    take_hidden: bool,
    /// How many years before the year of the import its dates without a year were.
    #[serde(default)]
    years_before: Option<i16>,
}

/// The encodings by the names the API gives them.
const ENCODINGS: [(&str, Encoding); 7] = [
    ("utf-8", Encoding::Utf8),
    ("cp932", Encoding::Cp932),
    ("euc-jp", Encoding::EucJp),
    ("iso-2022-jp", Encoding::Iso2022Jp),
    ("utf-16le", Encoding::Utf16Le),
    ("utf-16be", Encoding::Utf16Be),
    ("windows-1252", Encoding::Windows1252),
];

impl Kept {
    /// Looks at a file and guesses.
    pub(super) fn look(source: &Source) -> Result<Kept, intake::Unreadable> {
        let layout = look(source, &Choices::default())?;
        let guess = guess(&layout);
        Ok(Kept::of(layout, guess))
    }

    fn of(layout: Layout, guess: Guess) -> Kept {
        let name = |encoding: Encoding| {
            ENCODINGS.iter().find(|(_, known)| *known == encoding).map(|(name, _)| (*name).into())
        };
        let columns = layout.columns.into_iter().zip(guess.fields);
        Kept {
            container: match layout.shape.container {
                Container::Csv => "csv".into(),
                Container::Xlsx => "xlsx".into(),
                Container::Parquet => "parquet".into(),
                Container::AccessLog => "access_log".into(),
                Container::Mail => "mail".into(),
                Container::Aside => "other_workbook".into(),
            },
            encoding: layout.shape.encoding.and_then(name),
            delimiter: layout.shape.delimiter,
            sheet: layout.shape.sheet,
            sheets: layout.sheets.into_iter().map(|sheet| sheet.name).collect(),
            header_row: layout.shape.header_row,
            short_rows: layout.shape.short_rows,
            take_hidden: layout.shape.hidden_rows,
            hidden_rows: layout.hidden_rows,
            base_year: None,
            encodings: layout
                .encodings
                .into_iter()
                .filter_map(|one| {
                    let (lines, broken) = (one.lines, one.broken);
                    Some(KeptEncoding { encoding: name(one.encoding)?, lines, broken })
                })
                .collect(),
            notices: vec![],
            columns: columns
                .map(|(column, guess)| KeptColumn {
                    header: column.header,
                    samples: column.samples,
                    field: guess.field.map(|field| field.id()),
                    sure: guess.sure,
                })
                .collect(),
            rows: layout.rows,
            becoming: vec![],
            total_rows: layout.total_rows,
            kind: guess.kind.id().into(),
            kind_is_guess: true,
            commit_at: None,
            changed_segments: None,
            watched: None,
            by_hand: false,
            mended: vec![],
            left_out: vec![],
        }
    }

    pub(super) fn container(&self) -> &str {
        &self.container
    }

    /// What the registry holds of an import.
    pub(super) fn read(row: &Row) -> Answer<Kept> {
        let layout = row.layout.as_deref().ok_or_else(super::wrong_state)?;
        parse(layout)
    }

    /// Puts it into the registry's row.
    pub(super) fn write(&self, row: &mut Row) -> Answer<()> {
        row.kind = Some(self.kind.clone());
        row.layout = Some(json(self)?);
        Ok(())
    }

    /// The file read differently, as people asked.
    pub(super) fn changed(self, source: &Source, given: ImportPatch) -> Answer<Kept> {
        let mut kept = self;
        let watched = kept.watched.take();
        let (mended, left_out) = (take(&mut kept.mended), take(&mut kept.left_out));
        if given.looks_again() {
            // Rows and columns are others then, and nothing of them is put right.
            kept = kept.looked_again(source, &given)?;
        } else {
            (kept.mended, kept.left_out) = (mended, left_out);
        }
        (kept.watched, kept.by_hand) = (watched, true);
        if let Some(year) = given.base_year {
            kept.base_year = year;
        }
        if let Some(kind) = given.kind {
            let kind = Kind::from(kind);
            if kind.id() != kept.kind {
                let fields = guess_fields(&kept.layout(source)?, kind);
                for (column, guess) in kept.columns.iter_mut().zip(fields) {
                    column.field = guess.field.map(|field| field.id());
                    column.sure = guess.sure;
                }
                kept.kind = kind.id().to_owned();
            }
            kept.kind_is_guess = false;
        }
        for (index, field) in given.fields.unwrap_or_default() {
            kept.set_field(&index, field)?;
        }
        Ok(kept)
    }

    fn looked_again(&self, source: &Source, given: &ImportPatch) -> Answer<Kept> {
        let encoding = match &given.encoding {
            Some(Some(name)) => Some(encoding(name)?),
            Some(None) => None,
            None => self.encoding.as_deref().map(encoding).transpose()?,
        };
        let choices = Choices {
            encoding,
            delimiter: match given.delimiter {
                Some(mark) => Some(u8::try_from(mark).map_err(|_| no_delimiter(mark))?),
                None => None,
            },
            sheet: given.sheet.clone().or_else(|| self.sheet.clone()),
            header_row: given.header_row,
            hidden_rows: given.take_hidden.unwrap_or(self.take_hidden),
        };
        let layout = look(source, &choices).map_err(unreadable)?;
        let guess = guess(&layout);
        let mut kept = Kept::of(layout, guess);
        if !self.kind_is_guess && kept.kind != self.kind {
            let kind = Kind::parse(&self.kind).unwrap_or(Kind::Events);
            let fields = guess_fields(&kept.layout(source)?, kind);
            for (column, guess) in kept.columns.iter_mut().zip(fields) {
                column.field = guess.field.map(|field| field.id());
                column.sure = guess.sure;
            }
            kept.kind = self.kind.clone();
        }
        kept.kind_is_guess = self.kind_is_guess;
        kept.base_year = self.base_year;
        Ok(kept)
    }

    fn set_field(&mut self, index: &str, field: Option<String>) -> Answer<()> {
        let place = index.parse::<usize>().ok();
        let kind = Kind::parse(&self.kind).unwrap_or(Kind::Events);
        let column = place.and_then(|place| self.columns.get_mut(place)).ok_or_else(|| {
            ApiError::invalid(
                format!("列 {index} はありません"),
                format!("there is no column {index}"),
            )
        })?;
        column.field = match field {
            Some(id) => Some(Field::parse(kind, &id).map_err(said)?.id()),
            None => None,
        };
        column.sure = true;
        Ok(())
    }

    /// How the file is packed.
    pub(super) fn shape(&self) -> Answer<Shape> {
        Ok(Shape {
            container: match self.container.as_str() {
                "xlsx" => Container::Xlsx,
                "parquet" => Container::Parquet,
                "access_log" => Container::AccessLog,
                "mail" => Container::Mail,
                "other_workbook" => Container::Aside,
                _ => Container::Csv,
            },
            encoding: self.encoding.as_deref().map(encoding).transpose()?,
            delimiter: self.delimiter,
            sheet: self.sheet.clone(),
            header_row: self.header_row,
            short_rows: self.short_rows,
            hidden_rows: self.take_hidden,
        })
    }

    /// The layout as the guesser wants it.
    fn layout(&self, source: &Source) -> Answer<Layout> {
        let columns = self.columns.iter().enumerate();
        Ok(Layout {
            file: source.name().to_owned(),
            bytes: source.length().map_err(unreadable)?,
            shape: self.shape()?,
            encodings: vec![],
            sheets: vec![],
            columns: columns
                .map(|(index, column)| intake::Column {
                    index,
                    header: column.header.clone(),
                    samples: column.samples.clone(),
                })
                .collect(),
            rows: self.rows.clone(),
            total_rows: self.total_rows,
            hidden_rows: self.hidden_rows,
        })
    }

    pub(super) fn kind(&self) -> Answer<Kind> {
        Kind::parse(&self.kind).ok_or_else(|| ApiError::ours("an import", "an unknown kind"))
    }

    /// What each column is, ready to read by.
    pub(super) fn mapping(&self) -> Answer<Mapping> {
        let mapping = self.drawn()?;
        match mapping.faults().into_iter().next() {
            None => Ok(mapping),
            Some(fault) => Err(said(fault)),
        }
    }

    /// What each column is, as far as people have come.
    pub(super) fn drawn(&self) -> Answer<Mapping> {
        let kind = self.kind()?;
        let field = |column: &KeptColumn| {
            column.field.as_deref().map(|id| Field::parse(kind, id)).transpose().map_err(said)
        };
        let fields = self.columns.iter().map(field).collect::<Answer<Vec<_>>>()?;
        let mut mapping = Mapping::new(kind, fields);
        mapping.base_year = self.base_year;
        Ok(mapping)
    }

    /// The name of files with these columns, for profiles and as their source: a further export of the same system
    /// has the same columns, and a row that was there before counts once.
    pub(super) fn fingerprint(&self) -> String {
        // FNV-1a: short, and the same for ever.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for header in self.columns.iter().map(|column| &column.header) {
            for byte in header.bytes().chain([0]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        format!("{hash:016x}")
    }

    /// The source of its facts in the store.
    pub(super) fn source(&self) -> String {
        format!("file:{}:{}", self.kind, self.fingerprint())
    }

    /// How it is read, for files with the same columns; `year` is that of the import.
    pub(super) fn profile(&self, year: i16) -> Profile {
        let fields = self.columns.iter();
        let fields = fields.map(|column| (column.header.clone(), column.field.clone()));
        Profile {
            kind: self.kind.clone(),
            fields: fields.collect(),
            take_hidden: self.take_hidden,
            // Next year's file tells of next year.
            years_before: self.base_year.map(|base| year.saturating_sub(base)),
        }
    }

    /// Reads the file as one with the same columns was read before; `year` is that of the import.
    pub(super) fn follow(&mut self, profile: Profile, year: i16) {
        if Kind::parse(&profile.kind).is_none() {
            return;
        }
        self.kind = profile.kind;
        self.take_hidden = profile.take_hidden;
        self.base_year = profile.years_before.map(|years| year.saturating_sub(years));
        for column in &mut self.columns {
            if let Some(field) = profile.fields.get(&column.header) {
                column.field = field.clone();
                column.sure = true;
            }
        }
    }
}

fn no_delimiter(mark: char) -> ApiError {
    ApiError::invalid(
        format!("「{mark}」では区切れません。`,` `;` `|` かタブを指定してください"),
        format!("`{mark}` cannot part cells; name `,`, `;`, `|` or a tabulator"),
    )
}

fn encoding(name: &str) -> Answer<Encoding> {
    let known = ENCODINGS.iter().find(|(known, _)| *known == name.to_ascii_lowercase());
    known.map(|(_, encoding)| *encoding).ok_or_else(|| {
        let names: Vec<&str> = ENCODINGS.iter().map(|(name, _)| *name).collect();
        let names = names.join(", ");
        ApiError::invalid(
            format!("この文字コードは読めません。{names} のどれかを指定してください"),
            format!("this encoding is not known; name one of {names}"),
        )
    })
}

pub(super) fn json(value: &impl Serialize) -> Answer<String> {
    serde_json::to_string(value).map_err(|why| ApiError::ours("an import's record", why))
}

pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Answer<T> {
    serde_json::from_str(text).map_err(|why| ApiError::ours("an import's record", why))
}

/// A file that cannot be read, said to who sent it.
pub(super) fn unreadable(why: intake::Unreadable) -> ApiError {
    said(why.said())
}

fn said(said: intake::Said) -> ApiError {
    ApiError::invalid(said.ja, said.en)
}
