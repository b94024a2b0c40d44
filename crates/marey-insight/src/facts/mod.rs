//! The numbers of each kind of insight, as queries.

mod interval;
mod over_time;

use marey_core::FieldName;

use crate::{
    Condition, Fact, Insight, InsightKind, Quantity, Query, Summary, Test, answer::Answers, column::Columns,
};

/// Fills in the facts and the estimate of an insight and of those folded under it.
pub(crate) fn fill(insight: &mut Insight, columns: &Columns, answers: &Answers) {
    if insight.kind == InsightKind::Clusters {
        insight.locator.centres = centres(insight, columns);
    }
    let asked = queries(insight, columns);
    insight.facts = asked
        .into_iter()
        .filter_map(|(quantity, query)| {
            let value = answers.answer(&query).ok()??;
            Some(Fact {
                quantity,
                value,
                query: Some(query),
            })
        })
        .collect();
    insight.estimate = interval::estimate(insight, answers);
    insight
        .folded
        .iter_mut()
        .for_each(|folded| fill(folded, columns, answers));
}

/// Where the clusters of an insight lie.
fn centres(insight: &Insight, columns: &Columns) -> Vec<(f64, f64)> {
    let place = |name: &Option<FieldName>| {
        let name = name.as_ref()?;
        columns.measures.iter().position(|measure| &measure.name == name)
    };
    let both = place(&insight.roles.measure).zip(place(&insight.roles.measure2));
    both.map_or_else(Vec::new, |both| crate::family::centres(both, columns))
}

type Asked = Vec<(Quantity, Query)>;

/// The numbers that an insight rests on.
fn queries(insight: &Insight, columns: &Columns) -> Asked {
    use InsightKind as K;
    let roles = &insight.roles;
    match (insight.kind, &roles.measure, &roles.dimension, &roles.time) {
        (
            K::OutstandingFirst | K::OutstandingLast | K::GroupDifference | K::Interaction,
            Some(m),
            Some(d),
            _,
        ) => {
            let mut asked = means(insight, m, d);
            asked.extend(extremes(insight, m, d, columns));
            asked
        }
        (K::VarianceDifference, Some(m), Some(d), _) => deviations(insight, m, d),
        (K::Dominance, Some(m), Some(d), _) => share_of_sum(insight, m, d),
        (K::Missingness, Some(m), Some(d), _) => missing(insight, m, d),
        (K::Evenness, _, Some(d), _) => evenness(d, columns),
        (K::Association, _, Some(_), _) => association(insight),
        (K::CompositionShift, _, Some(d), Some(time)) => over_time::composition(insight, d, time),
        (K::Trend | K::SubspaceTrend, Some(m), _, Some(time)) => over_time::trend(insight, m, time, columns),
        (K::ChangePoint, Some(m), _, Some(time)) => over_time::step(insight, m, time),
        (K::OutlierTime, Some(m), _, Some(time)) => over_time::stretch(insight, m, time),
        (K::PeriodChange, Some(m), _, Some(time)) => over_time::periods(insight, m, time, columns),
        (K::UnusualLatest | K::RecordHigh | K::RecordLow, Some(m), _, Some(time)) => {
            over_time::stretch(insight, m, time)
        }
        (K::ShareChange, _, Some(d), Some(time)) => over_time::shares(insight, d, time),
        (K::NewCategory | K::LostCategory, _, Some(d), Some(time)) => over_time::appearance(insight, d, time),
        (K::Pareto, Some(m), Some(d), _) => pareto(insight, m, d),
        (K::Seasonality, Some(m), _, Some(time)) => over_time::season(insight, m, time),
        (
            K::Correlation | K::Clusters | K::Nonlinear | K::Simpson | K::Comovement | K::LeadLag,
            Some(m),
            _,
            _,
        ) => pair(insight, m, columns),
        (K::OutlierRow, Some(m), _, _) => outlier(insight, m),
        (K::Multimodal, Some(m), _, _) => vec![
            (Quantity::Rows, values(m, vec![])),
            (Quantity::Median, Query::of(Summary::Median(m.clone()), vec![])),
        ],
        (K::RoundHeaping | K::ThresholdBunching | K::Sentinel, Some(m), _, _) => pile(insight, m),
        (K::Duplicates, ..) => {
            let rows = Query::of(Summary::Rows, vec![]);
            let repeated = Query::of(Summary::RepeatedRows, vec![]);
            vec![
                (Quantity::Rows, rows.clone()),
                (Quantity::RepeatedRows, repeated.clone()),
                (Quantity::FocusShare, repeated.over(rows)),
            ]
        }
        _ => Vec::new(),
    }
}

