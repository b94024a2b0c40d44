//! Golden values against ours, one by one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use marey_features::vizml::{
    COLUMN_FEATURES, DataType, FeatureKind, FeatureValue, NamedFeatures, PAIR_FEATURES, VizmlFeatures,
    features_of,
};
use serde_json::{Map, Value};

use super::{
    golden::Golden,
    theirs::{self, TheirColumn, TheirValues},
};

/// What became of a golden value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The same number or truth value.
    Equal,
    /// None in both.
    BothNone,
    /// Another, for a listed cause.
    Listed,
    /// Another, and nobody knows why.
    Unexplained,
}

impl Outcome {
    pub const ALL: [Outcome; 4] = [Self::Equal, Self::BothNone, Self::Listed, Self::Unexplained];
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Equal => "equal",
            Self::BothNone => "none in both",
            Self::Listed => "listed difference",
            Self::Unexplained => "unexplained",
        })
    }
}

/// Which part of the output a value belongs to.
#[derive(Debug, Clone, Copy)]
enum Part {
    Column,
    Pair,
    Table,
}

/// Counts of outcomes, and the differences by cause and feature.
#[derive(Default)]
pub struct Tally {
    counts: BTreeMap<Outcome, [usize; 3]>,
    differences: BTreeMap<&'static str, BTreeMap<String, usize>>,
    unexplained: Vec<String>,
    typed_otherwise: BTreeSet<String>,
}

impl Tally {
    pub fn of(&self, outcome: Outcome) -> usize {
        self.by_part(outcome).iter().sum()
    }

    pub fn by_part(&self, outcome: Outcome) -> [usize; 3] {
        self.counts.get(&outcome).copied().unwrap_or_default()
    }

    pub fn differences(&self) -> &BTreeMap<&'static str, BTreeMap<String, usize>> {
        &self.differences
    }

    pub fn unexplained(&self) -> &[String] {
        &self.unexplained
    }

    /// Columns of which both say another type.
    pub fn typed_otherwise(&self) -> &BTreeSet<String> {
        &self.typed_otherwise
    }

    /// Notes what became of a value; `cause` is asked only where it differs.
    fn note(&mut self, part: Part, what: Seen, cause: impl FnOnce() -> Option<&'static str>) {
        let outcome = if what.is_equal() {
            if what.ours.is_some() {
                Outcome::Equal
            } else {
                Outcome::BothNone
            }
        } else if let Some(cause) = cause() {
            *self
                .differences
                .entry(cause)
                .or_default()
                .entry(what.feature.to_owned())
                .or_default() += 1;
            Outcome::Listed
        } else {
            self.unexplained.push(format!(
                "{}: {}: golden {:?}, ours {:?}",
                what.place, what.feature, what.golden, what.ours
            ));
            Outcome::Unexplained
        };
        self.counts.entry(outcome).or_default()[part as usize] += 1;
    }
}

/// A golden value with ours.
struct Seen<'a> {
    place: &'a str,
    feature: &'a str,
    golden: Option<f64>,
    ours: Option<f64>,
    /// How far both may be apart by rounding, beyond a billionth.
    slack: f64,
}

impl Seen<'_> {
    fn is_equal(&self) -> bool {
        let is_near = |(a, b): (f64, f64)| (a - b).abs() <= self.slack;
        agree(self.golden, self.ours) || self.golden.zip(self.ours).is_some_and(is_near)
    }
}

/// Compares all golden values of a table.
pub fn table(golden: &Golden, cells: &[Vec<Option<String>>], ours: &VizmlFeatures, tally: &mut Tally) {
    let mode = if golden.is_typed { "json" } else { "str" };
    let their_columns: Vec<TheirColumn> = golden
        .columns
        .iter()
        .zip(cells)
        .map(|((_, features), cells)| TheirColumn::new(cells, data_type(features), golden.is_typed))
        .collect();
    for (at, (name, features)) in golden.columns.iter().enumerate() {
        let place = format!("{} ({mode}) {name}", golden.table);
        column(
            &place,
            name,
            features,
            &their_columns[at],
            &ours.columns[at].features,
            tally,
        );
    }
    let mut pairs = ours.pairs.iter().zip(&golden.pairs);
    for a in 0..golden.columns.len() {
        for b in a + 1..golden.columns.len() {
            let Some((ours_of_pair, features)) = pairs.next() else {
                continue;
            };
            let place = format!(
                "{} ({mode}) {} and {}",
                golden.table, golden.columns[a].0, golden.columns[b].0
            );
            let is_same_type =
                [a, b].map(|at| is_same_type(&golden.columns[at].1, &ours.columns[at].features));
            let theirs = PairOfTheirs {
                a: &their_columns[a],
                b: &their_columns[b],
                names: [&golden.columns[a].0, &golden.columns[b].0],
                is_typed_alike: is_same_type == [true; 2],
                has_markers: [a, b]
                    .iter()
                    .any(|at| has_markers(&golden.columns[*at].1, &ours.columns[*at].features)),
            };
            pair(&place, features, &theirs, &ours_of_pair.features, tally);
        }
    }
    aggregates(golden, mode, ours, tally);
}

