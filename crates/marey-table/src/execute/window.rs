//! Window functions: values of a row out of its place among the sorted rows of its partition.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int64Array, UInt32Array};
use marey_core::{
    FieldName,
    spec::{SortField, WindowFunction, WindowOp},
};
use rayon::prelude::*;

use super::{
    cells::Cells,
    frame::{Column, Frame},
    keys::Groups,
    order::RowOrder,
    window_aggregate::Sliding,
    window_frame::{Bounds, Partition},
};
use crate::TableError;

/// What a window transform is told.
pub(crate) struct Windowing<'a> {
    pub ops: &'a [WindowOp],
    pub frame: Option<[Option<f64>; 2]>,
    pub ignore_peers: bool,
    pub groupby: &'a [FieldName],
    pub sort: &'a [SortField],
    pub seed: u64,
}

/// Adds running values; rows keep their order.
pub(crate) fn window(frame: &Frame, windowing: &Windowing<'_>) -> Result<Frame, TableError> {
    let groups = Groups::of(&frame.select(windowing.groupby, "window")?, frame.rows())?;
    let order = RowOrder::of(frame, windowing.sort)?;
    let bounds = Bounds::of(
        windowing.frame.unwrap_or([None, Some(0.0)]),
        !windowing.ignore_peers && !order.is_empty(),
    );
    let rows = groups.rows();
    let partitions: Vec<Partition> = (0..rows.len())
        .into_par_iter()
        .map(|group| {
            let mut rows = rows.of(group).to_vec();
            order.sort(&mut rows);
            Partition::of(rows, &order)
        })
        .collect();
    let mut result = frame.clone();
    for op in windowing.ops {
        let array = running(frame, op, &partitions, &bounds, windowing.seed)?;
        result.put(Column::new(op.output.clone(), array));
    }
    Ok(result)
}

fn running(
    frame: &Frame,
    op: &WindowOp,
    partitions: &[Partition],
    bounds: &Bounds,
    seed: u64,
) -> Result<ArrayRef, TableError> {
    use WindowFunction::{CumeDist, DenseRank, Ntile, PercentRank, Rank, RowNumber};
    match &op.op {
        WindowFunction::Aggregate(aggregate) => {
            Sliding::new(frame, aggregate, op.field.as_ref(), seed)?.run(partitions, bounds)
        }
        RowNumber => Ok(ranks(frame, partitions, |_, place| place as i64 + 1)),
        Rank => Ok(ranks(frame, partitions, |partition, place| {
            partition.peers(place).start as i64 + 1
        })),
        DenseRank => Ok(ranks(frame, partitions, |partition, place| {
            partition.number_of_peers(place) as i64 + 1
        })),
        PercentRank => Ok(shares(frame, partitions, |partition, place| {
            partition.peers(place).start as f64 / (partition.rows.len() as f64 - 1.0)
        })),
        CumeDist => Ok(shares(frame, partitions, cumulative_share)),
        Ntile => {
            let tiles = parameter(op, "ntile")?;
            Ok(ranks(frame, partitions, |partition, place| {
                (tiles * cumulative_share(partition, place)).ceil() as i64
            }))
        }
        _ => taken(frame, op, partitions, bounds),
    }
}

/// Share of rows up to the current one and its peers. As in Vega, a first row does not see the
/// peers that follow it.
fn cumulative_share(partition: &Partition, place: usize) -> f64 {
    let last = if place == 0 {
        0
    } else {
        partition.peers(place).end - 1
    };
    (1 + last) as f64 / partition.rows.len() as f64
}

fn parameter(op: &WindowOp, transform: &'static str) -> Result<f64, TableError> {
    op.param
        .filter(|param| *param > 0.0)
        .ok_or_else(|| TableError::Transform {
            transform,
            found: op
                .param
                .map_or_else(|| "no `param`".into(), |param| format!("`param` {param}")),
            expected: "a `param` above 0",
        })
}

fn ranks(frame: &Frame, partitions: &[Partition], rank: impl Fn(&Partition, usize) -> i64) -> ArrayRef {
    Arc::new(Int64Array::from(placed(frame, partitions, rank)))
}

fn shares(frame: &Frame, partitions: &[Partition], share: impl Fn(&Partition, usize) -> f64) -> ArrayRef {
    Arc::new(Float64Array::from(placed(frame, partitions, share)))
}

/// A value for every row out of its partition and its place there.
fn placed<T: Clone + Default>(
    frame: &Frame,
    partitions: &[Partition],
    value: impl Fn(&Partition, usize) -> T,
) -> Vec<T> {
    let mut values = vec![T::default(); frame.rows()];
    for partition in partitions {
        for (place, row) in partition.rows.iter().enumerate() {
            values[*row as usize] = value(partition, place);
        }
    }
    values
}

/// Functions whose value is that of another row.
fn taken(
    frame: &Frame,
    op: &WindowOp,
    partitions: &[Partition],
    bounds: &Bounds,
) -> Result<ArrayRef, TableError> {
    let Some(field) = &op.field else {
        return Err(TableError::Transform {
            transform: "window",
            found: format!("`{}` without a field", op.op.as_str()),
            expected: "a field whose value is taken",
        });
    };
    let column = frame.column(field, "window")?;
    let cells = Cells::of(column.array()?);
    let offset = op
        .param
        .filter(|param| *param != 0.0 && !param.is_nan())
        .unwrap_or(1.0) as i64;
    let row_at = |partition: &Partition, place: Option<usize>| {
        place.and_then(|place| partition.rows.get(place).copied())
    };
    let moved = |place: usize, by: i64| usize::try_from(place as i64 + by).ok();
    let rows: Vec<Option<u32>> = match &op.op {
        WindowFunction::Lag => placed(frame, partitions, |partition, place| {
            row_at(partition, moved(place, -offset))
        }),
        WindowFunction::Lead => placed(frame, partitions, |partition, place| {
            row_at(partition, moved(place, offset))
        }),
        WindowFunction::FirstValue => placed(frame, partitions, |partition, place| {
            row_at(partition, Some(bounds.range(partition, place).start))
        }),
        WindowFunction::LastValue => placed(frame, partitions, |partition, place| {
            row_at(partition, bounds.range(partition, place).end.checked_sub(1))
        }),
        WindowFunction::NthValue => {
            let nth = parameter(op, "nth_value")? as usize;
            placed(frame, partitions, |partition, place| {
                let range = bounds.range(partition, place);
                let place = Some(range.start + nth.saturating_sub(1)).filter(|place| *place < range.end);
                row_at(partition, place)
            })
        }
        WindowFunction::PrevValue => valid_rows(frame, partitions, &cells, false),
        _ => valid_rows(frame, partitions, &cells, true),
    };
    column.taken(&UInt32Array::from(rows))?.array().cloned()
}

/// The nearest row with a value, from each row backwards or forwards.
fn valid_rows(
    frame: &Frame,
    partitions: &[Partition],
    cells: &Cells<'_>,
    forwards: bool,
) -> Vec<Option<u32>> {
    let mut rows = vec![None; frame.rows()];
    for partition in partitions {
        let mut nearest = None;
        let mut visit = |row: u32| {
            if !cells.is_null(row as usize) {
                nearest = Some(row);
            }
            rows[row as usize] = nearest;
        };
        if forwards {
            partition.rows.iter().rev().for_each(|row| visit(*row));
        } else {
            partition.rows.iter().for_each(|row| visit(*row));
        }
    }
    rows
}
