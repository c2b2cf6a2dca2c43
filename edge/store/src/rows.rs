//! Facts in memory, packed, on their way into a run: what came since the last run, or a piece of an import.

use std::collections::BTreeMap;

use facts::{CustomerKey, HistoryBuilder, Stamp, Timestamp};

use crate::{StoreError, ids::IdEntry, records::Parsed, run::RunWriter};

/// Facts with their stamps; the bytes of all of them in one piece.
#[derive(Default, Clone)]
pub(crate) struct Rows {
    bytes: Vec<u8>,
    rows: Vec<Row>,
    pub(crate) ids: Vec<IdEntry>,
}

#[derive(Clone, Copy)]
struct Row {
    no: u32,
    batch: u32,
    start: usize,
    length: u32,
    seq: u64,
    received_at: Timestamp,
    old: bool,
}

/// What the facts of one batch have in common.
#[derive(Clone, Copy)]
pub(crate) struct RowStamp {
    pub(crate) batch: u32,
    pub(crate) seq: u64,
    pub(crate) received_at: Timestamp,
    pub(crate) old: bool,
}

impl Rows {
    pub(crate) fn push(&mut self, no: u32, stamp: RowStamp, rest: &[u8]) {
        let RowStamp { batch, seq, received_at, old } = stamp;
        let (start, length) = (self.bytes.len(), rest.len() as u32);
        self.bytes.extend_from_slice(rest);
        self.rows.push(Row { no, batch, start, length, seq, received_at, old });
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Memory in use, roughly.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
            + self.rows.len() * size_of::<Row>()
            + self.ids.len() * size_of::<IdEntry>()
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.rows.clear();
        self.ids.clear();
    }

    /// Appends the rows of another piece.
    pub(crate) fn extend(&mut self, other: &Rows) {
        let by = self.bytes.len();
        self.bytes.extend_from_slice(&other.bytes);
        self.rows.extend(other.rows.iter().map(|row| Row { start: row.start + by, ..*row }));
        self.ids.extend_from_slice(&other.ids);
    }

    fn learn(&self, row: u32, builder: &mut HistoryBuilder, nobody: &CustomerKey) {
        let row = &self.rows[row as usize];
        let rest = &self.bytes[row.start..row.start + row.length as usize];
        // Packed by us a moment ago, or read from a frame and parsed before it came here.
        let Some(parsed) = Parsed::read(rest) else { return };
        let Some(fact) = parsed.to_fact(nobody.clone()) else { return };
        let known = if row.old { fact.at.min(row.received_at) } else { row.received_at };
        builder.learn(&fact, Stamp { at: fact.at, known, seq: row.seq, batch: row.batch });
    }

    /// Writes all rows, histories in the order of customers, into a run.
    pub(crate) fn write(&mut self, run: &mut RunWriter) -> Result<(), StoreError> {
        let mut order: Vec<(u32, u32)> =
            self.rows.iter().enumerate().map(|(place, row)| (row.no, place as u32)).collect();
        order.sort_unstable();
        let nobody = nobody();
        let mut builder = HistoryBuilder::new();
        let mut bytes = vec![];
        for of_one in order.chunk_by(|a, b| a.0 == b.0) {
            builder.clear();
            for (_, row) in of_one {
                self.learn(*row, &mut builder, &nobody);
            }
            let history = builder.finish();
            bytes.clear();
            history.encode(&mut bytes);
            run.add(of_one[0].0, &bytes)?;
        }
        self.ids.sort_unstable();
        for id in &self.ids {
            run.add_id(*id)?;
        }
        run.count_facts(self.rows.len() as u64);
        Ok(())
    }
}

/// A key for facts whose customer is known by number.
fn nobody() -> CustomerKey {
    match CustomerKey::new("-") {
        Ok(key) => key,
        Err(_) => unreachable!("a dash is a customer key"),
    }
}

/// Rows that can be read by customer.
#[derive(Default, Clone)]
pub(crate) struct Tail {
    pub(crate) rows: Rows,
    by_customer: BTreeMap<u32, Vec<u32>>,
}

impl Tail {
    pub(crate) fn push(&mut self, no: u32, stamp: RowStamp, rest: &[u8]) {
        self.by_customer.entry(no).or_default().push(self.rows.len() as u32);
        self.rows.push(no, stamp, rest);
    }

    /// Adds what is here of one customer, leaving out undone batches.
    pub(crate) fn learn(
        &self,
        no: u32,
        builder: &mut HistoryBuilder,
        undone: impl Fn(u32) -> bool,
    ) {
        let Some(rows) = self.by_customer.get(&no) else { return };
        let nobody = nobody();
        for row in rows {
            if !undone(self.rows.rows[*row as usize].batch) {
                self.rows.learn(*row, builder, &nobody);
            }
        }
    }

    /// The customers from `first` on, ascending.
    pub(crate) fn customers_from(&self, first: u32) -> impl Iterator<Item = u32> {
        self.by_customer.range(first..).map(|(no, _)| *no)
    }
}
