//! Aggregates over sliding frames.

use std::{cmp::Ordering, ops::Range, sync::Arc};

use arrow::array::{Array, ArrayRef, Float64Array, Int64Array, UInt32Array};
use marey_core::{Aggregate, FieldName};

use super::{
    aggregate::moment_figure,
    cells::{self, Cells, Numbers},
    frame::{Frame, arrow_error},
    keys::Groups,
    moments::Moments,
    quantiles,
    random::Random,
    value::text_order,
    window_frame::{Bounds, Partition},
};
use crate::TableError;

/// Frames up to this size are summed anew for each row, which leaves no rounding behind.
const SMALL: usize = 256;

/// An aggregate about to slide over partitions.
pub(crate) struct Sliding<'a> {
    aggregate: &'a Aggregate,
    array: Option<&'a ArrayRef>,
    codes: Option<Groups>,
    rows: usize,
    seed: u64,
}

impl<'a> Sliding<'a> {
    /// An aggregate of a field.
    ///
    /// # Errors
    ///
    /// When the field is missing, or the operation is one whose result is rows.
    pub fn new(
        frame: &'a Frame,
        aggregate: &'a Aggregate,
        field: Option<&FieldName>,
        seed: u64,
    ) -> Result<Self, TableError> {
        let unfit = |found: String, expected| TableError::Transform {
            transform: "window",
            found,
            expected,
        };
        if matches!(
            aggregate,
            Aggregate::Argmin(_) | Aggregate::Argmax(_) | Aggregate::Values
        ) {
            return Err(unfit(
                format!("`{aggregate}`"),
                "an operation that gives one value",
            ));
        }
        let column = match field {
            _ if *aggregate == Aggregate::Count => None,
            Some(field) => Some(frame.column(field, "window")?),
            None => return Err(unfit(format!("`{aggregate}` without a field"), "a field")),
        };
        let codes = match column {
            Some(column) if *aggregate == Aggregate::Distinct => Some(Groups::of(&[column], frame.rows())?),
            _ => None,
        };
        Ok(Self {
            aggregate,
            array: column.map(super::frame::Column::array).transpose()?,
            codes,
            rows: frame.rows(),
            seed,
        })
    }

    /// The aggregate at every row.
    pub fn run(&self, partitions: &[Partition], bounds: &Bounds) -> Result<ArrayRef, TableError> {
        let Some(array) = self.array else {
            return Ok(self.sizes(partitions, bounds));
        };
        let cells = Cells::of(array);
        Ok(match self.aggregate {
            Aggregate::Valid => self.counts(partitions, bounds, &cells, Some(true)),
            Aggregate::Missing => self.counts(partitions, bounds, &cells, Some(false)),
            Aggregate::Distinct => self.distinct(partitions, bounds),
            Aggregate::Min | Aggregate::Max => {
                let rows = self.extremes(partitions, bounds, &cells);
                arrow::compute::take(array, &rows, None).map_err(arrow_error("could not take extremes"))?
            }
            Aggregate::Median => self.quantile(partitions, bounds, array, 0.5),
            Aggregate::Q1 => self.quantile(partitions, bounds, array, 0.25),
            Aggregate::Q3 => self.quantile(partitions, bounds, array, 0.75),
            Aggregate::Ci0 => self.interval(partitions, bounds, array, 0),
            Aggregate::Ci1 => self.interval(partitions, bounds, array, 1),
            _ => self.moments(partitions, bounds, array),
        })
    }

    fn sizes(&self, partitions: &[Partition], bounds: &Bounds) -> ArrayRef {
        let mut values = vec![0; self.rows];
        for partition in partitions {
            for (place, row) in partition.rows.iter().enumerate() {
                values[*row as usize] = bounds.range(partition, place).len() as i64;
            }
        }
        Arc::new(Int64Array::from(values))
    }

    /// How many cells of each frame hold something, or nothing.
    fn counts(
        &self,
        partitions: &[Partition],
        bounds: &Bounds,
        cells: &Cells<'_>,
        counted: Option<bool>,
    ) -> ArrayRef {
        let mut values = vec![0; self.rows];
        for partition in partitions {
            // Counts up to each place: a frame's is the difference of two.
            let mut up_to = vec![0_i64];
            for row in &partition.rows {
                let last = up_to.last().copied().unwrap_or_default();
                up_to.push(last + i64::from(is_present(cells, *row) == counted));
            }
            for (place, row) in partition.rows.iter().enumerate() {
                let range = bounds.range(partition, place);
                values[*row as usize] = up_to[range.end] - up_to[range.start];
            }
        }
        Arc::new(Int64Array::from(values))
    }

