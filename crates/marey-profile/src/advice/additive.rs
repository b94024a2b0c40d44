//! Which measures may be summed.

use marey_core::{SemanticType, label::split_identifier};

use super::{ChartAggregate, Sums};
use crate::ColumnProfile;

/// Words in a name that say that sums mean nothing.
const INTENSIVE_WORDS: &[&str] = &[
    "rate",
    "ratio",
    "percent",
    "percentage",
    "pct",
    "perc",
    "share",
    "average",
    "avg",
    "mean",
    "median",
    "index",
    "score",
    "rating",
    "price",
    "age",
    "ages",
    "temperature",
    "temp",
    "tmax",
    "tmin",
    "density",
    "per",
    "probability",
    "prob",
    "rank",
    "ranking",
    "level",
    "ph",
    "speed",
    "velocity",
    "grade",
    "gpa",
    "weight",
    "height",
    "width",
    "length",
    "depth",
    "diameter",
    "radius",
    "size",
    "min",
    "max",
    "minimum",
    "maximum",
    "std",
    "stdev",
    "sd",
    "var",
    "variance",
    "bmi",
    "year",
    "latitude",
    "longitude",
    "lat",
    "lon",
    "lng",
    "long",
    "altitude",
    "elevation",
    "humidity",
    "pressure",
    "angle",
    "coefficient",
    "correlation",
    "norm",
    "normalized",
    "proportion",
    "fraction",
    "yield",
    "mpg",
    "growth",
    "change",
    "salary",
    "wage",
    "stars",
    "magnitude",
    "mag",
    "concentration",
    "expectancy",
    "open",
    "close",
    "high",
    "low",
    "adj",
    "x",
    "y",
    "z",
    "code",
    "number",
    "intensity",
    "ppm",
    "estimate",
    "estimates",
    "confidence",
    "quality",
    "acidity",
    "threshold",
    "limit",
    "target",
    "capacity",
];

/// Words in a name that say that sums are totals.
const EXTENSIVE_WORDS: &[&str] = &[
    "total",
    "totals",
    "count",
    "counts",
    "amount",
    "amounts",
    "sales",
    "revenue",
    "cost",
    "costs",
    "quantity",
    "qty",
    "population",
    "pop",
    "units",
    "orders",
    "sum",
    "profit",
    "volume",
    "visitors",
    "visits",
    "passengers",
    "cases",
    "deaths",
    "births",
    "students",
    "votes",
    "budget",
    "expenditure",
    "spend",
    "spending",
    "emissions",
    "production",
    "exports",
    "imports",
    "clicks",
    "views",
    "downloads",
    "sessions",
    "users",
    "tests",
    "admissions",
    "arrivals",
    "departures",
    "trips",
    "rides",
    "incidents",
    "accidents",
    "injuries",
    "injured",
    "killed",
    "fatalities",
    "households",
    "families",
    "employees",
    "jobs",
    "registrations",
    "enrolment",
    "enrollment",
    "gross",
    "turnover",
    "payment",
    "payments",
    "paid",
    "fee",
    "fees",
    "grant",
    "donations",
    "attendance",
    "tons",
    "tonnes",
    "males",
    "females",
    "men",
    "women",
    "persons",
    "people",
    "pupils",
    "dwellings",
    "permits",
    "consumption",
    "amt",
    "num",
    "nbr",
    "goals",
    "wins",
    "losses",
];

/// What sums of a column's values mean.
pub(super) fn sums(column: &ColumnProfile) -> Sums {
    if sum_is_senseless(column) {
        Sums::Senseless
    } else if !is_additive(column) {
        Sums::Unclear
    } else if is_stock(column) {
        Sums::Snapshot
    } else {
        Sums::Total
    }
}

/// Whether the sum of a column's values is a total of something.
fn is_additive(column: &ColumnProfile) -> bool {
    if has_ratio_unit(column) {
        return false;
    }
    let words = name_words(column);
    let intensive = words.iter().any(|word| INTENSIVE_WORDS.contains(&word.as_str()));
    let extensive = words.iter().any(|word| EXTENSIVE_WORDS.contains(&word.as_str()));
    let counted = words.len() > 1
        && matches!(
            words.first().map(String::as_str),
            Some("n" | "no" | "number" | "num")
        )
        && words.get(1).map(String::as_str) != Some("per");
    match column.semantic_type {
        Some(SemanticType::Count) => !intensive || counted,
        Some(SemanticType::Currency) => !intensive,
        Some(SemanticType::Measure) | None => counted || (extensive && !intensive),
        _ => false,
    }
}

/// Whether a measure counts what is there at one time, so that sums over time count it again.
fn is_stock(column: &ColumnProfile) -> bool {
    const STOCK: &[&str] = &[
        "population",
        "pop",
        "households",
        "families",
        "employees",
        "inventory",
        "stock",
        "balance",
        "members",
        "enrolment",
        "enrollment",
        "students",
        "pupils",
        "dwellings",
        "people",
        "persons",
        "capacity",
        "obligation",
        "outstanding",
        "debt",
        "assets",
        "users",
        "subscribers",
    ];
    name_words(column)
        .iter()
        .any(|word| STOCK.contains(&word.as_str()))
}

/// Whether the column's sum is senseless beyond doubt: a share, a rate, a year, a place, a name.
///
/// Stricter than the negation of [`is_additive`]: a sum that only might be wrong is no nonsense.
fn sum_is_senseless(column: &ColumnProfile) -> bool {
    let never = matches!(
        column.semantic_type,
        Some(
            SemanticType::Identifier
                | SemanticType::Year
                | SemanticType::Month
                | SemanticType::Latitude
                | SemanticType::Longitude
                | SemanticType::Percentage
                | SemanticType::Rate
                | SemanticType::PostalCode
                | SemanticType::Phone
        )
    );
    const TELLING: &[&str] = &[
        "rate",
        "ratio",
        "percent",
        "percentage",
        "pct",
        "average",
        "avg",
        "mean",
        "median",
        "latitude",
        "longitude",
        "index",
        "temperature",
    ];
    never
        || has_ratio_unit(column)
        || name_words(column)
            .iter()
            .any(|word| TELLING.contains(&word.as_str()))
}

/// Median where the mean is pulled by a tail, else mean.
pub(super) fn typical(column: &ColumnProfile) -> ChartAggregate {
    match is_skewed(column) {
        true => ChartAggregate::Median,
        false => ChartAggregate::Mean,
    }
}

/// Skewness beyond which a mean misleads.
pub(super) const SKEWED: f64 = 2.0;

/// Whether the mean is pulled away from the bulk, and the median still tells values apart.
fn is_skewed(column: &ColumnProfile) -> bool {
    column.numeric.as_ref().is_some_and(|n| {
        n.skewness.abs() > SKEWED && n.quantiles.q1 < n.quantiles.q3 && n.quantiles.median != 0.0
    })
}

fn has_ratio_unit(column: &ColumnProfile) -> bool {
    column
        .unit
        .as_deref()
        .is_some_and(|unit| unit.contains(['%', '‰', '/', '°']) || unit.contains(" per "))
}

fn name_words(column: &ColumnProfile) -> Vec<String> {
    let name = column.name.as_str();
    if name.contains('%') {
        return vec!["percent".to_owned()];
    }
    name.split(|c: char| !c.is_alphanumeric())
        .flat_map(split_identifier)
        .map(|word| word.to_lowercase())
        .collect()
}
