//! Fields within lists: `markers[0]` of a column whose cells are lists in JSON.

use marey_core::{
    FieldName,
    spec::{FieldRef, Predicate, Transform},
};

use super::{
    RunContext,
    cells::Cells,
    evaluate::{member, parsed, value_column},
    frame::{Column, Frame},
    value::Value,
};
use crate::TableError;

/// A frame in which the fields that a transform reads are columns, also those within lists.
pub(crate) fn exposed(
    frame: &Frame,
    transform: &Transform,
    context: &mut RunContext<'_>,
) -> Result<Frame, TableError> {
    let mut result = frame.clone();
    for field in fields(transform) {
        if result.position(field.as_str()).is_none()
            && let Some(values) = within(&result, field)?
        {
            let array = value_column(values, field, context)?;
            result.put(Column::new(field.clone(), array));
        }
    }
    Ok(result)
}

/// The values at a path into a column of lists, where the path begins with such a column.
fn within(frame: &Frame, field: &FieldName) -> Result<Option<Vec<Value>>, TableError> {
    let path = field.as_str();
    // The longest beginning that is a column.
    let ends = path.rmatch_indices('.').map(|(end, _)| end);
    let Some((end, position)) = ends
        .filter_map(|end| Some((end, frame.position(path.get(..end)?)?)))
        .next()
    else {
        return Ok(None);
    };
    let Some(column) = frame.columns().get(position) else {
        return Ok(None);
    };
    let array = column.array()?;
    let cells = Cells::of(array);
    let lists = (0..array.len()).find_map(|row| cells.text(row).map(|text| parsed(text).is_some()));
    if lists != Some(true) {
        return Ok(None);
    }
    let steps: Vec<Value> = path
        .get(end + 1..)
        .unwrap_or_default()
        .split('.')
        .map(|step| Value::Text(step.to_owned()))
        .collect();
    let values = (0..array.len())
        .map(|row| {
            let start = cells.text(row).and_then(parsed).unwrap_or(Value::Null);
            steps.iter().fold(start, |value, step| member(&value, step))
        })
        .collect();
    Ok(Some(values))
}

/// The fields a transform reads by name.
fn fields(transform: &Transform) -> Vec<&FieldName> {
    match transform {
        Transform::Filter(predicate) => predicate_fields(predicate),
        Transform::Aggregate { ops, groupby } => {
            let named = ops
                .iter()
                .filter_map(|op| op.field.as_ref().and_then(FieldRef::name));
            named.chain(groupby).collect()
        }
        Transform::JoinAggregate(join) => {
            let named = join
                .ops
                .iter()
                .filter_map(|op| op.field.as_ref().and_then(FieldRef::name));
            named.chain(&join.groupby).collect()
        }
        Transform::Window {
            ops, groupby, sort, ..
        } => {
            let named = ops.iter().filter_map(|op| op.field.as_ref());
            named
                .chain(groupby)
                .chain(sort.iter().map(|key| &key.field))
                .collect()
        }
        Transform::Bin { field, .. } | Transform::TimeUnit { field, .. } => vec![field],
        Transform::Stack {
            stack, groupby, sort, ..
        } => std::iter::once(stack)
            .chain(groupby)
            .chain(sort.iter().map(|key| &key.field))
            .collect(),
        Transform::Fold { fields, .. } | Transform::Flatten { fields, .. } => fields.iter().collect(),
        Transform::Pivot {
            pivot,
            value,
            groupby,
            ..
        } => [pivot, value].into_iter().chain(groupby).collect(),
        Transform::Lookup { lookup, .. } => vec![lookup],
        _ => Vec::new(),
    }
}

fn predicate_fields(predicate: &Predicate) -> Vec<&FieldName> {
    match predicate {
        Predicate::Field(test) => test.field.name().into_iter().collect(),
        Predicate::And(all) | Predicate::Or(all) => all.iter().flat_map(predicate_fields).collect(),
        Predicate::Not(predicate) => predicate_fields(predicate),
        Predicate::Expression(_) | Predicate::Carried(_) => Vec::new(),
    }
}
