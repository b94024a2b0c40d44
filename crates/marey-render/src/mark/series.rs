//! Rows joined into series: which belong together, in which order, broken at gaps.

use std::collections::HashMap;

use marey_core::{
    Channel,
    spec::{ChannelDef, MarkOrient, Setting, Sort, SortOrder},
};

use super::{Drawing, style::series_columns};
use crate::datum::Datum;

/// The rows of one line or area, in drawing order.
pub struct Series {
    /// Rows of the unit.
    pub rows: Vec<u32>,
}

/// The series of a layer in order of appearance.
pub fn series(drawing: &Drawing<'_, '_>) -> Vec<Series> {
    let layer = drawing.layer;
    let columns: Vec<&[Datum<'_>]> = series_columns(layer)
        .iter()
        .filter_map(|name| layer.column(name))
        .collect();
    let mut places: HashMap<Vec<Datum<'_>>, usize> = HashMap::new();
    let mut all: Vec<Series> = Vec::new();
    for row in &drawing.rows {
        let key: Vec<Datum<'_>> = columns
            .iter()
            .map(|column| column.get(*row as usize).copied().unwrap_or(Datum::Null))
            .collect();
        let at = *places.entry(key).or_insert_with(|| {
            all.push(Series { rows: Vec::new() });
            all.len() - 1
        });
        if let Some(series) = all.get_mut(at) {
            series.rows.push(*row);
        }
    }
    for series in &mut all {
        order_rows(drawing, &mut series.rows);
    }
    all
}

/// By the order channel where there is one, else along the axis the line runs along.
fn order_rows(drawing: &Drawing<'_, '_>, rows: &mut [u32]) {
    let layer = drawing.layer;
    match layer.encoding.get(Channel::Order) {
        Some(ChannelDef::Field(def)) => {
            let Some(column) = layer.column(&def.output_name(Channel::Order)) else {
                return;
            };
            let value = |row: &u32| column.get(*row as usize).copied().unwrap_or(Datum::Null);
            rows.sort_by_key(value);
            if matches!(def.sort, Some(Sort::Order(SortOrder::Descending))) {
                rows.reverse();
            }
        }
        // A constant keeps the order of the data.
        Some(_) => {}
        None => {
            let horizontal = layer.orient == Some(MarkOrient::Horizontal);
            let (along, channel) = if horizontal {
                (&drawing.y, Channel::Y)
            } else {
                (&drawing.x, Channel::X)
            };
            if layer.encoding.field(channel).is_some_and(|def| {
                matches!(def.sort, Some(Sort::Unsorted)) && !is_banded(drawing, horizontal)
            }) {
                return;
            }
            rows.sort_by(|a, b| {
                let at = |row: &u32| along.at(*row).unwrap_or(f64::INFINITY);
                at(a).total_cmp(&at(b))
            });
        }
    }
}

fn is_banded(drawing: &Drawing<'_, '_>, horizontal: bool) -> bool {
    if horizontal {
        drawing.y.is_discrete()
    } else {
        drawing.x.is_discrete()
    }
}

/// Whether rows without a place break the path rather than being skipped.
pub fn breaks_at_gaps(drawing: &Drawing<'_, '_>) -> bool {
    match &drawing.layer.mark.invalid {
        Some(Setting::On(mode)) => !mode.starts_with("filter"),
        _ => true,
    }
}
