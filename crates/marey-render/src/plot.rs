//! One plotting area: its size, its position scales, its grid, marks and axes.

use std::collections::{BTreeMap, BTreeSet};

use marey_core::{
    Channel, Mark,
    spec::{MarkOrient, Orient, Size},
};

use crate::{
    RenderError,
    axis::{AxisPlan, crisp, draw_axis, draw_grid, plan_axis, tick_count},
    block::Block,
    color::Color,
    layout::{Composer, Frame},
    mark::{Context, draw_layer},
    place::{Place, place, steps},
    resolve::{Domain, Kind, ScaleModel},
    scene::{Anchor, Item, Line, Paint, Rect, Text},
    text::Font,
    theme::Theme,
    tree::{Layer, Plot},
    warnings::Warnings,
    words::domain_labels,
};

/// Largest width or height of a plot in pixels.
const MAX_SIDE: f64 = 6000.0;

/// Farthest that a text mark may stand out of its plot before it is cut.
const MAX_REACH: f64 = 240.0;

/// The inside of a plot: size in pixels and position scales by number.
#[derive(Debug, Clone)]
pub struct PlotArea<'a> {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Position scales by the number that layers know them under.
    pub places: BTreeMap<usize, Place<'a>>,
    /// The scales on which bars or cells fill units of time; all else stands in their middle.
    pub banded: BTreeSet<usize>,
}

/// Draws a plot with its axes.
pub fn draw_plot<'a>(
    composer: &Composer<'_, 'a>,
    plot: &Plot<'a>,
    frame: &Frame,
    warnings: &mut Warnings,
) -> Result<Block, RenderError> {
    let area = plot_area(composer, plot, frame);
    let mut axes = axes(composer, plot, &area, warnings);
    let zero_lines = move_line_to_zero(composer, plot, &area, &mut axes);
    let mut items = Vec::new();
    items.extend(background(plot, &area));
    let shows_labels = |axis: &AxisPlan<'_>| {
        if axis.is_horizontal() {
            frame.x_axis
        } else {
            frame.y_axis
        }
    };
    for axis in &axes {
        items.extend(draw_grid(axis, area.width, area.height, composer.theme));
    }
    let context = Context {
        area: &area,
        looks: composer.looks,
        theme: composer.theme,
        stop: composer.stop,
        max_shapes: composer.max_shapes,
    };
    let mut drawn = 0;
    for layer in &plot.layers {
        if let Some(group) = draw_layer(layer, &context, warnings)? {
            drawn += group.items.len();
            items.push(Item::Group(group));
        }
    }
    if drawn == 0 {
        items.push(no_data(&area, composer.theme));
    }
    items.extend(zero_lines);
    let mut block = Block {
        width: area.width,
        height: area.height,
        ..Block::default()
    };
    reach_of_texts(&items, &mut block);
    for axis in &axes {
        if shows_labels(axis) {
            items.push(draw_axis(axis, area.width, area.height, composer.theme));
            make_room(&mut block, axis);
        } else if axis.line {
            let bare = AxisPlan {
                ticks: Vec::new(),
                more: None,
                ..axis.clone()
            };
            items.push(draw_axis(&bare, area.width, area.height, composer.theme));
        }
    }
    block.items = items;
    for axis in axes.iter().filter(|axis| axis.is_horizontal() && frame.x_title) {
        add_title(&mut block, axis, axes.len(), composer.theme);
    }
    let above = axes
        .iter()
        .filter(|axis| !axis.is_horizontal() && frame.y_title)
        .map(|axis| add_title(&mut block, axis, axes.len(), composer.theme))
        .fold(0.0, f64::max);
    block.top += above;
    Ok(block)
}

/// Makes room for texts that stand out of the plot, such as values behind the ends of bars.
fn reach_of_texts(items: &[Item], block: &mut Block) {
    let groups = items.iter().filter_map(|item| match item {
        Item::Group(group) if group.clip.is_none() => Some(&group.items),
        _ => None,
    });
    for text in groups.flatten().filter_map(|item| {
        if let Item::Text(text) = item {
            Some(text)
        } else {
            None
        }
    }) {
        if text.angle != 0.0 {
            continue;
        }
        let font = if text.bold {
            Font::semibold(text.size)
        } else {
            Font::regular(text.size)
        };
        let width = font.width(&text.text);
        let start = match text.anchor {
            Anchor::Start => text.x,
            Anchor::Middle => text.x - width / 2.0,
            Anchor::End => text.x - width,
        };
        block.left = block.left.max((-start).min(MAX_REACH));
        block.right = block.right.max((start + width - block.width).min(MAX_REACH));
        block.top = block.top.max((font.cap_height() - text.y).min(MAX_REACH));
        block.bottom = block
            .bottom
            .max((text.y + font.descent() - block.height).min(MAX_REACH));
    }
}