/// The type that a golden column has.
fn data_type(features: &Map<String, Value>) -> DataType {
    let is = |name: &str| features.get(&format!("data_type_is_{name}")) == Some(&Value::Bool(true));
    match () {
        () if is("integer") => DataType::Integer,
        () if is("decimal") => DataType::Decimal,
        () if is("time") => DataType::Time,
        () => DataType::String,
    }
}

fn type_name(is: impl Fn(&str) -> bool) -> &'static str {
    let names = ["string", "integer", "decimal", "time"];
    let found = names.into_iter().find(|name| is(&format!("data_type_is_{name}")));
    found.unwrap_or("none")
}

fn is_same_type(golden: &Map<String, Value>, ours: &NamedFeatures) -> bool {
    ["string", "integer", "decimal", "time"].iter().all(|name| {
        let name = format!("data_type_is_{name}");
        number(golden.get(&name)) == ours.get(&name).and_then(FeatureValue::number)
    })
}

/// A golden value as a number; NaN and infinities are written as text.
fn number(value: Option<&Value>) -> Option<f64> {
    match value? {
        Value::Number(number) => number.as_f64(),
        Value::Bool(truth) => Some(if *truth { 1.0 } else { 0.0 }),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// Whether two values are the same but for rounding.
fn agree(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) if a.is_nan() || b.is_nan() => a.is_nan() && b.is_nan(),
        (Some(a), Some(b)) => a == b || (a - b).abs() <= 1e-9 * a.abs().max(b.abs()) + 1e-12,
        _ => false,
    }
}

fn column(
    place: &str,
    name: &str,
    golden: &Map<String, Value>,
    theirs: &TheirColumn,
    ours: &NamedFeatures,
    tally: &mut Tally,
) {
    let is_same_type = is_same_type(golden, ours);
    if !is_same_type {
        let line = format!(
            "{place}: {}, ours {}",
            type_name(|name| golden.get(name) == Some(&Value::Bool(true))),
            type_name(|name| ours.get(name) == Some(true.into()))
        );
        tally.typed_otherwise.insert(line);
    }
    let has_markers = has_markers(golden, ours);
    let own = theirs
        .first(name, usize::MAX)
        .map(|values| features_of(&[values]));
    let of_their_cells = |feature: &str| {
        let own = own.as_ref()?.columns.first()?;
        own.features.get(feature)?.number()
    };
    for (feature, _) in COLUMN_FEATURES {
        let seen = Seen {
            place,
            feature,
            golden: number(golden.get(feature)),
            ours: ours.get(feature).and_then(FeatureValue::number),
            slack: rounding(feature, ours),
        };
        let value = seen.golden;
        tally.note(Part::Column, seen, || {
            column_cause(
                feature,
                value,
                name,
                theirs,
                [is_same_type, has_markers],
                &of_their_cells,
            )
        });
    }
}

/// Rounding of a sum of powers: an odd moment of what is symmetric is nothing but that.
fn rounding(feature: &str, ours: &NamedFeatures) -> f64 {
    let order = feature
        .strip_prefix("moment_")
        .and_then(|order| order.parse::<i32>().ok());
    let std = ours.get("std").and_then(FeatureValue::number);
    order.zip(std).map_or(0.0, |(order, std)| 1e-12 * std.powi(order))
}

/// Whether our reader takes cells of a column for missing that are texts to their code.
fn has_markers(golden: &Map<String, Value>, ours: &NamedFeatures) -> bool {
    number(golden.get("num_none")) != ours.get("num_none").and_then(FeatureValue::number)
}

