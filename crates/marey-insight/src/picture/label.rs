//! Where labels go: the first place beside their point that is free.

/// Width of a letter of a label in pixels: a bold 11.5 px of the shipped font, on average with room to spare.
const LETTER: f64 = 6.9;
/// Height of a label in pixels.
const HEIGHT: f64 = 15.0;

/// What an axis reaches over.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Span {
    /// From the lowest to the highest number, or instant in milliseconds.
    Numbers(f64, f64),
    /// Categories in order.
    Categories(Vec<String>),
}

impl Span {
    /// The same, ends rounded outwards to the steps of an axis's labels.
    pub(super) fn nice(self) -> Self {
        match self {
            Self::Numbers(low, high) if high > low => {
                let step = step((high - low) / 6.0);
                Self::Numbers((low / step).floor() * step, (high / step).ceil() * step)
            }
            other => other,
        }
    }

    /// Over the finite numbers given.
    pub(super) fn over(numbers: impl IntoIterator<Item = f64>) -> Self {
        let finite = numbers.into_iter().filter(|x| x.is_finite());
        let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
            (low.min(x), high.max(x))
        });
        Self::Numbers(low, high)
    }

    /// The same with zero inside.
    pub(super) fn with_zero(self) -> Self {
        match self {
            Self::Numbers(low, high) => Self::Numbers(low.min(0.0), high.max(0.0)),
            other => other,
        }
    }

    /// Where a number lies along the axis, 0 to 1.
    fn share_of_number(&self, at: f64) -> f64 {
        match self {
            Self::Numbers(low, high) if high > low => (at - low) / (high - low),
            _ => 0.5,
        }
    }

    fn share_of_text(&self, at: &str) -> f64 {
        match self {
            Self::Categories(names) => {
                let place = names.iter().position(|name| name == at).unwrap_or(0);
                (place as f64 + 0.5) / names.len().max(1) as f64
            }
            Self::Numbers(..) => instant(at).map_or(0.5, |ms| self.share_of_number(ms)),
        }
    }

    /// Where a place lies along the axis, 0 to 1; the middle where it is not said.
    pub(super) fn share(&self, place: Option<&super::Place>) -> f64 {
        match place {
            Some(super::Place::Number(number)) => self.share_of_number(*number),
            Some(super::Place::Text(text)) => self.share_of_text(text),
            None => 0.5,
        }
    }
}

/// The nearest of 1, 2 and 5 times a power of ten, by the bounds that D3 rounds by.
fn step(wished: f64) -> f64 {
    let power = 10f64.powf(wished.log10().floor());
    let factor = match wished / power {
        part if part >= 50f64.sqrt() => 10.0,
        part if part >= 10f64.sqrt() => 5.0,
        part if part >= 2f64.sqrt() => 2.0,
        _ => 1.0,
    };
    factor * power
}

/// Milliseconds of an ISO 8601 day or second.
pub(super) fn instant(text: &str) -> Option<f64> {
    let day = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    let midnight = day.and_then(|day| day.and_hms_opt(0, 0, 0));
    let second =
        || chrono::NaiveDateTime::parse_from_str(text.trim_end_matches('Z'), "%Y-%m-%dT%H:%M:%S").ok();
    Some(midnight.or_else(second)?.and_utc().timestamp_millis() as f64)
}

/// A rectangle in pixels: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area(f64, f64, f64, f64);

impl Area {
    fn holds(self, (x, y): (f64, f64)) -> bool {
        (self.0..=self.2).contains(&x) && (self.1..=self.3).contains(&y)
    }

    fn overlap(self, other: Area) -> f64 {
        let width = self.2.min(other.2) - self.0.max(other.0);
        let height = self.3.min(other.3) - self.1.max(other.1);
        width.max(0.0) * height.max(0.0)
    }
}

/// Side of a point on which a label starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Middle,
    Right,
}

/// A label's place beside its point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) side: Side,
    pub(super) dx: f64,
    pub(super) dy: f64,
}

/// Finds free places for labels, one after the other.
pub(super) struct Placer {
    plot: Area,
    taken: Vec<Area>,
    /// Points of marks and rules.
    clutter: Vec<(f64, f64)>,
}

