//! Rules about summaries: what may be summed, averaged and truncated.

use marey_core::{Aggregate, FieldType, Mark, PhysicalType};
use marey_profile::{ChartAggregate, Sums};

use super::{Rule, each, hard, soft, weigh, when};
use crate::facts::{FieldFact, UnitFacts};

pub(super) const RULES: &[Rule] = &[
    hard(
        "sum_of_additive",
        "Rates, shares, averages, years, identifiers and degrees are never summed.",
        "Wilkinson 2005; Marey",
        |unit| {
            each(unit, |fact| {
                fact.aggregate == Some(Aggregate::Sum)
                    && fact.column().is_some_and(|c| c.advice.sums == Sums::Senseless)
            })
        },
    ),
    hard(
        "aggregate_of_numbers",
        "Means, sums and quantiles are taken of numbers only.",
        "Draco",
        |unit| {
            each(unit, |fact| {
                needs_numbers(fact.aggregate.as_ref()) && is_no_number(fact)
            })
        },
    ),
    hard(
        "time_unit_of_time",
        "Only time is truncated to years, months or days.",
        "Draco",
        |unit| {
            each(unit, |fact| {
                fact.def.time_unit.is_some()
                    && fact
                        .column()
                        .is_some_and(|c| c.temporal.is_none() && c.physical_type != PhysicalType::Time)
            })
        },
    ),
    hard(
        "bins_of_numbers",
        "Only numbers and time are cut into bins.",
        "Draco",
        |unit| {
            each(unit, |fact| {
                fact.is_binned()
                    && fact
                        .column()
                        .is_some_and(|c| c.numeric.is_none() && c.temporal.is_none())
            })
        },
    ),
    soft(
        "sum_of_doubtful",
        "Sums are for measures that add up: counts, amounts, totals.",
        "Wilkinson 2005; Marey",
        |unit| {
            each(unit, |fact| {
                fact.aggregate == Some(Aggregate::Sum)
                    && fact.column().is_some_and(|c| !c.advice.sums.are_totals())
            })
        },
    ),
    soft(
        "mean_of_skewed",
        "The middle of skewed values is their median.",
        "Wilkinson 2005",
        |unit| {
            each(unit, |fact| {
                matches!(fact.aggregate, Some(Aggregate::Mean | Aggregate::Average))
                    && fact
                        .column()
                        .is_some_and(|c| c.advice.typical == Some(ChartAggregate::Median))
            })
        },
    ),
    soft(
        "mean_of_total",
        "Measures that add up are shown as totals first.",
        "Marey",
        |unit| {
            each(unit, |fact| {
                matches!(
                    fact.aggregate,
                    Some(Aggregate::Mean | Aggregate::Average | Aggregate::Median)
                ) && fact.column().is_some_and(|c| c.advice.sums.are_totals())
            })
        },
    ),
    soft(
        "rare_aggregate",
        "Products, variances and errors are not what most readers ask for.",
        "Draco",
        |unit| {
            each(unit, |fact| {
                matches!(
                    fact.aggregate,
                    Some(
                        Aggregate::Product
                            | Aggregate::Variance
                            | Aggregate::Variancep
                            | Aggregate::Stdev
                            | Aggregate::Stdevp
                            | Aggregate::Stderr
                    )
                )
            })
        },
    ),
    soft(
        "hidden_spread",
        "Means and medians of groups hide how values are spread.",
        "Wilkinson 2005",
        |unit| {
            when(
                unit,
                unit.mark == Some(Mark::Bar)
                    && unit.seen().any(|fact| {
                        matches!(
                            fact.aggregate,
                            Some(Aggregate::Mean | Aggregate::Average | Aggregate::Median)
                        )
                    }),
            )
        },
    ),
    soft(
        "small_groups",
        "Averages of fewer than five rows are chance.",
        "Marey",
        |unit| weigh(unit, |fact| small_groups(unit, fact)),
    ),
];

fn needs_numbers(aggregate: Option<&Aggregate>) -> bool {
    use Aggregate as A;
    matches!(
        aggregate,
        Some(
            A::Sum
                | A::Product
                | A::Mean
                | A::Average
                | A::Median
                | A::Q1
                | A::Q3
                | A::Variance
                | A::Variancep
                | A::Stdev
                | A::Stdevp
                | A::Stderr
                | A::Ci0
                | A::Ci1
        )
    )
}

fn is_no_number(fact: &FieldFact<'_>) -> bool {
    fact.column()
        .is_some_and(|c| c.numeric.is_none() && c.temporal.is_none())
        || fact.def.field_type == Some(FieldType::Nominal)
}

fn small_groups(unit: &UnitFacts<'_>, fact: &FieldFact<'_>) -> f64 {
    let averaged = matches!(
        fact.aggregate,
        Some(Aggregate::Mean | Aggregate::Average | Aggregate::Median)
    );
    let groups: Option<u64> = unit
        .seen()
        .filter(|other| other.aggregate.is_none() && other.is_discrete())
        .filter_map(FieldFact::column)
        .map(|column| column.distinct.value)
        .reduce(u64::saturating_mul);
    match (averaged, groups, unit.rows()) {
        (true, Some(groups), Some(rows)) if rows < groups.saturating_mul(5) => 1.0,
        _ => 0.0,
    }
}
