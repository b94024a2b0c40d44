//! Folding: columns become pairs of a key and a value, one row each.

use std::sync::Arc;

use arrow::{
    array::{Array, ArrayRef, Float64Array, StringArray, UInt32Array},
    compute::interleave,
};
use marey_core::FieldName;

use super::{
    RunContext,
    cells::{Cells, Numbers},
    evaluate::value_column,
    frame::{Column, Frame, arrow_error},
};
use crate::TableError;

/// Every row once per folded field, with the field's name and value.
///
/// Values of several types become numbers where all are numbers, else text.
pub(crate) fn fold(
    frame: &Frame,
    fields: &[FieldName],
    output: Option<&[FieldName; 2]>,
    context: &mut RunContext<'_>,
) -> Result<Frame, TableError> {
    let columns = frame.select(fields, "fold")?;
    let total = frame.rows().saturating_mul(fields.len());
    context.allow_rows("fold", total)?;
    let arrays = columns
        .iter()
        .map(|column| column.array().cloned())
        .collect::<Result<Vec<_>, _>>()?;
    let [key_name, value_name] = output
        .cloned()
        .unwrap_or_else(|| [FieldName::new("key"), FieldName::new("value")]);
    let arrays = alike(arrays, &value_name, context)?;
    let places: Vec<(usize, usize)> = (0..frame.rows())
        .flat_map(|row| (0..fields.len()).map(move |field| (field, row)))
        .collect();
    let rows: UInt32Array = places.iter().map(|(_, row)| *row as u32).collect();
    let keys: StringArray = places
        .iter()
        .map(|(field, _)| Some(fields.get(*field)?.as_str()))
        .collect();
    let mut result = frame.taken(&rows)?;
    result.put(Column::new(key_name, Arc::new(keys)));
    if !arrays.is_empty() {
        let pieces: Vec<&dyn Array> = arrays.iter().map(AsRef::as_ref).collect();
        let values = interleave(&pieces, &places).map_err(arrow_error("could not fold columns"))?;
        result.put(Column::new(value_name, values));
    }
    Ok(result)
}

/// Columns of one type: theirs where they share it, else numbers, else text.
pub(crate) fn alike(
    arrays: Vec<ArrayRef>,
    name: &FieldName,
    context: &mut RunContext<'_>,
) -> Result<Vec<ArrayRef>, TableError> {
    let first = arrays.first().map(|array| array.data_type().clone());
    if arrays
        .iter()
        .all(|array| Some(array.data_type()) == first.as_ref())
    {
        return Ok(arrays);
    }
    let numeric = |array: &ArrayRef| {
        matches!(
            Cells::of(array),
            Cells::Empty | Cells::Bool(_) | Cells::Int(_) | Cells::Float(_) | Cells::Decimal(..)
        )
    };
    if arrays.iter().all(numeric) {
        return Ok(arrays
            .iter()
            .map(|array| {
                let numbers = Numbers::of(array);
                Arc::new(Float64Array::new(numbers.values, numbers.valid)) as ArrayRef
            })
            .collect());
    }
    // In one go, so that all of them come to the same type.
    let lengths: Vec<usize> = arrays.iter().map(|array| array.len()).collect();
    let values = arrays
        .iter()
        .flat_map(|array| {
            let cells = Cells::of(array);
            (0..array.len()).map(move |row| cells.value(row))
        })
        .collect();
    let whole = value_column(values, name, context)?;
    let mut start = 0;
    Ok(lengths
        .into_iter()
        .map(|length| {
            let piece = whole.slice(start, length);
            start += length;
            piece
        })
        .collect())
}
