//! What part a column can play in a chart.

use marey_core::{Aggregate, FieldName, FieldType, PhysicalType, SemanticFamily, SemanticType};
use marey_profile::{ColumnProfile, Monotonicity, NumericSummary, TableProfile, TemporalSummary};

use crate::{additive, order, period, words};

/// Largest number of categories that a colour legend can hold.
pub(crate) const MOST_COLORS: u64 = 8;
/// Largest number of bars in one chart.
pub(crate) const MOST_BARS: u64 = 15;
/// Largest number of bars of categories with an order, which is lost when some are left out.
pub(crate) const MOST_ORDERED_BARS: u64 = 40;

/// What part a column can play in a chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Role {
    /// A quantity.
    Measure,
    /// Groups rows; the order is given where the categories have one.
    Category { order: Option<Vec<String>> },
    /// Names single rows in a way people read (a country, a product) while measures vary.
    Label,
    /// Points in time.
    Time,
    /// Calendar years as whole numbers.
    Year,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// Left out, with the reason as the end of a sentence that begins with the column's name.
    Excluded(&'static str),
}

/// A column with its part and its label.
#[derive(Debug, Clone)]
pub(crate) struct Field<'a> {
    /// The column.
    pub column: &'a ColumnProfile,
    /// Its part.
    pub role: Role,
    /// Its name for people.
    pub label: String,
    /// Number of rows in the table.
    pub rows: u64,
}

impl<'a> Field<'a> {
    /// Decides what part a column can play.
    pub(crate) fn of(column: &'a ColumnProfile, rows: u64) -> Self {
        Self {
            column,
            role: role_of(column, rows),
            label: words::label(&column.name),
            rows,
        }
    }

    pub(crate) fn name(&self) -> &'a FieldName {
        &self.column.name
    }

    /// The column's name as quoted in reasons.
    pub(crate) fn quoted(&self) -> String {
        words::quoted(&self.column.name)
    }

    /// The label as it stands inside a sentence.
    pub(crate) fn inside(&self) -> String {
        words::inside(&self.label)
    }

    /// Number of different values.
    pub(crate) fn distinct(&self) -> u64 {
        self.column.distinct.value
    }

    /// Number of rows with a value.
    pub(crate) fn filled(&self) -> u64 {
        self.rows.saturating_sub(self.column.nulls)
    }

    pub(crate) fn numeric(&self) -> Option<&'a NumericSummary> {
        self.column.numeric.as_ref()
    }

    pub(crate) fn temporal(&self) -> Option<&'a TemporalSummary> {
        self.column.temporal.as_ref()
    }

    /// Whether the sum of the values is a total of something.
    pub(crate) fn is_additive(&self) -> bool {
        additive::is_additive(self.column)
    }

    /// The aggregate that says most about a group.
    pub(crate) fn aggregate(&self) -> Aggregate {
        additive::preferred_aggregate(self.column)
    }

    /// The step that shows the column's span, for time columns.
    pub(crate) fn step(&self) -> period::Step {
        match (&self.role, self.temporal()) {
            (Role::Time, Some(time)) => period::step_for(time, self.has_one_row_per_point()),
            _ => period::Step::Year,
        }
    }

    /// Whether rows have different points in time each.
    pub(crate) fn has_one_row_per_point(&self) -> bool {
        self.distinct() == self.filled()
    }

    /// Whether values may stand on a logarithmic axis and need one.
    pub(crate) fn wants_log(&self) -> bool {
        self.numeric().is_some_and(|n| {
            n.min > 0.0
                && n.negatives == 0
                && n.zeros == 0
                && n.max / n.min >= 1000.0
                && n.skewness > additive::SKEWED
        })
    }

    /// The values of an ordered category in their order.
    pub(crate) fn order(&self) -> Option<&[String]> {
        match &self.role {
            Role::Category { order } => order.as_deref(),
            _ => None,
        }
    }

    /// Whether the categories have an order of their own, spelt out or by number.
    pub(crate) fn is_ordered(&self) -> bool {
        self.order().is_some() || self.field_type() == FieldType::Ordinal
    }

    /// The type this column has in a chart.
    pub(crate) fn field_type(&self) -> FieldType {
        match &self.role {
            Role::Measure | Role::Latitude | Role::Longitude => FieldType::Quantitative,
            Role::Time => FieldType::Temporal,
            Role::Year => FieldType::Quantitative,
            Role::Category { order: Some(_) } => FieldType::Ordinal,
            Role::Category { order: None } => match self.column.physical_type {
                PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal | PhysicalType::Time => {
                    FieldType::Ordinal
                }
                _ => FieldType::Nominal,
            },
            Role::Label | Role::Excluded(_) => FieldType::Nominal,
        }
    }

    /// Number of bars that are shown of these categories.
    pub(crate) fn bars(&self) -> u64 {
        let most = if self.is_ordered() {
            MOST_ORDERED_BARS
        } else {
            MOST_BARS
        };
        if self.distinct() > most {
            MOST_BARS
        } else {
            self.distinct()
        }
    }

    /// Whether the longest names would not fit below a column.
    pub(crate) fn has_long_values(&self) -> bool {
        let longest = match &self.column.text {
            Some(text) => text.max_chars,
            None => self
                .column
                .top
                .iter()
                .map(|top| top.value.chars().count() as u64)
                .max()
                .unwrap_or(0),
        };
        longest > 10
    }
}

