//! 95 % intervals computed again from rows by the formulas that docs/insight.md names.

use marey_insight::{Insight, InsightKind, Quantity, Query, Summary};

use crate::recount::Rows;

/// Both ends of the interval of an insight's estimate; none where a part of it has no number.
pub fn of(insight: &Insight, rows: &Rows) -> Option<(f64, f64)> {
    let estimate = insight.estimate?;
    let fact = insight
        .facts
        .iter()
        .find(|fact| fact.quantity == estimate.quantity)?;
    let query = fact.query.as_ref()?;
    let value = rows.answer(query)?;
    let (k, number) = (insight.inflation, |quantity| {
        insight.fact(quantity).unwrap_or(0.0)
    });
    let plus_minus = |half: f64| Some((value - half, value + half));
    match (estimate.quantity, query) {
        (Quantity::RankCorrelation, _) => {
            fisher(value, number(Quantity::Rows) / k, 1.0 + value * value / 2.0)
        }
        (Quantity::WithinCorrelation, _) if insight.kind == InsightKind::Comovement => {
            fisher(value, number(Quantity::Periods) / k, 1.0)
        }
        (Quantity::WithinCorrelation, _) => fisher(
            value,
            (number(Quantity::Rows) - number(Quantity::Categories)) / k,
            1.0,
        ),
        (
            Quantity::SlopePerDay,
            Query::Summary {
                summary: Summary::SlopePerDay(y, time),
                rows: kept,
            },
        ) => {
            let error = Query::of(Summary::SlopeError(y.clone(), time.clone()), kept.clone());
            plus_minus(1.96 * k.sqrt() * rows.answer(&error)?)
        }
        (_, Query::Difference(a, b)) => match (as_share(a, rows), as_share(b, rows)) {
            (Some(a), Some(b)) => {
                let ((la, ha), (lb, hb)) = (wilson(a, k), wilson(b, k));
                Some((
                    value - (a.0 - la).hypot(hb - b.0),
                    value + (ha - a.0).hypot(b.0 - lb),
                ))
            }
            _ => plus_minus(1.96 * (k * (squared_error(a, rows)? + squared_error(b, rows)?)).sqrt()),
        },
        (_, Query::Ratio(part, whole)) => match as_share(query, rows) {
            Some(share) => Some(wilson(share, k)),
            None => {
                let (inside, all) = (square_sum(part, rows)?, square_sum(whole, rows)?);
                let variance = (1.0 - value).powi(2) * inside + value * value * (all - inside);
                let half = 1.96 * (k * variance).sqrt() / rows.answer(whole)?;
                Some(((value - half).max(0.0), (value + half).min(1.0)))
            }
        },
        _ => None,
    }
}

fn fisher(r: f64, n: f64, factor: f64) -> Option<(f64, f64)> {
    let half = 1.96 * (factor / (n - 3.0).max(1.0)).sqrt();
    let turned = 0.5 * ((1.0 + r) / (1.0 - r)).max(1e-300).ln().clamp(-28.0, 28.0);
    Some(((turned - half).tanh(), (turned + half).tanh()))
}

/// A share of counted rows, and how many there are.
fn as_share(query: &Query, rows: &Rows) -> Option<(f64, f64)> {
    let Query::Ratio(part, whole) = query else {
        return None;
    };
    let counts = |query: &Query| match query {
        Query::Summary { summary, .. } => !matches!(summary, Summary::Sum(_)),
        _ => false,
    };
    (counts(part) && counts(whole)).then_some(())?;
    let n = rows.answer(whole)?;
    Some((rows.answer(part)? / n, n))
}

/// Wilson's interval as the roots of its quadratic.
fn wilson((share, n): (f64, f64), k: f64) -> (f64, f64) {
    let c = 1.96 * 1.96 * k / n;
    let (a, b) = (1.0 + c, 2.0 * share + c);
    let root = (b * b - 4.0 * a * share * share).max(0.0).sqrt();
    (
        ((b - root) / (2.0 * a)).max(0.0),
        ((b + root) / (2.0 * a)).min(1.0),
    )
}

fn squared_error(mean: &Query, rows: &Rows) -> Option<f64> {
    let Query::Summary {
        summary: Summary::Mean(column),
        rows: kept,
    } = mean
    else {
        return None;
    };
    let of = |summary| rows.answer(&Query::of(summary, kept.clone()));
    Some(of(Summary::Deviation(column.clone()))?.powi(2) / of(Summary::Values(column.clone()))?)
}

/// Sum of squares of what a sum adds up.
fn square_sum(sum: &Query, rows: &Rows) -> Option<f64> {
    let Query::Summary {
        summary: Summary::Sum(column),
        rows: kept,
    } = sum
    else {
        return None;
    };
    let of = |summary| rows.answer(&Query::of(summary, kept.clone()));
    let (n, mean) = (
        of(Summary::Values(column.clone()))?,
        of(Summary::Mean(column.clone()))?,
    );
    Some((n - 1.0) * of(Summary::Deviation(column.clone()))?.powi(2) + n * mean * mean)
}
