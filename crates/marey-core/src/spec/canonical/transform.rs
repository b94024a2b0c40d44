//! Canonical steps of the data.

use super::{
    CanonicalOptions, expression,
    field::{mean_for_average, rewrite_bin_defaults, rewrite_name, rewrite_ref, rewrite_unit},
    predicate,
};
use crate::{
    Aggregate, FieldName,
    spec::{AggregateOp, Bin, Setting, SortField, SortOrder, StackOffset, Transform, WindowFunction},
};

/// Brings a step to canonical form.
pub(super) fn rewrite(step: &mut Transform, options: &CanonicalOptions) {
    match step {
        Transform::Filter(condition) => predicate::rewrite(condition, options),
        Transform::Calculate { calculate, .. } => expression::rewrite(calculate),
        Transform::Aggregate { ops, groupby } => {
            rewrite_ops(ops, options);
            rewrite_group(groupby, options);
        }
        Transform::JoinAggregate(join) => {
            join.writes_empty_groupby = false;
            rewrite_ops(&mut join.ops, options);
            rewrite_group(&mut join.groupby, options);
        }
        Transform::Bin {
            bin,
            field,
            output,
            listed,
        } => {
            rewrite_name(field, options);
            *listed = output.len() > 1;
            if let Bin::On(params) = bin {
                rewrite_bin_defaults(params, 10.0);
            }
        }
        Transform::TimeUnit { unit, field, .. } => {
            rewrite_unit(unit);
            rewrite_name(field, options);
        }
        Transform::Window {
            ops, groupby, sort, ..
        } => {
            for op in ops.iter_mut() {
                op.field.iter_mut().for_each(|name| rewrite_name(name, options));
                if let WindowFunction::Aggregate(aggregate) = &mut op.op {
                    mean_for_average(aggregate);
                }
            }
            rewrite_group(groupby, options);
            rewrite_sort(sort, options);
        }
        Transform::Stack {
            stack,
            groupby,
            offset,
            sort,
            output,
            listed,
        } => {
            rewrite_name(stack, options);
            rewrite_group(groupby, options);
            rewrite_sort(sort, options);
            *listed = output.len() > 1;
            if *offset == Some(StackOffset::Zero) {
                *offset = None;
            }
        }
        Transform::Fold { fields, output } => {
            fields.iter_mut().for_each(|name| rewrite_name(name, options));
            if output
                .as_ref()
                .is_some_and(|[key, value]| key.as_str() == "key" && value.as_str() == "value")
            {
                *output = None;
            }
        }
        _ => {}
    }
}

fn rewrite_group(groupby: &mut Vec<FieldName>, options: &CanonicalOptions) {
    groupby.iter_mut().for_each(|name| rewrite_name(name, options));
    groupby.sort();
    groupby.dedup();
}

fn rewrite_ops(ops: &mut [AggregateOp], options: &CanonicalOptions) {
    for op in ops.iter_mut() {
        op.field.iter_mut().for_each(|field| rewrite_ref(field, options));
        mean_for_average(&mut op.op);
        let counts_rows = op.op == Aggregate::Valid
            && op
                .field
                .as_ref()
                .and_then(|field| field.name())
                .is_some_and(|name| options.non_null.contains(name));
        if counts_rows {
            op.op = Aggregate::Count;
        }
        if op.op == Aggregate::Count {
            op.field = None;
        }
    }
    ops.sort_by(|a, b| a.output.cmp(&b.output));
}

fn rewrite_sort(sort: &mut [SortField], options: &CanonicalOptions) {
    for key in sort {
        rewrite_name(&mut key.field, options);
        if key.order == Some(Setting::On(SortOrder::Ascending)) {
            key.order = None;
        }
    }
}
