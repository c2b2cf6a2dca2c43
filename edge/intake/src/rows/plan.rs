//! A mapping made ready: what to do with each column of a row.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    hash::{BuildHasherDefault, Hasher},
};

use facts::{Calendar, Decimal, EventName, Fact, Timestamp, Value};

use super::{
    Format,
    cell::{self, Wrong},
    directory::Directory,
    gathered::{Gathered, take_emails, take_phones},
    json,
    shared::Shared,
    wrong::{characters_lost, no_address, no_object, order_in_doubt},
};
use crate::{
    Cell, Field, Kind, Mapping, Notice, Reads, Row, RowFault, Said,
    cells::{clock::Clock, dates::DateRules, notes::Note, reach, says_as_above, written},
    layout::is_blank,
    problem::shortened,
    said::said,
};

/// Why a row became no fact.
pub(crate) struct Fault {
    /// The place of the column to blame.
    pub(crate) column: Option<usize>,
    /// What stands there.
    pub(crate) value: String,
    /// What is wrong.
    pub(crate) reason: Said,
    /// What to do.
    pub(crate) fix: Option<Said>,
}

impl From<RowFault> for Fault {
    fn from(fault: RowFault) -> Fault {
        Fault { column: None, value: fault.value, reason: fault.reason, fix: Some(fault.fix) }
    }
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Number,
    CustomerName,
    Contact,
    Address,
    From,
    To,
    EventName,
    At,
    Id,
    Json,
    Family,
    Given,
    UnitPrice,
    Phone,
    Email,
    Postal,
    Value,
}

pub(super) struct Step<'a> {
    pub(super) column: usize,
    pub(super) role: Role,
    pub(super) reads: Reads,
    pub(super) name: &'a str,
    pub(super) format: Format,
    pub(super) unit: Decimal,
    pub(super) above: String,
    pub(super) words: HashMap<Box<str>, (Value, Option<Note>)>,
    pub(super) notes: Vec<(Note, u64, u64)>,
}

/// Keeps numbers that are hashes already as they are.
#[derive(Default)]
pub(super) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// What a cell of the file becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Became {
    /// It says nothing, or its column is not taken in.
    Nothing,
    /// A value, as people write it.
    Value(String),
    /// It cannot be read, and why.
    Wrong(Said),
}

/// A row of the file beside what it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Becoming {
    /// Its number in the file, from 1.
    pub row: u64,
    /// For each column what is written there, shortened, and what becomes of it.
    pub cells: Vec<(String, Became)>,
}

