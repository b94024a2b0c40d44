//! Conditions on a row: comparisons, ranges, sets and expressions.

use super::{FieldRef, JsonMap};
use crate::TimeUnit;

/// A constant in a predicate, a datum or a domain.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// JSON null.
    Null,
    /// True or false.
    Bool(bool),
    /// A number; also milliseconds since 1970 where a time is meant.
    Number(f64),
    /// Text; also an ISO date where a time is meant.
    Text(String),
    /// Vega-Lite's date object, `{"year": 2010, "month": "jan"}`, verbatim.
    DateTime(JsonMap),
    /// Several numbers that are one visual value, such as a dash pattern.
    Numbers(Vec<f64>),
}

/// A Vega expression as text, for example `datum.price > 10 && datum.city == 'Rome'`.
///
/// The text is what is written back; who evaluates it parses it first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression(pub String);

/// A condition on a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// An expression that is truthy.
    Expression(Expression),
    /// A test of one field.
    Field(FieldPredicate),
    /// All hold.
    And(Vec<Predicate>),
    /// At least one holds.
    Or(Vec<Predicate>),
    /// It does not hold.
    Not(Box<Predicate>),
    /// A condition that is not modelled (a selection parameter), verbatim.
    Carried(JsonMap),
}

/// A test of one field, optionally truncated in time first.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldPredicate {
    /// The field under test.
    pub field: FieldRef,
    /// Truncation applied before the test.
    pub time_unit: Option<TimeUnit>,
    /// The test.
    pub test: FieldTest,
}

/// What a field is tested for.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldTest {
    /// Equal to.
    Equal(Literal),
    /// Less than.
    Lt(Literal),
    /// Less than or equal to.
    Lte(Literal),
    /// Greater than.
    Gt(Literal),
    /// Greater than or equal to.
    Gte(Literal),
    /// Between, both ends included; a null end is open.
    Range(Literal, Literal),
    /// One of a list.
    OneOf(Vec<Literal>),
    /// Neither null nor NaN (or the contrary).
    Valid(bool),
}
