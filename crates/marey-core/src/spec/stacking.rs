//! Which marks are stacked, by what and how, after Vega-Lite's `stack.ts`.

use super::{Encoding, FieldDef, MarkOrient, Stack, StackOffset, orientation::is_unbinned_quantity};
use crate::{Channel, FieldName, Mark};

/// How the marks of a view are stacked.
#[derive(Debug, Clone, PartialEq)]
pub struct Stacking<'a> {
    /// The position whose values are stacked (x, y, theta or radius).
    pub channel: Channel,
    /// The positions at which stacks stand: the other axis and its offset, as far as they carry
    /// a field.
    pub groupby: Vec<Channel>,
    /// The fields that tell the pieces of a stack apart, with their channels.
    pub stack_by: Vec<(Channel, &'a FieldDef)>,
    /// Where stacks start and whether they fill the axis.
    pub offset: StackOffset,
    /// Whether missing pieces count as zero, so that areas meet.
    pub impute: bool,
}

/// How the marks of a view are stacked; none when they are not.
///
/// `orient` is the mark's direction as [`orientation`](super::orientation) tells it.
///
/// ```
/// use marey_core::{Channel, FieldType, Mark};
/// use marey_core::spec::{Encoding, FieldDef, MarkOrient, StackOffset, stacking};
///
/// let encoding = Encoding::new()
///     .with(Channel::X, FieldDef::new("year", FieldType::Ordinal))
///     .with(Channel::Y, FieldDef::count())
///     .with(Channel::Color, FieldDef::new("site", FieldType::Nominal));
/// let stacking = stacking(Mark::Bar, Some(MarkOrient::Vertical), &encoding).unwrap();
/// assert_eq!((stacking.channel, stacking.offset), (Channel::Y, StackOffset::Zero));
/// ```
pub fn stacking(mark: Mark, orient: Option<MarkOrient>, encoding: &Encoding) -> Option<Stacking<'_>> {
    if !is_stackable(mark) {
        return None;
    }
    let channel = stacked_channel(mark, orient, encoding, Channel::X, Channel::Y)
        .or_else(|| stacked_channel(mark, orient, encoding, Channel::Theta, Channel::Radius))?;
    let stacked = encoding.own_field(channel)?;
    let (groupby, groupby_names) = stack_positions(encoding, channel, stacked);
    let stack_by = pieces(encoding, &groupby_names);
    let offset = match stacked.stack {
        Some(Stack::Offset(offset)) => offset,
        Some(Stack::On) => StackOffset::Zero,
        Some(Stack::Off) => return None,
        None if matches!(mark, Mark::Bar | Mark::Area | Mark::Arc) => StackOffset::Zero,
        None => return None,
    };
    if encoding.is_aggregated() && stack_by.is_empty() {
        return None;
    }
    if channel
        .secondary()
        .is_some_and(|second| encoding.has_field_or_datum(second))
    {
        return None;
    }
    Some(Stacking {
        channel,
        groupby,
        stack_by,
        offset,
        impute: mark.is_path() && !stacked.imputes_nothing(),
    })
}

impl FieldDef {
    /// Whether `"impute": null` is written: gaps are to stay gaps.
    fn imputes_nothing(&self) -> bool {
        self.rest.get("impute").is_some_and(serde_json::Value::is_null)
    }
}

fn is_stackable(mark: Mark) -> bool {
    use Mark as M;
    matches!(
        mark,
        M::Arc | M::Bar | M::Area | M::Rule | M::Point | M::Circle | M::Square | M::Line | M::Text | M::Tick
    )
}

/// The one of two crossing positions whose values would be stacked.
fn stacked_channel(
    mark: Mark,
    orient: Option<MarkOrient>,
    encoding: &Encoding,
    first: Channel,
    second: Channel,
) -> Option<Channel> {
    let [a, b] = [first, second].map(|channel| encoding.own_field(channel));
    let quantity =
        |def: Option<&FieldDef>, channel| def.is_some_and(|def| is_unbinned_quantity(def, channel));
    let is_bar_or_area = first == Channel::X && matches!(mark, Mark::Bar | Mark::Area);
    match (quantity(a, first), quantity(b, second)) {
        (true, true) => {
            let asked = |def: Option<&FieldDef>| {
                def.is_some_and(|def| matches!(def.stack, Some(Stack::On | Stack::Offset(_))))
            };
            let aggregated = |def: Option<&FieldDef>| def.is_some_and(|def| def.aggregate.is_some());
            match (asked(a), asked(b), aggregated(a), aggregated(b), orient) {
                (true, ..) => Some(first),
                (_, true, ..) => Some(second),
                (_, _, true, false, _) => Some(first),
                (_, _, false, true, _) => Some(second),
                (_, _, _, _, Some(MarkOrient::Vertical)) if is_bar_or_area => Some(second),
                (_, _, _, _, Some(MarkOrient::Horizontal)) if is_bar_or_area => Some(first),
                _ => None,
            }
        }
        // Alone on its axis, a bar's length across its own direction is no stack.
        (true, false) if b.is_none() && is_bar_or_area && orient == Some(MarkOrient::Vertical) => None,
        (true, false) => Some(first),
        (false, true) if a.is_none() && is_bar_or_area && orient == Some(MarkOrient::Horizontal) => None,
        (false, true) => Some(second),
        (false, false) => None,
    }
}