/// A mapping made ready to turn rows into facts.
pub(crate) struct Plan<'a> {
    pub(super) mapping: &'a Mapping,
    pub(super) steps: Vec<Step<'a>>,
    pub(super) clock: Clock<'a>,
    pub(super) directory: &'a dyn Directory,
    pub(super) now: Timestamp,
    pub(super) names: HashMap<Box<str>, (EventName, bool)>,
    pub(super) seen: HashSet<u64, BuildHasherDefault<AsIs>>,
    pub(super) scratch: Vec<u8>,
    pub(super) again: HashMap<u64, u32>,
    pub(super) shared: Shared,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(
        mapping: &'a Mapping,
        formats: &[Format],
        headers: &[String],
        calendar: &'a Calendar,
        directory: &'a dyn Directory,
        now: Timestamp,
    ) -> Plan<'a> {
        let steps = mapping.fields.iter().enumerate().filter_map(|(column, field)| {
            let field = field.as_ref()?;
            let name = match field {
                Field::Known(spec) => spec.id,
                Field::Attribute(name) | Field::Property(name) => name,
            };
            Some(Step {
                column,
                role: role(mapping.kind, field),
                reads: field.reads(),
                name,
                format: formats.get(column).copied().unwrap_or_default(),
                unit: headers.get(column).map_or(Decimal::ONE, |header| unit(header)),
                above: String::new(),
                words: HashMap::new(),
                notes: Vec::new(),
            })
        });
        Plan {
            mapping,
            steps: steps.collect(),
            clock: Clock::new(calendar),
            directory,
            now,
            names: HashMap::new(),
            seen: HashSet::default(),
            scratch: Vec::new(),
            again: HashMap::new(),
            shared: Shared::default(),
        }
    }

    /// Tells which addresses of the file name nobody.
    pub(crate) fn share(&mut self, shared: Shared) {
        self.shared = shared;
    }

    /// The fact of a row, or why there is none.
    pub(crate) fn fact(&mut self, row: &Row<'_>) -> Result<Fact, Box<Fault>> {
        let mut steps = std::mem::take(&mut self.steps);
        let gathered = self.gather(&mut steps, row);
        self.steps = steps;
        let mut gathered = gathered?;
        self.complete(&mut gathered);
        match self.mapping.kind {
            kind if kind.describes() => self.became(gathered, row.number),
            _ => self.happened(gathered, row.number),
        }
    }

    /// What was read other than written.
    pub(crate) fn notices(&self, headers: &[String]) -> Vec<Notice> {
        let mut notices = Vec::new();
        for step in &self.steps {
            let column = headers.get(step.column).cloned();
            if step.format.order_in_doubt {
                notices.push(Notice {
                    column: column.clone(),
                    said: order_in_doubt(step.format.order),
                    rows: 0,
                    first_row: 0,
                });
            }
            if step.unit != Decimal::ONE {
                let said = said!(
                    "見出しの単位に合わせて{}倍しました",
                    "numbers were multiplied by {}, as the header says";
                    step.unit
                );
                notices.push(Notice { column: column.clone(), said, rows: 0, first_row: 0 });
            }
            for (note, rows, first_row) in &step.notes {
                let (rows, first_row) = (*rows, *first_row);
                notices.push(Notice { column: column.clone(), said: note.said(), rows, first_row });
            }
        }
        notices
    }

    /// Reads the cells of a row, each by its step.
    fn gather<'c>(
        &mut self,
        steps: &mut [Step<'a>],
        row: &Row<'c>,
    ) -> Result<Gathered<'c>, Box<Fault>>
    where
        'a: 'c,
    {
        let mut gathered =
            Gathered { pairs: Vec::with_capacity(steps.len()), ..Gathered::default() };
        for step in steps.iter_mut() {
            self.gather_one(step, row, &mut gathered)?;
        }
        Ok(gathered)
    }

    /// Reads the cell of a row that a step asks for.
    fn gather_one<'c>(
        &mut self,
        step: &mut Step<'a>,
        row: &Row<'c>,
        gathered: &mut Gathered<'c>,
    ) -> Result<(), Box<Fault>>
    where
        'a: 'c,
    {
        let cell = row.cells.get(step.column).copied().unwrap_or(Cell::Empty);
        if let Cell::Text(text) = cell
            && says_as_above(text)
        {
            step.note(Note::AsAbove, row.number);
            let above = std::mem::take(&mut step.above);
            let cell = if above.is_empty() { Cell::Empty } else { Cell::Text(&above) };
            let mut copied = Gathered::default();
            let done = self.take_in(step, &cell, row.number, &mut copied);
            let copied = done.map(|()| copied.owned());
            step.above = above;
            gathered.unite(copied?);
            return Ok(());
        }
        step.remember(&cell);
        self.take_in(step, &cell, row.number, gathered)
    }

    /// What each cell of a row becomes by itself, for people to see before the file goes in.
    pub(crate) fn becoming(&mut self, row: &Row<'_>, columns: usize) -> Becoming {
        let raw = |place: usize| {
            row.cells.get(place).map_or_else(String::new, |c| shortened(&written(c)))
        };
        let mut cells: Vec<(String, Became)> =
            (0..columns).map(|place| (raw(place), Became::Nothing)).collect();
        let mut steps = std::mem::take(&mut self.steps);
        let mut gathered = Gathered::default();
        for step in steps.iter_mut() {
            let before = gathered.pairs.len();
            let read = self.gather_one(step, row, &mut gathered);
            let became = match read {
                Ok(()) => gathered.said_since(before, &self.clock),
                Err(fault) => Became::Wrong(fault.reason),
            };
            if let Some((_, place)) = cells.get_mut(step.column) {
                *place = became;
            }
        }
        self.steps = steps;
        Becoming { row: row.number, cells }
    }

    /// Reads one cell into what the row says.
    fn take_in<'c>(
        &mut self,
        step: &mut Step<'a>,
        cell: &Cell<'c>,
        row: u64,
        gathered: &mut Gathered<'c>,
    ) -> Result<(), Box<Fault>>
    where
        'a: 'c,
    {
        if is_blank(cell) {
            return Ok(());
        }
        if let Cell::Error(_) = cell {
            step.note(Note::TypedError, row);
            return Ok(());
        }
        let column = step.column;
        let wrong = |wrong: Wrong| {
            Box::new(Fault {
                column: Some(column),
                value: shortened(&written(cell)),
                reason: wrong.0,
                fix: Some(wrong.1),
            })
        };
        if let Cell::Text(text) = cell
            && text.contains('\u{fffd}')
        {
            return Err(wrong(characters_lost()));
        }
        let found = self.read_cell(step, cell, gathered).map_err(wrong)?;
        if let Some(note) = found {
            step.note(note, row);
        }
        Ok(())
    }

    fn read_cell<'c>(
        &mut self,
        step: &mut Step<'a>,
        cell: &Cell<'c>,
        gathered: &mut Gathered<'c>,
    ) -> Result<Option<Note>, Wrong>
    where
        'a: 'c,
    {
        let base_year = self.mapping.base_year;
        match step.role {
            Role::Number => gathered.number = cell::key(cell)?,
            Role::CustomerName => gathered.name = cell::text(cell),
            Role::Contact => gathered.contact = cell::key(cell)?,
            Role::EventName => gathered.event = cell::key(cell)?,
            Role::Id => gathered.id = cell::key(cell)?,
            Role::Family => gathered.family = cell::text(cell),
            Role::Given => gathered.given = cell::text(cell),
            Role::Address => {
                let Some(text) = cell::text(cell) else { return Ok(None) };
                gathered.address = reach::emails(&text).into_iter().next();
                if gathered.address.is_none() {
                    return Err(no_address());
                }
            }
            Role::From => {
                gathered.from = cell::text(cell).map_or(Vec::new(), |text| reach::emails(&text))
            }
            Role::To => {
                gathered.to = cell::text(cell).map_or(Vec::new(), |text| reach::emails(&text))
            }
            Role::At => {
                let rules = DateRules { order: step.format.order, base_year };
                let (when, note) = cell::when(cell, rules)?;
                gathered.at = when.map(|when| self.clock.instant(&when));
                let midnight =
                    when.is_some_and(|when| when.time.is_none()).then_some(Note::Midnight);
                return Ok(note.or(midnight));
            }
            Role::Json => {
                let Some(text) = cell::text(cell) else { return Ok(None) };
                json::properties(&text, &mut gathered.pairs).ok_or_else(no_object)?;
            }
            Role::UnitPrice => {
                let (value, note) = cell::number(cell, step.unit)?;
                gathered.unit_price = value.borrowed().as_number();
                gathered.pairs.push((Cow::Borrowed(step.name), value));
                return Ok(note);
            }
            Role::Phone => return take_phones(step.name, cell, gathered),
            Role::Email => return Ok(take_emails(step.name, cell, gathered)),
            Role::Postal => {
                let Some(text) = cell::text(cell) else { return Ok(None) };
                let prefecture = gathered.text("prefecture");
                let (code, note) = reach::postal_code(&text, prefecture.as_deref());
                gathered.pairs.push((Cow::Borrowed(step.name), Value::from(code)));
                return Ok(note);
            }
            Role::Value => {
                if let (Reads::Choice(_), Cell::Text(text)) = (step.reads, cell) {
                    let (value, note) = step.word(text, cell);
                    gathered.pairs.push((Cow::Borrowed(step.name), value));
                    return Ok(note);
                }
                let (value, note) = cell::known(
                    cell,
                    step.reads,
                    &step.format,
                    base_year,
                    step.unit,
                    &mut self.clock,
                )?;
                gathered.pairs.push((Cow::Borrowed(step.name), value));
                return Ok(note);
            }
        }
        Ok(None)
    }
}

