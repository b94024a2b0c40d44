//! The 81 features of one column.

use super::{
    names::COLUMN_FEATURES,
    statistic::{
        describe::{central_moments, gini, is_constant, mean, median_distance, pearson, quantile},
        test::normality,
    },
    value::{FeatureValue, NullReason},
    values::{Content, DataType, NO_CODE, Values},
};

/// Largest coefficient of variation of steps that count as equal.
const EQUAL_STEPS: f64 = 0.001;

/// The features of a column, in the order of [`COLUMN_FEATURES`].
pub(super) fn features(column: &Values) -> Vec<FeatureValue> {
    let mut features = Vec::with_capacity(COLUMN_FEATURES.len());
    features.extend(basic(column));
    features.extend(uniqueness(column));
    features.extend(of_texts(column));
    features.extend(of_numbers(column));
    features.extend(of_name(column.name));
    features.extend(of_sequence(column));
    debug_assert_eq!(features.len(), COLUMN_FEATURES.len());
    features
}

/// Existence, length, types, and missing values.
fn basic(column: &Values) -> [FeatureValue; 12] {
    let is = |data_type: DataType| FeatureValue::from(column.data_type == data_type);
    [
        true.into(),
        column.rows.into(),
        is(DataType::String),
        is(DataType::Integer),
        is(DataType::Decimal),
        is(DataType::Time),
        is(DataType::String),
        column.data_type.is_number().into(),
        is(DataType::Time),
        (column.missing > 0).into(),
        if column.rows == 0 {
            NullReason::NoValues.into()
        } else {
            (column.missing as f64 / column.rows as f64).into()
        },
        column.missing.into(),
    ]
}

/// Number, share and existence of different values, of texts and whole numbers.
fn uniqueness(column: &Values) -> [FeatureValue; 3] {
    let (distinct, values) = match (&column.content, column.data_type) {
        (Content::Texts { texts, counts, .. }, _) => (texts.len(), counts.iter().sum::<usize>()),
        (Content::Numbers { sorted, .. }, DataType::Integer) => {
            let repeated = sorted.windows(2).filter(|pair| pair[0] == pair[1]).count();
            (sorted.len() - repeated, sorted.len())
        }
        _ => return [NullReason::OtherType.into(); 3],
    };
    if values == 0 {
        return [NullReason::NoValues.into(); 3];
    }
    [
        distinct.into(),
        (distinct as f64 / values as f64).into(),
        (distinct == values).into(),
    ]
}

/// Entropy of values, lengths in characters, and the share of the most frequent value, of texts.
fn of_texts(column: &Values) -> [FeatureValue; 7] {
    let Content::Texts { texts, counts, .. } = &column.content else {
        return [NullReason::OtherType.into(); 7];
    };
    let values: usize = counts.iter().sum();
    if values == 0 {
        return [NullReason::NoValues.into(); 7];
    }
    let mut lengths: Vec<(usize, usize)> = texts
        .iter()
        .zip(counts)
        .map(|(text, count)| (text.chars().count(), *count))
        .collect();
    lengths.sort_unstable();
    let n = values as f64;
    let mean: f64 = lengths
        .iter()
        .map(|(length, count)| (length * count) as f64)
        .sum::<f64>()
        / n;
    let squares: f64 = lengths
        .iter()
        .map(|(length, count)| *count as f64 * (*length as f64 - mean).powi(2))
        .sum();
    let at = |place: usize| {
        let mut seen = 0;
        let found = lengths.iter().find(|(_, count)| {
            seen += count;
            seen > place
        });
        found.map_or(0.0, |(length, _)| *length as f64)
    };
    let most_frequent = counts.iter().copied().max().unwrap_or_default();
    [
        entropy(counts.iter().map(|count| *count as f64 / n)).into(),
        mean.into(),
        ((at((values - 1) / 2) + at(values / 2)) / 2.0).into(),
        at(0).into(),
        at(values - 1).into(),
        (squares / n).sqrt().into(),
        (most_frequent as f64 / n).into(),
    ]
}

