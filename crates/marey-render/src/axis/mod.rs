//! Axes: which ticks, how their labels fit, and how they are drawn.

mod draw;
mod fit;
mod label;

pub use draw::{crisp, draw_axis, draw_grid};

use marey_core::{
    Channel, FieldType, Mark,
    spec::{Axis, ChannelDef, Lines, Orient, Setting, StackOffset},
};

use crate::{
    place::Place,
    resolve::{Kind, ScaleModel, Use, field_type, is_binned},
    theme::Theme,
    warnings::Warnings,
    words::{readable, title_of},
};

/// A tick with its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Pixel along the axis.
    pub at: f64,
    /// Lines of the label; none for a tick without one.
    pub label: Vec<String>,
    /// The whole label where it was cut.
    pub whole: Option<String>,
}

/// An axis ready to be drawn.
#[derive(Debug, Clone)]
pub struct AxisPlan<'a> {
    /// Side of the plot.
    pub orient: Orient,
    /// Ticks in order of the domain.
    pub ticks: Vec<Tick>,
    /// Where grid lines stand.
    pub grid: Vec<f64>,
    /// Title, if there is one.
    pub title: Option<String>,
    /// Whether a line runs along the axis.
    pub line: bool,
    /// Whether ticks have marks.
    pub marks: bool,
    /// Rotation of labels in degrees.
    pub angle: f64,
    /// Space that labels and marks take away from the plot.
    pub thickness: f64,
    /// How far labels reach beyond the start and the end of the axis.
    pub overhang: [f64; 2],
    /// What the spec says.
    pub given: Option<&'a Axis>,
    /// What to say after the last label where categories were cut.
    pub more: Option<String>,
    /// Length in pixels.
    pub length: f64,
}

impl AxisPlan<'_> {
    /// Whether the axis runs from left to right.
    pub fn is_horizontal(&self) -> bool {
        matches!(self.orient, Orient::Top | Orient::Bottom)
    }
}

/// Number of ticks that suits a length.
pub fn tick_count(channel: Channel, length: f64) -> f64 {
    let per_tick = if channel == Channel::X { 72.0 } else { 46.0 };
    (length / per_tick).floor().clamp(3.0, 10.0)
}

/// What the uses of a scale say about its axis; `Off` where all that speak switch it off.
pub fn axis_setting<'a>(model: &ScaleModel<'a>) -> Option<&'a Setting<Axis>> {
    let settings = || {
        model.uses.iter().filter_map(|used| match used.def {
            ChannelDef::Field(def) => def.axis.as_ref(),
            ChannelDef::Datum(def) => def.axis.as_ref(),
            ChannelDef::Value(_) => None,
        })
    };
    settings()
        .find(|setting| !setting.is_off())
        .or_else(|| settings().next())
}

/// Plans the axis of a position scale; none where the spec switches it off.
pub fn plan_axis<'a>(
    model: &ScaleModel<'a>,
    place: &Place<'a>,
    length: f64,
    default_orient: Orient,
    theme: &Theme,
    warnings: &mut Warnings,
) -> Option<AxisPlan<'a>> {
    let setting = axis_setting(model);
    if setting.is_some_and(Setting::is_off) || matches!(place, Place::Identity) {
        return None;
    }
    let given = setting.and_then(Setting::on);
    let orient = given
        .and_then(|axis| axis.orient)
        .filter(|orient| fits(*orient, model.channel))
        .unwrap_or(default_orient);
    let (mut ticks, grid) = label::ticks(model, place, length, given, warnings);
    if model.empty || given.and_then(|axis| axis.labels) == Some(false) {
        ticks.iter_mut().for_each(|tick| tick.label.clear());
    }
    let discrete = matches!(place, Place::Discrete { .. });
    let time = model.kind == Kind::Time;
    let mut plan = AxisPlan {
        orient,
        ticks,
        grid: Vec::new(),
        title: axis_title(model, given),
        line: given
            .and_then(|axis| axis.domain)
            .unwrap_or((discrete || time || is_histogram(model)) && !cells_only(model)),
        marks: given
            .and_then(|axis| axis.ticks)
            .unwrap_or(time && model.channel == Channel::X && model.banded_unit().is_none()),
        angle: 0.0,
        thickness: 0.0,
        overhang: [0.0, 0.0],
        given,
        more: (model.cut > 0).then(|| format!("+{} more", model.cut)),
        length,
    };
    let along_time = time && model.channel == Channel::X;
    let bare = discrete || model.empty || along_time || is_histogram(model);
    if given.and_then(|axis| axis.grid).unwrap_or(!bare) {
        plan.grid = grid;
    }
    fit::fit_labels(&mut plan, model, place, theme);
    Some(plan)
}

