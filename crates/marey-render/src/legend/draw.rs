//! Legends as blocks, laid out in a row or in columns.

use super::{Content, Entry, LegendPlan};
use crate::{
    block::Block,
    mark::symbol_item,
    scene::{Anchor, Item, Line, Paint, Ramp, Text},
    text::Font,
    theme::Theme,
};

/// Width kept for a symbol.
const SYMBOL: f64 = 12.0;
/// Distance between symbol and label.
const GAP: f64 = 6.0;
/// Distance between the entries of a row.
const APART: f64 = 16.0;
/// Widest label.
const LABEL_LIMIT: f64 = 160.0;
/// Length and thickness of a ramp.
const RAMP: (f64, f64) = (150.0, 10.0);

fn fonts(theme: &Theme) -> (Font, Font) {
    (
        Font::semibold(theme.sizes.label),
        Font::regular(theme.sizes.label),
    )
}

fn row_height(entries: &[Entry], font: Font) -> f64 {
    let tallest = entries
        .iter()
        .filter(|entry| entry.line.is_none())
        .map(|entry| entry.area.sqrt())
        .fold(0.0, f64::max);
    (font.size * 1.55).max(tallest + 4.0)
}

fn symbol_width(entries: &[Entry]) -> f64 {
    entries
        .iter()
        .map(|entry| {
            if entry.line.is_some() {
                18.0
            } else {
                entry.area.sqrt()
            }
        })
        .fold(SYMBOL, f64::max)
}

/// The legend in one row, or none where it is wider than `width` or wants to be upright.
pub fn horizontal(plan: &LegendPlan<'_>, width: f64, theme: &Theme) -> Option<Block> {
    match &plan.content {
        Content::Entries(entries) => entries_in_rows(plan, entries, width, theme),
        Content::Ramp { .. } => Some(flat_ramp(plan, width, theme)),
    }
}

/// Entries side by side after the title.
fn entries_in_rows(plan: &LegendPlan<'_>, entries: &[Entry], width: f64, theme: &Theme) -> Option<Block> {
    let (title_font, font) = fonts(theme);
    let symbol = symbol_width(entries);
    let height = row_height(entries, font);
    let mut items = Vec::new();
    let mut x = 0.0;
    if let Some(title) = &plan.title {
        let title = title_font.truncate(title, LABEL_LIMIT);
        items.push(text(
            &title,
            0.0,
            height / 2.0 + font.cap_height() / 2.0,
            title_font,
            theme,
        ));
        x += title_font.width(&title) + 12.0;
    }
    for entry in entries {
        let label = font.truncate(&entry.label, label_limit(plan));
        items.push(symbol_of(entry, x + symbol / 2.0, height / 2.0, symbol));
        x += symbol + GAP;
        items.push(text(
            &label,
            x,
            height / 2.0 + font.cap_height() / 2.0,
            font,
            theme,
        ));
        x += font.width(&label) + APART;
    }
    if plan.more > 0 {
        let more = format!("+{} more", plan.more);
        items.push(text(
            &more,
            x,
            height / 2.0 + font.cap_height() / 2.0,
            font,
            theme,
        ));
        x += font.width(&more) + APART;
    }
    let total = x - APART;
    (total <= width).then_some(Block {
        width: total,
        height,
        items,
        ..Block::default()
    })
}

fn label_limit(plan: &LegendPlan<'_>) -> f64 {
    plan.given
        .and_then(|legend| legend.label_limit)
        .filter(|limit| *limit > 0.0)
        .unwrap_or(LABEL_LIMIT)
}

/// The legend upright: entries below each other, in columns where there are many.
pub fn vertical(plan: &LegendPlan<'_>, height: f64, theme: &Theme) -> Block {
    match &plan.content {
        Content::Entries(entries) => entries_in_columns(plan, entries, height, theme),
        Content::Ramp { .. } => upright_ramp(plan, height, theme),
    }
}

fn entries_in_columns(plan: &LegendPlan<'_>, entries: &[Entry], height: f64, theme: &Theme) -> Block {
    let (_, font) = fonts(theme);
    let symbol = symbol_width(entries);
    let row = row_height(entries, font);
    let mut block = titled(plan, theme);
    let top = block.height;
    let fitting = (((height - top) / row).floor() as usize).max(8);
    let columns = match plan.given.and_then(|legend| legend.columns) {
        Some(columns) if columns >= 1.0 => columns as usize,
        _ => entries.len().div_ceil(fitting),
    };
    let per_column = entries.len().div_ceil(columns.max(1)).max(1);
    let mut x = 0.0;
    for column in entries.chunks(per_column) {
        let mut widest: f64 = 0.0;
        for (at, entry) in column.iter().enumerate() {
            let label = font.truncate(&entry.label, label_limit(plan));
            let middle = top + (at as f64 + 0.5) * row;
            block
                .items
                .push(symbol_of(entry, x + symbol / 2.0, middle, symbol));
            block.items.push(text(
                &label,
                x + symbol + GAP,
                middle + font.cap_height() / 2.0,
                font,
                theme,
            ));
            widest = widest.max(font.width(&label));
        }
        x += symbol + GAP + widest + APART;
    }
    block.width = block.width.max(x - APART);
    block.height = top + per_column as f64 * row;
    if plan.more > 0 {
        let more = format!("+{} more", plan.more);
        block.items.push(text(
            &more,
            symbol + GAP,
            block.height + row * 0.5 + font.cap_height() / 2.0,
            font,
            theme,
        ));
        block.width = block.width.max(symbol + GAP + font.width(&more));
        block.height += row;
    }
    block
}

