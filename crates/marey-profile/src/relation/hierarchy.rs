//! Hierarchies: chains of categories in which each value of the finer has one of the coarser.

use marey_core::{FieldType, SemanticType};

use super::{
    dependency::Link,
    field::{Field, Sheet},
};
use crate::{Hierarchy, Level};

/// Most hierarchies that are told.
const MOST: usize = 32;
/// Values of the finer level per value of the coarser, at least: fewer are nearly the same column.
const BRANCHES: f64 = 1.2;

/// Maximal chains among the links that no row breaks, coarsest level first.
pub(super) fn find(sheet: &Sheet<'_>, links: &[Link]) -> Vec<Hierarchy> {
    let levels: Vec<usize> = (0..)
        .zip(&sheet.fields)
        .filter(|(place, field)| is_level(field) && !repeats_earlier(*place, links))
        .map(|(place, _)| place)
        .collect();
    let distinct = |place: usize| sheet.fields.get(place).map_or(0, |field| field.distinct);
    let edges: Vec<(usize, usize)> = links
        .iter()
        .filter(|link| link.broken == 0 && levels.contains(&link.from) && levels.contains(&link.to))
        .filter(|link| f64::from(distinct(link.from)) >= BRANCHES * f64::from(distinct(link.to)))
        .map(|link| (link.from, link.to))
        .collect();
    // Only steps between neighbours: none that a level in between explains.
    let steps: Vec<(usize, usize)> = edges
        .iter()
        .copied()
        .filter(|(fine, coarse)| {
            let between =
                |place: &usize| edges.contains(&(*fine, *place)) && edges.contains(&(*place, *coarse));
            !levels.iter().any(between)
        })
        .collect();
    let mut chains = Vec::new();
    for place in &levels {
        let is_finest =
            steps.iter().any(|(fine, _)| fine == place) && !steps.iter().any(|(_, coarse)| coarse == place);
        if is_finest {
            extend(&mut vec![*place], &steps, &mut chains);
        }
    }
    let level = |place: &usize| {
        let field = sheet.fields.get(*place)?;
        Some(Level {
            column: field.profile.name.clone(),
            distinct: u64::from(field.distinct),
        })
    };
    chains
        .iter()
        .map(|chain: &Vec<usize>| Hierarchy {
            levels: chain.iter().rev().filter_map(level).collect(),
            exact: sheet.complete,
        })
        .collect()
}

/// Walks from the finest level to ever coarser ones.
fn extend(chain: &mut Vec<usize>, steps: &[(usize, usize)], chains: &mut Vec<Vec<usize>>) {
    let Some(end) = chain.last().copied() else { return };
    let mut is_end = true;
    for (_, coarse) in steps.iter().filter(|(fine, _)| *fine == end) {
        is_end = false;
        if chains.len() < MOST && !chain.contains(coarse) {
            chain.push(*coarse);
            extend(chain, steps, chains);
            chain.pop();
        }
    }
    if is_end && chains.len() < MOST {
        chains.push(chain.clone());
    }
}

fn is_level(field: &Field<'_>) -> bool {
    matches!(field.profile.field_type, FieldType::Nominal | FieldType::Ordinal)
        && field.distinct > 1
        && !field.is_time()
        && field.profile.semantic_type != Some(SemanticType::Boolean)
        && field.profile.semantic_type != Some(SemanticType::FreeText)
}

/// Whether an earlier column decides this one and the other way about.
fn repeats_earlier(place: usize, links: &[Link]) -> bool {
    let decides = |from: usize, to: usize| {
        links
            .iter()
            .any(|link| link.broken == 0 && link.from == from && link.to == to)
    };
    links
        .iter()
        .any(|link| link.to == place && link.from < place && link.broken == 0 && decides(place, link.from))
}