impl Step<'_> {
    pub(super) fn note(&mut self, note: Note, row: u64) {
        match self.notes.iter_mut().find(|(known, _, _)| *known == note) {
            Some((_, rows, _)) => *rows += 1,
            None => self.notes.push((note, 1, row)),
        }
    }

    /// The standard form of a word of a few; the same words come again and again.
    fn word(&mut self, text: &str, cell: &Cell<'_>) -> (Value, Option<Note>) {
        if let Some(known) = self.words.get(text) {
            return known.clone();
        }
        let found = match self.reads {
            Reads::Choice(choices) => cell::choice(cell, choices),
            _ => (cell::text(cell).map_or(Value::Missing, cell::to_value), None),
        };
        if self.words.len() < 1_000 {
            self.words.insert(text.into(), found.clone());
        }
        found
    }

    /// Keeps the text for a ditto mark in the row below.
    fn remember(&mut self, cell: &Cell<'_>) {
        self.above.clear();
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => self.above.push_str(text),
            _ => self.above.push_str(&written(cell)),
        }
    }
}

fn role(kind: Kind, field: &Field) -> Role {
    let Field::Known(spec) = field else { return Role::Value };
    match (spec.id, kind) {
        ("customer", _) => Role::Number,
        ("customer_name", _) => Role::CustomerName,
        ("contact", _) => Role::Contact,
        ("email", kind) if kind.describes() => Role::Email,
        ("from", Kind::Letters) => Role::From,
        ("to", Kind::Letters) => Role::To,
        ("email", _) => Role::Address,
        ("name", Kind::Events) => Role::EventName,
        ("at" | "as_of", _) => Role::At,
        ("id", _) => Role::Id,
        ("properties", Kind::Events) => Role::Json,
        ("family_name", _) => Role::Family,
        ("given_name", _) => Role::Given,
        ("unit_price", _) => Role::UnitPrice,
        ("phone", _) => Role::Phone,
        ("postal_code", _) => Role::Postal,
        _ => Role::Value,
    }
}

/// The unit a header names: 金額(千円) is a thousand.
fn unit(header: &str) -> Decimal {
    let header = crate::cells::plain(header);
    let inside = header.split_once(['(', '[', '【']).map_or("", |(_, inside)| inside);
    match inside.trim_end_matches([')', ']', '】']).trim_start_matches("単位:") {
        "千円" => Decimal::from(1_000),
        "万円" => Decimal::from(10_000),
        "百万円" => Decimal::from(1_000_000),
        "億円" => Decimal::from(100_000_000),
        _ => Decimal::ONE,
    }
}
