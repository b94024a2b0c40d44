//! Words for people: headings and labels from column names, numbers and lists in sentences.

use marey_core::{Aggregate, FieldName};

pub(crate) use marey_core::label::{LONGEST_LABEL, capitalised, inside, label, shorten, split_identifier};

/// A whole number with thousands separators.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share as a percentage: "12 %", "below 1 %".
pub(crate) fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 1.0 => "below 1 %".to_owned(),
        p if p > 99.0 && p < 100.0 => "over 99 %".to_owned(),
        p => format!("{p:.0} %"),
    }
}

/// A column's name as it is quoted in reasons.
pub(crate) fn quoted(name: &FieldName) -> String {
    format!("`{}`", shorten(name.as_str().trim(), LONGEST_LABEL))
}

/// The word that an aggregate puts before the name of what it summarises.
pub(crate) fn aggregate_word(aggregate: &Aggregate) -> &'static str {
    match aggregate {
        Aggregate::Sum => "total",
        Aggregate::Mean | Aggregate::Average => "mean",
        Aggregate::Median => "median",
        Aggregate::Min => "smallest",
        Aggregate::Max => "largest",
        Aggregate::Distinct => "different",
        _ => "number of",
    }
}

/// An aggregate of something: "mean price", "total cost" (not "total total cost").
pub(crate) fn summarised(aggregate: &Aggregate, inside: &str) -> String {
    const SAID: &[&str] = &["total", "sum", "average", "avg", "mean", "median", "number"];
    let first = inside.split(' ').next().unwrap_or_default().to_lowercase();
    match SAID.contains(&first.as_str()) {
        true => inside.to_owned(),
        false => format!("{} {inside}", aggregate_word(aggregate)),
    }
}

/// "a", "a and b", "a, b and c".
pub(crate) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(thousands(999), "999");
        assert_eq!(percent(0.004), "below 1 %");
        assert_eq!(percent(0.25), "25 %");
        assert_eq!(
            listed(&["a".to_owned(), "b".to_owned(), "c".to_owned()]),
            "a, b and c"
        );
    }
}
