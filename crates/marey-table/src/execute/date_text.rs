//! Dates in text: what JavaScript's `Date.parse` accepts, and how it writes a date.

use super::calendar::{self, Parts};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// A date as `Date.prototype.toString` writes it, in UTC.
pub(crate) fn javascript(time: f64) -> String {
    let Some(parts) = Parts::of(time) else {
        return "Invalid Date".into();
    };
    let name = |names: &[&'static str], index: i64| {
        usize::try_from(index)
            .ok()
            .and_then(|index| names.get(index).copied())
            .unwrap_or_default()
    };
    let year = if parts.year < 0 {
        format!("-{:06}", -parts.year)
    } else {
        format!("{:04}", parts.year)
    };
    format!(
        "{} {} {:02} {year} {:02}:{:02}:{:02} GMT+0000 (Coordinated Universal Time)",
        name(&WEEKDAYS, parts.weekday),
        name(&MONTHS, parts.month),
        parts.date,
        parts.hours,
        parts.minutes,
        parts.seconds
    )
}

/// Milliseconds since 1970 of a date in text, NaN where it is none.
///
/// ISO 8601 (`2010`, `2010-02`, `2010-02-03T04:05:06.7Z`) is read as ECMA-262 says; beside it the
/// loose forms engines agree on: month names in any place (`Jan 5 2010`, `5 January 2010 10:00 PM`),
/// `month/day/year` and `year/month/day`, and offsets such as `+0200` and `GMT`. Times without an
/// offset are UTC.
pub(crate) fn parse(text: &str) -> f64 {
    let text = text.trim();
    if text.is_empty() || !text.is_ascii() {
        return f64::NAN;
    }
    iso(text).or_else(|| loose(text)).unwrap_or(f64::NAN)
}

/// A reader of digits and signs from the left.
struct Digits<'a>(&'a str);

impl Digits<'_> {
    fn take(&mut self, expected: char) -> Option<()> {
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    fn number(&mut self, digits: usize) -> Option<f64> {
        let head = self.0.get(..digits)?;
        if !head.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.0 = self.0.get(digits..)?;
        head.parse().ok()
    }
}

fn iso(text: &str) -> Option<f64> {
    let mut rest = Digits(text);
    let year = match text.as_bytes().first()? {
        b'+' => rest.take('+').and_then(|()| rest.number(6))?,
        b'-' => -rest.take('-').and_then(|()| rest.number(6))?,
        _ => rest.number(4)?,
    };
    let mut month = 1.0;
    let mut date = 1.0;
    if rest.take('-').is_some() {
        month = rest.number(2)?;
        if rest.take('-').is_some() {
            date = rest.number(2)?;
        }
    }
    let (time, offset) = if rest.take('T').is_some() || rest.take(' ').is_some() {
        iso_time(&mut rest)?
    } else {
        (0.0, 0.0)
    };
    let in_range = (1.0..=12.0).contains(&month) && (1.0..=31.0).contains(&date);
    if !rest.0.is_empty() || !in_range {
        return None;
    }
    let day = calendar::time_of([year, month - 1.0, date, 0.0, 0.0, 0.0, 0.0]);
    Some(day + time - offset)
}

/// Time of day and offset from UTC, both in milliseconds.
fn iso_time(rest: &mut Digits<'_>) -> Option<(f64, f64)> {
    let hours = rest.number(2)?;
    rest.take(':')?;
    let minutes = rest.number(2)?;
    let mut seconds = 0.0;
    if rest.take(':').is_some() {
        seconds = rest.number(2)?;
        if rest.take('.').is_some() {
            let digits = rest.0.bytes().take_while(u8::is_ascii_digit).count();
            let fraction: f64 = format!("0.{}", rest.0.get(..digits)?).parse().ok()?;
            rest.0 = rest.0.get(digits..)?;
            seconds += (fraction * 1000.0).floor() / 1000.0;
        }
    }
    if hours > 24.0 || minutes > 59.0 || seconds >= 60.0 {
        return None;
    }
    let time = hours * 3_600_000.0 + minutes * 60_000.0 + (seconds * 1000.0).round();
    Some((time, offset(rest)?))
}

fn offset(rest: &mut Digits<'_>) -> Option<f64> {
    if rest.take('Z').is_some() {
        return Some(0.0);
    }
    let sign = if rest.take('+').is_some() {
        1.0
    } else if rest.take('-').is_some() {
        -1.0
    } else {
        return Some(0.0);
    };
    let hours = rest.number(2)?;
    let _ = rest.take(':');
    let minutes = if rest.0.is_empty() { 0.0 } else { rest.number(2)? };
    Some(sign * (hours * 3_600_000.0 + minutes * 60_000.0))
}

/// What a loose date has been found to hold so far.
#[derive(Default)]
struct Loose {
    numbers: Vec<f64>,
    month: Option<f64>,
    time: Option<f64>,
    offset: f64,
    afternoon: Option<bool>,
    year_first: bool,
}

