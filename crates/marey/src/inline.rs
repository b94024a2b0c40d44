//! Specs that carry their rows, so that they draw anywhere.

use arrow::{
    array::{Array, ArrayRef, AsArray, RecordBatch},
    datatypes::{DataType, Date32Type, Decimal128Type, Float64Type, Int64Type, TimestampMicrosecondType},
    util::display::{ArrayFormatter, FormatOptions},
};
use marey_core::{
    ChartSpec,
    spec::{DataSource, InlineData, JsonMap},
};
use marey_table::Table;
use serde_json::Value;

/// The spec with the table's first rows as its data.
///
/// Nulls are JSON null; NaN and infinities, which JSON does not know, are null too. Days and instants
/// are ISO date-times without zone (`2024-05-01T00:00:00`), which browsers read as local time, so
/// that a day stays the same day everywhere.
///
/// ```
/// use marey::{ChartSpec, core::Mark, core::spec::Encoding, table::read::{ReadOptions, read}};
///
/// let table = read("t.csv", b"day,n\n2024-05-01,1\n".to_vec(), &ReadOptions::default())?.value;
/// let spec = marey::with_rows(&ChartSpec::unit(Mark::Point, Encoding::new()), &table, 100);
/// assert_eq!(spec.to_json()["data"]["values"][0]["day"], "2024-05-01T00:00:00");
/// # Ok::<(), marey::table::TableError>(())
/// ```
pub fn with_rows(spec: &ChartSpec, table: &Table, max_rows: usize) -> ChartSpec {
    let mut spec = spec.clone();
    spec.view.data = Some(DataSource::Inline {
        values: InlineData::Rows(rows(table, max_rows)),
        format: None,
        name: None,
        rest: JsonMap::new(),
    });
    spec
}

fn rows(table: &Table, max_rows: usize) -> Vec<Value> {
    let mut rows = Vec::new();
    for batch in table.batches() {
        for row in 0..batch.num_rows().min(max_rows - rows.len()) {
            rows.push(object(batch, row));
        }
    }
    rows
}

fn object(batch: &RecordBatch, row: usize) -> Value {
    let schema = batch.schema();
    let members = schema.fields().iter().zip(batch.columns());
    Value::Object(
        members
            .map(|(field, array)| (field.name().clone(), value(array, row)))
            .collect(),
    )
}

/// One cell as JSON.
fn value(array: &ArrayRef, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    match array.data_type() {
        DataType::Boolean => array.as_boolean().value(row).into(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into(),
        DataType::Decimal128(_, scale) => {
            let unscaled = array.as_primitive::<Decimal128Type>().value(row);
            (unscaled as f64 / 10f64.powi(i32::from(*scale))).into()
        }
        DataType::Date32 => array
            .as_primitive::<Date32Type>()
            .value_as_datetime(row)
            .map_or(Value::Null, |day| {
                day.format("%Y-%m-%dT00:00:00").to_string().into()
            }),
        DataType::Timestamp(..) => array
            .as_primitive::<TimestampMicrosecondType>()
            .value_as_datetime(row)
            .map_or(Value::Null, |instant| {
                instant.format("%Y-%m-%dT%H:%M:%S%.f").to_string().into()
            }),
        DataType::Utf8 => array.as_string::<i32>().value(row).into(),
        _ => ArrayFormatter::try_new(array.as_ref(), &FormatOptions::default())
            .map_or(Value::Null, |formatter| formatter.value(row).to_string().into()),
    }
}
