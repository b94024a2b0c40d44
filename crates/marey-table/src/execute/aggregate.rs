//! Aggregates: groups of rows become one row each, or are told to their rows.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int64Array, StringArray, UInt32Array};
use marey_core::{
    Aggregate, FieldName,
    spec::{AggregateOp, FieldRef},
};
use rayon::prelude::*;

use super::{
    RunContext,
    cells::{Cells, Numbers},
    extremes::Extremes,
    frame::{Column, Frame},
    keys::{GroupRows, Groups},
    moments::{Moments, Presence, counts},
    quantiles,
    random::Random,
    value::Value,
    window_aggregate::like,
};
use crate::TableError;

/// One row per group: its key values and its summaries.
///
/// Groups come in order of first appearance. Without rows there are no groups, also where no key
/// is given, as in Vega.
pub(crate) fn aggregate(
    frame: &Frame,
    groupby: &[FieldName],
    ops: &[AggregateOp],
    context: &RunContext<'_>,
) -> Result<Frame, TableError> {
    let keys = frame.select(groupby, "aggregate")?;
    let groups = Groups::of(&keys, frame.rows())?;
    let first = groups.first_rows();
    let mut result = frame.with_columns(Vec::new(), groups.len());
    for key in keys {
        result.put(key.taken(&first)?);
    }
    for column in summaries(frame, &groups, ops, context.options.seed)? {
        result.put(column);
    }
    Ok(result)
}

/// Every row with the summaries of its group.
pub(crate) fn join_aggregate(
    frame: &Frame,
    groupby: &[FieldName],
    ops: &[AggregateOp],
    context: &RunContext<'_>,
) -> Result<Frame, TableError> {
    let keys = frame.select(groupby, "joinaggregate")?;
    let groups = Groups::of(&keys, frame.rows())?;
    let codes = UInt32Array::from(groups.codes.clone());
    let mut result = frame.clone();
    for column in summaries(frame, &groups, ops, context.options.seed)? {
        result.put(column.taken(&codes)?);
    }
    Ok(result)
}

/// The summaries of each group, one column per operation (one per field of the row for an
/// `argmin` or `argmax` that names no field of its own).
pub(crate) fn summaries(
    frame: &Frame,
    groups: &Groups,
    ops: &[AggregateOp],
    seed: u64,
) -> Result<Vec<Column>, TableError> {
    let mut measures = Measures {
        frame,
        groups,
        rows: None,
        measured: Vec::new(),
        seed,
    };
    let mut columns = Vec::with_capacity(ops.len());
    for op in ops {
        measures.summarise(op, &mut columns)?;
    }
    Ok(columns)
}

/// What has been measured so far, so that `mean` and `stdev` of a field share one pass.
struct Measures<'a> {
    frame: &'a Frame,
    groups: &'a Groups,
    rows: Option<GroupRows>,
    measured: Vec<Measured<'a>>,
    seed: u64,
}

/// One field and what is known of it per group.
struct Measured<'a> {
    name: &'a FieldName,
    array: &'a ArrayRef,
    numbers: Option<Numbers>,
    moments: Option<Vec<Moments>>,
    presence: Option<Vec<Presence>>,
    extremes: Option<Extremes>,
    sorted: Option<Vec<Vec<f64>>>,
}

impl<'a> Measures<'a> {
    fn summarise(&mut self, op: &AggregateOp, columns: &mut Vec<Column>) -> Result<(), TableError> {
        if let (Aggregate::Argmin(by) | Aggregate::Argmax(by), Some(field)) = (&op.op, &op.field) {
            return self.argument(op, by.as_ref(), field, columns);
        }
        let array = match (&op.op, &op.field) {
            (Aggregate::Count, _) => integers(counts(self.groups)),
            (Aggregate::Values, _) => self.values(),
            (_, Some(field)) => {
                let name = named(field)?;
                self.summary(&op.op, name)?
            }
            (_, None) => {
                return Err(TableError::Transform {
                    transform: "aggregate",
                    found: format!("`{}` without a field", op.op),
                    expected: "a field, which every operation but `count` needs",
                });
            }
        };
        columns.push(Column::new(op.output.clone(), array));
        Ok(())
    }

