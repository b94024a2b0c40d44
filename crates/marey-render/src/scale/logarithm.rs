//! Ticks and rounding of logarithmic scales, as d3-scale places them.

use super::tick::{MAX_TICKS, ticks};

fn log(x: f64, base: f64) -> f64 {
    if base == 10.0 {
        x.log10()
    } else if base == 2.0 {
        x.log2()
    } else {
        x.ln() / base.ln()
    }
}

/// A power of the base; exact for whole powers of ten.
pub(crate) fn power(exponent: f64, base: f64) -> f64 {
    if base == 10.0 && exponent.fract() == 0.0 && exponent.abs() <= 400.0 {
        format!("1e{exponent}").parse().unwrap_or(f64::NAN)
    } else {
        base.powf(exponent)
    }
}

/// Logarithm of a value of the sign of the domain; the logarithm of negative values is mirrored.
fn signed_log(x: f64, base: f64, negative: bool) -> f64 {
    if negative { -log(-x, base) } else { log(x, base) }
}

fn signed_power(exponent: f64, base: f64, negative: bool) -> f64 {
    if negative {
        -power(-exponent, base)
    } else {
        power(exponent, base)
    }
}

/// About `count` round values inside a logarithmic domain: 1, 2, 3 … times powers of the base, or
/// powers alone where the domain is long.
pub fn log_ticks(start: f64, stop: f64, base: f64, count: f64) -> Vec<f64> {
    let (low, high) = (start.min(stop), start.max(stop));
    let negative = low < 0.0;
    let (from, to) = (signed_log(low, base, negative), signed_log(high, base, negative));
    let usable = from.is_finite() && to.is_finite() && !start.is_nan() && !stop.is_nan();
    if !(usable && base > 1.0 && count > 0.0) {
        return Vec::new();
    }
    let mut values = if base.fract() == 0.0 && to - from < count {
        let multiples = multiples_of_powers(low, high, base, [from.floor(), to.ceil()]);
        if (multiples.len() as f64) * 2.0 < count {
            ticks(low, high, count)
        } else {
            multiples
        }
    } else {
        let exponents = ticks(from, to, (to - from).min(count));
        exponents
            .into_iter()
            .map(|e| signed_power(e, base, negative))
            .collect()
    };
    if stop < start {
        values.reverse();
    }
    values
}

fn multiples_of_powers(low: f64, high: f64, base: f64, [from, to]: [f64; 2]) -> Vec<f64> {
    let negative = low < 0.0;
    let mut values = Vec::new();
    let mut exponent = from;
    while exponent <= to && values.len() < MAX_TICKS {
        for step in 1..(base as usize).min(MAX_TICKS) {
            let factor = if negative { base - step as f64 } else { step as f64 };
            let value = multiple(factor, exponent, base, negative);
            if low <= value && value <= high {
                values.push(value);
            }
        }
        exponent += 1.0;
    }
    values
}

/// `factor` times a power, dividing where the power is a fraction, which keeps 0.3 exact.
fn multiple(factor: f64, exponent: f64, base: f64, negative: bool) -> f64 {
    let magnitude = if negative { -exponent } else { exponent };
    let value = if magnitude < 0.0 {
        factor / power(-magnitude, base)
    } else {
        factor * power(magnitude, base)
    };
    if negative { -value } else { value }
}

/// Widens a logarithmic domain to whole powers of the base, the ends keeping their order.
pub fn log_nice(domain: [f64; 2], base: f64) -> [f64; 2] {
    let reversed = domain[1] < domain[0];
    let (low, high) = if reversed {
        (domain[1], domain[0])
    } else {
        (domain[0], domain[1])
    };
    let negative = domain[0] < 0.0;
    let down = signed_power(signed_log(low, base, negative).floor(), base, negative);
    let up = signed_power(signed_log(high, base, negative).ceil(), base, negative);
    let usable = base > 1.0 && down.is_finite() && up.is_finite() && down != 0.0 && up != 0.0;
    if !usable {
        return domain;
    }
    // Rounding must not cut an end off.
    let (down, up) = (down.min(low), up.max(high));
    if reversed { [up, down] } else { [down, up] }
}

/// Whether a tick of a logarithmic scale deserves a label when about `count` labels fit among
/// `ticks` ticks: labels thin out towards the end of each power.
pub fn deserves_label(tick: f64, base: f64, count: f64, ticks: usize) -> bool {
    let limit = (base * count / ticks.max(1) as f64).max(1.0);
    let mut mantissa = tick.abs() / power(log(tick.abs(), base).round(), base);
    if mantissa * base < base - 0.5 {
        mantissa *= base;
    }
    mantissa <= limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(start: f64, stop: f64, base: f64, count: f64, expected: &[f64]) {
        assert_eq!(log_ticks(start, stop, base, count), expected);
    }

    #[test]
    fn log_ticks_are_those_of_d3() {
        check(
            1.0,
            10.0,
            10.0,
            10.0,
            &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0],
        );
        check(
            0.1,
            2.0,
            10.0,
            10.0,
            &[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 2.0],
        );
        check(
            1e-3,
            1e12,
            10.0,
            5.0,
            &[0.01, 1.0, 100.0, 1e4, 1e6, 1e8, 1e10, 1e12],
        );
        check(
            8.0,
            1.0,
            2.0,
            10.0,
            &[
                8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0, 3.5, 3.0, 2.5, 2.0, 1.5, 1.0,
            ],
        );
        check(
            -100.0,
            -10.0,
            10.0,
            10.0,
            &[
                -100.0, -90.0, -80.0, -70.0, -60.0, -50.0, -40.0, -30.0, -20.0, -10.0,
            ],
        );
    }

    #[test]
    fn impossible_domains_give_no_ticks() {
        for (start, stop) in [(0.0, 10.0), (-1.0, 10.0), (f64::NAN, 1.0), (1.0, f64::INFINITY)] {
            check(start, stop, 10.0, 10.0, &[]);
        }
        check(1.0, 10.0, 0.0, 10.0, &[]);
        check(1.0, 10.0, 1.0, 10.0, &[]);
        assert_eq!(log_nice([0.0, 10.0], 10.0), [0.0, 10.0]);
        assert_eq!(log_nice([-6e36, -0.001], 0.0), [-6e36, -0.001]);
    }

    #[test]
    fn labels_thin_out() {
        let labelled: Vec<f64> = log_ticks(1.0, 1000.0, 10.0, 10.0)
            .into_iter()
            .filter(|t| deserves_label(*t, 10.0, 10.0, 28))
            .collect();
        assert_eq!(
            labelled,
            [1.0, 2.0, 3.0, 10.0, 20.0, 30.0, 100.0, 200.0, 300.0, 1000.0]
        );
    }
}