fn values(column: &FieldName, rows: Vec<Condition>) -> Query {
    Query::of(Summary::Values(column.clone()), rows)
}

fn mean(column: &FieldName, rows: Vec<Condition>) -> Query {
    Query::of(Summary::Mean(column.clone()), rows)
}

fn count(rows: Vec<Condition>) -> Query {
    Query::of(Summary::Rows, rows)
}

/// Rows in focus and all others that have a category.
fn sides(insight: &Insight, d: &FieldName) -> (Vec<Condition>, Vec<Condition>) {
    let focus = insight.focus.first().cloned().unwrap_or_default();
    let inside = vec![Condition::on(d, Test::Is(focus.clone()))];
    (inside, vec![Condition::on(d, Test::Other(focus))])
}

fn means(insight: &Insight, m: &FieldName, d: &FieldName) -> Asked {
    if let (InsightKind::Interaction, Some(e)) = (insight.kind, &insight.roles.dimension2) {
        return cell(insight, m, d, e);
    }
    let (inside, outside) = sides(insight, d);
    let median = |rows: &[Condition]| Query::of(Summary::Median(m.clone()), rows.to_vec());
    vec![
        (Quantity::Rows, values(m, vec![Condition::on(d, Test::Present)])),
        (Quantity::FocusRows, values(m, inside.clone())),
        (Quantity::RestRows, values(m, outside.clone())),
        (Quantity::FocusMean, mean(m, inside.clone())),
        (Quantity::RestMean, mean(m, outside.clone())),
        (
            Quantity::MeanDifference,
            mean(m, inside.clone()).less(mean(m, outside.clone())),
        ),
        (Quantity::FocusMedian, median(&inside)),
        (Quantity::RestMedian, median(&outside)),
        (
            Quantity::Categories,
            Query::of(Summary::Distinct(d.clone()), vec![]),
        ),
    ]
}

/// The cell of an interaction against its row, its column and all.
fn cell(insight: &Insight, m: &FieldName, d: &FieldName, e: &FieldName) -> Asked {
    let at = |at: usize| insight.focus.get(at).cloned().unwrap_or_default();
    let row = vec![Condition::on(d, Test::Is(at(0)))];
    let column = vec![Condition::on(e, Test::Is(at(1)))];
    let both = [row.clone(), column.clone()].concat();
    vec![
        (Quantity::Rows, values(m, vec![])),
        (Quantity::JointRows, values(m, both.clone())),
        (Quantity::CellMean, mean(m, both)),
        (Quantity::FocusMean, mean(m, row)),
        (Quantity::RestMean, mean(m, column)),
        (Quantity::Mean, mean(m, vec![])),
    ]
}

/// Largest and smallest mean of a category of enough rows.
fn extremes(insight: &Insight, m: &FieldName, d: &FieldName, columns: &Columns) -> Asked {
    if insight.kind != InsightKind::GroupDifference {
        return Vec::new();
    }
    let dimension = columns.dimensions.iter().find(|dimension| &dimension.name == d);
    let measure = columns.measures.iter().find(|measure| &measure.name == m);
    let (Some(dimension), Some(measure)) = (dimension, measure) else {
        return Vec::new();
    };
    let mut sums = crate::moments::Grouped::empty(dimension.len());
    sums.add(dimension, measure, 0..columns.rows);
    let means = |at: &usize| sums.x[*at] / sums.n[*at];
    let enough = || (0..dimension.len()).filter(|at| sums.n[*at] >= 8.0);
    let of = |at: usize| mean(m, vec![Condition::on(d, Test::Is(dimension.labels[at].clone()))]);
    let highest = enough().max_by(|a, b| means(a).total_cmp(&means(b)));
    let lowest = enough().min_by(|a, b| means(a).total_cmp(&means(b)));
    highest
        .map(|at| (Quantity::HighestMean, of(at)))
        .into_iter()
        .chain(lowest.map(|at| (Quantity::LowestMean, of(at))))
        .collect()
}

