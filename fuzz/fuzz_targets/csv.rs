//! Any bytes as CSV: no panic, and every row of the result is as wide as the table.
#![no_main]

use libfuzzer_sys::fuzz_target;
use marey_table::read::{CsvOptions, read_csv};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(table) = read_csv("fuzz", bytes, &CsvOptions::default()) {
        let columns = table.value.columns();
        assert!(table.value.batches().iter().all(|batch| batch.num_columns() == columns));
    }
});
