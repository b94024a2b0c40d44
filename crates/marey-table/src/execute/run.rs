//! Running a list of transforms, one after the other.

use marey_core::spec::Transform;

use super::{
    ExecuteOptions, aggregate, bin, density, evaluate, flatten, fold, frame::Frame, impute, loess, lookup,
    nested, pivot, predicate, quantiles, regression, sample, stack, time_unit, window,
};
use crate::{Table, TableError, TableWarning};

/// What transforms need beside the rows.
#[derive(Debug, Clone)]
pub struct RunContext<'a> {
    /// Bounds and seed.
    pub options: &'a ExecuteOptions,
    /// Other tables a lookup may name, under the name or the address the spec uses.
    pub tables: &'a [(String, Table)],
    /// Values of the parameters that expressions may name.
    pub parameters: &'a [(String, serde_json::Value)],
    /// What was noticed on the way, in order of occurrence.
    pub warnings: Vec<TableWarning>,
}

impl<'a> RunContext<'a> {
    /// A context without other tables.
    pub fn new(options: &'a ExecuteOptions) -> Self {
        Self {
            options,
            tables: &[],
            parameters: &[],
            warnings: Vec::new(),
        }
    }

    /// Checks a number of rows against the limit before they are made.
    pub(crate) fn allow_rows(&self, transform: &'static str, rows: usize) -> Result<(), TableError> {
        if rows > self.options.max_rows {
            return Err(TableError::TooMany {
                transform,
                what: "rows",
                found: rows,
                limit: self.options.max_rows,
            });
        }
        Ok(())
    }
}

/// Runs transforms on a table, in order, with Vega's semantics.
///
/// A time unit adds its start and, as `…_end`, the start of the next unit; a bin its two edges; an
/// `argmin` or `argmax` that names no field of its own adds the fields of the row it finds as
/// `output.field`.
///
/// # Errors
///
/// When a field does not exist, an expression is outside the closed list, or a bound is passed.
pub fn run(
    transforms: &[Transform],
    table: &Table,
    context: &mut RunContext<'_>,
) -> Result<Table, TableError> {
    let mut frame = Frame::of_table(table);
    context.allow_rows("reading", frame.rows())?;
    for transform in transforms {
        frame = step(transform, &frame, context)?;
    }
    frame.into_table()
}

pub(super) fn step(
    transform: &Transform,
    frame: &Frame,
    context: &mut RunContext<'_>,
) -> Result<Frame, TableError> {
    let frame = &nested::exposed(frame, transform, context)?;
    match transform {
        Transform::Filter(condition) => frame.filtered(&predicate::holds(frame, condition, context)?),
        Transform::Calculate { calculate, output } => evaluate::calculate(frame, calculate, output, context),
        Transform::Aggregate { ops, groupby } => aggregate::aggregate(frame, groupby, ops, context),
        Transform::JoinAggregate(join) => aggregate::join_aggregate(frame, &join.groupby, &join.ops, context),
        Transform::Bin {
            bin, field, output, ..
        } => bin::bin(frame, bin, field, output),
        Transform::TimeUnit { unit, field, output } => time_unit::time_unit(frame, unit, field, output),
        Transform::Window {
            ops,
            frame: bounds,
            ignore_peers,
            groupby,
            sort,
        } => window::window(
            frame,
            &window::Windowing {
                ops,
                frame: *bounds,
                ignore_peers: ignore_peers.unwrap_or(false),
                groupby,
                sort,
                seed: context.options.seed,
            },
        ),
        Transform::Stack {
            stack: field,
            groupby,
            offset,
            sort,
            output,
            ..
        } => stack::stack(
            frame,
            &stack::Stacking {
                field,
                groupby,
                offset: *offset,
                sort,
                output,
            },
        ),
        Transform::Fold { fields, output } => fold::fold(frame, fields, output.as_ref(), context),
        Transform::Flatten { fields, output } => flatten::flatten(frame, fields, output.as_deref(), context),
        Transform::Pivot {
            pivot: field,
            value,
            groupby,
            limit,
            op,
        } => pivot::pivot(
            frame,
            &pivot::Pivoting {
                field,
                value,
                groupby,
                limit: *limit,
                op: op.as_ref(),
            },
            context,
        ),
        Transform::Impute {
            impute: field,
            key,
            groupby,
            how,
        } => impute::impute(
            frame,
            &impute::Imputing {
                field,
                key,
                groupby,
                how,
            },
            context,
        ),
        Transform::Lookup {
            lookup: key,
            from,
            output,
            default,
            ..
        } => lookup::lookup(frame, key, from, output, default.as_ref(), context),
        Transform::Density {
            density: field,
            options,
        } => density::density(frame, field, options, context),
        Transform::Regression {
            regression: field,
            on,
            options,
        } => regression::regression(frame, field, on, options, context),
        Transform::Loess {
            loess: field,
            on,
            options,
        } => loess::loess(frame, field, on, options),
        Transform::Quantile {
            quantile: field,
            options,
        } => quantiles::quantile(frame, field, options, context),
        Transform::Sample(size) => sample::sample(frame, *size, context.options.seed),
        Transform::Carried(members) => Err(TableError::Transform {
            transform: "transform",
            found: format!(
                "a step with {}",
                members.keys().cloned().collect::<Vec<_>>().join(", ")
            ),
            expected: "a transform of Vega-Lite whose result is rows",
        }),
    }
}
