//! Smooth curves through or near points, as cubic Bézier pieces.

use super::{Point, curve::Pen};

const EPSILON: f64 = 1e-12;

/// Weighted sum of points.
fn mix<const N: usize>(terms: [(f64, Point); N]) -> Point {
    let sum = |axis: usize| terms.iter().map(|(weight, p)| weight * p[axis]).sum();
    [sum(0), sum(1)]
}

/// A piece of the uniform B-spline around the middle of three points.
fn basis_piece(pen: &mut Pen<'_>, a: Point, b: Point, c: Point) {
    pen.path.cubic_to(
        mix([(2.0 / 3.0, a), (1.0 / 3.0, b)]),
        mix([(1.0 / 3.0, a), (2.0 / 3.0, b)]),
        mix([(1.0 / 6.0, a), (4.0 / 6.0, b), (1.0 / 6.0, c)]),
    );
}

/// The uniform B-spline, with straight ends to the first and last point.
pub(super) fn basis(points: &[Point], pen: &mut Pen<'_>) {
    pen.begin(points[0]);
    let [.., before, last] = points else { return };
    if let [first, second, _, ..] = points {
        pen.path.line_to(mix([(5.0 / 6.0, *first), (1.0 / 6.0, *second)]));
        for piece in points.windows(3) {
            basis_piece(pen, piece[0], piece[1], piece[2]);
        }
        basis_piece(pen, *before, *last, *last);
    }
    pen.path.line_to(*last);
}

/// The closed uniform B-spline.
pub(super) fn basis_closed(points: &[Point], pen: &mut Pen<'_>) {
    match points {
        [a] => pen.begin(*a),
        [a, b] => {
            pen.begin(mix([(1.0 / 3.0, *a), (2.0 / 3.0, *b)]));
            pen.path.line_to(mix([(2.0 / 3.0, *a), (1.0 / 3.0, *b)]));
        }
        _ => {
            let n = points.len();
            let at = |i: usize| points[i % n];
            pen.begin(mix([(1.0 / 6.0, at(0)), (4.0 / 6.0, at(1)), (1.0 / 6.0, at(2))]));
            for i in 1..=n {
                basis_piece(pen, at(i), at(i + 1), at(i + 2));
            }
            return;
        }
    }
    pen.path.close();
}

/// The uniform B-spline without its ends.
pub(super) fn basis_open(points: &[Point], pen: &mut Pen<'_>) {
    let [a, b, c, ..] = points else { return };
    pen.begin(mix([(1.0 / 6.0, *a), (4.0 / 6.0, *b), (1.0 / 6.0, *c)]));
    for piece in points[1..].windows(3) {
        basis_piece(pen, piece[0], piece[1], piece[2]);
    }
}

/// Points moved towards the straight line from the first to the last.
pub(super) fn straightened(points: &[Point], beta: f64) -> Vec<Point> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Vec::new();
    };
    let pieces = (points.len() - 1).max(1) as f64;
    let place = |(i, p): (usize, &Point)| {
        let t = i as f64 / pieces;
        mix([
            (beta, *p),
            ((1.0 - beta) * (1.0 - t), *first),
            ((1.0 - beta) * t, *last),
        ])
    };
    points.iter().enumerate().map(place).collect()
}

/// Control points of the piece from the second to the third of four points; the outer ones may be
/// missing at the ends.
type Controls = fn(f64, Option<Point>, Point, Point, Option<Point>) -> [Point; 2];

/// A family of splines that pass through their points, with its parameter.
#[derive(Clone, Copy)]
pub(super) struct Through {
    controls: Controls,
    parameter: f64,
}

/// The cardinal splines.
pub(super) fn cardinal(tension: f64) -> Through {
    Through {
        controls: cardinal_controls,
        parameter: tension,
    }
}

/// The Catmull-Rom splines (Barry and Goldman 1988); exponent 0 is the cardinal spline without tension.
pub(super) fn catmull_rom(alpha: f64) -> Through {
    if alpha == 0.0 {
        return cardinal(0.0);
    }
    Through {
        controls: catmull_rom_controls,
        parameter: alpha,
    }
}

fn cardinal_controls(tension: f64, a: Option<Point>, b: Point, c: Point, d: Option<Point>) -> [Point; 2] {
    let k = (1.0 - tension) / 6.0;
    let first = a.map_or(b, |a| mix([(1.0, b), (k, c), (-k, a)]));
    let second = d.map_or(c, |d| mix([(1.0, c), (k, b), (-k, d)]));
    [first, second]
}

fn catmull_rom_controls(alpha: f64, a: Option<Point>, b: Point, c: Point, d: Option<Point>) -> [Point; 2] {
    let length = |p: Point, q: Point| (p[0] - q[0]).hypot(p[1] - q[1]).powf(alpha);
    let middle = length(b, c);
    // The control point beside `near`, given its neighbours on either side.
    let control = |outer: Option<Point>, near: Point, far: Point| {
        let Some(outer) = outer else { return near };
        let l = length(outer, near);
        if l <= EPSILON {
            return near;
        }
        let n = 3.0 * l * (l + middle);
        let weight = 2.0 * l * l + 3.0 * l * middle + middle * middle;
        mix([
            (weight / n, near),
            (-middle * middle / n, outer),
            (l * l / n, far),
        ])
    };
    [control(a, b, c), control(d, c, b)]
}

fn through_piece(pen: &mut Pen<'_>, spline: Through, [a, b, c, d]: [Option<Point>; 4]) {
    if let (Some(b), Some(c)) = (b, c) {
        let [first, second] = (spline.controls)(spline.parameter, a, b, c, d);
        pen.path.cubic_to(first, second, c);
    }
}

