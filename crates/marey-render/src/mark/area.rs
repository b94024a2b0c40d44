//! Areas: the surface between a line and its base or a second line.

use marey_core::spec::{MarkOrient, Overlay};

use super::{
    Drawing,
    line::{curve, limited, path_item},
    series::{Series, breaks_at_gaps, series},
};
use crate::{
    RenderError,
    color::Color,
    path::{Point, area, line},
    scene::{Item, Paint},
    warnings::Warnings,
};

/// Opacity of areas that may hide one another.
const OVERLAID: f64 = 0.55;

/// The areas of a layer, with a line along the top where asked for.
pub fn areas(drawing: &Drawing<'_, '_>, warnings: &mut Warnings) -> Result<Vec<Item>, RenderError> {
    let mut items = Vec::new();
    let curve = curve(drawing, warnings);
    let all = limited(series(drawing), warnings);
    let horizontal = drawing.layer.orient == Some(MarkOrient::Horizontal);
    let length = if horizontal { &drawing.x } else { &drawing.y };
    let several = all.len() > 1;
    for series in all {
        drawing.context.stop.check()?;
        let Some(first) = series.rows.first() else {
            continue;
        };
        let (upper, lower) = edges(drawing, &series, horizontal);
        let mut paint = drawing.style.paint(*first);
        if paint.opacity.is_none()
            && !length.is_stacked()
            && !length.is_ranged()
            && drawing.layer.mark.fill_opacity.is_none()
        {
            paint.opacity = Some(if several { OVERLAID } else { 0.85 });
        }
        let top_line = top_line(drawing, *first);
        // The line over the area takes the mark's stroke.
        if top_line.is_some() {
            paint.stroke = None;
        }
        items.extend(path_item(area(curve, &upper, &lower).as_str(), paint));
        if let Some(stroke) = top_line {
            items.extend(path_item(line(curve, &upper).as_str(), stroke));
        }
    }
    Ok(items)
}

/// Upper and lower edge of a series, a gap in one being a gap in both.
fn edges(
    drawing: &Drawing<'_, '_>,
    series: &Series,
    horizontal: bool,
) -> (Vec<Option<Point>>, Vec<Option<Point>>) {
    let (along, length) = if horizontal {
        (&drawing.y, &drawing.x)
    } else {
        (&drawing.x, &drawing.y)
    };
    let breaks = breaks_at_gaps(drawing);
    let places = series.rows.iter().map(|row| {
        let at = along.at(*row)?;
        let (from, to) = length.range(*row)?;
        Some(if horizontal {
            ([to, at], [from, at])
        } else {
            ([at, to], [at, from])
        })
    });
    let kept = places.filter(|place| breaks || place.is_some());
    kept.map(|place| (place.map(|(upper, _)| upper), place.map(|(_, lower)| lower)))
        .unzip()
}

fn top_line(drawing: &Drawing<'_, '_>, row: u32) -> Option<Paint> {
    let color = drawing.style.color(row);
    let theme = drawing.context.theme;
    let mut paint = match &drawing.layer.mark.line {
        Some(Overlay::On(true)) => Paint::stroke(color, theme.line_width),
        Some(Overlay::Styled(def)) => {
            let own = def.color.as_deref().and_then(Color::parse).unwrap_or(color);
            Paint::stroke(own, def.stroke_width.unwrap_or(theme.line_width))
        }
        _ => return None,
    };
    paint.round = true;
    Some(paint)
}
