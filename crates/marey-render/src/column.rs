//! Where a channel's values stand in the rows behind a unit view.

use marey_core::{
    Channel, FieldName, Mark, TimeUnit, TimeUnitPart,
    spec::{FieldDef, NamePart},
};

use crate::{
    scale::{Interval, TimeUnitOf},
    tree::Layer,
};

/// The column whose values part the rows into facets.
pub fn group_column(def: &FieldDef) -> FieldName {
    def.output_name(Channel::Row)
}

/// The columns of the start and end of stacked pieces, where the executor stacked the channel.
pub fn stack_columns(layer: &Layer<'_>, channel: Channel, def: &FieldDef) -> Option<(FieldName, FieldName)> {
    if layer.stack.is_none_or(|(stacked, _)| stacked != channel) {
        return None;
    }
    let start = def.output_name_of(channel, NamePart::StackStart);
    let end = def.output_name_of(channel, NamePart::StackEnd);
    (layer.column(&start).is_some() && layer.column(&end).is_some()).then_some((start, end))
}

/// Whether a layer's marks fill the whole of a time unit rather than standing at its start.
pub fn is_banded_time(layer: &Layer<'_>, channel: Channel) -> bool {
    matches!(channel, Channel::X | Channel::Y)
        && matches!(layer.mark.mark, Some(Mark::Bar | Mark::Rect | Mark::Image))
}

/// The instant at which the time unit that begins at `start` ends.
pub fn time_end(unit: &TimeUnit, start: f64) -> Option<f64> {
    let part = *unit.parts.last()?;
    let step = unit
        .step
        .filter(|step| *step >= 1.0)
        .map_or(1, |step| step as i64);
    let (of, size) = match part {
        TimeUnitPart::Year => (TimeUnitOf::Year, 1),
        TimeUnitPart::Quarter => (TimeUnitOf::Month, 3),
        TimeUnitPart::Month => (TimeUnitOf::Month, 1),
        TimeUnitPart::Week => (TimeUnitOf::Week, 1),
        TimeUnitPart::Day | TimeUnitPart::DayOfYear | TimeUnitPart::Date => (TimeUnitOf::Day, 1),
        TimeUnitPart::Hours => (TimeUnitOf::Hour, 1),
        TimeUnitPart::Minutes => (TimeUnitOf::Minute, 1),
        TimeUnitPart::Seconds => (TimeUnitOf::Second, 1),
        TimeUnitPart::Milliseconds => (TimeUnitOf::Millisecond, 1),
    };
    let single = Interval::every(of, 1);
    let mut end = start;
    for _ in 0..(size * step).clamp(1, 1000) {
        end = single.next(end);
    }
    end.is_finite().then_some(end)
}