/// Why a golden value of a column is another than ours.
fn column_cause(
    feature: &str,
    golden: Option<f64>,
    name: &str,
    theirs: &TheirColumn,
    [is_same_type, has_markers]: [bool; 2],
    of_their_cells: &dyn Fn(&str) -> Option<f64>,
) -> Option<&'static str> {
    match feature {
        "first_char_uppercase_name" if !name.starts_with(char::is_lowercase) => return Some(theirs::CAPITAL),
        "number_of_words_in_name" if agree(golden, Some(name.split(' ').count() as f64)) => {
            return Some(theirs::BLANKS);
        }
        _ => {}
    }
    if !is_same_type {
        return Some(theirs::TYPED);
    }
    if theirs.has_nan {
        return Some(theirs::NAN);
    }
    if let TheirValues::Numbers(numbers) = &theirs.values {
        let inverted = feature
            .starts_with("is_normal")
            .then(|| of_their_cells("normality_p"))
            .flatten();
        if let Some(p) = inverted {
            let level = if feature == "is_normal_5" { 0.05 } else { 0.01 };
            return agree(golden, Some(if p < level { 1.0 } else { 0.0 })).then_some(theirs::INVERTED);
        }
        if let Some((value, cause)) = theirs::number_feature(feature, numbers)
            && agree(golden, Some(value))
        {
            return Some(cause);
        }
    } else if feature == "is_monotonic" && golden == Some(1.0) {
        return Some(theirs::SORTED_FIRST);
    }
    let is_theirs = agree(golden, of_their_cells(feature));
    if is_theirs && has_markers {
        return Some(theirs::MARKERS);
    }
    (is_theirs && theirs.is_altered).then_some(theirs::CUT)
}

/// Two columns as their code sees them.
struct PairOfTheirs<'a> {
    a: &'a TheirColumn,
    b: &'a TheirColumn,
    names: [&'a str; 2],
    is_typed_alike: bool,
    has_markers: bool,
}

/// Keys under which their code stores what it computes.
const KEYS: [(&str, &str); 5] = [
    ("chi_sq_statistic", "chi2_statistic"),
    ("chi_sq_p", "chi2_p"),
    ("chi_sq_significant_005", "chi2_significant_005"),
    ("percent_range_overlap", "overlap_percent"),
    ("has_range_overlap", "has_overlap"),
];

fn pair(
    place: &str,
    golden: &Map<String, Value>,
    theirs: &PairOfTheirs,
    ours: &NamedFeatures,
    tally: &mut Tally,
) {
    let shorter = theirs.a.len().min(theirs.b.len());
    let cut = |len: usize| {
        let columns = [
            theirs.a.first(theirs.names[0], len)?,
            theirs.b.first(theirs.names[1], len)?,
        ];
        Some(features_of(&columns))
    };
    let (whole, aligned) = (cut(usize::MAX), cut(shorter));
    let of = |features: &Option<VizmlFeatures>, feature: &str| {
        let pair = features.as_ref()?.pairs.first()?;
        pair.features.get(feature)?.number()
    };
    for (feature, _) in PAIR_FEATURES {
        let ours_value = ours.get(feature).and_then(FeatureValue::number);
        let seen = Seen {
            place,
            feature,
            golden: number(golden.get(feature)),
            ours: ours_value,
            slack: 0.0,
        };
        let value = seen.golden;
        tally.note(Part::Pair, seen, || {
            let (whole, aligned) = (of(&whole, feature), of(&aligned, feature));
            pair_cause(feature, value, golden, ours_value, theirs, whole, aligned)
        });
    }
}

