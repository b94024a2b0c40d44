//! Two measures against each other: points with a fit, with a curve, or in groups.

use marey_core::{
    Channel, FieldName, Mark,
    spec::{Domain, FieldDef, Legend, Literal, MarkDef, Range, Scale, Setting, View},
};
use serde_json::Value;

use super::{
    Annotation, Glance, Picture, Place, Span,
    compose::{Accent, Body, Clutter, Layered},
    data::Data,
    ink::{ACCENT, QUIET, Row, at, layer, mark, number, quantity, row},
};
use crate::{InsightKind, Quantity, column::scrambled};

/// Most points drawn.
const MOST_POINTS: usize = 500;
/// Most colours told apart.
const MOST_GROUPS: usize = 8;
const SIZE: (f64, f64) = (420.0, 300.0);
/// Hues of the light theme that are not taken for the accent.
const HUES: [&str; MOST_GROUPS] = [
    "#2f6fb2", "#2f9e94", "#7d62b5", "#d9ad2b", "#5a9e4b", "#d67fa8", "#8f6b52", "#7f8793",
];

/// Two measures, row by row.
struct Pairs {
    x: Vec<f64>,
    y: Vec<f64>,
    /// Rows with both values.
    rows: Vec<usize>,
    /// The rows that are drawn.
    drawn: Vec<usize>,
    titles: (String, String),
}

impl Pairs {
    fn new(data: &Data<'_>) -> Option<Self> {
        let names: (&FieldName, &FieldName) = (
            data.insight.roles.measure.as_ref()?,
            data.insight.roles.measure2.as_ref()?,
        );
        let (x, y) = (data.numbers(names.0)?, data.numbers(names.1)?);
        let inside = data.inside()?;
        let rows: Vec<usize> = (0..x.len().min(y.len()))
            .filter(|row| inside[*row] && x[*row].is_finite() && y[*row].is_finite())
            .collect();
        let mut drawn = rows.clone();
        // A fixed scrambling picks rows that have nothing to do with their order.
        drawn.sort_by_key(|row| scrambled(*row as u64));
        drawn.truncate(MOST_POINTS);
        drawn.sort_unstable();
        (!rows.is_empty()).then(|| Self {
            titles: (data.heading(names.0), data.heading(names.1)),
            x,
            y,
            rows,
            drawn,
        })
    }

    fn axes(&self) -> (FieldDef, FieldDef) {
        (
            quantity("x", &self.titles.0, false),
            quantity("y", &self.titles.1, false),
        )
    }

    fn points(&self) -> Vec<Row> {
        let point = |at: &usize| row([("x", number(self.x[*at])), ("y", number(self.y[*at]))]);
        self.drawn.iter().map(point).collect()
    }

    fn glance(&self) -> Glance {
        Glance {
            chart: "chart-scatter",
            x: self.titles.0.clone(),
            y: self.titles.1.clone(),
            marks: self.drawn.len(),
            extremes: None,
            of_rows: (self.drawn.len() < self.rows.len()).then_some(self.rows.len()),
        }
    }

    /// The picture of layers over the points drawn, with lines that are drawn besides.
    fn layered(&self, layers: Vec<View>, lines: &[(f64, f64)]) -> Layered {
        let (x, y) = self.axes();
        let drawn: Vec<(f64, f64)> = self
            .drawn
            .iter()
            .map(|row| (self.x[*row], self.y[*row]))
            .collect();
        let all = || drawn.iter().chain(lines);
        Layered {
            layers,
            x: (x, Span::over(all().map(|(x, _)| *x)).nice()),
            y: (y, Span::over(all().map(|(_, y)| *y)).nice()),
            size: SIZE,
            accent: Accent::Dot,
            clutter: vec![Clutter::Points(drawn)],
        }
    }

    /// Least-squares line over some rows, from the lowest to the highest of them that is drawn.
    fn line(&self, kept: impl Fn(usize) -> bool) -> Option<[(f64, f64); 2]> {
        let rows: Vec<usize> = self.rows.iter().copied().filter(|row| kept(*row)).collect();
        let n = rows.len() as f64;
        let mean = |values: &[f64]| rows.iter().map(|row| values[*row]).sum::<f64>() / n;
        let (mx, my) = (mean(&self.x), mean(&self.y));
        let (mut product, mut square) = (0.0, 0.0);
        for row in &rows {
            product += (self.x[*row] - mx) * (self.y[*row] - my);
            square += (self.x[*row] - mx).powi(2);
        }
        if rows.len() < 3 || square <= 0.0 {
            return None;
        }
        let at = |x: f64| (x, my + product / square * (x - mx));
        let drawn = self
            .drawn
            .iter()
            .filter(|row| kept(**row))
            .map(|row| self.x[*row]);
        let Span::Numbers(low, high) = Span::over(drawn) else {
            return None;
        };
        (high > low).then(|| [at(low), at(high)])
    }
}

fn dots(rows: usize) -> MarkDef {
    MarkDef {
        opacity: Some(if rows > 200 { 0.45 } else { 0.65 }),
        size: Some(if rows > 200 { 22.0 } else { 40.0 }),
        ..mark(Mark::Circle, "#5b83b0")
    }
}

