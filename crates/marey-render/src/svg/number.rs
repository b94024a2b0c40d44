//! Numbers as SVG wants them: short, with at most two decimals.

use std::fmt::Write;

/// Largest magnitude written; farther coordinates are cut to it.
const LIMIT: f64 = 1e9;

/// Appends a number rounded to two decimals, without trailing zeros, never as `-0`.
///
/// NaN is written as 0, infinities as plus or minus a thousand million.
pub fn write_number(out: &mut String, x: f64) {
    let hundredths = (x.clamp(-LIMIT, LIMIT) * 100.0).round() as i64;
    if hundredths < 0 {
        out.push('-');
    }
    let magnitude = hundredths.unsigned_abs();
    let (whole, fraction) = (magnitude / 100, magnitude % 100);
    // Writing to a String cannot fail.
    let _ = write!(out, "{whole}");
    if fraction > 0 {
        out.push('.');
        out.push(char::from(b'0' + (fraction / 10) as u8));
        if fraction % 10 > 0 {
            out.push(char::from(b'0' + (fraction % 10) as u8));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (x, expected) in [
            (0.0, "0"),
            (-0.0, "0"),
            (-0.001, "0"),
            (1.0, "1"),
            (1.5, "1.5"),
            (-1.25, "-1.25"),
            (-0.5, "-0.5"),
            (0.05, "0.05"),
            (1.0 / 3.0, "0.33"),
            (9.999, "10"),
            (12_345.678, "12345.68"),
            (f64::NAN, "0"),
            (f64::INFINITY, "1000000000"),
            (-1e300, "-1000000000"),
        ] {
            let mut out = String::new();
            write_number(&mut out, x);
            assert_eq!(out, expected, "{x}");
        }
    }
}
