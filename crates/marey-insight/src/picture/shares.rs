//! Composition: shares before and after a date, and means by two categories.

use marey_core::{
    Channel, FieldType, Mark,
    spec::{FieldDef, MarkDef, Scale, SchemeRef, Setting},
};
use serde_json::Value;

use super::{
    Annotation, Glance, Picture, Place, Span,
    compose::{Accent, Body, Layered},
    data::{Data, Reduce, Sums},
    ink::{QUIET, Row, at, categories, dotted, layer, level_categories, mark, number, row, share},
};
use crate::{Bucket, column::floor, words::Unit};

const SIZE: (f64, f64) = (320.0, 260.0);
/// Most lines or cells along a side.
const MOST: usize = 12;

/// Shares of rows by category, before a date and from it on.
pub(super) fn slope(data: &Data<'_>) -> Option<Picture> {
    let dimension = data.insight.roles.dimension.as_ref()?;
    let (by, ms) = (data.categories(dimension)?, data.instants()?);
    let locator = &data.insight.locator;
    let change = locator.at_ms?;
    // A change of share is between two periods, a shift between all before and all after.
    let early = match (locator.bucket, locator.until_ms) {
        (Some(bucket), Some(_)) => floor(bucket, change - 1),
        _ => i64::MIN,
    };
    let late = locator.until_ms.unwrap_or(i64::MAX);
    let mut counts = vec![[0.0, 0.0]; by.len()];
    for (code, ms) in by.codes.iter().zip(&ms).filter(|(_, ms)| **ms != i64::MAX) {
        let side = match *ms {
            ms if (early..change).contains(&ms) => 0,
            ms if (change..late).contains(&ms) => 1,
            _ => continue,
        };
        if let Some(count) = counts.get_mut(*code as usize) {
            count[side] += 1.0;
        }
    }
    let totals = [0, 1].map(|side| counts.iter().map(|count| count[side]).sum::<f64>());
    let words = data.lexicon.words;
    let sides = side_names(data, early, change);
    let focus = data.focus();
    let mut order: Vec<usize> = (0..by.len()).collect();
    let is_focus = |at: &usize| Some(data.lexicon.value(&by.labels[*at])) == focus;
    order.sort_by(|a, b| {
        is_focus(b)
            .cmp(&is_focus(a))
            .then(counts[*b][1].total_cmp(&counts[*a][1]))
    });
    order.truncate(MOST);
    let line_rows = |at: &usize| -> Vec<Row> {
        let name = data.lexicon.value(&by.labels[*at]);
        let share = |side: usize| counts[*at][side] / totals[side].max(1.0);
        [0, 1]
            .map(|side| {
                row([
                    ("side", Value::from(sides[side].as_str())),
                    ("share", number(share(side))),
                    ("category", Value::from(name.as_str())),
                ])
            })
            .to_vec()
    };
    let rows: Vec<Row> = order.iter().flat_map(line_rows).collect();
    let x = level_categories("side", None, &sides);
    let title = marey_core::label::capitalised(&words.term("share-of-rows", &[]));
    let y = share("share", &title);
    let detail = FieldDef::new("category", FieldType::Nominal);
    let line = MarkDef {
        point: dotted(QUIET),
        stroke_width: Some(1.6),
        ..mark(Mark::Line, QUIET)
    };
    let encoding = at(x.clone(), y.clone()).with(Channel::Detail, detail);
    let mut annotations = Vec::new();
    if let Some(at) = order.first().filter(|at| is_focus(at)) {
        let value = |side: usize| counts[*at][side] / totals[side].max(1.0);
        let place = |side: usize| (Place::from(sides[side].clone()), Place::from(value(side)));
        annotations.push(Annotation::line(place(0), place(1)));
        let group = data.lexicon.value(&by.labels[*at]);
        for side in [0, 1] {
            let (x, y) = place(side);
            annotations.push(Annotation::highlight(Some(x), Some(y)));
            let text = format!("{group} {}", words.amount(value(side), &Unit::Share));
            annotations.push(Annotation::label(sides[side].clone(), value(side), text));
        }
    }
    let shares = counts
        .iter()
        .flat_map(|count| [count[0] / totals[0].max(1.0), count[1] / totals[1].max(1.0)]);
    let glance = Glance {
        chart: "chart-slope",
        x: sides.join(", "),
        y: title,
        marks: order.len(),
        extremes: None,
        of_rows: None,
    };
    let body = Body::Layered(Layered {
        layers: vec![layer(line, encoding, rows)],
        x: (x, Span::Categories(sides.to_vec())),
        y: (y, Span::over(shares).with_zero()),
        size: SIZE,
        accent: Accent::Dot,
        clutter: Vec::new(),
    });
    Some(Picture {
        glance,
        body,
        annotations,
    })
}

