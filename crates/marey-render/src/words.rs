//! Words of a chart: default titles, and data as text.

use std::collections::HashMap;

use marey_core::{
    Aggregate, Channel, FieldType, TimeUnit, TimeUnitPart,
    spec::{ChannelDef, FieldDef, NamePart, Setting},
};

use crate::{
    datum::Datum,
    format::{NumberFormat, TimeFormat},
    resolve::{Use, is_binned},
};

/// The title of what a definition shows; none where the spec switches it off.
pub fn title_of(def: &ChannelDef) -> Option<String> {
    match def {
        ChannelDef::Field(def) => match &def.title {
            Some(Setting::Off) => None,
            Some(Setting::On(lines)) => Some(lines.joined()),
            None => default_title(def),
        },
        ChannelDef::Datum(def) => def.title.as_ref()?.on().map(marey_core::spec::Lines::joined),
        ChannelDef::Value(def) => def.condition.iter().find_map(|condition| match &condition.then {
            marey_core::spec::ConditionalValue::Def(inner) => title_of(inner),
            marey_core::spec::ConditionalValue::Value(_) => None,
        }),
    }
}

/// The title Vega-Lite would give a field, in the words of people: `Mean of unit price`.
fn default_title(def: &FieldDef) -> Option<String> {
    let field = def.name().map(|name| readable(name.as_str()));
    let title = match (&def.aggregate, field) {
        (Some(Aggregate::Count), _) => "Number of records".to_owned(),
        (Some(op), Some(field)) => format!("{} of {}", op_words(op), lower_first(&field)),
        (_, None) => return None,
        (None, Some(field)) if is_binned(def) => format!("{field} (binned)"),
        (None, Some(field)) => match def.time_unit.as_ref().and_then(unit_words) {
            Some(words) => format!("{field} ({words})"),
            None => field,
        },
    };
    Some(title)
}

/// A column's name without underscores, capitalised where it was all lower case.
pub fn readable(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let spaced = spaced.trim();
    if spaced.chars().any(char::is_uppercase) {
        return spaced.to_owned();
    }
    let mut chars = spaced.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Inside a phrase, a word that `readable` capitalised is small again; names and acronyms stay.
pub fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}

fn op_words(op: &Aggregate) -> &'static str {
    match op {
        Aggregate::Count | Aggregate::Valid => "Number",
        Aggregate::Missing => "Missing values",
        Aggregate::Distinct => "Distinct values",
        Aggregate::Sum => "Sum",
        Aggregate::Product => "Product",
        Aggregate::Mean | Aggregate::Average => "Mean",
        Aggregate::Variance | Aggregate::Variancep => "Variance",
        Aggregate::Stdev | Aggregate::Stdevp => "Standard deviation",
        Aggregate::Stderr => "Standard error",
        Aggregate::Median => "Median",
        Aggregate::Q1 => "Lower quartile",
        Aggregate::Q3 => "Upper quartile",
        Aggregate::Ci0 => "Lower bound of the mean",
        Aggregate::Ci1 => "Upper bound of the mean",
        Aggregate::Min | Aggregate::Argmin(_) => "Minimum",
        Aggregate::Max | Aggregate::Argmax(_) => "Maximum",
        Aggregate::Values => "Values",
    }
}

/// What a time unit cuts to; nothing for units whose labels say it themselves.
fn unit_words(unit: &TimeUnit) -> Option<&'static str> {
    use TimeUnitPart as P;
    Some(match unit.parts.as_slice() {
        [P::Quarter] => "quarter",
        [P::Month] => "month",
        [P::Week] => "week of the year",
        [P::Day] => "day of the week",
        [P::DayOfYear] => "day of the year",
        [P::Date] => "day of the month",
        [P::Hours] | [P::Hours, P::Minutes] => "time of day",
        [P::Year, P::Quarter] => "by quarter",
        [P::Year, P::Month] => "by month",
        [P::Year, P::Week] => "by week",
        _ => return None,
    })
}

