//! The meaning of numeric columns.

use marey_core::{PhysicalType, SemanticType};
use marey_table::Unit;

use super::{Evidence, Meaning, header::Header};
use crate::{Monotonicity, NumericSummary};

/// Decides the meaning of a numeric column: by unit, by name and range together, and at last by
/// range alone.
pub(super) fn meaning(evidence: &Evidence<'_>) -> Meaning {
    let Some(numeric) = evidence.numeric else {
        return Meaning::default();
    };
    match &evidence.note.unit {
        Some(Unit::Percent) => return Meaning::of(SemanticType::Percentage, 1.0),
        Some(Unit::Currency(_)) => return Meaning::of(SemanticType::Currency, 1.0),
        _ => {}
    }
    let header = Header::of(evidence.name);
    let whole = numeric.integers && numeric.non_finite == 0;
    place(&header, numeric)
        .or_else(|| whole.then(|| calendar(&header, numeric, evidence)).flatten())
        .or_else(|| whole.then(|| code(&header, numeric, evidence)).flatten())
        .or_else(|| amount(&header, numeric))
        .unwrap_or_else(|| plain(numeric, evidence, whole))
}

fn within(numeric: &NumericSummary, low: f64, high: f64) -> bool {
    numeric.min >= low && numeric.max <= high
}

fn place(header: &Header, numeric: &NumericSummary) -> Option<Meaning> {
    if header.has(&["lat", "latitude", "latitud", "ycoord"]) && within(numeric, -90.0, 90.0) {
        return Some(Meaning::of(SemanticType::Latitude, 0.98));
    }
    let longitude = header.has(&["lon", "lng", "long", "longitude", "longitud"]);
    (longitude && within(numeric, -180.0, 180.0)).then(|| Meaning::of(SemanticType::Longitude, 0.98))
}

fn calendar(header: &Header, numeric: &NumericSummary, evidence: &Evidence<'_>) -> Option<Meaning> {
    let year_named = header.has(&[
        "year", "yr", "yyyy", "fy", "año", "ano", "annee", "année", "jahr", "anno", "vintage",
    ]);
    // A few odd values, such as 0 for unknown, do not make other numbers of years.
    let years = |low, high| {
        numeric.quantiles.p05 >= low && numeric.quantiles.p95 <= high && within(numeric, 0.0, 9999.0)
    };
    if year_named && years(1000.0, 2300.0) {
        return Some(Meaning::of(SemanticType::Year, 0.98));
    }
    if header.has(&["date", "fecha", "datum"]) && years(1800.0, 2100.0) {
        return Some(Meaning::of(SemanticType::Year, 0.9));
    }
    if header.has(&["month", "mes", "mois", "monat"]) && within(numeric, 1.0, 12.0) {
        return Some(Meaning::of(SemanticType::Month, 0.95));
    }
    // Whole numbers of this size that fill their range are years, whatever they are called.
    let range = numeric.max - numeric.min + 1.0;
    let filled = evidence.distinct.value as f64 >= 0.6 * range;
    let sized = !header.has(&["count", "total", "number", "amount", "price", "id"]);
    (within(numeric, 1850.0, 2100.0) && filled && sized && evidence.distinct.value >= 3)
        .then(|| Meaning::of(SemanticType::Year, 0.75))
}

/// Words at the end of names of columns that number rows or things.
const IDS: [&str; 15] = [
    "id",
    "ids",
    "identifier",
    "key",
    "objectid",
    "fid",
    "oid",
    "uid",
    "gid",
    "pk",
    "isbn",
    "issn",
    "npi",
    "rownum",
    "guid",
];

/// Words at the end of names of columns whose numbers name places, parts or papers.
const CODES: [&str; 38] = [
    "apn",
    "authority",
    "bbl",
    "beat",
    "bin",
    "block",
    "board",
    "boro",
    "borough",
    "category",
    "cd",
    "class",
    "cluster",
    "codes",
    "council",
    "cuenta",
    "district",
    "documento",
    "ein",
    "folio",
    "group",
    "license",
    "licence",
    "lot",
    "nit",
    "parcel",
    "permit",
    "pin",
    "plate",
    "precinct",
    "route",
    "section",
    "serial",
    "sku",
    "tract",
    "type",
    "ward",
    "zone",
];

