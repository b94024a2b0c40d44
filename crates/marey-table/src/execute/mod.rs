//! The executor: a spec's transforms run on a table.
//!
//! [`execute`] normalises a spec (repeats unrolled, shared encodings pushed down, facet channels
//! lifted, composite marks taken apart), plans each unit view as a list of
//! [`Transform`](marey_core::spec::Transform)s and runs them.

mod aggregate;
mod bin;
mod calendar;
mod cells;
mod date_text;
mod density;
mod document;
mod evaluate;
mod extremes;
mod flatten;
mod fold;
mod frame;
mod impute;
mod inline;
mod keys;
mod loess;
mod lookup;
mod moments;
mod nested;
mod order;
mod parameter;
mod partition;
mod perform;
mod pivot;
mod plan;
mod points;
mod predicate;
mod quantiles;
mod random;
mod reading;
mod regression;
mod run;
mod sample;
mod sample_curve;
mod sources;
mod stack;
mod time_unit;
mod value;
mod window;
mod window_aggregate;
mod window_frame;

pub use bin::Bins;
pub use order::sort;
pub use run::{RunContext, run};
pub use sources::DataTables;
pub use time_unit::TimeFloor;

use marey_core::{
    ChartSpec, Warned,
    spec::{Predicate, normalize, settle_parameters},
};

use crate::{Table, TableError, TableWarning};

/// A spec in normal form with the rows behind each of its unit views.
#[derive(Debug, Clone)]
pub struct Execution {
    /// The spec that the rows belong to: only unit, layer, facet and concat views are left, each
    /// unit has its whole encoding, composite marks are layers of simple ones, and conditions on
    /// selections are conditions on rows.
    pub spec: ChartSpec,
    /// The rows of each unit view, in depth-first order of the tree. Columns are named as
    /// Vega-Lite names them (`mean_price`, `yearmonth_date`, `bin_maxbins_10_size_end`). The
    /// fields of an enclosing facet are columns too: whoever draws splits by them.
    pub units: Vec<Table>,
    /// Initial values of the parameters that expressions of the spec may name.
    pub parameters: Vec<(String, serde_json::Value)>,
}

/// Bounds on the work of one execution.
#[derive(Debug, Clone)]
pub struct ExecuteOptions {
    /// Largest number of rows any step may produce.
    pub max_rows: usize,
    /// Seed of samples and of bootstrapped intervals.
    pub seed: u64,
}

impl Default for ExecuteOptions {
    fn default() -> Self {
        Self {
            max_rows: 50_000_000,
            seed: 0,
        }
    }
}

/// For each row of a table whether a predicate holds, given the values of the parameters that its
/// expressions may name.
///
/// # Errors
///
/// When a field does not exist, an expression is outside the closed list, or the predicate is one
/// that was carried verbatim.
pub fn rows_where(
    predicate: &Predicate,
    table: &Table,
    parameters: &[(String, serde_json::Value)],
) -> Result<Vec<bool>, TableError> {
    let options = ExecuteOptions::default();
    let mut context = RunContext::new(&options);
    context.parameters = parameters;
    let holds = predicate::holds(&frame::Frame::of_table(table), predicate, &mut context)?;
    Ok(holds.iter().collect())
}

/// Runs a spec on a table.
///
/// Rows that the spec itself holds are used where it holds some; every other source is the table.
/// [`Table::empty`] stands for no table.
///
/// # Errors
///
/// When the spec names data and there is no table for it, the spec has no normal form, a field does not exist, an expression is outside the closed
/// list, or a bound is passed.
pub fn execute(
    spec: &ChartSpec,
    table: &Table,
    options: &ExecuteOptions,
) -> Result<Warned<Execution, TableWarning>, TableError> {
    let data = DataTables {
        main: table,
        named: &[],
    };
    execute_on(spec, &data, options)
}

/// Runs a spec on several tables, which it knows by names or addresses.
///
/// # Errors
///
/// As [`execute`]; also when a lookup asks for a table that is not there.
pub fn execute_on(
    spec: &ChartSpec,
    data: &DataTables<'_>,
    options: &ExecuteOptions,
) -> Result<Warned<Execution, TableWarning>, TableError> {
    let mut normal = normalize(spec).map_err(TableError::Spec)?;
    let initial = settle_parameters(&mut normal.value, spec);
    let parameters = parameter::values(initial, options);
    let plan = plan::plan(&normal.value);
    let (units, warnings) = perform::perform(plan, &normal.value, data, &parameters, options)?;
    let notes = normal.warnings.into_iter().map(|message| TableWarning {
        code: "spec",
        column: None,
        row: None,
        count: 1,
        message,
    });
    Ok(Warned {
        value: Execution {
            spec: normal.value,
            units,
            parameters,
        },
        warnings: notes.chain(warnings).collect(),
    })
}
