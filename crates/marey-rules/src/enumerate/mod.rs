//! Enumeration: every chart worth considering for a table, within fixed bounds.

mod comparison;
mod composition;
mod distribution;
mod place;
mod relationship;
mod series;
mod trend;

use marey_core::{Aggregate, FieldName};
use marey_profile::{AssociationMeasure, TableProfile};

use crate::RecommendOptions;
use crate::draft::Draft;
use crate::role::{Field, Role};

/// Most columns of each part that enter combinations; a table with more is cut, and says so.
const MOST_MEASURES: usize = 12;
const MOST_CATEGORIES: usize = 8;
const MOST_TIMES: usize = 3;
const MOST_LABELS: usize = 2;

/// A table seen by the parts its columns can play, most useful columns first.
pub(crate) struct Cast<'a> {
    pub profile: &'a TableProfile,
    pub measures: Vec<&'a Field<'a>>,
    pub categories: Vec<&'a Field<'a>>,
    pub labels: Vec<&'a Field<'a>>,
    pub times: Vec<&'a Field<'a>>,
    /// Measures whose names are years or months, in order, when a table has a column for each.
    pub year_columns: Vec<&'a Field<'a>>,
    pub latitude: Option<&'a Field<'a>>,
    pub longitude: Option<&'a Field<'a>>,
    pub names: Vec<FieldName>,
    /// Columns that did not enter combinations.
    pub left_out: usize,
}

impl<'a> Cast<'a> {
    /// Number of rows.
    pub(crate) fn rows(&self) -> u64 {
        self.profile.rows
    }

    /// The aggregate of a measure over all time: what is counted at one time is not summed over it.
    pub(crate) fn aggregate_over_time(&self, measure: &Field<'_>) -> Aggregate {
        match !self.times.is_empty() && measure.is_snapshot() {
            true => measure.typical(),
            false => measure.aggregate(),
        }
    }

    /// Whether one of two columns follows from the other, so that crossing them splits nothing.
    pub(crate) fn follows(&self, a: &Field<'_>, b: &Field<'_>) -> bool {
        self.profile.dependencies.iter().any(|dependency| {
            (&dependency.from == a.name() && &dependency.to == b.name())
                || (&dependency.from == b.name() && &dependency.to == a.name())
        })
    }

    /// An association between two columns, in either direction.
    pub(crate) fn association(
        &self,
        a: &Field<'_>,
        b: &Field<'_>,
        measure: AssociationMeasure,
    ) -> Option<f64> {
        self.profile
            .pairs
            .iter()
            .find(|pair| {
                pair.measure == measure
                    && ((&pair.a == a.name() && &pair.b == b.name())
                        || (&pair.a == b.name() && &pair.b == a.name()))
            })
            .map(|pair| pair.value)
    }

    /// The stronger of Pearson's and Spearman's correlation, with its name.
    pub(crate) fn correlation(&self, a: &Field<'_>, b: &Field<'_>) -> Option<(f64, &'static str)> {
        let named = |measure, name| self.association(a, b, measure).map(|value| (value, name));
        let pearson = named(AssociationMeasure::Pearson, "Pearson's r");
        let spearman = named(AssociationMeasure::Spearman, "Spearman's rho");
        match (pearson, spearman) {
            (Some(p), Some(s)) if s.0.abs() > p.0.abs() + 0.05 => Some(s),
            (Some(p), _) => Some(p),
            (None, s) => s,
        }
    }
}

/// Sorts columns by part, those asked for first, and cuts each part to its bound.
pub(crate) fn cast<'a>(
    profile: &'a TableProfile,
    fields: &'a [Field<'a>],
    options: &RecommendOptions,
) -> Cast<'a> {
    let mut left_out = 0;
    let mut pick = |bound: usize, part: &dyn Fn(&Field<'_>) -> bool| {
        let mut chosen: Vec<&'a Field<'a>> = fields.iter().filter(|field| part(field)).collect();
        chosen.sort_by(|a, b| {
            dullness(a, options)
                .total_cmp(&dullness(b, options))
                .then(a.column.index.cmp(&b.column.index))
        });
        left_out += chosen.len().saturating_sub(bound);
        chosen.truncate(bound);
        chosen
    };
    let year_columns = year_columns(fields);
    let measures = pick(MOST_MEASURES, &|field| {
        field.role == Role::Measure
            && !year_columns.iter().any(|year| year.name() == field.name())
            && (is_asked_for(field, options) || !repeats_another(profile, fields, field))
    });
    let categories = pick(MOST_CATEGORIES, &|field| {
        matches!(field.role, Role::Category { .. }) && !is_told_by_another(profile, fields, field)
    });
    let labels = pick(MOST_LABELS, &|field| field.role == Role::Label);
    let times = pick(MOST_TIMES, &|field| matches!(field.role, Role::Time | Role::Year));
    let latitude = pick(1, &|field| field.role == Role::Latitude).first().copied();
    let longitude = pick(1, &|field| field.role == Role::Longitude).first().copied();
    Cast {
        profile,
        measures,
        categories,
        labels,
        times,
        year_columns,
        latitude,
        longitude,
        names: profile.columns.iter().map(|column| column.name.clone()).collect(),
        left_out,
    }
}

