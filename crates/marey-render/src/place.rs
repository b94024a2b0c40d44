//! Position scales with their range: from data to pixels.

use std::{collections::HashMap, rc::Rc};

use marey_core::{
    Channel, Mark,
    spec::{Literal, Nice, Range},
};

use crate::{
    datum::Datum,
    resolve::{Domain, Kind, ScaleModel, is_binned},
    scale::{Band, Continuous, Interval, Transform},
    theme::Theme,
};

/// A position scale.
#[derive(Debug, Clone)]
pub enum Place<'a> {
    /// Numbers and times.
    Continuous(Continuous),
    /// Categories in bands or at points.
    Discrete {
        /// The categories in order.
        items: Rc<[Datum<'a>]>,
        /// Place of each category in the order.
        order: Rc<HashMap<Datum<'a>, usize>>,
        /// Their bands.
        band: Band,
    },
    /// Values are pixels.
    Identity,
}

impl<'a> Place<'a> {
    /// The pixel of a value; the middle of its band for a category.
    pub fn at(&self, value: Datum<'_>) -> Option<f64> {
        match self {
            Place::Continuous(scale) => scale.map(number_of(scale, value)?),
            Place::Discrete { order, band, .. } => band.center(*order.get(&value)?),
            Place::Identity => value.as_number(),
        }
    }

    /// First and last pixel of a category's band.
    pub fn span(&self, value: Datum<'_>) -> Option<(f64, f64)> {
        match self {
            Place::Discrete { order, band, .. } => {
                let start = band.start(*order.get(&value)?)?;
                Some((start, start + band.bandwidth()))
            }
            _ => None,
        }
    }

    /// Whether the scale has bands of a width.
    pub fn is_banded(&self) -> bool {
        matches!(self, Place::Discrete { band, .. } if band.bandwidth() > 0.0)
    }

    /// The pixel from which lengths start: that of zero, or the end of the range nearest to it.
    pub fn base(&self) -> f64 {
        let Place::Continuous(scale) = self else {
            return 0.0;
        };
        let [low, high] = scale.domain_ends();
        let zero = match scale.transform() {
            Transform::Log { .. } | Transform::Time => low,
            _ if low <= 0.0 && high >= 0.0 || high <= 0.0 && low >= 0.0 => 0.0,
            _ if low.abs() <= high.abs() => low,
            _ => high,
        };
        scale.map(zero).unwrap_or(0.0)
    }

    /// Distance between neighbouring categories, if there are categories.
    pub fn step(&self) -> Option<f64> {
        match self {
            Place::Discrete { band, .. } => Some(band.step()),
            _ => None,
        }
    }
}

fn number_of(scale: &Continuous, value: Datum<'_>) -> Option<f64> {
    match scale.transform() {
        Transform::Time => value.as_time(),
        _ => value.as_number(),
    }
}

/// The number of steps that the categories of a scale take, paddings included; none if continuous.
pub fn steps(model: &ScaleModel<'_>, theme: &Theme) -> Option<f64> {
    let Domain::Discrete(items) = &model.domain else {
        return None;
    };
    let (inner, outer) = paddings(model, theme);
    Some(crate::scale::band_space(items.len(), inner, outer))
}

/// The position scale of a model over a range of pixels.
pub fn place<'a>(model: &ScaleModel<'a>, range: [f64; 2], ticks: f64, theme: &Theme) -> Place<'a> {
    let mut range = given_range(model, range);
    if model.setting(|scale| scale.reverse) == Some(true) {
        range.reverse();
    }
    let round = model.setting(|scale| scale.round).unwrap_or(false);
    match &model.domain {
        _ if model.kind == Kind::Identity => Place::Identity,
        Domain::Discrete(items) => {
            let (inner, outer) = paddings(model, theme);
            let band = Band::new(items.len(), range)
                .padding(inner, outer)
                .align(model.setting(|scale| scale.align).unwrap_or(0.5))
                .rounded(round);
            let order = items.iter().enumerate().map(|(at, item)| (*item, at)).collect();
            Place::Discrete {
                items: items.as_slice().into(),
                order: Rc::new(order),
                band,
            }
        }
        Domain::Continuous { stops, fixed } => {
            Place::Continuous(continuous(model, stops, *fixed, range, ticks).rounded(round))
        }
    }
}

fn given_range(model: &ScaleModel<'_>, range: [f64; 2]) -> [f64; 2] {
    let number = |literal: &Literal| match literal {
        Literal::Number(value) if value.is_finite() => Some(*value),
        _ => None,
    };
    let given = model.setting(|scale| match &scale.range {
        Some(Range::Values(values)) => match values.as_slice() {
            [a, b] => Some([number(a)?, number(b)?]),
            _ => None,
        },
        _ => None,
    });
    let [low, high] = given.unwrap_or(range);
    [
        model
            .setting(|scale| scale.range_min.as_ref().and_then(number))
            .unwrap_or(low),
        model
            .setting(|scale| scale.range_max.as_ref().and_then(number))
            .unwrap_or(high),
    ]
}

/// The transform of a continuous kind.
pub fn transform(model: &ScaleModel<'_>) -> Transform {
    match model.kind {
        Kind::Log => Transform::Log {
            base: model
                .setting(|scale| scale.base)
                .filter(|base| *base > 1.0)
                .unwrap_or(10.0),
        },
        Kind::Pow => Transform::Pow {
            exponent: model
                .setting(|scale| scale.exponent)
                .filter(|e| *e > 0.0)
                .unwrap_or(1.0),
        },
        Kind::Sqrt => Transform::Pow { exponent: 0.5 },
        Kind::Symlog => Transform::Symlog {
            constant: model
                .setting(|scale| scale.constant)
                .filter(|c| *c > 0.0)
                .unwrap_or(1.0),
        },
        Kind::Time => Transform::Time,
        _ => Transform::Linear,
    }
}

