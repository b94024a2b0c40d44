//! Any text as a spec drawn on a small table: no panic, no hang.
#![no_main]

use std::{sync::LazyLock, time::Duration};

use libfuzzer_sys::fuzz_target;
use marey_core::ChartSpec;
use marey_render::{RenderOptions, render_svg};
use marey_table::{
    Table,
    read::{CsvOptions, read_csv},
};

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = "day,city,n,x\n2020-01-01,Rome,1,0.5\n2020-02-01,Pisa,,-3\n2021-01-01,,3,1e9\n2021-01-02,Rome,0,NaN\n";
    read_csv("fuzz", text.as_bytes(), &CsvOptions::default()).expect("a table").value
});

fuzz_target!(|text: &str| {
    if let Ok(spec) = ChartSpec::from_json_str(text) {
        let options = RenderOptions { deadline: Some(Duration::from_secs(2)), ..RenderOptions::default() };
        let _ = render_svg(&spec.value, &TABLE, &options);
    }
});
