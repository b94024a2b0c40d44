//! Forms of texts that no check digit goes with: quarters, weeks, spans of years, durations, shapes,
//! addresses, names of people.

use super::{lexicon, reference};

/// A place in time that sorts: the part, within the year where one is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) year: Option<u16>,
    pub(super) part: u16,
}

/// The words and numbers of a text, cut between letters and digits.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = None;
    let mut last_is_digit = false;
    for (at, c) in text.char_indices() {
        let is_digit = c.is_ascii_digit();
        let cut = !c.is_alphanumeric() || is_digit != last_is_digit;
        if let Some(from) = start.filter(|_| cut) {
            parts.extend(text.get(from..at));
            start = None;
        }
        if c.is_alphanumeric() && start.is_none() {
            start = Some(at);
        }
        last_is_digit = is_digit;
    }
    parts.extend(start.and_then(|from| text.get(from..)));
    parts
}

fn year(part: &str) -> Option<u16> {
    let year: u16 = part.parse().ok()?;
    (part.len() == 4 && (1800..=2100).contains(&year)).then_some(year)
}

fn is_one_of(part: &str, words: &[&str]) -> bool {
    words.iter().any(|word| part.eq_ignore_ascii_case(word))
}

const QUARTERS: [&str; 6] = ["q", "quarter", "qtr", "t", "trimestre", "quartal"];
const WEEKS: [&str; 7] = ["w", "week", "wk", "kw", "semana", "semaine", "woche"];

/// A quarter: `Q1`, `1Q`, `2019 Q3`, `Q3-2019`, `1st quarter`, `T1 2020`, `Quarter 4`.
pub(super) fn quarter(text: &str) -> Option<Place> {
    named_part(text, &QUARTERS, 4)
}

/// A week of a year: `2019-W05`, `Week 12`, `KW 7`.
pub(super) fn week(text: &str) -> Option<Place> {
    named_part(text, &WEEKS, 53)
}

/// A numbered part of a year with its word, and perhaps the year.
fn named_part(text: &str, words: &[&str], most: u16) -> Option<Place> {
    if text.len() > 24 {
        return None;
    }
    let mut place = Place { year: None, part: 0 };
    let mut named = false;
    for part in parts(text) {
        if let Some(found) = year(part) {
            if place.year.replace(found).is_some() {
                return None;
            }
        } else if is_one_of(part, words) {
            if std::mem::replace(&mut named, true) {
                return None;
            }
        } else if let Ok(number) = part.parse::<u16>() {
            if place.part != 0 || part.len() > 2 || !(1..=most).contains(&number) {
                return None;
            }
            place.part = number;
        } else if !is_one_of(part, &["st", "nd", "rd", "th", "er", "of", "o", "fy", "cy"]) {
            return None;
        }
    }
    (named && place.part != 0).then_some(place)
}

/// First and last year of a span: `2015-2019`, `2015 to 2019`, `1999/00`.
pub(super) fn year_span(text: &str) -> Option<(u16, u16)> {
    if text.len() > 20 || text.contains('(') {
        return None;
    }
    let parts = parts(text);
    let (first, last) = match parts.as_slice() {
        [first, last] => (*first, *last),
        [first, word, last] if is_one_of(word, &["to", "a", "bis", "al"]) => (*first, *last),
        _ => return None,
    };
    let first = year(first)?;
    let last = match year(last) {
        Some(last) => last,
        None if last.len() == 2 => {
            let short: u16 = last.parse().ok()?;
            let last = first - first % 100 + short;
            let last = if last < first { last + 100 } else { last };
            // `2019-12` is a month.
            (last == first + 1).then_some(last)?
        }
        None => return None,
    };
    (first < last && last - first <= 200).then_some((first, last))
}

/// A year of account by its letters: `FY2024`, `FY 19`, `FY2019-20`.
pub(super) fn fiscal_year(text: &str) -> Option<u16> {
    let parts = parts(text);
    let (word, rest) = parts.split_first()?;
    let fiscal = is_one_of(word, &["fy", "sy", "ay"]) && (1..=2).contains(&rest.len());
    let first = rest.first().filter(|_| fiscal)?;
    match year(first) {
        Some(year) => Some(year),
        None if first.len() == 2 => Some(2000 + first.parse::<u16>().ok()?),
        None => None,
    }
}

/// A length of time: `PT5M`, `2h 30m`, `3 days`, `1 hour 20 min`.
pub(super) fn is_duration(text: &str) -> bool {
    const UNITS: [&str; 38] = [
        "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hr", "hrs",
        "hour", "hours", "d", "day", "days", "w", "wk", "week", "weeks", "mo", "month", "months", "y", "yr",
        "yrs", "year", "years", "ms", "dias", "horas", "minutos", "tage", "stunden", "jours", "heures",
    ];
    if text.len() > 32 {
        return false;
    }
    let text = text.trim();
    if let Some(iso) = text.strip_prefix('P') {
        let units = iso.bytes().filter(u8::is_ascii_alphabetic).count();
        let digits = iso.bytes().filter(u8::is_ascii_digit).count();
        return digits > 0
            && units > 0
            && iso
                .bytes()
                .all(|b| b.is_ascii_digit() || b"YMWDTHS.".contains(&b));
    }
    let parts = parts(text);
    let pairs = parts.chunks(2);
    parts.len() >= 2
        && parts.len().is_multiple_of(2)
        && pairs.into_iter().all(|pair| match pair {
            [number, unit] => {
                number.bytes().all(|b| b.is_ascii_digit())
                    && is_one_of(unit, &UNITS)
                    && !is_one_of(unit, &["K", "B"])
                    && *unit != "M"
            }
            _ => false,
        })
}

