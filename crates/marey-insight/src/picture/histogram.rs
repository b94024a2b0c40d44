//! Distributions: a histogram with the places that matter marked.

use marey_core::{
    Channel, FieldType, Mark,
    spec::{Bin, BinParams, FieldDef, MarkDef, Nice, Scale, Setting},
};
use serde_json::Value;

use super::{
    Annotation, Glance, Picture, Place, Span,
    compose::{Accent, Body, Layered},
    data::Data,
    ink::{QUIET, Row, at, end, layer, mark, number, quantity, row},
};
use crate::{InsightKind, Quantity};

const SIZE: (f64, f64) = (440.0, 230.0);
/// Bins wished for.
const BINS: f64 = 36.0;

/// A histogram of the measure, its place in question marked.
pub(super) fn histogram(data: &Data<'_>) -> Option<Picture> {
    use InsightKind as K;
    let measure = data.measure()?;
    let values: Vec<f64> = data
        .numbers(measure)?
        .into_iter()
        .filter(|x| x.is_finite())
        .collect();
    let locator = &data.insight.locator;
    let (values, title) = match (data.insight.kind, locator.threshold) {
        // Where in its step each value lies: multiples are at 0.
        (K::RoundHeaping, Some(step)) if step > 0.0 => {
            let written = data.amount(step);
            let title = data.lexicon.words.term(
                "remainder-of",
                &[("measure", &data.lexicon.inside(measure)), ("step", &written)],
            );
            (
                values.iter().map(|x| remainder(*x, step)).collect(),
                marey_core::label::capitalised(&title),
            )
        }
        (K::ThresholdBunching, Some(threshold)) => {
            let reach = (threshold.abs() * 0.25).max(f64::MIN_POSITIVE);
            let near = values.into_iter().filter(|x| (x - threshold).abs() <= reach);
            (near.collect::<Vec<f64>>(), data.heading(measure))
        }
        _ => (values, data.heading(measure)),
    };
    let anchor = match data.insight.kind {
        K::ThresholdBunching => locator.threshold.unwrap_or(0.0),
        _ => 0.0,
    };
    let bins = Bins::new(&values, anchor)?;
    let rows: Vec<Row> = bins.rows();
    let count = quantity("count", &data.lexicon.words.term("values", &[]), true);
    let x = bins.axis(&title);
    let bar = MarkDef {
        bin_spacing: Some(1.0),
        ..mark(Mark::Bar, QUIET)
    };
    let encoding = at(x.clone(), count.clone()).with(Channel::X2, end("to"));
    let most = bins.counts.iter().copied().max().unwrap_or(0) as f64;
    let highest = bins
        .counts
        .iter()
        .enumerate()
        .max_by_key(|(at, count)| (**count, std::cmp::Reverse(*at)));
    let glance = Glance {
        chart: "chart-histogram",
        x: title.clone(),
        y: data.lexicon.words.term("values", &[]),
        marks: rows.len(),
        extremes: highest.map(|(at, count)| {
            let from = bins.start + bins.width * at as f64;
            let name = |value: f64| data.amount(value);
            [
                (name(from), String::new()),
                (name(from + bins.width), data.lexicon.words.count(*count)),
            ]
        }),
        of_rows: None,
    };
    let mut plain = x;
    plain.bin = None;
    plain.scale = Some(Setting::On(bins.scale()));
    let layered = Layered {
        layers: vec![layer(bar.clone(), encoding, rows.clone())],
        x: (plain, Span::Numbers(bins.start, bins.end())),
        y: (count, Span::Numbers(0.0, most).nice()),
        size: SIZE,
        accent: Accent::Marks(bar, rows),
        clutter: Vec::new(),
    };
    Some(Picture {
        glance,
        body: Body::Layered(layered),
        annotations: marks(data, &bins),
    })
}

/// What is left of a number beyond the last multiple of a step; 0 for multiples, which decimals miss by a hair.
fn remainder(x: f64, step: f64) -> f64 {
    let rest = x.rem_euclid(step);
    if rest > step * (1.0 - 1e-5) || rest < step * 1e-5 {
        0.0
    } else {
        rest
    }
}

