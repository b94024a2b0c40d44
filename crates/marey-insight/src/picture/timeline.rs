//! Change over time: a line with its trend, its step, its cycle, or the stretch that stands out.

use marey_core::{
    Channel, FieldName, Mark,
    spec::{Composition, ConcatFlow, Encoding, Facet, Interpolate, MarkDef, Setting, Size, View},
};
use serde_json::Value;

use super::{
    Annotation, Glance, Picture, Place, Span,
    compose::{Body, Layered},
    data::{Data, Reduce, Sums, iso_text},
    ink::{
        ACCENT, QUIET, Row, at, end, layer, level_categories, mark, number, quantity, row, rows, share, time,
    },
};
use crate::{Bucket, InsightKind, Quantity, words::Unit};

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
            y: (value, if zero { y.with_zero() } else { y }),
            size: SIZE,
            marks: None,
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
    if let Some(estimate) = data
        .insight
        .estimate
        .filter(|e| e.quantity == Quantity::SlopePerDay)
    {
        extra.push(cone(&course, [first as f64, middle, last as f64], |ms| {
            let (a, b) = (line(estimate.low, ms), line(estimate.high, ms));
            (a.min(b), a.max(b))
        }));
    }
    if !data.insight.subspace.is_empty() {
        let rest = Course::new(data, Reduce::Mean, &|row| !kept(row))?;
        let quiet = MarkDef {
            opacity: Some(0.7),
            ..mark(Mark::Line, QUIET)
        };
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
    layered.y.1 = Span::over(course.points.iter().map(|p| p.1).chain([start, stop]));
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

/// Every phase of a cycle with its own course over time and its mean (Cleveland 1993, cycle plot).
pub(super) fn cycle(data: &Data<'_>) -> Option<Picture> {
    let measure = data.measure()?;
    let period = data.insight.locator.period_days?;
    let (ms, x) = (data.instants()?, data.numbers(measure)?);
    let phases = Phases::of(period, data);
    let count = phases.names.len();
    let first = ms.iter().copied().filter(|ms| *ms != i64::MAX).min()?;
    let last = ms.iter().copied().filter(|ms| *ms != i64::MAX).max()?;
    // A dozen points a phase are enough to see whether it drifts.
    let pieces = (((last - first) as f64 / DAY / period).floor() as usize).clamp(1, 12);
    let mut cells = vec![vec![Sums::default(); pieces]; count];
    for (ms, x) in ms
        .iter()
        .zip(&x)
        .filter(|(ms, x)| **ms != i64::MAX && x.is_finite())
    {
        let piece = ((*ms - first) as f64 / ((last - first).max(1)) as f64 * pieces as f64) as usize;
        let cell = cells
            .get_mut(phases.at(*ms))
            .and_then(|cells| cells.get_mut(piece.min(pieces - 1)));
        if let Some(cell) = cell {
            *cell = Sums {
                n: cell.n + 1.0,
                sum: cell.sum + x,
                ..*cell
            };
        }
    }
    let means: Vec<f64> = cells.iter().map(|cells| mean_of(cells)).collect();
    let rows_of = |(phase, cells): (usize, &Vec<Sums>)| -> Vec<Row> {
        let at = |(piece, sums): (usize, &Sums)| {
            let name = phases.names.get(phase)?;
            let mean = means.get(phase).copied()?;
            (sums.n > 0.0).then(|| {
                row([
                    ("phase", Value::from(name.as_str())),
                    ("piece", Value::from(piece)),
                    ("value", number(sums.mean())),
                    ("mean", number(mean)),
                ])
            })
        };
        cells.iter().enumerate().filter_map(at).collect()
    };
    let data_rows: Vec<Row> = cells.iter().enumerate().flat_map(rows_of).collect();
    let title = data.title(measure, Reduce::Mean);
    let told: Vec<(&String, f64)> = phases
        .names
        .iter()
        .zip(means.iter().copied())
        .filter(|(_, m)| m.is_finite())
        .collect();
    let end_of =
        |found: Option<&(&String, f64)>| found.map(|(name, mean)| ((*name).clone(), data.amount(*mean)));
    let low = end_of(told.iter().min_by(|a, b| a.1.total_cmp(&b.1)));
    let high = end_of(told.iter().max_by(|a, b| a.1.total_cmp(&b.1)));
    let glance = Glance {
        chart: "chart-line",
        x: phases.title.clone(),
        y: title.clone(),
        marks: data_rows.len(),
        extremes: low.zip(high).map(|(low, high)| [low, high]),
        of_rows: None,
    };
    let view = if pieces > 1 && count <= 12 {
        faceted(&phases, &title, data_rows)
    } else {
        by_phase(&phases, &title, &told)
    };
    Some(Picture {
        glance,
        body: Body::Panels(view),
        annotations: Vec::new(),
    })
}

fn mean_of(cells: &[Sums]) -> f64 {
    let (n, sum) = cells
        .iter()
        .fold((0.0, 0.0), |(n, sum), cell| (n + cell.n, sum + cell.sum));
    sum / n
}

fn faceted(phases: &Phases, title: &str, data: Vec<Row>) -> View {
    let mut piece = quantity("piece", "", false);
    piece.axis = Some(Setting::Off);
    piece.title = None;
    let value = quantity("value", title, false);
    let mut mean = value.clone();
    mean.field = Some("mean".into());
    let line = MarkDef {
        stroke_width: Some(1.4),
        ..mark(Mark::Line, QUIET)
    };
    let level = MarkDef {
        stroke_width: Some(2.5),
        ..mark(Mark::Line, ACCENT)
    };
    let mut inner = View::new(Composition::Layer {
        layers: vec![
            View::unit(line, at(piece.clone(), value)),
            View::unit(level, at(piece, mean)),
        ],
        encoding: Encoding::new(),
    });
    inner.width = Some(Size::Pixels((SIZE.0 / phases.names.len() as f64 - 6.0).max(24.0)));
    inner.height = Some(Size::Pixels(SIZE.1));
    let mut column = level_categories("phase", None, &phases.names);
    column.axis = None;
    column.scale = None;
    column.sort = Some(marey_core::spec::Sort::Values(
        phases
            .names
            .iter()
            .cloned()
            .map(marey_core::spec::Literal::Text)
            .collect(),
    ));
    column.spacing = Some(6.0);
    let mut view = View::new(Composition::Facet(Box::new(Facet {
        wrap: None,
        row: None,
        column: Some(column),
        column_first: false,
        spec: inner,
    })));
    view.data = Some(rows(data));
    view
}

fn by_phase(phases: &Phases, title: &str, told: &[(&String, f64)]) -> View {
    let names: Vec<String> = told.iter().map(|(name, _)| (*name).clone()).collect();
    let data = told
        .iter()
        .map(|(name, mean)| row([("phase", Value::from(name.as_str())), ("value", number(*mean))]));
    let line = MarkDef {
        point: Some(marey_core::spec::Overlay::On(true)),
        ..mark(Mark::Line, ACCENT)
    };
    let x = level_categories("phase", Some(&phases.title), &names);
    let mut view = layer(line, at(x, quantity("value", title, false)), data.collect());
    view.width = Some(Size::Pixels(SIZE.0));
    view.height = Some(Size::Pixels(SIZE.1));
    view
}

/// The phases of a cycle: days of the week, months of the year, or equal parts of any other period.
struct Phases {
    names: Vec<String>,
    title: String,
    period: f64,
    kind: Option<Bucket>,
}

impl Phases {
    fn of(period: f64, data: &Data<'_>) -> Self {
        let words = data.lexicon.words;
        if (period - 7.0).abs() < 0.1 {
            let names = (1..=7).map(|day| words.weekday_name(day % 7).chars().take(3).collect());
            return Self {
                names: names.collect(),
                title: words.term("phase-week", &[]),
                period,
                kind: Some(Bucket::Week),
            };
        }
        if (period - 365.25).abs() < 2.0 {
            let names = (1..=12).map(|month| words.month_name(month).chars().take(3).collect());
            return Self {
                names: names.collect(),
                title: words.term("phase-year", &[]),
                period,
                kind: Some(Bucket::Year),
            };
        }
        let parts = (period.round() as usize).clamp(4, 15);
        let day = |part: usize| (part as f64 * period / parts as f64 + 1.0).floor();
        Self {
            names: (0..parts).map(|part| words.count(day(part) as u64)).collect(),
            title: words.term(
                "phase-other",
                &[("days", &words.amount(period.round(), &Unit::None))],
            ),
            period,
            kind: None,
        }
    }

    fn at(&self, ms: i64) -> usize {
        let day = ms.div_euclid(86_400_000);
        match self.kind {
            // 1970-01-01 was a Thursday; weeks start on Monday.
            Some(Bucket::Week) => (day + 3).rem_euclid(7) as usize,
            Some(_) => chrono::DateTime::from_timestamp_millis(ms)
                .map_or(0, |instant| chrono::Datelike::month0(&instant) as usize),
            None => {
                let phase = (ms as f64 / DAY).rem_euclid(self.period) / self.period;
                (phase * self.names.len() as f64) as usize
            }
        }
    }
}
