//! Names of the columns that inline functions make, after Vega-Lite's `vgField`.
//!
//! `mean_price`, `__count`, `bin_maxbins_10_size_end`, `yearmonth_date`: whoever computes a column
//! and whoever draws it find it under the same name, the one official Vega-Lite gives it.

use super::{Bin, BinParams, FieldDef};
use crate::{Aggregate, Channel, FieldName, TimeUnit};

/// Which of the columns that belong to one field definition is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamePart {
    /// The value itself; the lower end of a bin or time unit.
    Value,
    /// The upper end of a bin or time unit.
    End,
    /// The text of a bin's range (`10 – 20`).
    Range,
    /// The middle of a bin.
    Mid,
    /// The start of a stacked piece.
    StackStart,
    /// The end of a stacked piece.
    StackEnd,
    /// The start of a time unit's rectangle that is shifted within its band.
    RectStart,
    /// The end of a time unit's rectangle that is shifted within its band.
    RectEnd,
}

impl NamePart {
    fn bin_suffix(self) -> &'static str {
        match self {
            NamePart::End => "end",
            NamePart::Range => "range",
            NamePart::Mid => "mid",
            _ => "",
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            NamePart::StackStart => "start",
            NamePart::StackEnd => "end",
            NamePart::RectStart => "offsetted_rect_start",
            NamePart::RectEnd => "offsetted_rect_end",
            _ => "",
        }
    }
}

impl FieldDef {
    /// Name of the column that holds the field's values after aggregation, binning or truncation.
    ///
    /// `channel` decides the default number of bins. A definition without field and function gives
    /// the empty name.
    ///
    /// ```
    /// use marey_core::{Aggregate, Channel, FieldType, spec::FieldDef};
    ///
    /// let price = FieldDef::new("price", FieldType::Quantitative);
    /// assert_eq!(price.clone().binned().output_name(Channel::X).as_str(), "bin_maxbins_10_price");
    /// assert_eq!(price.aggregate(Aggregate::Mean).output_name(Channel::X).as_str(), "mean_price");
    /// ```
    pub fn output_name(&self, channel: Channel) -> FieldName {
        self.output_name_of(channel, NamePart::Value)
    }

    /// Name of one of the columns that belong to the definition.
    pub fn output_name_of(&self, channel: Channel, part: NamePart) -> FieldName {
        let field = self.name().map_or("", FieldName::as_str);
        FieldName::new(self.raw_name(field, channel, part))
    }

    /// Name of the column in which the position of each value in an explicit order stands.
    pub fn sort_index_name(&self, channel: Channel) -> FieldName {
        let name = self.output_name(channel);
        FieldName::new(format!("{channel}_{name}_sort_index"))
    }

    fn raw_name(&self, field: &str, channel: Channel, part: NamePart) -> String {
        let plain = |name: String| join(&name, part.suffix());
        if self.aggregate == Some(Aggregate::Count) {
            return plain("__count".into());
        }
        if let Some(bin) = self.binning(channel) {
            let suffix = format!("{}{}", part.bin_suffix(), part.suffix());
            return join(&join(&bin_name(&bin), field), &suffix);
        }
        match (&self.aggregate, &self.time_unit) {
            (Some(op @ (Aggregate::Argmin(Some(by)) | Aggregate::Argmax(Some(by)))), _) => {
                format!("{}.{field}", plain(format!("{op}_{by}")))
            }
            (Some(op), _) => plain(join(op.as_str(), field)),
            (None, Some(unit)) if !unit.binned => {
                let end = if part == NamePart::End { "end" } else { "" };
                join(
                    &join(&time_unit_name(unit), field),
                    &format!("{end}{}", part.suffix()),
                )
            }
            // Data that are already binned in time get an end beside the field itself.
            (None, Some(_)) if part == NamePart::End => join(field, "end"),
            _ => plain(field.to_owned()),
        }
    }

    /// How the field is binned: the parameters with the default number of bins of the channel, or
    /// none where it is not binned here.
    pub fn binning(&self, channel: Channel) -> Option<BinParams> {
        match self.bin.as_ref()? {
            Bin::On(params) => Some(params.clone().with_default_maxbins(channel)),
            Bin::Off | Bin::Binned(_) => None,
        }
    }
}

impl BinParams {
    /// The parameters with the number of bins that Vega-Lite takes where none is said.
    fn with_default_maxbins(mut self, channel: Channel) -> Self {
        if self.maxbins.is_none_or(|bins| bins == 0.0) && self.step.is_none_or(|step| step == 0.0) {
            self.maxbins = Some(default_maxbins(channel));
        }
        self
    }
}

/// The largest number of bins on a channel where none is said.
fn default_maxbins(channel: Channel) -> f64 {
    match channel {
        Channel::Row
        | Channel::Column
        | Channel::Size
        | Channel::Color
        | Channel::Fill
        | Channel::Stroke
        | Channel::StrokeWidth
        | Channel::Opacity
        | Channel::FillOpacity
        | Channel::StrokeOpacity
        | Channel::Shape => 6.0,
        Channel::StrokeDash => 4.0,
        _ => 10.0,
    }
}

