//! Decimal digits of a number by the rules of ECMAScript (Number.prototype.toFixed and relatives).
//!
//! Rust rounds exact ties to even, ECMAScript away from zero; ties are found exactly from the
//! binary exponent and rounded as text. All functions expect a number that is not negative.

/// `m * 2^q` with odd `m`; none for zero and what is not finite.
fn odd_mantissa(x: f64) -> Option<(u64, i32)> {
    if x == 0.0 || !x.is_finite() {
        return None;
    }
    let bits = x.to_bits();
    let exponent = ((bits >> 52) & 0x7FF) as i32;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, power) = if exponent == 0 {
        (fraction, -1074)
    } else {
        (fraction | 1 << 52, exponent - 1075)
    };
    let zeros = mantissa.trailing_zeros();
    Some((mantissa >> zeros, power + zeros as i32))
}

/// Whether `x` lies exactly between two multiples of `10^-places`.
fn is_tie(x: f64, places: i32) -> bool {
    let Some((mantissa, power)) = odd_mantissa(x) else {
        return false;
    };
    // x * 2 * 10^places = m * 5^places * 2^(power + 1 + places) must be an odd integer.
    if power + 1 + places != 0 {
        return false;
    }
    match u32::try_from(-places) {
        Ok(fives) => 5u64.checked_pow(fives).is_some_and(|f| mantissa % f == 0),
        Err(_) => true,
    }
}

/// Rounds written digits that end in the five of a tie up to one digit less: `9.95` to `10.0`.
fn round_up_last(text: &str) -> String {
    let mut digits: Vec<u8> = text.bytes().collect();
    digits.pop();
    for digit in digits.iter_mut().rev() {
        match *digit {
            b'9' => *digit = b'0',
            b'.' => {}
            _ => {
                *digit += 1;
                return into_text(digits);
            }
        }
    }
    digits.insert(0, b'1');
    into_text(digits)
}

/// Digits as text, without a point that has nothing behind it.
fn into_text(digits: Vec<u8>) -> String {
    digits
        .into_iter()
        .map(char::from)
        .collect::<String>()
        .trim_end_matches('.')
        .to_owned()
}

/// Digits with a fixed number of decimals; `toFixed`.
pub(super) fn to_fixed(x: f64, places: usize) -> String {
    if !x.is_finite() || x >= 1e21 {
        return shortest(x);
    }
    if is_tie(x, places as i32) {
        return round_up_last(&format!("{x:.0$}", places + 1));
    }
    format!("{x:.places$}")
}

/// Coefficient digits and decimal exponent with `digits` significant digits, or as many as needed.
pub(super) fn parts(x: f64, digits: Option<usize>) -> Option<(String, i32)> {
    if x == 0.0 || !x.is_finite() {
        return None;
    }
    let text = exponential(x, digits.map(|digits| digits.saturating_sub(1)));
    let (coefficient, exponent) = text.split_once('e')?;
    Some((coefficient.replace('.', ""), exponent.parse().ok()?))
}

/// Rust's notation (`1.5e3`) with ties away from zero.
fn exponential(x: f64, decimals: Option<usize>) -> String {
    let shortest = format!("{x:e}");
    let Some(decimals) = decimals else { return shortest };
    let exponent: i32 = shortest
        .split_once('e')
        .and_then(|(_, e)| e.parse().ok())
        .unwrap_or(0);
    if !is_tie(x, decimals as i32 - exponent) {
        return format!("{x:.decimals$e}");
    }
    let exact = format!("{x:.0$e}", decimals + 1);
    let rounded = round_up_last(exact.split('e').next().unwrap_or_default());
    match rounded.strip_prefix("10") {
        Some(zeros) if decimals == 0 && zeros.is_empty() => format!("1e{}", exponent + 1),
        Some(zeros) if zeros.starts_with('.') => {
            let zeros = &zeros[1..];
            format!("1.{zeros}e{}", exponent + 1)
        }
        _ => format!("{rounded}e{exponent}"),
    }
}

