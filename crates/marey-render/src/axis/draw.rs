//! Axes as scene items, relative to the plot's upper left corner.

use marey_core::spec::Orient;

use super::{
    AxisPlan,
    fit::{LINE_SPACING, TICK_LENGTH, label_font, label_gap},
};
use crate::{
    color::Color,
    scene::{Anchor, Group, Item, Line, Paint, Text},
    text::Font,
    theme::Theme,
};

/// The grid lines of an axis.
pub fn draw_grid(plan: &AxisPlan<'_>, width: f64, height: f64, theme: &Theme) -> Option<Item> {
    if plan.grid.is_empty() {
        return None;
    }
    let color = plan
        .given
        .and_then(|axis| axis.grid_color.as_deref())
        .and_then(Color::parse);
    let mut paint = Paint::stroke(color.unwrap_or(theme.colors.grid), 1.0);
    if let Some(axis) = plan.given {
        paint.stroke_width = axis.grid_width.unwrap_or(1.0);
        paint.dash = axis.grid_dash.clone().unwrap_or_default();
        paint.opacity = axis.grid_opacity;
    }
    let line = |at: &f64| {
        let at = crisp(*at);
        let (from, to) = if plan.is_horizontal() {
            ((at, 0.0), (at, height))
        } else {
            ((0.0, at), (width, at))
        };
        Item::Line(Line {
            from,
            to,
            paint: paint.clone(),
        })
    };
    Some(Item::Group(Group {
        role: "grid",
        items: plan.grid.iter().map(line).collect(),
        ..Group::default()
    }))
}

/// Line, ticks and labels of an axis; the title is placed by the layout.
pub fn draw_axis(plan: &AxisPlan<'_>, width: f64, height: f64, theme: &Theme) -> Item {
    let mut items = Vec::new();
    let edge = match plan.orient {
        Orient::Right => width,
        Orient::Bottom => height,
        _ => 0.0,
    };
    let offset = plan
        .given
        .and_then(|axis| axis.offset)
        .unwrap_or(0.0)
        .clamp(-2000.0, 2000.0);
    let outwards = if matches!(plan.orient, Orient::Left | Orient::Top) {
        -1.0
    } else {
        1.0
    };
    let edge = edge + outwards * offset;
    let color = plan
        .given
        .and_then(|axis| axis.domain_color.as_deref())
        .and_then(Color::parse);
    let paint = Paint::stroke(color.unwrap_or(theme.colors.axis), 1.0);
    let straight = |from: (f64, f64), to: (f64, f64)| {
        Item::Line(Line {
            from,
            to,
            paint: paint.clone(),
        })
    };
    if plan.line {
        let at = crisp(edge);
        items.push(if plan.is_horizontal() {
            straight((0.0, at), (width, at))
        } else {
            straight((at, 0.0), (at, height))
        });
    }
    if plan.marks {
        let length = plan
            .given
            .and_then(|axis| axis.tick_size)
            .unwrap_or(TICK_LENGTH)
            .clamp(0.0, 40.0);
        for tick in &plan.ticks {
            let at = crisp(tick.at);
            items.push(if plan.is_horizontal() {
                straight((at, edge), (at, edge + outwards * length))
            } else {
                straight((edge, at), (edge + outwards * length, at))
            });
        }
    }
    let font = label_font(plan.given, theme);
    let labels = LabelStyle {
        font,
        color: plan
            .given
            .and_then(|axis| axis.label_color.as_deref())
            .and_then(Color::parse)
            .unwrap_or(theme.colors.text),
        edge,
        gap: label_gap(plan),
    };
    if plan.is_horizontal() {
        horizontal_labels(plan, &labels, &mut items);
    } else {
        vertical_labels(plan, &labels, &mut items);
    }
    push_more(plan, &labels, width, height, theme, &mut items);
    Item::Group(Group {
        role: "axis",
        items,
        ..Group::default()
    })
}

struct LabelStyle {
    font: Font,
    color: Color,
    edge: f64,
    gap: f64,
}

fn horizontal_labels(plan: &AxisPlan<'_>, style: &LabelStyle, items: &mut Vec<Item>) {
    let below = plan.orient == Orient::Bottom;
    let cap = style.font.cap_height();
    for tick in &plan.ticks {
        let count = tick.label.len();
        for (at, line) in tick.label.iter().enumerate() {
            let down = at as f64 * style.font.size * LINE_SPACING;
            let (x, y, anchor) = if plan.angle == 0.0 {
                let y = if below {
                    style.edge + style.gap + cap + down
                } else {
                    style.edge - style.gap - (count - 1 - at) as f64 * style.font.size * LINE_SPACING
                };
                (tick.at, y, Anchor::Middle)
            } else {
                let turned_left = plan.angle < 0.0;
                let anchor = if turned_left == below {
                    Anchor::End
                } else {
                    Anchor::Start
                };
                // A turned label hangs from the middle of its capitals.
                let radians = plan.angle.to_radians();
                let (dx, dy) = (-radians.sin() * cap / 2.0, radians.cos() * cap / 2.0);
                let away = if below { style.gap } else { -style.gap };
                (tick.at + dx, style.edge + away + dy, anchor)
            };
            items.push(Item::Text(Text {
                x,
                y,
                text: line.clone(),
                size: style.font.size,
                color: style.color,
                anchor,
                angle: plan.angle,
                hint: tick.whole.clone(),
                ..Text::plain(style.color)
            }));
        }
    }
}

fn vertical_labels(plan: &AxisPlan<'_>, style: &LabelStyle, items: &mut Vec<Item>) {
    let left = plan.orient == Orient::Left;
    for tick in &plan.ticks {
        for line in &tick.label {
            items.push(Item::Text(Text {
                x: if left {
                    style.edge - style.gap
                } else {
                    style.edge + style.gap
                },
                y: tick.at + style.font.cap_height() / 2.0,
                text: line.clone(),
                size: style.font.size,
                color: style.color,
                anchor: if left { Anchor::End } else { Anchor::Start },
                hint: tick.whole.clone(),
                ..Text::plain(style.color)
            }));
        }
    }
}

/// Says behind the last category how many more there are.
fn push_more(
    plan: &AxisPlan<'_>,
    style: &LabelStyle,
    width: f64,
    height: f64,
    theme: &Theme,
    items: &mut Vec<Item>,
) {
    let Some(more) = &plan.more else { return };
    let (x, y, anchor) = if plan.is_horizontal() {
        (width + 6.0, style.edge - 4.0, Anchor::Start)
    } else if plan.orient == Orient::Left {
        (
            style.edge - style.gap,
            height + style.font.size + 3.0,
            Anchor::End,
        )
    } else {
        (
            style.edge + style.gap,
            height + style.font.size + 3.0,
            Anchor::Start,
        )
    };
    items.push(Item::Text(Text {
        x,
        y,
        text: more.clone(),
        size: style.font.size,
        italic: true,
        anchor,
        ..Text::plain(theme.colors.muted)
    }));
}

/// One-pixel lines stand between pixels, else they blur over two.
pub fn crisp(at: f64) -> f64 {
    at.floor() + 0.5
}
