//! The family: every question asked of a table, in an order fixed before looking.

mod cross;
mod evidence;
mod group;
mod hypothesis;
mod interaction;
mod pair;
mod period;
mod pile;
mod repeated;
mod single;
mod spread;
mod subspace;
mod timeline;

pub(crate) use evidence::Evidence;
pub(crate) use hypothesis::{Finding, Focus, Hypothesis};
pub(crate) use pair::turns_inside;
pub(crate) use period::LastTwo;
pub(crate) use repeated::{Repeats, row_hashes};
pub(crate) use single::centres;
pub(crate) use timeline::Timeline;

use marey_core::FieldName;
use rayon::prelude::*;

use crate::{
    column::{Columns, Measure, TimeAxis},
    moments::{Crossed, Paired},
};

/// Fewest categories of a column that are entities rather than groups.
const ENTITIES: usize = 20;

/// Pairs of positions, first below second, in order.
fn pairs(count: usize) -> Vec<(usize, usize)> {
    (0..count)
        .flat_map(|a| (a + 1..count).map(move |b| (a, b)))
        .collect()
}

/// Asks every question of the family; those that take a look at all rows are taken as answered before,
/// if they were.
pub(crate) fn ask(
    columns: &Columns,
    evidence: &Evidence,
    repeats: &Repeats,
    answered: &[Hypothesis],
) -> Vec<Hypothesis> {
    let anew = answered.is_empty();
    let mut asked = vec![repeats.hypothesis()];
    asked.extend(of_measures(columns, evidence, anew));
    asked.extend(of_dimensions(columns, evidence));
    asked.extend(of_groups(columns, evidence));
    asked.extend(of_categories(columns, evidence));
    asked.extend(of_pairs(columns, evidence, anew));
    asked.extend_from_slice(answered);
    asked.retain(|hypothesis| hypothesis.answerable && !is_of_itself(columns, &hypothesis.finding));
    for hypothesis in &mut asked {
        let finding = &hypothesis.finding;
        let dimensions = [
            finding.dimension,
            finding.dimension2,
            finding.subspace.map(|(d, _)| d),
        ];
        let mut sizes = dimensions
            .into_iter()
            .flatten()
            .map(|d| columns.dimensions[d].len());
        hypothesis.of_entities = sizes.any(|size| size >= ENTITIES);
    }
    asked
}

/// Whether a question is about a derived column and what it was computed from, or two that share an
/// input: that they go together is no finding.
fn is_of_itself(columns: &Columns, finding: &Finding) -> bool {
    let measures = [finding.measure, finding.measure2].map(|at| at.and_then(|at| columns.measures.get(at)));
    if measures.iter().flatten().all(|measure| measure.inputs.is_empty()) {
        return false;
    }
    let subspace = finding.subspace.map(|(d, _)| d);
    let dimensions =
        [finding.dimension, finding.dimension2, subspace].map(|at| Some(&columns.dimensions[at?].name));
    let mut inputs: Vec<&FieldName> = dimensions.into_iter().flatten().collect();
    for measure in measures.into_iter().flatten() {
        let own: Vec<&FieldName> = match measure.inputs.as_slice() {
            [] => vec![&measure.name],
            inputs => inputs.iter().collect(),
        };
        if own.iter().any(|input| inputs.contains(input)) {
            return true;
        }
        inputs.extend(own);
    }
    false
}

/// One measure, alone and over time.
fn of_measures(columns: &Columns, evidence: &Evidence, anew: bool) -> Vec<Hypothesis> {
    let one = |at: usize| {
        let measure = &columns.measures[at];
        // What values a derived column takes is a matter of arithmetic: quotients of whole numbers pile up.
        let mut asked = Vec::new();
        if measure.inputs.is_empty() {
            asked.push(single::outlier_row(at, columns, measure));
            asked.push(pile::round_heaping(at, measure, &evidence.steps[at]));
            asked.push(pile::threshold_bunching(at, measure));
            asked.push(pile::sentinel(at, measure));
            if anew {
                let time = evidence.timelines.get(at);
                asked.push(single::multimodal(at, columns, measure, time).of_rows());
            }
        }
        if let (Some(axis), Some(time)) = (&columns.time, evidence.timelines.get(at)) {
            asked.push(time.level(at, axis, measure));
            asked.push(time.season(at, axis));
            asked.push(time.spike(at, axis, measure));
            asked.push(period::period_change(at, axis, time));
            if !time.memory.walks {
                let series = pair::whitened_series(&time.series, axis, false);
                asked.push(period::unusual_latest(at, axis, &series));
            }
        }
        asked
    };
    (0..columns.measures.len())
        .into_par_iter()
        .flat_map_iter(one)
        .collect()
}

