//! How the cells of a column are read: its type, and how its values are written.

use arrow::datatypes::{DataType, TimeUnit};

use super::{
    evidence::Evidence,
    number::Decimal,
    time::{DayOrder, Layout, TimeCell},
    unit::CellUnit,
    word::WordId,
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
    pub fn takes(&self, unit: CellUnit<'_>) -> bool {
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
    pub fn is_utc(&self) -> bool {
        matches!(self.kind, PlanKind::Timestamp { utc: true, .. })
    }

    pub fn is_missing(&self, word: WordId) -> bool {
        self.missing >> word & 1 == 1
    }
}
