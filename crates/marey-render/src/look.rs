//! Scales of looks: from data to colours, sizes, opacities, shapes and dashes.

use marey_core::{
    Channel, FieldType, Mark,
    spec::{Literal, Range, SchemeRef},
};

use crate::{
    color::{Color, Ramp, Scheme, SchemeKind, scheme},
    datum::Datum,
    path::Symbol,
    place::transform,
    resolve::{Domain, Kind, ScaleModel, field_type, is_color},
    scale::{Continuous, Ordinal, Steps, tick::nice},
    theme::Theme,
    warnings::Warnings,
};

/// How data become values of one visual property.
#[derive(Debug, Clone)]
pub enum Mapping<'a, T> {
    /// Category by category.
    Ordinal(Ordinal<Datum<'a>, T>),
    /// Class by class.
    Steps(Steps, Vec<T>),
    /// In proportion: the scale gives the number, for colours the place in the ramp.
    Continuous(Continuous),
    /// The data are visual values already.
    Identity,
}

/// A visual scale with its range.
#[derive(Debug, Clone)]
pub enum Look<'a> {
    /// Colours; the ramp is what a continuous mapping runs through.
    Color(Mapping<'a, Color>, Ramp),
    /// Sizes, opacities, widths, angles.
    Number(Mapping<'a, f64>),
    /// Shapes of symbols.
    Symbol(Mapping<'a, Symbol>),
    /// Dash patterns.
    Dash(Mapping<'a, Vec<f64>>),
}

impl<'a> Look<'a> {
    /// The colour of a value.
    pub fn color(&self, value: Datum<'a>) -> Option<Color> {
        let Look::Color(mapping, ramp) = self else {
            return None;
        };
        match mapping {
            Mapping::Continuous(scale) => Some(ramp.at(scale.map(continuous_value(scale, value)?)?)),
            Mapping::Identity => match value {
                Datum::Text(text) => Color::parse(text),
                _ => None,
            },
            other => discrete(other, value).copied(),
        }
    }

    /// The number of a value.
    pub fn number(&self, value: Datum<'a>) -> Option<f64> {
        let Look::Number(mapping) = self else { return None };
        match mapping {
            Mapping::Continuous(scale) => scale.map(continuous_value(scale, value)?),
            Mapping::Identity => value.as_number(),
            other => discrete(other, value).copied(),
        }
    }

    /// The symbol of a value.
    pub fn symbol(&self, value: Datum<'a>) -> Option<Symbol> {
        match (self, value) {
            (Look::Symbol(Mapping::Identity), Datum::Text(name)) => Symbol::parse(name),
            (Look::Symbol(mapping), _) => discrete(mapping, value).copied(),
            _ => None,
        }
    }

    /// The dash pattern of a value.
    pub fn dash(&self, value: Datum<'a>) -> Option<&[f64]> {
        match self {
            Look::Dash(mapping) => discrete(mapping, value).map(Vec::as_slice),
            _ => None,
        }
    }
}

fn continuous_value(scale: &Continuous, value: Datum<'_>) -> Option<f64> {
    match scale.transform() {
        crate::scale::Transform::Time => value.as_time(),
        _ => value.as_number(),
    }
}

fn discrete<'m, 'a, T>(mapping: &'m Mapping<'a, T>, value: Datum<'a>) -> Option<&'m T> {
    match mapping {
        Mapping::Ordinal(scale) => scale.map(&value),
        Mapping::Steps(steps, values) => values.get(steps.class(value.as_number()?)?),
        Mapping::Continuous(_) | Mapping::Identity => None,
    }
}

/// The visual scale of a model; none for positions.
pub fn look<'a>(model: &ScaleModel<'a>, theme: &Theme, warnings: &mut Warnings) -> Option<Look<'a>> {
    Some(match model.channel {
        channel if is_color(channel) => color_look(model, theme, warnings),
        Channel::Shape => Look::Symbol(discrete_mapping(model, |_| symbols(model))),
        Channel::StrokeDash => Look::Dash(discrete_mapping(model, |_| dashes(model))),
        Channel::Size
        | Channel::Opacity
        | Channel::FillOpacity
        | Channel::StrokeOpacity
        | Channel::StrokeWidth
        | Channel::Angle => Look::Number(number_mapping(model)),
        _ => return None,
    })
}

/// A mapping of categories or classes; `values` is asked for as many as there are.
fn discrete_mapping<'a, T>(model: &ScaleModel<'a>, values: impl FnOnce(usize) -> Vec<T>) -> Mapping<'a, T> {
    if model.kind == Kind::Identity {
        return Mapping::Identity;
    }
    match &model.domain {
        Domain::Discrete(items) => Mapping::Ordinal(Ordinal::new(items.iter().copied(), values(items.len()))),
        Domain::Continuous { stops, .. } => {
            let steps = steps_of(model, stops);
            let values = values(steps.classes());
            Mapping::Steps(steps, values)
        }
    }
}

