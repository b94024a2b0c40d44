//! How finely numbers are written, hence how closely arithmetic among them can hold.

/// Digits behind the point beyond which numbers count as not rounded.
const MOST: i32 = 6;

/// Half of the last digit's unit, by which a rounded number may be off; 0 for numbers that were
/// not rounded to [`MOST`] digits or fewer.
pub(super) fn half_unit(numbers: &[f64]) -> f64 {
    let finite = || numbers.iter().filter(|number| number.is_finite());
    let mut digits = 0;
    for number in finite() {
        while !is_whole(number * 10_f64.powi(digits)) {
            digits += 1;
            if digits > MOST {
                return 0.0;
            }
        }
    }
    0.5 * 10_f64.powi(-digits)
}

/// Whether a product of a decimal fraction and a power of ten is whole but for rounding.
fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() <= 1e-9 * value.abs().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finest_number_decides() {
        let check = |numbers: &[f64], expected: f64| {
            assert!((half_unit(numbers) - expected).abs() < 1e-15, "{numbers:?}");
        };
        check(&[3.0, f64::NAN, 12.0], 0.5);
        check(&[3.0, 0.1, 4.25], 0.005);
        check(&[1e15, 0.3], 0.05);
        check(&[1.0 / 3.0], 0.0);
        check(&[], 0.5);
    }
}
