//! Aggregates: how many rows become one number.

use std::{fmt, str::FromStr};

use crate::FieldName;

/// A summary of a group of rows, after Vega-Lite's aggregate operations.
///
/// Invalid values (null, NaN, text that is no number) are left out by every operation but
/// [`Aggregate::Count`] and [`Aggregate::Missing`]. Variance and standard deviation are of the
/// sample (n - 1) unless the name ends in `p`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aggregate {
    /// Number of rows.
    Count,
    /// Number of values that are neither null nor NaN.
    Valid,
    /// Number of nulls.
    Missing,
    /// Number of different values (null counts as one).
    Distinct,
    /// Sum; 0 of nothing.
    Sum,
    /// Product; 1 of nothing.
    Product,
    /// Arithmetic mean, spelt `mean`.
    Mean,
    /// Arithmetic mean, spelt `average`.
    Average,
    /// Sample variance.
    Variance,
    /// Population variance.
    Variancep,
    /// Sample standard deviation.
    Stdev,
    /// Population standard deviation.
    Stdevp,
    /// Standard error of the mean.
    Stderr,
    /// Median.
    Median,
    /// Lower quartile.
    Q1,
    /// Upper quartile.
    Q3,
    /// Lower end of the 95 % bootstrapped interval of the mean.
    Ci0,
    /// Upper end of the 95 % bootstrapped interval of the mean.
    Ci1,
    /// Smallest value.
    Min,
    /// Largest value.
    Max,
    /// The row at which another field is smallest.
    Argmin(Option<FieldName>),
    /// The row at which another field is largest.
    Argmax(Option<FieldName>),
    /// All rows of the group.
    Values,
}

impl Aggregate {
    /// Every aggregate without an argument, in Vega-Lite's spelling.
    pub const NAMED: &'static [(&'static str, Aggregate)] = &[
        ("count", Aggregate::Count),
        ("valid", Aggregate::Valid),
        ("missing", Aggregate::Missing),
        ("distinct", Aggregate::Distinct),
        ("sum", Aggregate::Sum),
        ("product", Aggregate::Product),
        ("mean", Aggregate::Mean),
        ("average", Aggregate::Average),
        ("variance", Aggregate::Variance),
        ("variancep", Aggregate::Variancep),
        ("stdev", Aggregate::Stdev),
        ("stdevp", Aggregate::Stdevp),
        ("stderr", Aggregate::Stderr),
        ("median", Aggregate::Median),
        ("q1", Aggregate::Q1),
        ("q3", Aggregate::Q3),
        ("ci0", Aggregate::Ci0),
        ("ci1", Aggregate::Ci1),
        ("min", Aggregate::Min),
        ("max", Aggregate::Max),
        ("argmin", Aggregate::Argmin(None)),
        ("argmax", Aggregate::Argmax(None)),
        ("values", Aggregate::Values),
    ];

    /// The operation's name in Vega-Lite, without argument.
    pub fn as_str(&self) -> &'static str {
        match self {
            Aggregate::Argmin(_) => "argmin",
            Aggregate::Argmax(_) => "argmax",
            other => Self::NAMED
                .iter()
                .find(|(_, op)| op == other)
                .map_or("count", |(name, _)| name),
        }
    }
}

impl fmt::Display for Aggregate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Aggregate {
    type Err = UnknownAggregate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::NAMED
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, op)| op.clone())
            .ok_or_else(|| UnknownAggregate(text.to_owned()))
    }
}

/// A text that names no aggregate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no aggregate; expected one of count, sum, mean, median, min, max, distinct, stdev, q1, q3, …"
)]
pub struct UnknownAggregate(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_as_they_are_written() {
        for (name, op) in Aggregate::NAMED {
            assert_eq!(op.as_str(), *name);
            assert_eq!(name.parse::<Aggregate>().as_ref(), Ok(op));
        }
        assert!("total".parse::<Aggregate>().is_err());
    }
}
