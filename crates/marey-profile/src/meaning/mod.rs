//! What the values of a column stand for: told by the values first and the column's name second.
//!
//! `text` asks `claim` for the strongest of some fifty claims (a form or a list, each with a bar
//! for columns whose name says nothing and a lower one for columns whose name announces the
//! meaning), then looks for an order of the words (`scale`), then at the name alone, then at how
//! many and how long the texts are. `number` goes by unit, name and range. `neighbour` looks at
//! columns side by side.

mod calendar_word;
mod claim;
mod form;
mod header;
mod level;
mod lexicon;
mod neighbour;
mod number;
mod place;
mod places;
mod reference;
mod scale;
mod text;
mod texts;
mod topic;

use marey_core::{PhysicalType, SemanticType};
use marey_table::ColumnNote;

pub(crate) use self::{level::level, neighbour::name_degrees};
use crate::{
    Count, EvidenceSource, Monotonicity, NumericSummary, SemanticEvidence, TextSummary,
    value_table::ValueTable,
};

/// What is known of a column when its meaning is decided.
pub(crate) struct Evidence<'a> {
    pub(crate) name: &'a str,
    pub(crate) physical: PhysicalType,
    pub(crate) note: &'a ColumnNote,
    pub(crate) values: u64,
    pub(crate) distinct: Count,
    pub(crate) unique: bool,
    pub(crate) monotonicity: Monotonicity,
    pub(crate) numeric: Option<&'a NumericSummary>,
    pub(crate) texts: Option<&'a TextSummary>,
    /// A fair sample of the different values of a text column.
    pub(crate) sample: &'a ValueTable,
    /// Counted values of any column: all different ones, or the frequent ones where there are many.
    pub(crate) counted: &'a ValueTable,
}

/// What a column means, and how sure that is.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Meaning {
    pub(crate) semantic: Option<SemanticType>,
    /// 0 to 1; 0 where nothing was told.
    pub(crate) confidence: f64,
    /// What it was told from, most telling first.
    pub(crate) evidence: Vec<SemanticEvidence>,
    /// The different texts in the order of their meaning; empty where they have none.
    pub(crate) order: Vec<String>,
}

impl Meaning {
    fn of(semantic: SemanticType, confidence: f64) -> Self {
        Self {
            semantic: Some(semantic),
            confidence: confidence.clamp(0.0, 1.0),
            ..Self::default()
        }
    }

    /// Adds what it was told from.
    fn because(mut self, source: EvidenceSource, what: &str, share: Option<f64>) -> Self {
        self.evidence.push(SemanticEvidence {
            source,
            what: what.to_owned(),
            share,
        });
        self
    }
}

/// Decides the meaning of a column.
pub(crate) fn of(evidence: &Evidence<'_>) -> Meaning {
    if evidence.values == 0 {
        return Meaning::default();
    }
    let stored = |semantic| {
        Meaning::of(semantic, 1.0).because(EvidenceSource::Storage, evidence.physical.as_str(), Some(1.0))
    };
    match evidence.physical {
        PhysicalType::Boolean => stored(SemanticType::Boolean),
        PhysicalType::Date | PhysicalType::Timestamp => stored(SemanticType::Date),
        PhysicalType::Time => stored(SemanticType::TimeOfDay),
        PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal => number::meaning(evidence),
        PhysicalType::Text => text::meaning(evidence),
        PhysicalType::Empty => Meaning::default(),
    }
}
