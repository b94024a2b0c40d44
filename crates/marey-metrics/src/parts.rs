//! The parts of a chart that are compared one by one.

use std::collections::BTreeSet;

use marey_core::{
    Aggregate, Channel, ChartSpec, Mark,
    spec::{
        Bin, CanonicalOptions, Encoding, FieldDef, Sort, StackOffset, Transform, Unit, View, WindowFunction,
        orientation, stacking,
    },
};
use serde_json::Value;

use crate::{canonical, filter::Filters, tokens::dataless_json};

/// Channels whose fields are the axes of a chart.
pub(crate) const AXES: [Channel; 5] = [
    Channel::X,
    Channel::Y,
    Channel::Color,
    Channel::Theta,
    Channel::Size,
];

/// What one mark is, beside what it shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Vis {
    mark: Option<Mark>,
    stack: Option<StackOffset>,
    grouped: bool,
}

/// A field on a channel with what is done to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bound {
    pub(crate) channel: Channel,
    pub(crate) column: String,
    pub(crate) function: String,
}

/// The parts of a chart in canonical form.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Parts {
    pub(crate) vis: Vec<Vis>,
    pub(crate) bound: BTreeSet<Bound>,
    pub(crate) filters: Filters,
    /// Columns, with their unit or bins, whose values form groups.
    pub(crate) group: BTreeSet<(String, String)>,
    /// Columns that are binned or truncated in time, with how.
    pub(crate) bins: BTreeSet<(String, String)>,
    pub(crate) sort: BTreeSet<String>,
    /// Ranks up to which rows are kept.
    pub(crate) limit: Vec<String>,
}

impl Parts {
    pub(crate) fn of(spec: &ChartSpec, options: &CanonicalOptions) -> Self {
        let spec = canonical(spec, options);
        let mut parts = Parts::default();
        parts.view(&spec.view);
        let ranks = ranks(&spec.view);
        let (filters, limit) = Filters::of(&dataless_json(&spec), &ranks);
        (parts.filters, parts.limit) = (filters, limit);
        parts
    }

    /// The fields on channels that are axes.
    pub(crate) fn axes(&self) -> BTreeSet<&Bound> {
        let is_axis = |bound: &&Bound| AXES.contains(&bound.channel);
        self.bound.iter().filter(is_axis).collect()
    }

    fn view(&mut self, view: &View) {
        for step in &view.transform {
            self.step(step);
        }
        if let Some(unit) = view.as_unit() {
            self.unit(unit);
        }
        view.children().into_iter().for_each(|child| self.view(child));
    }

    fn step(&mut self, step: &Transform) {
        match step {
            Transform::Aggregate { groupby, .. } => {
                let names = groupby.iter().map(|name| (name.to_string(), String::new()));
                self.group.extend(names);
            }
            Transform::Bin { bin, field, .. } => {
                self.bins.insert((field.to_string(), bin_text(bin)));
            }
            Transform::TimeUnit { unit, field, .. } => {
                self.bins.insert((field.to_string(), unit.to_string()));
            }
            Transform::Window { ops, sort, .. } if ops.iter().any(|op| is_rank(&op.op)) => {
                let keys = sort
                    .iter()
                    .map(|key| format!("rank by {} {:?}", key.field, key.order));
                self.sort.extend(keys);
            }
            _ => {}
        }
    }

    fn unit(&mut self, unit: &Unit) {
        let encoding = &unit.encoding;
        self.vis.push(Vis {
            mark: unit.mark.mark,
            stack: stacked(unit),
            grouped: is_grouped(encoding),
        });
        let aggregated = encoding.fields().any(|(_, def)| def.aggregate.is_some());
        for (channel, def) in encoding.fields() {
            let column = def.name().map(ToString::to_string).unwrap_or_default();
            let cut = cut_text(def);
            self.bound.insert(Bound {
                channel,
                column: column.clone(),
                function: function_text(def),
            });
            if !cut.is_empty() {
                self.bins.insert((column.clone(), cut.clone()));
            }
            if aggregated && def.aggregate.is_none() {
                self.group.insert((column, cut));
            }
            self.sort
                .extend(def.sort.as_ref().map(|sort| sort_text(channel, sort)));
        }
    }
}

fn stacked(unit: &Unit) -> Option<StackOffset> {
    let mark = unit.mark.mark?;
    let orient = orientation(mark, &unit.encoding, unit.mark.orient);
    stacking(mark, orient, &unit.encoding)
        .filter(|stacking| !stacking.stack_by.is_empty())
        .map(|stacking| stacking.offset)
}

/// Whether a further field tells series apart beside the positions.
fn is_grouped(encoding: &Encoding) -> bool {
    [
        Channel::Color,
        Channel::Fill,
        Channel::Stroke,
        Channel::Shape,
        Channel::StrokeDash,
        Channel::XOffset,
        Channel::YOffset,
    ]
    .into_iter()
    .any(|channel| encoding.field(channel).is_some_and(|def| def.aggregate.is_none()))
}

/// How a field is cut into pieces; nothing where it is not.
fn cut_text(def: &FieldDef) -> String {
    let bin = def.bin.as_ref().map(bin_text);
    let unit = def.time_unit.as_ref().map(ToString::to_string);
    bin.or(unit).unwrap_or_default()
}

fn bin_text(bin: &Bin) -> String {
    format!("{bin:?}")
}

fn function_text(def: &FieldDef) -> String {
    match &def.aggregate {
        Some(Aggregate::Argmin(by) | Aggregate::Argmax(by)) => format!("{:?} {by:?}", def.aggregate),
        Some(aggregate) => aggregate.as_str().to_owned(),
        None => cut_text(def),
    }
}

fn sort_text(channel: Channel, sort: &Sort) -> String {
    format!("{channel} {sort:?}")
}

fn is_rank(function: &WindowFunction) -> bool {
    matches!(
        function,
        WindowFunction::RowNumber | WindowFunction::Rank | WindowFunction::DenseRank
    )
}

/// The fields that hold ranks: a filter of one is a limit.
fn ranks(view: &View) -> BTreeSet<String> {
    let own = view.transform.iter().flat_map(|step| match step {
        Transform::Window { ops, .. } => ops.as_slice(),
        _ => &[],
    });
    let own = own.filter(|op| is_rank(&op.op)).map(|op| op.output.to_string());
    own.chain(view.children().into_iter().flat_map(ranks)).collect()
}

/// A JSON scalar as text, without quotes around words.
pub(crate) fn scalar_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