fn no_data(area: &PlotArea<'_>, theme: &Theme) -> Item {
    Item::Text(Text {
        x: area.width / 2.0,
        y: area.height / 2.0,
        text: "No data".into(),
        size: theme.sizes.subtitle,
        anchor: Anchor::Middle,
        ..Text::plain(theme.colors.muted)
    })
}

/// Whether a layer's bars or areas have their length along a channel.
fn grows_along(layer: &Layer<'_>, channel: Channel) -> bool {
    let along = match layer.orient {
        Some(MarkOrient::Horizontal) => Channel::X,
        _ => Channel::Y,
    };
    matches!(layer.mark.mark, Some(Mark::Bar | Mark::Area)) && along == channel
}

/// Where bars grow in both directions, the line they grow from counts, not the edge of the plot.
fn move_line_to_zero(
    composer: &Composer<'_, '_>,
    plot: &Plot<'_>,
    area: &PlotArea<'_>,
    axes: &mut [AxisPlan<'_>],
) -> Vec<Item> {
    let mut items = Vec::new();
    for channel in [Channel::X, Channel::Y] {
        let ids = scale_ids(plot, channel);
        let Some((id, model)) = ids.first().and_then(|id| Some((id, composer.scales.get(id)?))) else {
            continue;
        };
        let Some(Place::Continuous(scale)) = area.places.get(id) else {
            continue;
        };
        let [low, high] = scale.domain_ends();
        let grows =
            model.kind != Kind::Time && model.uses.iter().any(|used| grows_along(&used.layer, channel));
        if !(grows && low < 0.0 && high > 0.0) {
            continue;
        }
        let Some(at) = scale.map(0.0).map(crisp) else {
            continue;
        };
        let (from, to) = if channel == Channel::X {
            ((at, 0.0), (at, area.height))
        } else {
            ((0.0, at), (area.width, at))
        };
        let paint = Paint::stroke(composer.theme.colors.axis, 1.0);
        items.push(Item::Line(Line { from, to, paint }));
        let across = |axis: &&mut AxisPlan<'_>| axis.is_horizontal() == (channel == Channel::Y);
        for axis in axes.iter_mut().filter(across) {
            axis.line = axis.given.and_then(|given| given.domain).unwrap_or(false);
            axis.marks = axis.marks && axis.line;
        }
    }
    items
}

fn background(plot: &Plot<'_>, area: &PlotArea<'_>) -> Option<Item> {
    let given = plot.view.background.as_ref()?;
    let color = |setting: &Option<marey_core::spec::Setting<String>>| {
        setting
            .as_ref()
            .and_then(marey_core::spec::Setting::on)
            .and_then(|text| Color::parse(text))
    };
    let paint = Paint {
        fill: color(&given.fill),
        stroke: color(&given.stroke),
        stroke_width: given.stroke_width.unwrap_or(1.0),
        opacity: given.opacity,
        ..Paint::default()
    };
    (paint.fill.is_some() || paint.stroke.is_some()).then(|| {
        Item::Rect(Rect {
            x: 0.0,
            y: 0.0,
            width: area.width,
            height: area.height,
            radius: given.corner_radius.unwrap_or(0.0).max(0.0),
            paint,
            hint: None,
        })
    })
}

/// Margins for an axis' labels.
fn make_room(block: &mut Block, axis: &AxisPlan<'_>) {
    let offset = axis.given.and_then(|given| given.offset).unwrap_or(0.0).max(0.0);
    let thickness = axis.thickness + offset;
    let side = match axis.orient {
        Orient::Left => &mut block.left,
        Orient::Right => &mut block.right,
        Orient::Top => &mut block.top,
        _ => &mut block.bottom,
    };
    *side = side.max(thickness);
    let [before, after] = axis.overhang;
    if axis.is_horizontal() {
        block.left = block.left.max(before);
        block.right = block.right.max(after);
    } else {
        block.top = block.top.max(before);
        block.bottom = block.bottom.max(after);
    }
}

/// The title of a horizontal axis stands centred below it, that of a vertical one lies above the
/// plot, where nobody has to turn their head; returns the height that the latter needs.
fn add_title(block: &mut Block, axis: &AxisPlan<'_>, axes: usize, theme: &Theme) -> f64 {
    let Some(title) = &axis.title else { return 0.0 };
    let given = axis
        .given
        .and_then(|given| given.title_font_size)
        .filter(|size| size.is_finite());
    let font = Font::regular(given.map_or(theme.sizes.guide_title, |size| size.clamp(4.0, 60.0)));
    let color = axis
        .given
        .and_then(|given| given.title_color.as_deref())
        .and_then(Color::parse);
    let outer = block.outer_width();
    let limit = if axis.is_horizontal() {
        block.width + 2.0 * block.left.min(block.right).max(0.0)
    } else if axes > 2 {
        outer / 2.0 - 6.0
    } else {
        outer
    };
    let lines = font.wrap(title, limit.max(80.0), 2);
    let spacing = font.size * 1.25;
    let extra = lines.len().saturating_sub(1) as f64 * spacing;
    let (x, first, anchor) = match axis.orient {
        Orient::Left => (-block.left, -block.top - 9.0 - extra, Anchor::Start),
        Orient::Right => (block.width + block.right, -block.top - 9.0 - extra, Anchor::End),
        Orient::Top => (block.width / 2.0, -block.top - 8.0 - extra, Anchor::Middle),
        _ => (
            block.width / 2.0,
            block.height + block.bottom + 9.0 + font.cap_height(),
            Anchor::Middle,
        ),
    };
    let widest = lines.iter().map(|line| font.width(line)).fold(0.0, f64::max);
    for (at, line) in lines.into_iter().enumerate() {
        block.items.push(Item::Text(Text {
            x,
            y: first + at as f64 * spacing,
            text: line,
            size: font.size,
            anchor,
            ..Text::plain(color.unwrap_or(theme.colors.muted))
        }));
    }
    match axis.orient {
        Orient::Left | Orient::Right => {
            let wider = if anchor == Anchor::Start {
                widest - block.left - block.width
            } else {
                0.0
            };
            block.right = block.right.max(wider);
            return 9.0 + extra + font.ascent();
        }
        Orient::Top => block.top += 8.0 + extra + font.ascent(),
        _ => block.bottom += 9.0 + font.cap_height() + extra + font.descent(),
    }
    0.0
}

/// The axes of a plot: the first scale of a direction at the bottom or left, the second opposite.
fn axes<'a>(
    composer: &Composer<'_, 'a>,
    plot: &Plot<'a>,
    area: &PlotArea<'a>,
    warnings: &mut Warnings,
) -> Vec<AxisPlan<'a>> {
    let mut plans = Vec::new();
    if is_polar(plot) {
        return plans;
    }
    for (channel, length, sides) in [
        (Channel::Y, area.height, [Orient::Left, Orient::Right]),
        (Channel::X, area.width, [Orient::Bottom, Orient::Top]),
    ] {
        for (at, id) in scale_ids(plot, channel).into_iter().enumerate() {
            let (Some(model), Some(place)) = (composer.scales.get(&id), area.places.get(&id)) else {
                continue;
            };
            let side = sides[at.min(1)];
            if let Some(mut plan) = plan_axis(model, place, length, side, composer.theme, warnings) {
                if at > 0 {
                    plan.grid.clear();
                }
                plans.push(plan);
            }
        }
    }
    plans
}

