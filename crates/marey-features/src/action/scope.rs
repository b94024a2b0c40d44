//! [`Scope`]: what actions can point to.

use std::ops::Range;

use marey_core::{FieldName, PhysicalType, SemanticFamily, SemanticType, spec::Literal};
use marey_profile::{ColumnProfile, Sums, TableProfile};

use super::literal::{self, Reading};

/// Most words of a span.
pub const MAX_SPAN: usize = 6;

/// What actions can point to: columns, cells that a request may mean, and the words of the request.
#[derive(Debug, Clone, PartialEq)]
pub struct Scope {
    columns: Vec<ScopeColumn>,
    text: String,
    words: Vec<Range<usize>>,
    values: Vec<CellValue>,
    /// For each word and length from 1 what the span reads as.
    spans: Vec<Vec<Reading>>,
}

/// A column as far as the grammar asks.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeColumn {
    /// Its name.
    pub name: FieldName,
    /// How its values are stored.
    pub physical: PhysicalType,
    /// Whether a value is missing somewhere.
    pub nulls: bool,
    /// Number of different values, without nulls.
    pub distinct: u64,
    /// Whether some value is below zero.
    pub negatives: bool,
    /// Whether sums of it may mean something.
    pub summable: bool,
    /// Whether its numbers only name things: telephone numbers, postal codes, keys.
    pub identifier: bool,
}

/// A cell that a request may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct CellValue {
    /// The column's place in scope.
    pub column: usize,
    /// The cell.
    pub literal: Literal,
}

/// Whether a semantic type is that of names in figures.
fn names_things(semantic: SemanticType) -> bool {
    matches!(semantic, SemanticType::PostalCode | SemanticType::Phone)
        || semantic.family() == SemanticFamily::Identity
}

impl ScopeColumn {
    /// A column by its profile.
    pub fn of(profile: &ColumnProfile) -> Self {
        Self {
            name: profile.name.clone(),
            physical: profile.physical_type,
            nulls: profile.nulls > 0,
            distinct: profile.distinct.value,
            negatives: profile
                .numeric
                .as_ref()
                .is_some_and(|numeric| numeric.negatives > 0),
            summable: profile.advice.sums != Sums::Senseless,
            identifier: profile.semantic_type.is_some_and(names_things),
        }
    }

    /// Whether it holds numbers.
    pub fn is_number(&self) -> bool {
        matches!(
            self.physical,
            PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal
        )
    }

    /// Whether it holds days or instants.
    pub fn is_time(&self) -> bool {
        matches!(self.physical, PhysicalType::Date | PhysicalType::Timestamp)
    }

    /// Whether it holds any value at all.
    pub fn is_usable(&self) -> bool {
        self.physical != PhysicalType::Empty && self.distinct > 0
    }
}

impl Scope {
    /// The scope of a request about columns. Words are byte ranges of the text, in order; a range
    /// that is none of the text's is dropped, and so is a cell of a column that is not there.
    pub fn new(
        columns: Vec<ScopeColumn>,
        text: impl Into<String>,
        words: Vec<Range<usize>>,
        values: Vec<CellValue>,
    ) -> Self {
        let text = text.into();
        let words: Vec<Range<usize>> = words
            .into_iter()
            .filter(|word| text.get(word.clone()).is_some())
            .collect();
        let values = values
            .into_iter()
            .filter(|value| value.column < columns.len())
            .collect();
        let spans = (0..words.len())
            .map(|start| {
                let longest = MAX_SPAN.min(words.len() - start);
                let ends = (1..=longest).map(|length| words[start + length - 1].end);
                ends.map(|end| literal::read(text.get(words[start].start..end).unwrap_or_default()))
                    .collect()
            })
            .collect();
        Self {
            columns,
            text,
            words,
            values,
            spans,
        }
    }

    /// The scope of a profiled table without a request.
    pub fn of_table(profile: &TableProfile) -> Self {
        let columns = profile.columns.iter().map(ScopeColumn::of).collect();
        Self::new(columns, "", Vec::new(), Vec::new())
    }

    /// The columns.
    pub fn columns(&self) -> &[ScopeColumn] {
        &self.columns
    }

    /// The words of the request, as byte ranges of [`Scope::text`].
    pub fn words(&self) -> &[Range<usize>] {
        &self.words
    }

    /// The request.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Cells that the request may mean.
    pub fn values(&self) -> &[CellValue] {
        &self.values
    }

    /// A column's place by its exact name.
    pub fn column(&self, name: &FieldName) -> Option<usize> {
        self.columns.iter().position(|column| column.name == *name)
    }

    /// What a span of the request reads as.
    pub(super) fn reading(&self, start: usize, length: usize) -> Option<&Reading> {
        self.spans.get(start)?.get(length.checked_sub(1)?)
    }

    /// The columns that hold a value.
    pub(super) fn usable(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.columns.len()).filter(|at| self.columns[*at].is_usable())
    }
}
