//! From verdicts to a list: findings that another one explains are folded under it, and what is left
//! is ordered by how large it is at least.

use crate::{
    EffectName, Insight, InsightKind, MineOptions,
    column::Columns,
    control::Verdicts,
    family::{Evidence, Finding, Focus, Hypothesis, turns_inside},
    tell,
};

/// A finding that passed the gate.
struct Passed<'a> {
    finding: &'a Finding,
    at: usize,
    score: f64,
    /// Position of the finding that explains it.
    under: Option<usize>,
}

/// The insights of a family, best first, each with those it explains.
pub(crate) fn folded(
    columns: &Columns,
    evidence: &Evidence,
    family: &[Hypothesis],
    verdicts: &Verdicts,
    options: &MineOptions,
) -> Vec<Insight> {
    let mut passed: Vec<Passed> = family
        .iter()
        .enumerate()
        .filter(|(at, _)| verdicts.q[*at] <= options.fdr)
        .map(|(at, hypothesis)| {
            let finding = &hypothesis.finding;
            Passed {
                finding,
                at,
                score: score(finding),
                under: None,
            }
        })
        .collect();
    passed.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)));
    let under: Vec<Option<usize>> = (0..passed.len())
        .map(|inner| {
            (0..passed.len())
                .find(|outer| *outer != inner && explains(columns, &passed, *outer, inner, evidence))
        })
        .collect();
    for (passed, under) in passed.iter_mut().zip(under) {
        passed.under = under;
    }
    let insight = |passed: &Passed| {
        let hypothesis = &family[passed.at];
        let mut insight = tell::insight(columns, passed.finding, hypothesis.p, passed.score);
        insight.q = verdicts.q[passed.at].min(1.0);
        insight.robust = verdicts.robust[passed.at];
        tell::caution(&mut insight);
        let also = passed.finding.also.iter().map(|also| {
            let mut also = tell::insight(columns, also, hypothesis.p, score(also).min(passed.score) * 0.5);
            (also.q, also.robust) = (insight.q, insight.robust);
            tell::caution(&mut also);
            also
        });
        insight.folded = also.collect();
        insight
    };
    let top = |at: usize| {
        let mut top = at;
        // Chains are short, and the bound ends those that bite their tail.
        for _ in 0..passed.len() {
            match passed[top].under {
                Some(next) => top = next,
                None => break,
            }
        }
        top
    };
    let roots: Vec<usize> = (0..passed.len()).map(top).collect();
    (0..passed.len())
        .filter(|at| roots[*at] == *at)
        .map(|at| {
            let mut outer = insight(&passed[at]);
            let inner = (0..passed.len()).filter(|other| *other != at && roots[*other] == at);
            outer.folded.extend(inner.map(|other| insight(&passed[other])));
            outer
        })
        .collect()
}

