//! [`survey`]: how many queries of a release can be read, drawn and run, and whether the rows agree.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Agreement, Pair, Release, agreement};
use crate::vql::{ChartKind, Query, VqlError, chart_of_database};

/// What became of the queries of a release.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Survey {
    /// Number of items.
    pub items: usize,
    /// Queries that cannot be read, with why.
    pub unread: BTreeMap<String, String>,
    /// Items whose query names one table.
    pub one_table: Part,
    /// Items whose query names several.
    pub several_tables: Part,
}

/// What became of a part of the queries.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Part {
    /// Number of items.
    pub items: usize,
    /// Items that name a table which the release does not have.
    pub table_absent: usize,
    /// Items whose tables are there and whose query can be read, but which are no chart, with why.
    pub no_chart: BTreeMap<String, String>,
    /// Items with a chart.
    pub charts: usize,
    /// Charts that cannot be run, with why.
    pub not_run: BTreeMap<String, String>,
    /// Charts with the rows that were drawn.
    pub exact: Vec<String>,
    /// Charts with the rows that were drawn but for a habit of nvBench's program, by habit.
    pub quirks: BTreeMap<String, Vec<String>>,
    /// Charts with other rows.
    pub different: Vec<String>,
}

impl Part {
    /// Charts that agree exactly or but for a habit.
    pub fn agreeing(&self) -> usize {
        self.exact.len() + self.quirks.values().map(Vec::len).sum::<usize>()
    }
}

/// Reads, draws and runs every query of a release.
pub fn survey(release: &Release) -> Survey {
    let mut survey = Survey {
        items: release.pairs.len(),
        ..Survey::default()
    };
    for pair in &release.pairs {
        let read: Result<Query, VqlError> = pair.vql.parse();
        if let Err(error) = &read {
            survey.unread.insert(pair.id.clone(), error.to_string());
        }
        let part = if pair.tables.len() > 1 {
            &mut survey.several_tables
        } else {
            &mut survey.one_table
        };
        part.items += 1;
        if pair
            .tables
            .iter()
            .any(|name| release.table(&pair.db, name).is_none())
        {
            part.table_absent += 1;
        } else if let Ok(query) = read {
            part.count(pair, &query, release);
        }
    }
    survey
}

impl Part {
    fn count(&mut self, pair: &Pair, query: &Query, release: &Release) {
        let tables = release.database(pair);
        let drawn = ChartKind::of_name(&pair.chart)
            .ok_or_else(|| VqlError::NotFlat {
                what: format!("be a `{}`", pair.chart),
            })
            .and_then(|kind| chart_of_database(query, kind, &tables));
        let (spec, view) = match drawn {
            Ok(drawn) => drawn,
            Err(error) => {
                self.no_chart.insert(pair.id.clone(), error.to_string());
                return;
            }
        };
        self.charts += 1;
        let table = match &view {
            Some(view) => Some(&view.table),
            None => release.table(&pair.db, &query.select.from.name),
        };
        let Some(table) = table else { return };
        match agreement(&spec, table, &pair.result, query.bin.is_some()) {
            Ok(Agreement::Exact) => self.exact.push(pair.id.clone()),
            Ok(Agreement::Quirk(quirk)) => {
                self.quirks
                    .entry(quirk.to_string())
                    .or_default()
                    .push(pair.id.clone());
            }
            Ok(Agreement::Different) => self.different.push(pair.id.clone()),
            Err(error) => drop(self.not_run.insert(pair.id.clone(), error.to_string())),
        }
    }
}
