//! Continuous scales: a monotone transform, then straight proportion between two or more stops.

use super::{
    interval::Interval,
    logarithm::{log_nice, log_ticks},
    symlog::symlog_ticks,
    tick::{nice, ticks},
    time::{nice_time, tick_interval, time_ticks},
};

/// What is done to a value before proportion is taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Transform {
    /// Nothing: a linear scale.
    Linear,
    /// Nothing; values are instants in milliseconds since 1970, UTC.
    Time,
    /// Logarithm; the domain must not meet zero.
    Log {
        /// Base of ticks and rounding.
        base: f64,
    },
    /// Power with the sign kept; 0.5 is the square-root scale.
    Pow {
        /// Exponent.
        exponent: f64,
    },
    /// Logarithm of one plus the magnitude with the sign kept, linear near zero.
    Symlog {
        /// Width of the nearly linear part.
        constant: f64,
    },
}

impl Transform {
    fn forward(self, x: f64, negative: bool) -> f64 {
        match self {
            Transform::Linear | Transform::Time => x,
            Transform::Log { .. } if negative => -(-x).ln(),
            Transform::Log { .. } => x.ln(),
            Transform::Pow { exponent } => x.signum() * x.abs().powf(exponent),
            Transform::Symlog { constant } => x.signum() * (x / constant).abs().ln_1p(),
        }
    }

    fn backward(self, y: f64, negative: bool) -> f64 {
        match self {
            Transform::Linear | Transform::Time => y,
            Transform::Log { .. } if negative => -(-y).exp(),
            Transform::Log { .. } => y.exp(),
            Transform::Pow { exponent } => y.signum() * y.abs().powf(1.0 / exponent),
            Transform::Symlog { constant } => y.signum() * y.abs().exp_m1() * constant,
        }
    }
}

/// A scale from numbers to numbers (pixels, sizes, opacities, positions in a colour ramp).
///
/// Domain and range have two stops or, for piecewise scales, more; the shorter list decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Continuous {
    transform: Transform,
    domain: Vec<f64>,
    range: Vec<f64>,
    clamp: bool,
    round: bool,
}

impl Continuous {
    /// A scale of the given kind between two pairs of ends.
    pub fn new(transform: Transform, domain: [f64; 2], range: [f64; 2]) -> Self {
        Self::piecewise(transform, domain.to_vec(), range.to_vec())
    }

    /// A linear scale.
    pub fn linear(domain: [f64; 2], range: [f64; 2]) -> Self {
        Self::new(Transform::Linear, domain, range)
    }

    /// A scale with several stops; stops beyond the shorter list are ignored.
    pub fn piecewise(transform: Transform, mut domain: Vec<f64>, mut range: Vec<f64>) -> Self {
        let stops = domain.len().min(range.len());
        domain.truncate(stops);
        range.truncate(stops);
        Self {
            transform,
            domain,
            range,
            clamp: false,
            round: false,
        }
    }

    /// Keeps results inside the range.
    pub fn clamped(mut self, clamp: bool) -> Self {
        self.clamp = clamp;
        self
    }

    /// Rounds results to whole numbers.
    pub fn rounded(mut self, round: bool) -> Self {
        self.round = round;
        self
    }

    /// The transform.
    pub fn transform(&self) -> Transform {
        self.transform
    }

    /// The domain's stops.
    pub fn domain(&self) -> &[f64] {
        &self.domain
    }

    /// First and last stop of the domain; NaN for an empty scale.
    pub fn domain_ends(&self) -> [f64; 2] {
        ends(&self.domain)
    }

    /// First and last stop of the range; NaN for an empty scale.
    pub fn range_ends(&self) -> [f64; 2] {
        ends(&self.range)
    }

    /// Widens the domain so that its ends are ticks for about `count` ticks.
    pub fn nice(mut self, count: f64) -> Self {
        let [start, stop] = self.domain_ends();
        let widened = match self.transform {
            Transform::Log { base } => log_nice([start, stop], base),
            Transform::Time => match tick_interval(start, stop, count) {
                Some(interval) => nice_time([start, stop], interval),
                None => [start, stop],
            },
            _ => nice([start, stop], count),
        };
        self.set_ends(widened);
        self
    }