/// Shannon's entropy in nats of shares that add up to one.
pub(super) fn entropy(shares: impl Iterator<Item = f64>) -> f64 {
    -shares
        .filter(|share| *share > 0.0)
        .map(|share| share * share.ln())
        .sum::<f64>()
}

/// Distribution, outliers and normality of numbers.
fn of_numbers(column: &Values) -> Vec<FeatureValue> {
    const NUMBER: usize = 38;
    if !column.data_type.is_number() {
        return vec![NullReason::OtherType.into(); NUMBER];
    }
    let sorted = column.sorted();
    let (Some(min), Some(max)) = (sorted.first().copied(), sorted.last().copied()) else {
        return vec![NullReason::NoValues.into(); NUMBER];
    };
    let mean = mean(sorted);
    let moments = central_moments(sorted, mean);
    let median = quantile(sorted, 0.5);
    let (q25, q75) = (quantile(sorted, 0.25), quantile(sorted, 0.75));
    let (var, range) = (moments[2], max - min);
    let varies = |value: f64| -> FeatureValue {
        if min == max {
            NullReason::Constant.into()
        } else {
            value.into()
        }
    };
    let average_distance =
        sorted.iter().map(|number| (number - mean).abs()).sum::<f64>() / sorted.len() as f64;
    let mut features: Vec<FeatureValue> = vec![
        mean.into(),
        FeatureValue::ratio(mean, max),
        median.into(),
        FeatureValue::ratio(median, max),
        var.into(),
        var.sqrt().into(),
        FeatureValue::ratio(var.sqrt(), mean.abs()),
        min.into(),
        max.into(),
        range.into(),
        FeatureValue::ratio(range, mean),
        entropy_of_numbers(sorted),
        gini(sorted).into(),
        q25.into(),
        q75.into(),
        median_distance(sorted, median).into(),
        average_distance.into(),
        FeatureValue::ratio(q75 - q25, q75 + q25),
        varies(moments[3] / var.powf(1.5)),
        varies(moments[4] / (var * var) - 3.0),
    ];
    features.extend(moments[5..].iter().map(|moment| FeatureValue::from(*moment)));
    let fence = q75 - q25;
    let outliers = [
        (q25 - 1.5 * fence, q75 + 1.5 * fence),
        (q25 - 3.0 * fence, q75 + 3.0 * fence),
        (quantile(sorted, 0.01), quantile(sorted, 0.99)),
        (mean - 3.0 * var.sqrt(), mean + 3.0 * var.sqrt()),
    ]
    .map(|(low, high)| outside(sorted, low, high));
    features.extend(outliers.map(|outside| FeatureValue::from(outside as f64 / sorted.len() as f64)));
    features.extend(outliers.map(|outside| FeatureValue::from(outside > 0)));
    features.extend(of_normality(&moments, sorted.len(), min == max));
    features
}

/// Numbers below `low` or above `high`.
fn outside(sorted: &[f64], low: f64, high: f64) -> usize {
    let below = sorted.partition_point(|number| *number < low);
    let inside = sorted.partition_point(|number| *number <= high);
    below + sorted.len() - inside.max(below)
}

/// The entropy of numbers as parts of their sum.
fn entropy_of_numbers(sorted: &[f64]) -> FeatureValue {
    let sum: f64 = sorted.iter().sum();
    if sorted[0] < 0.0 {
        NullReason::NegativeValues.into()
    } else if sum == 0.0 {
        NullReason::DividesByZero.into()
    } else {
        entropy(sorted.iter().map(|number| number / sum)).into()
    }
}

