//! How values of a column look in a chart: order, scale, baseline, format, colours.

use marey_core::{PhysicalType, SemanticType};

use super::{AxisScale, ChartRole, ColorKind, SortOrder, Sums, TimeStep, additive::SKEWED, time_step};
use crate::{ColumnProfile, NumericSummary};

/// Ratio of largest to smallest from which a logarithmic axis is worth its harder reading.
const MAGNITUDES: f64 = 1000.0;
/// Share that the shorter side of zero must have for two hues.
const BOTH_SIDES: f64 = 0.1;

/// The order of values.
pub(super) fn sort(column: &ColumnProfile, role: ChartRole) -> Option<SortOrder> {
    match role {
        ChartRole::Category | ChartRole::Label if !column.order.is_empty() => Some(SortOrder::Meaning),
        ChartRole::Category if column.numeric.is_some() || column.physical_type == PhysicalType::Time => {
            Some(SortOrder::Ascending)
        }
        ChartRole::Category | ChartRole::Label => Some(SortOrder::ByMeasure),
        ChartRole::Time | ChartRole::Year | ChartRole::Measure => Some(SortOrder::Ascending),
        _ => None,
    }
}

/// The scale of the axis of a measure.
pub(super) fn scale(column: &ColumnProfile, role: ChartRole) -> Option<AxisScale> {
    let numeric = column.numeric.as_ref().filter(|_| role == ChartRole::Measure)?;
    let skewed = numeric.skewness > SKEWED;
    Some(if numeric.min > 0.0 {
        match skewed && numeric.max / numeric.min >= MAGNITUDES {
            true => AxisScale::Log,
            false => AxisScale::Linear,
        }
    } else {
        let spread = numeric.quantiles.q3 - numeric.quantiles.q1;
        let far = numeric.max.max(-numeric.min) >= MAGNITUDES * spread && spread > 0.0;
        match far && (numeric.tails.heavy_left || numeric.tails.heavy_right) {
            true => AxisScale::Symlog,
            false => AxisScale::Linear,
        }
    })
}

/// Whether an axis should begin at zero.
pub(super) fn zero(column: &ColumnProfile, role: ChartRole, sums: Sums) -> Option<bool> {
    let numeric = column.numeric.as_ref().filter(|_| role == ChartRole::Measure)?;
    let reaches_down = numeric.min >= 0.0 && numeric.min < 0.5 * numeric.max;
    Some(sums.are_totals() || reaches_down)
}

/// The kind of colour scheme.
pub(super) fn color(column: &ColumnProfile, role: ChartRole) -> Option<ColorKind> {
    match role {
        ChartRole::Measure => column.numeric.as_ref().map(of_quantity),
        ChartRole::Time | ChartRole::Year => Some(ColorKind::Sequential),
        ChartRole::Category | ChartRole::Label => Some(match column.semantic_type {
            Some(SemanticType::Month | SemanticType::Weekday) => ColorKind::Cyclical,
            _ if column.physical_type == PhysicalType::Time => ColorKind::Cyclical,
            _ if !column.order.is_empty() || is_ordered_number(column) => ColorKind::Ordinal,
            _ => ColorKind::Categorical,
        }),
        _ => None,
    }
}

fn of_quantity(numeric: &NumericSummary) -> ColorKind {
    let (below, above) = (-numeric.min, numeric.max);
    if below > 0.0 && above > 0.0 && below.min(above) >= BOTH_SIDES * below.max(above) {
        ColorKind::Diverging
    } else {
        ColorKind::Sequential
    }
}

fn is_ordered_number(column: &ColumnProfile) -> bool {
    column.numeric.is_some() && column.field_type == marey_core::FieldType::Ordinal
}

/// The format of numbers or times.
pub(super) fn format(column: &ColumnProfile, role: ChartRole, rows: u64) -> Option<String> {
    match role {
        ChartRole::Time => time_step::of(column, role, rows).map(|step| of_step(step).to_owned()),
        ChartRole::Year => Some("d".to_owned()),
        ChartRole::Measure => column.numeric.as_ref().map(|numeric| of_number(column, numeric)),
        ChartRole::Latitude | ChartRole::Longitude => Some(".4f".to_owned()),
        ChartRole::Category if column.numeric.is_some() && column.physical_type != PhysicalType::Boolean => {
            Some("d".to_owned()).filter(|_| column.numeric.as_ref().is_some_and(|numeric| numeric.integers))
        }
        _ => None,
    }
}

fn of_step(step: TimeStep) -> &'static str {
    match step {
        TimeStep::Year => "%Y",
        TimeStep::Quarter => "%Y Q%q",
        TimeStep::Month => "%b %Y",
        TimeStep::Day => "%Y-%m-%d",
        TimeStep::Hour | TimeStep::Minute => "%Y-%m-%d %H:%M",
        TimeStep::Second => "%Y-%m-%d %H:%M:%S",
    }
}

/// As many digits as the values carry, but no more than tell them apart.
fn of_number(column: &ColumnProfile, numeric: &NumericSummary) -> String {
    let largest = numeric.max.abs().max(numeric.min.abs());
    let fraction = column.semantic_type == Some(SemanticType::Percentage) && column.unit.is_none();
    if fraction && numeric.min >= 0.0 && numeric.max <= 1.0 && !numeric.integers {
        return ".1%".to_owned();
    }
    if column.semantic_type == Some(SemanticType::Currency) && largest < 1e6 {
        let cents = if numeric.decimals == Some(0) { 0 } else { 2 };
        return format!(",.{cents}f");
    }
    if largest >= 1e6 || (largest < 1e-3 && largest > 0.0) {
        return "~s".to_owned();
    }
    if numeric.decimals == Some(0) {
        return ",d".to_owned();
    }
    let telling = 2 - numeric.stdev.log10().floor().clamp(-6.0, 2.0) as i32;
    let carried = i32::from(numeric.decimals.unwrap_or(9));
    format!(",.{}f", telling.clamp(0, 6).min(carried))
}
