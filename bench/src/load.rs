//! Loads the files of the workload into a Kizashi folder, by the way every import takes.
//!
//! ```text
//!   files ──▶ facts ──▶ import 1, 2, 3 ... staged by this thread
//!                             └──▶ committed and sorted by another, while the next is staged
//! ```
//! Customers come first and in order, so that a customer's number in the store is the one in the files.

use std::{
    fs::File,
    path::Path,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    time::{Duration, Instant},
};

use arrow::{
    array::{Array, Int32Array, Int64Array, UInt8Array, UInt16Array, UInt32Array},
    record_batch::RecordBatch,
};
use facts::{CustomerKey, Decimal, EventName, Fact, Properties, Timestamp, Value, What};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use store::{CustomerNo, ImportWriter, Options, Store, Watch};

use crate::{
    figures::{Figure, short},
    generate::Row,
    machine,
    segments::TAXED,
    workload::{ATTRIBUTES, Files, Form, KINDS, NOW, PURCHASED, Size},
};

/// So many events are one import.
const IMPORT: u64 = 5_000_000;
/// The memory an import is sorted in.
const SORTED_IN: usize = 256 << 20;
/// Of the rich form, one event in so many comes once more in a batch that is undone.
const UNDONE_ONE_IN: u64 = 20;

/// What loading took.
pub(crate) struct Loaded {
    pub(crate) events: u64,
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
    pub(crate) peak_mb: u64,
}

impl Loaded {
    pub(crate) fn figures(&self, size: Size, form: Form) -> Vec<Figure> {
        vec![Figure {
            what: format!("loading {} customers and {} events", size.customers(), self.events),
            value: format!("{}, {:.1} CPU s", short(self.wall), self.cpu.as_secs_f64()),
            how: format!(
                "Parquet files ({form:?} form) to a folder, through the store's import, to the last merge; peak {} MB",
                self.peak_mb
            ),
        }]
    }
}

/// Makes the folder from the files; what lay there before is removed.
pub(crate) fn load(files: &Files, form: Form) -> Result<Loaded, String> {
    let (began, before) = (Instant::now(), machine::cpu("self", false));
    let folder = files.firm(form);
    // A folder begun is not a folder loaded: it gets its name at the end.
    let unfinished = folder.with_extension("unfinished");
    let _ = std::fs::remove_dir_all(&unfinished);
    let _ = std::fs::remove_dir_all(&folder);
    let options = Options { flush_bytes: SORTED_IN, tidy_by_hand: true, ..Options::default() };
    let store = Store::open(&unfinished, options, &Watch::NONE).map_err(told)?;
    let events = fill(&store, files, form)?;
    store.tidy(&Watch::NONE).map_err(told)?;
    store.close().map_err(told)?;
    std::fs::rename(&unfinished, &folder).map_err(told)?;
    Ok(Loaded {
        events,
        wall: began.elapsed(),
        cpu: machine::cpu("self", false).saturating_sub(before),
        peak_mb: machine::peak_memory("self"),
    })
}

fn fill(store: &Store, files: &Files, form: Form) -> Result<u64, String> {
    load_customers(store, &files.customers())?;
    let (staged, to_commit) = sync_channel(1);
    std::thread::scope(|scope| {
        let committing = scope.spawn(move || commit_each(&to_commit));
        let events = stage_events(store, &files.by_customer(), form, &staged);
        drop(staged);
        let committed = committing.join().map_err(|_| "the committing thread panicked")?;
        committed.and(events)
    })?;
    if form == Form::Rich {
        import_and_undo(store, &files.by_customer())?;
    }
    Ok(store.events_n())
}

fn load_customers(store: &Store, path: &Path) -> Result<(), String> {
    let mut import = store.begin_import("bench", "customers", NOW).map_err(told)?;
    for batch in batches(path)? {
        let batch = batch?;
        let numbers: &UInt32Array = column(&batch, "customer_id")?;
        let created: &Int64Array = column(&batch, "created_at")?;
        let mut columns = vec![];
        for name in ATTRIBUTES {
            let values: &UInt8Array = column(&batch, name)?;
            columns.push((name, values));
        }
        for place in 0..batch.num_rows() {
            let value = |values: &UInt8Array| Value::from(i64::from(values.value(place)));
            let pairs = columns.iter().map(|(name, values)| (*name, value(values)));
            let fact = Fact {
                customer: key(numbers.value(place)),
                contact: None,
                at: Timestamp::from_millis(created.value(place)),
                what: What::Became(Properties::new(pairs).map_err(told)?),
                id: None,
            };
            import.add(&fact).map_err(told)?;
        }
    }
    let appended = import.commit(&Watch::NONE).map_err(told)?;
    // Members are compared by number.
    let last = appended.accepted as u32 - 1;
    match store.number_of(&key(last)) {
        Some(CustomerNo(number)) if number == last => Ok(()),
        other => Err(format!("customer {last} of the files is {other:?} in the store")),
    }
}

fn commit_each(staged: &Receiver<ImportWriter>) -> Result<(), String> {
    staged.iter().try_for_each(|import| import.commit(&Watch::NONE).map(drop).map_err(told))
}