impl Placer {
    /// A plotting area of a size in pixels.
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self {
            plot: Area(0.0, 0.0, width, height),
            taken: Vec::new(),
            clutter: Vec::new(),
        }
    }

    /// Marks a point that labels stay away from where there is another place.
    pub(super) fn keep_clear(&mut self, point: (f64, f64)) {
        self.clutter.push(point);
    }

    /// The same for all points of a straight line, some three pixels apart.
    pub(super) fn keep_clear_of_line(&mut self, from: (f64, f64), to: (f64, f64)) {
        let parts = ((to.0 - from.0).hypot(to.1 - from.1) / 3.0).clamp(1.0, 500.0) as usize;
        for part in 0..=parts {
            let share = part as f64 / parts as f64;
            self.clutter
                .push((from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1)));
        }
    }

    /// The best place of a label beside a point; none where every place collides with another label.
    pub(super) fn place(&mut self, x: f64, y: f64, text: &str, aside: bool) -> Option<Spot> {
        const AROUND: &[Spot] = &[
            Spot {
                side: Side::Right,
                dx: 7.0,
                dy: -11.0,
            },
            Spot {
                side: Side::Left,
                dx: -7.0,
                dy: -11.0,
            },
            Spot {
                side: Side::Right,
                dx: 7.0,
                dy: 12.0,
            },
            Spot {
                side: Side::Left,
                dx: -7.0,
                dy: 12.0,
            },
            Spot {
                side: Side::Middle,
                dx: 0.0,
                dy: -14.0,
            },
            Spot {
                side: Side::Middle,
                dx: 0.0,
                dy: 14.0,
            },
            Spot {
                side: Side::Right,
                dx: 7.0,
                dy: -27.0,
            },
            Spot {
                side: Side::Left,
                dx: -7.0,
                dy: -27.0,
            },
            Spot {
                side: Side::Right,
                dx: 7.0,
                dy: 28.0,
            },
            Spot {
                side: Side::Left,
                dx: -7.0,
                dy: 28.0,
            },
        ];
        const ASIDE: &[Spot] = &[
            Spot {
                side: Side::Right,
                dx: 9.0,
                dy: 0.0,
            },
            Spot {
                side: Side::Left,
                dx: -9.0,
                dy: 0.0,
            },
        ];
        let width = text.chars().count() as f64 * LETTER;
        // Behind a rule that would run through it.
        let beyond = self
            .clutter
            .iter()
            .map(|point| point.0 - x)
            .filter(|at| (0.0..width + 8.0).contains(at));
        let beyond = beyond.fold(0.0, f64::max);
        let behind = [Spot {
            side: Side::Right,
            dx: beyond + 5.0,
            dy: 0.0,
        }];
        let spots = match aside {
            true if beyond > 0.0 => &behind,
            true => ASIDE,
            false => AROUND,
        };
        let cost = |spot: &Spot| {
            let area = area(x, y, spot, width);
            // Beside a bar a label may stand over the edge: the drawing grows with it.
            let room = if aside { self.plot.2 } else { 0.0 };
            let plot = Area(self.plot.0, self.plot.1, self.plot.2 + room, self.plot.3);
            let inside = area.overlap(plot) / (width * HEIGHT).max(1.0);
            let hidden: f64 = self.taken.iter().map(|taken| area.overlap(*taken)).sum();
            hidden + (1.0 - inside) * 400.0
        };
        let crowd = |spot: &Spot| {
            let area = area(x, y, spot, width);
            self.clutter.iter().filter(|point| area.holds(**point)).count() as f64
        };
        let costs = spots.iter().map(|spot| (spot, cost(spot), crowd(spot)));
        let (best, cost, _) = costs.min_by(|a, b| (a.1 + 8.0 * a.2).total_cmp(&(b.1 + 8.0 * b.2)))?;
        if cost > 120.0 && !aside {
            return None;
        }
        self.taken.push(area(x, y, best, width));
        Some(*best)
    }
}

fn area(x: f64, y: f64, spot: &Spot, width: f64) -> Area {
    let left = match spot.side {
        Side::Right => x + spot.dx,
        Side::Left => x + spot.dx - width,
        Side::Middle => x + spot.dx - width / 2.0,
    };
    let middle = y + spot.dy;
    Area(left, middle - HEIGHT / 2.0, left + width, middle + HEIGHT / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_avoid_each_other_and_the_edges() {
        let mut placer = Placer::new(200.0, 100.0);
        let first = placer.place(100.0, 50.0, "twelve words", false);
        let second = placer.place(100.0, 50.0, "twelve words", false);
        assert!(first.is_some() && second.is_some() && first != second);
        assert_eq!(
            placer.place(195.0, 20.0, "edge", false).map(|spot| spot.side),
            Some(Side::Left)
        );
    }

    #[test]
    fn labels_keep_clear_of_lines() {
        let mut placer = Placer::new(200.0, 100.0);
        placer.keep_clear_of_line((0.0, 80.0), (200.0, 20.0));
        let spot = placer.place(100.0, 50.0, "words", false);
        let spot = spot.expect("there is room above and below");
        let area = area(100.0, 50.0, &spot, 5.0 * LETTER);
        assert!(placer.clutter.iter().all(|point| !area.holds(*point)), "{spot:?}");
        // A rule just behind the end of a bar: the value stands behind the rule.
        let mut placer = Placer::new(200.0, 100.0);
        placer.keep_clear_of_line((110.0, 0.0), (110.0, 100.0));
        assert!(
            placer
                .place(100.0, 50.0, "12", true)
                .is_some_and(|spot| spot.dx > 10.0)
        );
    }

    #[test]
    fn axes_end_at_round_numbers() {
        assert_eq!(Span::Numbers(0.0, 401.0).nice(), Span::Numbers(0.0, 450.0));
        assert_eq!(Span::Numbers(0.123, 0.187).nice(), Span::Numbers(0.12, 0.19));
        assert_eq!(Span::Numbers(3.0, 3.0).nice(), Span::Numbers(3.0, 3.0));
    }

    #[test]
    fn places_lie_where_the_axis_has_them() {
        let span = Span::over([0.0, 10.0, f64::NAN]);
        assert_eq!(span.share(Some(&super::super::Place::Number(5.0))), 0.5);
        let days = Span::Numbers(0.0, 86_400_000.0 * 2.0);
        assert_eq!(
            days.share(Some(&super::super::Place::Text("1970-01-02".into()))),
            0.5
        );
        let names = Span::Categories(vec!["a".into(), "b".into()]);
        assert_eq!(names.share(Some(&super::super::Place::Text("b".into()))), 0.75);
    }
}
