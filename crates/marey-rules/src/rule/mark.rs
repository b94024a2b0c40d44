//! Rules about which mark draws what.

use marey_core::spec::{Overlay, StackOffset};
use marey_core::{Aggregate, Channel, FieldType, Mark};

use super::{Hit, Rule, each, hard, soft, weigh, when, whole};
use crate::facts::{FieldFact, Origin, UnitFacts};

pub(super) const RULES: &[Rule] = &[
    hard(
        "line_over_order",
        "A line or area joins points in an order: never categories without one.",
        "Mackinlay 1986; Draco",
        |unit| {
            when(
                unit,
                is_path(unit) && nominal_axis(unit) && unit.on(Channel::Order).is_none(),
            )
        },
    ),
    hard(
        "line_has_both_axes",
        "A line, area or trail has both x and y.",
        "Draco",
        |unit| {
            when(
                unit,
                is_path(unit) && (is_free(unit, Channel::X) || is_free(unit, Channel::Y)),
            )
        },
    ),
    hard(
        "mark_has_position",
        "Bars, points, ticks, boxes and rectangles stand on at least one axis.",
        "Draco",
        |unit| {
            when(
                unit,
                needs_position(unit) && is_free(unit, Channel::X) && is_free(unit, Channel::Y),
            )
        },
    ),
    hard(
        "bar_has_length",
        "A bar has a length on one axis: it never stands between two plain quantities.",
        "Draco",
        |unit| {
            when(
                unit,
                unit.mark == Some(Mark::Bar) && both_raw(unit) && !spans(unit),
            )
        },
    ),
    hard(
        "rect_has_cells",
        "A heat map's cells lie between categories, bins or spans on both axes.",
        "Draco",
        |unit| {
            when(
                unit,
                unit.mark == Some(Mark::Rect) && !spans(unit) && has_open_side(unit),
            )
        },
    ),
    hard(
        "box_of_quantity",
        "A box plot summarises a plain quantity.",
        "Draco; Wilkinson 2005",
        |unit| {
            when(
                unit,
                unit.mark == Some(Mark::Boxplot) && !has_raw_quantity_axis(unit),
            )
        },
    ),
    hard(
        "pie_of_positive_parts",
        "The parts of a pie are never negative.",
        "Few 2012",
        |unit| {
            each(unit, |fact| {
                unit.mark == Some(Mark::Arc) && is_angle(fact) && has_negatives(fact)
            })
        },
    ),
    hard(
        "pie_of_few_parts",
        "A pie has at most eight parts.",
        "Few 2012; Draco",
        |unit| {
            each(unit, |fact| {
                unit.mark == Some(Mark::Arc) && fact.is_color() && fact.groups().is_some_and(|n| n > 8)
            })
        },
    ),
    hard(
        "stack_of_totals",
        "Only totals and counts are stacked: stacked means add up to nothing.",
        "Draco",
        stack_of_non_totals,
    ),
    soft(
        "pie",
        "Angles are read less exactly than lengths.",
        "Cleveland & McGill 1984; Few 2012",
        |unit| when(unit, unit.mark == Some(Mark::Arc)),
    ),
    soft(
        "many_parts",
        "A pie of more than five parts cannot be read.",
        "Few 2012",
        |unit| {
            each(unit, |fact| {
                unit.mark == Some(Mark::Arc) && fact.is_color() && fact.groups().is_some_and(|n| n > 5)
            })
        },
    ),
    soft(
        "overlapping_bars",
        "Bars of several rows in one place hide each other: they are summarised first.",
        "Draco",
        |unit| when(unit, matches!(unit.mark, Some(Mark::Bar)) && overlaps(unit)),
    ),
    soft(
        "zigzag_line",
        "A line through several rows at one point jumps up and down: rows are summarised first.",
        "Draco; Marey",
        |unit| when(unit, is_path(unit) && zigzags(unit)),
    ),
    soft(
        "short_line",
        "A line of fewer than four points shows no change worth a line.",
        "Marey",
        |unit| {
            each(unit, |fact| {
                is_path(unit) && fact.channel == Channel::X && points(fact) < 4
            })
        },
    ),
    soft(
        "many_lines",
        "More than seven lines in one view tangle.",
        "Few 2012",
        |unit| {
            weigh(unit, |fact| {
                match (is_path(unit) && fact.is_color(), fact.groups()) {
                    (true, Some(n)) if n > 7 => (n as f64 / 7.0).min(4.0),
                    _ => 0.0,
                }
            })
        },
    ),
    soft(
        "crossing_lines",
        "Each line beyond the first costs a little.",
        "Ware 2012",
        |unit| {
            weigh(unit, |fact| {
                match (is_path(unit) && fact.is_color(), fact.groups()) {
                    (true, Some(n)) => (n.saturating_sub(1) as f64 / 6.0).min(1.0),
                    _ => 0.0,
                }
            })
        },
    ),
    soft(
        "overplotting",
        "Thousands of points cover each other: they are counted in bins.",
        "Wilkinson 2005; Voyager",
        overplotting,
    ),
    soft(
        "opaque_points",
        "Many points are drawn translucent, so that crowds show.",
        "Wilkinson 2005",
        |unit| {
            let many = unit.rows().is_some_and(|rows| rows > 500) && is_point(unit) && !unit.is_summarised();
            when(
                unit,
                many && unit.mark_def.opacity.is_none_or(|o| o > 0.7) && is_free(unit, Channel::Opacity),
            )
        },
    ),
    soft(
        "strokes",
        "Strips of strokes show single values but no shape.",
        "Draco",
        |unit| when(unit, unit.mark == Some(Mark::Tick)),
    ),
    soft(
        "boxes",
        "Box plots ask for a trained reader.",
        "Few 2012",
        |unit| when(unit, unit.mark == Some(Mark::Boxplot)),
    ),
    soft(
        "inner_segments",
        "Only the lowest part of a stack has a common baseline.",
        "Cleveland & McGill 1984",
        |unit| {
            let stacked = unit
                .stacking()
                .filter(|(_, offset)| *offset != StackOffset::Normalize);
            when(unit, stacked.is_some() && unit.mark != Some(Mark::Arc))
        },
    ),
    soft(
        "hidden_totals",
        "Stacks of equal height hide how large the whole is.",
        "Few 2012",
        |unit| {
            when(
                unit,
                unit.stacking()
                    .is_some_and(|(_, offset)| offset == StackOffset::Normalize),
            )
        },
    ),
    soft(
        "heat_map",
        "Colours of cells are read less exactly than positions.",
        "Mackinlay 1986; Kim & Heer 2018",
        |unit| when(unit, unit.mark == Some(Mark::Rect)),
    ),
    soft(
        "panels",
        "Small multiples ask the eye to travel.",
        "Draco",
        |unit| when(unit, unit.seen().any(|fact| fact.channel.is_facet())),
    ),
    soft(
        "many_panels",
        "More than twelve panels are not compared.",
        "Few 2012",
        |unit| {
            weigh(unit, |fact| match (fact.channel.is_facet(), fact.groups()) {
                (true, Some(n)) if n > 12 => (n as f64 / 12.0).min(5.0),
                _ => 0.0,
            })
        },
    ),
    soft(
        "unmarked_points",
        "A line of few points shows them.",
        "Few 2012",
        |unit| {
            let shown = matches!(unit.mark_def.point, Some(Overlay::On(true) | Overlay::Styled(_)));
            let few = unit
                .on(Channel::X)
                .is_some_and(|fact| (2..=12).contains(&points(fact)));
            when(unit, unit.mark == Some(Mark::Line) && few && !shown)
        },
    ),
    soft(
        "points_of_aggregate",
        "Aggregates of categories are drawn as bars rather than points.",
        "Draco; Kim & Heer 2018",
        |unit| {
            let grouped = unit.seen().any(|fact| fact.is_on_axis() && fact.is_discrete());
            whole(
                unit,
                if is_point(unit) && unit.is_summarised() && grouped {
                    1.0
                } else {
                    0.0
                },
            )
        },
    ),
];

