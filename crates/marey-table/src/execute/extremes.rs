//! [`Extremes`]: the rows at which a field is smallest and largest.

use arrow::array::{ArrayRef, UInt32Array};

use super::{
    cells::{Cells, Numbers},
    keys::Groups,
    moments::by_chunk,
    value::text_order,
};

/// The first row of each group at which a field is smallest, and largest.
#[derive(Debug)]
pub(crate) struct Extremes(Vec<Ends>);

#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    low: Option<u32>,
    high: Option<u32>,
}

impl Extremes {
    /// Finds them; nulls, empty texts and NaN are left out.
    pub fn of(array: &ArrayRef, groups: &Groups) -> Self {
        let cells = Cells::of(array);
        if let Cells::Text(_) = cells {
            let valid = |row: usize| cells.text(row).is_some_and(|text| !text.is_empty());
            let less = |left: u32, right: u32| match (cells.text(left as usize), cells.text(right as usize)) {
                (Some(left), Some(right)) => text_order(left, right).is_lt(),
                _ => false,
            };
            return Self(ends(groups, valid, less));
        }
        let numbers = Numbers::of(array);
        let valid = |row: usize| numbers.get(row).is_some_and(|number| !number.is_nan());
        // Only valid rows are compared, so their buffer values are real.
        let less = |left: u32, right: u32| numbers.values[left as usize] < numbers.values[right as usize];
        Self(ends(groups, valid, less))
    }

    /// The rows of the low or the high end; null where a group has no valid value.
    pub fn rows(&self, low: bool) -> UInt32Array {
        self.0
            .iter()
            .map(|ends| if low { ends.low } else { ends.high })
            .collect()
    }
}

fn ends(
    groups: &Groups,
    valid: impl Fn(usize) -> bool + Sync,
    less: impl Fn(u32, u32) -> bool + Sync,
) -> Vec<Ends> {
    let meet = |ends: &mut Ends, low: u32, high: u32| {
        if ends.low.is_none_or(|lowest| less(low, lowest)) {
            ends.low = Some(low);
        }
        if ends.high.is_none_or(|highest| less(highest, high)) {
            ends.high = Some(high);
        }
    };
    by_chunk(
        groups,
        |ends: &mut Ends, row| {
            if valid(row) {
                meet(ends, row as u32, row as u32);
            }
        },
        |ends, later| {
            if let (Some(low), Some(high)) = (later.low, later.high) {
                meet(ends, low, high);
            }
        },
    )
}
