//! The baseline recommender: enumerate, cost, choose a diverse few.

use marey_core::{ChartSpec, FieldName, Mark};
use marey_profile::TableProfile;
use serde::{Serialize, Serializer};
use serde_json::json;

use crate::draft::Draft;
use crate::enumerate::{self, Cast};
use crate::fallback;
use crate::lint::{cost, lint_with};
use crate::role::{Field, fields_of};
use crate::select::{Costed, select};
use crate::words;

/// A chart proposed for a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// Place in the list, from 1.
    pub rank: usize,
    /// Estimated probability that a reader would keep the chart, where the source can tell one.
    pub probability: Option<f64>,
    /// Score, higher is better; comparable within one list only. The rules' score is
    /// `10 / (10 + price)`, where the price is the cost of the broken soft rules and of what the
    /// chart repeats of those before it: 1 for a chart that nothing can be said against.
    pub score: f64,
    /// The chart.
    pub spec: ChartSpec,
    /// Why it is proposed, in sentences for people, most important first.
    pub reasons: Vec<String>,
    /// What a reader should be careful about.
    pub warnings: Vec<String>,
    /// Who proposed it.
    pub source: Source,
}

impl Recommendation {
    /// The recommendation as the command line prints it, with the chart as Vega-Lite JSON.
    pub fn to_json(&self) -> serde_json::Value {
        json!({
            "rank": self.rank,
            "probability": self.probability,
            "score": self.score,
            "spec": self.spec.to_json(),
            "reasons": self.reasons,
            "warnings": self.warnings,
            "source": self.source.as_str(),
        })
    }
}

impl Serialize for Recommendation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

/// Who proposed a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A trained model.
    Model,
    /// The design rules.
    Rules,
    /// Nothing better was legal: a plain view of the table.
    Fallback,
}

impl Source {
    /// The source's name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Model => "model",
            Source::Rules => "rules",
            Source::Fallback => "fallback",
        }
    }
}

/// What is asked of the recommender.
#[derive(Debug, Clone, PartialEq)]
pub struct RecommendOptions {
    /// How many charts.
    pub top: usize,
    /// Only charts of this mark.
    pub mark: Option<Mark>,
    /// Columns that every chart must use.
    pub columns: Vec<FieldName>,
    /// A column that every chart should explain.
    pub target: Option<FieldName>,
}

impl Default for RecommendOptions {
    fn default() -> Self {
        Self {
            top: 8,
            mark: None,
            columns: Vec::new(),
            target: None,
        }
    }
}

/// Proposes charts for a profiled table, best first.
///
/// A table with rows and columns always gets at least one chart or table view (when `top` is not
/// zero); where the options ask for what no legal chart can give, the only recommendation is a
/// [`Source::Fallback`] that says so.
pub fn recommend(profile: &TableProfile, options: &RecommendOptions) -> Vec<Recommendation> {
    if options.top == 0 || profile.rows == 0 || profile.columns.is_empty() {
        return Vec::new();
    }
    let roles = fields_of(profile);
    let cast = enumerate::cast(profile, &roles, options);
    let costed = costed(&cast, profile, &roles, options);
    let chosen = select(costed, options.top);
    match chosen.is_empty() {
        true => fallback::recommendations(profile, &roles, options),
        false => finished(chosen, &cast),
    }
}

/// The drafts that are wanted and break no hard rule, with their costs.
fn costed(
    cast: &Cast<'_>,
    profile: &TableProfile,
    roles: &[Field<'_>],
    options: &RecommendOptions,
) -> Vec<Costed> {
    enumerate::drafts(cast)
        .into_iter()
        .filter_map(|draft| as_asked(draft, profile, options))
        .filter_map(|draft| {
            let cost = cost(&lint_with(&draft.spec, profile, roles))?;
            Some(Costed {
                draft,
                cost,
                price: cost,
            })
        })
        .collect()
}

/// The draft as the options want it: with the mark and the columns asked for.
fn as_asked(draft: Draft, profile: &TableProfile, options: &RecommendOptions) -> Option<Draft> {
    let shows = |name: &FieldName| {
        profile
            .column(name)
            .is_some_and(|column| draft.columns.contains(&column.index))
    };
    let wanted = options.columns.iter().chain(&options.target).all(shows);
    match (wanted, options.mark) {
        (false, _) => None,
        (true, None) => Some(draft),
        (true, Some(mark)) => draft.drawn_as(mark),
    }
}

fn finished(chosen: Vec<Costed>, cast: &Cast<'_>) -> Vec<Recommendation> {
    let mut list: Vec<Recommendation> = chosen
        .into_iter()
        .enumerate()
        .map(|(at, Costed { draft, price, .. })| Recommendation {
            rank: at + 1,
            probability: None,
            score: 10.0 / (10.0 + price),
            spec: draft.spec,
            reasons: draft.reasons,
            warnings: draft.warnings,
            source: Source::Rules,
        })
        .collect();
    if let (Some(first), true) = (list.first_mut(), cast.left_out > 0) {
        let columns = match cast.left_out {
            1 => "1 column was".to_owned(),
            many => format!("{} columns were", words::thousands(many as u64)),
        };
        first
            .warnings
            .push(format!("The table is wide: {columns} not combined with others."));
    }
    list
}
