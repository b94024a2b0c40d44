//! Errors of drawing.

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// The spec could not be executed on the table.
    #[error("the chart's data could not be computed")]
    Execute(#[from] marey_table::TableError),
    /// The drawing was stopped from outside or took too long.
    #[error("the drawing was stopped after {after_ms} ms")]
    Stopped {
        /// Time it had taken.
        after_ms: u64,
    },
}
