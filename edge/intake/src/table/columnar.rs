//! Parquet files, batch by batch.

use std::{
    fs::File,
    panic::{AssertUnwindSafe, catch_unwind},
};

use arrow::{
    array::{Array, ArrayRef, AsArray, RecordBatch, RecordBatchReader},
    compute::cast,
    datatypes::{DataType, Float64Type, Int64Type, TimeUnit, TimestampMillisecondType},
};
use bytes::Bytes;
use parquet::{
    arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder},
    file::reader::ChunkReader,
};

use super::{Cell, Flow, Row, RowFault};
use crate::{Source, Unreadable, said::said};

/// Rows that are decoded at a time.
const BATCH: usize = 8 << 10;

/// The number of rows the file says it has.
pub(crate) fn n_rows(source: &Source) -> Result<u64, Unreadable> {
    let rows = |n: i64| u64::try_from(n).unwrap_or(0);
    guarded(source, || match source.path() {
        Some(path) => {
            let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path).ok()?).ok()?;
            Some(rows(builder.metadata().file_metadata().num_rows()))
        }
        None => {
            let builder = ParquetRecordBatchReaderBuilder::try_new(memory(source)?).ok()?;
            Some(rows(builder.metadata().file_metadata().num_rows()))
        }
    })
}

/// Hands over the column names as row 1, then every row.
pub(crate) fn each(
    source: &Source,
    passed: &mut dyn FnMut(u64),
    take: &mut dyn FnMut(Result<Row<'_>, RowFault>) -> Flow,
) -> Result<(), Unreadable> {
    let mut reader = guarded(source, || match source.path() {
        Some(path) => reader(File::open(path).ok()?),
        None => reader(memory(source)?),
    })?;
    let schema = names(&reader);
    let cells: Vec<Cell<'_>> = schema.iter().map(|name| Cell::Text(name)).collect();
    if take(Ok(Row { number: 1, cells: &cells })).is_break() {
        return Ok(());
    }
    let mut number = 1;
    while let Some(batch) =
        guarded(source, || reader.next().map_or(Some(None), |b| b.ok().map(Some)))?
    {
        let columns = guarded(source, || Some(typed(&batch)))?;
        for place in 0..batch.num_rows() {
            number += 1;
            let cells: Vec<Cell<'_>> = columns.iter().map(|column| column.cell(place)).collect();
            if take(Ok(Row { number, cells: &cells })).is_break() {
                return Ok(());
            }
        }
        passed(number - 1);
    }
    Ok(())
}

fn memory(source: &Source) -> Option<Bytes> {
    source.memory().map(Bytes::from_owner)
}

fn reader<R: ChunkReader + 'static>(file: R) -> Option<ParquetRecordBatchReader> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).ok()?;
    builder.with_batch_size(BATCH).build().ok()
}

fn names(reader: &ParquetRecordBatchReader) -> Vec<String> {
    reader.schema().fields().iter().map(|field| field.name().clone()).collect()
}

/// A damaged file may trip the reader; that must not take the program with it.
fn guarded<T>(source: &Source, read: impl FnOnce() -> Option<T>) -> Result<T, Unreadable> {
    catch_unwind(AssertUnwindSafe(read)).ok().flatten().ok_or_else(|| {
        source.broken(said!(
            "Parquetファイルとして読み取れません。作り直してください",
            "this cannot be read as a Parquet file; write it anew"
        ))
    })
}

/// A column in one of the few types that cells have.
enum Typed {
    Whole(ArrayRef),
    Float(ArrayRef),
    Bool(ArrayRef),
    Instant(ArrayRef),
    Text(ArrayRef),
    Nothing,
}

fn typed(batch: &RecordBatch) -> Vec<Typed> {
    batch.columns().iter().map(typed_column).collect()
}

fn typed_column(column: &ArrayRef) -> Typed {
    use DataType as T;
    let into = |kind: T| cast(column, &kind).ok();
    let typed = match column.data_type() {
        T::Int8 | T::Int16 | T::Int32 | T::Int64 | T::UInt8 | T::UInt16 | T::UInt32 => {
            into(T::Int64).map(Typed::Whole)
        }
        T::Float16 | T::Float32 | T::Float64 => into(T::Float64).map(Typed::Float),
        T::Boolean => Some(Typed::Bool(column.clone())),
        // A time without a zone is a local one and goes on as text.
        T::Timestamp(_, Some(zone)) => {
            into(T::Timestamp(TimeUnit::Millisecond, Some(zone.clone()))).map(Typed::Instant)
        }
        _ => into(T::Utf8).map(Typed::Text),
    };
    typed.unwrap_or(Typed::Nothing)
}

impl Typed {
    fn cell(&self, place: usize) -> Cell<'_> {
        let there = |array: &ArrayRef| array.is_valid(place);
        match self {
            Typed::Whole(array) if there(array) => {
                Cell::Whole(array.as_primitive::<Int64Type>().value(place))
            }
            Typed::Float(array) if there(array) => {
                Cell::Number(array.as_primitive::<Float64Type>().value(place))
            }
            Typed::Bool(array) if there(array) => Cell::Bool(array.as_boolean().value(place)),
            Typed::Instant(array) if there(array) => {
                Cell::At(array.as_primitive::<TimestampMillisecondType>().value(place))
            }
            Typed::Text(array) if there(array) => match array.as_string::<i32>().value(place) {
                "" => Cell::Empty,
                text => Cell::Text(text),
            },
            _ => Cell::Empty,
        }
    }
}
