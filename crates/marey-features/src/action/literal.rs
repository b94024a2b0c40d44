//! Literals as pointers: how what a request spells becomes a value of a column's type.

use marey_core::{
    PhysicalType,
    spec::{JsonMap, Literal},
};
use serde_json::json;

use super::{Scope, ScopeColumn, scope::MAX_SPAN, token::NUMBERS};

/// A literal of a condition or limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LiteralRef {
    /// A cell in scope.
    Value(usize),
    /// Words of the request: the first and how many.
    Span(usize, usize),
    /// A small number.
    Number(u8),
    /// A truth value.
    Truth(bool),
}

/// What a span of a request reads as.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) text: String,
    pub(super) number: Option<f64>,
    pub(super) date: Option<JsonMap>,
}

/// Longest span that is a literal, in bytes: no cell that a person asks for is longer, and the patterns that parts
/// of texts become must stay small.
const MAX_BYTES: usize = 256;

/// Reads a span as text without the quotation marks around it, as a number and as a date; one that is too long
/// reads as nothing.
pub(super) fn read(span: &str) -> Reading {
    let span = if span.len() > MAX_BYTES { "" } else { span };
    let text = span
        .trim_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '"' | '\'' | '“' | '”' | '‘' | '’' | '`' | '«' | '»' | ',' | ';'
                )
        })
        .trim_end_matches(['.', '?', '!'])
        .to_owned();
    Reading {
        number: number(&text),
        date: date(&text),
        text,
    }
}

const NUMBER_WORDS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

fn number(text: &str) -> Option<f64> {
    let lower = text.to_lowercase();
    if let Some(at) = NUMBER_WORDS.iter().position(|word| *word == lower) {
        return Some(at as f64);
    }
    let plain = text.trim_start_matches(['$', '€', '£']).trim_end_matches('%');
    let starts = plain
        .trim_start_matches(['-', '+'])
        .starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let (body, scale) = match plain.chars().last() {
        Some('k' | 'K') => (&plain[..plain.len() - 1], 1e3),
        Some('m' | 'M') => (&plain[..plain.len() - 1], 1e6),
        _ => (plain, 1.0),
    };
    if !starts {
        return None;
    }
    let grouped = body.contains(',') && is_grouped(body);
    let digits = if grouped {
        body.replace(',', "")
    } else {
        body.to_owned()
    };
    let value: f64 = digits.parse().ok()?;
    (value * scale).is_finite().then_some(value * scale)
}

/// Whether commas stand between groups of three digits.
fn is_grouped(body: &str) -> bool {
    let whole = body.split('.').next().unwrap_or_default();
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    first && groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()))
}

/// `2018-03-17`, perhaps with a time of day, or a year, as the grammar's date.
fn date(text: &str) -> Option<JsonMap> {
    if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        let year: i64 = text.parse().ok()?;
        return Some(JsonMap::from_iter([("year".to_owned(), json!(year))]));
    }
    let mut parts = text.trim().splitn(2, [' ', 'T']);
    let mut numbers = parts
        .next()?
        .split(['-', '/'])
        .map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let plausible = numbers.next().is_none()
        && (1000..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day);
    if !plausible {
        return None;
    }
    let mut date = JsonMap::from_iter([
        ("year".to_owned(), json!(year)),
        ("month".to_owned(), json!(month)),
        ("date".to_owned(), json!(day)),
    ]);
    let mut times = parts.next().unwrap_or_default().split(':').map(str::trim);
    for (unit, below) in [("hours", 24.0), ("minutes", 60.0), ("seconds", 61.0)] {
        let Some(part) = times.next().filter(|part| !part.is_empty()) else {
            break;
        };
        let value: f64 = part.parse().ok().filter(|value| (0.0..below).contains(value))?;
        if value != 0.0 {
            let whole = value.fract() == 0.0;
            date.insert(
                unit.to_owned(),
                if whole { json!(value as i64) } else { json!(value) },
            );
        }
    }
    Some(date)
}

impl Reading {
    /// The reading as a value of a column; none where it does not read as one.
    fn as_value_of(&self, column: &ScopeColumn) -> Option<Literal> {
        match column.physical {
            PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal => {
                self.number.map(Literal::Number)
            }
            PhysicalType::Date | PhysicalType::Timestamp => self.date.clone().map(Literal::DateTime),
            PhysicalType::Text => (!self.text.is_empty()).then(|| Literal::Text(self.text.clone())),
            PhysicalType::Boolean => match self.text.to_lowercase().as_str() {
                "true" | "yes" => Some(Literal::Bool(true)),
                "false" | "no" => Some(Literal::Bool(false)),
                _ => None,
            },
            PhysicalType::Time | PhysicalType::Empty => None,
        }
    }
}

