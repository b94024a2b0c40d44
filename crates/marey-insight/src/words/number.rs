//! Numbers as readers of a language write them.
//!
//! Three significant digits; whole numbers below 10,000 in full; millions and more in compact form; a true minus
//! sign (U+2212); units after a space that does not break. Counts of rows are always written in full.

use std::str::FromStr;

use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences, input::Decimal};

use super::{Locale, Role, Slots, Words};

/// The minus sign, U+2212: a hyphen is too short beside digits and may break a line.
const MINUS: char = '\u{2212}';
/// Digits that carry a number's meaning.
const SIGNIFICANT: i32 = 3;
/// From here on numbers are written in millions and more.
const COMPACT_FROM: f64 = 999_500.0;
/// Below this, and from [`HUGE`] on, numbers are written with a power of ten.
const TINY: f64 = 1e-4;
const HUGE: f64 = 9.995e14;

/// What a number counts or measures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Unit {
    /// Nothing said.
    #[default]
    None,
    /// A share between 0 and 1, written in per cent; differences are percentage points.
    Share,
    /// Values that are already in per cent; differences are percentage points.
    Percent,
    /// Money, by its symbol or code.
    Currency(String),
    /// Any other unit, written after the number.
    Named(String),
}

impl Unit {
    /// Reads a unit as the profile tells it: `%`, `€`, `USD`, `km`.
    pub fn new(text: &str) -> Self {
        let text = text.trim();
        match text {
            "" => Unit::None,
            "%" => Unit::Percent,
            _ if is_currency(text) => Unit::Currency(text.to_owned()),
            _ => Unit::Named(text.to_owned()),
        }
    }
}

/// Symbols of money, and codes in the shape of ISO 4217 that are in wide use.
fn is_currency(text: &str) -> bool {
    const CODES: &[&str] = &[
        "USD", "EUR", "GBP", "JPY", "CHF", "CNY", "INR", "AUD", "CAD", "SEK", "NOK", "DKK", "PLN", "CZK",
        "BRL", "MXN", "KRW", "TRY", "ZAR", "NZD", "SGD", "HKD", "ILS", "THB", "RUB",
    ];
    text.chars().all(|c| "$€£¥₹₽₩₺₪฿₫₴₦".contains(c)) || CODES.contains(&text)
}

/// How many decimals a number shows; negative where it is rounded to tens, hundreds and more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Decimals(i32);

impl Decimals {
    /// Three significant digits, and whole numbers below 10,000 in full.
    fn of(size: f64) -> Self {
        if size == 0.0 || size.fract() == 0.0 && size < 10_000.0 {
            return Self(0);
        }
        let digits = Self((SIGNIFICANT - 1 - magnitude(size)).clamp(-300, 20));
        match size < 9_999.5 {
            true => Self(digits.0.max(0)).without_needless(size),
            false => digits,
        }
    }

    /// No zeros at the end where the number is exactly what is written without them.
    fn without_needless(self, size: f64) -> Self {
        let exact = |decimals: &i32| {
            let shift = 10f64.powi(*decimals);
            ((size * shift).round() / shift - size).abs() <= size * 1e-12
        };
        Self((0..self.0).find(exact).unwrap_or(self.0))
    }

    /// One decimal below ten per cent, none above; two digits below one per cent.
    fn of_percent(size: f64) -> Self {
        match size {
            size if (size - size.round()).abs() < 1e-9 => Self(0),
            size if size < 0.995 => Self((1 - magnitude(size)).clamp(0, 8)),
            size if size < 9.95 || size > 99.0 && size < 100.0 => Self(1),
            _ => Self(0),
        }
    }

    fn write(self, size: f64) -> String {
        match self.0 {
            decimals @ 0.. => format!("{size:.*}", decimals as usize),
            tens => {
                let step = 10f64.powi(-tens);
                format!("{:.0}", (size / step).round() * step)
            }
        }
    }
}

/// The power of ten of the first digit once the number is rounded to the digits shown.
fn magnitude(size: f64) -> i32 {
    let text = format!("{size:.*e}", (SIGNIFICANT - 1) as usize);
    text.split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .unwrap_or(0)
}

/// Writes digits by the CLDR.
pub(super) struct NumberWriter(Option<DecimalFormatter>);

impl NumberWriter {
    pub(super) fn new(locale: &Locale) -> Self {
        let preferences = DecimalFormatterPreferences::from(locale.identifier());
        // Every language with a catalogue is in the compiled data; without it plain digits are written.
        Self(DecimalFormatter::try_new(preferences, Default::default()).ok())
    }

    /// Digits such as `1234.50`, with the separators of the language.
    fn localised(&self, digits: &str) -> String {
        match (&self.0, Decimal::from_str(digits)) {
            (Some(formatter), Ok(decimal)) => formatter.format(&decimal).to_string(),
            _ => digits.to_owned(),
        }
    }
}

/// Whether words are spelt out or there is little room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    /// In sentences: "1.23 million".
    Long,
    /// On charts: "1.23M".
    Short,
}

