//! How the rows of a layer look: channel by channel, from the encoding, the mark and the theme.

use std::collections::BTreeMap;

use marey_core::{
    Channel, FieldName, Mark,
    spec::{ChannelDef, ConditionalValue, Literal, MarkDef, Predicate, Setting},
};

use crate::{
    color::Color, datum::Datum, look::Look, path::Symbol, scene::Paint, theme::Theme, tree::Layer,
    warnings::Warnings,
};

/// Visual scales by the number that layers know them under.
pub type Looks<'a> = BTreeMap<usize, Look<'a>>;

/// Where a channel's visual value comes from.
#[derive(Debug, Clone, Copy)]
enum Source<'p, 'a> {
    /// Said outright.
    Literal(&'a Literal),
    /// From a column through a scale.
    Column(&'p [Datum<'a>], &'p Look<'a>),
    /// From a constant through a scale.
    Datum(Datum<'a>, &'p Look<'a>),
}

/// One channel of a layer, with what replaces it where a test holds.
#[derive(Debug, Clone, Default)]
struct Visual<'p, 'a> {
    base: Option<Source<'p, 'a>>,
    conditions: Vec<(Vec<bool>, Source<'p, 'a>)>,
}

impl<'p, 'a> Visual<'p, 'a> {
    fn of(layer: &'p Layer<'a>, channel: Channel, looks: &'p Looks<'a>, warnings: &mut Warnings) -> Self {
        let look = layer.scale_id(channel).and_then(|id| looks.get(&id));
        let mut visual = Visual::default();
        let Some(def) = layer.encoding.get(channel) else {
            return visual;
        };
        visual.base = source(layer, channel, def, look);
        let conditions = match def {
            ChannelDef::Field(def) => &def.condition,
            ChannelDef::Value(def) => &def.condition,
            ChannelDef::Datum(_) => return visual,
        };
        for condition in conditions {
            let then = match &condition.then {
                ConditionalValue::Value(literal) => Some(Source::Literal(literal)),
                ConditionalValue::Def(def) => source(layer, channel, def, look),
            };
            if let (Some(then), Some(mask)) = (then, mask(layer, &condition.test, warnings)) {
                visual.conditions.push((mask, then));
            }
        }
        visual
    }

    fn source(&self, row: u32) -> Option<Source<'p, 'a>> {
        let at = row as usize;
        let replaced = self
            .conditions
            .iter()
            .find(|(mask, _)| mask.get(at) == Some(&true));
        replaced.map(|(_, then)| *then).or(self.base)
    }

    /// The colour of a row: nothing said, switched off (inner none), or a colour.
    fn color(&self, row: u32, missing: Color) -> Option<Option<Color>> {
        Some(match self.source(row)? {
            Source::Literal(Literal::Text(text)) => Some(Color::parse(text)?),
            Source::Literal(_) => None,
            Source::Column(values, look) => {
                let value = *values.get(row as usize)?;
                Some(look.color(value).unwrap_or(missing))
            }
            Source::Datum(value, look) => Some(look.color(value)?),
        })
    }

    fn number(&self, row: u32) -> Option<f64> {
        match self.source(row)? {
            Source::Literal(literal) => Datum::of_literal(literal).as_number(),
            Source::Column(values, look) => look.number(*values.get(row as usize)?),
            Source::Datum(value, look) => look.number(value),
        }
    }

    fn symbol(&self, row: u32) -> Option<Symbol> {
        match self.source(row)? {
            Source::Literal(Literal::Text(name)) => Symbol::parse(name),
            Source::Literal(_) => None,
            Source::Column(values, look) => look.symbol(*values.get(row as usize)?),
            Source::Datum(value, look) => look.symbol(value),
        }
    }

    fn dash(&self, row: u32) -> Option<&'p [f64]> {
        match self.source(row)? {
            Source::Literal(_) => None,
            Source::Column(values, look) => look.dash(*values.get(row as usize)?),
            Source::Datum(value, look) => look.dash(value),
        }
    }
}