/// The classes of a quantile, quantize or threshold scale.
fn steps_of(model: &ScaleModel<'_>, stops: &[f64]) -> Steps {
    let classes = range_values(model)
        .map(<[Literal]>::len)
        .or_else(|| {
            model
                .setting(|scale| scale.scheme.as_ref().and_then(|s| s.count))
                .map(|count| count as usize)
        })
        .unwrap_or(5)
        .clamp(1, 64);
    match model.kind {
        Kind::Threshold => Steps::threshold(stops.iter().copied()),
        Kind::Quantile => Steps::quantile(all_numbers(model), classes),
        _ => {
            let ends = [
                stops.first().copied().unwrap_or(0.0),
                stops.last().copied().unwrap_or(1.0),
            ];
            let ends = if model.setting(|scale| scale.nice.as_ref()).is_some() {
                nice(ends, classes as f64)
            } else {
                ends
            };
            Steps::quantize(ends, classes)
        }
    }
}

fn all_numbers(model: &ScaleModel<'_>) -> Vec<f64> {
    let mut numbers = Vec::new();
    for used in &model.uses {
        let marey_core::spec::ChannelDef::Field(def) = used.def else {
            continue;
        };
        if let Some(column) = used.layer.column(&def.output_name(used.channel)) {
            let rows = used.layer.rows.iter();
            numbers.extend(rows.filter_map(|row| column.get(*row as usize)?.as_number()));
        }
    }
    numbers
}

fn range_values<'a>(model: &ScaleModel<'a>) -> Option<&'a [Literal]> {
    model.setting(|scale| match &scale.range {
        Some(Range::Values(values)) => Some(values.as_slice()),
        _ => None,
    })
}

fn range_numbers(model: &ScaleModel<'_>) -> Option<Vec<f64>> {
    let numbers = |values: &[Literal]| {
        values
            .iter()
            .filter_map(|v| Datum::of_literal(v).as_number())
            .collect()
    };
    range_values(model)
        .map(numbers)
        .filter(|numbers: &Vec<f64>| !numbers.is_empty())
}

fn symbols(model: &ScaleModel<'_>) -> Vec<Symbol> {
    let named = |values: &[Literal]| -> Vec<Symbol> {
        values
            .iter()
            .filter_map(|value| match value {
                Literal::Text(name) => Symbol::parse(name),
                _ => None,
            })
            .collect()
    };
    match range_values(model).map(named) {
        Some(symbols) if !symbols.is_empty() => symbols,
        _ => Symbol::CATEGORIES.to_vec(),
    }
}

/// Dash patterns told apart at a glance; a spec's own are lists, which the range does not model.
fn dashes(_: &ScaleModel<'_>) -> Vec<Vec<f64>> {
    vec![
        vec![],
        vec![5.0, 3.0],
        vec![2.0, 2.0],
        vec![8.0, 3.0, 2.0, 3.0],
        vec![1.0, 3.0],
        vec![10.0, 4.0],
    ]
}

