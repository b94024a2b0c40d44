//! The order of ordered categories: months, weekdays, bands and scales of answers.

use marey_core::{MONTH_NAMES, WEEKDAY_NAMES};

/// The values in their own order, when every one of them has a known place.
pub(crate) fn in_order(values: &[String]) -> Option<Vec<String>> {
    if values.len() < 2 {
        return None;
    }
    let place: fn(&str) -> Option<f64> = [month, weekday, scale, leading_number]
        .into_iter()
        .find(|place| values.iter().all(|value| place(value).is_some()))?;
    let mut placed: Vec<(f64, &String)> = values.iter().filter_map(|v| Some((place(v)?, v))).collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)));
    Some(placed.into_iter().map(|(_, value)| value.clone()).collect())
}

fn month(value: &str) -> Option<f64> {
    named_place(value, &MONTH_NAMES)
}

fn weekday(value: &str) -> Option<f64> {
    // Weeks of charts start on Monday.
    named_place(value, &WEEKDAY_NAMES).map(|from_sunday| (from_sunday + 6.0) % 7.0)
}

/// Place of a name or an abbreviation of at least three letters.
fn named_place(value: &str, names: &[&str]) -> Option<f64> {
    let lower = value.trim().trim_end_matches('.').to_lowercase();
    let found = |name: &&str| name.to_lowercase().starts_with(&lower);
    (lower.chars().count() >= 3)
        .then(|| names.iter().position(found))
        .flatten()
        .map(|at| at as f64)
}

/// Places on the usual scales of answers and sizes; equal words of different scales do not mix,
/// because all values must lie on one scale.
fn scale(value: &str) -> Option<f64> {
    const WORDS: &[(&str, f64)] = &[
        ("never", 0.0),
        ("none", 0.5),
        ("strongly disagree", 1.0),
        ("very dissatisfied", 1.0),
        ("very unlikely", 1.0),
        ("very poor", 1.0),
        ("very bad", 1.0),
        ("very low", 1.0),
        ("very small", 1.0),
        ("extra small", 1.0),
        ("xs", 1.0),
        ("rarely", 2.0),
        ("disagree", 2.0),
        ("dissatisfied", 2.0),
        ("unlikely", 2.0),
        ("poor", 2.0),
        ("bad", 2.0),
        ("low", 2.0),
        ("small", 2.0),
        ("s", 2.0),
        ("minor", 2.0),
        ("slight", 2.0),
        ("beginner", 2.0),
        ("sometimes", 3.0),
        ("neutral", 3.0),
        ("neither", 3.0),
        ("neither agree nor disagree", 3.0),
        ("fair", 3.0),
        ("medium", 3.0),
        ("moderate", 3.0),
        ("average", 3.0),
        ("m", 3.0),
        ("intermediate", 3.0),
        ("serious", 3.5),
        ("often", 4.0),
        ("agree", 4.0),
        ("satisfied", 4.0),
        ("likely", 4.0),
        ("good", 4.0),
        ("high", 4.0),
        ("large", 4.0),
        ("l", 4.0),
        ("major", 4.0),
        ("severe", 4.0),
        ("advanced", 4.0),
        ("fatal", 4.5),
        ("always", 5.0),
        ("strongly agree", 5.0),
        ("very satisfied", 5.0),
        ("very likely", 5.0),
        ("very good", 5.0),
        ("very high", 5.0),
        ("very large", 5.0),
        ("extra large", 5.0),
        ("xl", 5.0),
        ("critical", 5.0),
        ("expert", 5.0),
        ("excellent", 6.0),
        ("xxl", 6.0),
    ];
    let lower = value.trim().to_lowercase();
    WORDS
        .iter()
        .find(|(word, _)| *word == lower)
        .map(|(_, place)| *place)
}

/// The first number in bands such as `18-24`, `65+`, `Grade 3`, `< 5`.
fn leading_number(value: &str) -> Option<f64> {
    let start = value.find(|c: char| c.is_ascii_digit())?;
    if value.chars().all(|c| c.is_ascii_digit()) {
        // Codes, not bands.
        return None;
    }
    if value[..start].chars().filter(|c| c.is_alphabetic()).count() > 8 {
        return None;
    }
    let digits: String = value[start..]
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .filter(|c| *c != ',')
        .collect();
    let number: f64 = digits.trim_end_matches('.').parse().ok()?;
    let below = value[..start].contains('<') || value[..start].to_lowercase().contains("under");
    Some(if below { number - 0.5 } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[&str], expected: Option<&[&str]>) {
        let own = |list: &[&str]| list.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>();
        assert_eq!(in_order(&own(values)), expected.map(own));
    }

    #[test]
    fn known_orders_are_found() {
        check(&["Mar", "Jan", "Feb"], Some(&["Jan", "Feb", "Mar"]));
        check(&["Sunday", "Monday"], Some(&["Monday", "Sunday"]));
        check(&["high", "low", "medium"], Some(&["low", "medium", "high"]));
        check(&["65+", "18-24", "25-64"], Some(&["18-24", "25-64", "65+"]));
        check(&["10-20", "<10", "20+"], Some(&["<10", "10-20", "20+"]));
        check(&["Rome", "Paris"], None);
        check(&["Mon"], None);
    }
}
