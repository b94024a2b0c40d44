//! False-discovery control over the whole family.

use std::collections::BTreeMap;

use crate::{FamilyKind, FamilyReport, InsightKind, family::Hypothesis};

/// How much a kind of question may spend of the error, relative to others: questions that answer as
/// several kinds get as many parts.
fn parts(kind: InsightKind) -> f64 {
    match kind {
        InsightKind::GroupDifference => 3.0,
        InsightKind::Trend => 2.0,
        _ => 1.0,
    }
}

/// What control says of each hypothesis.
pub(crate) struct Verdicts {
    /// Weighted p adjusted by Benjamini and Hochberg.
    pub q: Vec<f64>,
    /// Whether Benjamini and Yekutieli reject too.
    pub robust: Vec<bool>,
}

/// Weights p-values and adjusts them.
///
/// Each kind of question has the same part of the error to spend, shared by its questions: a kind
/// that asks many (every pair of categories with every measure) cannot drown one that asks few.
/// Weights are fixed by the columns alone and average 1, which keeps the rate (Genovese, Roeder and
/// Wasserman 2006).
pub(crate) fn verdicts(family: &[Hypothesis], fdr: f64) -> Verdicts {
    let mut counts: BTreeMap<InsightKind, f64> = BTreeMap::new();
    for hypothesis in family {
        *counts.entry(hypothesis.asked).or_default() += 1.0;
    }
    let all_parts: f64 = counts.keys().map(|kind| parts(*kind)).sum();
    let total = family.len() as f64;
    let weighted: Vec<f64> = family
        .iter()
        .map(|hypothesis| {
            let weight = parts(hypothesis.asked) / all_parts * total / counts[&hypothesis.asked];
            hypothesis.p / weight
        })
        .collect();
    let q = adjusted(&weighted, 1.0);
    let harmonic: f64 = (1..=family.len()).map(|i| 1.0 / i as f64).sum();
    let robust = adjusted(&weighted, harmonic)
        .into_iter()
        .map(|q| q <= fdr)
        .collect();
    Verdicts { q, robust }
}

/// Step-up adjusted p-values, times a factor.
fn adjusted(p: &[f64], factor: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut q = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    for (rank, at) in order.iter().enumerate().rev() {
        least = least.min(p[*at] * factor * p.len() as f64 / (rank as f64 + 1.0));
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
