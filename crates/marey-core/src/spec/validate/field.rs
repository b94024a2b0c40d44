//! Checks of one field on one channel.

use super::{Place, ProblemKind, SpecProblem};
use crate::{
    Aggregate, Channel, FieldType,
    spec::{Bin, BinParams, Encoding, FieldDef, FieldRef, ScaleType, Sort, Stack},
};

/// Checks a field on a channel; `siblings` are the other channels of the same encoding.
pub(super) fn check(
    channel: Channel,
    def: &FieldDef,
    siblings: &Encoding,
    place: &Place,
    problems: &mut Vec<SpecProblem>,
) {
    check_aggregate(def, place, problems);
    check_bin(def, place, problems);
    check_discrete(channel, def, place, problems);
    check_sort(def, siblings, place, problems);
    check_stack(def, place, problems);
    if let Some(FieldRef::Repeat(list)) = &def.field
        && !place.repeats.contains(list)
    {
        let message =
            format!("the field is taken from the {list} of a repeat, but there is no such repeat around");
        place.report(problems, ".field", ProblemKind::RepeatOutside, message);
    }
}

fn check_aggregate(def: &FieldDef, place: &Place, problems: &mut Vec<SpecProblem>) {
    let Some(op) = &def.aggregate else {
        return;
    };
    if needs_field(op) && def.field.is_none() {
        let message = format!("aggregate `{op}` has no field; only `count` goes without one");
        place.report(
            problems,
            ".aggregate",
            ProblemKind::AggregateWithoutField,
            message,
        );
    }
    let is_other = !matches!(def.field_type, None | Some(FieldType::Quantitative));
    if *op == Aggregate::Count && is_other {
        let found = def.field_type.map_or("", FieldType::as_str);
        let message = format!("a count is {found}; Vega-Lite takes it as quantitative");
        place.report(problems, ".type", ProblemKind::CountNotQuantitative, message);
    }
}

/// Whether an aggregate is about a field (all but the number of rows).
pub(super) fn needs_field(op: &Aggregate) -> bool {
    !matches!(op, Aggregate::Count | Aggregate::Values)
}

fn check_bin(def: &FieldDef, place: &Place, problems: &mut Vec<SpecProblem>) {
    let Some(Bin::On(params)) = &def.bin else {
        return;
    };
    if def.time_unit.is_some() {
        let message =
            "the field is both binned and truncated to a time unit; expected one of them".to_owned();
        place.report(problems, ".bin", ProblemKind::BinWithTimeUnit, message);
    }
    if let Some(op) = &def.aggregate {
        let message = format!("the field is both binned and summarised by `{op}`; expected one of them");
        place.report(problems, ".bin", ProblemKind::BinWithAggregate, message);
    }
    check_bin_params(params, ".bin", place, problems);
}

/// Checks that bins of these parameters can be made.
pub(super) fn check_bin_params(
    params: &BinParams,
    step: &str,
    place: &Place,
    problems: &mut Vec<SpecProblem>,
) {
    let mut report = |name: &str, found: f64, expected: &str| {
        let message = format!("`{name}` is {found}; expected {expected}");
        place.report(
            problems,
            &format!("{step}.{name}"),
            ProblemKind::ImpossibleBins,
            message,
        );
    };
    if let Some(bins) = params.maxbins.filter(|bins| *bins < 2.0) {
        report("maxbins", bins, "at least 2");
    }
    if let Some(width) = params.step.filter(|width| *width <= 0.0) {
        report("step", width, "more than 0");
    }
    if let Some(base) = params.base.filter(|base| *base <= 1.0) {
        report("base", base, "more than 1");
    }
}

fn check_discrete(channel: Channel, def: &FieldDef, place: &Place, problems: &mut Vec<SpecProblem>) {
    let is_discrete_channel = channel.is_facet() || channel == Channel::Shape;
    let is_cut = def.time_unit.is_some() || def.bin.as_ref().is_some_and(|bin| *bin != Bin::Off);
    if is_discrete_channel && !is_cut && def.field_type == Some(FieldType::Quantitative) {
        let message = format!("a quantitative field is on {channel}, which tells few values apart; bin it");
        place.report(problems, ".type", ProblemKind::ContinuousOnDiscrete, message);
    }
}

fn check_sort(def: &FieldDef, siblings: &Encoding, place: &Place, problems: &mut Vec<SpecProblem>) {
    if let Some(Sort::Channel { channel, .. }) = &def.sort {
        let is_there = |encoding: &Encoding| !encoding.all(*channel).is_empty();
        if !is_there(siblings) && !is_there(&place.inherited) {
            let message = format!("the sort follows {channel}, which carries nothing here");
            place.report(problems, ".sort", ProblemKind::SortByAbsentChannel, message);
        }
    }
}

fn check_stack(def: &FieldDef, place: &Place, problems: &mut Vec<SpecProblem>) {
    if !matches!(def.stack, Some(Stack::On | Stack::Offset(_))) {
        return;
    }
    if let Some(op) = def.aggregate.as_ref().filter(|op| !is_additive(op)) {
        let message =
            format!("stacked values are summarised by `{op}`, whose parts do not add up to the whole");
        place.report(problems, ".stack", ProblemKind::StackNotAdditive, message);
    }
    if let Some(scale) = def.scale_type().filter(|scale| *scale != ScaleType::Linear) {
        let message = format!("stacked values stand on a {scale} scale, on which lengths do not add up");
        place.report(problems, ".stack", ProblemKind::StackOnCurvedScale, message);
    }
}

/// Whether summaries of parts add up to the summary of the whole.
fn is_additive(op: &Aggregate) -> bool {
    matches!(
        op,
        Aggregate::Count
            | Aggregate::Sum
            | Aggregate::Distinct
            | Aggregate::Valid
            | Aggregate::Missing
            | Aggregate::Product
    )
}
