//! Columns that follow from points in time: what lies between two, or a part of one.

use chrono::{DateTime, Datelike, Timelike, Utc};

use super::{
    field::{Field, Sheet},
    quantity::{Quantity, Verdict, judge},
};
use crate::{ElapsedUnit, TimePart};

/// Most columns of points in time that are looked at.
const MOST_TIMES: usize = 12;

/// Milliseconds of a day.
const DAY_MS: f64 = 8.64e7;

const UNITS: [(ElapsedUnit, f64); 7] = [
    (ElapsedUnit::Milliseconds, 1.0),
    (ElapsedUnit::Seconds, 1e3),
    (ElapsedUnit::Minutes, 6e4),
    (ElapsedUnit::Hours, 3.6e6),
    (ElapsedUnit::Days, 8.64e7),
    (ElapsedUnit::Weeks, 7.0 * 8.64e7),
    (ElapsedUnit::Years, 365.25 * 8.64e7),
];

const PARTS: [TimePart; 7] = [
    TimePart::Year,
    TimePart::Quarter,
    TimePart::Month,
    TimePart::Day,
    TimePart::DayOfYear,
    TimePart::Week,
    TimePart::Hour,
];

/// A column that follows from points in time; places in the sheet.
pub(super) enum FromTime {
    Elapsed(usize, [usize; 2], ElapsedUnit, bool),
    Part(usize, usize, TimePart),
}

/// Formulas with the share and number of rows in which they hold.
pub(super) fn find(sheet: &Sheet<'_>, quantities: &[Quantity<'_>]) -> Vec<(FromTime, (f64, u64))> {
    let times: Vec<(usize, &Field<'_>)> = (0..)
        .zip(&sheet.fields)
        .filter(|(_, field)| field.is_time() && field.distinct > 1)
        .take(MOST_TIMES)
        .collect();
    let mut found = Vec::new();
    for target in quantities {
        for (place, time) in &times {
            let own = PARTS.iter().filter_map(|part| {
                let judged = part_holds(sheet, *target, time, *part)?;
                Some((FromTime::Part(target.place, *place, *part), judged))
            });
            found.extend(own.take(1));
            for (other, earlier) in times.iter().filter(|(other, _)| other != place) {
                found.extend(elapsed(sheet, *target, (*place, time), (*other, earlier)));
            }
        }
    }
    let (days, instants): (Vec<_>, Vec<_>) = times.iter().partition(|(_, time)| holds_days(time));
    for (place, day) in &days {
        for (other, instant) in &instants {
            let judged = judge_day(sheet, day, instant);
            found.extend(judged.map(|judged| (FromTime::Part(*place, *other, TimePart::Date), judged)));
        }
    }
    found
}

fn elapsed(
    sheet: &Sheet<'_>,
    target: Quantity<'_>,
    later: (usize, &Field<'_>),
    earlier: (usize, &Field<'_>),
) -> Option<(FromTime, (f64, u64))> {
    let between = |row: usize| at(later.1, row) - at(earlier.1, row);
    let questions = UNITS.len() * 2;
    UNITS.iter().find_map(|(unit, length)| {
        [false, true].into_iter().find_map(|whole| {
            let tolerance = target.half_unit * 1.000_001 + target.noise();
            let judged = judge(sheet, target.chance(tolerance), questions, |row| {
                let (value, span) = (target.at(row), between(row) / length);
                if value.is_nan() || span.is_nan() {
                    return Verdict::Nothing;
                }
                let holds = if whole {
                    span.floor() == value
                } else {
                    (span - value).abs() <= tolerance
                };
                Verdict::of(holds, span != 0.0)
            });
            let places = [later.0, earlier.0];
            judged.map(|judged| (FromTime::Elapsed(target.place, places, *unit, whole), judged))
        })
    })
}

fn part_holds(
    sheet: &Sheet<'_>,
    target: Quantity<'_>,
    time: &Field<'_>,
    part: TimePart,
) -> Option<(f64, u64)> {
    if !target.is_whole() {
        return None;
    }
    judge(sheet, target.chance(0.0), PARTS.len(), |row| {
        let (value, instant) = (target.at(row), instant(time, row));
        match instant.and_then(|instant| part_of(&instant, part)) {
            Some(part) if !value.is_nan() => Verdict::of(f64::from(part) == value, true),
            _ => Verdict::Nothing,
        }
    })
}

/// Whether no point in time has a time of day.
fn holds_days(time: &Field<'_>) -> bool {
    time.numbers
        .iter()
        .all(|at| at.is_nan() || at.rem_euclid(DAY_MS) == 0.0)
}

/// Whether one column has the days of another's instants.
fn judge_day(sheet: &Sheet<'_>, day: &Field<'_>, instant: &Field<'_>) -> Option<(f64, u64)> {
    judge(sheet, day.same, 1, |row| {
        let (day, instant) = (at(day, row), at(instant, row));
        if day.is_nan() || instant.is_nan() {
            return Verdict::Nothing;
        }
        Verdict::of((instant / DAY_MS).floor() * DAY_MS == day, true)
    })
}

fn at(field: &Field<'_>, row: usize) -> f64 {
    field.numbers.get(row).copied().unwrap_or(f64::NAN)
}

fn instant(field: &Field<'_>, row: usize) -> Option<DateTime<Utc>> {
    let milliseconds = at(field, row);
    milliseconds
        .is_finite()
        .then(|| DateTime::from_timestamp_millis(milliseconds as i64))
        .flatten()
}

fn part_of(instant: &DateTime<Utc>, part: TimePart) -> Option<i32> {
    Some(match part {
        TimePart::Year => instant.year(),
        TimePart::Quarter => instant.month0() as i32 / 3 + 1,
        TimePart::Month => instant.month() as i32,
        TimePart::Day => instant.day() as i32,
        TimePart::DayOfYear => instant.ordinal() as i32,
        TimePart::Week => instant.iso_week().week() as i32,
        TimePart::Hour => instant.hour() as i32,
        TimePart::Date => return None,
    })
}
