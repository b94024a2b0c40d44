//! The domain of a scale: from the data of all who share it and from what the spec says.

use std::collections::{HashMap, HashSet};

use marey_core::{
    Aggregate, Channel, FieldName, FieldType, Mark,
    spec::{self, ChannelDef, FieldDef, FieldRef, Literal, MarkOrient, NamePart, Sort},
};

use super::{Kind, ScaleModel, Use, is_binned, is_place, kind::scale_kind};
use crate::{
    column::{is_banded_time, stack_columns, time_end},
    datum::Datum,
    sort::{sorted_domain, summarise},
    warnings::Warnings,
};

/// The data end of a scale.
#[derive(Debug, Clone, PartialEq)]
pub enum Domain<'a> {
    /// Two ends, or more stops where the spec gives them; empty without data.
    Continuous {
        /// The stops.
        stops: Vec<f64>,
        /// Whether the spec fixed lower and upper end, so that nothing may round them.
        fixed: [bool; 2],
    },
    /// Distinct values in order.
    Discrete(Vec<Datum<'a>>),
}

/// Most values of a discrete domain by kind; more are cut with a warning.
fn limit(kind: Kind, channel: Channel) -> usize {
    match (kind, channel) {
        (Kind::Band, Channel::XOffset | Channel::YOffset) => 40,
        (Kind::Band, _) => 300,
        (Kind::Point, _) => 2000,
        _ => 1000,
    }
}

/// The scale that a list of uses asks for.
pub fn model<'a>(uses: Vec<Use<'a>>, warnings: &mut Warnings) -> ScaleModel<'a> {
    let channel = uses
        .first()
        .and_then(|used| super::scale_channel(used.channel))
        .unwrap_or(Channel::Detail);
    // Second ends follow the first: they have no kind of their own.
    let kind = uses
        .iter()
        .filter(|used| used.channel.primary().is_none())
        .map(|used| scale_kind(&used.layer, used.channel, used.def))
        .reduce(|a, b| if b.precedence() > a.precedence() { b } else { a })
        .or_else(|| {
            uses.first()
                .map(|used| scale_kind(&used.layer, channel, used.def))
        })
        .unwrap_or(Kind::Linear);
    let mut model = ScaleModel {
        channel,
        kind,
        domain: Domain::Discrete(Vec::new()),
        empty: false,
        cut: 0,
        uses,
    };
    if kind.is_discrete() {
        let mut values = discrete_domain(&model);
        model.cut = warnings.cut(
            &mut values,
            limit(kind, channel),
            &format!("categories on {channel}"),
        );
        model.empty = values.is_empty();
        model.domain = Domain::Discrete(values);
    } else {
        let (domain, empty) = continuous_domain(&model, warnings);
        model.domain = domain;
        model.empty = empty;
    }
    model
}

fn discrete_domain<'a>(model: &ScaleModel<'a>) -> Vec<Datum<'a>> {
    let given = model.setting(|scale| match &scale.domain {
        Some(spec::Domain::Values(values)) => Some(values),
        _ => None,
    });
    if let Some(values) = given {
        let temporal = model.uses.iter().any(|used| discrete_time(used));
        let mut seen = HashSet::new();
        return values
            .iter()
            .map(|value| literal_in(value, temporal))
            .filter(|value| seen.insert(*value))
            .collect();
    }
    let mut seen = HashSet::new();
    let mut values = Vec::new();
    for used in &model.uses {
        each_value(used, &mut |value| {
            if seen.insert(value) {
                values.push(value);
            }
        });
    }
    let sort = model.uses.iter().find_map(|used| match used.def {
        ChannelDef::Field(def) => def.sort.as_ref().map(|sort| (sort, used)),
        _ => None,
    });
    match sort {
        Some((sort @ (Sort::Channel { .. } | Sort::Field(_)), used)) => {
            let keys = sort_keys(sort, used, model);
            sorted_domain(values, Some(sort), |value| keys.get(&value).copied())
        }
        Some((sort, _)) => sorted_domain(values, Some(sort), |_| None),
        None => sorted_domain(values, None, |_| None),
    }
}

fn discrete_time(used: &Use<'_>) -> bool {
    matches!(used.def, ChannelDef::Field(def) if def.time_unit.is_some() || def.field_type == Some(FieldType::Temporal))
}

fn literal_in(value: &Literal, temporal: bool) -> Datum<'_> {
    let datum = Datum::of_literal(value);
    if temporal {
        datum.as_time().map_or(datum, Datum::Time)
    } else {
        datum
    }
}