impl Scope {
    /// The value of a column that a pointer stands for; none where it stands for none.
    pub fn literal(&self, column: usize, of: LiteralRef) -> Option<Literal> {
        let own = self.columns().get(column)?;
        match of {
            LiteralRef::Value(at) => {
                let value = self.values().get(at).filter(|value| value.column == column)?;
                Some(value.literal.clone())
            }
            LiteralRef::Span(start, length) => self.reading(start, length)?.as_value_of(own),
            LiteralRef::Number(number) => own.is_number().then_some(Literal::Number(f64::from(number))),
            LiteralRef::Truth(truth) => {
                (own.physical == PhysicalType::Boolean).then_some(Literal::Bool(truth))
            }
        }
    }

    /// The text of a span, for a part of a text that is looked for.
    pub(super) fn part(&self, of: LiteralRef) -> Option<&str> {
        match of {
            LiteralRef::Span(start, length) => self
                .reading(start, length)
                .map(|reading| reading.text.as_str())
                .filter(|text| !text.is_empty()),
            LiteralRef::Value(at) => match &self.values().get(at)?.literal {
                Literal::Text(text) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// How many a pointer says, from 1 to a thousand.
    pub(super) fn number_of_rows(&self, of: LiteralRef) -> Option<u32> {
        let number = match of {
            LiteralRef::Span(start, 1) => self.reading(start, 1)?.number?,
            LiteralRef::Number(number) => f64::from(number),
            _ => return None,
        };
        (number.fract() == 0.0 && (1.0..=1000.0).contains(&number)).then_some(number as u32)
    }

    /// The pointer that stands for a value of a column: a cell, else the first span, else a number.
    pub(super) fn point_to(&self, column: usize, wanted: &Literal) -> Option<LiteralRef> {
        let matches = |of: &LiteralRef| self.literal(column, *of).as_ref() == Some(wanted);
        self.pointers().find(matches)
    }

    /// The pointer to a part that texts of a column are searched for.
    pub(super) fn point_to_part(&self, column: usize, wanted: &str) -> Option<LiteralRef> {
        let own = |of: &LiteralRef| match of {
            LiteralRef::Value(at) => self.values()[*at].column == column,
            _ => true,
        };
        self.pointers()
            .filter(own)
            .find(|of| self.part(*of) == Some(wanted))
    }

    /// The pointer that says how many.
    pub(super) fn point_to_rows(&self, wanted: u32) -> Option<LiteralRef> {
        self.pointers()
            .find(|of| self.number_of_rows(*of) == Some(wanted))
    }

    /// Every pointer to a literal, cells first.
    fn pointers(&self) -> impl Iterator<Item = LiteralRef> + '_ {
        let values = (0..self.values().len()).map(LiteralRef::Value);
        let spans = (0..self.words().len())
            .flat_map(|start| (1..=MAX_SPAN).map(move |length| LiteralRef::Span(start, length)));
        let truths = [LiteralRef::Truth(true), LiteralRef::Truth(false)];
        values
            .chain(truths)
            .chain(spans)
            .chain(NUMBERS.map(LiteralRef::Number))
    }

    /// Where in the request a pointer stands, for an order of conditions; last where nowhere.
    pub(super) fn place_of(&self, of: LiteralRef) -> usize {
        match of {
            LiteralRef::Span(start, _) => start,
            LiteralRef::Value(at) => {
                let Some(Literal::Text(text)) = self.values().get(at).map(|value| &value.literal) else {
                    return usize::MAX;
                };
                let found = self.text().to_lowercase().find(&text.to_lowercase());
                found.map_or(usize::MAX, |byte| {
                    self.words()
                        .iter()
                        .position(|word| word.end > byte)
                        .unwrap_or(usize::MAX)
                })
            }
            _ => usize::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_as_numbers_and_dates() {
        for (span, number) in [
            ("8000", Some(8000.0)),
            ("12,500", Some(12500.0)),
            ("$5k", Some(5000.0)),
            ("-3.5", Some(-3.5)),
            ("two", Some(2.0)),
            ("1,2", None),
            ("inf", None),
            ("nan", None),
            ("Rome", None),
            ("", None),
        ] {
            assert_eq!(read(span).number, number, "{span}");
        }
        let day = json!({"year": 1987, "month": 6, "date": 21});
        assert_eq!(
            read("'1987-06-21'").date.map(serde_json::Value::Object),
            Some(day)
        );
        let time = json!({"year": 2013, "month": 8, "date": 29, "hours": 14, "minutes": 5});
        assert_eq!(
            read("2013-08-29 14:05").date.map(serde_json::Value::Object),
            Some(time)
        );
        assert_eq!(read("2013-13-29").date, None);
        assert_eq!(read("\"Sales dept.\"").text, "Sales dept");
        assert_eq!(read(&"1".repeat(300)), read(""));
    }
}
