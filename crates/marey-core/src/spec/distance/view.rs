//! Differences of views: alignment of their parts and what is said beside them.

use serde_json::Value;

use super::{
    alignment::align,
    channel::{self, Bound},
    cost::Pricing,
    leaf,
};
use crate::{
    Channel,
    spec::{
        ChannelDef, ChartSpec, Composition, Encoding, Facet, JsonMap, Repeat, TopLevel, Transform, Unit,
        View,
        json::{Json, Tier, own_members},
    },
};

/// What a view is made of: its mark, or further views.
#[derive(Clone, Copy)]
enum Part<'a> {
    Unit(&'a Unit),
    View(&'a View),
}

/// The cost of what belongs to the whole document.
pub(super) fn top_cost(a: &ChartSpec, b: &ChartSpec, costs: &Pricing<'_>) -> f64 {
    let small = |top: &TopLevel| {
        TopLevel {
            datasets: None,
            ..top.clone()
        }
        .write(Tier::Whole)
    };
    let datasets = if a.top.datasets == b.top.datasets {
        0.0
    } else {
        costs.data
    };
    datasets + costs.property * leaf::differing(&small(&a.top), &small(&b.top)) as f64
}

/// The cost of turning one view into another.
pub(super) fn view_cost(a: &View, b: &View, costs: &Pricing<'_>) -> f64 {
    let composition = if kind(a) == kind(b) {
        0.0
    } else {
        costs.composition
    };
    let parts = align(
        costs.exact,
        &parts(a),
        &parts(b),
        |x, y| part_cost(*x, *y, costs),
        |part| part_weight(*part, costs),
    );
    own_cost(a, b, costs) + composition + splitting_cost(a, b, costs) + parts
}

/// A name for the way in which a view is put together.
fn kind(view: &View) -> &'static str {
    match &view.composition {
        Composition::Unit(_) => "unit",
        Composition::Layer { .. } => "layer",
        Composition::Facet(_) => "facet",
        Composition::Concat { flow, .. } => flow.as_str(),
        Composition::Repeat(_) => "repeat",
    }
}

fn parts(view: &View) -> Vec<Part<'_>> {
    match &view.composition {
        Composition::Unit(unit) => vec![Part::Unit(unit)],
        _ => view.children().into_iter().map(Part::View).collect(),
    }
}

fn part_cost(a: Part<'_>, b: Part<'_>, costs: &Pricing<'_>) -> f64 {
    match (a, b) {
        (Part::Unit(a), Part::Unit(b)) => unit_cost(a, b, costs),
        (Part::View(a), Part::View(b)) => view_cost(a, b, costs),
        (Part::Unit(unit), Part::View(view)) | (Part::View(view), Part::Unit(unit)) => {
            let composition = if kind(view) == "unit" {
                0.0
            } else {
                costs.composition
            };
            let aligned = align(
                costs.exact,
                &[Part::Unit(unit)],
                &parts(view),
                |x, y| part_cost(*x, *y, costs),
                |part| part_weight(*part, costs),
            );
            own_weight(view, costs) + composition + splitting_weight(view, costs) + aligned
        }
    }
}

fn part_weight(part: Part<'_>, costs: &Pricing<'_>) -> f64 {
    match part {
        Part::Unit(unit) => unit_weight(unit, costs),
        Part::View(view) => {
            let composition = if kind(view) == "unit" {
                0.0
            } else {
                costs.composition
            };
            let inside: f64 = parts(view).into_iter().map(|part| part_weight(part, costs)).sum();
            own_weight(view, costs) + composition + splitting_weight(view, costs) + inside
        }
    }
}

/// A mark's properties beside its kind.
fn mark_properties(unit: &Unit) -> Value {
    let mut mark = unit.mark.clone();
    mark.mark = None;
    mark.write(Tier::Whole)
}

fn unit_cost(a: &Unit, b: &Unit, costs: &Pricing<'_>) -> f64 {
    let properties = leaf::differing(&mark_properties(a), &mark_properties(b))
        + leaf::differing(&rest(&a.encoding.rest), &rest(&b.encoding.rest));
    costs.between_marks(a.mark.mark, b.mark.mark)
        + costs.property * properties as f64
        + channel::between(&channel::bound(&a.encoding), &channel::bound(&b.encoding), costs)
}