/// How the values of a field are written one by one.
#[derive(Debug, Clone)]
pub enum ValueFormat {
    /// Numbers by a given format.
    Number(NumberFormat),
    /// Times by a given format.
    Time(TimeFormat),
    /// Numbers with thousands separators and a few digits.
    Readable,
    /// As they are.
    Plain,
}

impl ValueFormat {
    /// The format of a field where it is shown as text: its own, that of its time unit, or a default.
    pub fn of(def: &FieldDef, channel: Channel, given: Option<&str>, format_type: Option<&str>) -> Self {
        let temporal = def.measured_as(channel) == FieldType::Temporal || def.time_unit.is_some();
        if let Some(pattern) = given {
            if format_type == Some("time") || temporal && format_type != Some("number") {
                return ValueFormat::Time(TimeFormat::new(pattern));
            }
            if let Ok(format) = NumberFormat::parse(pattern) {
                return ValueFormat::Number(format);
            }
        }
        if let Some(unit) = &def.time_unit {
            return ValueFormat::Time(TimeFormat::new(unit_pattern(unit)));
        }
        match def.measured_as(channel) {
            FieldType::Quantitative if !names_year(def) => ValueFormat::Readable,
            _ => ValueFormat::Plain,
        }
    }

    /// The text of a value.
    pub fn write(&self, value: Datum<'_>) -> String {
        match (self, value) {
            (_, Datum::Null) => "(none)".into(),
            (_, Datum::Bool(value)) => value.to_string(),
            (ValueFormat::Number(format), value) => match value.as_number() {
                Some(number) => format.format(number),
                None => text_of(value),
            },
            (ValueFormat::Time(format), value) => match value.as_time() {
                Some(time) => format.format(time),
                None => text_of(value),
            },
            (ValueFormat::Readable, Datum::Number(number)) => readable_number(number),
            (_, value) => text_of(value),
        }
    }
}

/// Whether a field's name says that it holds years, which take no thousands separator.
pub fn names_year(def: &FieldDef) -> bool {
    def.name().is_some_and(|name| {
        let name = name.as_str().to_lowercase();
        name == "year" || name.ends_with("year") || name.starts_with("year") || name == "yr"
    })
}

fn text_of(value: Datum<'_>) -> String {
    match value {
        Datum::Null => "(none)".into(),
        Datum::Bool(value) => value.to_string(),
        Datum::Number(number) => plain_number(number),
        Datum::Time(ms) => day_or_instant(ms),
        // Line breaks and tabs would tear a label apart.
        Datum::Text(text) if text.chars().any(char::is_control) => text
            .split(char::is_control)
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        Datum::Text("") => "(empty)".into(),
        Datum::Text(text) => text.to_owned(),
    }
}

fn day_or_instant(ms: f64) -> String {
    let pattern = if ms % 86_400_000.0 == 0.0 {
        "%b %-d, %Y"
    } else {
        "%b %-d, %Y %H:%M"
    };
    TimeFormat::new(pattern).format(ms)
}

/// A number in full up to 15 digits; the tail of binary fractions is cut.
fn plain_number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}").replace('-', "\u{2212}");
    }
    NumberFormat::parse(".6~g").map_or_else(|_| number.to_string(), |format| format.format(number))
}

/// A number with thousands separators and about four significant digits.
pub fn readable_number(number: f64) -> String {
    let pattern = match number.abs() {
        0.0 => return "0".into(),
        x if !(1e-4..1e15).contains(&x) => ".3~e",
        x if number.fract() == 0.0 || x >= 1000.0 => ",.0f",
        x if x >= 100.0 => ",.1~f",
        x if x >= 1.0 => ",.2~f",
        _ => ".3~r",
    };
    NumberFormat::parse(pattern).map_or_else(|_| number.to_string(), |format| format.format(number))
}

