//! [`Query`]: how a number is computed again from the table, as data, as SQL, and by running it.

use marey_core::FieldName;
use serde::{Deserialize, Serialize};

use crate::Bucket;

/// A number that can be computed from a table.
///
/// ```
/// use marey_core::FieldName;
/// use marey_insight::{Condition, Query, Summary, Test};
///
/// let north = Condition::new("region", Test::Is("North".into()));
/// let query = Query::of(Summary::Mean(FieldName::new("revenue")), vec![north]);
/// assert_eq!(
///     query.sql("orders"),
///     r#"SELECT avg("revenue") FROM "orders" WHERE CAST("region" AS VARCHAR) = 'North'"#
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Query {
    /// A summary of the rows for which all conditions hold.
    Summary {
        /// What is computed.
        summary: Summary,
        /// The rows it is computed from; all rows when empty.
        rows: Vec<Condition>,
    },
    /// The first number less the second.
    Difference(Box<Query>, Box<Query>),
    /// The first number divided by the second.
    Ratio(Box<Query>, Box<Query>),
    /// The first number times the second.
    Product(Box<Query>, Box<Query>),
    /// All numbers added up; those that are undefined count as 0.
    Sum(Vec<Query>),
    /// A number.
    Number(f64),
}

/// What is computed from rows. Nulls, NaN and infinities are left out, pair by pair where two
/// columns are named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Summary {
    /// The number of rows.
    Rows,
    /// The number of values of a column.
    Values(FieldName),
    /// The number of rows without a value.
    Missing(FieldName),
    /// The number of different values.
    Distinct(FieldName),
    /// The number of rows that repeat an earlier row exactly.
    RepeatedRows,
    /// The sum.
    Sum(FieldName),
    /// The arithmetic mean.
    Mean(FieldName),
    /// The median.
    Median(FieldName),
    /// The sample standard deviation (n - 1).
    Deviation(FieldName),
    /// The smallest value.
    Least(FieldName),
    /// The largest value.
    Greatest(FieldName),
    /// Pearson's correlation of two columns.
    Correlation(FieldName, FieldName),
    /// Spearman's correlation: Pearson's of the ranks, ties sharing their mean rank.
    RankCorrelation(FieldName, FieldName),
    /// Pearson's correlation of two columns within the categories of a third, pooled: of the
    /// differences from the categories' means.
    WithinCorrelation(FieldName, FieldName, FieldName),
    /// Slope of the least-squares line of the first column on the second, a date, per day.
    SlopePerDay(FieldName, FieldName),
    /// Standard error of that slope, rows taken as independent.
    SlopeError(FieldName, FieldName),
    /// The number of buckets of the third column, a date, that hold three values and more of the first
    /// and of the second.
    Buckets(FieldName, FieldName, FieldName, Bucket),
    /// Pearson's correlation of the means of two columns over buckets of a third, a date. Buckets
    /// of fewer than three values are left out.
    BucketCorrelation(FieldName, FieldName, FieldName, Bucket),
    /// The number of values other than 0 that are whole multiples of a step, to a hundred-thousandth of
    /// the step.
    Multiples(FieldName, f64),
}

/// A condition on a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// The column under test.
    pub column: FieldName,
    /// The test.
    pub test: Test,
}

impl Condition {
    /// A condition on a column.
    pub fn new(column: impl Into<String>, test: Test) -> Self {
        Self {
            column: FieldName::new(column),
            test,
        }
    }

    /// A condition on a column that has a name already.
    pub fn on(column: &FieldName, test: Test) -> Self {
        Self {
            column: column.clone(),
            test,
        }
    }
}

/// What a value is tested for; a missing value passes [`Test::Missing`] and [`Test::IsNot`] only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// Its text is this (numbers in shortest form, dates in ISO 8601).
    Is(String),
    /// Its text is not this, or it is missing.
    IsNot(String),
    /// It has a value and its text is not this.
    Other(String),
    /// Its text is one of these.
    OneOf(Vec<String>),
    /// Its number is this.
    Equals(f64),
    /// From the first number, to below the second.
    Within(f64, f64),
    /// From the first instant, to below the second, in milliseconds since 1970.
    During(i64, i64),
    /// Before the first number, or from the second on.
    Outside(f64, f64),
    /// Before the first instant, or from the second on, in milliseconds since 1970.
    NotDuring(i64, i64),
    /// In a part of a cycle.
    Phase(Phase),
    /// It has no value.
    Missing,
    /// It has a value.
    Present,
}

/// A part of a cycle of fixed length.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Phase {
    /// An instant at which a cycle starts, in milliseconds since 1970.
    pub origin_ms: i64,
    /// Length of the cycle in milliseconds.
    pub period_ms: f64,
    /// Start of the part, as share of the cycle, 0 to 1.
    pub from: f64,
    /// Length of the part, as share of the cycle, 0 to 1; it may go over the end of the cycle.
    pub length: f64,
}

impl Query {
    /// A summary of the rows for which all conditions hold.
    pub fn of(summary: Summary, rows: Vec<Condition>) -> Self {
        Self::Summary { summary, rows }
    }

    /// This number less another.
    pub fn less(self, other: Query) -> Self {
        Self::Difference(Box::new(self), Box::new(other))
    }

    /// This number times another.
    pub fn times(self, other: Query) -> Self {
        Self::Product(Box::new(self), Box::new(other))
    }

    /// This number divided by another.
    pub fn over(self, other: Query) -> Self {
        Self::Ratio(Box::new(self), Box::new(other))
    }
}