fn is_path(unit: &UnitFacts<'_>) -> bool {
    unit.mark.is_some_and(Mark::is_path)
}

fn is_point(unit: &UnitFacts<'_>) -> bool {
    matches!(unit.mark, Some(Mark::Point | Mark::Circle | Mark::Square))
}

/// Whether a channel carries neither field, datum nor value.
fn is_free(unit: &UnitFacts<'_>, channel: Channel) -> bool {
    unit.on(channel).is_none() && !unit.fixed.contains(&channel)
}

fn nominal_axis(unit: &UnitFacts<'_>) -> bool {
    unit.seen()
        .any(|fact| fact.is_on_axis() && fact.field_type() == FieldType::Nominal && !has_written_order(fact))
}

fn has_written_order(fact: &FieldFact<'_>) -> bool {
    matches!(fact.def.sort, Some(marey_core::spec::Sort::Values(_)))
}

fn needs_position(unit: &UnitFacts<'_>) -> bool {
    matches!(
        unit.mark,
        Some(Mark::Bar | Mark::Point | Mark::Circle | Mark::Square | Mark::Tick | Mark::Rect | Mark::Boxplot)
    ) && unit.mark_def.x.is_none()
        && unit.mark_def.y.is_none()
        && is_free(unit, Channel::Longitude)
        && is_free(unit, Channel::Latitude)
}

