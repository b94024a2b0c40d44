//! Lines and areas through points.

use super::{Path, Point, spline};

/// How points are joined.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Curve {
    /// Straight.
    #[default]
    Linear,
    /// Straight, the last point joined to the first.
    LinearClosed,
    /// In steps that rise half-way.
    Step,
    /// In steps that rise at the start.
    StepBefore,
    /// In steps that rise at the end.
    StepAfter,
    /// Smooth and without new extremes; the flag is set where y leads and x follows.
    Monotone {
        /// Smooth in x as a function of y.
        of_y: bool,
    },
    /// A natural cubic spline.
    Natural,
    /// A B-spline; only the ends are met.
    Basis,
    /// A closed B-spline.
    BasisClosed,
    /// A B-spline that does not reach the ends.
    BasisOpen,
    /// A B-spline straightened by a factor (0 straight, 1 a B-spline).
    Bundle(f64),
    /// A cardinal spline of a tension, 0 to 1.
    Cardinal(f64),
    /// A closed cardinal spline.
    CardinalClosed(f64),
    /// A cardinal spline without its first and last piece.
    CardinalOpen(f64),
    /// A Catmull-Rom spline with an exponent of the distances, 0 to 1.
    CatmullRom(f64),
    /// A closed Catmull-Rom spline.
    CatmullRomClosed(f64),
    /// A Catmull-Rom spline without its first and last piece.
    CatmullRomOpen(f64),
}

impl Curve {
    /// The curve of a Vega-Lite name; `of_y` says that the line runs along the y axis.
    pub fn parse(name: &str, tension: Option<f64>, of_y: bool) -> Option<Self> {
        let or = |default: f64| tension.filter(|t| t.is_finite()).unwrap_or(default);
        Some(match name {
            "linear" => Curve::Linear,
            "linear-closed" => Curve::LinearClosed,
            "step" => Curve::Step,
            "step-before" => Curve::StepBefore,
            "step-after" => Curve::StepAfter,
            "monotone" => Curve::Monotone { of_y },
            "natural" => Curve::Natural,
            "basis" => Curve::Basis,
            "basis-closed" => Curve::BasisClosed,
            "basis-open" => Curve::BasisOpen,
            "bundle" => Curve::Bundle(or(0.85)),
            "cardinal" => Curve::Cardinal(or(0.0)),
            "cardinal-closed" => Curve::CardinalClosed(or(0.0)),
            "cardinal-open" => Curve::CardinalOpen(or(0.0)),
            "catmull-rom" => Curve::CatmullRom(or(0.5)),
            "catmull-rom-closed" => Curve::CatmullRomClosed(or(0.5)),
            "catmull-rom-open" => Curve::CatmullRomOpen(or(0.5)),
            _ => return None,
        })
    }

    fn is_closed(self) -> bool {
        matches!(
            self,
            Curve::LinearClosed | Curve::BasisClosed | Curve::CardinalClosed(_) | Curve::CatmullRomClosed(_)
        )
    }
}

/// A stroke through points being drawn: the first point begins a part or, on the way back along
/// an area, is joined to what was drawn.
pub(super) struct Pen<'a> {
    pub path: &'a mut Path,
    pub joined: bool,
}

impl Pen<'_> {
    pub fn begin(&mut self, p: Point) {
        if self.joined {
            self.path.line_to(p)
        } else {
            self.path.move_to(p)
        }
    }
}

/// A line through points; where one is missing (or not finite) the line breaks.
pub fn line(curve: Curve, points: &[Option<Point>]) -> Path {
    let mut path = Path::new();
    for run in points.split(|p| !is_placed(p)) {
        let run: Vec<Point> = run.iter().flatten().copied().collect();
        let before = path.as_str().len();
        trace(
            curve,
            &run,
            &mut Pen {
                path: &mut path,
                joined: false,
            },
        );
        // A line that is one point is a dot where lines have round ends.
        if path.as_str()[before..]
            .bytes()
            .filter(u8::is_ascii_alphabetic)
            .count()
            == 1
        {
            path.close();
        }
    }
    path
}

/// The surface between two lines of equally many points; where one is missing the surface breaks.
pub fn area(curve: Curve, upper: &[Option<Point>], lower: &[Option<Point>]) -> Path {
    let mut path = Path::new();
    let pairs: Vec<Option<(Point, Point)>> = upper
        .iter()
        .zip(lower)
        .map(|(a, b)| {
            if is_placed(a) && is_placed(b) {
                (*a).zip(*b)
            } else {
                None
            }
        })
        .collect();
    for run in pairs.split(Option::is_none).filter(|run| !run.is_empty()) {
        let (there, mut back): (Vec<Point>, Vec<Point>) = run.iter().flatten().copied().unzip();
        back.reverse();
        let before = path.as_str().len();
        trace(
            curve,
            &there,
            &mut Pen {
                path: &mut path,
                joined: false,
            },
        );
        let joined = !curve.is_closed() && path.as_str().len() > before;
        trace(
            curve,
            &back,
            &mut Pen {
                path: &mut path,
                joined,
            },
        );
        if joined {
            path.close();
        }
    }
    path
}

