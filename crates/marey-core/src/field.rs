//! What a field is: how it is stored and how it is measured.

use crate::spec::closed_set;

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