/// The scales of a channel in the order of the layers, each once.
pub fn scale_ids(plot: &Plot<'_>, channel: Channel) -> Vec<usize> {
    let mut ids = Vec::new();
    for id in plot.layers.iter().filter_map(|layer| layer.scale_id(channel)) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

fn is_polar(plot: &Plot<'_>) -> bool {
    plot.layers
        .iter()
        .any(|layer| layer.mark.mark == Some(Mark::Arc) || layer.encoding.get(Channel::Theta).is_some())
}

fn plot_area<'a>(composer: &Composer<'_, 'a>, plot: &Plot<'a>, frame: &Frame) -> PlotArea<'a> {
    let width = side(composer, plot, frame, Channel::X);
    let height = side(composer, plot, frame, Channel::Y);
    let mut area = PlotArea {
        width,
        height,
        places: BTreeMap::new(),
        banded: BTreeSet::new(),
    };
    let reach = width.min(height) / 2.0;
    let ranges = [
        (Channel::X, [0.0, width], width),
        (Channel::Y, [height, 0.0], height),
        (Channel::Theta, [0.0, std::f64::consts::TAU], width),
        (Channel::Radius, [0.0, reach], width),
    ];
    for (channel, range, length) in ranges {
        for id in scale_ids(plot, channel) {
            let Some(model) = composer.scales.get(&id) else {
                continue;
            };
            if model.banded_unit().is_some() {
                area.banded.insert(id);
            }
            // Categories read from top to bottom.
            let discrete = channel == Channel::Y && model.kind.is_discrete();
            let range = if discrete { [0.0, height] } else { range };
            let ticks = tick_count(channel, length);
            area.places.insert(id, place(model, range, ticks, composer.theme));
        }
    }
    for (channel, inner) in [(Channel::X, Channel::XOffset), (Channel::Y, Channel::YOffset)] {
        let band = scale_ids(plot, channel)
            .first()
            .and_then(|id| match area.places.get(id)? {
                Place::Discrete { band, .. } => Some(band.bandwidth()),
                _ => None,
            });
        for id in scale_ids(plot, inner) {
            let Some(model) = composer.scales.get(&id) else {
                continue;
            };
            let reach = band.unwrap_or(0.0);
            area.places
                .insert(id, place(model, [0.0, reach], 5.0, composer.theme));
        }
    }
    area
}

