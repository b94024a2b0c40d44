//! Rules about axes: what stands where, and in what order.

use marey_core::spec::{Bin, Sort};
use marey_core::{Channel, FieldType, Mark, PhysicalType, SemanticFamily, SemanticType};

use super::{Hit, Rule, each, hard, soft, weigh, when};
use crate::facts::{FieldFact, UnitFacts};
use crate::role::Role;

pub(super) const RULES: &[Rule] = &[
    hard(
        "different_axes",
        "The two axes show different things.",
        "Draco",
        same_on_both_axes,
    ),
    hard(
        "field_used_at_most_twice",
        "No field is shown by three channels.",
        "Draco",
        |unit| each(unit, |fact| used(unit, fact) > 2 && is_first_use(unit, fact)),
    ),
    hard(
        "readable_number_of_categories",
        "An axis holds at most sixty categories; more are cut to the largest.",
        "Draco; Few 2012",
        |unit| {
            each(unit, |fact| {
                is_category_axis(fact) && fact.groups().is_some_and(|n| n > 60)
            })
        },
    ),
    hard(
        "readable_number_of_panels",
        "At most thirty panels are drawn.",
        "Draco",
        |unit| {
            each(unit, |fact| {
                fact.channel.is_facet() && fact.groups().is_some_and(|n| n > 30)
            })
        },
    ),
    hard(
        "panels_by_category",
        "Panels are made by categories or by steps of time, never by plain quantities.",
        "Draco; Vega-Lite",
        |unit| each(unit, |fact| fact.channel.is_facet() && fact.is_raw_quantity()),
    ),
    soft(
        "many_categories",
        "More than twenty categories on an axis are not compared one by one.",
        "Draco; Few 2012",
        |unit| {
            weigh(unit, |fact| match (is_category_axis(fact), fact.groups()) {
                (true, Some(n)) if n > 20 => (n as f64 / 20.0).min(4.0),
                _ => 0.0,
            })
        },
    ),
    soft(
        "cut_categories",
        "A chart of the first categories only does not show the whole.",
        "Marey",
        |unit| {
            weigh(unit, |fact| match fact.limit {
                Some(limit) => fact.column().map_or(0.5, |c| {
                    (c.distinct.value as f64 / limit.max(1) as f64)
                        .log2()
                        .clamp(0.0, 4.0)
                        / 4.0
                }),
                None => 0.0,
            })
        },
    ),
    soft(
        "long_names_below",
        "Long names of categories stand beside the chart, not below it.",
        "Few 2012",
        |unit| {
            each(unit, |fact| {
                fact.channel == Channel::X && is_category_axis(fact) && has_long_names(fact)
            })
        },
    ),
    soft(
        "unsorted_bars",
        "Bars of categories without an order are sorted by length.",
        "Few 2012",
        |unit| {
            each(unit, |fact| {
                unit.mark == Some(Mark::Bar) && is_unsorted(unit, fact)
            })
        },
    ),
    soft(
        "natural_order",
        "Months, weekdays and scales of answers keep their own order.",
        "Mackinlay 1986; Few 2012",
        |unit| each(unit, |fact| loses_order(unit, fact)),
    ),
    soft(
        "time_runs_right",
        "Time runs from left to right.",
        "Draco; Few 2012",
        |unit| each(unit, |fact| fact.channel == Channel::Y && is_time(fact)),
    ),
    soft(
        "time_off_axis",
        "Time belongs on an axis rather than in colours, sizes or shapes.",
        "Mackinlay 1986",
        |unit| {
            each(unit, |fact| {
                is_time(fact) && !fact.channel.is_position() && !fact.channel.is_facet()
            })
        },
    ),
    soft(
        "numbers_as_categories",
        "A quantity of many values is not drawn as categories.",
        "Draco",
        |unit| each(unit, numbers_as_categories),
    ),
    soft(
        "labels_as_groups",
        "A column that names single rows forms no groups.",
        "Marey",
        |unit| each(unit, |fact| is_label(unit, fact) && fact.is_color()),
    ),
    soft(
        "coarse_bins",
        "A histogram of many rows has at least five bins and at most fifty.",
        "Wilkinson 2005; Draco",
        |unit| each(unit, |fact| fact.is_on_axis() && odd_bins(fact)),
    ),
    soft(
        "few_rows_in_bins",
        "A histogram of fewer than twenty rows shows chance.",
        "Marey",
        |unit| {
            each(unit, |fact| {
                fact.is_on_axis() && fact.is_binned() && unit.rows().is_some_and(|n| n < 20)
            })
        },
    ),
    soft(
        "weak_relation",
        "Two quantities that hardly go together make a dull cloud.",
        "Voyager; Marey",
        weak_relation,
    ),
    soft(
        "redundant_pair",
        "Two columns that hold the same up to scale show one thing twice.",
        "Marey",
        redundant_pair,
    ),
    soft(
        "similar_groups",
        "Groups that hardly differ in a quantity need no comparison.",
        "Marey",
        similar_groups,
    ),
    soft(
        "lone_position",
        "A chart on one axis wastes the other.",
        "Draco",
        |unit| {
            when(
                unit,
                unit.mark != Some(Mark::Arc)
                    && (unit.on(Channel::X).is_none() != unit.on(Channel::Y).is_none()),
            )
        },
    ),
];

