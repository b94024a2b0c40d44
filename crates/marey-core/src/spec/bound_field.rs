//! The field behind a channel, given outright or in a condition, and its level of measurement.

use super::{ChannelDef, ConditionalValue, Encoding, FieldDef, ScaleType, Setting, Sort};
use crate::{Aggregate, Channel, FieldType};

impl Channel {
    /// The channels of a unit view in the order in which Vega-Lite goes through them.
    pub const UNIT_ORDER: &'static [Channel] = &[
        Channel::X,
        Channel::Y,
        Channel::X2,
        Channel::Y2,
        Channel::Theta,
        Channel::Theta2,
        Channel::Radius,
        Channel::Radius2,
        Channel::Longitude,
        Channel::Longitude2,
        Channel::Latitude,
        Channel::Latitude2,
        Channel::XOffset,
        Channel::YOffset,
        Channel::Color,
        Channel::Fill,
        Channel::Stroke,
        Channel::Time,
        Channel::Opacity,
        Channel::FillOpacity,
        Channel::StrokeOpacity,
        Channel::StrokeWidth,
        Channel::StrokeDash,
        Channel::Size,
        Channel::Angle,
        Channel::Shape,
        Channel::Order,
        Channel::Text,
        Channel::Detail,
        Channel::Key,
        Channel::Tooltip,
        Channel::Href,
        Channel::Url,
        Channel::Description,
    ];

    /// Whether values pass through a scale on this channel (second ends share the first's).
    pub fn has_scale(self) -> bool {
        use Channel as C;
        matches!(
            self,
            C::X | C::Y
                | C::Theta
                | C::Radius
                | C::XOffset
                | C::YOffset
                | C::Color
                | C::Fill
                | C::Stroke
                | C::Time
                | C::Opacity
                | C::FillOpacity
                | C::StrokeOpacity
                | C::StrokeWidth
                | C::StrokeDash
                | C::Size
                | C::Angle
                | C::Shape
        )
    }

    /// Whether the channel is none of the positions (x, theta, longitude, xOffset and their kin).
    pub fn is_non_position(self) -> bool {
        let at = |channel| Self::UNIT_ORDER.iter().position(|c| *c == channel);
        at(self) > at(Channel::YOffset)
    }
}

impl FieldDef {
    /// Whether the definition refers to data: it names a field or counts rows.
    pub fn refers_to_data(&self) -> bool {
        self.field.is_some() || self.aggregate == Some(Aggregate::Count)
    }

    /// The level of measurement: as given, else as Vega-Lite infers it on the channel.
    ///
    /// Counts are quantitative whatever is said.
    pub fn measured_as(&self, channel: Channel) -> FieldType {
        match self.field_type {
            Some(_) if self.aggregate.as_ref().is_some_and(Aggregate::counts) => FieldType::Quantitative,
            Some(given) => given,
            None => self.inferred_type(channel),
        }
    }

    fn inferred_type(&self, channel: Channel) -> FieldType {
        use Channel as C;
        match channel {
            C::Latitude | C::Longitude => return FieldType::Quantitative,
            C::Row | C::Column | C::Facet | C::Shape | C::StrokeDash => return FieldType::Nominal,
            C::Order => return FieldType::Ordinal,
            _ => {}
        }
        if matches!(self.sort, Some(Sort::Values(_))) {
            return FieldType::Ordinal;
        }
        if self.time_unit.is_some() {
            return FieldType::Temporal;
        }
        let summary = match &self.aggregate {
            None | Some(Aggregate::Argmin(_) | Aggregate::Argmax(_)) => false,
            Some(_) => true,
        };
        if summary
            || self
                .bin
                .as_ref()
                .is_some_and(|bin| !matches!(bin, super::Bin::Off))
        {
            return FieldType::Quantitative;
        }
        match self.scale_type() {
            Some(ScaleType::Time | ScaleType::Utc) => FieldType::Temporal,
            Some(ScaleType::Ordinal | ScaleType::BinOrdinal | ScaleType::Point | ScaleType::Band) | None => {
                FieldType::Nominal
            }
            Some(_) => FieldType::Quantitative,
        }
    }

    /// The kind of scale asked for.
    pub fn scale_type(&self) -> Option<ScaleType> {
        self.scale.as_ref().and_then(Setting::on)?.scale_type
    }
}

impl Aggregate {
    /// Whether the result is a number of rows or values and so never invalid.
    pub fn counts(&self) -> bool {
        matches!(
            self,
            Aggregate::Count | Aggregate::Valid | Aggregate::Missing | Aggregate::Distinct
        )
    }
}

impl ChannelDef {
    /// The field behind the channel: the channel's own or that of its single condition.
    pub fn bound_field(&self) -> Option<&FieldDef> {
        match self {
            ChannelDef::Field(def) => def.refers_to_data().then_some(def),
            ChannelDef::Datum(_) => None,
            ChannelDef::Value(def) => match def.condition.as_slice() {
                [condition] if !def.condition_listed => match &condition.then {
                    ConditionalValue::Def(inner) => match inner.as_ref() {
                        ChannelDef::Field(field) if field.refers_to_data() => Some(field),
                        _ => None,
                    },
                    ConditionalValue::Value(_) => None,
                },
                _ => None,
            },
        }
    }

    /// The channel's own field, if it carries one.
    pub fn own_field(&self) -> Option<&FieldDef> {
        match self {
            ChannelDef::Field(def) if def.refers_to_data() => Some(def),
            _ => None,
        }
    }
}

impl Encoding {
    /// All fields, those of conditions too, in Vega-Lite's order of channels.
    pub fn bound_fields(&self) -> impl Iterator<Item = (Channel, &FieldDef)> {
        Channel::UNIT_ORDER.iter().flat_map(move |channel| {
            self.all(*channel)
                .iter()
                .filter_map(move |def| Some((*channel, def.bound_field()?)))
        })
    }

    /// The field a channel carries itself, unless it is no reference to data.
    pub fn own_field(&self, channel: Channel) -> Option<&FieldDef> {
        self.get(channel)?.own_field()
    }

    /// Whether any field is aggregated.
    pub fn is_aggregated(&self) -> bool {
        self.bound_fields().any(|(_, def)| def.aggregate.is_some())
    }

    /// Whether a channel carries a field or a datum.
    pub fn has_field_or_datum(&self, channel: Channel) -> bool {
        self.get(channel)
            .is_some_and(|def| def.own_field().is_some() || matches!(def, ChannelDef::Datum(_)))
    }
}
