//! Ticks of symmetric logarithmic scales: zero and the powers of ten on either side.
//!
//! D3 gives these scales the ticks of a linear scale, which crowd at the ends and leave the middle,
//! the reason for such a scale, without any.

use super::{logarithm::power, tick::ticks};

/// About `count` values inside the domain of a symmetric logarithmic scale.
///
/// Where the domain stays within its linear part the ticks are those of a linear scale.
pub fn symlog_ticks(start: f64, stop: f64, constant: f64, count: f64) -> Vec<f64> {
    let (low, high) = (start.min(stop), start.max(stop));
    let farthest = low.abs().max(high.abs());
    let usable = farthest.is_finite() && constant > 0.0 && constant.is_finite() && count > 0.0;
    if !usable || farthest <= 10.0 * constant {
        return ticks(start, stop, count);
    }
    // Nearer to zero than ten times the constant powers would crowd around it.
    let exponents = constant.log10().ceil() as i32 + 1..=farthest.log10().floor() as i32;
    let sides = f64::from(u8::from(low < 0.0)) + f64::from(u8::from(high > 0.0));
    // The largest power is always kept; of those below, every n-th.
    let every = (exponents.clone().count() as f64 * sides / count).ceil().max(1.0) as i32;
    let largest = *exponents.end();
    let magnitudes = exponents
        .filter(|e| (largest - e) % every == 0)
        .map(|e| power(f64::from(e), 10.0));
    let mut values: Vec<f64> = magnitudes
        .flat_map(|m| [-m, m])
        .chain([0.0])
        .filter(|x| (low..=high).contains(x))
        .collect();
    values.sort_by(f64::total_cmp);
    if values.len() < 3 {
        return ticks(start, stop, count);
    }
    if stop < start {
        values.reverse();
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_stand_on_either_side_of_zero() {
        let check = |start, stop, constant, count, expected: &[f64]| {
            assert_eq!(symlog_ticks(start, stop, constant, count), expected);
        };
        let all = [-1000.0, -100.0, -10.0, 0.0, 10.0, 100.0, 1000.0, 10_000.0];
        check(-1200.0, 15_000.0, 1.0, 10.0, &all);
        check(-1200.0, 15_000.0, 1.0, 5.0, &[-100.0, 0.0, 100.0, 10_000.0]);
        check(1000.0, 0.0, 1.0, 10.0, &[1000.0, 100.0, 10.0, 0.0]);
        check(-4.0, 4.0, 1.0, 4.0, &[-4.0, -2.0, 0.0, 2.0, 4.0]);
        check(5000.0, 6000.0, 1.0, 2.0, &[5000.0, 5500.0, 6000.0]);
        check(f64::NAN, 6000.0, 1.0, 2.0, &[]);
    }
}
