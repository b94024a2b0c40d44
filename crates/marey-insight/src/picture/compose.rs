//! [`Picture`]: marks and annotations, put together as one Vega-Lite spec.

use marey_core::{
    Channel, ChartSpec, Mark,
    spec::{
        Align, Composition, Domain, Encoding, FieldDef, JsonMap, Lines, Literal, MarkDef, Nice, Setting,
        Size, Title, TitleAnchor, ValueDef, View, ViewTitle,
    },
};
use serde_json::Value;

use super::{
    Annotation, AnnotationKind, Glance, Place, Span,
    ink::{ACCENT, GUIDE, Row, end, layer, words},
    label::{Placer, Side, Spot},
};
use crate::words::Narration;

/// A chart and what is written on it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Picture {
    pub(super) body: Body,
    pub(crate) annotations: Vec<Annotation>,
    pub(crate) glance: Glance,
}

/// What a picture is made of.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "there is one of it per picture")]
pub(super) enum Body {
    /// Layers that share two axes, on which annotations can stand.
    Layered(Layered),
    /// Several panels; their annotations are written into them.
    Panels(View),
}

/// Layers that share two axes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layered {
    /// From back to front.
    pub(super) layers: Vec<View>,
    /// The horizontal axis.
    pub(super) x: (FieldDef, Span),
    /// The vertical axis.
    pub(super) y: (FieldDef, Span),
    /// Size of the plotting area in pixels.
    pub(super) size: (f64, f64),
    /// What a highlight looks like.
    pub(super) accent: Accent,
    /// Points of the marks in data coordinates, which labels keep clear of where they can; those of one line
    /// in order.
    pub(super) clutter: Vec<Clutter>,
}

/// What a highlight looks like.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "there is one of it per picture")]
pub(super) enum Accent {
    /// A dot at its place.
    Dot,
    /// The marks at its place once more, from these rows.
    Marks(MarkDef, Vec<Row>),
    /// A frame about a cell, words in it in this colour.
    Outline { letters: &'static str },
}

/// Marks that labels keep clear of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Clutter {
    /// Points apart from each other.
    Points(Vec<(f64, f64)>),
    /// Points joined by a line.
    Line(Vec<(f64, f64)>),
}

impl Picture {
    /// The chart without annotations.
    pub(crate) fn base(&self) -> ChartSpec {
        match &self.body {
            Body::Layered(layered) => layered.spec(layered.layers.clone()),
            Body::Panels(view) => ChartSpec::new(view.clone()),
        }
    }

    /// The chart with its annotations drawn.
    pub(crate) fn annotated(&self) -> ChartSpec {
        match &self.body {
            Body::Layered(layered) => {
                let (behind, front) = layered.drawn(&self.annotations);
                layered.spec([behind, layered.layers.clone(), front].concat())
            }
            Body::Panels(view) => ChartSpec::new(view.clone()),
        }
    }
}

impl Layered {
    /// Writes the ends of quantitative axes down, rounded to the steps of their labels, so that labels are
    /// placed where the marks will be.
    fn settled(&self, mut layers: Vec<View>) -> Vec<View> {
        let axes = [(Channel::X, &self.x), (Channel::Y, &self.y)];
        for (channel, (def, span)) in axes {
            let (Some(Setting::On(scale)), Span::Numbers(low, high)) = (&def.scale, span) else {
                continue;
            };
            if scale.nice != Some(Nice::On(true)) || high <= low {
                continue;
            }
            let ends = [*low, *high].map(|end| Literal::Number(super::rounded(end)));
            for view in &mut layers {
                let encoding = view.encoding_mut();
                let scale = encoding
                    .and_then(|encoding| encoding.field_mut(channel))
                    .and_then(|def| def.scale.as_mut());
                if let Some(Setting::On(scale)) = scale {
                    scale.domain = Some(Domain::Values(ends.to_vec()));
                    scale.nice = Some(Nice::On(false));
                }
            }
        }
        layers
    }

    fn spec(&self, layers: Vec<View>) -> ChartSpec {
        let layers = self.settled(layers);
        let mut view = View::new(Composition::Layer {
            layers,
            encoding: Encoding::new(),
        });
        view.width = Some(Size::Pixels(self.size.0));
        view.height = Some(Size::Pixels(self.size.1));
        ChartSpec::new(view)
    }

    /// Annotations as layers: what lies behind the marks, and what lies in front.
    fn drawn(&self, annotations: &[Annotation]) -> (Vec<View>, Vec<View>) {
        let (mut behind, mut front, mut labels) = (Vec::new(), Vec::new(), Vec::new());
        let mut placer = Placer::new(self.size.0, self.size.1);
        self.clutter(annotations, &mut placer);
        let mut order: Vec<&Annotation> = annotations.iter().collect();
        order.sort_by_key(|annotation| annotation.priority);
        for annotation in order {
            match annotation.kind {
                AnnotationKind::Band | AnnotationKind::Bracket => behind.push(self.band(annotation)),
                AnnotationKind::Rule => front.push(self.rule(annotation)),
                AnnotationKind::Highlight => front.extend(self.highlight(annotation)),
                AnnotationKind::Label => {}
            }
            if let Some(text) = &annotation.text {
                labels.extend(self.label(annotation, text, &mut placer));
            }
        }
        front.extend(labels);
        (behind, front)
    }

