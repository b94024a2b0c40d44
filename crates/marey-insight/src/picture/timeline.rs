//! Change over time: a line with its trend, its step, or the stretch that stands out.

use marey_core::{
    Channel, FieldName, Mark,
    spec::{Composition, ConcatFlow, Interpolate, MarkDef, Setting, Size, View},
};
use serde_json::Value;

use super::{
    Annotation, Glance, Picture, Place, Span,
    compose::{Accent, Body, Clutter, Layered},
    data::{Data, Reduce, Sums, iso_text},
    ink::{ACCENT, QUIET, Row, at, end, layer, mark, number, quantity, row, share, time},
};
use crate::{Bucket, InsightKind, Quantity};

const SIZE: (f64, f64) = (440.0, 240.0);
const DAY: f64 = 86_400_000.0;

/// A measure over time.
struct Course {
    bucket: Bucket,
    points: Vec<(i64, f64)>,
    title: String,
    is_share: bool,
}

impl Course {
    fn new(data: &Data<'_>, reduce: Reduce, kept: &dyn Fn(usize) -> bool) -> Option<Self> {
        let ms = data.instants()?;
        let bucket = data.bucket(&ms);
        let (x, title) = match data.measure() {
            Some(measure) => (data.numbers(measure)?, data.title(measure, reduce)),
            None => {
                let title = marey_core::label::capitalised(&data.lexicon.words.term("rows-of", &[]));
                (vec![1.0; ms.len()], title)
            }
        };
        let sums: Vec<(i64, Sums)> = data.by_time(&x, &ms, kept, bucket);
        let is_share =
            data.measure().is_some_and(|name| data.lexicon.is_share(name)) && reduce == Reduce::Mean;
        Some(Self {
            bucket,
            points: sums.iter().map(|(at, sums)| (*at, reduce.of(sums))).collect(),
            title,
            is_share,
        })
    }

    fn rows(&self) -> Vec<Row> {
        let point =
            |(at, value): &(i64, f64)| row([("time", Value::from(iso_text(*at))), ("value", number(*value))]);
        self.points.iter().map(point).collect()
    }

    fn value(&self, zero: bool) -> marey_core::spec::FieldDef {
        let mut def = if self.is_share {
            share("value", &self.title)
        } else {
            quantity("value", &self.title, zero)
        };
        if let Some(Setting::On(scale)) = &mut def.scale {
            scale.zero = Some(zero);
        }
        def
    }

    fn spans(&self) -> (Span, Span) {
        (
            Span::over(self.points.iter().map(|(at, _)| *at as f64)),
            Span::over(self.points.iter().map(|(_, value)| *value)),
        )
    }

    fn glance(&self, data: &Data<'_>) -> Glance {
        let by_value = |a: &&(i64, f64), b: &&(i64, f64)| a.1.total_cmp(&b.1);
        let name = |(at, value): &(i64, f64)| {
            (
                data.lexicon.words.short_instant(*at, self.bucket),
                data.amount(*value),
            )
        };
        let lowest = self.points.iter().min_by(by_value).map(name);
        Glance {
            chart: "chart-line",
            x: data
                .insight
                .roles
                .time
                .as_ref()
                .map(|name| data.lexicon.heading(name))
                .unwrap_or_default(),
            y: self.title.clone(),
            marks: self.points.len(),
            extremes: lowest
                .zip(self.points.iter().max_by(by_value).map(name))
                .map(|(low, high)| [low, high]),
            of_rows: None,
        }
    }

    fn layered(&self, zero: bool, extra: Vec<View>, color: &str) -> Layered {
        let value = self.value(zero);
        let (x, y) = self.spans();
        let line = MarkDef {
            interpolate: Some(Interpolate::Linear),
            stroke_width: Some(1.8),
            ..mark(Mark::Line, color)
        };
        let layers = [
            extra,
            vec![layer(line, at(time("time"), value.clone()), self.rows())],
        ]
        .concat();
        Layered {
            layers,
            x: (time("time"), x),
            y: (value, if zero { y.with_zero() } else { y }.nice()),
            size: SIZE,
            accent: Accent::Dot,
            clutter: vec![Clutter::Line(
                self.points
                    .iter()
                    .map(|(at, value)| (*at as f64, *value))
                    .collect(),
            )],
        }
    }
}