/// The size a view or one of its layers gives.
fn given_size<'a>(plot: &Plot<'a>, channel: Channel) -> Option<&'a Size> {
    let of = |view: &'a marey_core::spec::View| {
        if channel == Channel::X {
            view.width.as_ref()
        } else {
            view.height.as_ref()
        }
    };
    of(plot.view).or_else(|| plot.layers.iter().find_map(|layer| of(layer.view)))
}

fn side(composer: &Composer<'_, '_>, plot: &Plot<'_>, frame: &Frame, channel: Channel) -> f64 {
    let model = scale_ids(plot, channel)
        .first()
        .and_then(|id| composer.scales.get(id));
    let base = if channel == Channel::X {
        frame.width
    } else {
        frame.height
    };
    let length = match given_size(plot, channel) {
        Some(Size::Pixels(pixels)) => *pixels,
        Some(Size::Container) => base,
        Some(Size::Step { step, of }) => {
            let inner = offset_count(composer, plot, channel).filter(|_| of.as_deref() != Some("position"));
            let count = model
                .and_then(|model| steps(model, composer.theme))
                .unwrap_or(1.0);
            step * count * inner.unwrap_or(1.0)
        }
        None => default_side(composer, plot, model, base, channel),
    };
    if length.is_finite() {
        length.clamp(1.0, MAX_SIDE)
    } else {
        base
    }
}

/// Number of places inside a band.
fn offset_count(composer: &Composer<'_, '_>, plot: &Plot<'_>, channel: Channel) -> Option<f64> {
    let inner = if channel == Channel::X {
        Channel::XOffset
    } else {
        Channel::YOffset
    };
    let id = *scale_ids(plot, inner).first()?;
    match &composer.scales.get(&id)?.domain {
        Domain::Discrete(items) => Some(items.len().max(1) as f64),
        Domain::Continuous { .. } => None,
    }
}

/// The step that keeps the names of a few categories readable without turning them.
fn label_step(model: &ScaleModel<'_>, theme: &Theme) -> f64 {
    let (Domain::Discrete(items), Some(used)) = (&model.domain, model.uses.first()) else {
        return 0.0;
    };
    if items.len() > 14 {
        return 0.0;
    }
    let font = Font::regular(theme.sizes.label);
    let labels = domain_labels(items, used, None, None);
    let words = labels.iter().flat_map(|label| label.split_whitespace());
    let widest = words.map(|word| font.width(word)).fold(0.0, f64::max);
    (widest + 8.0).min(96.0)
}

/// A size that suits the scale: a step per category, else the usual size.
fn default_side(
    composer: &Composer<'_, '_>,
    plot: &Plot<'_>,
    model: Option<&ScaleModel<'_>>,
    base: f64,
    channel: Channel,
) -> f64 {
    let horizontal = channel == Channel::X;
    let marks = || plot.layers.iter().filter_map(|layer| layer.mark.mark);
    if is_polar(plot) {
        return composer.pie_size(base);
    }
    let Some(model) = model else {
        let lone = marks().any(|mark| {
            matches!(
                mark,
                Mark::Bar | Mark::Tick | Mark::Point | Mark::Circle | Mark::Square
            )
        });
        return if lone { 44.0 } else { base };
    };
    let Some(count) = steps(model, composer.theme) else {
        return base;
    };
    let inner = offset_count(composer, plot, channel).unwrap_or(1.0);
    let cells = marks().all(|mark| matches!(mark, Mark::Rect | Mark::Text));
    let (least, most) = match (horizontal, model.kind) {
        (true, Kind::Point) => (4.0, 84.0),
        (false, Kind::Point) => (18.0, 34.0),
        (true, _) if cells => (14.0, 48.0),
        (false, _) if cells => (14.0, 30.0),
        (true, _) => {
            let most = (inner * 22.0).max(62.0);
            let named = label_step(model, composer.theme).min(base * 1.4 / count.max(1.0));
            ((inner * 9.0).max(16.0).max(named), most.max(named))
        }
        (false, _) => ((inner * 10.0).max(18.0), (inner * 17.0).max(30.0)),
    };
    let step = (base / count.max(1.0)).clamp(least, most);
    // Thousands of categories get thin bars, not an endless chart.
    (step * count).min((base * 6.0).max(1200.0))
}
