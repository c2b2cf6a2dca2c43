//! The values of one property, one for each event, or of one attribute, one for each change.

use std::collections::BTreeMap;

use facts::{Decimal, Value, ValueRef, push_value, read_value};

use crate::bytes::{
    push_column, push_i64, push_u32, read_column, read_i64, read_u8, read_u32, take,
};

/// The values of a column, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// Few different values: a list of them, and for each row which one it is.
    Coded {
        /// The different values; the first is [`Value::Missing`].
        values: Vec<Value>,
        /// For each row a place in `values`.
        codes: Codes,
    },
    /// Many different numbers.
    Numbers {
        /// The number of a row is its whole number divided by ten so many times.
        scale: u32,
        /// The whole numbers; 0 where the value is missing.
        whole: Vec<i64>,
        /// The rows that have a value, a bit each; all have one when there is none.
        present: Option<Vec<u64>>,
    },
    /// Too much to keep side by side: long texts, each different. Only the histories know the values.
    LeftOut {
        /// How many rows there are.
        rows: usize,
    },
}

/// Places in a list of values, as narrow as they can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Codes {
    /// Up to 256 values.
    Narrow(Vec<u8>),
    /// Up to 65,536 values.
    Wide(Vec<u16>),
    /// More.
    Widest(Vec<u32>),
}

const CODED: u8 = 1;
const NUMBERS: u8 = 2;
const LEFT_OUT: u8 = 3;
/// Different values of a column take at most about so many bytes; beyond, the column is left out.
const MOST_BYTES: usize = 1 << 20;
/// Above so many different values a column of numbers is kept as numbers.
const FEW: usize = 256;

impl Codes {
    fn of(codes: &[u32], n_values: usize) -> Codes {
        match n_values {
            0..=0x100 => Codes::Narrow(codes.iter().map(|code| *code as u8).collect()),
            0x101..=0x1_0000 => Codes::Wide(codes.iter().map(|code| *code as u16).collect()),
            _ => Codes::Widest(codes.to_vec()),
        }
    }

    /// The code of a row.
    pub fn get(&self, row: usize) -> usize {
        match self {
            Codes::Narrow(codes) => usize::from(codes[row]),
            Codes::Wide(codes) => usize::from(codes[row]),
            Codes::Widest(codes) => codes[row] as usize,
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Codes::Narrow(codes) => codes.len(),
            Codes::Wide(codes) => codes.len(),
            Codes::Widest(codes) => codes.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Calls `each` with every row and what the table says of its code.
    pub fn look_up<T: Copy>(&self, table: &[T], mut each: impl FnMut(usize, T)) {
        match self {
            // A table of exactly 256 entries needs no check of bounds in the loop.
            Codes::Narrow(codes) => match padded(table) {
                Some(table) => {
                    for (row, code) in codes.iter().enumerate() {
                        each(row, table[usize::from(*code)]);
                    }
                }
                None => assert!(codes.is_empty(), "a table has an entry for every code"),
            },
            Codes::Wide(codes) => {
                for (row, code) in codes.iter().enumerate() {
                    each(row, table[usize::from(*code)]);
                }
            }
            Codes::Widest(codes) => {
                for (row, code) in codes.iter().enumerate() {
                    each(row, table[*code as usize]);
                }
            }
        }
    }

    /// Appends the codes to bytes.
    fn push(&self, bytes: &mut Vec<u8>) {
        match self {
            Codes::Narrow(codes) => bytes.extend_from_slice(codes),
            Codes::Wide(codes) => {
                codes.iter().for_each(|code| bytes.extend_from_slice(&code.to_le_bytes()));
            }
            Codes::Widest(codes) => {
                codes.iter().for_each(|code| bytes.extend_from_slice(&code.to_le_bytes()));
            }
        }
    }

    fn read(bytes: &mut &[u8], n: usize, n_values: usize) -> Option<Codes> {
        let codes = match n_values {
            0..=0x100 => Codes::Narrow(take(bytes, n)?.to_vec()),
            0x101..=0x1_0000 => {
                let raw = take(bytes, n.checked_mul(2)?)?;
                Codes::Wide(
                    raw.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two)).collect(),
                )
            }
            _ => {
                let raw = take(bytes, n.checked_mul(4)?)?;
                Codes::Widest(
                    raw.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect(),
                )
            }
        };
        let greatest = match &codes {
            Codes::Narrow(codes) => codes.iter().max().map(|code| usize::from(*code)),
            Codes::Wide(codes) => codes.iter().max().map(|code| usize::from(*code)),
            Codes::Widest(codes) => codes.iter().max().map(|code| *code as usize),
        };
        greatest.is_none_or(|code| code < n_values).then_some(codes)
    }
}

