//! What the columns of a table have to do with each other: keys, dependencies, repetitions,
//! hierarchies, arithmetic, shares of a whole, and values missing together.
//!
//! All of it is told from the kept rows. As long as these are the table, it is exact; beyond that
//! each finding says that it was sampled. Nothing is told that chance could explain (`evidence`),
//! and every search has a bound on the columns that it looks at.

mod arithmetic;
mod composite;
mod dependency;
mod digits;
mod duplicate;
mod elapsed;
mod evidence;
mod field;
mod hierarchy;
mod key;
mod missing;
mod quantity;
mod share;
mod spelling;

use marey_core::FieldName;

use crate::{
    ColumnProfile, CompositeDependency, Dependency, DerivedColumn, Formula, LeftOut, Relations, Search,
    Shares, row_sample::Rows, value::Kind,
};
use arithmetic::Arithmetic;
use dependency::Link;
use duplicate::Repetition;
use elapsed::FromTime;
use field::Sheet;
use quantity::Quantity;
pub(crate) use spelling::Spellings;

/// All that is told of the columns of a table together.
pub(crate) struct Found {
    pub(crate) keys: Vec<Vec<FieldName>>,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) relations: Relations,
}

/// Looks for all relations among the columns of a table of so many rows.
pub(crate) fn find(
    columns: &[ColumnProfile],
    kinds: &[Kind],
    rows: &Rows,
    row_count: u64,
    spellings: &Spellings,
) -> Found {
    let sheet = Sheet::of(columns, kinds, rows, row_count);
    let mut left_out = Vec::new();
    let mut bounded = |search, all: usize, most: usize| {
        if all > most {
            left_out.push(LeftOut {
                search,
                all: all as u64,
                done: most as u64,
            });
        }
    };
    let deciding = dependency::candidates(&sheet);
    bounded(Search::Dependencies, deciding.len(), dependency::MOST_COLUMNS);
    bounded(
        Search::CompositeDependencies,
        deciding.len(),
        composite::MOST_DECIDING,
    );
    let naming = key::candidates(&sheet);
    bounded(Search::Keys, naming.len(), key::MOST_COLUMNS);
    let varying = duplicate::candidates(&sheet);
    bounded(Search::Duplicates, varying.len(), duplicate::MOST_COLUMNS);
    let gaps = missing::candidates(&sheet);
    bounded(Search::Missing, gaps.len(), missing::MOST_COLUMNS);
    let links = dependency::find(&sheet, &deciding);
    let repetitions = duplicate::find(&sheet, spellings, &varying);
    let quantities = quantities(&sheet, &repetitions);
    bounded(Search::Derived, quantities.len(), arithmetic::MOST_COLUMNS);
    let keys = key::find(&sheet, &naming);
    let named = |places: &[usize]| {
        places
            .iter()
            .filter_map(|place| name(&sheet, *place))
            .collect::<Vec<_>>()
    };
    let composite_keys: Vec<_> = keys.composite.iter().map(|places| named(places)).collect();
    let single_keys: Vec<_> = keys.single.iter().map(|place| named(&[*place])).collect();
    let (proven, candidates) = if sheet.complete {
        (composite_keys, Vec::new())
    } else {
        (Vec::new(), composite_keys)
    };
    let (whole, nearly): (Vec<&Link>, Vec<&Link>) = links.iter().partition(|link| link.broken == 0);
    let dependencies = |links: &[&Link]| links.iter().filter_map(|link| link.dependency(&sheet)).collect();
    Found {
        keys: single_keys.into_iter().chain(proven).collect(),
        dependencies: dependencies(&whole),
        relations: Relations {
            key_candidates: candidates,
            approximate_dependencies: dependencies(&nearly),
            composite_dependencies: composite_dependencies(&sheet, &deciding, &links),
            duplicates: repetitions
                .iter()
                .filter_map(|repetition| repetition.column(&sheet))
                .collect(),
            hierarchies: hierarchy::find(&sheet, &links),
            derived: derived(&sheet, &quantities),
            shares: shares(&sheet, &quantities),
            missing: missing::find(&sheet, &gaps),
            left_out,
        },
    }
}

