//! Predicates as conditions.

use marey_core::{
    FieldName,
    expression::{Expr, Function, UnaryOp},
    spec::{Expression, FieldPredicate, FieldTest, Literal, Predicate},
};

use super::{
    ActionError, Comparison, Condition, LiteralRef, Scope, Test,
    condition::{needs_value, part_looked_for},
    condition_state::MAX_LISTED,
};

/// The condition that a predicate in canonical form is.
pub(super) fn condition(predicate: &Predicate, scope: &Scope) -> Result<Condition, ActionError> {
    match predicate {
        Predicate::And(parts) => all(parts, scope),
        Predicate::Or(parts) => {
            let mut any = Vec::new();
            for part in parts {
                match condition(part, scope)? {
                    Condition::Any(inner) => any.extend(inner),
                    other => any.push(other),
                }
            }
            Ok(Condition::Any(in_order(any, scope)))
        }
        other => single(other, scope),
    }
}

fn outside<T>(what: &str) -> Result<T, ActionError> {
    Err(ActionError::OutsideTier {
        what: what.to_owned(),
    })
}

/// Parts that must all hold, of which some only say that a column that is tested has a value.
fn all(parts: &[Predicate], scope: &Scope) -> Result<Condition, ActionError> {
    let mut known: Vec<(usize, bool)> = Vec::new();
    let mut rest = Vec::new();
    for part in parts {
        match has_value(part, scope) {
            Some(column) => known.push((column, false)),
            None => match condition(part, scope)? {
                Condition::All(inner) => rest.extend(inner),
                other => rest.push(other),
            },
        }
    }
    let mut rest = joined_ranges(rest, scope);
    for part in &rest {
        if let Condition::Test(test) = part
            && scope.columns()[test.column].nulls
            && needs_value(test.comparison, test.literals.len())
            && let Some((_, used)) = known.iter_mut().find(|(column, _)| *column == test.column)
        {
            *used = true;
        }
    }
    let told = known.iter().filter(|(_, used)| !used).map(|(column, _)| {
        Condition::Test(Test {
            column: *column,
            comparison: Comparison::NotNull,
            literals: Vec::new(),
        })
    });
    rest.extend(told);
    match rest.len() {
        1 => Ok(rest.remove(0)),
        _ => Ok(Condition::All(in_order(rest, scope))),
    }
}

/// In a column that lacks values both bounds of a range ask for one, and stand apart.
fn joined_ranges(parts: Vec<Condition>, scope: &Scope) -> Vec<Condition> {
    let mut joined: Vec<Condition> = Vec::new();
    for part in parts {
        let Condition::Test(test) = &part else {
            joined.push(part);
            continue;
        };
        let other = match test.comparison {
            Comparison::GreaterOrEqual => Comparison::LessOrEqual,
            Comparison::LessOrEqual => Comparison::GreaterOrEqual,
            _ => {
                joined.push(part);
                continue;
            }
        };
        let lacks = scope.columns()[test.column].nulls;
        let bound = joined.iter_mut().find_map(|earlier| match earlier {
            Condition::Test(earlier)
                if lacks && earlier.column == test.column && earlier.comparison == other =>
            {
                Some(earlier)
            }
            _ => None,
        });
        match bound {
            Some(earlier) => {
                let lower_first = earlier.comparison == Comparison::GreaterOrEqual;
                earlier.comparison = Comparison::Between;
                earlier.literals.extend(&test.literals);
                if !lower_first {
                    earlier.literals.reverse();
                }
            }
            None => joined.push(part),
        }
    }
    joined
}

/// The column that a part says has a value.
fn has_value(part: &Predicate, scope: &Scope) -> Option<usize> {
    match part {
        Predicate::Not(inner) => match inner.as_ref() {
            Predicate::Field(FieldPredicate {
                field,
                time_unit: None,
                test: FieldTest::Equal(Literal::Null),
            }) => scope.column(field.name()?),
            _ => None,
        },
        _ => None,
    }
}

/// Conditions in the order in which the request spells them.
fn in_order(mut parts: Vec<Condition>, scope: &Scope) -> Vec<Condition> {
    parts.sort_by_key(|part| first_place(part, scope));
    parts
}

fn first_place(part: &Condition, scope: &Scope) -> (usize, usize) {
    match part {
        Condition::All(parts) | Condition::Any(parts) => parts
            .iter()
            .map(|part| first_place(part, scope))
            .min()
            .unwrap_or((usize::MAX, 0)),
        Condition::Test(test) => {
            let place = test.literals.iter().map(|of| scope.place_of(*of)).min();
            (place.unwrap_or(usize::MAX), test.column)
        }
    }
}

fn single(predicate: &Predicate, scope: &Scope) -> Result<Condition, ActionError> {
    if let Some(column) = has_value(predicate, scope) {
        return test(column, Comparison::NotNull, Vec::new());
    }
    match predicate {
        Predicate::Field(field) => field_test(field, false, scope),
        Predicate::Not(inner) => match inner.as_ref() {
            Predicate::Field(field) => field_test(field, true, scope),
            _ => outside("the contrary of a condition"),
        },
        Predicate::Expression(expression) => pattern(expression, scope),
        _ => outside("a condition within a condition"),
    }
}

fn test(column: usize, comparison: Comparison, literals: Vec<LiteralRef>) -> Result<Condition, ActionError> {
    Ok(Condition::Test(Test {
        column,
        comparison,
        literals,
    }))
}

