//! Functions of time. Local time is UTC.

use marey_core::{MONTH_NAMES, TimeUnitPart, WEEKDAY_NAMES, expression::Function};

use super::super::{
    calendar::{self, Parts},
    date_text, time_unit,
    value::Value,
};

/// JavaScript's `new Date(value)` in milliseconds.
fn time(value: &Value) -> f64 {
    match value {
        Value::Text(text) => date_text::parse(text),
        other => calendar::clipped(other.to_number()),
    }
}

/// Functions of time.
pub(super) fn function(function: Function, values: &[Value]) -> Option<Value> {
    let value = values.first()?;
    if let Some(part) = part(function) {
        let number = Parts::of(time(value)).map_or(f64::NAN, |parts| part(&parts) as f64);
        return Some(Value::Number(number));
    }
    Some(match function {
        Function::Time => Value::Number(time(value)),
        Function::Datetime if values.len() == 1 => Value::Date(time(value)),
        Function::Datetime => Value::Date(of_parts(values)),
        Function::Utc => Value::Number(of_parts(values)),
        Function::ToDate => match value {
            Value::Null => Value::Null,
            Value::Text(text) if text.is_empty() => Value::Null,
            Value::Number(number) => Value::Number(*number),
            other => Value::Date(time(other)),
        },
        Function::TimeOffset | Function::UtcOffset => moved(values),
        Function::MonthFormat => named(&MONTH_NAMES, value, None),
        Function::MonthAbbrevFormat => named(&MONTH_NAMES, value, Some(3)),
        Function::DayFormat => named(&WEEKDAY_NAMES, value, None),
        Function::DayAbbrevFormat => named(&WEEKDAY_NAMES, value, Some(3)),
        _ => return None,
    })
}

/// What a function takes out of a time.
pub(super) fn part(function: Function) -> Option<fn(&Parts) -> i64> {
    Some(match function {
        Function::Year | Function::UtcYear => |parts| parts.year,
        Function::Quarter | Function::UtcQuarter => |parts| parts.quarter() + 1,
        Function::Month | Function::UtcMonth => |parts| parts.month,
        Function::Week | Function::UtcWeek => Parts::week,
        Function::Date | Function::UtcDate => |parts| parts.date,
        Function::Day | Function::UtcDay => |parts| parts.weekday,
        Function::DayOfYear | Function::UtcDayOfYear => |parts| parts.day_of_year,
        Function::Hours | Function::UtcHours => |parts| parts.hours,
        Function::Minutes | Function::UtcMinutes => |parts| parts.minutes,
        Function::Seconds | Function::UtcSeconds => |parts| parts.seconds,
        Function::Milliseconds | Function::UtcMilliseconds => |parts| parts.milliseconds,
        Function::TimezoneOffset => |_| 0,
        _ => return None,
    })
}

/// A time from its parts; years below 100 are of the twentieth century, as in JavaScript.
fn of_parts(values: &[Value]) -> f64 {
    let mut parts = [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0];
    for (part, value) in parts.iter_mut().zip(values) {
        *part = value.to_number();
    }
    if (0.0..100.0).contains(&parts[0]) {
        parts[0] = 1900.0 + parts[0].trunc();
    }
    calendar::time_of(parts)
}

fn moved(values: &[Value]) -> Value {
    let [unit, value, rest @ ..] = values else {
        return Value::Null;
    };
    let step = match rest.first() {
        None | Some(Value::Null) => 1.0,
        Some(step) => step.to_number().floor(),
    };
    let unit = unit.to_text().parse::<TimeUnitPart>();
    match unit {
        // Beyond this many steps no time is left.
        Ok(unit) if step.abs() <= 8.64e15 => Value::Date(calendar::clipped(time_unit::offset(
            unit,
            time(value),
            step as i64,
        ))),
        _ => Value::Null,
    }
}

fn named(names: &[&str], value: &Value, length: Option<usize>) -> Value {
    let place = value.to_number().trunc().rem_euclid(names.len() as f64);
    let name = names.get(place as usize).filter(|_| place.is_finite());
    name.map_or(Value::Null, |name| {
        Value::Text(
            length
                .and_then(|length| name.get(..length))
                .unwrap_or(name)
                .to_owned(),
        )
    })
}
