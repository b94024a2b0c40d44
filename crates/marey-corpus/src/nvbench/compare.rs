//! [`differences`]: whether two forms of the release say the same.

use std::collections::BTreeMap;

use marey_table::Table;
use serde::Serialize;

use super::{Pair, Release};

/// Where two forms of the release differ.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Differences {
    /// Items of both.
    pub compared: usize,
    /// Items of the first alone.
    pub only_first: Vec<String>,
    /// Items of the second alone.
    pub only_second: Vec<String>,
    /// Items that differ, by what they differ in.
    pub items: BTreeMap<&'static str, Vec<String>>,
    /// Tables of both.
    pub tables_compared: usize,
    /// Tables of one alone.
    pub tables_of_one: Vec<String>,
    /// Tables with other columns or cells.
    pub tables: Vec<String>,
}

/// Compares two forms of the release: items by identifier, their tables, requests, charts and results,
/// and the contents of tables. Splits and doubts are not compared: the pages have none.
pub fn differences(first: &Release, second: &Release) -> Differences {
    let mut found = Differences::default();
    let others: BTreeMap<&str, &Pair> = by_id(second);
    let own: BTreeMap<&str, &Pair> = by_id(first);
    found.only_second = others
        .keys()
        .filter(|id| !own.contains_key(*id))
        .map(|id| (*id).to_owned())
        .collect();
    for (id, pair) in own {
        let Some(other) = others.get(id) else {
            found.only_first.push(id.to_owned());
            continue;
        };
        found.compared += 1;
        for what in differing(pair, other) {
            found.items.entry(what).or_default().push(id.to_owned());
        }
    }
    compare_tables(first, second, &mut found);
    found
}

fn by_id(release: &Release) -> BTreeMap<&str, &Pair> {
    release
        .pairs
        .iter()
        .map(|pair| (pair.id.as_str(), pair))
        .collect()
}

fn differing(a: &Pair, b: &Pair) -> Vec<&'static str> {
    let same_names = |a: &[String], b: &[String]| {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.eq_ignore_ascii_case(b))
    };
    let checks = [
        ("database", a.db == b.db),
        ("tables", same_names(&a.tables, &b.tables)),
        ("requests", a.nl == b.nl),
        ("charts", a.chart == b.chart && a.vql == b.vql),
        ("hardness", a.hardness == b.hardness),
        ("result", a.result == b.result && a.result_n == b.result_n),
    ];
    checks
        .into_iter()
        .filter(|(_, same)| !same)
        .map(|(what, _)| what)
        .collect()
}

fn compare_tables(first: &Release, second: &Release, found: &mut Differences) {
    for (db, name, table) in first.tables() {
        match second.table(db, name) {
            None => found.tables_of_one.push(format!("{db}/{name}")),
            Some(other) => {
                found.tables_compared += 1;
                if !same_cells(table, other) {
                    found.tables.push(format!("{db}/{name}"));
                }
            }
        }
    }
    let missing = second
        .tables()
        .filter(|(db, name, _)| first.table(db, name).is_none());
    found
        .tables_of_one
        .extend(missing.map(|(db, name, _)| format!("{db}/{name}")));
}

fn same_cells(a: &Table, b: &Table) -> bool {
    a.columns() == b.columns()
        && a.rows() == b.rows()
        && (0..a.columns()).all(|index| {
            let arrays = a.column(index).zip(b.column(index));
            a.column_name(index) == b.column_name(index) && arrays.into_iter().all(|(a, b)| a == b)
        })
}
