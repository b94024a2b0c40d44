//! What VizML's code computes where that is not what the paper describes, written anew from reading
//! it. Only here to trace golden values to their causes.

use std::borrow::Cow;

use marey_features::vizml::{DataType, FeatureValue, Values};

/// A column as VizML's code sees it.
pub struct TheirColumn {
    /// Its type, by majority.
    pub data_type: DataType,
    /// Its values without the missing ones.
    pub values: TheirValues,
    /// Whether a number is NaN.
    pub has_nan: bool,
    /// Whether numbers are not those of the cells: cut to whole ones, or left out.
    pub is_altered: bool,
}

/// Values of a column without missing ones.
pub enum TheirValues {
    /// Numbers; cut, or with the others left out, where their code does so.
    Numbers(Vec<f64>),
    /// Texts.
    Texts(Vec<String>),
    /// Times are not followed.
    Times,
}

impl TheirColumn {
    /// What their code makes of cells of a type.
    pub fn new(cells: &[Option<String>], data_type: DataType, is_typed: bool) -> Self {
        let present = || cells.iter().flatten();
        let numbers = || present().filter_map(|cell| cell.trim().parse::<f64>().ok());
        let values = match data_type {
            // Text that is no whole number is left out; numbers are cut.
            DataType::Integer if is_typed => TheirValues::Numbers(numbers().map(f64::trunc).collect()),
            DataType::Integer => TheirValues::Numbers(
                present()
                    .filter_map(|cell| cell.trim().parse::<i64>().ok())
                    .map(|number| number as f64)
                    .collect(),
            ),
            DataType::Decimal if is_typed && numbers().all(f64::is_finite) => {
                TheirValues::Numbers(numbers().map(f64::trunc).collect())
            }
            DataType::Decimal => TheirValues::Numbers(numbers().collect()),
            DataType::String => TheirValues::Texts(present().cloned().collect()),
            DataType::Time => TheirValues::Times,
        };
        let (has_nan, is_altered) = match &values {
            TheirValues::Numbers(numbers) => (
                present().any(|cell| cell.eq_ignore_ascii_case("nan")),
                numbers.len() != present().count()
                    || present()
                        .zip(numbers)
                        .any(|(cell, number)| cell.trim().parse() != Ok(*number)),
            ),
            _ => (false, false),
        };
        Self {
            data_type,
            values,
            has_nan,
            is_altered,
        }
    }

    /// Number of values.
    pub fn len(&self) -> usize {
        match &self.values {
            TheirValues::Numbers(numbers) => numbers.len(),
            TheirValues::Texts(texts) => texts.len(),
            TheirValues::Times => 0,
        }
    }

    /// The first values as one of our columns.
    pub fn first<'a>(&'a self, name: &'a str, len: usize) -> Option<Values<'a>> {
        match &self.values {
            TheirValues::Numbers(numbers) => Some(Values::of_numbers(
                name,
                self.data_type,
                numbers.iter().copied().take(len).collect(),
            )),
            TheirValues::Texts(texts) => {
                let texts = texts.iter().take(len);
                Some(Values::of_texts(
                    name,
                    texts.map(|text| Some(Cow::Borrowed(text.as_str()))).collect(),
                ))
            }
            TheirValues::Times => None,
        }
    }
}

/// A feature of numbers as their code computes it, where that differs from its definition, with the
/// cause; NaN and infinities are theirs.
pub fn number_feature(name: &str, numbers: &[f64]) -> Option<(f64, &'static str)> {
    let n = numbers.len();
    if n == 0 {
        return None;
    }
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mean = numbers.iter().sum::<f64>() / n as f64;
    let var = numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>() / n as f64;
    // Percent where shares were meant.
    let (q1, q25, q75, q99) = (
        at(&sorted, 0.0001),
        at(&sorted, 0.0025),
        at(&sorted, 0.0075),
        at(&sorted, 0.0099),
    );
    let iqr = q75 - q25;
    let outside = |low: f64, high: f64| {
        numbers
            .iter()
            .filter(|number| **number < low || **number > high)
            .count() as f64
            / n as f64
    };
    let truth = |share: f64| if share > 0.0 { 1.0 } else { 0.0 };
    let steps = || {
        sorted
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .collect::<Vec<_>>()
    };
    let quotients = || {
        sorted
            .windows(2)
            .map(|pair| pair[0] / pair[1])
            .collect::<Vec<_>>()
    };
    let equal = |coefficient: f64| if coefficient <= 0.001 { 1.0 } else { 0.0 };
    Some(match name {
        "q25" => (q25, PERCENT),
        "q75" => (q75, PERCENT),
        "quant_coeff_disp" => ((q75 - q25) / (q75 + q25), PERCENT),
        "percent_outliers_15iqr" => (outside(q25 - 1.5 * iqr, q75 + 1.5 * iqr), PERCENT),
        "percent_outliers_3iqr" => (outside(q25 - 3.0 * iqr, q75 + 3.0 * iqr), PERCENT),
        "percent_outliers_1_99" => (outside(q1, q99), PERCENT),
        "has_outliers_15iqr" => (truth(outside(q25 - 1.5 * iqr, q75 + 1.5 * iqr)), PERCENT),
        "has_outliers_3iqr" => (truth(outside(q25 - 3.0 * iqr, q75 + 3.0 * iqr)), PERCENT),
        "has_outliers_1_99" => (truth(outside(q1, q99)), PERCENT),
        "coeff_var" => (var / mean, VARIANCE_BY_MEAN),
        "is_monotonic" => (1.0, SORTED_FIRST),
        "lin_space_sequence_coeff" => (variation(&steps()), SORTED_FIRST),
        "is_lin_space" => (equal(variation(&steps())), SORTED_FIRST),
        "log_space_sequence_coeff" => (variation(&quotients()), QUOTIENTS),
        "is_log_space" => (equal(variation(&quotients())), QUOTIENTS),
        "gini" => (gini(&sorted), GINI),
        "entropy" => (entropy(numbers), NEGATIVE_ENTROPY),
        "normalized_mean"
        | "normalized_median"
        | "skewness"
        | "kurtosis"
        | "sortedness"
        | "normality_statistic"
        | "normality_p" => (f64::NAN, UNDEFINED),
        "is_normal_5" | "is_normal_1" => (0.0, UNDEFINED),
        _ => return None,
    })
}