    fn distinct(&self, partitions: &[Partition], bounds: &Bounds) -> ArrayRef {
        let mut values = vec![0; self.rows];
        for partition in partitions {
            let mut held = 0..0;
            let mut variety = Variety {
                codes: self.codes.as_ref().map_or(&[], |groups| groups.codes.as_slice()),
                seen: hashbrown::HashMap::default(),
            };
            for (place, row) in partition.rows.iter().enumerate() {
                slide(&mut held, bounds.range(partition, place), |step| {
                    variety.take(partition, step)
                });
                values[*row as usize] = variety.seen.len() as i64;
            }
        }
        Arc::new(Int64Array::from(values))
    }

    fn moments(&self, partitions: &[Partition], bounds: &Bounds, array: &ArrayRef) -> ArrayRef {
        let numbers = Numbers::of(array);
        let figure = moment_figure(self.aggregate);
        let number = |partition: &Partition, place: usize| {
            let row = partition.rows[place] as usize;
            numbers.get(row).filter(|number| !number.is_nan())
        };
        let mut values: Vec<Option<f64>> = vec![None; self.rows];
        for partition in partitions {
            let mut held = 0..0;
            let mut moments = Moments::default();
            for (place, row) in partition.rows.iter().enumerate() {
                let range = bounds.range(partition, place);
                if !bounds.only_grows() && range.len() <= SMALL {
                    moments = Moments::default();
                    range
                        .clone()
                        .filter_map(|place| number(partition, place))
                        .for_each(|number| moments.add(number));
                    held = range;
                } else {
                    slide(&mut held, range, |step| match step {
                        Step::Clear => moments = Moments::default(),
                        Step::In(place) => number(partition, place)
                            .into_iter()
                            .for_each(|number| moments.add(number)),
                        Step::Out(place) => {
                            number(partition, place)
                                .into_iter()
                                .for_each(|number| moments.remove(number));
                        }
                    });
                }
                values[*row as usize] = figure(&moments);
            }
        }
        if matches!(self.aggregate, Aggregate::Mean | Aggregate::Average) {
            like(array, values)
        } else {
            Arc::new(Float64Array::from(values))
        }
    }

    /// The row of the smallest or largest value of each frame.
    fn extremes(&self, partitions: &[Partition], bounds: &Bounds, cells: &Cells<'_>) -> UInt32Array {
        let smallest = *self.aggregate == Aggregate::Min;
        let better = |left: u32, right: u32| {
            let order = compare(cells, left, right);
            if smallest { order.is_lt() } else { order.is_gt() }
        };
        let mut values: Vec<Option<u32>> = vec![None; self.rows];
        for partition in partitions {
            // Places that may still be the best of a frame, best first (a monotonic queue).
            let mut queue: std::collections::VecDeque<usize> = std::collections::VecDeque::new();
            let mut end = 0;
            for (place, row) in partition.rows.iter().enumerate() {
                let range = bounds.range(partition, place);
                for next in end..range.end {
                    let entering = partition.rows[next];
                    if is_present(cells, entering) != Some(true) {
                        continue;
                    }
                    while queue
                        .back()
                        .is_some_and(|last| better(entering, partition.rows[*last]))
                    {
                        queue.pop_back();
                    }
                    queue.push_back(next);
                }
                end = end.max(range.end);
                while queue.front().is_some_and(|first| *first < range.start) {
                    queue.pop_front();
                }
                values[*row as usize] = queue.front().map(|best| partition.rows[*best]);
            }
        }
        UInt32Array::from(values)
    }

    fn quantile(&self, partitions: &[Partition], bounds: &Bounds, array: &ArrayRef, share: f64) -> ArrayRef {
        self.sorted_figures(partitions, bounds, array, |sorted, _| {
            quantiles::of_sorted(sorted, share)
        })
    }