/// A table filled up to 256 entries; `None` when it is empty.
fn padded<T: Copy>(table: &[T]) -> Option<[T; 256]> {
    let mut whole = [*table.first()?; 256];
    for (to, from) in whole.iter_mut().zip(table) {
        *to = *from;
    }
    Some(whole)
}

impl Column {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Column::Coded { codes, .. } => codes.len(),
            Column::Numbers { whole, .. } => whole.len(),
            Column::LeftOut { rows } => *rows,
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a row; missing where the values are left out, which is to be looked for first.
    pub fn value(&self, row: usize) -> ValueRef<'_> {
        match self {
            Column::Coded { values, codes } => values[codes.get(row)].borrowed(),
            Column::Numbers { scale, whole, present } => {
                let is_there =
                    present.as_ref().is_none_or(|words| words[row / 64] >> (row % 64) & 1 == 1);
                match is_there {
                    true => ValueRef::Number(Decimal::new(whole[row], *scale)),
                    false => ValueRef::Missing,
                }
            }
            Column::LeftOut { .. } => ValueRef::Missing,
        }
    }

    pub(crate) fn encode(&self, bytes: &mut Vec<u8>) {
        match self {
            Column::Coded { values, codes } => {
                bytes.push(CODED);
                push_u32(bytes, values.len() as u32);
                values.iter().for_each(|value| push_value(bytes, value.borrowed()));
                push_u32(bytes, codes.len() as u32);
                codes.push(bytes);
            }
            Column::Numbers { scale, whole, present } => {
                bytes.push(NUMBERS);
                bytes.push(*scale as u8);
                push_u32(bytes, whole.len() as u32);
                bytes.push(u8::from(present.is_some()));
                for word in present.iter().flatten() {
                    bytes.extend_from_slice(&word.to_le_bytes());
                }
                let base = whole.iter().copied().min().unwrap_or(0);
                push_i64(bytes, base);
                push_column(bytes, whole.iter().map(|number| number.wrapping_sub(base) as u64));
            }
            Column::LeftOut { rows } => {
                bytes.push(LEFT_OUT);
                push_u32(bytes, *rows as u32);
            }
        }
    }

    pub(crate) fn decode(bytes: &mut &[u8]) -> Option<Column> {
        match read_u8(bytes)? {
            CODED => {
                let n_values = read_u32(bytes)? as usize;
                let mut values = Vec::with_capacity(n_values.min(1 << 16));
                for _ in 0..n_values {
                    let (value, rest) = read_value(bytes)?;
                    values.push(value.to_owned());
                    *bytes = rest;
                }
                let n = read_u32(bytes)? as usize;
                let codes = Codes::read(bytes, n, n_values)?;
                (values.first() == Some(&Value::Missing)).then_some(Column::Coded { values, codes })
            }
            NUMBERS => {
                let scale = u32::from(read_u8(bytes)?);
                let n = read_u32(bytes)? as usize;
                let present = match read_u8(bytes)? {
                    0 => None,
                    _ => {
                        let raw = take(bytes, n.div_ceil(64) * 8)?;
                        Some(
                            raw.as_chunks::<8>()
                                .0
                                .iter()
                                .map(|word| u64::from_le_bytes(*word))
                                .collect(),
                        )
                    }
                };
                let base = read_i64(bytes)?;
                let whole = read_column(bytes, n, |above| base.wrapping_add(above as i64))?;
                (scale <= Decimal::MAX_SCALE).then_some(Column::Numbers { scale, whole, present })
            }
            LEFT_OUT => Some(Column::LeftOut { rows: read_u32(bytes)? as usize }),
            _ => None,
        }
    }
}

