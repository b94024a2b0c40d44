//! Imputing: rows that are missing from groups are made, values that are missing are filled.

use std::sync::Arc;

use arrow::{
    array::{Array, BooleanArray, UInt32Array, new_null_array},
    compute::concat,
    datatypes::DataType,
};
use foldhash::quality::FixedState;
use hashbrown::HashMap;
use marey_core::{
    Aggregate, FieldName,
    spec::{Impute, ImputeMethod, WindowFunction, WindowOp},
};

use super::{
    RunContext,
    cells::Cells,
    evaluate::value_column,
    fold::alike,
    frame::{Column, Frame, arrow_error},
    keys::Groups,
    predicate::literal_value,
    value::Value,
    window::{Windowing, window},
};
use crate::TableError;

/// What an impute transform is told.
pub(crate) struct Imputing<'a> {
    pub field: &'a FieldName,
    pub key: &'a FieldName,
    pub groupby: &'a [FieldName],
    pub how: &'a Impute,
}

/// Adds a row for each key a group lacks, behind the others and marked `_impute`, and fills them.
///
/// As Vega-Lite compiles it: by value, only the new rows are filled; by mean, median, minimum or
/// maximum of a frame of the group's rows, all nulls are.
pub(crate) fn impute(
    frame: &Frame,
    imputing: &Imputing<'_>,
    context: &mut RunContext<'_>,
) -> Result<Frame, TableError> {
    let how = imputing.how;
    let method = how.method.unwrap_or(ImputeMethod::Value);
    let fill = match (method, &how.value) {
        (ImputeMethod::Value, Some(value)) => literal_value(value),
        _ => Value::Null,
    };
    let filled = with_missing_rows(frame, imputing, &fill, context)?;
    let aggregate = match method {
        ImputeMethod::Value => return Ok(filled),
        ImputeMethod::Mean => Aggregate::Mean,
        ImputeMethod::Median => Aggregate::Median,
        ImputeMethod::Max => Aggregate::Max,
        ImputeMethod::Min => Aggregate::Min,
    };
    let neighbours = FieldName::new(format!("imputed_{}_value", imputing.field));
    let windowed = window(
        &filled,
        &Windowing {
            ops: &[WindowOp {
                op: WindowFunction::Aggregate(aggregate),
                field: Some(imputing.field.clone()),
                param: None,
                output: neighbours.clone(),
            }],
            frame: Some(how.frame.unwrap_or([None, None])),
            ignore_peers: false,
            groupby: imputing.groupby,
            sort: &[],
            seed: context.options.seed,
        },
    )?;
    coalesced(windowed, imputing.field, &neighbours, context)
}

/// Replaces the nulls of a field by another's values.
fn coalesced(
    mut frame: Frame,
    field: &FieldName,
    other: &FieldName,
    context: &mut RunContext<'_>,
) -> Result<Frame, TableError> {
    let arrays = vec![
        frame.column(field, "impute")?.array()?.clone(),
        frame.column(other, "impute")?.array()?.clone(),
    ];
    let arrays = alike(arrays, field, context)?;
    let pieces: Vec<&dyn Array> = arrays.iter().map(AsRef::as_ref).collect();
    let places: Vec<(usize, usize)> = (0..frame.rows())
        .map(|row| {
            let missing = arrays.first().is_some_and(|array| Cells::of(array).is_null(row));
            (usize::from(missing), row)
        })
        .collect();
    let values = arrow::compute::interleave(&pieces, &places).map_err(arrow_error("could not impute"))?;
    frame.put(Column::new(field.clone(), values));
    Ok(frame)
}

/// A row that was not there: its group, by the group's first row, and its key.
struct Missing {
    group_row: u32,
    key: usize,
}

fn with_missing_rows(
    frame: &Frame,
    imputing: &Imputing<'_>,
    fill: &Value,
    context: &mut RunContext<'_>,
) -> Result<Frame, TableError> {
    let key_column = frame.column(imputing.key, "impute")?;
    frame.column(imputing.field, "impute")?;
    let group_columns = frame.select(imputing.groupby, "impute")?;
    let groups = Groups::of(&group_columns, frame.rows())?;
    let keys = Groups::of(&[key_column], frame.rows())?;
    let domain = Domain::of(&keys, key_column, imputing.how, context)?;
    let cells = groups.len().saturating_mul(domain.values.len());
    context.allow_rows("impute", cells)?;
    let mut present = vec![false; cells];
    for (group, key) in groups.codes.iter().zip(&keys.codes) {
        present[*group as usize * domain.values.len() + domain.of_code[*key as usize]] = true;
    }
    let missing: Vec<Missing> = (0..groups.len())
        .flat_map(|group| (0..domain.values.len()).map(move |key| (group, key)))
        .filter(|(group, key)| !present[group * domain.values.len() + key])
        .map(|(group, key)| Missing {
            group_row: groups.first[group],
            key,
        })
        .collect();
    context.allow_rows("impute", frame.rows().saturating_add(missing.len()))?;
    appended(frame, imputing, &domain, &missing, fill, context)
}

