//! What a field is: how it is stored, how it is measured and what it means.

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
