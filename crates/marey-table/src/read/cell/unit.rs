//! Units beside numbers: currency signs and codes, percent, measures.

use crate::Unit;

/// What stood beside the digits of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum CellUnit<'c> {
    /// Nothing.
    #[default]
    None,
    /// `%`.
    Percent,
    /// Money: ISO 4217 code, or the sign where several currencies share it.
    Currency(&'static str),
    /// A word behind the number.
    Word(&'c str),
}

impl CellUnit<'_> {
    /// Whether this is the unit of a column.
    pub fn is(&self, unit: &Unit) -> bool {
        match (self, unit) {
            (Self::Percent, Unit::Percent) => true,
            (Self::Currency(code), Unit::Currency(other)) => code == other,
            (Self::Word(word), Unit::Other(other)) => word == other,
            _ => false,
        }
    }

    /// The unit to note for a column.
    pub fn to_unit(self) -> Option<Unit> {
        match self {
            Self::None => None,
            Self::Percent => Some(Unit::Percent),
            Self::Currency(code) => Some(Unit::Currency(code.to_owned())),
            Self::Word(word) => Some(Unit::Other(word.to_owned())),
        }
    }
}

/// Signs and what they stand for; longer ones first, so that `US$` is not taken for `$`.
const CURRENCY_SIGNS: [(&str, &str); 38] = [
    ("US$", "USD"),
    ("AU$", "AUD"),
    ("CA$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("MX$", "MXN"),
    ("COL$", "COP"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("$", "$"),
    ("\u{20ac}", "EUR"),
    ("\u{a3}", "GBP"),
    ("\u{a5}", "\u{a5}"),
    ("\u{ffe5}", "\u{a5}"),
    ("\u{20b9}", "INR"),
    ("\u{20bd}", "RUB"),
    ("\u{20a9}", "KRW"),
    ("\u{20aa}", "ILS"),
    ("\u{0e3f}", "THB"),
    ("\u{20ab}", "VND"),
    ("\u{20b4}", "UAH"),
    ("\u{20a6}", "NGN"),
    ("\u{20b1}", "PHP"),
    ("\u{20ba}", "TRY"),
    ("\u{20a1}", "CRC"),
    ("\u{20b5}", "GHS"),
    ("z\u{142}", "PLN"),
    ("K\u{10d}", "CZK"),
    ("Ft", "HUF"),
    ("kr.", "kr"),
    ("kr", "kr"),
    ("Rs.", "Rs"),
    ("Rs", "Rs"),
    ("Fr.", "CHF"),
    ("\u{20bf}", "BTC"),
];

/// The signs that each first byte begins, as bits, so that most text is dismissed at once.
static SIGNS_BY_FIRST: [u64; 256] = {
    let mut firsts = [0u64; 256];
    let mut at = 0;
    while at < CURRENCY_SIGNS.len() {
        firsts[CURRENCY_SIGNS[at].0.as_bytes()[0] as usize] |= 1 << at;
        at += 1;
    }
    firsts
};

/// ISO 4217 codes in wide use.
const CURRENCY_CODES: [&str; 48] = [
    "AED", "ARS", "AUD", "BDT", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR",
    "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "KZT", "MAD", "MXN", "MYR", "NGN",
    "NOK", "NZD", "PEN", "PHP", "PKR", "PLN", "RON", "RUB", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH",
    "USD", "VND", "ZAR",
];

/// Units that may stand directly behind the digits (`5km`).
const ATTACHED_UNITS: [&str; 54] = [
    "kg", "g", "mg", "t", "lb", "lbs", "oz", "km", "m", "cm", "mm", "mi", "ft", "in", "yd", "nm", "l", "L",
    "ml", "mL", "dl", "cl", "gal", "s", "sec", "ms", "min", "mins", "h", "hr", "hrs", "d", "W", "kW", "MW",
    "GW", "kWh", "MWh", "GWh", "V", "A", "Hz", "kHz", "MHz", "GHz", "B", "KB", "kB", "MB", "GB", "TB", "px",
    "pt", "cal",
];

/// A unit in front of a number and what follows it.
pub(crate) fn before_number(text: &str) -> Option<(CellUnit<'_>, &str)> {
    if let Some(found) = currency(text) {
        return Some(found);
    }
    text.strip_prefix('%').map(|rest| (CellUnit::Percent, rest))
}

/// A unit behind a number and what follows it.
pub(crate) fn behind_number(text: &str, spaced: bool) -> Option<(CellUnit<'_>, &str)> {
    if let Some(rest) = text.strip_prefix('%') {
        return Some((CellUnit::Percent, rest));
    }
    if let Some((unit, rest)) = currency(text)
        && !rest.starts_with(char::is_alphabetic)
    {
        return Some((unit, rest));
    }
    is_measure(text, spaced).then_some((CellUnit::Word(text), ""))
}

fn currency(text: &str) -> Option<(CellUnit<'_>, &str)> {
    let mut left = SIGNS_BY_FIRST[usize::from(*text.as_bytes().first()?)];
    while left != 0 {
        let (sign, code) = CURRENCY_SIGNS[left.trailing_zeros() as usize];
        if let Some(rest) = text.strip_prefix(sign) {
            return Some((CellUnit::Currency(code), rest));
        }
        left &= left - 1;
    }
    let code = text
        .get(..3)
        .filter(|code| code.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    let known = CURRENCY_CODES.binary_search(&code).ok()?;
    Some((CellUnit::Currency(CURRENCY_CODES[known]), &text[3..]))
}

/// Whether a text behind a number can be a unit of measure.
fn is_measure(text: &str, spaced: bool) -> bool {
    let short = text.chars().count() <= 12;
    let first = text.chars().next();
    // Degrees, square and cubic signs are not letters.
    let sign = |c: char| matches!(c, '\u{b0}' | '\u{b5}' | '\u{b2}' | '\u{b3}' | '/' | '\u{2030}');
    let letters = text
        .chars()
        .all(|c| c.is_alphabetic() || sign(c) || matches!(c, '2' | '3' | '.'));
    let starts = first.is_some_and(|c| c.is_alphabetic() || matches!(c, '\u{b0}' | '\u{b5}' | '\u{2030}'));
    // "3 Bronx" is a street or a rank of something; measures are written small or as symbols.
    let name = first.is_some_and(char::is_uppercase)
        && text.chars().skip(1).filter(|c| c.is_lowercase()).count() > 2;
    if !(short && letters && starts) || name || is_clock_or_order(text) {
        return false;
    }
    spaced || ATTACHED_UNITS.contains(&text) || text.starts_with('\u{b0}') || text == "\u{2030}"
}

/// `pm`, `th` and month names make times, ranks and dates, not measures.
fn is_clock_or_order(text: &str) -> bool {
    const WORDS: [&str; 10] = ["am", "pm", "a.m.", "p.m.", "st", "nd", "rd", "th", "bc", "ad"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) || super::calendar::month_named(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_for_search() {
        assert!(CURRENCY_CODES.is_sorted());
    }

    #[test]
    fn units_behind_numbers() {
        let check = |text, spaced, expected: Option<CellUnit<'_>>| {
            assert_eq!(
                behind_number(text, spaced).map(|(unit, _)| unit),
                expected,
                "{text:?}"
            );
        };
        check("kg", false, Some(CellUnit::Word("kg")));
        check("people", true, Some(CellUnit::Word("people")));
        check("people", false, None);
        check("Main St", true, None);
        check("th", false, None);
        check("pm", true, None);
        check("March", true, None);
        check("\u{20ac}", true, Some(CellUnit::Currency("EUR")));
        check("\u{b0}C", false, Some(CellUnit::Word("\u{b0}C")));
    }
}
