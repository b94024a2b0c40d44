//! Conditions as predicates.
//!
//! A comparison with nothing holds for no row, so every test of a column that lacks values asks for
//! one too; Vega-Lite alone would take nothing for zero.

use marey_core::{
    FieldName,
    spec::{Expression, FieldPredicate, FieldRef, FieldTest, Literal, Predicate},
};

use super::{ActionError, Comparison, Condition, LiteralRef, Scope, Test, lower::column_name};

/// The predicate of a condition.
pub(super) fn predicate(condition: &Condition, scope: &Scope) -> Result<Predicate, ActionError> {
    let all = |parts: &[Condition]| -> Result<Vec<Predicate>, ActionError> {
        parts.iter().map(|part| predicate(part, scope)).collect()
    };
    match condition {
        Condition::All(parts) => Ok(Predicate::And(all(parts)?)),
        Condition::Any(parts) => Ok(Predicate::Or(all(parts)?)),
        Condition::Test(test) => test_predicate(test, scope),
    }
}

fn test_predicate(test: &Test, scope: &Scope) -> Result<Predicate, ActionError> {
    let name = column_name(test.column, scope)?;
    let field = |own: FieldTest| {
        Predicate::Field(FieldPredicate {
            field: FieldRef::Name(name.clone()),
            time_unit: None,
            test: own,
        })
    };
    let missing = || field(FieldTest::Equal(Literal::Null));
    let plain = match test.comparison {
        Comparison::IsNull => missing(),
        Comparison::NotNull => Predicate::Not(Box::new(missing())),
        pattern if pattern.is_pattern() => matching(pattern, name, part_of(test, scope)?),
        // Where values may be missing both bounds ask for one, and stand apart.
        Comparison::Between if scope.columns()[test.column].nulls => {
            let bounds = literals_of(test, scope)?;
            let [low, high] = bounds.as_slice() else {
                return Err(ActionError::LiteralNotFound {
                    literal: "both bounds".into(),
                });
            };
            let (low, high) = (FieldTest::Gte(low.clone()), FieldTest::Lte(high.clone()));
            Predicate::And(vec![field(low), field(high)])
        }
        comparison => compared(comparison, literals_of(test, scope)?, &field)?,
    };
    let known = scope.columns()[test.column].nulls && needs_value(test.comparison, test.literals.len());
    Ok(match (known, plain) {
        (false, plain) => plain,
        (true, plain) => Predicate::And(vec![Predicate::Not(Box::new(missing())), plain]),
    })
}

/// Whether a row without a value could meet the test if it were not asked for one.
pub(super) fn needs_value(comparison: Comparison, literals: usize) -> bool {
    match comparison {
        Comparison::Equal | Comparison::IsNull | Comparison::NotNull => false,
        Comparison::In => literals > 1,
        _ => true,
    }
}

fn compared(
    comparison: Comparison,
    literals: Vec<Literal>,
    field: &dyn Fn(FieldTest) -> Predicate,
) -> Result<Predicate, ActionError> {
    let mut rest = literals.clone().into_iter();
    let mut one = || {
        rest.next().ok_or_else(|| ActionError::LiteralNotFound {
            literal: format!("of `{}`", comparison.as_str()),
        })
    };
    Ok(match comparison {
        Comparison::NotEqual => Predicate::Not(Box::new(field(FieldTest::Equal(one()?)))),
        Comparison::Less => field(FieldTest::Lt(one()?)),
        Comparison::LessOrEqual => field(FieldTest::Lte(one()?)),
        Comparison::Greater => field(FieldTest::Gt(one()?)),
        Comparison::GreaterOrEqual => field(FieldTest::Gte(one()?)),
        Comparison::Between => field(FieldTest::Range(one()?, one()?)),
        Comparison::In => field(FieldTest::OneOf(literals)),
        Comparison::NotIn => Predicate::Not(Box::new(field(FieldTest::OneOf(literals)))),
        _ => field(FieldTest::Equal(one()?)),
    })
}

fn literals_of(test: &Test, scope: &Scope) -> Result<Vec<Literal>, ActionError> {
    let literal = |of: &LiteralRef| {
        scope
            .literal(test.column, *of)
            .ok_or_else(|| ActionError::LiteralNotFound {
                literal: format!("{of:?}"),
            })
    };
    test.literals.iter().map(literal).collect()
}

fn part_of<'a>(test: &Test, scope: &'a Scope) -> Result<&'a str, ActionError> {
    let part = test.literals.first().and_then(|of| scope.part(*of));
    part.ok_or_else(|| ActionError::LiteralNotFound {
        literal: format!("{:?}", test.literals),
    })
}

/// Any text.
const ANYTHING: &str = "[\\s\\S]*";

/// A test of a part of a text, without regard to case, as the grammar of expressions writes it.
fn matching(comparison: Comparison, name: &FieldName, part: &str) -> Predicate {
    let (before, after) = match comparison {
        Comparison::StartsWith | Comparison::NotStartsWith => ("", ANYTHING),
        Comparison::EndsWith | Comparison::NotEndsWith => (ANYTHING, ""),
        _ => (ANYTHING, ANYTHING),
    };
    let negated = matches!(
        comparison,
        Comparison::NotContains | Comparison::NotStartsWith | Comparison::NotEndsWith
    );
    let mut regex = format!("^{before}");
    for letter in part.chars() {
        match letter {
            letter if letter.is_alphanumeric() || letter.is_whitespace() => regex.push(letter),
            sign => regex.extend(['\\', sign]),
        }
    }
    regex.push_str(after);
    regex.push('$');
    Predicate::Expression(Expression(format!(
        "{}test(regexp({}, 'i'), datum[{}])",
        if negated { "!" } else { "" },
        quoted(&regex),
        quoted(name.as_str())
    )))
}

/// The part of a text that a regular expression of [`matching`] looks for, and where.
pub(super) fn part_looked_for(regex: &str) -> Option<(Comparison, String)> {
    let inner = regex.strip_prefix('^')?.strip_suffix('$')?;
    let (before, inner) = match inner.strip_prefix(ANYTHING) {
        Some(rest) => (true, rest),
        None => (false, inner),
    };
    let (after, inner) = match inner.strip_suffix(ANYTHING) {
        Some(rest) => (true, rest),
        None => (false, inner),
    };
    let comparison = match (before, after) {
        (true, true) => Comparison::Contains,
        (true, false) => Comparison::EndsWith,
        (false, true) => Comparison::StartsWith,
        (false, false) => return None,
    };
    let mut part = String::new();
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        part.push(if letter == '\\' { letters.next()? } else { letter });
    }
    Some((comparison, part))
}

/// Text as an expression of the grammar writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for letter in text.chars() {
        match letter {
            '\'' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            other => quoted.push(other),
        }
    }
    quoted.push('\'');
    quoted
}