fn same_on_both_axes(unit: &UnitFacts<'_>) -> Vec<Hit> {
    let (Some(x), Some(y)) = (unit.on(Channel::X), unit.on(Channel::Y)) else {
        return Vec::new();
    };
    let same = x.def.name().is_some()
        && x.def.name() == y.def.name()
        && x.aggregate == y.aggregate
        && x.def.time_unit == y.def.time_unit;
    when(unit, same)
}

fn used(unit: &UnitFacts<'_>, fact: &FieldFact<'_>) -> usize {
    match fact.def.name() {
        Some(name) => unit.seen().filter(|other| other.def.name() == Some(name)).count(),
        None => 0,
    }
}

fn is_first_use(unit: &UnitFacts<'_>, fact: &FieldFact<'_>) -> bool {
    unit.seen()
        .find(|other| other.def.name() == fact.def.name())
        .is_some_and(|first| first.path == fact.path)
}

fn is_category_axis(fact: &FieldFact<'_>) -> bool {
    fact.is_on_axis() && fact.is_discrete() && fact.aggregate.is_none()
}

fn has_long_names(fact: &FieldFact<'_>) -> bool {
    let many = fact.groups().is_some_and(|n| n > 4);
    let mean = fact
        .column()
        .and_then(|c| c.text.as_ref())
        .map_or(0.0, |text| text.mean_chars);
    many && mean > 12.0 && fact.def.time_unit.is_none()
}

fn is_time(fact: &FieldFact<'_>) -> bool {
    fact.field_type() == FieldType::Temporal && fact.aggregate.is_none()
}

fn is_unsorted(unit: &UnitFacts<'_>, fact: &FieldFact<'_>) -> bool {
    let summarised = unit.length().is_some();
    let normalised = unit
        .stacking()
        .is_some_and(|(_, offset)| offset == marey_core::spec::StackOffset::Normalize);
    let beside = unit.on(Channel::XOffset).is_some() || unit.on(Channel::YOffset).is_some();
    is_category_axis(fact)
        && fact.field_type() == FieldType::Nominal
        && summarised
        && !normalised
        && !beside
        && matches!(fact.def.sort, None | Some(Sort::Unsorted | Sort::Order(_)))
        && fact.groups().is_none_or(|n| n > 3)
}

fn loses_order(unit: &UnitFacts<'_>, fact: &FieldFact<'_>) -> bool {
    let ordered = unit
        .roles
        .iter()
        .find(|field| Some(field.name()) == fact.def.name())
        .is_some_and(|field| field.order().is_some());
    ordered
        && fact.is_discrete()
        && fact.aggregate.is_none()
        && !matches!(fact.def.sort, Some(Sort::Values(_) | Sort::Unsorted))
}

