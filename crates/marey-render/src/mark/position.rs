//! Where rows stand along one direction of a plot.

use marey_core::{
    Channel, FieldName, TimeUnit,
    spec::{BandSize, ChannelDef, FieldDef, Literal, NamePart},
};

use crate::{
    column::{stack_columns, time_end},
    datum::Datum,
    place::Place,
    plot::PlotArea,
    resolve::is_binned,
    tree::Layer,
};

/// One end of a position.
#[derive(Debug, Clone, Copy)]
enum End<'p, 'a> {
    /// A column's values, through the scale.
    Column(&'p [Datum<'a>]),
    /// The end of the time unit that begins at a column's values.
    Until(&'p [Datum<'a>], &'a TimeUnit),
    /// A constant, through the scale.
    Datum(Datum<'a>),
    /// A pixel.
    Pixel(f64),
}

/// What a position is made of, which decides where its middle is and how wide it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A point, or two independent ends.
    Plain,
    /// A stacked piece.
    Stacked,
    /// A bin or a time unit, from end to end.
    Interval,
}

/// Where the rows of a layer stand along x or y.
#[derive(Debug, Clone, Copy)]
pub struct Position<'p, 'a> {
    first: Option<End<'p, 'a>>,
    second: Option<End<'p, 'a>>,
    shape: Shape,
    scale: Option<&'p Place<'a>>,
    offset: Option<(&'p Place<'a>, &'p [Datum<'a>])>,
    shift: f64,
    second_shift: f64,
    band_position: Option<f64>,
    /// Length of the plot in this direction.
    pub length: f64,
}

impl<'p, 'a> Position<'p, 'a> {
    /// The position of a layer along `Channel::X` or `Channel::Y`.
    pub fn of(layer: &'p Layer<'a>, channel: Channel, area: &'p PlotArea<'a>) -> Self {
        let horizontal = channel == Channel::X;
        let (geographic, offset_channel) = if horizontal {
            (Channel::Longitude, Channel::XOffset)
        } else {
            (Channel::Latitude, Channel::YOffset)
        };
        let second = channel.secondary().unwrap_or(channel);
        let length = if horizontal { area.width } else { area.height };
        let first_def = layer
            .encoding
            .get(channel)
            .or_else(|| layer.encoding.get(geographic));
        let (own, own2, shift, shift2) = if horizontal {
            (
                &layer.mark.x,
                &layer.mark.x2,
                layer.mark.x_offset,
                layer.mark.x2_offset,
            )
        } else {
            (
                &layer.mark.y,
                &layer.mark.y2,
                layer.mark.y_offset,
                layer.mark.y2_offset,
            )
        };
        let mut position = Self {
            first: own
                .as_ref()
                .and_then(|value| pixel(value, length))
                .map(End::Pixel),
            second: own2
                .as_ref()
                .and_then(|value| pixel(value, length))
                .map(End::Pixel),
            shape: Shape::Plain,
            scale: layer.scale_id(channel).and_then(|id| area.places.get(&id)),
            offset: None,
            shift: shift.unwrap_or(0.0),
            second_shift: shift2.or(shift).unwrap_or(0.0),
            band_position: None,
            length,
        };
        if let Some(def) = first_def {
            let banded = layer
                .scale_id(channel)
                .is_some_and(|id| area.banded.contains(&id));
            position.bind(layer, channel, def, banded);
        }
        if let Some(def) = layer.encoding.get(second)
            && let Some(end) = end_of(layer, second, def, length)
        {
            position.second = Some(end);
            position.shape = Shape::Plain;
        }
        position.bind_offset(layer, offset_channel, area);
        position
    }