fn deviations(insight: &Insight, m: &FieldName, d: &FieldName) -> Asked {
    let (inside, outside) = sides(insight, d);
    let deviation = |rows: &[Condition]| Query::of(Summary::Deviation(m.clone()), rows.to_vec());
    vec![
        (Quantity::FocusRows, values(m, inside.clone())),
        (Quantity::RestRows, values(m, outside.clone())),
        (Quantity::FocusDeviation, deviation(&inside)),
        (Quantity::RestDeviation, deviation(&outside)),
        (Quantity::FocusMean, mean(m, inside)),
        (Quantity::RestMean, mean(m, outside)),
    ]
}

fn share_of_sum(insight: &Insight, m: &FieldName, d: &FieldName) -> Asked {
    let (inside, _) = sides(insight, d);
    let known = vec![Condition::on(d, Test::Present)];
    let sum = |rows: &[Condition]| Query::of(Summary::Sum(m.clone()), rows.to_vec());
    vec![
        (Quantity::FocusSum, sum(&inside)),
        (Quantity::Sum, sum(&known)),
        (Quantity::FocusShare, sum(&inside).over(sum(&known))),
        (
            Quantity::RowShare,
            values(m, inside.clone()).over(values(m, known.clone())),
        ),
        (Quantity::FocusRows, values(m, inside)),
        (Quantity::Rows, values(m, known)),
    ]
}

fn missing(insight: &Insight, m: &FieldName, d: &FieldName) -> Asked {
    let (inside, outside) = sides(insight, d);
    let rate =
        |rows: &[Condition]| Query::of(Summary::Missing(m.clone()), rows.to_vec()).over(count(rows.to_vec()));
    vec![
        (Quantity::FocusRows, count(inside.clone())),
        (Quantity::RestRows, count(outside.clone())),
        (Quantity::FocusMissing, rate(&inside)),
        (Quantity::RestMissing, rate(&outside)),
        (Quantity::Change, rate(&inside).less(rate(&outside))),
    ]
}

fn evenness(d: &FieldName, columns: &Columns) -> Asked {
    let Some(dimension) = columns.dimensions.iter().find(|dimension| &dimension.name == d) else {
        return Vec::new();
    };
    let of = |at: usize| count(vec![Condition::on(d, Test::Is(dimension.labels[at].clone()))]);
    let largest = (0..dimension.len()).max_by_key(|at| dimension.counts[*at]);
    let smallest = (0..dimension.len()).min_by_key(|at| dimension.counts[*at]);
    let mut asked = vec![
        (Quantity::Rows, values(d, vec![])),
        (
            Quantity::Categories,
            Query::of(Summary::Distinct(d.clone()), vec![]),
        ),
    ];
    asked.extend(largest.map(|at| (Quantity::LargestRows, of(at))));
    asked.extend(smallest.map(|at| (Quantity::SmallestRows, of(at))));
    asked
}

fn association(insight: &Insight) -> Asked {
    let (Some(d), Some(e)) = (&insight.roles.dimension, &insight.roles.dimension2) else {
        return Vec::new();
    };
    let (inside, outside) = sides(insight, d);
    let second = Condition::on(e, Test::Is(insight.focus.get(1).cloned().unwrap_or_default()));
    let known = Condition::on(e, Test::Present);
    let with = |rows: &[Condition], also: &Condition| count([rows, std::slice::from_ref(also)].concat());
    let share = |rows: &[Condition]| with(rows, &second).over(with(rows, &known));
    vec![
        (Quantity::JointRows, with(&inside, &second)),
        (Quantity::FocusRows, with(&inside, &known)),
        (Quantity::RestRows, with(&outside, &known)),
        (Quantity::ShareWithin, share(&inside)),
        (Quantity::ShareElsewhere, share(&outside)),
        (Quantity::Change, share(&inside).less(share(&outside))),
    ]
}

/// Share of the total of the categories that hold most, as far as they are named.
fn pareto(insight: &Insight, m: &FieldName, d: &FieldName) -> Asked {
    let few = vec![Condition::on(d, Test::OneOf(insight.focus.clone()))];
    let known = vec![Condition::on(d, Test::Present)];
    let sum = |rows: &[Condition]| Query::of(Summary::Sum(m.clone()), rows.to_vec());
    vec![
        (Quantity::FocusShare, sum(&few).over(sum(&known))),
        (Quantity::Sum, sum(&known)),
        (Quantity::RowShare, values(m, few).over(values(m, known))),
        (
            Quantity::Categories,
            Query::of(Summary::Distinct(d.clone()), vec![]),
        ),
    ]
}

