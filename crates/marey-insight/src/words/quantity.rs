//! How each quantity is written: as an amount of its measure, a share, a count or a coefficient.

use super::{Number, Part, Role, Source, Unit, lexicon::Lexicon};
use crate::{Estimate, Fact, Insight, InsightKind, Quantity, Query, Summary};

/// How a number is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Style {
    /// A value in its unit.
    Amount(Unit),
    /// A difference of values, without its sign: the words say which way it goes.
    Difference(Unit),
    /// A number of things.
    Count,
    /// A coefficient between −1 and 1.
    Coefficient,
}

impl Style {
    /// How a quantity of an insight is written.
    pub(crate) fn of(quantity: Quantity, insight: &Insight, columns: &Lexicon<'_>) -> Self {
        use Quantity as Q;
        let unit = |name: &Option<marey_core::FieldName>| {
            name.as_ref().map_or(Unit::None, |name| columns.unit(name))
        };
        let query = query_of(insight, quantity);
        match quantity {
            Q::Rows | Q::FocusRows | Q::RestRows | Q::Categories | Q::LargestRows | Q::SmallestRows => {
                Self::Count
            }
            Q::BeforeRows
            | Q::AfterRows
            | Q::Count
            | Q::JointRows
            | Q::RepeatedRows
            | Q::Lag
            | Q::Periods => Self::Count,
            Q::ExpectedCount => Self::Count,
            Q::FocusShare
            | Q::RowShare
            | Q::FocusMissing
            | Q::RestMissing
            | Q::ShareWithin
            | Q::ShareElsewhere => Self::Amount(Unit::Share),
            Q::Correlation | Q::RankCorrelation | Q::WithinCorrelation => Self::Coefficient,
            Q::MiddleMean | Q::OuterMean => Self::Amount(unit(&insight.roles.measure2)),
            Q::MeanDifference if insight.kind == InsightKind::Nonlinear => {
                Self::Difference(unit(&insight.roles.measure2))
            }
            Q::MeanDifference | Q::SlopePerDay => Self::Difference(unit(&insight.roles.measure)),
            Q::Change | Q::MixEffect | Q::RateEffect | Q::TopContribution => match is_share(insight, query) {
                true => Self::Difference(Unit::Share),
                false => Self::Difference(unit(&insight.roles.measure)),
            },
            _ if query.is_some_and(counts_rows) => Self::Count,
            Q::Before | Q::After if is_share(insight, query) => Self::Amount(Unit::Share),
            _ => Self::Amount(unit(&insight.roles.measure)),
        }
    }

    /// A number in this style.
    pub(crate) fn write(&self, value: f64, columns: &Lexicon<'_>) -> String {
        let words = columns.words;
        match self {
            Self::Amount(unit) => words.amount(value, unit),
            Self::Difference(unit) => words.difference(value, unit),
            Self::Count if (0.0..9.0e15).contains(&value) => words.count(value.round() as u64),
            Self::Count => words.number(value),
            Self::Coefficient => words.coefficient(value),
        }
    }

    /// An interval cut to what the number can be: shares lie between 0 and 1, coefficients between −1 and 1.
    fn possible(&self, low: f64, high: f64) -> (f64, f64) {
        match self {
            Self::Amount(Unit::Share) => (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0)),
            Self::Difference(Unit::Share) | Self::Coefficient => {
                (low.clamp(-1.0, 1.0), high.clamp(-1.0, 1.0))
            }
            Self::Count => (low.max(0.0), high),
            _ => (low, high),
        }
    }

    fn write_range(&self, low: f64, high: f64, columns: &Lexicon<'_>) -> String {
        let words = columns.words;
        match self {
            Self::Amount(unit) => words.range(low, high, unit),
            Self::Difference(unit) => words.difference_range(low, high, unit),
            Self::Count => words.range(low, high, &Unit::None),
            Self::Coefficient => words.coefficient_range(low, high),
        }
    }
}

/// The query behind a quantity.
pub(crate) fn query_of(insight: &Insight, quantity: Quantity) -> Option<&Query> {
    let fact: &Fact = insight.facts.iter().find(|fact| fact.quantity == quantity)?;
    fact.query.as_ref()
}