/// Mean instant and mean value of the rows in the subspace.
fn centre(data: &Data<'_>, kept: &dyn Fn(usize) -> bool) -> Option<(f64, f64)> {
    let (ms, x) = (data.instants()?, data.numbers(data.measure()?)?);
    let (mut n, mut t, mut y) = (0.0, 0.0, 0.0);
    for (row, (ms, x)) in ms.iter().zip(&x).enumerate() {
        if *ms != i64::MAX && x.is_finite() && kept(row) {
            (n, t, y) = (n + 1.0, t + *ms as f64 / DAY, y + x);
        }
    }
    (n > 0.0).then(|| (t / n * DAY, y / n))
}

/// A line with its least-squares trend and the band of the slope's interval.
pub(super) fn trend(data: &Data<'_>) -> Option<Picture> {
    let inside = data.inside()?;
    let kept = |row: usize| inside.get(row).copied().unwrap_or(false);
    let course = Course::new(data, Reduce::Mean, &kept)?;
    let (first, last) = (course.points.first()?.0, course.points.last()?.0);
    let slope = data.insight.fact(Quantity::SlopePerDay)?;
    let (middle, level) = centre(data, &kept)?;
    let line = |slope: f64, ms: f64| level + slope * (ms - middle) / DAY;
    let mut extra = Vec::new();
    // All that is drawn, so that the axis holds it.
    let mut levels: Vec<f64> = course.points.iter().map(|point| point.1).collect();
    if let Some(estimate) = data
        .insight
        .estimate
        .filter(|e| e.quantity == Quantity::SlopePerDay)
    {
        extra.push(cone(&course, [first as f64, middle, last as f64], |ms| {
            let (a, b) = (line(estimate.low, ms), line(estimate.high, ms));
            (a.min(b), a.max(b))
        }));
        let ends = [first, last].map(|at| at as f64);
        levels.extend(
            ends.iter()
                .flat_map(|at| [line(estimate.low, *at), line(estimate.high, *at)]),
        );
    }
    if !data.insight.subspace.is_empty() {
        let rest = Course::new(data, Reduce::Mean, &|row| !kept(row))?;
        let quiet = MarkDef {
            opacity: Some(0.7),
            ..mark(Mark::Line, QUIET)
        };
        levels.extend(rest.points.iter().map(|point| point.1));
        extra.push(layer(quiet, at(time("time"), course.value(false)), rest.rows()));
    }
    let ends = (iso_text(first), iso_text(last));
    let mut layered = course.layered(
        false,
        extra,
        if data.insight.subspace.is_empty() {
            QUIET
        } else {
            "#5b83b0"
        },
    );
    let (start, stop) = (line(slope, first as f64), line(slope, last as f64));
    layered.y.1 = Span::over(levels.into_iter().chain([start, stop])).nice();
    let annotations = vec![
        Annotation::line(
            (Place::from(ends.0.clone()), Place::from(start)),
            (Place::from(ends.1.clone()), Place::from(stop)),
        ),
        Annotation::label(ends.0, start, data.amount(start)).priority(2),
        Annotation::label(ends.1, stop, data.amount(stop)).priority(2),
    ];
    Some(Picture {
        glance: course.glance(data),
        body: Body::Layered(layered),
        annotations,
    })
}

/// The area between the slopes at the two ends of the interval.
fn cone(course: &Course, at_ms: [f64; 3], ends: impl Fn(f64) -> (f64, f64)) -> View {
    let rows = at_ms
        .iter()
        .map(|ms| {
            let (low, high) = ends(*ms);
            row([
                ("time", Value::from(iso_text(*ms as i64))),
                ("value", number(low)),
                ("value_end", number(high)),
            ])
        })
        .collect();
    let area = MarkDef {
        opacity: Some(0.16),
        ..mark(Mark::Area, ACCENT)
    };
    let encoding = at(time("time"), course.value(false)).with(Channel::Y2, end("value_end"));
    layer(area, encoding, rows)
}

/// A line with a rule at the change and the mean of each side.
pub(super) fn stepped(data: &Data<'_>) -> Option<Picture> {
    let course = Course::new(data, Reduce::Mean, &|_| true)?;
    let change = data.insight.locator.at_ms?;
    let (before, after) = (
        data.insight.fact(Quantity::Before)?,
        data.insight.fact(Quantity::After)?,
    );
    let (first, last) = (course.points.first()?.0, course.points.last()?.0);
    let mean = |from: i64, to: i64, value: f64| {
        let place = |ms: i64| Place::from(iso_text(ms));
        Annotation::line((place(from), Place::from(value)), (place(to), Place::from(value)))
    };
    let middle = |from: i64, to: i64| iso_text(from + (to - from) / 2 / 86_400_000 * 86_400_000);
    let annotations = vec![
        Annotation::at_x(Place::from(iso_text(change)))
            .saying(data.lexicon.words.short_instant(change, Bucket::Day)),
        mean(first, change, before),
        mean(change, last, after),
        Annotation::label(middle(first, change), before, data.amount(before)).priority(2),
        Annotation::label(middle(change, last), after, data.amount(after)).priority(2),
    ];
    let body = Body::Layered(course.layered(false, Vec::new(), QUIET));
    Some(Picture {
        glance: course.glance(data),
        body,
        annotations,
    })
}