fn field_test(predicate: &FieldPredicate, negated: bool, scope: &Scope) -> Result<Condition, ActionError> {
    if predicate.time_unit.is_some() {
        return outside("a condition on a truncated time");
    }
    let column = column_of(predicate.field.name(), scope)?;
    let one = |literal: &Literal| Ok(vec![point(column, literal, scope)?]);
    let (comparison, literals) = match (&predicate.test, negated) {
        (FieldTest::Equal(Literal::Null), false) => (Comparison::IsNull, Vec::new()),
        (FieldTest::Equal(literal), false) => (Comparison::Equal, one(literal)?),
        (FieldTest::Equal(literal), true) => (Comparison::NotEqual, one(literal)?),
        (FieldTest::OneOf(values), negated) => return listed(column, values, negated, scope),
        (_, true) => return outside("the contrary of a comparison"),
        (FieldTest::Lt(literal), _) => (Comparison::Less, one(literal)?),
        (FieldTest::Lte(literal), _) => (Comparison::LessOrEqual, one(literal)?),
        (FieldTest::Gt(literal), _) => (Comparison::Greater, one(literal)?),
        (FieldTest::Gte(literal), _) => (Comparison::GreaterOrEqual, one(literal)?),
        (FieldTest::Range(low, high), _) => (
            Comparison::Between,
            vec![point(column, low, scope)?, point(column, high, scope)?],
        ),
        (FieldTest::Valid(_), _) => return outside("a test for valid values"),
    };
    test(column, comparison, literals)
}

fn listed(column: usize, values: &[Literal], negated: bool, scope: &Scope) -> Result<Condition, ActionError> {
    let mut literals = Vec::with_capacity(values.len());
    let missing = values.contains(&Literal::Null) && !negated;
    for value in values.iter().filter(|value| !missing || **value != Literal::Null) {
        literals.push(point(column, value, scope)?);
    }
    literals.sort_by_key(|of| scope.place_of(*of));
    if negated {
        return match literals.len() > MAX_LISTED {
            true => outside("a list of many values"),
            false => test(column, Comparison::NotIn, literals),
        };
    }
    // In a column that lacks values a list asks for one, and alternatives do not; a long list is
    // several.
    let most = if scope.columns()[column].nulls {
        1
    } else {
        MAX_LISTED
    };
    let parts = literals.chunks(most).map(|some| {
        let comparison = if some.len() == 1 {
            Comparison::Equal
        } else {
            Comparison::In
        };
        test(column, comparison, some.to_vec())
    });
    let none = missing.then(|| test(column, Comparison::IsNull, Vec::new()));
    let mut parts: Vec<Condition> = parts.chain(none).collect::<Result<_, _>>()?;
    match parts.len() {
        1 => Ok(parts.remove(0)),
        _ => Ok(Condition::Any(parts)),
    }
}

fn pattern(expression: &Expression, scope: &Scope) -> Result<Condition, ActionError> {
    let Ok(parsed) = Expr::parse(&expression.0) else {
        return outside("an expression");
    };
    let (call, negated) = match parsed {
        Expr::Unary(UnaryOp::Not, inner) => (*inner, true),
        other => (other, false),
    };
    let Some((regex, name)) = pattern_parts(&call) else {
        return outside("an expression");
    };
    let Some((comparison, part)) = part_looked_for(regex) else {
        return outside("a pattern");
    };
    let column = column_of(Some(&FieldName::new(name)), scope)?;
    let literal = scope
        .point_to_part(column, &part)
        .ok_or(ActionError::LiteralNotFound { literal: part })?;
    let comparison = match (comparison, negated) {
        (comparison, false) => comparison,
        (Comparison::StartsWith, true) => Comparison::NotStartsWith,
        (Comparison::EndsWith, true) => Comparison::NotEndsWith,
        (_, true) => Comparison::NotContains,
    };
    test(column, comparison, vec![literal])
}

/// The regular expression and the column of `test(regexp('…', 'i'), datum['…'])`.
fn pattern_parts(call: &Expr) -> Option<(&str, String)> {
    let Expr::Call(Function::Test, arguments) = call else {
        return None;
    };
    let [Expr::Call(Function::Regexp, of), datum] = arguments.as_slice() else {
        return None;
    };
    let [Expr::Text(regex), Expr::Text(flags)] = of.as_slice() else {
        return None;
    };
    match (flags.as_str(), datum.path()?.as_slice()) {
        ("i", [name]) => Some((regex, name.clone())),
        _ => None,
    }
}

fn column_of(name: Option<&FieldName>, scope: &Scope) -> Result<usize, ActionError> {
    let Some(name) = name else {
        return outside("a repeated field");
    };
    scope.column(name).ok_or_else(|| ActionError::UnknownColumn {
        column: name.to_string(),
        known: scope.columns().len(),
    })
}

fn point(column: usize, literal: &Literal, scope: &Scope) -> Result<LiteralRef, ActionError> {
    scope
        .point_to(column, literal)
        .ok_or_else(|| ActionError::LiteralNotFound {
            literal: spelt(literal),
        })
}

fn spelt(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => text.clone(),
        Literal::Number(number) => number.to_string(),
        Literal::Bool(truth) => truth.to_string(),
        other => format!("{other:?}"),
    }
}
