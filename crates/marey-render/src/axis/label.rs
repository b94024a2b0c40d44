//! Ticks and the words beside them.

use marey_core::spec::{Axis, ChannelDef, FieldDef, TickCount};

use super::{Tick, is_normalized, tick_count};
use crate::{
    column::time_end,
    datum::Datum,
    format::{FormatError, TickFormat, TimeFormat},
    place::Place,
    resolve::{Kind, ScaleModel, is_binned},
    scale::{Continuous, Interval, TimeUnitOf, Transform, tick_interval},
    warnings::Warnings,
    words::{domain_labels, names_year, readable_number, unit_pattern},
};

/// The ticks of an axis with their labels, and where the grid's lines stand.
pub fn ticks<'a>(
    model: &ScaleModel<'a>,
    place: &Place<'a>,
    length: f64,
    given: Option<&'a Axis>,
    warnings: &mut Warnings,
) -> (Vec<Tick>, Vec<f64>) {
    if given.and_then(|axis| axis.label_expr.as_ref()).is_some() {
        warnings.once("labelExpr is not drawn: labels show the values themselves".into());
    }
    match place {
        Place::Discrete { items, .. } => (discrete_ticks(model, place, items, given), Vec::new()),
        Place::Continuous(scale) => continuous_ticks(model, scale, length, given, warnings),
        Place::Identity => (Vec::new(), Vec::new()),
    }
}

fn given_format<'a>(model: &ScaleModel<'a>, given: Option<&'a Axis>) -> Option<&'a str> {
    given.and_then(|axis| axis.format.as_deref()).or_else(|| {
        model.uses.iter().find_map(|used| match used.def {
            ChannelDef::Field(def) => def.format.as_deref(),
            ChannelDef::Datum(def) => def.format.as_deref(),
            ChannelDef::Value(_) => None,
        })
    })
}

fn discrete_ticks<'a>(
    model: &ScaleModel<'a>,
    place: &Place<'a>,
    items: &[Datum<'a>],
    given: Option<&'a Axis>,
) -> Vec<Tick> {
    let Some(used) = model.uses.first() else {
        return Vec::new();
    };
    let format_type = given.and_then(|axis| axis.format_type.as_deref());
    let labels = domain_labels(items, used, given_format(model, given), format_type);
    let chosen = given.and_then(|axis| axis.values.as_ref());
    items
        .iter()
        .zip(labels)
        .filter(|(item, _)| chosen.is_none_or(|values| values.iter().any(|v| Datum::of_literal(v) == **item)))
        .filter_map(|(item, label)| {
            Some(Tick {
                at: place.at(*item)?,
                label: vec![label],
                whole: None,
            })
        })
        .collect()
}

fn continuous_ticks<'a>(
    model: &ScaleModel<'a>,
    scale: &Continuous,
    length: f64,
    given: Option<&'a Axis>,
    warnings: &mut Warnings,
) -> (Vec<Tick>, Vec<f64>) {
    let time = model.kind == Kind::Time;
    let count = match given.and_then(|axis| axis.tick_count.as_ref()) {
        Some(TickCount::Count(count)) if *count >= 0.0 => count.min(200.0),
        _ => tick_count(model.channel, length),
    };
    let values = match given.and_then(|axis| axis.values.as_ref()) {
        Some(values) => {
            let literal = |v| {
                let datum = Datum::of_literal(v);
                if time { datum.as_time() } else { datum.as_number() }
            };
            values.iter().filter_map(literal).collect()
        }
        None => chosen_ticks(model, scale, count, given),
    };
    let labels = if time {
        time_labels(model, scale, &values, count, given)
    } else {
        number_labels(model, scale, &values, count, given, warnings)
    };
    let [low, high] = scale.domain_ends();
    let unit = model.banded_unit();
    let inside = |value: f64| {
        value >= low.min(high) && value <= low.max(high) && (unit.is_none() || value < low.max(high))
    };
    // The name of a unit stands below the middle of its bar.
    let middle = |value: f64| match unit.and_then(|unit| time_end(unit, value)) {
        Some(end) => f64::midpoint(value, end.min(low.max(high))),
        None => value,
    };
    let ticks: Vec<Tick> = values
        .iter()
        .zip(labels)
        .filter(|(value, _)| inside(**value))
        .filter_map(|(value, label)| {
            Some(Tick {
                at: scale.map(middle(*value))?,
                label,
                whole: None,
            })
        })
        .collect();
    let grid = ticks.iter().map(|tick| tick.at).collect();
    (ticks, grid)
}

