//! The facts: what a glance at the marks would tell.

use std::collections::BTreeMap;

use marey_core::{Channel, FieldType, Mark, spec::FieldDef};

use super::{
    is_box_plot,
    lead::{Roles, phrase, roles},
};
use crate::{datum::Datum, text::readable_list, tree::Layer, words::ValueFormat};

/// Most names of categories that are told.
const MAX_NAMES: usize = 5;

/// A field with its values over the drawn rows.
struct Told<'l, 'a> {
    def: &'l FieldDef,
    format: ValueFormat,
    values: Vec<Datum<'a>>,
}

impl<'l, 'a> Told<'l, 'a> {
    fn of(layer: &Layer<'a>, (channel, def): (Channel, &'l FieldDef)) -> Option<Self> {
        let column = layer.column(&def.output_name(channel))?;
        let value = |row: &u32| column.get(*row as usize).copied().unwrap_or(Datum::Null);
        Some(Self {
            def,
            format: ValueFormat::of(def, channel, def.format.as_deref(), def.format_type.as_deref()),
            values: layer.rows.iter().map(value).collect(),
        })
    }

    fn write(&self, value: Datum<'_>) -> String {
        self.format.write(value)
    }

    fn write_number(&self, value: f64) -> String {
        self.write(Datum::number(value))
    }

    /// Smallest and largest number.
    fn extent(&self) -> Option<(f64, f64)> {
        let numbers = self.values.iter().filter_map(|value| value.as_number());
        numbers.fold(None, |extent, x| match extent {
            None => Some((x, x)),
            Some((low, high)) => Some((low.min(x), high.max(x))),
        })
    }

    fn spread(&self) -> Option<String> {
        let (low, high) = self.extent()?;
        let words = phrase(self.def);
        Some(if low == high {
            format!("{words} is {}", self.write_number(low))
        } else {
            format!(
                "{words} from {} to {}",
                self.write_number(low),
                self.write_number(high)
            )
        })
    }
}

/// One sentence without its full stop; none where the marks tell nothing in words.
pub(super) fn fact(layer: &Layer<'_>) -> Option<String> {
    let Roles { measure, dimension } = roles(layer);
    let measure = measure.and_then(|it| Told::of(layer, it));
    let ordered = dimension.is_some_and(|(channel, def)| {
        matches!(
            def.measured_as(channel),
            FieldType::Temporal | FieldType::Quantitative
        )
    });
    let dimension = dimension.and_then(|it| Told::of(layer, it));
    if is_box_plot(layer) {
        return extremes(&measure?, &dimension?, " median");
    }
    match (layer.mark.mark?, measure, dimension) {
        (Mark::Point | Mark::Circle | Mark::Square | Mark::Tick, _, _) => points(layer),
        (Mark::Line | Mark::Area | Mark::Trail, Some(measure), Some(along)) if ordered => {
            course(layer, &measure, &along)
        }
        (_, Some(measure), Some(dimension)) => extremes(&measure, &dimension, ""),
        (_, Some(measure), None) => measure.spread().map(capitalized),
        (_, None, Some(dimension)) => Some(categories(&dimension)),
        (_, None, None) => None,
    }
}

/// `12 categories: a, b, c and 9 more`.
fn categories(dimension: &Told<'_, '_>) -> String {
    let mut values = dimension.values.clone();
    values.sort();
    values.dedup();
    let names: Vec<String> = values.iter().map(|value| dimension.write(*value)).collect();
    format!(
        "{}: {}",
        counted(names.len(), "category", "categories"),
        readable_list(&names, MAX_NAMES)
    )
}

fn points(layer: &Layer<'_>) -> Option<String> {
    let told = [Channel::X, Channel::Y].into_iter().filter_map(|channel| {
        let def = layer.encoding.field(channel)?;
        Told::of(layer, (channel, def))?.spread()
    });
    let spreads: Vec<String> = told.collect();
    let count = counted(layer.rows.len(), "point", "points");
    Some(if spreads.is_empty() {
        count
    } else {
        format!("{count}; {}", spreads.join(", "))
    })
}

/// The measure summed over what shares a value of the dimension (stacked pieces, series).
fn totals<'a>(measure: &Told<'_, 'a>, dimension: &Told<'_, 'a>) -> BTreeMap<Datum<'a>, f64> {
    let mut totals = BTreeMap::new();
    for (at, value) in dimension.values.iter().zip(&measure.values) {
        if let Some(number) = value.as_number() {
            *totals.entry(*at).or_insert(0.0) += number;
        }
    }
    totals
}

/// `12 categories; the highest is London with 3,200, the lowest Rome with 120`; `what` qualifies
/// the highest.
fn extremes(measure: &Told<'_, '_>, dimension: &Told<'_, '_>, what: &str) -> Option<String> {
    let totals = totals(measure, dimension);
    let by_size = |a: &(&Datum<'_>, &f64), b: &(&Datum<'_>, &f64)| a.1.total_cmp(b.1);
    let (most, high) = totals.iter().max_by(by_size)?;
    let (least, low) = totals.iter().min_by(by_size)?;
    let (most, least) = (dimension.write(*most), dimension.write(*least));
    let (high, low) = (measure.write_number(*high), measure.write_number(*low));
    if totals.len() == 1 {
        return Some(format!("{most} with {high}"));
    }
    let count = counted(totals.len(), "category", "categories");
    Some(if high == low {
        format!("{count}, all with {high}")
    } else {
        format!("{count}; the highest{what} is {most} with {high}, the lowest {least} with {low}")
    })
}

/// `From 2000 to 2010: starts at 12, ends at 80, peaks at 95 in 2008`.
fn course<'a>(layer: &Layer<'a>, measure: &Told<'_, 'a>, along: &Told<'_, 'a>) -> Option<String> {
    let mut values: Vec<Datum<'a>> = along
        .values
        .iter()
        .copied()
        .filter(|value| !value.is_null())
        .collect();
    values.sort();
    let (first, last) = (along.write(*values.first()?), along.write(*values.last()?));
    let series = [
        Channel::Color,
        Channel::Stroke,
        Channel::Fill,
        Channel::Detail,
        Channel::StrokeDash,
    ]
    .into_iter()
    .find_map(|channel| Told::of(layer, (channel, layer.encoding.field(channel)?)));
    if let Some(series) = series {
        let (low, high) = measure.extent()?;
        let (low, high) = (measure.write_number(low), measure.write_number(high));
        return Some(format!(
            "From {first} to {last}; values from {low} to {high}; {}",
            categories(&series)
        ));
    }
    let totals = totals(measure, along);
    let by_size = |a: &(&Datum<'_>, &f64), b: &(&Datum<'_>, &f64)| a.1.total_cmp(b.1);
    let (start, end) = (totals.values().next()?, totals.values().last()?);
    let (peak_at, peak) = totals.iter().max_by(by_size)?;
    Some(format!(
        "From {first} to {last}: starts at {}, ends at {}, highest at {} with {}",
        measure.write_number(*start),
        measure.write_number(*end),
        along.write(*peak_at),
        measure.write_number(*peak)
    ))
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn capitalized(text: String) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
