//! Expressions over rows: [`marey_core::expression`] with JavaScript's semantics.
//!
//! Arithmetic, comparisons and tests of numeric columns run over whole columns ([`vector`]); all
//! else runs row by row on [`Value`]s ([`scalar`]). Both give the same results.

mod arithmetic;
mod compile;
mod distribution;
mod number_format;
mod scalar;
mod sequence_functions;
mod text_functions;
mod time_functions;
mod value_column;
mod vector;

use arrow::buffer::BooleanBuffer;
use marey_core::{FieldName, expression::Expr, spec::Expression};
use rayon::prelude::*;

use self::compile::{Node, Program};
use super::{
    RunContext,
    cells::{CHUNK, Cells},
    frame::{Column, Frame},
    predicate::mask,
    value::Value,
};
use crate::TableError;

pub(crate) use self::{
    distribution::{normal_cumulative, normal_density},
    sequence_functions::{member, parsed},
    value_column::value_column,
};

/// The rows for which an expression is truthy.
///
/// # Errors
///
/// When the expression is outside the closed language.
pub(crate) fn truths(
    frame: &Frame,
    expression: &Expression,
    context: &mut RunContext<'_>,
) -> Result<BooleanBuffer, TableError> {
    let program = compiled(frame, expression, "filter", context)?;
    let cells = program.cells()?;
    if let Some(vector) = vector::evaluate(&program.root, &cells, frame.rows()) {
        return Ok(vector.truths());
    }
    let seed = context.options.seed;
    Ok(mask(frame.rows(), |row| {
        scalar::evaluate(
            &program.root,
            &scalar::Row {
                cells: &cells,
                names: &program.names,
                row,
                seed,
            },
        )
        .is_truthy()
    }))
}

/// A frame with a column computed by an expression.
///
/// # Errors
///
/// When the expression is outside the closed language, or its texts outgrow a column.
pub(crate) fn calculate(
    frame: &Frame,
    expression: &Expression,
    output: &FieldName,
    context: &mut RunContext<'_>,
) -> Result<Frame, TableError> {
    let program = compiled(frame, expression, "calculate", context)?;
    let mut result = frame.clone();
    if let Node::Cell(index) = program.root
        && let Some(column) = program.columns.get(index)
    {
        // A bare field keeps its type.
        result.put((*column).clone().renamed(output.clone()));
        return Ok(result);
    }
    let cells = program.cells()?;
    let array = match vector::evaluate(&program.root, &cells, frame.rows()) {
        Some(vector) => vector.into_array(),
        None => {
            let values = values(&program, &cells, frame.rows(), context.options.seed);
            value_column(values, output, context)?
        }
    };
    result.put(Column::new(output.clone(), array));
    Ok(result)
}

/// The value of an expression that reads no row; none where it cannot be evaluated.
pub(crate) fn constant(expression: &Expression, context: &mut RunContext<'_>) -> Option<Value> {
    let nothing = Frame::of_table(&crate::Table::empty("parameters"));
    let program = compiled(&nothing, expression, "params", context).ok()?;
    let row = scalar::Row {
        cells: &[],
        names: &[],
        row: 0,
        seed: context.options.seed,
    };
    program
        .columns
        .is_empty()
        .then(|| scalar::evaluate(&program.root, &row))
}

fn compiled<'a>(
    frame: &'a Frame,
    expression: &Expression,
    transform: &'static str,
    context: &mut RunContext<'_>,
) -> Result<Program<'a>, TableError> {
    let parsed = Expr::parse(&expression.0).map_err(|source| TableError::Expression {
        transform,
        expression: expression.0.clone(),
        source,
    })?;
    compile::compile(&parsed, frame, &expression.0, transform, context)
}

fn values(program: &Program<'_>, cells: &[Cells<'_>], rows: usize, seed: u64) -> Vec<Value> {
    (0..rows)
        .into_par_iter()
        .with_min_len(CHUNK / 16)
        .map(|row| {
            scalar::evaluate(
                &program.root,
                &scalar::Row {
                    cells,
                    names: &program.names,
                    row,
                    seed,
                },
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{Array, Float64Array, Int64Array, StringArray};
    use proptest::prelude::*;

    use super::{super::ExecuteOptions, *};

    fn frame(numbers: &[Option<f64>]) -> Frame {
        let columns = vec![
            ("a".into(), Arc::new(Float64Array::from(numbers.to_vec())) as _),
            (
                "b".into(),
                Arc::new(Int64Array::from_iter_values(0..numbers.len() as i64)) as _,
            ),
            (
                "t".into(),
                Arc::new(StringArray::from_iter(
                    numbers.iter().map(|n| n.map(|n| format!("{n}"))),
                )) as _,
            ),
        ];
        Frame::of_table(&crate::Table::from_columns("t", columns).unwrap())
    }

    /// Expressions that run over whole columns, of numbers and of truths.
    fn number() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("datum.a".to_owned()),
            Just("datum.b".to_owned()),
            (-5..5_i32).prop_map(|number| format!("({number})")),
            Just("NaN".to_owned()),
        ];
        leaf.prop_recursive(4, 24, 3, |inner| {
            let op = prop::sample::select(vec!["+", "-", "*", "/", "%", "&", "<<"]);
            let comparison = prop::sample::select(vec!["<", "<=", ">", ">=", "==", "!==", "==="]);
            let function = prop::sample::select(vec![
                "abs", "floor", "round", "sqrt", "year", "hours", "~", "-", "+",
            ]);
            prop_oneof![
                (inner.clone(), op, inner.clone()).prop_map(|(l, op, r)| format!("({l} {op} {r})")),
                (function, inner.clone()).prop_map(|(function, inner)| format!("{function}({inner})")),
                (inner.clone(), comparison, inner.clone(), inner)
                    .prop_map(|(l, op, r, x)| format!("({l} {op} {r} && !isNaN({x}) ? {x} : {l})")),
            ]
        })
    }

    proptest! {
        #[test]
        fn columns_and_rows_are_evaluated_alike(
            expression in number(),
            test in prop::sample::select(vec!["", " > 1", " === null", " == 0", " !== datum.a"]),
            numbers in prop::collection::vec(prop::option::of(prop_oneof![-9.0..9.0_f64, Just(f64::NAN)]), 0..20),
        ) {
            let frame = frame(&numbers);
            let options = ExecuteOptions::default();
            let mut context = RunContext::new(&options);
            let text = format!("{expression}{test}");
            let program = compiled(&frame, &Expression(text), "calculate", &mut context).unwrap();
            let cells = program.cells().unwrap();
            if let Some(vector) = vector::evaluate(&program.root, &cells, frame.rows()) {
                let array = vector.into_array();
                let whole: Vec<Value> = (0..array.len()).map(|row| Cells::of(&array).value(row)).collect();
                let single = values(&program, &cells, frame.rows(), 0);
                // NaN is no value's equal: compare as written.
                prop_assert_eq!(format!("{whole:?}"), format!("{single:?}"));
            }
        }
    }
}