/// A spline through all points.
pub(super) fn through(points: &[Point], pen: &mut Pen<'_>, spline: Through) {
    pen.begin(points[0]);
    if let [_, last] = points {
        pen.path.line_to(*last);
        return;
    }
    let at = |i: usize| points.get(i).copied();
    for i in 0..points.len().saturating_sub(1) {
        through_piece(
            pen,
            spline,
            [i.checked_sub(1).and_then(at), at(i), at(i + 1), at(i + 2)],
        );
    }
}

/// A closed spline through all points.
pub(super) fn through_closed(points: &[Point], pen: &mut Pen<'_>, spline: Through) {
    let n = points.len();
    let at = |i: usize| Some(points[i % n]);
    pen.begin(points[1 % n]);
    if n < 3 {
        if n == 2 {
            pen.path.line_to(points[0]);
        }
        pen.path.close();
        return;
    }
    for i in 1..=n {
        through_piece(pen, spline, [at(i - 1), at(i), at(i + 1), at(i + 2)]);
    }
}

/// A spline from the second to the last but one point.
pub(super) fn through_open(points: &[Point], pen: &mut Pen<'_>, spline: Through) {
    if points.len() < 3 {
        return;
    }
    pen.begin(points[1]);
    for piece in points.windows(4) {
        through_piece(
            pen,
            spline,
            [Some(piece[0]), Some(piece[1]), Some(piece[2]), Some(piece[3])],
        );
    }
}

/// Cubic pieces without new extremes (Steffen 1990), y as a function of x or, with `of_y`, the reverse.
pub(super) fn monotone(points: &[Point], pen: &mut Pen<'_>, of_y: bool) {
    let turn = |[x, y]: Point| if of_y { [y, x] } else { [x, y] };
    let mut p: Vec<Point> = points.iter().map(|p| turn(*p)).collect();
    p.dedup();
    pen.begin(turn(p[0]));
    if p.len() < 3 {
        if let [_, last] = p[..] {
            pen.path.line_to(turn(last));
        }
        return;
    }
    let mut slopes = vec![0.0; p.len()];
    for i in 1..p.len() - 1 {
        slopes[i] = inner_slope(p[i - 1], p[i], p[i + 1]);
    }
    let last = p.len() - 1;
    slopes[0] = end_slope(p[0], p[1], slopes[1]);
    slopes[last] = end_slope(p[last - 1], p[last], slopes[last - 1]);
    for (pair, slope) in p.windows(2).zip(slopes.windows(2)) {
        let [[x0, y0], [x1, y1]] = [pair[0], pair[1]];
        let dx = (x1 - x0) / 3.0;
        let first = [x0 + dx, y0 + dx * slope[0]];
        let second = [x1 - dx, y1 - dx * slope[1]];
        pen.path.cubic_to(turn(first), turn(second), turn(pair[1]));
    }
}

fn inner_slope([x0, y0]: Point, [x1, y1]: Point, [x2, y2]: Point) -> f64 {
    let (h0, h1) = (x1 - x0, x2 - x1);
    // A step of no length goes the way of its neighbour.
    let directed = |h: f64, neighbour: f64| if h == 0.0 { 0f64.copysign(neighbour) } else { h };
    let (s0, s1) = ((y1 - y0) / directed(h0, h1), (y2 - y1) / directed(h1, h0));
    let p = (s0 * h1 + s1 * h0) / (h0 + h1);
    let sign = |s: f64| if s < 0.0 { -1.0 } else { 1.0 };
    let slope = (sign(s0) + sign(s1)) * s0.abs().min(s1.abs()).min(0.5 * p.abs());
    if slope.is_finite() { slope } else { 0.0 }
}

fn end_slope([x0, y0]: Point, [x1, y1]: Point, inner: f64) -> f64 {
    let h = x1 - x0;
    if h == 0.0 {
        inner
    } else {
        (3.0 * (y1 - y0) / h - inner) / 2.0
    }
}

/// The natural cubic spline, with zero curvature at both ends.
pub(super) fn natural(points: &[Point], pen: &mut Pen<'_>) {
    pen.begin(points[0]);
    if let [_, last] = points {
        pen.path.line_to(*last);
    }
    if points.len() < 3 {
        return;
    }
    let [x0, x1] = natural_controls(points, 0);
    let [y0, y1] = natural_controls(points, 1);
    for (i, p) in points.iter().enumerate().skip(1) {
        pen.path
            .cubic_to([x0[i - 1], y0[i - 1]], [x1[i - 1], y1[i - 1]], *p);
    }
}

/// First and second control coordinates of each piece, by the Thomas algorithm.
fn natural_controls(points: &[Point], axis: usize) -> [Vec<f64>; 2] {
    let x: Vec<f64> = points.iter().map(|p| p[axis]).collect();
    let n = x.len() - 1;
    let mut diagonal = vec![4.0; n];
    let mut right: Vec<f64> = (0..n).map(|i| 4.0 * x[i] + 2.0 * x[i + 1]).collect();
    diagonal[0] = 2.0;
    right[0] = x[0] + 2.0 * x[1];
    diagonal[n - 1] = 7.0;
    right[n - 1] = 8.0 * x[n - 1] + x[n];
    for i in 1..n {
        let below = if i == n - 1 { 2.0 } else { 1.0 };
        let m = below / diagonal[i - 1];
        diagonal[i] -= m;
        right[i] -= m * right[i - 1];
    }
    let mut first = vec![0.0; n];
    first[n - 1] = right[n - 1] / diagonal[n - 1];
    for i in (0..n - 1).rev() {
        first[i] = (right[i] - first[i + 1]) / diagonal[i];
    }
    let mut second: Vec<f64> = (0..n - 1).map(|i| 2.0 * x[i + 1] - first[i + 1]).collect();
    second.push((x[n] + first[n - 1]) / 2.0);
    [first, second]
}
