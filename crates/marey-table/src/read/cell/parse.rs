//! The second pass: cells into Arrow arrays, by the plan of their column.

use std::sync::Arc;

use arrow::{
    array::{
        ArrayRef, ArrowPrimitiveType, AsArray, BooleanBuilder, NullArray, PrimitiveBuilder, StringBuilder,
    },
    datatypes::{
        DataType, Date32Type, Float64Type, Int64Type, Time64MicrosecondType, TimeUnit,
        TimestampMicrosecondType,
    },
};

use super::{
    calendar::days_from_civil,
    evidence::Evidence,
    number::{Decimal, Number},
    read_cell::{CellKind, cell_kind, trim},
    report::ChunkReport,
    time::{DAY_MICROS, DayOrder, Layout, TimeCell, ZoneLayout},
    unit::CellUnit,
    word::{Meaning, WordId, meaning, word},
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

impl TimePlan {
    /// The order of day and month in a cell.
    pub fn order(&self, time: &TimeCell) -> DayOrder {
        self.orders.of(time.layout.separator)
    }
}

impl NumberPlan {
    /// Whether numbers with the unit belong to the column.
    fn takes(&self, unit: CellUnit<'_>) -> bool {
        unit == CellUnit::None || self.unit.as_ref().is_some_and(|ours| unit.is(ours))
    }
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

    /// Whether cells are read as by another plan; `evidence` holds all cells there are.
    pub fn reads_like(&self, other: &Self, evidence: &Evidence) -> bool {
        use PlanKind as P;
        let occurs = |word: usize| evidence.words.get(word).is_some_and(|count| *count > 0);
        let differing = self.missing ^ other.missing;
        let same_words = (0..64).all(|word| differing >> word & 1 == 0 || !occurs(word));
        let same_times = |a: &TimePlan, b: &TimePlan| {
            a.layouts.len() == b.layouts.len()
                && a.layouts.iter().all(|layout| {
                    let separator = layout.separator;
                    b.layouts.contains(layout) && a.orders.of(separator) == b.orders.of(separator)
                })
        };
        same_words
            && match (&self.kind, &other.kind) {
                (P::Int(a), P::Int(b)) | (P::Float(a), P::Float(b)) => {
                    a.decimal == b.decimal && a.unit == b.unit
                }
                (P::Date(a), P::Date(b)) | (P::Time(a), P::Time(b)) => same_times(a, b),
                (P::Timestamp { plan: a, utc }, P::Timestamp { plan: b, utc: other }) => {
                    utc == other && same_times(a, b)
                }
                (P::Epoch { micros }, P::Epoch { micros: other }) => micros == other,
                (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
            }
    }

    /// Whether the cells are truth values.
    pub fn is_boolean(&self) -> bool {
        self.data_type() == DataType::Boolean
    }

    /// Whether the values are instants.
    fn is_utc(&self) -> bool {
        matches!(self.kind, PlanKind::Timestamp { utc: true, .. })
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
            let plain = plain_int(cell, plan).inspect(|_| reader.count(cell));
            plain.or_else(|| reader.number(row, cell, plan, |n| n.as_int(plan.decimal)))
        }),
        PlanKind::Float(plan) => primitives::<Float64Type>(cells, |row, cell| {
            let plain = plain_float(cell, plan).inspect(|_| reader.count(cell));
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
    /// Counts what a cell could be.
    #[inline]
    fn count(&mut self, cell: &str) {
        if let Some(evidence) = &mut self.evidence {
            evidence.add(cell);
        }
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

    fn text<'c>(&mut self, cell: &'c str) -> Option<&'c str> {
        self.count(cell);
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