/// Whether a number is a share of rows or of a total, by the query that computes it or by the kind.
fn is_share(insight: &Insight, query: Option<&Query>) -> bool {
    match query {
        Some(Query::Ratio(a, b)) => match (summary_of(a), summary_of(b)) {
            (Some(Summary::Sum(a)), Some(Summary::Sum(b))) => a == b,
            (Some(a), Some(b)) => is_count(a) && is_count(b),
            _ => false,
        },
        Some(Query::Difference(a, _)) => is_share(insight, Some(a)),
        Some(_) => false,
        None => matches!(
            insight.kind,
            InsightKind::CompositionShift | InsightKind::ShareChange
        ),
    }
}

fn counts_rows(query: &Query) -> bool {
    summary_of(query).is_some_and(is_count)
}

fn summary_of(query: &Query) -> Option<&Summary> {
    match query {
        Query::Summary { summary, .. } => Some(summary),
        _ => None,
    }
}

fn is_count(summary: &Summary) -> bool {
    matches!(
        summary,
        Summary::Rows
            | Summary::Values(_)
            | Summary::Missing(_)
            | Summary::Distinct(_)
            | Summary::RepeatedRows
            | Summary::Multiples(..)
    )
}

/// What a query summarises a measure by, in words: its average, its total, or the number of rows.
pub(crate) fn level_of(query: Option<&Query>) -> Level {
    match query {
        Some(Query::Difference(a, _)) => level_of(Some(a)),
        Some(Query::Summary { summary, .. }) if is_count(summary) => Level::Rows,
        Some(Query::Summary {
            summary: Summary::Sum(_),
            ..
        }) => Level::Total,
        _ => Level::Mean,
    }
}

/// What a number over time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// The average of the measure.
    Mean,
    /// The sum of the measure.
    Total,
    /// The number of rows.
    Rows,
}

/// What part of a sentence a quantity plays.
pub(crate) fn role_of(quantity: Quantity) -> Role {
    use Quantity as Q;
    match quantity {
        Q::Rows | Q::FocusRows | Q::RestRows | Q::Categories | Q::Periods | Q::BeforeRows | Q::AfterRows => {
            Role::Scope
        }
        Q::RestMean | Q::RestMedian | Q::Mean | Q::Median | Q::RestDeviation | Q::RestMissing | Q::Before => {
            Role::Comparator
        }
        Q::ShareElsewhere
        | Q::ExpectedCount
        | Q::RowShare
        | Q::RestSlopePerDay
        | Q::TroughMean
        | Q::OuterMean => Role::Comparator,
        _ => Role::Effect,
    }
}

/// A number and, where it is the estimate, its interval.
pub(crate) fn written(
    quantity: Quantity,
    value: f64,
    factor: Option<f64>,
    insight: &Insight,
    columns: &Lexicon<'_>,
) -> Vec<Part> {
    let style = Style::of(quantity, insight, columns);
    let source = match factor {
        Some(factor) => Source::Scaled(quantity, factor),
        None => Source::Fact(quantity),
    };
    let shown = value * factor.unwrap_or(1.0);
    let text = style.write(shown, columns);
    let mut parts = vec![Part::number(role_of(quantity), text, shown, source)];
    if let Some(estimate) = insight.estimate.filter(|estimate| estimate.quantity == quantity) {
        parts.extend(interval(&estimate, factor, &style, columns));
    }
    parts
}

/// " (95% CI 1.2–2.6)"; nothing where an end is not finite.
pub(crate) fn interval(
    estimate: &Estimate,
    factor: Option<f64>,
    style: &Style,
    columns: &Lexicon<'_>,
) -> Vec<Part> {
    let scale = factor.unwrap_or(1.0);
    let (low, high) = style.possible(estimate.low * scale, estimate.high * scale);
    if !low.is_finite() || !high.is_finite() {
        return Vec::new();
    }
    let end = |upper: bool, value: f64| Number {
        value,
        source: match (factor, upper) {
            (Some(factor), upper) => Source::ScaledEnd(upper, factor),
            (None, false) => Source::Low,
            (None, true) => Source::High,
        },
    };
    let mut numbers = vec![end(false, low), end(true, high)];
    let mut ends = (low, high);
    // Differences are written without sign, so the interval of a negative one is turned over.
    if matches!(style, Style::Difference(_)) && estimate.value < 0.0 {
        ends = (-high, -low);
        numbers.reverse();
    }
    let range = style.write_range(ends.0, ends.1, columns);
    let text = columns.words.term("interval", &[("range", &range)]);
    vec![
        Part::new(Role::Text, " ("),
        Part {
            text,
            role: Role::Uncertainty,
            numbers,
        },
        Part::new(Role::Text, ")"),
    ]
}
