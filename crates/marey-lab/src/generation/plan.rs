//! [`Plan`]: a chart by what it is for, before it is a spec and before it is asked for.

use marey_core::Mark;
use marey_features::action::{StackKind, Summary, UnitOfTime};

use super::condition::Test;

/// A chart by what it is for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    pub(super) idea: Idea,
    pub(super) mark: Mark,
    /// What rows are grouped by; along the axis of groups.
    pub(super) group: Option<Dimension>,
    /// What is measured; on the other axis, or as angle, or as colour of a heat map.
    pub(super) value: Value,
    /// A second quantity: y of a scatter plot, whose x is `value`.
    pub(super) second: Option<Value>,
    /// A third quantity, as size.
    pub(super) size: Option<Value>,
    /// A second grouping: colours, or the other axis of a heat map.
    pub(super) series: Option<Dimension>,
    /// A grouping into charts of their own.
    pub(super) panels: Option<(Panels, usize)>,
    /// Bars lie.
    pub(super) lying: bool,
    pub(super) stack: Option<StackKind>,
    pub(super) order: Option<Order>,
    pub(super) limit: Option<Limit>,
    /// Conditions that must all hold.
    pub(super) tests: Vec<Test>,
}

/// What a chart is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Idea {
    /// A value for each group.
    Comparison,
    /// The first of many groups.
    Ranking,
    /// A value over time.
    Trend,
    /// A value by a part of time that comes again: weekdays, months, hours.
    Cycle,
    /// Parts of a whole.
    Share,
    /// How often values occur.
    Histogram,
    /// How a quantity spreads, perhaps within groups.
    Spread,
    /// Two quantities against each other.
    Relationship,
    /// A value for each pair of groups, side by side.
    Grouped,
    /// A value for each pair of groups, one on the other.
    Stacked,
    /// Parts of each group as shares.
    Composition,
    /// A value for each pair of groups as colours.
    Heat,
}

impl Idea {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Idea::Comparison => "comparison",
            Idea::Ranking => "ranking",
            Idea::Trend => "trend",
            Idea::Cycle => "cycle",
            Idea::Share => "share",
            Idea::Histogram => "histogram",
            Idea::Spread => "spread",
            Idea::Relationship => "relationship",
            Idea::Grouped => "grouped",
            Idea::Stacked => "stacked",
            Idea::Composition => "composition",
            Idea::Heat => "heat",
        }
    }
}

/// What rows are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dimension {
    /// Different values of a column.
    Category(usize),
    /// Truncated times.
    Time(usize, UnitOfTime),
    /// Times as they are, or whole numbers of years.
    Moment(usize),
    /// Bins of a quantity; 0 for the usual number.
    Bins(usize, u8),
}

impl Dimension {
    pub(super) fn column(self) -> usize {
        match self {
            Dimension::Category(at)
            | Dimension::Time(at, _)
            | Dimension::Moment(at)
            | Dimension::Bins(at, _) => at,
        }
    }
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    Count,
    Raw(usize),
    Summary(Summary, usize),
}

impl Value {
    pub(super) fn column(self) -> Option<usize> {
        match self {
            Value::Count => None,
            Value::Raw(at) | Value::Summary(_, at) => Some(at),
        }
    }

    /// Whether values of parts add up to that of the whole.
    pub(super) fn is_total(self) -> bool {
        matches!(self, Value::Count | Value::Summary(Summary::Sum, _))
    }
}

/// Where charts of their own stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Panels {
    Wrapped,
    Rows,
    Columns,
}

/// The order of groups, where one is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// By what is measured; the flag says whether largest first.
    ByValue(bool),
    /// By the groups themselves; the flag says whether backwards.
    ByGroup(bool),
}

/// How many groups are kept, and whether the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    pub(super) count: u32,
    pub(super) largest: bool,
}

impl Plan {
    /// A chart of an idea with a value and no more.
    pub(super) fn new(idea: Idea, mark: Mark, group: Option<Dimension>, value: Value) -> Self {
        Self {
            idea,
            mark,
            group,
            value,
            second: None,
            size: None,
            series: None,
            panels: None,
            lying: false,
            stack: None,
            order: None,
            limit: None,
            tests: Vec::new(),
        }
    }

    /// Columns that the chart shows, each once.
    pub(super) fn columns(&self) -> Vec<usize> {
        let dimensions = [self.group, self.series].into_iter().flatten();
        let values = [Some(self.value), self.second, self.size].into_iter().flatten();
        let mut columns: Vec<usize> = dimensions
            .map(Dimension::column)
            .chain(values.filter_map(Value::column))
            .chain(self.panels.map(|(_, at)| at))
            .collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// Most rows that the chart may draw and still be read.
    pub(super) fn most_rows(&self) -> usize {
        match self.idea {
            Idea::Relationship | Idea::Spread => 200_000,
            Idea::Trend => 4_000,
            Idea::Share => 14,
            _ => 800,
        }
    }

    /// The same in other words: what a person who asked for this chart would accept as well.
    pub(super) fn others(&self) -> Vec<Plan> {
        let mut others = Vec::new();
        let along = matches!(self.group, Some(Dimension::Category(_)));
        if self.mark == Mark::Bar && along && !self.lying {
            others.push(Plan {
                lying: true,
                ..self.clone()
            });
        }
        if self.idea == Idea::Relationship
            && let Some(second) = self.second
        {
            others.push(Plan {
                value: second,
                second: Some(self.value),
                ..self.clone()
            });
        }
        others
    }
}