/// Calls back with each value a use puts on a discrete domain.
fn each_value<'a>(used: &Use<'a>, visit: &mut impl FnMut(Datum<'a>)) {
    match used.def {
        ChannelDef::Field(def) => {
            let name = def.output_name(used.channel);
            if let Some(column) = used.layer.column(&name) {
                for row in used.layer.rows.iter() {
                    if let Some(value) = column.get(*row as usize) {
                        visit(*value);
                    }
                }
            }
        }
        ChannelDef::Datum(def) => {
            if let Ok(literal) = &def.datum {
                visit(Datum::of_literal(literal));
            }
        }
        ChannelDef::Value(_) => {}
    }
}

/// What a sort by channel or field goes by, per value of the domain.
fn sort_keys<'a>(sort: &Sort, by: &Use<'a>, model: &ScaleModel<'a>) -> HashMap<Datum<'a>, f64> {
    let mut collected: HashMap<Datum<'a>, Vec<f64>> = HashMap::new();
    let mut op = None;
    for used in &model.uses {
        let ChannelDef::Field(def) = used.def else {
            continue;
        };
        let Some((name, summary)) = sort_column(sort, used) else {
            continue;
        };
        if used.channel == by.channel {
            op = op.or(summary);
        }
        let (Some(places), Some(keys)) = (
            used.layer.column(&def.output_name(used.channel)),
            used.layer.column(&name),
        ) else {
            continue;
        };
        for row in used.layer.rows.iter() {
            let row = *row as usize;
            if let (Some(place), Some(key)) = (places.get(row), keys.get(row).and_then(|v| v.as_number())) {
                collected.entry(*place).or_default().push(key);
            }
        }
    }
    collected
        .into_iter()
        .filter_map(|(place, keys)| summarise(&keys, op.as_ref()).map(|key| (place, key)))
        .collect()
}

/// The column of a unit's rows that a sort goes by, and how several rows of a value are summarised.
fn sort_column(sort: &Sort, used: &Use<'_>) -> Option<(FieldName, Option<Aggregate>)> {
    match sort {
        Sort::Channel { channel, .. } => {
            let def = used.layer.encoding.get(*channel)?.bound_field()?;
            let stacked = stack_columns(&used.layer, *channel, def).is_some();
            let default = if stacked { Some(Aggregate::Sum) } else { None };
            Some((
                def.output_name(*channel),
                regroup(def.aggregate.as_ref()).or(default),
            ))
        }
        Sort::Field(by) => {
            let wanted = FieldDef {
                field: by.field.clone(),
                aggregate: by.op.clone(),
                ..FieldDef::default()
            };
            let name = wanted.output_name(used.channel);
            if used.layer.column(&name).is_some() {
                return Some((name, regroup(by.op.as_ref())));
            }
            let raw = by.field.as_ref().and_then(FieldRef::name)?.clone();
            Some((raw, by.op.clone()))
        }
        _ => None,
    }
}

/// How summaries of parts make the summary of the whole; the mean of means is the best there is.
fn regroup(op: Option<&Aggregate>) -> Option<Aggregate> {
    Some(match op? {
        Aggregate::Count | Aggregate::Valid | Aggregate::Missing | Aggregate::Distinct | Aggregate::Sum => {
            Aggregate::Sum
        }
        Aggregate::Min => Aggregate::Min,
        Aggregate::Max => Aggregate::Max,
        _ => Aggregate::Mean,
    })
}

/// The running ends of a continuous domain.
#[derive(Debug, Clone, Copy)]
struct Extent {
    low: f64,
    high: f64,
}

impl Extent {
    const NONE: Extent = Extent {
        low: f64::INFINITY,
        high: f64::NEG_INFINITY,
    };

    fn add(&mut self, value: f64) {
        if value.is_finite() {
            self.low = self.low.min(value);
            self.high = self.high.max(value);
        }
    }

    fn ends(self) -> Option<[f64; 2]> {
        (self.low <= self.high).then_some([self.low, self.high])
    }
}

fn continuous_domain<'a>(model: &ScaleModel<'a>, warnings: &mut Warnings) -> (Domain<'a>, bool) {
    let time = model.kind == Kind::Time;
    let literal_place = |literal: &Literal| place(Datum::of_literal(literal), model.kind);
    let given = model.setting(|scale| scale.domain.as_ref());
    if let Some(spec::Domain::Values(values)) = given {
        let stops: Vec<f64> = values.iter().filter_map(literal_place).collect();
        if stops.len() >= 2 || model.kind == Kind::Threshold {
            let fixed = [true, true];
            return (Domain::Continuous { stops, fixed }, false);
        }
        warnings.once(format!(
            "the domain of {} has no two values: the data's own is taken",
            model.channel
        ));
    }
    let mut extent = Extent::NONE;
    for used in &model.uses {
        extend(&mut extent, used, model.kind);
    }
    if let Some(spec::Domain::UnionWith(values)) = given {
        values
            .iter()
            .filter_map(literal_place)
            .for_each(|value| extent.add(value));
    }
    if includes_zero(model) && extent.ends().is_some() {
        extent.add(0.0);
    }
    if let (Some(middle), Some([low, high])) = (model.setting(|scale| scale.domain_mid), extent.ends()) {
        let reach = (high - middle).abs().max((middle - low).abs());
        let stops = vec![middle - reach, middle, middle + reach];
        let fixed = [true, true];
        return (Domain::Continuous { stops, fixed }, false);
    }
    let ends = extent
        .ends()
        .unwrap_or(if time { [0.0, 86_400_000.0] } else { [0.0, 1.0] });
    let low = model.setting(|scale| scale.domain_min.as_ref().and_then(literal_place));
    let high = model.setting(|scale| scale.domain_max.as_ref().and_then(literal_place));
    let domain = Domain::Continuous {
        stops: spread([low.unwrap_or(ends[0]), high.unwrap_or(ends[1])], time),
        fixed: [low.is_some(), high.is_some()],
    };
    (domain, extent.ends().is_none())
}