fn source<'p, 'a>(
    layer: &'p Layer<'a>,
    channel: Channel,
    def: &'a ChannelDef,
    look: Option<&'p Look<'a>>,
) -> Option<Source<'p, 'a>> {
    match def {
        ChannelDef::Value(def) => def.value.as_ref().map(Source::Literal),
        ChannelDef::Datum(def) => def
            .datum
            .as_ref()
            .ok()
            .map(Datum::of_literal)
            .zip(look)
            .map(|(d, l)| Source::Datum(d, l)),
        ChannelDef::Field(def) => {
            let values = layer.column(&def.output_name(channel))?;
            Some(Source::Column(values, look?))
        }
    }
}

/// For each row of the unit whether a test holds; none where it cannot be known.
pub fn mask(layer: &Layer<'_>, test: &Predicate, warnings: &mut Warnings) -> Option<Vec<bool>> {
    match layer.data.rows_where(test) {
        Ok(mask) => Some(mask),
        Err(error) => {
            warnings.once(format!("a condition is not drawn: {error}"));
            None
        }
    }
}

/// How the rows of a layer look.
#[derive(Debug)]
pub struct Style<'p, 'a> {
    mark: &'a MarkDef,
    kind: Mark,
    filled: bool,
    default_color: Color,
    missing: Color,
    color: Visual<'p, 'a>,
    fill: Visual<'p, 'a>,
    stroke: Visual<'p, 'a>,
    opacity: Visual<'p, 'a>,
    fill_opacity: Visual<'p, 'a>,
    stroke_opacity: Visual<'p, 'a>,
    stroke_width: Visual<'p, 'a>,
    size: Visual<'p, 'a>,
    shape: Visual<'p, 'a>,
    dash: Visual<'p, 'a>,
    angle: Visual<'p, 'a>,
    line_width: f64,
}

impl<'p, 'a> Style<'p, 'a> {
    /// The looks of a layer.
    pub fn of(layer: &'p Layer<'a>, looks: &'p Looks<'a>, theme: &Theme, warnings: &mut Warnings) -> Self {
        let kind = layer.mark.mark.unwrap_or(Mark::Point);
        let stroked = matches!(
            kind,
            Mark::Line | Mark::Rule | Mark::Trail | Mark::Point | Mark::Geoshape
        );
        let mut visual = |channel| Visual::of(layer, channel, looks, warnings);
        Self {
            mark: layer.mark,
            kind,
            filled: layer.mark.filled.unwrap_or(!stroked),
            default_color: match kind {
                Mark::Rule => theme.colors.rule,
                Mark::Text => theme.colors.title,
                _ => theme.colors.mark,
            },
            missing: theme.colors.missing,
            color: visual(Channel::Color),
            fill: visual(Channel::Fill),
            stroke: visual(Channel::Stroke),
            opacity: visual(Channel::Opacity),
            fill_opacity: visual(Channel::FillOpacity),
            stroke_opacity: visual(Channel::StrokeOpacity),
            stroke_width: visual(Channel::StrokeWidth),
            size: visual(Channel::Size),
            shape: visual(Channel::Shape),
            dash: visual(Channel::StrokeDash),
            angle: visual(Channel::Angle),
            line_width: theme.line_width,
        }
    }

    /// The main colour of a row: of its fill or, for lines, its stroke.
    pub fn color(&self, row: u32) -> Color {
        let paint = self.paint(row);
        paint.fill.or(paint.stroke).unwrap_or(self.default_color)
    }

    /// How a row is filled and stroked.
    pub fn paint(&self, row: u32) -> Paint {
        let base = self.base_color(row);
        let (mut fill, mut stroke) = if self.filled { (base, None) } else { (None, base) };
        match &self.mark.fill {
            Some(Setting::On(text)) => fill = Color::parse(text).or(fill),
            Some(Setting::Off) => fill = None,
            None => {}
        }
        match &self.mark.stroke {
            Some(Setting::On(text)) => stroke = Color::parse(text).or(stroke),
            Some(Setting::Off) => stroke = None,
            None => {}
        }
        fill = self.fill.color(row, self.missing).unwrap_or(fill);
        stroke = self.stroke.color(row, self.missing).unwrap_or(stroke);
        let fill_opacity = self.fill_opacity.number(row).or(self.mark.fill_opacity);
        let stroke_opacity = self.stroke_opacity.number(row).or(self.mark.stroke_opacity);
        Paint {
            fill: faded(fill, fill_opacity),
            stroke: faded(stroke, stroke_opacity),
            stroke_width: self.stroke_width(row),
            dash: self.dash(row),
            opacity: self.opacity(row),
            round: matches!(self.kind, Mark::Line | Mark::Trail | Mark::Area),
        }
    }

