//! The title a field has where none is given.

use crate::{Aggregate, spec::FieldDef};

impl FieldDef {
    /// The title Vega-Lite gives the field where none is written: `Mean of price`,
    /// `size (binned)`, `date (year-month)`, `Count of Records`.
    ///
    /// ```
    /// use marey_core::{Aggregate, FieldType, spec::FieldDef};
    ///
    /// let price = FieldDef::new("price", FieldType::Quantitative);
    /// assert_eq!(price.aggregate(Aggregate::Mean).default_title(), "Mean of price");
    /// ```
    pub fn default_title(&self) -> String {
        let field = self.name().map_or("", |name| name.as_str());
        if self.aggregate == Some(Aggregate::Count) {
            return "Count of Records".into();
        }
        if self.binning(crate::Channel::X).is_some() {
            return format!("{field} (binned)");
        }
        if let Some(unit) = self
            .time_unit
            .as_ref()
            .filter(|unit| !unit.binned && !unit.parts.is_empty())
        {
            let parts: Vec<&str> = unit.parts.iter().map(|part| part.as_str()).collect();
            return format!("{field} ({})", parts.join("-"));
        }
        match &self.aggregate {
            Some(Aggregate::Argmax(Some(by))) => format!("{field} for max {by}"),
            Some(Aggregate::Argmin(Some(by))) => format!("{field} for min {by}"),
            Some(op) => format!("{} of {field}", capitalized(op.as_str())),
            None => field.to_owned(),
        }
    }
}

/// The text with a capital at its start.
pub(super) fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    first + chars.as_str()
}
