//! Rules about scales: zero, logarithms and sizes.

use marey_core::spec::ScaleType;
use marey_core::{Aggregate, Channel, Mark};

use marey_profile::AxisScale;

use super::{Rule, each, hard, soft};
use crate::facts::{FieldFact, UnitFacts};

pub(super) const RULES: &[Rule] = &[
    hard(
        "bars_start_at_zero",
        "Bars and areas start at zero, because their length is what is read.",
        "Draco; Few 2012",
        |unit| {
            each(unit, |fact| {
                is_length(unit, fact) && fact.scale().is_some_and(|s| s.zero == Some(false))
            })
        },
    ),
    hard(
        "no_log_bars",
        "Bars and areas have no logarithmic length: it has no zero.",
        "Draco",
        |unit| each(unit, |fact| is_length(unit, fact) && is_log(fact)),
    ),
    hard(
        "log_of_positive",
        "A logarithmic scale holds positive values only.",
        "Draco",
        |unit| each(unit, |fact| is_log(fact) && has_non_positive(fact)),
    ),
    hard(
        "log_of_quantity",
        "Only quantities have a logarithmic scale.",
        "Draco",
        |unit| each(unit, |fact| is_log(fact) && fact.is_discrete()),
    ),
    hard(
        "log_without_zero",
        "A logarithmic scale cannot hold zero.",
        "Draco",
        |unit| {
            each(unit, |fact| {
                is_log(fact) && fact.scale().is_some_and(|s| s.zero == Some(true))
            })
        },
    ),
    hard(
        "size_of_positive",
        "Sizes show only values that are not negative.",
        "Draco",
        |unit| each(unit, |fact| fact.channel == Channel::Size && has_negative(fact)),
    ),
    hard(
        "no_bin_of_aggregate",
        "A field is binned or aggregated, not both.",
        "Draco",
        |unit| each(unit, |fact| fact.is_binned() && fact.def.aggregate.is_some()),
    ),
    soft(
        "log_scale",
        "Logarithmic scales ask for a trained reader.",
        "Draco; Few 2012",
        |unit| each(unit, is_log),
    ),
    soft(
        "crowded_near_zero",
        "Positive values that span magnitudes are crowded on a straight axis.",
        "Marey",
        |unit| {
            each(unit, |fact| {
                is_point(unit) && fact.is_on_axis() && fact.is_raw_quantity() && crowds(fact) && !is_log(fact)
            })
        },
    ),
    soft(
        "wasted_axis",
        "Points need no zero on an axis whose values lie far from it.",
        "Wilkinson 2005",
        |unit| {
            each(unit, |fact| {
                is_point(unit) && fact.is_on_axis() && fact.is_raw_quantity() && far_from_zero(fact)
            })
        },
    ),
];

fn is_length(unit: &UnitFacts<'_>, fact: &FieldFact<'_>) -> bool {
    matches!(unit.mark, Some(Mark::Bar | Mark::Area))
        && unit.length().is_some_and(|length| length.path == fact.path)
        && unit.on(Channel::X2).is_none()
        && unit.on(Channel::Y2).is_none()
}

fn is_log(fact: &FieldFact<'_>) -> bool {
    fact.scale_type() == Some(ScaleType::Log)
}

fn is_point(unit: &UnitFacts<'_>) -> bool {
    matches!(unit.mark, Some(Mark::Point | Mark::Circle | Mark::Square))
}

/// Whether values themselves are shown, so that the column's range is the axis's.
fn shows_values(fact: &FieldFact<'_>) -> bool {
    !matches!(
        fact.aggregate,
        Some(Aggregate::Count | Aggregate::Distinct | Aggregate::Valid | Aggregate::Missing)
    )
}

fn has_non_positive(fact: &FieldFact<'_>) -> bool {
    shows_values(fact)
        && fact
            .column()
            .and_then(|c| c.numeric.as_ref())
            .is_some_and(|n| n.min <= 0.0)
}

fn has_negative(fact: &FieldFact<'_>) -> bool {
    shows_values(fact)
        && fact
            .column()
            .and_then(|c| c.numeric.as_ref())
            .is_some_and(|n| n.negatives > 0)
}

fn crowds(fact: &FieldFact<'_>) -> bool {
    fact.column()
        .is_some_and(|column| column.advice.scale == Some(AxisScale::Log))
}

fn far_from_zero(fact: &FieldFact<'_>) -> bool {
    let zero = fact.scale().is_none_or(|scale| scale.zero != Some(false)) && !is_log(fact);
    zero && fact
        .column()
        .and_then(|c| c.numeric.as_ref())
        .is_some_and(|n| n.min > 0.0 && n.max - n.min < n.min)
}