/// Every column of a table with its part, in the order of the table.
pub(crate) fn fields_of(profile: &TableProfile) -> Vec<Field<'_>> {
    profile
        .columns
        .iter()
        .map(|column| Field::of(column, profile.rows))
        .collect()
}

fn role_of(column: &ColumnProfile, rows: u64) -> Role {
    if let Some(reason) = emptiness(column, rows) {
        return Role::Excluded(reason);
    }
    by_meaning(column, rows).unwrap_or_else(|| by_storage(column, rows))
}

fn emptiness(column: &ColumnProfile, rows: u64) -> Option<&'static str> {
    if column.physical_type == PhysicalType::Empty || column.nulls >= rows || column.distinct.value == 0 {
        Some("has no values")
    } else if column.distinct.value == 1 && rows > 1 {
        Some("has the same value in every row")
    } else {
        None
    }
}

/// The part that follows from what values stand for.
fn by_meaning(column: &ColumnProfile, rows: u64) -> Option<Role> {
    let numeric = column.numeric.is_some();
    Some(match column.semantic_type? {
        SemanticType::Email => Role::Excluded("holds e-mail addresses"),
        SemanticType::Phone => Role::Excluded("holds telephone numbers"),
        SemanticType::Url => Role::Excluded("holds web addresses"),
        SemanticType::FreeText => Role::Excluded("holds free text"),
        SemanticType::IpAddress | SemanticType::MacAddress => Role::Excluded("holds network addresses"),
        SemanticType::Uuid
        | SemanticType::Hash
        | SemanticType::Iban
        | SemanticType::CardNumber
        | SemanticType::NationalId => Role::Excluded("only names rows"),
        SemanticType::CoordinatePair | SemanticType::Geometry if !numeric => {
            Role::Excluded("holds points on the globe as text")
        }
        SemanticType::Identifier | SemanticType::Isbn | SemanticType::ProductCode => identifier(column, rows),
        SemanticType::Year if numeric && column.temporal.is_some() => Role::Year,
        SemanticType::Latitude if numeric => Role::Latitude,
        SemanticType::Longitude if numeric => Role::Longitude,
        SemanticType::PostalCode => text_role(column, rows),
        SemanticType::Boolean => category(column),
        semantic if is_ordered_class(semantic) && column.distinct.value <= 40 => category(column),
        SemanticType::Rating if !numeric => category(column),
        semantic if names_groups(semantic) => text_role(column, rows),
        _ => return None,
    })
}

