//! Orders of rows: Vega's comparator over one or several fields.

use std::cmp::Ordering;

use arrow::array::{ArrayRef, UInt32Array};
use marey_core::spec::{Setting, SortField, SortOrder};
use rayon::prelude::*;

use super::{
    cells::{Cells, Numbers},
    frame::Frame,
    value::{number_order, text_order},
};
use crate::{Table, TableError};

/// One key of an order, ready to compare rows by.
enum Key<'a> {
    Text(Cells<'a>),
    Numbers(Numbers),
}

/// An order of the rows of a frame: nothing first, then NaN, then values; ties are left to the
/// caller, who keeps the order of the rows.
pub(crate) struct RowOrder<'a> {
    keys: Vec<(Key<'a>, bool)>,
}

impl<'a> RowOrder<'a> {
    /// The order by some fields.
    ///
    /// # Errors
    ///
    /// When a field does not exist.
    pub fn of(frame: &'a Frame, sort: &[SortField]) -> Result<Self, TableError> {
        let mut keys = Vec::with_capacity(sort.len());
        for field in sort {
            let descending = match &field.order {
                Some(Setting::Off) => continue,
                order => matches!(order, Some(Setting::On(SortOrder::Descending))),
            };
            keys.push((Key::of(frame.column(&field.field, "sort")?.array()?), descending));
        }
        Ok(Self { keys })
    }

    /// Whether there is anything to compare by.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Compares two rows.
    pub fn compare(&self, left: u32, right: u32) -> Ordering {
        self.keys
            .iter()
            .map(|(key, descending)| {
                let order = key.compare(left as usize, right as usize);
                if *descending { order.reverse() } else { order }
            })
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    /// Sorts rows; those that compare equal keep their order.
    pub fn sort(&self, rows: &mut [u32]) {
        // With one key of numbers, these are brought along instead of looked up at each comparison.
        if let [(Key::Numbers(numbers), descending)] = self.keys.as_slice() {
            let mut keyed: Vec<(u32, Option<f64>)> = rows
                .iter()
                .map(|row| (*row, numbers.get(*row as usize)))
                .collect();
            keyed.par_sort_by(|left, right| {
                let order = number_order(left.1, right.1);
                if *descending { order.reverse() } else { order }
            });
            rows.iter_mut()
                .zip(keyed)
                .for_each(|(row, (sorted, _))| *row = sorted);
        } else if !self.is_empty() {
            rows.par_sort_by(|left, right| self.compare(*left, *right));
        }
    }
}

impl<'a> Key<'a> {
    fn of(array: &'a ArrayRef) -> Self {
        match Cells::of(array) {
            cells @ Cells::Text(_) => Key::Text(cells),
            _ => Key::Numbers(Numbers::of(array)),
        }
    }

    fn compare(&self, left: usize, right: usize) -> Ordering {
        match self {
            Key::Numbers(numbers) => number_order(numbers.get(left), numbers.get(right)),
            Key::Text(cells) => match (cells.text(left), cells.text(right)) {
                (Some(left), Some(right)) => text_order(left, right),
                (left, right) => left.is_some().cmp(&right.is_some()),
            },
        }
    }
}

/// The rows of a table in the order Vega's `collect` would give them: nothing first, then NaN,
/// then values ascending or descending; ties keep their order.
///
/// # Errors
///
/// When a field does not exist.
pub fn sort(table: &Table, fields: &[SortField]) -> Result<Table, TableError> {
    let frame = Frame::of_table(table);
    let order = RowOrder::of(&frame, fields)?;
    let mut rows: Vec<u32> = (0..frame.rows() as u32).collect();
    order.sort(&mut rows);
    frame.taken(&UInt32Array::from(rows))?.into_table()
}