/// A domain of one value gets some room, so that the value stands in the middle.
fn spread([low, high]: [f64; 2], time: bool) -> Vec<f64> {
    if low < high {
        return vec![low, high];
    }
    let room = if time {
        43_200_000.0
    } else {
        (low.abs() / 2.0).max(0.5)
    };
    vec![low.min(high) - room, low.max(high) + room]
}

fn extend(extent: &mut Extent, used: &Use<'_>, kind: Kind) {
    match used.def {
        ChannelDef::Field(def) => extend_by_field(extent, used, def, kind),
        ChannelDef::Datum(def) => {
            if let Some(value) = def
                .datum
                .as_ref()
                .ok()
                .and_then(|d| place(Datum::of_literal(d), kind))
            {
                extent.add(value);
            }
        }
        ChannelDef::Value(_) => {}
    }
}

fn place(value: Datum<'_>, kind: Kind) -> Option<f64> {
    match kind {
        Kind::Time => value.as_time(),
        // A logarithm has no place for what is not positive; such rows are left out of the domain.
        Kind::Log => value.as_number().filter(|v| *v > 0.0),
        _ => value.as_number(),
    }
}

fn extend_by_field(extent: &mut Extent, used: &Use<'_>, def: &FieldDef, kind: Kind) {
    let mut add_column = |name: &FieldName| {
        let column = used.layer.column(name)?;
        for row in used.layer.rows.iter() {
            if let Some(value) = column.get(*row as usize).and_then(|value| place(*value, kind)) {
                extent.add(value);
            }
        }
        Some(())
    };
    if let Some((start, end)) = stack_columns(&used.layer, used.channel, def) {
        add_column(&start);
        add_column(&end);
        return;
    }
    add_column(&def.output_name(used.channel));
    if is_binned(def) {
        add_column(&def.output_name_of(used.channel, NamePart::End));
    }
    // The end of a time unit belongs to the domain only where marks fill it.
    if let Some(unit) = def
        .time_unit
        .as_ref()
        .filter(|_| is_banded_time(&used.layer, used.channel))
    {
        let end = def.output_name_of(used.channel, NamePart::End);
        if add_column(&end).is_none()
            && let Some(end) = extent.ends().and_then(|[_, high]| time_end(unit, high))
        {
            extent.add(end);
        }
    }
}

/// Whether zero belongs to the domain: as the spec says, else by Vega-Lite's defaults.
fn includes_zero(model: &ScaleModel<'_>) -> bool {
    if matches!(
        model.kind,
        Kind::Log | Kind::Time | Kind::Quantile | Kind::Quantize | Kind::Threshold | Kind::Identity
    ) {
        return false;
    }
    if let Some(zero) = model.setting(|scale| scale.zero) {
        return zero;
    }
    let bounded = model
        .setting(|scale| scale.domain_min.as_ref().or(scale.domain_max.as_ref()))
        .is_some();
    // Where layers differ, the first decides, as in Vega-Lite.
    let first = model.uses.iter().find(|used| used.channel.primary().is_none());
    !bounded && first.is_some_and(use_includes_zero)
}

fn use_includes_zero(used: &Use<'_>) -> bool {
    if matches!(used.channel, Channel::Size) {
        return true;
    }
    if !is_place(used.channel) || used.channel.primary().is_some() {
        return false;
    }
    let ChannelDef::Field(def) = used.def else {
        return false;
    };
    if is_binned(def) {
        return false;
    }
    // The axis along which a line or the bars run is no length and needs no zero.
    let along = match used.layer.orient {
        Some(MarkOrient::Horizontal) => Some(Channel::Y),
        Some(MarkOrient::Vertical) => Some(Channel::X),
        None => None,
    };
    let runs = matches!(
        used.layer.mark.mark,
        Some(Mark::Bar | Mark::Area | Mark::Line | Mark::Trail)
    );
    !(runs && along == Some(used.channel))
}
