//! The family: every question asked of a table, in an order fixed before looking.

mod cross;
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

pub(crate) use hypothesis::{Finding, Focus, Hypothesis};
pub(crate) use pair::turns_inside;
pub(crate) use period::LastTwo;
pub(crate) use repeated::{Repeats, repeats, row_hashes};
pub(crate) use timeline::Timeline;

use rayon::prelude::*;

use crate::{
    column::{Columns, Dimension, Measure, TimeAxis},
    cube::Cube,
    moments::{Crossed, Grouped, Paired, grouped},
};

/// Fewest categories of a column that are entities rather than groups.
const ENTITIES: usize = 20;

/// Everything that is computed once and shared by tests.
pub(crate) struct Evidence {
    /// By dimension, then measure.
    pub grouped: Vec<Vec<Grouped>>,
    /// Pairs of dimensions, first below second.
    pub crossed: Vec<((usize, usize), Crossed)>,
    /// Pairs of measures, first below second.
    pub paired: Vec<((usize, usize), Paired)>,
    /// By measure; empty without an axis of time.
    pub timelines: Vec<Timeline>,
    /// Sums over pairs of dimensions.
    pub cube: Cube,
    /// By dimension and category: rows that have a time, sum of time, sum of its square.
    pub clocks: Vec<Vec<[f64; 3]>>,
}

impl Evidence {
    /// Computes the sums.
    pub fn new(columns: &Columns) -> Self {
        let cells = |(d, e): &(usize, usize)| columns.dimensions[*d].len() * columns.dimensions[*e].len();
        let mut searched = pairs(columns.dimensions.len());
        searched.retain(|pair| cells(pair) <= interaction::MOST_CELLS);
        let crossed = |(d, e): (usize, usize)| {
            let (a, b) = (&columns.dimensions[d], &columns.dimensions[e]);
            ((d, e), Crossed::new(&a.codes, a.len(), &b.codes, b.len()))
        };
        let paired =
            |(a, b): (usize, usize)| ((a, b), Paired::new(&columns.measures[a], &columns.measures[b]));
        Self {
            grouped: grouped(columns),
            crossed: pairs(columns.dimensions.len())
                .into_par_iter()
                .map(crossed)
                .collect(),
            paired: pairs(columns.measures.len())
                .into_par_iter()
                .map(paired)
                .collect(),
            timelines: timeline::timelines(columns),
            cube: Cube::new(columns, &searched),
            clocks: clocks(columns),
        }
    }

    /// The pair of measures by position, in either order.
    pub fn pair(&self, a: usize, b: usize) -> Option<&Paired> {
        let key = (a.min(b), a.max(b));
        self.paired
            .iter()
            .find(|(at, _)| *at == key)
            .map(|(_, pair)| pair)
    }
}

/// Sums of time per category.
fn clocks(columns: &Columns) -> Vec<Vec<[f64; 3]>> {
    let Some(axis) = &columns.time else {
        return Vec::new();
    };
    let one = |dimension: &Dimension| {
        let mut sums = vec![[0.0; 3]; dimension.len() + 1];
        for (tick, code) in axis.tick.iter().zip(&dimension.codes) {
            let t = axis.centred(*tick);
            let sum = &mut sums[*code as usize];
            *sum = [sum[0] + 1.0, sum[1] + t, sum[2] + t * t];
        }
        sums
    };
    columns.dimensions.par_iter().map(one).collect()
}

/// Pairs of positions, first below second, in order.
fn pairs(count: usize) -> Vec<(usize, usize)> {
    (0..count)
        .flat_map(|a| (a + 1..count).map(move |b| (a, b)))
        .collect()
}

/// Asks every question of the family.
pub(crate) fn ask(columns: &Columns, evidence: &Evidence, repeats: &Repeats) -> Vec<Hypothesis> {
    let mut asked = vec![repeats.hypothesis()];
    asked.extend(of_measures(columns, evidence));
    asked.extend(of_dimensions(columns));
    asked.extend(of_groups(columns, evidence));
    asked.extend(of_categories(columns, evidence));
    asked.extend(of_pairs(columns, evidence));
    asked.retain(|hypothesis| hypothesis.answerable);
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

/// One measure, alone and over time.
fn of_measures(columns: &Columns, evidence: &Evidence) -> Vec<Hypothesis> {
    let one = |at: usize| {
        let measure = &columns.measures[at];
        let mut asked = vec![
            single::outlier_row(at, columns, measure),
            single::multimodal(at, columns, measure, evidence.timelines.get(at)),
            pile::round_heaping(at, measure),
            pile::threshold_bunching(at, measure),
            pile::sentinel(at, measure),
        ];
        if let (Some(axis), Some(time)) = (&columns.time, evidence.timelines.get(at)) {
            asked.push(time.level(at, axis, measure));
            asked.push(time.season(at, axis));
            asked.push(time.spike(at, axis));
            asked.push(period::period_change(at, axis, measure, time));
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
fn of_dimensions(columns: &Columns) -> Vec<Hypothesis> {
    let one = |d: usize| {
        let dimension = &columns.dimensions[d];
        let mut asked = vec![cross::evenness(d, dimension, columns.multiplicity)];
        if let Some(axis) = &columns.time {
            asked.push(cross::composition(d, dimension, axis, columns.multiplicity));
            asked.push(period::share_change(d, dimension, axis, columns.multiplicity));
            asked.extend(period::appearance(d, dimension, axis, columns.multiplicity));
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
        asked.push(period::pareto((d, m), dimension, measure, inflation));
        if !measure.complete() {
            asked.push(cross::missingness((d, m), dimension, measure, inflation));
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
fn of_pairs(columns: &Columns, evidence: &Evidence) -> Vec<Hypothesis> {
    let axis = columns.time.as_ref();
    let whitened = axis.map(|axis| pair::whitened(&evidence.timelines, axis));
    let one = |((a, b), paired): &((usize, usize), Paired)| {
        let at = (*a, *b);
        let times = &evidence.timelines;
        let mut asked = vec![
            pair::correlation(at, columns, paired, times),
            pair::nonlinear(at, columns, paired, times),
            single::clusters(at, columns, paired, times),
        ];
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