fn unit_weight(unit: &Unit, costs: &Pricing<'_>) -> f64 {
    let properties = leaf::count(&mark_properties(unit)) + leaf::count(&rest(&unit.encoding.rest));
    costs.mark + costs.property * properties as f64 + channel::weight(&channel::bound(&unit.encoding), costs)
}

fn rest(map: &JsonMap) -> Value {
    Value::Object(map.clone())
}

fn own_cost(a: &View, b: &View, costs: &Pricing<'_>) -> f64 {
    let data = if a.data == b.data { 0.0 } else { costs.data };
    let steps = align(
        costs.exact,
        &a.transform,
        &b.transform,
        |x, y| step_cost(x, y, costs),
        |_| costs.step,
    );
    data + steps + costs.property * leaf::differing(&own_members(a), &own_members(b)) as f64
}

fn own_weight(view: &View, costs: &Pricing<'_>) -> f64 {
    let nothing = View::new(Composition::Layer {
        layers: Vec::new(),
        encoding: Encoding::new(),
    });
    own_cost(view, &nothing, costs)
}

fn step_cost(a: &Transform, b: &Transform, costs: &Pricing<'_>) -> f64 {
    match (a, b) {
        _ if a == b => 0.0,
        (Transform::Filter(_), Transform::Filter(_)) => costs.modify_filter,
        _ if std::mem::discriminant(a) == std::mem::discriminant(b) => costs.step,
        _ => 2.0 * costs.step,
    }
}

/// The fields by which a view splits the data or which it repeats.
fn splitting(view: &View) -> Vec<(Channel, ChannelDef)> {
    match &view.composition {
        Composition::Facet(facet) => facet_fields(facet),
        Composition::Repeat(repeat) => repeat_fields(repeat),
        _ => Vec::new(),
    }
}

fn facet_fields(facet: &Facet) -> Vec<(Channel, ChannelDef)> {
    [
        (Channel::Facet, &facet.wrap),
        (Channel::Row, &facet.row),
        (Channel::Column, &facet.column),
    ]
    .into_iter()
    .filter_map(|(channel, def)| Some((channel, def.clone()?.into())))
    .collect()
}

fn repeat_fields(repeat: &Repeat) -> Vec<(Channel, ChannelDef)> {
    [
        (Channel::Facet, &repeat.wrap),
        (Channel::Row, &repeat.row),
        (Channel::Column, &repeat.column),
        (Channel::Detail, &repeat.layer),
    ]
    .into_iter()
    .flat_map(|(channel, fields)| {
        let fields = fields.iter().flatten().cloned();
        fields.map(move |field| {
            let def = crate::spec::FieldDef {
                field: Some(field.into()),
                ..Default::default()
            };
            (channel, def.into())
        })
    })
    .collect()
}

fn splitting_cost(a: &View, b: &View, costs: &Pricing<'_>) -> f64 {
    let (a, b) = (splitting(a), splitting(b));
    let bound = |fields: &[(Channel, ChannelDef)]| -> f64 { channel::weight(&all(fields), costs) };
    if a.is_empty() || b.is_empty() {
        return bound(&a) + bound(&b);
    }
    let order = if a != b && sorted(&a) == sorted(&b) {
        costs.sort
    } else {
        0.0
    };
    order + channel::between(&all(&a), &all(&b), costs)
}

/// Fields in an order of their own, to tell a new order from new fields.
fn sorted(fields: &[(Channel, ChannelDef)]) -> Vec<String> {
    let mut texts: Vec<String> = fields
        .iter()
        .map(|(channel, def)| format!("{channel} {}", def.write(Tier::Whole)))
        .collect();
    texts.sort();
    texts
}

fn splitting_weight(view: &View, costs: &Pricing<'_>) -> f64 {
    channel::weight(&all(&splitting(view)), costs)
}

fn all(fields: &[(Channel, ChannelDef)]) -> Vec<Bound<'_>> {
    fields
        .iter()
        .map(|(channel, def)| Bound::new(*channel, def))
        .collect()
}
