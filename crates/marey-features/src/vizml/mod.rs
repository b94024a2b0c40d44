//! [`VizmlFeatures`]: the features of VizML, by their definitions.
//!
//! Hu, Bakker, Li, Kraska and Hidalgo, *VizML: a machine learning approach to visualization
//! recommendation* (CHI 2019), describe 81 features of a column, 30 of a pair of columns, and their
//! aggregates over a table. Names and order are those of the code that the authors released. Where that
//! code does something else than the paper says, this does what the paper says; docs/features.md lists
//! every such difference.

mod aggregate;
mod column;
mod names;
mod pair;
mod statistic;
mod value;
mod values;

use marey_profile::TableProfile;
use marey_table::Table;
use rayon::prelude::*;
use serde::{Serialize, Serializer, ser::SerializeMap};

pub use names::{COLUMN_FEATURES, FeatureKind, NUMBER_AGGREGATES, PAIR_FEATURES, TRUTH_AGGREGATES};
pub use value::{FeatureValue, NullReason};
pub use values::{DataType, Values};

/// Version of these features: names, order and definitions stay as long as it does.
pub const VIZML_VERSION: u32 = 1;

/// The features of a table, its columns and their pairs.
///
/// Every value is finite, yes or no, or none with its reason. They depend neither on the number of threads
/// nor, but for the features of sequences, on the order of rows beyond the rounding of sums.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VizmlFeatures {
    /// Version of the features ([`VIZML_VERSION`]).
    pub version: u32,
    /// One per column, in the order of the table.
    pub columns: Vec<ColumnEntry>,
    /// One per pair of columns: first with second, first with third, …
    pub pairs: Vec<PairEntry>,
    /// Aggregates over columns and pairs, and the entropies of types.
    pub table: NamedFeatures,
}

/// The features of a column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnEntry {
    /// Its name.
    pub name: String,
    /// The values of [`COLUMN_FEATURES`].
    pub features: NamedFeatures,
}

/// The features of a pair of columns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairEntry {
    /// Name of the first column.
    pub a: String,
    /// Name of the second.
    pub b: String,
    /// The values of [`PAIR_FEATURES`].
    pub features: NamedFeatures,
}

/// Names with their values, in order; serialises as an object of numbers, truth values and nulls.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedFeatures {
    names: Names,
    /// The values, in the order of the names.
    pub values: Vec<FeatureValue>,
}

#[derive(Debug, Clone, PartialEq)]
enum Names {
    Fixed(&'static [(&'static str, FeatureKind)]),
    Own(Vec<String>),
}

impl NamedFeatures {
    /// Names with their values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, FeatureValue)> {
        (0..self.values.len()).map(|at| (self.name(at), self.values[at]))
    }

    /// The features without a value, with the reason.
    pub fn reasons(&self) -> impl Iterator<Item = (&str, NullReason)> {
        self.iter()
            .filter_map(|(name, value)| Some((name, value.reason()?)))
    }

    /// The value of a feature by its name.
    pub fn get(&self, name: &str) -> Option<FeatureValue> {
        self.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    fn name(&self, at: usize) -> &str {
        match &self.names {
            Names::Fixed(names) => names[at].0,
            Names::Own(names) => &names[at],
        }
    }
}

impl Serialize for NamedFeatures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.values.len()))?;
        for (name, value) in self.iter() {
            map.serialize_entry(name, &value)?;
        }
        map.end()
    }
}

/// The features of a table. `profile` must be that of the table; columns that only one of them has are
/// passed over.
///
/// Takes one pass over the rows per column and one per pair, columns and pairs in parallel.
///
/// ```
/// use marey_features::vizml::vizml_features;
/// use marey_profile::{ProfileOptions, profile};
/// use marey_table::read::{ReadOptions, read};
///
/// let csv = b"city,price\nOslo,3\nRome,5\nBonn,10\n".to_vec();
/// let table = read("prices.csv", csv, &ReadOptions::default())?.value;
/// let features = vizml_features(&table, &profile(&table, &ProfileOptions::default()));
/// assert_eq!(features.columns[1].features.get("median").and_then(|value| value.number()), Some(5.0));
/// assert_eq!(features.pairs.len(), 1);
/// # Ok::<(), marey_table::TableError>(())
/// ```
pub fn vizml_features(table: &Table, profile: &TableProfile) -> VizmlFeatures {
    let columns: Vec<Values> = profile
        .columns
        .par_iter()
        .filter(|column| column.index < table.columns())
        .map(|column| Values::of_table(table, column.index, column.name.as_str()))
        .collect();
    features_of(&columns)
}