/// A block with the legend's title, wrapped.
fn titled(plan: &LegendPlan<'_>, theme: &Theme) -> Block {
    let (font, _) = fonts(theme);
    let mut block = Block::default();
    let Some(title) = &plan.title else { return block };
    for line in font.wrap(title, LABEL_LIMIT, 3) {
        block.width = block.width.max(font.width(&line));
        block
            .items
            .push(text(&line, 0.0, block.height + font.ascent(), font, theme));
        block.height += font.size * 1.3;
    }
    block.height += 5.0;
    block
}

fn upright_ramp(plan: &LegendPlan<'_>, height: f64, theme: &Theme) -> Block {
    let Content::Ramp { stops, ticks } = &plan.content else {
        return Block::default();
    };
    let (_, font) = fonts(theme);
    let mut block = titled(plan, theme);
    let length = gradient_length(plan).unwrap_or(RAMP.0.min((height - block.height).max(60.0)));
    let thickness = plan
        .given
        .and_then(|legend| legend.gradient_thickness)
        .unwrap_or(RAMP.1)
        .clamp(2.0, 60.0);
    let top = block.height + 3.0;
    block.items.push(Item::Ramp(Ramp {
        x: 0.0,
        y: top,
        width: thickness,
        height: length,
        stops: stops.iter().rev().map(|(at, color)| (1.0 - at, *color)).collect(),
        vertical: true,
    }));
    let mut last = f64::INFINITY;
    for (at, label) in ticks {
        let y = top + (1.0 - at) * length;
        // Labels run upwards; those too near to the last one are left out.
        if label.is_empty() || (last - y).abs() < font.size * 1.1 {
            continue;
        }
        last = y;
        block.items.push(text(
            label,
            thickness + GAP,
            y + font.cap_height() / 2.0,
            font,
            theme,
        ));
        block.width = block.width.max(thickness + GAP + font.width(label));
    }
    block.height = top + length + font.cap_height() / 2.0;
    block
}

fn gradient_length(plan: &LegendPlan<'_>) -> Option<f64> {
    plan.given
        .and_then(|legend| legend.gradient_length)
        .filter(|l| l.is_finite())
        .map(|l| l.clamp(20.0, 2000.0))
}

/// A ramp from left to right below its title.
fn flat_ramp(plan: &LegendPlan<'_>, width: f64, theme: &Theme) -> Block {
    let Content::Ramp { stops, ticks } = &plan.content else {
        return Block::default();
    };
    let (_, font) = fonts(theme);
    let mut block = titled(plan, theme);
    let length = gradient_length(plan).unwrap_or((RAMP.0 * 1.4).min(width.max(60.0)));
    let top = block.height;
    block.items.push(Item::Ramp(Ramp {
        x: 0.0,
        y: top,
        width: length,
        height: RAMP.1,
        stops: stops.clone(),
        vertical: false,
    }));
    let mut free = f64::NEG_INFINITY;
    for (at, label) in ticks {
        let half = font.width(label) / 2.0;
        let x = (at * length).clamp(half.min(length / 2.0), (length - half).max(length / 2.0));
        if x - half < free {
            continue;
        }
        free = x + half + 6.0;
        block.items.push(Item::Text(Text {
            x,
            y: top + RAMP.1 + 4.0 + font.ascent(),
            text: label.clone(),
            size: font.size,
            anchor: Anchor::Middle,
            ..Text::plain(theme.colors.text)
        }));
    }
    block.width = block.width.max(length);
    block.height = top + RAMP.1 + 4.0 + font.line_height();
    block
}

fn symbol_of(entry: &Entry, x: f64, y: f64, width: f64) -> Item {
    let opacity = (entry.opacity < 1.0).then_some(entry.opacity);
    if let Some((stroke, dash)) = &entry.line {
        return Item::Line(Line {
            from: (x - width / 2.0, y),
            to: (x + width / 2.0, y),
            paint: Paint {
                dash: dash.clone(),
                opacity,
                ..Paint::stroke(entry.color, *stroke)
            },
        });
    }
    let mut paint = if entry.filled {
        Paint::fill(entry.color)
    } else {
        Paint::stroke(entry.color, 1.6)
    };
    paint.opacity = opacity;
    symbol_item(entry.symbol, (x, y), entry.area, paint)
}

fn text(words: &str, x: f64, y: f64, font: Font, theme: &Theme) -> Item {
    let bold = font.weight == crate::text::Weight::Semibold;
    Item::Text(Text {
        x,
        y,
        text: words.to_owned(),
        size: font.size,
        bold,
        ..Text::plain(theme.colors.text)
    })
}
