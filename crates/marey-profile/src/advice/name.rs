//! What the name of a column of numbers gives away where the values do not: codes, years, positions.

use marey_core::{SemanticType, label::split_identifier};

use super::{ChartRole, role::Part};
use crate::{ColumnProfile, NumericSummary};

/// Whether whole numbers name things by the look of the column's name: codes, districts, lots.
pub(super) fn is_code(column: &ColumnProfile) -> bool {
    const WORDS: &[&str] = &[
        "code",
        "codes",
        "codigo",
        "cod",
        "id",
        "ids",
        "district",
        "districts",
        "tracts",
        "ward",
        "precinct",
        "tract",
        "block",
        "lot",
        "bin",
        "bbl",
        "board",
        "council",
        "zone",
        "zip",
        "fips",
        "geoid",
        "phone",
        "fax",
        "ein",
        "cuenta",
        "documento",
        "ficha",
        "folio",
        "serial",
        "parcel",
        "apn",
        "pin",
        "beat",
        "borough",
        "boro",
        "objectid",
        "fid",
        "gid",
        "route",
        "authority",
        "key",
        "identifier",
        "uid",
        "guid",
        "license",
        "licence",
        "permit",
        "isbn",
        "issn",
    ];
    let words = name_words(column);
    let counted = matches!(
        column.semantic_type,
        Some(SemanticType::Count | SemanticType::Currency | SemanticType::Percentage)
    );
    let last = words.last().map_or("", String::as_str);
    let named = WORDS.contains(&last)
        || words
            .iter()
            .any(|word| word.starts_with("cod") || matches!(word.as_str(), "id" | "digo"))
        || words.join(" ").ends_with("community area")
        || ends_in_id(last);
    let numbered = words.len() > 1 && matches!(last, "number" | "num" | "nbr" | "no" | "nr");
    let written_code = words
        .iter()
        .any(|word| word == "code" || word.starts_with("codigo"));
    // Codes written with separators may read as decimals.
    numbered && is_positive(column) || named && !counted && (is_whole(column) || written_code)
}

fn is_whole(column: &ColumnProfile) -> bool {
    column
        .numeric
        .as_ref()
        .is_some_and(|n| n.integers && n.min >= 0.0)
}

fn is_positive(column: &ColumnProfile) -> bool {
    column.numeric.as_ref().is_some_and(|n| n.negatives == 0)
}

/// `biblioid`, but not `paid` and the like.
fn ends_in_id(word: &str) -> bool {
    const ENGLISH: &[&str] = &[
        "paid", "unpaid", "prepaid", "bid", "grid", "void", "acid", "solid", "liquid", "fluid", "humid",
        "rapid", "covid", "aid", "mid", "hybrid", "valid", "invalid", "kid", "lipid", "orchid", "pyramid",
        "did", "rid",
    ];
    word.len() > 3 && word.ends_with("id") && !ENGLISH.contains(&word)
}

fn name_words(column: &ColumnProfile) -> Vec<String> {
    let name = column.name.as_str();
    name.split(|c: char| !c.is_alphanumeric())
        .flat_map(split_identifier)
        .map(|word| word.to_lowercase())
        .collect()
}

/// Whether a whole number counts months, days, hours or the like within the next longer unit.
fn is_part_of_time(word: &str, numeric: &NumericSummary) -> bool {
    const PARTS: &[(&[&str], f64)] = &[
        (&["quarter", "qtr", "trimestre"], 4.0),
        (&["weekday", "dow"], 7.0),
        (&["month", "mnth", "mes", "mois", "monat"], 12.0),
        (&["hour", "hora", "heure", "stunde"], 24.0),
        (&["day", "dia", "jour", "tag"], 31.0),
        (&["week", "semana", "semaine", "woche"], 53.0),
    ];
    PARTS
        .iter()
        .any(|(words, most)| words.contains(&word) && numeric.min >= 0.0 && numeric.max <= *most)
}

/// The part that a number's name gives away where its values do not: years, dates, positions.
pub(super) fn by_name(column: &ColumnProfile, numeric: &NumericSummary) -> Option<Part> {
    let words = name_words(column);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let last = words.last().map_or("", String::as_str);
    let coordinate = has(&["coord", "coordinate", "coordinates", "point"]);
    if matches!(last, "year" | "yr" | "ano" | "año" | "annee" | "année" | "jahr") && numeric.integers {
        let years = numeric.min >= 1500.0 && numeric.max <= 2200.0;
        let mixed = numeric.quantiles.q3 >= 1500.0 && numeric.quantiles.q3 <= 2200.0;
        return match (years, mixed) {
            (true, _) => Some(Part::of(ChartRole::Year)),
            (false, true) => Some(Part::left_out(
                ChartRole::Nothing,
                "mixes years with other numbers",
            )),
            _ => None,
        };
    }
    if has(&["easting"])
        || (coordinate && has(&["x"]))
        || words.iter().any(|word| word.starts_with("longitud"))
    {
        Some(Part::of(ChartRole::Longitude))
    } else if has(&["northing"])
        || (coordinate && has(&["y"]))
        || words.iter().any(|word| word.starts_with("latitud"))
    {
        Some(Part::of(ChartRole::Latitude))
    } else if last == "date" && numeric.integers {
        Some(Part::left_out(
            ChartRole::Nothing,
            "holds dates written as numbers",
        ))
    } else if last == "time" && numeric.integers && numeric.max >= 100.0 && numeric.max <= 2400.0 {
        Some(Part::left_out(
            ChartRole::Nothing,
            "holds times of day written as numbers",
        ))
    } else if numeric.integers && is_part_of_time(last, numeric) {
        Some(Part::of(ChartRole::Category))
    } else {
        None
    }
}
