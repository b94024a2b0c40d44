//! The second pass: cells into Arrow arrays, by the plan of their column.

use std::sync::Arc;

use arrow::{
    array::{
        ArrayRef, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, NullArray, StringBuilder,
        Time64MicrosecondBuilder, TimestampMicrosecondBuilder,
    },
    datatypes::{DataType, TimeUnit},
};

use super::{
    calendar::days_from_civil,
    number::{Decimal, Number},
    read_cell::{CellKind, cell_kind, trim},
    report::ChunkReport,
    time::{DAY_MICROS, DayOrder, Layout, TimeCell, ZoneLayout},
    unit::CellUnit,
    word::{Meaning, WordId, meaning},
};
use crate::{NumberFormat, Unit};

/// How the cells of a column are read.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// The type.
    pub kind: PlanKind,
    /// The words that are no values, as bits by their id.
    pub missing: u64,
}

/// The types a column of text can take.
#[derive(Debug, Clone)]
pub(crate) enum PlanKind {
    /// No values.
    Empty,
    /// Truth values in words.
    Boolean {
        /// The words for true and false.
        words: [String; 2],
    },
    /// Truth values as `0` and `1`.
    ZeroOne,
    /// Whole numbers.
    Int(NumberPlan),
    /// Numbers.
    Float(NumberPlan),
    /// Days.
    Date(TimePlan),
    /// Times of day.
    Time(TimePlan),
    /// Instants, or local times when not `utc`.
    Timestamp {
        /// How they are written.
        plan: TimePlan,
        /// Whether any of them names its zone.
        utc: bool,
    },
    /// `20200131`.
    DigitDate,
    /// `202001`.
    DigitMonth,
    /// `20200131235959`.
    DigitStamp,
    /// `0930`.
    DigitClock,
    /// Unix time.
    Epoch {
        /// Microseconds in one of its units.
        micros: i64,
    },
    /// Text as it is.
    Text {
        /// Whether these are digits that are no number.
        code: bool,
    },
}

/// How numbers are written.
#[derive(Debug, Clone)]
pub(crate) struct NumberPlan {
    /// The decimal separator.
    pub decimal: Decimal,
    /// What stands beside each number.
    pub unit: Option<Unit>,
    /// The separators, when not plain.
    pub format: Option<NumberFormat>,
}

/// How dates and times are written.
#[derive(Debug, Clone)]
pub(crate) struct TimePlan {
    /// Layouts, most frequent first.
    pub layouts: Vec<Layout>,
    /// The order of day and month.
    pub orders: Orders,
}

/// The order of day and month, by the separator between them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Orders {
    orders: [DayOrder; 4],
    sure: [bool; 4],
}

impl Default for Orders {
    fn default() -> Self {
        use DayOrder::{DayFirst, MonthFirst};
        // Without any evidence: slashes are American, dots and hyphens European.
        Self {
            orders: [MonthFirst, DayFirst, DayFirst, DayFirst],
            sure: [false; 4],
        }
    }
}

impl Orders {
    /// The separators told apart.
    pub const SEPARATORS: [u8; 4] = [b'/', b'-', b'.', b' '];

    fn at(separator: u8) -> usize {
        Self::SEPARATORS.iter().position(|s| *s == separator).unwrap_or(0)
    }

    /// The order where a separator stands.
    pub fn of(&self, separator: u8) -> DayOrder {
        self.orders[Self::at(separator)]
    }

    /// Whether anything speaks for the order.
    pub fn is_sure(&self, separator: u8) -> bool {
        self.sure[Self::at(separator)]
    }

    /// Sets the order where a separator stands.
    pub fn set(&mut self, separator: u8, order: DayOrder) {
        self.orders[Self::at(separator)] = order;
    }

    /// Sets whether anything speaks for the order.
    pub fn set_sure(&mut self, separator: u8, sure: bool) {
        self.sure[Self::at(separator)] = sure;
    }
}

impl Plan {
    /// A plan that keeps every cell as text; only empty cells are null.
    pub fn text() -> Self {
        Self {
            kind: PlanKind::Text { code: false },
            missing: 0,
        }
    }