pub const PERCENT: &str = "quartiles and percentiles are asked for in percent (0.25 for 25)";
pub const VARIANCE_BY_MEAN: &str = "a coefficient of variation is the variance by the mean";
pub const SORTED_FIRST: &str = "order and steps are judged after sorting";
pub const QUOTIENTS: &str =
    "order and steps are judged after sorting; quotients divide the earlier by the later";
pub const GINI: &str = "Gini's coefficient is of the values plus 1e-7";
pub const NEGATIVE_ENTROPY: &str = "the entropy of numbers below zero is minus infinity or NaN";
pub const UNDEFINED: &str = "what is undefined is NaN, or false";
pub const INVERTED: &str = "`is_normal` says whether normality is rejected";
pub const CUT: &str = "typed decimals are cut to whole numbers; whole numbers by majority lose the rest";
pub const NAN: &str = "the text `NaN` counts as a number, and all that is computed of the column is NaN";
pub const MARKERS: &str = "words for missing values (`null`, `NA`) count as texts";
pub const TYPED: &str =
    "the column's type is decided by weighted majority, month names are no dates, truth values are numbers";
pub const MISALIGNED: &str =
    "pairs are aligned after dropping each column's missing values, and cut to the shorter";
pub const WRONG_KEY: &str = "computed but stored under a key that nothing reads, or never";
pub const WORDS: &str = "shared words are never found";
pub const GROUPS: &str = "of two texts only the first is held against the limit of 50 groups";
pub const CAPITAL: &str = "a first character without case counts as upper-case";
pub const BLANKS: &str = "every blank begins a word";
pub const PLACES: &str = "columns that do not exist count among those of which a feature is false";
pub const RANGES: &str = "ranges are left out where an end is zero";
pub const MEAN_BY_VARIANCE: &str = "an aggregated coefficient of variation is the mean by the variance";
pub const FOLLOWS: &str = "follows from differences of single columns or pairs";

fn at(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

fn variation(steps: &[f64]) -> f64 {
    let n = steps.len() as f64;
    let mean = steps.iter().sum::<f64>() / n;
    (steps.iter().map(|step| (step - mean).powi(2)).sum::<f64>() / n).sqrt() / mean
}

fn gini(sorted: &[f64]) -> f64 {
    let n = sorted.len() as f64;
    let lift = 1e-7 - sorted[0].min(0.0);
    let sum: f64 = sorted.iter().map(|number| number + lift).sum();
    let weighted = sorted
        .iter()
        .zip(1_u32..)
        .map(|(number, at)| (2.0 * f64::from(at) - n - 1.0) * (number + lift));
    weighted.sum::<f64>() / (n * sum)
}

fn entropy(numbers: &[f64]) -> f64 {
    let sum: f64 = numbers.iter().sum();
    let parts = numbers.iter().map(|number| number / sum);
    parts
        .map(|part| match part {
            part if part < 0.0 => f64::NEG_INFINITY,
            0.0 => 0.0,
            part => -part * part.ln(),
        })
        .sum()
}

/// A feature that has been changed, to see whether anybody notices.
pub fn broken(value: FeatureValue) -> FeatureValue {
    match value {
        FeatureValue::Number(number) => FeatureValue::Number(number * 1.001 + 0.001),
        FeatureValue::Truth(truth) => FeatureValue::Truth(!truth),
        none => none,
    }
}
