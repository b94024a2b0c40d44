//! Flattening: items of lists become rows.

use arrow::array::UInt32Array;
use marey_core::FieldName;

use super::{
    RunContext,
    cells::Cells,
    evaluate::{parsed, value_column},
    frame::{Column, Frame},
    value::Value,
};
use crate::TableError;

/// Every row once per item of its lists, which are text in JSON; lists of several fields go side
/// by side, shorter ones filled with null. A value that is no list counts as a list of itself,
/// null as an empty one.
pub(crate) fn flatten(
    frame: &Frame,
    fields: &[FieldName],
    output: Option<&[FieldName]>,
    context: &mut RunContext<'_>,
) -> Result<Frame, TableError> {
    let columns = frame.select(fields, "flatten")?;
    let cells = columns
        .iter()
        .map(|column| Ok(Cells::of(column.array()?)))
        .collect::<Result<Vec<_>, TableError>>()?;
    let mut rows: Vec<u32> = Vec::new();
    let mut values: Vec<Vec<Value>> = vec![Vec::new(); fields.len()];
    for row in 0..frame.rows() {
        let lists: Vec<Vec<Value>> = cells.iter().map(|cells| items(cells.value(row))).collect();
        let longest = lists.iter().map(Vec::len).max().unwrap_or_default();
        context.allow_rows("flatten", rows.len().saturating_add(longest))?;
        rows.extend(std::iter::repeat_n(row as u32, longest));
        for (values, mut list) in values.iter_mut().zip(lists) {
            list.resize(longest, Value::Null);
            values.extend(list);
        }
    }
    let mut result = frame.taken(&UInt32Array::from(rows))?;
    for (index, (field, values)) in fields.iter().zip(values).enumerate() {
        let name = output.and_then(|names| names.get(index)).unwrap_or(field);
        let array = value_column(values, name, context)?;
        result.put(Column::new(name.clone(), array));
    }
    Ok(result)
}

fn items(value: Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::List(items) => items,
        Value::Text(text) => match parsed(&text) {
            Some(Value::List(items)) => items,
            _ => vec![Value::Text(text)],
        },
        other => vec![other],
    }
}