/// The function name of a binning, such as `bin_maxbins_10` or `bin_step_5`.
pub fn bin_name(bin: &BinParams) -> String {
    let mut name = String::from("bin");
    let mut add = |key: &str, value: String| {
        name.push_str(&identifier(&format!("_{key}_{value}")));
    };
    let list = |values: &[f64]| values.iter().map(|v| number(*v)).collect::<Vec<_>>().join(",");
    let numbers = [
        ("maxbins", bin.maxbins),
        ("step", bin.step),
        ("minstep", bin.minstep),
        ("base", bin.base),
        ("anchor", bin.anchor),
    ];
    for (key, value) in numbers {
        if let Some(value) = value {
            add(key, number(value));
        }
    }
    if let Some(nice) = bin.nice {
        add("nice", nice.to_string());
    }
    if let Some(extent) = bin.extent {
        add("extent", list(&extent));
    }
    // Bins between the ends of a selection are called after it.
    if let Some(serde_json::Value::Object(extent)) = bin.rest.get("extent") {
        for (kind, name) in extent {
            add("extent", format!("{kind}_{}", name.as_str().unwrap_or_default()));
        }
    }
    for (key, values) in [("steps", &bin.steps), ("divide", &bin.divide)] {
        if let Some(values) = values {
            add(key, list(values));
        }
    }
    name
}

/// The function name of a time unit, such as `yearmonth`, `utchours_step_6`, `timeunit_maxbins_20`.
pub fn time_unit_name(unit: &TimeUnit) -> String {
    let mut name = String::new();
    if unit.utc {
        name.push_str("utc");
    }
    if unit.parts.is_empty() {
        name.push_str("timeunit");
    }
    unit.parts.iter().for_each(|part| name.push_str(part.as_str()));
    for (key, value) in [("maxbins", unit.maxbins), ("step", unit.step)] {
        if let Some(value) = value {
            name.push_str(&identifier(&format!("_{key}_{}", number(value))));
        }
    }
    name
}

/// A number as JavaScript prints it.
fn number(value: f64) -> String {
    // `{}` writes -0 with a sign, which JavaScript does not.
    if value == 0.0 {
        "0".into()
    } else {
        format!("{value}")
    }
}

/// All that is no letter, digit or underscore becomes an underscore.
fn identifier(text: &str) -> String {
    let replaced = |c: char| {
        if c.is_ascii_alphanumeric() || c == '_' {
            c
        } else {
            '_'
        }
    };
    text.chars().map(replaced).collect()
}

fn join(left: &str, right: &str) -> String {
    match (left.is_empty(), right.is_empty()) {
        (false, false) => format!("{left}_{right}"),
        (true, _) => right.to_owned(),
        (_, true) => left.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldType;

    fn check(def: &FieldDef, channel: Channel, part: NamePart, expected: &str) {
        assert_eq!(def.output_name_of(channel, part).as_str(), expected);
    }

    fn field(name: &str) -> FieldDef {
        FieldDef::new(name, FieldType::Quantitative)
    }

    #[test]
    fn aggregates_are_named_after_operation_and_field() {
        check(&FieldDef::count(), Channel::Y, NamePart::Value, "__count");
        check(&FieldDef::count(), Channel::Y, NamePart::StackEnd, "__count_end");
        let mean = field("price").aggregate(Aggregate::Mean);
        check(&mean, Channel::Y, NamePart::Value, "mean_price");
        check(&mean, Channel::Y, NamePart::StackStart, "mean_price_start");
        let best = field("a").aggregate(Aggregate::Argmax(Some("b".into())));
        check(&best, Channel::Y, NamePart::Value, "argmax_b.a");
    }

    #[test]
    fn bins_carry_their_parameters() {
        let binned = field("a.b").binned();
        check(&binned, Channel::X, NamePart::Value, "bin_maxbins_10_a.b");
        check(&binned, Channel::Size, NamePart::End, "bin_maxbins_6_a.b_end");
        check(&binned, Channel::Row, NamePart::Range, "bin_maxbins_6_a.b_range");
        let bin = BinParams {
            step: Some(0.5),
            extent: Some([-10.0, 10.0]),
            ..BinParams::default()
        };
        let def = FieldDef {
            bin: Some(Bin::On(bin)),
            ..field("x")
        };
        check(&def, Channel::X, NamePart::Value, "bin_step_0_5_extent__10_10_x");
        let given = FieldDef {
            bin: Some(Bin::Binned(BinParams::default())),
            ..field("x")
        };
        check(&given, Channel::X, NamePart::Value, "x");
    }

    #[test]
    fn time_units_are_named_after_their_parts() {
        let month: TimeUnit = "yearmonth".parse().unwrap();
        let def = field("date").time_unit(month);
        check(&def, Channel::X, NamePart::Value, "yearmonth_date");
        check(&def, Channel::X, NamePart::End, "yearmonth_date_end");
        let mut hours: TimeUnit = "utchours".parse().unwrap();
        hours.step = Some(6.0);
        check(
            &field("t").time_unit(hours),
            Channel::X,
            NamePart::Value,
            "utchours_step_6_t",
        );
        let given: TimeUnit = "binnedyear".parse().unwrap();
        check(&field("t").time_unit(given), Channel::X, NamePart::Value, "t");
    }
}
