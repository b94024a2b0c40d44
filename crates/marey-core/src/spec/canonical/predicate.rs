//! Canonical conditions: flat, sorted, without repetitions.

use super::{CanonicalOptions, expression, field::rewrite_ref};
use crate::spec::{
    FieldPredicate, FieldTest, Literal, Predicate, Transform,
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
    let mut joined: Vec<Predicate> = Vec::with_capacity(parts.len());
    for part in parts {
        let Predicate::Field(test) = &part else {
            joined.push(part);
            continue;
        };
        let known = joined.iter_mut().find_map(|known| match known {
            Predicate::Field(known) if is_same_field(known, test) => Some(known),
            _ => None,
        });
        match (known, listed(&test.test)) {
            (Some(known), Some(values)) => {
                let mut all = listed(&known.test).unwrap_or_default();
                all.extend(values);
                sort_and_dedup(&mut all);
                known.test = FieldTest::OneOf(all);
            }
            _ => joined.push(part),
        }
    }
    joined
}

fn is_same_field(a: &FieldPredicate, b: &FieldPredicate) -> bool {
    a.field == b.field && a.time_unit.is_none() && b.time_unit.is_none() && listed(&a.test).is_some()
}

fn listed(test: &FieldTest) -> Option<Vec<Literal>> {
    match test {
        FieldTest::Equal(value) => Some(vec![value.clone()]),
        FieldTest::OneOf(values) => Some(values.clone()),
        _ => None,
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
