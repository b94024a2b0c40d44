//! Bars and rectangles.

use marey_core::spec::{BandSize, MarkOrient};

use super::{Drawing, Position};
use crate::{
    RenderError,
    scene::{Item, Path, Rect},
};

/// Share of its band that a box of a box plot takes.
pub const BOX_SHARE: f64 = 0.55;
/// Width of a bar that stands on a continuous scale without an extent of its own.
const CONTINUOUS_BAR: f64 = 5.0;

/// The bars of a layer: a length in one direction, a band in the other.
pub fn bars(drawing: &Drawing<'_, '_>) -> Result<Vec<Item>, RenderError> {
    let horizontal = drawing.layer.orient == Some(MarkOrient::Horizontal);
    let (length, across) = if horizontal {
        (&drawing.x, &drawing.y)
    } else {
        (&drawing.y, &drawing.x)
    };
    let mark = drawing.layer.mark;
    let radius = mark.corner_radius.unwrap_or(0.0);
    let end_radius = mark.corner_radius_end.unwrap_or(if length.is_stacked() {
        0.0
    } else {
        drawing.context.theme.bar_radius
    });
    drawing.each_row(|row| {
        let (low, high) = across.band(
            row,
            bar_size(drawing, row, horizontal),
            CONTINUOUS_BAR,
            bin_gap(drawing),
        )?;
        let (from, to) = match length.is_bound() {
            true => length.range(row)?,
            false => (0.0, length.length),
        };
        if !(low.is_finite() && high.is_finite() && from.is_finite() && to.is_finite()) {
            return None;
        }
        let (x, y, width, height) = if horizontal {
            (from.min(to), low, (to - from).abs(), high - low)
        } else {
            (low, from.min(to), high - low, (to - from).abs())
        };
        let grows_to = if horizontal {
            [to - from, 0.0]
        } else {
            [0.0, to - from]
        };
        Some(bar_item(
            drawing,
            row,
            [x, y, width, height],
            radius,
            end_radius,
            grows_to,
        ))
    })
}

/// A bar is a plain rectangle unless only its far end is rounded.
fn bar_item(
    drawing: &Drawing<'_, '_>,
    row: u32,
    bounds: [f64; 4],
    radius: f64,
    end: f64,
    grows: [f64; 2],
) -> Item {
    let [x, y, width, height] = bounds;
    let paint = drawing.style.paint(row);
    let end = end.min(width / 2.0).min(height / 2.0);
    if end < 0.5 {
        return Item::Rect(Rect {
            x,
            y,
            width,
            height,
            radius: radius.clamp(0.0, width.min(height) / 2.0),
            paint,
            hint: None,
        });
    }
    Item::Path(Path {
        x: 0.0,
        y: 0.0,
        data: round_end([x, y, width, height], end, grows),
        paint,
        hint: None,
    })
}

/// A rectangle whose corners are round at the end it grows towards.
fn round_end(bounds: [f64; 4], radius: f64, [right, down]: [f64; 2]) -> String {
    let at = |rounded: bool| if rounded { radius } else { 0.0 };
    let mut path = crate::path::Path::new();
    let top_left = at(right < 0.0 || down < 0.0);
    let top_right = at(right > 0.0 || down < 0.0);
    let bottom_right = at(right > 0.0 || down > 0.0);
    let bottom_left = at(right < 0.0 || down > 0.0);
    path.rounded_rect(bounds, [top_left, top_right, bottom_right, bottom_left]);
    path.as_str().to_owned()
}

fn bar_size(drawing: &Drawing<'_, '_>, row: u32, horizontal: bool) -> Option<BandSize> {
    let mark = drawing.layer.mark;
    if is_box(drawing) && drawing_band(drawing, horizontal) {
        return Some(BandSize::Band(BOX_SHARE));
    }
    let given = if horizontal {
        mark.height.clone()
    } else {
        mark.width.clone()
    };
    drawing
        .style
        .size(row)
        .map(BandSize::Pixels)
        .or(given)
        .or_else(|| {
            mark.discrete_band_size
                .clone()
                .filter(|_| drawing_band(drawing, horizontal))
        })
        .or_else(|| {
            mark.continuous_band_size
                .map(BandSize::Pixels)
                .filter(|_| !drawing_band(drawing, horizontal))
        })
}

/// Whether the bars are the boxes (or medians) of a box plot, which take half of their band.
fn is_box(drawing: &Drawing<'_, '_>) -> bool {
    let style = drawing.layer.mark.style.as_ref();
    style.is_some_and(|style| style.0.iter().any(|name| name.starts_with("boxplot-")))
}

fn drawing_band(drawing: &Drawing<'_, '_>, horizontal: bool) -> bool {
    if horizontal {
        drawing.y.is_banded()
    } else {
        drawing.x.is_banded()
    }
}

fn bin_gap(drawing: &Drawing<'_, '_>) -> f64 {
    drawing
        .layer
        .mark
        .bin_spacing
        .filter(|gap| gap.is_finite())
        .unwrap_or(1.0)
        .max(0.0)
}

/// The rectangles of a layer: bands, bins or two ends in either direction, the whole plot without.
pub fn rects(drawing: &Drawing<'_, '_>) -> Result<Vec<Item>, RenderError> {
    let mark = drawing.layer.mark;
    drawing.each_row(|row| {
        let (x0, x1) = extent(&drawing.x, row, mark.width.clone())?;
        let (y0, y1) = extent(&drawing.y, row, mark.height.clone())?;
        let width = (x1 - x0).abs();
        let height = (y1 - y0).abs();
        if !(width.is_finite() && height.is_finite()) {
            return None;
        }
        Some(Item::Rect(Rect {
            x: x0.min(x1),
            y: y0.min(y1),
            width,
            height,
            radius: mark
                .corner_radius
                .unwrap_or(0.0)
                .clamp(0.0, width.min(height) / 2.0),
            paint: drawing.style.paint(row),
            hint: None,
        }))
    })
}

fn extent(position: &Position<'_, '_>, row: u32, size: Option<BandSize>) -> Option<(f64, f64)> {
    if !position.is_bound() {
        return Some((0.0, position.length));
    }
    if position.is_ranged() && !position.is_banded() {
        let (from, to) = position.range(row)?;
        // A hairline between cells keeps a heat map readable as cells.
        let inset = if position.is_interval() && (to - from).abs() > 8.0 {
            0.5
        } else {
            0.0
        };
        let (low, high) = (from.min(to), from.max(to));
        return Some((low + inset, high - inset));
    }
    let (low, high) = position.band(row, size, 8.0, 0.0)?;
    let inset = if position.is_banded() && high - low > 8.0 {
        0.5
    } else {
        0.0
    };
    Some((low + inset, high - inset))
}