fn both_raw(unit: &UnitFacts<'_>) -> bool {
    let raw = |channel| unit.on(channel).is_some_and(FieldFact::is_raw_quantity);
    raw(Channel::X) && raw(Channel::Y)
}

/// Whether some mark reaches from one value to another (`x2`, `y2`).
fn spans(unit: &UnitFacts<'_>) -> bool {
    !is_free(unit, Channel::X2) || !is_free(unit, Channel::Y2)
}

fn has_open_side(unit: &UnitFacts<'_>) -> bool {
    let both = unit.on(Channel::X).is_some() && unit.on(Channel::Y).is_some();
    both && [Channel::X, Channel::Y]
        .into_iter()
        .filter_map(|channel| unit.on(channel))
        .any(|fact| fact.is_quantity())
}

fn has_raw_quantity_axis(unit: &UnitFacts<'_>) -> bool {
    unit.seen()
        .any(|fact| fact.is_on_axis() && fact.is_raw_quantity())
}

fn is_angle(fact: &FieldFact<'_>) -> bool {
    matches!(fact.channel, Channel::Theta | Channel::Radius)
}

fn has_negatives(fact: &FieldFact<'_>) -> bool {
    let counted = matches!(
        fact.aggregate,
        Some(Aggregate::Count | Aggregate::Distinct | Aggregate::Valid)
    );
    !counted
        && fact
            .column()
            .and_then(|c| c.numeric.as_ref())
            .is_some_and(|n| n.negatives > 0)
}

fn stack_of_non_totals(unit: &UnitFacts<'_>) -> Vec<Hit> {
    let Some((length, _)) = unit.stacking() else {
        return Vec::new();
    };
    let total = matches!(
        length.aggregate,
        None | Some(
            Aggregate::Sum | Aggregate::Count | Aggregate::Valid | Aggregate::Missing | Aggregate::Distinct
        )
    );
    match total {
        true => Vec::new(),
        false => vec![Hit {
            location: length.path.clone(),
            amount: 1.0,
        }],
    }
}

/// Whether several unsummarised rows share a bar.
fn overlaps(unit: &UnitFacts<'_>) -> bool {
    if unit.is_summarised() || unit.stacking().is_some() || spans(unit) {
        return false;
    }
    let axis = unit.seen().find(|fact| fact.is_on_axis() && fact.is_discrete());
    match (axis.and_then(FieldFact::column), unit.rows()) {
        (Some(column), Some(rows)) => column.distinct.value < rows.saturating_sub(column.nulls),
        _ => false,
    }
}

/// Whether several unsummarised rows share a point of a line.
fn zigzags(unit: &UnitFacts<'_>) -> bool {
    let parted = unit.seen().any(|fact| !fact.is_on_axis() && fact.is_discrete());
    if unit.is_summarised() || parted || unit.on(Channel::Order).is_some() {
        return false;
    }
    match (unit.on(Channel::X).and_then(FieldFact::column), unit.rows()) {
        (Some(column), Some(rows)) => column.distinct.value < rows.saturating_sub(column.nulls),
        _ => false,
    }
}

/// Number of different positions, where the profile tells; many otherwise.
fn points(fact: &FieldFact<'_>) -> u64 {
    match fact.origin {
        Origin::Column(column) => match (&column.temporal, &fact.def.time_unit) {
            (Some(time), Some(unit)) if unit.is_absolute() => {
                let days = (time.max_ms as f64 - time.min_ms as f64) / 86_400_000.0;
                let length = match unit.parts.last() {
                    Some(marey_core::TimeUnitPart::Year) => 365.25,
                    Some(marey_core::TimeUnitPart::Quarter) => 91.3,
                    Some(marey_core::TimeUnitPart::Month) => 30.4,
                    Some(marey_core::TimeUnitPart::Week) => 7.0,
                    Some(marey_core::TimeUnitPart::Date | marey_core::TimeUnitPart::DayOfYear) => 1.0,
                    _ => 1.0 / 24.0,
                };
                ((days / length) as u64 + 1).min(column.distinct.value)
            }
            _ => column.distinct.value,
        },
        _ => u64::MAX,
    }
}

fn overplotting(unit: &UnitFacts<'_>) -> Vec<Hit> {
    let drawn = is_point(unit) || unit.mark == Some(Mark::Tick);
    let rows = unit
        .rows()
        .filter(|_| drawn && !unit.is_summarised())
        .unwrap_or(0) as f64;
    whole(
        unit,
        if rows > 2000.0 {
            (rows / 2000.0).log2().min(4.0)
        } else {
            0.0
        },
    )
}