fn code_or_name(evidence: &Evidence<'_>) -> Meaning {
    if evidence.distinct.value as f64 >= 0.9 * evidence.values as f64 {
        Meaning::of(SemanticType::Identifier, 0.8)
    } else {
        Meaning::of(SemanticType::Category, 0.8)
    }
}

/// Numbers that name rather than count.
fn code(header: &Header, numeric: &NumericSummary, evidence: &Evidence<'_>) -> Option<Meaning> {
    let distinct = evidence.distinct.value;
    if header.has(&["zip", "zipcode", "postal", "postcode", "plz"]) && within(numeric, 0.0, 999_999_999.0) {
        return Some(Meaning::of(SemanticType::PostalCode, 0.95));
    }
    if header.has(&["phone", "telephone", "fax", "mobile"]) && within(numeric, 1e6, 1e15) {
        return Some(Meaning::of(SemanticType::Phone, 0.9).personal("phone"));
    }
    if header.ends_in(&IDS) || header.has(&["objectid"]) {
        return Some(Meaning::of(SemanticType::Identifier, 0.95));
    }
    if evidence.physical == PhysicalType::Int && within(numeric, 0.0, 1.0) && distinct == 2 {
        return Some(Meaning::of(SemanticType::Boolean, 0.8));
    }
    let counted = header.has(&["count", "counts", "total", "number", "population"]) || header.has(&["num"]);
    let named_code =
        header.ends_in(&CODES) || header.has(&["code", "codigo", "código", "cod", "fips", "geoid"]);
    if named_code && !counted && numeric.negatives == 0 {
        return Some(code_or_name(evidence));
    }
    let numbered = header.ends_in(&["no", "number", "nbr", "num", "nr", "index", "#"])
        && !header.says(&["number", "of"]);
    if numbered && distinct as f64 >= 0.9 * evidence.values as f64 && numeric.negatives == 0 {
        return Some(Meaning::of(SemanticType::Identifier, 0.85));
    }
    // A row counter: 1, 2, 3, ... or 0, 1, 2, ...
    let counts_rows = evidence.unique
        && evidence.monotonicity == Monotonicity::StrictlyIncreasing
        && numeric.max - numeric.min + 1.0 == evidence.values as f64
        && numeric.min <= 1.0
        && numeric.min >= 0.0
        && evidence.values >= 10;
    counts_rows.then(|| Meaning::of(SemanticType::Identifier, 0.85))
}

fn amount(header: &Header, numeric: &NumericSummary) -> Option<Meaning> {
    if header.has(&["%", "percent", "percentage", "pct", "porcentaje", "prozent"]) {
        return Some(Meaning::of(SemanticType::Percentage, 0.9));
    }
    if header.has(&["share", "proportion", "fraction"]) && within(numeric, 0.0, 100.0) {
        return Some(Meaning::of(SemanticType::Percentage, 0.7));
    }
    if header.has(&[
        "rate", "ratio", "average", "avg", "mean", "median", "per", "score", "rating", "density", "index",
    ]) {
        return Some(Meaning::of(SemanticType::Rate, 0.75));
    }
    let money = [
        "price", "cost", "costs", "amount", "amt", "salary", "wage", "wages", "revenue", "income", "budget",
        "sales", "fee", "fees", "payment", "payments", "usd", "eur", "gbp", "dollars", "spend", "spending",
        "profit", "expense", "expenses", "earnings", "gross", "paid", "debt", "balance", "fare", "tax",
        "taxes",
    ];
    if header.has(&money) {
        return Some(Meaning::of(SemanticType::Currency, 0.8));
    }
    let counted = header.has(&[
        "count",
        "counts",
        "total",
        "population",
        "quantity",
        "qty",
        "votes",
        "visits",
        "cases",
        "deaths",
        "births",
        "enrollment",
    ]) || header.says(&["number", "of"])
        || header.says(&["num"]);
    (counted && numeric.integers && numeric.negatives == 0).then(|| Meaning::of(SemanticType::Count, 0.85))
}

fn plain(numeric: &NumericSummary, evidence: &Evidence<'_>, whole: bool) -> Meaning {
    // Long whole numbers that hardly repeat name things.
    let long = whole && numeric.min >= 1e7 && evidence.unique;
    if long && evidence.values >= 10 {
        return Meaning::of(SemanticType::Identifier, 0.6);
    }
    Meaning::of(SemanticType::Measure, 0.5)
}