/// What the two ends of a slope are called.
fn side_names(data: &Data<'_>, early: i64, change: i64) -> [String; 2] {
    let words = data.lexicon.words;
    match data.insight.locator.bucket.filter(|_| early != i64::MIN) {
        Some(bucket) => [early, change].map(|ms| words.short_instant(ms, bucket)),
        None => {
            let day = words.short_instant(change, Bucket::Day);
            ["side-before", "side-from"].map(|id| words.term(id, &[("day", &day)]))
        }
    }
}

/// Means by two categories as a field of colours.
pub(super) fn heat_map(data: &Data<'_>) -> Option<Picture> {
    let roles = &data.insight.roles;
    let (first, second) = (roles.dimension.as_ref()?, roles.dimension2.as_ref()?);
    let (a, b) = (data.categories(first)?, data.categories(second)?);
    let measure = data.measure()?;
    let x = data.numbers(measure)?;
    let mut cells = vec![Sums::default(); a.len().checked_mul(b.len()).filter(|cells| *cells <= 160_000)?];
    for ((x, a_code), b_code) in x.iter().zip(&a.codes).zip(&b.codes) {
        let (a_at, b_at) = (*a_code as usize, *b_code as usize);
        if x.is_finite() && a_at < a.len() && b_at < b.len() {
            let cell = &mut cells[a_at * b.len() + b_at];
            *cell = Sums {
                n: cell.n + 1.0,
                sum: cell.sum + x,
                ..*cell
            };
        }
    }
    let (rows_kept, columns_kept) = (
        largest(
            &a.counts,
            a.labels
                .iter()
                .position(|l| Some(l) == data.insight.focus.first()),
        ),
        largest(
            &b.counts,
            b.labels.iter().position(|l| Some(l) == data.insight.focus.get(1)),
        ),
    );
    let name = |labels: &[String], at: &usize| data.lexicon.value(&labels[*at]);
    let mut rows = Vec::new();
    for a_at in &rows_kept {
        for b_at in &columns_kept {
            let cell = cells[a_at * b.len() + b_at];
            if cell.n > 0.0 {
                rows.push(row([
                    ("row", Value::from(name(&a.labels, a_at))),
                    ("column", Value::from(name(&b.labels, b_at))),
                    ("value", number(cell.mean())),
                ]));
            }
        }
    }
    let row_names: Vec<String> = rows_kept.iter().map(|at| name(&a.labels, at)).collect();
    let column_names: Vec<String> = columns_kept.iter().map(|at| name(&b.labels, at)).collect();
    let x = level_categories("column", Some(&data.lexicon.heading(second)), &column_names);
    let y = categories("row", Some(&data.lexicon.heading(first)), &row_names);
    let title = data.title(measure, Reduce::Mean);
    let mut color = FieldDef::new("value", FieldType::Quantitative).titled(title.clone());
    color.scale = Some(Setting::On(Scale {
        scheme: Some(SchemeRef {
            name: "blues".to_owned(),
            count: None,
            extent: None,
        }),
        zero: Some(false),
        ..Scale::default()
    }));
    let encoding = at(x.clone(), y.clone()).with(Channel::Color, color);
    let mut annotations = Vec::new();
    let focus = data.insight.focus.first().zip(data.insight.focus.get(1));
    if let (Some((row, column)), Some(mean)) = (focus, data.insight.fact(crate::Quantity::CellMean)) {
        let (row, column) = (data.lexicon.value(row), data.lexicon.value(column));
        annotations.push(Annotation::highlight(
            Some(Place::from(column.clone())),
            Some(Place::from(row.clone())),
        ));
        annotations.push(Annotation::label(column, row, data.amount(mean)));
    }
    // Light letters on a dark cell, dark ones on a light cell.
    let means = || rows.iter().filter_map(|row| row.get("value")?.as_f64());
    let (least, most) = means().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), mean| {
        (low.min(mean), high.max(mean))
    });
    let own = data.insight.fact(crate::Quantity::CellMean).unwrap_or(least);
    let letters = if own - least > 0.5 * (most - least) {
        "#ffffff"
    } else {
        "#1c2530"
    };
    let glance = Glance {
        chart: "chart-heat",
        x: data.lexicon.heading(second),
        y: data.lexicon.heading(first),
        marks: rows.len(),
        extremes: None,
        of_rows: None,
    };
    let body = Body::Layered(Layered {
        layers: vec![layer(MarkDef::new(Mark::Rect), encoding, rows)],
        x: (x, Span::Categories(column_names.clone())),
        y: (y, Span::Categories(row_names.clone())),
        size: (52.0 * column_names.len() as f64, 30.0 * row_names.len() as f64),
        accent: Accent::Outline { letters },
        clutter: Vec::new(),
    });
    Some(Picture {
        glance,
        body,
        annotations,
    })
}

/// The categories of most rows, the one in focus among them, in order of the table.
fn largest(counts: &[u32], focus: Option<usize>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|at| (Some(*at) != focus, std::cmp::Reverse(counts[*at])));
    order.truncate(MOST);
    order.sort_unstable();
    order
}
