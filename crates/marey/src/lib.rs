#![doc = include_str!("../README.md")]
//!
//! | verb | what it does |
//! |---|---|
//! | [`shown`] | a table and its profile without personal values, for the verbs below that take both |
//! | [`recommend`] | profiles a table and proposes charts, each with its reasons |
//! | [`ask`] | answers a request in plain words with charts |
//! | [`insights`] | finds what is worth saying about a table, and says only what is so |
//! | [`story`] | says and draws those insights, in an order that reads |
//! | [`with_rows`] | puts a table's rows into a spec, so that it draws anywhere |
//! | [`chart_page`] | draws one spec as a page of its own |
//! | [`report`] | profiles, proposes, draws, and writes one page that explains the table |

mod ask;
mod inline;
mod report;

pub use ask::{AskOptions, AskableTable, ask};
pub use inline::with_rows;
pub use marey_core as core;
pub use marey_features as features;
pub use marey_insight as insight;
pub use marey_model as model;
pub use marey_profile as profile;
pub use marey_render as render;
pub use marey_rules as rules;
pub use marey_table as table;

pub use marey_core::{ChartSpec, FieldName, Mark, Warned};
pub use marey_insight::{Locale, MineOptions, Mining, Story, StoryOptions, Words};
pub use marey_profile::TableProfile;
pub use marey_rules::{RecommendOptions, Recommendation};
pub use marey_table::{Table, TableWarning};
pub use report::{Answer, DrawnChart, Report, ReportOptions, chart_page, report};

/// Below this probability of the first chart the others are said to be as good as it.
const SURE: f64 = 0.6;

use marey_core::spec::{DataSource, JsonMap};
use marey_profile::{ProfileOptions, privacy::pseudonymised, profile as profile_table};

/// Proposes charts for a table, best first; each spec names the table as its data.
///
/// The list is empty only for a table without rows or columns.
pub fn recommend(table: &Table, options: &RecommendOptions) -> Vec<Recommendation> {
    recommend_for(&profile_table(table, &ProfileOptions::default()), options)
}

/// A table and its profile as anybody may see them: personal values are pseudonyms (`e-mail 1`), days
/// of birth are years, and pieces of personal data in texts are replaced by their kinds. Charts,
/// insights and specs that carry rows are made of these where readers may not see personal data.
///
/// ```
/// use marey::table::read::{ReadOptions, read};
/// let csv = b"mail,n\nann@example.com,1\nbob@example.org,2\n".to_vec();
/// let table = read("t.csv", csv, &ReadOptions::default())?.value;
/// let (shown, profile) = marey::shown(&table);
/// assert_eq!(profile.columns[0].pii.as_deref(), Some("email"));
/// assert_eq!(profile.columns[0].top[0].value, "e-mail 1");
/// assert_eq!(shown.rows(), 2);
/// # Ok::<(), marey::table::TableError>(())
/// ```
pub fn shown(table: &Table) -> (Table, TableProfile) {
    let profile = profile_table(table, &ProfileOptions::default());
    if !profile.columns.iter().any(|column| column.privacy.masked) {
        return (table.clone(), profile);
    }
    // Nothing is shown of a table that cannot be redacted.
    pseudonymised(table, &profile).unwrap_or_else(|_| (Table::empty(table.name()), profile.masked()))
}

/// Proposes charts for a profiled table and names the table as their data.
pub fn recommend_for(profile: &TableProfile, options: &RecommendOptions) -> Vec<Recommendation> {
    let mut charts = marey_rules::recommend(profile, options);
    for chart in &mut charts {
        chart.spec = name_data(chart.spec.clone(), profile);
    }
    charts
}

/// Names the table as the data of a chart.
fn name_data(mut spec: ChartSpec, profile: &TableProfile) -> ChartSpec {
    spec.view.data = Some(DataSource::Named {
        name: profile.table.clone(),
        rest: JsonMap::new(),
    });
    spec
}

/// Finds what is worth saying about a table, best first, with the family of hypotheses searched.
pub fn insights(table: &Table, options: &MineOptions) -> Mining {
    let profile = profile_table(table, &ProfileOptions::default());
    marey_insight::mine(table, &profile, options)
}

/// Finds what is worth saying about a table and tells it: words, charts and numbers, in an order that reads.
pub fn story(table: &Table, options: &MineOptions, telling: &StoryOptions, words: &Words) -> Story {
    let profile = profile_table(table, &ProfileOptions::default());
    let mining = marey_insight::mine(table, &profile, options);
    marey_insight::story(&mining, table, &profile, words, telling)
}
