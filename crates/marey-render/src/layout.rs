//! Layout: plots, legends, headers and titles put together into a scene.

use std::collections::BTreeSet;

use marey_core::{
    ChartSpec,
    spec::{Orient, Setting, ViewTitle},
};

use crate::{
    RenderError, RenderOptions,
    alt_text::alt_text,
    block::Block,
    color::Color,
    facet::draw_facet,
    legend::{LegendPlan, horizontal, plan_legends, vertical},
    mark::Looks,
    plot::draw_plot,
    resolve::Scales,
    scene::{Group, Item, Scene},
    stop::Stop,
    text::FONT_FAMILY,
    theme::Theme,
    title::{Heading, with_heading, with_note},
    tree::{Grid, GridKind, Node},
    warnings::Warnings,
};

/// Space between views beside each other.
const CONCAT_GAP: f64 = 28.0;
/// Space between a plot and the legend beside it.
const LEGEND_GAP: f64 = 18.0;

/// What putting a chart together needs beside the tree.
pub struct Composer<'c, 'a> {
    /// Resolved scales.
    pub scales: &'c Scales<'a>,
    /// Visual scales.
    pub looks: &'c Looks<'a>,
    /// Theme.
    pub theme: &'c Theme,
    /// When to stop.
    pub stop: &'c Stop,
    /// Most shapes of one layer.
    pub max_shapes: usize,
}

/// What surrounds a plot: the size it should have and which of its axes are labelled.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// Width of the plotting area where nothing says otherwise.
    pub width: f64,
    /// Height of the plotting area where nothing says otherwise.
    pub height: f64,
    /// Whether horizontal axes have labels.
    pub x_axis: bool,
    /// Whether vertical axes have labels.
    pub y_axis: bool,
    /// Whether horizontal axes have titles.
    pub x_title: bool,
    /// Whether vertical axes have titles.
    pub y_title: bool,
}

impl Frame {
    /// A plot of its own.
    pub fn single(width: f64, height: f64) -> Self {
        Self {
            width,
            height,
            x_axis: true,
            y_axis: true,
            x_title: true,
            y_title: true,
        }
    }
}

impl Composer<'_, '_> {
    /// The side of the square a pie stands in.
    pub fn pie_size(&self, base: f64) -> f64 {
        base.min(240.0)
    }
}

/// Puts a whole chart together.
pub fn compose<'a>(
    composer: &Composer<'_, 'a>,
    spec: &'a ChartSpec,
    root: &Node<'a>,
    options: &RenderOptions,
    warnings: &mut Warnings,
) -> Result<Scene, RenderError> {
    let theme = composer.theme;
    let frame = Frame::single(side(options.width, 420.0), side(options.height, 260.0));
    let mut claimed = BTreeSet::new();
    let mut block = draw_node(composer, root, &frame, &mut claimed, warnings)?;
    let heading = Heading::of(spec.view.title.as_ref());
    if let Some(heading) = &heading {
        block = with_heading(block, heading, true, theme);
    }
    if let Some(note) = source_line(spec) {
        block = with_note(block, &note, theme);
    }
    let margin = theme.margin;
    let (width, height) = (
        block.outer_width() + 2.0 * margin,
        block.outer_height() + 2.0 * margin,
    );
    let title = heading.as_ref().map(Heading::joined).unwrap_or_default();
    Ok(Scene {
        width: width.ceil(),
        height: height.ceil(),
        background: background(spec, theme),
        font: FONT_FAMILY.to_owned(),
        title,
        description: alt_text(spec, root),
        items: vec![Item::Group(Group {
            role: "chart",
            x: (block.left + margin).round(),
            y: (block.top + margin).round(),
            clip: None,
            items: block.items,
        })],
    })
}

fn side(wanted: f64, default: f64) -> f64 {
    if wanted.is_finite() && wanted >= 1.0 {
        wanted.min(6000.0)
    } else {
        default
    }
}