    fn bind(&mut self, layer: &'p Layer<'a>, channel: Channel, def: &'a ChannelDef, banded: bool) {
        let channel = if layer.encoding.get(channel).is_some() {
            channel
        } else if channel == Channel::X {
            Channel::Longitude
        } else {
            Channel::Latitude
        };
        if let Some(end) = end_of(layer, channel, def, self.length) {
            self.first = Some(end);
        }
        let ChannelDef::Field(field) = def else { return };
        self.band_position = field.band_position;
        if let Some((start, end)) = stack_columns(layer, channel, field) {
            self.first = column(layer, &end);
            self.second = column(layer, &start);
            self.shape = Shape::Stacked;
            return;
        }
        let discrete = matches!(self.scale, Some(Place::Discrete { .. }));
        if discrete {
            return;
        }
        if is_binned(field) {
            if let Some(end) = column(layer, &field.output_name_of(channel, NamePart::End)) {
                self.second = Some(end);
                self.shape = Shape::Interval;
            }
        } else if let Some(unit) = &field.time_unit
            && (banded || self.band_position.is_some())
        {
            self.bind_time_unit(layer, channel, field, unit);
        }
    }

    fn bind_time_unit(
        &mut self,
        layer: &'p Layer<'a>,
        channel: Channel,
        field: &FieldDef,
        unit: &'a TimeUnit,
    ) {
        let end = column(layer, &field.output_name_of(channel, NamePart::End)).or(match self.first {
            Some(End::Column(starts)) => Some(End::Until(starts, unit)),
            _ => None,
        });
        if end.is_some() {
            self.second = end;
            self.shape = Shape::Interval;
        }
    }

    fn bind_offset(&mut self, layer: &'p Layer<'a>, channel: Channel, area: &'p PlotArea<'a>) {
        match layer.encoding.get(channel) {
            Some(ChannelDef::Field(def)) => {
                let scale = layer.scale_id(channel).and_then(|id| area.places.get(&id));
                if let (Some(scale), Some(values)) = (scale, layer.column(&def.output_name(channel))) {
                    self.offset = Some((scale, values));
                }
            }
            Some(ChannelDef::Value(def)) => {
                if let Some(Literal::Number(value)) = def.value {
                    self.shift += value;
                    self.second_shift += value;
                }
            }
            _ => {}
        }
    }

    /// Whether anything says where the rows stand.
    pub fn is_bound(&self) -> bool {
        self.first.is_some()
    }

    /// Whether rows stand in bands of categories.
    pub fn is_banded(&self) -> bool {
        self.scale.is_some_and(Place::is_banded) && matches!(self.first, Some(End::Column(_) | End::Datum(_)))
    }

    /// Whether rows stand at categories.
    pub fn is_discrete(&self) -> bool {
        matches!(self.scale, Some(Place::Discrete { .. }))
    }

    /// Whether the position has two ends.
    pub fn is_ranged(&self) -> bool {
        self.second.is_some()
    }

    /// Whether the position is a bin or a unit of time.
    pub fn is_interval(&self) -> bool {
        self.shape == Shape::Interval
    }

    /// Whether pieces are stacked along this direction.
    pub fn is_stacked(&self) -> bool {
        self.shape == Shape::Stacked
    }

    /// The pixel from which lengths start.
    pub fn base(&self) -> f64 {
        self.scale.map_or(0.0, Place::base)
    }

    /// The pixel at which a row stands.
    pub fn at(&self, row: u32) -> Option<f64> {
        let Some(first) = self.first else {
            return Some(self.length / 2.0 + self.shift);
        };
        if let Some((start, end)) = self.sub_band(row, first) {
            let within = self.band_position.unwrap_or(0.5);
            return Some(start + (end - start) * within + self.shift);
        }
        let start = self.end_pixel(first, row)?;
        let at = match (self.shape, self.second) {
            (Shape::Interval, Some(second)) => {
                let end = self.end_pixel(second, row)?;
                start + (end - start) * self.band_position.unwrap_or(0.5)
            }
            (Shape::Stacked, Some(second)) if self.band_position.is_some() => {
                let end = self.end_pixel(second, row)?;
                end + (start - end) * self.band_position.unwrap_or(1.0)
            }
            _ => start,
        };
        Some(at + self.shift)
    }

    /// First and second pixel of a row's extent along this direction, as marks that have a length
    /// show it: both ends where there are two, else from the base.
    pub fn range(&self, row: u32) -> Option<(f64, f64)> {
        let first = self.first?;
        let from = match self.second {
            Some(second) => self.end_pixel(second, row)? + self.second_shift,
            None => self.base(),
        };
        Some((from, self.end_pixel(first, row)? + self.shift))
    }

