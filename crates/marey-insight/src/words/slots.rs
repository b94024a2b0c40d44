//! What there is to say about an insight: its numbers, names and choices, ready for the messages.

use super::{
    Part, Role, Slots, Source,
    lexicon::{Lexicon, MeasureSlots},
    quantity::{Level, Style, interval, level_of, query_of, role_of, written},
};
use marey_core::FieldName;

use crate::{Bucket, Insight, InsightKind, Quantity, Query, Test};

/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;

/// Everything about an insight that a message may ask for.
pub(crate) fn slots_of(insight: &Insight, columns: &Lexicon<'_>) -> Slots {
    let mut slots = Slots::new();
    choices(insight, &mut slots);
    names(insight, columns, &mut slots);
    places(insight, columns, &mut slots);
    numbers(insight, columns, &mut slots);
    comparisons(insight, columns, &mut slots);
    slopes(insight, columns, &mut slots);
    told_groups(insight, columns, &mut slots);
    slots
}

fn choices(insight: &Insight, slots: &mut Slots) {
    slots.choose("evidence", if insight.robust { "robust" } else { "likely" });
    if let Some(direction) = insight.direction {
        slots.choose("direction", direction.as_str());
    }
    if let Some(bucket) = insight.locator.bucket {
        slots.choose("bucket", bucket.as_str());
    }
    if let Some(days) = insight.locator.period_days {
        slots.choose("season", season(days));
    }
    let correlation = insight
        .fact(Quantity::Correlation)
        .unwrap_or(insight.effect.value);
    slots.choose("strength", strength(correlation));
}

/// The calendar's name of a cycle.
fn season(days: f64) -> &'static str {
    match days {
        days if (days - 1.0).abs() < 0.01 => "day",
        days if (days - 7.0).abs() < 0.1 => "week",
        days if (28.0..=31.5).contains(&days) => "month",
        days if (88.0..=93.0).contains(&days) => "quarter",
        days if (364.0..=366.5).contains(&days) => "year",
        _ => "other",
    }
}

/// Words for the size of a correlation: the conventional bounds of Cohen 1988, chapter 3 (.1, .3, .5).
fn strength(correlation: f64) -> &'static str {
    match correlation.abs() {
        r if r < 0.3 => "weak",
        r if r < 0.5 => "moderate",
        _ => "strong",
    }
}

fn names(insight: &Insight, columns: &Lexicon<'_>, slots: &mut Slots) {
    let roles = &insight.roles;
    if let Some(measure) = &roles.measure {
        columns.measure_slots(measure, slots, MeasureSlots::FIRST);
    }
    if let Some(measure) = &roles.measure2 {
        columns.measure_slots(measure, slots, MeasureSlots::SECOND);
    }
    let dimensions = [
        ("dimension", "group", &roles.dimension, insight.focus.first()),
        ("dimension2", "group2", &roles.dimension2, insight.focus.get(1)),
    ];
    for (slot, group, dimension, focus) in dimensions {
        let Some(dimension) = dimension else { continue };
        slots.words(slot, Role::Subject, columns.inside(dimension));
        if let Some(focus) = focus {
            slots.words(group, Role::Subject, columns.group(dimension, focus));
        }
    }
    if let Some(time) = &roles.time {
        slots.words("time", Role::Subject, columns.inside(time));
    }
    if !insight.subspace.is_empty() {
        slots.words("where", Role::Scope, columns.subspace(&insight.subspace));
    }
    if insight.kind == InsightKind::SubspaceTrend {
        slots.words("group", Role::Subject, columns.subspace(&insight.subspace));
    }
    level(insight, columns, slots);
}

