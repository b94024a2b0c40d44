//! Round numbers inside an interval: ticks at steps of 1, 2 and 5 times a power of ten.
//!
//! The choice of steps and the rounding are those of d3-array, so that ticks fall where readers
//! of D3 and Vega charts expect them.

/// Most ticks ever produced, whatever count is asked for.
pub const MAX_TICKS: usize = 10_000;

/// What lies between two numbers: first and last multiple of the increment, and the increment.
///
/// A negative increment `-k` stands for steps of `1 / k`, which keeps small steps exact.
struct Spacing {
    first: f64,
    last: f64,
    increment: f64,
}

fn spacing(start: f64, stop: f64, count: f64) -> Spacing {
    let step = (stop - start) / count.max(0.0);
    let power = step.log10().floor();
    let error = step / 10f64.powf(power);
    let factor = if error >= 50f64.sqrt() {
        10.0
    } else if error >= 10f64.sqrt() {
        5.0
    } else if error >= 2f64.sqrt() {
        2.0
    } else {
        1.0
    };
    let found = if power < 0.0 {
        let inverse = 10f64.powf(-power) / factor;
        within(start, stop, |x| x * inverse, |i| i / inverse, -inverse)
    } else {
        let size = 10f64.powf(power) * factor;
        within(start, stop, |x| x / size, |i| i * size, size)
    };
    if found.last < found.first && (0.5..2.0).contains(&count) {
        return spacing(start, stop, count * 2.0);
    }
    found
}

fn within(
    start: f64,
    stop: f64,
    to_index: impl Fn(f64) -> f64,
    to_value: impl Fn(f64) -> f64,
    increment: f64,
) -> Spacing {
    let mut first = round_half_up(to_index(start));
    let mut last = round_half_up(to_index(stop));
    if to_value(first) < start {
        first += 1.0;
    }
    if to_value(last) > stop {
        last -= 1.0;
    }
    Spacing {
        first,
        last,
        increment,
    }
}

/// Rounds halves towards positive infinity, as JavaScript's `Math.round`.
pub(crate) fn round_half_up(x: f64) -> f64 {
    let floor = x.floor();
    if x - floor >= 0.5 { floor + 1.0 } else { floor }
}

/// About `count` round numbers in `[start, stop]`, both ends included, in the order of the ends.
///
/// Ends that are not finite give none.
pub fn ticks(start: f64, stop: f64, count: f64) -> Vec<f64> {
    if !(count > 0.0 && start.is_finite() && stop.is_finite()) {
        return Vec::new();
    }
    if start == stop {
        return vec![start];
    }
    let (low, high) = (start.min(stop), start.max(stop));
    let Spacing {
        first,
        last,
        increment,
    } = spacing(low, high, count);
    if !(last >= first && increment.is_finite()) {
        return Vec::new();
    }
    let n = ((last - first + 1.0) as usize).min(MAX_TICKS);
    let value = |i: usize| {
        let index = first + i as f64;
        if increment < 0.0 {
            index / -increment
        } else {
            index * increment
        }
    };
    let mut values: Vec<f64> = (0..n).map(value).collect();
    if stop < start {
        values.reverse();
    }
    values
}

/// The increment between the ticks of `[start, stop]`; `-k` stands for a step of `1 / k`.
///
/// NaN where the interval is empty or not finite.
pub fn tick_increment(start: f64, stop: f64, count: f64) -> f64 {
    if start.is_finite() && stop.is_finite() && start < stop && count > 0.0 {
        spacing(start, stop, count).increment
    } else {
        f64::NAN
    }
}

/// The distance between the ticks of an interval; negative when it runs downwards.
pub fn tick_step(start: f64, stop: f64, count: f64) -> f64 {
    let (low, high) = (start.min(stop), start.max(stop));
    let increment = tick_increment(low, high, count);
    let step = if increment < 0.0 {
        1.0 / -increment
    } else {
        increment
    };
    if stop < start { -step } else { step }
}

/// Widens an interval so that both ends are ticks, the ends keeping their order.
pub fn nice(domain: [f64; 2], count: f64) -> [f64; 2] {
    let reversed = domain[1] < domain[0];
    let (mut start, mut stop) = if reversed {
        (domain[1], domain[0])
    } else {
        (domain[0], domain[1])
    };
    let mut previous = None;
    for _ in 0..10 {
        let step = tick_increment(start, stop, count);
        if previous == Some(step) {
            return if reversed { [stop, start] } else { [start, stop] };
        }
        if step > 0.0 {
            start = (start / step).floor() * step;
            stop = (stop / step).ceil() * step;
        } else if step < 0.0 {
            start = (start * step).ceil() / step;
            stop = (stop * step).floor() / step;
        } else {
            break;
        }
        previous = Some(step);
    }
    domain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(start: f64, stop: f64, count: f64, expected: &[f64]) {
        assert_eq!(
            ticks(start, stop, count),
            expected,
            "ticks({start}, {stop}, {count})"
        );
    }

    #[test]
    fn ticks_are_those_of_d3() {
        check(
            0.0,
            1.0,
            10.0,
            &[0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0],
        );
        check(0.0, 10.0, 3.0, &[0.0, 5.0, 10.0]);
        check(-10.0, 10.0, 4.0, &[-10.0, -5.0, 0.0, 5.0, 10.0]);
        check(10.0, -10.0, 4.0, &[10.0, 5.0, 0.0, -5.0, -10.0]);
        check(0.364, 0.366, 5.0, &[0.364, 0.3645, 0.365, 0.3655, 0.366]);
        check(3.0, 3.0, 5.0, &[3.0]);
        check(0.0, 2.2, 3.0, &[0.0, 1.0, 2.0]);
    }

    #[test]
    fn degenerate_intervals_give_no_ticks() {
        check(f64::NAN, 1.0, 10.0, &[]);
        check(0.0, f64::INFINITY, 10.0, &[]);
        check(0.0, 1.0, 0.0, &[]);
        check(0.0, 1.0, f64::NAN, &[]);
        assert!(ticks(-f64::MAX, f64::MAX, 10.0).len() < 30);
        assert!(ticks(0.0, f64::MIN_POSITIVE, 10.0).len() < 30);
        assert!(ticks(0.0, 1.0, 1e300).len() <= MAX_TICKS);
    }

    #[test]
    fn nice_ends_are_ticks() {
        assert_eq!(nice([0.0, 0.96], 10.0), [0.0, 1.0]);
        assert_eq!(nice([1.1, 10.9], 10.0), [1.0, 11.0]);
        assert_eq!(nice([10.9, 1.1], 10.0), [11.0, 1.0]);
        assert_eq!(nice([123.1, 6.7], 10.0), [130.0, 0.0]);
        assert_eq!(nice([0.0, 0.49], 10.0), [0.0, 0.5]);
        assert_eq!(nice([5.0, 5.0], 10.0), [5.0, 5.0]);
        assert!(nice([f64::NAN, 1.0], 10.0)[0].is_nan());
    }
}