/// The features of columns that are given as values.
pub fn features_of(columns: &[Values]) -> VizmlFeatures {
    let of_columns: Vec<Vec<FeatureValue>> = columns.par_iter().map(column::features).collect();
    let positions: Vec<(usize, usize)> = (0..columns.len())
        .flat_map(|a| (a + 1..columns.len()).map(move |b| (a, b)))
        .collect();
    let of_pairs: Vec<Vec<FeatureValue>> = positions
        .par_iter()
        .map(|(a, b)| pair::features(&columns[*a], &columns[*b]))
        .collect();
    let table = of_table(columns, &of_columns, &of_pairs);
    let name = |at: usize| columns[at].name.to_owned();
    VizmlFeatures {
        version: VIZML_VERSION,
        columns: of_columns
            .into_iter()
            .enumerate()
            .map(|(at, values)| ColumnEntry {
                name: name(at),
                features: fixed(&COLUMN_FEATURES, values),
            })
            .collect(),
        pairs: of_pairs
            .into_iter()
            .zip(&positions)
            .map(|(values, (a, b))| PairEntry {
                a: name(*a),
                b: name(*b),
                features: fixed(&PAIR_FEATURES, values),
            })
            .collect(),
        table,
    }
}

fn fixed(names: &'static [(&'static str, FeatureKind)], values: Vec<FeatureValue>) -> NamedFeatures {
    NamedFeatures {
        names: Names::Fixed(names),
        values,
    }
}

fn of_table(
    columns: &[Values],
    of_columns: &[Vec<FeatureValue>],
    of_pairs: &[Vec<FeatureValue>],
) -> NamedFeatures {
    let number = |is: &dyn Fn(DataType) -> bool| columns.iter().filter(|column| is(column.data_type)).count();
    let data_types = [
        DataType::String,
        DataType::Integer,
        DataType::Decimal,
        DataType::Time,
    ]
    .map(|data_type| number(&|own| own == data_type));
    let [texts, integers, decimals, times] = data_types;
    let mut named = aggregate::aggregates(&COLUMN_FEATURES, of_columns);
    named.push(("data_type_entropy".into(), aggregate::group_entropy(&data_types)));
    let general_types = [texts, integers + decimals, times];
    named.push((
        "general_type_entropy".into(),
        aggregate::group_entropy(&general_types),
    ));
    named.extend(aggregate::aggregates(&PAIR_FEATURES, of_pairs));
    let (names, values) = named.into_iter().unzip();
    NamedFeatures {
        names: Names::Own(names),
        values,
    }
}

#[cfg(test)]
mod tests {
    use std::{borrow::Cow, collections::BTreeSet};

    use proptest::prelude::*;

    use super::*;

    fn texts<'a>(name: &'a str, texts: &'a [Option<String>]) -> Values<'a> {
        Values::of_texts(
            name,
            texts
                .iter()
                .map(|text| text.as_deref().map(Cow::Borrowed))
                .collect(),
        )
    }

    fn get(features: &VizmlFeatures, column: usize, name: &str) -> FeatureValue {
        features.columns[column].features.get(name).unwrap()
    }

    #[test]
    fn names_are_unique() {
        let columns: BTreeSet<&str> = COLUMN_FEATURES.iter().map(|(name, _)| *name).collect();
        assert_eq!(columns.len(), 81);
        let pairs: BTreeSet<&str> = PAIR_FEATURES.iter().map(|(name, _)| *name).collect();
        assert_eq!(pairs.len(), 30);
        // 31 truth values in 5 aggregates and 50 numbers in 10, 2 entropies; 10 in 5 and 20 in 10.
        assert_eq!(features_of(&[]).table.values.len(), 657 + 250);
    }

    #[test]
    fn what_their_code_gets_wrong_is_right() {
        let numbers: Vec<f64> = vec![3.5, 1.25, 2.0, 8.0, 100.0, 4.0, 5.5, 6.0, 7.0];
        let features = features_of(&[Values::of_numbers("x", DataType::Decimal, numbers)]);
        let check =
            |name: &str, expected: FeatureValue| assert_eq!(get(&features, 0, name), expected, "{name}");
        check("q25", 3.5.into());
        check("q75", 7.0.into());
        check("has_outliers_15iqr", true.into());
        check("percent_outliers_3iqr", (1.0 / 9.0).into());
        check("is_monotonic", false.into());
        check("is_normal_5", false.into());
        check("min", 1.25.into());
        let rising = features_of(&[Values::of_numbers(
            "x",
            DataType::Integer,
            vec![1.0, 2.0, 4.0, 8.0],
        )]);
        assert_eq!(get(&rising, 0, "is_log_space"), true.into());
        assert_eq!(get(&rising, 0, "is_lin_space"), false.into());
        assert_eq!(get(&rising, 0, "coeff_var"), (7.1875_f64.sqrt() / 3.75).into());
    }

