//! Lookup: fields of another table joined by a key.

use arrow::array::{Array, UInt32Array};
use foldhash::quality::FixedState;
use hashbrown::HashMap;
use marey_core::{
    FieldName,
    spec::{DataSource, InlineData, Literal, LookupSource},
};

use super::{
    RunContext,
    cells::Cells,
    evaluate::value_column,
    fold::alike,
    frame::{Column, Frame, arrow_error},
    inline::table_of_rows,
    keys::Groups,
    predicate::literal_value,
    value::Value,
};
use crate::TableError;

/// Adds fields of the other table's last row with the same key, as text: in Vega 1 and "1" match.
///
/// Without a list of fields the whole row is added, its fields named `output.field`.
pub(crate) fn lookup(
    frame: &Frame,
    key: &FieldName,
    from: &LookupSource,
    output: &[FieldName],
    default: Option<&Literal>,
    context: &mut RunContext<'_>,
) -> Result<Frame, TableError> {
    let other = source(from, context)?;
    let rows = matches(frame, key, &other, &from.key)?;
    let default = default.map_or(Value::Null, literal_value);
    let mut result = frame.clone();
    let mut add = |name: FieldName, column: &Column, context: &mut RunContext<'_>| {
        let taken = column.taken(&rows)?;
        result.put(or_default(taken, &rows, &default, context)?.renamed(name));
        Ok::<_, TableError>(())
    };
    match &from.fields {
        Some(fields) => {
            for (index, field) in fields.iter().enumerate() {
                let name = output.get(index).unwrap_or(field).clone();
                add(name, other.column(field, "lookup")?, context)?;
            }
        }
        None => {
            let prefix = output.first().map_or("_lookup", FieldName::as_str);
            for column in other.columns() {
                add(
                    FieldName::new(format!("{prefix}.{}", column.name())),
                    column,
                    context,
                )?;
            }
        }
    }
    Ok(result)
}

/// The row of the other table for each row of this one.
fn matches(
    frame: &Frame,
    key: &FieldName,
    other: &Frame,
    other_key: &FieldName,
) -> Result<UInt32Array, TableError> {
    let index_column = other.column(other_key, "lookup")?;
    let index_cells = Cells::of(index_column.array()?);
    let mut index: HashMap<String, u32, FixedState> = HashMap::default();
    for row in 0..other.rows() {
        index.insert(index_cells.value(row).to_text(), row as u32);
    }
    let column = frame.column(key, "lookup")?;
    let cells = Cells::of(column.array()?);
    // One text per different key, not per row.
    let keys = Groups::of(&[column], frame.rows())?;
    let found: Vec<Option<u32>> = keys
        .first
        .iter()
        .map(|row| index.get(&cells.value(*row as usize).to_text()).copied())
        .collect();
    Ok(keys
        .codes
        .iter()
        .map(|code| found.get(*code as usize).copied().flatten())
        .collect())
}

/// A column with a default where no row was found.
fn or_default(
    column: Column,
    rows: &UInt32Array,
    default: &Value,
    context: &mut RunContext<'_>,
) -> Result<Column, TableError> {
    if *default == Value::Null || rows.null_count() == 0 {
        return Ok(column);
    }
    let name = column.name().clone();
    let fill = value_column(vec![default.clone()], &name, context)?;
    let arrays = alike(vec![column.array()?.clone(), fill], &name, context)?;
    let pieces: Vec<&dyn arrow::array::Array> = arrays.iter().map(AsRef::as_ref).collect();
    let places: Vec<(usize, usize)> = rows
        .iter()
        .enumerate()
        .map(|(row, found)| if found.is_some() { (0, row) } else { (1, 0) })
        .collect();
    let values = arrow::compute::interleave(&pieces, &places)
        .map_err(arrow_error("could not fill a looked-up column"))?;
    Ok(Column::new(name, values))
}

/// The other table: one the caller supplied, or rows in the spec itself.
fn source(from: &LookupSource, context: &RunContext<'_>) -> Result<Frame, TableError> {
    let unfit = |found: &str| TableError::Transform {
        transform: "lookup",
        found: found.to_owned(),
        expected: "data: an address or a name whose table is supplied, or inline rows",
    };
    let names: Vec<&str> = match &from.data {
        DataSource::Url { url, name, .. } => {
            let mut names = vec![url.as_str()];
            names.extend(name.as_deref());
            names
        }
        DataSource::Named { name, .. } => vec![name],
        DataSource::Inline { values, name, .. } => {
            let supplied = name.as_deref().and_then(|name| supplied(&[name], context));
            return match (supplied, values) {
                (Some(frame), _) => Ok(frame),
                (None, InlineData::Rows(rows)) => Ok(Frame::of_table(&table_of_rows("lookup", rows)?)),
                (None, _) => Err(unfit("inline data that is no list of rows, without a name")),
            };
        }
        DataSource::None => return Err(unfit("no data")),
        _ => return Err(unfit("generated data")),
    };
    supplied(&names, context).ok_or_else(|| TableError::UnknownTable {
        name: names.first().copied().unwrap_or_default().to_owned(),
        available: context.tables.iter().map(|(name, _)| name.clone()).collect(),
    })
}

fn supplied(names: &[&str], context: &RunContext<'_>) -> Option<Frame> {
    let known = context
        .tables
        .iter()
        .find(|(known, _)| names.contains(&known.as_str()))?;
    Some(Frame::of_table(&known.1))
}
