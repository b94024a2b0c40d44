//! Facets: the same view for each part of the data, with headers and shared axes.

use std::collections::BTreeSet;

use marey_core::{
    Channel,
    spec::{FieldDef, Header, Setting},
};

use crate::{
    RenderError,
    block::Block,
    datum::Datum,
    layout::{Composer, Frame, draw_node},
    plot::scale_ids,
    scene::{Anchor, Item, Text},
    text::Font,
    theme::Theme,
    tree::{FacetHeads, Grid, Node, Plot},
    warnings::Warnings,
    words::{ValueFormat, readable},
};

/// Space between cells.
const GAP: [f64; 2] = [18.0, 16.0];
/// Widest header at the right of a row.
const ROW_LIMIT: f64 = 110.0;

/// Draws a facet.
pub fn draw_facet<'a>(
    composer: &Composer<'_, 'a>,
    grid: &Grid<'a>,
    heads: &FacetHeads<'a>,
    frame: &Frame,
    claimed: &mut BTreeSet<usize>,
    warnings: &mut Warnings,
) -> Result<Block, RenderError> {
    let shared = Shared::of(grid);
    let columns = grid.columns.max(1);
    let labels = Headers::of(heads);
    let mut blocks = Vec::with_capacity(grid.cells.len());
    for (at, cell) in grid.cells.iter().enumerate() {
        let last_of_column = at + columns >= grid.cells.len();
        let inner = Frame {
            x_axis: !shared.x || last_of_column,
            y_axis: !shared.y || at % columns == 0,
            x_title: !shared.x,
            y_title: !shared.y,
            ..cell_frame(frame, columns, grid.cells.len().div_ceil(columns))
        };
        let block = draw_node(composer, cell, &inner, claimed, warnings)?;
        blocks.push(labels.put(block, at, columns, composer.theme));
    }
    let gap = grid
        .spacing
        .filter(|gap| gap.is_finite())
        .map_or(GAP, |gap| [gap.clamp(-100.0, 500.0); 2]);
    let whole = Block::grid(blocks, columns, gap);
    Ok(shared_titles(composer, grid, whole, &shared))
}

/// A size for cells, so that the whole is not much larger than a single plot twice as wide.
fn cell_frame(frame: &Frame, columns: usize, rows: usize) -> Frame {
    let width = match columns {
        1 => frame.width,
        2 => frame.width * 0.72,
        3 => frame.width * 0.5,
        n => (frame.width * 1.7 / n as f64).max(90.0),
    };
    let height = match rows {
        1 => frame.height * 0.85,
        2 => frame.height * 0.6,
        _ => (frame.height * 0.5).max(80.0),
    };
    Frame {
        width,
        height,
        ..*frame
    }
}

/// Which axes all cells share, so that only the outer ones are labelled.
struct Shared {
    x: bool,
    y: bool,
}

impl Shared {
    fn of(grid: &Grid<'_>) -> Self {
        Self {
            x: shares(grid, Channel::X),
            y: shares(grid, Channel::Y),
        }
    }
}

fn shares(grid: &Grid<'_>, channel: Channel) -> bool {
    let mut ids = BTreeSet::new();
    for cell in &grid.cells {
        let Node::Plot(plot) = cell else { return false };
        ids.insert(scale_ids(plot, channel));
    }
    ids.len() <= 1
}

/// The titles of shared axes, once for all cells.
fn shared_titles<'a>(
    composer: &Composer<'_, 'a>,
    grid: &Grid<'a>,
    mut block: Block,
    shared: &Shared,
) -> Block {
    let Some(Node::Plot(plot)) = grid.cells.first() else {
        return block;
    };
    let theme = composer.theme;
    let font = Font::regular(theme.sizes.guide_title);
    if let Some(title) = title(composer, plot, Channel::X).filter(|_| shared.x) {
        let text = font.truncate(&title, block.width.max(120.0)).into_owned();
        let y = block.height + block.bottom + 9.0 + font.cap_height();
        block
            .items
            .push(words(text, block.width / 2.0, y, Anchor::Middle, font, theme));
        block.bottom += 9.0 + font.cap_height() + font.descent();
    }
    if let Some(title) = title(composer, plot, Channel::Y).filter(|_| shared.y) {
        let text = font.truncate(&title, block.outer_width()).into_owned();
        block.items.push(words(
            text,
            -block.left,
            -block.top - 8.0,
            Anchor::Start,
            font,
            theme,
        ));
        block.top += 8.0 + font.ascent();
    }
    block
}

