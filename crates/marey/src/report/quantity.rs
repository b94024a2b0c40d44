//! Numbers and instants as people read them in running text.

use chrono::{DateTime, Timelike};

use super::html::grouped;

/// A number with four significant digits; large whole numbers in full, grouped by thousands.
pub fn quantity(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    let sign = if number < 0.0 { "−" } else { "" };
    let size = number.abs();
    if size >= 1e15 || (size > 0.0 && size < 1e-4) {
        return format!("{sign}{}", scientific(size));
    }
    let magnitude = if size > 0.0 {
        size.log10().floor() as i32
    } else {
        0
    };
    let decimals = if size == size.trunc() {
        0
    } else {
        (3 - magnitude).clamp(0, 8)
    };
    let text = format!("{size:.*}", decimals as usize);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole = grouped(whole.parse().unwrap_or(0));
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

fn scientific(size: f64) -> String {
    let text = format!("{size:.2e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    format!("{mantissa} × 10<sup>{exponent}</sup>")
}

/// An instant as ISO date, with the time of day unless it is midnight; empty beyond the calendar.
pub fn instant(milliseconds: i64) -> String {
    let Some(instant) = DateTime::from_timestamp_millis(milliseconds) else {
        return String::new();
    };
    let midnight = instant.num_seconds_from_midnight() == 0;
    let pattern = if midnight { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" };
    instant.format(pattern).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_four_digits() {
        for (number, text) in [
            (0.0, "0"),
            (3.0, "3"),
            (2.34567, "2.346"),
            (-12345.6, "−12,346"),
            (1234567.0, "1,234,567"),
            (0.000123456, "0.0001235"),
            (2.5e20, "2.50 × 10<sup>20</sup>"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(quantity(number), text, "{number}");
        }
    }

    #[test]
    fn instants_are_iso_dates() {
        for (milliseconds, text) in [
            (0, "1970-01-01"),
            (951_782_400_000, "2000-02-29"),
            (-86_400_000, "1969-12-31"),
            (1_700_000_000_000, "2023-11-14 22:13"),
        ] {
            assert_eq!(instant(milliseconds), text);
        }
    }
}
