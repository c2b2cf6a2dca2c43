//! The Parquet files of the workload.

use std::{fs::File, path::Path, sync::Arc};

use arrow::{
    array::{ArrayRef, Int32Array, Int64Array, UInt8Array, UInt16Array, UInt32Array},
    datatypes::{DataType, Field, Schema},
    record_batch::RecordBatch,
};
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    file::properties::{WriterProperties, WriterPropertiesBuilder},
    schema::types::ColumnPath,
};

use super::{Customer, Row};

/// Rows at which a row group ends, at the next end of a customer.
const GROUP: usize = 1 << 20;

/// A file of events.
pub(super) struct EventFile {
    writer: ArrowWriter<File>,
    schema: Arc<Schema>,
    customers: Vec<u32>,
    times: Vec<i64>,
    kinds: Vec<u8>,
    items: Vec<u16>,
    amounts: Vec<i32>,
}

impl EventFile {
    pub(super) fn create(path: &Path) -> Result<EventFile, String> {
        let schema = Arc::new(Schema::new(vec![
            Field::new("customer_id", DataType::UInt32, false),
            Field::new("ts", DataType::Int64, false),
            Field::new("type", DataType::UInt8, false),
            Field::new("item", DataType::UInt16, false),
            Field::new("amount", DataType::Int32, false),
        ]));
        let properties = compressed()?
            .set_max_row_group_row_count(Some(16 * GROUP))
            .set_column_dictionary_enabled(ColumnPath::from("ts"), false);
        Ok(EventFile {
            writer: writer(path, &schema, properties)?,
            schema,
            customers: vec![],
            times: vec![],
            kinds: vec![],
            items: vec![],
            amounts: vec![],
        })
    }

    pub(super) fn push(&mut self, row: &Row) {
        self.customers.push(row.customer);
        self.times.push(row.at.millis());
        self.kinds.push(row.kind);
        self.items.push(row.item);
        self.amounts.push(row.amount);
    }

    pub(super) fn end_group_when_full(&mut self) -> Result<(), String> {
        if self.customers.len() < GROUP { Ok(()) } else { self.end_group() }
    }

    fn end_group(&mut self) -> Result<(), String> {
        if self.customers.is_empty() {
            return Ok(());
        }
        let columns: Vec<ArrayRef> = vec![
            Arc::new(UInt32Array::from(std::mem::take(&mut self.customers))),
            Arc::new(Int64Array::from(std::mem::take(&mut self.times))),
            Arc::new(UInt8Array::from(std::mem::take(&mut self.kinds))),
            Arc::new(UInt16Array::from(std::mem::take(&mut self.items))),
            Arc::new(Int32Array::from(std::mem::take(&mut self.amounts))),
        ];
        let batch = RecordBatch::try_new(self.schema.clone(), columns)
            .map_err(|fault| fault.to_string())?;
        self.writer.write(&batch).map_err(|fault| fault.to_string())?;
        self.writer.flush().map_err(|fault| fault.to_string())
    }

    pub(super) fn close(mut self) -> Result<(), String> {
        self.end_group()?;
        self.writer.close().map(drop).map_err(|fault| fault.to_string())
    }
}

/// Writes the file of customers; a customer's number is their place in it.
pub(super) fn write_customers(path: &Path, customers: &[Customer]) -> Result<(), String> {
    let small = |name: &str| Field::new(name, DataType::UInt8, false);
    let schema = Arc::new(Schema::new(vec![
        Field::new("customer_id", DataType::UInt32, false),
        small("age"),
        small("gender"),
        small("prefecture"),
        small("industry"),
        small("plan"),
        Field::new("created_at", DataType::Int64, false),
    ]));
    let column = |value: fn(&Customer) -> u8| -> ArrayRef {
        Arc::new(customers.iter().map(|who| Some(value(who))).collect::<UInt8Array>())
    };
    let created = customers.iter().map(|who| Some(who.created.millis()));
    let columns: Vec<ArrayRef> = vec![
        Arc::new(UInt32Array::from_iter_values(0..customers.len() as u32)),
        column(|who| who.age),
        column(|who| who.gender),
        column(|who| who.prefecture),
        column(|who| who.industry),
        column(|who| who.plan),
        Arc::new(created.collect::<Int64Array>()),
    ];
    let batch = RecordBatch::try_new(schema.clone(), columns).map_err(|fault| fault.to_string())?;
    let mut writer = writer(path, &schema, compressed()?)?;
    writer.write(&batch).map_err(|fault| fault.to_string())?;
    writer.close().map(drop).map_err(|fault| fault.to_string())
}

fn compressed() -> Result<WriterPropertiesBuilder, String> {
    let level = ZstdLevel::try_new(3).map_err(|fault| fault.to_string())?;
    Ok(WriterProperties::builder().set_compression(Compression::ZSTD(level)))
}

fn writer(
    path: &Path,
    schema: &Arc<Schema>,
    properties: WriterPropertiesBuilder,
) -> Result<ArrowWriter<File>, String> {
    let file = File::create(path).map_err(|fault| format!("{}: {fault}", path.display()))?;
    ArrowWriter::try_new(file, schema.clone(), Some(properties.build()))
        .map_err(|fault| fault.to_string())
}
