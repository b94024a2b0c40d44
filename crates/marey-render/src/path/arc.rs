//! Sectors of a circle or a ring: pies and donuts, padded and with rounded corners.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use super::{Path, Point};

const EPSILON: f64 = 1e-12;

/// A sector; angles in radians, clockwise from twelve o'clock.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Arc {
    /// Radius of the hole, 0 for a pie.
    pub inner: f64,
    /// Radius of the rim.
    pub outer: f64,
    /// Angle where the sector begins.
    pub start: f64,
    /// Angle where it ends.
    pub end: f64,
    /// Angle left free between neighbouring sectors.
    pub pad: f64,
    /// Radius of its corners.
    pub corner: f64,
}

/// One edge of the sector: radius and the angles it spans after padding.
struct Rim {
    radius: f64,
    from: f64,
    to: f64,
    /// Angle that is left; zero when padding took all.
    sweep: f64,
}

impl Rim {
    fn padded(arc: &Arc, radius: f64, from: f64, to: f64) -> Self {
        let half_pad = arc.pad / 2.0;
        let sweep = (to - from).abs();
        if half_pad <= EPSILON {
            return Self {
                radius,
                from,
                to,
                sweep,
            };
        }
        let pad_radius = arc.inner.hypot(arc.outer);
        let shift = (pad_radius / radius * half_pad.sin()).clamp(-1.0, 1.0).asin();
        let left = sweep - 2.0 * shift;
        if left.is_nan() || left <= EPSILON {
            let middle = (from + to) / 2.0;
            return Self {
                radius,
                from: middle,
                to: middle,
                sweep: 0.0,
            };
        }
        let shift = shift.copysign(to - from);
        Self {
            radius,
            from: from + shift,
            to: to - shift,
            sweep: left,
        }
    }

    fn first(&self) -> Point {
        on_circle(self.radius, self.from)
    }

    fn last(&self) -> Point {
        on_circle(self.radius, self.to)
    }
}

/// A rounded corner: its centre and where it meets the side and the rim.
struct Corner {
    center: Point,
    side: Point,
    rim: Point,
}

impl Corner {
    fn side_angle(&self) -> f64 {
        self.side[1].atan2(self.side[0])
    }

    fn rim_angle(&self) -> f64 {
        self.rim[1].atan2(self.rim[0])
    }

    /// Angle, seen from the middle of the circle, where the corner meets the rim.
    fn rim_place(&self) -> f64 {
        (self.center[1] + self.rim[1]).atan2(self.center[0] + self.rim[0])
    }
}

fn on_circle(radius: f64, angle: f64) -> Point {
    [radius * angle.cos(), radius * angle.sin()]
}

impl Arc {
    /// The middle of the sector, where a label goes, seen from the centre.
    pub fn centroid(&self) -> Point {
        on_circle(
            (self.inner + self.outer) / 2.0,
            (self.start + self.end) / 2.0 - FRAC_PI_2,
        )
    }

    /// The sector around the origin; empty when radii or angles are not finite.
    pub fn path(&self) -> Path {
        let mut arc = *self;
        let numbers = [arc.inner, arc.outer, arc.start, arc.end, arc.pad, arc.corner];
        if numbers.iter().any(|x| !x.is_finite()) {
            return Path::new();
        }
        if arc.outer < arc.inner {
            std::mem::swap(&mut arc.inner, &mut arc.outer);
        }
        arc.inner = arc.inner.max(0.0);
        let (from, to) = (arc.start - FRAC_PI_2, arc.end - FRAC_PI_2);
        let mut path = Path::new();
        if arc.outer <= EPSILON {
            path.move_to([0.0, 0.0]);
        } else if (to - from).abs() > TAU - EPSILON {
            arc.draw_ring(&mut path, from, to);
        } else {
            arc.draw_sector(&mut path, from, to);
        }
        path.close();
        path
    }

    fn draw_ring(&self, path: &mut Path, from: f64, to: f64) {
        let clockwise = to > from;
        path.move_to(on_circle(self.outer, from));
        path.arc([0.0, 0.0], self.outer, from, to, clockwise);
        if self.inner > EPSILON {
            path.move_to(on_circle(self.inner, to));
            path.arc([0.0, 0.0], self.inner, to, from, !clockwise);
        }
    }

    fn draw_sector(&self, path: &mut Path, from: f64, to: f64) {
        let clockwise = to > from;
        let outer = Rim::padded(self, self.outer, from, to);
        let inner = Rim::padded(self, self.inner, from, to);
        let wanted = self.corner.min((self.outer - self.inner) / 2.0);
        let [inner_corner, outer_corner] = corner_radii(&outer, &inner, wanted, (to - from).abs());
        if outer.sweep <= EPSILON {
            path.move_to(outer.first());
        } else if outer_corner > EPSILON {
            let t0 = corner(
                inner.first(),
                outer.first(),
                outer.radius,
                outer_corner,
                clockwise,
            );
            let t1 = corner(outer.last(), inner.last(), outer.radius, outer_corner, clockwise);
            path.move_to([t0.center[0] + t0.side[0], t0.center[1] + t0.side[1]]);
            draw_corners(
                path,
                [t0, t1],
                outer.radius,
                outer_corner,
                outer_corner < wanted,
                [clockwise; 2],
            );
        } else {
            path.move_to(outer.first());
            path.arc([0.0, 0.0], outer.radius, outer.from, outer.to, clockwise);
        }
        if inner.radius <= EPSILON || inner.sweep <= EPSILON {
            path.line_to(inner.last());
        } else if inner_corner > EPSILON {
            let t0 = corner(inner.last(), outer.last(), inner.radius, -inner_corner, clockwise);
            let t1 = corner(
                outer.first(),
                inner.first(),
                inner.radius,
                -inner_corner,
                clockwise,
            );
            path.line_to([t0.center[0] + t0.side[0], t0.center[1] + t0.side[1]]);
            draw_corners(
                path,
                [t0, t1],
                inner.radius,
                inner_corner,
                inner_corner < wanted,
                [clockwise, !clockwise],
            );
        } else {
            path.arc([0.0, 0.0], inner.radius, inner.to, inner.from, !clockwise);
        }
    }
}

