//! The facts: what a glance at the marks would tell.

use std::collections::{BTreeMap, HashMap};

use marey_core::{
    Channel, FieldType, Mark,
    spec::{FieldDef, NamePart, Setting},
};

use super::{
    is_box_plot,
    lead::{Roles, grouped, phrase, roles},
};
use crate::{
    datum::Datum,
    format::TimeFormat,
    resolve::is_binned,
    scale::{Interval, TimeUnitOf},
    text::readable_list,
    tree::Layer,
    words::ValueFormat,
};

/// Most names of categories that are told.
const MAX_NAMES: usize = 5;

/// A field with its values over the drawn rows.
struct Told<'l, 'a> {
    def: &'l FieldDef,
    format: ValueFormat,
    values: Vec<Datum<'a>>,
    /// Upper ends, where the field is binned.
    ends: HashMap<Datum<'a>, Datum<'a>>,
}

impl<'l, 'a> Told<'l, 'a> {
    fn of(layer: &Layer<'a>, (channel, def): (Channel, &'l FieldDef)) -> Option<Self> {
        let column = |name| layer.column(&name);
        let values = column(def.output_name(channel))?;
        let at = |column: &[Datum<'a>], row: &u32| column.get(*row as usize).copied().unwrap_or(Datum::Null);
        let ends = match column(def.output_name_of(channel, NamePart::End)) {
            Some(ends) if is_binned(def) => layer
                .rows
                .iter()
                .map(|row| (at(values, row), at(ends, row)))
                .collect(),
            _ => HashMap::new(),
        };
        let values: Vec<Datum<'a>> = layer.rows.iter().map(|row| at(values, row)).collect();
        let format = match date_pattern(&values) {
            Some(pattern) if given_format(def).is_none() && def.time_unit.is_none() => {
                ValueFormat::Time(TimeFormat::new(pattern))
            }
            _ => ValueFormat::of(def, channel, given_format(def), def.format_type.as_deref()),
        };
        Some(Self {
            def,
            format,
            values,
            ends,
        })
    }

    fn write(&self, value: Datum<'a>) -> String {
        match self.ends.get(&value) {
            Some(end) => format!("{} to {}", self.format.write(value), self.format.write(*end)),
            None => self.format.write(value),
        }
    }

    fn write_number(&self, value: f64) -> String {
        self.format.write(Datum::number(value))
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

/// The format of a field's text or, failing that, of its axis.
fn given_format(def: &FieldDef) -> Option<&str> {
    let axis = def.axis.as_ref().and_then(Setting::on);
    def.format
        .as_deref()
        .or_else(|| axis.and_then(|axis| axis.format.as_deref()))
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
        return extremes(layer, &measure?, &dimension?, " median");
    }
    match (layer.mark.mark?, measure, dimension) {
        (Mark::Point | Mark::Circle | Mark::Square | Mark::Tick, _, _) => points(layer),
        (Mark::Line | Mark::Area | Mark::Trail, Some(measure), Some(along)) if ordered => {
            course(layer, &measure, &along)
        }
        (_, Some(measure), Some(dimension)) if is_ranged(layer) => {
            let categories = categories(&dimension);
            Some(
                measure
                    .spread()
                    .map_or(categories.clone(), |spread| format!("{categories}; {spread}")),
            )
        }
        (_, Some(measure), Some(dimension)) => extremes(layer, &measure, &dimension, ""),
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

/// The measure summed over what shares a value of the dimension.
fn totals<'a>(measure: &Told<'_, 'a>, dimension: &Told<'_, 'a>) -> BTreeMap<Datum<'a>, f64> {
    let mut totals = BTreeMap::new();
    for (at, value) in dimension.values.iter().zip(&measure.values) {
        if let Some(number) = value.as_number() {
            *totals.entry(*at).or_insert(0.0) += number;
        }
    }
    totals
}

/// The marks by name, each with its number: one a category where its pieces are stacked, else one
/// a row, named by category and series.
fn named_marks<'a>(
    layer: &Layer<'a>,
    measure: &Told<'_, 'a>,
    dimension: &Told<'_, 'a>,
) -> Vec<(String, f64)> {
    let totals = totals(measure, dimension);
    if layer.stack.is_some() && !grouped(layer) || totals.len() == dimension.values.len() {
        return totals
            .into_iter()
            .map(|(at, total)| (dimension.write(at), total))
            .collect();
    }
    let others = [
        Channel::X,
        Channel::Y,
        Channel::Color,
        Channel::Fill,
        Channel::XOffset,
        Channel::YOffset,
    ];
    let other = others.into_iter().find_map(|channel| {
        let def = layer.encoding.field(channel)?;
        let is_new = def != dimension.def && def != measure.def;
        Told::of(layer, (channel, def)).filter(|_| is_new)
    });
    let name = |row: usize| {
        let of = |told: &Told<'_, 'a>| told.write(told.values.get(row).copied().unwrap_or(Datum::Null));
        match &other {
            Some(other) => format!("{}, {}", of(dimension), of(other)),
            None => of(dimension),
        }
    };
    let numbers = measure.values.iter().enumerate();
    numbers
        .filter_map(|(row, value)| Some((name(row), value.as_number()?)))
        .collect()
}

/// `12 categories; the highest is London with 3,200, the lowest Rome with 120`; `what` qualifies
/// the highest.
fn extremes<'a>(
    layer: &Layer<'a>,
    measure: &Told<'_, 'a>,
    dimension: &Told<'_, 'a>,
    what: &str,
) -> Option<String> {
    let marks = named_marks(layer, measure, dimension);
    // Where several are equal the first is named.
    let most = marks
        .iter()
        .reduce(|best, mark| if mark.1 > best.1 { mark } else { best })?;
    let least = marks
        .iter()
        .reduce(|best, mark| if mark.1 < best.1 { mark } else { best })?;
    let (high, low) = (measure.write_number(most.1), measure.write_number(least.1));
    if marks.len() == 1 {
        return Some(format!("{} with {high}", most.0));
    }
    let mut distinct = dimension.values.clone();
    distinct.sort();
    distinct.dedup();
    let count = counted(distinct.len(), "category", "categories");
    Some(if high == low {
        format!("{count}, all with {high}")
    } else {
        format!(
            "{count}; the highest{what} is {} with {high}, the lowest {} with {low}",
            most.0, least.0
        )
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

/// Whether marks run from one value to another rather than from zero.
fn is_ranged(layer: &Layer<'_>) -> bool {
    [Channel::X2, Channel::Y2]
        .into_iter()
        .any(|channel| layer.encoding.field(channel).is_some())
}

/// The pattern of dates that are all first days of years or months.
fn date_pattern(values: &[Datum<'_>]) -> Option<&'static str> {
    let all_start = |unit| {
        let mut times = values.iter().filter(|value| !value.is_null()).peekable();
        times.peek().is_some()
            && times
                .all(|value| matches!(value, Datum::Time(at) if Interval::every(unit, 1).floor(*at) == *at))
    };
    if all_start(TimeUnitOf::Year) {
        Some("%Y")
    } else if all_start(TimeUnitOf::Month) {
        Some("%b %Y")
    } else {
        None
    }
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