/// A line with the stretch that stands out.
pub(super) fn marked(data: &Data<'_>) -> Option<Picture> {
    use InsightKind as K;
    let counted = matches!(data.insight.kind, K::NewCategory | K::LostCategory);
    let category = match (counted, &data.insight.roles.dimension, data.insight.focus.first()) {
        (true, Some(name), Some(value)) => {
            let column = data.categories(name)?;
            let code = column.labels.iter().position(|label| label == value)? as u32;
            Some((column, code))
        }
        _ => None,
    };
    let kept = |row: usize| {
        category
            .as_ref()
            .is_none_or(|(column, code)| column.codes.get(row) == Some(code))
    };
    let reduce = if counted || data.measure().is_none() {
        Reduce::Count
    } else {
        Reduce::Mean
    };
    let course = Course::new(data, reduce, &kept)?;
    let change = data.insight.locator.at_ms?;
    let words = data.lexicon.words;
    let mut annotations = Vec::new();
    match course
        .points
        .iter()
        .find(|(ms, _)| *ms == change)
        .filter(|_| !counted)
    {
        Some((ms, value)) => {
            let place = Place::from(iso_text(*ms));
            let text = format!(
                "{}: {}",
                words.short_instant(*ms, course.bucket),
                data.amount(*value)
            );
            annotations.push(Annotation::highlight(
                Some(place.clone()),
                Some(Place::from(*value)),
            ));
            annotations.push(Annotation::label(place, *value, text));
        }
        None => {
            let text = words.short_instant(change, Bucket::Day);
            annotations.push(Annotation::at_x(Place::from(iso_text(change))).saying(text));
        }
    }
    if let Some(rest) = data
        .insight
        .fact(Quantity::RestMean)
        .filter(|_| reduce == Reduce::Mean)
    {
        annotations.push(Annotation::at_y(rest).priority(2));
    }
    let layered = course.layered(counted, Vec::new(), if counted { ACCENT } else { QUIET });
    let body = Body::Layered(layered);
    Some(Picture {
        glance: course.glance(data),
        body,
        annotations,
    })
}

/// Two measures over time, one above the other.
pub(super) fn pair(data: &Data<'_>) -> Option<Picture> {
    let ms = data.instants()?;
    let bucket = data.bucket(&ms);
    let names = [
        data.insight.roles.measure.as_ref()?,
        data.insight.roles.measure2.as_ref()?,
    ];
    let mut views = Vec::new();
    let mut marks = 0;
    for (name, color) in names.into_iter().zip(["#5b83b0", ACCENT]) {
        let sums = data.by_time(&data.numbers(name)?, &ms, &|_| true, bucket);
        marks += sums.len();
        let rows = sums.iter().map(|(at, sums)| {
            row([
                ("time", Value::from(iso_text(*at))),
                ("value", number(sums.mean())),
            ])
        });
        let value = quantity("value", &data.title(name, Reduce::Mean), false);
        let line = MarkDef {
            stroke_width: Some(1.8),
            ..mark(Mark::Line, color)
        };
        let mut view = layer(line, at(time("time"), value), rows.collect());
        view.width = Some(Size::Pixels(SIZE.0));
        view.height = Some(Size::Pixels(120.0));
        views.push(view);
    }
    let glance = Glance {
        chart: "chart-lines",
        x: data
            .insight
            .roles
            .time
            .as_ref()
            .map(|name| data.lexicon.heading(name))
            .unwrap_or_default(),
        y: names.map(|name: &FieldName| data.lexicon.inside(name)).join(", "),
        marks,
        extremes: None,
        of_rows: None,
    };
    let view = View::new(Composition::Concat {
        flow: ConcatFlow::Vertical,
        views,
    });
    Some(Picture {
        glance,
        body: Body::Panels(view),
        annotations: Vec::new(),
    })
}
