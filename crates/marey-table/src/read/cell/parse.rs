//! The second pass: cells into Arrow arrays, by the plan of their column.

use std::sync::Arc;

use arrow::{
    array::{
        ArrayRef, ArrowPrimitiveType, AsArray, BooleanBuilder, NullArray, PrimitiveBuilder, StringBuilder,
    },
    datatypes::{
        DataType, Date32Type, Float64Type, Int64Type, Time64MicrosecondType, TimestampMicrosecondType,
    },
};

use super::{
    calendar::days_from_civil,
    evidence::Evidence,
    number::{Decimal, Number, PlainNumber},
    plan::{NumberPlan, Plan, PlanKind, TimePlan},
    read_cell::{CellKind, cell_kind, trim},
    report::ChunkReport,
    time::{DAY_MICROS, TimeCell, ZoneLayout},
    unit::CellUnit,
    word::{Meaning, meaning, word},
};

/// Parses the cells of one chunk of a column.
pub(crate) fn parse_chunk<'c>(
    plan: &Plan,
    cells: impl ExactSizeIterator<Item = &'c str>,
) -> (ArrayRef, ChunkReport) {
    read_chunk(plan, cells, None)
}

/// Parses the cells of one chunk of a column by a plan that may be no more than a guess, and counts
/// in the evidence, where there is any, what they could be.
pub(crate) fn read_chunk<'c>(
    plan: &Plan,
    cells: impl ExactSizeIterator<Item = &'c str>,
    evidence: Option<&mut Evidence>,
) -> (ArrayRef, ChunkReport) {
    let mut reader = ChunkReader {
        plan,
        report: ChunkReport::default(),
        evidence,
    };
    let array = match &plan.kind {
        PlanKind::Empty => {
            let rows = cells.len();
            cells.enumerate().for_each(|(row, cell)| {
                reader.value(row, cell, |_| None::<()>);
            });
            Arc::new(NullArray::new(rows))
        }
        PlanKind::Boolean { .. } => booleans(cells, |row, cell| reader.value(row, cell, truth)),
        PlanKind::ZeroOne => booleans(cells, |row, cell| reader.value(row, cell, zero_one)),
        PlanKind::Int(plan) => primitives::<Int64Type>(cells, |row, cell| {
            let plain = reader.plain(cell, plan, PlainNumber::whole);
            plain.or_else(|| reader.number(row, cell, plan, |n| n.as_int(plan.decimal)))
        }),
        PlanKind::Float(plan) => primitives::<Float64Type>(cells, |row, cell| {
            let points = plan.decimal == Decimal::Point;
            let plain = points
                .then(|| reader.plain(cell, plan, PlainNumber::float))
                .flatten();
            plain.or_else(|| reader.number(row, cell, plan, |n| n.as_float(plan.decimal)))
        }),
        PlanKind::Date(plan) => primitives::<Date32Type>(cells, |row, cell| {
            reader.time(row, cell, plan, |time| time.days(plan.order(time)))
        }),
        PlanKind::Time(plan) => primitives::<Time64MicrosecondType>(cells, |row, cell| {
            reader.time(row, cell, plan, |time| Some(time.micros))
        }),
        PlanKind::Timestamp { plan, .. } => primitives::<TimestampMicrosecondType>(cells, |row, cell| {
            reader.time(row, cell, plan, |time| time.timestamp(plan.order(time)))
        }),
        PlanKind::DigitDate => {
            primitives::<Date32Type>(cells, |row, cell| reader.value(row, cell, digits).map(digit_date))
        }
        PlanKind::DigitMonth => primitives::<Date32Type>(cells, |row, cell| {
            reader
                .value(row, cell, digits)
                .map(|month| digit_date(month * 100 + 1))
        }),
        PlanKind::DigitClock => primitives::<Time64MicrosecondType>(cells, |row, cell| {
            reader.value(row, cell, digits).map(digit_clock)
        }),
        PlanKind::DigitStamp => primitives::<TimestampMicrosecondType>(cells, |row, cell| {
            reader.value(row, cell, digits).map(digit_stamp)
        }),
        PlanKind::Epoch { micros } => primitives::<TimestampMicrosecondType>(cells, |row, cell| {
            reader
                .value(row, cell, digits)
                .and_then(|units| units.checked_mul(*micros))
        }),
        PlanKind::Text { .. } => texts(cells, |cell| reader.text(cell)),
    };
    let array = match plan.data_type() {
        DataType::Timestamp(_, Some(zone)) => Arc::new(
            array
                .as_primitive::<TimestampMicrosecondType>()
                .clone()
                .with_timezone(zone),
        ),
        _ => array,
    };
    (array, reader.report)
}

fn booleans<'c>(
    cells: impl ExactSizeIterator<Item = &'c str>,
    mut read: impl FnMut(usize, &str) -> Option<bool>,
) -> ArrayRef {
    let mut values = BooleanBuilder::with_capacity(cells.len());
    cells
        .enumerate()
        .for_each(|(row, cell)| values.append_option(read(row, cell)));
    Arc::new(values.finish())
}

fn primitives<'c, T: ArrowPrimitiveType>(
    cells: impl ExactSizeIterator<Item = &'c str>,
    mut read: impl FnMut(usize, &str) -> Option<T::Native>,
) -> ArrayRef {
    let mut values = PrimitiveBuilder::<T>::with_capacity(cells.len());
    cells
        .enumerate()
        .for_each(|(row, cell)| values.append_option(read(row, cell)));
    Arc::new(values.finish())
}