/// Tick values: at bin boundaries for bins, at whole units for time units, else round ones.
fn chosen_ticks(model: &ScaleModel<'_>, scale: &Continuous, count: f64, given: Option<&Axis>) -> Vec<f64> {
    if let Some(TickCount::Interval(name, step)) = given.and_then(|axis| axis.tick_count.as_ref())
        && let Some(interval) = Interval::parse(name, step.map_or(1, |s| s as i64))
    {
        let [low, high] = scale.domain_ends();
        return interval.range(interval.ceil(low.min(high)), low.max(high) + 1.0, 500);
    }
    let mut values = match scale.transform() {
        Transform::Log { base: 10.0 } => decades(scale, count),
        _ => scale.ticks(count),
    };
    let smallest = given
        .and_then(|axis| axis.tick_min_step)
        .or_else(|| whole_numbers_only(model).then_some(1.0));
    if let Some(step) = smallest.filter(|step| *step > 0.0) {
        values.retain(|value| (value / step - (value / step).round()).abs() < 1e-9);
    }
    if let Some(bounds) = bin_bounds(model).filter(|bounds| bounds.len() as f64 <= count * 1.6) {
        return bounds;
    }
    values
}

/// Powers of ten, with 2 and 5 times them where there is room.
fn decades(scale: &Continuous, count: f64) -> Vec<f64> {
    let [low, high] = scale.domain_ends();
    let (low, high) = (low.min(high), low.max(high));
    if !(low > 0.0 && high.is_finite()) {
        return scale.ticks(count);
    }
    let powers = low.log10().floor() as i32..=high.log10().ceil() as i32;
    let span = high.log10() - low.log10();
    let factors: &[f64] = if span * 3.0 <= count * 1.5 {
        &[1.0, 2.0, 5.0]
    } else {
        &[1.0]
    };
    let every = (span / count.max(1.0)).ceil().max(1.0) as usize;
    powers
        .step_by(every)
        .flat_map(|power| factors.iter().map(move |factor| factor * 10f64.powi(power)))
        .filter(|value| *value >= low * (1.0 - 1e-9) && *value <= high * (1.0 + 1e-9))
        .collect()
}

/// Counts are whole: between 0 and 3 records there is no tick at 0.5.
fn whole_numbers_only(model: &ScaleModel<'_>) -> bool {
    model.kind == Kind::Linear
        && !is_normalized(model)
        && model.uses.iter().all(|used| {
            matches!(used.def, ChannelDef::Field(def) if def.aggregate.as_ref().is_some_and(marey_core::Aggregate::counts))
        })
}

/// The boundaries of the bins in use, when the scale carries bins.
fn bin_bounds(model: &ScaleModel<'_>) -> Option<Vec<f64>> {
    let used = model.uses.iter().find(|used| used.channel.primary().is_none())?;
    let ChannelDef::Field(def) = used.def else {
        return None;
    };
    if !is_binned(def) || model.kind != Kind::Linear {
        return None;
    }
    let starts = used.layer.column(&def.output_name(used.channel))?;
    let ends = used
        .layer
        .column(&def.output_name_of(used.channel, marey_core::spec::NamePart::End))?;
    let rows = || used.layer.rows.iter().map(|row| *row as usize);
    let mut bounds: Vec<f64> = rows()
        .filter_map(|row| starts.get(row)?.as_number())
        .chain(rows().filter_map(|row| ends.get(row)?.as_number()))
        .collect();
    bounds.sort_by(f64::total_cmp);
    bounds.dedup_by(|a, b| (*a - *b).abs() <= 1e-9 * b.abs().max(1e-12));
    Some(bounds)
}

fn number_labels<'a>(
    model: &ScaleModel<'a>,
    scale: &Continuous,
    values: &[f64],
    count: f64,
    given: Option<&'a Axis>,
    warnings: &mut Warnings,
) -> Vec<Vec<String>> {
    let pattern = given_format(model, given).or(if is_normalized(model) {
        Some("%")
    } else if is_years(model, scale) {
        Some("d")
    } else {
        None
    });
    let format = tick_format(scale, values, count, pattern).or_else(|error| {
        warnings.once(error.to_string());
        tick_format(scale, values, count, None)
    });
    let write = |value: f64| match (&format, pattern) {
        (_, None) if spans_decades(scale) => compact(value),
        (_, None) if uses_words(scale) => with_word(value, values),
        (Ok(format), _) => format.format(value),
        (Err(_), _) => value.to_string(),
    };
    // A logarithmic scale leaves some ticks without words.
    let lines = |text: String| if text.is_empty() { Vec::new() } else { vec![text] };
    values.iter().map(|value| lines(write(*value))).collect()
}

/// The format that tells the ticks apart that are there, which may be fewer than were asked for.
fn tick_format(
    scale: &Continuous,
    values: &[f64],
    count: f64,
    pattern: Option<&str>,
) -> Result<TickFormat, FormatError> {
    match (scale.transform(), values) {
        (Transform::Linear, [first, .., last]) => {
            TickFormat::span(*first, *last, values.len() as f64 - 1.0, pattern)
        }
        _ => TickFormat::of(scale, count, pattern),
    }
}

/// Years take no thousands separator.
fn is_years(model: &ScaleModel<'_>, scale: &Continuous) -> bool {
    let [low, high] = scale.domain_ends();
    low.min(high) >= 1000.0
        && low.max(high) <= 3000.0
        && model
            .uses
            .iter()
            .any(|used| matches!(used.def, ChannelDef::Field(def) if bare_year(def)))
}