fn numbers_as_categories(fact: &FieldFact<'_>) -> bool {
    fact.is_discrete()
        && !fact.is_binned()
        && fact.aggregate.is_none()
        && fact.column().is_some_and(|c| {
            c.numeric.is_some()
                && c.physical_type != PhysicalType::Boolean
                && c.distinct.value > 20
                && !c.semantic_type.is_some_and(|semantic| {
                    semantic == SemanticType::PostalCode
                        || matches!(semantic.family(), SemanticFamily::Time | SemanticFamily::Identity)
                })
        })
}

fn is_label(unit: &UnitFacts<'_>, fact: &FieldFact<'_>) -> bool {
    unit.roles
        .iter()
        .any(|field| Some(field.name()) == fact.def.name() && field.role == Role::Label)
}

fn odd_bins(fact: &FieldFact<'_>) -> bool {
    match &fact.def.bin {
        Some(Bin::On(params)) => params.maxbins.is_some_and(|bins| !(5.0..=50.0).contains(&bins)),
        _ => false,
    }
}

/// The absolute value of the strongest known correlation between the axes.
fn correlation(unit: &UnitFacts<'_>) -> Option<f64> {
    use marey_profile::AssociationMeasure as M;
    let (x, y) = (unit.on(Channel::X)?, unit.on(Channel::Y)?);
    if x.aggregate.is_some() || y.aggregate.is_some() {
        return None;
    }
    let (x, y) = (x.column()?, y.column()?);
    strongest(unit, [&x.name, &y.name], &[M::Pearson, M::Spearman])
}

fn strongest(
    unit: &UnitFacts<'_>,
    [a, b]: [&marey_core::FieldName; 2],
    measures: &[marey_profile::AssociationMeasure],
) -> Option<f64> {
    unit.profile?
        .pairs
        .iter()
        .filter(|pair| measures.contains(&pair.measure))
        .filter(|pair| (&pair.a == a && &pair.b == b) || (&pair.a == b && &pair.b == a))
        .map(|pair| pair.value.abs())
        .max_by(f64::total_cmp)
}

fn weak_relation(unit: &UnitFacts<'_>) -> Vec<Hit> {
    let geographic = unit.seen().any(|fact| {
        fact.column().is_some_and(|c| {
            matches!(
                c.semantic_type,
                Some(SemanticType::Latitude | SemanticType::Longitude)
            )
        })
    });
    let quantities = [Channel::X, Channel::Y].into_iter().all(|channel| {
        unit.on(channel)
            .is_some_and(|fact| fact.field_type() == FieldType::Quantitative && fact.aggregate.is_none())
    });
    let points = matches!(
        unit.mark,
        Some(Mark::Point | Mark::Circle | Mark::Square | Mark::Rect)
    );
    if geographic || !quantities || !points {
        return Vec::new();
    }
    super::whole(unit, 1.0 - correlation(unit).unwrap_or(0.0))
}

fn redundant_pair(unit: &UnitFacts<'_>) -> Vec<Hit> {
    when(unit, correlation(unit).is_some_and(|r| r > 0.995))
}

fn similar_groups(unit: &UnitFacts<'_>) -> Vec<Hit> {
    use marey_profile::AssociationMeasure as M;
    let category = unit
        .seen()
        .find(|fact| is_category_axis(fact))
        .and_then(FieldFact::column);
    let quantity = unit
        .length()
        .filter(|fact| !is_total(fact))
        .and_then(FieldFact::column);
    let (Some(category), Some(quantity)) = (category, quantity) else {
        return Vec::new();
    };
    match strongest(unit, [&category.name, &quantity.name], &[M::CorrelationRatio]) {
        Some(eta) => super::whole(unit, 1.0 - eta),
        None => Vec::new(),
    }
}

fn is_total(fact: &FieldFact<'_>) -> bool {
    use marey_core::Aggregate as A;
    matches!(fact.aggregate, Some(A::Sum | A::Count | A::Distinct))
}
