//! The direction in which bars, areas, lines, rules and ticks run when none is said.
//!
//! The rules are those of Vega-Lite's `compile/mark/init.ts`.

use super::{Bin, ChannelDef, Encoding, FieldDef, Literal, MarkOrient};
use crate::{Channel, FieldType, Mark};

/// The direction of a mark under an encoding; none where the mark has none.
///
/// `specified` is what the mark says itself; it is overruled where the encoding leaves no choice.
///
/// ```
/// use marey_core::{Channel, FieldType, Mark};
/// use marey_core::spec::{Encoding, FieldDef, MarkOrient, orientation};
///
/// let encoding = Encoding::new()
///     .with(Channel::X, FieldDef::count())
///     .with(Channel::Y, FieldDef::new("city", FieldType::Nominal));
/// assert_eq!(orientation(Mark::Bar, &encoding, None), Some(MarkOrient::Horizontal));
/// ```
pub fn orientation(mark: Mark, encoding: &Encoding, specified: Option<MarkOrient>) -> Option<MarkOrient> {
    match mark {
        Mark::Point | Mark::Circle | Mark::Square | Mark::Rect | Mark::Image => None,
        Mark::Text | Mark::Bar => bar_orientation(mark, encoding, specified),
        Mark::Rule => rule_orientation(mark, encoding, specified),
        Mark::Area => ranged_orientation(mark, encoding, specified),
        Mark::Line | Mark::Tick => measured_orientation(mark, encoding, specified),
        _ => Some(MarkOrient::Vertical),
    }
}

fn bar_orientation(mark: Mark, encoding: &Encoding, specified: Option<MarkOrient>) -> Option<MarkOrient> {
    let [x, y] = [Channel::X, Channel::Y].map(|channel| encoding.own_field(channel));
    let [x2, y2] = [Channel::X2, Channel::Y2].map(|channel| encoding.get(channel).is_some());
    let aggregated = |def: Option<&FieldDef>| def.is_some_and(|def| def.aggregate.is_some());
    if x.is_some() && (is_prebinned(x) || (aggregated(y) && !aggregated(x))) {
        return Some(MarkOrient::Vertical);
    }
    if y.is_some() && (is_prebinned(y) || (aggregated(x) && !aggregated(y))) {
        return Some(MarkOrient::Horizontal);
    }
    if x2 || y2 {
        if specified.is_some() {
            return specified;
        }
        // Data that are already binned were answered above, so one range alone decides.
        if !x2 {
            return Some(MarkOrient::Vertical);
        }
        if !y2 {
            return Some(MarkOrient::Horizontal);
        }
    }
    rule_orientation(mark, encoding, specified)
}

fn rule_orientation(mark: Mark, encoding: &Encoding, specified: Option<MarkOrient>) -> Option<MarkOrient> {
    let ranged = |first, second| encoding.get(second).is_some() && !is_prebinned(encoding.own_field(first));
    if ranged(Channel::X, Channel::X2) && ranged(Channel::Y, Channel::Y2) {
        return None;
    }
    ranged_orientation(mark, encoding, specified)
}

fn ranged_orientation(mark: Mark, encoding: &Encoding, specified: Option<MarkOrient>) -> Option<MarkOrient> {
    let [x, y, x2, y2] =
        [Channel::X, Channel::Y, Channel::X2, Channel::Y2].map(|c| encoding.get(c).is_some());
    let prebinned = |channel| is_prebinned(encoding.own_field(channel));
    match () {
        () if y2 && prebinned(Channel::Y) => Some(MarkOrient::Horizontal),
        () if y2 => Some(MarkOrient::Vertical),
        () if x2 && prebinned(Channel::X) => Some(MarkOrient::Vertical),
        () if x2 => Some(MarkOrient::Horizontal),
        () if mark == Mark::Rule && x && !y => Some(MarkOrient::Vertical),
        () if mark == Mark::Rule && y && !x => Some(MarkOrient::Horizontal),
        () => measured_orientation(mark, encoding, specified),
    }
}