    fn interval(&self, partitions: &[Partition], bounds: &Bounds, array: &ArrayRef, end: usize) -> ArrayRef {
        self.sorted_figures(partitions, bounds, array, |sorted, row| {
            let mut random = Random::part(self.seed, u64::from(row));
            quantiles::mean_interval(sorted, &mut random).map(|ends| ends[end])
        })
    }

    /// A figure of the sorted numbers of each frame.
    fn sorted_figures(
        &self,
        partitions: &[Partition],
        bounds: &Bounds,
        array: &ArrayRef,
        figure: impl Fn(&[f64], u32) -> Option<f64>,
    ) -> ArrayRef {
        let numbers = Numbers::of(array);
        let mut values: Vec<Option<f64>> = vec![None; self.rows];
        for partition in partitions {
            let mut held = 0..0;
            let mut sorted: Vec<f64> = Vec::new();
            for (place, row) in partition.rows.iter().enumerate() {
                let range = bounds.range(partition, place);
                slide(&mut held, range, |step| {
                    let (place, enters) = match step {
                        Step::Clear => return sorted.clear(),
                        Step::In(place) => (place, true),
                        Step::Out(place) => (place, false),
                    };
                    let number = numbers.get(partition.rows[place] as usize);
                    let Some(number) = number.filter(|number| !number.is_nan()) else {
                        return;
                    };
                    let slot = sorted.partition_point(|other| other.total_cmp(&number).is_lt());
                    if enters {
                        sorted.insert(slot, number);
                    } else if slot < sorted.len() {
                        sorted.remove(slot);
                    }
                });
                values[*row as usize] = figure(&sorted, *row);
            }
        }
        like(array, values)
    }
}

/// A step from one frame to the next.
enum Step {
    /// A place comes in.
    In(usize),
    /// A place goes out.
    Out(usize),
    /// All places go out.
    Clear,
}

/// Moves from the frame held to the next, step by step.
fn slide(held: &mut Range<usize>, next: Range<usize>, mut take: impl FnMut(Step)) {
    if next.start < held.start || next.end < held.end || next.start >= held.end {
        take(Step::Clear);
        next.clone().for_each(|place| take(Step::In(place)));
    } else {
        (held.start..next.start).for_each(|place| take(Step::Out(place)));
        (held.end..next.end).for_each(|place| take(Step::In(place)));
    }
    *held = next;
}

/// Different values of a frame.
struct Variety<'a> {
    codes: &'a [u32],
    seen: hashbrown::HashMap<u32, usize, foldhash::quality::FixedState>,
}

impl Variety<'_> {
    fn take(&mut self, partition: &Partition, step: Step) {
        let code = |place: usize| self.codes.get(*partition.rows.get(place)? as usize).copied();
        match step {
            Step::Clear => self.seen.clear(),
            Step::In(place) => {
                if let Some(code) = code(place) {
                    *self.seen.entry(code).or_default() += 1;
                }
            }
            Step::Out(place) => {
                if let Some(code) = code(place)
                    && let Some(times) = self.seen.get_mut(&code)
                {
                    *times -= 1;
                    if *times == 0 {
                        self.seen.remove(&code);
                    }
                }
            }
        }
    }
}

/// Whether a cell holds something (true), nothing (false), or NaN, which is neither.
fn is_present(cells: &Cells<'_>, row: u32) -> Option<bool> {
    match cells {
        Cells::Text(_) => Some(cells.text(row as usize).is_some_and(|text| !text.is_empty())),
        _ => match cells.number(row as usize) {
            None => Some(false),
            Some(number) if number.is_nan() => None,
            Some(_) => Some(true),
        },
    }
}

fn compare(cells: &Cells<'_>, left: u32, right: u32) -> Ordering {
    match (cells.text(left as usize), cells.text(right as usize)) {
        (Some(left), Some(right)) => text_order(left, right),
        _ => {
            let number = |row: u32| cells.number(row as usize);
            number(left)
                .partial_cmp(&number(right))
                .unwrap_or(Ordering::Equal)
        }
    }
}

/// Figures on a field's own scale: times stay times.
pub(crate) fn like(array: &ArrayRef, figures: Vec<Option<f64>>) -> ArrayRef {
    if Cells::of(array).is_temporal() {
        cells::times(figures.into_iter(), array.data_type())
    } else {
        Arc::new(Float64Array::from(figures))
    }
}