/// The test of normality, and whether normality stands at 5 % and 1 %.
fn of_normality(moments: &[f64; 11], n: usize, is_constant: bool) -> [FeatureValue; 4] {
    let tested = if is_constant { None } else { normality(moments, n) };
    match tested {
        Some(tested) => [
            tested.statistic.into(),
            tested.p.into(),
            (tested.p >= 0.05).into(),
            (tested.p >= 0.01).into(),
        ],
        None if n < 8 => [NullReason::TooFewValues.into(); 4],
        None if is_constant => [NullReason::Constant.into(); 4],
        None => [NullReason::Overflow.into(); 4],
    }
}

/// What the name of a column holds.
fn of_name(name: &str) -> [FeatureValue; 14] {
    let Some(first) = name.chars().next() else {
        return [NullReason::NoName.into(); 14];
    };
    let is_at_an_end = |part: &str| FeatureValue::from(name.starts_with(part) || name.ends_with(part));
    let has = |part: &str| FeatureValue::from(name.contains(part));
    [
        name.chars().count().into(),
        is_at_an_end("x"),
        is_at_an_end("y"),
        is_at_an_end("id"),
        has("time"),
        name.contains(|c: char| c.is_ascii_digit()).into(),
        has("$"),
        has("£"),
        has("€"),
        has("¥"),
        first.is_uppercase().into(),
        name.chars().filter(|c| c.is_uppercase()).count().into(),
        has(" "),
        name.split_whitespace().count().into(),
    ]
}

/// Order of the values from row to row.
fn of_sequence(column: &Values) -> [FeatureValue; 7] {
    let other = FeatureValue::None(NullReason::OtherType);
    let (by_row, sorted) = match &column.content {
        Content::Texts { codes, texts, .. } => {
            let is_sorted = if texts.is_empty() {
                NullReason::NoValues.into()
            } else {
                codes.iter().filter(|code| **code != NO_CODE).is_sorted().into()
            };
            return [is_sorted, other, other, other, other, other, other];
        }
        Content::Numbers { by_row, sorted } => (by_row, sorted),
    };
    if sorted.is_empty() {
        return [NullReason::NoValues.into(); 7];
    }
    let values: Vec<f64> = by_row
        .iter()
        .copied()
        .filter(|number| number.is_finite())
        .collect();
    let is_sorted = values.is_sorted();
    let is_monotonic = is_sorted || values.iter().rev().is_sorted();
    let sortedness = match pearson(&values, sorted) {
        Some(r) => r.abs().into(),
        None if is_constant(sorted) => NullReason::Constant.into(),
        None => NullReason::Overflow.into(),
    };
    let [linear, logarithmic] = if column.data_type.is_number() {
        [linear_steps(&values), logarithmic_steps(&values)]
    } else {
        [other, other]
    };
    let is_equal = |steps: FeatureValue| match steps {
        FeatureValue::Number(coefficient) => (coefficient <= EQUAL_STEPS).into(),
        none => none,
    };
    [
        is_sorted.into(),
        is_monotonic.into(),
        sortedness,
        linear,
        logarithmic,
        is_equal(linear),
        is_equal(logarithmic),
    ]
}

/// Coefficient of variation of the differences from row to row.
fn linear_steps(values: &[f64]) -> FeatureValue {
    variation(values.windows(2).map(|pair| pair[1] - pair[0]).collect())
}

/// Coefficient of variation of the quotients from row to row.
fn logarithmic_steps(values: &[f64]) -> FeatureValue {
    let before = &values[..values.len() - 1];
    if before.contains(&0.0) {
        return NullReason::DividesByZero.into();
    }
    variation(values.windows(2).map(|pair| pair[1] / pair[0]).collect())
}

/// Standard deviation by the size of the mean.
fn variation(steps: Vec<f64>) -> FeatureValue {
    if steps.is_empty() {
        return NullReason::TooFewValues.into();
    }
    let mean = mean(&steps);
    let var = steps
        .iter()
        .map(|step| (step - mean) * (step - mean))
        .sum::<f64>()
        / steps.len() as f64;
    FeatureValue::ratio(var.sqrt(), mean.abs())
}