/// Whether values are classes with an order: parts of time, bands, scales.
fn is_ordered_class(semantic: SemanticType) -> bool {
    use SemanticType as S;
    matches!(
        semantic,
        S::FiscalYear
            | S::YearRange
            | S::Quarter
            | S::Month
            | S::Week
            | S::Weekday
            | S::DayOfMonth
            | S::OrderedCategory
            | S::AgeRange
    )
}

/// Whether values, texts or numbers, name groups of rows or single rows.
fn names_groups(semantic: SemanticType) -> bool {
    use SemanticType as S;
    match semantic.family() {
        SemanticFamily::Place => !matches!(
            semantic,
            S::Latitude | S::Longitude | S::Easting | S::Northing | S::CoordinatePair | S::Geometry
        ),
        SemanticFamily::Person => semantic != S::Age,
        SemanticFamily::Category => semantic != S::Rating,
        _ => false,
    }
}

/// The part that follows from how values are stored.
fn by_storage(column: &ColumnProfile, rows: u64) -> Role {
    match column.physical_type {
        PhysicalType::Date | PhysicalType::Timestamp if column.temporal.is_some() => Role::Time,
        PhysicalType::Date | PhysicalType::Timestamp => {
            Role::Excluded("holds dates that could not be summarised")
        }
        PhysicalType::Time if column.distinct.value <= 48 => category(column),
        PhysicalType::Time => Role::Excluded("holds times of day, which have no axis of their own yet"),
        PhysicalType::Boolean => category(column),
        PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal => number(column, rows),
        PhysicalType::Text | PhysicalType::Empty => text_role(column, rows),
    }
}

fn identifier(column: &ColumnProfile, rows: u64) -> Role {
    if is_readable_name(column) && !holds_coordinates(column) {
        return Role::Label;
    }
    let repeats = column.distinct.value.saturating_mul(4) <= rows;
    match repeats && column.distinct.value <= 2 * MOST_BARS && column.physical_type == PhysicalType::Text {
        true => category(column),
        false => Role::Excluded("only names rows"),
    }
}

/// Whether an identifier reads as a name of one line and several words.
fn is_readable_name(column: &ColumnProfile) -> bool {
    let short = column
        .text
        .as_ref()
        .is_some_and(|text| text.mean_words >= 1.3 && text.mean_chars <= 40.0);
    short && column.pii.is_none() && column.top.first().is_none_or(|top| !top.value.contains('\n'))
}

/// Whether texts are points on the globe, `(41.9, -87.6)` or `POINT (-87.6 41.9)`.
fn holds_coordinates(column: &ColumnProfile) -> bool {
    column.top.first().is_some_and(|top| {
        let value = top.value.trim();
        let geometry = [
            "POINT",
            "POLYGON",
            "MULTIPOLYGON",
            "LINESTRING",
            "MULTILINESTRING",
        ];
        let inside = value
            .rsplit_once('(')
            .map_or("", |(_, rest)| rest.trim_end_matches(')'));
        let numbers = inside.split([',', ' ']).filter(|part| !part.is_empty());
        let pair = numbers.clone().count() == 2 && numbers.clone().all(|part| part.parse::<f64>().is_ok());
        geometry.iter().any(|word| value.starts_with(word)) || (value.ends_with(')') && pair)
    })
}