    fn names(&self) -> (&str, &str) {
        (
            self.x.0.name().map_or("x", |name| name.as_str()),
            self.y.0.name().map_or("y", |name| name.as_str()),
        )
    }

    /// The row of an annotation and the channels it needs.
    fn placed(&self, annotation: &Annotation) -> (Row, Encoding) {
        let (x, y) = self.names();
        let (mut row, mut encoding) = (Row::new(), Encoding::new());
        let anchor = &annotation.anchor;
        let mut put = |channel: Channel, name: String, place: &Option<Place>, def: FieldDef| {
            if let Some(place) = place {
                row.insert(name, value(place));
                encoding.set(channel, def);
            }
        };
        let (x_end, y_end) = (format!("{x}_end"), format!("{y}_end"));
        put(Channel::X, x.to_owned(), &anchor.x, self.x.0.clone());
        put(Channel::Y, y.to_owned(), &anchor.y, self.y.0.clone());
        put(Channel::X2, x_end.clone(), &anchor.x2, end(&x_end));
        put(Channel::Y2, y_end.clone(), &anchor.y2, end(&y_end));
        (row, encoding)
    }

    fn band(&self, annotation: &Annotation) -> View {
        let (row, encoding) = self.placed(annotation);
        let mark = MarkDef {
            color: Some(ACCENT.to_owned()),
            opacity: Some(0.16),
            ..MarkDef::new(Mark::Rect)
        };
        layer(mark, encoding, vec![row])
    }

    fn rule(&self, annotation: &Annotation) -> View {
        let (row, encoding) = self.placed(annotation);
        if annotation.anchor.x2.is_some() {
            return self.segment(annotation);
        }
        let mark = MarkDef {
            color: Some(GUIDE.to_owned()),
            stroke_width: Some(1.5),
            stroke_dash: Some(vec![4.0, 3.0]),
            ..MarkDef::new(Mark::Rule)
        };
        layer(mark, encoding, vec![row])
    }

    /// A straight line between two points.
    fn segment(&self, annotation: &Annotation) -> View {
        let (x, y) = self.names();
        let anchor = &annotation.anchor;
        let ends = [(&anchor.x, &anchor.y), (&anchor.x2, &anchor.y2)].map(|(at, level)| {
            let mut row = Row::new();
            for (name, place) in [(x, at), (y, level)] {
                row.extend(place.as_ref().map(|place| (name.to_owned(), value(place))));
            }
            row
        });
        let mark = MarkDef {
            color: Some(ACCENT.to_owned()),
            stroke_width: Some(2.5),
            ..MarkDef::new(Mark::Line)
        };
        let encoding = Encoding::new()
            .with(Channel::X, self.x.0.clone())
            .with(Channel::Y, self.y.0.clone());
        layer(mark, encoding, ends.to_vec())
    }

    /// Tells the placer where marks and rules are.
    fn clutter(&self, annotations: &[Annotation], placer: &mut Placer) {
        let (width, height) = self.size;
        let spot = |x: Option<&Place>, y: Option<&Place>| {
            (
                self.x.1.share(x) * width,
                self.flipped(self.y.1.share(y)) * height,
            )
        };
        let of = |(x, y): &(f64, f64)| spot(Some(&Place::Number(*x)), Some(&Place::Number(*y)));
        for clutter in &self.clutter {
            match clutter {
                Clutter::Points(points) => points.iter().for_each(|point| placer.keep_clear(of(point))),
                Clutter::Line(points) => points
                    .windows(2)
                    .for_each(|pair| placer.keep_clear_of_line(of(&pair[0]), of(&pair[1]))),
            }
        }
        for rule in annotations.iter().filter(|a| a.kind == AnnotationKind::Rule) {
            let anchor = &rule.anchor;
            let (from, to) = match (&anchor.x, &anchor.y, &anchor.x2) {
                (x, y, Some(_)) => (
                    spot(x.as_ref(), y.as_ref()),
                    spot(anchor.x2.as_ref(), anchor.y2.as_ref()),
                ),
                (Some(x), None, None) => {
                    let (at, _) = spot(Some(x), None);
                    ((at, 0.0), (at, height))
                }
                (_, y, None) => {
                    let (_, level) = spot(None, y.as_ref());
                    ((0.0, level), (width, level))
                }
            };
            placer.keep_clear_of_line(from, to);
        }
    }