fn bare_year(def: &FieldDef) -> bool {
    names_year(def)
}

/// Whether ticks stand at powers of ten rather than at equal distances.
fn spans_decades(scale: &Continuous) -> bool {
    match scale.transform() {
        Transform::Log { base } => base == 10.0,
        Transform::Symlog { .. } => true,
        _ => false,
    }
}

/// A number by itself: `0.01`, `200`, `50,000`, `2M`.
fn compact(value: f64) -> String {
    if (1e6..1e15).contains(&value.abs()) {
        with_word(value, &[value])
    } else {
        readable_number(value)
    }
}

/// Whether numbers are so large that millions and billions read better than zeros.
fn uses_words(scale: &Continuous) -> bool {
    let [low, high] = scale.domain_ends();
    let largest = low.abs().max(high.abs());
    matches!(
        scale.transform(),
        crate::scale::Transform::Linear | crate::scale::Transform::Pow { .. }
    ) && (1e6..1e15).contains(&largest)
}

/// `2.5M`, with as many decimals as tell all ticks of the axis apart.
fn with_word(value: f64, ticks: &[f64]) -> String {
    let largest = ticks.iter().fold(0.0f64, |largest, tick| largest.max(tick.abs()));
    let (unit, word) = match largest {
        x if x >= 1e12 => (1e12, "T"),
        x if x >= 1e9 => (1e9, "B"),
        _ => (1e6, "M"),
    };
    if value == 0.0 {
        return "0".into();
    }
    let exact = |decimals: usize| {
        let factor = 10f64.powi(decimals as i32);
        ticks.iter().all(|tick| {
            let scaled = tick / unit * factor;
            (scaled - scaled.round()).abs() < 1e-6
        })
    };
    let decimals = (0..4).find(|decimals| exact(*decimals)).unwrap_or(3);
    format!("{:.*}{word}", decimals, value / unit).replace('-', "\u{2212}")
}

/// Labels of instants: the unit itself on the first line and, where it changes, what it is part of
/// on the second.
fn time_labels<'a>(
    model: &ScaleModel<'a>,
    scale: &Continuous,
    values: &[f64],
    count: f64,
    given: Option<&'a Axis>,
) -> Vec<Vec<String>> {
    if let Some(pattern) = given_format(model, given) {
        let format = TimeFormat::new(pattern);
        return values.iter().map(|value| vec![format.format(*value)]).collect();
    }
    if let Some(unit) = folded_unit(model) {
        let format = TimeFormat::new(unit_pattern(unit));
        return values.iter().map(|value| vec![format.format(*value)]).collect();
    }
    let [low, high] = scale.domain_ends();
    let (fine, context) = patterns(values, tick_interval(low, high, count).map(Interval::unit));
    let fine = TimeFormat::new(fine);
    let Some(context) = context.map(TimeFormat::new) else {
        return values.iter().map(|value| vec![fine.format(*value)]).collect();
    };
    let stacked = model.channel == marey_core::Channel::X;
    let mut last = String::new();
    values
        .iter()
        .map(|value| {
            let around = context.format(*value);
            let own = fine.format(*value);
            let changed = around != last;
            last.clone_from(&around);
            match (changed, stacked) {
                (true, true) => vec![own, around],
                (true, false) => vec![format!("{own} {around}")],
                _ => vec![own],
            }
        })
        .collect()
}

/// The patterns of a tick and of what it is part of, by the finest unit that ticks stand at.
fn patterns(values: &[f64], unit: Option<TimeUnitOf>) -> (&'static str, Option<&'static str>) {
    let all_at = |of: TimeUnitOf| {
        values
            .iter()
            .all(|value| Interval::every(of, 1).floor(*value) == *value)
    };
    if values.is_empty() || all_at(TimeUnitOf::Year) {
        return ("%Y", None);
    }
    if all_at(TimeUnitOf::Month) {
        return ("%b", Some("%Y"));
    }
    if all_at(TimeUnitOf::Day) {
        return ("%b %-d", Some("%Y"));
    }
    match unit {
        Some(TimeUnitOf::Second) => ("%H:%M:%S", Some("%b %-d")),
        Some(TimeUnitOf::Millisecond) => ("%S.%L", Some("%b %-d")),
        _ if all_at(TimeUnitOf::Minute) => ("%H:%M", Some("%b %-d")),
        _ => ("%H:%M:%S", Some("%b %-d")),
    }
}

/// The time unit of the scale where it folds time (months of any year, weekdays).
fn folded_unit<'a>(model: &ScaleModel<'a>) -> Option<&'a marey_core::TimeUnit> {
    model.uses.iter().find_map(|used| match used.def {
        ChannelDef::Field(def) => def.time_unit.as_ref().filter(|unit| !unit.is_absolute()),
        _ => None,
    })
}
