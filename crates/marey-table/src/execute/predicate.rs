//! Predicates: which rows a condition holds for.
//!
//! Comparisons are those Vega-Lite compiles to: JavaScript's, after the field has been read as what
//! it is compared with (a number, a text, a time). So null counts as 0 beside a number.

use std::cmp::Ordering;

use arrow::{array::Array, buffer::BooleanBuffer};
use marey_core::{
    TimeUnit, TimeUnitPart,
    spec::{FieldPredicate, FieldTest, JsonMap, Literal, Predicate},
};
use rayon::prelude::*;

use super::{
    RunContext, calendar,
    cells::{CHUNK, Cells, Numbers},
    date_text, evaluate,
    frame::{Column, Frame},
    time_unit::{TimeFloor, column_times},
    value::{Value, text_order},
};
use crate::TableError;

/// The rows for which a predicate holds.
///
/// # Errors
///
/// When a field does not exist, an expression cannot be evaluated, or the predicate is one of
/// those carried verbatim.
pub(crate) fn holds(
    frame: &Frame,
    predicate: &Predicate,
    context: &mut RunContext<'_>,
) -> Result<BooleanBuffer, TableError> {
    match predicate {
        Predicate::Expression(expression) => evaluate::truths(frame, expression, context),
        Predicate::Field(test) => field_holds(frame, test),
        Predicate::And(all) => {
            let mut kept = BooleanBuffer::new_set(frame.rows());
            for predicate in all {
                kept = &kept & &holds(frame, predicate, context)?;
            }
            Ok(kept)
        }
        Predicate::Or(any) => {
            let mut kept = BooleanBuffer::new_unset(frame.rows());
            for predicate in any {
                kept = &kept | &holds(frame, predicate, context)?;
            }
            Ok(kept)
        }
        Predicate::Not(predicate) => Ok(!&holds(frame, predicate, context)?),
        Predicate::Carried(members) => Err(TableError::Transform {
            transform: "filter",
            found: format!("a condition with {}", member_names(members)),
            expected: "an expression or a test of a field (`equal`, `lt`, `lte`, `gt`, `gte`, `range`, \
                       `oneOf`, `valid`)",
        }),
    }
}

fn member_names(members: &JsonMap) -> String {
    let names: Vec<String> = members.keys().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn field_holds(frame: &Frame, predicate: &FieldPredicate) -> Result<BooleanBuffer, TableError> {
    let Some(name) = predicate.field.name() else {
        return Err(TableError::Transform {
            transform: "filter",
            found: "a field of a repeat".into(),
            expected: "a column by name, which repeats are unrolled to",
        });
    };
    let column = frame.column(name, "filter")?;
    let test = Test::of(&predicate.test, predicate.time_unit.as_ref());
    if let Some(unit) = &predicate.time_unit {
        let times = unit_times(column, unit)?;
        return Ok(mask(frame.rows(), |row| {
            // `new Date(null)` is 1970.
            test.number(times.get(row).unwrap_or(0.0))
        }));
    }
    let array = column.array()?;
    let cells = Cells::of(array);
    let rows = array.len();
    Ok(match (&test, cells) {
        (Test::Valid(valid), _) => mask(rows, |row| is_finite(&cells, row) == *valid),
        (Test::Texts(test), Cells::Text(_)) => {
            mask(rows, |row| cells.text(row).is_some_and(|text| test.text(text)))
        }
        (Test::Texts(test), _) => mask(rows, |row| test.other(&cells.value(row))),
        (Test::Bools(flags), Cells::Bool(_)) => mask(
            rows,
            |row| matches!(cells.value(row), Value::Bool(flag) if flags.contains(&flag)),
        ),
        (Test::Bools(_), _) => BooleanBuffer::new_unset(rows),
        (Test::Null, _) => mask(rows, |row| array.is_null(row)),
        (Test::Numbers(test), _) => {
            let numbers = Numbers::of(array);
            mask(rows, |row| test.holds(numbers.get(row)))
        }
    })
}

/// A mask over rows, computed in parallel chunks.
pub(crate) fn mask(rows: usize, holds: impl Fn(usize) -> bool + Sync) -> BooleanBuffer {
    let chunks: Vec<BooleanBuffer> = (0..rows.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            let start = chunk * CHUNK;
            BooleanBuffer::collect_bool(CHUNK.min(rows - start), |offset| holds(start + offset))
        })
        .collect();
    match chunks.as_slice() {
        [only] => only.clone(),
        _ => {
            let mut whole = arrow::array::BooleanBufferBuilder::new(rows);
            chunks.iter().for_each(|chunk| whole.append_buffer(chunk));
            whole.finish()
        }
    }
}

/// `isValid(x) && isFinite(+x)`.
fn is_finite(cells: &Cells<'_>, row: usize) -> bool {
    match cells.value(row) {
        Value::Null => false,
        value => value.to_number().is_finite(),
    }
}