fn loose(text: &str) -> Option<f64> {
    let mut found = Loose::default();
    for word in text
        .split([' ', ',', '/', '-', '(', ')'])
        .filter(|word| !word.is_empty())
    {
        found.word(word)?;
    }
    // A sign before four digits behind a time is an offset, which the split above has cut.
    if let (Some(_), Some(position)) = (found.time, text.rfind(['+', '-']))
        && text.get(..position).is_some_and(|head| head.contains(':'))
    {
        let mut rest = Digits(text.get(position..)?.split(' ').next().unwrap_or_default());
        found.offset = offset(&mut rest)?;
        if text.as_bytes().get(position) == Some(&b'-') {
            found.numbers.pop();
        }
    }
    found.time_value()
}

impl Loose {
    fn word(&mut self, word: &str) -> Option<()> {
        if word.contains(':') {
            self.clock(word)
        } else if word.bytes().all(|byte| byte.is_ascii_digit()) {
            if self.numbers.is_empty() && self.month.is_none() {
                self.year_first = word.len() == 4;
            }
            self.numbers.push(word.parse().ok()?);
            Some(())
        } else {
            self.name(word)
        }
    }

    fn clock(&mut self, word: &str) -> Option<()> {
        let word = word.split(['+', 'Z']).next()?;
        let mut time = 0.0;
        let mut unit = 3_600_000.0;
        for part in word.split(':') {
            time += part.parse::<f64>().ok().filter(|part| *part >= 0.0)? * unit;
            unit /= 60.0;
        }
        self.time = Some(time.floor());
        Some(())
    }

    fn name(&mut self, word: &str) -> Option<()> {
        let starts = |names: &[&str]| {
            let head = word.get(..3)?;
            names.iter().position(|name| name.eq_ignore_ascii_case(head))
        };
        let word_lower = word.trim_end_matches('.').to_ascii_lowercase();
        match word_lower.as_str() {
            "am" => self.afternoon = Some(false),
            "pm" => self.afternoon = Some(true),
            "gmt" | "utc" | "z" => {}
            _ if word_lower.starts_with("gmt+") => {}
            _ => match (starts(&MONTHS), starts(&WEEKDAYS)) {
                (Some(month), _) => self.month = Some(month as f64),
                (None, Some(_)) => {}
                (None, None) => return None,
            },
        }
        Some(())
    }

    fn time_value(&self) -> Option<f64> {
        let (year, month, date) = match (self.month, self.numbers.as_slice()) {
            (Some(month), [year]) if *year > 31.0 => (*year, month, 1.0),
            (Some(month), [date]) => (2001.0, month, *date),
            (Some(month), [year, date]) if self.year_first => (*year, month, *date),
            (Some(month), [date, year]) => (*year, month, *date),
            (None, [year, month, date]) if self.year_first => (*year, *month - 1.0, *date),
            (None, [month, date, year]) => (*year, *month - 1.0, *date),
            (None, [year, month]) if self.year_first => (*year, *month - 1.0, 1.0),
            _ => return None,
        };
        if !(0.0..12.0).contains(&month) || !(1.0..=31.0).contains(&date) {
            return None;
        }
        let year = match year {
            year if year < 50.0 => year + 2000.0,
            year if year < 100.0 => year + 1900.0,
            year => year,
        };
        let half_day = match (self.afternoon, self.time.unwrap_or(0.0) >= 43_200_000.0) {
            (Some(true), false) => 43_200_000.0,
            (Some(false), true) => -43_200_000.0,
            _ => 0.0,
        };
        let day = calendar::time_of([year, month, date, 0.0, 0.0, 0.0, 0.0]);
        Some(day + self.time.unwrap_or(0.0) + half_day - self.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values are `new Date(Date.parse(text)).toISOString()` in Node 20 with TZ=UTC.
    #[test]
    fn dates_are_read_as_javascript_reads_them() {
        for (text, expected) in [
            ("2010", "2010-01-01T00:00:00.000Z"),
            ("2010-02", "2010-02-01T00:00:00.000Z"),
            ("2010-02-03", "2010-02-03T00:00:00.000Z"),
            ("2010-02-03T04:05", "2010-02-03T04:05:00.000Z"),
            ("2010-02-03 04:05:06", "2010-02-03T04:05:06.000Z"),
            ("2010-02-03T04:05:06.789+02:00", "2010-02-03T02:05:06.789Z"),
            ("Jan 5 2010", "2010-01-05T00:00:00.000Z"),
            ("5 January 2010 10:00 PM", "2010-01-05T22:00:00.000Z"),
            ("Mon, 04 Jan 2010 12:30:00 GMT", "2010-01-04T12:30:00.000Z"),
            ("Mon Jan 04 2010 12:30:00 GMT+0200", "2010-01-04T10:30:00.000Z"),
            ("1/31/2010", "2010-01-31T00:00:00.000Z"),
            ("2010/1/31 5:06", "2010-01-31T05:06:00.000Z"),
            ("Dec 1 99", "1999-12-01T00:00:00.000Z"),
        ] {
            assert_eq!(calendar::iso(parse(text)).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "hello", "2010-13-01", "31/31/2010", "12:30", "ä"] {
            assert!(parse(text).is_nan(), "{text}");
        }
    }

    #[test]
    fn dates_are_written_as_javascript_writes_them() {
        assert_eq!(
            javascript(1_262_606_400_000.0),
            "Mon Jan 04 2010 12:00:00 GMT+0000 (Coordinated Universal Time)"
        );
        assert_eq!(javascript(f64::NAN), "Invalid Date");
    }
}
