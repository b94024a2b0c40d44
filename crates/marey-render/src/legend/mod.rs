//! Legends: what colours, sizes and shapes mean.

mod draw;

pub use draw::{horizontal, vertical};

use std::collections::BTreeMap;

use marey_core::{
    Channel, Mark,
    spec::{ChannelDef, Legend, Orient, Setting},
};

use crate::{
    color::Color,
    datum::Datum,
    format::{TickFormat, TimeFormat},
    look::{Look, Mapping},
    path::Symbol,
    resolve::{Domain, Kind, ScaleModel, Scales, is_color},
    theme::Theme,
    warnings::Warnings,
    words::{ValueFormat, domain_labels, title_of},
};

/// Most entries of one legend unless the spec says otherwise.
const MAX_ENTRIES: usize = 24;

/// One entry of a legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it stands for.
    pub label: String,
    /// Colour.
    pub color: Color,
    /// Opacity.
    pub opacity: f64,
    /// Shape.
    pub symbol: Symbol,
    /// Area of the symbol.
    pub area: f64,
    /// Whether the symbol is filled.
    pub filled: bool,
    /// A stroke of this width and dash stands instead of a symbol.
    pub line: Option<(f64, Vec<f64>)>,
}

/// What a legend shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// One entry below or beside the other.
    Entries(Vec<Entry>),
    /// A run of colours with labels at places from 0 to 1.
    Ramp {
        /// Colours at places.
        stops: Vec<(f64, Color)>,
        /// Labels at places.
        ticks: Vec<(f64, String)>,
    },
}

/// A legend ready to be placed.
#[derive(Debug, Clone)]
pub struct LegendPlan<'a> {
    /// Title.
    pub title: Option<String>,
    /// What it shows.
    pub content: Content,
    /// Entries that were left out.
    pub more: usize,
    /// What the spec says.
    pub given: Option<&'a Legend>,
    domain: Domain<'a>,
}

impl LegendPlan<'_> {
    /// Whether the legend is of few entries, which read well in a row.
    pub fn is_short(&self) -> bool {
        matches!(&self.content, Content::Entries(entries) if entries.len() <= 8)
            && self.given.is_none_or(|legend| legend.columns.is_none())
    }

    /// The side the spec wants it on.
    pub fn orient(&self) -> Option<Orient> {
        self.given.and_then(|legend| legend.orient)
    }
}

/// What the uses of a scale say about its legend.
fn legend_setting<'a>(model: &ScaleModel<'a>) -> Option<&'a Setting<Legend>> {
    let settings = || {
        model.uses.iter().filter_map(|used| match used.def {
            ChannelDef::Field(def) => def.legend.as_ref(),
            ChannelDef::Datum(def) => def.legend.as_ref(),
            ChannelDef::Value(_) => None,
        })
    };
    settings()
        .find(|setting| !setting.is_off())
        .or_else(|| settings().next())
}

/// The legends of the scales of given numbers; scales of the same categories share one.
pub fn plan_legends<'a>(
    ids: &[usize],
    scales: &Scales<'a>,
    looks: &BTreeMap<usize, Look<'a>>,
    theme: &Theme,
    warnings: &mut Warnings,
) -> Vec<LegendPlan<'a>> {
    let mut plans: Vec<LegendPlan<'a>> = Vec::new();
    for id in ids {
        let (Some(model), Some(look)) = (scales.get(id), looks.get(id)) else {
            continue;
        };
        let setting = legend_setting(model);
        if setting.is_some_and(Setting::is_off) || model.kind == Kind::Identity {
            continue;
        }
        let given = setting.and_then(Setting::on);
        if given.is_none() && says_nothing_new(model) {
            continue;
        }
        let Some(plan) = plan_legend(model, look, given, theme, warnings) else {
            continue;
        };
        let same = |other: &&mut LegendPlan<'a>| other.title == plan.title && other.domain == plan.domain;
        match plans.iter_mut().find(same) {
            Some(other) => merge(other, &plan, model.channel),
            None => plans.push(plan),
        }
    }
    plans
}

/// A colour that repeats the categories of an axis needs no legend.
fn says_nothing_new(model: &ScaleModel<'_>) -> bool {
    model.kind.is_discrete()
        && model.uses.iter().all(|used| {
            let Some(own) = used.def.bound_field() else {
                return false;
            };
            [Channel::X, Channel::Y].iter().any(|axis| {
                used.layer.encoding.field(*axis).is_some_and(|def| {
                    let discrete = def.measured_as(*axis) != marey_core::FieldType::Quantitative
                        && def.measured_as(*axis) != marey_core::FieldType::Temporal;
                    let labelled = !def.axis.as_ref().is_some_and(Setting::is_off);
                    let same = def.field == own.field
                        && def.time_unit == own.time_unit
                        && def.aggregate == own.aggregate
                        && def.bin == own.bin;
                    discrete && labelled && same
                })
            })
        })
}