    /// The Arrow type of the column.
    pub fn data_type(&self) -> DataType {
        match &self.kind {
            PlanKind::Empty => DataType::Null,
            PlanKind::Boolean { .. } | PlanKind::ZeroOne => DataType::Boolean,
            PlanKind::Int(_) => DataType::Int64,
            PlanKind::Float(_) => DataType::Float64,
            PlanKind::Date(_) | PlanKind::DigitDate | PlanKind::DigitMonth => DataType::Date32,
            PlanKind::Time(_) | PlanKind::DigitClock => DataType::Time64(TimeUnit::Microsecond),
            PlanKind::Timestamp { utc: false, .. } | PlanKind::DigitStamp => {
                DataType::Timestamp(TimeUnit::Microsecond, None)
            }
            PlanKind::Timestamp { utc: true, .. } | PlanKind::Epoch { .. } => {
                DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
            }
            PlanKind::Text { .. } => DataType::Utf8,
        }
    }

    /// Whether the cells are more than just text.
    pub fn is_typed(&self) -> bool {
        !matches!(self.kind, PlanKind::Empty | PlanKind::Text { code: false })
    }

    /// Whether the cells are truth values.
    pub fn is_boolean(&self) -> bool {
        self.data_type() == DataType::Boolean
    }

    fn is_missing(&self, word: WordId) -> bool {
        self.missing >> word & 1 == 1
    }
}

/// Parses the cells of one chunk of a column.
pub(crate) fn parse_chunk<'c>(
    plan: &Plan,
    cells: impl ExactSizeIterator<Item = &'c str>,
) -> (ArrayRef, ChunkReport) {
    let mut reader = ChunkReader {
        plan,
        report: ChunkReport::default(),
    };
    let rows = cells.len();
    let array: ArrayRef = match &plan.kind {
        PlanKind::Empty => {
            for (row, cell) in cells.enumerate() {
                reader.value(row, cell, |_| None::<()>);
            }
            Arc::new(NullArray::new(rows))
        }
        PlanKind::Boolean { .. } => {
            let mut values = BooleanBuilder::with_capacity(rows);
            for (row, cell) in cells.enumerate() {
                values.append_option(reader.value(row, cell, truth));
            }
            Arc::new(values.finish())
        }
        PlanKind::ZeroOne => {
            let mut values = BooleanBuilder::with_capacity(rows);
            for (row, cell) in cells.enumerate() {
                values.append_option(reader.value(row, cell, zero_one));
            }
            Arc::new(values.finish())
        }
        PlanKind::Int(numbers) => {
            let mut values = Int64Builder::with_capacity(rows);
            for (row, cell) in cells.enumerate() {
                values.append_option(match plain_int(cell, numbers) {
                    Some(value) => Some(value),
                    None => reader.number(row, cell, numbers, |n, d| n.as_int(d)),
                });
            }
            Arc::new(values.finish())
        }
        PlanKind::Float(numbers) => {
            let mut values = Float64Builder::with_capacity(rows);
            for (row, cell) in cells.enumerate() {
                values.append_option(match plain_float(cell, numbers) {
                    Some(value) => Some(value),
                    None => reader.number(row, cell, numbers, |n, d| n.as_float(d)),
                });
            }
            Arc::new(values.finish())
        }
        PlanKind::Date(plan) => {
            let mut values = Date32Builder::with_capacity(rows);
            for (row, cell) in cells.enumerate() {
                values.append_option(reader.time(row, cell, plan, |time| {
                    time.days(plan.orders.of(time.layout.separator))
                }));
            }
            Arc::new(values.finish())
        }
        PlanKind::Time(plan) => {
            let mut values = Time64MicrosecondBuilder::with_capacity(rows);
            for (row, cell) in cells.enumerate() {
                values.append_option(reader.time(row, cell, plan, |time| Some(time.micros)));
            }
            Arc::new(values.finish())
        }
        PlanKind::Timestamp { plan, utc } => {
            let mut values = TimestampMicrosecondBuilder::with_capacity(rows);
            for (row, cell) in cells.enumerate() {
                let value = reader.time(row, cell, plan, |time| {
                    time.timestamp(plan.orders.of(time.layout.separator))
                });
                values.append_option(value);
            }
            Arc::new(values.finish().with_timezone_opt(utc.then_some("UTC")))
        }
        PlanKind::DigitDate | PlanKind::DigitMonth => {
            let month = matches!(plan.kind, PlanKind::DigitMonth);
            let mut values = Date32Builder::with_capacity(rows);
            for (row, cell) in cells.enumerate() {
                let value = reader.value(row, cell, digits);
                values.append_option(value.map(|v| digit_date(if month { v * 100 + 1 } else { v })));
            }
            Arc::new(values.finish())
        }
        PlanKind::DigitClock => {
            let mut values = Time64MicrosecondBuilder::with_capacity(rows);
            for (row, cell) in cells.enumerate() {
                values.append_option(reader.value(row, cell, digits).map(digit_clock));
            }
            Arc::new(values.finish())
        }
        PlanKind::DigitStamp => {
            let mut values = TimestampMicrosecondBuilder::with_capacity(rows);
            for (row, cell) in cells.enumerate() {
                values.append_option(reader.value(row, cell, digits).map(digit_stamp));
            }
            Arc::new(values.finish())
        }
        PlanKind::Epoch { micros } => {
            let mut values = TimestampMicrosecondBuilder::with_capacity(rows);
            for (row, cell) in cells.enumerate() {
                values.append_option(
                    reader
                        .value(row, cell, digits)
                        .and_then(|v| v.checked_mul(*micros)),
                );
            }
            Arc::new(values.finish().with_timezone("UTC"))
        }
        PlanKind::Text { .. } => {
            let mut values = StringBuilder::with_capacity(rows, rows * 8);
            for (row, cell) in cells.enumerate() {
                values.append_option(reader.text(row, cell));
            }
            Arc::new(values.finish())
        }
    };
    (array, reader.report)
}

