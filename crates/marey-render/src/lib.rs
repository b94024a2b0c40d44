#![doc = include_str!("../README.md")]

mod alt_text;
mod axis;
mod block;
pub mod color;
mod column;
mod datum;
mod error;
mod facet;
pub mod format;
mod layout;
mod legend;
mod look;
mod mark;
pub mod path;
mod place;
mod plot;
mod png;
mod resolve;
pub mod scale;
pub mod scene;
mod sort;
mod stop;
pub mod svg;
pub mod text;
pub mod theme;
mod title;
mod tree;
mod warnings;
mod words;
mod write;

pub use error::RenderError;
pub use png::{PngOptions, svg_to_png};
pub use scene::Scene;
pub use stop::Stop;
pub use theme::Theme;
pub use write::scene_svg;

use std::{
    collections::BTreeMap,
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use marey_core::{ChartSpec, Warned};
use marey_table::{
    Table,
    execute::{ExecuteOptions, Execution, execute},
};

use crate::{layout::Composer, look::look, resolve::resolve_scales, tree::TreeBuilder, warnings::Warnings};

/// How a chart is drawn.
#[derive(Debug, Clone)]
pub struct RenderOptions {
    /// Colours, fonts and sizes.
    pub theme: Theme,
    /// Width of the plotting area in pixels, where the spec does not say.
    pub width: f64,
    /// Height of the plotting area in pixels, where the spec does not say.
    pub height: f64,
    /// Keeps the identifiers of several charts on one page apart.
    pub id_prefix: String,
    /// Most shapes of one layer; of more rows, evenly chosen ones are drawn.
    pub max_shapes: usize,
    /// Most cells of facets.
    pub max_cells: usize,
    /// Bounds on computing the data behind the marks.
    pub execute: ExecuteOptions,
    /// Longest time the drawing may take; none means no limit.
    pub deadline: Option<Duration>,
    /// Set from outside to stop the drawing.
    pub cancel: Option<Arc<AtomicBool>>,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self {
            theme: Theme::light(),
            width: 420.0,
            height: 260.0,
            id_prefix: String::new(),
            max_shapes: 50_000,
            max_cells: 400,
            execute: ExecuteOptions::default(),
            deadline: None,
            cancel: None,
        }
    }
}

/// Draws a chart as SVG.
///
/// # Errors
///
/// When the spec cannot be executed on the table, asks for something that cannot be drawn, or the
/// deadline passes.
pub fn render_svg(
    spec: &ChartSpec,
    table: &Table,
    options: &RenderOptions,
) -> Result<Warned<String, String>, RenderError> {
    Ok(render_scene(spec, table, options)?.map(|scene| scene_svg(&scene, &options.id_prefix)))
}

/// Draws a chart as PNG.
///
/// # Errors
///
/// As [`render_svg`], and when the picture would have too many pixels.
pub fn render_png(
    spec: &ChartSpec,
    table: &Table,
    options: &RenderOptions,
    png: &PngOptions,
) -> Result<Warned<Vec<u8>, String>, RenderError> {
    let svg = render_svg(spec, table, options)?;
    Ok(Warned {
        value: svg_to_png(&svg.value, png)?,
        warnings: svg.warnings,
    })
}

/// Draws a chart as a [`Scene`], plain data that can be looked into.
///
/// # Errors
///
/// As [`render_svg`].
pub fn render_scene(
    spec: &ChartSpec,
    table: &Table,
    options: &RenderOptions,
) -> Result<Warned<Scene, String>, RenderError> {
    let executed = execute(spec, table, &options.execute)?;
    let mut drawn = draw(&executed.value, options)?;
    let noticed = executed.warnings.iter().map(|warning| warning.message.clone());
    drawn.warnings.splice(0..0, noticed);
    Ok(drawn)
}

/// Draws an executed spec: its normal form and the rows behind each of its unit views.
///
/// # Errors
///
/// When the spec is not in normal form, the tables do not belong to it, or the deadline passes.
pub fn draw(execution: &Execution, options: &RenderOptions) -> Result<Warned<Scene, String>, RenderError> {
    let stop = Stop::new(options.deadline, options.cancel.clone());
    let mut warnings = Warnings::default();
    let builder = TreeBuilder::new(execution, options.max_cells, &stop);
    let mut root = builder.build(&execution.spec.view, &mut warnings)?;
    let scales = resolve_scales(&mut root, &stop, &mut warnings)?;
    let looks: BTreeMap<usize, look::Look<'_>> = scales
        .iter()
        .filter_map(|(id, model)| Some((*id, look(model, &options.theme, &mut warnings)?)))
        .collect();
    let composer = Composer {
        scales: &scales,
        looks: &looks,
        theme: &options.theme,
        stop: &stop,
        max_shapes: options.max_shapes.max(1),
    };
    note_unread(&execution.spec, &mut warnings);
    let scene = layout::compose(&composer, &execution.spec, &root, options, &mut warnings)?;
    Ok(Warned {
        value: scene,
        warnings: warnings.into_messages(),
    })
}

/// Names what of the document the drawing passes over.
fn note_unread(spec: &ChartSpec, warnings: &mut Warnings) {
    if spec.top.config.as_ref().is_some_and(|config| !config.is_empty()) {
        warnings.once("`config` is not read: the theme decides how the chart looks".into());
    }
}