/// Points with the least-squares line.
pub(super) fn fitted(data: &Data<'_>) -> Option<Picture> {
    let pairs = Pairs::new(data)?;
    let (x, y) = pairs.axes();
    let layers = vec![layer(dots(pairs.drawn.len()), at(x, y), pairs.points())];
    let mut annotations = Vec::new();
    let ends = pairs.line(|_| true);
    if let Some([from, to]) = ends {
        let rho = data.insight.fact(Quantity::RankCorrelation);
        let text = rho.map(|rho| format!("ρ = {}", data.lexicon.words.coefficient(rho)));
        let line = Annotation::line(from, to);
        annotations.push(match text {
            Some(text) => line.saying(text),
            None => line,
        });
    }
    let line: Vec<(f64, f64)> = ends.into_iter().flatten().collect();
    Some(Picture {
        glance: pairs.glance(),
        body: Body::Layered(pairs.layered(layers, &line)),
        annotations,
    })
}

/// Points with the mean of the second measure along the first.
pub(super) fn curved(data: &Data<'_>) -> Option<Picture> {
    let pairs = Pairs::new(data)?;
    let (x, y) = pairs.axes();
    let mut order = pairs.rows.clone();
    order.sort_by(|a, b| pairs.x[*a].total_cmp(&pairs.x[*b]));
    let parts = (order.len() / 20).clamp(3, 12);
    let curve: Vec<Row> = order
        .chunks(order.len().div_ceil(parts).max(1))
        .map(|rows| {
            let mean = |values: &[f64]| rows.iter().map(|row| values[*row]).sum::<f64>() / rows.len() as f64;
            row([("x", number(mean(&pairs.x))), ("y", number(mean(&pairs.y)))])
        })
        .collect();
    let line = MarkDef {
        stroke_width: Some(2.5),
        ..mark(Mark::Line, ACCENT)
    };
    let faint = MarkDef {
        opacity: Some(0.3),
        ..dots(pairs.drawn.len())
    };
    let layers = vec![
        layer(faint, at(x.clone(), y.clone()), pairs.points()),
        layer(line, at(x, y), curve),
    ];
    Some(Picture {
        glance: pairs.glance(),
        body: Body::Layered(pairs.layered(layers, &[])),
        annotations: Vec::new(),
    })
}

/// Points coloured by group, with a line within each; clusters with their centres.
pub(super) fn grouped(data: &Data<'_>) -> Option<Picture> {
    let pairs = Pairs::new(data)?;
    let (x, y) = pairs.axes();
    if data.insight.kind == InsightKind::Clusters {
        let layers = vec![layer(dots(pairs.drawn.len()), at(x, y), pairs.points())];
        let centres = data.insight.locator.centres.iter().enumerate();
        let annotations = centres
            .flat_map(|(index, (a, b))| {
                let place = |value: f64| Some(Place::from(value));
                let name = data.lexicon.words.count(index as u64 + 1);
                [
                    Annotation::highlight(place(*a), place(*b)),
                    Annotation::label(*a, *b, name),
                ]
            })
            .collect();
        return Some(Picture {
            glance: pairs.glance(),
            body: Body::Layered(pairs.layered(layers, &[])),
            annotations,
        });
    }
    let dimension = data.insight.roles.dimension.as_ref()?;
    let by = data.categories(dimension)?;
    let mut largest: Vec<usize> = (0..by.len()).collect();
    largest.sort_by_key(|at| std::cmp::Reverse(by.counts[*at]));
    largest.truncate(MOST_GROUPS);
    let names: Vec<String> = largest
        .iter()
        .map(|at| data.lexicon.value(&by.labels[*at]))
        .collect();
    let mut color =
        FieldDef::new("group", marey_core::FieldType::Nominal).titled(data.lexicon.heading(dimension));
    color.scale = Some(Setting::On(Scale {
        domain: Some(Domain::Values(names.iter().cloned().map(Literal::Text).collect())),
        range: Some(Range::Values(
            HUES.iter()
                .take(names.len())
                .map(|hue| Literal::Text((*hue).to_owned()))
                .collect(),
        )),
        ..Scale::default()
    }));
    color.legend = Some(Setting::On(Legend::default()));
    let group_of = |row: usize| {
        largest
            .iter()
            .position(|at| by.codes.get(row) == Some(&(*at as u32)))
    };
    let mut points = Vec::new();
    let mut lines = Vec::new();
    let mut line_ends = Vec::new();
    for row_at in &pairs.drawn {
        if let Some(name) = group_of(*row_at).and_then(|group| names.get(group)) {
            points.push(row([
                ("x", number(pairs.x[*row_at])),
                ("y", number(pairs.y[*row_at])),
                ("group", Value::from(name.as_str())),
            ]));
        }
    }
    for (group, name) in names.iter().enumerate() {
        for (x, y) in pairs
            .line(|row| group_of(row) == Some(group))
            .into_iter()
            .flatten()
        {
            line_ends.push((x, y));
            lines.push(row([
                ("x", number(x)),
                ("y", number(y)),
                ("group", Value::from(name.as_str())),
            ]));
        }
    }
    let faint = MarkDef {
        opacity: Some(0.3),
        color: None,
        ..dots(pairs.drawn.len())
    };
    let line = MarkDef {
        stroke_width: Some(2.5),
        color: None,
        ..mark(Mark::Line, QUIET)
    };
    let encoding = at(x, y).with(Channel::Color, color);
    let layers = vec![
        layer(faint, encoding.clone(), points),
        layer(line, encoding, lines),
    ];
    let whole = pairs.line(|_| true);
    line_ends.extend(whole.into_iter().flatten());
    let whole =
        whole.map(|[from, to]| Annotation::line(from, to).saying(data.lexicon.words.term("all-rows", &[])));
    let annotations = whole.into_iter().collect();
    Some(Picture {
        glance: pairs.glance(),
        body: Body::Layered(pairs.layered(layers, &line_ends)),
        annotations,
    })
}
