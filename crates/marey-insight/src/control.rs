//! False-discovery control over the whole family.

use std::collections::BTreeMap;

use crate::{FamilyKind, FamilyReport, InsightKind, family::Hypothesis};

/// How much a kind of question may spend of the error, relative to others: questions that answer as
/// several kinds get as many parts.
fn parts(kind: InsightKind) -> f64 {
    match kind {
        InsightKind::GroupDifference => 3.0,
        InsightKind::Trend => 2.0,
        // A place is searched for inside, or few units are compared: more of the error is needed.
        InsightKind::Interaction | InsightKind::OutlierTime | InsightKind::Comovement => 1.5,
        InsightKind::Association
        | InsightKind::CompositionShift
        | InsightKind::Missingness
        | InsightKind::SubspaceTrend => 1.25,
        // What is there is plain, and noise hardly ever looks like it: little of the error is needed.
        InsightKind::Duplicates
        | InsightKind::Sentinel
        | InsightKind::RoundHeaping
        | InsightKind::Evenness
        | InsightKind::Clusters => 0.25,
        InsightKind::ThresholdBunching | InsightKind::Multimodal | InsightKind::Seasonality => 0.5,
        // Narrower ways to ask what the kinds above ask too.
        InsightKind::PeriodChange
        | InsightKind::ShareChange
        | InsightKind::NewCategory
        | InsightKind::LostCategory
        | InsightKind::UnusualLatest
        | InsightKind::LeadLag
        | InsightKind::Pareto => 0.25,
        _ => 1.0,
    }
}

/// Most rejections that the step-up procedure may count on: with more, a table of many true findings
/// would let pass whatever looks a little like one. Bounds the false findings expected in a table by
/// so many times the rate, whatever else is true of it.
const MOST_CREDIT: f64 = 6.0;

/// What control says of each hypothesis.
pub(crate) struct Verdicts {
    /// Weighted p adjusted by Benjamini and Hochberg.
    pub q: Vec<f64>,
    /// Whether Benjamini and Yekutieli reject too.
    pub robust: Vec<bool>,
}

/// The two families that are controlled apart: what rows have in common by the calendar or by the
/// entity they belong to is usually plain, and would make the step-up procedure lenient elsewhere.
fn is_structure(hypothesis: &Hypothesis) -> bool {
    hypothesis.asked == InsightKind::Seasonality || hypothesis.of_entities
}

/// Weights p-values and adjusts them.
///
/// Each kind of question has the same part of the error to spend, shared by its questions: a kind
/// that asks many (every pair of categories with every measure) cannot drown one that asks few.
/// Weights are fixed by the columns alone and average 1, which keeps the rate (Genovese, Roeder and
/// Wasserman 2006); the two families share the error by their parts, so that their rates add up to
/// the one asked for.
pub(crate) fn verdicts(family: &[Hypothesis], fdr: f64) -> Verdicts {
    let mut counts: BTreeMap<(bool, InsightKind), f64> = BTreeMap::new();
    for hypothesis in family {
        *counts
            .entry((is_structure(hypothesis), hypothesis.asked))
            .or_default() += 1.0;
    }
    let all_parts: f64 = counts.keys().map(|(_, kind)| parts(*kind)).sum();
    // What is left of the error once it is shared by kinds and by a kind's questions.
    let weighted: Vec<f64> = family
        .iter()
        .map(|hypothesis| {
            let kind = hypothesis.asked;
            let share = parts(kind) / all_parts / counts[&(is_structure(hypothesis), kind)];
            hypothesis.p / share
        })
        .collect();
    let mut verdicts = Verdicts {
        q: vec![1.0; family.len()],
        robust: vec![false; family.len()],
    };
    for structure in [false, true] {
        let members: Vec<usize> = (0..family.len())
            .filter(|at| is_structure(&family[*at]) == structure)
            .collect();
        let harmonic: f64 = (1..=members.len()).map(|i| 1.0 / i as f64).sum();
        for (at, q) in members.iter().zip(adjusted(&members, &weighted)) {
            verdicts.q[*at] = q.min(1.0);
            verdicts.robust[*at] = q * harmonic <= fdr;
        }
    }
    verdicts
}

/// Step-up adjusted p-values of some members, already weighted to a share of the error each; the count
/// of rejections that raises the level is bounded, which can only make the procedure more careful.
fn adjusted(members: &[usize], weighted: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    let p = |at: usize| weighted[members[at]];
    order.sort_by(|a, b| p(*a).total_cmp(&p(*b)));
    let mut q = vec![1.0; members.len()];
    let mut least = f64::INFINITY;
    for (rank, at) in order.iter().enumerate().rev() {
        least = least.min(p(*at) / (rank as f64 + 1.0).min(MOST_CREDIT));
        q[*at] = least;
    }
    q
}

/// Sizes of the family by kind.
pub(crate) fn report(family: &[Hypothesis], verdicts: &Verdicts, fdr: f64) -> FamilyReport {
    let mut kinds: BTreeMap<InsightKind, (u64, u64)> = BTreeMap::new();
    for (hypothesis, q) in family.iter().zip(&verdicts.q) {
        let kind = kinds.entry(hypothesis.asked).or_default();
        kind.0 += 1;
        kind.1 += u64::from(*q <= fdr);
    }
    FamilyReport {
        hypotheses: family.len() as u64,
        rejected: kinds.values().map(|(_, rejected)| rejected).sum(),
        fdr,
        kinds: kinds
            .into_iter()
            .map(|(kind, (hypotheses, rejected))| FamilyKind {
                kind,
                hypotheses,
                rejected,
            })
            .collect(),
    }
}