/// What a number over time is called: "total revenue", "average wait", "number of rows".
fn level(insight: &Insight, columns: &Lexicon<'_>, slots: &mut Slots) {
    let told = [
        Quantity::After,
        Quantity::FocusMean,
        Quantity::Value,
        Quantity::Before,
    ];
    let query = told.into_iter().find_map(|quantity| query_of(insight, quantity));
    let text = match (&insight.roles.measure, level_of(query)) {
        (None, _) | (_, Level::Rows) => columns.words.term("rows-of", &[]),
        (Some(measure), Level::Mean) => columns.mean_of(measure),
        (Some(measure), Level::Total) => columns.total_of(measure),
    };
    slots.words("level", Role::Subject, text);
}

/// Times, rows and values that locate the finding.
fn places(insight: &Insight, columns: &Lexicon<'_>, slots: &mut Slots) {
    let (words, locator) = (columns.words, &insight.locator);
    if let Some(at) = locator.at_ms {
        let day = match locator.bucket {
            Some(Bucket::Hour) => Bucket::Hour,
            _ => Bucket::Day,
        };
        slots.words("at", Role::Scope, words.instant(at, day));
        slots.words("at_short", Role::Scope, words.short_instant(at, day));
        let bucket = locator.bucket.unwrap_or(Bucket::Day);
        slots.words("when", Role::Scope, words.when(at, bucket));
        slots.words("when_title", Role::Scope, words.when_short(at, bucket));
        slots.words("when_short", Role::Scope, words.short_instant(at, bucket));
    }
    let lag = locator.value.filter(|_| insight.kind == InsightKind::LeadLag);
    if let Some(lag) = lag {
        slots.choose_plural("plural", lag);
    }
    let mut located = |slot, value: Option<f64>, style: Style| {
        if let Some(value) = value {
            let text = style.write(value, columns);
            slots.parts(
                slot,
                vec![Part::number(Role::Effect, text, value, Source::Locator)],
            );
        }
    };
    let unit = insight
        .roles
        .measure
        .as_ref()
        .map(|name| columns.unit(name))
        .unwrap_or_default();
    located("row", locator.row.map(|row| row as f64 + 1.0), Style::Count);
    let value = match insight.kind {
        InsightKind::Sentinel => locator.threshold.or(locator.value),
        _ => locator.value,
    };
    located("value", value, Style::Amount(unit.clone()));
    located("threshold", locator.threshold, Style::Amount(unit));
    located("period_days", locator.period_days.map(f64::round), Style::Count);
    located("lag", lag, Style::Count);
    let few = (insight.kind == InsightKind::Pareto).then_some(insight.focus.len() as f64);
    located("few", few, Style::Count);
    let clusters = locator.centres.len();
    located(
        "clusters",
        (clusters > 0).then_some(clusters as f64),
        Style::Count,
    );
}

/// The facts, each in a slot of its quantity's name.
fn numbers(insight: &Insight, columns: &Lexicon<'_>, slots: &mut Slots) {
    for fact in insight.facts.iter().filter(|fact| fact.value.is_finite()) {
        if fact.quantity == Quantity::Value && slots.has("value") {
            continue;
        }
        // Categories of one size need no range.
        if fact.quantity == Quantity::SmallestRows && insight.fact(Quantity::LargestRows) == Some(fact.value)
        {
            continue;
        }
        let parts = written(fact.quantity, fact.value, None, insight, columns);
        slots.parts(fact.quantity.as_str(), parts);
    }
}

/// Categories that a fact's query is limited to: those of the highest and lowest average, and of the
/// largest change.
fn told_groups(insight: &Insight, columns: &Lexicon<'_>, slots: &mut Slots) {
    for (slot, quantity) in [
        ("lowest_group", Quantity::LowestMean),
        ("highest_group", Quantity::HighestMean),
        ("top_group", Quantity::TopContribution),
    ] {
        if let Some((dimension, value)) = query_of(insight, quantity).and_then(category_of) {
            slots.words(slot, Role::Subject, columns.group(dimension, value));
        }
    }
}