/// Whether one finding explains another: the other would be expected once the first is known.
fn explains(columns: &Columns, passed: &[Passed], outer: usize, inner: usize, evidence: &Evidence) -> bool {
    use InsightKind as K;
    let (o, i) = (passed[outer].finding, passed[inner].finding);
    let same_pair = i.measure2.is_some() && pair(o) == pair(i);
    let one_of = |finding: &Finding| [finding.measure, finding.measure2].contains(&i.measure);
    let shares_measure = [i.measure, i.measure2].contains(&o.measure);
    match (o.kind, i.kind) {
        (K::Simpson, K::Correlation | K::Nonlinear | K::Clusters | K::Comovement) => same_pair,
        (K::Simpson, K::GroupDifference | K::OutstandingFirst | K::OutstandingLast) => {
            o.dimension == i.dimension && one_of(o)
        }
        // A rate by group says what the group's share of yes says.
        (K::Association, K::GroupDifference | K::OutstandingFirst | K::OutstandingLast) => {
            is_rate_of(columns, i, o.dimension) && i.dimension == o.dimension2
                || is_rate_of(columns, i, o.dimension2) && i.dimension == o.dimension
        }
        (K::GroupDifference | K::OutstandingFirst | K::OutstandingLast | K::Dominance, K::Correlation) => {
            shares_measure && is_rate_of(columns, i, o.dimension)
        }
        (K::Trend | K::ChangePoint | K::PeriodChange, K::CompositionShift | K::ShareChange) => {
            is_rate_of(columns, o, i.dimension)
        }
        (K::Clusters, K::Correlation | K::Nonlinear) => same_pair,
        (K::Clusters, K::Multimodal) => one_of(o),
        // A bend without a turn is a line that is not straight.
        (K::Correlation, K::Nonlinear) => same_pair && !turns(i, evidence),
        (K::Nonlinear, K::Correlation) => {
            same_pair && turns(o, evidence) && passed[outer].score > passed[inner].score
        }
        (K::Comovement, K::Correlation) => same_pair && passed[outer].score > 2.0 * passed[inner].score,
        (K::Correlation, K::Comovement) => same_pair && passed[outer].score >= 0.5 * passed[inner].score,
        (K::Trend | K::ChangePoint, K::SubspaceTrend) => o.measure == i.measure && i.contrast > 0.01,
        (K::RoundHeaping | K::Sentinel | K::ThresholdBunching, K::Multimodal) => o.measure == i.measure,
        (K::Trend | K::ChangePoint | K::OutlierTime | K::Seasonality, K::PeriodChange | K::UnusualLatest) => {
            o.measure == i.measure
        }
        (K::CompositionShift, K::ShareChange | K::NewCategory | K::LostCategory) => {
            o.dimension == i.dimension && o.focus.first() == i.focus.first()
        }
        (K::NewCategory | K::LostCategory, K::ShareChange) => o.dimension == i.dimension,
        (K::Comovement | K::Correlation, K::LeadLag) => {
            same_pair && passed[outer].score > passed[inner].score
        }
        (K::Dominance, K::Pareto) => o.measure == i.measure && o.dimension == i.dimension,
        (K::Sentinel, K::OutlierRow) => o.measure == i.measure && number(o) == number(i),
        (K::Sentinel, K::ThresholdBunching | K::RoundHeaping) => {
            o.measure == i.measure && passed[outer].score > passed[inner].score
        }
        (
            K::GroupDifference | K::OutstandingFirst | K::OutstandingLast | K::Dominance,
            K::VarianceDifference,
        ) => {
            o.measure == i.measure
                && o.dimension == i.dimension
                && passed[outer].score > 2.0 * passed[inner].score
        }
        _ => false,
    }
}

/// Whether a finding's measure is the rate of a dimension of yes and no.
fn is_rate_of(columns: &Columns, finding: &Finding, dimension: Option<usize>) -> bool {
    let Some(dimension) = dimension.and_then(|at| columns.dimensions.get(at)) else {
        return false;
    };
    let measures = [finding.measure, finding.measure2].into_iter().flatten();
    measures
        .filter_map(|at| columns.measures.get(at))
        .any(|measure| measure.inputs == [dimension.name.clone()])
}

fn pair(finding: &Finding) -> Option<(usize, usize)> {
    let (a, b) = (finding.measure?, finding.measure2?);
    Some((a.min(b), a.max(b)))
}

fn number(finding: &Finding) -> Option<f64> {
    finding.focus.iter().find_map(|focus| match focus {
        Focus::Number(number) => Some(*number),
        _ => None,
    })
}

/// Whether the bend of a non-linear finding has its turning point among the data.
fn turns(finding: &Finding, evidence: &Evidence) -> bool {
    let (Some(a), Some(b)) = (finding.measure, finding.measure2) else {
        return false;
    };
    evidence.pair(a, b).is_some_and(|pair| turns_inside(pair, a > b))
}

/// What a finding is ranked by: lower bound of the effect in standard deviations, times impact, times
/// surprise.
fn score(finding: &Finding) -> f64 {
    let low = finding.effect.low;
    let size = match finding.effect.name {
        EffectName::CohenD | EffectName::ShareDifference => low,
        EffectName::Correlation => 2.0 * low,
        EffectName::VarianceShare => 2.0 * low.sqrt(),
        EffectName::LogDeviationRatio => 1.4 * low,
        EffectName::Fraction => 2.0 * low.sqrt(),
        EffectName::Distance => low / 2.0,
        EffectName::Dip | EffectName::Variation => low,
    };
    // No finding that passed the gate is worth nothing.
    (size.min(3.0) + 0.01) * (0.2 + 0.8 * finding.impact) * tell::surprise(finding.kind)
}
