//! Time units: instants truncated to a set of parts, as vega-time floors them.
//!
//! Units without a year fold time into a reference year, 2012: it is a leap year and began on a
//! Sunday, so that days of the week come in order.

use marey_core::{FieldName, TimeUnit, TimeUnitPart};
use rayon::prelude::*;

use super::{
    calendar::{self, Parts},
    cells::{self, CHUNK, Cells, Numbers},
    date_text,
    frame::{Column, Frame},
};
use crate::TableError;

/// The year of units that keep none.
const REFERENCE_YEAR: i64 = 2012;

/// A time unit ready to floor times with.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeFloor {
    parts: Vec<TimeUnitPart>,
    step: i64,
}

impl TimeFloor {
    /// The floor of a unit; where the unit names only a largest number of bins, the one that fits
    /// the given range of times (in milliseconds).
    ///
    /// None for parts that cannot stand together (`weekmonth`, `datedayofyear`).
    pub fn of(unit: &TimeUnit, extent: Option<(f64, f64)>) -> Option<TimeFloor> {
        let step = unit
            .step
            .filter(|step| *step >= 1.0)
            .map_or(1, |step| step as i64);
        if unit.parts.is_empty() {
            let maxbins = unit.maxbins.filter(|maxbins| *maxbins >= 1.0).unwrap_or(40.0);
            return Some(chosen(extent.unwrap_or((0.0, 0.0)), maxbins));
        }
        let has = |parts: &[TimeUnitPart]| unit.parts.iter().any(|part| parts.contains(part));
        use TimeUnitPart::{Date, Day, DayOfYear, Month, Quarter, Week};
        let kinds = [has(&[Week, Day]), has(&[Quarter, Month, Date]), has(&[DayOfYear])];
        (kinds.iter().filter(|kind| **kind).count() <= 1).then(|| TimeFloor {
            parts: unit.parts.clone(),
            step,
        })
    }

    /// The start of the unit a time is in, NaN for an invalid time.
    pub fn floor(&self, time: f64) -> f64 {
        let Some(parts) = Parts::of(time) else {
            return f64::NAN;
        };
        use TimeUnitPart::{Hours, Milliseconds, Minutes, Month, Quarter, Seconds, Year};
        let year = if self.has(Year) {
            self.stepped(Year, parts.year, 0)
        } else {
            REFERENCE_YEAR
        };
        let month = if self.has(Month) {
            self.stepped(Month, parts.month, 0)
        } else if self.has(Quarter) {
            3 * self.stepped(Quarter, parts.quarter(), 0)
        } else {
            0
        };
        let clock = |part, value| {
            if self.has(part) {
                self.stepped(part, value, 0)
            } else {
                0
            }
        };
        let time = [
            year,
            month,
            self.date(&parts, year),
            clock(Hours, parts.hours),
            clock(Minutes, parts.minutes),
            clock(Seconds, parts.seconds),
            clock(Milliseconds, parts.milliseconds),
        ];
        calendar::time_of(time.map(|part| part as f64))
    }

    /// The start of the next unit after the start of one.
    pub fn next(&self, start: f64) -> f64 {
        let Some(finest) = self.parts.last() else {
            return start;
        };
        offset(*finest, start, self.step)
    }

    fn has(&self, part: TimeUnitPart) -> bool {
        self.parts.contains(&part)
    }

    /// A part's value rounded down to a multiple of the step, which only the finest part has.
    fn stepped(&self, part: TimeUnitPart, value: i64, phase: i64) -> i64 {
        if self.step > 1 && self.parts.last() == Some(&part) {
            phase + self.step * (value - phase).div_euclid(self.step)
        } else {
            value
        }
    }

    /// The day, counted from the first of the month (or of the year, without month).
    fn date(&self, parts: &Parts, year: i64) -> i64 {
        use TimeUnitPart::{Date, Day, DayOfYear, Week};
        // Days from the Sunday before the year to the year's first day.
        let lead = || (calendar::weekday(calendar::days_of(year, 0, 1)) + 6) % 7;
        if self.has(Week) && self.has(Day) {
            self.stepped(Day, parts.weekday + parts.week() * 7 - lead(), 1)
        } else if self.has(Week) {
            self.stepped(Week, parts.week(), 1) * 7 - lead()
        } else if self.has(Day) {
            self.stepped(Day, parts.weekday + 7 - lead(), 1)
        } else if self.has(Date) {
            self.stepped(Date, parts.date, 1)
        } else if self.has(DayOfYear) {
            self.stepped(DayOfYear, parts.day_of_year, 1)
        } else {
            1
        }
    }
}

/// A time moved by a number of units.
pub(crate) fn offset(part: TimeUnitPart, time: f64, step: i64) -> f64 {
    use TimeUnitPart::{
        Date, Day, DayOfYear, Hours, Milliseconds, Minutes, Month, Quarter, Seconds, Week, Year,
    };
    let steps = step as f64;
    match part {
        Year | Quarter | Month => {
            let Some(parts) = Parts::of(time) else {
                return f64::NAN;
            };
            let months = match part {
                Year => 12 * step,
                Quarter => 3 * step,
                _ => step,
            };
            let [hours, minutes, seconds, milliseconds] =
                [parts.hours, parts.minutes, parts.seconds, parts.milliseconds].map(|part| part as f64);
            calendar::time_of([
                parts.year as f64,
                (parts.month + months) as f64,
                parts.date as f64,
                hours,
                minutes,
                seconds,
                milliseconds,
            ])
        }
        Week => time + 7.0 * steps * calendar::DAY,
        Day | Date | DayOfYear => time + steps * calendar::DAY,
        Hours => time + steps * 3_600_000.0,
        Minutes => time + steps * 60_000.0,
        Seconds => time + steps * 1000.0,
        Milliseconds => time + steps,
    }
}