/// The pattern that names a time unit's values.
pub fn unit_pattern(unit: &TimeUnit) -> &'static str {
    use TimeUnitPart as P;
    match unit.parts.as_slice() {
        [P::Year] => "%Y",
        [P::Quarter] => "Q%q",
        [P::Month] => "%b",
        [P::Week] => "W%U",
        [P::Day] => "%a",
        [P::DayOfYear] => "%j",
        [P::Date] => "%-d",
        [P::Hours] | [P::Hours, P::Minutes] => "%H:%M",
        [P::Minutes] => "%M",
        [P::Seconds] => "%S",
        [P::Milliseconds] => "%L",
        [P::Hours, P::Minutes, P::Seconds] => "%H:%M:%S",
        [P::Year, P::Quarter] => "Q%q %Y",
        [P::Year, P::Month] => "%b %Y",
        [P::Year, P::Week] => "W%U %Y",
        [P::Month, P::Date] => "%b %-d",
        [P::Day, P::Hours] => "%a %H:%M",
        parts if parts.last().is_some_and(|last| *last <= P::Date) => "%b %-d, %Y",
        parts if parts.last() == Some(&P::Hours) => "%b %-d, %Y %H:00",
        parts if parts.last() == Some(&P::Minutes) => "%b %-d, %Y %H:%M",
        _ => "%b %-d, %Y %H:%M:%S",
    }
}

/// The texts of a discrete domain's values; bins are written as ranges.
pub fn domain_labels(
    items: &[Datum<'_>],
    used: &Use<'_>,
    given: Option<&str>,
    format_type: Option<&str>,
) -> Vec<String> {
    let ChannelDef::Field(def) = used.def else {
        return items.iter().map(|item| text_of(*item)).collect();
    };
    let given = given.or(def.format.as_deref());
    let format = ValueFormat::of(def, used.channel, given, format_type);
    if is_binned(def) {
        let ends = bin_ends(used, def);
        return items
            .iter()
            .map(|item| match ends.get(item) {
                Some(end) => format!("{} – {}", format.write(*item), format.write(*end)),
                None => format.write(*item),
            })
            .collect();
    }
    items.iter().map(|item| format.write(*item)).collect()
}

fn bin_ends<'a>(used: &Use<'a>, def: &FieldDef) -> HashMap<Datum<'a>, Datum<'a>> {
    let starts = used.layer.column(&def.output_name(used.channel));
    let ends = used
        .layer
        .column(&def.output_name_of(used.channel, NamePart::End));
    match (starts, ends) {
        (Some(starts), Some(ends)) => {
            let rows = used.layer.rows.iter().map(|row| *row as usize);
            rows.filter_map(|row| Some((*starts.get(row)?, *ends.get(row)?)))
                .collect()
        }
        _ => HashMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_say_what_is_shown() {
        let price = || FieldDef::new("unit_price", FieldType::Quantitative);
        for (def, title) in [
            (price(), "Unit price"),
            (price().aggregate(Aggregate::Mean), "Mean of unit price"),
            (FieldDef::count(), "Number of records"),
            (price().binned(), "Unit price (binned)"),
            (
                FieldDef::new("GDP", FieldType::Quantitative).aggregate(Aggregate::Sum),
                "Sum of GDP",
            ),
            (
                FieldDef::new("date", FieldType::Temporal).time_unit(TimeUnit::of(&[TimeUnitPart::Month])),
                "Date (month)",
            ),
            (
                FieldDef::new("date", FieldType::Temporal).time_unit(TimeUnit::of(&[TimeUnitPart::Year])),
                "Date",
            ),
        ] {
            assert_eq!(title_of(&def.into()).as_deref(), Some(title));
        }
    }

    #[test]
    fn numbers_are_written_for_reading() {
        for (number, text) in [
            (0.0, "0"),
            (1234.0, "1,234"),
            (1234.56, "1,235"),
            (12.345, "12.35"),
            (0.1234, "0.123"),
            (3.0, "3"),
        ] {
            assert_eq!(readable_number(number), text);
        }
    }
}