    /// First and last pixel of what a row takes across a bar: its band, bin, time unit or `size`.
    pub fn band(&self, row: u32, size: Option<BandSize>, default: f64, gap: f64) -> Option<(f64, f64)> {
        let Some(first) = self.first else {
            // Without a field, one bar stands in the middle of the plot.
            let width = match size {
                Some(BandSize::Pixels(width)) => width,
                Some(BandSize::Band(share)) => self.length * share,
                None => (self.length * 0.78).min(default.max(18.0)),
            };
            return Some(around(self.length / 2.0 + self.shift, width));
        };
        if let Some((start, end)) = self.sub_band(row, first) {
            let width = match size {
                Some(BandSize::Pixels(width)) => width,
                Some(BandSize::Band(share)) => (end - start) * share,
                None => end - start,
            };
            return Some(around(f64::midpoint(start, end) + self.shift, width));
        }
        if self.second.is_some() {
            let (a, b) = self.range(row)?;
            let (low, high) = (a.min(b), a.max(b));
            if let Some(BandSize::Pixels(width)) = size {
                return Some(around(f64::midpoint(low, high), width));
            }
            let share = if let Some(BandSize::Band(share)) = size {
                share
            } else {
                1.0
            };
            let inset = if self.shape == Shape::Interval {
                gap.min((high - low) * 0.3)
            } else {
                0.0
            };
            let width = ((high - low) * share - inset).max(0.0);
            return Some(around(f64::midpoint(low, high), width));
        }
        let width = match size {
            Some(BandSize::Pixels(width)) => width,
            _ => default,
        };
        Some(around(self.at(row)?, width))
    }

    /// The band of a row's category, narrowed to the offset's band inside it.
    fn sub_band(&self, row: u32, first: End<'p, 'a>) -> Option<(f64, f64)> {
        let scale = self.scale?;
        let value = match first {
            End::Column(values) => *values.get(row as usize)?,
            End::Datum(value) => value,
            _ => return None,
        };
        let (start, end) = scale.span(value)?;
        if let Some((offset, values)) = self.offset {
            let inner = *values.get(row as usize)?;
            return match offset.span(inner) {
                Some((from, to)) => Some((start + from, start + to)),
                None => offset.at(inner).map(|at| (start + at, start + at)),
            };
        }
        Some((start, end))
    }

    fn end_pixel(&self, end: End<'p, 'a>, row: u32) -> Option<f64> {
        let value = match end {
            End::Pixel(pixel) => return Some(pixel),
            End::Datum(value) => value,
            End::Column(values) => *values.get(row as usize)?,
            End::Until(values, unit) => Datum::Time(time_end(unit, values.get(row as usize)?.as_time()?)?),
        };
        let pixel = self.scale?.at(value)?;
        // Far beyond any plot a number is of no use, and squares of it overflow.
        (pixel.abs() < 1e7).then_some(pixel)
    }
}

fn around(middle: f64, width: f64) -> (f64, f64) {
    (middle - width / 2.0, middle + width / 2.0)
}

fn column<'p, 'a>(layer: &'p Layer<'a>, name: &FieldName) -> Option<End<'p, 'a>> {
    layer.column(name).map(End::Column)
}

fn end_of<'p, 'a>(
    layer: &'p Layer<'a>,
    channel: Channel,
    def: &'a ChannelDef,
    length: f64,
) -> Option<End<'p, 'a>> {
    match def {
        ChannelDef::Field(def) => column(layer, &def.output_name(channel)),
        ChannelDef::Datum(def) => def
            .datum
            .as_ref()
            .ok()
            .map(|literal| End::Datum(Datum::of_literal(literal))),
        ChannelDef::Value(def) => def
            .value
            .as_ref()
            .and_then(|value| pixel(value, length))
            .map(End::Pixel),
    }
}

/// A number of pixels, or the words `width` and `height` for the length of the plot.
fn pixel(value: &Literal, length: f64) -> Option<f64> {
    match value {
        Literal::Number(value) if value.is_finite() => Some(*value),
        Literal::Text(text) if text == "width" || text == "height" => Some(length),
        _ => None,
    }
}
