//! Any text as a VQL query: no panic, neither in reading nor in drawing it from a small table.
#![no_main]

use libfuzzer_sys::fuzz_target;
use marey_corpus::vql::{ChartKind, Query, chart_of_database};
use marey_table::read::{ReadOptions, read};

const TABLE: &str = "a,b,c\n1,x,2020-01-02\n2,y,\n,x,2021-03-04\n";

fuzz_target!(|text: &str| {
    if let Ok(query) = text.parse::<Query>() {
        let tables = query.tables();
        let options = ReadOptions::default();
        let read: Vec<_> = tables
            .iter()
            .filter_map(|name| read("t.csv", TABLE.into(), &options).ok().map(|read| read.value.renamed(name)))
            .collect();
        let borrowed: Vec<_> = read.iter().collect();
        let _ = chart_of_database(&query, ChartKind::Bar, &borrowed);
    }
});
