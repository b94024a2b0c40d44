//! What part a column can play in a chart.

use marey_core::{Aggregate, FieldName, FieldType, PhysicalType};
use marey_profile::{
    AxisScale, ChartRole, ColumnProfile, NumericSummary, Sums, TableProfile, TemporalSummary, TimeStep,
};

use crate::words;

/// Largest number of categories that a colour legend can hold.
pub(crate) const MOST_COLORS: u64 = 8;
/// Largest number of bars in one chart.
pub(crate) const MOST_BARS: u64 = 15;
/// Largest number of bars of categories with an order, which is lost when some are left out.
pub(crate) const MOST_ORDERED_BARS: u64 = 40;

/// What part a column can play in a chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Role {
    /// A quantity.
    Measure,
    /// Groups rows; the order is given where the categories have one.
    Category { order: Option<Vec<String>> },
    /// Names single rows in a way people read (a country, a product) while measures vary.
    Label,
    /// Points in time.
    Time,
    /// Calendar years as whole numbers.
    Year,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// Left out, with the reason as the end of a sentence that begins with the column's name.
    Excluded(String),
}

impl Role {
    /// The part that the profile advises.
    fn of(column: &ColumnProfile) -> Self {
        if let Some(reason) = &column.advice.left_out {
            return Role::Excluded(reason.clone());
        }
        match column.advice.role {
            ChartRole::Measure => Role::Measure,
            ChartRole::Category => category(column),
            ChartRole::Label => Role::Label,
            ChartRole::Time => Role::Time,
            ChartRole::Year => Role::Year,
            ChartRole::Latitude => Role::Latitude,
            ChartRole::Longitude => Role::Longitude,
            ChartRole::Identifier | ChartRole::Text | ChartRole::Nothing => {
                Role::Excluded("has no part in a chart".to_owned())
            }
        }
    }
}

/// A column with its part and its label.
#[derive(Debug, Clone)]
pub(crate) struct Field<'a> {
    /// The column.
    pub column: &'a ColumnProfile,
    /// Its part.
    pub role: Role,
    /// Its name for people.
    pub label: String,
    /// Number of rows in the table.
    pub rows: u64,
}

impl<'a> Field<'a> {
    /// Decides what part a column can play.
    pub(crate) fn of(column: &'a ColumnProfile, rows: u64) -> Self {
        Self {
            column,
            role: Role::of(column),
            label: words::label(&column.name),
            rows,
        }
    }

    pub(crate) fn name(&self) -> &'a FieldName {
        &self.column.name
    }

    /// The column's name as quoted in reasons.
    pub(crate) fn quoted(&self) -> String {
        words::quoted(&self.column.name)
    }

    /// The label as it stands inside a sentence.
    pub(crate) fn inside(&self) -> String {
        words::inside(&self.label)
    }

    /// Number of different values.
    pub(crate) fn distinct(&self) -> u64 {
        self.column.distinct.value
    }

    /// Number of rows with a value.
    pub(crate) fn filled(&self) -> u64 {
        self.rows.saturating_sub(self.column.nulls)
    }

    pub(crate) fn numeric(&self) -> Option<&'a NumericSummary> {
        self.column.numeric.as_ref()
    }

    pub(crate) fn temporal(&self) -> Option<&'a TemporalSummary> {
        self.column.temporal.as_ref()
    }

    /// Whether the sum of the values is a total of something.
    pub(crate) fn is_additive(&self) -> bool {
        self.column.advice.sums.are_totals()
    }

    /// The aggregate that says most about a group.
    pub(crate) fn aggregate(&self) -> Aggregate {
        self.column
            .advice
            .aggregate
            .map_or(Aggregate::Mean, Aggregate::from)
    }

    /// The middle that a mean or a median tells.
    pub(crate) fn typical(&self) -> Aggregate {
        self.column
            .advice
            .typical
            .map_or(Aggregate::Mean, Aggregate::from)
    }

    /// Whether sums over time would count the same things again.
    pub(crate) fn is_snapshot(&self) -> bool {
        self.column.advice.sums == Sums::Snapshot
    }

    /// The step that shows the column's span, for time columns.
    pub(crate) fn step(&self) -> TimeStep {
        self.column.advice.time_step.unwrap_or(TimeStep::Year)
    }

    /// Whether rows have different points in time each.
    pub(crate) fn has_one_row_per_point(&self) -> bool {
        self.distinct() == self.filled()
    }

    /// Whether values may stand on a logarithmic axis and need one.
    pub(crate) fn wants_log(&self) -> bool {
        self.column.advice.scale == Some(AxisScale::Log)
    }

    /// The values of an ordered category in their order.
    pub(crate) fn order(&self) -> Option<&[String]> {
        match &self.role {
            Role::Category { order } => order.as_deref(),
            _ => None,
        }
    }

    /// Whether the categories have an order of their own, spelt out or by number.
    pub(crate) fn is_ordered(&self) -> bool {
        self.order().is_some() || self.field_type() == FieldType::Ordinal
    }

    /// The type this column has in a chart.
    pub(crate) fn field_type(&self) -> FieldType {
        match &self.role {
            Role::Measure | Role::Latitude | Role::Longitude => FieldType::Quantitative,
            Role::Time => FieldType::Temporal,
            Role::Year => FieldType::Quantitative,
            Role::Category { order: Some(_) } => FieldType::Ordinal,
            Role::Category { order: None } => match self.column.physical_type {
                PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal | PhysicalType::Time => {
                    FieldType::Ordinal
                }
                _ => FieldType::Nominal,
            },
            Role::Label | Role::Excluded(_) => FieldType::Nominal,
        }
    }

    /// Number of bars that are shown of these categories.
    pub(crate) fn bars(&self) -> u64 {
        let most = if self.is_ordered() {
            MOST_ORDERED_BARS
        } else {
            MOST_BARS
        };
        if self.distinct() > most {
            MOST_BARS
        } else {
            self.distinct()
        }
    }

    /// Whether the longest names would not fit below a column.
    pub(crate) fn has_long_values(&self) -> bool {
        let longest = match &self.column.text {
            Some(text) => text.max_chars,
            None => self
                .column
                .top
                .iter()
                .map(|top| top.value.chars().count() as u64)
                .max()
                .unwrap_or(0),
        };
        longest > 10
    }
}

/// Every column of a table with its part, in the order of the table.
pub(crate) fn fields_of(profile: &TableProfile) -> Vec<Field<'_>> {
    profile
        .columns
        .iter()
        .map(|column| Field::of(column, profile.rows))
        .collect()
}

/// Categories, with the order of their meaning where it was told.
fn category(column: &ColumnProfile) -> Role {
    let order = (!column.order.is_empty()).then(|| column.order.clone());
    Role::Category { order }
}

/// Share of the most frequent value among rows with a value.
pub(crate) fn dominance(field: &Field<'_>) -> f64 {
    let most = field.column.top.first().map_or(0, |top| top.count.value);
    most as f64 / field.filled().max(1) as f64
}
