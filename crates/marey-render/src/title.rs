//! Titles, subtitles and the source line.

use marey_core::spec::{Lines, Title, TitleAnchor, ViewTitle};

use crate::{
    block::Block,
    color::Color,
    scene::{Anchor, Item, Text},
    text::Font,
    theme::Theme,
};

/// Narrowest width that a title is wrapped to.
const LEAST_WIDTH: f64 = 240.0;
const MAX_LINES: usize = 4;

/// The words above a view.
#[derive(Debug, Clone, Default)]
pub struct Heading<'a> {
    /// Lines of the title.
    title: Vec<&'a str>,
    /// Lines of the subtitle.
    subtitle: Vec<&'a str>,
    /// What the spec says beside the words.
    given: Option<&'a Title>,
}

impl<'a> Heading<'a> {
    /// The heading of a view's title; none where there is nothing to say.
    pub fn of(title: Option<&'a ViewTitle>) -> Option<Self> {
        let lines = |lines: &'a Lines| {
            lines
                .0
                .iter()
                .map(String::as_str)
                .filter(|line| !line.trim().is_empty())
                .collect()
        };
        let heading = match title? {
            ViewTitle::Text(text) => Heading {
                title: lines(text),
                ..Heading::default()
            },
            ViewTitle::Styled(given) => Heading {
                title: given.text.as_ref().map(lines).unwrap_or_default(),
                subtitle: given.subtitle.as_ref().map(lines).unwrap_or_default(),
                given: Some(given),
            },
            ViewTitle::Off => return None,
        };
        (!heading.title.is_empty() || !heading.subtitle.is_empty()).then_some(heading)
    }

    /// The title in one line.
    pub fn joined(&self) -> String {
        self.title.join(" ")
    }
}

/// Puts a heading above a block; inner views get a smaller one.
pub fn with_heading(mut block: Block, heading: &Heading<'_>, outermost: bool, theme: &Theme) -> Block {
    let given = heading.given;
    let default = if outermost {
        theme.sizes.title
    } else {
        theme.sizes.subtitle
    };
    let size = |given: Option<f64>, default: f64| {
        given
            .filter(|s| s.is_finite())
            .map_or(default, |s| s.clamp(4.0, 120.0))
    };
    let title_font = Font::semibold(size(given.and_then(|t| t.font_size), default));
    let small = if outermost {
        theme.sizes.subtitle
    } else {
        theme.sizes.label
    };
    let subtitle_font = Font::regular(size(given.and_then(|t| t.subtitle_font_size), small));
    let width = block.outer_width().max(LEAST_WIDTH);
    let color =
        |text: Option<&String>, default: Color| text.and_then(|text| Color::parse(text)).unwrap_or(default);
    let mut lines: Vec<(String, Font, Color)> = Vec::new();
    for (texts, font, color) in [
        (
            &heading.title,
            title_font,
            color(given.and_then(|t| t.color.as_ref()), theme.colors.title),
        ),
        (
            &heading.subtitle,
            subtitle_font,
            color(given.and_then(|t| t.subtitle_color.as_ref()), theme.colors.muted),
        ),
    ] {
        for text in texts.iter() {
            lines.extend(
                font.wrap(text, width, MAX_LINES)
                    .into_iter()
                    .map(|line| (line, font, color)),
            );
        }
    }
    lines.truncate(2 * MAX_LINES);
    let (x, anchor) = match given.and_then(|t| t.anchor) {
        Some(TitleAnchor::Middle) => (block.width / 2.0, Anchor::Middle),
        Some(TitleAnchor::End) => (block.width + block.right, Anchor::End),
        _ => (-block.left, Anchor::Start),
    };
    let gap = given
        .and_then(|t| t.offset)
        .filter(|o| o.is_finite())
        .map_or(if outermost { 14.0 } else { 8.0 }, |o| o.clamp(0.0, 200.0));
    let mut y = -block.top - gap;
    let mut placed = Vec::with_capacity(lines.len());
    let mut widest: f64 = 0.0;
    for (text, font, color) in lines.into_iter().rev() {
        y -= font.descent();
        widest = widest.max(font.width(&text));
        placed.push(Item::Text(Text {
            x,
            y,
            text,
            size: font.size,
            bold: font.weight == crate::text::Weight::Semibold,
            anchor,
            ..Text::plain(color)
        }));
        y -= font.ascent() + 1.0;
    }
    placed.reverse();
    block.items.append(&mut placed);
    block.top = -y;
    reserve(&mut block, anchor, widest);
    block
}

/// Makes room for words wider than the block.
fn reserve(block: &mut Block, anchor: Anchor, width: f64) {
    match anchor {
        Anchor::Start => block.right = block.right.max(width - block.left - block.width),
        Anchor::End => block.left = block.left.max(width - block.width - block.right),
        Anchor::Middle => {
            let side = (width - block.width) / 2.0;
            block.left = block.left.max(side);
            block.right = block.right.max(side);
        }
    }
}

/// Puts a small line below a block, such as where the data come from.
pub fn with_note(mut block: Block, note: &str, theme: &Theme) -> Block {
    let font = Font::regular(theme.sizes.note);
    let lines = font.wrap(note, block.outer_width().max(LEAST_WIDTH), MAX_LINES);
    let mut y = block.height + block.bottom + 10.0;
    let mut widest: f64 = 0.0;
    for text in lines {
        y += font.ascent();
        widest = widest.max(font.width(&text));
        block.items.push(Item::Text(Text {
            x: -block.left,
            y,
            text,
            size: font.size,
            ..Text::plain(theme.colors.muted)
        }));
        y += font.descent() + 1.0;
    }
    block.bottom = y - block.height;
    reserve(&mut block, Anchor::Start, widest);
    block
}
