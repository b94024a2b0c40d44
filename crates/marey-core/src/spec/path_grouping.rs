//! Which fields split the rows of a line, area or trail into several paths.

use super::Encoding;
use crate::{Channel, FieldName, Mark};

/// The columns whose values tell paths apart, after Vega-Lite's `pathGroupingFields`.
///
/// ```
/// use marey_core::{Channel, FieldType, Mark};
/// use marey_core::spec::{Encoding, FieldDef, path_grouping};
///
/// let encoding = Encoding::new()
///     .with(Channel::X, FieldDef::new("year", FieldType::Quantitative))
///     .with(Channel::Color, FieldDef::new("country", FieldType::Nominal));
/// assert_eq!(path_grouping(Mark::Line, &encoding), ["country".into()]);
/// ```
pub fn path_grouping(mark: Mark, encoding: &Encoding) -> Vec<FieldName> {
    use Channel as C;
    let mut fields = Vec::new();
    for (channel, def) in encoding.bound_fields() {
        let groups = match channel {
            C::XOffset | C::YOffset => {
                let main = if channel == C::XOffset { C::X } else { C::Y };
                fields.extend(position_of_offset(mark, encoding, main, def, channel));
                false
            }
            C::Order => !matches!(mark, Mark::Line | Mark::Trail),
            C::Size => mark != Mark::Trail,
            C::Detail
            | C::Key
            | C::Color
            | C::Fill
            | C::Stroke
            | C::Opacity
            | C::FillOpacity
            | C::StrokeOpacity
            | C::StrokeDash
            | C::StrokeWidth => true,
            _ => false,
        };
        if groups && def.aggregate.is_none() {
            fields.push(def.output_name(channel));
        }
    }
    fields
}

/// Within an offset, a path stays at one position.
fn position_of_offset(
    mark: Mark,
    encoding: &Encoding,
    main: Channel,
    offset: &super::FieldDef,
    channel: Channel,
) -> Option<FieldName> {
    let position = encoding.own_field(main)?;
    let name = position.output_name(main);
    let splits = mark.is_path()
        && position.aggregate.is_none()
        && offset.aggregate.is_none()
        && name != offset.output_name(channel);
    splits.then_some(name)
}
