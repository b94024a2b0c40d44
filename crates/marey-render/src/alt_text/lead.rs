//! The lead: the kind of chart and what is set against what.

use marey_core::{
    Channel, FieldType, Mark,
    spec::{ChannelDef, FieldDef, StackOffset},
};

use super::is_box_plot;
use crate::{
    resolve::is_binned,
    tree::Layer,
    words::{lower_first, readable, title_of},
};

/// `Stacked bar chart of mean of price by city, coloured by region`.
pub(super) fn lead(layer: &Layer<'_>) -> String {
    let kind = kind(layer);
    let mut text = match subject(layer) {
        Some(subject) => format!("{kind} of {subject}"),
        None => kind.to_owned(),
    };
    for (channel, verb) in [
        (Channel::Color, "coloured by"),
        (Channel::Fill, "coloured by"),
        (Channel::Size, "sized by"),
        (Channel::Shape, "with shapes by"),
    ] {
        let Some(def) = layer.encoding.field(channel) else {
            continue;
        };
        let words = phrase(def);
        // A colour that repeats an axis says nothing new.
        if !text.contains(&words) {
            text.push_str(&format!(", {verb} {words}"));
        }
    }
    text
}

/// A field's title in running text; its name where the title is switched off.
pub(super) fn phrase(def: &FieldDef) -> String {
    let title = title_of(&ChannelDef::from(def.clone()))
        .filter(|title| !title.trim().is_empty())
        .or_else(|| def.name().map(|name| readable(name.as_str())));
    lower_first(&title.unwrap_or_else(|| "value".to_owned()))
}

/// The measured field and what it is broken down by.
pub(super) struct Roles<'l> {
    pub measure: Option<(Channel, &'l FieldDef)>,
    pub dimension: Option<(Channel, &'l FieldDef)>,
}

/// Which of a layer's fields is measured and which one breaks it down.
pub(super) fn roles<'l>(layer: &'l Layer<'_>) -> Roles<'l> {
    let on = |channel: Channel| layer.encoding.field(channel).map(|def| (channel, def));
    let is_measure = |(channel, def): &(Channel, &FieldDef)| {
        def.aggregate.is_some() || def.measured_as(*channel) == FieldType::Quantitative && !is_binned(def)
    };
    if layer.mark.mark == Some(Mark::Arc) {
        let dimension = on(Channel::Color)
            .or_else(|| on(Channel::Fill))
            .filter(|it| !is_measure(it));
        return Roles {
            measure: on(Channel::Theta).or_else(|| on(Channel::Radius)),
            dimension,
        };
    }
    match (on(Channel::X), on(Channel::Y)) {
        // A line of two quantities is read from left to right.
        (Some(x), Some(y)) if is_measure(&x) && !is_measure(&y) => Roles {
            measure: Some(x),
            dimension: Some(y),
        },
        (Some(x), Some(y)) if is_measure(&y) => Roles {
            measure: Some(y),
            dimension: Some(x),
        },
        (Some(x), Some(y)) => Roles {
            measure: colored_measure(layer),
            dimension: Some(if y.1.bin.is_some() { y } else { x }),
        },
        (Some(one), None) | (None, Some(one)) if is_measure(&one) => Roles {
            measure: Some(one),
            dimension: None,
        },
        (one, other) => Roles {
            measure: None,
            dimension: one.or(other),
        },
    }
}

fn colored_measure<'l>(layer: &'l Layer<'_>) -> Option<(Channel, &'l FieldDef)> {
    [Channel::Color, Channel::Fill, Channel::Size]
        .into_iter()
        .filter_map(|channel| Some((channel, layer.encoding.field(channel)?)))
        .find(|(channel, def)| def.measured_as(*channel) == FieldType::Quantitative)
}

fn subject(layer: &Layer<'_>) -> Option<String> {
    let on = |channel: Channel| layer.encoding.field(channel).map(phrase);
    let Roles { measure, dimension } = roles(layer);
    let between = matches!(
        layer.mark.mark,
        Some(Mark::Rect | Mark::Point | Mark::Circle | Mark::Square)
    );
    match (on(Channel::X), on(Channel::Y)) {
        (Some(x), Some(y)) if between => Some(format!("{y} against {x}")),
        _ => match (
            measure.map(|(_, def)| phrase(def)),
            dimension.map(|(_, def)| phrase(def)),
        ) {
            (Some(measure), Some(dimension)) => Some(format!("{measure} by {dimension}")),
            (one, other) => one.or(other),
        },
    }
}

fn kind(layer: &Layer<'_>) -> &'static str {
    let is_histogram = [Channel::X, Channel::Y]
        .into_iter()
        .any(|channel| layer.encoding.field(channel).is_some_and(is_binned));
    let in_series = [
        Channel::Color,
        Channel::Fill,
        Channel::Stroke,
        Channel::Detail,
        Channel::StrokeDash,
    ]
    .into_iter()
    .any(|channel| layer.encoding.field(channel).is_some());
    match layer.mark.mark {
        _ if is_box_plot(layer) => "Box plot",
        Some(Mark::Bar) => match layer.stack {
            _ if grouped(layer) => "Grouped bar chart",
            Some((_, StackOffset::Normalize)) => "Bar chart of shares",
            Some(_) if in_series => "Stacked bar chart",
            _ if is_histogram => "Histogram",
            _ => "Bar chart",
        },
        Some(Mark::Area) => match layer.stack {
            Some((_, StackOffset::Normalize)) => "Area chart of shares",
            Some(_) if in_series => "Stacked area chart",
            _ => "Area chart",
        },
        Some(Mark::Line | Mark::Trail) => "Line chart",
        Some(Mark::Arc) if layer.mark.inner_radius.is_some_and(|radius| radius > 0.0) => "Donut chart",
        Some(Mark::Arc) => "Pie chart",
        Some(Mark::Rect) => "Heat map",
        Some(Mark::Tick) => "Strip plot",
        Some(Mark::Point | Mark::Circle | Mark::Square) => "Scatter plot",
        Some(Mark::Geoshape) => "Map",
        _ => "Chart",
    }
}

pub(super) fn grouped(layer: &Layer<'_>) -> bool {
    [Channel::XOffset, Channel::YOffset]
        .into_iter()
        .any(|channel| layer.encoding.field(channel).is_some())
}
