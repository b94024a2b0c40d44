//! Expressions over rows.

use arrow::buffer::BooleanBuffer;
use marey_core::spec::Expression;

use super::{RunContext, frame::Frame};
use crate::TableError;

/// The rows for which an expression is truthy.
pub(crate) fn truths(
    _frame: &Frame,
    expression: &Expression,
    _context: &mut RunContext<'_>,
) -> Result<BooleanBuffer, TableError> {
    Err(TableError::Transform {
        transform: "filter",
        found: format!("the expression `{}`", expression.0),
        expected: "a test of a field",
    })
}
