//! Draw chart specs: spec and table to scene, scene to SVG or PNG, the same bytes every time.

pub mod color;
mod error;
pub mod format;
pub mod path;
mod png;
pub mod scale;
mod stop;
pub mod svg;
pub mod text;

pub use error::RenderError;
pub use png::{PngOptions, svg_to_png};
pub use stop::Stop;

use std::{
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use marey_core::{ChartSpec, Warned};
use marey_table::Table;

/// How a chart is drawn.
#[derive(Debug, Clone)]
pub struct RenderOptions {
    /// Width of the plotting area in pixels, where the spec does not say.
    pub width: f64,
    /// Height of the plotting area in pixels, where the spec does not say.
    pub height: f64,
    /// Longest time the drawing may take; none means no limit.
    pub deadline: Option<Duration>,
    /// Set from outside to stop the drawing.
    pub cancel: Option<Arc<AtomicBool>>,
}

/// Draws a chart as SVG.
///
/// # Errors
///
/// When the spec cannot be executed on the table, asks for something that cannot be drawn, or the
/// deadline passes.
pub fn render_svg(
    _spec: &ChartSpec,
    _table: &Table,
    _options: &RenderOptions,
) -> Result<Warned<String, String>, RenderError> {
    todo!("written by the drawing's author")
}
