//! Check digits that several numbering schemes share.

/// Luhn's check (ISO/IEC 7812-1, annex B) over digit values, the check digit last.
pub(crate) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, u32::from(*digit) * 2) {
            (0, doubled) => doubled / 2,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Sum of digits times weights, place by place; the shorter list decides.
pub(crate) fn weighted(digits: &[u8], weights: &[u8]) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| u32::from(*digit) * u32::from(*weight))
        .sum()
}

/// The number that the digits write.
pub(crate) fn number(digits: &[u8]) -> u64 {
    digits.iter().fold(0_u64, |number, digit| {
        number.wrapping_mul(10).wrapping_add(u64::from(*digit))
    })
}

/// ISO 7064 MOD 97-10: letters count as 10 to 35, and the whole leaves 1 when divided by 97.
pub(crate) fn mod_97(signs: impl Iterator<Item = u8>) -> bool {
    let remainder = signs.into_iter().try_fold(0_u32, |remainder, sign| {
        let value = char::from(sign).to_digit(36)?;
        let shift = if value > 9 { 100 } else { 10 };
        Some((remainder * shift + value) % 97)
    });
    remainder == Some(1)
}

/// ISO 7064 MOD 11,10 over digit values, the check digit last.
pub(crate) fn mod_11_10(digits: &[u8]) -> bool {
    let Some((last, body)) = digits.split_last() else {
        return false;
    };
    let product = body.iter().fold(10_u32, |product, digit| {
        let sum = (product + u32::from(*digit)) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == u32::from(*last)
}

/// Verhoeff's check (*Error detecting decimal codes*, 1969), the check digit last.
pub(crate) fn verhoeff(digits: &[u8]) -> bool {
    // The dihedral group of order ten, and the powers of the permutation.
    const PRODUCT: [[u8; 10]; 10] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
        [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
        [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
        [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ];
    const PERMUTED: [[u8; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];
    let check = digits
        .iter()
        .rev()
        .enumerate()
        .fold(0_u8, |check, (place, digit)| {
            PRODUCT[usize::from(check % 10)][usize::from(PERMUTED[place % 8][usize::from(*digit % 10)])]
        });
    check == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<u8> {
        text.bytes().map(|byte| byte - b'0').collect()
    }

    /// Every change of one digit is found by each of these checks.
    fn check(holds: fn(&[u8]) -> bool, valid: &str) {
        let digits = values(valid);
        assert!(holds(&digits), "{valid}");
        for place in 0..digits.len() {
            for other in (0..10).filter(|other| *other != digits[place]) {
                let mut changed = digits.clone();
                changed[place] = other;
                assert!(!holds(&changed), "{changed:?}");
            }
        }
    }

    #[test]
    fn one_wrong_digit_is_always_found() {
        check(luhn, "4111111111111111");
        check(mod_11_10, "86095742719");
        check(verhoeff, "234123412346");
    }

    #[test]
    fn weighted_sums_stop_with_the_shorter_list() {
        assert_eq!(weighted(&[1, 2, 3], &[10, 1]), 12);
        assert_eq!(number(&[1, 2, 3]), 123);
        assert!(mod_97(b"WEST12345698765432GB82".iter().copied()));
        assert!(!mod_97(b"WEST12345698765432GB83".iter().copied()));
    }
}
