//! The catalogue of the model's features: name, meaning, and how each is read from a profile.

use marey_core::{FieldType, PhysicalType, SemanticFamily, SemanticType};
use marey_profile::{
    AxisScale, ChartRole, ColumnProfile, Monotonicity, NumericSummary, Sums, TableProfile, TemporalSummary,
    TextSummary, TimeGranularity,
};

use super::{
    scaling::{log_count, share, signed_log, yes},
    table_facts::{ColumnFacts, TableFacts},
};

/// What a feature of a column may look at.
pub(super) struct Seen<'a> {
    pub(super) column: &'a ColumnProfile,
    pub(super) rows: u64,
    pub(super) facts: &'a ColumnFacts,
}

impl Seen<'_> {
    fn number(&self, value: impl Fn(&NumericSummary) -> f64) -> f64 {
        self.column.numeric.as_ref().map_or(0.0, value)
    }

    fn text(&self, value: impl Fn(&TextSummary) -> f64) -> f64 {
        self.column.text.as_ref().map_or(0.0, value)
    }

    fn time(&self, value: impl Fn(&TemporalSummary) -> f64) -> f64 {
        self.column.temporal.as_ref().map_or(0.0, value)
    }

    fn values(&self) -> u64 {
        self.rows.saturating_sub(self.column.nulls)
    }

    fn means(&self, types: &[SemanticType]) -> f64 {
        yes(self
            .column
            .semantic_type
            .is_some_and(|meaning| types.contains(&meaning)))
    }

    fn is_of(&self, family: SemanticFamily) -> f64 {
        yes(self
            .column
            .semantic_type
            .is_some_and(|meaning| meaning.family() == family))
    }

    fn has_role(&self, role: ChartRole) -> f64 {
        yes(self.column.advice.role == role)
    }

    fn most_frequent(&self) -> f64 {
        self.column
            .top
            .first()
            .map_or(0.0, |top| share(top.count.value, self.values()))
    }
}

/// A feature of a column.
pub(super) struct ColumnFeature {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) value: fn(&Seen) -> f64,
}

/// A feature of a table.
pub(super) struct TableFeature {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) value: fn(&TableProfile, &TableFacts) -> f64,
}

macro_rules! features {
    ($kind:ident: $($name:ident, $about:literal, $value:expr;)*) => {
        &[$($kind { name: stringify!($name), about: $about, value: $value },)*]
    };
}