fn number_mapping<'a>(model: &ScaleModel<'a>) -> Mapping<'a, f64> {
    let given = range_numbers(model);
    let [low, high] = number_range(model);
    let low = model
        .setting(|scale| scale.range_min.as_ref())
        .and_then(|v| Datum::of_literal(v).as_number())
        .unwrap_or(low);
    let high = model
        .setting(|scale| scale.range_max.as_ref())
        .and_then(|v| Datum::of_literal(v).as_number())
        .unwrap_or(high);
    let spread = |count: usize| -> Vec<f64> {
        let ends = given.clone().unwrap_or_else(|| vec![low, high]);
        match ends.as_slice() {
            [from, to] if count > 2 => (0..count)
                .map(|i| from + (to - from) * i as f64 / (count - 1) as f64)
                .collect(),
            _ => ends,
        }
    };
    match &model.domain {
        Domain::Continuous { stops, .. } if is_proportional(model.kind) => {
            let range = given.clone().unwrap_or_else(|| vec![low, high]);
            let (stops, range) = matched(stops, range);
            Mapping::Continuous(Continuous::piecewise(transform(model), stops, range).clamped(true))
        }
        _ => discrete_mapping(model, spread),
    }
}

fn is_proportional(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Linear | Kind::Log | Kind::Pow | Kind::Sqrt | Kind::Symlog | Kind::Time
    )
}

/// Stops and range of equal number: a longer range is spread over the two ends of the domain.
fn matched(stops: &[f64], range: Vec<f64>) -> (Vec<f64>, Vec<f64>) {
    if stops.len() == range.len() || stops.len() != 2 || range.len() < 2 {
        return (stops.to_vec(), range);
    }
    let pieces = (range.len() - 1) as f64;
    let spread = (0..range.len())
        .map(|i| stops[0] + (stops[1] - stops[0]) * i as f64 / pieces)
        .collect();
    (spread, range)
}

/// Smallest and largest value of a channel's range where the spec does not say.
fn number_range(model: &ScaleModel<'_>) -> [f64; 2] {
    let mark = model.uses.first().and_then(|used| used.layer.mark.mark);
    let zero = matches!(&model.domain, Domain::Continuous { stops, .. } if stops.first() == Some(&0.0));
    match model.channel {
        Channel::Size => match mark {
            Some(Mark::Bar | Mark::Tick) => [3.0, 18.0],
            Some(Mark::Text) => [9.0, 32.0],
            Some(Mark::Line | Mark::Rule | Mark::Trail) => [1.0, 5.0],
            _ => [if zero { 0.0 } else { 14.0 }, 700.0],
        },
        Channel::StrokeWidth => [1.0, 4.0],
        Channel::Angle => [0.0, 360.0],
        _ => [0.25, 0.9],
    }
}

fn color_look<'a>(model: &ScaleModel<'a>, theme: &Theme, warnings: &mut Warnings) -> Look<'a> {
    let given: Option<Vec<Color>> = range_values(model).map(|values| parse_colors(values, warnings));
    let given = given.filter(|colors| !colors.is_empty());
    let wanted = model
        .setting(|scale| scale.scheme.as_ref())
        .map(|wanted| (wanted, known_scheme(wanted, warnings)));
    let wanted = wanted.and_then(|(wanted, scheme)| scheme.map(|scheme| (wanted, scheme)));
    let reverse = model.setting(|scale| scale.reverse) == Some(true);
    match &model.domain {
        Domain::Continuous { stops, .. } if is_proportional(model.kind) => {
            let (ramp, stops) = match (given, &wanted) {
                (Some(colors), _) => (Ramp::new(colors), stops.clone()),
                (None, Some((wanted, scheme))) => (ramp_of(wanted, scheme), stops.clone()),
                (None, None) => default_ramp(model, stops, theme),
            };
            let ramp = if reverse { ramp.reversed() } else { ramp };
            let last = stops.len().saturating_sub(1).max(1) as f64;
            let places = (0..stops.len()).map(|i| i as f64 / last).collect();
            let scale = Continuous::piecewise(transform(model), stops, places).clamped(true);
            Look::Color(Mapping::Continuous(scale), ramp)
        }
        _ => {
            let mapping = discrete_mapping(model, |count| {
                let mut colors = match (given, &wanted) {
                    (Some(colors), _) => spread_colors(colors, count, model.kind),
                    (None, Some((wanted, scheme))) => scheme_colors(wanted, scheme, count),
                    (None, None) => default_colors(model, count, theme),
                };
                if reverse {
                    colors.reverse();
                }
                colors
            });
            Look::Color(mapping, Ramp::new(Vec::new()))
        }
    }
}