/// The keys every group should have.
struct Domain {
    values: Vec<Value>,
    /// Place of each of the column's own keys.
    of_code: Vec<usize>,
}

impl Domain {
    fn of(
        keys: &Groups,
        column: &Column,
        how: &Impute,
        context: &RunContext<'_>,
    ) -> Result<Self, TableError> {
        let cells = Cells::of(column.array()?);
        let mut values = asked_keys(how, context)?;
        if cells.is_temporal() {
            // Keys of a temporal field are written as times.
            values = values.into_iter().map(as_time).collect();
        }
        let mut places: HashMap<String, usize, FixedState> = HashMap::default();
        for (place, value) in values.iter().enumerate() {
            places.insert(key_text(value), place);
        }
        let of_code = keys
            .first
            .iter()
            .map(|row| {
                let value = cells.value(*row as usize);
                *places.entry(key_text(&value)).or_insert_with(|| {
                    values.push(value);
                    values.len() - 1
                })
            })
            .collect();
        Ok(Self { values, of_code })
    }
}

fn as_time(value: Value) -> Value {
    match value {
        Value::Text(text) => Value::Date(super::date_text::parse(&text)),
        Value::Number(time) => Value::Date(time),
        other => other,
    }
}

/// Text that tells keys apart; times to the millisecond.
fn key_text(value: &Value) -> String {
    match value {
        Value::Date(time) => format!("{}#{time}", value.to_text()),
        other => other.to_text(),
    }
}

fn asked_keys(how: &Impute, context: &RunContext<'_>) -> Result<Vec<Value>, TableError> {
    let mut values: Vec<Value> = how.keyvals.iter().flatten().map(literal_value).collect();
    if let Some((start, stop, step)) = how.keyvals_sequence {
        let (start, step) = (start.unwrap_or(0.0), step.unwrap_or(1.0));
        let count = ((stop - start) / step).ceil().max(0.0);
        // A float cast saturates, and NaN becomes 0.
        context.allow_rows("impute", count as usize)?;
        values.extend((0..count as usize).map(|index| Value::Number(start + index as f64 * step)));
    }
    Ok(values)
}

fn appended(
    frame: &Frame,
    imputing: &Imputing<'_>,
    domain: &Domain,
    missing: &[Missing],
    fill: &Value,
    context: &mut RunContext<'_>,
) -> Result<Frame, TableError> {
    let group_rows: UInt32Array = missing.iter().map(|missing| missing.group_row).collect();
    let mut result = frame.with_columns(Vec::new(), frame.rows() + missing.len());
    for column in frame.columns() {
        let name = column.name();
        let array = column.array()?.clone();
        let added = if name == imputing.key {
            let keys = missing
                .iter()
                .filter_map(|missing| domain.values.get(missing.key).cloned());
            value_column(keys.collect(), name, context)?
        } else if name == imputing.field {
            value_column(vec![fill.clone(); missing.len()], name, context)?
        } else if imputing.groupby.contains(name) {
            column.taken(&group_rows)?.array()?.clone()
        } else {
            new_null_array(array.data_type(), missing.len())
        };
        let pieces = joinable(array, added, name, context)?;
        let pieces: Vec<&dyn Array> = pieces.iter().map(AsRef::as_ref).collect();
        let joined = concat(&pieces).map_err(arrow_error("could not add imputed rows"))?;
        result.put(Column::new(name.clone(), joined));
    }
    let marks: BooleanArray = (0..frame.rows() + missing.len())
        .map(|row| (row >= frame.rows()).then_some(true))
        .collect();
    result.put(Column::new("_impute", Arc::new(marks)));
    Ok(result)
}

/// Old and new rows of a column in one type: the old one where the new values fit it.
fn joinable(
    old: arrow::array::ArrayRef,
    new: arrow::array::ArrayRef,
    name: &FieldName,
    context: &mut RunContext<'_>,
) -> Result<Vec<arrow::array::ArrayRef>, TableError> {
    if new.data_type() == &DataType::Null {
        let nulls = new_null_array(old.data_type(), new.len());
        return Ok(vec![old, nulls]);
    }
    let whole_numbers = matches!(Cells::of(&old), Cells::Int(_))
        && (0..new.len()).all(|row| {
            Cells::of(&new)
                .number(row)
                .is_none_or(|number| number.fract() == 0.0)
        });
    let same_kind = Cells::of(&old).is_temporal() && Cells::of(&new).is_temporal();
    if whole_numbers || same_kind {
        let cast = arrow::compute::cast(&new, old.data_type());
        if let Ok(new) = cast {
            return Ok(vec![old, new]);
        }
    }
    alike(vec![old, new], name, context)
}