/// Collects the values of a column row by row; rows left out are missing.
#[derive(Debug)]
pub(crate) struct ColumnBuilder {
    values: Vec<Value>,
    places: BTreeMap<Vec<u8>, u32>,
    codes: Vec<u32>,
    packed: Vec<u8>,
    bytes: usize,
}

impl ColumnBuilder {
    pub(crate) fn new() -> ColumnBuilder {
        ColumnBuilder {
            values: vec![Value::Missing],
            places: BTreeMap::new(),
            codes: vec![],
            packed: vec![],
            bytes: 0,
        }
    }

    /// Gives a row its value; rows come in order.
    pub(crate) fn put(&mut self, row: usize, value: ValueRef<'_>) {
        if MOST_BYTES < self.bytes {
            return;
        }
        self.codes.resize(row, 0);
        if value.is_missing() {
            self.codes.push(0);
            return;
        }
        self.packed.clear();
        push_value(&mut self.packed, value);
        let code = match self.places.get(&self.packed) {
            Some(code) => *code,
            None => {
                self.values.push(value.to_owned());
                let code = self.values.len() as u32 - 1;
                self.places.insert(self.packed.clone(), code);
                // A number takes little, however many there are.
                self.bytes += if value.as_text().is_some() { self.packed.len() } else { 1 };
                if MOST_BYTES < self.bytes {
                    (self.values, self.codes) = (vec![], vec![]);
                    self.places.clear();
                    return;
                }
                code
            }
        };
        self.codes.push(code);
    }

    /// The column of `n` rows.
    pub(crate) fn finish(mut self, n: usize) -> Column {
        if MOST_BYTES < self.bytes {
            return Column::LeftOut { rows: n };
        }
        self.codes.resize(n, 0);
        if FEW < self.values.len()
            && let Some(column) = self.as_numbers()
        {
            return column;
        }
        self.sort();
        let codes = Codes::of(&self.codes, self.values.len());
        Column::Coded { values: self.values, codes }
    }

    /// Puts the values in the order of their bytes: neighbouring blocks with the same values then have equal lists.
    fn sort(&mut self) {
        let mut new_of = vec![0_u32; self.values.len()];
        let mut values = vec![Value::Missing];
        for old in self.places.values() {
            new_of[*old as usize] = values.len() as u32;
            values.push(std::mem::replace(&mut self.values[*old as usize], Value::Missing));
        }
        self.values = values;
        self.codes.iter_mut().for_each(|code| *code = new_of[*code as usize]);
    }

    /// As whole numbers of one scale, when all values are numbers and fit.
    fn as_numbers(&self) -> Option<Column> {
        let mut numbers = vec![];
        for value in &self.values[1..] {
            let Value::Number(number) = value else { return None };
            numbers.push(number.normalize());
        }
        let scale = numbers.iter().map(Decimal::scale).max()?;
        let mut whole_of = vec![0_i64];
        for number in numbers {
            let up = 10_i128.checked_pow(scale - number.scale())?;
            whole_of.push(i64::try_from(number.mantissa().checked_mul(up)?).ok()?);
        }
        // The distance between the least and the greatest is kept in 64 bits.
        let (least, greatest) = (whole_of.iter().min()?, whole_of.iter().max()?);
        greatest.checked_sub(*least)?;
        let whole = self.codes.iter().map(|code| whole_of[*code as usize]).collect();
        let present = self.codes.contains(&0).then(|| {
            let words = self.codes.chunks(64);
            let word = |codes: &[u32]| {
                let bits = codes.iter().enumerate();
                bits.fold(0, |word, (bit, code)| word | u64::from(*code != 0) << bit)
            };
            words.map(word).collect()
        });
        Some(Column::Numbers { scale, whole, present })
    }
}
