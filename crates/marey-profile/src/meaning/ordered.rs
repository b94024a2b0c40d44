//! Words that have an order: months, days of the week, scales of judgement, sizes, bands.

use marey_core::{MONTH_NAMES, WEEKDAY_NAMES};

use super::place;

/// Months in Spanish, Portuguese, French, Italian and German, without accents, where not English.
const OTHER_MONTHS: [&str; 48] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "setiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "janeiro",
    "fevereiro",
    "marco",
    "maio",
    "junho",
    "julho",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "gennaio",
    "febbraio",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "settembre",
    "ottobre",
    "dicembre",
    "januar",
    "februar",
    "juni",
    "dezember",
];
const OTHER_WEEKDAYS: [&str; 29] = [
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "segunda feira",
    "terca feira",
    "quarta feira",
    "quinta feira",
    "sexta feira",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunedi",
    "martedi",
    "mercoledi",
    "giovedi",
    "venerdi",
    "montag",
    "dienstag",
    "donnerstag",
    "freitag",
    "samstag",
];
const ANSWERS: [&str; 18] = [
    "yes", "no", "y", "n", "true", "false", "t", "f", "on", "off", "si", "sí", "ja", "nein", "oui", "non",
    "x", "sim",
];

/// Scales from low to high; a column is on a scale when all its words are.
const SCALES: [&[&str]; 14] = [
    &[
        "none",
        "very low",
        "low",
        "medium low",
        "moderate",
        "medium",
        "medium high",
        "high",
        "very high",
        "extreme",
    ],
    &[
        "minimal",
        "minor",
        "low",
        "moderate",
        "major",
        "severe",
        "critical",
        "catastrophic",
    ],
    &[
        "strongly disagree",
        "disagree",
        "somewhat disagree",
        "neutral",
        "neither agree nor disagree",
        "somewhat agree",
        "agree",
        "strongly agree",
    ],
    &[
        "very dissatisfied",
        "dissatisfied",
        "neutral",
        "satisfied",
        "very satisfied",
    ],
    &[
        "very poor",
        "poor",
        "fair",
        "average",
        "good",
        "very good",
        "excellent",
        "outstanding",
    ],
    &["very bad", "bad", "ok", "okay", "good", "very good", "great"],
    &[
        "never",
        "rarely",
        "seldom",
        "sometimes",
        "often",
        "usually",
        "always",
    ],
    &["xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl"],
    &["tiny", "small", "medium", "large", "extra large", "huge"],
    &[
        "f", "e", "d", "d+", "c-", "c", "c+", "b-", "b", "b+", "a-", "a", "a+",
    ],
    &[
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ],
    &["freshman", "sophomore", "junior", "senior"],
    &["bronze", "silver", "gold", "platinum", "diamond"],
    &["q1", "q2", "q3", "q4"],
];

/// A month by its name, or by the first three letters of its English one.
pub(super) fn is_month(text: &str) -> bool {
    is_named(text, &MONTH_NAMES, &OTHER_MONTHS) || text.trim_end_matches('.').eq_ignore_ascii_case("sept")
}

/// A day of the week by its name, or by the usual short forms of its English one.
pub(super) fn is_weekday(text: &str) -> bool {
    let short = ["tues", "wednes", "thur", "thurs"];
    is_named(text, &WEEKDAY_NAMES, &OTHER_WEEKDAYS)
        || short.iter().any(|short| text.eq_ignore_ascii_case(short))
}

fn is_named(text: &str, english: &[&str], others: &[&str]) -> bool {
    // Longer texts are no names, and most texts are longer.
    if text.len() > 24 {
        return false;
    }
    let word = place::plain(text);
    english
        .iter()
        .any(|name| name.eq_ignore_ascii_case(&word) || name[..3].eq_ignore_ascii_case(&word))
        || others.contains(&word.as_str())
}

/// A two-valued answer.
pub(super) fn is_answer(text: &str) -> bool {
    let word = text.trim().to_lowercase();
    ANSWERS.contains(&word.as_str())
}

