//! Marks: the rows of a layer as shapes.

mod arc;
mod area;
mod bar;
mod line;
mod point;
mod position;
mod rule;
mod series;
mod style;
mod text;
mod tick;

pub use point::symbol_item;
pub use position::Position;
pub use style::{Looks, Style};

use marey_core::{Channel, Mark};

use crate::{
    RenderError,
    plot::PlotArea,
    scene::{Group, Item},
    stop::Stop,
    theme::Theme,
    tree::Layer,
    warnings::Warnings,
};

/// What drawing a layer needs beside the layer.
pub struct Context<'c, 'a> {
    /// The plotting area.
    pub area: &'c PlotArea<'a>,
    /// Visual scales.
    pub looks: &'c Looks<'a>,
    /// Theme.
    pub theme: &'c Theme,
    /// When to stop.
    pub stop: &'c Stop,
    /// Most shapes of one layer.
    pub max_shapes: usize,
}

/// Draws a layer.
pub fn draw_layer<'a>(
    layer: &Layer<'a>,
    context: &Context<'_, 'a>,
    warnings: &mut Warnings,
) -> Result<Option<Group>, RenderError> {
    let Some(mark) = layer.mark.mark else {
        return Ok(None);
    };
    let drawing = Drawing {
        layer,
        context,
        style: Style::of(layer, context.looks, context.theme, warnings),
        x: Position::of(layer, Channel::X, context.area),
        y: Position::of(layer, Channel::Y, context.area),
        rows: drawn_rows(layer, mark, context.max_shapes, warnings),
    };
    let (role, items) = match mark {
        Mark::Bar => ("mark-bar", bar::bars(&drawing)?),
        Mark::Rect => ("mark-rect", bar::rects(&drawing)?),
        Mark::Line => ("mark-line", line::lines(&drawing, warnings)?),
        Mark::Trail => {
            warnings.once("a trail is drawn as a line of one width".into());
            ("mark-line", line::lines(&drawing, warnings)?)
        }
        Mark::Area => ("mark-area", area::areas(&drawing, warnings)?),
        Mark::Point | Mark::Circle | Mark::Square => ("mark-point", point::points(&drawing)?),
        Mark::Tick => ("mark-tick", tick::ticks(&drawing)?),
        Mark::Rule => ("mark-rule", rule::rules(&drawing)?),
        Mark::Arc => ("mark-arc", arc::arcs(&drawing)?),
        Mark::Text => ("mark-text", text::texts(&drawing, warnings)?),
        Mark::Geoshape | Mark::Image => {
            warnings.once(format!("marks of kind {mark} are not drawn"));
            return Ok(None);
        }
        Mark::Boxplot | Mark::Errorband | Mark::Errorbar => {
            return Err(RenderError::NotNormal { what: mark.as_str() });
        }
    };
    let clip = layer.mark.clip == Some(true) || clips_by_domain(layer);
    Ok(Some(Group {
        role,
        x: 0.0,
        y: 0.0,
        clip: clip.then_some((context.area.width, context.area.height)),
        items,
    }))
}

/// A domain that the spec narrows would let marks run out of the plot.
fn clips_by_domain(layer: &Layer<'_>) -> bool {
    let narrowed = |channel| {
        let scale = layer.encoding.field(channel).and_then(|def| def.scale.as_ref());
        scale
            .and_then(marey_core::spec::Setting::on)
            .is_some_and(|scale| {
                scale.domain_min.is_some()
                    || scale.domain_max.is_some()
                    || matches!(scale.domain, Some(marey_core::spec::Domain::Values(_)))
            })
    };
    layer.mark.clip.is_none()
        && !matches!(
            layer.mark.mark,
            Some(Mark::Text | Mark::Point | Mark::Circle | Mark::Square)
        )
        && (narrowed(Channel::X) || narrowed(Channel::Y))
}

/// The rows that are drawn: all, or evenly chosen ones where there are too many to draw.
fn drawn_rows(layer: &Layer<'_>, mark: Mark, max: usize, warnings: &mut Warnings) -> Vec<u32> {
    if layer.rows.len() <= max {
        return layer.rows.to_vec();
    }
    warnings.once(format!(
        "{} rows are more than the {max} that are drawn of a {mark}: evenly chosen ones are shown",
        layer.rows.len()
    ));
    let every = layer.rows.len() as f64 / max.max(1) as f64;
    (0..max)
        .filter_map(|at| layer.rows.get((at as f64 * every) as usize).copied())
        .collect()
}

/// A layer being drawn: its rows, places and looks.
pub struct Drawing<'d, 'a> {
    layer: &'d Layer<'a>,
    context: &'d Context<'d, 'a>,
    style: Style<'d, 'a>,
    x: Position<'d, 'a>,
    y: Position<'d, 'a>,
    rows: Vec<u32>,
}

impl Drawing<'_, '_> {
    /// The items of each row, stopping when asked to.
    fn each_row(&self, mut item: impl FnMut(u32) -> Option<Item>) -> Result<Vec<Item>, RenderError> {
        let mut items = Vec::with_capacity(self.rows.len());
        for (at, row) in self.rows.iter().enumerate() {
            self.context.stop.check_at(at)?;
            items.extend(item(*row));
        }
        Ok(items)
    }
}