/// Why a golden value of a pair is another than ours. `whole` and `aligned` are our features of
/// their values, and of their values cut to the shorter column.
fn pair_cause(
    feature: &str,
    golden: Option<f64>,
    all: &Map<String, Value>,
    ours: Option<f64>,
    theirs: &PairOfTheirs,
    whole: Option<f64>,
    aligned: Option<f64>,
) -> Option<&'static str> {
    match feature {
        "has_shared_words" | "num_shared_words" | "percent_shared_words" if golden == Some(0.0) => {
            return Some(theirs::WORDS);
        }
        "is_nested" | "nestedness_95" if golden.is_none() => return Some(theirs::WRONG_KEY),
        _ => {}
    }
    let is_altered = theirs.a.is_altered || theirs.b.is_altered;
    let has_nan = theirs.a.has_nan || theirs.b.has_nan;
    if let Some((_, key)) = KEYS.iter().find(|(name, _)| *name == feature)
        && golden.is_none()
        && !all.contains_key(*key)
        && ours.is_some()
    {
        let cause = if theirs.is_typed_alike {
            theirs::GROUPS
        } else {
            theirs::TYPED
        };
        return Some(cause);
    }
    if let Some((_, key)) = KEYS.iter().find(|(name, _)| *name == feature)
        && golden.is_none()
    {
        // What they computed must be ours, or have one of the other causes.
        let stored = number(all.get(*key));
        let is_explained = agree(stored, ours) || agree(stored, aligned) || has_nan || !theirs.is_typed_alike;
        return is_explained.then_some(theirs::WRONG_KEY);
    }
    if !theirs.is_typed_alike {
        return Some(theirs::TYPED);
    }
    if has_nan {
        return Some(theirs::NAN);
    }
    if golden.is_some_and(|golden| !golden.is_finite()) || is_of_undefined(feature, golden, all) {
        return aligned.is_none().then_some(theirs::UNDEFINED);
    }
    if theirs.has_markers && (agree(golden, whole) || agree(golden, aligned)) {
        return Some(theirs::MARKERS);
    }
    let is_misaligned = theirs.a.len() != theirs.b.len();
    let value = if feature.contains("shared") || feature.starts_with("identical") {
        whole
    } else {
        aligned
    };
    if is_altered && (agree(golden, value) || agree(golden, aligned)) {
        return Some(theirs::CUT);
    }
    if is_misaligned && (agree(golden, value) || (golden == Some(0.0) && feature.contains("shared"))) {
        return Some(theirs::MISALIGNED);
    }
    if feature == "nestedness" && ours.is_none() && golden.is_some() {
        return Some(theirs::GROUPS);
    }
    None
}

/// Whether a significance, which is false, stands for a test without a result.
fn is_of_undefined(feature: &str, golden: Option<f64>, all: &Map<String, Value>) -> bool {
    let Some(test) = feature.strip_suffix("_significant_005") else {
        return false;
    };
    let statistic = [format!("{test}_value"), format!("{test}_statistic")]
        .iter()
        .find_map(|name| number(all.get(name)));
    statistic.is_some_and(|statistic| {
        !statistic.is_finite() && golden == Some(if statistic == f64::INFINITY { 1.0 } else { 0.0 })
    })
}

fn aggregates(golden: &Golden, mode: &str, ours: &VizmlFeatures, tally: &mut Tally) {
    let columns: Vec<&Map<String, Value>> = golden.columns.iter().map(|(_, features)| features).collect();
    let pairs: Vec<&Map<String, Value>> = golden.pairs.iter().collect();
    let own_columns: Vec<&NamedFeatures> = ours.columns.iter().map(|column| &column.features).collect();
    let own_pairs: Vec<&NamedFeatures> = ours.pairs.iter().map(|pair| &pair.features).collect();
    let column_features: &[(&str, FeatureKind)] = &COLUMN_FEATURES;
    let pair_features: &[(&str, FeatureKind)] = &PAIR_FEATURES;
    let parts = [
        (
            column_features,
            &columns,
            &own_columns,
            &golden.of_columns,
            golden.places,
        ),
        (pair_features, &pairs, &own_pairs, &golden.of_pairs, 0),
    ];
    let place = format!("{} ({mode})", golden.table);
    for (features, golden_rows, own_rows, aggregated, places) in parts {
        for (feature, kind) in features {
            let of_golden: Vec<f64> = golden_rows
                .iter()
                .filter_map(|row| number(row.get(*feature)))
                .collect();
            let of_ours: Vec<f64> = own_rows
                .iter()
                .filter_map(|row| row.get(feature)?.number())
                .collect();
            let differ = of_golden.len() != of_ours.len()
                || of_golden
                    .iter()
                    .zip(&of_ours)
                    .any(|(a, b)| !agree(Some(*a), Some(*b)));
            for (aggregate, theirs) in their_aggregates(*kind, &of_golden, golden_rows.len(), places) {
                let name = format!("{feature}-agg-{aggregate}");
                let seen = Seen {
                    place: &place,
                    feature: &name,
                    golden: number(aggregated.get(&name)),
                    ours: ours.table.get(&name).and_then(FeatureValue::number),
                    slack: 0.0,
                };
                let value = seen.golden;
                tally.note(Part::Table, seen, || aggregate_cause(value, theirs, differ));
            }
        }
    }
    for name in ["data_type_entropy", "general_type_entropy"] {
        let seen = Seen {
            place: &place,
            feature: name,
            golden: number(golden.of_columns.get(name)),
            ours: ours.table.get(name).and_then(FeatureValue::number),
            slack: 0.0,
        };
        let differ = golden
            .columns
            .iter()
            .zip(&own_columns)
            .any(|((_, golden), ours)| !is_same_type(golden, ours));
        tally.note(Part::Table, seen, || differ.then_some(theirs::FOLLOWS));
    }
}

