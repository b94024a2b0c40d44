//! Places on the globe in one cell.

/// A pair of decimal degrees, latitude first: `48.8584, 2.2945`, perhaps in brackets, or
/// `POINT (2.2945 48.8584)`, which has longitude first (OGC 06-103r4). Both numbers have a
/// fraction, and lie within 90 and 180 degrees.
pub fn coordinate_pair(text: &str) -> Option<(f64, f64)> {
    let text = text.trim();
    let (text, swapped) = match text.get(..5) {
        Some(start) if start.eq_ignore_ascii_case("point") => (text.get(5..)?.trim_start(), true),
        _ => (text, false),
    };
    let inner = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .or_else(|| text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')))
        .unwrap_or(text);
    let mut parts = inner
        .split(|c: char| c == ',' || c == ';' || c.is_whitespace())
        .filter(|part| !part.is_empty());
    let (first, second) = (degrees(parts.next()?)?, degrees(parts.next()?)?);
    let (latitude, longitude) = if swapped { (second, first) } else { (first, second) };
    (parts.next().is_none() && latitude.abs() <= 90.0 && longitude.abs() <= 180.0)
        .then_some((latitude, longitude))
}

/// A decimal number with a fraction, as degrees are written.
fn degrees(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.')?;
    let whole = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    let fits = (1..=3).contains(&whole.len())
        && fraction.len() >= 2
        && whole
            .bytes()
            .chain(fraction.bytes())
            .all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

/// Degrees, minutes and seconds with a letter of the compass: `48°51'30.2"N`, perhaps two of them.
pub fn is_degrees_minutes(text: &str) -> bool {
    let mut parts = 0;
    let mut rest = text.trim();
    while let Some(at) = rest.find(['N', 'S', 'E', 'W']) {
        let Some(part) = rest.get(..at) else { return false };
        if !is_angle(part) {
            return false;
        }
        parts += 1;
        rest = rest
            .get(at + 1..)
            .unwrap_or_default()
            .trim_start_matches([',', ' ', ';']);
    }
    (1..=2).contains(&parts) && rest.is_empty()
}

fn is_angle(text: &str) -> bool {
    let Some((degrees, rest)) = text.split_once(['°', 'º']) else {
        return false;
    };
    let small = |text: &str, most: f64| {
        text.trim()
            .parse::<f64>()
            .is_ok_and(|number| (0.0..=most).contains(&number))
    };
    let minutes_and_seconds = rest
        .split(['\'', '’', '′', '"', '”', '″'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .all(|part| small(part, 60.0));
    small(degrees, 180.0) && minutes_and_seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_lie_on_the_globe() {
        let check =
            |text: &str, expected: Option<(f64, f64)>| assert_eq!(coordinate_pair(text), expected, "{text}");
        check("48.8584, 2.2945", Some((48.8584, 2.2945)));
        check("(-33.86,151.21)", Some((-33.86, 151.21)));
        check("POINT (2.2945 48.8584)", Some((48.8584, 2.2945)));
        for text in [
            "",
            "48.8584",
            "48, 2",
            "98.85, 2.29",
            "48.85, 182.29",
            "1.23, 4.56, 7.89",
            "POINT ()",
            "é",
            "point",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn angles_have_minutes_and_a_letter() {
        for text in ["48°51'30.2\"N 2°17'40\"E", "48°51'N"] {
            assert!(is_degrees_minutes(text), "{text}");
        }
        for text in ["", "N", "48°61'N", "NEW", "48°51'30.2\"", "190°N"] {
            assert!(!is_degrees_minutes(text), "{text}");
        }
    }
}