fn background(spec: &ChartSpec, theme: &Theme) -> Option<Color> {
    match &spec.top.background {
        Some(Setting::Off) => None,
        Some(Setting::On(text)) => Some(Color::parse(text).unwrap_or(theme.colors.background)),
        None => Some(theme.colors.background),
    }
}

/// `usermeta.source`: a text, or an object with a `text` or `name`.
fn source_line(spec: &ChartSpec) -> Option<String> {
    let source = spec.top.usermeta.as_ref()?.get("source")?;
    let text = source
        .as_str()
        .or_else(|| source.get("text")?.as_str())
        .or_else(|| source.get("name")?.as_str())?
        .trim();
    if text.is_empty() {
        return None;
    }
    Some(if text.to_lowercase().starts_with("source") {
        text.to_owned()
    } else {
        format!("Source: {text}")
    })
}

/// Draws a node with the legends that belong to it alone.
pub fn draw_node<'a>(
    composer: &Composer<'_, 'a>,
    node: &Node<'a>,
    frame: &Frame,
    claimed: &mut BTreeSet<usize>,
    warnings: &mut Warnings,
) -> Result<Block, RenderError> {
    composer.stop.check()?;
    let own = legend_ids(composer, node, claimed);
    let block = match node {
        Node::Plot(plot) => draw_plot(composer, plot, frame, warnings)?,
        Node::Grid(grid) => match &grid.kind {
            GridKind::Concat => draw_concat(composer, grid, frame, claimed, warnings)?,
            GridKind::Facet(heads) => {
                // A legend of all cells stands beside the whole, not beside each.
                claimed.extend(&own);
                draw_facet(composer, grid, heads, frame, claimed, warnings)?
            }
        },
    };
    claimed.extend(&own);
    let legends = plan_legends(&own, composer.scales, composer.looks, composer.theme, warnings);
    Ok(with_legends(block, legends, composer.theme))
}

/// The visual scales that are used below a node and nowhere else, nor by one part of it alone.
fn legend_ids(composer: &Composer<'_, '_>, node: &Node<'_>, claimed: &BTreeSet<usize>) -> Vec<usize> {
    let below = scale_uses(node);
    let inside_one_part = |id: usize| match node {
        Node::Grid(grid) => {
            grid.cells
                .iter()
                .filter(|cell| scale_uses(cell).contains(&id))
                .count()
                == 1
                && grid.cells.len() > 1
        }
        Node::Plot(_) => false,
    };
    below
        .into_iter()
        .filter(|id| composer.looks.contains_key(id) && !claimed.contains(id) && !inside_one_part(*id))
        .collect()
}

fn scale_uses(node: &Node<'_>) -> BTreeSet<usize> {
    let mut plots = Vec::new();
    node.plots(&mut plots);
    plots
        .iter()
        .flat_map(|plot| &plot.layers)
        .flat_map(|layer| layer.scales.iter().map(|(_, id)| *id))
        .collect()
}

fn draw_concat<'a>(
    composer: &Composer<'_, 'a>,
    grid: &Grid<'a>,
    frame: &Frame,
    claimed: &mut BTreeSet<usize>,
    warnings: &mut Warnings,
) -> Result<Block, RenderError> {
    let beside = grid.columns.min(grid.cells.len()).max(1) as f64;
    let inner = Frame {
        width: if beside > 1.0 {
            (frame.width * 1.7 / beside).clamp(140.0, frame.width.max(140.0))
        } else {
            frame.width
        },
        height: if grid.cells.len() > grid.columns {
            (frame.height * 0.8).max(60.0)
        } else {
            frame.height
        },
        ..Frame::single(frame.width, frame.height)
    };
    let mut blocks = Vec::with_capacity(grid.cells.len());
    for cell in &grid.cells {
        let block = draw_node(composer, cell, &inner, claimed, warnings)?;
        blocks.push(titled(block, cell.view().title.as_ref(), composer.theme));
    }
    let gap = grid
        .spacing
        .filter(|gap| gap.is_finite())
        .map_or(CONCAT_GAP, |gap| gap.clamp(-200.0, 1000.0));
    Ok(Block::grid(blocks, grid.columns, [gap, gap]))
}

