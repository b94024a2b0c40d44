//! What a field is: its name, how it is stored, how it is measured and what it means.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::spec::closed_set;

/// The name of a column, exactly as the table spells it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldName(String);

impl FieldName {
    /// Takes any text as a column name; tables do contain empty and odd ones.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for FieldName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for FieldName {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl From<String> for FieldName {
    fn from(name: String) -> Self {
        Self(name)
    }
}

closed_set! {
    /// How the values of a column are stored.
    pub enum PhysicalType {
        /// True or false.
        Boolean = "boolean",
        /// Whole numbers.
        Int = "int",
        /// Floating-point numbers.
        Float = "float",
        /// Exact decimal numbers.
        Decimal = "decimal",
        /// Calendar days.
        Date = "date",
        /// Times of day.
        Time = "time",
        /// Instants or local date-times.
        Timestamp = "timestamp",
        /// Text.
        Text = "text",
        /// No value at all in the whole column.
        Empty = "empty",
    }
}

closed_set! {
    /// The level of measurement, as Vega-Lite spells it.
    pub enum FieldType {
        /// Numbers whose differences mean something.
        Quantitative = "quantitative",
        /// Points in time.
        Temporal = "temporal",
        /// Ordered categories.
        Ordinal = "ordinal",
        /// Unordered categories.
        Nominal = "nominal",
        /// Geographic shapes.
        Geojson = "geojson",
    }
}

closed_set! {
    /// What the values of a column stand for in the world.
    pub enum SemanticType {
        /// Names a row or an entity and measures nothing.
        Identifier = "identifier",
        /// A calendar year as a number.
        Year = "year",
        /// A day or an instant.
        Date = "date",
        /// A month by name or number.
        Month = "month",
        /// A day of the week by name.
        Weekday = "weekday",
        /// A two-valued answer.
        Boolean = "boolean",
        /// One of a modest number of labels.
        Category = "category",
        /// A place on an ordered scale (low < medium < high, age bands).
        OrderedCategory = "ordered_category",
        /// Prose.
        FreeText = "free_text",
        /// Degrees north, -90 to 90.
        Latitude = "latitude",
        /// Degrees east, -180 to 180.
        Longitude = "longitude",
        /// A country by name or ISO code.
        Country = "country",
        /// A state, province or region.
        Region = "region",
        /// A city or town.
        City = "city",
        /// A postal code.
        PostalCode = "postal_code",
        /// A share of a whole, written 0 to 100 or 0 to 1.
        Percentage = "percentage",
        /// A ratio or rate whose sum means nothing.
        Rate = "rate",
        /// An amount of money.
        Currency = "currency",
        /// A count of things.
        Count = "count",
        /// A measured number.
        Measure = "measure",
        /// An e-mail address.
        Email = "email",
        /// A telephone number.
        Phone = "phone",
        /// A web address.
        Url = "url",
    }
}