impl Words {
    /// A number of things, in full.
    pub fn count(&self, number: u64) -> String {
        self.numbers.localised(&number.to_string())
    }

    /// A number without unit.
    pub fn number(&self, number: f64) -> String {
        self.signed(number, |size| self.size(size, Decimals::of(size), Length::Long))
    }

    /// A value in its unit.
    pub fn amount(&self, value: f64, unit: &Unit) -> String {
        self.amount_at(value, unit, Length::Long)
    }

    /// A value in its unit where there is little room.
    pub fn short_amount(&self, value: f64, unit: &Unit) -> String {
        self.amount_at(value, unit, Length::Short)
    }

    fn amount_at(&self, value: f64, unit: &Unit, length: Length) -> String {
        let shown = in_unit(value, unit);
        let decimals = decimals_in(shown.abs(), unit);
        self.signed(shown, |size| {
            self.with_unit(&self.size(size, decimals, length), unit)
        })
    }

    /// A difference of two values: percentage points where the values are percentages; written without sign.
    pub fn difference(&self, value: f64, unit: &Unit) -> String {
        let size = in_unit(value, unit).abs();
        let text = self.size(size, decimals_in(size, unit), Length::Long);
        self.with_difference_unit(&text, unit)
    }

    /// An interval of values, the unit said once.
    pub fn range(&self, low: f64, high: f64, unit: &Unit) -> String {
        self.with_unit(&self.ends(low, high, unit), unit)
    }

    /// An interval of differences.
    pub fn difference_range(&self, low: f64, high: f64, unit: &Unit) -> String {
        self.with_difference_unit(&self.ends(low, high, unit), unit)
    }

    /// How many times as much.
    pub fn ratio(&self, ratio: f64) -> String {
        let digits = if ratio.abs() < 9.95 { 1 } else { 0 };
        self.signed(ratio, |size| self.size(size, Decimals(digits), Length::Long))
    }

    /// A coefficient between −1 and 1, with two decimals.
    pub fn coefficient(&self, value: f64) -> String {
        self.signed(value, |size| self.size(size, Decimals(2), Length::Long))
    }

    /// An interval of coefficients.
    pub fn coefficient_range(&self, low: f64, high: f64) -> String {
        let message = if low < 0.0 { "range-signed" } else { "range" };
        self.term(
            message,
            &[("low", &self.coefficient(low)), ("high", &self.coefficient(high))],
        )
    }

    /// Both ends with the same number of decimals, and more where they would look alike.
    fn ends(&self, low: f64, high: f64, unit: &Unit) -> String {
        let (low, high) = (in_unit(low, unit), in_unit(high, unit));
        if !low.is_finite() || !high.is_finite() {
            return format!("{} – {}", self.plain(low), self.plain(high));
        }
        let mut decimals = decimals_in(low.abs().max(high.abs()), unit);
        while low != high && decimals.0 < 12 && decimals.write(low) == decimals.write(high) {
            decimals.0 += 1;
        }
        let end =
            |value: f64| self.signed_at(value, decimals, |size| self.size(size, decimals, Length::Short));
        let message = if low < 0.0 { "range-signed" } else { "range" };
        self.term(message, &[("low", &end(low)), ("high", &end(high))])
    }

    fn plain(&self, value: f64) -> String {
        match value.is_finite() {
            true => self.number(value),
            false => format!("{value}").replace('-', &MINUS.to_string()),
        }
    }

    /// A number that is not negative, at a given number of decimals.
    fn size(&self, size: f64, decimals: Decimals, length: Length) -> String {
        if size != 0.0 && !(TINY..HUGE).contains(&size) {
            return self.scientific(size);
        }
        if size < COMPACT_FROM {
            return self.numbers.localised(&decimals.write(size));
        }
        let (scale, name) = match size {
            size if size < 999.5e6 => (1e6, "million"),
            size if size < 999.5e9 => (1e9, "billion"),
            _ => (1e12, "trillion"),
        };
        let number = self
            .numbers
            .localised(&Decimals::of(size / scale).write(size / scale));
        let message = match length {
            Length::Long => format!("compact-{name}"),
            Length::Short => format!("compact-{name}-short"),
        };
        self.term(&message, &[("number", &number)])
    }

    fn scientific(&self, size: f64) -> String {
        let text = format!("{size:.1e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        format!(
            "{} × 10{}",
            self.numbers.localised(mantissa),
            superscript(exponent)
        )
    }

    /// Writes the size and puts the minus sign before it, unless nothing is left of the number.
    fn signed(&self, value: f64, write: impl Fn(f64) -> String) -> String {
        if !value.is_finite() {
            return self.plain(value);
        }
        let text = write(value.abs());
        let is_zero = !text.chars().any(|c| ('1'..='9').contains(&c));
        match value < 0.0 && !is_zero {
            true => format!("{MINUS}{text}"),
            false => text,
        }
    }

    fn signed_at(&self, value: f64, decimals: Decimals, write: impl Fn(f64) -> String) -> String {
        let rounds_to_zero = decimals
            .write(value.abs())
            .chars()
            .all(|c| matches!(c, '0' | '.'));
        match value < 0.0 && !rounds_to_zero {
            true => format!("{MINUS}{}", write(value.abs())),
            false => write(value.abs()),
        }
    }

