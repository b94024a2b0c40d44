//! Running a list of transforms, one after the other.

use marey_core::spec::Transform;

use super::ExecuteOptions;
use crate::{Table, TableError, TableWarning};

/// What transforms need beside the rows.
#[derive(Debug, Clone)]
pub struct RunContext<'a> {
    /// Bounds and seed.
    pub options: &'a ExecuteOptions,
    /// Other tables a lookup may name, under the name or the address the spec uses.
    pub tables: &'a [(String, Table)],
    /// What was noticed on the way, in order of occurrence.
    pub warnings: Vec<TableWarning>,
}

impl<'a> RunContext<'a> {
    /// A context without other tables.
    pub fn new(options: &'a ExecuteOptions) -> Self {
        Self {
            options,
            tables: &[],
            warnings: Vec::new(),
        }
    }
}

/// Runs transforms on a table, in order, with Vega's semantics.
///
/// # Errors
///
/// When a field does not exist, an expression is outside the closed list, or a bound is passed.
pub fn run(
    transforms: &[Transform],
    table: &Table,
    _context: &mut RunContext<'_>,
) -> Result<Table, TableError> {
    match transforms.first() {
        None => Ok(table.clone()),
        Some(_) => Err(TableError::Transform {
            transform: "transform",
            found: "a transform".into(),
            expected: "none",
        }),
    }
}
