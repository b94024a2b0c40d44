//! What of the charts that were written is worth showing: each is drawn on the table first.

use std::fmt;

use arrow::array::Array;
use marey_core::{
    ChartSpec, FieldType, Mark,
    spec::{Unit, View},
};
use marey_features::profile::TableProfile;
use marey_rules::Kind;
use marey_table::{
    Table,
    execute::{ExecuteOptions, Execution, execute},
};

use super::{Calibration, Evidence, Written};

/// What a hard rule that is broken costs, in units of the soft rules.
const HARD: f64 = 10.0;

/// A chart that shows something, with what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The chart as it was written.
    pub written: Written,
    /// What speaks for it and against it.
    pub evidence: Evidence,
    /// Probability that it is what was asked for, calibrated; 0 to 1.
    pub probability: f64,
}

/// Why a chart is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flaw {
    /// No row meets its condition, or none that does has what it shows.
    NoRow,
    /// There are rows, but what is measured has no value in any.
    NoValue,
    /// It cannot be drawn; a defect, or a bound was passed.
    Failed(String),
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::NoRow => f.write_str("no row meets its condition and has what it shows"),
            Flaw::NoValue => f.write_str("what it measures has no value"),
            Flaw::Failed(reason) => write!(f, "it cannot be drawn: {reason}"),
        }
    }
}

/// The charts of one request.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judgement {
    /// Charts that show something, most probable first.
    pub charts: Vec<Judged>,
    /// Charts that do not, in the order in which they were written, and why.
    pub dropped: Vec<(Written, Flaw)>,
}

/// Draws every chart on its table: those that show nothing are dropped, the others get their probability.
pub fn judge(
    written: Vec<Written>,
    table: &Table,
    profile: &TableProfile,
    calibration: &Calibration,
) -> Judgement {
    let mut judgement = Judgement::default();
    for written in written {
        match lone(&written.spec, table) {
            Ok(lone) => judgement.charts.push(Judged {
                evidence: Evidence {
                    log: written.log,
                    cost: cost(&written.spec, profile),
                    lone,
                },
                probability: 0.0,
                written,
            }),
            Err(flaw) => judgement.dropped.push((written, flaw)),
        }
    }
    let evidence: Vec<Evidence> = judgement.charts.iter().map(|chart| chart.evidence).collect();
    let probabilities = calibration.probabilities(&evidence);
    for (chart, probability) in judgement.charts.iter_mut().zip(probabilities) {
        chart.probability = probability;
    }
    judgement
        .charts
        .sort_by(|a, b| b.probability.total_cmp(&a.probability));
    judgement
}

/// The cost of the rules that a chart breaks.
fn cost(spec: &ChartSpec, profile: &TableProfile) -> f64 {
    let violations = marey_rules::lint(spec, profile);
    let of = |violation: &marey_rules::Violation| match violation.kind {
        Kind::Hard => HARD,
        Kind::Soft => violation.cost,
    };
    violations.iter().map(of).sum()
}

/// Whether all that a chart draws is one mark.
///
/// # Errors
///
/// When it draws nothing.
fn lone(spec: &ChartSpec, table: &Table) -> Result<bool, Flaw> {
    let drawn = execute(spec, table, &ExecuteOptions::default());
    let drawn = drawn.map_err(|error| Flaw::Failed(error.to_string()))?.value;
    let rows = drawn.units.iter().map(Table::rows).max().unwrap_or(0);
    if rows == 0 {
        return Err(Flaw::NoRow);
    }
    if !has_values(&drawn) {
        return Err(Flaw::NoValue);
    }
    let mark = spec.view.as_unit().and_then(|unit| unit.mark.mark);
    // A single box or point may be all that there is to see; a single bar compares nothing.
    let compares = !matches!(
        mark,
        Some(Mark::Boxplot | Mark::Tick | Mark::Point | Mark::Circle)
    );
    Ok(compares && rows == 1)
}

/// Whether every measure of some unit view has a value.
fn has_values(drawn: &Execution) -> bool {
    let mut units = Vec::new();
    collect(&drawn.spec.view, &mut units);
    units.iter().zip(&drawn.units).any(|(unit, rows)| {
        unit.encoding.bound_fields().all(|(channel, def)| {
            let measured = def.measured_as(channel) == FieldType::Quantitative;
            let column = rows.column_index(&def.output_name(channel));
            let has_value = |column| {
                rows.column(column)
                    .any(|values| values.len() > values.logical_null_count())
            };
            !measured || column.is_none_or(has_value)
        })
    })
}

/// The unit views of a tree, depth first.
fn collect<'a>(view: &'a View, units: &mut Vec<&'a Unit>) {
    match view.as_unit() {
        Some(unit) => units.push(unit),
        None => view
            .children()
            .into_iter()
            .for_each(|child| collect(child, units)),
    }
}