/// Features of a column, in order. A new one goes to the end and raises the version.
pub(super) const COLUMN_FEATURES: &[ColumnFeature] = features! { ColumnFeature:
    is_boolean, "stored as true and false", |s| yes(s.column.physical_type == PhysicalType::Boolean);
    is_int, "stored as whole numbers", |s| yes(s.column.physical_type == PhysicalType::Int);
    is_float, "stored as floating-point or decimal numbers", |s| yes(matches!(s.column.physical_type, PhysicalType::Float | PhysicalType::Decimal));
    is_date, "stored as days", |s| yes(s.column.physical_type == PhysicalType::Date);
    is_timestamp, "stored as instants or times of day", |s| yes(matches!(s.column.physical_type, PhysicalType::Timestamp | PhysicalType::Time));
    is_text, "stored as text", |s| yes(s.column.physical_type == PhysicalType::Text);
    is_quantitative, "field type quantitative", |s| yes(s.column.field_type == FieldType::Quantitative);
    is_temporal, "field type temporal", |s| yes(s.column.field_type == FieldType::Temporal);
    is_ordinal, "field type ordinal", |s| yes(s.column.field_type == FieldType::Ordinal);
    is_nominal, "field type nominal", |s| yes(s.column.field_type == FieldType::Nominal);
    means_identity, "semantic family identity", |s| s.is_of(SemanticFamily::Identity);
    means_time, "semantic family time", |s| s.is_of(SemanticFamily::Time);
    means_place, "semantic family place", |s| s.is_of(SemanticFamily::Place);
    means_person, "semantic family person", |s| s.is_of(SemanticFamily::Person);
    means_category, "semantic family category", |s| s.is_of(SemanticFamily::Category);
    means_quantity, "semantic family quantity", |s| s.is_of(SemanticFamily::Quantity);
    means_text, "semantic family text or contact", |s| s.is_of(SemanticFamily::Text).max(s.is_of(SemanticFamily::Contact));
    semantic_confidence, "how sure the semantic type is", |s| s.column.semantic_confidence;
    means_region, "countries, regions, cities and other places by name", |s| s.means(&[SemanticType::Country, SemanticType::Region, SemanticType::County, SemanticType::City]);
    means_money, "amounts of money", |s| s.means(&[SemanticType::Currency]);
    means_share, "percentages, rates and ratios", |s| s.means(&[SemanticType::Percentage, SemanticType::Rate]);
    means_count, "counts", |s| s.means(&[SemanticType::Count]);
    means_cycle, "months, weekdays, quarters, days of the month", |s| s.means(&[SemanticType::Month, SemanticType::Weekday, SemanticType::Quarter, SemanticType::DayOfMonth]);
    means_year, "calendar years", |s| s.means(&[SemanticType::Year, SemanticType::FiscalYear]);
    means_rating, "ratings, ages and other scales", |s| s.means(&[SemanticType::Rating, SemanticType::Age, SemanticType::AgeRange, SemanticType::OrderedCategory]);
    role_measure, "part in a chart: measure", |s| s.has_role(ChartRole::Measure);
    role_category, "part in a chart: category", |s| s.has_role(ChartRole::Category);
    role_label, "part in a chart: label of single rows", |s| s.has_role(ChartRole::Label);
    role_time, "part in a chart: time or year", |s| s.has_role(ChartRole::Time).max(s.has_role(ChartRole::Year));
    role_coordinate, "part in a chart: latitude (1) or longitude (-1)", |s| s.has_role(ChartRole::Latitude) - s.has_role(ChartRole::Longitude);
    role_identifier, "part in a chart: identifier", |s| s.has_role(ChartRole::Identifier);
    role_prose, "part in a chart: prose", |s| s.has_role(ChartRole::Text);
    role_none, "part in a chart: none", |s| s.has_role(ChartRole::Nothing);
    sums_are_totals, "sums are totals (1), totals at one time (0.5), senseless (-1)", |s| match s.column.advice.sums {
        Sums::Total => 1.0,
        Sums::Snapshot => 0.5,
        Sums::Senseless => -1.0,
        Sums::Unclear => 0.0,
    };
    log_distinct, "number of different values, as ln(1 + n) / ln(1 + 1e9)", |s| log_count(s.column.distinct.value);
    distinct_share, "different values per value", |s| share(s.column.distinct.value, s.values());
    few_distinct, "1 / different values", |s| 1.0 / s.column.distinct.value.max(1) as f64;
    null_share, "rows without a value", |s| share(s.column.nulls, s.rows);
    is_unique, "no value occurs twice and none is missing", |s| yes(s.column.unique);
    most_frequent_share, "rows with the most frequent value", |s| s.most_frequent();
    entropy, "entropy of the most frequent values and the rest, by the logarithm of their number", |s| entropy(s.column, s.values());
    min, "smallest number, signed logarithm, 1 at 1e9", |s| s.number(|n| signed_log(n.min));
    median, "median, signed logarithm", |s| s.number(|n| signed_log(n.quantiles.median));
    max, "largest number, signed logarithm", |s| s.number(|n| signed_log(n.max));
    stdev, "standard deviation, signed logarithm", |s| s.number(|n| signed_log(n.stdev));
    variation, "tanh of the standard deviation by the mean", |s| s.number(|n| if n.mean == 0.0 { 0.0 } else { (n.stdev / n.mean).tanh() });
    negative_share, "numbers below zero", |s| s.number(|n| share(n.negatives, s.values()));
    zero_share, "zeros", |s| s.number(|n| share(n.zeros, s.values()));
    is_integer, "all numbers are whole", |s| s.number(|n| yes(n.integers));
    decimals, "decimals by nine; 1 where more are needed", |s| s.number(|n| n.decimals.map_or(1.0, |decimals| f64::from(decimals) / 9.0));
    skewness, "tanh(skewness / 3)", |s| s.number(|n| (n.skewness / 3.0).tanh());
    kurtosis, "tanh(excess kurtosis / 10)", |s| s.number(|n| (n.kurtosis / 10.0).tanh());
    outlier_share, "numbers beyond Tukey's fences", |s| s.number(|n| n.outliers.share);
    heavy_tail, "a heavy tail on the right (1), left (-1)", |s| s.number(|n| yes(n.tails.heavy_right) - yes(n.tails.heavy_left));
    several_modes, "values pile up in several places", |s| s.number(|n| yes(n.modes.several));
    within_unit, "all numbers within 0 to 1 (1), or 0 to 100 (0.5)", |s| s.number(|n| if n.min < 0.0 || n.max > 100.0 { 0.0 } else if n.max <= 1.0 { 1.0 } else { 0.5 });
    mean_length, "mean number of characters, logarithm", |s| s.text(|t| signed_log(t.mean_chars));
    longest_length, "characters of the longest text, logarithm", |s| s.text(|t| log_count(t.max_chars));
    mean_words, "tanh of the mean number of words by ten", |s| s.text(|t| (t.mean_words / 10.0).tanh());
    letter_share, "letters among characters", |s| s.text(|t| t.characters.letters);
    digit_share, "digits among characters", |s| s.text(|t| t.characters.digits);
    one_shape, "texts of the most frequent shape", |s| s.text(|t| t.shapes.first().map_or(0.0, |shape| shape.share));
    rises, "values rise from row to row (1), never fall (0.5), fall (-1), never rise (-0.5)", |s| match s.column.monotonicity {
        Monotonicity::StrictlyIncreasing => 1.0,
        Monotonicity::Increasing => 0.5,
        Monotonicity::StrictlyDecreasing => -1.0,
        Monotonicity::Decreasing => -0.5,
        Monotonicity::Constant | Monotonicity::None => 0.0,
    };
    equal_spacing, "distances in time that are the usual one", |s| s.time(|t| t.spacing.as_ref().map_or(0.0, |spacing| spacing.share));
    time_step, "coarseness of times: years (1), quarters, months, weeks, days … (0)", |s| s.time(|t| coarseness(t.granularity));
    time_span, "length of time covered, by the logarithm of days, 1 at a billion", |s| s.time(|t| signed_log((t.max_ms.saturating_sub(t.min_ms)) as f64 / 86_400_000.0));
    has_unit, "numbers were written with a unit", |s| yes(s.column.unit.is_some());
    log_scale, "a logarithmic scale shows it best", |s| yes(matches!(s.column.advice.scale, Some(AxisScale::Log | AxisScale::Symlog)));
    has_order, "texts with an order of their meaning", |s| yes(!s.column.order.is_empty());
    max_correlation, "strongest correlation with another column", |s| s.facts.correlation;
    max_association, "strongest association with another column", |s| s.facts.association;
    is_key, "names rows by itself (1) or with others (0.5)", |s| if s.facts.is_key { 1.0 } else { 0.5 * yes(s.facts.is_in_key) };
    decides, "another column follows from it (1), or it follows from another (-1)", |s| yes(s.facts.decides) - yes(s.facts.follows && !s.facts.decides);
    is_derived, "repeats another column, or is computed from others", |s| yes(s.facts.is_derived);
    in_hierarchy, "a level of a hierarchy", |s| yes(s.facts.is_in_hierarchy);
    has_kin, "shares a word of its name with another column", |s| yes(s.facts.has_kin);
    place, "place in the table: first (0) to last (1)", |s| s.facts.place;
};