fn stage_events(
    store: &Store,
    path: &Path,
    form: Form,
    staged: &SyncSender<ImportWriter>,
) -> Result<(), String> {
    let begin = || store.begin_import("bench", "events", NOW).map_err(told);
    let (mut import, mut rows) = (begin()?, 0_u64);
    let mut facts = Facts::of(form)?;
    each_row(path, |row| {
        import.add(&facts.fact(row)).map_err(told)?;
        rows += 1;
        if rows.is_multiple_of(IMPORT) {
            let full = std::mem::replace(&mut import, begin()?);
            staged.send(full).map_err(|_| "an import could not be committed")?;
        }
        Ok(())
    })?;
    staged.send(import).map_err(|_| "the last import could not be committed".to_owned())
}

/// One event in twenty comes again a minute later, as from a file imported by mistake, and is taken back.
fn import_and_undo(store: &Store, path: &Path) -> Result<(), String> {
    let mut import = store.begin_import("bench", "by mistake", NOW).map_err(told)?;
    let mut facts = Facts::of(Form::Rich)?;
    let mut place = 0_u64;
    each_row(path, |row| {
        place += 1;
        if place.is_multiple_of(UNDONE_ONE_IN) {
            let again = Row { at: row.at.plus(Timestamp::MINUTE), ..*row };
            import.add(&facts.fact(&again)).map_err(told)?;
        }
        Ok(())
    })?;
    let appended = import.commit(&Watch::NONE).map_err(told)?;
    let batch = appended.batch.ok_or("nothing was imported by mistake")?;
    store.undo(batch, NOW, "bench").map(drop).map_err(told)
}

/// Calls `each` for every event of a file, in its order.
pub(crate) fn each_row(
    path: &Path,
    mut each: impl FnMut(&Row) -> Result<(), String>,
) -> Result<(), String> {
    for batch in batches(path)? {
        let batch = batch?;
        let customers: &UInt32Array = column(&batch, "customer_id")?;
        let times: &Int64Array = column(&batch, "ts")?;
        let kinds: &UInt8Array = column(&batch, "type")?;
        let items: &UInt16Array = column(&batch, "item")?;
        let amounts: &Int32Array = column(&batch, "amount")?;
        for place in 0..batch.num_rows() {
            let at = Timestamp::from_millis(times.value(place));
            each(&Row {
                arrived: at,
                at,
                customer: customers.value(place),
                amount: amounts.value(place),
                item: items.value(place),
                kind: kinds.value(place),
            })?;
        }
    }
    Ok(())
}

fn batches(path: &Path) -> Result<impl Iterator<Item = Result<RecordBatch, String>>, String> {
    let file = File::open(path).map_err(|fault| format!("{}: {fault}", path.display()))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(told)?;
    let reader = builder.with_batch_size(1 << 16).build().map_err(told)?;
    Ok(reader.map(|batch| batch.map_err(told)))
}

fn column<'a, A: Array + 'static>(batch: &'a RecordBatch, name: &str) -> Result<&'a A, String> {
    let column = batch.column_by_name(name);
    let array = column.and_then(|column| column.as_any().downcast_ref());
    array.ok_or_else(|| format!("the file has no column `{name}` of the right type"))
}

/// What a customer of the files is called.
pub(crate) fn key(customer: u32) -> CustomerKey {
    match CustomerKey::new(&format!("C{customer:07}")) {
        Ok(key) => key,
        Err(fault) => unreachable!("a letter and a number make a key: {fault}"),
    }
}

/// Turns rows into facts; names and common properties are made once.
pub(crate) struct Facts {
    form: Form,
    names: Vec<EventName>,
    /// By kind and item.
    items: Vec<Vec<Properties>>,
    last: (u32, CustomerKey),
}

impl Facts {
    pub(crate) fn of(form: Form) -> Result<Facts, String> {
        let names = KINDS.iter().map(|kind| EventName::new(kind.name).map_err(told));
        let items = KINDS.iter().map(|kind| {
            let each = (0..kind.items)
                .map(|item| Properties::new([("item", item_value(item, form))]).map_err(told));
            each.collect()
        });
        Ok(Facts {
            form,
            names: names.collect::<Result<_, String>>()?,
            items: items.collect::<Result<_, String>>()?,
            last: (0, key(0)),
        })
    }

    pub(crate) fn fact(&mut self, row: &Row) -> Fact {
        if self.last.0 != row.customer {
            self.last = (row.customer, key(row.customer));
        }
        let kind = usize::from(row.kind);
        let properties = if row.kind == PURCHASED {
            let pairs = [
                ("item", item_value(row.item, self.form)),
                ("amount", amount_value(row.amount, self.form)),
            ];
            Properties::new(pairs).unwrap_or_default()
        } else {
            self.items[kind][usize::from(row.item)].clone()
        };
        Fact {
            customer: self.last.1.clone(),
            contact: None,
            at: row.at,
            what: What::Happened { name: self.names[kind].clone(), properties },
            id: None,
        }
    }
}

fn item_value(item: u16, form: Form) -> Value {
    match form {
        Form::Plain => Value::from(i64::from(item)),
        Form::Rich => Value::from(format!("item-{item}")),
    }
}

fn amount_value(amount: i32, form: Form) -> Value {
    match form {
        Form::Plain => Value::from(i64::from(amount)),
        Form::Rich => Value::from(Decimal::new(i64::from(amount) * TAXED, 2)),
    }
}

/// An error as a sentence.
pub(crate) fn told(fault: impl std::fmt::Display) -> String {
    fault.to_string()
}
