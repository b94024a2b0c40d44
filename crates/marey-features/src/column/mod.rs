//! [`ColumnFeatures`]: the columns of a table as numbers, for models.

mod catalogue;
mod scaling;
mod table_facts;

use marey_profile::TableProfile;

use catalogue::{COLUMN_FEATURES, TABLE_FEATURES};
use table_facts::TableFacts;

/// Version of the model's column features: names, order and scales stay as long as it does.
pub const COLUMN_FEATURES_VERSION: u32 = 1;

/// One feature: its name and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeatureName {
    /// Name, unique among its kind.
    pub name: &'static str,
    /// What it is, and its scale where that is not a share or yes and no.
    pub about: &'static str,
}

/// The columns of a table as numbers: `[columns, features]` and one vector for the table.
///
/// Every value is finite and within -1 to 1. They tell nothing of the order of rows but whether
/// values rise or fall, and one feature tells the place of the column in the table.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnFeatures {
    /// Number of columns.
    pub columns: usize,
    /// The features, column by column: `[columns, ColumnFeatures::width()]`.
    pub values: Vec<f32>,
    /// What is told of the table as a whole: `[ColumnFeatures::table_width()]`.
    pub table: Vec<f32>,
}

impl ColumnFeatures {
    /// Number of features of a column.
    pub const fn width() -> usize {
        COLUMN_FEATURES.len()
    }

    /// Number of features of a table.
    pub const fn table_width() -> usize {
        TABLE_FEATURES.len()
    }

    /// The features of a column, in order.
    pub fn names() -> impl ExactSizeIterator<Item = FeatureName> {
        COLUMN_FEATURES.iter().map(|feature| FeatureName {
            name: feature.name,
            about: feature.about,
        })
    }

    /// The features of a table, in order.
    pub fn table_names() -> impl ExactSizeIterator<Item = FeatureName> {
        TABLE_FEATURES.iter().map(|feature| FeatureName {
            name: feature.name,
            about: feature.about,
        })
    }

    /// The features of one column; none beyond the last.
    pub fn column(&self, index: usize) -> Option<&[f32]> {
        self.values
            .get(index * Self::width()..(index + 1) * Self::width())
    }
}

/// The features of a table's columns, from its profile alone.
///
/// ```
/// use marey_features::column::{ColumnFeatures, column_features};
/// use marey_profile::{ProfileOptions, profile};
/// use marey_table::read::{ReadOptions, read};
///
/// let csv = b"city,price\nOslo,3\nRome,5\n".to_vec();
/// let table = read("prices.csv", csv, &ReadOptions::default())?.value;
/// let features = column_features(&profile(&table, &ProfileOptions::default()));
/// let quantitative = ColumnFeatures::names().position(|feature| feature.name == "is_quantitative");
/// assert_eq!(features.column(1).unwrap()[quantitative.unwrap()], 1.0);
/// # Ok::<(), marey_table::TableError>(())
/// ```
pub fn column_features(profile: &TableProfile) -> ColumnFeatures {
    let facts = TableFacts::new(profile);
    let mut values = Vec::with_capacity(profile.columns.len() * ColumnFeatures::width());
    for (at, column) in profile.columns.iter().enumerate() {
        let seen = catalogue::Seen {
            column,
            rows: profile.rows,
            facts: &facts.columns[at],
        };
        values.extend(
            COLUMN_FEATURES
                .iter()
                .map(|feature| bounded((feature.value)(&seen))),
        );
    }
    ColumnFeatures {
        columns: profile.columns.len(),
        values,
        table: TABLE_FEATURES
            .iter()
            .map(|feature| bounded((feature.value)(profile, &facts)))
            .collect(),
    }
}

/// Holds what a profile could not tell (NaN counts as 0) within the promised range.
fn bounded(value: f64) -> f32 {
    if value.is_nan() {
        0.0
    } else {
        value.clamp(-1.0, 1.0) as f32
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use marey_core::{FieldType, PhysicalType};
    use marey_profile::{ColumnProfile, NumericSummary};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_unique_and_explained() {
        let names: BTreeSet<&str> = ColumnFeatures::names().map(|feature| feature.name).collect();
        assert_eq!(names.len(), ColumnFeatures::width());
        let names: BTreeSet<&str> = ColumnFeatures::table_names()
            .map(|feature| feature.name)
            .collect();
        assert_eq!(names.len(), ColumnFeatures::table_width());
        assert!(
            ColumnFeatures::names()
                .chain(ColumnFeatures::table_names())
                .all(|feature| !feature.about.is_empty())
        );
    }

    #[test]
    fn nothing_has_features_too() {
        let features = column_features(&TableProfile::default());
        assert_eq!((features.columns, features.values.len()), (0, 0));
        assert_eq!(features.table.len(), ColumnFeatures::table_width());
        assert_eq!(features.column(0), None);
    }

    proptest! {
        #[test]
        fn any_summary_gives_bounded_features(
            numbers in prop::collection::vec(prop::num::f64::ANY, 9),
            counts in prop::collection::vec(any::<u64>(), 4),
        ) {
            let mut column = ColumnProfile::new("a", PhysicalType::Float, FieldType::Quantitative);
            let mut numeric = NumericSummary {
                min: numbers[0], max: numbers[1], mean: numbers[2], stdev: numbers[3],
                skewness: numbers[4], kurtosis: numbers[5], zeros: counts[0], negatives: counts[1],
                ..NumericSummary::default()
            };
            numeric.quantiles.median = numbers[6];
            numeric.outliers.share = numbers[7];
            numeric.tails.right_weight = numbers[8];
            column.numeric = Some(numeric);
            column.nulls = counts[2];
            let profile = TableProfile { rows: counts[3], columns: vec![column], ..TableProfile::default() };
            let features = column_features(&profile);
            prop_assert!(features.values.iter().chain(&features.table).all(|value| value.abs() <= 1.0));
        }
    }
}
