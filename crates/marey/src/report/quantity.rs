//! Numbers and instants as people read them in running text.

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

/// An instant as ISO date, with the time of day unless it is midnight.
pub fn instant(milliseconds: i64) -> String {
    let days = milliseconds.div_euclid(86_400_000);
    let rest = milliseconds.rem_euclid(86_400_000) / 1000;
    let date = date_of(days);
    if rest == 0 {
        return date;
    }
    format!("{date} {:02}:{:02}", rest / 3600, rest / 60 % 60)
}

/// The civil date of a number of days since 1970-01-01 (Hinnant, "chrono-Compatible Low-Level
/// Date Algorithms", `civil_from_days`).
fn date_of(days: i64) -> String {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
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
