//! Errors of drawing.

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// The spec could not be executed on the table.
    #[error("the chart's data could not be computed")]
    Execute(#[from] marey_table::TableError),
    /// The tables do not belong to the spec.
    #[error("the spec has {expected} unit views and {found} tables were given for them")]
    UnitCount {
        /// Unit views of the spec.
        expected: usize,
        /// Tables given.
        found: usize,
    },
    /// The spec is not in normal form.
    #[error("{what} cannot be drawn before the spec is brought to normal form")]
    NotNormal {
        /// What stands in the way.
        what: &'static str,
    },
    /// The drawing was stopped from outside or took too long.
    #[error("the drawing was stopped after {after_ms} ms")]
    Stopped {
        /// Time it had taken.
        after_ms: u64,
    },
    /// A text is no SVG document that can be drawn.
    #[error("the SVG cannot be drawn as pixels")]
    Svg {
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A drawing would be too large.
    #[error("the picture would be {width} x {height} pixels; at most {limit} pixels are made")]
    TooManyPixels {
        /// Width in pixels.
        width: f64,
        /// Height in pixels.
        height: f64,
        /// Most pixels allowed.
        limit: u64,
    },
    /// The pixels could not be packed.
    #[error("the picture cannot be written as PNG")]
    Png {
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
