//! Rankings: sorted bars with one in accent, bars of rates, and the parts of a table.

use marey_core::{Mark, label, spec::MarkDef};
use serde_json::Value;

use super::{
    Annotation, ChartKind, Glance, Picture, Place, Span,
    compose::{Accent, Body, Layered},
    data::{Data, Reduce},
    ink::{QUIET, Row, at, categories, layer, mark, number, quantity, row, share},
};
use crate::{InsightKind, Quantity};

/// Most bars of a chart.
const MOST_BARS: usize = 14;
/// Width of the plotting area in pixels.
const WIDTH: f64 = 420.0;
/// Share of the largest mean that means must differ by to be told apart as bars from zero.
const TOLD_APART: f64 = 0.35;
/// Height of a bar with its gap in pixels.
const STEP: f64 = 24.0;

/// One bar.
struct Bar {
    name: String,
    value: f64,
    text: String,
}

/// Bars of a measure by category, longest first.
pub(super) fn sorted(data: &Data<'_>) -> Option<Picture> {
    use InsightKind as K;
    let dimension = data.insight.roles.dimension.as_ref()?;
    let by = data.categories(dimension)?;
    let reduce = match data.insight.kind {
        K::Evenness => Reduce::Count,
        K::Dominance | K::Pareto => Reduce::Sum,
        K::VarianceDifference => Reduce::Deviation,
        _ => Reduce::Mean,
    };
    let (values, title): (Vec<f64>, String) = match data.measure() {
        Some(measure) => {
            let sums = data.by_category(&data.numbers(measure)?, &by);
            let is_enough = |at: &usize| sums.get(*at).is_some_and(|sums| sums.n > 0.0);
            let of = |at: usize| sums.get(at).map_or(f64::NAN, |sums| reduce.of(sums));
            let values = (0..by.len()).map(|at| if is_enough(&at) { of(at) } else { f64::NAN });
            (values.collect(), data.title(measure, reduce))
        }
        None => {
            let title = label::capitalised(&data.lexicon.words.term("rows-of", &[]));
            (by.counts.iter().map(|count| f64::from(*count)).collect(), title)
        }
    };
    let text = |value: f64| match reduce {
        Reduce::Count => data.lexicon.words.count(value as u64),
        _ => data.amount(value),
    };
    let mut bars: Vec<Bar> = bars_of(data, &by.labels, &values, text);
    keep_best(&mut bars, data.focus());
    let is_share = data.measure().is_some_and(|name| data.lexicon.is_share(name));
    let mut annotations: Vec<Annotation> = Vec::new();
    let focused: Vec<String> = match data.insight.kind {
        K::Evenness | K::GroupDifference => Vec::new(),
        K::Pareto => data
            .insight
            .focus
            .iter()
            .map(|value| data.lexicon.value(value))
            .collect(),
        _ => data.focus().into_iter().collect(),
    };
    annotations.extend(
        focused
            .iter()
            .map(|name| Annotation::highlight(None, Some(Place::from(name.clone())))),
    );
    annotations.extend(value_labels(&bars, &focused));
    let rest = match reduce {
        Reduce::Mean => data.insight.fact(Quantity::RestMean),
        Reduce::Deviation => data.insight.fact(Quantity::RestDeviation),
        _ => None,
    };
    if let Some(rest) = rest.filter(|_| !focused.is_empty()) {
        annotations.push(Annotation::at_x(rest).priority(2));
    }
    // Means that lie close together beside their size are dots, on an axis without zero.
    let ends = bars.first().zip(bars.last());
    let is_close = ends.is_some_and(|(high, low)| {
        low.value > 0.0 && high.value > low.value && high.value - low.value < TOLD_APART * high.value
    });
    let shape = if reduce == Reduce::Mean && is_close {
        Shape::Dots
    } else {
        Shape::Bars
    };
    in_order(data, dimension, &mut bars);
    Some(picture(data, bars, (title, is_share, shape), annotations))
}

/// What stands for a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Bars,
    Dots,
}

