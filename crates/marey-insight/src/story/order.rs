//! The order of a story: data that cannot be trusted first where it spoils the rest, then overview, drivers,
//! exceptions, and what else to know about the data; neighbours that belong together, and none that says the same.

use marey_core::FieldName;
use serde::Serialize;

use crate::{Insight, InsightKind, Mining};

/// The part of a story that an insight belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Chapter {
    /// Data that makes other findings doubtful: stand-ins for unknown values, repeated rows.
    Warning,
    /// How the whole behaves: over time, by size.
    Overview,
    /// What goes with what.
    Drivers,
    /// What stands out.
    Exceptions,
    /// What else to know about the data.
    DataQuality,
}

impl Chapter {
    /// The chapter of a kind of insight. `spoils` says whether a data problem touches a column that others use.
    pub(crate) fn of(kind: InsightKind, spoils: bool) -> Self {
        use InsightKind as K;
        match kind {
            K::Sentinel | K::Duplicates if spoils => Self::Warning,
            K::Sentinel | K::Duplicates | K::Missingness | K::RoundHeaping | K::ThresholdBunching => {
                Self::DataQuality
            }
            K::Trend | K::ChangePoint | K::Seasonality | K::PeriodChange | K::Dominance | K::Evenness => {
                Self::Overview
            }
            K::Pareto | K::Multimodal | K::CompositionShift | K::ShareChange | K::Clusters => Self::Overview,
            K::GroupDifference | K::OutstandingFirst | K::OutstandingLast | K::Correlation | K::Nonlinear => {
                Self::Drivers
            }
            K::Simpson
            | K::Comovement
            | K::Association
            | K::Interaction
            | K::VarianceDifference
            | K::LeadLag => Self::Drivers,
            K::OutlierRow | K::OutlierTime | K::SubspaceTrend | K::NewCategory | K::LostCategory => {
                Self::Exceptions
            }
            K::RecordHigh | K::RecordLow | K::UnusualLatest => Self::Exceptions,
        }
    }

    /// The chapter's name in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Overview => "overview",
            Self::Drivers => "drivers",
            Self::Exceptions => "exceptions",
            Self::DataQuality => "data_quality",
        }
    }
}

/// An insight with its chapter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) insight: &'a Insight,
    pub(crate) chapter: Chapter,
}

/// What two neighbours must not share: the measure and what it is seen by.
fn subject(insight: &Insight) -> (Option<&FieldName>, Option<&FieldName>) {
    let roles = &insight.roles;
    let by = roles
        .dimension
        .as_ref()
        .or(roles.time.as_ref())
        .or(roles.measure2.as_ref());
    (roles.measure.as_ref(), by)
}

/// The best insights, at most two of a measure and what it is seen by.
pub(crate) fn chosen(mining: &Mining, most: usize) -> Vec<Told<'_>> {
    let mut told: Vec<Told<'_>> = Vec::new();
    for insight in &mining.insights {
        let alike = told
            .iter()
            .filter(|other| subject(other.insight) == subject(insight))
            .count();
        if alike < 2 && told.len() < most {
            told.push(Told {
                insight,
                chapter: Chapter::of(insight.kind, spoils(insight, mining)),
            });
        }
    }
    told
}

/// Whether a data problem touches what other findings rest on.
fn spoils(insight: &Insight, mining: &Mining) -> bool {
    match insight.kind {
        InsightKind::Duplicates => mining.insights.len() > 1,
        InsightKind::Sentinel => {
            let column = insight.roles.measure.as_ref();
            let mut others = mining.insights.iter().filter(|other| other.id != insight.id);
            others.any(|other| column.is_some_and(|column| other.columns().contains(column)))
        }
        _ => false,
    }
}

/// The insights in reading order: by chapter; inside one, each follows the one it has most in common with, and the
/// same subject does not come back within three.
pub(crate) fn ordered<'a>(told: &[Told<'a>]) -> Vec<Told<'a>> {
    let mut left: Vec<Told<'a>> = told.to_vec();
    let mut order: Vec<Told<'a>> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let chapter = left
            .iter()
            .map(|next| next.chapter)
            .min()
            .unwrap_or(Chapter::DataQuality);
        let best = left
            .iter()
            .enumerate()
            .filter(|(_, next)| next.chapter == chapter)
            .max_by_key(|(at, next)| (fit(next.insight, &order), std::cmp::Reverse(*at)))
            .map_or(0, |(at, _)| at);
        order.push(left.remove(best));
    }
    order
}

/// How well an insight follows what was told: columns in common with the one before, less a penalty for saying the
/// same within three. The first of a chapter is the best that is left, as all fit alike.
fn fit(insight: &Insight, told: &[Told<'_>]) -> i64 {
    let columns = insight.columns();
    let common = told.last().map_or(0, |last| {
        let before = last.insight.columns();
        columns.iter().filter(|column| before.contains(column)).count()
    });
    let repeats = told
        .iter()
        .rev()
        .take(2)
        .any(|other| subject(other.insight) == subject(insight));
    common as i64 - if repeats { 100 } else { 0 }
}