    /// The marks at the anchor once more in accent, or a dot where the marks are a line.
    fn highlight(&self, annotation: &Annotation) -> Option<View> {
        let (row, encoding) = self.placed(annotation);
        let (mark, rows) = match &self.accent {
            Accent::Marks(mark, rows) => (mark, rows),
            Accent::Dot => {
                let dot = MarkDef {
                    color: Some(ACCENT.to_owned()),
                    size: Some(70.0),
                    opacity: Some(1.0),
                    ..MarkDef::new(Mark::Circle)
                };
                return Some(layer(dot, encoding, vec![row]));
            }
            Accent::Outline { .. } => {
                let frame = MarkDef {
                    filled: Some(false),
                    stroke: Some(Setting::On(ACCENT.to_owned())),
                    stroke_width: Some(3.0),
                    ..MarkDef::new(Mark::Rect)
                };
                return Some(layer(frame, encoding, vec![row]));
            }
        };
        let matches = |candidate: &&Row| row.iter().all(|(name, value)| candidate.get(name) == Some(value));
        let chosen: Vec<Row> = rows.iter().filter(matches).cloned().collect();
        let mark = MarkDef {
            color: Some(ACCENT.to_owned()),
            ..mark.clone()
        };
        let template = self.layers.iter().find_map(|view| view.encoding())?;
        (!chosen.is_empty()).then(|| layer(mark, template.clone(), chosen))
    }

    fn label(&self, annotation: &Annotation, text: &str, placer: &mut Placer) -> Option<View> {
        let anchor = &annotation.anchor;
        let (width, height) = self.size;
        let across = |place: &Option<Place>| self.x.1.share(place.as_ref()) * width;
        let down = |place: &Option<Place>| self.flipped(self.y.1.share(place.as_ref())) * height;
        let (mut row, mut encoding) = (Row::new(), Encoding::new());
        let (x_name, y_name) = self.names();
        let is_segment = anchor.x2.is_some() && anchor.y2.is_some();
        let (x, y) = if is_segment {
            (&anchor.x2, &anchor.y2)
        } else {
            (&anchor.x, &anchor.y)
        };
        let mut at = (across(x), down(y));
        match x {
            Some(place) => {
                row.insert(x_name.to_owned(), value(place));
                encoding.set(Channel::X, self.x.0.clone());
            }
            None => {
                at.0 = width - 4.0;
                encoding.set(Channel::X, pixels(at.0));
            }
        }
        match y {
            Some(place) => {
                row.insert(y_name.to_owned(), value(place));
                encoding.set(Channel::Y, self.y.0.clone());
            }
            None => {
                at.1 = 18.0;
                encoding.set(Channel::Y, pixels(at.1));
            }
        }
        row.insert("text".to_owned(), Value::from(text));
        encoding.set(Channel::Text, end("text"));
        if let Accent::Outline { letters } = &self.accent {
            let inside = MarkDef {
                color: Some((*letters).to_owned()),
                ..words(Align::Center, 0.0, 0.0)
            };
            return Some(layer(inside, encoding, vec![row]));
        }
        let aside = matches!(self.y.1, Span::Categories(_));
        let spot = placer.place(at.0, at.1, text, aside)?;
        Some(layer(label_mark(&spot), encoding, vec![row]))
    }

    /// Numbers grow upwards, categories downwards.
    fn flipped(&self, share: f64) -> f64 {
        match self.y.1 {
            Span::Numbers(..) => 1.0 - share,
            Span::Categories(_) => share,
        }
    }
}

fn label_mark(spot: &Spot) -> MarkDef {
    let align = match spot.side {
        Side::Right => Align::Left,
        Side::Left => Align::Right,
        Side::Middle => Align::Center,
    };
    words(align, spot.dx, spot.dy)
}

fn pixels(at: f64) -> marey_core::spec::ChannelDef {
    marey_core::spec::ChannelDef::Value(ValueDef {
        value: Some(Literal::Number(at)),
        ..ValueDef::default()
    })
}

fn value(place: &Place) -> Value {
    match place {
        Place::Number(number) => Value::from(*number),
        Place::Text(text) => Value::from(text.as_str()),
    }
}

/// The chart with title, subtitle, description and source.
pub(crate) fn dressed(mut spec: ChartSpec, narration: &Narration, description: &str) -> ChartSpec {
    spec.view.title = Some(ViewTitle::Styled(Box::new(Title {
        text: Some(Lines::from(narration.title.to_string())),
        subtitle: Some(Lines::from(narration.subtitle.to_string())),
        anchor: Some(TitleAnchor::Start),
        ..Title::default()
    })));
    spec.view.description = Some(description.to_owned());
    let mut usermeta = JsonMap::new();
    usermeta.insert("source".to_owned(), Value::from(narration.source.as_str()));
    spec.top.usermeta = Some(usermeta);
    spec
}
