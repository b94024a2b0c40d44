//! Ticks: short strokes, as in a strip plot.

use marey_core::spec::MarkOrient;

use super::{Drawing, bar::BOX_SHARE};
use crate::{
    RenderError,
    scene::{Item, Rect},
};

/// The ticks of a layer.
pub fn ticks(drawing: &Drawing<'_, '_>) -> Result<Vec<Item>, RenderError> {
    let upright = drawing.layer.orient != Some(MarkOrient::Horizontal);
    let across = if upright { &drawing.y } else { &drawing.x };
    let mark = drawing.layer.mark;
    let thickness = mark
        .thickness
        .filter(|t| t.is_finite())
        .unwrap_or(1.5)
        .clamp(0.0, 1000.0);
    drawing.each_row(|row| {
        let (x, y) = (drawing.x.at(row)?, drawing.y.at(row)?);
        let length = boxed_length(drawing, across, row)
            .or_else(|| drawing.style.size(row))
            .or_else(|| band_length(drawing, across, row))
            .unwrap_or(15.0);
        let (width, height) = if upright {
            (thickness, length)
        } else {
            (length, thickness)
        };
        Some(Item::Rect(Rect {
            x: x - width / 2.0,
            y: y - height / 2.0,
            width,
            height,
            radius: 0.0,
            paint: drawing.style.paint(row),
            hint: None,
        }))
    })
}

/// The medians of a box plot are as wide as its boxes, the ends of its whiskers half as wide.
fn boxed_length(drawing: &Drawing<'_, '_>, across: &super::Position<'_, '_>, row: u32) -> Option<f64> {
    let style = drawing.layer.mark.style.as_ref()?;
    let name = style.0.iter().find(|name| name.starts_with("boxplot-"))?;
    let (low, high) = across.is_banded().then(|| across.band(row, None, 0.0, 0.0))??;
    let share = if name == "boxplot-median" {
        BOX_SHARE
    } else {
        BOX_SHARE / 2.0
    };
    Some((high - low) * share)
}

fn band_length(drawing: &Drawing<'_, '_>, across: &super::Position<'_, '_>, row: u32) -> Option<f64> {
    if !across.is_banded() {
        return None;
    }
    let size = drawing.layer.mark.discrete_band_size.clone();
    let (low, high) = across.band(row, size, 15.0, 0.0)?;
    Some((high - low) * 0.9)
}