/// A shape as well-known text (OGC 06-103r4) or as GeoJSON (RFC 7946).
pub(super) fn is_geometry(text: &str) -> bool {
    const SHAPES: [&str; 7] = [
        "POINT",
        "MULTIPOINT",
        "LINESTRING",
        "MULTILINESTRING",
        "POLYGON",
        "MULTIPOLYGON",
        "GEOMETRYCOLLECTION",
    ];
    let text = text.trim_start();
    let head = text
        .split([' ', '('])
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    let known = SHAPES.contains(&head.as_str()) && text.contains('(');
    known || (text.starts_with('{') && text.contains("\"coordinates\""))
}

/// A house with its street: a number and a kind of street, or a street's own ending and a number.
pub(super) fn is_street_address(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    let has_number = words
        .iter()
        .any(|word| word.bytes().next().is_some_and(|b| b.is_ascii_digit()));
    let joined = |word: &str| {
        [
            "strasse", "straat", "gasse", "weg", "platz", "gatan", "vagen", "laan", "allee",
        ]
        .iter()
        .any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
    };
    let street = |word: &&str| (word.len() > 1 && lexicon::is_street_type(word)) || joined(word);
    (2..=14).contains(&words.len()) && has_number && words.iter().any(street)
}

/// Given and family name in either order, perhaps with a middle name or letter.
pub(super) fn is_full_name(folded: &str) -> bool {
    use reference::names::{FIRST_NAME, LAST_NAME};
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| {
            !matches!(
                *word,
                "mr" | "mrs" | "ms" | "dr" | "jr" | "sr" | "de" | "la" | "von" | "van"
            )
        })
        .collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return false;
    };
    let named = |first: &str, last: &str| {
        reference::of_name(first) & FIRST_NAME != 0 && reference::of_name(last) & LAST_NAME != 0
    };
    let second = words.get(1).copied().unwrap_or_default();
    (2..=4).contains(&words.len())
        && words.iter().all(|word| word.chars().all(char::is_alphabetic))
        && (named(first, last) || named(last, first) || named(second, first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_years_are_read() {
        let check = |text: &str, expected: Option<(Option<u16>, u16)>| {
            let found = quarter(text).map(|place| (place.year, place.part));
            assert_eq!(found, expected, "{text}");
        };
        check("Q1", Some((None, 1)));
        check("4Q", Some((None, 4)));
        check("2019-Q3", Some((Some(2019), 3)));
        check("Q3 2019", Some((Some(2019), 3)));
        check("2nd Quarter", Some((None, 2)));
        check("Q5", None);
        check("Q", None);
        check("1", None);
        check("2019", None);
        assert_eq!(
            week("2019-W05"),
            Some(Place {
                year: Some(2019),
                part: 5
            })
        );
        assert_eq!(week("W54"), None);
    }

    #[test]
    fn spans_of_years_are_read() {
        assert_eq!(year_span("2015-2019"), Some((2015, 2019)));
        assert_eq!(year_span("1999/00"), Some((1999, 2000)));
        assert_eq!(year_span("2018 to 2019"), Some((2018, 2019)));
        assert_eq!(year_span("2019-12"), None);
        assert_eq!(year_span("2019-2015"), None);
        assert_eq!(year_span("555-0199"), None);
        assert_eq!(fiscal_year("FY2024"), Some(2024));
        assert_eq!(fiscal_year("FY 19-20"), Some(2019));
        assert_eq!(fiscal_year("2024"), None);
    }

    #[test]
    fn forms_are_told_apart() {
        for text in ["PT5M", "2h 30m", "3 days", "1 hour 20 min"] {
            assert!(is_duration(text), "{text}");
        }
        for text in ["", "days", "3", "3 apples", "Paris", "10M"] {
            assert!(!is_duration(text), "{text}");
        }
        assert!(is_geometry("POLYGON ((30 10, 40 40, 30 10))") && is_geometry("Point(1 2)"));
        assert!(!is_geometry("Point of sale"));
        assert!(is_street_address("12 main st") && is_street_address("calle 12 3 45"));
        assert!(is_street_address("hauptstrasse 5") && !is_street_address("main street"));
    }

    #[cfg(feature = "reference-lists")]
    #[test]
    fn people_are_known_by_name() {
        assert!(
            is_full_name("mary smith") && is_full_name("smith john") && is_full_name("john q public smith")
        );
        assert!(!is_full_name("mary") && !is_full_name("police officer"));
    }
}