    fn measured(&mut self, field: &FieldName) -> Result<&mut Measured<'a>, TableError> {
        let column = self.frame.column(field, "aggregate")?;
        let known = self
            .measured
            .iter()
            .position(|measured| measured.name == column.name());
        let index = match known {
            Some(index) => index,
            None => {
                self.measured.push(Measured {
                    name: column.name(),
                    array: column.array()?,
                    numbers: None,
                    moments: None,
                    presence: None,
                    extremes: None,
                    sorted: None,
                });
                self.measured.len() - 1
            }
        };
        Ok(&mut self.measured[index])
    }

    fn summary(&mut self, op: &Aggregate, field: &FieldName) -> Result<ArrayRef, TableError> {
        if *op == Aggregate::Distinct {
            return self.distinct(field);
        }
        let ordered = matches!(
            op,
            Aggregate::Median | Aggregate::Q1 | Aggregate::Q3 | Aggregate::Ci0 | Aggregate::Ci1
        );
        if ordered && self.rows.is_none() {
            self.rows = Some(self.groups.rows());
        }
        let (groups, seed) = (self.groups, self.seed);
        // Taken out for the time of the call, as `measured` borrows the whole.
        let rows = self.rows.take();
        let measured = self.measured(field)?;
        let array = measured.summary(op, groups, rows.as_ref(), seed);
        self.rows = rows;
        array
    }

    fn distinct(&self, field: &FieldName) -> Result<ArrayRef, TableError> {
        let column = self.frame.column(field, "aggregate")?;
        let pairs = self.groups.combined(&Groups::of(&[column], self.frame.rows())?);
        let mut distinct = vec![0_i64; self.groups.len()];
        for row in &pairs.first {
            distinct[self.groups.codes[*row as usize] as usize] += 1;
        }
        Ok(integers(distinct))
    }

    /// All rows of each group, as text in JSON.
    fn values(&mut self) -> ArrayRef {
        let columns: Vec<(&FieldName, Cells<'_>)> = self
            .frame
            .columns()
            .iter()
            .filter_map(|column| Some((column.name(), Cells::of(column.array().ok()?))))
            .collect();
        let object = |row: &u32| {
            Value::Object(
                columns
                    .iter()
                    .map(|(name, cells)| (name.to_string(), cells.value(*row as usize)))
                    .collect(),
            )
        };
        let texts: Vec<String> = self
            .groups
            .rows()
            .iter()
            .map(|rows| {
                Value::List(rows.iter().map(object).collect())
                    .to_json()
                    .to_string()
            })
            .collect();
        Arc::new(StringArray::from(texts))
    }

    /// Fields of the row at which a field is smallest or largest.
    fn argument(
        &mut self,
        op: &AggregateOp,
        by: Option<&FieldName>,
        field: &FieldRef,
        columns: &mut Vec<Column>,
    ) -> Result<(), TableError> {
        let field = named(field)?;
        let smallest = matches!(op.op, Aggregate::Argmin(_));
        let groups = self.groups;
        let rows = self
            .measured(by.unwrap_or(field))?
            .extremes(groups)
            .rows(smallest);
        if by.is_some() {
            let column = self.frame.column(field, "aggregate")?;
            columns.push(column.taken(&rows)?.renamed(op.output.clone()));
            return Ok(());
        }
        for column in self.frame.columns() {
            let name = format!("{}.{}", op.output, column.name());
            columns.push(column.taken(&rows)?.renamed(name));
        }
        Ok(())
    }
}

fn named(field: &FieldRef) -> Result<&FieldName, TableError> {
    field.name().ok_or_else(|| TableError::Transform {
        transform: "aggregate",
        found: "a field of a repeat".into(),
        expected: "a column by name, which repeats are unrolled to",
    })
}

