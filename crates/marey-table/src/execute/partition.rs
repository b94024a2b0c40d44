//! A step done part by part: in each part of a facet on its own.

use arrow::{
    array::{Array, ArrayRef, UInt32Array, new_null_array},
    compute::{cast, concat},
    datatypes::DataType,
};
use marey_core::FieldName;

use super::{
    frame::{Column, Frame, arrow_error},
    keys::Groups,
};
use crate::TableError;

/// Runs a step on the rows of each combination of the fields' values and puts the results behind
/// each other. Fields that the step drops are put back, as they are the same in all its rows.
///
/// # Errors
///
/// When a field does not exist or the step fails.
pub(crate) fn part_by_part(
    frame: &Frame,
    fields: &[FieldName],
    mut step: impl FnMut(&Frame) -> Result<Frame, TableError>,
) -> Result<Frame, TableError> {
    let keys = frame.select(fields, "facet")?;
    let groups = Groups::of(&keys, frame.rows())?;
    let mut rows: Vec<Vec<u32>> = vec![Vec::new(); groups.len()];
    for (row, code) in (0_u32..).zip(&groups.codes) {
        if let Some(rows) = rows.get_mut(*code as usize) {
            rows.push(row);
        }
    }
    let mut parts = Vec::with_capacity(rows.len());
    for rows in rows {
        let part = frame.taken(&UInt32Array::from(rows))?;
        let mut done = step(&part)?;
        let first = UInt32Array::from(vec![0; done.rows()]);
        for field in fields {
            if done.position(field.as_str()).is_none() {
                done.put(part.column(field, "facet")?.taken(&first)?);
            }
        }
        parts.push(done);
    }
    match parts.is_empty() {
        true => step(frame),
        false => stacked(frame, &parts),
    }
}

/// Frames behind each other; a column that one of them lacks is null there.
fn stacked(like: &Frame, parts: &[Frame]) -> Result<Frame, TableError> {
    let mut names: Vec<FieldName> = Vec::new();
    for column in parts.iter().flat_map(Frame::columns) {
        if !names.contains(column.name()) {
            names.push(column.name().clone());
        }
    }
    let rows = parts.iter().map(Frame::rows).sum();
    let mut columns = Vec::with_capacity(names.len());
    for name in names {
        let pieces: Vec<Option<&Column>> = parts
            .iter()
            .map(|part| part.columns().iter().find(|column| *column.name() == name))
            .collect();
        columns.push(Column::new(name, joined(&pieces, parts)?));
    }
    Ok(like.with_columns(columns, rows))
}

fn joined(pieces: &[Option<&Column>], parts: &[Frame]) -> Result<ArrayRef, TableError> {
    let types: Vec<DataType> = pieces.iter().flatten().map(|column| column.data_type()).collect();
    let common = types
        .iter()
        .filter(|data_type| **data_type != DataType::Null)
        .reduce(|left, right| if left == right { left } else { &DataType::Utf8 })
        .cloned()
        .unwrap_or(DataType::Null);
    let mut arrays = Vec::with_capacity(pieces.len());
    for (piece, part) in pieces.iter().zip(parts) {
        arrays.push(match piece {
            Some(column) => cast(column.array()?, &common).map_err(arrow_error("could not join parts"))?,
            None => new_null_array(&common, part.rows()),
        });
    }
    let arrays: Vec<&dyn Array> = arrays.iter().map(AsRef::as_ref).collect();
    concat(&arrays).map_err(arrow_error("could not join the parts of a facet"))
}
