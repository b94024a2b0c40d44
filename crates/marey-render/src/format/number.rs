//! Numbers as text: the types, signs, groups and paddings of d3-format.

use super::{
    decimal::{parts, shortest, to_exponential, to_fixed, to_precision, to_radix},
    specifier::{FormatError, Specifier},
};
use crate::scale::tick::round_half_up;

const PREFIXES: [&str; 17] = [
    "y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y",
];
const MINUS: char = '−';

/// A way to write numbers.
///
/// ```
/// use marey_render::format::NumberFormat;
///
/// let price = NumberFormat::parse("$,.2f").expect("a valid format");
/// assert_eq!(price.format(-1234.5), "−$1,234.50");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NumberFormat {
    specifier: Specifier,
    kind: Kind,
    precision: usize,
    /// What values are multiplied by, and the unit that says so, for a fixed SI prefix.
    unit: Option<(f64, &'static str)>,
}

/// The types of d3-format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Percent,
    Binary,
    Text,
    Decimal,
    Exponent,
    Fixed,
    General,
    Octal,
    RoundedPercent,
    Rounded,
    Si,
    HexUpper,
    Hex,
}

impl Kind {
    fn of(letter: char) -> Option<Self> {
        Some(match letter {
            '%' => Kind::Percent,
            'b' => Kind::Binary,
            'c' => Kind::Text,
            'd' => Kind::Decimal,
            'e' => Kind::Exponent,
            'f' => Kind::Fixed,
            'g' => Kind::General,
            'o' => Kind::Octal,
            'p' => Kind::RoundedPercent,
            'r' => Kind::Rounded,
            's' => Kind::Si,
            'X' => Kind::HexUpper,
            'x' => Kind::Hex,
            _ => return None,
        })
    }

    fn counts_significant_digits(self) -> bool {
        matches!(
            self,
            Kind::General | Kind::RoundedPercent | Kind::Rounded | Kind::Si
        )
    }

    fn is_percent(self) -> bool {
        matches!(self, Kind::Percent | Kind::RoundedPercent)
    }

    /// `0b`, `0o` and the like, where the specifier asks for them with `#`.
    fn base_prefix(self) -> &'static str {
        match self {
            Kind::Binary => "0b",
            Kind::Octal => "0o",
            Kind::Hex | Kind::HexUpper => "0x",
            _ => "",
        }
    }
}

/// A written magnitude, before sign and padding.
struct Digits {
    text: String,
    si: &'static str,
}

impl NumberFormat {
    /// Reads a specifier of d3-format.
    ///
    /// # Errors
    ///
    /// When the text is no specifier.
    pub fn parse(specifier: &str) -> Result<Self, FormatError> {
        Specifier::parse(specifier).map(Self::new)
    }

    /// The format of a specifier; an unknown type counts as the default type, as in D3.
    pub fn new(mut specifier: Specifier) -> Self {
        let kind = if specifier.kind == Some('n') {
            specifier.comma = true;
            Kind::General
        } else {
            specifier.kind.and_then(Kind::of).unwrap_or_else(|| {
                specifier.precision.get_or_insert(12);
                specifier.trim = true;
                Kind::General
            })
        };
        if specifier.zero || (specifier.fill == '0' && specifier.align == '=') {
            (specifier.zero, specifier.fill, specifier.align) = (true, '0', '=');
        }
        let precision = match specifier.precision {
            None => 6,
            Some(digits) if kind.counts_significant_digits() => digits.clamp(1, 21),
            Some(decimals) => decimals.min(20),
        };
        Self {
            specifier,
            kind,
            precision,
            unit: None,
        }
    }

    /// Fixed decimals with the SI prefix that suits `value`, whatever number is written.
    pub fn with_si_prefix_of(mut specifier: Specifier, value: f64) -> Self {
        let thousands = exponent(value).map_or(0, |e| e.div_euclid(3).clamp(-8, 8));
        specifier.kind = Some('f');
        let factor = 10f64.powi(-3 * thousands);
        let prefix = PREFIXES[(thousands + 8) as usize];
        Self {
            unit: Some((factor, prefix)),
            ..Self::new(specifier)
        }
    }

    /// The text of a number. NaN is written `NaN`, infinity `Infinity`.
    pub fn format(&self, value: f64) -> String {
        let value = self.unit.map_or(value, |(factor, _)| value * factor);
        let unit = self.unit.map_or("", |(_, prefix)| prefix);
        let symbol = match self.specifier.symbol {
            Some('$') => "$",
            Some('#') => self.kind.base_prefix(),
            _ => "",
        };
        // As in D3, the currency's (empty) suffix takes the place of the percent sign.
        let percent = if self.kind.is_percent() && self.specifier.symbol != Some('$') {
            "%"
        } else {
            ""
        };
        if self.kind == Kind::Text {
            let sign = if value.is_sign_negative() && value != 0.0 {
                "-"
            } else {
                ""
            };
            return self.pad(
                symbol,
                "",
                &format!("{sign}{}{percent}{unit}", shortest(value.abs())),
            );
        }
        let mut digits = self.digits(value.abs());
        if self.specifier.trim {
            digits.text = trim_zeros(&digits.text);
        }
        let negative = !value.is_nan()
            && value.is_sign_negative()
            && !(digits.text.parse() == Ok(0.0) && self.specifier.sign != '+');
        let prefix = format!("{}{symbol}", self.sign(negative));
        let closing = if negative && self.specifier.sign == '(' {
            ")"
        } else {
            ""
        };
        let (whole, rest) = self.split(&digits.text);
        let suffix = format!("{rest}{}{percent}{unit}{closing}", digits.si);
        self.pad(&prefix, whole, &suffix)
    }

