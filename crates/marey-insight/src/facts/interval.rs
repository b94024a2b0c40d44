//! 95 % intervals of the numbers that insights are about, each by the usual formula for its kind of number.
//!
//! Rows that resemble each other count for fewer: variances are enlarged by [`Insight::inflation`].

use crate::{Estimate, Insight, InsightKind, Quantity, Query, Summary, answer::Answers};

/// Normal quantile of a 95 % interval.
const Z: f64 = 1.96;

/// The number that the insight is about, with its interval.
pub(super) fn estimate(insight: &Insight, answers: &Answers) -> Option<Estimate> {
    use Quantity as Q;
    let quantity = [
        Q::SlopePerDay,
        Q::MeanDifference,
        Q::WithinCorrelation,
        Q::RankCorrelation,
        Q::Change,
        Q::FocusShare,
    ]
    .into_iter()
    .find(|quantity| insight.fact(*quantity).is_some())?;
    let value = insight.fact(quantity)?;
    let query = insight
        .facts
        .iter()
        .find(|fact| fact.quantity == quantity)?
        .query
        .as_ref()?;
    let (low, high) = ends(insight, quantity, value, query, answers)?;
    Some(Estimate {
        quantity,
        value,
        low: low.min(value),
        high: high.max(value),
    })
}

fn ends(
    insight: &Insight,
    quantity: Quantity,
    value: f64,
    query: &Query,
    answers: &Answers,
) -> Option<(f64, f64)> {
    let about = |half: f64| (value - half, value + half);
    match (quantity, query) {
        (Quantity::RankCorrelation | Quantity::WithinCorrelation, _) => {
            Some(of_correlation(insight, quantity, value))
        }
        (
            Quantity::SlopePerDay,
            Query::Summary {
                summary: Summary::SlopePerDay(y, time),
                rows,
            },
        ) => {
            let error = Summary::SlopeError(y.clone(), time.clone());
            let error = answers.answer(&Query::of(error, rows.clone())).ok()??;
            Some(about(Z * error * insight.inflation.sqrt()))
        }
        (Quantity::FocusShare, Query::Ratio(part, whole)) => share(insight, value, (part, whole), answers),
        (_, Query::Difference(a, b)) => {
            if let (Some(a), Some(b)) = (of_share(a, answers), of_share(b, answers)) {
                return Some(between_shares(a, b, insight.inflation));
            }
            let variance = variance_of_mean(a, answers)? + variance_of_mean(b, answers)?;
            Some(about(Z * (variance * insight.inflation).sqrt()))
        }
        _ => None,
    }
}

/// Fisher's transform (1915); of ranks with the standard error of Bonett and Wright (2000).
fn of_correlation(insight: &Insight, quantity: Quantity, r: f64) -> (f64, f64) {
    let fact = |quantity| insight.fact(quantity).unwrap_or(0.0);
    let (n, used, factor) = match (quantity, insight.kind) {
        (Quantity::RankCorrelation, _) => (fact(Quantity::Rows), 0.0, 1.0 + r * r / 2.0),
        (_, InsightKind::Comovement) => (fact(Quantity::Periods), 0.0, 1.0),
        _ => (fact(Quantity::Rows), fact(Quantity::Categories), 1.0),
    };
    let freedom = ((n - used) / insight.inflation - 3.0).max(1.0);
    let half = Z * (factor / freedom).sqrt();
    let turned = r.clamp(-1.0 + 1e-12, 1.0 - 1e-12).atanh();
    ((turned - half).tanh(), (turned + half).tanh())
}

/// Squared standard error of a mean.
fn variance_of_mean(mean: &Query, answers: &Answers) -> Option<f64> {
    let Query::Summary {
        summary: Summary::Mean(column),
        rows,
    } = mean
    else {
        return None;
    };
    let of = |summary| answers.answer(&Query::of(summary, rows.clone())).ok()?;
    let deviation = of(Summary::Deviation(column.clone()))?;
    Some(deviation * deviation / of(Summary::Values(column.clone()))?)
}

/// A share of rows and the number of rows.
fn of_share(query: &Query, answers: &Answers) -> Option<(f64, f64)> {
    let Query::Ratio(part, whole) = query else {
        return None;
    };
    let is_count = |query: &Query| {
        matches!(
            query,
            Query::Summary {
                summary: Summary::Rows
                    | Summary::Values(_)
                    | Summary::Missing(_)
                    | Summary::Multiples(..)
                    | Summary::RepeatedRows,
                ..
            }
        )
    };
    if !is_count(part) || !is_count(whole) {
        return None;
    }
    let n = answers.answer(whole).ok()??;
    Some((answers.answer(part).ok()?? / n, n))
}

/// The score interval of a share (Wilson 1927).
fn of_rows((share, n): (f64, f64), inflation: f64) -> (f64, f64) {
    let n = n / inflation;
    let square = Z * Z / n;
    let middle = (share + square / 2.0) / (1.0 + square);
    let half = (share * (1.0 - share) * square + square * square / 4.0).sqrt() / (1.0 + square);
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// The interval of a difference of shares from those of both (Newcombe 1998, method 10).
fn between_shares(a: (f64, f64), b: (f64, f64), inflation: f64) -> (f64, f64) {
    let ((la, ha), (lb, hb)) = (of_rows(a, inflation), of_rows(b, inflation));
    let value = a.0 - b.0;
    (
        value - ((a.0 - la).powi(2) + (hb - b.0).powi(2)).sqrt(),
        value + ((ha - a.0).powi(2) + (b.0 - lb).powi(2)).sqrt(),
    )
}

/// Of a share of rows Wilson's interval; of a share of a total that of a ratio of sums (Cochran 1977,
/// 6.4).
fn share(
    insight: &Insight,
    share: f64,
    (part, whole): (&Query, &Query),
    answers: &Answers,
) -> Option<(f64, f64)> {
    let as_ratio = part.clone().over(whole.clone());
    if let Some(of) = of_share(&as_ratio, answers) {
        return Some(of_rows(of, insight.inflation));
    }
    let square = |sum: &Query| {
        let Query::Summary {
            summary: Summary::Sum(column),
            rows,
        } = sum
        else {
            return None;
        };
        let of = |summary| answers.answer(&Query::of(summary, rows.clone())).ok()?;
        let (n, mean) = (
            of(Summary::Values(column.clone()))?,
            of(Summary::Mean(column.clone()))?,
        );
        let deviation = of(Summary::Deviation(column.clone())).unwrap_or(0.0);
        Some((n - 1.0) * deviation * deviation + n * mean * mean)
    };
    // Each row's part in (sum inside) - share (sum of all), the parts of which add up to 0.
    let (inside, all) = (square(part)?, square(whole)?);
    let variance = (1.0 - 2.0 * share) * inside + share * share * all;
    let total = answers.answer(whole).ok()??;
    let half = Z * (variance.max(0.0) * insight.inflation).sqrt() / total.abs();
    Some(((share - half).max(0.0), (share + half).min(1.0)))
}
