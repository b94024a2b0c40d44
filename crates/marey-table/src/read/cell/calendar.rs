//! The civil calendar: days since 1970-01-01, lengths of months, names of months and weekdays.

/// Days of a civil date since 1970-01-01.
///
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
pub(crate) fn days_from_civil(year: i32, month: u8, day: u8) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (i32::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i32::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Number of days of a month, 0 for a month that does not exist.
pub(crate) fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Whether a date exists.
pub(crate) fn is_date(year: i32, month: u8, day: u8) -> bool {
    day >= 1 && day <= days_in_month(year, month)
}

/// Monday of an ISO week, as days since 1970-01-01.
pub(crate) fn days_of_iso_week(year: i32, week: u8, weekday: u8) -> i32 {
    // 4 January is always in week 1.
    let fourth = days_from_civil(year, 1, 4);
    let monday = fourth - (fourth + 3).rem_euclid(7);
    monday + (i32::from(week) - 1) * 7 + i32::from(weekday) - 1
}

/// Beginnings of the names of months that tell them apart, in English, Spanish, French, German,
/// Portuguese, Italian and Dutch.
const MONTHS: [(&str, u8); 46] = [
    ("jan", 1),
    ("ene", 1),
    ("gen", 1),
    ("feb", 2),
    ("fev", 2),
    ("f\u{e9}v", 2),
    ("febr", 2),
    ("mar", 3),
    ("m\u{e4}r", 3),
    ("mrz", 3),
    ("mrt", 3),
    ("maa", 3),
    ("apr", 4),
    ("abr", 4),
    ("avr", 4),
    ("may", 5),
    ("mai", 5),
    ("mag", 5),
    ("mei", 5),
    ("jun", 6),
    ("juin", 6),
    ("giu", 6),
    ("jul", 7),
    ("juil", 7),
    ("lug", 7),
    ("aug", 8),
    ("ago", 8),
    ("aou", 8),
    ("ao\u{fb}", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("okt", 10),
    ("ott", 10),
    ("out", 10),
    ("nov", 11),
    ("dec", 12),
    ("d\u{e9}c", 12),
    ("dez", 12),
    ("dic", 12),
    ("m\u{e4}rz", 3),
    ("j\u{e4}n", 1),
    ("sept", 9),
    ("janv", 1),
    ("maio", 5),
    ("magg", 5),
];

/// Full names of months in the same languages, lower case.
const FULL_MONTHS: [&str; 72] = [
    "january",
    "enero",
    "janvier",
    "januar",
    "janeiro",
    "gennaio",
    "januari",
    "february",
    "febrero",
    "f\u{e9}vrier",
    "februar",
    "fevereiro",
    "febbraio",
    "februari",
    "march",
    "marzo",
    "mars",
    "m\u{e4}rz",
    "mar\u{e7}o",
    "maart",
    "april",
    "abril",
    "avril",
    "aprile",
    "mayo",
    "mai",
    "maio",
    "maggio",
    "mei",
    "june",
    "junio",
    "juin",
    "juni",
    "junho",
    "giugno",
    "july",
    "julio",
    "juillet",
    "juli",
    "julho",
    "luglio",
    "august",
    "agosto",
    "ao\u{fb}t",
    "augustus",
    "september",
    "septiembre",
    "setiembre",
    "septembre",
    "setembro",
    "settembre",
    "october",
    "octubre",
    "octobre",
    "oktober",
    "outubro",
    "ottobre",
    "november",
    "noviembre",
    "novembre",
    "novembro",
    "december",
    "diciembre",
    "d\u{e9}cembre",
    "dezember",
    "dezembro",
    "dicembre",
    "j\u{e4}nner",
    "fevrier",
    "decembre",
    "aout",
    "marco",
];

/// Number of the month that a word names, abbreviated or in full.
pub(crate) fn month_named(word: &str) -> Option<u8> {
    if word.len() < 3 || word.len() > 16 {
        return None;
    }
    let word = word.strip_suffix('.').unwrap_or(word);
    if let Some(month) = english_month(word.as_bytes()) {
        return Some(month);
    }
    let lower = word.to_lowercase();
    if let Some((_, month)) = MONTHS.iter().find(|(name, _)| *name == lower) {
        return Some(*month);
    }
    if !FULL_MONTHS.contains(&lower.as_str()) {
        return None;
    }
    // The longer beginnings (`juin`, `juil`) are there for the French ones that share three letters.
    MONTHS
        .iter()
        .filter(|(name, _)| lower.starts_with(name))
        .max_by_key(|(name, _)| name.len())
        .map(|(_, month)| *month)
}

/// English three-letter abbreviations, the common case, without allocation.
fn english_month(word: &[u8]) -> Option<u8> {
    let [a, b, c] = *word else { return None };
    match &[a | 0x20, b | 0x20, c | 0x20] {
        b"jan" => Some(1),
        b"feb" => Some(2),
        b"mar" => Some(3),
        b"apr" => Some(4),
        b"may" => Some(5),
        b"jun" => Some(6),
        b"jul" => Some(7),
        b"aug" => Some(8),
        b"sep" => Some(9),
        b"oct" => Some(10),
        b"nov" => Some(11),
        b"dec" => Some(12),
        _ => None,
    }
}

/// Whether a word is an English weekday, abbreviated or in full.
pub(crate) fn is_weekday(word: &str) -> bool {
    let word = word.strip_suffix('.').unwrap_or(word);
    word.len() >= 3
        && word.is_ascii()
        && marey_core::WEEKDAY_NAMES.iter().any(|day| {
            day.get(..word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(word))
        })
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, NaiveDate, Weekday};

    use super::*;

    #[test]
    fn days_agree_with_chrono() {
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a date");
        let mut date = NaiveDate::from_ymd_opt(1583, 1, 1).expect("a date");
        while date.year() < 2300 {
            let days = days_from_civil(date.year(), date.month() as u8, date.day() as u8);
            assert_eq!(i64::from(days), (date - epoch).num_days(), "{date}");
            date += chrono::Duration::days(13);
        }
    }

    #[test]
    fn iso_weeks_agree_with_chrono() {
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a date");
        for year in 1990..2040 {
            for week in [1u8, 20, 52] {
                let monday = NaiveDate::from_isoywd_opt(year, u32::from(week), Weekday::Mon).expect("a week");
                assert_eq!(
                    i64::from(days_of_iso_week(year, week, 1)),
                    (monday - epoch).num_days()
                );
            }
        }
    }

    #[test]
    fn months_by_name() {
        for (word, month) in [
            ("Jan", Some(1)),
            ("JUNE", Some(6)),
            ("juillet", Some(7)),
            ("juin", Some(6)),
            ("m\u{e4}rz", Some(3)),
            ("Sept.", Some(9)),
            ("enero", Some(1)),
            ("dezembro", Some(12)),
            ("Marble", None),
            ("Ma", None),
            ("", None),
        ] {
            assert_eq!(month_named(word), month, "{word}");
        }
        assert!(FULL_MONTHS.iter().all(|name| month_named(name).is_some()));
    }

    #[test]
    fn weekdays() {
        assert!(is_weekday("Mon") && is_weekday("tuesday") && is_weekday("Thurs"));
        assert!(!is_weekday("Mo") && !is_weekday("Money") && !is_weekday("mondays"));
    }
}