/// Features of a table, in order. A new one goes to the end and raises the version.
pub(super) const TABLE_FEATURES: &[TableFeature] = features! { TableFeature:
    rows, "number of rows, as ln(1 + n) / ln(1 + 1e9)", |p, _| log_count(p.rows);
    columns, "number of columns, as ln(1 + n) / ln(1 + 1e4)", |p, _| (p.columns.len() as f64).ln_1p() / 1e4_f64.ln_1p();
    quantitative_share, "columns of field type quantitative", |p, _| columns_with(p, |c| c.field_type == FieldType::Quantitative);
    temporal_share, "columns of field type temporal", |p, _| columns_with(p, |c| c.field_type == FieldType::Temporal);
    ordinal_share, "columns of field type ordinal", |p, _| columns_with(p, |c| c.field_type == FieldType::Ordinal);
    nominal_share, "columns of field type nominal", |p, _| columns_with(p, |c| c.field_type == FieldType::Nominal);
    measures, "tanh of the number of measures by five", |p, _| number_with(p, |c| c.advice.role == ChartRole::Measure);
    categories, "tanh of the number of categories by five", |p, _| number_with(p, |c| c.advice.role == ChartRole::Category);
    times, "tanh of the number of times and years by five", |p, _| number_with(p, |c| matches!(c.advice.role, ChartRole::Time | ChartRole::Year));
    identifiers, "tanh of the number of identifiers by five", |p, _| number_with(p, |c| c.advice.role == ChartRole::Identifier);
    has_places, "a column of places by name", |p, _| yes(p.columns.iter().any(|c| c.semantic_type.is_some_and(|m| m.family() == SemanticFamily::Place)));
    has_coordinates, "latitude and longitude", |p, _| yes([ChartRole::Latitude, ChartRole::Longitude].iter().all(|role| p.columns.iter().any(|c| c.advice.role == *role)));
    has_key, "a column names rows by itself", |_, f| yes(f.columns.iter().any(|c| c.is_key));
    max_correlation, "strongest correlation of two columns", |_, f| f.columns.iter().fold(0.0, |most, c| most.max(c.correlation));
    null_share, "cells without a value", |p, _| share(p.columns.iter().map(|c| c.nulls).fold(0, u64::saturating_add), p.rows.saturating_mul(p.columns.len() as u64));
    repeated_rows, "rows that repeat another", |p, _| share(p.rows.saturating_sub(p.distinct_rows.value), p.rows);
};