fn parse_colors(values: &[Literal], warnings: &mut Warnings) -> Vec<Color> {
    values
        .iter()
        .filter_map(|value| match value {
            Literal::Text(text) => {
                let color = Color::parse(text);
                if color.is_none() {
                    warnings.once(format!("`{text}` is no colour"));
                }
                color
            }
            _ => None,
        })
        .collect()
}

fn known_scheme(wanted: &SchemeRef, warnings: &mut Warnings) -> Option<Scheme> {
    let found = scheme(&wanted.name);
    if found.is_none() {
        warnings.once(format!(
            "`{}` is no colour scheme: the theme's colours are used",
            wanted.name
        ));
    }
    found
}

fn ramp_of(wanted: &SchemeRef, scheme: &Scheme) -> Ramp {
    match wanted.extent {
        Some(extent) => scheme.ramp().part(extent),
        None => scheme.ramp(),
    }
}

fn scheme_colors(wanted: &SchemeRef, scheme: &Scheme, count: usize) -> Vec<Color> {
    match (scheme.kind, wanted.extent) {
        (SchemeKind::Categorical, _) | (_, None) => scheme.discrete(count),
        (_, Some(_)) => ramp_of(wanted, scheme).samples(count),
    }
}

/// Two or three given colours for more classes are ends to run between.
fn spread_colors(colors: Vec<Color>, count: usize, kind: Kind) -> Vec<Color> {
    let classes = matches!(kind, Kind::Quantile | Kind::Quantize | Kind::Threshold);
    if classes && colors.len() < count && colors.len() > 1 {
        let ramp = Ramp::new(colors);
        return (0..count)
            .map(|i| ramp.at(i as f64 / (count - 1) as f64))
            .collect();
    }
    colors
}

/// The ramp of quantities where the spec names none; one with a middle where the data have both signs.
fn default_ramp(model: &ScaleModel<'_>, stops: &[f64], theme: &Theme) -> (Ramp, Vec<f64>) {
    let diverging = |stops: Vec<f64>| (scheme_ramp(theme.colors.diverging), stops);
    let [low, high] = [
        stops.first().copied().unwrap_or(0.0),
        stops.last().copied().unwrap_or(1.0),
    ];
    if stops.len() == 3 {
        return diverging(stops.to_vec());
    }
    if model.kind == Kind::Linear
        && low < 0.0
        && high > 0.0
        && low.abs().min(high) * 10.0 >= low.abs().max(high)
    {
        let reach = low.abs().max(high);
        return diverging(vec![-reach, 0.0, reach]);
    }
    let heat = model
        .uses
        .iter()
        .any(|used| matches!(used.layer.mark.mark, Some(Mark::Rect)));
    let name = if heat {
        theme.colors.heat
    } else {
        theme.colors.sequential
    };
    let ramp = scheme_ramp(name);
    // The palest end of a ramp vanishes in the background of points and lines.
    (if heat { ramp } else { ramp.part([0.15, 1.0]) }, stops.to_vec())
}

fn scheme_ramp(name: &str) -> Ramp {
    scheme(name).map_or_else(
        || Ramp::new(vec![Color::WHITE, Color::BLACK]),
        |scheme| scheme.ramp(),
    )
}

/// The colours of categories or classes where the spec names none.
fn default_colors(model: &ScaleModel<'_>, count: usize, theme: &Theme) -> Vec<Color> {
    let ordered = model.kind != Kind::Ordinal
        || model
            .uses
            .iter()
            .any(|used| field_type(used.def, used.channel) != FieldType::Nominal);
    if ordered && count > 1 {
        let ramp = scheme_ramp(theme.colors.sequential).part([0.25, 1.0]);
        return (0..count)
            .map(|i| ramp.at(i as f64 / (count - 1) as f64))
            .collect();
    }
    let base = &theme.colors.category;
    let lighter = base.iter().map(|color| color.mix(theme.colors.background, 0.45));
    base.iter().copied().chain(lighter).collect()
}
