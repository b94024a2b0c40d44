//! Points along a curve, closer where it bends.

/// Angle between neighbouring pieces below which no point is put between them.
const STRAIGHT: f64 = 0.5 * std::f64::consts::PI / 180.0;

/// Samples a function between two ends: `least` steps of equal width, halved where the curve bends
/// by more than half a degree, down to steps of a width of which `most` fit the range. With `least`
/// equal to `most` all steps are equal.
pub(crate) fn sample_curve(
    curve: impl Fn(f64) -> f64,
    (low, high): (f64, f64),
    least: usize,
    most: usize,
) -> Vec<(f64, f64)> {
    let least = least.max(1);
    let most = most.max(least);
    let span = high - low;
    let point = |x: f64| (x, curve(x));
    let at = |step: usize| low + step as f64 / least as f64 * span;
    let mut done = vec![point(low)];
    if least == most {
        done.extend((1..most).map(|step| point(at(step))));
        done.push(point(high));
        return done;
    }
    // The points ahead, the nearest last.
    let mut ahead = vec![point(high)];
    ahead.extend((1..least).rev().map(|step| point(at(step))));
    let bend = Bend::of(span, &done, &ahead);
    let narrowest = span / most as f64;
    let mut from = done[0];
    while let Some(to) = ahead.last().copied() {
        let middle = point((from.0 + to.0) / 2.0);
        if middle.0 - from.0 >= narrowest && bend.between(from, middle, to) > STRAIGHT {
            ahead.push(middle);
        } else {
            from = to;
            done.push(to);
            ahead.pop();
        }
    }
    done
}

/// Measures angles on a square that the curve fills.
struct Bend {
    across: f64,
    up: f64,
}

impl Bend {
    fn of(span: f64, first: &[(f64, f64)], others: &[(f64, f64)]) -> Self {
        let heights = || first.iter().chain(others).map(|(_, y)| *y);
        let low = heights().fold(f64::INFINITY, f64::min);
        let high = heights().fold(f64::NEG_INFINITY, f64::max);
        Self {
            across: 1.0 / span,
            up: 1.0 / (high - low),
        }
    }

    fn between(&self, from: (f64, f64), middle: (f64, f64), to: (f64, f64)) -> f64 {
        let angle = |end: (f64, f64)| (self.up * (end.1 - from.1)).atan2(self.across * (end.0 - from.0));
        (angle(to) - angle(middle)).abs()
    }
}
