//! Where a view's data comes from.

use super::{JsonMap, Setting, closed_set, properties};

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
        /// Name of the field, `data` when absent.
        output: Option<String>,
        /// Name given to the source.
        name: Option<String>,
    },
    /// The outline of the earth.
    Sphere,
    /// A grid of meridians and parallels.
    Graticule(Graticule),
    /// A source that is not modelled, verbatim.
    Carried(JsonMap),
}

impl DataSource {
    /// Where members that are not modelled are carried, if the source has such a place.
    pub(crate) fn rest_mut(&mut self) -> Option<&mut JsonMap> {
        match self {
            DataSource::Url { rest, .. }
            | DataSource::Inline { rest, .. }
            | DataSource::Named { rest, .. } => Some(rest),
            _ => None,
        }
    }
}

properties! {
    /// A grid of meridians and parallels.
    pub struct Graticule {
        /// Distance of lines in degrees, east and north.
        step: [f64; 2] = "step",
        /// Distance of minor lines.
        step_minor: [f64; 2] = "stepMinor",
        /// Distance of major lines.
        step_major: [f64; 2] = "stepMajor",
        /// Corners of the grid.
        extent: [[f64; 2]; 2] = "extent",
        /// Corners of the minor lines.
        extent_minor: [[f64; 2]; 2] = "extentMinor",
        /// Corners of the major lines.
        extent_major: [[f64; 2]; 2] = "extentMajor",
        /// Distance of points along a line in degrees.
        precision: f64 = "precision",
    }
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

closed_set! {
    /// The format of a document of data.
    pub enum DataFormatType {
        /// JSON.
        Json = "json",
        /// Comma-separated values.
        Csv = "csv",
        /// Tab-separated values.
        Tsv = "tsv",
        /// Values with a delimiter of their own.
        Dsv = "dsv",
        /// Geographic shapes that share borders.
        Topojson = "topojson",
        /// Apache Arrow's file format.
        Arrow = "arrow",
    }
}

/// How fields of a document are read, by name, in the order of the document; off leaves one as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FieldParsing(pub Vec<(String, Setting<String>)>);

properties! {
    /// How a document of data is read.
    pub struct DataFormat {
        /// The format; told from the address when absent.
        format_type: DataFormatType = "type",
        /// How fields are read (`number`, `date`, `date:'%d %b'` …); off leaves all as they are.
        parse: Setting<FieldParsing> = "parse",
        /// Where in a JSON document the rows are.
        property: String = "property",
        /// Delimiter of `dsv`.
        delimiter: String = "delimiter",
        /// The object of a TopoJSON document whose shapes are rows.
        feature: String = "feature",
        /// The object of a TopoJSON document whose borders are one shape.
        mesh: String = "mesh",
    }
}