/// Years and other whole numbers in their own order.
fn in_order(data: &Data<'_>, dimension: &marey_core::FieldName, bars: &mut [Bar]) {
    let Some(by) = data.categories(dimension) else {
        return;
    };
    if !by.labels.iter().all(|label| label.parse::<i64>().is_ok()) {
        return;
    }
    let numbers: std::collections::BTreeMap<String, i64> = by
        .labels
        .iter()
        .filter_map(|label| Some((data.lexicon.value(label), label.parse().ok()?)))
        .collect();
    bars.sort_by_key(|bar| numbers.get(&bar.name).copied());
}

/// Bars of the share of rows in each category for which something holds.
pub(super) fn rates(data: &Data<'_>) -> Option<Picture> {
    let roles = &data.insight.roles;
    let by = data.categories(roles.dimension.as_ref()?)?;
    let (hits, known): (Vec<bool>, Vec<bool>) = match (data.insight.kind, &roles.measure, &roles.dimension2) {
        (InsightKind::Association, _, Some(second)) => {
            let second = data.categories(second)?;
            let wanted = second
                .labels
                .iter()
                .position(|label| Some(label) == data.insight.focus.get(1))?;
            let codes = second.codes.iter();
            codes
                .map(|code| (*code as usize == wanted, (*code as usize) < second.len()))
                .unzip()
        }
        (_, Some(measure), _) => {
            let column = data.categories(measure)?;
            let codes = column.codes.iter();
            codes.map(|code| (*code as usize == column.len(), true)).unzip()
        }
        _ => return None,
    };
    let mut counts = vec![(0.0, 0.0); by.len()];
    for ((code, hit), known) in by.codes.iter().zip(&hits).zip(&known) {
        if let (true, Some(count)) = (*known, counts.get_mut(*code as usize)) {
            count.0 += f64::from(u8::from(*hit));
            count.1 += 1.0;
        }
    }
    let values: Vec<f64> = counts.iter().map(|(hit, all)| hit / all).collect();
    let text = |value: f64| data.lexicon.words.amount(value, &crate::words::Unit::Share);
    let mut bars = bars_of(data, &by.labels, &values, text);
    keep_best(&mut bars, data.focus());
    let focused: Vec<String> = data.focus().into_iter().collect();
    let mut annotations: Vec<Annotation> = focused
        .iter()
        .map(|name| Annotation::highlight(None, Some(Place::from(name.clone()))))
        .collect();
    annotations.extend(value_labels(&bars, &focused));
    let elsewhere = data
        .insight
        .fact(Quantity::RestMissing)
        .or(data.insight.fact(Quantity::ShareElsewhere));
    annotations.extend(elsewhere.map(|rest| Annotation::at_x(rest).priority(2)));
    let title = match &roles.measure {
        Some(measure) => data
            .lexicon
            .words
            .term("share-without", &[("measure", &data.lexicon.inside(measure))]),
        None => {
            let second = roles.dimension2.as_ref().zip(data.insight.focus.get(1));
            let group = second
                .map(|(name, value)| data.lexicon.group(name, value))
                .unwrap_or_default();
            data.lexicon.words.term("share-of-group", &[("group", &group)])
        }
    };
    let axis = (label::capitalised(&title), true, Shape::Bars);
    Some(picture(data, bars, axis, annotations))
}

/// Rows of a table and those that repeat others.
pub(super) fn parts(data: &Data<'_>) -> Option<Picture> {
    let (rows, repeated) = (
        data.insight.fact(Quantity::Rows)?,
        data.insight.fact(Quantity::RepeatedRows)?,
    );
    let words = data.lexicon.words;
    let bar = |id: &str, value: f64| Bar {
        name: words.term(id, &[]),
        value,
        text: words.count(value as u64),
    };
    let bars = vec![bar("rows-first", rows - repeated), bar("rows-repeated", repeated)];
    let focused = vec![words.term("rows-repeated", &[])];
    let mut annotations = vec![Annotation::highlight(None, Some(Place::from(focused.concat())))];
    annotations.extend(value_labels(&bars, &focused));
    let title = label::capitalised(&words.term("rows-of", &[]));
    Some(picture(data, bars, (title, false, Shape::Bars), annotations))
}