    /// Widens a time domain to whole intervals.
    pub fn nice_interval(mut self, interval: Interval) -> Self {
        let widened = nice_time(self.domain_ends(), interval);
        self.set_ends(widened);
        self
    }

    /// About `count` round values inside the domain.
    pub fn ticks(&self, count: f64) -> Vec<f64> {
        let [start, stop] = self.domain_ends();
        match self.transform {
            Transform::Log { base } => log_ticks(start, stop, base, count),
            Transform::Time => time_ticks(start, stop, count),
            Transform::Symlog { constant } => symlog_ticks(start, stop, constant, count),
            _ => ticks(start, stop, count),
        }
    }

    /// The visual value, or none where the value is NaN or has no finite place.
    pub fn map(&self, x: f64) -> Option<f64> {
        if x.is_nan() || self.domain.len() < 2 {
            return None;
        }
        let x = if self.clamp {
            clamp_between(x, self.domain_ends())
        } else {
            x
        };
        let negative = self.is_negative();
        let t = self.transform.forward(x, negative);
        let y = interpolate_stops(t, &self.domain, &self.range, |d| {
            self.transform.forward(d, negative)
        })?;
        let y = if self.round {
            super::tick::round_half_up(y)
        } else {
            y
        };
        y.is_finite().then_some(y)
    }

    /// The data value at a visual value, or none where there is no finite one.
    pub fn invert(&self, y: f64) -> Option<f64> {
        if y.is_nan() || self.domain.len() < 2 {
            return None;
        }
        let negative = self.is_negative();
        let forward: Vec<f64> = self
            .domain
            .iter()
            .map(|d| self.transform.forward(*d, negative))
            .collect();
        let t = interpolate_stops(y, &self.range, &forward, |r| r)?;
        let x = self.transform.backward(t, negative);
        let x = if self.clamp {
            clamp_between(x, self.domain_ends())
        } else {
            x
        };
        x.is_finite().then_some(x)
    }

    fn is_negative(&self) -> bool {
        self.domain.first().is_some_and(|d| *d < 0.0)
    }

    fn set_ends(&mut self, [start, stop]: [f64; 2]) {
        if let Some(first) = self.domain.first_mut() {
            *first = start;
        }
        if let Some(last) = self.domain.last_mut() {
            *last = stop;
        }
    }
}

fn ends(stops: &[f64]) -> [f64; 2] {
    [
        stops.first().copied().unwrap_or(f64::NAN),
        stops.last().copied().unwrap_or(f64::NAN),
    ]
}

fn clamp_between(x: f64, [a, b]: [f64; 2]) -> f64 {
    x.min(a.max(b)).max(a.min(b))
}

/// Proportion between the stops around `t`; the middle of the range where two stops coincide.
fn interpolate_stops(t: f64, from: &[f64], to: &[f64], forward: impl Fn(f64) -> f64) -> Option<f64> {
    let last = from.len().min(to.len()).checked_sub(1).filter(|last| *last > 0)?;
    let descending = forward(from[last]) < forward(from[0]);
    let mut piece = 0;
    for (i, stop) in from.iter().enumerate().take(last).skip(1) {
        let stop = forward(*stop);
        if if descending { t < stop } else { t >= stop } {
            piece = i;
        }
    }
    let (mut low, mut high) = (piece, piece + 1);
    if descending {
        (low, high) = (high, low);
    }
    let (a, b) = (forward(from[low]), forward(from[high]));
    if b - a == 0.0 {
        return Some(blend(to[low], to[high], 0.5));
    }
    Some(blend(to[low], to[high], (t - a) / (b - a)))
}