/// Times of a column, floored unless the unit says that they are.
fn unit_times(column: &Column, unit: &TimeUnit) -> Result<Numbers, TableError> {
    let times = column_times(column)?;
    let floor = if unit.binned {
        None
    } else {
        TimeFloor::of(unit, None)
    };
    let Some(floor) = floor else {
        return Ok(times);
    };
    Ok(Numbers::read(times.values.len(), |row| {
        Some(floor.floor(times.get(row).unwrap_or(0.0)))
    }))
}

/// A test by what the field is read as.
enum Test {
    Valid(bool),
    Null,
    Bools(Vec<bool>),
    Texts(TextTest),
    Numbers(NumberTest),
}

/// A test of numbers and times.
enum NumberTest {
    OneOf(Vec<f64>),
    Order(fn(Ordering) -> bool, f64),
    Between(Option<f64>, Option<f64>),
}

/// A test of texts.
enum TextTest {
    OneOf(Vec<String>),
    Order(fn(Ordering) -> bool, String),
    Between(Option<String>, Option<String>),
}

impl Test {
    fn of(test: &FieldTest, unit: Option<&TimeUnit>) -> Test {
        match test {
            FieldTest::Valid(valid) => Test::Valid(*valid),
            FieldTest::Equal(literal) => Test::one_of(std::slice::from_ref(literal), unit),
            FieldTest::OneOf(literals) => Test::one_of(literals, unit),
            FieldTest::Lt(literal) => Test::order(Ordering::is_lt, literal, unit),
            FieldTest::Lte(literal) => Test::order(Ordering::is_le, literal, unit),
            FieldTest::Gt(literal) => Test::order(Ordering::is_gt, literal, unit),
            FieldTest::Gte(literal) => Test::order(Ordering::is_ge, literal, unit),
            FieldTest::Range(low, high) => Test::between(low, high, unit),
        }
    }

    fn one_of(literals: &[Literal], unit: Option<&TimeUnit>) -> Test {
        match literals.first() {
            Some(Literal::Null) if literals.len() == 1 => Test::Null,
            Some(Literal::Bool(_)) => Test::Bools(
                literals
                    .iter()
                    .filter_map(|literal| match literal {
                        Literal::Bool(flag) => Some(*flag),
                        _ => None,
                    })
                    .collect(),
            ),
            Some(Literal::Text(_)) if unit.is_none() => Test::Texts(TextTest::OneOf(
                literals.iter().filter_map(literal_text).collect(),
            )),
            _ => Test::Numbers(NumberTest::OneOf(
                literals
                    .iter()
                    .filter_map(|literal| literal_number(literal, unit))
                    .collect(),
            )),
        }
    }

    fn order(holds: fn(Ordering) -> bool, literal: &Literal, unit: Option<&TimeUnit>) -> Test {
        match literal {
            Literal::Text(text) if unit.is_none() => Test::Texts(TextTest::Order(holds, text.clone())),
            _ => Test::Numbers(NumberTest::Order(
                holds,
                literal_number(literal, unit).unwrap_or(0.0),
            )),
        }
    }

    fn between(low: &Literal, high: &Literal, unit: Option<&TimeUnit>) -> Test {
        let is_text = |literal: &Literal| matches!(literal, Literal::Text(_));
        if unit.is_none() && (is_text(low) || is_text(high)) {
            let (low, high) = (literal_text(low), literal_text(high));
            return Test::Texts(match (low, high) {
                (Some(low), Some(high)) if text_order(&low, &high).is_gt() => {
                    TextTest::Between(Some(high), Some(low))
                }
                (low, high) => TextTest::Between(low, high),
            });
        }
        let (low, high) = (literal_number(low, unit), literal_number(high, unit));
        Test::Numbers(match (low, high) {
            // Vega's `inrange` takes its ends in either order.
            (Some(low), Some(high)) if low > high => NumberTest::Between(Some(high), Some(low)),
            (low, high) => NumberTest::Between(low, high),
        })
    }

    /// The test of a time that has been floored.
    fn number(&self, number: f64) -> bool {
        match self {
            Test::Valid(valid) => number.is_finite() == *valid,
            Test::Numbers(test) => test.holds(Some(number)),
            Test::Null | Test::Bools(_) | Test::Texts(_) => false,
        }
    }
}

impl NumberTest {
    #[inline]
    fn holds(&self, number: Option<f64>) -> bool {
        match self {
            // `null === 0` does not hold, while `null < 1` does.
            NumberTest::OneOf(numbers) => number.is_some_and(|number| numbers.contains(&number)),
            NumberTest::Order(holds, bound) => number.unwrap_or(0.0).partial_cmp(bound).is_some_and(holds),
            NumberTest::Between(low, high) => {
                let number = number.unwrap_or(0.0);
                low.is_none_or(|low| low <= number) && high.is_none_or(|high| number <= high)
            }
        }
    }
}