    fn digits(&self, x: f64) -> Digits {
        let p = self.precision;
        let text = match self.kind {
            _ if x.is_nan() => "NaN".to_owned(),
            Kind::Si => return si_digits(x, p),
            Kind::Percent => to_fixed(x * 100.0, p),
            Kind::Fixed => to_fixed(x, p),
            Kind::Exponent => to_exponential(x, p),
            Kind::General => to_precision(x, p),
            Kind::Rounded => rounded(x, p),
            Kind::RoundedPercent => rounded(x * 100.0, p),
            Kind::Decimal if x.is_infinite() => "∞".to_owned(),
            // Rust writes every digit of a whole number, as d3-format does beyond 1e21.
            Kind::Decimal => format!("{}", round_half_up(x)),
            Kind::Binary => to_radix(round_half_up(x), 1),
            Kind::Octal => to_radix(round_half_up(x), 3),
            Kind::Hex => to_radix(round_half_up(x), 4),
            Kind::HexUpper => to_radix(round_half_up(x), 4).to_uppercase(),
            Kind::Text => shortest(x),
        };
        Digits { text, si: "" }
    }

    fn sign(&self, negative: bool) -> String {
        match (negative, self.specifier.sign) {
            (true, '(') => "(".to_owned(),
            (true, _) => MINUS.to_string(),
            (false, '-' | '(') => String::new(),
            (false, sign) => sign.to_string(),
        }
    }

    /// The digits that are grouped, and what follows them.
    fn split<'a>(&self, text: &'a str) -> (&'a str, &'a str) {
        if matches!(
            self.kind,
            Kind::Binary | Kind::Octal | Kind::Hex | Kind::HexUpper | Kind::Text
        ) {
            return (text, "");
        }
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        text.split_at(end)
    }

    fn pad(&self, prefix: &str, whole: &str, suffix: &str) -> String {
        let Specifier {
            fill,
            align,
            zero,
            comma,
            ..
        } = self.specifier;
        let width = self.specifier.width.unwrap_or(0);
        let mut whole = whole.to_owned();
        if comma && !zero {
            whole = group(&whole, usize::MAX);
        }
        let chars = |text: &str| text.chars().count();
        let missing = width.saturating_sub(chars(prefix) + chars(&whole) + chars(suffix));
        let mut padding = fill.to_string().repeat(missing);
        if comma && zero {
            let room = if missing > 0 {
                width.saturating_sub(chars(suffix))
            } else {
                usize::MAX
            };
            whole = group(&format!("{padding}{whole}"), room);
            padding.clear();
        }
        match align {
            '<' => format!("{prefix}{whole}{suffix}{padding}"),
            '=' => format!("{prefix}{padding}{whole}{suffix}"),
            '^' => {
                let left: String = padding.chars().take(chars(&padding) / 2).collect();
                let right = &padding[left.len()..];
                format!("{left}{prefix}{whole}{suffix}{right}")
            }
            _ => format!("{padding}{prefix}{whole}{suffix}"),
        }
    }
}

/// Groups digits by three from the right, as many as fit into `width` characters.
fn group(digits: &str, width: usize) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let mut groups: Vec<String> = Vec::new();
    let (mut end, mut length, mut size) = (digits.len(), 0usize, 3usize);
    while end > 0 {
        if length + size + 1 > width {
            size = width.saturating_sub(length).max(1);
        }
        let start = end.saturating_sub(size);
        groups.push(digits[start..end].iter().collect());
        end = start;
        length += size + 1;
        if length > width {
            break;
        }
        size = 3;
    }
    groups.reverse();
    groups.join(",")
}

/// Decimal exponent, or none for zero and what is not finite.
pub(super) fn exponent(x: f64) -> Option<i32> {
    parts(x.abs(), None).map(|(_, exponent)| exponent)
}

fn rounded(x: f64, digits: usize) -> String {
    let Some((coefficient, exponent)) = parts(x, Some(digits)) else {
        return shortest(x);
    };
    place_point(&coefficient, exponent + 1)
}

/// Digits with the decimal point after the first `whole` of them.
fn place_point(coefficient: &str, whole: i32) -> String {
    let length = coefficient.len() as i32;
    if whole <= 0 {
        format!("0.{}{coefficient}", "0".repeat(-whole as usize))
    } else if whole < length {
        let (before, after) = coefficient.split_at(whole as usize);
        format!("{before}.{after}")
    } else {
        format!("{coefficient}{}", "0".repeat((whole - length) as usize))
    }
}

fn si_digits(x: f64, digits: usize) -> Digits {
    let Some((coefficient, exponent)) = parts(x, Some(digits)) else {
        let text = to_precision(x, digits);
        return Digits { text, si: "" };
    };
    let thousands = exponent.div_euclid(3).clamp(-8, 8);
    let whole = exponent - thousands * 3 + 1;
    let text = if whole > 0 {
        place_point(&coefficient, whole)
    } else {
        // Below the smallest prefix: fewer digits, so that the decimals do not grow.
        let left = digits as i32 + whole - 1;
        let digits = usize::try_from(left).ok().filter(|digits| *digits > 0);
        let coefficient = parts(x, digits).map_or(coefficient, |(coefficient, _)| coefficient);
        place_point(&coefficient, whole)
    };
    Digits {
        text,
        si: PREFIXES[(thousands + 8) as usize],
    }
}

/// Drops zeros at the end of the decimals, before an exponent if there is one.
fn trim_zeros(text: &str) -> String {
    let Some(point) = text.find('.') else {
        return text.to_owned();
    };
    let decimals = &text[point + 1..];
    let length = decimals.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = decimals.split_at(length);
    let kept = digits.trim_end_matches('0');
    let whole = &text[..point];
    if kept.is_empty() {
        format!("{whole}{rest}")
    } else {
        format!("{whole}.{kept}{rest}")
    }
}
