//! Conditions on values that are in the table.

use chrono::{Datelike, NaiveDate};
use marey_core::PhysicalType;
use marey_features::action::Comparison;
use marey_model::Random;
use marey_profile::{ChartRole, ColumnProfile};

use super::cast::Cast;

/// A column compared with values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Test {
    pub(super) column: usize,
    pub(super) comparison: Comparison,
    pub(super) values: Vec<Quoted>,
    /// Whether the column lacks values somewhere.
    pub(super) lacks_values: bool,
}

/// A value as a condition has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Quoted {
    Text(String),
    Number(f64),
    /// `2018-03-17`, or a year.
    Day(String),
    Truth(bool),
}

/// Longest cell that people spell, in characters.
const LONGEST_CELL: usize = 30;

/// A condition on a column; none where the column gives none.
pub(super) fn test(cast: &Cast<'_>, at: usize, random: &mut Random) -> Option<Test> {
    let column = cast.column(at);
    let (comparison, values) = match (column.advice.role, column.physical_type) {
        _ if column.nulls * 20 > cast.profile.rows && random.below(6) == 0 => presence(random),
        (_, PhysicalType::Boolean) => (Comparison::Equal, vec![Quoted::Truth(random.below(2) == 0)]),
        (ChartRole::Year, _) => years(column, random)?,
        (ChartRole::Time, PhysicalType::Date | PhysicalType::Timestamp) => days(column, random)?,
        (ChartRole::Measure, _) => amounts(column, random)?,
        (_, PhysicalType::Text) => texts(column, random)?,
        _ => return None,
    };
    Some(Test {
        column: at,
        comparison,
        values,
        lacks_values: column.nulls > 0,
    })
}

fn presence(random: &mut Random) -> (Comparison, Vec<Quoted>) {
    let comparison = match random.below(4) {
        0 => Comparison::IsNull,
        _ => Comparison::NotNull,
    };
    (comparison, Vec::new())
}

fn texts(column: &ColumnProfile, random: &mut Random) -> Option<(Comparison, Vec<Quoted>)> {
    let spoken = |cell: &&str| {
        let letters = cell.chars().filter(|letter| letter.is_alphabetic()).count();
        let plain = !cell.contains(['"', '\n', '/', '(', ';', ':']);
        letters > 1 && cell.chars().count() <= LONGEST_CELL && plain && cell.trim() == *cell
    };
    let cells: Vec<&str> = column
        .top
        .iter()
        .map(|top| top.value.as_str())
        .filter(spoken)
        .take(12)
        .collect();
    if cells.is_empty() {
        return None;
    }
    let one = |random: &mut Random| Quoted::Text(cells[random.below(cells.len())].to_owned());
    Some(match random.below(20) {
        0..10 => (Comparison::Equal, vec![one(random)]),
        10..13 if column.distinct.value > 2 => (Comparison::NotEqual, vec![one(random)]),
        13..17 if cells.len() > 3 && column.distinct.value > 3 => {
            let mut order: Vec<usize> = (0..cells.len()).collect();
            random.shuffle(&mut order);
            order.truncate(2 + usize::from(random.below(4) == 0));
            let some = order.iter().map(|at| Quoted::Text(cells[*at].to_owned()));
            (Comparison::In, some.collect())
        }
        17..19 if column.distinct.value > 8 => {
            let part = part_of(cells[random.below(cells.len())], random)?;
            let comparison = match random.below(3) {
                0 => Comparison::StartsWith,
                _ => Comparison::Contains,
            };
            (comparison, vec![Quoted::Text(part)])
        }
        _ => (Comparison::Equal, vec![one(random)]),
    })
}

/// A word of a cell that people may look for: the first, so that it may also begin it.
fn part_of(cell: &str, _: &mut Random) -> Option<String> {
    let word = cell.split_whitespace().next()?;
    let plain = word.chars().all(char::is_alphabetic) && (4..12).contains(&word.chars().count());
    plain.then(|| word.to_lowercase())
}