/// What is marked on the histogram.
fn marks(data: &Data<'_>, bins: &Bins) -> Vec<Annotation> {
    use InsightKind as K;
    let locator = &data.insight.locator;
    let words = data.lexicon.words;
    let count = || {
        data.insight
            .fact(Quantity::Count)
            .map(|count| words.count(count as u64))
    };
    match (data.insight.kind, locator.threshold, locator.value) {
        (K::RoundHeaping, Some(_), _) => {
            let text = count()
                .map(|count| words.term("multiples", &[("count", &count)]))
                .unwrap_or_default();
            let height = bins.counts.first().copied().unwrap_or(0) as f64;
            vec![
                bins.accent(0),
                Annotation::label(bins.start + bins.width, height, text),
            ]
        }
        (K::ThresholdBunching, Some(threshold), edge) => {
            let from = edge
                .filter(|edge| *edge < threshold)
                .unwrap_or(threshold - bins.width);
            let below = (0..bins.counts.len()).filter(|at| {
                let middle = bins.start + bins.width * (*at as f64 + 0.5);
                middle < threshold && middle + bins.width / 2.0 > from
            });
            let mut marks: Vec<Annotation> = below.map(|at| bins.accent(at)).collect();
            marks.push(Annotation::band(from, threshold).priority(2));
            marks.push(Annotation::at_x(threshold).saying(data.amount(threshold)));
            marks
        }
        (K::Sentinel, Some(value), _) | (K::Sentinel | K::OutlierRow, _, Some(value)) => {
            let written = data.amount(value);
            let text = match (data.insight.kind, count()) {
                (K::Sentinel, Some(count)) => {
                    words.term("value-count", &[("value", &written), ("count", &count)])
                }
                _ => written,
            };
            vec![bins.accent(bins.at(value)), Annotation::at_x(value).saying(text)]
        }
        _ => Vec::new(),
    }
}

/// Bins of equal, round width.
struct Bins {
    start: f64,
    width: f64,
    counts: Vec<u64>,
}

impl Bins {
    fn new(values: &[f64], anchor: f64) -> Option<Self> {
        let Span::Numbers(low, high) = Span::over(values.iter().copied()) else {
            return None;
        };
        if !(high - low).is_finite() || values.is_empty() {
            return None;
        }
        let width = round_step((high - low) / BINS).max(f64::MIN_POSITIVE);
        let start = anchor + ((low - anchor) / width).floor() * width;
        let bins = (((high - start) / width).floor() as usize + 1).min(400);
        let mut counts = vec![0; bins];
        for value in values {
            let at = ((value - start) / width) as usize;
            if let Some(count) = counts.get_mut(at.min(bins.saturating_sub(1))) {
                *count += 1;
            }
        }
        (start + width > start).then_some(Self { start, width, counts })
    }

    /// The bin of a value.
    fn at(&self, value: f64) -> usize {
        (((value - self.start) / self.width) as usize).min(self.counts.len().saturating_sub(1))
    }

    /// A bin set off.
    fn accent(&self, at: usize) -> Annotation {
        Annotation::highlight(Some(Place::from(self.start + self.width * at as f64)), None)
    }

    fn end(&self) -> f64 {
        self.start + self.width * self.counts.len() as f64
    }

    fn rows(&self) -> Vec<Row> {
        let edge = |at: usize| number(self.start + self.width * at as f64);
        let bins = self.counts.iter().enumerate();
        bins.map(|(at, count)| {
            row([
                ("from", edge(at)),
                ("to", edge(at + 1)),
                ("count", Value::from(*count)),
            ])
        })
        .collect()
    }

    fn scale(&self) -> Scale {
        use marey_core::spec::{Domain, Literal};
        let ends = [self.start, self.end()].map(|end| Literal::Number(super::rounded(end)));
        Scale {
            domain: Some(Domain::Values(ends.to_vec())),
            zero: Some(false),
            nice: Some(Nice::On(false)),
            ..Scale::default()
        }
    }

    fn axis(&self, title: &str) -> FieldDef {
        let mut def = FieldDef::new("from", FieldType::Quantitative).titled(title.to_owned());
        def.bin = Some(Bin::Binned(BinParams {
            step: Some(super::rounded(self.width)),
            ..BinParams::default()
        }));
        def.scale = Some(Setting::On(self.scale()));
        def
    }
}

/// The next larger of 1, 2 and 5 times a power of ten; 1 where there is no spread.
fn round_step(step: f64) -> f64 {
    if !(step.is_finite() && step > 0.0) {
        return 1.0;
    }
    let power = 10f64.powf(step.log10().floor());
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|nice| *nice >= step * 0.999)
        .unwrap_or(10.0 * power)
}
