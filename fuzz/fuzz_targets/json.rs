//! Any bytes as JSON, JSON lines, or whatever the first bytes say: no panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use marey_table::read::{ReadLimits, ReadOptions, read};

fuzz_target!(|bytes: &[u8]| {
    let limits = ReadLimits { max_decompressed_bytes: 16 << 20, max_columns: 1000, ..ReadLimits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    for name in ["fuzz.json", "fuzz.ndjson"] {
        if let Ok(table) = read(name, bytes.to_vec(), &options) {
            let rows: usize = table.value.batches().iter().map(|batch| batch.num_rows()).sum();
            assert_eq!(rows, table.value.rows());
        }
    }
});
