//! Learning curves, drawn by Marey.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, StringArray};
use marey_core::{
    Channel, ChartSpec, FieldName, FieldType, Mark,
    spec::{Encoding, FieldDef},
};
use marey_render::{RenderOptions, render_svg};
use marey_table::Table;

/// A point of a curve.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Point {
    pub(super) step: f64,
    pub(super) curve: &'static str,
    pub(super) value: f64,
}

/// The curves as a picture; none where there is nothing to draw.
pub(super) fn svg(points: &[Point]) -> Option<String> {
    let numbers = |of: fn(&Point) -> f64| -> ArrayRef {
        Arc::new(Float64Array::from_iter_values(points.iter().map(of)))
    };
    let curves: ArrayRef = Arc::new(StringArray::from_iter_values(
        points.iter().map(|point| point.curve),
    ));
    let columns = vec![
        (FieldName::new("step"), numbers(|point| point.step)),
        (FieldName::new("value"), numbers(|point| point.value)),
        (FieldName::new("curve"), curves),
    ];
    let table = Table::from_columns("curves", columns).ok()?;
    let encoding = Encoding::new()
        .with(
            Channel::X,
            FieldDef::new("step", FieldType::Quantitative).titled("Step"),
        )
        .with(
            Channel::Y,
            FieldDef::new("value", FieldType::Quantitative).titled("Nats per choice, and share of charts"),
        )
        .with(
            Channel::Color,
            FieldDef::new("curve", FieldType::Nominal).titled("Curve"),
        );
    let spec = ChartSpec::unit(Mark::Line, encoding).titled("Loss and exact charts while training");
    render_svg(&spec, &table, &RenderOptions::default())
        .ok()
        .map(|drawn| drawn.value)
}
