//! Cells as nvBench prints them: the labels by which two results are compared.

use arrow::{
    array::{Array, ArrayRef, AsArray},
    datatypes::{
        DataType, Date32Type, Float64Type, Int64Type, Time64MicrosecondType, TimestampMicrosecondType,
    },
    util::display::array_value_to_string,
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use marey_core::{
    Channel, ChartSpec, FieldName,
    spec::{Encoding, FieldDef},
};
use marey_table::{ColumnNote, Table};
use serde_json::Value;

/// A row of labels: x, y and the group.
pub(super) type Row = (String, String, String);

/// Label of what is missing.
pub(super) const MISSING: &str = "";

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// How the labels of one channel are written.
#[derive(Debug, Clone)]
pub(super) struct Labelling {
    column: FieldName,
    unit: Option<&'static str>,
    /// How the times of the source column were written.
    time_formats: Vec<String>,
    boolean_words: Option<[String; 2]>,
    null_markers: Vec<String>,
    is_truth: bool,
}

/// The labellings of x, y and colour of a chart in normal form, over the table that it was drawn from.
pub(super) fn labellings(spec: &ChartSpec, rows: &Table, table: &Table) -> Option<[Option<Labelling>; 3]> {
    let encoding = spec.view.encoding()?;
    let (x, y) = if encoding.get(Channel::X).is_some() {
        (Channel::X, Channel::Y)
    } else {
        (Channel::Color, Channel::Theta)
    };
    let color = (x == Channel::X).then_some(Channel::Color);
    let of = |channel: Channel| labelling(encoding, channel, spec, rows, table);
    Some([Some(of(x)?), Some(of(y)?), color.and_then(of)])
}

fn labelling(
    encoding: &Encoding,
    channel: Channel,
    spec: &ChartSpec,
    rows: &Table,
    table: &Table,
) -> Option<Labelling> {
    let def: &FieldDef = encoding.field(channel)?;
    let column = def.output_name(channel);
    let index = rows.column_index(&column)?;
    let is_truth = rows.schema().field(index).data_type() == &DataType::Boolean;
    // A unit of time may stand in the encoding or in a step that names its field after it.
    let source = def.name().map_or("", FieldName::as_str);
    let unit_of = |name: &str| UNITS.into_iter().find(|unit| *unit == name);
    let inline = def.time_unit.as_ref().and_then(|unit| unit_of(&unit.to_string()));
    let stepped = UNITS.into_iter().find(|unit| {
        !spec.view.transform.is_empty()
            && source
                .strip_prefix(unit)
                .is_some_and(|rest| rest.starts_with('_'))
            && table.column_index(&source.into()).is_none()
    });
    let note = table
        .column_index(&source.into())
        .map(|index| table.note(index).clone());
    let ColumnNote {
        time_formats,
        boolean_words,
        null_markers,
        ..
    } = note.unwrap_or_default();
    Some(Labelling {
        column,
        unit: inline.or(stepped),
        time_formats,
        boolean_words,
        null_markers,
        is_truth,
    })
}

const UNITS: [&str; 4] = ["year", "month", "date", "day"];

impl Labelling {
    /// The labels of a column of the rows behind a chart.
    pub(super) fn labels(&self, rows: &Table) -> Vec<String> {
        let Some(index) = rows.column_index(&self.column) else {
            return Vec::new();
        };
        rows.column(index)
            .flat_map(|array| (0..array.len()).map(|row| self.label(array, row)))
            .collect()
    }

    fn label(&self, array: &ArrayRef, row: usize) -> String {
        if array.is_null(row) {
            return MISSING.into();
        }
        match array.data_type() {
            DataType::Boolean => self.truth(array.as_boolean().value(row)),
            DataType::Int64 => number(array.as_primitive::<Int64Type>().value(row) as f64),
            DataType::Float64 => number(array.as_primitive::<Float64Type>().value(row)),
            DataType::Date32 => {
                let days = i64::from(array.as_primitive::<Date32Type>().value(row));
                self.time(DateTime::from_timestamp(days * 86_400, 0))
            }
            DataType::Timestamp(..) => {
                let micros = array
                    .as_primitive_opt::<TimestampMicrosecondType>()
                    .map(|array| array.value(row));
                self.time(micros.and_then(DateTime::from_timestamp_micros))
            }
            DataType::Time64(_) => {
                let micros = array
                    .as_primitive_opt::<Time64MicrosecondType>()
                    .map(|array| array.value(row));
                self.time(micros.and_then(DateTime::from_timestamp_micros))
            }
            _ => plain(&array_value_to_string(array, row).unwrap_or_default()),
        }
    }

    fn truth(&self, value: bool) -> String {
        let words = self
            .boolean_words
            .clone()
            .unwrap_or_else(|| ["1".into(), "0".into()]);
        let [yes, no] = words;
        plain(if value { &yes } else { &no })
    }

    fn time(&self, time: Option<DateTime<chrono::Utc>>) -> String {
        let Some(time) = time.map(|time| time.naive_utc()) else {
            return MISSING.into();
        };
        let at =
            |names: &[&str], index: u32| names.get(index as usize).copied().unwrap_or_default().to_owned();
        match self.unit {
            Some("day") => at(&WEEKDAYS, time.weekday().num_days_from_monday()),
            Some("month") => at(&MONTHS, time.month0()),
            Some("year") => time.year().to_string(),
            Some(_) => ordinal(time.day()),
            None => self.written(time),
        }
    }

    fn written(&self, time: NaiveDateTime) -> String {
        match self.time_formats.as_slice() {
            [format] if !format.starts_with("epoch") => time.format(format).to_string(),
            _ => plain(&time.format("%Y-%m-%d %H:%M:%S").to_string()),
        }
    }

    /// A time as it was drawn, written as those of the column are: `4:49` and `04:49` are one, and so are `Apr 2007` and `April
    /// 2007`.
    fn time_of(&self, text: &str) -> Option<String> {
        if self.unit.is_some() {
            return None;
        }
        let formats = self.time_formats.iter();
        let mut times = formats.filter_map(|format| time_in(text.trim(), format));
        times.next().map(|time| self.written(time))
    }

    /// The label of a value as it was drawn.
    pub(super) fn drawn(&self, value: &Value) -> String {
        let text = match value {
            Value::Null => return MISSING.into(),
            Value::Bool(truth) => return self.truth(*truth),
            Value::Number(given) => {
                return given
                    .as_f64()
                    .map_or_else(|| given.to_string(), |value| self.digit(value));
            }
            Value::String(text) => text.as_str(),
            other => return other.to_string(),
        };
        if self.null_markers.iter().any(|marker| marker == text) {
            return MISSING.into();
        }
        if let Some(truth) = self.truth_of(text) {
            return self.truth(truth);
        }
        if let Some(time) = self.time_of(text) {
            return time;
        }
        match text.trim().parse::<f64>() {
            Ok(value) if value.is_finite() => self.digit(value),
            _ => self.shortened(plain(text)),
        }
    }

    /// What a word means in a column of truth values.
    fn truth_of(&self, text: &str) -> Option<bool> {
        let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
        let [yes, no] = self.boolean_words.clone().unwrap_or_default();
        match () {
            () if !self.is_truth => None,
            () if is(&[&yes, "1", "t", "true", "y", "yes"]) => Some(true),
            () if is(&[&no, "0", "f", "false", "n", "no"]) => Some(false),
            () => None,
        }
    }

    /// A number, or one of the digits that stand for yes and no.
    fn digit(&self, value: f64) -> String {
        match (self.is_truth, value) {
            (true, 1.0) => self.truth(true),
            (true, 0.0) => self.truth(false),
            _ => number(value),
        }
    }

    /// nvBench shortens some weekdays and months by one letter less than others.
    fn shortened(&self, text: String) -> String {
        let names: &[&str] = match self.unit {
            Some("day") => &WEEKDAYS,
            Some("month") => &MONTHS,
            _ => return text,
        };
        let name = names
            .iter()
            .find(|name| text.starts_with(**name) && text.len() <= 5);
        name.map_or(text, |name| (*name).to_owned())
    }
}

/// A text as a time by a pattern, which may lack the day or the date.
fn time_in(text: &str, format: &str) -> Option<NaiveDateTime> {
    // Full names of months read short ones too, not the other way round.
    let format = &format.replace("%b", "%B");
    let day = |text: &str, format: &str| {
        let date = NaiveDate::parse_from_str(text, format).ok()?;
        Some(date.and_time(NaiveTime::MIN))
    };
    NaiveDateTime::parse_from_str(text, format)
        .ok()
        .or_else(|| day(text, format))
        .or_else(|| day(&format!("1 {text}"), &format!("%d {format}")))
        .or_else(|| {
            let time = NaiveTime::parse_from_str(text, format).ok()?;
            Some(NaiveDate::default().and_time(time))
        })
}

/// A day of the month: `1st`, `22nd`, `13th`.
fn ordinal(day: u32) -> String {
    let ending = match (day % 10, day % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{day}{ending}")
}

/// A number to four significant digits, to seven from 10,000 on.
pub(super) fn number(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    // Sums come in another order there: what differs in the thirteenth digit is the same.
    let value = format!("{value:.11e}").parse().unwrap_or(value);
    let digits = if value.abs() >= 10_000.0 { 7 } else { 4 };
    let rounded = format!("{:.*e}", digits - 1, value);
    rounded.parse::<f64>().map_or(rounded, |value| value.to_string())
}

fn plain(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_suffix(" 00:00:00").unwrap_or(text);
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => number(value),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_compared_as_times() {
        let labelling = |formats: &[&str]| Labelling {
            column: "t".into(),
            unit: None,
            time_formats: formats.iter().map(|format| (*format).to_owned()).collect(),
            boolean_words: None,
            null_markers: Vec::new(),
            is_truth: false,
        };
        let drawn = |formats: &[&str], text: &str| labelling(formats).drawn(&Value::from(text));
        assert_eq!(drawn(&["%H:%M"], "4:49"), drawn(&["%H:%M"], "04:49"));
        assert_ne!(drawn(&["%H:%M"], "4:49"), drawn(&["%H:%M"], "4:50"));
        assert_eq!(drawn(&["%b %Y"], "April 2007"), "Apr 2007");
        assert_eq!(drawn(&["%Y-%m-%d", "%d/%m/%Y"], "03/02/2024"), "2024-02-03");
        assert_eq!(drawn(&["%Y-%m-%d"], "no date"), "no date");
    }

    #[test]
    fn days_of_the_month_have_endings() {
        let days = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31].map(ordinal);
        assert_eq!(
            days,
            [
                "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "31st"
            ]
        );
    }
}
