//! Pivoting: values of a field become columns.

use std::{cmp::Ordering, sync::Arc};

use arrow::array::{Int64Array, UInt32Array};
use marey_core::{
    Aggregate, FieldName,
    spec::{AggregateOp, FieldRef},
};

use super::{
    RunContext, aggregate,
    cells::Cells,
    frame::{Column, Frame},
    keys::Groups,
    value::{Value, number_order, text_order},
};
use crate::TableError;

/// Most columns a pivot makes: more cannot be looked at, and most often mean a wrong field.
const MAX_COLUMNS: usize = 10_000;

/// What a pivot transform is told.
pub(crate) struct Pivoting<'a> {
    pub field: &'a FieldName,
    pub value: &'a FieldName,
    pub groupby: &'a [FieldName],
    pub limit: Option<f64>,
    pub op: Option<&'a Aggregate>,
}

/// One row per group, one column per value of the pivot field, named by it, in ascending order.
pub(crate) fn pivot(
    frame: &Frame,
    pivoting: &Pivoting<'_>,
    context: &RunContext<'_>,
) -> Result<Frame, TableError> {
    let column = frame.column(pivoting.field, "pivot")?;
    let keys = frame.select(pivoting.groupby, "pivot")?;
    let groups = Groups::of(&keys, frame.rows())?;
    let names = Groups::of(&[column], frame.rows())?;
    let chosen = chosen_names(&names, column, pivoting.limit)?;
    // Each pair of a group and a name is summarised once, then put in its place.
    let pairs = groups.combined(&names);
    let op = pivoting.op.cloned().unwrap_or(Aggregate::Sum);
    let counting = matches!(
        op,
        Aggregate::Count | Aggregate::Valid | Aggregate::Missing | Aggregate::Distinct
    );
    let ops = [AggregateOp {
        op,
        field: Some(FieldRef::Name(pivoting.value.clone())),
        output: FieldName::new("value"),
    }];
    frame.column(pivoting.value, "pivot")?;
    let summaries = aggregate::summaries(frame, &pairs, &ops, context.options.seed)?;
    let Some(summary) = summaries.first() else {
        return Ok(frame.with_columns(Vec::new(), groups.len()));
    };
    let mut places: Vec<Vec<Option<u32>>> = vec![vec![None; groups.len()]; names.len()];
    for (pair, row) in pairs.first.iter().enumerate() {
        let (group, name) = (groups.codes[*row as usize], names.codes[*row as usize]);
        places[name as usize][group as usize] = Some(pair as u32);
    }
    let mut result = frame.with_columns(Vec::new(), groups.len());
    for key in keys {
        result.put(key.taken(&groups.first_rows())?);
    }
    for (code, name) in chosen {
        let rows = UInt32Array::from(std::mem::take(&mut places[code]));
        let values = summary.taken(&rows)?;
        result.put(if counting {
            counted(&values, &name)?
        } else {
            values.renamed(name)
        });
    }
    Ok(result)
}

/// Counts, 0 where there was nothing to count.
fn counted(column: &Column, name: &str) -> Result<Column, TableError> {
    let array = column.array()?;
    let cells = Cells::of(array);
    let counts: Int64Array = (0..array.len())
        .map(|row| Some(cells.number(row).unwrap_or(0.0) as i64))
        .collect();
    Ok(Column::new(name, Arc::new(counts)))
}

/// The codes and names of the new columns, in ascending order of the values.
fn chosen_names(
    names: &Groups,
    column: &Column,
    limit: Option<f64>,
) -> Result<Vec<(usize, String)>, TableError> {
    let cells = Cells::of(column.array()?);
    let mut values: Vec<(usize, Value)> = names
        .first
        .iter()
        .enumerate()
        .map(|(code, row)| (code, cells.value(*row as usize)))
        .collect();
    values.sort_by(|(_, left), (_, right)| ascending(left, right));
    if let Some(limit) = limit.filter(|limit| *limit >= 1.0) {
        values.truncate(limit as usize);
    }
    if values.len() > MAX_COLUMNS {
        return Err(TableError::TooMany {
            transform: "pivot",
            what: "columns",
            found: values.len(),
            limit: MAX_COLUMNS,
        });
    }
    Ok(values
        .into_iter()
        .map(|(code, value)| (code, value.to_text()))
        .collect())
}

fn ascending(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => text_order(left, right),
        _ => {
            let number = |value: &Value| (*value != Value::Null).then(|| value.to_number());
            number_order(number(left), number(right))
        }
    }
}
