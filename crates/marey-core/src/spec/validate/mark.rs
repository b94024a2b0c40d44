//! Checks of a mark together with all channels that reach it.

use super::{Place, ProblemKind, SpecProblem};
use crate::{
    Channel, Mark,
    spec::{ChannelDef, Encoding, FieldDef, MarkDef, ScaleType, Unit},
};

/// Checks a unit view.
pub(super) fn check(unit: &Unit, place: &Place, problems: &mut Vec<SpecProblem>) {
    let Some(mark) = unit.mark.mark else {
        return;
    };
    for entry in &unit.encoding.entries {
        check_channel(mark, entry.channel, unit, place, problems);
    }
    check_needs(mark, unit, place, problems);
}

/// Whether a channel carries something here or in an enclosing layer.
fn carries(unit: &Unit, place: &Place, channel: Channel) -> bool {
    let has = |encoding: &Encoding| !encoding.all(channel).is_empty();
    has(&unit.encoding) || has(&place.inherited)
}

fn check_channel(mark: Mark, channel: Channel, unit: &Unit, place: &Place, problems: &mut Vec<SpecProblem>) {
    let step = format!(".encoding.{channel}");
    if let Some(first) = channel.primary()
        && !carries(unit, place, first)
        && !has_fixed(&unit.mark, first)
    {
        let message = format!("{channel} is the second end of a span, but {first} carries nothing");
        place.report(problems, &step, ProblemKind::SecondWithoutFirst, message);
    }
    let position = match channel {
        Channel::XOffset => Some(Channel::X),
        Channel::YOffset => Some(Channel::Y),
        _ => None,
    };
    if let Some(position) = position
        && !carries(unit, place, position)
    {
        let message = format!("{channel} shifts marks within {position}, but {position} carries nothing");
        place.report(problems, &step, ProblemKind::OffsetWithoutPosition, message);
    }
    if !uses(mark, channel) {
        let message = format!("a {mark} mark does not use {channel}");
        place.report(problems, &step, ProblemKind::ChannelNotOfMark, message);
    }
}

/// Whether the mark itself fixes a position.
fn has_fixed(mark: &MarkDef, channel: Channel) -> bool {
    match channel {
        Channel::X => mark.x.is_some(),
        Channel::Y => mark.y.is_some(),
        Channel::Theta => mark.theta.is_some(),
        Channel::Radius => mark.radius.is_some() || mark.outer_radius.is_some(),
        _ => false,
    }
}

/// Whether a mark uses a channel, after the table of supported marks in Vega-Lite's `channel.ts`.
///
/// Second ends on points and lines are used for binned data only; they are let pass.
fn uses(mark: Mark, channel: Channel) -> bool {
    use Channel as C;
    use Mark as M;
    if mark.is_composite() {
        return true;
    }
    match channel {
        C::X | C::Y | C::XOffset | C::YOffset | C::Latitude | C::Longitude => mark != M::Geoshape,
        C::X2 | C::Y2 | C::Latitude2 | C::Longitude2 => !matches!(mark, M::Arc | M::Text | M::Geoshape),
        C::Size => matches!(
            mark,
            M::Point | M::Tick | M::Rule | M::Circle | M::Square | M::Bar | M::Text | M::Line | M::Trail
        ),
        C::StrokeDash => matches!(
            mark,
            M::Line | M::Point | M::Tick | M::Rule | M::Circle | M::Square | M::Bar | M::Geoshape
        ),
        C::Shape => matches!(mark, M::Point | M::Geoshape),
        C::Text => mark == M::Text,
        C::Angle => matches!(mark, M::Point | M::Square | M::Text),
        C::Url => mark == M::Image,
        C::Theta | C::Radius => matches!(mark, M::Text | M::Arc),
        C::Theta2 | C::Radius2 => mark == M::Arc,
        C::XError | C::XError2 | C::YError | C::YError2 => false,
        _ => true,
    }
}

fn check_needs(mark: Mark, unit: &Unit, place: &Place, problems: &mut Vec<SpecProblem>) {
    let def = &unit.mark;
    // What was not understood may well be what is needed.
    let is_open = |names: &[&str]| names.iter().any(|name| def.rest.contains_key(*name));
    match mark {
        Mark::Text if !carries(unit, place, Channel::Text) && def.text.is_none() && !is_open(&["text"]) => {
            let message = "a text mark has no text; give the text channel or the mark's text".to_owned();
            place.report(problems, ".mark", ProblemKind::TextWithoutText, message);
        }
        Mark::Image if !carries(unit, place, Channel::Url) && def.url.is_none() && !is_open(&["url"]) => {
            let message = "a picture has no address; give the url channel or the mark's url".to_owned();
            place.report(problems, ".mark", ProblemKind::ImageWithoutUrl, message);
        }
        Mark::Arc if !has_angle(unit, place) && !is_open(&["theta", "theta2", "radius", "radius2"]) => {
            let message = "slices have neither an angle nor a radius; give the theta channel".to_owned();
            place.report(problems, ".mark", ProblemKind::ArcWithoutTheta, message);
        }
        _ if mark.is_composite() && !has_continuous_axis(unit, place) => {
            let message = format!("a {mark} summarises a quantity, but neither x nor y carries one");
            place.report(problems, ".mark", ProblemKind::NoContinuousAxis, message);
        }
        _ => {}
    }
}

fn has_angle(unit: &Unit, place: &Place) -> bool {
    carries(unit, place, Channel::Theta)
        || carries(unit, place, Channel::Radius)
        || unit.mark.theta.is_some()
        || unit.mark.theta2.is_some()
        || unit.mark.radius.is_some()
        || unit.mark.outer_radius.is_some()
}

fn has_continuous_axis(unit: &Unit, place: &Place) -> bool {
    [Channel::X, Channel::Y].into_iter().any(|channel| {
        let own = unit.encoding.get(channel);
        match own.or_else(|| place.inherited.get(channel)) {
            Some(ChannelDef::Field(def)) => is_continuous(def, channel),
            Some(ChannelDef::Datum(_)) => true,
            _ => unit.encoding.rest.contains_key(channel.as_str()),
        }
    })
}

fn is_continuous(def: &FieldDef, channel: Channel) -> bool {
    use crate::FieldType::{Quantitative, Temporal};
    let is_open = def.rest.contains_key("type") || def.field_type.is_none();
    let discrete_scale = matches!(
        def.scale_type(),
        Some(ScaleType::Band | ScaleType::Point | ScaleType::Ordinal)
    );
    !discrete_scale && (is_open || matches!(def.measured_as(channel), Quantitative | Temporal))
}
