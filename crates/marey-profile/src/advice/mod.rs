//! [`Advice`]: how a column is best used in a chart.

mod additive;
mod appearance;
mod name;
mod role;
mod time_step;

use marey_core::Aggregate;
use serde::{Deserialize, Serialize};

use crate::ColumnProfile;

pub use time_step::{TimeStep, in_zone_of};

/// How a column is best used in a chart.
///
/// Parts that do not apply are none: a category has no aggregate, a measure no step of time.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Advice {
    /// What part it can play.
    pub role: ChartRole,
    /// Why it is better left out of charts, as the end of a sentence that begins with its name;
    /// none for columns that charts can use.
    pub left_out: Option<String>,
    /// What sums of its values mean.
    pub sums: Sums,
    /// The aggregate that says most about a group, for measures: the sum of totals, else the typical
    /// value.
    pub aggregate: Option<ChartAggregate>,
    /// The typical value of a group, for numbers: the median where the skewness is above 2 and a
    /// mean would be pulled away from the bulk, else the mean.
    pub typical: Option<ChartAggregate>,
    /// The order of its values on an axis or in a legend.
    pub sort: Option<SortOrder>,
    /// Width of bins, for measures: that of the profile's histogram.
    pub bin_step: Option<f64>,
    /// Step of time that shows the span in a readable number of points, for times and years.
    pub time_step: Option<TimeStep>,
    /// The scale of its axis, for measures. Logarithmic where all values are above zero, the largest
    /// is a thousand times the smallest or more, and the skewness is above 2; symmetric logarithmic
    /// where zeros or negative values stand in the way and a tail is heavy.
    pub scale: Option<AxisScale>,
    /// Whether an axis of its values should begin at zero even where marks have no length: amounts
    /// do, and values that reach down to less than half of the largest.
    pub zero: Option<bool>,
    /// How its values are written, as a format of d3-format (numbers) or d3-time-format (times).
    pub format: Option<String>,
    /// What kind of colour scheme shows it.
    pub color: Option<ColorKind>,
}

/// What part a column can play in a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChartRole {
    /// A quantity.
    Measure,
    /// A dimension: groups rows.
    Category,
    /// A dimension: names single rows in a way people read (a country, a product).
    Label,
    /// A dimension: points in time.
    Time,
    /// A dimension: calendar years as whole numbers.
    Year,
    /// Degrees or metres north.
    Latitude,
    /// Degrees or metres east.
    Longitude,
    /// Names rows for machines: keys, codes, addresses.
    Identifier,
    /// Prose, and other long text.
    Text,
    /// None: no values, one value, or values without an axis.
    #[default]
    Nothing,
}

impl ChartRole {
    /// Whether the column groups, names or dates rows.
    pub fn is_dimension(self) -> bool {
        matches!(self, Self::Category | Self::Label | Self::Time | Self::Year)
    }
}

/// What sums of values mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sums {
    /// A total: sales, passengers, deaths.
    Total,
    /// A total at one time, which sums over time would count again: population, stock, debt.
    Snapshot,
    /// Nothing beyond doubt: shares, rates, years, places, names.
    Senseless,
    /// That cannot be told.
    #[default]
    Unclear,
}

impl Sums {
    /// Whether sums, at least at one time, are totals of something.
    pub fn are_totals(self) -> bool {
        matches!(self, Self::Total | Self::Snapshot)
    }
}

/// A summary of a group of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChartAggregate {
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// Their median.
    Median,
}

impl From<ChartAggregate> for Aggregate {
    fn from(aggregate: ChartAggregate) -> Self {
        match aggregate {
            ChartAggregate::Sum => Self::Sum,
            ChartAggregate::Mean => Self::Mean,
            ChartAggregate::Median => Self::Median,
        }
    }
}

/// The order of values on an axis or in a legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SortOrder {
    /// That of the values: numbers and times.
    Ascending,
    /// That of their meaning: months, weekdays, sizes, bands.
    Meaning,
    /// By what is shown of them, largest first.
    ByMeasure,
}

/// The scale of an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AxisScale {
    /// Equal distances for equal differences.
    Linear,
    /// Equal distances for equal ratios.
    Log,
    /// Logarithmic away from zero, linear around it.
    Symlog,
}

/// A kind of colour scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ColorKind {
    /// Light to dark, for quantities.
    Sequential,
    /// Two hues from a middle, for quantities on both sides of zero.
    Diverging,
    /// Light to dark in steps, for ordered categories.
    Ordinal,
    /// One hue each, for unordered categories.
    Categorical,
    /// Back to where it begins, for months, weekdays, hours.
    Cyclical,
}

/// Advises on a column of a table with so many rows, from its profile alone.
///
/// The profile carries this already as [`ColumnProfile::advice`]; profiles that were put together
/// by hand get it here.
pub fn advise(column: &ColumnProfile, rows: u64) -> Advice {
    let part = role::of(column, rows);
    let role = part.role;
    let measure = role == ChartRole::Measure;
    let sums = additive::sums(column);
    let typical = column.numeric.as_ref().map(|_| additive::typical(column));
    Advice {
        role,
        left_out: part.left_out.map(str::to_owned),
        sums,
        aggregate: typical.filter(|_| measure).map(|typical| {
            if sums.are_totals() {
                ChartAggregate::Sum
            } else {
                typical
            }
        }),
        typical,
        sort: appearance::sort(column, role),
        bin_step: column
            .numeric
            .as_ref()
            .filter(|_| measure)
            .map(|numeric| numeric.histogram.width),
        time_step: time_step::of(column, role, rows),
        scale: appearance::scale(column, role),
        zero: appearance::zero(column, role, sums),
        format: appearance::format(column, role, rows),
        color: appearance::color(column, role),
    }
}
