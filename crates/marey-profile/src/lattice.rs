//! [`Lattice`]: the grid that numbers lie on.

/// Most decimals that are looked for.
const DECIMALS: u8 = 9;
/// Largest scaled number that a float still holds to the unit.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The grid that numbers lie on: their decimals, and the step between them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Lattice {
    /// Digits behind the decimal point that write every value; none where nine are not enough.
    pub(crate) decimals: Option<u8>,
    /// Largest number of which all distances from the smallest value are multiples.
    pub(crate) step: Option<f64>,
}

impl Lattice {
    /// The grid of sorted values; the step only where they are all there are.
    pub(crate) fn of(sorted: &[(f64, u64)], complete: bool) -> Self {
        let Some(decimals) = decimals_of(sorted) else {
            return Self::default();
        };
        let scale = 10_f64.powi(decimals.into());
        let whole = |value: f64| (value * scale).round() as i64;
        let first = sorted.first().map_or(0, |(value, _)| whole(*value));
        let mut step = 0;
        for (value, _) in sorted {
            step = greatest_common_divisor(step, whole(*value).abs_diff(first));
            if step == 1 {
                break;
            }
        }
        Self {
            decimals: Some(decimals),
            step: (complete && step > 0).then(|| step as f64 / scale),
        }
    }
}

/// The fewest decimals that write all values.
fn decimals_of(sorted: &[(f64, u64)]) -> Option<u8> {
    let mut decimals = 0;
    for (value, _) in sorted {
        while !fits(*value, decimals) {
            decimals += 1;
            if decimals > DECIMALS {
                return None;
            }
        }
    }
    let largest = sorted.iter().map(|(value, _)| value.abs()).fold(0.0, f64::max);
    (largest * 10_f64.powi(decimals.into()) < EXACT).then_some(decimals)
}

/// Whether a value is the float nearest to its own text with so many decimals.
fn fits(value: f64, decimals: u8) -> bool {
    let scale = 10_f64.powi(decimals.into());
    let scaled = (value * scale).round();
    scaled.abs() >= EXACT || scaled / scale == value
}

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[f64], decimals: Option<u8>, step: Option<f64>) {
        let sorted: Vec<(f64, u64)> = values.iter().map(|value| (*value, 1)).collect();
        assert_eq!(
            Lattice::of(&sorted, true),
            Lattice { decimals, step },
            "{values:?}"
        );
    }

    #[test]
    fn decimals_and_steps_are_those_by_hand() {
        check(&[10.0, 15.0, 30.0], Some(0), Some(5.0));
        check(&[0.1, 0.2, 0.7], Some(1), Some(0.1));
        check(&[0.25, 0.75, 1.25], Some(2), Some(0.5));
        check(&[3.0], Some(0), None);
        check(&[1.0 / 3.0, 1.0], None, None);
        check(&[-4.0, 2.0], Some(0), Some(6.0));
        check(&[1e300, 1e301], None, None);
        check(&[], Some(0), None);
    }

    #[test]
    fn a_sample_has_no_step() {
        assert_eq!(Lattice::of(&[(10.0, 1), (20.0, 1)], false).step, None);
    }
}
