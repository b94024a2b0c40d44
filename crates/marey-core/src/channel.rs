//! Channels: the visual properties that carry fields.

use crate::spec::closed_set;

closed_set! {
    /// A visual property to which a field, a datum or a value is bound.
    pub enum Channel {
        /// Facet into a wrapped grid.
        Facet = "facet",
        /// Facet into rows.
        Row = "row",
        /// Facet into columns.
        Column = "column",
        /// Horizontal position.
        X = "x",
        /// Vertical position.
        Y = "y",
        /// Second horizontal position.
        X2 = "x2",
        /// Second vertical position.
        Y2 = "y2",
        /// Position inside a horizontal band.
        XOffset = "xOffset",
        /// Position inside a vertical band.
        YOffset = "yOffset",
        /// Horizontal error.
        XError = "xError",
        /// Second horizontal error.
        XError2 = "xError2",
        /// Vertical error.
        YError = "yError",
        /// Second vertical error.
        YError2 = "yError2",
        /// Angle of an arc.
        Theta = "theta",
        /// End angle of an arc.
        Theta2 = "theta2",
        /// Outer radius of an arc.
        Radius = "radius",
        /// Inner radius of an arc.
        Radius2 = "radius2",
        /// Degrees east.
        Longitude = "longitude",
        /// Degrees north.
        Latitude = "latitude",
        /// Second degrees east.
        Longitude2 = "longitude2",
        /// Second degrees north.
        Latitude2 = "latitude2",
        /// Fill or stroke colour, whichever the mark uses.
        Color = "color",
        /// Fill colour.
        Fill = "fill",
        /// Stroke colour.
        Stroke = "stroke",
        /// Opacity.
        Opacity = "opacity",
        /// Fill opacity.
        FillOpacity = "fillOpacity",
        /// Stroke opacity.
        StrokeOpacity = "strokeOpacity",
        /// Stroke width.
        StrokeWidth = "strokeWidth",
        /// Dash pattern.
        StrokeDash = "strokeDash",
        /// Area of a symbol.
        Size = "size",
        /// Rotation.
        Angle = "angle",
        /// Symbol shape.
        Shape = "shape",
        /// Text content.
        Text = "text",
        /// Tooltip content.
        Tooltip = "tooltip",
        /// Link.
        Href = "href",
        /// Address of a picture.
        Url = "url",
        /// Accessible description.
        Description = "description",
        /// Grouping without a visual property.
        Detail = "detail",
        /// Identity across data updates.
        Key = "key",
        /// Stacking or drawing order.
        Order = "order",
        /// Animation time.
        Time = "time",
    }
}

impl Channel {
    /// Whether the channel is a first position (x, y, theta, radius) with a scale and stacking.
    pub fn is_position(self) -> bool {
        matches!(self, Channel::X | Channel::Y | Channel::Theta | Channel::Radius)
    }

    /// Whether the channel splits the view into small multiples.
    pub fn is_facet(self) -> bool {
        matches!(self, Channel::Facet | Channel::Row | Channel::Column)
    }

    /// The channel that holds the other end of a span (`x` -> `x2`).
    pub fn secondary(self) -> Option<Channel> {
        Some(match self {
            Channel::X => Channel::X2,
            Channel::Y => Channel::Y2,
            Channel::Theta => Channel::Theta2,
            Channel::Radius => Channel::Radius2,
            Channel::Longitude => Channel::Longitude2,
            Channel::Latitude => Channel::Latitude2,
            _ => return None,
        })
    }

    /// The channel of which this one holds the other end (`x2` -> `x`).
    pub fn primary(self) -> Option<Channel> {
        Some(match self {
            Channel::X2 => Channel::X,
            Channel::Y2 => Channel::Y,
            Channel::Theta2 => Channel::Theta,
            Channel::Radius2 => Channel::Radius,
            Channel::Longitude2 => Channel::Longitude,
            Channel::Latitude2 => Channel::Latitude,
            _ => return None,
        })
    }
}
