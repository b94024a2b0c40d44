//! Values in ascending order with their rows.

/// Fewest values that are sorted by their digits.
const LEAST_BY_DIGITS: usize = 8192;
/// Bits of a digit, and digits of a number.
const BITS: u32 = 11;
const DIGITS: u32 = 64_u32.div_ceil(BITS);

/// The finite values in ascending order with their rows, ties in order of rows; -0 counts as 0.
pub(super) fn ranked(x: &[f64]) -> Vec<(f64, u32)> {
    let finite = x.iter().zip(0_u32..).filter(|(x, _)| x.is_finite());
    let mut keyed: Vec<(u64, u32)> = finite.map(|(x, row)| (key(*x + 0.0), row)).collect();
    if keyed.len() < LEAST_BY_DIGITS {
        keyed.sort_unstable();
    } else {
        sort_by_digits(&mut keyed);
    }
    keyed.into_iter().map(|(key, row)| (value(key), row)).collect()
}

/// Bits whose order as whole numbers is that of the numbers.
fn key(x: f64) -> u64 {
    let bits = x.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

fn value(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 { key & !(1 << 63) } else { !key })
}

/// Sorts by one digit after the other, the least first, which keeps the order of equals; digits that all
/// keys share cost nothing.
fn sort_by_digits(keyed: &mut Vec<(u64, u32)>) {
    let digit = |key: u64, at: u32| (key >> (at * BITS)) as usize & ((1 << BITS) - 1);
    let mut counts = vec![[0_u32; 1 << BITS]; DIGITS as usize];
    for (key, _) in keyed.iter() {
        for (at, counts) in (0..).zip(&mut counts) {
            counts[digit(*key, at)] += 1;
        }
    }
    let mut other = vec![(0, 0); keyed.len()];
    for (at, counts) in (0..).zip(&mut counts) {
        if counts.iter().any(|count| *count as usize == keyed.len()) {
            continue;
        }
        let mut place = 0;
        for count in counts.iter_mut() {
            place += std::mem::replace(count, place);
        }
        for pair in keyed.iter() {
            let place = &mut counts[digit(pair.0, at)];
            other[*place as usize] = *pair;
            *place += 1;
        }
        std::mem::swap(keyed, &mut other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_give_the_order_of_comparison() {
        let mut bits = 1_u64;
        let mut x: Vec<f64> = (0..20_000)
            .map(|_| {
                bits = crate::column::scrambled(bits);
                let x = f64::from_bits(bits);
                // Half of them tied, and of all sizes.
                if bits.is_multiple_of(2) {
                    (bits % 97) as f64 - 48.0
                } else {
                    x
                }
            })
            .collect();
        x.extend([
            f64::NAN,
            f64::INFINITY,
            -0.0,
            0.0,
            f64::MIN,
            f64::MAX,
            f64::MIN_POSITIVE,
        ]);
        let mut expected: Vec<(f64, u32)> = x
            .iter()
            .zip(0..)
            .filter(|(x, _)| x.is_finite())
            .map(|(x, row)| (*x + 0.0, row))
            .collect();
        expected.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        assert_eq!(ranked(&x), expected);
        assert_eq!(ranked(&x[..50]), {
            expected.retain(|(_, row)| *row < 50);
            expected
        });
    }
}
