//! [`TierChart`]: a chart of the model's tier, between actions and specs.

use marey_core::{Channel, FieldType, Mark};

use super::{Comparison, LiteralRef, StackKind, Summary, UnitOfTime};

/// A chart of the model's tier: one unit view, perhaps in panels, whose parts are columns in scope.
#[derive(Debug, Clone, PartialEq)]
pub struct TierChart {
    /// The mark.
    pub mark: Mark,
    /// What channels show, in the order of writing.
    pub slots: Vec<Slot>,
    /// Stacking, where it is not as usual.
    pub stack: Option<StackKind>,
    /// The order of what one channel shows, where it is not by its own values upwards.
    pub sort: Option<(Channel, Order)>,
    /// The condition that rows must meet.
    pub filter: Option<Condition>,
    /// How many rows or groups are kept.
    pub limit: Option<Limit>,
}

/// What a channel shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The channel.
    pub channel: Channel,
    /// What it shows.
    pub shown: Shown,
}

/// A column, perhaps summarised or cut, or the number of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Level of measurement, where it is not the usual one of the place.
    pub level: Option<FieldType>,
    /// What is done with the column.
    pub function: Function,
    /// The column's place in scope; none for a count.
    pub column: Option<usize>,
}

/// What is done with a column before it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// Nothing.
    Raw,
    /// There is no column: rows are counted.
    Count,
    /// Summarised.
    Summary(Summary),
    /// Truncated in time.
    Unit(UnitOfTime),
    /// Cut into at most so many bins; 0 for the usual number.
    Bin(u8),
}

impl Function {
    /// Whether several rows become one number.
    pub fn is_summary(self) -> bool {
        matches!(self, Function::Count | Function::Summary(_))
    }
}

/// An order of what a channel shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By its own values, largest first.
    SelfDescending,
    /// In the order of the rows.
    Unsorted,
    /// By what another channel shows.
    By(Channel, bool),
    /// By a summary; the flag says whether largest first.
    BySummary(bool, Shown),
}

/// The rows or groups that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How many.
    pub count: LiteralRef,
    /// By what they are ordered first; none for the order of the rows.
    pub key: Option<Key>,
}

/// What rows are ordered by before some are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The axis whose values decide.
    pub channel: Channel,
    /// Whether largest first.
    pub descending: bool,
}

/// A condition on rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// A column is compared.
    Test(Test),
}

/// A column compared with literals. Rows without a value meet only [`Comparison::IsNull`].
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// The column's place in scope.
    pub column: usize,
    /// How.
    pub comparison: Comparison,
    /// With what.
    pub literals: Vec<LiteralRef>,
}

impl TierChart {
    /// What a channel shows; the first where it shows several.
    pub fn on(&self, channel: Channel) -> Option<&Shown> {
        self.slots
            .iter()
            .find(|slot| slot.channel == channel)
            .map(|slot| &slot.shown)
    }

    /// The columns that the chart shows, each once, in the order of writing.
    pub fn columns(&self) -> Vec<usize> {
        let mut columns = Vec::new();
        for column in self.slots.iter().filter_map(|slot| slot.shown.column) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns
    }
}