/// Puts the title of an inner view above its block.
pub fn titled(block: Block, title: Option<&ViewTitle>, theme: &Theme) -> Block {
    match Heading::of(title) {
        Some(heading) => with_heading(block, &heading, false, theme),
        None => block,
    }
}

/// Puts legends around a block: in a row above it where they fit, else in a column at its right.
fn with_legends(mut block: Block, legends: Vec<LegendPlan<'_>>, theme: &Theme) -> Block {
    let mut above = Vec::new();
    let mut below = Vec::new();
    let mut right = Vec::new();
    let mut left = Vec::new();
    let width = block.left + block.width;
    for plan in &legends {
        match plan.orient() {
            Some(Orient::Top) => above.push(
                horizontal(plan, width.max(300.0), theme)
                    .unwrap_or_else(|| vertical(plan, block.height, theme)),
            ),
            Some(Orient::Bottom) => below.push(
                horizontal(plan, width.max(300.0), theme)
                    .unwrap_or_else(|| vertical(plan, block.height, theme)),
            ),
            Some(Orient::Left) => left.push(vertical(plan, block.height, theme)),
            Some(Orient::TopLeft | Orient::TopRight | Orient::BottomLeft | Orient::BottomRight) => {
                let legend = vertical(plan, block.height, theme);
                inside(&mut block, legend, plan.orient());
            }
            Some(_) => right.push(vertical(plan, block.height, theme)),
            None if plan.is_short() => match horizontal(plan, width, theme) {
                Some(row) => above.push(row),
                None => right.push(vertical(plan, block.height, theme)),
            },
            None => right.push(vertical(plan, block.height, theme)),
        }
    }
    put_above(&mut block, above);
    put_below(&mut block, below);
    put_beside(&mut block, right, true);
    put_beside(&mut block, left, false);
    block
}

fn legend_item(legend: Block, x: f64, y: f64) -> Item {
    Item::Group(Group {
        role: "legend",
        x,
        y,
        clip: None,
        items: legend.items,
    })
}

fn put_above(block: &mut Block, legends: Vec<Block>) {
    for legend in legends.into_iter().rev() {
        let height = legend.height + 10.0;
        let needed = legend.width - block.left - block.width;
        block.right = block.right.max(needed);
        block
            .items
            .push(legend_item(legend, -block.left, -block.top - height));
        block.top += height;
    }
}

fn put_below(block: &mut Block, legends: Vec<Block>) {
    for legend in legends {
        let y = block.height + block.bottom + 12.0;
        block.right = block.right.max(legend.width - block.left - block.width);
        block.bottom += 12.0 + legend.height;
        block.items.push(legend_item(legend, -block.left, y));
    }
}

fn put_beside(block: &mut Block, legends: Vec<Block>, right: bool) {
    if legends.is_empty() {
        return;
    }
    let widest = legends.iter().map(|legend| legend.width).fold(0.0, f64::max);
    let x = if right {
        block.width + block.right + LEGEND_GAP
    } else {
        -block.left - LEGEND_GAP - widest
    };
    let mut y = 0.0;
    for legend in legends {
        let height = legend.height;
        block.items.push(legend_item(legend, x, y));
        y += height + 18.0;
    }
    block.bottom = block.bottom.max(y - 18.0 - block.height);
    if right {
        block.right += LEGEND_GAP + widest;
    } else {
        block.left += LEGEND_GAP + widest;
    }
}

fn inside(block: &mut Block, legend: Block, corner: Option<Orient>) {
    let x = match corner {
        Some(Orient::TopRight | Orient::BottomRight) => block.width - legend.width - 8.0,
        _ => 8.0,
    };
    let y = match corner {
        Some(Orient::BottomLeft | Orient::BottomRight) => block.height - legend.height - 8.0,
        _ => 8.0,
    };
    block.items.push(legend_item(legend, x, y));
}
