//! Times as text: the directives of d3-time-format, in UTC and English.

use marey_core::{MONTH_NAMES, WEEKDAY_NAMES};

use crate::scale::{Civil, Interval, TimeUnitOf, interval::DAY};

/// A way to write instants.
///
/// ```
/// use marey_render::format::TimeFormat;
///
/// assert_eq!(TimeFormat::new("%-d %b %Y").format(0.0), "1 Jan 1970");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeFormat {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Directive { letter: char, pad: Option<char> },
}

impl TimeFormat {
    /// The format of a specifier; what is no directive is written as it stands.
    pub fn new(specifier: &str) -> Self {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut chars = specifier.chars();
        while let Some(c) = chars.next() {
            if c != '%' {
                text.push(c);
                continue;
            }
            let Some(mut letter) = chars.next() else { break };
            let mut pad = if letter == 'e' { Some(' ') } else { Some('0') };
            if let Some(chosen) = padding(letter) {
                pad = chosen;
                let Some(next) = chars.next() else { break };
                letter = next;
            }
            for piece in expand(letter, pad) {
                match piece {
                    Piece::Text(more) => text.push_str(&more),
                    directive => {
                        if !text.is_empty() {
                            pieces.push(Piece::Text(std::mem::take(&mut text)));
                        }
                        pieces.push(directive);
                    }
                }
            }
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        Self { pieces }
    }

    /// The text of an instant in milliseconds since 1970; empty for NaN and what no calendar reaches.
    pub fn format(&self, instant: f64) -> String {
        let Some(civil) = Civil::of(instant) else {
            return String::new();
        };
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Directive { letter, pad } => write_directive(&mut out, *letter, *pad, civil, instant),
            }
        }
        out
    }
}

/// What pads numbers after `%-`, `%_` and `%0`.
fn padding(modifier: char) -> Option<Option<char>> {
    match modifier {
        '-' => Some(None),
        '_' => Some(Some(' ')),
        '0' => Some(Some('0')),
        _ => None,
    }
}

/// The composite directives, spelled out; others stay, unknown ones are their own letter.
fn expand(letter: char, pad: Option<char>) -> Vec<Piece> {
    match letter {
        'c' => TimeFormat::new("%x, %X").pieces,
        'x' => TimeFormat::new("%-m/%-d/%Y").pieces,
        'X' => TimeFormat::new("%-I:%M:%S %p").pieces,
        '%' => vec![Piece::Text("%".to_owned())],
        letter if "aAbBdefgGHIjLmMpqQsSuUVwWyYZ".contains(letter) => {
            vec![Piece::Directive { letter, pad }]
        }
        letter => vec![Piece::Text(letter.to_string())],
    }
}

fn write_directive(out: &mut String, letter: char, pad: Option<char>, t: Civil, instant: f64) {
    let weekday = t.weekday();
    match letter {
        'a' => out.push_str(&WEEKDAY_NAMES[weekday as usize % 7][..3]),
        'A' => out.push_str(WEEKDAY_NAMES[weekday as usize % 7]),
        'b' => out.push_str(&month_name(t)[..3]),
        'B' => out.push_str(month_name(t)),
        'd' | 'e' => number(out, t.day.into(), pad, 2),
        'f' => {
            number(out, t.millisecond.into(), pad, 3);
            out.push_str("000");
        }
        'g' => number(out, iso_year(instant) % 100, pad, 2),
        'G' => number(out, iso_year(instant) % 10_000, pad, 4),
        'H' => number(out, t.hour.into(), pad, 2),
        'I' => number(out, i64::from((t.hour + 11) % 12 + 1), pad, 2),
        'j' => number(out, t.day_of_year().into(), pad, 3),
        'L' => number(out, t.millisecond.into(), pad, 3),
        'm' => number(out, t.month.into(), pad, 2),
        'M' => number(out, t.minute.into(), pad, 2),
        'p' => out.push_str(if t.hour >= 12 { "PM" } else { "AM" }),
        'q' => number(out, i64::from((t.month - 1) / 3 + 1), None, 1),
        'Q' => number(out, instant.floor() as i64, None, 1),
        's' => number(out, (instant / 1000.0).floor() as i64, None, 1),
        'S' => number(out, t.second.into(), pad, 2),
        'u' => number(out, i64::from((weekday + 6) % 7 + 1), None, 1),
        'U' => number(out, i64::from((t.day_of_year() + 6 - weekday) / 7), pad, 2),
        'V' => number(out, iso_week(instant), pad, 2),
        'w' => number(out, weekday.into(), None, 1),
        'W' => number(
            out,
            i64::from((t.day_of_year() + 6 - (weekday + 6) % 7) / 7),
            pad,
            2,
        ),
        'y' => number(out, t.year % 100, pad, 2),
        'Y' => number(out, t.year % 10_000, pad, 4),
        _ => out.push_str("+0000"),
    }
}

fn month_name(t: Civil) -> &'static str {
    MONTH_NAMES[(t.month as usize + 11) % 12]
}

fn number(out: &mut String, value: i64, pad: Option<char>, width: usize) {
    if value < 0 {
        out.push('-');
    }
    let digits = value.unsigned_abs().to_string();
    if let Some(fill) = pad {
        out.extend(std::iter::repeat_n(fill, width.saturating_sub(digits.len())));
    }
    out.push_str(&digits);
}

/// The Thursday of an instant's week (Monday to Sunday), which decides the ISO year and week.
fn iso_thursday(instant: f64) -> Option<Civil> {
    let from_monday = f64::from((Civil::of(instant)?.weekday() + 6) % 7);
    Civil::of(instant + (3.0 - from_monday) * DAY)
}

fn iso_year(instant: f64) -> i64 {
    iso_thursday(instant).map_or(0, |thursday| thursday.year)
}

fn iso_week(instant: f64) -> i64 {
    iso_thursday(instant).map_or(0, |thursday| i64::from((thursday.day_of_year() - 1) / 7 + 1))
}

/// The text of an instant by the largest unit of the calendar that it begins: a year as `2024`, a month
/// as `March`, a week as `Mar 03`, a day as `Tue 05`, then `06 PM`, `06:30`, `:15`, `.250`.
pub fn multi_time(instant: f64) -> String {
    let inside = |unit| Interval::every(unit, 1).floor(instant) < instant;
    let specifier = if inside(TimeUnitOf::Second) {
        ".%L"
    } else if inside(TimeUnitOf::Minute) {
        ":%S"
    } else if inside(TimeUnitOf::Hour) {
        "%I:%M"
    } else if inside(TimeUnitOf::Day) {
        "%I %p"
    } else if inside(TimeUnitOf::Month) {
        if inside(TimeUnitOf::Week) {
            "%a %d"
        } else {
            "%b %d"
        }
    } else if inside(TimeUnitOf::Year) {
        "%B"
    } else {
        "%Y"
    };
    TimeFormat::new(specifier).format(instant)
}