/// The channels at whose values stacks stand, with the names of their columns.
fn stack_positions(encoding: &Encoding, stacked: Channel, def: &FieldDef) -> (Vec<Channel>, Vec<FieldName>) {
    let stacked_name = def.output_name(stacked);
    let across = match stacked {
        Channel::X => Channel::Y,
        Channel::Y => Channel::X,
        Channel::Theta => Channel::Radius,
        _ => Channel::Theta,
    };
    // Vega-Lite looks at the offset of y wherever the other position is not x.
    let offset = if across == Channel::X {
        Channel::XOffset
    } else {
        Channel::YOffset
    };
    [across, offset]
        .into_iter()
        .filter_map(|channel| Some((channel, encoding.own_field(channel)?.output_name(channel))))
        .filter(|(_, name)| *name != stacked_name)
        .unzip()
}

/// The fields that tell pieces apart: all but the positions, tooltips, summaries and the fields at
/// which the stacks stand.
fn pieces<'a>(encoding: &'a Encoding, positions: &[FieldName]) -> Vec<(Channel, &'a FieldDef)> {
    encoding
        .bound_fields()
        .filter(|(channel, def)| {
            channel.is_non_position()
                && *channel != Channel::Tooltip
                && def.aggregate.is_none()
                && !positions.contains(&def.output_name(*channel))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aggregate, FieldType, spec::orientation};

    fn quantity(name: &str) -> FieldDef {
        FieldDef::new(name, FieldType::Quantitative)
    }

    fn category(name: &str) -> FieldDef {
        FieldDef::new(name, FieldType::Nominal)
    }

    fn check(
        mark: Mark,
        entries: &[(Channel, FieldDef)],
        expected: Option<(Channel, &[Channel], StackOffset)>,
    ) {
        let encoding = entries.iter().fold(Encoding::new(), |encoding, (channel, def)| {
            encoding.with(*channel, def.clone())
        });
        let found = stacking(mark, orientation(mark, &encoding, None), &encoding);
        let found = found
            .as_ref()
            .map(|s| (s.channel, s.groupby.as_slice(), s.offset));
        assert_eq!(found, expected, "{mark} {entries:?}");
    }

    #[test]
    fn bars_and_areas_are_stacked_by_color() {
        let (x, y, color) = (Channel::X, Channel::Y, Channel::Color);
        let sum = quantity("v").aggregate(Aggregate::Sum);
        let on_y: Option<(Channel, &[Channel], StackOffset)> = Some((y, &[Channel::X], StackOffset::Zero));
        check(
            Mark::Bar,
            &[(x, category("a")), (y, sum.clone()), (color, category("c"))],
            on_y,
        );
        check(
            Mark::Area,
            &[(x, category("a")), (y, sum.clone()), (color, category("c"))],
            on_y,
        );
        check(Mark::Bar, &[(x, category("a")), (y, quantity("v"))], on_y);
        // One bar per position after aggregation: nothing to stack.
        check(Mark::Bar, &[(x, category("a")), (y, sum.clone())], None);
        // The color repeats the position.
        check(
            Mark::Bar,
            &[(x, category("a")), (y, sum.clone()), (color, category("a"))],
            None,
        );
        check(
            Mark::Line,
            &[(x, category("a")), (y, sum), (color, category("c"))],
            None,
        );
    }

    #[test]
    fn what_is_said_decides() {
        let (x, y, color) = (Channel::X, Channel::Y, Channel::Color);
        let stacked = |stack| FieldDef {
            stack: Some(stack),
            ..quantity("v")
        };
        let normal: Option<(Channel, &[Channel], StackOffset)> =
            Some((y, &[Channel::X], StackOffset::Normalize));
        let offset = stacked(Stack::Offset(StackOffset::Normalize));
        check(
            Mark::Line,
            &[(x, category("a")), (y, offset), (color, category("c"))],
            normal,
        );
        check(
            Mark::Bar,
            &[
                (x, category("a")),
                (y, stacked(Stack::Off)),
                (color, category("c")),
            ],
            None,
        );
        check(
            Mark::Bar,
            &[
                (x, category("a")),
                (y, quantity("v")),
                (Channel::Y2, quantity("w")),
            ],
            None,
        );
    }

    #[test]
    fn slices_are_stacked_by_angle() {
        let pie = [(Channel::Theta, quantity("v")), (Channel::Color, category("c"))];
        check(Mark::Arc, &pie, Some((Channel::Theta, &[], StackOffset::Zero)));
    }
}