/// Reads the cells of a chunk and counts what did not fit.
struct ChunkReader<'p> {
    plan: &'p Plan,
    report: ChunkReport,
}

impl ChunkReader<'_> {
    /// A value, or null for an empty cell, a missing value or one that does not fit.
    fn value<T>(&mut self, row: usize, cell: &str, read: impl Fn(&CellKind<'_>) -> Option<T>) -> Option<T> {
        let kind = cell_kind(cell);
        match kind {
            CellKind::Empty => return None,
            CellKind::Word(word) if self.plan.is_missing(word) => {
                self.report.marker(trim(cell));
                return None;
            }
            _ => {}
        }
        let value = read(&kind);
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
        read: impl Fn(&Number<'_>, Decimal) -> Option<T>,
    ) -> Option<T> {
        let mut bare = false;
        let value = self.value(row, cell, |kind| {
            let CellKind::Number(number) = kind else {
                return None;
            };
            let fits = match (&plan.unit, number.unit) {
                (_, CellUnit::None) => true,
                (Some(unit), found) => found.is(unit),
                (None, _) => false,
            };
            fits.then(|| read(number, plan.decimal)).flatten()
        });
        if value.is_some() && plan.unit.is_some() {
            bare = matches!(cell_kind(cell), CellKind::Number(number) if number.unit == CellUnit::None);
        }
        if bare {
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
        let mut local = false;
        let value = self.value(row, cell, |kind| match kind {
            CellKind::Time(time) if plan.layouts.contains(&time.layout) => read(time),
            _ => None,
        });
        if value.is_some() && matches!(self.plan.kind, PlanKind::Timestamp { utc: true, .. }) {
            local = matches!(cell_kind(cell), CellKind::Time(time) if time.layout.zone == ZoneLayout::None);
        }
        if local {
            self.report.without_zone.add(row, trim(cell));
        }
        value
    }

    fn text<'c>(&mut self, row: usize, cell: &'c str) -> Option<&'c str> {
        let trimmed = trim(cell);
        if trimmed.is_empty() {
            return None;
        }
        if self.plan.missing != 0
            && let Some(word) = super::word::word(trimmed)
            && self.plan.is_missing(word)
        {
            self.report.marker(trimmed);
            return None;
        }
        let _ = row;
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

/// An integer of digits only, the common case; the rest takes the long way.
#[inline]
fn plain_int(cell: &str, plan: &NumberPlan) -> Option<i64> {
    if plan.unit.is_some() {
        return None;
    }
    let bytes = cell.as_bytes();
    let negative = bytes.first() == Some(&b'-');
    let digits = &bytes[usize::from(negative)..];
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut value = 0i64;
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + i64::from(digit);
    }
    Some(if negative { -value } else { value })
}

/// A float of digits and a point only, the common case.
#[inline]
fn plain_float(cell: &str, plan: &NumberPlan) -> Option<f64> {
    if plan.unit.is_some() || plan.decimal != Decimal::Point || cell.len() > 32 {
        return None;
    }
    let plain = |b: u8| b.is_ascii_digit() || b == b'.' || b == b'-';
    if !cell.bytes().all(plain) || !cell.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    fast_float2::parse(cell).ok()
}