fn columns_with(profile: &TableProfile, is: fn(&ColumnProfile) -> bool) -> f64 {
    let number = profile.columns.iter().filter(|column| is(column)).count();
    share(number as u64, profile.columns.len() as u64)
}

fn number_with(profile: &TableProfile, is: fn(&ColumnProfile) -> bool) -> f64 {
    let number = profile.columns.iter().filter(|column| is(column)).count();
    (number as f64 / 5.0).tanh()
}

/// Entropy of the listed frequent values, all others spread evenly, by that of an even spread.
fn entropy(column: &ColumnProfile, values: u64) -> f64 {
    let distinct = column.distinct.value;
    if distinct < 2 || values == 0 {
        return 0.0;
    }
    let part = |count: u64| share(count, values);
    let of = |share: f64| if share > 0.0 { -share * share.ln() } else { 0.0 };
    let listed: f64 = column.top.iter().map(|top| of(part(top.count.value))).sum();
    let listed_rows = column
        .top
        .iter()
        .map(|top| top.count.value)
        .fold(0, u64::saturating_add);
    let others = distinct.saturating_sub(column.top.len() as u64);
    let rest = if others == 0 {
        0.0
    } else {
        let each = part(values.saturating_sub(listed_rows)) / others as f64;
        others as f64 * of(each)
    };
    (listed + rest) / (distinct as f64).ln()
}

fn coarseness(granularity: TimeGranularity) -> f64 {
    let rank = match granularity {
        TimeGranularity::Year => 8,
        TimeGranularity::Quarter => 7,
        TimeGranularity::Month => 6,
        TimeGranularity::Week => 5,
        TimeGranularity::Day => 4,
        TimeGranularity::Hour => 3,
        TimeGranularity::Minute => 2,
        TimeGranularity::Second => 1,
        TimeGranularity::Subsecond => 0,
    };
    f64::from(rank) / 8.0
}