impl Measured<'_> {
    fn numbers(&mut self) -> &Numbers {
        let array = self.array;
        self.numbers.get_or_insert_with(|| Numbers::of(array))
    }

    fn extremes(&mut self, groups: &Groups) -> &Extremes {
        let array = self.array;
        self.extremes.get_or_insert_with(|| Extremes::of(array, groups))
    }

    fn presence(&mut self, groups: &Groups) -> &[Presence] {
        let array = self.array;
        self.presence
            .get_or_insert_with(|| Presence::of_groups(&Cells::of(array), groups))
    }

    fn moments(&mut self, groups: &Groups) -> &[Moments] {
        if self.moments.is_none() {
            let moments = Moments::of_groups(self.numbers(), groups);
            self.moments = Some(moments);
        }
        self.moments.as_deref().unwrap_or_default()
    }

    fn sorted(&mut self, rows: Option<&GroupRows>) -> &[Vec<f64>] {
        if self.sorted.is_none() {
            let numbers = self.numbers();
            let sorted = rows.map_or_else(Vec::new, |rows| {
                (0..rows.len())
                    .into_par_iter()
                    .map(|group| sorted_numbers(numbers, rows.of(group)))
                    .collect()
            });
            self.sorted = Some(sorted);
        }
        self.sorted.as_deref().unwrap_or_default()
    }

    fn summary(
        &mut self,
        op: &Aggregate,
        groups: &Groups,
        rows: Option<&GroupRows>,
        seed: u64,
    ) -> Result<ArrayRef, TableError> {
        Ok(match op {
            Aggregate::Valid => integers(self.presence(groups).iter().map(|cells| cells.valid).collect()),
            Aggregate::Missing => integers(self.presence(groups).iter().map(|cells| cells.missing).collect()),
            Aggregate::Min | Aggregate::Max => {
                let rows = self.extremes(groups).rows(*op == Aggregate::Min);
                arrow::compute::take(self.array, &rows, None)
                    .map_err(super::frame::arrow_error("could not take the extremes of groups"))?
            }
            Aggregate::Median => self.quantile(rows, 0.5),
            Aggregate::Q1 => self.quantile(rows, 0.25),
            Aggregate::Q3 => self.quantile(rows, 0.75),
            Aggregate::Ci0 => self.interval_end(rows, seed, 0),
            Aggregate::Ci1 => self.interval_end(rows, seed, 1),
            _ => {
                let figure = moment_figure(op);
                let figures: Vec<Option<f64>> = self.moments(groups).iter().map(figure).collect();
                if matches!(op, Aggregate::Mean | Aggregate::Average) {
                    self.like_field(figures)
                } else {
                    Arc::new(Float64Array::from(figures))
                }
            }
        })
    }

    fn quantile(&mut self, rows: Option<&GroupRows>, share: f64) -> ArrayRef {
        let figures = self
            .sorted(rows)
            .iter()
            .map(|sorted| quantiles::of_sorted(sorted, share))
            .collect();
        self.like_field(figures)
    }

    fn interval_end(&mut self, rows: Option<&GroupRows>, seed: u64, end: usize) -> ArrayRef {
        let figures = self
            .sorted(rows)
            .par_iter()
            .enumerate()
            .map(|(group, sorted)| {
                let mut random = Random::part(seed, group as u64);
                quantiles::mean_interval(sorted, &mut random).map(|ends| ends[end])
            })
            .collect();
        self.like_field(figures)
    }

    /// Figures on the field's own scale.
    fn like_field(&self, figures: Vec<Option<f64>>) -> ArrayRef {
        like(self.array, figures)
    }
}

/// The figure of an operation on moments; the mean where it is none of theirs.
pub(crate) fn moment_figure(op: &Aggregate) -> fn(&Moments) -> Option<f64> {
    match op {
        Aggregate::Sum => |moments| moments.figure(|moments| moments.sum),
        Aggregate::Product => |moments| moments.figure(|moments| moments.product),
        Aggregate::Variance => |moments| Some(moments.variance(1).unwrap_or(f64::NAN)),
        Aggregate::Variancep => |moments| moments.variance(0),
        Aggregate::Stdev => |moments| Some(moments.variance(1).map_or(f64::NAN, f64::sqrt)),
        Aggregate::Stdevp => |moments| moments.variance(0).map(f64::sqrt),
        Aggregate::Stderr => |moments| Some(moments.standard_error().unwrap_or(f64::NAN)),
        _ => |moments| moments.figure(|moments| moments.mean),
    }
}

/// The numbers of some rows in ascending order, without nulls and NaN.
pub(crate) fn sorted_numbers(numbers: &Numbers, rows: &[u32]) -> Vec<f64> {
    let mut sorted: Vec<f64> = rows
        .iter()
        .filter_map(|row| numbers.get(*row as usize))
        .filter(|number| !number.is_nan())
        .collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

fn integers(values: Vec<i64>) -> ArrayRef {
    Arc::new(Int64Array::from(values))
}