    #[test]
    fn pairs_keep_their_rows() {
        let nan = f64::NAN;
        let a = Values::of_numbers("the price", DataType::Integer, vec![1.0, nan, 3.0, 4.0]);
        let b = Values::of_numbers("the cost", DataType::Integer, vec![2.0, 5.0, 6.0, 8.0]);
        let features = features_of(&[a, b]);
        let pair = &features.pairs[0].features;
        assert_eq!(pair.get("correlation_value"), Some(1.0.into()));
        assert_eq!(pair.get("num_shared_words"), Some(1_usize.into()));
        assert_eq!(pair.get("percent_range_overlap"), Some((2.0 / 3.0).into()));
        let words = |words: &[&str]| -> Vec<Option<String>> {
            words.iter().map(|word| Some((*word).to_owned())).collect()
        };
        let (cities, countries) = (
            words(&["Rome", "Pisa", "Oslo", "Rome"]),
            words(&["it", "it", "no", "it"]),
        );
        let features = features_of(&[texts("city", &cities), texts("country", &countries)]);
        let pair = &features.pairs[0].features;
        assert_eq!(pair.get("is_nested"), Some(true.into()));
        assert_eq!(pair.get("nestedness"), Some(1.0.into()));
        assert!(matches!(
            pair.get("chi_sq_statistic"),
            Some(FeatureValue::Number(_))
        ));
    }

    #[test]
    fn what_is_missing_says_why() {
        let features = features_of(&[
            Values::of_numbers("", DataType::Integer, vec![f64::NAN; 3]),
            texts("t", &[None, None, None]),
            Values::of_numbers("c", DataType::Decimal, vec![2.0; 3]),
        ]);
        let check = |column: usize, name: &str, reason: NullReason| {
            assert_eq!(get(&features, column, name).reason(), Some(reason), "{name}");
        };
        check(0, "mean", NullReason::NoValues);
        check(0, "field_name_length", NullReason::NoName);
        check(0, "list_entropy", NullReason::OtherType);
        check(1, "list_entropy", NullReason::NoValues);
        check(2, "skewness", NullReason::Constant);
        check(2, "normality_p", NullReason::TooFewValues);
        check(2, "is_lin_space", NullReason::DividesByZero);
    }

    /// Features that tell of the order of rows.
    const OF_ORDER: [&str; 7] = [
        "is_sorted",
        "is_monotonic",
        "sortedness",
        "lin_space_sequence_coeff",
        "log_space_sequence_coeff",
        "is_lin_space",
        "is_log_space",
    ];

    fn near(a: FeatureValue, b: FeatureValue) -> bool {
        match (a, b) {
            (FeatureValue::Number(a), FeatureValue::Number(b)) => {
                (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1e-6)
            }
            (a, b) => a == b,
        }
    }

    type Row = (Option<i8>, f64, Option<String>);

    fn of_rows(rows: &[Row]) -> VizmlFeatures {
        let whole = rows.iter().map(|row| row.0.map_or(f64::NAN, f64::from)).collect();
        let words: Vec<Option<String>> = rows.iter().map(|row| row.2.clone()).collect();
        features_of(&[
            Values::of_numbers("whole", DataType::Integer, whole),
            Values::of_numbers("any", DataType::Decimal, rows.iter().map(|row| row.1).collect()),
            texts("words", &words),
        ])
    }

    proptest! {
        #[test]
        fn features_are_finite_and_independent_of_order_and_threads(
            rows in prop::collection::vec((prop::option::of(any::<i8>()), -1e3..1e3, prop::option::of("[ab]{0,2}")), 0..40),
        ) {
            let found = of_rows(&rows);
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
            prop_assert_eq!(&found, &pool.install(|| of_rows(&rows)));
            let mut turned = rows.clone();
            turned.reverse();
            let turned = of_rows(&turned);
            for (own, other) in found.columns.iter().zip(&turned.columns) {
                for ((name, value), (_, turned)) in own.features.iter().zip(other.features.iter()) {
                    prop_assert!(value.number().is_none_or(f64::is_finite));
                    prop_assert!(OF_ORDER.contains(&name) || near(value, turned), "{} {:?} {:?}", name, value, turned);
                }
            }
            for (own, other) in found.pairs.iter().zip(&turned.pairs) {
                for ((name, value), (_, turned)) in own.features.iter().zip(other.features.iter()) {
                    prop_assert!(value.number().is_none_or(f64::is_finite));
                    prop_assert!(near(value, turned), "{} {:?} {:?}", name, value, turned);
                }
            }
        }

        #[test]
        fn extreme_numbers_are_no_trouble(numbers in prop::collection::vec(prop::num::f64::ANY, 0..20)) {
            let features = features_of(&[
                Values::of_numbers("a", DataType::Decimal, numbers.clone()),
                Values::of_numbers("b", DataType::Time, numbers),
            ]);
            let all = features.columns.iter().flat_map(|column| column.features.iter());
            prop_assert!(all.chain(features.table.iter()).all(|(_, value)| value.number().is_none_or(f64::is_finite)));
        }
    }
}