fn blend(a: f64, b: f64, t: f64) -> f64 {
    a * (1.0 - t) + b * t
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(scale: &Continuous, x: f64, expected: Option<f64>) {
        match (scale.map(x), expected) {
            (Some(found), Some(expected)) => {
                assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
                let back = scale.invert(found).expect("invertible");
                assert!((back - x).abs() < 1e-9 * x.abs().max(1.0), "{back} is not {x}");
            }
            (found, expected) => assert_eq!(found, expected),
        }
    }

    #[test]
    fn values_are_placed_in_proportion() {
        let linear = Continuous::linear([10.0, 20.0], [0.0, 100.0]);
        check(&linear, 12.5, Some(25.0));
        check(&linear, 30.0, Some(200.0));
        check(&linear, f64::NAN, None);
        check(&linear, f64::INFINITY, None);
        check(&Continuous::linear([20.0, 10.0], [0.0, 100.0]), 12.5, Some(75.0));
        check(
            &Continuous::new(Transform::Log { base: 10.0 }, [1.0, 1000.0], [0.0, 3.0]),
            100.0,
            Some(2.0),
        );
        check(
            &Continuous::new(Transform::Log { base: 10.0 }, [-1000.0, -1.0], [0.0, 3.0]),
            -10.0,
            Some(2.0),
        );
        check(
            &Continuous::new(Transform::Log { base: 10.0 }, [1.0, 1000.0], [0.0, 3.0]),
            0.0,
            None,
        );
        check(
            &Continuous::new(Transform::Log { base: 10.0 }, [1.0, 1000.0], [0.0, 3.0]),
            -1.0,
            None,
        );
        check(
            &Continuous::new(Transform::Pow { exponent: 0.5 }, [0.0, 100.0], [0.0, 10.0]),
            25.0,
            Some(5.0),
        );
        check(
            &Continuous::new(Transform::Pow { exponent: 0.5 }, [-100.0, 100.0], [0.0, 2.0]),
            -25.0,
            Some(0.5),
        );
        let symlog = Continuous::new(Transform::Symlog { constant: 1.0 }, [-100.0, 100.0], [0.0, 2.0]);
        check(&symlog, 0.0, Some(1.0));
        check(&symlog, 10.0, Some(1.0 + 11f64.ln() / 101f64.ln()));
    }

    #[test]
    fn piecewise_scales_pass_through_their_stops() {
        for (domain, range) in [
            (vec![-10.0, 0.0, 100.0], vec![0.0, 0.5, 1.0]),
            (vec![100.0, 0.0, -10.0], vec![1.0, 0.5, 0.0]),
        ] {
            let scale = Continuous::piecewise(Transform::Linear, domain, range);
            check(&scale, -10.0, Some(0.0));
            check(&scale, -5.0, Some(0.25));
            check(&scale, 0.0, Some(0.5));
            check(&scale, 50.0, Some(0.75));
            check(&scale, 110.0, Some(1.05));
        }
    }

    #[test]
    fn a_domain_of_one_value_maps_to_the_middle() {
        assert_eq!(Continuous::linear([3.0, 3.0], [0.0, 100.0]).map(3.0), Some(50.0));
        assert_eq!(Continuous::linear([3.0, 3.0], [0.0, 100.0]).map(7.0), Some(50.0));
        assert_eq!(Continuous::linear([f64::NAN, 3.0], [0.0, 100.0]).map(7.0), None);
        assert_eq!(
            Continuous::piecewise(Transform::Linear, vec![], vec![]).map(7.0),
            None
        );
    }

    #[test]
    fn clamping_and_rounding() {
        let scale = Continuous::linear([0.0, 10.0], [0.0, 5.0]).clamped(true);
        assert_eq!(scale.map(20.0), Some(5.0));
        assert_eq!(scale.map(f64::INFINITY), Some(5.0));
        assert_eq!(scale.rounded(true).map(5.0), Some(3.0));
    }

    #[test]
    fn nice_widens_each_kind() {
        let linear = Continuous::linear([0.13, 9.7], [0.0, 1.0]).nice(10.0);
        assert_eq!(linear.domain(), [0.0, 10.0]);
        let log = Continuous::new(Transform::Log { base: 10.0 }, [1.1, 950.0], [0.0, 1.0]).nice(10.0);
        assert_eq!(log.domain(), [1.0, 1000.0]);
        let time = Continuous::new(Transform::Time, [86_400_000.0, 31_000_000_000.0], [0.0, 1.0]).nice(10.0);
        assert_eq!(time.domain(), [0.0, 31_536_000_000.0]);
    }
}