fn texts<'c>(
    cells: impl ExactSizeIterator<Item = &'c str>,
    mut read: impl FnMut(&'c str) -> Option<&'c str>,
) -> ArrayRef {
    // Eight bytes a cell, to begin with.
    let mut values = StringBuilder::with_capacity(cells.len(), cells.len() * 8);
    cells.for_each(|cell| values.append_option(read(cell)));
    Arc::new(values.finish())
}

/// Reads the cells of a chunk and counts what did not fit.
struct ChunkReader<'p, 'e> {
    plan: &'p Plan,
    report: ChunkReport,
    evidence: Option<&'e mut Evidence>,
}

impl ChunkReader<'_, '_> {
    /// The value of a plain number in a column without unit: the common case.
    #[inline]
    fn plain<'c, T>(
        &mut self,
        cell: &'c str,
        plan: &NumberPlan,
        read: impl Fn(&PlainNumber<'c>) -> Option<T>,
    ) -> Option<T> {
        if plan.unit.is_some() {
            return None;
        }
        let number = PlainNumber::read(cell)?;
        let value = read(&number)?;
        if let Some(evidence) = &mut self.evidence {
            evidence.add_plain(&number);
        }
        Some(value)
    }

    /// What a cell is; nothing for an empty cell or a missing value.
    fn kind<'c>(&mut self, cell: &'c str) -> Option<CellKind<'c>> {
        let kind = cell_kind(cell);
        if let Some(evidence) = &mut self.evidence {
            evidence.add_kind(cell, &kind);
        }
        match kind {
            CellKind::Empty => None,
            CellKind::Word(word) if self.plan.is_missing(word) => {
                self.report.marker(trim(cell));
                None
            }
            kind => Some(kind),
        }
    }

    /// The value of a cell, or null for an empty cell, a missing value or one that does not fit.
    fn value<T>(&mut self, row: usize, cell: &str, read: impl Fn(&CellKind<'_>) -> Option<T>) -> Option<T> {
        let value = read(&self.kind(cell)?);
        if value.is_none() {
            self.report.exceptions.add(row, trim(cell));
        }
        value
    }

    fn number<T>(
        &mut self,
        row: usize,
        cell: &str,
        plan: &NumberPlan,
        read: impl Fn(&Number<'_>) -> Option<T>,
    ) -> Option<T> {
        let kind = self.kind(cell)?;
        let number = match &kind {
            CellKind::Number(number) if plan.takes(number.unit) => Some(number),
            _ => None,
        };
        let value = number.and_then(read);
        if value.is_none() {
            self.report.exceptions.add(row, trim(cell));
        } else if plan.unit.is_some() && number.is_some_and(|number| number.unit == CellUnit::None) {
            self.report.without_unit.add(row, trim(cell));
        }
        value
    }

    fn time<T>(
        &mut self,
        row: usize,
        cell: &str,
        plan: &TimePlan,
        read: impl Fn(&TimeCell) -> Option<T>,
    ) -> Option<T> {
        if let Some(value) = self.iso_time(cell, plan, &read) {
            return Some(value);
        }
        let kind = self.kind(cell)?;
        let time = match &kind {
            CellKind::Time(time) if plan.layouts.contains(&time.layout) => Some(time),
            _ => None,
        };
        let value = time.and_then(read);
        if value.is_none() {
            self.report.exceptions.add(row, trim(cell));
        } else if self.plan.is_utc() && time.is_some_and(|time| time.layout.zone == ZoneLayout::None) {
            self.report.without_zone.add(row, trim(cell));
        }
        value
    }

    /// The value of a date or time written as ISO 8601 has it: the common case.
    #[inline]
    fn iso_time<T>(
        &mut self,
        cell: &str,
        plan: &TimePlan,
        read: impl Fn(&TimeCell) -> Option<T>,
    ) -> Option<T> {
        let time = TimeCell::read_iso(cell)?;
        let zoned = time.layout.zone != ZoneLayout::None || !self.plan.is_utc();
        if !zoned || !plan.layouts.contains(&time.layout) {
            return None;
        }
        let value = read(&time)?;
        if let Some(evidence) = &mut self.evidence {
            evidence.add_iso(&time);
        }
        Some(value)
    }

    /// The text of a cell; null for an empty cell or a missing value.
    fn text<'c>(&mut self, cell: &'c str) -> Option<&'c str> {
        if self.evidence.is_some() {
            return self.kind(cell).map(|_| cell);
        }
        let trimmed = trim(cell);
        if trimmed.is_empty() {
            return None;
        }
        if self.plan.missing != 0 && word(trimmed).is_some_and(|word| self.plan.is_missing(word)) {
            self.report.marker(trimmed);
            return None;
        }
        Some(cell)
    }
}

fn truth(kind: &CellKind<'_>) -> Option<bool> {
    let CellKind::Word(word) = kind else { return None };
    match meaning(*word) {
        Meaning::True => Some(true),
        Meaning::False => Some(false),
        _ => None,
    }
}

fn zero_one(kind: &CellKind<'_>) -> Option<bool> {
    match digits(kind)? {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

fn digits(kind: &CellKind<'_>) -> Option<i64> {
    let CellKind::Number(number) = kind else {
        return None;
    };
    if number.unit != CellUnit::None {
        None
    } else {
        number.as_int(Decimal::Point)
    }
}

fn digit_date(value: i64) -> i32 {
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    days_from_civil(year as i32, month as u8, day as u8)
}

fn digit_clock(value: i64) -> i64 {
    (value / 100 * 60 + value % 100) * 60_000_000
}

fn digit_stamp(value: i64) -> i64 {
    let (date, time) = (value / 1_000_000, value % 1_000_000);
    let seconds = time / 10_000 * 3600 + time / 100 % 100 * 60 + time % 100;
    i64::from(digit_date(date)) * DAY_MICROS + seconds * 1_000_000
}