fn plan_legend<'a>(
    model: &ScaleModel<'a>,
    look: &Look<'a>,
    given: Option<&'a Legend>,
    theme: &Theme,
    warnings: &mut Warnings,
) -> Option<LegendPlan<'a>> {
    let mut more = model.cut;
    let content = match look {
        Look::Color(Mapping::Continuous(scale), ramp)
            if given.and_then(|l| l.legend_type.as_deref()) != Some("symbol") =>
        {
            let [low, high] = scale.domain_ends();
            let ticks = ramp_ticks(model, scale, given);
            if !(low.is_finite() && high.is_finite()) {
                return None;
            }
            let stops = (0..=16)
                .map(|i| f64::from(i) / 16.0)
                .map(|t| (t, ramp.at(t)))
                .collect();
            Content::Ramp { stops, ticks }
        }
        _ => {
            let (values, labels) = entries_of(model, look, given);
            let limit = given
                .and_then(|l| l.symbol_limit)
                .map_or(MAX_ENTRIES, |limit| limit.max(1.0) as usize);
            more += values.len().saturating_sub(limit);
            let entries: Vec<Entry> = values
                .into_iter()
                .zip(labels)
                .take(limit)
                .map(|(value, label)| entry(model, look, value, label, given, theme))
                .collect();
            if entries.is_empty() {
                return None;
            }
            if more > 0 {
                warnings.once(format!(
                    "the legend of {} leaves out {more} entries",
                    model.channel
                ));
            }
            Content::Entries(entries)
        }
    };
    Some(LegendPlan {
        title: legend_title(model, given),
        content,
        more,
        given,
        domain: model.domain.clone(),
    })
}

fn legend_title(model: &ScaleModel<'_>, given: Option<&Legend>) -> Option<String> {
    match given.and_then(|legend| legend.title.as_ref()) {
        Some(Setting::Off) => None,
        Some(Setting::On(lines)) => Some(lines.joined()),
        None => model.uses.iter().find_map(|used| title_of(used.def)),
    }
    .filter(|title| !title.is_empty())
}

fn format_of<'a>(model: &ScaleModel<'a>, given: Option<&'a Legend>) -> Option<&'a str> {
    given.and_then(|legend| legend.format.as_deref()).or_else(|| {
        model.uses.iter().find_map(|used| match used.def {
            ChannelDef::Field(def) => def.format.as_deref(),
            _ => None,
        })
    })
}

/// Labels along a ramp, at places from 0 to 1.
fn ramp_ticks<'a>(
    model: &ScaleModel<'a>,
    scale: &crate::scale::Continuous,
    given: Option<&'a Legend>,
) -> Vec<(f64, String)> {
    let count = 5.0;
    let pattern = format_of(model, given);
    let mut values = scale.ticks(count);
    if values.len() > 9 {
        let every = values.len().div_ceil(6);
        values = values.into_iter().step_by(every).collect();
    }
    let write: Box<dyn Fn(f64) -> String> = if model.kind == Kind::Time {
        let format = TimeFormat::new(pattern.unwrap_or("%b %Y"));
        Box::new(move |value| format.format(value))
    } else {
        let format = TickFormat::of(scale, count, pattern).or_else(|_| TickFormat::of(scale, count, None));
        Box::new(move |value| {
            format
                .as_ref()
                .map_or_else(|_| value.to_string(), |f| f.format(value))
        })
    };
    values
        .into_iter()
        .filter_map(|value| Some((scale.map(value)?.clamp(0.0, 1.0), write(value))))
        .collect()
}

/// The values that get an entry, with their labels.
fn entries_of<'a>(
    model: &ScaleModel<'a>,
    look: &Look<'a>,
    given: Option<&'a Legend>,
) -> (Vec<Datum<'a>>, Vec<String>) {
    let pattern = format_of(model, given);
    let format_type = given.and_then(|legend| legend.format_type.as_deref());
    let chosen = given.and_then(|legend| legend.values.as_ref());
    match &model.domain {
        Domain::Discrete(items) => {
            let items: Vec<Datum<'a>> = match chosen {
                Some(values) => values
                    .iter()
                    .map(Datum::of_literal)
                    .filter(|v| items.contains(v))
                    .collect(),
                None => items.clone(),
            };
            let labels = match model.uses.first() {
                Some(used) => domain_labels(&items, used, pattern, format_type),
                None => Vec::new(),
            };
            (items, labels)
        }
        Domain::Continuous { .. } => continuous_entries(look, pattern, chosen),
    }
}