/// Two corners and the rim between them, or one round end where the corners meet.
fn draw_corners(path: &mut Path, [a, b]: [Corner; 2], rim: f64, radius: f64, merged: bool, turns: [bool; 2]) {
    let [at_corner, along_rim] = turns;
    if merged {
        path.arc(a.center, radius, a.side_angle(), b.side_angle(), at_corner);
        return;
    }
    path.arc(a.center, radius, a.side_angle(), a.rim_angle(), at_corner);
    path.arc([0.0, 0.0], rim, a.rim_place(), b.rim_place(), along_rim);
    path.arc(b.center, radius, b.rim_angle(), b.side_angle(), at_corner);
}

/// Radii of the inner and outer corners that the sector has room for.
fn corner_radii(outer: &Rim, inner: &Rim, wanted: f64, sweep: f64) -> [f64; 2] {
    if wanted <= EPSILON || sweep >= PI {
        return [wanted; 2];
    }
    // The point where the two sides, prolonged, meet.
    let Some(apex) = intersection(outer.first(), inner.first(), outer.last(), inner.last()) else {
        return [0.0; 2];
    };
    let [ax, ay] = [outer.first()[0] - apex[0], outer.first()[1] - apex[1]];
    let [bx, by] = [outer.last()[0] - apex[0], outer.last()[1] - apex[1]];
    let cosine = (ax * bx + ay * by) / (ax.hypot(ay) * bx.hypot(by));
    let k = 1.0 / (cosine.clamp(-1.0, 1.0).acos() / 2.0).sin();
    let distance = apex[0].hypot(apex[1]);
    let room = |r: f64| if r.is_nan() { 0.0 } else { wanted.min(r) };
    [
        room((inner.radius - distance) / (k - 1.0)),
        room((outer.radius - distance) / (k + 1.0)),
    ]
}

fn intersection(p0: Point, p1: Point, p2: Point, p3: Point) -> Option<Point> {
    let [x10, y10] = [p1[0] - p0[0], p1[1] - p0[1]];
    let [x32, y32] = [p3[0] - p2[0], p3[1] - p2[1]];
    let cross = y32 * x10 - x32 * y10;
    if cross * cross < EPSILON {
        return None;
    }
    let t = (x32 * (p0[1] - p2[1]) - y32 * (p0[0] - p2[0])) / cross;
    Some([p0[0] + t * x10, p0[1] + t * y10])
}

/// The corner of radius `rounding` (negative inside the hole) between the side from `p` to `q` and
/// the circle of radius `rim`: the side is moved inwards and cut with the circle moved inwards.
fn corner(p: Point, q: Point, rim: f64, rounding: f64, clockwise: bool) -> Corner {
    let [x01, y01] = [p[0] - q[0], p[1] - q[1]];
    let scale = (if clockwise { rounding } else { -rounding }) / x01.hypot(y01);
    let [ox, oy] = [scale * y01, -scale * x01];
    let [a, b] = [[p[0] + ox, p[1] + oy], [q[0] + ox, q[1] + oy]];
    let middle = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
    let [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    let d2 = dx * dx + dy * dy;
    let r = rim - rounding;
    let determinant = a[0] * b[1] - b[0] * a[1];
    let root = (r * r * d2 - determinant * determinant).max(0.0).sqrt() * if dy < 0.0 { -1.0 } else { 1.0 };
    let meet = |sign: f64| {
        [
            (determinant * dy - sign * dx * root) / d2,
            (-determinant * dx - sign * dy * root) / d2,
        ]
    };
    let distance = |c: &Point| (c[0] - middle[0]).hypot(c[1] - middle[1]);
    let (near, far) = (meet(1.0), meet(-1.0));
    let center = if distance(&near) > distance(&far) {
        far
    } else {
        near
    };
    let outwards = rim / r - 1.0;
    Corner {
        center,
        side: [-ox, -oy],
        rim: [center[0] * outwards, center[1] * outwards],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sectors_close_around_their_angles() {
        let quarter = Arc {
            outer: 10.0,
            end: FRAC_PI_2,
            ..Arc::default()
        };
        assert_eq!(quarter.path().as_str(), "M0,-10A10,10,0,0,1,10,0L0,0Z");
        let ring = Arc {
            inner: 5.0,
            outer: 10.0,
            end: TAU,
            ..Arc::default()
        };
        assert!(ring.path().as_str().matches('A').count() == 4);
        assert_eq!(quarter.centroid().map(|c| (c * 100.0).round()), [354.0, -354.0]);
    }

    #[test]
    fn degenerate_sectors_are_harmless() {
        for arc in [
            Arc::default(),
            Arc {
                outer: f64::NAN,
                ..Arc::default()
            },
            Arc {
                outer: 10.0,
                inner: 20.0,
                end: 1.0,
                pad: 3.0,
                corner: 50.0,
                ..Arc::default()
            },
            Arc {
                outer: 10.0,
                inner: 10.0,
                end: 1e-9,
                corner: 1.0,
                ..Arc::default()
            },
            Arc {
                outer: 10.0,
                inner: -5.0,
                end: -1.0,
                corner: 1.0,
                pad: 0.1,
                ..Arc::default()
            },
        ] {
            assert!(!arc.path().as_str().contains("NaN"), "{arc:?}");
        }
    }
}
