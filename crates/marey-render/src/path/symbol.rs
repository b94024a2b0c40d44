//! Point symbols of a given area, in Vega's shapes.

use std::f64::consts::TAU;

use super::{Path, Point};

/// The shape of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Symbol {
    /// Circle.
    #[default]
    Circle,
    /// Square.
    Square,
    /// Greek cross.
    Cross,
    /// Square on its corner.
    Diamond,
    /// Triangle that points up, centred on its area.
    Triangle,
    /// Triangle that points up, centred on its height.
    TriangleUp,
    /// Triangle that points down.
    TriangleDown,
    /// Triangle that points right.
    TriangleRight,
    /// Triangle that points left.
    TriangleLeft,
    /// Arrow that points up.
    Arrow,
    /// Slim triangle that points up.
    Wedge,
    /// Horizontal stroke.
    Stroke,
}

impl Symbol {
    /// The shapes that Vega-Lite gives to categories, in its order.
    pub const CATEGORIES: [Symbol; 8] = [
        Symbol::Circle,
        Symbol::Square,
        Symbol::TriangleUp,
        Symbol::Cross,
        Symbol::Diamond,
        Symbol::TriangleRight,
        Symbol::TriangleDown,
        Symbol::TriangleLeft,
    ];

    /// The shape of a Vega name.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "circle" => Symbol::Circle,
            "square" => Symbol::Square,
            "cross" => Symbol::Cross,
            "diamond" => Symbol::Diamond,
            "triangle" => Symbol::Triangle,
            "triangle-up" => Symbol::TriangleUp,
            "triangle-down" => Symbol::TriangleDown,
            "triangle-right" => Symbol::TriangleRight,
            "triangle-left" => Symbol::TriangleLeft,
            "arrow" => Symbol::Arrow,
            "wedge" => Symbol::Wedge,
            "stroke" => Symbol::Stroke,
            _ => return None,
        })
    }

    /// Draws the shape around a place; `size` is the area of the square that holds it, in square pixels.
    pub fn draw(self, path: &mut Path, [x, y]: Point, size: f64) {
        let r = size.max(0.0).sqrt() / 2.0;
        if !(r > 0.0 && r.is_finite()) {
            return;
        }
        if self == Symbol::Circle {
            path.move_to([x + r, y]);
            path.arc([x, y], r, 0.0, TAU, true);
            path.close();
            return;
        }
        let corners = self.corners();
        for (i, [cx, cy]) in corners.iter().enumerate() {
            let p = [x + cx * r, y + cy * r];
            if i == 0 { path.move_to(p) } else { path.line_to(p) }
        }
        if self != Symbol::Stroke {
            path.close();
        }
    }

    /// The shape as path data of its own.
    pub fn path(self, place: Point, size: f64) -> Path {
        let mut path = Path::new();
        self.draw(&mut path, place, size);
        path
    }

    /// Corners in units of half the side of the square; empty for the circle.
    fn corners(self) -> &'static [Point] {
        /// Height of an equilateral triangle of side 2, halved: sin 60°.
        const H: f64 = 0.866_025_403_784_438_6;
        /// What centres the triangle on its area: H - tan 30°.
        const O: f64 = H - 0.577_350_269_189_625_7;
        const S: f64 = 1.0 / 2.5;
        match self {
            Symbol::Circle => &[],
            Symbol::Square => &[[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]],
            Symbol::Cross => &[
                [-1.0, -S],
                [-1.0, S],
                [-S, S],
                [-S, 1.0],
                [S, 1.0],
                [S, S],
                [1.0, S],
                [1.0, -S],
                [S, -S],
                [S, -1.0],
                [-S, -1.0],
                [-S, -S],
            ],
            Symbol::Diamond => &[[-1.0, 0.0], [0.0, -1.0], [1.0, 0.0], [0.0, 1.0]],
            Symbol::Triangle => &[[0.0, -H - O], [-1.0, H - O], [1.0, H - O]],
            Symbol::TriangleUp => &[[0.0, -H], [-1.0, H], [1.0, H]],
            Symbol::TriangleDown => &[[0.0, H], [-1.0, -H], [1.0, -H]],
            Symbol::TriangleRight => &[[H, 0.0], [-H, -1.0], [-H, 1.0]],
            Symbol::TriangleLeft => &[[-H, 0.0], [H, -1.0], [H, 1.0]],
            Symbol::Arrow => &[
                [-1.0 / 7.0, 1.0],
                [1.0 / 7.0, 1.0],
                [1.0 / 7.0, -0.125],
                [S, -0.125],
                [0.0, -1.0],
                [-S, -0.125],
                [-1.0 / 7.0, -0.125],
            ],
            Symbol::Wedge => &[[0.0, -H - O], [-0.25, H - O], [0.25, H - O]],
            Symbol::Stroke => &[[-1.0, 0.0], [1.0, 0.0]],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_those_of_vega() {
        assert_eq!(
            Symbol::Square.path([0.0, 0.0], 16.0).as_str(),
            "M-2,-2L2,-2L2,2L-2,2Z"
        );
        assert_eq!(
            Symbol::TriangleUp.path([10.0, 10.0], 16.0).as_str(),
            "M10,8.27L8,11.73L12,11.73Z"
        );
        assert_eq!(Symbol::Stroke.path([0.0, 0.0], 16.0).as_str(), "M-2,0L2,0");
        assert_eq!(Symbol::parse("triangle-left"), Some(Symbol::TriangleLeft));
        assert_eq!(Symbol::parse("M0,0L1,1"), None);
        assert!(Symbol::Circle.path([0.0, 0.0], f64::NAN).is_empty());
        assert!(Symbol::Cross.path([0.0, 0.0], -4.0).is_empty());
    }
}
