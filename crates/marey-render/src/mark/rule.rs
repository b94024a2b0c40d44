//! Rules: straight lines from edge to edge or from point to point.

use super::Drawing;
use crate::{
    RenderError,
    axis::crisp,
    scene::{Item, Line},
};

/// The rules of a layer.
pub fn rules(drawing: &Drawing<'_, '_>) -> Result<Vec<Item>, RenderError> {
    let (x, y) = (&drawing.x, &drawing.y);
    drawing.each_row(|row| {
        let (x0, x1) = ends(x, row, y.is_bound() && !x.is_bound())?;
        let (y0, y1) = ends(y, row, x.is_bound() && !y.is_bound())?;
        let paint = drawing.style.paint(row);
        let sharp = |a: f64, b: f64| {
            if a == b && paint.stroke_width <= 1.0 {
                (crisp(a), crisp(b))
            } else {
                (a, b)
            }
        };
        let ((x0, x1), (y0, y1)) = (sharp(x0, x1), sharp(y0, y1));
        Some(Item::Line(Line {
            from: (x0, y0),
            to: (x1, y1),
            paint,
        }))
    })
}

/// Start and end in one direction: both ends where given, the whole plot where nothing is said and
/// the other direction is, else one place.
fn ends(position: &super::Position<'_, '_>, row: u32, whole: bool) -> Option<(f64, f64)> {
    if whole {
        return Some((0.0, position.length));
    }
    if position.is_ranged() {
        if position.is_banded() {
            let at = position.at(row)?;
            return Some((at, at));
        }
        return position.range(row);
    }
    let at = position.at(row)?;
    Some((at, at))
}
