//! Numbers as text: the part of D3's formats that labels within data need.
//!
//! Drawing has the whole of D3's formats; expressions know `[,][.precision][~][f|d|%]` and the
//! empty specifier, which Vega-Lite writes for the labels of bins.

/// A number format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberFormat {
    grouped: bool,
    precision: Option<usize>,
    trimmed: bool,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Up to 12 significant digits.
    General,
    Fixed,
    Whole,
    Percent,
}

impl NumberFormat {
    /// Reads a specifier; none where it is outside the part that is known.
    pub fn of(specifier: &str) -> Option<Self> {
        let (grouped, rest) = stripped(specifier, ',');
        let (precision, rest) = match rest.strip_prefix('.') {
            Some(rest) => {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let precision: usize = rest.get(..digits)?.parse().ok()?;
                (Some(precision.min(20)), rest.get(digits..)?)
            }
            None => (None, rest),
        };
        let (trimmed, rest) = stripped(rest, '~');
        let kind = match rest {
            "" if precision.is_none() => Kind::General,
            "f" => Kind::Fixed,
            "d" => Kind::Whole,
            "%" => Kind::Percent,
            _ => return None,
        };
        Some(Self {
            grouped,
            precision,
            trimmed,
            kind,
        })
    }

    /// Writes a number; negative ones with a true minus sign, as D3 does.
    pub fn write(&self, number: f64) -> String {
        if number.is_nan() {
            return "NaN".into();
        }
        let size = number.abs();
        let (mut digits, suffix) = match self.kind {
            Kind::General => (general(size), ""),
            Kind::Fixed => (fixed(size, self.precision.unwrap_or(6)), ""),
            Kind::Whole => (fixed(size, 0), ""),
            Kind::Percent => (fixed(size * 100.0, self.precision.unwrap_or(6)), "%"),
        };
        if self.trimmed || self.kind == Kind::General {
            digits = without_trailing_zeros(&digits);
        }
        if self.grouped {
            digits = in_thousands(&digits);
        }
        // What is rounded to nothing has no sign.
        let nothing = !digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) && size.is_finite();
        let sign = if number < 0.0 && !nothing { "\u{2212}" } else { "" };
        format!("{sign}{digits}{suffix}")
    }
}

fn stripped(text: &str, prefix: char) -> (bool, &str) {
    text.strip_prefix(prefix)
        .map_or((false, text), |rest| (true, rest))
}

/// JavaScript's `toFixed`, which rounds ties up.
fn fixed(size: f64, precision: usize) -> String {
    if size.is_infinite() {
        return "Infinity".into();
    }
    let scale = 10_f64.powi(precision as i32);
    let scaled = size * scale;
    let tie = scaled < 1e15 && scaled.fract() == 0.5 && scaled / scale == size;
    let rounded = if tie { (scaled.floor() + 1.0) / scale } else { size };
    format!("{rounded:.precision$}")
}

/// JavaScript's `toPrecision(12)`.
fn general(size: f64) -> String {
    if size.is_infinite() {
        return "Infinity".into();
    }
    let scientific = format!("{size:.11e}");
    let power = scientific
        .split_once('e')
        .and_then(|(_, power)| power.parse::<i32>().ok())
        .unwrap_or(0);
    if (-6..12).contains(&power) {
        let decimals = usize::try_from(11 - power).unwrap_or(0);
        return format!("{size:.decimals$}");
    }
    let sign = if power < 0 { "" } else { "+" };
    scientific.replace('e', &format!("e{sign}"))
}

fn without_trailing_zeros(digits: &str) -> String {
    let (mantissa, power) = digits.split_at(digits.find('e').unwrap_or(digits.len()));
    if !mantissa.contains('.') {
        return digits.to_owned();
    }
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    format!("{mantissa}{power}")
}

fn in_thousands(digits: &str) -> String {
    let end = digits.find(['.', 'e']).unwrap_or(digits.len());
    let (whole, rest) = digits.split_at(end);
    let mut grouped = String::with_capacity(digits.len() + whole.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected texts are those of d3-format 3.
    #[test]
    fn numbers_are_written_as_d3_writes_them() {
        for (specifier, number, text) in [
            ("", 1.5, "1.5"),
            ("", 10.0, "10"),
            ("", -0.1, "\u{2212}0.1"),
            ("", 1e12, "1e+12"),
            ("", 1.0 / 3.0, "0.333333333333"),
            ("d", 2.5, "3"),
            (",d", 1_234_567.0, "1,234,567"),
            (".2f", 1.005, "1.00"),
            (".0f", 0.5, "1"),
            (",.1f", -1234.56, "\u{2212}1,234.6"),
            (".1%", 0.1234, "12.3%"),
            (".3~f", 1.5, "1.5"),
            (".1f", -0.01, "0.0"),
        ] {
            let format = NumberFormat::of(specifier).unwrap();
            assert_eq!(format.write(number), text, "{specifier} {number}");
        }
        for specifier in ["$.2f", "s", ".3e", "x", ".f", "+d"] {
            assert_eq!(NumberFormat::of(specifier), None, "{specifier}");
        }
    }
}
