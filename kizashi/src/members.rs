//! Writes members and counts as files: `members` and `counts`, CSV or Parquet.

use std::{fs::File, path::Path, sync::Arc};

use arrow::{
    array::{ArrayRef, StringArray, TimestampMillisecondArray, UInt64Array},
    datatypes::{DataType, Field, Schema, TimeUnit},
    record_batch::RecordBatch,
};
use intake::CsvWriter;
use parquet::{arrow::ArrowWriter, basic::Compression, file::properties::WriterProperties};
use segments::Segment;
use store::Store;

use crate::{args::Format, evaluate::Found, screen::Failure};

/// Writes `members` (segment, customer, may_change_at) and `counts` (segment, count) into a folder.
pub(crate) fn write(
    out: &Path,
    format: Format,
    segments: &[Segment],
    found: &Found,
    store: &Store,
) -> Result<(), Failure> {
    match format {
        Format::Csv => csv(out, segments, found, store),
        Format::Parquet => parquet(out, segments, found, store),
    }
}

fn key(store: &Store, customer: store::CustomerNo) -> String {
    store.key_of(customer).map_or_else(String::new, |key| key.to_string())
}

fn csv(out: &Path, segments: &[Segment], found: &Found, store: &Store) -> Result<(), Failure> {
    let (members, counts) = (out.join("members.csv"), out.join("counts.csv"));
    let opened = |path: &Path| {
        let file = File::create(path).map_err(|fault| Failure::file(path, fault))?;
        CsvWriter::new(std::io::BufWriter::new(file)).map_err(|fault| Failure::file(path, fault))
    };
    let (mut to_members, mut to_counts) = (opened(&members)?, opened(&counts)?);
    let mut write = || -> std::io::Result<()> {
        to_members.row(["segment", "customer", "may_change_at"])?;
        to_counts.row(["segment", "count"])?;
        for (segment, found) in segments.iter().zip(found) {
            to_counts.row([segment.id.as_str(), &found.len().to_string()])?;
            for (customer, until) in found {
                let until = until.map_or_else(String::new, |at| at.to_string());
                to_members.row([segment.id.as_str(), &key(store, *customer), &until])?;
            }
        }
        Ok(())
    };
    write().map_err(|fault| Failure::file(&members, fault))?;
    to_members.finish().map_err(|fault| Failure::file(&members, fault))?;
    to_counts.finish().map_err(|fault| Failure::file(&counts, fault))?;
    Ok(())
}

fn parquet(out: &Path, segments: &[Segment], found: &Found, store: &Store) -> Result<(), Failure> {
    let members = out.join("members.parquet");
    let instant = DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into()));
    let schema = Arc::new(Schema::new(vec![
        Field::new("segment", DataType::Utf8, false),
        Field::new("customer", DataType::Utf8, false),
        Field::new("may_change_at", instant, true),
    ]));
    let batches = segments.iter().zip(found).map(|(segment, found)| {
        let ids: StringArray = found.iter().map(|_| Some(segment.id.as_str())).collect();
        let keys: StringArray =
            found.iter().map(|(customer, _)| Some(key(store, *customer))).collect();
        let until: TimestampMillisecondArray =
            found.iter().map(|(_, until)| until.map(|at| at.millis())).collect();
        vec![Arc::new(ids) as ArrayRef, Arc::new(keys), Arc::new(until.with_timezone("UTC"))]
    });
    write_parquet(&members, &schema, batches)?;
    let schema = Arc::new(Schema::new(vec![
        Field::new("segment", DataType::Utf8, false),
        Field::new("count", DataType::UInt64, false),
    ]));
    let ids: StringArray = segments.iter().map(|segment| Some(segment.id.as_str())).collect();
    let counts: UInt64Array = found.iter().map(|members| Some(members.len() as u64)).collect();
    let columns = vec![Arc::new(ids) as ArrayRef, Arc::new(counts)];
    write_parquet(&out.join("counts.parquet"), &schema, std::iter::once(columns))
}

fn write_parquet(
    path: &Path,
    schema: &Arc<Schema>,
    batches: impl Iterator<Item = Vec<ArrayRef>>,
) -> Result<(), Failure> {
    let file = File::create(path).map_err(|fault| Failure::file(path, fault))?;
    let properties = WriterProperties::builder().set_compression(Compression::LZ4_RAW).build();
    let mut writer = ArrowWriter::try_new(file, schema.clone(), Some(properties))
        .map_err(|fault| Failure::file(path, fault))?;
    for columns in batches {
        let batch = RecordBatch::try_new(schema.clone(), columns)
            .map_err(|fault| Failure::file(path, fault))?;
        writer.write(&batch).map_err(|fault| Failure::file(path, fault))?;
    }
    writer.close().map(|_| ()).map_err(|fault| Failure::file(path, fault))
}