fn name(sheet: &Sheet<'_>, place: usize) -> Option<FieldName> {
    sheet.fields.get(place).map(|field| field.profile.name.clone())
}

fn names<const N: usize>(sheet: &Sheet<'_>, places: [usize; N]) -> Option<[FieldName; N]> {
    let names: Option<Vec<FieldName>> = places.iter().map(|place| name(sheet, *place)).collect();
    names?.try_into().ok()
}

/// The numeric columns that do not repeat an earlier one.
fn quantities<'a>(sheet: &'a Sheet<'_>, repetitions: &[Repetition]) -> Vec<Quantity<'a>> {
    (0..)
        .zip(&sheet.fields)
        .filter(|(place, _)| !repetitions.iter().any(|repetition| repetition.place == *place))
        .filter_map(|(place, field)| Quantity::of(place, field))
        .collect()
}

fn composite_dependencies(sheet: &Sheet<'_>, deciding: &[usize], links: &[Link]) -> Vec<CompositeDependency> {
    composite::find(sheet, deciding, links)
        .iter()
        .filter_map(|link| {
            Some(CompositeDependency {
                from: names(sheet, link.from)?.into(),
                to: name(sheet, link.to)?,
                support: link.support,
                exact: sheet.complete,
            })
        })
        .collect()
}

fn derived(sheet: &Sheet<'_>, quantities: &[Quantity<'_>]) -> Vec<DerivedColumn> {
    let told = |place: usize, formula: Formula, (share, n): (f64, u64)| {
        Some(DerivedColumn {
            column: name(sheet, place)?,
            formula,
            share,
            n,
            exact: sheet.complete,
        })
    };
    let from_time = elapsed::find(sheet, quantities);
    let from_time = from_time.iter().filter_map(|(formula, judged)| match formula {
        FromTime::Elapsed(place, of, unit, whole) => told(
            *place,
            Formula::Elapsed {
                of: names(sheet, *of)?,
                unit: *unit,
                whole: *whole,
            },
            *judged,
        ),
        FromTime::Part(place, of, part) => told(
            *place,
            Formula::TimePart {
                of: name(sheet, *of)?,
                part: *part,
            },
            *judged,
        ),
    });
    let arithmetic = arithmetic::find(sheet, quantities);
    let arithmetic = arithmetic.iter().filter_map(|finding| {
        let (place, formula) = match &finding.formula {
            Arithmetic::Sum(place, of) => {
                let of = of.iter().filter_map(|place| name(sheet, *place)).collect();
                (*place, Formula::Sum { of })
            }
            Arithmetic::Difference(place, of) => (
                *place,
                Formula::Difference {
                    of: names(sheet, *of)?,
                },
            ),
            Arithmetic::Product(place, of) => (
                *place,
                Formula::Product {
                    of: names(sheet, *of)?,
                },
            ),
            Arithmetic::Quotient(place, of, factor) => {
                let (of, factor) = (names(sheet, *of)?, *factor);
                (*place, Formula::Quotient { of, factor })
            }
        };
        told(place, formula, (finding.share, finding.rows))
    });
    from_time.chain(arithmetic).collect()
}

fn shares(sheet: &Sheet<'_>, quantities: &[Quantity<'_>]) -> Vec<Shares> {
    let across = share::across(sheet, quantities);
    let within = share::within(sheet, quantities);
    across
        .into_iter()
        .chain(within)
        .map(|whole| Shares {
            columns: whole
                .columns
                .iter()
                .filter_map(|place| name(sheet, *place))
                .collect(),
            within: whole
                .within
                .and_then(|place| name(sheet, place))
                .into_iter()
                .collect(),
            total: whole.total,
            share: whole.share,
            exact: sheet.complete,
        })
        .collect()
}
