//! Path data being written.

use std::f64::consts::{PI, TAU};

use super::Point;
use crate::svg::write_number;

const EPSILON: f64 = 1e-6;

/// Distance of a Bézier control point from the corner of a quarter circle of radius 1
/// (<https://spencermortensen.com/articles/bezier-circle/>).
const CORNER_CONTROL: f64 = 0.448_084_975_506;

/// SVG path data; coordinates are written with two decimals.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Path {
    data: String,
    at: Point,
    start: Point,
}

impl Path {
    /// An empty path.
    pub fn new() -> Self {
        Self::default()
    }

    /// The path data.
    pub fn as_str(&self) -> &str {
        &self.data
    }

    /// Whether nothing was drawn.
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// Begins a new part.
    pub fn move_to(&mut self, p: Point) {
        self.command('M', &p);
        self.at = p;
        self.start = p;
    }

    /// A straight line.
    pub fn line_to(&mut self, p: Point) {
        self.command('L', &p);
        self.at = p;
    }

    /// A cubic Bézier curve.
    pub fn cubic_to(&mut self, a: Point, b: Point, p: Point) {
        self.command('C', &[a[0], a[1], b[0], b[1], p[0], p[1]]);
        self.at = p;
    }

    /// Closes the part.
    pub fn close(&mut self) {
        self.data.push('Z');
        self.at = self.start;
    }

    /// A part of a circle from one angle to another (radians, clockwise from the positive x axis on
    /// screen), joined to what was drawn by a straight line.
    pub fn arc(&mut self, center: Point, radius: f64, from: f64, to: f64, clockwise: bool) {
        let on_circle = |angle: f64| [center[0] + radius * angle.cos(), center[1] + radius * angle.sin()];
        let begin = on_circle(from);
        if self.is_empty() {
            self.move_to(begin);
        } else if (self.at[0] - begin[0]).abs() > EPSILON || (self.at[1] - begin[1]).abs() > EPSILON {
            self.line_to(begin);
        }
        if !(radius > 0.0 && radius.is_finite() && from.is_finite() && to.is_finite()) {
            return;
        }
        let mut sweep = if clockwise { to - from } else { from - to };
        if sweep < 0.0 {
            sweep = sweep.rem_euclid(TAU);
        }
        if sweep > TAU - EPSILON {
            self.arc_to(
                radius,
                true,
                clockwise,
                [2.0 * center[0] - begin[0], 2.0 * center[1] - begin[1]],
            );
            self.arc_to(radius, true, clockwise, begin);
        } else if sweep > EPSILON {
            self.arc_to(radius, sweep >= PI, clockwise, on_circle(to));
        }
    }

    fn arc_to(&mut self, radius: f64, large: bool, clockwise: bool, p: Point) {
        let flag = |on: bool| f64::from(u8::from(on));
        self.command(
            'A',
            &[radius, radius, 0.0, flag(large), flag(clockwise), p[0], p[1]],
        );
        self.at = p;
    }

    /// A rectangle with rounded corners: radii of the top left, top right, bottom right and bottom
    /// left corner, cut to half the shorter side.
    pub fn rounded_rect(&mut self, [x, y, width, height]: [f64; 4], radii: [f64; 4]) {
        let most = (width.min(height) / 2.0).max(0.0);
        let [tl, tr, br, bl] = radii.map(|r| if r.is_nan() { 0.0 } else { r.clamp(0.0, most) });
        let (right, bottom) = (x + width, y + height);
        self.move_to([x + tl, y]);
        self.line_to([right - tr, y]);
        self.corner([right, y], [right - tr, y], [right, y + tr]);
        self.line_to([right, bottom - br]);
        self.corner([right, bottom], [right, bottom - br], [right - br, bottom]);
        self.line_to([x + bl, bottom]);
        self.corner([x, bottom], [x + bl, bottom], [x, bottom - bl]);
        self.line_to([x, y + tl]);
        self.corner([x, y], [x, y + tl], [x + tl, y]);
        self.close();
    }

    fn corner(&mut self, corner: Point, from: Point, to: Point) {
        if from == to {
            return;
        }
        let control = |p: Point| {
            [
                corner[0] + (p[0] - corner[0]) * CORNER_CONTROL,
                corner[1] + (p[1] - corner[1]) * CORNER_CONTROL,
            ]
        };
        self.cubic_to(control(from), control(to), to);
    }

    fn command(&mut self, letter: char, numbers: &[f64]) {
        self.data.push(letter);
        for (i, number) in numbers.iter().enumerate() {
            if i > 0 {
                self.data.push(',');
            }
            write_number(&mut self.data, *number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arcs_begin_and_end_on_the_circle() {
        let mut path = Path::new();
        path.arc([10.0, 10.0], 5.0, 0.0, PI / 2.0, true);
        assert_eq!(path.as_str(), "M15,10A5,5,0,0,1,10,15");
        let mut circle = Path::new();
        circle.arc([0.0, 0.0], 5.0, 0.0, TAU, true);
        assert_eq!(circle.as_str(), "M5,0A5,5,0,1,1,-5,0A5,5,0,1,1,5,0");
        let mut nothing = Path::new();
        nothing.arc([0.0, 0.0], f64::NAN, 0.0, 1.0, true);
        assert_eq!(nothing.as_str(), "M0,0");
    }

    #[test]
    fn rectangles_have_the_corners_asked_for() {
        let mut path = Path::new();
        path.rounded_rect([0.0, 0.0, 10.0, 4.0], [0.0, 9.0, 0.0, -1.0]);
        assert_eq!(path.as_str(), "M0,0L8,0C9.1,0,10,0.9,10,2L10,4L0,4L0,0Z");
    }
}
