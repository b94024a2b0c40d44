//! Rules about colours, sizes and shapes.

use marey_core::{Channel, FieldType};

use super::{Rule, each, hard, soft, weigh};
use crate::facts::{FieldFact, UnitFacts};

pub(super) const RULES: &[Rule] = &[
    hard(
        "tellable_colors",
        "At most twenty categories have a colour each.",
        "Draco; Ware 2012",
        |unit| {
            each(unit, |fact| {
                fact.is_color() && is_category(fact) && fact.groups().is_some_and(|n| n > 20)
            })
        },
    ),
    hard(
        "tellable_shapes",
        "At most eight categories have a shape each.",
        "Draco; Ware 2012",
        |unit| {
            each(unit, |fact| {
                fact.channel == Channel::Shape && fact.groups().is_some_and(|n| n > 8)
            })
        },
    ),
    hard(
        "shape_of_category",
        "Shapes show categories, never quantities.",
        "Mackinlay 1986; Draco",
        |unit| each(unit, |fact| fact.channel == Channel::Shape && fact.is_quantity()),
    ),
    soft(
        "many_colors",
        "More than eight colours are hard to tell apart.",
        "Ware 2012; Draco",
        |unit| {
            weigh(unit, |fact| {
                match (fact.is_color() && is_category(fact), fact.groups()) {
                    (true, Some(n)) if n > 8 => (n as f64 / 8.0).min(3.0),
                    _ => 0.0,
                }
            })
        },
    ),
    soft(
        "category_by_size",
        "Sizes suggest an order that categories without one do not have.",
        "Mackinlay 1986",
        |unit| {
            each(unit, |fact| {
                fact.channel == Channel::Size && fact.field_type() == FieldType::Nominal
            })
        },
    ),
    soft(
        "quantity_by_color",
        "Colours show quantities less exactly than positions and lengths.",
        "Cleveland & McGill 1984; Kim & Heer 2018",
        |unit| {
            each(unit, |fact| {
                fact.is_color() && fact.is_quantity() && !is_cell(unit)
            })
        },
    ),
    soft(
        "quantity_by_size",
        "Areas show quantities less exactly than positions and lengths.",
        "Cleveland & McGill 1984; Kim & Heer 2018",
        |unit| each(unit, |fact| fact.channel == Channel::Size && fact.is_quantity()),
    ),
    soft(
        "category_by_color",
        "A legend costs a look aside.",
        "Few 2012",
        |unit| each(unit, |fact| fact.is_color() && is_category(fact)),
    ),
    soft(
        "color_repeats_axis",
        "A colour that repeats an axis adds nothing.",
        "Draco; Few 2012",
        |unit| each(unit, |fact| fact.is_color() && repeats_axis(unit, fact)),
    ),
];

fn is_category(fact: &FieldFact<'_>) -> bool {
    fact.is_discrete() && fact.aggregate.is_none()
}

/// Whether the unit is a heat map, whose colours are the point.
fn is_cell(unit: &UnitFacts<'_>) -> bool {
    unit.mark == Some(marey_core::Mark::Rect)
}

fn repeats_axis(unit: &UnitFacts<'_>, fact: &FieldFact<'_>) -> bool {
    fact.def.name().is_some()
        && unit.seen().any(|other| {
            other.is_on_axis() && other.def.name() == fact.def.name() && other.aggregate == fact.aggregate
        })
}