/// The unit vega-time picks for a range of times and a largest number of bins.
fn chosen((low, high): (f64, f64), maxbins: f64) -> TimeFloor {
    use TimeUnitPart::{Date, Hours, Milliseconds, Minutes, Month, Seconds, Week, Year};
    const SECOND: f64 = 1000.0;
    const MINUTE: f64 = 60.0 * SECOND;
    const HOUR: f64 = 60.0 * MINUTE;
    const YEAR: f64 = 365.0 * calendar::DAY;
    let fine = [Year, Month, Date, Hours, Minutes, Seconds, Milliseconds];
    let intervals: [(&[TimeUnitPart], i64, f64); 17] = [
        (&fine[..6], 1, SECOND),
        (&fine[..6], 5, 5.0 * SECOND),
        (&fine[..6], 15, 15.0 * SECOND),
        (&fine[..6], 30, 30.0 * SECOND),
        (&fine[..5], 1, MINUTE),
        (&fine[..5], 5, 5.0 * MINUTE),
        (&fine[..5], 15, 15.0 * MINUTE),
        (&fine[..5], 30, 30.0 * MINUTE),
        (&fine[..4], 1, HOUR),
        (&fine[..4], 3, 3.0 * HOUR),
        (&fine[..4], 6, 6.0 * HOUR),
        (&fine[..4], 12, 12.0 * HOUR),
        (&fine[..3], 1, calendar::DAY),
        (&[Year, Week], 1, 7.0 * calendar::DAY),
        (&[Year, Month], 1, 30.0 * calendar::DAY),
        (&[Year, Month], 3, 90.0 * calendar::DAY),
        (&[Year], 1, YEAR),
    ];
    let target = (high - low).abs() / maxbins;
    let above = intervals.partition_point(|(_, _, length)| *length <= target);
    let floor = |parts: &[TimeUnitPart], step: i64| TimeFloor {
        parts: parts.to_vec(),
        step,
    };
    match (
        above.checked_sub(1).and_then(|below| intervals.get(below)),
        intervals.get(above),
    ) {
        (Some(below), Some(next)) => {
            let nearer = if target / below.2 < next.2 / target {
                below
            } else {
                next
            };
            floor(nearer.0, nearer.1)
        }
        (Some(_), None) => {
            let step = tick_step(low / YEAR, high / YEAR, maxbins);
            floor(&[Year], (step as i64).max(1))
        }
        (None, _) => floor(&fine, (tick_step(low, high, maxbins) as i64).max(1)),
    }
}

/// d3's `tickStep`: 1, 2 or 5 times a power of ten.
fn tick_step(low: f64, high: f64, count: f64) -> f64 {
    let step = (high - low).abs() / count.max(1.0);
    if step <= 0.0 || !step.is_finite() {
        return 1.0;
    }
    let power = step.log10().floor();
    let error = step / 10_f64.powf(power);
    let factor = if error >= 50_f64.sqrt() {
        10.0
    } else if error >= 10_f64.sqrt() {
        5.0
    } else if error >= 2_f64.sqrt() {
        2.0
    } else {
        1.0
    };
    factor * 10_f64.powf(power)
}

/// A column as times in milliseconds: numbers as they are, text read as dates.
pub(crate) fn column_times(column: &Column) -> Result<Numbers, TableError> {
    let array = column.array()?;
    let cells = Cells::of(array);
    if !matches!(cells, Cells::Text(_)) {
        return Ok(Numbers::of(array));
    }
    Ok(Numbers::read(array.len(), |row| {
        cells
            .text(row)
            .filter(|text| !text.is_empty())
            .map(date_text::parse)
    }))
}

/// The start and the end of each time's unit.
fn floored(floor: &TimeFloor, times: &Numbers) -> (Vec<Option<f64>>, Vec<Option<f64>>) {
    (0..times.values.len())
        .into_par_iter()
        .with_min_len(CHUNK)
        .map_init(
            // Few units end differently: the ends last met, by their starts.
            || [(f64::NAN, f64::NAN); 64],
            |ends, row| {
                let start = times.get(row).map(|time| floor.floor(time));
                let end = start.map(|start| {
                    let slot = &mut ends[(start.to_bits() >> 20) as usize % 64];
                    if slot.0 != start {
                        *slot = (start, floor.next(start));
                    }
                    slot.1
                });
                (start, end)
            },
        )
        .unzip()
}

/// Adds the start and the end of each row's unit; the end is named `…_end`.
pub(crate) fn time_unit(
    frame: &Frame,
    unit: &TimeUnit,
    field: &FieldName,
    output: &FieldName,
) -> Result<Frame, TableError> {
    let column = frame.column(field, "timeUnit")?;
    let times = column_times(column)?;
    let extent = if unit.parts.is_empty() {
        times.extent()
    } else {
        None
    };
    let floor = TimeFloor::of(unit, extent).ok_or_else(|| TableError::Transform {
        transform: "timeUnit",
        found: format!("`{unit}`"),
        expected: "parts that belong together: weeks and days, or quarters, months and dates, or days of the year",
    })?;
    let (starts, ends) = floored(&floor, &times);
    let like = column.data_type();
    let start = cells::times(starts.into_iter(), &like);
    let end = cells::times(ends.into_iter(), &like);
    let mut result = frame.clone();
    result.put(Column::new(output.clone(), start));
    result.put(Column::new(format!("{output}_end"), end));
    Ok(result)
}