fn measured_orientation(
    mark: Mark,
    encoding: &Encoding,
    specified: Option<MarkOrient>,
) -> Option<MarkOrient> {
    if specified.is_some() {
        return specified;
    }
    let [x, y] = [Channel::X, Channel::Y].map(|channel| is_measure(encoding, channel));
    // A tick stands across the direction in which a bar would run.
    let (along_x, along_y) = match mark {
        Mark::Tick => (MarkOrient::Vertical, MarkOrient::Horizontal),
        _ => (MarkOrient::Horizontal, MarkOrient::Vertical),
    };
    match (x, y) {
        (true, false) => Some(along_x),
        (false, true) => Some(along_y),
        (true, true) => Some(MarkOrient::Vertical),
        (false, false) => {
            let temporal = |channel| {
                let def = encoding.own_field(channel);
                def.is_some_and(|def| def.measured_as(channel) == FieldType::Temporal)
            };
            match (temporal(Channel::X), temporal(Channel::Y)) {
                (true, false) => Some(MarkOrient::Vertical),
                (false, true) => Some(MarkOrient::Horizontal),
                _ => None,
            }
        }
    }
}

/// Whether a channel carries an unbinned number.
fn is_measure(encoding: &Encoding, channel: Channel) -> bool {
    match encoding.get(channel) {
        Some(ChannelDef::Field(def)) => is_unbinned_quantity(def, channel),
        Some(ChannelDef::Datum(def)) => matches!(def.datum, Ok(Literal::Number(_))),
        _ => false,
    }
}

/// Whether a field is a quantity that is neither binned here nor before.
pub(crate) fn is_unbinned_quantity(def: &FieldDef, channel: Channel) -> bool {
    def.refers_to_data()
        && def.measured_as(channel) == FieldType::Quantitative
        && matches!(def.bin, None | Some(Bin::Off))
}

fn is_prebinned(def: Option<&FieldDef>) -> bool {
    def.is_some_and(|def| matches!(def.bin, Some(Bin::Binned(_))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Aggregate;

    fn quantity(name: &str) -> FieldDef {
        FieldDef::new(name, FieldType::Quantitative)
    }

    fn check(mark: Mark, entries: &[(Channel, FieldDef)], expected: Option<MarkOrient>) {
        let encoding = entries.iter().fold(Encoding::new(), |encoding, (channel, def)| {
            encoding.with(*channel, def.clone())
        });
        assert_eq!(orientation(mark, &encoding, None), expected, "{mark} {entries:?}");
    }

    #[test]
    fn marks_run_along_their_measure() {
        let city = FieldDef::new("city", FieldType::Nominal);
        let date = FieldDef::new("date", FieldType::Temporal);
        let mean = quantity("v").aggregate(Aggregate::Mean);
        let (x, y, x2) = (Channel::X, Channel::Y, Channel::X2);
        let (across, up) = (Some(MarkOrient::Horizontal), Some(MarkOrient::Vertical));
        check(Mark::Bar, &[(x, mean.clone()), (y, city.clone())], across);
        check(
            Mark::Bar,
            &[(x, quantity("a").binned()), (y, FieldDef::count())],
            up,
        );
        check(Mark::Bar, &[(x, quantity("a")), (y, mean.clone())], up);
        check(
            Mark::Bar,
            &[(x, quantity("a")), (x2, quantity("b")), (y, city.clone())],
            across,
        );
        check(Mark::Line, &[(x, date.clone()), (y, quantity("v"))], up);
        check(Mark::Tick, &[(x, quantity("v")), (y, city.clone())], up);
        check(Mark::Tick, &[(x, date), (y, city.clone())], up);
        check(Mark::Rule, &[(y, quantity("v"))], across);
        check(Mark::Point, &[(x, quantity("v"))], None);
        check(Mark::Line, &[(x, city.clone()), (y, city)], None);
    }
}