fn is_placed(p: &Option<Point>) -> bool {
    p.is_some_and(|[x, y]| x.is_finite() && y.is_finite())
}

fn trace(curve: Curve, points: &[Point], pen: &mut Pen<'_>) {
    if points.is_empty() {
        return;
    }
    match curve {
        Curve::Linear => straight(points, pen),
        Curve::LinearClosed => {
            straight(points, pen);
            pen.path.close();
        }
        Curve::Step => steps(points, pen, 0.5),
        Curve::StepBefore => steps(points, pen, 0.0),
        Curve::StepAfter => steps(points, pen, 1.0),
        Curve::Monotone { of_y } => spline::monotone(points, pen, of_y),
        Curve::Natural => spline::natural(points, pen),
        Curve::Basis => spline::basis(points, pen),
        Curve::BasisClosed => spline::basis_closed(points, pen),
        Curve::BasisOpen => spline::basis_open(points, pen),
        Curve::Bundle(beta) => spline::basis(&spline::straightened(points, beta), pen),
        Curve::Cardinal(tension) => spline::through(points, pen, spline::cardinal(tension)),
        Curve::CardinalClosed(tension) => spline::through_closed(points, pen, spline::cardinal(tension)),
        Curve::CardinalOpen(tension) => spline::through_open(points, pen, spline::cardinal(tension)),
        Curve::CatmullRom(alpha) => spline::through(points, pen, spline::catmull_rom(alpha)),
        Curve::CatmullRomClosed(alpha) => spline::through_closed(points, pen, spline::catmull_rom(alpha)),
        Curve::CatmullRomOpen(alpha) => spline::through_open(points, pen, spline::catmull_rom(alpha)),
    }
}

fn straight(points: &[Point], pen: &mut Pen<'_>) {
    pen.begin(points[0]);
    for p in &points[1..] {
        pen.path.line_to(*p);
    }
}

fn steps(points: &[Point], pen: &mut Pen<'_>, rise: f64) {
    // On the way back along an area the steps are met from the other side.
    let rise = if pen.joined { 1.0 - rise } else { rise };
    pen.begin(points[0]);
    for pair in points.windows(2) {
        let x = pair[0][0] * (1.0 - rise) + pair[1][0] * rise;
        if rise > 0.0 {
            pen.path.line_to([x, pair[0][1]]);
        }
        pen.path.line_to([x, pair[1][1]]);
        if rise <= 0.0 {
            pen.path.line_to(pair[1]);
        }
    }
    if let (true, Some(last)) = (rise > 0.0 && rise < 1.0 && points.len() > 1, points.last()) {
        pen.path.line_to(*last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(list: &[(f64, f64)]) -> Vec<Option<Point>> {
        list.iter().map(|(x, y)| Some([*x, *y])).collect()
    }

    #[test]
    fn lines_break_where_points_are_missing() {
        let mut list = points(&[(0.0, 1.0), (1.0, 2.0), (2.0, 3.0), (3.0, 4.0), (4.0, 5.0)]);
        list[2] = None;
        assert_eq!(line(Curve::Linear, &list).as_str(), "M0,1L1,2M3,4L4,5");
        list[3] = Some([f64::NAN, 4.0]);
        assert_eq!(line(Curve::Linear, &list).as_str(), "M0,1L1,2M4,5Z");
        assert!(line(Curve::Natural, &[]).is_empty());
        assert!(line(Curve::Natural, &[None, None]).is_empty());
    }

    #[test]
    fn areas_go_there_and_back() {
        let upper = points(&[(0.0, 1.0), (2.0, 2.0)]);
        let lower = points(&[(0.0, 9.0), (2.0, 9.0)]);
        assert_eq!(area(Curve::Linear, &upper, &lower).as_str(), "M0,1L2,2L2,9L0,9Z");
        assert_eq!(
            area(Curve::StepAfter, &upper, &lower).as_str(),
            "M0,1L2,1L2,2L2,9L2,9L0,9Z"
        );
        assert!(area(Curve::Basis, &[], &[]).is_empty());
    }

    #[test]
    fn names_are_those_of_vega_lite() {
        assert_eq!(
            Curve::parse("cardinal", Some(0.5), false),
            Some(Curve::Cardinal(0.5))
        );
        assert_eq!(Curve::parse("bundle", None, false), Some(Curve::Bundle(0.85)));
        assert_eq!(Curve::parse("wiggly", None, false), None);
    }
}
