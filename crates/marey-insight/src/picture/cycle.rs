//! Cycle plots: every phase of a season with its course over time and its mean.

use marey_core::{
    Mark,
    spec::{ByDirection, Composition, Encoding, Facet, MarkDef, Setting, Size, View},
};
use serde_json::Value;

use super::{
    Glance, Picture,
    compose::Body,
    data::{Data, Reduce, Sums},
    ink::{ACCENT, QUIET, Row, at, dotted, layer, level_categories, mark, number, quantity, row, rows},
};
use crate::{Bucket, words::Unit};

/// Size of the plotting area in pixels.
const SIZE: (f64, f64) = (440.0, 240.0);
/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;

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
    let mut view = View::new(Composition::Facet(Box::new(Facet {
        wrap: None,
        row: None,
        column: Some(column),
        column_first: false,
        spec: inner,
    })));
    // A facet's field has no spacing of its own in Vega-Lite, unlike the channel `column`.
    view.layout.spacing = Some(ByDirection::Both(6.0));
    view.data = Some(rows(data));
    view
}

fn by_phase(phases: &Phases, title: &str, told: &[(&String, f64)]) -> View {
    let names: Vec<String> = told.iter().map(|(name, _)| (*name).clone()).collect();
    let data = told
        .iter()
        .map(|(name, mean)| row([("phase", Value::from(name.as_str())), ("value", number(*mean))]));
    let line = MarkDef {
        point: dotted(ACCENT),
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
