//! Arcs: slices of pies and donuts.

use std::f64::consts::TAU;

use marey_core::{
    Channel,
    spec::{ChannelDef, Literal},
};

use super::Drawing;
use crate::{
    RenderError,
    column::stack_columns,
    datum::Datum,
    path,
    place::Place,
    scene::{Item, Path},
    tree::Layer,
};

/// The arcs of a layer.
pub fn arcs(drawing: &Drawing<'_, '_>) -> Result<Vec<Item>, RenderError> {
    let polar = Polar::of(drawing);
    drawing.each_row(|row| {
        let arc = polar.arc(row)?;
        let mut paint = drawing.style.paint(row);
        // Slices are told apart by a seam in the colour of the paper.
        if paint.stroke.is_none() && arc.pad == 0.0 {
            paint.stroke = Some(drawing.context.theme.colors.background);
            paint.stroke_width = 1.5;
        }
        let data = arc.path();
        (!data.is_empty()).then(|| {
            Item::Path(Path {
                x: polar.center.0,
                y: polar.center.1,
                data: data.as_str().to_owned(),
                paint,
                hint: None,
            })
        })
    })
}

/// Angles and radii of a layer around the middle of its plot.
pub struct Polar<'d, 'a> {
    /// Middle of the plot.
    pub center: (f64, f64),
    theta: Span<'d, 'a>,
    radius: Span<'d, 'a>,
    outer: f64,
    pad: f64,
    corner: f64,
}

/// Start and end along an angle or a radius.
struct Span<'d, 'a> {
    scale: Option<&'d Place<'a>>,
    start: Option<&'d [Datum<'a>]>,
    end: Option<&'d [Datum<'a>]>,
    constant: (Option<f64>, Option<f64>),
}

impl<'d, 'a> Span<'d, 'a> {
    fn of(
        layer: &'d Layer<'a>,
        channel: Channel,
        scale: Option<&'d Place<'a>>,
        own: (Option<f64>, Option<f64>),
    ) -> Self {
        let mut span = Span {
            scale,
            start: None,
            end: None,
            constant: own,
        };
        match layer.encoding.get(channel) {
            Some(ChannelDef::Field(def)) => match stack_columns(layer, channel, def) {
                Some((start, end)) => {
                    span.start = layer.column(&start);
                    span.end = layer.column(&end);
                }
                None => span.end = layer.column(&def.output_name(channel)),
            },
            Some(ChannelDef::Value(def)) => {
                if let Some(Literal::Number(value)) = def.value {
                    span.constant.1 = Some(value);
                }
            }
            _ => {}
        }
        if let Some(second) = channel.secondary() {
            match layer.encoding.get(second) {
                Some(ChannelDef::Field(def)) => span.start = layer.column(&def.output_name(second)),
                Some(ChannelDef::Value(def)) => {
                    if let Some(Literal::Number(value)) = def.value {
                        span.constant.0 = Some(value);
                    }
                }
                _ => {}
            }
        }
        span
    }

    /// Start and end of a row; `None` inside where nothing says.
    fn ends(&self, row: u32) -> Option<(Option<f64>, Option<f64>)> {
        let scaled = |column: Option<&[Datum<'a>]>| -> Option<Option<f64>> {
            match (column, self.scale) {
                (Some(values), Some(scale)) => {
                    let value = *values.get(row as usize)?;
                    Some(Some(scale.at(value)?))
                }
                _ => Some(None),
            }
        };
        if let (Some(values), Some(scale), None) = (self.end, self.scale, self.start)
            && let Some((from, to)) = scale.span(*values.get(row as usize)?)
        {
            return Some((Some(from), Some(to)));
        }
        Some((
            scaled(self.start)?.or(self.constant.0),
            scaled(self.end)?.or(self.constant.1),
        ))
    }
}

impl<'d, 'a> Polar<'d, 'a> {
    /// The angles and radii of a layer.
    pub fn of(drawing: &'d Drawing<'_, 'a>) -> Self {
        let (layer, area) = (drawing.layer, drawing.context.area);
        let mark = layer.mark;
        let place = |channel| layer.scale_id(channel).and_then(|id| area.places.get(&id));
        let center = (
            if drawing.x.is_bound() {
                drawing.x.at(0).unwrap_or(area.width / 2.0)
            } else {
                area.width / 2.0
            },
            if drawing.y.is_bound() {
                drawing.y.at(0).unwrap_or(area.height / 2.0)
            } else {
                area.height / 2.0
            },
        );
        Self {
            center,
            theta: Span::of(
                layer,
                Channel::Theta,
                place(Channel::Theta),
                (mark.theta2.and(mark.theta), mark.theta2.or(mark.theta)),
            ),
            radius: Span::of(
                layer,
                Channel::Radius,
                place(Channel::Radius),
                (
                    mark.inner_radius.or(mark.radius2),
                    mark.outer_radius.or(mark.radius),
                ),
            ),
            outer: (area.width.min(area.height) / 2.0).max(0.0),
            pad: mark
                .pad_angle
                .filter(|pad| pad.is_finite())
                .unwrap_or(0.0)
                .clamp(0.0, 1.0),
            corner: mark
                .corner_radius
                .filter(|corner| corner.is_finite())
                .unwrap_or(0.0)
                .max(0.0),
        }
    }

    /// The slice of a row.
    pub fn arc(&self, row: u32) -> Option<path::Arc> {
        let (start, end) = self.theta.ends(row)?;
        let (inner, outer) = self.radius.ends(row)?;
        let (start, end) = (start.unwrap_or(0.0), end.unwrap_or(TAU));
        if !(start.is_finite() && end.is_finite()) || start == end {
            return None;
        }
        Some(path::Arc {
            inner: inner.unwrap_or(0.0).max(0.0),
            outer: outer.unwrap_or(self.outer).max(0.0),
            start,
            end,
            pad: self.pad,
            corner: self.corner,
        })
    }

    /// Middle angle and radius of a row, for a text; the radius may be given by the mark.
    pub fn middle(&self, row: u32, offset: f64) -> Option<(f64, f64)> {
        let (start, end) = self.theta.ends(row)?;
        let (_, outer) = self.radius.ends(row)?;
        let angle = f64::midpoint(start.unwrap_or(0.0), end.unwrap_or(0.0));
        Some((angle, outer.unwrap_or(self.outer) + offset))
    }
}