/// A round number between the quartiles.
fn amounts(column: &ColumnProfile, random: &mut Random) -> Option<(Comparison, Vec<Quoted>)> {
    let numeric = column.numeric.as_ref()?;
    let (low, high) = (numeric.min, numeric.max);
    let within = |share: f64| {
        let spread = numeric.quantiles.p05 + share * (numeric.quantiles.p95 - numeric.quantiles.p05);
        rounded(spread, numeric.integers)
    };
    let number = within(0.15 + 0.7 * random.uniform());
    if !(number > low && number < high) {
        return None;
    }
    let one = vec![Quoted::Number(number)];
    Some(match random.below(10) {
        0..3 => (Comparison::Greater, one),
        3..5 => (Comparison::Less, one),
        5 => (Comparison::GreaterOrEqual, one),
        6 => (Comparison::LessOrEqual, one),
        _ => {
            let (from, to) = (
                within(0.1 + 0.3 * random.uniform()),
                within(0.6 + 0.3 * random.uniform()),
            );
            if from >= to {
                return None;
            }
            (
                Comparison::Between,
                vec![Quoted::Number(from), Quoted::Number(to)],
            )
        }
    })
}

/// A number as people say it: one or two digits that count.
fn rounded(number: f64, integers: bool) -> f64 {
    if number == 0.0 || !number.is_finite() {
        return 0.0;
    }
    let place = number.abs().log10().floor() - 1.0;
    let step = 10f64.powf(if integers { place.max(0.0) } else { place });
    let round = (number / step).round() * step;
    // Powers of ten below one leave traces in the last digits.
    format!("{round:.6}").parse().unwrap_or(round)
}

fn years(column: &ColumnProfile, random: &mut Random) -> Option<(Comparison, Vec<Quoted>)> {
    let numeric = column.numeric.as_ref()?;
    let (low, high) = (numeric.min as i64, numeric.max as i64);
    if high - low < 2 {
        return None;
    }
    let within = |random: &mut Random| low + 1 + random.below((high - low - 1) as usize) as i64;
    let one = |year: i64| vec![Quoted::Number(year as f64)];
    let year = within(random);
    Some(match random.below(10) {
        0..4 => (
            Comparison::Equal,
            one(low + random.below((high - low + 1) as usize) as i64),
        ),
        4 | 5 => (Comparison::GreaterOrEqual, one(year)),
        6 => (Comparison::Greater, one(year)),
        7 => (Comparison::Less, one(year)),
        _ => {
            let other = within(random);
            if other == year {
                return None;
            }
            let (from, to) = (year.min(other), year.max(other));
            let bounds = vec![Quoted::Number(from as f64), Quoted::Number(to as f64)];
            (Comparison::Between, bounds)
        }
    })
}

fn days(column: &ColumnProfile, random: &mut Random) -> Option<(Comparison, Vec<Quoted>)> {
    let temporal = column.temporal.as_ref()?;
    let (low, high) = (temporal.min_ms, temporal.max_ms);
    let within = |share: f64| low + ((high - low) as f64 * share) as i64;
    let day = |ms: i64| civil(ms.div_euclid(86_400_000));
    let spans_years = high - low > 3 * 366 * 86_400_000;
    let text = |ms: i64, random: &mut Random| -> Option<String> {
        let (year, month, date) = day(ms)?;
        Some(match spans_years && random.below(3) > 0 {
            true => year.to_string(),
            false => format!("{year:04}-{month:02}-{date:02}"),
        })
    };
    let share = 0.2 + 0.6 * random.uniform();
    let one = text(within(share), random)?;
    Some(match random.below(4) {
        0 => (Comparison::Less, vec![Quoted::Day(one)]),
        1 if one.len() > 4 => (Comparison::Greater, vec![Quoted::Day(one)]),
        2 => {
            let (from, to) = (
                text(within(share * 0.7), random)?,
                text(within(0.5 + share / 2.0), random)?,
            );
            if from.len() != to.len() || from == to {
                return None;
            }
            (Comparison::Between, vec![Quoted::Day(from), Quoted::Day(to)])
        }
        _ => (Comparison::GreaterOrEqual, vec![Quoted::Day(one)]),
    })
}

/// Year, month and day of a number of days since 1970; none beyond what a calendar here knows.
fn civil(days: i64) -> Option<(i64, i64, i64)> {
    let day = NaiveDate::from_epoch_days(i32::try_from(days).ok()?)?;
    Some((day.year().into(), day.month().into(), day.day().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_as_people_say_them() {
        assert_eq!(rounded(12_345.6, true), 12_000.0);
        assert_eq!(rounded(0.123_456, false), 0.12);
        assert_eq!(rounded(7.0, true), 7.0);
        assert_eq!(rounded(-431.0, true), -430.0);
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(civil(0), Some((1970, 1, 1)));
        assert_eq!(civil(19_782), Some((2024, 2, 29)));
        assert_eq!(civil(-1), Some((1969, 12, 31)));
        assert_eq!(civil(i64::MAX), None);
    }
}