fn continuous(
    model: &ScaleModel<'_>,
    stops: &[f64],
    fixed: [bool; 2],
    range: [f64; 2],
    ticks: f64,
) -> Continuous {
    if stops.len() > 2 {
        let pieces = stops.len() - 1;
        let at = |i: usize| range[0] + (range[1] - range[0]) * i as f64 / pieces as f64;
        return Continuous::piecewise(
            transform(model),
            stops.to_vec(),
            (0..stops.len()).map(at).collect(),
        );
    }
    let ends = [
        stops.first().copied().unwrap_or(0.0),
        stops.last().copied().unwrap_or(1.0),
    ];
    let scale = Continuous::new(transform(model), padded(model, ends, range), range);
    let scale = match model.setting(|scale| scale.nice.as_ref()) {
        Some(Nice::On(true)) => scale.nice(ticks),
        Some(Nice::On(false)) => scale,
        Some(Nice::Count(count)) => scale.nice(count.clamp(1.0, 1000.0)),
        Some(Nice::Interval(name, step)) => match Interval::parse(name, step.map_or(1, |s| s as i64)) {
            Some(interval) => scale.nice_interval(interval),
            None => scale,
        },
        None if nice_by_default(model) && !(fixed[0] && fixed[1]) => rounded(scale, range, ticks),
        None => scale,
    };
    keep_fixed(scale, ends, fixed, range).clamped(model.setting(|scale| scale.clamp).unwrap_or(false))
}

/// Widens a domain to round numbers. Logarithms are rounded to 1, 2 or 5 times a power: whole powers
/// would leave much of the plot empty.
fn rounded(scale: Continuous, range: [f64; 2], ticks: f64) -> Continuous {
    let [low, high] = scale.domain_ends();
    match scale.transform() {
        Transform::Log { base: 10.0 } if low > 0.0 && high > 0.0 => {
            let ends = [one_two_five(low, false), one_two_five(high, true)];
            Continuous::new(scale.transform(), ends, range)
        }
        Transform::Symlog { .. } => scale,
        _ => scale.nice(ticks.max(4.0)),
    }
}

/// The nearest 1, 2 or 5 times a power of ten below or above a positive number.
fn one_two_five(value: f64, up: bool) -> f64 {
    let power = 10f64.powf(value.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
    let near = |step: &f64| {
        if up {
            *step >= value * (1.0 - 1e-9)
        } else {
            *step <= value * (1.0 + 1e-9)
        }
    };
    let found = if up {
        steps.iter().find(|s| near(s))
    } else {
        steps.iter().rev().find(|s| near(s))
    };
    found
        .copied()
        .filter(|step| step.is_finite() && *step > 0.0)
        .unwrap_or(value)
}

/// Ends that the spec fixed survive the rounding.
fn keep_fixed(scale: Continuous, ends: [f64; 2], fixed: [bool; 2], range: [f64; 2]) -> Continuous {
    let [low, high] = scale.domain_ends();
    let kept = [
        if fixed[0] { ends[0] } else { low },
        if fixed[1] { ends[1] } else { high },
    ];
    if kept == [low, high] {
        scale
    } else {
        Continuous::new(scale.transform(), kept, range)
    }
}

/// Widens a domain by the scale's padding in pixels.
fn padded(model: &ScaleModel<'_>, ends: [f64; 2], range: [f64; 2]) -> [f64; 2] {
    let padding = model.setting(|scale| scale.padding).unwrap_or(0.0);
    let length = (range[1] - range[0]).abs();
    if !(padding > 0.0 && length > 2.0 * padding) {
        return ends;
    }
    let inner = Continuous::new(transform(model), ends, [padding, length - padding]);
    match (inner.invert(0.0), inner.invert(length)) {
        (Some(low), Some(high)) => [low, high],
        _ => ends,
    }
}

fn nice_by_default(model: &ScaleModel<'_>) -> bool {
    let binned = model.uses.iter().any(|used| match used.def {
        marey_core::spec::ChannelDef::Field(def) => is_binned(def),
        _ => false,
    });
    matches!(model.channel, Channel::X | Channel::Y) && model.kind != Kind::Time && !binned
}

/// Inner and outer padding of a discrete scale.
fn paddings(model: &ScaleModel<'_>, theme: &Theme) -> (f64, f64) {
    let both = model.setting(|scale| scale.padding);
    let outer = model.setting(|scale| scale.padding_outer).or(both);
    if model.kind == Kind::Point {
        return (1.0, outer.unwrap_or(0.5));
    }
    let inner = model.setting(|scale| scale.padding_inner).or(both);
    let default = default_gap(model, theme);
    (
        inner.unwrap_or(default),
        outer.unwrap_or(inner.map_or(default, |inner| inner) / 2.0),
    )
}

fn default_gap(model: &ScaleModel<'_>, theme: &Theme) -> f64 {
    if matches!(model.channel, Channel::XOffset | Channel::YOffset) {
        return 0.06;
    }
    let marks = || model.uses.iter().filter_map(|used| used.layer.mark.mark);
    if marks().any(|mark| mark == Mark::Bar) {
        theme.bar_gap
    } else if marks().all(|mark| matches!(mark, Mark::Rect | Mark::Image | Mark::Text)) {
        0.0
    } else {
        theme.bar_gap
    }
}