fn continuous_entries<'a>(
    look: &Look<'a>,
    pattern: Option<&str>,
    chosen: Option<&'a Vec<marey_core::spec::Literal>>,
) -> (Vec<Datum<'a>>, Vec<String>) {
    match look {
        Look::Color(Mapping::Steps(steps, _), _) | Look::Number(Mapping::Steps(steps, _)) => {
            let format = number_format(pattern);
            let write = |value: f64| format.write(Datum::Number(value));
            (0..steps.classes())
                .map(|class| match steps.extent(class) {
                    (Some(from), Some(to)) => (
                        f64::midpoint(from, to),
                        format!("{} – {}", write(from), write(to)),
                    ),
                    (None, Some(to)) => (to - to.abs().max(1.0), format!("below {}", write(to))),
                    (Some(from), None) => (from, format!("{} and more", write(from))),
                    (None, None) => (0.0, "all".into()),
                })
                .map(|(value, label)| (Datum::Number(value), label))
                .unzip()
        }
        Look::Number(Mapping::Continuous(scale)) | Look::Color(Mapping::Continuous(scale), _) => {
            let mut values = match chosen {
                Some(values) => values
                    .iter()
                    .filter_map(|v| Datum::of_literal(v).as_number())
                    .collect(),
                None => scale.ticks(4.0),
            };
            // A symbol of no size says nothing.
            values.retain(|value| *value != 0.0);
            let format = number_format(pattern);
            values
                .into_iter()
                .map(|value| (Datum::Number(value), format.write(Datum::Number(value))))
                .unzip()
        }
        _ => (Vec::new(), Vec::new()),
    }
}

fn number_format(pattern: Option<&str>) -> ValueFormat {
    match pattern.and_then(|pattern| crate::format::NumberFormat::parse(pattern).ok()) {
        Some(format) => ValueFormat::Number(format),
        None => ValueFormat::Readable,
    }
}

fn entry<'a>(
    model: &ScaleModel<'a>,
    look: &Look<'a>,
    value: Datum<'a>,
    label: String,
    given: Option<&Legend>,
    theme: &Theme,
) -> Entry {
    let mark = model.uses.first().and_then(|used| used.layer.mark.mark);
    let def = model.uses.first().map(|used| used.layer.mark);
    let area = given
        .and_then(|legend| legend.symbol_size)
        .filter(|s| s.is_finite())
        .map_or(90.0, |s| s.clamp(1.0, 2000.0));
    let fixed = def.and_then(|def| def.color.as_deref()).and_then(Color::parse);
    let mut entry = Entry {
        label,
        color: if is_color(model.channel) {
            theme.colors.missing
        } else {
            fixed.unwrap_or(theme.colors.mark)
        },
        opacity: 1.0,
        symbol: match mark {
            Some(Mark::Point | Mark::Circle) => Symbol::Circle,
            _ => Symbol::Square,
        },
        area,
        filled: def
            .and_then(|def| def.filled)
            .unwrap_or(mark != Some(Mark::Point))
            || model.channel == Channel::Fill,
        line: matches!(mark, Some(Mark::Line | Mark::Rule | Mark::Trail)).then(|| (2.5, Vec::new())),
    };
    apply(&mut entry, model.channel, look, value);
    entry
}

fn apply<'a>(entry: &mut Entry, channel: Channel, look: &Look<'a>, value: Datum<'a>) {
    if let Some(color) = look.color(value) {
        entry.color = color;
    }
    if let Some(symbol) = look.symbol(value) {
        entry.symbol = symbol;
        entry.line = None;
    }
    if let (Some((_, dash)), Some(pattern)) = (&mut entry.line, look.dash(value)) {
        *dash = pattern.to_vec();
    }
    if let Some(number) = look.number(value) {
        match (channel, &mut entry.line) {
            (Channel::Size | Channel::StrokeWidth, Some((width, _))) => *width = number.clamp(0.0, 20.0),
            (Channel::Size, None) => entry.area = number.clamp(0.0, 3000.0),
            (Channel::Opacity | Channel::FillOpacity | Channel::StrokeOpacity, _) => {
                entry.opacity = number.clamp(0.0, 1.0)
            }
            _ => {}
        }
    }
}

/// Two channels of the same categories are shown by the same symbols.
fn merge(into: &mut LegendPlan<'_>, other: &LegendPlan<'_>, channel: Channel) {
    let (Content::Entries(own), Content::Entries(others)) = (&mut into.content, &other.content) else {
        return;
    };
    for (entry, other) in own.iter_mut().zip(others) {
        match channel {
            Channel::Shape => {
                entry.symbol = other.symbol;
                entry.line = None;
            }
            Channel::StrokeDash | Channel::StrokeWidth => entry.line.clone_from(&other.line),
            Channel::Size => {
                entry.area = other.area;
                entry.line.clone_from(&other.line);
            }
            Channel::Opacity | Channel::FillOpacity | Channel::StrokeOpacity => entry.opacity = other.opacity,
            Channel::Color | Channel::Fill | Channel::Stroke => entry.color = other.color,
            _ => {}
        }
    }
}