/// `toExponential`: `1.5e+3`.
pub(super) fn to_exponential(x: f64, decimals: usize) -> String {
    if !x.is_finite() {
        return shortest(x);
    }
    with_plus(exponential(x, Some(decimals)))
}

/// `toPrecision`: fixed notation where the exponent is small, else exponential.
pub(super) fn to_precision(x: f64, digits: usize) -> String {
    if !x.is_finite() {
        return shortest(x);
    }
    let digits = digits.max(1);
    let text = exponential(x, Some(digits - 1));
    let exponent: i32 = text
        .split_once('e')
        .and_then(|(_, e)| e.parse().ok())
        .unwrap_or(0);
    if exponent < -6 || exponent >= digits as i32 {
        return with_plus(text);
    }
    to_fixed(x, (digits as i32 - 1 - exponent) as usize)
}

/// `String(x)`: the shortest digits that read back, exponential beyond 1e21 and below 1e-6.
pub(super) fn shortest(x: f64) -> String {
    if x.is_nan() {
        "NaN".to_owned()
    } else if x.is_infinite() {
        "Infinity".to_owned()
    } else if x != 0.0 && !(1e-6..1e21).contains(&x) {
        with_plus(format!("{x:e}"))
    } else {
        format!("{x}")
    }
}

fn with_plus(text: String) -> String {
    match text.split_once('e') {
        Some((coefficient, exponent)) if !exponent.starts_with('-') => format!("{coefficient}e+{exponent}"),
        _ => text,
    }
}

/// A whole number in base 2, 8 or 16 (`bits` 1, 3 or 4), lower case.
pub(super) fn to_radix(x: f64, bits: usize) -> String {
    let Some((mantissa, power)) = odd_mantissa(x) else {
        return shortest(x);
    };
    let mut binary: Vec<u8> = (0..u64::BITS).map(|i| (mantissa >> i & 1) as u8).collect();
    binary.splice(0..0, std::iter::repeat_n(0, power.max(0) as usize));
    let digit = |group: &[u8]| {
        group
            .iter()
            .rev()
            .fold(0u32, |value, bit| value << 1 | u32::from(*bit))
    };
    let digits: String = binary
        .chunks(bits)
        .rev()
        .filter_map(|g| char::from_digit(digit(g), 16))
        .collect();
    match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        trimmed => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_away_from_zero() {
        for (x, places, expected) in [
            (0.5, 0, "1"),
            (2.5, 0, "3"),
            (1.25, 1, "1.3"),
            (1.005, 2, "1.00"),
            (0.15, 1, "0.1"),
        ] {
            assert_eq!(to_fixed(x, places), expected, "{x}");
        }
        assert_eq!(to_exponential(25.0, 0), "3e+1");
        assert_eq!(to_exponential(1.25, 1), "1.3e+0");
        assert_eq!(to_exponential(9.5, 0), "1e+1");
        assert_eq!(to_exponential(99.75, 2), "9.98e+1");
        assert_eq!(to_exponential(99.95, 2), "1.00e+2");
        assert_eq!(to_exponential(9.96875, 4), "9.9688e+0");
        assert_eq!(to_exponential(995.0, 1), "1.0e+3");
        assert_eq!(to_precision(45.0, 1), "5e+1");
    }

    #[test]
    fn whole_numbers_in_other_bases() {
        for (x, bits, expected) in [
            (0.0, 1, "0"),
            (10.0, 1, "1010"),
            (64.0, 3, "100"),
            (48_879.0, 4, "beef"),
        ] {
            assert_eq!(to_radix(x, bits), expected);
        }
        assert_eq!(to_radix(2f64.powi(70), 4), "400000000000000000");
        assert_eq!(to_radix(f64::INFINITY, 4), "Infinity");
    }
}
