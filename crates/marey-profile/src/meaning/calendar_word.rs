//! Months and days of the week by name, in six languages.

use marey_core::{MONTH_NAMES, WEEKDAY_NAMES, fold_name};

/// Twelve names each, folded, in Spanish, Portuguese, French, Italian and German; short forms of
/// three and four letters in Spanish, Portuguese, French and German.
const MONTHS: [&str; 9] = [
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januar februar marz april mai juni juli august september oktober november dezember",
    "ene feb mar abr may jun jul ago set oct nov dic",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "janv fevr mars avr mai juin juil aout sept oct nov dec",
    "jan feb mrz apr mai jun jul aug sep okt nov dez",
];

/// Seven names each from Monday on.
const WEEKDAYS: [&str; 8] = [
    "lunes martes miercoles jueves viernes sabado domingo",
    "segunda terca quarta quinta sexta sabado domingo",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunedi martedi mercoledi giovedi venerdi sabato domenica",
    "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "lun mar mie jue vie sab dom",
    "mo di mi do fr sa so",
    "mon tues wednes thurs fri satur sun",
];

/// Place of a month in the year, 0 to 11.
pub(super) fn month(text: &str) -> Option<u16> {
    let word = single_word(text)?;
    english(&word, &MONTH_NAMES)
        .or_else(|| named(&word, &MONTHS))
        .or_else(|| (word == "sept").then_some(8))
}

/// Place of a day in the week, from Monday, 0 to 6.
pub(super) fn weekday(text: &str) -> Option<u16> {
    let folded = single_word(text)?;
    let word = folded.strip_suffix(" feira").unwrap_or(&folded);
    // The list starts on Sunday.
    english(word, &WEEKDAY_NAMES)
        .map(|from_sunday| (from_sunday + 6) % 7)
        .or_else(|| named(word, &WEEKDAYS))
        .or_else(|| (word == "thur").then_some(3))
}

/// The folded text, if it is short enough for a name; longer texts are no names, and most are.
fn single_word(text: &str) -> Option<String> {
    (text.len() <= 24).then(|| fold_name(text))
}

/// A full English name, or its first three letters.
fn english(word: &str, names: &[&str]) -> Option<u16> {
    let fits = |name: &&str| {
        name.eq_ignore_ascii_case(word)
            || name
                .get(..3)
                .is_some_and(|short| short.eq_ignore_ascii_case(word))
    };
    names.iter().position(fits).map(|place| place as u16)
}

fn named(word: &str, languages: &[&str]) -> Option<u16> {
    languages
        .iter()
        .find_map(|names| names.split(' ').position(|name| name == word))
        .map(|place| place as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_their_place_in_every_language() {
        let months = [
            ("Sept.", Some(8)),
            ("MAY", Some(4)),
            ("december", Some(11)),
            ("Août", Some(7)),
            ("Março", Some(2)),
            ("März", Some(2)),
            ("setembro", Some(8)),
            ("dic", Some(11)),
            ("mayor", None),
            ("", None),
        ];
        for (text, place) in months {
            assert_eq!(month(text), place, "{text}");
        }
        let days = [
            ("Mon", Some(0)),
            ("Sunday", Some(6)),
            ("Thurs", Some(3)),
            ("Tues.", Some(1)),
            ("Miércoles", Some(2)),
            ("Segunda-feira", Some(0)),
            ("Mittwoch", Some(2)),
            ("someday", None),
        ];
        for (text, place) in days {
            assert_eq!(weekday(text), place, "{text}");
        }
    }

    #[test]
    fn every_language_has_all_names() {
        assert!(MONTHS.iter().all(|names| names.split(' ').count() == 12));
        assert!(WEEKDAYS.iter().all(|names| names.split(' ').count() == 7));
    }
}
