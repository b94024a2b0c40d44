//! Points, circles and squares.

use marey_core::Mark;

use super::Drawing;
use crate::{
    RenderError,
    path::Symbol,
    scene::{Circle, Item, Paint, Path},
};

/// Area below which a point is no longer seen.
const SMALLEST: f64 = 4.0;

/// The points of a layer.
pub fn points(drawing: &Drawing<'_, '_>) -> Result<Vec<Item>, RenderError> {
    let default = default_area(drawing);
    drawing.each_row(|row| {
        let (x, y) = (drawing.x.at(row)?, drawing.y.at(row)?);
        let area = drawing.style.size(row).unwrap_or(default).clamp(SMALLEST, 1e6);
        let symbol = match drawing.layer.mark.mark {
            Some(Mark::Circle) => Symbol::Circle,
            Some(Mark::Square) => Symbol::Square,
            _ => drawing.style.symbol(row),
        };
        Some(symbol_item(symbol, (x, y), area, drawing.style.paint(row)))
    })
}

/// A symbol of an area at a place.
pub fn symbol_item(symbol: Symbol, (x, y): (f64, f64), area: f64, paint: Paint) -> Item {
    if symbol == Symbol::Circle {
        return Item::Circle(Circle {
            x,
            y,
            radius: area.sqrt() / 2.0,
            paint,
            hint: None,
        });
    }
    Item::Path(Path {
        x,
        y,
        data: symbol.path([0.0, 0.0], area).as_str().to_owned(),
        paint,
        hint: None,
    })
}

/// Many points are small points.
fn default_area(drawing: &Drawing<'_, '_>) -> f64 {
    match drawing.rows.len() {
        0..=150 => 52.0,
        151..=800 => 38.0,
        801..=4000 => 22.0,
        _ => 12.0,
    }
}