/// One dimension, alone and over time.
fn of_dimensions(columns: &Columns, evidence: &Evidence) -> Vec<Hypothesis> {
    let one = |d: usize| {
        let dimension = &columns.dimensions[d];
        let mut asked = vec![cross::evenness(d, dimension, columns.multiplicity)];
        // Years come and go with time by themselves.
        if let Some(axis) = columns.time.as_ref().filter(|_| !dimension.is_part_of_date) {
            let seen = &evidence.seen[d];
            asked.push(cross::composition(d, dimension, axis, seen, columns.multiplicity));
            asked.push(period::share_change(
                d,
                dimension,
                axis,
                seen,
                columns.multiplicity,
            ));
            asked.extend(period::appearance(d, dimension, axis, seen, columns.multiplicity));
        }
        asked
    };
    (0..columns.dimensions.len())
        .into_par_iter()
        .flat_map_iter(one)
        .collect()
}

/// A dimension and a measure.
fn of_groups(columns: &Columns, evidence: &Evidence) -> Vec<Hypothesis> {
    let measures = columns.measures.len();
    let one = |at: usize| {
        let (d, m) = (at / measures, at % measures);
        let (dimension, measure) = (&columns.dimensions[d], &columns.measures[m]);
        let sums = &evidence.grouped[d][m];
        let inflation = columns.multiplicity;
        let mut asked = vec![
            group::group_difference((d, m), dimension, measure, sums, inflation),
            spread::variance_difference((d, m), sums, inflation),
        ];
        asked.push(period::pareto((d, m), measure, &evidence.halves[d][m], inflation));
        if !measure.complete() {
            asked.push(cross::missingness((d, m), dimension, sums, inflation));
        }
        if let Some(axis) = &columns.time {
            asked.push(subspace::subspace_trend(
                (d, m),
                axis,
                dimension,
                measure,
                evidence,
                inflation,
            ));
        }
        asked
    };
    (0..columns.dimensions.len() * measures)
        .into_par_iter()
        .flat_map_iter(one)
        .collect()
}

/// Two dimensions, and a measure.
fn of_categories(columns: &Columns, evidence: &Evidence) -> Vec<Hypothesis> {
    let one = |((d, e), crossed): &((usize, usize), Crossed)| {
        let (a, b) = (&columns.dimensions[*d], &columns.dimensions[*e]);
        let mut asked = vec![cross::association((*d, *e), crossed, columns.multiplicity)];
        asked.extend(columns.measures.iter().enumerate().map(|(m, measure)| {
            let sums = (&evidence.grouped[*d][m], &evidence.grouped[*e][m]);
            interaction::interaction(
                (*d, *e, m),
                (a, b),
                measure,
                sums,
                (crossed, &evidence.cube),
                columns.multiplicity,
            )
        }));
        asked
    };
    evidence.crossed.par_iter().flat_map_iter(one).collect()
}

/// Whether two measures move together from bucket to bucket, by other scores than their own.
pub(crate) fn comovement_of(axis: &TimeAxis, sides: [(&Measure, Vec<f64>); 2]) -> Hypothesis {
    let series = sides.map(|(measure, z)| {
        let series = crate::series::Series::new(axis, &z, &measure.x);
        pair::whitened_series(
            &series,
            axis,
            crate::autoregression::Autoregression::fit(&z[..axis.rows()]).walks,
        )
    });
    pair::comovement((0, 1), axis, &series)
}

/// Two measures, over time, and within categories.
fn of_pairs(columns: &Columns, evidence: &Evidence, anew: bool) -> Vec<Hypothesis> {
    let axis = columns.time.as_ref();
    let whitened = axis.map(|axis| pair::whitened(&evidence.timelines, axis));
    let one = |((a, b), paired): &((usize, usize), Paired)| {
        let at = (*a, *b);
        let times = &evidence.timelines;
        let mut asked = vec![
            pair::correlation(at, columns, paired, times),
            pair::nonlinear(at, columns, paired, times),
        ];
        if anew {
            asked.push(single::clusters(at, columns, paired, times).of_rows());
            let within = (0..columns.dimensions.len())
                .filter_map(|d| pair::correlation_within((*a, *b, d), columns, paired, times));
            asked.extend(within.map(Hypothesis::of_rows));
        }
        if let (Some(axis), Some(whitened)) = (axis, &whitened) {
            asked.push(pair::comovement(at, axis, whitened));
            asked.push(period::lead_lag(at, axis, whitened));
        }
        asked.extend((0..columns.dimensions.len()).filter_map(|d| {
            let sums = (&evidence.grouped[d][*a], &evidence.grouped[d][*b]);
            pair::simpson((*a, *b, d), columns, paired, sums)
        }));
        asked
    };
    evidence.paired.par_iter().flat_map_iter(one).collect()
}