fn title(composer: &Composer<'_, '_>, plot: &Plot<'_>, channel: Channel) -> Option<String> {
    let id = *scale_ids(plot, channel).first()?;
    crate::axis::shown_title(composer.scales.get(&id)?)
}

fn words(text: String, x: f64, y: f64, anchor: Anchor, font: Font, theme: &Theme) -> Item {
    Item::Text(Text {
        x,
        y,
        text,
        size: font.size,
        bold: font.weight == crate::text::Weight::Semibold,
        anchor,
        ..Text::plain(if font.weight == crate::text::Weight::Semibold {
            theme.colors.text
        } else {
            theme.colors.muted
        })
    })
}

/// The words at the head of rows, columns or cells.
struct Headers {
    row: Option<Vec<String>>,
    column: Option<Vec<String>>,
    wrap: Option<Vec<String>>,
}

impl Headers {
    fn of(heads: &FacetHeads<'_>) -> Self {
        Self {
            row: heads
                .row
                .as_ref()
                .and_then(|(def, values)| labels(def, values, Channel::Row)),
            column: heads
                .column
                .as_ref()
                .and_then(|(def, values)| labels(def, values, Channel::Column)),
            wrap: heads
                .wrap
                .as_ref()
                .and_then(|(def, values)| labels(def, values, Channel::Facet)),
        }
    }

    /// Puts the header or headers of a cell at its block.
    fn put(&self, mut block: Block, at: usize, columns: usize, theme: &Theme) -> Block {
        if let Some(label) = self.wrap.as_ref().and_then(|labels| labels.get(at)) {
            block = headed(block, label, theme);
        }
        if let Some(label) = self
            .column
            .as_ref()
            .filter(|_| at < columns)
            .and_then(|labels| labels.get(at))
        {
            block = headed(block, label, theme);
        }
        if let Some(label) = self.row.as_ref().and_then(|labels| labels.get(at / columns)) {
            if self.column.is_none() {
                block = headed(block, label, theme);
            } else if at % columns == columns - 1 {
                block = sided(block, label, theme);
            }
        }
        block
    }
}

/// The header texts; none where the spec switches them off.
fn labels(def: &FieldDef, values: &[Datum<'_>], channel: Channel) -> Option<Vec<String>> {
    let given: Option<&Header> = match &def.header {
        Some(Setting::Off) => return None,
        Some(Setting::On(header)) if header.labels == Some(false) => return None,
        Some(Setting::On(header)) => Some(header),
        None => None,
    };
    let pattern = given
        .and_then(|header| header.format.as_deref())
        .or(def.format.as_deref());
    let format = ValueFormat::of(
        def,
        channel,
        pattern,
        given.and_then(|header| header.format_type.as_deref()),
    );
    let untitled = given.is_some_and(|header| header.title.as_ref().is_some_and(Setting::is_off))
        || def.title.as_ref().is_some_and(Setting::is_off);
    let name = def
        .title
        .as_ref()
        .and_then(Setting::on)
        .map(marey_core::spec::Lines::joined);
    let name = name.or_else(|| def.name().map(|name| readable(name.as_str())));
    let label = |value: &Datum<'_>| {
        let text = format.write(*value);
        // A number or a yes says nothing without its name.
        let bare =
            matches!(value, Datum::Number(_) | Datum::Bool(_) | Datum::Null) || text.chars().count() < 2;
        match &name {
            Some(name) if bare && !untitled => format!("{name}: {text}"),
            _ => text,
        }
    };
    Some(values.iter().map(label).collect())
}

fn headed(mut block: Block, label: &str, theme: &Theme) -> Block {
    let font = Font::semibold(theme.sizes.label);
    let text = font.truncate(label, block.width.max(60.0)).into_owned();
    let y = -block.top.max(4.0) - 5.0;
    block.items.push(words(text, 0.0, y, Anchor::Start, font, theme));
    block.top = -y + font.ascent();
    block
}

fn sided(mut block: Block, label: &str, theme: &Theme) -> Block {
    let font = Font::semibold(theme.sizes.label);
    let lines = font.wrap(label, ROW_LIMIT, 3);
    let spacing = font.size * 1.25;
    let x = block.width + block.right + 8.0;
    let first =
        block.height / 2.0 - (lines.len().saturating_sub(1)) as f64 * spacing / 2.0 + font.cap_height() / 2.0;
    let mut widest: f64 = 0.0;
    for (at, line) in lines.into_iter().enumerate() {
        widest = widest.max(font.width(&line));
        block.items.push(words(
            line,
            x,
            first + at as f64 * spacing,
            Anchor::Start,
            font,
            theme,
        ));
    }
    block.right += 8.0 + widest;
    block
}
