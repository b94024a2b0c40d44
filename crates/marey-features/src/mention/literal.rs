//! [`Literal`]: numbers, dates and quotations of a request.

use std::ops::Range;

use marey_core::MONTH_NAMES;

use crate::request::{Request, Word, WordFlags};

/// A run of words that stands for a value of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Literal {
    /// Positions of the words in the request.
    pub words: Range<usize>,
    /// The value.
    pub value: LiteralValue,
}

/// A value that a request spells out.
#[derive(Debug, Clone, PartialEq)]
pub enum LiteralValue {
    /// A finite number; factors behind it are taken in (`5 million`, `20k`).
    Number(f64),
    /// A day or month after ISO 8601 (`2010-01-31`, `2010-01`) where the text says which it is, else
    /// the text (`1/2/2010`).
    Date(String),
    /// The words of a quotation, as they are written.
    Text(String),
}

/// The literals of a request, in order.
pub(super) fn literals(request: &Request) -> Vec<Literal> {
    let words = &request.words;
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let literal = quotation(request, at)
            .or_else(|| date(words, at))
            .or_else(|| number(words, at));
        match literal {
            Some(literal) => {
                at = literal.words.end;
                found.push(literal);
            }
            None => at += 1,
        }
    }
    found
}

fn quotation(request: &Request, at: usize) -> Option<Literal> {
    let quoted = |word: &&Word| word.flags.contains(WordFlags::QUOTED);
    let len = request.words[at..].iter().take_while(quoted).count();
    let last = request.words.get((at + len).checked_sub(1)?)?;
    (len > 0).then(|| Literal {
        words: at..at + len,
        value: LiteralValue::Text(request.text[request.words[at].span.start..last.span.end].to_owned()),
    })
}

fn date(words: &[Word], at: usize) -> Option<Literal> {
    let literal = |len: usize, text: String| Literal {
        words: at..at + len,
        value: LiteralValue::Date(text),
    };
    let word = &words[at];
    if word.number.is_none()
        && word.flags.contains(WordFlags::DATE)
        && word.surface.starts_with(|c: char| c.is_ascii_digit())
    {
        return Some(literal(
            1,
            iso_date(&word.surface).unwrap_or_else(|| word.surface.clone()),
        ));
    }
    // "January 2010", "January 31, 2010", "31 January 2010".
    let whole = |at: usize, most: f64| {
        let number = words.get(at)?.number?;
        (number.fract() == 0.0 && number >= 1.0 && number <= most).then_some(number as u32)
    };
    let year = |at: usize| {
        let is_year = words.get(at)?.flags.contains(WordFlags::YEAR);
        is_year
            .then(|| words[at].number)
            .flatten()
            .map(|year| year as u32)
    };
    if let Some(month) = month(word) {
        if let Some(year) = year(at + 1) {
            return Some(literal(2, format!("{year:04}-{month:02}")));
        }
        if let (Some(day), Some(year)) = (whole(at + 1, 31.0), year(at + 2)) {
            return Some(literal(3, format!("{year:04}-{month:02}-{day:02}")));
        }
    }
    if let (Some(day), Some(month), Some(year)) =
        (whole(at, 31.0), words.get(at + 1).and_then(month), year(at + 2))
    {
        return Some(literal(3, format!("{year:04}-{month:02}-{day:02}")));
    }
    None
}

/// The month that a word names, from 1; three letters or the whole name.
fn month(word: &Word) -> Option<usize> {
    let name = word.forms.folded.as_str();
    let fits = |month: &&str| {
        let month = month.to_ascii_lowercase();
        name == month || (name.len() == 3 && month.starts_with(name))
    };
    MONTH_NAMES.iter().position(fits).map(|at| at + 1)
}

/// A date in figures after ISO 8601, if it can only be read in one way.
fn iso_date(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let number = |part: &str| part.parse::<u32>().ok();
    match parts.as_slice() {
        [year, month] if year.len() == 4 => {
            let month = number(month).filter(|month| (1..=12).contains(month))?;
            Some(format!("{year}-{month:02}"))
        }
        [year, month, day] if year.len() == 4 => day_of(year, number(month)?, number(day)?),
        [first, second, year] if year.len() == 4 => {
            let (first, second) = (number(first)?, number(second)?);
            if first > 12 || text.contains('.') || first == second {
                day_of(year, second, first)
            } else if second > 12 {
                day_of(year, first, second)
            } else {
                None
            }
        }
        _ => None,
    }
}

fn day_of(year: &str, month: u32, day: u32) -> Option<String> {
    let is_valid = (1..=12).contains(&month) && (1..=31).contains(&day);
    is_valid.then(|| format!("{year}-{month:02}-{day:02}"))
}

fn number(words: &[Word], at: usize) -> Option<Literal> {
    let mut value = words[at].number?;
    let mut end = at + 1;
    if let Some(factor) = words.get(end).and_then(factor) {
        value *= factor;
        end += 1;
    }
    value.is_finite().then_some(Literal {
        words: at..end,
        value: LiteralValue::Number(value),
    })
}

fn factor(word: &Word) -> Option<f64> {
    Some(match word.forms.folded.as_str() {
        "k" | "thousand" => 1e3,
        "m" | "mn" | "million" => 1e6,
        "bn" | "billion" => 1e9,
        "hundred" => 1e2,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_read() {
        let check = |text: &str, expected: &[LiteralValue]| {
            let request = Request::parse(text);
            let found: Vec<LiteralValue> = literals(&request)
                .into_iter()
                .map(|literal| literal.value)
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        let date = |text: &str| LiteralValue::Date(text.into());
        let number = LiteralValue::Number;
        check("over 5 million or 20k", &[number(5e6), number(2e4)]);
        check("above -3.5 and 1,000", &[number(-3.5), number(1000.0)]);
        check("in January 2010", &[date("2010-01")]);
        check("on Jan 31, 2010", &[date("2010-01-31")]);
        check("31 january 2010", &[date("2010-01-31")]);
        check("2010-1-31", &[date("2010-01-31")]);
        check("13/1/2010 1/2/2010", &[date("2010-01-13"), date("1/2/2010")]);
        check("may 2010 in march", &[date("2010-05")]);
        check(
            "is 'New York' in 1998",
            &[LiteralValue::Text("New York".into()), number(1998.0)],
        );
    }
}
