//! Lines: rows joined in order, one line per series.

use marey_core::spec::{MarkDef, MarkOrient, Overlay};

use super::{
    Drawing,
    point::symbol_item,
    series::{Series, breaks_at_gaps, series},
};
use crate::{
    RenderError,
    path::{Curve, Point, line},
    scene::{Circle, Item, Paint, Path},
    warnings::Warnings,
};

/// Most lines of one layer.
const MAX_SERIES: usize = 400;

/// The lines of a layer, with points over them where asked for.
pub fn lines(drawing: &Drawing<'_, '_>, warnings: &mut Warnings) -> Result<Vec<Item>, RenderError> {
    let mut items = Vec::new();
    let mut dots = Vec::new();
    let curve = curve(drawing, warnings);
    for series in limited(series(drawing), warnings) {
        drawing.context.stop.check()?;
        let Some(first) = series.rows.first() else {
            continue;
        };
        let points = places(drawing, &series);
        let mut paint = drawing.style.paint(*first);
        paint.fill = None;
        items.extend(path_item(line(curve, &points).as_str(), paint));
        lone_points(drawing, &series, &points, &mut dots);
        if let Some(overlay) = point_overlay(&drawing.layer.mark.point) {
            overlay_points(drawing, &series, overlay, &mut dots);
        }
    }
    items.append(&mut dots);
    Ok(items)
}

/// At most so many series; too many lines are none.
pub fn limited(mut all: Vec<Series>, warnings: &mut Warnings) -> Vec<Series> {
    if all.len() > MAX_SERIES {
        warnings.once(format!(
            "{} series: the first {MAX_SERIES} are drawn, +{} more are not",
            all.len(),
            all.len() - MAX_SERIES
        ));
        all.truncate(MAX_SERIES);
    }
    all
}

/// The curve the mark asks for; straight where it asks for none.
pub fn curve(drawing: &Drawing<'_, '_>, warnings: &mut Warnings) -> Curve {
    let mark = drawing.layer.mark;
    let Some(interpolate) = mark.interpolate else {
        return Curve::Linear;
    };
    let of_y = drawing.layer.orient == Some(MarkOrient::Horizontal);
    Curve::parse(interpolate.as_str(), mark.tension, of_y).unwrap_or_else(|| {
        warnings.once(format!(
            "`{interpolate}` is no curve that is drawn: points are joined straight"
        ));
        Curve::Linear
    })
}

/// The places of a series; none where a row has no place.
fn places(drawing: &Drawing<'_, '_>, series: &Series) -> Vec<Option<Point>> {
    let breaks = breaks_at_gaps(drawing);
    series
        .rows
        .iter()
        .map(|row| Some([drawing.x.at(*row)?, drawing.y.at(*row)?]))
        .filter(|point| breaks || point.is_some())
        .collect()
}

/// A path item, unless nothing would be seen.
pub fn path_item(data: &str, paint: Paint) -> Option<Item> {
    (!data.is_empty()).then(|| {
        Item::Path(Path {
            x: 0.0,
            y: 0.0,
            data: data.to_owned(),
            paint,
            hint: None,
        })
    })
}

/// A row between two gaps makes no line: a dot of the line's width stands for it.
fn lone_points(drawing: &Drawing<'_, '_>, series: &Series, points: &[Option<Point>], items: &mut Vec<Item>) {
    let Some(first) = series.rows.first() else { return };
    for (at, point) in points.iter().enumerate() {
        let Some([x, y]) = point else { continue };
        let missing = |at: Option<usize>| at.and_then(|at| points.get(at)).is_none_or(Option::is_none);
        if missing(at.checked_sub(1)) && missing(Some(at + 1)) {
            let paint = drawing.style.paint(*first);
            items.push(Item::Circle(Circle {
                x: *x,
                y: *y,
                radius: paint.stroke_width.max(1.5) * 1.1,
                paint: Paint {
                    fill: paint.stroke,
                    opacity: paint.opacity,
                    ..Paint::default()
                },
                hint: None,
            }));
        }
    }
}

/// The overlay of points, if one is asked for.
fn point_overlay(overlay: &Option<Overlay>) -> Option<Option<&MarkDef>> {
    match overlay {
        Some(Overlay::On(true)) => Some(None),
        Some(Overlay::Styled(def)) => Some(Some(def.as_ref())),
        Some(Overlay::On(false) | Overlay::Transparent) | None => None,
    }
}

fn overlay_points(drawing: &Drawing<'_, '_>, series: &Series, def: Option<&MarkDef>, items: &mut Vec<Item>) {
    let hollow = def.is_some_and(|def| def.filled == Some(false) || def.fill.as_ref().is_some());
    let area = def
        .and_then(|def| def.size)
        .filter(|size| size.is_finite())
        .unwrap_or(34.0);
    for row in &series.rows {
        let (Some(x), Some(y)) = (drawing.x.at(*row), drawing.y.at(*row)) else {
            continue;
        };
        let color = drawing.style.color(*row);
        let own = def
            .and_then(|def| def.color.as_deref())
            .and_then(crate::color::Color::parse)
            .unwrap_or(color);
        let paint = if hollow {
            Paint {
                fill: Some(drawing.context.theme.colors.background),
                ..Paint::stroke(own, 1.6)
            }
        } else {
            Paint::fill(own)
        };
        items.push(symbol_item(drawing.style.symbol(*row), (x, y), area, paint));
    }
}
