//! Vega-Lite JSON in and out.
//!
//! Every type of a spec reads itself from a [`Node`] and writes itself to a value. A reader either
//! understands a value, finds it in a form that is not modelled (it is then carried verbatim by
//! the closest object with a `rest`), or finds it wrong.

mod channel_def;
mod data;
mod document;
mod encoding;
mod guide;
mod mark_def;
mod members;
mod node;
mod predicate;
mod scalar;
mod scale;
mod sort;
mod transform;
mod view;

pub(crate) use members::{Members, Writer};
pub(crate) use node::Node;
use serde_json::Value;
pub(in crate::spec) use view::own_members;

use super::{SpecError, SpecWarning};

pub(crate) use channel_def::{carried_conditions, literal, parameter_condition};
pub use document::SpecLimits;

/// A part of a spec that reads itself from JSON and writes itself to it.
pub(crate) trait Json: Sized {
    /// What is understood, in words for messages.
    const EXPECTED: &'static str;

    /// Reads a value.
    fn read(node: Node<'_>, notes: &mut Notes) -> Result<Self, Refusal>;

    /// Writes the value.
    fn write(&self, tier: Tier) -> Value;
}

/// Why a value was not read.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Its form is not modelled, though Vega-Lite may know it.
    NotModelled,
    /// It is wrong.
    Wrong(SpecError),
}

impl From<SpecError> for Refusal {
    fn from(error: SpecError) -> Self {
        Refusal::Wrong(error)
    }
}

/// Which members are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tier {
    /// Typed fields and what is carried.
    Whole,
    /// Typed fields alone.
    Typed,
}

/// How deeply views, predicates, mark parts and conditions may be nested in each other.
///
/// Reading recurses once per level; the bound keeps it within any thread's stack.
const MAX_DEPTH: usize = 20;

/// Levels that a condition with its definition counts for, as its reader needs more of the stack.
pub(crate) const CONDITION_LEVELS: usize = 4;

/// Levels that a mark within a mark counts for.
pub(crate) const OVERLAY_LEVELS: usize = 5;

/// Most warnings kept of one document; the rest is counted.
const MAX_WARNINGS: usize = 1000;

/// What is gathered while a document is read.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    warnings: Vec<SpecWarning>,
    unnamed: usize,
    depth: usize,
}

impl Notes {
    /// Adds a warning; it is not even made when there are too many already.
    pub fn warn(&mut self, warning: impl FnOnce() -> SpecWarning) {
        if self.warnings.len() < MAX_WARNINGS {
            self.warnings.push(warning());
        } else {
            self.unnamed += 1;
        }
    }

    /// All warnings, and how many more there would be.
    pub fn into_warnings(mut self) -> Vec<SpecWarning> {
        if self.unnamed > 0 {
            self.warnings.push(SpecWarning::More { count: self.unnamed });
        }
        self.warnings
    }

    /// Reads something that may contain its like, some levels deeper.
    pub fn nested<T, E: From<SpecError>>(
        &mut self,
        node: Node<'_>,
        levels: usize,
        read: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.depth + levels > MAX_DEPTH {
            return Err(E::from(SpecError::TooDeep {
                path: node.path.to_string(),
                limit: MAX_DEPTH,
            }));
        }
        self.depth += levels;
        let result = read(self);
        self.depth -= levels;
        result
    }
}