impl TextTest {
    /// The test of a text; an empty one is read as nothing, as in Vega.
    fn text(&self, text: &str) -> bool {
        if text.is_empty() {
            return false;
        }
        match self {
            TextTest::OneOf(texts) => texts.iter().any(|other| other == text),
            TextTest::Order(holds, bound) => holds(text_order(text, bound)),
            TextTest::Between(low, high) => {
                low.as_ref().is_none_or(|low| text_order(low, text).is_le())
                    && high.as_ref().is_none_or(|high| text_order(text, high).is_le())
            }
        }
    }

    /// The test of a value that is no text: a time is compared as time, all else as written.
    fn other(&self, value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::Date(time) => self.times().holds(Some(*time)),
            other => self.text(&other.to_text()),
        }
    }

    fn times(&self) -> NumberTest {
        let time = |text: &String| date_text::parse(text);
        match self {
            TextTest::OneOf(texts) => NumberTest::OneOf(texts.iter().map(time).collect()),
            TextTest::Order(holds, bound) => NumberTest::Order(*holds, time(bound)),
            TextTest::Between(low, high) => {
                NumberTest::Between(low.as_ref().map(time), high.as_ref().map(time))
            }
        }
    }
}

fn literal_text(literal: &Literal) -> Option<String> {
    match literal {
        Literal::Null => None,
        Literal::DateTime(parts) => Some(Value::Date(date_time(parts)).to_text()),
        other => Some(literal_value(other).to_text()),
    }
}

/// A literal as a value of Vega's; Vega-Lite's date objects become dates.
pub(crate) fn literal_value(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Bool(flag) => Value::Bool(*flag),
        Literal::Number(number) => Value::Number(*number),
        Literal::Text(text) => Value::Text(text.clone()),
        Literal::DateTime(parts) => Value::Date(date_time(parts)),
        Literal::Numbers(numbers) => Value::List(numbers.iter().copied().map(Value::Number).collect()),
    }
}

/// A literal as a number or a time; none for null, which leaves a range open.
fn literal_number(literal: &Literal, unit: Option<&TimeUnit>) -> Option<f64> {
    match (literal, unit) {
        (Literal::Null, _) => None,
        (Literal::Text(text), Some(unit)) => {
            let time = date_text::parse(text);
            if time.is_nan() {
                single_part(unit, literal).or(Some(time))
            } else {
                Some(time)
            }
        }
        (Literal::Number(number), Some(unit)) if *number < 10_000.0 => {
            single_part(unit, literal).or(Some(*number))
        }
        _ => Some(literal_value(literal).to_number()),
    }
}

/// A number or a name as the value of a unit of a single part: 2 in `month` is February.
fn single_part(unit: &TimeUnit, literal: &Literal) -> Option<f64> {
    let [part] = unit.parts.as_slice() else {
        return None;
    };
    let value = match literal {
        Literal::Number(number) => serde_json::Value::from(*number),
        Literal::Text(text) => serde_json::Value::from(text.as_str()),
        _ => return None,
    };
    let mut parts = JsonMap::new();
    parts.insert(part.as_str().to_owned(), value);
    Some(date_time(&parts))
}

/// The time of Vega-Lite's date object, NaN where a part makes no sense.
///
/// Months and quarters count from 1 or go by name, weekdays from Sunday, 0; without a year it is
/// 2012.
pub(crate) fn date_time(parts: &JsonMap) -> f64 {
    let number = |part: TimeUnitPart| parts.get(part.as_str()).map(part_number);
    let month = parts
        .get(TimeUnitPart::Month.as_str())
        .map(|month| named_part(month, &MONTHS).unwrap_or_else(|| part_number(month) - 1.0));
    let quarter = || number(TimeUnitPart::Quarter).map(|quarter| 3.0 * (quarter - 1.0));
    let weekday = || {
        parts
            .get(TimeUnitPart::Day.as_str())
            .map(|day| 1.0 + named_part(day, &WEEKDAYS).unwrap_or_else(|| part_number(day).rem_euclid(7.0)))
    };
    calendar::time_of([
        number(TimeUnitPart::Year).unwrap_or(2012.0),
        month.or_else(quarter).unwrap_or(0.0),
        number(TimeUnitPart::Date).or_else(weekday).unwrap_or(1.0),
        number(TimeUnitPart::Hours).unwrap_or(0.0),
        number(TimeUnitPart::Minutes).unwrap_or(0.0),
        number(TimeUnitPart::Seconds).unwrap_or(0.0),
        number(TimeUnitPart::Milliseconds).unwrap_or(0.0),
    ])
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

fn named_part(part: &serde_json::Value, names: &[&str]) -> Option<f64> {
    let head = part.as_str()?.get(..3)?.to_ascii_lowercase();
    names
        .iter()
        .position(|name| *name == head)
        .map(|index| index as f64)
}

fn part_number(part: &serde_json::Value) -> f64 {
    Value::of_json(part).to_number()
}