/// The category that a query's rows belong to.
fn category_of(query: &Query) -> Option<(&FieldName, &str)> {
    match query {
        Query::Summary { rows, .. } => rows.iter().find_map(|condition| match &condition.test {
            Test::Is(value) => Some((&condition.column, value.as_str())),
            _ => None,
        }),
        Query::Difference(a, _) | Query::Ratio(a, _) | Query::Product(a, _) => category_of(a),
        Query::Sum(_) | Query::Number(_) => None,
    }
}

/// Numbers that compare two facts.
fn comparisons(insight: &Insight, columns: &Lexicon<'_>, slots: &mut Slots) {
    use Quantity as Q;
    for (slot, whole, a, b) in [
        ("difference", Some(Q::MeanDifference), Q::FocusMean, Q::RestMean),
        ("change_size", Some(Q::Change), Q::After, Q::Before),
    ] {
        if let Some(parts) = difference(insight, columns, whole, a, b) {
            slots.parts(slot, parts);
        }
    }
    for (slot, a, b) in [("deviation_ratio", Q::FocusDeviation, Q::RestDeviation)] {
        if let (Some(x), Some(y)) = (insight.fact(a), insight.fact(b))
            && y > 0.0
        {
            let part = Part::number(
                Role::Effect,
                columns.words.ratio(x / y),
                x / y,
                Source::Ratio(a, b),
            );
            slots.parts(slot, vec![part]);
        }
    }
}

/// A difference without its sign, with the estimate's interval where the estimate is that difference.
fn difference(
    insight: &Insight,
    columns: &Lexicon<'_>,
    whole: Option<Quantity>,
    a: Quantity,
    b: Quantity,
) -> Option<Vec<Part>> {
    if let Some(quantity) = whole
        && let Some(value) = insight.fact(quantity)
    {
        return Some(written(quantity, value, None, insight, columns));
    }
    let (x, y) = (insight.fact(a)?, insight.fact(b)?);
    let style = match Style::of(a, insight, columns) {
        Style::Amount(unit) => Style::Difference(unit),
        other => other,
    };
    let value = x - y;
    let text = style.write(value, columns);
    let mut parts = vec![Part::number(role_of(a), text, value, Source::Difference(a, b))];
    // Some estimates are such a difference without a fact of their own.
    let estimate = insight
        .estimate
        .filter(|estimate| Some(estimate.quantity) == whole);
    parts.extend(
        estimate
            .iter()
            .flat_map(|estimate| interval(estimate, None, &style, columns)),
    );
    Some(parts)
}

/// A slope per day written over a stretch that the table's span makes natural.
fn slopes(insight: &Insight, columns: &Lexicon<'_>, slots: &mut Slots) {
    let Some(slope) = insight.fact(Quantity::SlopePerDay) else {
        return;
    };
    let span = insight
        .roles
        .time
        .as_ref()
        .and_then(|time| columns.profile_of(time)?.temporal.as_ref())
        .map_or(0.0, |time| (time.max_ms as f64 - time.min_ms as f64) / DAY);
    let (unit, days) = match span {
        span if span > 1095.0 => ("year", 365.25),
        span if span > 100.0 => ("month", 30.0),
        span if span > 21.0 => ("week", 7.0),
        _ => ("day", 1.0),
    };
    slots.choose("slope_unit", unit);
    slots.parts(
        "slope",
        written(Quantity::SlopePerDay, slope, Some(days), insight, columns),
    );
    if let Some(rest) = insight.fact(Quantity::RestSlopePerDay) {
        let unit = insight
            .roles
            .measure
            .as_ref()
            .map(|name| columns.unit(name))
            .unwrap_or_default();
        let text = Style::Amount(unit).write(rest * days, columns);
        let source = Source::Scaled(Quantity::RestSlopePerDay, days);
        slots.parts(
            "rest_slope",
            vec![Part::number(Role::Comparator, text, rest * days, source)],
        );
    }
}

impl Bucket {
    /// The name in messages.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Bucket::Hour => "hour",
            Bucket::Day => "day",
            Bucket::Week => "week",
            Bucket::Month => "month",
            Bucket::Quarter => "quarter",
            Bucket::Year => "year",
        }
    }
}