/// Why an aggregate is another than ours; what their code makes of the golden values must be it.
fn aggregate_cause(golden: Option<f64>, theirs: Theirs, differ: bool) -> Option<&'static str> {
    let cause = if differ { theirs::FOLLOWS } else { theirs.cause };
    agree(golden, theirs.value).then_some(cause)
}

/// An aggregate as their code computes it, with the cause if that is not ours.
struct Theirs {
    value: Option<f64>,
    cause: &'static str,
}

/// Aggregates of golden values, as their code computes them.
fn their_aggregates(
    kind: FeatureKind,
    values: &[f64],
    rows: usize,
    places: usize,
) -> Vec<(&'static str, Theirs)> {
    let theirs = |value: Option<f64>, cause: &'static str| Theirs { value, cause };
    let truth = |truth: bool| Some(if truth { 1.0 } else { 0.0 });
    if kind == FeatureKind::Truth {
        // Places without a column are false.
        let all = values.len() + places.saturating_sub(rows);
        let number = values.iter().filter(|value| **value == 1.0).count();
        let none = all == 0;
        let value = |value: Option<f64>| theirs(value.filter(|_| !none), theirs::PLACES);
        return vec![
            ("num", value(Some(number as f64))),
            ("has", value(truth(number > 0))),
            ("only_one", value(truth(number == 1))),
            ("all", value(truth(number == all))),
            ("percentage", value(Some(number as f64 / all as f64))),
        ];
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let var = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
    let distances = |middle: f64| {
        values
            .iter()
            .map(|value| (value - middle).abs())
            .collect::<Vec<f64>>()
    };
    // As NumPy has it, one NaN makes both ends NaN.
    let ends = |end: fn(f64, f64) -> f64, from: f64| {
        let has_nan = values.iter().any(|value| value.is_nan());
        if has_nan {
            f64::NAN
        } else {
            values.iter().copied().fold(from, end)
        }
    };
    let (min, max) = (ends(f64::min, f64::INFINITY), ends(f64::max, f64::NEG_INFINITY));
    let has_range = !values.is_empty() && min != 0.0 && max != 0.0;
    let by_variance = if var == 0.0 { None } else { Some(mean / var) };
    let unlisted = |value: f64| theirs(Some(value).filter(|_| !values.is_empty()), theirs::FOLLOWS);
    vec![
        ("mean", unlisted(mean)),
        ("var", unlisted(var)),
        ("std", unlisted(var.sqrt())),
        ("avg_abs_dev", unlisted(distances(mean).iter().sum::<f64>() / n)),
        (
            "med_abs_dev",
            unlisted(median(distances(median(values.to_vec())))),
        ),
        (
            "coeff_var",
            theirs(
                by_variance.filter(|_| !values.is_empty()),
                theirs::MEAN_BY_VARIANCE,
            ),
        ),
        ("min", unlisted(min)),
        ("max", unlisted(max)),
        ("range", theirs(has_range.then_some(max - min), theirs::RANGES)),
        (
            "normalized_range",
            theirs(has_range.then_some((max - min) / mean), theirs::RANGES),
        ),
    ]
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        _ if values.iter().any(|value| value.is_nan()) => f64::NAN,
        0 => f64::NAN,
        len if len % 2 == 1 => values[middle],
        _ => (values[middle - 1] + values[middle]) / 2.0,
    }
}