    fn with_unit(&self, number: &str, unit: &Unit) -> String {
        match unit {
            Unit::None => number.to_owned(),
            Unit::Share | Unit::Percent => self.term("percent", &[("number", number)]),
            Unit::Currency(unit) if unit.chars().all(char::is_alphabetic) => {
                self.term("amount-code", &[("number", number), ("unit", unit)])
            }
            Unit::Currency(unit) => self.term("amount-currency", &[("number", number), ("unit", unit)]),
            Unit::Named(unit) => self.term("amount-unit", &[("number", number), ("unit", unit)]),
        }
    }

    fn with_difference_unit(&self, number: &str, unit: &Unit) -> String {
        match unit {
            Unit::Share | Unit::Percent => {
                let mut slots = Slots::new();
                slots.words("number", Role::Text, number);
                slots.choose_plural("size", if number == "1" { 1.0 } else { 2.0 });
                self.say(&["points"], &slots).to_string()
            }
            _ => self.with_unit(number, unit),
        }
    }
}

/// The value as it is written: shares in per cent.
fn in_unit(value: f64, unit: &Unit) -> f64 {
    match unit {
        Unit::Share => value * 100.0,
        _ => value,
    }
}

fn decimals_in(size: f64, unit: &Unit) -> Decimals {
    match unit {
        Unit::Share | Unit::Percent => Decimals::of_percent(size),
        _ => Decimals::of(size),
    }
}

fn superscript(exponent: &str) -> String {
    let raised = |digit: char| match digit {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => digit
            .to_digit(10)
            .and_then(|value| char::from_u32(0x2070 + value))
            .unwrap_or(digit),
    };
    exponent.chars().map(raised).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(tag: &str) -> Words {
        Words::new(Locale::new(tag).unwrap())
    }

    #[test]
    fn amounts_have_three_digits_and_their_unit() {
        for (tag, value, unit, text) in [
            ("en", 0.0, "", "0"),
            ("en", 7.0, "", "7"),
            ("en", 2.34567, "", "2.35"),
            ("en", 84.26, "€", "€84.3"),
            ("en", -84.26, "€", "−€84.3"),
            ("en", 1234.6, "", "1,235"),
            ("en", 9999.7, "", "10,000"),
            ("en", 12_345.6, "kg", "12,300\u{a0}kg"),
            ("en", 999_499.0, "", "999,000"),
            ("en", 999_600.0, "", "1.00\u{a0}million"),
            ("en", 1_234_567.0, "USD", "USD\u{a0}1.23\u{a0}million"),
            ("en", 5.21e12, "", "5.21\u{a0}trillion"),
            ("en", 2.5e20, "", "2.5 × 10²⁰"),
            ("en", -1.234e-7, "", "−1.2 × 10⁻⁷"),
            ("en", 12.34, "%", "12%"),
            ("en", 0.0523, "%", "0.052%"),
            ("en", f64::NAN, "", "NaN"),
            ("en", f64::NEG_INFINITY, "", "−inf"),
        ] {
            assert_eq!(words(tag).amount(value, &Unit::new(unit)), text, "{value} {unit}");
        }
    }

    #[test]
    fn shares_are_per_cent_and_their_differences_points() {
        let en = words("en");
        assert_eq!(en.amount(0.615, &Unit::Share), "62%");
        assert_eq!(en.amount(0.997, &Unit::Share), "99.7%");
        assert_eq!(en.amount(1.0, &Unit::Share), "100%");
        assert_eq!(en.difference(0.0523, &Unit::Share), "5.2 percentage points");
        assert_eq!(en.difference(-0.01, &Unit::Share), "1 percentage point");
        assert_eq!(
            en.difference_range(0.02, 0.084, &Unit::Share),
            "2.0–8.4 percentage points"
        );
    }

    #[test]
    fn ranges_say_the_unit_once_and_keep_both_ends_apart() {
        let en = words("en");
        for (low, high, unit, text) in [
            (14.2, 23.7, "€", "€14.2–23.7"),
            (-3.0, 5.25, "", "−3.00 to 5.25"),
            (0.98, 13.2, "", "1.0–13.2"),
            (100.01, 100.04, "", "100.01–100.04"),
            (1.2e6, 3.4e6, "", "1.2M–3.4M"),
            (-0.0001, 12.0, "", "0 to 12"),
            (4.0, 4.0, "", "4–4"),
        ] {
            assert_eq!(en.range(low, high, &Unit::new(unit)), text);
        }
    }

    #[test]
    fn coefficients_ratios_and_counts() {
        let en = words("en");
        assert_eq!(en.coefficient(-0.314), "−0.31");
        assert_eq!(en.coefficient(-0.001), "0.00");
        assert_eq!(en.ratio(2.13), "2.1");
        assert_eq!(en.ratio(13.4), "13");
        assert_eq!(en.count(2_000_000), "2,000,000");
    }
}