fn fits(orient: Orient, channel: Channel) -> bool {
    match channel {
        Channel::X => matches!(orient, Orient::Top | Orient::Bottom),
        _ => matches!(orient, Orient::Left | Orient::Right),
    }
}

/// Whether the scale carries bins or bars of time, between which no grid is needed.
fn is_histogram(model: &ScaleModel<'_>) -> bool {
    model.uses.iter().any(|used| match used.def {
        ChannelDef::Field(def) => is_binned(def),
        _ => false,
    })
}

/// Whether only the cells of a heat map stand on the scale, which need no line beside them.
fn cells_only(model: &ScaleModel<'_>) -> bool {
    model.marks().all(|mark| matches!(mark, Mark::Rect | Mark::Text))
}

/// The title of a scale's axis, unless the spec switches axis or title off.
pub fn shown_title(model: &ScaleModel<'_>) -> Option<String> {
    match axis_setting(model) {
        Some(Setting::Off) => None,
        Some(Setting::On(given)) => axis_title(model, Some(given)),
        None => axis_title(model, None),
    }
}

/// The titles of all that share the axis, each once.
fn axis_title(model: &ScaleModel<'_>, given: Option<&Axis>) -> Option<String> {
    match given.and_then(|axis| axis.title.as_ref()) {
        Some(Setting::Off) => return None,
        Some(Setting::On(lines)) => return non_empty(lines),
        None => {}
    }
    let explicit = model.uses.iter().any(|used| has_title(used.def));
    let mut titles: Vec<String> = Vec::new();
    for used in model.uses.iter().filter(|used| !explicit || has_title(used.def)) {
        // A second end says the same as the first, unless it is all there is to say.
        if used.channel.primary().is_some() && !titles.is_empty() {
            continue;
        }
        let Some(title) = title_of(used.def).filter(|title| !title.is_empty()) else {
            continue;
        };
        // Composite marks title their parts with the bare name of the field.
        let title = if is_part(used) { readable(&title) } else { title };
        // Beside "Price", "Mean of price" says nothing that the marks do not.
        let said = |known: &String| title.to_lowercase().contains(&known.to_lowercase());
        if !titles.iter().any(said) {
            titles.push(title);
        }
    }
    titles.truncate(3);
    (!titles.is_empty()).then(|| titles.join(", "))
}

/// Whether a use is that of a part of a box plot, error bar or error band.
fn is_part(used: &Use<'_>) -> bool {
    let style = used.layer.mark.style.as_ref();
    let composite = |name: &String| {
        ["boxplot-", "errorbar-", "errorband-"]
            .iter()
            .any(|mark| name.starts_with(mark))
    };
    style.is_some_and(|style| style.0.iter().any(composite))
}

/// Whether the spec itself titles what a definition shows.
fn has_title(def: &ChannelDef) -> bool {
    match def {
        ChannelDef::Field(def) => def.title.as_ref().is_some_and(|title| !title.is_off()),
        ChannelDef::Datum(def) => def.title.as_ref().is_some_and(|title| !title.is_off()),
        ChannelDef::Value(_) => false,
    }
}

fn non_empty(lines: &Lines) -> Option<String> {
    Some(lines.joined()).filter(|title| !title.is_empty())
}

/// Whether the values stand for shares of a whole.
fn is_normalized(model: &ScaleModel<'_>) -> bool {
    model
        .uses
        .iter()
        .any(|used| used.layer.stack == Some((used.channel, StackOffset::Normalize)))
}

/// Whether the categories have an order of their own (ordinal values, numbers, times).
fn is_ordered(model: &ScaleModel<'_>) -> bool {
    model
        .uses
        .iter()
        .all(|used| field_type(used.def, used.channel) != FieldType::Nominal)
}