fn pair(insight: &Insight, a: &FieldName, columns: &Columns) -> Asked {
    let Some(b) = &insight.roles.measure2 else {
        return Vec::new();
    };
    let (x, y) = (a.clone(), b.clone());
    let mut both = vec![Condition::on(a, Test::Present), Condition::on(b, Test::Present)];
    let inside: Vec<Condition> = insight
        .subspace
        .iter()
        .map(|(d, value)| Condition::on(d, Test::Is(value.clone())))
        .collect();
    both.extend(inside.iter().cloned());
    let mut asked = vec![
        (Quantity::Rows, count(both)),
        (
            Quantity::Correlation,
            Query::of(Summary::Correlation(x.clone(), y.clone()), inside.clone()),
        ),
        (
            Quantity::RankCorrelation,
            Query::of(Summary::RankCorrelation(x.clone(), y.clone()), inside),
        ),
    ];
    if let (InsightKind::Simpson, Some(d)) = (insight.kind, &insight.roles.dimension) {
        let inside = Summary::WithinCorrelation(x.clone(), y.clone(), d.clone());
        asked.push((Quantity::WithinCorrelation, Query::of(inside, vec![])));
        asked.push((
            Quantity::Categories,
            Query::of(Summary::Distinct(d.clone()), vec![]),
        ));
    }
    let weekly = insight.kind == InsightKind::Comovement;
    if let (true, Some(bucket), Some(time)) = (weekly, insight.locator.bucket, &insight.roles.time) {
        let periods = Summary::Buckets(x.clone(), y.clone(), time.clone(), bucket);
        asked.push((Quantity::Periods, Query::of(periods, vec![])));
        let weekly = Summary::BucketCorrelation(x, y, time.clone(), bucket);
        asked.push((Quantity::WithinCorrelation, Query::of(weekly, vec![])));
    }
    let measure = columns.measures.iter().find(|measure| &measure.name == a);
    if let (InsightKind::Nonlinear, Some(measure)) = (insight.kind, measure) {
        let (low, high) = (measure.quantile(1.0 / 3.0), measure.quantile(2.0 / 3.0));
        let (middle, outer) = (
            mean(b, vec![Condition::on(a, Test::Within(low, high))]),
            mean(b, vec![Condition::on(a, Test::Outside(low, high))]),
        );
        asked.push((Quantity::MiddleMean, middle.clone()));
        asked.push((Quantity::OuterMean, outer.clone()));
        asked.push((Quantity::MeanDifference, outer.less(middle)));
    }
    asked
}

fn outlier(insight: &Insight, m: &FieldName) -> Asked {
    let summary = if insight.direction == Some(crate::Direction::High) {
        Summary::Greatest(m.clone())
    } else {
        Summary::Least(m.clone())
    };
    let value = insight.locator.value.unwrap_or(f64::NAN);
    let others = vec![Condition::on(m, Test::Outside(value, value.next_up()))];
    let next = Query::of(summary.clone(), others);
    vec![
        (Quantity::Value, Query::of(summary, vec![])),
        (Quantity::Median, Query::of(Summary::Median(m.clone()), vec![])),
        (Quantity::NextValue, next),
        (Quantity::Rows, values(m, vec![])),
    ]
}

fn pile(insight: &Insight, m: &FieldName) -> Asked {
    let rows = values(m, vec![]);
    let place = insight.locator.threshold.unwrap_or(f64::NAN);
    let counted = match (insight.kind, insight.locator.value) {
        (InsightKind::RoundHeaping, _) => Query::of(Summary::Multiples(m.clone(), place), vec![]),
        (InsightKind::ThresholdBunching, Some(edge)) => {
            count(vec![Condition::on(m, Test::Within(edge, place))])
        }
        _ => count(vec![Condition::on(m, Test::Equals(place))]),
    };
    let mut asked = vec![
        (Quantity::Count, counted.clone()),
        (Quantity::FocusShare, counted.over(rows.clone())),
        (Quantity::Rows, rows),
    ];
    if let (InsightKind::ThresholdBunching, Some(edge)) = (insight.kind, insight.locator.value) {
        let beside = Condition::on(m, Test::Within(place, 2.0 * place - edge));
        asked.push((Quantity::ExpectedCount, count(vec![beside])));
    }
    asked
}
