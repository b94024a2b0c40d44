//! What can go wrong between specs and actions.

use thiserror::Error;

/// A chart that is no sequence of actions, or actions that are no chart.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ActionError {
    /// The spec has something that no sequence of actions says.
    #[error("{what} is outside of what actions can say")]
    OutsideTier {
        /// What that is.
        what: String,
    },
    /// The spec names a column that is not in scope.
    #[error("the chart uses the column `{column}`, which is not among the {known} columns in scope")]
    UnknownColumn {
        /// The column.
        column: String,
        /// How many columns are in scope.
        known: usize,
    },
    /// Neither the request nor a cell it mentions spells a literal.
    #[error("neither the request nor a cell it mentions spells `{literal}`")]
    LiteralNotFound {
        /// The literal.
        literal: String,
    },
    /// The actions say a chart, but not the one that was given.
    #[error("the chart's actions say another chart than the one given: {difference}")]
    NotTheSame {
        /// The chart that the actions say, in JSON.
        difference: String,
    },
    /// An action that may not stand where it stands.
    #[error("`{found}` cannot stand at place {place} of the actions; one of {legal} others can")]
    Illegal {
        /// The action.
        found: String,
        /// Its place, from 0.
        place: usize,
        /// How many actions could stand there.
        legal: usize,
    },
    /// The actions stop before the chart is complete.
    #[error("the actions stop after {found} steps, before the chart is complete")]
    Unfinished {
        /// Number of actions.
        found: usize,
    },
    /// No column can be charted.
    #[error("none of the {columns} columns has a value, so there is nothing to chart")]
    NothingToChart {
        /// Number of columns in scope.
        columns: usize,
    },
    /// What is asked of every chart cannot be met.
    #[error("no chart can meet what is asked: {what}")]
    Unmeetable {
        /// What is asked, and why it cannot be.
        what: String,
    },
}