fn bars_of(data: &Data<'_>, labels: &[String], values: &[f64], text: impl Fn(f64) -> String) -> Vec<Bar> {
    let mut bars: Vec<Bar> = labels
        .iter()
        .zip(values)
        .filter(|(_, value)| value.is_finite())
        .map(|(label, value)| Bar {
            name: data.lexicon.value(label),
            value: *value,
            text: text(*value),
        })
        .collect();
    bars.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.name.cmp(&b.name)));
    // Names that were shortened to the same words would be drawn on top of each other.
    bars.dedup_by(|a, b| a.name == b.name);
    bars
}

/// Keeps the longest bars and the one in focus; for a lowest one, the shortest.
fn keep_best(bars: &mut Vec<Bar>, focus: Option<String>) {
    if bars.len() <= MOST_BARS {
        return;
    }
    let place = bars.iter().position(|bar| Some(&bar.name) == focus.as_ref());
    match place {
        Some(place) if place + MOST_BARS / 2 >= bars.len() => {
            bars.drain(..bars.len() - MOST_BARS);
        }
        Some(place) if place >= MOST_BARS => {
            let kept = bars.remove(place);
            bars.truncate(MOST_BARS - 1);
            bars.push(kept);
        }
        _ => bars.truncate(MOST_BARS),
    }
}

/// The value at the end of the bars in focus, or of the longest and the shortest.
fn value_labels(bars: &[Bar], focused: &[String]) -> Vec<Annotation> {
    let told = |bar: &&Bar| match focused.is_empty() {
        true => [bars.first(), bars.last()]
            .into_iter()
            .flatten()
            .any(|end| end.name == bar.name),
        false => focused.contains(&bar.name),
    };
    bars.iter()
        .filter(told)
        .map(|bar| Annotation::label(bar.value, bar.name.clone(), bar.text.clone()))
        .collect()
}

fn picture(
    data: &Data<'_>,
    bars: Vec<Bar>,
    (title, is_share, shape): (String, bool, Shape),
    annotations: Vec<Annotation>,
) -> Picture {
    let names: Vec<String> = bars.iter().map(|bar| bar.name.clone()).collect();
    let rows: Vec<Row> = bars
        .iter()
        .map(|bar| {
            row([
                ("category", Value::from(bar.name.as_str())),
                ("value", number(bar.value)),
            ])
        })
        .collect();
    let value = if is_share && shape == Shape::Bars {
        share("value", &title)
    } else {
        quantity("value", &title, shape == Shape::Bars)
    };
    let heading = data
        .insight
        .roles
        .dimension
        .as_ref()
        .map(|name| data.lexicon.heading(name));
    let category = categories("category", None, &names);
    let bar = match shape {
        Shape::Bars => mark(Mark::Bar, QUIET),
        Shape::Dots => MarkDef {
            size: Some(110.0),
            opacity: Some(1.0),
            ..mark(Mark::Circle, QUIET)
        },
    };
    let span = Span::over(bars.iter().map(|bar| bar.value));
    let span = if shape == Shape::Bars {
        span.with_zero()
    } else {
        span
    };
    let encoding = at(value.clone(), category.clone());
    let x = value.clone();
    let by_value = |a: &&Bar, b: &&Bar| a.value.total_cmp(&b.value);
    let ends = bars.iter().min_by(by_value).zip(bars.iter().max_by(by_value));
    let extremes = ends.map(|(low, high)| {
        let end = |bar: &Bar| (bar.name.clone(), bar.text.clone());
        [end(low), end(high)]
    });
    Picture {
        glance: Glance {
            chart: match shape {
                Shape::Bars => ChartKind::of(data.insight.kind).noun(),
                Shape::Dots => "chart-dots",
            },
            x: title,
            y: heading.unwrap_or_default(),
            marks: bars.len(),
            extremes,
            of_rows: None,
        },
        body: Body::Layered(Layered {
            layers: vec![layer(bar.clone(), encoding, rows.clone())],
            x: (x, span.nice()),
            y: (category, Span::Categories(names)),
            size: (WIDTH, STEP * bars.len().max(2) as f64),
            accent: Accent::Marks(bar, rows),
            clutter: Vec::new(),
        }),
        annotations,
    }
}