    fn base_color(&self, row: u32) -> Option<Color> {
        match self.color.color(row, self.missing) {
            Some(color) => color,
            None => Some(
                self.mark
                    .color
                    .as_deref()
                    .and_then(Color::parse)
                    .unwrap_or(self.default_color),
            ),
        }
    }

    fn stroke_width(&self, row: u32) -> f64 {
        let by_size = match self.kind {
            Mark::Line | Mark::Rule | Mark::Trail => self.size.number(row).or(self.mark.size),
            _ => None,
        };
        let default = match self.kind {
            Mark::Line | Mark::Trail => self.line_width,
            Mark::Point => 1.6,
            _ => 1.0,
        };
        let width = self
            .stroke_width
            .number(row)
            .or(by_size)
            .or(self.mark.stroke_width)
            .unwrap_or(default);
        if width.is_finite() {
            width.clamp(0.0, 1000.0)
        } else {
            default
        }
    }

    fn dash(&self, row: u32) -> Vec<f64> {
        let own = self.dash.dash(row).map(<[f64]>::to_vec);
        let dash = own.or_else(|| self.mark.stroke_dash.clone()).unwrap_or_default();
        if dash.iter().all(|part| part.is_finite() && *part >= 0.0) && dash.len() <= 32 {
            dash
        } else {
            Vec::new()
        }
    }

    fn opacity(&self, row: u32) -> Option<f64> {
        let default = match self.kind {
            Mark::Point | Mark::Circle | Mark::Square | Mark::Tick => Some(0.75),
            _ => None,
        };
        let said = self.opacity.number(row).or(self.mark.opacity);
        said.filter(|opacity| opacity.is_finite())
            .map(|opacity| opacity.clamp(0.0, 1.0))
            .or(default)
            .filter(|o| *o < 1.0)
    }

    /// The size channel's value, or the mark's own.
    pub fn size(&self, row: u32) -> Option<f64> {
        self.size
            .number(row)
            .or(self.mark.size)
            .filter(|size| size.is_finite() && *size >= 0.0)
    }

    /// The symbol of a row.
    pub fn symbol(&self, row: u32) -> Symbol {
        let default = if self.kind == Mark::Square {
            Symbol::Square
        } else {
            Symbol::Circle
        };
        self.shape
            .symbol(row)
            .or_else(|| self.mark.shape.as_deref().and_then(Symbol::parse))
            .unwrap_or(default)
    }

    /// Rotation in degrees.
    pub fn angle(&self, row: u32) -> f64 {
        self.angle
            .number(row)
            .or(self.mark.angle)
            .filter(|angle| angle.is_finite())
            .unwrap_or(0.0)
    }
}

fn faded(color: Option<Color>, opacity: Option<f64>) -> Option<Color> {
    match (color, opacity) {
        (Some(color), Some(opacity)) => Some(color.with_alpha(color.alpha * opacity.clamp(0.0, 1.0))),
        (color, _) => color,
    }
}

/// The columns whose values tell the lines or areas of a layer apart, in the order of the encoding.
pub fn series_columns(layer: &Layer<'_>) -> Vec<FieldName> {
    let mut names: Vec<FieldName> = Vec::new();
    for (channel, def) in layer.encoding.bound_fields() {
        let groups = matches!(
            channel,
            Channel::Color
                | Channel::Fill
                | Channel::Stroke
                | Channel::Detail
                | Channel::StrokeDash
                | Channel::Opacity
                | Channel::FillOpacity
                | Channel::StrokeOpacity
                | Channel::StrokeWidth
                | Channel::Size
                | Channel::Shape
                | Channel::Key
        );
        let name = def.output_name(channel);
        if groups && def.aggregate.is_none() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
