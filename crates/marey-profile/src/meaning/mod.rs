//! What the values of a column stand for: told by the values first and the column's name second.

mod header;
mod level;
mod number;
mod ordered;
mod pattern;
mod personal;
mod place;
mod places;
mod text;

use marey_core::{PhysicalType, SemanticType};
use marey_table::ColumnNote;

use self::header::Header;
pub(crate) use self::level::level;
use crate::{Count, Monotonicity, NumericSummary, SemanticEvidence, TextSummary, value_table::ValueTable};

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
    /// Kind of personal data suspected.
    pub(crate) pii: Option<&'static str>,
}

impl Meaning {
    fn of(semantic: SemanticType, confidence: f64) -> Self {
        Self {
            semantic: Some(semantic),
            confidence: confidence.clamp(0.0, 1.0),
            ..Self::default()
        }
    }

    fn personal(self, pii: &'static str) -> Self {
        Self {
            pii: Some(pii),
            ..self
        }
    }
}

/// Decides the meaning of a column.
pub(crate) fn of(evidence: &Evidence<'_>) -> Meaning {
    if evidence.values == 0 {
        return Meaning::default();
    }
    let meaning = match evidence.physical {
        PhysicalType::Boolean => Meaning::of(SemanticType::Boolean, 1.0),
        PhysicalType::Date | PhysicalType::Timestamp => Meaning::of(SemanticType::Date, 1.0),
        PhysicalType::Int | PhysicalType::Float | PhysicalType::Decimal => number::meaning(evidence),
        PhysicalType::Text => text::meaning(evidence),
        PhysicalType::Time | PhysicalType::Empty => Meaning::default(),
    };
    let pii = meaning
        .pii
        .or_else(|| personal::by_name(&Header::of(evidence.name), evidence));
    Meaning { pii, ..meaning }
}
