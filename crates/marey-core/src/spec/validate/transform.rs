//! Checks of a step of the data.

use super::{
    Place, ProblemKind, SpecProblem,
    field::{check_bin_params, needs_field},
};
use crate::{
    Aggregate,
    spec::{AggregateOp, Bin, Transform, WindowFunction, WindowOp},
};

/// Checks a transform.
pub(super) fn check(step: &Transform, place: &Place, problems: &mut Vec<SpecProblem>) {
    match step {
        Transform::Aggregate { ops, .. } => check_ops(ops, ".aggregate", place, problems),
        Transform::JoinAggregate(join) => check_ops(&join.ops, ".joinaggregate", place, problems),
        Transform::Bin {
            bin: Bin::On(params), ..
        } => check_bin_params(params, ".bin", place, problems),
        Transform::Window { ops, .. } => {
            for (index, op) in ops.iter().enumerate() {
                check_window(op, &place.at(&format!(".window[{index}]")), problems);
            }
        }
        _ => {}
    }
}

fn check_ops(ops: &[AggregateOp], step: &str, place: &Place, problems: &mut Vec<SpecProblem>) {
    for (index, op) in ops.iter().enumerate() {
        if needs_field(&op.op) && op.field.is_none() {
            report_missing_field(&op.op, &place.at(&format!("{step}[{index}]")), problems);
        }
    }
}

fn report_missing_field(op: &Aggregate, place: &Place, problems: &mut Vec<SpecProblem>) {
    let message = format!("aggregate `{op}` has no field; only `count` goes without one");
    place.report(problems, "", ProblemKind::AggregateWithoutField, message);
}

fn check_window(op: &WindowOp, place: &Place, problems: &mut Vec<SpecProblem>) {
    use WindowFunction as W;
    let name = op.op.as_str();
    let reads_a_field = matches!(
        op.op,
        W::Lag | W::Lead | W::FirstValue | W::LastValue | W::NthValue | W::PrevValue | W::NextValue
    );
    match &op.op {
        W::Aggregate(aggregate) if needs_field(aggregate) && op.field.is_none() => {
            report_missing_field(aggregate, place, problems);
        }
        _ if reads_a_field && op.field.is_none() => {
            let message = format!("window function `{name}` has no field");
            place.report(problems, "", ProblemKind::WindowWithoutArgument, message);
        }
        W::Ntile | W::NthValue if op.param.is_none_or(|param| param < 1.0) => {
            let message = format!("window function `{name}` needs a `param` of at least 1");
            place.report(problems, "", ProblemKind::WindowWithoutArgument, message);
        }
        _ => {}
    }
}
