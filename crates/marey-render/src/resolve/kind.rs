//! The kind of scale a channel gets, after Vega-Lite's defaults.

use marey_core::{
    Channel, FieldType, Mark,
    spec::{Bin, ChannelDef, FieldDef, Literal, Scale, ScaleType, Setting},
};

use crate::tree::Layer;

/// Which scale a channel's values go through.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Values are visual values already.
    Identity,
    /// Straight proportion.
    Linear,
    /// Logarithm.
    Log,
    /// Power with an exponent given apart.
    Pow,
    /// Square root.
    Sqrt,
    /// Symmetric logarithm.
    Symlog,
    /// Time.
    Time,
    /// Classes of equal counts.
    Quantile,
    /// Classes of equal width.
    Quantize,
    /// Classes between given thresholds.
    Threshold,
    /// Discrete to discrete.
    Ordinal,
    /// Discrete to evenly spaced points.
    Point,
    /// Discrete to bands.
    Band,
}

impl Kind {
    /// Whether the domain is a list of values rather than an interval.
    pub fn is_discrete(self) -> bool {
        matches!(self, Kind::Ordinal | Kind::Point | Kind::Band)
    }

    /// The kind that wins where layers disagree.
    pub fn precedence(self) -> u8 {
        match self {
            Kind::Band => 4,
            Kind::Point => 3,
            Kind::Time => 2,
            Kind::Identity => 0,
            _ => 1,
        }
    }

    fn of_scale_type(scale_type: ScaleType) -> Self {
        match scale_type {
            ScaleType::Linear | ScaleType::Sequential => Kind::Linear,
            ScaleType::Log => Kind::Log,
            ScaleType::Pow => Kind::Pow,
            ScaleType::Sqrt => Kind::Sqrt,
            ScaleType::Symlog => Kind::Symlog,
            ScaleType::Identity => Kind::Identity,
            ScaleType::Time | ScaleType::Utc => Kind::Time,
            ScaleType::Quantile => Kind::Quantile,
            ScaleType::Quantize => Kind::Quantize,
            ScaleType::Threshold => Kind::Threshold,
            ScaleType::BinOrdinal | ScaleType::Ordinal => Kind::Ordinal,
            ScaleType::Point => Kind::Point,
            ScaleType::Band => Kind::Band,
        }
    }
}

/// The scale settings of a definition; none where the scale is switched off or cannot be.
pub fn scale_of(def: &ChannelDef) -> Option<&Setting<Scale>> {
    match def {
        ChannelDef::Field(def) => def.scale.as_ref(),
        ChannelDef::Datum(def) => def.scale.as_ref(),
        ChannelDef::Value(_) => None,
    }
}

/// The kind of scale that a layer's channel goes through.
pub fn scale_kind(layer: &Layer<'_>, channel: Channel, def: &ChannelDef) -> Kind {
    match scale_of(def) {
        Some(Setting::Off) => return Kind::Identity,
        Some(Setting::On(scale)) => {
            if let Some(kind) = scale.scale_type {
                return compatible(Kind::of_scale_type(kind), layer, channel, def);
            }
        }
        None => {}
    }
    default_kind(layer, channel, def)
}

/// Band and point scales are for positions only, ordinal ones for all else.
fn compatible(kind: Kind, layer: &Layer<'_>, channel: Channel, def: &ChannelDef) -> Kind {
    match (is_place(channel), kind) {
        (true, Kind::Ordinal) => default_discrete(layer, channel),
        (true, Kind::Quantile | Kind::Quantize | Kind::Threshold) => default_kind(layer, channel, def),
        (false, Kind::Band | Kind::Point) => Kind::Ordinal,
        _ => kind,
    }
}

fn default_kind(layer: &Layer<'_>, channel: Channel, def: &ChannelDef) -> Kind {
    let field_type = field_type(def, channel);
    match channel {
        Channel::Shape | Channel::StrokeDash => return Kind::Ordinal,
        Channel::XOffset | Channel::YOffset if field_type != FieldType::Quantitative => return Kind::Band,
        _ => {}
    }
    match field_type {
        FieldType::Nominal | FieldType::Ordinal => default_discrete(layer, channel),
        FieldType::Temporal => Kind::Time,
        FieldType::Quantitative | FieldType::Geojson => match def {
            ChannelDef::Field(def) if is_binned(def) && !is_place(channel) && is_color(channel) => {
                Kind::Ordinal
            }
            _ => Kind::Linear,
        },
    }
}

fn default_discrete(layer: &Layer<'_>, channel: Channel) -> Kind {
    match channel {
        Channel::X | Channel::Y => {
            let offset = if channel == Channel::X {
                Channel::XOffset
            } else {
                Channel::YOffset
            };
            let banded = matches!(
                layer.mark.mark,
                Some(Mark::Bar | Mark::Rect | Mark::Image | Mark::Rule | Mark::Tick)
            );
            if banded || layer.encoding.get(offset).is_some() {
                Kind::Band
            } else {
                Kind::Point
            }
        }
        Channel::Theta | Channel::Radius | Channel::XOffset | Channel::YOffset => Kind::Band,
        _ => Kind::Ordinal,
    }
}

/// The level of measurement of a definition, Vega-Lite's default where the spec says none.
pub fn field_type(def: &ChannelDef, channel: Channel) -> FieldType {
    match def {
        ChannelDef::Field(def) => def.measured_as(channel),
        ChannelDef::Datum(def) => def.field_type.unwrap_or(match &def.datum {
            Ok(Literal::Number(_)) => FieldType::Quantitative,
            Ok(Literal::DateTime(_)) => FieldType::Temporal,
            _ => FieldType::Nominal,
        }),
        ChannelDef::Value(_) => FieldType::Nominal,
    }
}

/// Whether a field is cut into bins, by the chart or in the data.
pub fn is_binned(def: &FieldDef) -> bool {
    matches!(def.bin, Some(Bin::On(_) | Bin::Binned(_)))
}

/// Whether a channel is a place in the plot.
pub fn is_place(channel: Channel) -> bool {
    channel.is_position() || matches!(channel, Channel::XOffset | Channel::YOffset)
}

/// Whether a channel is a colour.
pub fn is_color(channel: Channel) -> bool {
    matches!(channel, Channel::Color | Channel::Fill | Channel::Stroke)
}