/// The scale, from low to high, on which all texts are; numbered levels and bands have one too.
pub(super) fn scale(texts: &[&str]) -> Option<Vec<String>> {
    let words: Vec<String> = texts.iter().map(|text| plain(text)).collect();
    let known = SCALES
        .iter()
        .find(|scale| words.iter().all(|word| scale.contains(&word.as_str())));
    if let Some(scale) = known {
        let mut found = words;
        found.sort_by_key(|word| scale.iter().position(|level| level == word));
        return Some(found);
    }
    bands(texts)
}

fn plain(text: &str) -> String {
    text.trim()
        .to_lowercase()
        .replace(['-', '_'], " ")
        .replace(" +", "+")
}

/// Bands of numbers: `18-24`, `25 to 34`, `65+`, `under 18`, `$10,000 - $19,999`.
fn bands(texts: &[&str]) -> Option<Vec<String>> {
    if texts.len() < 3 {
        return None;
    }
    let mut bands: Vec<(f64, &str)> = texts
        .iter()
        .map(|text| Some((band_start(text)?, *text)))
        .collect::<Option<_>>()?;
    let closed = bands.iter().filter(|(_, text)| numbers(text).len() == 2).count();
    if closed < 2 || closed + 2 < bands.len() {
        return None;
    }
    bands.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Bands of one scale do not start at the same number.
    let apart = bands.windows(2).all(|pair| pair[0].0 < pair[1].0);
    apart.then(|| bands.into_iter().map(|(_, text)| text.to_owned()).collect())
}

fn band_start(text: &str) -> Option<f64> {
    let lower = text.trim().to_lowercase();
    let numbers = numbers(&lower);
    let open_below = ["under", "below", "less", "<", "up to"]
        .iter()
        .any(|word| lower.starts_with(word));
    let open_above = lower.ends_with('+')
        || [
            "over",
            "above",
            "more",
            ">",
            "or more",
            "and over",
            "and older",
            "or older",
            "plus",
        ]
        .iter()
        .any(|word| lower.starts_with(word) || lower.ends_with(word));
    match numbers.as_slice() {
        [low, high] if low < high => Some(*low),
        [only] if open_below => Some(only - 1e9),
        [only] if open_above => Some(*only),
        _ => None,
    }
}

/// The numbers in a text, thousands separators skipped; none if it holds other words than units.
fn numbers(text: &str) -> Vec<f64> {
    let mut numbers = Vec::new();
    let mut digits = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() || (c == '.' && !digits.is_empty()) {
            digits.push(c);
        } else if c != ',' {
            numbers.extend(digits.trim_end_matches('.').parse::<f64>().ok());
            digits.clear();
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_known() {
        assert!(is_month("Sept.") && is_month("MAY") && is_month("december") && !is_month("mayor"));
        assert!(
            is_month("Août") && is_month("Março") && is_weekday("Miércoles") && is_weekday("Segunda-feira")
        );
        assert!(is_weekday("Thu") && is_weekday("Thurs") && !is_weekday("someday"));
        assert!(is_answer("Yes") && !is_answer("maybe"));
    }

    #[test]
    fn scales_run_from_low_to_high() {
        let check = |texts: &[&str], expected: Option<&[&str]>| {
            let found = scale(texts);
            let found = found
                .as_ref()
                .map(|scale| scale.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(found.as_deref(), expected, "{texts:?}");
        };
        check(&["High", "Low", "Medium"], Some(&["low", "medium", "high"]));
        check(&["A", "C+", "B"], Some(&["c+", "b", "a"]));
        check(
            &["65+", "25 to 34", "18-24", "Under 18"],
            Some(&["Under 18", "18-24", "25 to 34", "65+"]),
        );
        check(
            &["$10,000 - $19,999", "$0 - $9,999", "$20,000+"],
            Some(&["$0 - $9,999", "$10,000 - $19,999", "$20,000+"]),
        );
        check(&["red", "green"], None);
        check(&["2019-2020", "2019-2021", "2018-2019"], None);
        check(&["555-0199", "555-0100", "555-0101"], None);
    }
}
