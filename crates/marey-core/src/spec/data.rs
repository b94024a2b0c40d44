//! Where a view's data comes from.

use super::JsonMap;

/// Where a view's data comes from.
///
/// Marey never fetches an address: whoever executes a spec supplies the table.
#[derive(Debug, Clone, PartialEq)]
pub enum DataSource {
    /// An address, resolved by the caller.
    Url {
        /// The address as written.
        url: String,
        /// How to read it.
        format: Option<DataFormat>,
        /// Name given to the source.
        name: Option<String>,
        /// Members that are not modelled.
        rest: JsonMap,
    },
    /// Rows in the spec itself.
    Inline {
        /// The rows.
        values: InlineData,
        /// How to read them.
        format: Option<DataFormat>,
        /// Name given to the source.
        name: Option<String>,
        /// Members that are not modelled.
        rest: JsonMap,
    },
    /// A source known by name.
    Named {
        /// The name.
        name: String,
        /// Members that are not modelled.
        rest: JsonMap,
    },
    /// `null`: no data, explicitly not the parent's.
    None,
    /// A generated sequence of numbers.
    Sequence {
        /// First number.
        start: f64,
        /// End, not included.
        stop: f64,
        /// Distance.
        step: Option<f64>,
        /// Name of the field.
        name: Option<String>,
    },
    /// A generator that is not modelled (graticule, sphere), verbatim.
    Carried(JsonMap),
}

/// Rows written in a spec.
#[derive(Debug, Clone, PartialEq)]
pub enum InlineData {
    /// JSON rows (objects or plain values).
    Rows(Vec<serde_json::Value>),
    /// A whole document as text (CSV and the like).
    Text(String),
    /// A single JSON object.
    Object(JsonMap),
}

/// How a document of data is read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DataFormat {
    /// `json`, `csv`, `tsv`, `dsv`, `topojson`.
    pub format_type: Option<String>,
    /// How fields are read, by name; off for "leave as they are".
    pub parse: Option<super::Setting<Vec<(String, String)>>>,
    /// Where in a JSON document the rows are.
    pub property: Option<String>,
    /// Delimiter of `dsv`.
    pub delimiter: Option<String>,
    /// Members that are not modelled.
    pub rest: JsonMap,
}
