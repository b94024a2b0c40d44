//! Stacking: values of a group laid end to end.

use std::sync::Arc;

use arrow::array::Float64Array;
use marey_core::{
    FieldName,
    spec::{SortField, StackOffset},
};
use rayon::prelude::*;

use super::{
    cells::Numbers,
    frame::{Column, Frame},
    keys::Groups,
    order::RowOrder,
};
use crate::TableError;

/// What a stack transform is told.
pub(crate) struct Stacking<'a> {
    pub field: &'a FieldName,
    pub groupby: &'a [FieldName],
    pub offset: Option<StackOffset>,
    pub sort: &'a [SortField],
    pub output: &'a [FieldName],
}

/// Adds the start and the end of each row's piece.
///
/// From zero, negative values stack downwards and positive ones upwards, as in Vega; normalised
/// and centred stacks take sizes without sign. Nulls count as 0.
pub(crate) fn stack(frame: &Frame, stacking: &Stacking<'_>) -> Result<Frame, TableError> {
    let Some(start_name) = stacking.output.first() else {
        return Err(TableError::Transform {
            transform: "stack",
            found: "no name for the result".into(),
            expected: "one or two names in `as`",
        });
    };
    let end_name = stacking
        .output
        .get(1)
        .cloned()
        .unwrap_or_else(|| FieldName::new(format!("{start_name}_end")));
    let numbers = Numbers::of(frame.column(stacking.field, "stack")?.array()?);
    let groups = Groups::of(&frame.select(stacking.groupby, "stack")?, frame.rows())?;
    let order = RowOrder::of(frame, stacking.sort)?;
    let value = |row: &u32| numbers.get(*row as usize).unwrap_or(0.0);
    let mut stacks: Vec<(Vec<u32>, f64)> = groups
        .rows()
        .iter()
        .map(|rows| (rows.to_vec(), rows.iter().map(|row| value(row).abs()).sum()))
        .collect();
    let tallest = stacks
        .iter()
        .fold(0.0, |tallest: f64, (_, sum)| tallest.max(*sum));
    let mut starts = vec![0.0; frame.rows()];
    let mut ends = vec![0.0; frame.rows()];
    stacks.par_iter_mut().for_each(|(rows, _)| order.sort(rows));
    for (rows, sum) in &stacks {
        let mut pile = Pile::new(stacking.offset, *sum, tallest);
        for row in rows.iter() {
            let (start, end) = pile.put(value(row));
            starts[*row as usize] = start;
            ends[*row as usize] = end;
        }
    }
    let mut result = frame.clone();
    result.put(Column::new(
        start_name.clone(),
        Arc::new(Float64Array::from(starts)),
    ));
    result.put(Column::new(end_name, Arc::new(Float64Array::from(ends))));
    Ok(result)
}

/// One stack as it grows.
enum Pile {
    Zero { up: f64, down: f64 },
    Normal { scale: f64, last: f64, sum: f64 },
    Center { last: f64 },
}

impl Pile {
    fn new(offset: Option<StackOffset>, sum: f64, tallest: f64) -> Self {
        match offset {
            None | Some(StackOffset::Zero) => Pile::Zero { up: 0.0, down: 0.0 },
            Some(StackOffset::Normalize) => Pile::Normal {
                scale: 1.0 / sum,
                last: 0.0,
                sum: 0.0,
            },
            Some(StackOffset::Center) => Pile::Center {
                last: (tallest - sum) / 2.0,
            },
        }
    }

    fn put(&mut self, value: f64) -> (f64, f64) {
        match self {
            Pile::Zero { up, down } => {
                let end = if value < 0.0 { down } else { up };
                let start = *end;
                *end += value;
                (start, *end)
            }
            Pile::Normal { scale, last, sum } => {
                let start = *last;
                *sum += value.abs();
                *last = *scale * *sum;
                (start, *last)
            }
            Pile::Center { last } => {
                let start = *last;
                *last += value.abs();
                (start, *last)
            }
        }
    }
}