/// Fewest columns named by years or months that make a table wide.
const FEWEST_YEAR_COLUMNS: usize = 4;
/// Most columns named by years or months that are drawn.
const MOST_YEAR_COLUMNS: usize = 80;

/// The year that a column is named by.
fn year_of(field: &Field<'_>) -> Option<u32> {
    let name = field.name().as_str().trim();
    let year: u32 = name.parse().ok()?;
    (name.len() == 4 && (1700..=2200).contains(&year)).then_some(year)
}

/// Place of the month that a column is named by, in full or by three letters.
fn month_of(field: &Field<'_>) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    const REST: [&str; 12] = [
        "uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember",
    ];
    let name = field.name().as_str().trim().to_lowercase();
    let month = MONTHS.iter().zip(REST).position(|(start, rest)| {
        name.strip_prefix(start)
            .is_some_and(|end| end.is_empty() || end == rest)
    })?;
    u32::try_from(month).ok()
}

/// Columns named by years, or else by months, in order, where a table has a series of them.
fn year_columns<'a>(fields: &'a [Field<'a>]) -> Vec<&'a Field<'a>> {
    let years = series(fields, year_of);
    if years.is_empty() {
        series(fields, month_of)
    } else {
        years
    }
}

fn series<'a>(fields: &'a [Field<'a>], place: fn(&Field<'_>) -> Option<u32>) -> Vec<&'a Field<'a>> {
    let mut columns: Vec<(u32, &Field<'_>)> = fields
        .iter()
        .filter(|field| field.role == Role::Measure)
        .filter_map(|field| Some((place(field)?, field)))
        .collect();
    columns.sort_by_key(|(place, _)| *place);
    if columns.len() < FEWEST_YEAR_COLUMNS {
        return Vec::new();
    }
    let first = columns.len().saturating_sub(MOST_YEAR_COLUMNS);
    columns.into_iter().skip(first).map(|(_, field)| field).collect()
}

/// Whether another category says the same row by row, in better words or earlier in the table.
fn is_told_by_another(profile: &TableProfile, fields: &[Field<'_>], field: &Field<'_>) -> bool {
    let decides = |a: &FieldName, b: &FieldName| {
        profile
            .dependencies
            .iter()
            .any(|dependency| &dependency.from == a && &dependency.to == b)
    };
    let words = |field: &Field<'_>| {
        field
            .column
            .text
            .as_ref()
            .map_or(0.0, |text| text.mean_chars.min(24.0))
    };
    fields
        .iter()
        .filter(|other| matches!(other.role, Role::Category { .. }))
        .any(|other| {
            let same = decides(other.name(), field.name()) && decides(field.name(), other.name());
            let better = words(other) > words(field) + 2.0;
            let as_good =
                (words(other) - words(field)).abs() <= 2.0 && other.column.index < field.column.index;
            same && (better || as_good)
        })
}

/// Whether a column says again what an earlier one of the same part says, perhaps in another unit.
fn repeats_another(profile: &TableProfile, fields: &[Field<'_>], field: &Field<'_>) -> bool {
    let duplicates = &profile.relations.duplicates;
    duplicates.iter().any(|duplicate| {
        &duplicate.column == field.name()
            && fields
                .iter()
                .any(|other| other.name() == &duplicate.of && other.role == field.role)
    })
}

fn is_asked_for(field: &Field<'_>, options: &RecommendOptions) -> bool {
    options.target.as_ref() == Some(field.name()) || options.columns.contains(field.name())
}

/// How little a column promises: asked-for columns first, then full and varied ones early in the
/// table.
fn dullness(field: &Field<'_>, options: &RecommendOptions) -> f64 {
    if is_asked_for(field, options) {
        return -1000.0;
    }
    let place = field.column.index as f64;
    let missing = field.column.nulls as f64 / field.rows.max(1) as f64;
    let crowded = match field.role {
        Role::Category { .. } if field.distinct() > 30 => 6.0,
        Role::Category { .. } if field.distinct() > 15 => 2.0,
        Role::Category { .. } => crate::role::dominance(field) * 4.0,
        Role::Year => 1.0,
        _ => 0.0,
    };
    place.min(60.0) * 0.3 + missing * 12.0 + crowded
}

/// Every draft for the table, in a fixed order.
pub(crate) fn drafts(cast: &Cast<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    drafts.extend(trend::drafts(cast));
    drafts.extend(series::drafts(cast));
    drafts.extend(comparison::drafts(cast));
    drafts.extend(distribution::drafts(cast));
    drafts.extend(relationship::drafts(cast));
    drafts.extend(composition::drafts(cast));
    drafts.extend(place::drafts(cast));
    drafts
}
