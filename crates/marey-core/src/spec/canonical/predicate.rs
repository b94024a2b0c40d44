//! Canonical conditions: flat, sorted, without repetitions.

use std::collections::HashMap;

use super::{CanonicalOptions, expression, field::rewrite_ref};
use crate::spec::{
    FieldPredicate, FieldRef, FieldTest, Literal, Predicate, Transform,
    json::{Json, Tier},
};

/// Brings a condition to canonical form.
pub(super) fn rewrite(predicate: &mut Predicate, options: &CanonicalOptions) {
    match predicate {
        Predicate::And(parts) | Predicate::Or(parts) => {
            parts.iter_mut().for_each(|part| rewrite(part, options));
        }
        Predicate::Not(part) => rewrite(part, options),
        Predicate::Field(test) => rewrite_test(test, options),
        Predicate::Expression(text) => expression::rewrite(text),
        Predicate::Carried(_) => {}
    }
    let owned = std::mem::replace(predicate, Predicate::And(Vec::new()));
    *predicate = match owned {
        Predicate::And(parts) => flattened(parts, Predicate::And, conjuncts),
        Predicate::Or(parts) => flattened(one_of(parts), Predicate::Or, alternatives),
        Predicate::Not(part) => match *part {
            Predicate::Not(inner) => *inner,
            other => Predicate::Not(Box::new(other)),
        },
        other => other,
    };
}

fn conjuncts(predicate: Predicate) -> Vec<Predicate> {
    match predicate {
        Predicate::And(parts) => parts,
        other => vec![other],
    }
}

fn alternatives(predicate: Predicate) -> Vec<Predicate> {
    match predicate {
        Predicate::Or(parts) => parts,
        other => vec![other],
    }
}

/// Parts of parts become parts; the parts are sorted and one of each is kept.
fn flattened(
    parts: Vec<Predicate>,
    join: fn(Vec<Predicate>) -> Predicate,
    open: fn(Predicate) -> Vec<Predicate>,
) -> Predicate {
    let mut flat: Vec<Predicate> = parts.into_iter().flat_map(open).collect();
    sort_and_dedup(&mut flat);
    if flat.len() == 1 {
        flat.remove(0)
    } else {
        join(flat)
    }
}

fn sort_and_dedup<T: Json + PartialEq>(items: &mut Vec<T>) {
    items.sort_by_cached_key(|item| item.write(Tier::Whole).to_string());
    items.dedup();
}

fn rewrite_test(predicate: &mut FieldPredicate, options: &CanonicalOptions) {
    rewrite_ref(&mut predicate.field, options);
    if let FieldTest::OneOf(values) = &mut predicate.test {
        sort_and_dedup(values);
        if let [only] = values.as_slice() {
            predicate.test = FieldTest::Equal(only.clone());
        }
    }
}

/// Alternatives that compare one field for equality are one test against a list.
fn one_of(parts: Vec<Predicate>) -> Vec<Predicate> {
    let mut others = Vec::with_capacity(parts.len());
    let mut by_field: IndexByField = Vec::new();
    let mut places: HashMap<FieldRef, usize> = HashMap::new();
    for part in parts {
        match into_listed(part) {
            Ok((field, values)) => {
                let place = *places.entry(field.clone()).or_insert(by_field.len());
                match by_field.get_mut(place) {
                    Some((_, known)) => known.extend(values),
                    None => by_field.push((field, values)),
                }
            }
            Err(other) => others.push(*other),
        }
    }
    others.extend(by_field.into_iter().map(|(field, mut values)| {
        sort_and_dedup(&mut values);
        let test = match values.as_slice() {
            [only] => FieldTest::Equal(only.clone()),
            _ => FieldTest::OneOf(values),
        };
        Predicate::Field(FieldPredicate {
            field,
            time_unit: None,
            test,
        })
    }));
    others
}

/// Fields in order of first mention with the values they are compared with.
type IndexByField = Vec<(FieldRef, Vec<Literal>)>;

/// The field and values of a test for equality, or the predicate as it was.
fn into_listed(predicate: Predicate) -> Result<(FieldRef, Vec<Literal>), Box<Predicate>> {
    match predicate {
        Predicate::Field(FieldPredicate {
            field,
            time_unit: None,
            test: FieldTest::Equal(value),
        }) => Ok((field, vec![value])),
        Predicate::Field(FieldPredicate {
            field,
            time_unit: None,
            test: FieldTest::OneOf(values),
        }) => Ok((field, values)),
        other => Err(Box::new(other)),
    }
}

/// Filters that follow each other are one filter for all of their conditions.
pub(super) fn merge_filters(steps: &mut Vec<Transform>) {
    let mut merged: Vec<Transform> = Vec::with_capacity(steps.len());
    for step in std::mem::take(steps) {
        match (merged.last_mut(), step) {
            (Some(Transform::Filter(before)), Transform::Filter(next)) => {
                let both = vec![std::mem::replace(before, Predicate::And(Vec::new())), next];
                *before = flattened(both, Predicate::And, conjuncts);
            }
            (_, step) => merged.push(step),
        }
    }
    *steps = merged;
}