/// Whether whole numbers name things by the look of the column's name: codes, districts, lots.
fn is_code(column: &ColumnProfile) -> bool {
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
        .flat_map(words::split_identifier)
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
fn by_name(column: &ColumnProfile, numeric: &NumericSummary) -> Option<Role> {
    let words = name_words(column);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let last = words.last().map_or("", String::as_str);
    let coordinate = has(&["coord", "coordinate", "coordinates", "point"]);
    if matches!(last, "year" | "yr" | "ano" | "año" | "annee" | "année" | "jahr") && numeric.integers {
        let years = numeric.min >= 1500.0 && numeric.max <= 2200.0;
        let mixed = numeric.quantiles.q3 >= 1500.0 && numeric.quantiles.q3 <= 2200.0;
        return match (years, mixed) {
            (true, _) => Some(Role::Year),
            (false, true) => Some(Role::Excluded("mixes years with other numbers")),
            _ => None,
        };
    }
    if has(&["easting"])
        || (coordinate && has(&["x"]))
        || words.iter().any(|word| word.starts_with("longitud"))
    {
        Some(Role::Longitude)
    } else if has(&["northing"])
        || (coordinate && has(&["y"]))
        || words.iter().any(|word| word.starts_with("latitud"))
    {
        Some(Role::Latitude)
    } else if last == "date" && numeric.integers {
        Some(Role::Excluded("holds dates written as numbers"))
    } else if last == "time" && numeric.integers && numeric.max >= 100.0 && numeric.max <= 2400.0 {
        Some(Role::Excluded("holds times of day written as numbers"))
    } else if numeric.integers && is_part_of_time(last, numeric) {
        Some(category(column))
    } else {
        None
    }
}

fn number(column: &ColumnProfile, rows: u64) -> Role {
    let Some(numeric) = &column.numeric else {
        return Role::Excluded("holds numbers that could not be summarised");
    };
    let flags = column.distinct.value == 2 && numeric.integers && numeric.min == 0.0 && numeric.max == 1.0;
    let discrete = matches!(column.field_type, FieldType::Nominal | FieldType::Ordinal);
    if numbers_the_rows(column, numeric, rows) {
        Role::Excluded("only numbers the rows")
    } else if let Some(role) = by_name(column, numeric) {
        role
    } else if is_code(column) && column.distinct.value > 2 * MOST_BARS {
        Role::Excluded("holds numbers used as names")
    } else if is_code(column) || flags || (discrete && column.distinct.value <= 2 * MOST_BARS) {
        category(column)
    } else if discrete && column.semantic_type != Some(SemanticType::Year) {
        Role::Excluded("holds numbers used as names")
    } else {
        Role::Measure
    }
}

/// Whether a column counts 0, 1, 2 … or 1, 2, 3 … down the table.
fn numbers_the_rows(column: &ColumnProfile, numeric: &NumericSummary, rows: u64) -> bool {
    column.unique
        && numeric.integers
        && column.monotonicity == Monotonicity::StrictlyIncreasing
        && (numeric.min == 0.0 || numeric.min == 1.0)
        && numeric.max - numeric.min == rows.saturating_sub(1) as f64
        && rows > 2
}

fn text_role(column: &ColumnProfile, rows: u64) -> Role {
    let filled = rows.saturating_sub(column.nulls).max(1);
    let distinct = column.distinct.value;
    let wordy = column
        .text
        .as_ref()
        .is_some_and(|text| text.mean_chars > 60.0 || text.mean_words > 10.0);
    if column.pii.is_some() && distinct * 2 > filled {
        Role::Excluded("looks like personal data")
    } else if holds_coordinates(column) {
        Role::Excluded("holds points on the globe as text")
    } else if wordy {
        Role::Excluded("holds free text")
    } else if distinct * 20 >= filled * 19 && distinct > 2 {
        Role::Label
    } else {
        category(column)
    }
}

fn category(column: &ColumnProfile) -> Role {
    let numeric = column.numeric.is_some() && column.physical_type != PhysicalType::Boolean;
    let values: Vec<String> = column.top.iter().map(|top| top.value.clone()).collect();
    let complete = values.len() as u64 == column.distinct.value && values.len() <= 60;
    let order = match complete && !numeric {
        true => order::in_order(&values),
        false => None,
    };
    Role::Category { order }
}

/// Share of the most frequent value among rows with a value.
pub(crate) fn dominance(field: &Field<'_>) -> f64 {
    let most = field.column.top.first().map_or(0, |top| top.count.value);
    most as f64 / field.filled().max(1) as f64
}
